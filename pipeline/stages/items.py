"""Lines -> items: headings, paragraph pieces, table regions. One model for all transcription styles: where the
transcriber kept printed lines, they are put together to paragraph pieces here; a piece never crosses a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex as re

from pipeline.ledger import Ledger
from pipeline.lines import Line
from pipeline.stages.forms import ANNEX, BOX, FIGURE_CAPTION, TABLE_CAPTION, UNNUMBERED, heading_of
from pipeline.text import display_width, ends_sentence, fold
from pipeline.traced import EMPTY, Traced, concat

STAGE = "items"
_DECOR = re.compile(r"\s*(?P<hash>#{1,6}\s+)?(?P<mark>[-*+]\s+(?=\S))?(?P<bold>\*\*(?=\S)|__(?=\S))?")
_HTML_TABLE = re.compile(r"<\s*/?\s*(?:table|tbody|thead|tr|td|th)\b", re.IGNORECASE)
_PIPES = re.compile(r"\s*\|.*\|.*\|?\s*$")
_COLUMNS = re.compile(r"\S(?:\s{2,}|　)\S")
_NOTE_HEAD = re.compile(
    r"\s*(?:\$?\s*\^\s*\{?\s*[\[［]?[①-⑳\d]{1,3}[\]］]?\s*\}?\s*\$?|[①-⑳]|[¹²³⁰⁴-⁹]+|[\[［]\d{1,3}[\]］])\s*\S"
)
_NOTE_MIDWAY = re.compile(r"(?:[①-⑳]|[¹²³⁰⁴-⁹]+)[，。；：、）”》]")
_ATTACHMENTS = re.compile(r"\s*(?:附件\s*[:：]|\d{1,2}[.．])")
_FIGURES_IN_A_ROW = re.compile(r"\S+(?: \S+)*(?: (?:-?\d[\d,.]*%?|—|-)){2,}$")
_LABEL = re.compile(
    r"\s*(?:注|说明|备注|资料来源|数据来源|单位|计量单位|投资单位|附件|抄送|主送|公开方式|校对|来源|发布时间|发布日期|索引号|分类|发布机构|成文日期|标题|文号|名称|主题词|有效性|时间|签发人)\s*[:：]"
)
_DATE_LINE = re.compile(
    r"\s*(?:[12]\d{3}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?(?:\s*印发)?|[二〇○零一三四五六七八九]{4}\s*年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)\s*$"
)
_DOC_NUMBER = re.compile(r"\s*\S{1,16}[〔\[（(［【]\s*(?:19|20)\d{2}\s*[〕\]）)］】]\s*(?:第\s*)?\d{1,5}\s*号\s*$")
_ADDRESS = re.compile(r"\s*(?:各|省|市|县|区)\S*[:：]$")
_BULLET_LINE = re.compile(r"^[ \t]*[●■◆▪•]", re.MULTILINE)
_FULL_SLACK = 3  # columns a full printed line may fall short of its page's width
_INDENT = 2  # blanks that make an indent


@dataclass(slots=True)
class Item:
    """A piece of the page with one role; `text` leaves out Markdown's marks at the head, which go by edit."""

    lines: list[Line]
    text: Traced
    s: str  # text.text
    key: str  # folded
    kind: str = "text"  # text, table
    hashes: bool = False  # Markdown called it a heading
    bullet: bool = False
    bold: bool = False
    indent: int = 0
    flush: bool = False  # printed style: begins without the indent its neighbours have
    page_break: bool = False  # a page seems to begin with it
    blanks: int = 0
    rule: str = ""  # furniture: why it goes
    fragments: list[list[Line]] = field(default_factory=list)  # of a table: one per page piece
    width: int = 0  # printed style: columns of its last line; 0 elsewhere

    @property
    def n(self) -> int:
        return self.lines[0].n


