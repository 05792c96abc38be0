"""Labels of a web page's head that nothing but blanks part from their values (发布机构 某市水务局　发 文 日 期 2021-04-06),
or that stand in lines of their own above them, get their colons: with them they are read wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language import elements as el

_CELLS = frozenset("\t|<")  # what parts a table's cells
_LEAST = 3  # elements that lines which follow one another name
_VALUE = 80  # characters of a value in a line of its own
_OF_HEADS = {"index_number", "publisher", "web_number", "web_issued_on"}  # what web pages' heads alone print


def put_label_colons(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, the labels of a page's head with a colon behind each."""
    names = [el.names_in(x.text) if _is_text(x) else [] for x in lines]
    out = list(lines)
    _put_above(lines, out, ledger)
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


def _put_above(lines: Sequence[Line], out: list[Line], ledger: Ledger) -> None:
    """The same for labels that stand alone, each right above its value."""
    k = 0
    while k < len(lines):
        above: list[int] = []
        while _is_named(lines, k):
            above.append(k)
            k += 2
        told = {name for j in above if (name := el.label_of(f"{lines[j].text}："))}
        if len(told) >= _LEAST and told & _OF_HEADS:
            for j in above:
                end = len(lines[j].text.rstrip())
                out[j] = lines[j].holding(ledger.replace_all(lines[j].traced, [(end, end, "：")], "label-colon"))
        k += 1


def _is_named(lines: Sequence[Line], k: int) -> bool:
    """Whether line k is a label alone, without a colon, and the next one a value."""
    if k + 1 >= len(lines) or not _bare(lines[k].text) or not all(map(_is_text, lines[k : k + 2])):
        return False
    value = lines[k + 1].text
    said = len(value) <= _VALUE and "。" not in value and el.label_of(value) is None
    return said and not _bare(value) and _CELLS.isdisjoint(value)


def _is_text(line: Line) -> bool:
    """Whether no reader knows a line as anything but a paragraph."""
    return line.block is None or line.block.kind == "paragraph"


def _bare(text: str) -> bool:
    return el.names_label(text) and not text.rstrip().endswith(("：", ":"))
