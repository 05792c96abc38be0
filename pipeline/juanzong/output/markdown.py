"""A document -> Markdown for people: headings, boxes as quotations, tables, footnotes as [^1]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import regex as re

from juanzong.model import Box, Document, Figure, Metadata, Paragraph, Section, Table, heading
from juanzong.model.blocks import Block
from juanzong.output.labels import Element, elements
from juanzong.output.note_marks import Marks, note_marks
from juanzong.output.table_markup import html_table, pipe_table, second_print

_LOWEST = 6  # Markdown has six levels of headings
_ESCAPED = re.compile(r"[\\`*_<>\[\]~|&$]")
# What would open a heading, list, quotation or rule at the head of a line.
_OPENING = re.compile(r"^(#{1,6}(?=\s|$)|[-+=](?=\s|$|[-=])|\d{1,9}(?=[.)](?:\s|$)))")
_LINKS = {"promulgated_by": "印发于", "annex_of": "附于"}


def markdown(document: Document, files: Mapping[str, tuple[str, str]] | None = None) -> str:
    """The document as Markdown. `files`: document id -> (title, file name), for links to the others."""
    marks = note_marks(document)
    parts = ["# " + _inline(document.title, marks.get("/title", ())) if document.title else ""]
    parts.append("\n".join(_metadata(document.metadata) + _links(document, files or {})))
    if document.contents:
        parts.append("**目录**")
        parts.append(
            "\n".join(
                "  " * (e.level - 1) + "- " + escape(" ".join(filter(None, (e.number, e.title, e.page))))
                for e in document.contents
            )
        )
    parts += _blocks(document.body, "/body", marks)
    for n, note in enumerate(document.footnotes, 1):
        text = escape(note.text)
        parts.append(f"[^{n}]: {text}" if note.anchor else f"{escape(note.marker)} {text}")
    return "\n\n".join(filter(None, parts)) + "\n"


def escape(text: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> escape("1. 面积*单价_合计")
    '1\\. 面积\\*单价\\_合计'
    """
    text = _ESCAPED.sub(lambda m: "\\" + m[0], " ".join(text.split("\n"))).strip()
    opening = _OPENING.match(text)
    if opening is None:
        return text
    at = opening.end() if opening[1].isdigit() else 0
    return text[:at] + "\\" + text[at:]


def _inline(text: str, marks: Marks, lead: str = "") -> str:
    """`text` escaped, its lead phrase bold, footnote marks at their offsets."""
    marks = tuple((min(offset, len(text)), n) for offset, n in marks)
    bold_from = max(0, text.find(lead))
    bold_to = bold_from + len(lead) if lead in text else bold_from
    cuts = sorted({0, bold_from, bold_to, len(text), *(offset for offset, _ in marks)})
    out = []
    for a, b in pairwise(cuts):
        out += [f"[^{n}]" for offset, n in marks if offset == a]
        piece = escape(text[a:b]) if a == 0 else _ESCAPED.sub(lambda m: "\\" + m[0], text[a:b])
        out.append(f"**{piece}**" if bold_from <= a and b <= bold_to else piece)
    out += [f"[^{n}]" for offset, n in marks if offset == len(text)]
    return "".join(out)


def _metadata(metadata: Metadata) -> list[str]:
    return [f"- **{e.label}**　{'；'.join(_values(e))}" for e in elements(metadata)]


def _values(element: Element) -> list[str]:
    """What is printed of an element; the number of an attachment before its title."""
    out: list[str] = []
    number = ""
    for pointer, text in element.strings:
        if pointer.endswith("/number"):
            number = f"{text.rstrip('.．、')}. "
        else:
            out.append(number + escape(text))
            number = ""
    return out


def _links(document: Document, files: Mapping[str, tuple[str, str]]) -> list[str]:
    def link(other: str) -> str:
        title, file = files.get(other, (other, ""))
        return f"[{escape(title)}]({file})" if file else escape(title)

    lines = [f"- **{label}**　{link(other)}" for key, label in _LINKS.items() if (other := getattr(document, key))]
    lines += [f"- **印发**　{link(issued)}" for issued in document.promulgates]
    return lines + [f"- **附件**　{link(annex)}" for annex in document.annexes]


def _blocks(blocks: Sequence[Block], pointer: str, marks: Mapping[str, Marks], in_box: bool = False) -> list[str]:
    return [part for i, b in enumerate(blocks) for part in _block(b, f"{pointer}/{i}", marks, in_box)]


def _block(block: Block, pointer: str, marks: Mapping[str, Marks], in_box: bool) -> Iterable[str]:
    if isinstance(block, Paragraph):
        text = _inline(block.text, marks.get(pointer + "/text", ()), block.lead or "")
        return [text] if text else []
    if isinstance(block, Section):
        return _section(block, pointer, marks, in_box)
    if isinstance(block, Box):
        head = "**" + escape(" ".join(filter(None, (block.number, block.title)))) + "**"
        inner = [head, *_blocks(block.children, pointer + "/children", marks, in_box=True)]
        return ["\n".join(f"> {line}".rstrip() for line in "\n\n".join(inner).split("\n"))]
    if isinstance(block, Table):
        return _table(block, pointer, marks)
    return _figure(block)


def _section(section: Section, pointer: str, marks: Mapping[str, Marks], in_box: bool) -> list[str]:
    children = _blocks(section.children, pointer + "/children", marks, in_box)
    title = _inline(section.title, marks.get(pointer + "/title", ())) if section.title else ""
    number = escape(section.number or "")
    if not title:  # an article: its number stands before its first paragraph
        head = f"**{number}**"
        if children and section.children[0].kind == "paragraph":
            return [f"{head}　{children[0]}", *children[1:]]
        return [head, *children]
    head = heading(number, title)
    return ["**" + head + "**" if in_box else "#" * min(section.level + 1, _LOWEST) + " " + head, *children]


def _table(table: Table, pointer: str, marks: Mapping[str, Marks]) -> list[str]:
    called = _inline(table.caption or "", marks.get(f"{pointer}/caption", ()))
    caption = " ".join(filter(None, (escape(table.number or ""), called)))
    unit = f"（单位：{escape(table.unit)}）" if table.unit else ""
    out = [f"**{caption}**{unit}" if caption else unit]
    spans = any(c.row_span > 1 or c.col_span > 1 for row in table.rows for c in row.cells)
    if not table.rows:
        out.append(escape(second_print(table)))
    elif spans or _has_lines(table) or table.header_rows != 1 or len({len(row.cells) for row in table.rows}) > 1:
        out.append(html_table(table, pointer, marks))
    else:
        out.append(
            pipe_table(
                [
                    [
                        _inline(c.text, marks.get(f"{pointer}/rows/{i}/cells/{j}/text", ()))
                        for j, c in enumerate(row.cells)
                    ]
                    for i, row in enumerate(table.rows)
                ]
            )
        )
    return out + [_inline(note, marks.get(f"{pointer}/notes/{i}", ())) for i, note in enumerate(table.notes)]


def _has_lines(table: Table) -> bool:
    return any("\n" in c.text for row in table.rows for c in row.cells)


def _figure(figure: Figure) -> list[str]:
    caption = escape(" ".join(filter(None, (figure.number, figure.caption))))
    return [f"*{caption}*" if caption else "", "\n".join(f"- {escape(t)}" for t in figure.text)]
