"""A document -> groups of pieces: what may stand in one chunk, by sections and tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex as re

from juanzong.model import Box, Document, Figure, Paragraph, Placed, Section, Table, heading
from juanzong.output.exports.chunk_tables import table_pieces
from juanzong.output.exports.pieces import Piece, pieces_of
from juanzong.output.labels import elements

_BLOCK = re.compile(r"(?:/body/\d+(?:/children/\d+)*)?")


@dataclass
class Group:
    """`kind`: head, contents, text, table or notes. `lead`: the headings that wait for what is under them; `prefix`: what each
    chunk but the first repeats."""

    kind: str
    path: tuple[str, ...]
    pieces: list[Piece]
    lead: list[Piece] = field(default_factory=list)
    prefix: list[Piece] = field(default_factory=list)


@dataclass
class _Heading:
    children: str  # pointer of the section's children
    path: tuple[str, ...]
    pieces: list[Piece]


def groups(document: Document, limit: int) -> Iterator[Group]:
    """The document's printed strings, each in one group, in order; no piece is longer than `limit`."""
    notes = _notes(document, limit)
    yield Group("head", (), _head(document, limit) + notes.pop("", []))
    contents = _contents(document, limit)
    if contents:
        yield Group("contents", (), contents)
    waiting: list[_Heading] = []
    text: Group | None = None
    home = ""  # of the text
    for placed in document.walk():
        here = placed.pointer.rpartition("/")[0]
        if text and (here != home or not isinstance(placed.block, Paragraph | Figure)):
            yield text
            text = None
        if waiting and not (here + "/").startswith(waiting[-1].children + "/"):
            yield Group("text", waiting[-1].path, [p for h in waiting for p in h.pieces])
            waiting = []
        if isinstance(placed.block, Section | Box):
            waiting.append(_waiting(placed.block, placed, notes))
            continue
        if text is None:
            text, home = Group("text", placed.path, [], [p for h in waiting for p in h.pieces]), here
            waiting = []
        _take(text, placed, limit)
        text.pieces += notes.pop(placed.pointer, [])
        if isinstance(placed.block, Table):
            yield text
            text = None
    if text:
        yield text
    if waiting:
        yield Group("text", waiting[-1].path, [p for h in waiting for p in h.pieces])
    if notes:
        yield Group("notes", (), [p for pieces in notes.values() for p in pieces])


def _waiting(block: Section | Box, placed: Placed, notes: dict[str, list[Piece]]) -> _Heading:
    name = heading(block.number, block.title)
    gap = " " if name != (block.number or "") + (block.title or "") else ""
    pieces = [
        Piece(
            text, ((f"{placed.pointer}/{key}", 0, len(text)),), gap if key == "title" and block.number else "\n", True
        )
        for key, text in (("number", block.number), ("title", block.title))
        if text
    ]
    pieces += notes.pop(placed.pointer, [])
    return _Heading(placed.pointer + "/children", (*placed.path, name) if name else placed.path, pieces)


def _take(group: Group, placed: Placed, limit: int) -> None:
    block, _, pointer = placed
    if isinstance(block, Paragraph):
        group.pieces += pieces_of(block.text, pointer + "/text", limit)
    elif isinstance(block, Table):
        group.kind = "table"
        group.prefix, group.pieces = table_pieces(block, pointer, limit)
    elif isinstance(block, Figure):
        for key, text in (("number", block.number), ("caption", block.caption)):
            group.pieces += pieces_of(text or "", f"{pointer}/{key}", limit)
        for k, text in enumerate(block.text):
            group.pieces += pieces_of(text, f"{pointer}/text/{k}", limit)


def _head(document: Document, limit: int) -> list[Piece]:
    """Title and elements, each in a line of its own."""
    out = pieces_of(document.title, "/title", limit)
    for element in elements(document.metadata):
        for k, (pointer, text) in enumerate(element.strings):
            out += pieces_of(text, pointer, limit, "；" if k else f"{element.label}：", "" if k else "\n")
    return out


def _contents(document: Document, limit: int) -> list[Piece]:
    out: list[Piece] = []
    for k, entry in enumerate(document.contents):
        sep = "\n"
        for key in ("number", "title", "page"):
            if text := getattr(entry, key):
                out += pieces_of(text, f"/contents/{k}/{key}", limit, sep=sep)
                sep = " "
    return out


def _notes(document: Document, limit: int) -> dict[str, list[Piece]]:
    """Footnotes by the pointer of the block that they stand under; "" the document's head, "?" nowhere."""
    out: dict[str, list[Piece]] = defaultdict(list)
    for k, note in enumerate(document.footnotes):
        found = _BLOCK.match(note.anchor.pointer) if note.anchor else None
        pieces = pieces_of(note.text, f"/footnotes/{k}/text", limit, f"{note.marker} ")
        marker = ((f"/footnotes/{k}/marker", 0, len(note.marker)),)
        if pieces:
            pieces[0] = Piece(pieces[0].text, marker + pieces[0].strings)
        out[found[0] if found else "?"] += pieces
    return out
