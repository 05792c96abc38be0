"""Blanks between all characters of a line (东 山 县 人 民 政 府, 第  一  章  概  述, 2022 年 3 月 15 日) hide what it says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import concat
from juanzong.language import elements as el
from juanzong.language.numbering import UNNUMBERED, heading_of
from juanzong.stages.characters.clean import LONGEST

_GAP = re.compile(r"(?<=[^\s])[ 　\xa0]+(?=[^\s])")
_WIDE = re.compile(r"[\p{Han}，。；：、！？（）《》“”‘’〔〕【】]")
_LEAST_GAPS = 2  # blanks that show a habit
_SPACED = 0.5  # of the places between the characters of a line are blanks: it is spread
_MAY_BE_SPACED = 0.4  # the same, where the line reads as an element of a document
_TOKEN = re.compile(r"[A-Za-z0-9.]+|\S")  # a figure or word is spread as one character
_SENTENCE = re.compile(r"[，。；]")
_APART = re.compile(r"\s{2,}")
_PAGE = re.compile(r"^\s*\d{1,3}[ 　]+|(?<![ 　])[ 　]+\d{1,3}\s*$")  # a page number beside a running head or an entry
_DECOR = re.compile(r"\s*(?:#{1,6}\s+|[-*+]\s+)?")
# the number alone is spread (第  二  章    殡仪服务)
_NUMBER = re.compile(r"[\s　#*]*第[ 　\xa0]+(?:[一二三四五六七八九十百\d][ 　\xa0]*)+[编章节条](?=[ 　\xa0])")
# a label alone is spread (发 明 名 称：一种装置)
_LABEL = re.compile(r"\s*\p{Han}(?:[ 　\xa0]{1,4}\p{Han}){2,9}(?=[ 　\xa0]*[:：])")
_ELEMENTS = (el.DATE, el.DOC_NUMBER, el.LETTERHEAD, el.ANNEX_MARK, el.APPROVAL, UNNUMBERED)


def close_letter_spacing(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines with their characters together. Where two widths of blanks stand in a line, the wider parts words."""
    out: list[Line] = []
    for line in lines:
        blanks = line.text.count(" ") + line.text.count("　") + line.text.count("\xa0")
        gaps = _gaps(line.text) if blanks >= _LEAST_GAPS and len(line.text) <= LONGEST else []
        if not gaps or line.tabular or not _is_spaced(line.text, gaps):
            spread = _spread_head(line) if blanks >= _LEAST_GAPS else None
            if spread is None:
                out.append(line)
                continue
            gaps = [m.span() for m in _GAP.finditer(spread[0], len(spread[0]) - len(spread[0].lstrip(" 　#*")))]
        kept, at = [], 0
        for a, b in gaps:
            kept.append(line.traced[at:a])
            at = b
        out.append(line.holding(concat([*kept, line.traced[at:]])))
    return out


def _spread_head(line: Line) -> re.Match[str] | None:
    """What is spread alone at the head of a line that is not spread itself: its number, or its label."""
    if line.block is not None or line.tabular:
        return None
    number = _NUMBER.match(line.text)
    if number is not None or not ("：" in line.text or ":" in line.text) or el.label_of(line.text) is not None:
        return number  # labels of a letter's elements are known spread, too
    return _LABEL.match(line.text)


def _gaps(text: str) -> list[tuple[int, int]]:
    """Where the line's narrowest blanks stand that touch a Chinese character or mark: those that spread it."""
    if "\t" in text or text.lstrip().startswith("|"):
        return []
    decor = _DECOR.match(text)
    pages = [m.span() for m in _PAGE.finditer(text)]
    found = [
        m.span()
        for m in _GAP.finditer(text, decor.end() if decor else 0)
        if (_WIDE.match(text[m.start() - 1]) or _WIDE.match(text[m.end()]))
        and not any(a <= m.start() < b for a, b in pages)
    ]
    if len(found) < _LEAST_GAPS:
        return []
    narrow = min(b - a for a, b in found)
    return [(a, b) for a, b in found if b - a == narrow]


def _is_spaced(text: str, gaps: Sequence[tuple[int, int]]) -> bool:
    closed = _closed(text, gaps)
    ink = "".join(closed.split())
    if len(ink) - len(ink.encode("ascii", "ignore")) - 1 > len(gaps) / _MAY_BE_SPACED:  # each of these is a token
        return False
    # a token more than these, and the share is too small: a long line need not be counted to its end
    enough = int(len(gaps) / _MAY_BE_SPACED) + 3
    share = len(gaps) / max(1, sum(1 for _ in islice(_TOKEN.finditer(closed), enough)) - 1)
    if share < _MAY_BE_SPACED:
        return False
    # wide blanks stand between columns, narrow ones between names: there only what is an element when they are closed,
    # or a sentence, is spread
    narrow = gaps[0][1] - gaps[0][0] == 1 and text[gaps[0][0]] != "　"
    hides = heading_of(closed) is not None and heading_of(_DECOR.sub("", text, count=1)) is None  # 二 、 重 点
    return hides or _is_element(closed) or (narrow and share >= _SPACED and bool(_SENTENCE.search(closed)))


def _closed(text: str, gaps: Sequence[tuple[int, int]]) -> str:
    out, at = "", 0
    for a, b in gaps:
        out += text[at:a]
        at = b
    return (out + text[at:]).strip()


def _is_element(text: str) -> bool:
    """Whether a line, its blanks closed, is one that is often set wide: a title, an organ, a chapter, a date."""
    bare = text.lstrip("# ").strip("* ")
    head = heading_of(bare)
    if (head is not None and head.rank <= 2) or any(p.match(bare) for p in _ELEMENTS):
        return True
    parts = _APART.split(bare)
    return (
        # a character apart is the rest of a column's name (评分办 / 法)
        (min(map(len, parts)) > 1 and el.type_of_title(bare) is not None)
        or all(el.is_organ(p) for p in parts)
        or el.is_addressee(bare)
    )