def text_item(lines: list[Line], ledger: Ledger, *, page_break: bool, flush: bool = False) -> Item:
    """Lines of one piece -> an item; what Markdown put before the first line is dropped by edit."""
    first = lines[0]
    m = _DECOR.match(first.text)
    assert m
    head = m.end("mark") if m["mark"] else m.end("hash") if m["hash"] else 0
    if m["mark"] and (first.text[head:].startswith("- ") or (_plain_item(first.text[head:]) and prints_bullets(ledger.source))):
        head = 0  # "- - - 界线", a legend; or what may be left of a printed bullet, for the character rules to restore
    decor = first.cut(0, head)
    if decor:
        ledger.drop_ranges(decor, "markdown-mark", stage=STAGE, category="format")
    pieces = [first.cut(head), *(line.cut() for line in lines[1:])]
    text = pieces[0]
    for piece in pieces[1:]:
        text = ledger.join(text, piece, "printed-line", stage=STAGE)
    s = text.text
    return Item(
        lines,
        text,
        s,
        fold(s),
        hashes=bool(m["hash"]),
        bullet=bool(m["mark"]) and head > 0,
        bold=bool(m["bold"]),
        indent=len(first.text) - len(first.text.lstrip(" 　")),
        flush=flush,
        page_break=page_break,
        blanks=first.blanks,
    )


@lru_cache(maxsize=4)
def prints_bullets(source: str) -> bool:
    """Whether the bundle prints bullets (●) before items, so that a dash may be one that was misread."""
    return len(_BULLET_LINE.findall(source)) >= 2


def _plain_item(text: str) -> bool:
    """Whether what follows a dash is plain text: no number, no emphasis, no label that roles are told by."""
    return not heading_of(text) and not text.startswith(("**", "__")) and not _LABEL.match(text) and not ANNEX.match(text)


def starts_anew(text: str) -> bool:
    """Whether a line cannot be the rest of a paragraph, by its form."""
    bare = text.strip().lstrip("#*- ")
    head = heading_of(bare)
    return (
        bool(head and (head.rank <= 3 or len(bare) < 40))
        or any(
            p.match(bare)
            for p in (BOX, TABLE_CAPTION, FIGURE_CAPTION, _NOTE_HEAD, _LABEL, _DATE_LINE, _DOC_NUMBER, _ADDRESS)
        )
        or bool(UNNUMBERED.match(bare) or ANNEX.fullmatch(bare) or text.lstrip().startswith("#"))
    )


# ---- table regions


def is_columnar(text: str) -> bool:
    return bool(_COLUMNS.search(text.strip()))


def table_regions(lines: Sequence[Line], taken: set[int], breaks: Sequence[bool]) -> list[list[int]]:
    """Runs of lines that print a table (or what is left of a chart), as indices; page breaks part them."""
    out: list[list[int]] = []
    i = 0
    while i < len(lines):
        if i in taken:
            i += 1
            continue
        end = _region(lines, i, taken, breaks)
        if end > i:
            out.append([k for k in range(i, end) if k not in taken])
            i = end
        else:
            i += 1
    return out


def _region(lines: Sequence[Line], i: int, taken: set[int], breaks: Sequence[bool]) -> int:
    text = lines[i].text
    if _HTML_TABLE.search(text) and "\t" not in text:
        return _html_end(lines, i)
    if "\t" in text.strip("\n"):
        k = i + 1
        while k < len(lines) and k not in taken and lines[k].blanks == 0 and "\t" in lines[k].text:
            k += 1
        return k
    if _PIPES.match(text):
        k = i + 1
        while k < len(lines) and k not in taken and lines[k].blanks == 0 and _PIPES.match(lines[k].text):
            k += 1
        return k if k > i + 1 else i
    if (is_columnar(text) and not ends_sentence(text.strip())) or (
        is_columnar(text) and len(re.findall(r"\s{2,}", text.strip())) > 1
    ):
        return _columns_end(lines, i, taken, breaks)
    return i


def _html_end(lines: Sequence[Line], i: int) -> int:
    depth = k = 0
    for k in range(i, len(lines)):
        text = lines[k].text.lower()
        if k > i and depth == 0 and not _HTML_TABLE.search(text):
            return k
        if k > i and depth == 0 and "<table" in text:
            return k
        depth += text.count("<table") - text.count("</table")
        if (
            depth > 0
            and k > i + 1
            and not _HTML_TABLE.search(text)
            and not _HTML_TABLE.search("".join(x.text for x in lines[k : k + 12]))
        ):
            return k  # never closed: cut off
    return k + 1


