"""Labels of a web page's head that nothing but blanks part from their values (发布机构 某市水务局　发 文 日 期 2021-04-06)
get their colons: with them they are read wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language import elements as el

_CELLS = frozenset("\t|<")  # what parts a table's cells
_LEAST = 3  # elements that lines which follow one another name
_OF_HEADS = {"index_number", "publisher", "web_number", "web_issued_on"}  # what web pages' heads alone print


def put_label_colons(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, the labels of a page's head with a colon behind each."""
    names = [el.names_in(x.text) if x.block is None else [] for x in lines]
    out = list(lines)
    k = 0
    while k < len(lines):
        end = k
        while end < len(lines) and names[end] and _CELLS.isdisjoint(lines[end].text):
            end += 1
        told = {key for found in names[k:end] for _, key in found}
        if len(told) >= _LEAST and told & _OF_HEADS:
            for j in range(k, end):
                colons = [(at, at, "：") for at, _ in names[j]]
                out[j] = lines[j].holding(ledger.replace_all(lines[j].traced, colons, "label-colon"))
        k = max(end, k + 1)
    return out
