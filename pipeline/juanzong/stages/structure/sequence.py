"""Which lines that begin with a number count on in their document's numbering, and which only look so: 第二条所称…,
二、三等奖由…, （二）款规定. All of a document's numbers are judged together: a beam search over what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import regex as re

from juanzong.language.numbering import RANK, Heading

# What speaks against taking a line's number for one, and against passing it over, in units of a step of the sequence
# that is missing: set so that neither a gap nor a repeat alone throws a number out (documents have both), but a line
# that reads like running text does not stay where its number does not fit.
_SKIPS, _FAR, _BACK, _OPENS_LATE, _RESTARTS = 0.3, 1.0, 2.0, 1.0, 0.7
_REFERS, _ORDINALS, _UNSPACED = 2.0, 1.5, 0.8
_PASSED_OVER = 2.5
_PARTS = ("编", "章")  # hold so much that one out of its place spoils more than itself
_WIDTH = 6  # readings that are kept side by side
_REFERENCE = re.compile(
    r"\s*(?:所称|所列|所指|所规定|规定的|规定，|中的|中所|第[（(]?[一二三四五六七八九十\d]+[）)]?[款项目]|[至到和与或及、]第|款|项|的规定|之规定)"
)
_COUNTS = re.compile(r"[一二三四五六七八九十](?:[、和及]|[等级类期批次产线])")  # 二、三等奖: no number of a heading
_SPACED_HABIT = 0.8  # of a document's articles have a blank behind their number


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the numbers up to a line: what is open (form -> ordinal), its cost, what it passes over."""

    cost: float = 0.0
    open: Mapping[str, tuple[float, int]] = field(default_factory=dict)  # form -> (rank, last ordinal)
    passed: tuple[int, ...] = ()


class Verdicts(NamedTuple):
    """Indices of the lines whose number is none, and how much dearer the second-best reading is."""

    passed: frozenset[int]
    margin: float


def count_on(texts: Sequence[str], heads: Sequence[Heading | None]) -> Verdicts:
    """Judge the numbers of one document, in order. `texts[k]` is the line that `heads[k]` is the number of.

    >>> from juanzong.language.numbering import heading_of
    >>> lines = ["第一条 为规范管理。", "第二条 本县适用。", "第三条 由县负责。", "第二条所称管理，包括服务。", "第四条 略。"]
    >>> sorted(count_on(lines, [heading_of(s) for s in lines]).passed)
    [3]
    """
    readings = [_Reading()]
    spaced = _articles_are_spaced(texts, heads)
    for k, head in enumerate(heads):
        if head is None:
            continue
        looks = _looks(texts[k][head.end :], head, spaced)
        following = []
        for r in readings:
            following.append(_Reading(r.cost + looks + _step(r, head), _opened(r, head), r.passed))
            if looks or head.form in _PARTS:  # other lines that read like headings are not passed over for their number
                following.append(_Reading(r.cost + _PASSED_OVER, r.open, (*r.passed, k)))
        following.sort(key=lambda r: r.cost)
        readings = following[:_WIDTH]
    other = next((r.cost for r in readings[1:]), float("inf"))
    return Verdicts(frozenset(readings[0].passed), other - readings[0].cost)


