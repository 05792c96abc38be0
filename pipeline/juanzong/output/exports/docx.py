"""Bundles -> Word files set as GB/T 9704-2012 sets official documents: PATH/<bundle id>/<n>-<document id>.docx."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from juanzong.model import Box, Document, Figure, Paragraph, Section, Table, heading
from juanzong.model.blocks import Block
from juanzong.output.aside import without_times, write_whole
from juanzong.output.bundle import Bundle
from juanzong.output.exports.docx_parts import (
    FOOTNOTES_TYPE,
    NS,
    TEXT_WIDTH,
    WIDE_WIDTH,
    footnotes_part,
    paragraph,
    runs,
    set_styles,
    table_xml,
)
from juanzong.output.exports.official import head, tail
from juanzong.output.grid import PlacedCell, placed_cells, table_size
from juanzong.output.note_marks import note_marks, set_text
from juanzong.output.sheet_size import column_widths
from juanzong.output.tables import need

_EPOCH = datetime(2000, 1, 1)  # files carry no time of their own: same input, same bytes
_DEEPEST = 9  # Word has nine levels of headings
_WIDE = 100  # display columns of a table that needs the page turned


def write(bundles: Iterable[Bundle], target: Path) -> str:
    """Write each document as a file; says how many. Raises JuanzongError without python-docx."""
    need("docx", "docx")
    count = 0
    for bundle in bundles:
        folder = target / bundle.id
        folder.mkdir(parents=True, exist_ok=True)
        digits = len(str(len(bundle.documents)))
        for n, document in enumerate(bundle.documents, 1):
            write_whole(folder / f"{n:0{digits}}-{document.id}.docx", word_file(document))
            count += 1
    return f"{count} documents"


def word_file(document: Document) -> bytes:
    """The document as a Word file. Raises JuanzongError without python-docx."""
    return _Writer(document).written()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document, self.marks = document, note_marks(document)
        self.out = need("docx", "docx").Document()
        self.parse = need("docx.oxml", "docx").parse_xml
        self.body = self.out.element.body
        self.wide = _is_wide(document)

    def written(self) -> bytes:
        set_styles(self.out)
        self.page()
        for line in head(self.document):
            self.line("Title" if line.style == "title" else line.style, line.text, line.pointer)
        if self.document.contents:
            self.line("contents-title", "目录")
        for e in self.document.contents:
            self.line(
                "contents-line", "　" * (e.level - 1) + heading(e.number, e.title) + (f"……{e.page}" if e.page else "")
            )
        self.blocks(self.document.body, "/body", False)
        reference = f"{{{self.body.nsmap['w']}}}footnoteReference"
        shown = {e.get(reference.replace("footnoteReference", "id")) for e in self.body.iter(reference)}
        for n, note in enumerate(self.document.footnotes, 1):
            if str(n) not in shown:
                self.line("note", f"{note.marker} {note.text}")
        for line in tail(self.document):
            self.line(line.style, line.text, line.pointer)
        if any(self.marks.values()):
            self.footnotes()
        core = self.out.core_properties
        core.title, core.author, core.comments = self.document.title[:250], "", ""
        core.created = core.modified = _EPOCH
        raw = io.BytesIO()
        self.out.save(raw)
        return without_times(raw.getvalue())

    def page(self) -> None:
        """A4 with the standard's margins, the page number below."""
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm

        section = self.out.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        if self.wide:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
            section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(
                Mm, (28, 26, 35, 37)
            )
        footer = section.footer.paragraphs[0]
        footer.alignment = 1
        for xml in ("<w:t>— </w:t>", "", "<w:t> —</w:t>"):
            inner = xml and f"<w:r {NS}>{xml}</w:r>"
            field = f'<w:fldSimple {NS} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            footer._p.append(self.parse(inner or field))

    def line(self, style: str, text: str, pointer: str = "", lead: str = "", before: str = "") -> None:
        """A paragraph of a style, footnotes at their places."""
        marks = self.marks.get(pointer, ()) if pointer else ()
        content = runs([(before, bool(lead) and lead == text, [])]) + runs(set_text(text, marks, lead))
        self.add(paragraph(self.out.styles[style].style_id, content))

    def named(self, style: str, number: str | None, title: str | None, pointer: str) -> None:
        """Number and title in a line; `pointer` of the title. Nothing where there is neither."""
        if title:
            self.line(style, title, pointer, "", heading(number, title)[: -len(title)])
        elif number:
            self.line(style, number)

    def add(self, xml: str) -> None:
        """Before the section's properties, which must stand last."""
        self.body[-1].addprevious(
            self.parse(xml.replace("<w:p>", f"<w:p {NS}>", 1) if xml.startswith("<w:p>") else xml)
        )

    def blocks(self, blocks: Sequence[Block], pointer: str, in_box: bool) -> None:
        for k, block in enumerate(blocks):
            self.block(block, f"{pointer}/{k}", in_box)

    def block(self, block: Block, pointer: str, in_box: bool) -> None:
        text_style = "box-text" if in_box else "Body Text"
        if isinstance(block, Paragraph):
            self.line(text_style, block.text, pointer + "/text", block.lead or "")
        elif isinstance(block, Section):
            self.section(block, pointer, in_box)
        elif isinstance(block, Box):
            self.named("box-title", block.number, block.title, pointer + "/title")
            self.blocks(block.children, pointer + "/children", True)
        elif isinstance(block, Table):
            self.table(block, pointer)
        else:
            self.figure(block)

    def section(self, section: Section, pointer: str, in_box: bool) -> None:
        rest, text_style = section.children, "box-text" if in_box else "Body Text"
        number = (
            heading(section.number, section.title)[: -len(section.title)] if section.title else section.number or ""
        )
        if section.title:
            style = "box-text" if in_box else f"Heading {min(section.level, _DEEPEST)}"
            self.line(style, section.title, pointer + "/title", section.title if in_box else "", number)
        elif section.number:  # an article: its number stands before its first paragraph
            first = rest[0] if rest else None
            if isinstance(first, Paragraph):
                self.line(text_style, first.text, pointer + "/children/0/text", first.lead or "", number + "　")
            else:
                self.line(text_style, number)
        skip = int(bool(not section.title and section.number and rest and isinstance(rest[0], Paragraph)))
        for k, block in enumerate(rest[skip:], skip):
            self.block(block, f"{pointer}/children/{k}", in_box)

    def table(self, table: Table, pointer: str) -> None:
        self.named("Caption", table.number, table.caption, pointer + "/caption")
        if table.unit:
            self.line("table-unit", f"单位：{table.unit}")

        def content(p: PlacedCell) -> list[str]:
            marks = self.marks.get(f"{pointer}/rows/{p.row}/cells/{p.cell}/text", ())
            out, at = [], 0
            for text in p.value.text.split("\n"):
                here = tuple((o - at, n) for o, n in marks if at <= o <= at + len(text))
                out.append(runs(set_text(text, here)))
                at += len(text) + 1
            return out

        if table.rows:
            self.add(table_xml(table, WIDE_WIDTH if self.wide else TEXT_WIDTH, content))
        for k, note in enumerate(table.notes):
            self.line("table-note", note, f"{pointer}/notes/{k}")
        if table.rows and not table.notes:
            self.add(paragraph("table-note", ""))

    def figure(self, figure: Figure) -> None:
        for text in figure.text:
            self.line("picture", text)
        if name := heading(figure.number, figure.caption):
            self.line("Caption", name)

    def footnotes(self) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        texts = [note.text for note in self.document.footnotes]
        part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, footnotes_part(texts), self.out.part.package)
        self.out.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _is_wide(document: Document) -> bool:
    """Whether most of the document is tables that are wider than an upright page."""
    tables = [b for b, _, _ in document.walk() if isinstance(b, Table) and b.rows]
    prose = sum(len(b.text) for b, _, _ in document.walk() if isinstance(b, Paragraph))
    cells = sum(len(c.text) for t in tables for r in t.rows for c in r.cells)
    return cells > 2 * prose and any(sum(_natural(t)) > _WIDE for t in tables)


def _natural(table: Table) -> list[float]:
    texts = [(p.row, p.column, p.down, p.right, p.value.text) for p in placed_cells(table)]
    return column_widths(texts, table_size(table)[1])
