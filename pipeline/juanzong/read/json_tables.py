"""Where in a text a table belongs that a tool's JSON tells apart from it: in the place of its cells, which the text says too."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from juanzong.read.json_cells import Rows
from juanzong.read.unread import bones

_MARKUP = ("<t", "|")  # a text with these has its tables in it


class Said(NamedTuple):
    """A string; what the tool calls the part of a page that says it ("" where it does not tell), and the page, counted
    as the tool does (None where it does not). `rows`: those of a table, the text is then that of its cells."""

    text: str
    element: str
    page: int | None
    rows: Rows = []  # noqa: RUF012  # nobody adds to it


class _Lines(NamedTuple):
    """The lines of texts: which text each is of, and where it begins among the letters of all, the end at the end."""

    of: list[int]
    texts: list[str]
    starts: list[int]
    letters: str


def placed(said: Sequence[Said]) -> list[Said]:
    """The texts and tables, each table where its cells stand as lines one after another, in their place; where they stand
    nowhere, where it was told; nowhere, where a text has it in markup.

    >>> rows = [["站点", "台数"], ["城关", "3"]]
    >>> table = Said("站点台数城关3", "", None, rows)
    >>> [s.text for s in placed([Said("一、情况", "", None), *(Said(t, "", None) for row in rows for t in row), Said("二、要求", "", None), table])]
    ['一、情况', '站点台数城关3', '二、要求']
    >>> [s.text for s in placed([Said("表1\\n站点\\n台数\\n城关\\n3\\n注：略", "", None), table])]
    ['表1', '站点台数城关3', '注：略']
    """
    out = list(said)
    for table in [one for one in said if one.rows]:
        cells = bones(table.text)
        if any(not one.rows and any(mark in one.text for mark in _MARKUP) and cells in bones(one.text) for one in out):
            out.remove(table)
            continue
        run = _run(_lines(out), cells) if cells else None
        if run is not None:
            lines, first, end = run
            before, after = _halves(out, lines, first, end)
            rest = [one for one in out[lines.of[end - 1] + 1 :] if one is not table]
            out = [*[one for one in out[: lines.of[first]] if one is not table], *before, table, *after, *rest]
    return out


def _lines(said: Sequence[Said]) -> _Lines:
    of: list[int] = []
    texts: list[str] = []
    for k, one in enumerate(said):
        lines = one.text.split("\n") if not one.rows else []
        texts += lines
        of += [k] * len(lines)
    starts, letters = [0], []
    for text in texts:
        letters.append(bones(text))
        starts.append(starts[-1] + len(letters[-1]))
    return _Lines(of, texts, starts, "".join(letters))


def _run(lines: _Lines, cells: str) -> tuple[_Lines, int, int] | None:
    """The first lines, two at least, that say the cells and nothing else: their range."""
    at = lines.letters.find(cells)
    while at >= 0:
        first, end = bisect_left(lines.starts, at), bisect_left(lines.starts, at + len(cells))
        if lines.starts[first] == at and lines.starts[end] == at + len(cells) and end - first > 1:
            while not bones(lines.texts[first]):  # a line without letters before them is no cell's
                first += 1
            return lines, first, end
        at = lines.letters.find(cells, at + 1)
    return None


def _halves(said: Sequence[Said], lines: _Lines, first: int, end: int) -> tuple[list[Said], list[Said]]:
    """What the first text of a run says before it, and the last one behind it."""
    one, other = lines.of[first], lines.of[end - 1]
    before = [text for k, text in zip(lines.of[:first], lines.texts[:first], strict=True) if k == one]
    after = [text for k, text in zip(lines.of[end:], lines.texts[end:], strict=True) if k == other]
    halves = ((said[one], "\n".join(before)), (said[other], "\n".join(after)))
    kept = [[whole._replace(text=text)] if text.strip() else [] for whole, text in halves]
    return kept[0], kept[1]
