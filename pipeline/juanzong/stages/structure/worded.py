"""Items -> headings numbered in other ways (A., §1, 任务一：): taken for headings only where they count on from the first and head
text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from juanzong.language.numbering import Heading
from juanzong.language.other_numbers import other_numbers
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item

_LEAST = 2  # numbers that make an outline
_HEADED = 0.6  # of them, at least, have text under them
_PROSE = 5  # characters of text that is no name, its stop with them
_WIDE = 30  # characters of a heading that show its number: an English title may follow


class _Line(NamedTuple):
    at: int
    form: str
    ordinal: int
    end: int  # of the number in its line


def worded_heads(items: Sequence[Item], texts: Sequence[str], heads: Sequence[Heading | None]) -> dict[int, Heading]:
    """{index of an item: its number}, empty where no lines count on so. `heads`: the numbers of other forms, among which
    they find their rank: below the heading that they all stand under, above those that stand under them."""
    chains: list[list[_Line]] = []
    open_: dict[str, list[_Line]] = {}
    for k, (item, text) in enumerate(zip(items, texts, strict=True)):
        if item.kind != "text" or item.level or heads[k] is not None:
            continue
        for number in other_numbers(text):
            line = _Line(k, *number)
            chain = open_.get(line.form)
            if line.ordinal == 1:
                open_[line.form] = [line]
                chains.append(open_[line.form])
            elif chain is not None and line.ordinal == chain[-1].ordinal + 1:
                chain.append(line)
    out = _romans_on(items, texts, heads)
    nest = [out.get(k, h) for k, h in enumerate(heads)]
    for chain in sorted(chains, key=lambda chain: (chain[0].at, -len(chain))):  # the outer one first
        rank = _rank(chain, nest) if len(chain) >= _LEAST and _heads_text(chain, items, texts, heads) else None
        if rank is not None and not any(x.at in out for x in chain):
            found = {x.at: Heading(x.form, rank, x.ordinal, x.end) for x in chain}
            nest = [found.get(k, h) for k, h in enumerate(nest)]
            out |= found
    return out


def _romans_on(items: Sequence[Item], texts: Sequence[str], heads: Sequence[Heading | None]) -> dict[int, Heading]:
    """The lines numbered in letters (III.) that count on where the numbers before have signs of their own (Ⅱ.)."""
    out: dict[int, Heading] = {}
    last: Heading | None = None
    for k, (item, text, head) in enumerate(zip(items, texts, heads, strict=True)):
        if head is not None:
            last = head if "Ⅰ" <= text[:1] <= "Ⅻ" else last if last is None or head.rank > last.rank else None
        elif last is not None and item.kind == "text":
            found = next(
                (n for n in other_numbers(text[:_WIDE]) if n.form[:1] == "I" and n.ordinal == last.ordinal + 1), None
            )
            if found is not None:
                last = out[k] = Heading(last.form, last.rank, found.ordinal, found.end)
    return out


def _heads_text(
    chain: Sequence[_Line], items: Sequence[Item], texts: Sequence[str], heads: Sequence[Heading | None]
) -> bool:
    """Whether most of the lines stand over text, a table or deeper numbers: choices and names (A. 甲 B. 乙) do not."""
    own = {x.at for x in chain}
    under = [x.at + 1 < len(items) and x.at + 1 not in own and _is_under(x.at + 1, items, texts, heads) for x in chain]
    return sum(under) >= _HEADED * len(chain) and all(under[:-1])


def _is_under(k: int, items: Sequence[Item], texts: Sequence[str], heads: Sequence[Heading | None]) -> bool:
    begins = heads[k] is not None or any(n.ordinal == 1 for n in other_numbers(texts[k]))
    return items[k].kind != "text" or begins or (len(texts[k]) >= _PROSE and ends_sentence(texts[k]))


def _rank(chain: Sequence[_Line], heads: Sequence[Heading | None]) -> float | None:
    """The rank of a chain among the numbers of other forms; None where those part it so that it has none."""
    first, last = chain[0].at, chain[-1].at
    above = next((h.rank for h in reversed(heads[:first]) if h is not None), None)
    inside = [h.rank for h in heads[first:last] if h is not None]
    below = min(inside, default=None)
    if above is None:
        return 1.0 if below is None else below - 0.5
    if below is None:
        return above + 0.5
    return (above + below) / 2 if above < below else None
