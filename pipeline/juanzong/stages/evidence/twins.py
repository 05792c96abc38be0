"""Tables that quote -> which of them are prints of one: passages that are the same in both are twins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from juanzong.stages.evidence.folded import fold_text
from juanzong.stages.evidence.passages import Passage

_EDGE = 12  # characters at either end that prints of one passage share
_RUN = 3  # or so many of its runs of three characters
_SHARED = 0.6


@dataclass
class Told:
    """A passage of a table as it is compared."""

    passage: Passage
    text: str

    @cached_property
    def runs(self) -> frozenset[str]:
        return frozenset(self.text[i : i + _RUN] for i in range(len(self.text) - _RUN + 1))


def which_print(some: Sequence[Passage], printed: list[list[Told]]) -> int:
    """Which print of its passages a table is; the same passages of other prints become twins. `printed`: those of the
    tables before, to which those of a first print are added."""
    mine = [Told(p, fold_text(p.text.text)) for p in some]
    for group in printed:
        pairs = []
        for told in mine:
            number = told.passage.number
            twin = next((o.passage for o in group if o.passage.number == number and _like(told, o.text)), None)
            if twin is not None:
                pairs.append((told.passage, twin))
        if len(pairs) * 2 >= len(mine):
            for p, twin in pairs:
                for other in (twin, *twin.twins):
                    other.twins.append(p)
                    p.twins.append(other)
            return 1 + max(o.print for p, t in pairs for o in (t, *t.twins) if o is not p)
    printed.append(mine)
    return 1


def _like(one: Told, text: str) -> bool:
    """Whether a text is a print of the passage, misreadings and cut-off ends allowed."""
    if one.text[:_EDGE] == text[:_EDGE] or one.text[-_EDGE:] == text[-_EDGE:]:
        return True
    most = max(len(text) - _RUN + 1, 1)
    return sum(text[i : i + _RUN] in one.runs for i in range(len(text) - _RUN + 1)) >= _SHARED * most
