"""A folder of clean/ as it lies on disk, read back: for the commands that look at output."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from juanzong.core.errors import JuanzongError

if TYPE_CHECKING:
    from juanzong.model import AnyDocument

Json = dict[str, Any]


@dataclass(frozen=True)
class Output:
    """The JSON values of one bundle's files; `documents` by id, in the order of the bundle."""

    folder: Path
    bundle: Json
    documents: dict[str, Json]
    trace: list[Json]
    edits: list[Json]
    findings: list[Json]


def load(folder: Path) -> Output:
    """The files of clean/<id>/. Raises JuanzongError where one is missing or is no JSON."""
    if not (folder / "bundle.json").is_file():
        raise JuanzongError(f"{folder}: no bundle.json in it; give a folder that `juanzong run` wrote, as clean/<id>")
    bundle = _object(folder / "bundle.json")
    entries = bundle.get("documents")
    if not isinstance(entries, list) or not all(isinstance(e, dict) and {"id", "file"} <= e.keys() for e in entries):
        raise JuanzongError(f"{folder / 'bundle.json'}: `documents` is no list of documents; run `juanzong run` again")
    return Output(
        folder,
        bundle,
        {str(e["id"]): _object(folder / str(e["file"])) for e in entries},
        *(rows_of(folder / f"{name}.jsonl") for name in ("trace", "edits", "findings")),
    )


def typed_documents(output: Output) -> list[AnyDocument]:
    """The documents as models, in the order of the bundle. Raises JuanzongError where one breaks its schema."""
    from pydantic import TypeAdapter, ValidationError

    from juanzong.model import AnyDocument

    adapter: TypeAdapter[AnyDocument] = TypeAdapter(AnyDocument)
    try:
        return [adapter.validate_python(d) for d in output.documents.values()]
    except ValidationError as error:
        raise JuanzongError(
            f"{output.folder}: a document breaks its schema ({error.errors()[0]['msg']}); "
            f"`juanzong audit {output.folder}` says which"
        ) from None


def resolve(value: Any, pointer: str) -> Any:
    """What stands at a JSON Pointer (RFC 6901). Raises LookupError where nothing does.

    >>> resolve({"body": [{"text": "总则"}]}, "/body/0/text")
    '总则'
    """
    if pointer and not pointer.startswith("/"):
        raise LookupError(pointer)
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and token.isdecimal():
            value = value[int(token)]
        elif isinstance(value, dict):
            value = value[token]
        else:
            raise LookupError(pointer)
    return value


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise JuanzongError(f"{path}: cannot be read: {error}; run `juanzong run` again") from None


def _parse(text: str, path: Path, line: int) -> Json:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise JuanzongError(
            f"{path}: no JSON at line {line + error.lineno - 1}: {error.msg}; run `juanzong run` again"
        ) from None
    if not isinstance(value, dict):
        raise JuanzongError(f"{path}: line {line} holds no JSON object; run `juanzong run` again")
    return value


def _object(path: Path) -> Json:
    return _parse(_text(path), path, 1)


def rows_of(path: Path) -> list[Json]:
    """The rows of a .jsonl file. Raises JuanzongError for a line that holds no JSON object."""
    return [_parse(line, path, n) for n, line in enumerate(_text(path).split("\n"), 1) if line.strip()]