def strays(heads: Sequence[Heading | None]) -> set[int]:
    """Indices of the lines numbered one that stand where their form counts on through them (三、 一、 四、), or that follow
    another one of their form while what stands below it counts on: 一、 （一） 一、 （二）; and a first chapter that no second
    one follows, where the articles before it count on through it.

    >>> from juanzong.language.numbering import heading_of
    >>> sorted(strays([heading_of(s) for s in ("一、甲", "二、乙", "（一）丙", "一、丁", "（二）戊", "三、己")]))
    [3]
    >>> sorted(strays([heading_of(s) for s in ("一、甲", "（一）丙", "一、丁", "（二）戊", "二、己")]))
    [2]
    >>> sorted(strays([heading_of(s) for s in ("一、甲", "二、乙", "第二章 丙", "一、丁", "三、己", "一、庚", "二、辛")]))
    []
    >>> sorted(strays([heading_of(s) for s in ("第一条 甲", "第二条 乙", "第一章 总则", "第三条 丙")]))
    [2]
    """
    out = _late_chapters(heads)
    open_: dict[str, _Count] = {}
    again: int | None = None  # a second one right before
    for k, head in enumerate(heads):
        if head is None:
            continue
        count = open_.get(head.form)
        if again is not None and count is not None and head.ordinal == count.last + 1 > 1 and head.rank > count.above:
            out.add(again)
        again = None
        if head.ordinal == 1 and count is not None:
            if count.last == 1:
                again = k
                open_ = {form: c._replace(above=head.rank) for form, c in open_.items()}
                continue
            if count.stray is None:
                open_[head.form] = count._replace(stray=k)
                continue
        elif count is not None and count.stray is not None and head.ordinal == count.last + 1:
            out.add(count.stray)
        open_ = {form: c for form, c in open_.items() if c.rank <= head.rank}
        open_[head.form] = _Count(head.rank, head.ordinal)
    return out


def _late_chapters(heads: Sequence[Heading | None]) -> set[int]:
    """Indices of first chapters (编, 节) that are alone of their form and stand among articles that count on through them."""
    alone = Counter(h.form for h in heads if h is not None and h.rank < RANK["条"])
    numbered = [(k, h) for k, h in enumerate(heads) if h is not None and (h.form in alone or h.form == "条")]
    return {
        k
        for (_, above), (k, head), (_, below) in zip(numbered, numbered[1:], numbered[2:], strict=False)
        if (head.ordinal == alone[head.form] == 1 and above.form == below.form == "条")
        and (1 < above.ordinal == below.ordinal - 1)  # a first article may have changed places with its chapter
    }


class _Count(NamedTuple):
    """The last number of a form, a stray one behind it perhaps, and the rank of a second one behind which it may go on."""

    rank: float
    last: int
    stray: int | None = None
    above: float = -2.0


def _articles_are_spaced(texts: Sequence[str], heads: Sequence[Heading | None]) -> bool:
    rests = [
        text[head.end :] for text, head in zip(texts, heads, strict=True) if head is not None and head.form == "条"
    ]
    return len(rests) > 1 and sum(not rest or rest[0].isspace() for rest in rests) >= _SPACED_HABIT * len(rests)


def _looks(rest: str, head: Heading, spaced: bool) -> float:
    """What in the words behind a number speaks against it."""
    if head.form == "条":
        unspaced = _UNSPACED if spaced and rest and not rest[0].isspace() else 0.0
        return unspaced + (_REFERS if _REFERENCE.match(rest) else 0.0)
    if head.form == "一、" and _COUNTS.match(rest.lstrip()):
        return _ORDINALS if re.search("[。；，]", rest) else 0.0
    return _REFERS if head.form in ("（一）", "（1）") and _REFERENCE.match(rest) else 0.0


def _step(reading: _Reading, head: Heading) -> float:
    """What the step from the last number of the form costs."""
    last = reading.open.get(head.form)
    if last is None:
        return 0.0 if head.ordinal == 1 else _OPENS_LATE
    step = head.ordinal - last[1]
    if step == 1:
        return 0.0
    if step > 1:
        return _SKIPS if step == 2 else _FAR
    return _RESTARTS if head.ordinal == 1 else _BACK


def _opened(reading: _Reading, head: Heading) -> dict[str, tuple[float, int]]:
    """What is open behind the number: deeper forms begin again, but articles count on through the chapters."""
    kept = {form: at for form, at in reading.open.items() if at[0] <= head.rank or form == "条"}
    kept[head.form] = (head.rank, head.ordinal)
    return kept


def in_order(ordinals: Sequence[int]) -> float:
    """The share of the steps that count on by one."""
    return sum(b == a + 1 for a, b in pairwise(ordinals)) / (len(ordinals) - 1) if len(ordinals) > 1 else 1.0
