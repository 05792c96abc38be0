"""Lines of a list that head the groups of it, each over those that it holds."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language.list_groups import group_of
from juanzong.language.numbering import Heading
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item

_SAID = re.compile(r"^[^：:]{1,12}[：:]|[、，]")  # what stands before or between names in a line
_FEWEST = 2


def group_lines(items: Sequence[Item], heads: Sequence[Heading | None]) -> list[int]:
    """The lines, two at least and no two alike, that head groups, each over what it holds; none where one of them stands
    over something else."""
    found = [
        (k, *group)
        for k, x in enumerate(items)
        if heads[k] is None and x.is_text and not x.level and (group := group_of(x.s.replace("**", "")))
    ]
    if len(found) < _FEWEST or len({name for _, name, _ in found}) < len(found):
        return []
    ends = [*(k for k, _, _ in found[1:]), len(items)]
    hold = [
        _holds(items[k + 1 : end], heads[k + 1 : end], count) for (k, _, count), end in zip(found, ends, strict=True)
    ]
    return [k for k, _, _ in found] if all(hold) else []


def _holds(below: Sequence[Item], heads: Sequence[Heading | None], count: int | None) -> bool:
    """Whether what stands below the line of a group is what it holds: as many lines or names as it counts; where it counts
    none, lines of one kind, a name and what he is or a name alone."""
    first = next((k for k, h in enumerate(heads) if h is not None), len(below))
    own = [x.s for x in below[:first] if x.is_text]
    if any(map(ends_sentence, own)):
        return False
    if count is not None:
        return count in (len(own), sum(len(_SAID.sub(" ", s).split()) for s in own))
    return first > 0 and len({len(s.split()) > 1 for s in own}) <= 1
