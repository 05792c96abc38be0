"""Word documents (.docx) -> Source: styles, automatic numbers, footnotes, tables with spans. No pages: Word sets them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport, Source
from juanzong.read.docx_numbers import Numbering
from juanzong.read.glyphs import raised_text
from juanzong.read.hashes import file_hash
from juanzong.read.options import ReadOptions
from juanzong.read.printed import PrintedCell
from juanzong.read.tool_text import NOWHERE, ToolText

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {
    f"{W}del",
    f"{W}instrText",
    f"{W}txbxContent",
    f"{W}delText",
    f"{W}rPr",
    f"{W}pPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
TITLE_SIZE = 16.0  # points; a short centred paragraph set larger than this is a title (GB/T 9704: 22)
TITLE_LENGTH = 60


def read_docx(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError for a damaged file, or where the extra is not installed."""
    try:
        import docx
    except ImportError:
        raise JuanzongError("Word files need one more package; install it: pip install juanzong[office]") from None
    try:
        document = docx.Document(str(path))
    except Exception as e:  # python-docx lets through whatever zipfile, lxml and itself raise on a damaged file
        raise JuanzongError(
            f"{path}: the Word file is damaged ({type(e).__name__}); save it again and give that"
        ) from None
    out = ToolText()
    reader = _Reader(document, out)
    reader.blocks(document)
    reader.notes_left()
    reports = tuple(
        PageReport(0, "info", "page_furniture", f"header or footer not part of the text: {t}")
        for t in _furniture(document)
    )
    fields = out.writing.fields()
    return Source(
        path=record_as,
        sha256=file_hash(path),
        is_text=False,
        readers=("python-docx",),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        **{**fields, "marks": (), "reports": fields["reports"] + reports},
    )


class _Reader:
    """Walks one document in its order."""

    def __init__(self, document: Document, out: ToolText) -> None:
        self.out = out
        self.numbering = Numbering(document)
        self.notes = dict(_notes(document))
        self.pending: list[str] = []

    def blocks(self, container: Any) -> None:
        from docx.table import Table

        for block in container.iter_inner_content():
            if isinstance(block, Table):
                self.out.table(self.rows(block))
            else:
                self.paragraph(block)
            for note in self.pending:
                self.out.paragraph(self.note(note))
            self.pending = []

    def paragraph(self, paragraph: Paragraph) -> None:
        text = self.text(paragraph._p)
        number = self.numbering.label(paragraph)
        centered = _is_centered(paragraph)
        if text.strip():
            self.out.paragraph(number + text, kind="heading" if _is_heading(paragraph, text, centered) else "paragraph")
        for box in paragraph._p.iter(f"{W}txbxContent"):
            if not any(a.tag.endswith("}Fallback") for a in box.iterancestors()):
                for inner in box.iter(f"{W}p"):
                    self.out.paragraph(self.text(inner))

    def text(self, element: Any) -> str:
        """The element's printed text; raised marks with `^`, footnote references as `^[id]`."""
        parts: list[str] = []
        for node in _printed(element):
            tag = node.tag
            if tag == f"{W}t":
                text = node.text or ""
                parts.append(raised_text(text) if text and _is_raised(node.getparent()) else text)
            elif tag == f"{W}tab":
                parts.append(" ")
            elif tag in (f"{W}br", f"{W}cr"):
                parts.append("\n")
            elif tag == f"{W}noBreakHyphen":
                parts.append("-")
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                key = f"{tag.rsplit('}', 1)[1][:-9]}{node.get(f'{W}id')}"
                if key in self.notes:
                    self.pending.append(key)
                    parts.append(f"^[{self.number(key)}]")
        return "".join(parts)

    def number(self, key: str) -> int:
        return list(self.notes).index(key) + 1

    def note(self, key: str) -> str:
        element = self.notes[key]
        return f"^[{self.number(key)}]" + "".join(t.strip() for t in (self.text(p) for p in element.iter(f"{W}p")))

    def notes_left(self) -> None:
        """Notes that no reference led to."""
        told = "\n".join(self.out.writing.lines)
        for key in self.notes:
            if f"^[{self.number(key)}]" not in told:
                self.out.paragraph(self.note(key))

    def rows(self, table: Table) -> list[list[PrintedCell]]:
        """A table's cells, each once; vertical merges become row spans."""
        rows: list[list[PrintedCell]] = []
        above: dict[int, PrintedCell] = {}
        for tr in table._tbl.tr_lst:
            column, row = _skipped_before(tr), []
            for tc in tr.tc_lst:
                span, merge = tc.grid_span, tc.vMerge
                text = " ".join(filter(None, (" ".join(self.text(p).split()) for p in tc.iter(f"{W}p"))))
                if merge == "continue" and column in above:
                    above[column].row_span += 1
                    above[column].text = (above[column].text + " " + text).strip()
                else:
                    cell = PrintedCell(NOWHERE, text, 1, span)
                    row.append(cell)
                    above[column] = cell
                column += span
            rows.append(row)
        return rows


def _skipped_before(tr: Any) -> int:
    found = tr.find(f"{W}trPr/{W}gridBefore")
    return int(found.get(f"{W}val", "0")) if found is not None else 0


def _printed(element: Any) -> Iterator[Any]:
    """All elements below that are printed, in order: no deletions, no field codes, no text boxes."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        yield child
        yield from _printed(child)


def _is_raised(run: Any) -> bool:
    found = run.find(f"{W}rPr/{W}vertAlign") if run is not None else None
    return found is not None and found.get(f"{W}val") == "superscript"


def _is_centered(paragraph: Paragraph) -> bool:
    alignment = paragraph.alignment
    if alignment is None and paragraph.style is not None:
        alignment = paragraph.style.paragraph_format.alignment
    return alignment is not None and int(alignment) == 1


def _is_heading(paragraph: Paragraph, text: str, centered: bool) -> bool:
    """By style, or as official documents set titles: short, centred, large."""
    style = paragraph.style
    while style is not None:
        if style.style_id.lower().startswith(("heading", "title")) or (style.name or "").startswith(
            ("标题", "Heading", "Title")
        ):
            return True
        style = style.base_style
    sizes = [r.font.size.pt for r in paragraph.runs if r.text.strip() and r.font.size]
    return centered and len(text) <= TITLE_LENGTH and bool(sizes) and min(sizes) >= TITLE_SIZE


def _notes(document: Document) -> Iterator[tuple[str, Any]]:
    """(kind and id, element) of all footnotes and endnotes; separators aside."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        for kind in ("footnote", "endnote"):
            if relation.reltype.endswith(f"/{kind}s"):
                for note in parse_xml(relation.target_part.blob).iter(f"{W}{kind}"):
                    if note.get(f"{W}type") in (None, "normal"):
                        yield f"{kind}{note.get(f'{W}id')}", note


def _furniture(document: Document) -> list[str]:
    """Headers and footers, each text once."""
    texts = [
        p.text.strip()
        for s in document.sections
        for part in (s.header, s.footer)
        if not part.is_linked_to_previous
        for p in part.paragraphs
    ]
    return list(dict.fromkeys(t for t in texts if t))
