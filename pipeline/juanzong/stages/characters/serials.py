"""The first column of a table -> a dash that was read for 一: the numbers that go on behind it with 二 prove it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger

_RULE = "dash-for-one"
_NUMBER = re.compile(
    r"(?P<open>[（(]?)(?P<one>[—–－\-一二三四五六七八九十])(?P<close>[）)、．.]?)(?P<rest>.*)", re.DOTALL
)
_DASHES = "—–－-"
_BARE = ("", "")


def mend_serials(documents: Sequence[tree.Document], ledger: Ledger) -> None:
    """Write 一 where a table's first column has a dash in the place and the form of a number, and 二 is the next one of
    that form (a bare dash says more often that there is none: there 三 must follow too). In place."""
    for document in documents:
        for block in tree.walk(document.body):
            if isinstance(block, tree.Table):
                _mend(block, ledger)


def _mend(table: tree.Table, ledger: Ledger) -> None:
    cells = [row.cells[0] for row in table.rows[table.header_rows :] if row.cells]
    found = [(cell, m) for cell in cells if cell.text and (m := _NUMBER.fullmatch(cell.text.text))]
    if not any(m["one"] in _DASHES for _, m in found):
        return
    for form in dict.fromkeys((m["open"], m["close"]) for _, m in found):
        own = [(c, m) for c, m in found if (m["open"], m["close"]) == form and (form != _BARE or not m["rest"])]
        for k in _misread([m["one"] for _, m in own], bare=form == _BARE):
            cell, m = own[k]
            witness = ledger.witness(own[k + 1][0].text, "the number that follows")
            cell.text = ledger.replace(
                cell.text, *m.span("one"), "一", _RULE, category="content", confidence=0.97, evidence=[witness]
            )


def _misread(numbers: Sequence[str], *, bare: bool) -> Iterator[int]:
    """Where a dash stands for 一 in numbers of one form.

    >>> list(_misread("—二三—二", bare=False)), list(_misread("—二三", bare=True)), list(_misread("—一二", bare=True))
    ([0, 3], [0], [])
    """
    if bare and sum(n in _DASHES for n in numbers) > 1:  # the column writes a dash where it has no number
        return
    for k, n in enumerate(numbers):
        after = "".join(numbers[k + 1 : k + 3])
        if n in _DASHES and (after == "二三" if bare else after[:1] == "二"):
            yield k
