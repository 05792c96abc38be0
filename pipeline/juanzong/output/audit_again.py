"""An output derived again: the run is repeated in memory, and every file of the folder must be what it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

from juanzong.output.faults import Wrong
from juanzong.output.folder import Output


def differing(output: Output, path: Path) -> Iterator[Wrong]:
    """(file, place, message): the first line of each file that a run on `path`, with the decisions beside it, gives
    otherwise. The same input and version of the program give the same bytes. Raises JuanzongError as the run does."""
    from juanzong.run import files, read_bundle

    entry = output.bundle["sources"][0]
    second: Literal["tesseract"] | None = "tesseract" if "tesseract" in entry["readers"] else None
    result = read_bundle(path, str(output.bundle["id"]), one=path.is_dir(), second_reader=second, jobs=1)
    result.source = replace(result.source, path=entry["path"], is_text=entry["text"] != "source.txt")
    made = files(result)
    for name, text in sorted(made.items()):
        there = output.folder / name
        given = there.read_bytes().decode("utf-8", "replace") if there.is_file() else ""
        if given != text:
            pairs = zip([*given.split("\n"), ""], [*text.split("\n"), ""], strict=False)
            n, (has, gives) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
            yield name, f"line {n}", f"has {_short(has, gives)}, the run gives {_short(gives, has)}"
    for document in output.bundle["documents"]:
        if document["file"] not in made:
            yield document["file"], "", "the run gives no such document"


def _short(line: str, other: str) -> str:
    """The part of a line that differs from another."""
    at = next((i for i, (a, b) in enumerate(zip(line, other, strict=False)) if a != b), min(len(line), len(other)))
    return repr(line[max(0, at - 16) : at + 32])
