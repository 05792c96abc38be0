"""Word documents (.docx) -> Source: styles, automatic numbers, notes, tables with spans. No pages: Word sets them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.source import CENTERED, BlockKind, PageReport, Source
from juanzong.read.detect import is_page
from juanzong.read.docx_notes import Notes
from juanzong.read.docx_numbers import Numbering
from juanzong.read.docx_parts import GONE, Element, Parts, is_on, value_of
from juanzong.read.docx_styles import Styles
from juanzong.read.docx_table import float_down, framed, heads_of_table, rows_of_table
from juanzong.read.docx_text import Inline, all_letters, word_art
from juanzong.read.glyphs import raised_text
from juanzong.read.hashes import file_hash
from juanzong.read.mail_heads import is_mht
from juanzong.read.options import ReadOptions
from juanzong.read.tool_text import ToolText

TITLE_SIZE = 16.0  # points; a short centred paragraph set larger than this is a title (GB/T 9704: 22)
TITLE_LENGTH = 60
_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
# what a model wrote, pasted as it is: a heading or bold print in Markdown, read as in any text
_PASTED = re.compile(r"^#{1,6}\s+(?=[^\s号])[^，；。！？]*$|\*\*(?=\S)[^*\n]{1,200}(?<=\S)\*\*")
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
_BLANKS = re.compile(r"[ \xa0\t]+")


def read_docx(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError for a damaged file."""
    parts = Parts(path)
    body = parts.document.find("body")
    if body is None:
        raise JuanzongError(f"{path}: the Word file has no text in it; save it again and give that")
    reader = _Reader(parts)
    reader.blocks(body)
    reader.end()
    fields = reader.out.writing.fields()
    return Source(
        path=record_as,
        sha256=file_hash(path),
        is_text=False,
        readers=("docx",),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        **{**fields, "marks": (), "reports": (*fields["reports"], *reader.left_out())},
    )


