"""Items -> items: a line that got between the lines of a title goes behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.text import unbalanced
from juanzong.stages.pieces.items import Item

_HAN = re.compile(r"\p{Han}")
_IN_BRACKETS = re.compile(r"[（(][^（）()]{2,20}[）)]$")
_BREAKS_OFF = ("的", "、", "和", "与", "及", "关于", "—")
_LONGEST = 60  # characters of either line of the title
_LEAST = 2  # characters of the words before the stray line, and of those behind it
_SHORTEST = 8  # characters of a title that is looked for round one
_MOST_LINES = 4  # of the title


def move_foreign_lines(items: Sequence[Item]) -> list[Item]:
    """The items; where a line of another script, or of figures, stands between two that are a title together, and the
    first of them is none alone, it stands behind them."""
    out = list(items)
    for k in range(1, len(out) - 1):
        before, line, after = out[k - 1 : k + 2]
        if line.kind == "text" and not line.rule and not _HAN.search(line.s) and _are_one_title(before, after):
            _move(out, k, k + 1)
    return out


def move_strays(items: Sequence[Item], names: Iterable[str]) -> list[Item]:
    """The items; where the lines round a stray one, of whatever words or a page's number, are together a title that the
    bundle names, and the first of them are none, the stray one stands behind them. `names`: the titles it names."""
    keys = {key for name in names if len(key := skeleton(name)) >= _SHORTEST}
    begun = {key[:n] for key in keys for n in range(_LEAST, len(key) - _LEAST + 1)}
    out = list(items)
    for i in range(len(out) - 2) if keys else ():
        for stray, end in _halves(out, i, keys, begun):
            _move(out, stray, end)
    return out


def _halves(items: Sequence[Item], i: int, keys: set[str], begun: set[str]) -> Iterator[tuple[int, int]]:
    """The stray item amid the title that begins at item i, and the title's last item, where there is one."""
    run = ""
    for k in range(i, min(i + _MOST_LINES, len(items) - 1)):
        run = skeleton(run + items[k].s) if _may_print(items[k]) else ""
        if run not in begun or run in keys or (k > i and items[k].page_break):
            return
        rest = run
        for end in range(k + 2, min(k + _MOST_LINES, len(items))):
            rest = skeleton(rest + items[end].s) if _may_print(items[end]) else ""
            if rest in keys and items[k + 1].kind == "text":
                yield k + 1, end
                return
            if not rest:
                break


def _may_print(item: Item) -> bool:
    return item.is_text and len(item.s) <= _LONGEST


def _move(items: list[Item], at: int, end: int) -> None:
    """items[at] behind items[end]; the blank lines before it and behind it stay where they were printed."""
    line, after = items[at], items[at + 1]
    after.blanks, line.blanks = min(after.blanks, items[at - 1].blanks), max(after.blanks, line.blanks)
    items[at : end + 1] = [*items[at + 1 : end + 1], line]


def _are_one_title(before: Item, after: Item) -> bool:
    a, b = before.s.strip().strip("*"), after.s.strip().strip("*")
    if before.kind != "text" or after.kind != "text" or before.rule or after.rule or after.page_break:
        return False
    if max(len(a), len(b)) > _LONGEST or not _HAN.search(b) or not el.may_be_title(a):
        return False
    open_ = unbalanced(a) > 0 or a.endswith(_BREAKS_OFF)
    noun = el.noun_of(a + b)
    whole = noun is not None and noun[1] == "strong" and not unbalanced(a + b)
    return whole and (open_ or bool(_IN_BRACKETS.match(b)))
