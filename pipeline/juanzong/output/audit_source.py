"""The source that the offsets of an output count in."""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from juanzong.core.errors import JuanzongError
from juanzong.core.names import printable
from juanzong.output.faults import Audit
from juanzong.output.folder import Output, kept_text
from juanzong.read import READERS
from juanzong.read.account import CHECK, lost_of_file
from juanzong.read.detect import detect
from juanzong.read.office import MEDIA_TYPES
from juanzong.read.packed import PACKINGS
from juanzong.read.text import read_text_source

_SHORT = 48  # characters of a text that a fault quotes


class SourceText:
    """The source text, and how a place in it is told to people."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def place(self, offset: int) -> str:
        return f"line {bisect.bisect_right(self._starts, offset)}, offset {offset}"

    def excerpt(self, start: int, end: int) -> str:
        return short(self.text[start:end].strip())


def short(text: str) -> str:
    return repr(text if len(text) <= _SHORT else text[:_SHORT] + "…")


def source_text(output: Output, source: Path | None, found: Audit) -> SourceText:
    """The text that offsets count in; faults where the source is not the one that the output was made from."""
    entry = output.bundle["sources"][0]
    path = source or found_source(output)
    if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
        found.fault("inconsistent", "bundle.json", "/sources/0/sha256", f"{path} is not the file that was read")
    text = kept_text(output.folder, "source.txt") if entry["text"] == "source.txt" else None
    if entry["media_type"] == "text/plain":
        source_read = read_text_source(path, entry["path"])
        read = source_read.text
        if entry.get("encoding") != source_read.encoding:
            found.fault("inconsistent", "bundle.json", "/sources/0/encoding", f"the file is in {source_read.encoding}")
        if text is not None and text != read:
            found.fault("inconsistent", "source.txt", "", f"is not the text of {path}")
        text = read
    if text is None:
        raise JuanzongError(f"{output.folder}: no source.txt for the offsets to count in; run `juanzong run` again")
    if not entry["media_type"].startswith(_media_type(path)):
        found.fault(
            "inconsistent", "bundle.json", "/sources/0/media_type", f"the file is of the type {_media_type(path)}"
        )
    if not _may_have_read(entry["readers"], path):
        found.fault("inconsistent", "bundle.json", "/sources/0/readers", f"{entry['readers']} do not read {path}")
    if len(text) != entry["characters"]:
        found.fault("inconsistent", "bundle.json", "/sources/0/characters", f"the text has {len(text)}")
    for lost in lost_of_file(path, text, output.findings):
        found.fault(CHECK, "source.txt", lost.place, f"the file says {short(lost.text)}, the text does not")
    return SourceText(text)


def _may_have_read(names: Sequence[str], path: Path) -> bool:
    """Whether these are readers of such a file; of a folder or archive, of any file."""
    try:
        kind = detect(path)
    except JuanzongError:
        return True  # no reader knows it any more
    if kind in (*PACKINGS, "folder"):
        return set(names) <= {name for reader in READERS.values() for name in reader.names}
    return set(names) <= set(READERS[kind].names) and bool(names) == bool(READERS[kind].names)


def _media_type(path: Path) -> str:
    """How the media type of a file begins, by its content; "" of what no reader knows (any more)."""
    try:
        kind = detect(path)
    except JuanzongError:
        return ""
    if READERS[kind].walk == "json":
        return "application/json"
    return MEDIA_TYPES.get(kind) or _MEDIA_TYPES.get(kind, "")


_MEDIA_TYPES = {
    "text": "text/plain",
    "html": "text/html",
    "hocr": "text/html",
    "csv": "text/csv",
    "pdf": "application/pdf",
    "image": "image/",
    "ofd": "application/ofd",
    "zip": "application/zip",
    "mht": "multipart/related",
    "epub": "application/epub+zip",
    "flat": "application/xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "folder": "application/x-directory",
}


def found_source(output: Output) -> Path:
    """The source file: as bundle.json has it, from here or from the folder that clean/ stands in."""
    recorded = str(output.bundle["sources"][0]["path"])
    for base in (Path(), output.folder.resolve().parent.parent):
        path = as_recorded(base / recorded)
        if path.exists():
            return path
    raise JuanzongError(f"{output.folder}: its source {recorded} is not here; say where with --source FILE")


def as_recorded(place: Path) -> Path:
    """The file at a place that bundle.json names: a name that is no text is recorded as people read it."""
    if place.exists() or not place.parent.is_dir():
        return place
    return next((p for p in place.parent.iterdir() if printable(p.name) == place.name), place)