class _Reader:
    """Walks one document in its order."""

    def __init__(self, parts: Parts) -> None:
        self.out = ToolText()
        self._parts = parts
        self._styles = Styles(parts)
        self._numbering = Numbering(parts, self._styles)
        self._notes = Notes(parts)
        self._inline = Inline(self._styles, self._notes.marker)
        self._inline.on_paper = parts.document.find("background") is None  # a page may be coloured
        # of a paragraph that goes on in the next one: its end was deleted, or it is a dropped capital
        self._carried = ""

    def blocks(self, container: Element) -> None:
        """The paragraphs and tables of a body, a text box, a content control."""
        paper = self._inline.on_paper
        for block in float_down(list(_unwrapped(container))):
            self._inline.on_paper = paper and block.tag != "tbl"
            if block.tag == "tbl" and (frame := framed(block, container)):
                for cell in frame:
                    self.blocks(cell)
            elif block.tag == "tbl":
                rows = rows_of_table(block, self._cell_paragraph, self._inline.gone)
                self.out.table(rows, exact=True, heads=heads_of_table(block))
            elif block.tag == "p":
                self._paragraph(block)
            elif block.tag == "m-oMathPara":
                self.out.paragraph(self._inline.text(block))
            elif block.tag == "altChunk":
                self._embedded(self._parts.embedded(block.get("r-id")))
            self._hanging()

    def _embedded(self, data: bytes) -> None:
        """A page or several that programs put whole into the file, for Word to take in when it opens it."""
        from juanzong.read.html import page_text, write_page
        from juanzong.read.mht import pages_in

        try:
            pages = [
                page_text(page, "altChunk").text
                for page in (pages_in(data)[0] if is_mht(data) else [data] if data else [])
            ]
        except JuanzongError:
            pages = []
        pages = [page for page in pages if is_page(page)]
        for page in pages:
            write_page(self.out, page)
        if not pages:
            self.out.tell(0, "reader-lost-text", "文件中嵌入了另一文件（altChunk），其文字未读出")

    def _paragraph(self, paragraph: Element) -> None:
        text = self._carried + self._inline.text(paragraph)
        self._carried = ""
        properties = paragraph.find("pPr")
        if is_on(properties, "pageBreakBefore"):
            self.out.page_break()
        mark = properties.find("rPr") if properties is not None else None
        frame = properties.find("framePr") if properties is not None else None
        dropped = frame is not None and frame.get("dropCap", "none") != "none"
        if dropped or (mark is not None and any(mark.find(gone) is not None for gone in GONE)):
            self._carried = text
            return
        section = properties.find("sectPr") if properties is not None else None
        # Word sets no number before the end of a section that stands in a line of its own
        number = self._numbering.label(paragraph) if section is None or text.strip() else ""
        kind, level = self._kind(paragraph, text)
        label = CENTERED if self._styles.is_centered(paragraph) else ""
        contents = any(_CONTENTS.fullmatch(name.strip()) for name in self._styles.names(paragraph))
        for k, page in enumerate(text.split("\f")):
            if k:
                self.out.page_break()
            plain = _BLANKS.sub(lambda m: "\t" if contents and "\t" in m[0] else m[0].replace("\t", " "), page)
            if plain.strip():
                pasted = kind == "paragraph" and not number and _PASTED.search(plain.strip()) is not None
                self.out.paragraph(
                    (number if not k else "") + plain.strip(), kind=None if pasted else kind, level=level, label=label
                )
        if section is not None and value_of(section, "type") != "continuous":
            self.out.page_break()

    def _kind(self, paragraph: Element, text: str) -> tuple[BlockKind, int]:
        """By style, or as official documents set titles: short, centred, large."""
        level = self._styles.outline_level(paragraph)
        if level:
            return "heading", level
        large = self._styles.size_of(paragraph) > TITLE_SIZE and len(text.strip()) <= TITLE_LENGTH
        if self._styles.is_title(paragraph) or (large and self._styles.is_centered(paragraph)):
            return "title", 0
        return "paragraph", 0

    def _cell_paragraph(self, paragraph: Element) -> str:
        """A paragraph in a cell, with its number; what hangs on it comes below the table."""
        text = self._inline.text(paragraph).replace("\f", "\n")
        return self._numbering.label(paragraph) + text if text.strip() else ""

    def _hanging(self) -> None:
        """What hangs on the block just read: text boxes, drawings, notes."""
        boxes, self._inline.boxes = self._inline.boxes, []
        paper, self._inline.on_paper = self._inline.on_paper, False
        for box in boxes:
            self.blocks(box)
        self._inline.on_paper = paper
        drawings, self._inline.drawings = self._inline.drawings, []
        for drawing in drawings:
            tree = self._parts.by_id(drawing.get("r-dm"))
            for text in tree.iter("a-p") if tree is not None else ():
                self.out.paragraph("".join(t.text or "" for t in text.iter("a-t")))
        notes, self._inline.notes = self._inline.notes, []
        for kind, number in notes:
            if kind == "footnote":
                self._note(kind, number)

    def _note(self, kind: str, number: str) -> None:
        element = self._notes.take(kind, number)
        if element is not None:
            texts = [" ".join(self._inline.text(p).split()) for p in element.iter("p")]
            text, mark = " ".join(filter(None, texts)), self._inline.marks.get((kind, number), "")
            text = raised_text(mark) + text.removeprefix(mark) if mark and text.startswith(mark) else text
            self.out.paragraph(self._notes.marker(kind, number) + text, label=kind)
            self._inline.notes = [n for n in self._inline.notes if n != (kind, number)]

    def end(self) -> None:
        """What is left over: a carried text, end notes, notes that no reference led to."""
        self.out.paragraph(self._carried)
        for kind, number in self._notes.left():
            self._note(kind, number)
        self._inline.gone += map(all_letters, self._notes.unprinted)

    def left_out(self) -> Iterator[PageReport]:
        gone = [bare for text in self._inline.gone if (bare := text.strip())]
        if gone:
            told = f"Word 中已删除、移走或隐藏的文字（含注音）{len(gone)} 处，未入正文"
            yield PageReport(0, "info", "unprinted-text", told, "\n".join(gone))
        heads = [text for kind in ("header", "footer") for tree in self._parts.related(kind) if (text := _all(tree))]
        if heads:
            told = f"页眉、页脚 {len(dict.fromkeys(heads))} 种，未入正文"
            yield PageReport(0, "info", "page-furniture", told, "\n".join(dict.fromkeys(heads)))


def _all(tree: Element) -> str:
    paragraphs = ("".join(t.text or "" for t in p.iter("t")).strip() for p in tree.iter("p"))
    said = [*paragraphs, *(word_art(x) for x in tree.iter())]
    return "\n".join(dict.fromkeys(filter(None, said)))


def _unwrapped(container: Element) -> Iterator[Element]:
    """The blocks in a container and in the content controls and other wrappers in it, however deep."""
    stack = [iter(container)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in _WRAPPERS:
            stack.append(iter(child))
        elif child.tag == "mc-AlternateContent":
            chosen = child.find("mc-Choice")
            chosen = chosen if chosen is not None and len(chosen) else child.find("mc-Fallback")
            if chosen is not None:
                stack.append(iter(chosen))
        else:
            yield child
