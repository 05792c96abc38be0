"""Lines -> items: headings, paragraph pieces, table regions. One model for all transcription styles: where the
transcriber kept printed lines, they are put together to paragraph pieces here; a piece never crosses a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line, looked_at
from juanzong.core.source import CENTERED, Block
from juanzong.core.traced import EMPTY, Traced
from juanzong.language.dates import is_date
from juanzong.language.document_types import names_document
from juanzong.language.form_lines import is_field
from juanzong.language.numbering import ANNEX, heading_of
from juanzong.language.openings import LABEL, NOTE_HEAD
from juanzong.language.organs import organs_in
from juanzong.language.text import ends_sentence, fold, indent_of
from juanzong.stages.pieces.page_widths import indented_pages, page_end, print_width, widths_by_page
from juanzong.stages.pieces.placing import INDENT, is_centered, left_blanks, stands_even
from juanzong.stages.pieces.printed import (
    ATTACHMENTS,
    Sheet,
    goes_on,
    stripped_indents,
)
from juanzong.stages.pieces.printed_pages import printed_chunks
from juanzong.stages.pieces.regions import table_regions

_DECOR = re.compile(r"\s*(?P<hash>#{1,6}\s+)?(?P<mark>[-*+]\s+(?=\S))?(?P<bold>\*\*(?=\S)|__(?=\S))?")
_HASHED = re.compile(
    r"\s*(?:#{2,6}\s+(?:[\d（(《“]|第?[一二三四五六七八九十]|\p{Han}(?![^\n]*[。；]\s*$))|#\s+(?:第[一二三四五六七八九十]+[编章节]|[一二三四五六七八九十]+、))"
)
_SIGNATURE = 40  # characters of a line that names who signs
# no ! or ], with which a picture’s mark or what is left of one begins
_NEVER_FIRST = frozenset("，。；：、！？）》」』”’,;:?)")
_BULLET_LINE = re.compile(r"^[ \t]*[●■◆▪•]", re.MULTILINE)


@dataclass(slots=True)
class Item:
    """A piece of the page with one role; `text` leaves out Markdown's marks at the head, which go by edit."""

    lines: list[Line]
    text: Traced
    s: str  # text.text as it is looked at
    key: str  # folded
    kind: str = "text"  # text, table
    level: int = 0  # of a heading or title, from 1, as Markdown or the reader's tool tells it; 0 where none does
    bullet: bool = False
    bold: bool = False
    indent: int = 0  # columns
    flush: bool = False  # printed style: begins without the indent its neighbours have
    page_break: bool = False  # a page seems to begin with it
    blanks: int = 0
    rule: str = ""  # furniture: why it goes
    fragments: list[list[Line]] = field(default_factory=list)  # of a table: one per page piece
    width: int = 0  # printed style: columns of its last line; 0 elsewhere
    centered: bool = False  # set in the middle of its line
    told: bool = False  # a label told it: the title of the text below

    @property
    def n(self) -> int:
        return self.lines[0].n

    @property
    def begins_page(self) -> bool:
        """Whether a page seems to begin with it: a break is seen, or more blank lines stand before it than part
        paragraphs."""
        return self.page_break or self.blanks >= 2

    @property
    def setting(self) -> tuple[int, bool, bool]:
        """How it is set: level, weight, and whether the reader's tool calls it a title and no heading."""
        block = self.lines[0].block
        return self.level, self.bold, block is not None and block.kind == "title"

    @property
    def strings(self) -> list[str]:
        """What it says: its text, or the lines of a table."""
        return [self.s] if self.kind == "text" else [line.text for line in self.lines]

    @property
    def is_text(self) -> bool:
        """Whether it is text, and no furniture."""
        return self.kind == "text" and not self.rule

    def holding(self, text: Traced) -> Item:
        """The item with another text."""
        return replace(self, text=text, s=looked_at(text.text), key=fold(text.text))

    def take_rest(self, rest: Item, rule: str, ledger: Ledger, confidence: float = 1.0) -> None:
        """The rest of a piece that its line broke in two."""
        self.text = ledger.join(self.text, rest.text, rule, confidence=confidence)
        self.s, self.key = looked_at(self.text.text), fold(self.text.text)
        self.lines = [*self.lines, *rest.lines]


