"""A cell in a column of figures that has letters in the place of digits: 86O among 326, 48, 215."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.language.text import fold
from juanzong.stages.checks.arithmetic import Sum, body_of, sums_in
from juanzong.stages.checks.figures import figure, figure_in
from juanzong.stages.tables.kinds import kind

_RULE = "letter-in-number"
_SAME = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"}  # of one shape: there the figures beside it are proof enough
_DIGIT = {**_SAME, "S": "5", "B": "8", "Z": "2", "b": "6"}
_LIKE = re.compile(r"[-+]?[\dOoIl|SBZb]{1,12}(?:[.,][\dOoIl|SBZb]{1,6})*[%‰]?")
_FIGURE = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?[%‰]?")
_LONE = re.compile("[OlI]")
# what numbers name, not how many there are: letters may be part of them
_NAMES = re.compile("号|码|代|室|舍|床|型|级|牌|线|班|房|楼|栋|座|位|ID|编|版")
_ENOUGH = 3  # figures in the column


def mend_letters(documents: Sequence[tree.Document], ledger: Ledger) -> None:
    """Write such digits where a sum of the table proves them, or where the letter has the digit's shape and no sum speaks
    against it; suggest the others. In place."""
    for document in documents:
        for block in tree.walk(document.body):
            if isinstance(block, tree.Table) and block.rows:
                _mend(block, ledger)


def _mend(table: tree.Table, ledger: Ledger) -> None:
    found = _with_letters(table)
    if not found:
        return
    read = {id(cell): _read(cell.text.text) for cell, _ in found}
    sums = sums_in(table)
    for cell, beside in found:
        text = cell.text.text
        letters = [k for k, c in enumerate(text) if c in _DIGIT]
        about = [some for some in sums if some[0] is cell or any(part is cell for part in some[1])]
        proof = next((some[0] if some[0] is not cell else some[1][0] for some in about if _holds(some, read)), None)
        shape = all(text[k] in _SAME for k in letters) and any(c.isdecimal() for c in text)
        note = "the figures add up then" if proof is not None else "a column of figures"
        witness = ledger.witness((proof or beside).text, note)
        sure = _all_hold(about, read) and (proof is not None or shape)
        for k, digit in zip(letters, _digits(cell, letters, about, read), strict=True):
            if sure:
                cell.text = ledger.replace(
                    cell.text, k, k + 1, digit, _RULE, category="content", confidence=0.97, evidence=[witness]
                )
            else:
                ledger.suggest(*cell.text.span(k, k + 1), digit, _RULE, confidence=0.5, evidence=[witness])


def _digits(cell: tree.Cell, letters: Sequence[int], about: Sequence[Sum], read: Mapping[int, str]) -> list[str]:
    """What the letters stand for: the digits that they look like; of one with which no sum holds the digit with which all
    of them do."""
    text = cell.text.text
    digits = [_DIGIT[text[k]] for k in letters]
    if len(letters) > 1 or _all_hold(about, read):
        return digits
    (at,) = letters
    fits = [d for d in "0123456789" if _all_hold(about, {**read, id(cell): text[:at] + d + text[at + 1 :]})]
    return fits if len(fits) == 1 else digits


def _all_hold(sums: Sequence[Sum], read: Mapping[int, str]) -> bool:
    return all(_holds(some, read) is not False for some in sums)


def _read(text: str) -> str:
    return "".join(_DIGIT.get(c, c) for c in text)


def _with_letters(table: tree.Table) -> list[tuple[tree.Cell, tree.Cell]]:
    """Such cells, each with a figure of its column."""
    if not any(_letters_in(cell) for row in table.rows[table.header_rows :] for cell in row.cells):
        return []
    body, names = body_of(table)
    out: dict[int, tuple[tree.Cell, tree.Cell]] = {}
    for c, name in enumerate(names):
        cells = list({id(row[c]): row[c] for row in body if row[c].col_span == 1 and row[c].text}.values())
        figures = [cell for cell in cells if _FIGURE.fullmatch(fold(cell.text.text))]
        misread = [cell for cell in cells if _letters_in(cell)]
        dashes = sum(kind(cell.text.text) == "dash" for cell in cells)
        if len(figures) >= _ENOUGH and len(figures) + len(misread) + dashes == len(cells) and not _NAMES.search(name):
            out.update({id(cell): (cell, figures[0]) for cell in misread})
    return list(out.values())


def _letters_in(cell: tree.Cell) -> bool:
    text = cell.text.text
    if not text or len(text) > 16 or not any(c in _DIGIT for c in text):
        return False
    return bool(_LONE.fullmatch(text) or (_LIKE.fullmatch(text) and any(c.isdecimal() for c in text)))


def _holds(some: Sum, read: Mapping[int, str]) -> bool | None:
    """Whether a sum holds to the last digit where cells say what is `read` of them; None where it cannot be reckoned."""
    total, parts, _ = some

    def value(of: tree.Cell) -> Decimal | None:
        return figure_in(read[id(of)]) if id(of) in read else figure(of)

    stands, values = value(total), [v for part in parts if (v := value(part)) is not None]
    words = [p for p in parts if value(p) is None and kind(p.text.text) not in ("", "dash")]
    if stands is None or len(values) < 2 or words:
        return None
    return stands == sum(values, Decimal(0))
