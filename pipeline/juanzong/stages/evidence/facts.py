"""Statements -> facts: what is stated in more than one place, and whether the statements agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from juanzong.core import tree
from juanzong.core.spots import Row, spot_of
from juanzong.core.terms import FactVerdict
from juanzong.stages.evidence.prints import Print
from juanzong.stages.evidence.prose_figures import LEAST, prose_figures
from juanzong.stages.evidence.statements import Statement, compare, measure_of
from juanzong.stages.evidence.table_figures import sheets, table_figures

_GRAVEST: tuple[FactVerdict, ...] = ("unit differs", "differ", "agree (bound)", "agree after rounding", "agree")


@dataclass(eq=False)
class Fact:
    """What is stated in several places, and whether these agree."""

    statements: list[Statement]
    verdict: FactVerdict


def facts(documents: Sequence[tree.Document], prints: Sequence[Print]) -> list[Fact]:
    """One for each region, indicator, year and status with two statements or more."""
    stated = [s for sheet in sheets(prints) for s in table_figures(sheet)]
    names = sorted({s.indicator for s in stated if len(s.indicator) >= LEAST})
    regions = sorted({s.region for s in stated})
    stated += [s for d in documents for s in prose_figures(d, names, regions)] if names else []
    groups: dict[tuple[str, ...], list[Statement]] = {}
    for s in stated:
        groups.setdefault((s.region, s.indicator, s.year, s.status, measure_of(s.unit)), []).append(s)
    out = []
    for some in groups.values():
        some = _once(some)
        if len(some) < 2:
            continue
        verdict = min((compare(a, b) for a, b in combinations(some, 2)), key=_GRAVEST.index)
        out.append(Fact(some, verdict))
    return out


def _once(some: Sequence[Statement]) -> list[Statement]:
    """Without the same figure told twice, in the order of where they stand."""
    by_place = {s.text.ranges[0][0]: s for s in some if s.text.ranges}
    return [by_place[k] for k in sorted(by_place)]


def fact_row(fact: Fact) -> Row:
    first = fact.statements[0]
    return {
        "kind": "fact",
        "region": first.region,
        "indicator": first.indicator,
        "year": first.year,
        "status": first.status,
        "verdict": fact.verdict,
        "statements": [
            {
                "place": spot_of(s.text),
                "value": s.value,
                "unit": s.unit,
                "bound": s.bound,
                "in": "table" if s.in_table else "prose",
            }
            for s in fact.statements
        ],
    }
