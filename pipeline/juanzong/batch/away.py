"""One bundle whose input or output is at a URL: fetched into a folder of temporary files, done there, sent."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from juanzong.batch import remote, resume
from juanzong.batch.rows import counts_of
from juanzong.batch.work import Done, Task, do_here
from juanzong.core.workroom import temporary_room
from juanzong.review.beside import beside


def do_away(task: Task) -> tuple[Done, dict[str, Any]]:
    """What became of it, and its counts. Raises whatever stops it."""
    with temporary_room() as room:
        local = replace(task, path=_fetched(task, room), url=None, out_url=None)
        if not task.out_url:
            status = do_here(local)
            return status, counts_of(task.out / task.id)
        key = resume.key_of(local.path, task.id, task.options)
        if task.resume and key and _stands(task, key, room):
            return "unchanged", counts_of(room / "there")
        local = replace(local, out=room / "out", keep=False, resume=False)
        do_here(local)
        remote.send(local.out / task.id, f"{task.out_url}/{task.id}")
        if key and task.keep:
            remote.write_text(_note(task), json.dumps({"bundle": task.id, "key": key}) + "\n")
        return "written", counts_of(local.out / task.id)


def _fetched(task: Task, room: Path) -> Path:
    """The input on this machine, its decisions beside it."""
    if task.url is None:
        return task.path
    folder = room / "in"
    folder.mkdir()
    path = remote.fetch(task.url, folder)
    decisions = beside(path, task.id).name
    remote.fetch_if_there(f"{task.url.rsplit('/', 1)[0]}/{decisions}", folder)
    return path


def _stands(task: Task, key: str, room: Path) -> bool:
    """Whether the output of this key is at its URL; what is needed to count it is fetched."""
    there = room / "there"
    there.mkdir()
    note = remote.fetch_if_there(_note(task), room)
    if note is None or json.loads(note.read_bytes()) != {"bundle": task.id, "key": key}:
        return False
    names = ("findings.jsonl", "bundle.json")
    return all(remote.fetch_if_there(f"{task.out_url}/{task.id}/{name}", there) for name in names)


def _note(task: Task) -> str:
    return f"{task.out_url}/{resume.place_of(task.id)}"