def next_shown(items: Sequence[Item], k: int) -> int | None:
    """The first item from item k on that is no furniture."""
    return next((i for i in range(k, len(items)) if not items[i].rule), None)


def text_item(lines: list[Line], ledger: Ledger, *, page_break: bool, flush: bool = False) -> Item:
    """Lines of one piece -> an item; what Markdown put before the first line is dropped by edit. What the reader knows
    as text may have the mark of a heading, no other."""
    first, block = lines[0], lines[0].block
    m = _DECOR.match(first.text if block is None or _HASHED.match(first.text) else "")
    assert m
    head = m.end("mark") if m["mark"] else m.end("hash") if m["hash"] else 0
    if m["mark"] and (
        first.text[head:].startswith("- ") or (_plain_item(first.text[head:]) and prints_bullets(ledger.source))
    ):
        head = 0  # "- - - 界线", a legend; or what may be left of a printed bullet, for the character rules to restore
    decor = first.cut(0, head)
    if decor:
        ledger.drop_ranges(decor, "markdown-mark", category="format")
    text = first.cut(head)
    for line in lines[1:]:
        rest = line.cut()
        text = ledger.join(text, rest, "printed-line") if text and rest else text or rest
    s = first.text.strip() if len(lines) == 1 and not head else looked_at(text.text)
    return Item(
        lines,
        text,
        s,
        fold(s),
        level=_level(block) or len((m["hash"] or "").strip()),
        bullet=bool(m["mark"]) and head > 0,
        bold=bool(m["bold"]),
        indent=left_blanks(first.text),
        flush=flush,
        page_break=page_break,
        blanks=first.blanks,
        centered=(first.mark is not None and first.mark.centered) or (block is not None and block.label == CENTERED),
    )


def _level(block: Block | None) -> int:
    """How deep the reader's tool says that a title or heading stands."""
    return max(1, block.level) if block is not None and block.kind in ("title", "heading") else 0


@lru_cache(maxsize=4)
def prints_bullets(source: str) -> bool:
    """Whether the bundle prints bullets (●) before items, so that a dash may be one that was misread."""
    return len(_BULLET_LINE.findall(source)) >= 2


def _plain_item(text: str) -> bool:
    """Whether what follows a dash is plain text: no number, no emphasis, no label that roles are told by."""
    return (
        not heading_of(text) and not text.startswith(("**", "__")) and not LABEL.match(text) and not ANNEX.match(text)
    )


def items_of(
    lines: Sequence[Line], gone: dict[int, str], contents: set[int], breaks: Sequence[bool], ledger: Ledger
) -> tuple[list[Item], list[str]]:
    """All lines -> items in order (contents lists left out), and the styles found."""
    taken = set(gone) | contents
    regions = table_regions(lines, taken, breaks)
    in_table = {i: r for r in regions for i in r}
    skip = taken | set(in_table)
    printed = printed_chunks(lines, skip, breaks)
    widths = widths_by_page(lines, breaks, printed, skip)
    indented = indented_pages(lines, breaks, printed, skip)
    stripped = stripped_indents(lines, widths, indented, skip)
    items: list[Item] = []
    i = 0
    fresh = False  # a page began at a line that is not an item itself
    while i < len(lines):
        fresh = fresh or breaks[i]
        if i in taken:
            i += 1
            continue
        if i in in_table:
            items.append(_table_item([lines[k] for k in in_table[i]], page_break=fresh))
            i = in_table[i][-1] + 1
        elif printed[i]:
            end = page_end(lines, i, breaks, printed)
            sheet = Sheet(widths[i], indented[i], stripped and not indented[i])
            waits = bool(items) and _breaks_off(items[-1], sheet.width)
            items += _printed_items([k for k in range(i, end) if k not in skip], lines, sheet, fresh, waits, ledger)
            tables = [r for r in regions if i <= r[0] < end]
            items += [_table_item([lines[k] for k in r], page_break=fresh and r[0] == i) for r in tables]
            i = max([end, *(r[-1] + 1 for r in tables)])
        else:
            end = i + 1
            while (
                end < len(lines) and end not in skip and not printed[end] and not breaks[end] and _is_rest(lines[end])
            ):
                end += 1
            items.append(text_item(list(lines[i:end]), ledger, page_break=fresh))
            i = end
        fresh = False
    items = sorted((x for x in items if x.kind == "table" or x.text), key=lambda item: item.n)
    return items, _styles(lines, printed, in_table)