def _columns_end(lines: Sequence[Line], i: int, taken: set[int], breaks: Sequence[bool]) -> int:
    """Printed columns run on over lines of a single cell: deep in a column, or a label that wraps at the left edge."""
    k = i + 1
    second = min(_second_column(lines[i].text), 40)
    page = max((display_width(line.text.rstrip()) for line in lines[i : i + 30]), default=0)
    while k < len(lines):
        if k in taken or (breaks[k] and k > i) or lines[k].blanks:
            break
        text = lines[k].text
        bare = text.strip()
        indent = len(text) - len(text.lstrip())
        if is_columnar(text):
            second = max(second, min(40, _second_column(text))) if indent < 2 else second
        elif not (
            indent > 4 or _FIGURES_IN_A_ROW.match(bare) or _wraps_in_first_column(lines, k, taken, breaks, second, page)
        ) or (ends_sentence(bare) and indent <= 4 and display_width(bare) > second):
            break
        k += 1
    return k


def _second_column(text: str) -> int:
    m = re.search(r"\S(\s{2,})(?=\S)", text.lstrip())
    return display_width(text[: len(text) - len(text.lstrip()) + m.end()]) if m else 99


def _wraps_in_first_column(
    lines: Sequence[Line], k: int, taken: set[int], breaks: Sequence[bool], second: int, page: int
) -> bool:
    text = lines[k].text
    bare = text.strip()
    ahead = next(
        (j for j in range(k + 1, min(k + 4, len(lines))) if is_columnar(lines[j].text) and j not in taken), None
    )
    inside = ahead is not None and not any(lines[j].blanks or breaks[j] for j in range(k + 1, ahead + 1))
    if text.startswith("    ") or TABLE_CAPTION.match(bare) or FIGURE_CAPTION.match(bare) or _LABEL.match(bare):
        return False
    if heading_of(bare):
        return (inside or _table_goes_on(lines, k, taken, breaks)) and display_width(bare) < 40
    return display_width(bare) < (0.6 * page if inside else second) and (inside or not starts_anew(bare))


def _table_goes_on(lines: Sequence[Line], k: int, taken: set[int], breaks: Sequence[bool]) -> bool:
    """Whether line k ends its page and the next page begins with columns."""
    ahead = next((j for j in range(k + 1, len(lines)) if j not in taken), None)
    return ahead is not None and any(breaks[k + 1 : ahead + 1]) and is_columnar(lines[ahead].text)


# ---- printed lines


def printed_chunks(lines: Sequence[Line], taken: set[int], breaks: Sequence[bool]) -> list[bool]:
    """For each line, whether the transcriber kept printed lines there: by page, neighbours deciding where a page says little."""
    starts = [i for i in range(len(lines)) if i == 0 or breaks[i]]
    starts = _split_long(starts, len(lines))
    votes: list[float | None] = []
    for a, b in zip(starts, [*starts[1:], len(lines)], strict=True):
        prose = [i for i in range(a, b) if i not in taken and len(lines[i].text.strip()) >= 12]
        pairs = [i for i in prose if i + 1 < b and i + 1 not in taken]
        cut = sum(
            lines[i + 1].blanks == 0 and not ends_sentence(lines[i].text) and not starts_anew(lines[i + 1].text)
            for i in pairs
        )
        votes.append(cut / len(pairs) if len(pairs) >= 3 else None)
    known = [v for v in votes if v is not None]
    whole = sum(known) / len(known) if known else 0.0
    out = [False] * len(lines)
    for (a, b), vote in zip(zip(starts, [*starts[1:], len(lines)], strict=True), votes, strict=True):
        printed = (vote if vote is not None else whole) >= 0.3
        if whole >= 0.3 and not printed:  # a page of short paragraphs: the blank lines tell
            printed = sum(lines[i].blanks > 0 for i in range(a + 1, b)) < 0.3 * max(1, b - a - 1)
        out[a:b] = [printed] * (b - a)
    return out


