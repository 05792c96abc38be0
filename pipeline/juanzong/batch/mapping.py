"""map_bundle: one bundle to rows, for jobs of Ray Data, Daft, Spark and the like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from juanzong.batch.inputs import find_inputs
from juanzong.batch.work import Task, do
from juanzong.core.errors import JuanzongError
from juanzong.core.workroom import temporary_room

Row = dict[str, Any]
_COLUMNS = ("input", "bundle", "kind", "id", "type", "title", "severity", "json")


def map_bundle(path: str, *, one: bool = False) -> list[Row]:
    """The rows of the bundle at a path or URL: one for each document, then one for each finding, or a single one of kind
    `error` where it cannot be read (nothing is raised: one bad bundle must not end a job of thousands).

    All rows have the same columns, all of them strings ("" where there is nothing to say): input, bundle, kind
    (document, finding, error), id, type (of a document; the check of a finding), title (or message), severity, and json:
    the whole document or finding. `one`: a folder is one bundle.
    """
    path = str(path)
    try:
        return _mapped(path, one)
    except Exception as error:
        told = error if isinstance(error, JuanzongError) else f"{path}: {error}"
        return [_row(input=path, kind="error", title=str(told))]


def _mapped(path: str, one: bool) -> list[Row]:
    with temporary_room() as room:
        bundles = find_inputs([path], out=room, one=one).bundles
        if len(bundles) > 1:
            told = f"{path}: a folder of {len(bundles)} bundles; give one of its files, or one=True"
            return [_row(input=path, kind="error", title=told)]
        found = bundles[0]
        done = do(Task(found.id, found.path, room, found.url, one=one))
        if done.error is not None:
            return [_row(input=path, bundle=found.id, kind="error", title=done.error)]
        return _rows(room / found.id, path)


def _row(**values: str) -> Row:
    return {c: values.get(c, "") for c in _COLUMNS}


def _rows(folder: Path, path: str) -> list[Row]:
    bundle = json.loads((folder / "bundle.json").read_bytes())
    out = []
    for d in bundle["documents"]:
        text = (folder / d["file"]).read_text(encoding="utf-8")
        known = {"id": d["id"], "type": d["type"], "title": d["title"]}
        out.append(_row(input=path, bundle=bundle["id"], kind="document", json=text, **known))
    for line in filter(None, (folder / "findings.jsonl").read_text(encoding="utf-8").split("\n")):
        f = json.loads(line)
        known = {"id": f["id"], "type": f["check"], "title": f["message"], "severity": f["severity"]}
        out.append(_row(input=path, bundle=bundle["id"], kind="finding", json=line, **known))
    return out
