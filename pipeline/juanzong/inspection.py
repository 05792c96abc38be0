"""What a pass made of a file, in lines for whoever has to find out why: `juanzong inspect FILE PASS`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from juanzong.core import tree
from juanzong.core.errors import JuanzongError
from juanzong.run import PASSES, passed
from juanzong.stages.pieces.items import Item
from juanzong.stages.work import Work

_SHOWN = 60  # code points of a text


def inspect(path: Path, name: str, *, one: bool = False) -> Iterator[str]:
    """The lines that tell what pass `name` left of the file: lines, pieces, titles or documents, and the edits that it
    made. Raises JuanzongError for a pass that there is not."""
    from juanzong.read import ReadOptions, read
    from juanzong.words import shown

    names = [p.name for p in PASSES]
    if name not in names:
        raise JuanzongError(f"{name}: no such pass; give one of {', '.join(names)}")
    source = read(path, record_as=path.name, options=ReadOptions(one=one))
    work, _ = passed(source, last=name)
    yield from _state(work)
    for e in work.ledger.edits():
        if e.stage == name:
            yield f"edit {e.kind} {e.rule} {e.source[0]}-{e.source[1]} {_short(e.before)!r} -> {_short(e.after)!r}"
    for f in work.findings:
        yield f"finding {f.severity} {f.check}: {shown(f.message)}"


def _state(work: Work) -> Iterator[str]:
    """The furthest that the work has come."""
    if work.documents:
        for document in work.documents:
            yield f"document {document.type} {document.title.text!r} {sorted(document.metadata)}"
            yield from _blocks(document.body, 1)
    elif work.segments:
        for s in work.segments:
            kind = "front" if s.front else "segment"
            yield f"{kind} {s.title_text!r}: {len(s.head)} pieces before its title, {len(s.rest)} behind it"
    elif work.items:
        yield from map(_piece, work.items)
    else:
        for i, line in enumerate(work.lines):
            signs = [*(["page begins"] if work.paging.breaks[i] else []), work.paging.rules.get(i, "")]
            yield f"{line.n:5} {' '.join(filter(None, signs)):24} {_short(line.text)}"
        for c, entries in zip(work.lists, work.entries, strict=True):
            yield f"contents list at line {work.lines[c.title.line].n}: {len(entries)} entries"


def _piece(x: Item) -> str:
    signs = {"bold": x.bold, "bullet": x.bullet, "flush": x.flush, "centred": x.centered}
    facts = [x.rule, "page" if x.page_break else "", *(name for name, holds in signs.items() if holds)]
    return f"{x.n:5} {x.kind} {len(x.lines)} lines [{', '.join(filter(None, facts))}] {_short(x.s)}"


def _blocks(blocks: list[tree.Block], depth: int) -> Iterator[str]:
    for b in blocks:
        indent = "  " * depth
        if isinstance(b, tree.Paragraph):
            yield f"{indent}paragraph {_short(b.text.text)}"
        elif isinstance(b, tree.Table):
            yield f"{indent}table {_short(b.caption.text)} {len(b.rows)} rows, {b.header_rows} of them header"
        elif isinstance(b, tree.Figure):
            yield f"{indent}figure {_short(b.caption.text)}"
        else:
            yield f"{indent}{type(b).__name__.lower()} {b.number.text} {_short(b.title.text)}"
            yield from _blocks(b.children, depth + 1)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