def _split_long(starts: list[int], total: int) -> list[int]:
    out: list[int] = []
    for a, b in zip(starts, [*starts[1:], total], strict=True):
        out += range(a, b, 60) if b > a else []
    return out


def full_widths(pages: Sequence[Sequence[Line]]) -> list[int]:
    """Columns of a full printed line, page by page: what most of a page's lines agree on (a closing mark may hang
    over). A page of few lines takes its nearest neighbour's."""
    found: list[int | None] = []
    for page in pages:
        widths = Counter(
            print_width(line.text) for line in page if len(line.text.strip()) >= 12 and not _NOTE_HEAD.match(line.text)
        )
        best = max(widths, key=lambda w: (widths[w] + widths[w - 1] + widths[w - 2], w), default=0)
        agree = widths[best] + widths[best - 1] + widths[best - 2] if widths else 0
        found.append(best if agree >= 4 else None)
    sure = [k for k, w in enumerate(found) if w is not None]
    return [
        w
        if w is not None
        else next((found[j] or 0 for j in sorted(sure, key=lambda j: abs(j - k))), 0)
        or max((print_width(line.text) for line in pages[k]), default=0)
        for k, w in enumerate(found)
    ]


def print_width(text: str) -> int:
    """Columns as printed: a stop or bracket that the transcriber made half width took a whole place among Chinese."""
    text = text.rstrip()
    return display_width(text) + (sum(text.count(c) for c in ",;:!?()") if not text.isascii() else 0)


def _leading_token(text: str) -> int:
    """Columns of what could not be parted at the head of a line: a figure, a word, or one character with its stop."""
    m = re.match(r"[A-Za-z0-9.,%‰/:：+-]+[％%‰]?|\S[，。；：、！？）》”]?", text.strip())
    return display_width(m[0]) if m else 0


def goes_on(piece: Sequence[Line], after: Line, width: int, indented: bool, note: bool) -> bool:
    """Printed style: whether `after` is the rest of the piece printed so far."""
    before = piece[-1]
    if starts_anew(after.text) and not (
        not ends_sentence(before.text)
        and _is_full(before, after, width)
        and not after.text.lstrip().startswith("#")
        and _weak_start(after.text)
    ):
        return False
    indent = len(after.text) - len(after.text.lstrip(" 　"))
    if indented and indent >= _INDENT:
        return False
    if note:
        return not ends_sentence(before.text)
    if _is_full(before, after, width):
        return True
    began = len(piece[0].text) - len(piece[0].text.lstrip(" 　"))
    if indented and began >= _INDENT and ends_sentence(after.text) and not _ATTACHMENTS.match(piece[0].text):
        return True  # prose at the margin, where paragraphs are indented
    return (
        indented
        and began >= _INDENT
        and not ends_sentence(before.text)
        and print_width(before.text) >= 0.6 * width
        and not _ATTACHMENTS.match(piece[0].text)
    )


def _weak_start(text: str) -> bool:
    """A form that running text may wrap into: “3.2021年”, “（一）和（二）”, a note marker in mid sentence."""
    bare = text.strip()
    head = heading_of(bare)
    return bool(head and head.rank >= 3) or bool(_ADDRESS.match(bare)) or bool(_NOTE_MIDWAY.match(bare))


def _is_full(before: Line, after: Line, width: int) -> bool:
    return print_width(before.text) + _leading_token(after.text) >= width - _FULL_SLACK


# ---- all together


