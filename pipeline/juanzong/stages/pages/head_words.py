"""Which lines may be the running head of a page by their form, and by what stands round them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.numbering import TABLE_CAPTION, heading_of
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.pieces.column_lines import is_columnar

HEAD_LENGTH = 60
HALF = 20  # characters of a line that, without a stop, is half of a sentence
_LEAST_PART = 4  # characters of each part of a head that is set left and right
_TITLE_LINES = 3  # of a title under a head
_NO_HEAD = re.compile(r"附件\d*|目录")


def head_words(lines: Sequence[Line], i: int) -> str:
    """A line, folded, if it may be a running head by its form; else ''."""
    text = lines[i].text.strip()
    if (
        lines[i].in_sheet
        or not 2 <= len(text) <= HEAD_LENGTH
        or "\t" in text
        or "<t" in text
        or text.startswith("|")
        or TABLE_CAPTION.match(text)  # what pages of one table print again is told there
        or lines[i].tabular
        or heading_of(text)
        or re.search("[，。；：]", text)
        or (is_columnar(text) and _among_columns(lines, i))
        or _NO_HEAD.fullmatch(fold(text))
        or _is_element(lines, i)
    ):
        return ""
    return fold(text)


def _among_columns(lines: Sequence[Line], i: int) -> bool:
    """Whether a line whose parts wide blanks part stands next to another one: a row, or the header of a table printed
    again. A head of two parts, one at each margin, stands over text; what ends the page before says nothing of it."""
    near = [*lines[max(0, i - 2) : i], *lines[i + 1 : i + 3]]
    return any((x.tabular or is_columnar(x.text.strip())) and _on_one_page(x, lines[i]) for x in near)


def _on_one_page(a: Line, b: Line) -> bool:
    return a.mark is None or b.mark is None or a.mark.page == b.mark.page


def in_parts(text: str) -> bool:
    """Whether a line says one thing at the left margin and another at the right, of several characters each.

    >>> in_parts("松城绿道论坛    2026年8月 松城"), in_parts("松  城  市  规  划")
    (True, False)
    """
    parts = re.split(r"\s{2,}", text.strip())
    return len(parts) > 1 and min(map(len, parts)) >= _LEAST_PART


def _is_element(lines: Sequence[Line], i: int) -> bool:
    """Whether a line comes back because every document has its like: a date, a line of the imprint, who signs."""
    text = lines[i].text.strip()
    after = lines[i + 1].text if i + 1 < len(lines) else ""
    return bool(
        el.DATE.match(text)
        or el.is_of_imprint(text)
        or el.ANNEX_MARK.match(text)
        or (el.is_signatory(text) and el.DATE.match(after))
    )


def cuts_sentence(lines: Sequence[Line], at: int, live: Sequence[int]) -> bool:
    """Whether line `at` stands between the halves of a sentence: there begins nothing. `live`: the lines that are no furniture."""
    n = bisect_left(live, at)
    before, after = (lines[live[k]].text.strip() if 0 <= k < len(live) else "" for k in (n - 1, n + 1))
    broken = len(before) >= HALF or before.endswith(("，", "、"))
    run_on = "，" in before or heading_of(before) is None
    return broken and run_on and not ends_sentence(before) and ends_sentence(after)


def issues_title(lines: Sequence[Line], at: int) -> bool:
    """Whether line `at` names who issues a text, above its title: 关于…, others that issue it between."""
    end = next((k for k in range(at, len(lines)) if not el.is_organ(lines[k].text)), len(lines))
    return at < end < len(lines) and lines[end].text.lstrip().startswith("关于")


def heads_title(lines: Sequence[Line], at: int) -> bool:
    """Whether right under line `at`, which names no kind of document, the title of a document stands, in a line or
    several, with what stands under titles: the line names the bundle."""
    if at + 2 >= len(lines) or el.noun_of(lines[at].text.strip()) not in (None, ("other", "weak")):
        return False
    title = ""
    most = 1 if el.is_organ(lines[at + 1].text.strip()) else _TITLE_LINES  # an organ may issue what the head names
    for end in range(at + 2, min(at + 2 + most, len(lines))):
        title += lines[end - 1].text.strip()
        if ends_sentence(title):
            return False
        noun, below = el.noun_of(title), lines[end].text
        prose = len(below.strip()) >= HALF and "，" in below
        told = el.is_addressee(below) or follows_title(below) or ends_sentence(below) or prose
        if noun is not None and noun[1] == "strong" and el.may_be_title(title) and told:
            return True
    return False


def follows_title(text: str) -> bool:
    """Whether a line is one that stands under titles: an organ, a date, who adopted it, its contents list, its first heading."""
    text = text.strip()
    head = heading_of(text)
    return (
        el.is_organ(text)
        or bool(el.is_date(text) or el.is_approval(text) or el.is_doc_number(text))
        or fold(text) == "目录"
        or (head is not None and head.ordinal == 1 and head.rank <= 4)
    )
