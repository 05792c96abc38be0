"""A document as a flat list of things to draw, in reading order, cut into chunks that are drawn one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from juanzong.output.folder import Json

CHUNK = 6000  # characters drawn at a time

What = Literal["title", "metadata", "contents", "heading", "paragraph", "box", "table", "figure", "footnotes"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to draw: the JSON value, its JSON Pointer, and whether it stands in a box (and ends it)."""

    what: What
    value: Any
    pointer: str
    size: int
    boxed: bool = False
    box_end: bool = False
    depth: int = 0  # of a heading: sections round it, itself included


def items_of(document: Json) -> list[Item]:
    """Title, metadata, contents list, body and footnotes of a document; sections and boxes opened out."""
    out = [Item("title", document["title"], "/title", len(document["title"]))]
    if document.get("metadata"):
        out.append(Item("metadata", document["metadata"], "/metadata", 200))
    if document.get("contents"):
        out.append(Item("contents", document["contents"], "/contents", 20 * len(document["contents"])))
    out += _blocks(document.get("body", ()), "/body", boxed=False)
    if document.get("footnotes"):
        out.append(
            Item("footnotes", document["footnotes"], "/footnotes", sum(len(f["text"]) for f in document["footnotes"]))
        )
    return out


def _blocks(blocks: Sequence[Json], pointer: str, boxed: bool, depth: int = 1) -> Iterator[Item]:
    for k, b in enumerate(blocks):
        at = f"{pointer}/{k}"
        last = boxed and k == len(blocks) - 1
        if b["kind"] == "section":
            children = list(_blocks(b["children"], at + "/children", boxed, depth + 1))
            yield Item("heading", b, at, len(b.get("title") or ""), boxed, last and not children, depth)
            yield from children if not last else _ended(children)
        elif b["kind"] == "box":
            children = list(_blocks(b["children"], at + "/children", True, depth))
            yield Item("box", b, at, len(b.get("title") or ""), True, not children)
            yield from _ended(children)
        elif b["kind"] == "table":
            size = sum(len(c["text"]) + 4 for row in b.get("rows") or () for c in row["cells"])
            yield Item("table", b, at, size, boxed, last)
        elif b["kind"] == "figure":
            yield Item("figure", b, at, sum(map(len, b.get("text", ()))), boxed, last)
        else:
            yield Item("paragraph", b, at, len(b["text"]), boxed, last)


def _ended(items: list[Item]) -> list[Item]:
    """The same, the last of them ending the box."""
    return [replace(i, box_end=n == len(items) - 1) for n, i in enumerate(items)]


def chunked(items: Sequence[Item]) -> list[list[Item]]:
    """Runs of items of about CHUNK characters; a longer item is a chunk of its own."""
    out: list[list[Item]] = []
    size = 0
    for item in items:
        if not out or size + item.size > CHUNK:
            out.append([])
            size = 0
        out[-1].append(item)
        size += item.size + 20
    return out


def source_chunks(text: str) -> list[tuple[int, int]]:
    """The source cut into ranges of about CHUNK characters, at line ends where there is one."""
    out: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        end = min(at + CHUNK, len(text))
        if end < len(text):
            line_end = text.rfind("\n", at, end)
            end = line_end + 1 if line_end > at else end
        out.append((at, end))
        at = end
    return out or [(0, 0)]
