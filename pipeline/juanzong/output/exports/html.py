"""Bundles -> web pages for people, set as official documents are: PATH/<bundle id>/index.html and a page a document."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from juanzong.model import Box, Document, Figure, Paragraph, Section, Table, heading
from juanzong.model.blocks import Block
from juanzong.output.aside import write_whole
from juanzong.output.bundle import Bundle
from juanzong.output.controls import without_controls
from juanzong.output.exports.official import Line, head, tail
from juanzong.output.note_marks import Marks, note_marks, set_text
from juanzong.output.table_markup import html_table, second_print

_LOWEST = 6  # HTML has six levels of headings
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write(bundles: Iterable[Bundle], target: Path) -> str:
    """Write a page for each document, and an index for each bundle; says how many pages."""
    count = 0
    for bundle in bundles:
        folder = target / bundle.id
        folder.mkdir(parents=True, exist_ok=True)
        digits = len(str(len(bundle.documents)))
        names = {d.id: f"{n:0{digits}}-{d.id}.html" for n, d in enumerate(bundle.documents, 1)}
        for document in bundle.documents:
            write_whole(folder / names[document.id], document_page(document).encode())
        write_whole(folder / "index.html", _index(bundle, names).encode())
        count += len(names)
    return f"{count} pages"


def document_page(document: Document) -> str:
    """The document as one self-contained page."""
    writer = _Writer(document)
    return _page(document.title or document.id, "\n".join(writer.parts()))


def _page(title: str, body: str) -> str:
    style = files("juanzong.output.exports").joinpath("official.css").read_text("utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{_text(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _index(bundle: Bundle, names: Mapping[str, str]) -> str:
    items = "\n".join(
        f'<li><a href="{html.escape(names[d.id])}">{_text(d.title or d.id)}</a> <small>{_text(d.label or d.type)}</small></li>'
        for d in bundle.documents
    )
    return _page(bundle.title, f'<p class="title">{_text(bundle.title)}</p>\n<ol class="index">\n{items}\n</ol>')


def _text(text: str) -> str:
    return html.escape(without_controls(text)).replace("\n", "<br>")


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document, self.marks = document, note_marks(document)

    def parts(self) -> Iterator[str]:
        yield from map(self.line, head(self.document))
        if self.document.contents:
            yield '<nav class="contents">\n<p class="contents-title">目录</p>'
            for e in self.document.contents:
                page = f"<span>{_text(e.page)}</span>" if e.page else ""
                indent = f' style="padding-left: {e.level - 1}em"' if e.level > 1 else ""
                yield f"<p{indent}>{_text(heading(e.number, e.title))}{page}</p>"
            yield "</nav>"
        yield from self.blocks(self.document.body, "/body")
        yield from map(self.line, tail(self.document))
        if self.document.footnotes:
            yield '<section class="notes">'
            for n, note in enumerate(self.document.footnotes, 1):
                back = f'<a href="#mark-{n}">{_text(note.marker)}</a>' if note.anchor else _text(note.marker)
                yield f'<p id="note-{n}">{back} {_text(note.text)}</p>'
            yield "</section>"

    def line(self, line: Line) -> str:
        tag = "h1" if line.style == "title" else "p"
        return f'<{tag} class="{line.style}">{self.marked(line.text, line.pointer)}</{tag}>'

    def marked(self, text: str, pointer: str, lead: str = "") -> str:
        """The text with raised links to its footnotes, its lead phrase strong."""
        out = []
        marks: Marks = self.marks.get(pointer, ()) if pointer else ()
        for piece, bold, notes in set_text(text, marks, lead):
            out.append(f"<strong>{_text(piece)}</strong>" if bold else _text(piece))
            out += [f'<sup id="mark-{n}"><a href="#note-{n}">{self.marker(n)}</a></sup>' for n in notes]
        return "".join(out)

    def named(self, number: str | None, title: str | None, pointer: str) -> str:
        """Number and title; `pointer` of the title."""
        if not title:
            return _text(number or "")
        return _text(heading(number, title)[: -len(title)]) + self.marked(title, pointer)

    def marker(self, n: int) -> str:
        return _text(self.document.footnotes[n - 1].marker)

    def blocks(self, blocks: Sequence[Block], pointer: str) -> Iterator[str]:
        for k, block in enumerate(blocks):
            yield from self.block(block, f"{pointer}/{k}")

    def block(self, block: Block, pointer: str) -> Iterator[str]:
        if isinstance(block, Paragraph):
            yield f"<p>{self.marked(block.text, pointer + '/text', block.lead or '')}</p>"
        elif isinstance(block, Section):
            yield from self.section(block, pointer)
        elif isinstance(block, Box):
            yield '<aside class="box">'
            if name := self.named(block.number, block.title, pointer + "/title"):
                yield f'<p class="box-title">{name}</p>'
            yield from self.blocks(block.children, pointer + "/children")
            yield "</aside>"
        elif isinstance(block, Table):
            yield from self.table(block, pointer)
        else:
            yield from self.figure(block)

    def section(self, section: Section, pointer: str) -> Iterator[str]:
        children = list(self.blocks(section.children, pointer + "/children"))
        if section.title:
            tag = f"h{min(section.level + 1, _LOWEST)}"
            yield f"<{tag}>{self.named(section.number, section.title, pointer + '/title')}</{tag}>"
        elif section.number:  # an article: its number stands before its first paragraph
            if children and isinstance(section.children[0], Paragraph):
                children[0] = children[0].replace("<p>", f"<p><strong>{_text(section.number)}</strong>　", 1)
            else:
                yield f"<p><strong>{_text(section.number)}</strong></p>"
        yield from children

    def table(self, table: Table, pointer: str) -> Iterator[str]:
        yield '<figure class="table">'
        if name := self.named(table.number, table.caption, pointer + "/caption"):
            yield f"<figcaption>{name}</figcaption>"
        if table.unit:
            yield f'<p class="unit">单位：{_text(table.unit)}</p>'
        if table.rows:
            yield html_table(table, pointer, self.marks)
        elif told := second_print(table):
            yield f'<p class="note">{_text(told)}</p>'
        for k, note in enumerate(table.notes):
            yield f'<p class="note">{self.marked(note, f"{pointer}/notes/{k}")}</p>'
        yield "</figure>"

    def figure(self, figure: Figure) -> Iterator[str]:
        lines = "<br>\n".join(map(_text, figure.text))
        name = heading(figure.number, figure.caption)
        yield f'<figure class="picture"><p>{lines}</p><figcaption>{_text(name)}</figcaption></figure>'
