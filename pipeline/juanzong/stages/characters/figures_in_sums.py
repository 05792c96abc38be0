"""A figure of a table with one digit that a look-alike would make right: all sums in which it takes part then add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.stages.checks.arithmetic import amounts_of, sums_in
from juanzong.stages.checks.figures import figure, figure_in, step

# digits that recognisers take for one another
_ALIKE = {
    "0": "689",
    "1": "74",
    "2": "7",
    "3": "85",
    "4": "19",
    "5": "683",
    "6": "085",
    "7": "12",
    "8": "3065",
    "9": "04",
}
_LONGEST = 16  # characters of a figure


class _Relation(NamedTuple):
    """A sum, those of its parts that are figures, how much it says more than they make, and whether rounding may be why."""

    total: tree.Cell
    parts: list[tree.Cell]
    off: Decimal
    rounded: bool


class _Change(NamedTuple):
    """A digit of a cell, what it would be, and the sum that speaks for it."""

    cell: tree.Cell
    at: int
    digit: str
    witness: tree.Cell


def suggest_figures(documents: Sequence[tree.Document], ledger: Ledger) -> None:
    """Suggest such digits, where sums of the table hold and only one digit mends one that does not. Whether the print was
    wrong or its reading only a person can tell."""
    for document in documents:
        for block in tree.walk(document.body):
            if isinstance(block, tree.Table) and block.rows:
                for change in _changes(_relations(block)):
                    _suggest(change, ledger)


def _relations(table: tree.Table) -> list[_Relation]:
    out = []
    for some in sums_in(table):
        if (amounts := amounts_of(some)) is not None:
            stands, values = amounts
            parts = [p for p in some[1] if figure(p) is not None]
            off = stands - sum(values, Decimal(0))
            out.append(_Relation(some[0], parts, off, abs(off) <= step([stands, *values])))
    return out


def _changes(relations: Sequence[_Relation]) -> list[_Change]:
    """The one change of each sum that fails which mends all sums that the cell takes part in; none where two would, or no
    sum of the table holds."""
    sure = {id(cell) for r in relations if not r.off for cell in (r.total, *r.parts)}
    failing = [r for r in relations if not r.rounded]
    if not sure or len(failing) * 2 > len(relations):
        return []
    of_cell: defaultdict[int, list[_Relation]] = defaultdict(list)
    for relation in failing:
        for cell in (relation.total, *relation.parts):
            of_cell[id(cell)].append(relation)
    out: dict[int, _Change] = {}
    for relation in failing:
        found = [
            change
            for cell in (relation.total, *relation.parts)
            if id(cell) not in sure
            for change in _digits(cell, relation)
            if all(_moved(cell, r) == _moved(cell, relation) for r in of_cell[id(cell)])
        ]
        if len(found) == 1:
            out.setdefault(id(found[0].cell), found[0])
    return list(out.values())


def _moved(cell: tree.Cell, relation: _Relation) -> Decimal:
    """By how much the cell would have to change for the sum to hold."""
    return -relation.off if cell is relation.total else relation.off


def _digits(cell: tree.Cell, relation: _Relation) -> list[_Change]:
    """The digits of a cell that mend a sum, each taken for its look-alike."""
    text, stands = cell.text.text, figure(cell)
    if stands is None or len(text) > _LONGEST:
        return []
    want = stands + _moved(cell, relation)
    witness = relation.parts[0] if cell is relation.total else relation.total
    return [
        _Change(cell, k, digit, witness)
        for k, c in enumerate(text)
        for digit in _ALIKE.get(c, "")
        if figure_in(text[:k] + digit + text[k + 1 :]) == want
    ]


def _suggest(change: _Change, ledger: Ledger) -> None:
    start, end = change.cell.text.span(change.at, change.at + 1)
    witness = ledger.witness(change.witness.text, "the figures add up then")
    ledger.suggest(start, end, change.digit, "figure-by-sums", confidence=0.5, evidence=[witness])
