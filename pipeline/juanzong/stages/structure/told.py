"""Headings without a number that Markdown or the reader's tool marks as such or sets in bold, or that name a group of a
list: which they are, and where they stand among the numbered ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.numbering import ANNEX, BOX, FIGURE_CAPTION, TABLE_CAPTION, Heading
from juanzong.language.openings import LABEL
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.named_groups import group_lines

_LONGEST = 60  # characters; what is longer is a sentence, whatever the tool calls it
_BOLD_LINE = re.compile(r"\*\*(?=\p{Han})[^*：:]{2,20}\*\*")
_FEWEST_BOLD = 2
_FEWEST_SHEETS = 2
_NONE = (
    ANNEX,
    BOX,
    TABLE_CAPTION,
    FIGURE_CAPTION,
    LABEL,
    el.DATE,
    el.DOC_NUMBER,
    el.TABLE_NOTE,
    re.compile(r"[（(]附[^（）()]+[)）]$"),
    re.compile(r"\P{L}*$"),  # a telephone number
    re.compile(r"目\s*[录次]$"),  # over no list
    re.compile(r".*[（(](?:公\s*章|盖\s*章|签\s*[字名章])[）)]\s*[:：]?$"),  # where to sign
)
_STEP = 0.01  # of rank, between two levels that numbers do not part
_GOES_ON = re.compile(r"[，、；,;]$")


def told_ranks(items: Sequence[Item], heads: Sequence[Heading | None], lists: set[int]) -> dict[int, float]:
    """{index of a told heading: its rank}, on the scale of `numbering.RANK`. `lists`: numbered items that are no headings.

    A level of the tool's has the rank of the highest numbered heading that the tool puts there; one without lies between
    its neighbours, and above the numbers that no tool marks. A heading that interrupts a count (… 二、 heading 三、)
    stands below it, at most beside it.
    """
    told = {k: x.level for k, x in enumerate(items) if heads[k] is None and x.level > 0 and _may_be(x)}
    told |= _sheets(items)
    deepest = max((x.level for x in items), default=0)
    if deepest or not any(heads):
        told |= dict.fromkeys(_bold_lines(items, heads), deepest + 1)
    groups = group_lines(items, heads)
    told |= dict.fromkeys(groups, min((told[k] for k in groups if k in told), default=deepest + 1))
    if not told:
        return {}
    numbered = {k: h for k, h in enumerate(heads) if h is not None and k not in lists}
    ranks = _rank_of_level(set(told.values()), items, numbered)
    places = sorted(numbered)
    counts = [k for k in places if numbered[k].form != "条"]  # articles count on from one chapter to the next
    out = {}
    for k in sorted(told):
        after = bisect_right(places, k)
        least = _interrupted(numbered, places[:after], counts[bisect_right(counts, k) :])
        out[k] = max(ranks[told[k]], least)
        above = places[after - 1] if after else -1
        plain = above >= 0 and numbered[above].rank == least and not items[above].level
        if plain and out[k] == least and above + 1 in told and told[above + 1] <= told[k]:
            out[k] = least + 0.5  # under a heading that no tool marks, which it stands right below
    return out


def _sheets(items: Sequence[Item]) -> dict[int, int]:
    """{index: level} of the parts of a report that is printed as a set of sheets (表一 …, 表二 …): lines that the tool
    marks as headings of one level, two of which at least stand over text or over headings, where a table has its caption."""
    named: dict[int, list[int]] = {}
    for k, x in enumerate(items):
        if x.kind == "text" and x.level and len(x.s) <= _LONGEST and TABLE_CAPTION.match(x.s.replace("**", "").strip()):
            named.setdefault(x.level, []).append(k)
    over_text = {v: sum(_heads_text(items, k) for k in places) for v, places in named.items()}
    return {k: v for v, places in named.items() if over_text[v] >= _FEWEST_SHEETS for k in places}


def _heads_text(items: Sequence[Item], k: int) -> bool:
    """Whether a sentence, a heading that the tool marks, or a caption stands right below a line."""
    below = items[k + 1] if k + 1 < len(items) else None
    if below is None or below.kind != "text":
        return False
    s = below.s.replace("**", "").strip()
    return below.level > 0 or ends_sentence(s) or TABLE_CAPTION.match(s) is not None


def _bold_lines(items: Sequence[Item], heads: Sequence[Heading | None]) -> list[int]:
    """The lines in bold print that head a paragraph each, two at least, or stand right over one that does: below the
    headings that the tool marks."""
    bold = {
        k
        for k, x in enumerate(items[:-1])
        if heads[k] is None and not x.level and _BOLD_LINE.fullmatch(x.s) and _may_be(x)
    }
    out = [
        k
        for k in sorted(bold)
        if heads[k + 1] is None
        and items[k + 1].kind == "text"
        and not items[k + 1].bold
        and ends_sentence(items[k + 1].s)
    ]
    return sorted({*out, *(k - 1 for k in out if k - 1 in bold)}) if len(out) >= _FEWEST_BOLD else []


def _may_be(item: Item) -> bool:
    s = item.s.replace("**", "").strip()
    return (
        item.kind == "text"
        and 1 < len(s) <= _LONGEST
        and not ends_sentence(s.rstrip("：:"))
        and not _GOES_ON.search(s)
        and not any(p.match(s) for p in _NONE)
    )


def _rank_of_level(levels: set[int], items: Sequence[Item], numbered: Mapping[int, Heading]) -> dict[int, float]:
    marked: dict[int, float] = {}
    for k, head in numbered.items():
        level = items[k].level
        if level:
            marked[level] = min(head.rank, marked.get(level, head.rank))
    highest = min((h.rank for h in numbered.values()), default=0)
    out: dict[int, float] = {}
    before: float | None = None  # rank of the level above
    for level in sorted(levels | set(marked)):
        below = min((rank for v, rank in marked.items() if v > level), default=None)
        if level in marked:
            rank = float(marked[level])
        elif before is None:
            rank = (highest if below is None else below) - 1.0
        else:
            rank = before + 0.5 if below is None or below <= before else (before + below) / 2
        out[level] = before = rank if before is None else max(rank, before + _STEP)
    return out


def _interrupted(numbered: Mapping[int, Heading], before_it: Sequence[int], behind_it: Sequence[int]) -> float:
    """The deepest rank of the counts that go on behind a place, where they began before it; -1 where none does."""
    outer = float("inf")
    for place in behind_it:
        head = numbered[place]
        if head.rank < outer:
            outer = head.rank
            before = _last_beside(head, numbered, before_it)
            if before is not None and before.ordinal + 1 == head.ordinal:
                return float(head.rank)
    return -1.0


def _last_beside(head: Heading, numbered: Mapping[int, Heading], places: Sequence[int]) -> Heading | None:
    """The last number of the form, under the heading that is open behind those places."""
    for k in reversed(places):
        if numbered[k].form == head.form:
            return numbered[k]
        if numbered[k].rank < head.rank:
            break
    return None