def items_of(
    lines: Sequence[Line], gone: dict[int, str], contents: set[int], breaks: Sequence[bool], ledger: Ledger
) -> tuple[list[Item], list[str]]:
    """All lines -> items in order (contents lists left out), and the styles found."""
    taken = set(gone) | contents
    regions = table_regions(lines, taken, breaks)
    in_table = {i: r for r in regions for i in r}
    printed = printed_chunks(lines, taken | set(in_table), breaks)
    widths = _widths_by_page(lines, breaks, printed, taken | set(in_table))
    items: list[Item] = []
    i = 0
    fresh = False  # a page began at a line that is not an item itself
    while i < len(lines):
        fresh = fresh or breaks[i]
        if i in taken:
            i += 1
            continue
        if i in in_table:
            region = in_table[i]
            rows = [lines[k] for k in region]
            items.append(
                Item(
                    rows,
                    EMPTY,
                    rows[0].text,
                    fold(rows[0].text),
                    kind="table",
                    fragments=[rows],
                    page_break=fresh,
                    blanks=rows[0].blanks,
                )
            )
            i, fresh = region[-1] + 1, False
            continue
        if printed[i]:
            end = _page_end(lines, i, breaks, printed)
            rows_here = [k for k in range(i, end) if k not in taken and k not in in_table]
            items += _printed_items(rows_here, lines, widths[i], fresh, ledger)
            tables = [r for r in regions if i <= r[0] < end]
            items += [
                Item(
                    [lines[k] for k in r],
                    EMPTY,
                    lines[r[0]].text,
                    fold(lines[r[0]].text),
                    kind="table",
                    fragments=[[lines[k] for k in r]],
                    page_break=fresh and r[0] == i,
                    blanks=lines[r[0]].blanks,
                )
                for r in tables
            ]
            i, fresh = max([end, *(r[-1] + 1 for r in tables)]), False
            continue
        items.append(text_item([lines[i]], ledger, page_break=fresh))
        i, fresh = i + 1, False
    items = sorted((x for x in items if x.kind == "table" or x.text), key=lambda item: item.n)
    return items, _styles(lines, printed, in_table)


def _page_end(lines: Sequence[Line], i: int, breaks: Sequence[bool], printed: Sequence[bool]) -> int:
    k = i + 1
    while k < len(lines) and not breaks[k] and printed[k]:
        k += 1
    return k


def _widths_by_page(
    lines: Sequence[Line], breaks: Sequence[bool], printed: Sequence[bool], skip: set[int]
) -> dict[int, int]:
    """Index of a printed page's first line -> the page's full width, in columns."""
    starts, i = [], 0
    while i < len(lines):
        if printed[i]:
            starts.append((i, _page_end(lines, i, breaks, printed)))
            i = starts[-1][1]
        else:
            i += 1
    widths = full_widths([[lines[k] for k in range(a, b) if k not in skip] for a, b in starts])
    return {k: w for (a, b), w in zip(starts, widths, strict=True) for k in range(a, b)}


def _printed_items(rows: list[int], lines: Sequence[Line], width: int, fresh: bool, ledger: Ledger) -> list[Item]:
    page = [lines[k] for k in rows]
    prose = [line for line in page if len(line.text.strip()) >= 8]
    indents = [len(line.text) - len(line.text.lstrip(" 　")) for line in prose]
    indented = sum(1 <= n <= 8 for n in indents) >= max(1, 0.08 * len(prose))
    out: list[Item] = []
    piece: list[Line] = []
    note = False
    first = True

    def close() -> None:
        nonlocal first
        if piece:
            indent = len(piece[0].text) - len(piece[0].text.lstrip(" 　"))
            item = text_item(list(piece), ledger, page_break=fresh and first, flush=indented and indent < _INDENT)
            item.width = width
            out.append(item)
            first = False
            piece.clear()

    for at, line in enumerate(page):
        adjacent = piece and rows[at] == rows[at - 1] + 1 and line.blanks == 0
        signed = (
            at + 1 < len(page)
            and bool(_DATE_LINE.match(page[at + 1].text))
            and len(line.text.strip()) < 40
            and ends_sentence(piece[-1].text if piece else "") | bool(piece and _ATTACHMENTS.match(piece[0].text))
        )
        if adjacent and not signed and goes_on(piece, line, width, indented, note):
            piece.append(line)
            continue
        close()
        note = bool(_NOTE_HEAD.match(line.text))
        piece.append(line)
    close()
    return out


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


def glue(first: Traced, second: Traced) -> Traced:
    return concat((first, second))