def _is_rest(line: Line) -> bool:
    """Whether a line begins with a mark that nothing begins with: the line before it was broken there."""
    return not line.blanks and line.block is None and line.text.lstrip()[:1] in _NEVER_FIRST


def _table_item(rows: list[Line], *, page_break: bool) -> Item:
    first = rows[0]
    return Item(
        rows,
        EMPTY,
        first.text,
        fold(first.text),
        kind="table",
        fragments=[rows],
        page_break=page_break,
        blanks=first.blanks,
    )


def _breaks_off(item: Item, width: int) -> bool:
    """Whether a note fills its last line and ends no sentence there: its rest stands at the foot of the next page."""
    last = item.lines[-1].text
    return bool(NOTE_HEAD.match(item.s)) and not ends_sentence(last) and print_width(last.strip()) >= width > 0


def _printed_items(
    rows: list[int], lines: Sequence[Line], sheet: Sheet, fresh: bool, waits: bool, ledger: Ledger
) -> list[Item]:
    """The items of one page. `waits`: a note of the page before broke off; its rest is no part of the text above it."""
    page = [lines[k] for k in rows]
    foot = len(page) - 1 if waits and not any(NOTE_HEAD.match(line.text) for line in page) else -1
    out: list[Item] = []
    piece: list[Line] = []
    note = False
    first = True

    def close() -> None:
        nonlocal first
        if piece:
            indent = indent_of(piece[0].text)
            item = text_item(list(piece), ledger, page_break=fresh and first, flush=sheet.indented and indent < INDENT)
            item.width = sheet.width
            item.centered = is_centered(piece[0].text, sheet.width)
            out.append(item)
            first = False
            piece.clear()

    for at, line in enumerate(page):
        adjacent = piece and rows[at] == rows[at - 1] + 1 and line.blanks == 0
        signed = _is_signature(page, at, piece)
        follows = (
            page[at + 1] if at + 1 < len(page) and rows[at + 1] == rows[at] + 1 and not page[at + 1].blanks else None
        )
        apart = at == foot and ends_sentence(line.text) and print_width(line.text.strip()) < sheet.width
        broken = bool(adjacent) and _is_rest(line)
        if broken or (adjacent and not signed and not apart and goes_on(piece, line, follows, sheet, note)):
            piece.append(line)
            continue
        close()
        note = bool(NOTE_HEAD.match(line.text))
        piece.append(line)
    close()
    for item, below in pairwise(out):
        deeper = below.centered and below.lines[0].n == item.n + 1
        told = deeper or (names_document(item.s) and is_field(below.s))
        if told and len(item.lines) == 1 and not ends_sentence(item.s) and stands_even(item.lines[0].text, sheet.width):
            item.centered = True
    return out


def _is_signature(page: Sequence[Line], at: int, piece: Sequence[Line]) -> bool:
    """Whether a line says who signs the piece above it: it is short, a date follows, and what stands above is whole."""
    text = page[at].text
    return (
        at + 1 < len(page)
        and is_date(page[at + 1].text)
        and len(text.strip()) < _SIGNATURE
        and bool(piece)
        and bool(ends_sentence(piece[-1].text) or ATTACHMENTS.match(piece[0].text) or organs_in(text))
    )


def _styles(lines: Sequence[Line], printed: Sequence[bool], in_table: dict[int, list[int]]) -> list[str]:
    total = len(lines) or 1
    out = []
    if sum(printed) / total > 0.1:
        out.append("printed")
    if sum(line.text.startswith("#") or "<td" in line.text for line in lines) / total > 0.02:
        out.append("markdown")
    if not out or (sum(printed) / total < 0.5 and "markdown" not in out):
        out.append("paragraph")
    return sorted(out)
