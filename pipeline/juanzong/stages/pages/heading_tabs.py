"""Headings whose bare number a tab parts from the title (1⇥总则, 1.1⇥目的), as a word processor writes its own numbers into
plain text: the tab is a blank, and no column begins there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.text import fold

_HEADING = re.compile(
    r"[ 　]*(?P<number>\d{1,2}(?:[.．]\d{1,2}){0,3})(?P<tab>[ 　]*\t\s*)(?=\p{Han}|[A-Za-z]{2,20}\p{Han})[^\t。；，、|]{2,30}$"
)
_Number = tuple[int, ...]
_Chain = Sequence[tuple[int, _Number]]  # the index of each line, and its number


def blank_heading_tabs(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines with a blank for the tab behind the number of a heading, where such numbers count on through the text; so
    in the contents list right before it, which prints the same headings."""
    found = {
        i: m
        for i, line in enumerate(lines)
        if "\t" in line.text and line.block is None and (m := _HEADING.match(line.text))
    }
    out = list(lines)
    chains = _chains({i: _number(m["number"]) for i, m in found.items()})
    heads = [_heads_text(lines, chain, found.keys()) for chain in chains]
    for k, chain in enumerate(chains):
        if heads[k] or (any(heads[k + 1 : k + 2]) and _printed_again(lines, chain, chains[k + 1])):
            for i, _ in chain:
                out[i] = lines[i].holding(ledger.replace(lines[i].traced, *found[i].span("tab"), " ", "tab-in-text"))
    return out


def _number(text: str) -> _Number:
    return tuple(int(n) for n in text.replace("．", ".").split("."))


def _chains(numbers: dict[int, _Number]) -> list[list[tuple[int, _Number]]]:
    """The numbers in runs in which each follows the one before: its first child, or the next of its own or of a higher
    level."""
    out: list[list[tuple[int, _Number]]] = []
    for i, number in numbers.items():
        if out and _follows(out[-1][-1][1], number):
            out[-1].append((i, number))
        else:
            out.append([(i, number)])
    return out


def _follows(before: _Number, number: _Number) -> bool:
    """Whether a number is the next one in an outline.

    >>> [_follows((1, 2), n) for n in ((1, 3), (2,), (1, 2, 1), (3,), (1, 2), (2, 1))]
    [True, True, True, False, False, False]
    """
    if len(number) > len(before):
        return number in ((*before, 1), (*before[:-1], before[-1] + 1, 1))
    level = len(number) - 1
    return number == (*before[:level], before[level] + 1)


def _heads_text(lines: Sequence[Line], chain: _Chain, found: Collection[int]) -> bool:
    """Whether the numbers head text: there are several, from 1 on, text stands below each that has no number below it,
    and no other row with tabs stands right above or below one, as in a table. `found`: the lines that look like them."""
    if len(chain) < 2 or chain[0][1][-1] != 1:
        return False
    if any(k == i + 1 and len(below) <= len(number) for (i, number), (k, below) in pairwise(chain)):
        return False
    beside = (k for i, _ in chain for k in (i - 1, i + 1) if 0 <= k < len(lines) and k not in found)
    return chain[-1][0] + 1 < len(lines) and not any("\t" in lines[k].text for k in beside)


def _printed_again(lines: Sequence[Line], chain: _Chain, below: _Chain) -> bool:
    """Whether all lines of the one chain stand again in the other."""
    again = {fold(lines[i].text) for i, _ in below}
    return all(fold(lines[i].text) in again for i, _ in chain)
