"""What a pass made of a file, in lines for whoever has to find out why: `juanzong inspect FILE PASS`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from juanzong.core import tree
from juanzong.core.errors import JuanzongError
from juanzong.run import PASSES, passed
from juanzong.stages.pieces.items import Item
from juanzong.stages.work import Work
from juanzong.words import shown

_SHOWN = 60  # code points of a text


def inspect(path: Path, name: str, *, one: bool = False) -> Iterator[str]:
    """The lines that tell what pass `name` left of the file: lines, pieces, titles or documents, and the edits that it
    made. Raises JuanzongError for a pass that there is not."""
    from juanzong.read import ReadOptions, read

    names = [p.name for p in PASSES]
    if name not in names:
        raise JuanzongError(f"{name}: no such pass; give one of {', '.join(names)}")
    source = read(path, record_as=path.name, options=ReadOptions(one=one))
    work, _ = passed(source, last=name)
    yield from _state(work)
    for e in work.ledger.edits():
        if e.stage == name:
            yield f"{shown('修改')} {e.kind}/{e.rule} {e.source[0]}-{e.source[1]} {_short(e.before)!r} -> {_short(e.after)!r}"
    for f in work.findings:
        yield f"{shown('发现')} {f.severity}/{f.check}: {shown(f.message)}"


def _state(work: Work) -> Iterator[str]:
    """The furthest that the work has come."""
    if work.documents:
        for document in work.documents:
            yield f"{shown('文书')} {document.type} {document.title.text!r} {sorted(document.metadata)}"
            yield from _blocks(document.body, 1)
    elif work.segments:
        for s in work.segments:
            kind = shown("卷首" if s.front else "文件段")
            yield f"{kind} {s.title_text!r}: " + shown(f"标题前 {len(s.head)} 块，标题后 {len(s.rest)} 块")
    elif work.items:
        yield from map(_piece, work.items)
    else:
        for i, line in enumerate(work.lines):
            signs = [*([shown("页首")] if work.paging.breaks[i] else []), work.paging.rules.get(i, "")]
            yield f"{line.n:5} {' '.join(filter(None, signs)):24} {_short(line.text)}"
        for c, entries in zip(work.lists, work.entries, strict=True):
            yield shown(f"目录在第 {work.lines[c.title.line].n} 行：{len(entries)} 条")


def _piece(x: Item) -> str:
    signs = {"页首": x.page_break, "加粗": x.bold, "列表": x.bullet, "顶格": x.flush, "居中": x.centered}
    facts = [x.rule, *(shown(name) for name, holds in signs.items() if holds)]
    return f"{x.n:5} {x.kind} {shown(f'共 {len(x.lines)} 行')} [{', '.join(filter(None, facts))}] {_short(x.s)}"


def _blocks(blocks: list[tree.Block], depth: int) -> Iterator[str]:
    for b in blocks:
        indent = "  " * depth
        if isinstance(b, tree.Paragraph):
            yield f"{indent}{shown('段')} {_short(b.text.text)}"
        elif isinstance(b, tree.Table):
            size = shown(f"{len(b.rows)} 行，其中表头 {b.header_rows} 行")
            yield f"{indent}{shown('表格')} {_short(b.caption.text)} {size}"
        elif isinstance(b, tree.Figure):
            yield f"{indent}{shown('图')} {_short(b.caption.text)}"
        else:
            kind = shown("栏" if isinstance(b, tree.Box) else "章节")
            yield f"{indent}{kind} {b.number.text} {_short(b.title.text)}"
            yield from _blocks(b.children, depth + 1)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
