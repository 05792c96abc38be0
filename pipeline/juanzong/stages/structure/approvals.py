"""Who adopted a text and who changed it, in the lines under its title: in brackets or not, each perhaps wrapped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence, unbalanced
from juanzong.stages.pieces.items import Item

_APPROVAL_LINES = 8
_DATED_LINES = 4  # of one change without brackets
_DAY = re.compile(r"\s*(?:根据)?\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日")


def take_approval(rest: Sequence[Item], k: int, meta: dict[str, tree.Value], ledger: Ledger) -> int:
    """Who adopted the text, in one line or several in brackets, and in the lines under it who changed it and since when it
    is in force; how many lines from k on, 0 where they say something else."""
    if not el.is_approval(rest[k].s):
        n = _wrapped_approval(rest, k)
        for x in rest[k + 1 : k + n]:
            rest[k].text = ledger.join(rest[k].text, x.text, "wrapped-approval")
        return n + _take_changes(rest, k + n, rest[k].text, meta, ledger) if n else 0
    text, n = rest[k].text, 1
    n += _take_changes(rest, k + n, text, meta, ledger)
    return n


def _take_changes(rest: Sequence[Item], k: int, text: Traced, meta: dict[str, tree.Value], ledger: Ledger) -> int:
    """Who changed a text and when, in the lines from k on, each of which may be wrapped, goes on with who adopted it
    (`text`); how many lines."""
    n = 0
    while k + n < len(rest) and rest[k + n].kind == "text":
        lines = 1 if el.goes_on_with_approval(rest[k + n].s) else _wrapped_dated(rest, k + n, el.goes_on_with_approval)
        if not lines:
            break
        for x in rest[k + n : k + n + lines]:
            text = ledger.join(text, x.text, "further-approval" if x is rest[k + n] else "wrapped-approval")
        n += lines
    meta["approval"] = text
    return n


def _wrapped_dated(rest: Sequence[Item], k: int, says: Callable[[str], bool]) -> int:
    """How many lines, of which the first begins with a day and ends no sentence, say together what `says` tells."""
    run = rest[k].s.strip()
    if _DAY.match(run) is None or el.is_date(run) or ends_sentence(run):
        return 0
    for j in range(k + 1, min(k + _DATED_LINES, len(rest))):
        if rest[j].kind != "text" or heading_of(rest[j].s) is not None:
            return 0
        run += rest[j].s.strip()
        if says(run):
            return j + 1 - k
        if ends_sentence(run):
            return 0
    return 0


def _wrapped_approval(rest: Sequence[Item], k: int) -> int:
    """How many lines say together who adopted a text; 0 where they do not."""
    if not rest[k].s.startswith(("（", "(")):
        return _wrapped_dated(rest, k, el.is_approval)
    run = ""
    for j in range(k, min(k + _APPROVAL_LINES, len(rest))):
        if rest[j].kind != "text":
            return 0
        run += rest[j].s.strip()
        if j > k and el.is_approval(run):
            return j + 1 - k
        if not unbalanced(run):
            return 0
    return 0
