"""Several sources -> one: files of a folder, the parts of a tool's answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from juanzong.core.source import Block, Source


def _moved(block: Block, by: int) -> Block:
    """The block, `by` characters further in the text."""
    rows = tuple(tuple(replace(c, start=c.start + by, end=c.end + by) for c in row) for row in block.rows)
    return replace(block, start=block.start + by, end=block.end + by, rows=rows)


def join_sources(
    parts: Sequence[Source], record_as: str, sha256: str, media_type: str = "application/x-directory"
) -> Source:
    """Sources one after another, two blank lines between them; offsets, lines and pages are counted through."""
    out = replace(
        parts[0],
        path=record_as,
        sha256=sha256,
        is_text=False,
        encoding=None,
        media_type=media_type,
        text="",
        marks=(),
        words=(),
        blocks=(),
        readings=(),
        reports=(),
        readers=(),
    )
    text, pages = "", 0
    marks, words, readings, reports = list(out.marks), list(out.words), list(out.readings), list(out.reports)
    blocks = list(out.blocks)
    for part in parts:
        if text:
            text += "\n\n"
            marks += [None, None]
        at, lines = len(text), part.text.count("\n")
        body = part.text if part.text.endswith("\n") else part.text + "\n"
        own = (*part.marks, *[None] * (lines + 1))[: body.count("\n")]
        marks += [replace(m, page=m.page + pages) if m else None for m in own]
        words += [replace(w, start=w.start + at, end=w.end + at, page=w.page + pages) for w in part.words]
        blocks += [_moved(b, at) for b in part.blocks]
        readings += [replace(r, start=r.start + at, end=r.end + at) for r in part.readings]
        reports += [replace(r, page=r.page + pages if r.page else 0) for r in part.reports]
        text += body
        pages += max([0, *(m.page for m in part.marks if m), *(r.page for r in part.reports)])
    readers = tuple(dict.fromkeys(r for part in parts for r in part.readers))
    return replace(
        out,
        text=text,
        marks=tuple(marks) if any(marks) else (),
        words=tuple(words),
        blocks=tuple(blocks),
        readings=tuple(readings),
        reports=tuple(reports),
        readers=readers,
    )
