"""Items -> items: a heading's number that stands in a line of its own (3.1, and below it the term that a standard
defines; 第一章, and below it what it is called) goes with the line below it; so does the year of a document number
above the rest of it (某发〔2022〕, 115号), and that of an article put in later (第三条, 之一)."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence, number_of
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.decimals import follows

_DOT = re.compile("[.．]")
_GAP = re.compile(r"(?<=[\d.．])\s+(?=[\d.．])")
_BARE = re.compile(r"[\s*]*(?P<number>\d{1,2}(?:\s?[.．]\s?\d(?:\s?\d)?){1,3})[.．]?[\s*]*$")
_CN = "[一二三四五六七八九十百]{1,4}"
_PART = re.compile(
    rf"[\s*]*(?:第\s?(?P<n>{_CN}|\d{{1,3}})\s?(?P<form>编|篇|部分|章|节)|(?P<n>{_CN})(?P<form>、)|[（(](?P<n>{_CN})(?P<form>[）)]))[\s*]*$"
)
_COUNTED = re.compile(
    rf"\s*第\s?(?P<n>{_CN}|\d{{1,3}})\s?(?P<form>编|篇|部分|章|节)(?=[\s　]\S)|(?P<n>{_CN})(?P<form>、)"
)
_HEADED = re.compile(r"\s*(?P<number>\d{1,2}(?:(?:[.．]|\s[.．]\s)\d{1,2}){0,3})[.．]?[\s　]*(?=\p{Han})")
_CUT = re.compile(r"\s*\p{Han}{1,12}\s*[〔\[［（(]\s*(?:19|20)\d{2}\s*[〕\]］）)]\s*第?\s*$")
_SERIAL = re.compile(r"\s*第?\s*\d{1,4}\s*号\s*$")
_ARTICLE = re.compile(rf"[\s*]*第\s?(?:{_CN}|\d{{1,3}})\s?条\s*$")
_AMONG = re.compile(rf"\s*之\s?{_CN}(?:[\s　*]|$)")  # no sentence begins so
_LONGEST = 12  # characters of a number that stands alone
_CHARACTER = re.compile(r"\p{Han}")
_TITLE = re.compile(
    r"[\s*]*(?:[A-Za-zα-ω]{1,6}[\s-]?)?\p{Han}[^。；：，]{0,30}(?:[\s,][\x20-\x7e]{0,80})?$"
)  # its English may follow


def join_number_lines(items: Sequence[Item], ledger: Ledger) -> list[Item]:
    """The items; a number alone in its line that comes next after those of the headings before it is joined with the
    short line below it."""
    out: list[Item] = []
    last: tuple[int, ...] = ()
    parts: dict[str, int] = {}
    waiting = False
    for k, item in enumerate(items):
        if waiting:
            out[-1].take_rest(item, "wrapped-heading", ledger)
            waiting = k + 1 < len(items) and _is_spread(item, items[k + 1])
            continue
        if not item.is_text:
            out.append(item)
            continue
        part = _PART.match(item.s) if len(item.s) <= _LONGEST else None
        if part is not None:
            waiting = _counts_on(part, parts) and k + 1 < len(items) and _is_title(items[k + 1])
            out.append(item)
            continue
        below = items[k + 1].s if k + 1 < len(items) and items[k + 1].is_text else ""
        if below and (
            (("20" in item.s or "19" in item.s) and _CUT.match(item.s))
            or (below.lstrip()[:1] == "之" and _ARTICLE.match(item.s))
        ):
            waiting = _SERIAL.match(below) is not None or _AMONG.match(below) is not None
            out.append(item)
            continue
        if counted := _COUNTED.match(item.s):
            _counts_on(counted, parts)
        alone = _BARE.match(item.s)
        head = alone or _HEADED.match(item.s)
        if head is not None:
            number = tuple(int("".join(n.split())) for n in _DOT.split(head["number"]))
            if alone is None or (last and follows(last, number) and _is_headed(items, k + 1)):
                last, waiting = number, alone is not None
                item = _closed_up(item, ledger) if alone is not None else item
        out.append(item)
    return out


def _closed_up(item: Item, ledger: Ledger) -> Item:
    """A number alone in its line without the blanks that a reader set round its points: 3 . 1 2."""
    blanks = [(m.start(), m.end(), "") for m in _GAP.finditer(item.text.text)]
    return item.holding(ledger.replace_all(item.text, blanks, "wrapped-space")) if blanks else item


def _counts_on(part: re.Match[str], parts: dict[str, int]) -> bool:
    """Whether a part's number is the first of its form, or the next of those that stand alone as well; it is now the last."""
    form, n = part["form"].replace(")", "）"), number_of(part["n"]) or 0
    before, parts[form] = parts.get(form, 0), n
    return n in (1, before + 1)


def _is_spread(item: Item, after: Item) -> bool:
    """Whether a title's characters stand in lines of their own, as blanks between them parted them: 总 above 则."""
    return all(x.is_text and _CHARACTER.fullmatch(x.s.strip()) is not None for x in (item, after))


def _is_headed(items: Sequence[Item], k: int) -> bool:
    """Whether item k is what a number above it heads: a short line, which is no letter's head over the letter's number."""
    if k >= len(items) or not _is_title(items[k]) or el.LETTERHEAD.match(items[k].s):
        return False
    return k + 1 == len(items) or not items[k + 1].is_text or not el.is_doc_number(items[k + 1].s)


def _is_title(item: Item) -> bool:
    return item.is_text and not ends_sentence(item.s) and heading_of(item.s) is None and bool(_TITLE.match(item.s))
