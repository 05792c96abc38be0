"""Names in a printed table's first column that wrap, their figures beside the last line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from juanzong.core.traced import Traced
from juanzong.stages.tables.kinds import is_total

_END = 2  # characters that names of one kind end in: 公司, 大学
_ALIKE = 2  # other names that end so


def names_above_figures(lines: Sequence[dict[int, Traced]]) -> set[int]:
    """The lines, each by column, that hold nothing but the beginning of a name: the line above has a name and figures of
    its own, the one below the rest and figures, and names that end alike show which of the two it belongs to; no name begins
    with a bracket, and what ends as whole names do (2号) is the rest of one."""
    names = {n: line[0].text.strip() for n, line in enumerate(lines) if 0 in line and len(line) > 1}
    ends = Counter(name[-_END:] for name in names.values() if not is_total(name))
    last = Counter(name[-1:] for name in names.values())
    out: set[int] = set()
    for n, line in enumerate(lines):
        above, below = names.get(n - 1, ""), names.get(n + 1, "")
        if set(line) != {0} or not above or not below or is_total(above) or is_total(below):
            continue
        end, said = below[-_END:], line[0].text.strip()
        begins = said[0] not in "（(" and last[said[-1]] < _ALIKE
        if begins and above.endswith(end) and not said.endswith(end) and ends[end] > _ALIKE:
            out.add(n)
    return out
