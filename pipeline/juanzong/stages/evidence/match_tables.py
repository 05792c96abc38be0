"""Tables -> which of them set cited documents beside passages, and their rows: learned from what the cells hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex as re

from juanzong.core.traced import EMPTY, Run, Traced, concat
from juanzong.language.document_types import bare_title, type_of_title
from juanzong.language.quoting import QUOTING_VERBS
from juanzong.language.text import number_of
from juanzong.stages.evidence.prints import Print

_LONG = 30  # characters that the passages of a column have on average, or more
_TITLE_LIKE = re.compile(r"《[^《》]{2,60}(?:《[^《》]*》[^《》]*)*》")
_MARKS = re.compile(  # forms of items, each with its number
    r"(?P<dot>(?<![\d.])(?P<d>\d{1,2})\s?[.．、](?!\d))|(?P<round>[（(](?P<r>\d{1,2}|[一二三四五六七八九十]{1,3})[）)])"
    r"|(?P<han>(?<![\p{Han}])(?P<h>[一二三四五六七八九十]{1,3})、)|(?P<ring>(?P<o>[①-⑳]))"
    r"|(?P<half>(?<![\d.（(])(?P<p>\d{1,2})[)）])"
)
_BREAK = re.compile(r"[\s。；;，,：:！？!?》）)”\"]")
_TITLES_HEAD = re.compile(r"依据|文件|规划名称|政策|来源|出处|法规|名称.*文号|文号")
_PASSAGES_HEAD = re.compile(r"内容|原文|摘录|摘要|表述|条款|引文|要点|论述|描述|要求|规定")


@dataclass
class Item:
    """One numbered piece of a cell, or the whole of it."""

    number: int | None
    text: Traced


@dataclass
class MatchRow:
    """What a table sets side by side: the cited documents and the passages."""

    titles: list[Item] = field(default_factory=list)
    passages: list[Item] = field(default_factory=list)
    spanned: bool = False  # the cell of the documents named above reaches down to it


def items_of(text: Traced) -> list[Item]:
    """A cell's items by the numbers that count on from 1, of one form; else its lines; else the cell.

    >>> t = "1. 甲乙。2. 丙丁，3.5 倍 3. 戊"
    >>> [(i.number, i.text.text) for i in items_of(Traced.of(t, 0, len(t)))]
    [(1, '甲乙。'), (2, '丙丁，3.5 倍'), (3, '戊')]
    """
    plain = text.text
    best: list[tuple[int, int]] = []
    for form in ("dot", "round", "han", "ring", "half"):
        cuts: list[tuple[int, int]] = []
        for m in _MARKS.finditer(plain):
            if m[form] is None:
                continue
            fits = m.start() == 0 or _BREAK.match(plain[m.start() - 1])
            if fits and _counted(m) == len(cuts) + 1 and (cuts or not plain[: m.start()].strip()):
                cuts.append((m.start(), m.end()))
        if len(cuts) > len(best):
            best = cuts
    if best:
        ends = [a for a, _ in best[1:]] + [len(plain)]
        return [Item(k, text[b:e].strip()) for k, ((_, b), e) in enumerate(zip(best, ends, strict=True), 1)]
    lines = [Item(None, text[m.start() : m.end()].strip()) for m in re.finditer(r"[^\n]+", plain)]
    return [i for i in lines if i.text.text.strip()]


def _counted(mark: re.Match[str]) -> int | None:
    """The number of an item's mark."""
    n = next(mark[g] for g in "drhop" if mark[g])
    return ord(n) - 0x245F if "①" <= n <= "⑳" else number_of(n)


def match_rows(print_: Print) -> list[MatchRow]:
    """The rows of a table that sets cited documents beside passages; none where it does not."""
    if not any(len(cell.text) >= _LONG for row in print_.rows for cell in row.cells):
        return []
    slots = print_.slots
    head, body = slots[: print_.header_rows], slots[print_.header_rows :]
    columns = _columns(head, body)
    if columns is None:
        return []
    return list(_rows(body, *columns))


def _columns(
    head: Sequence[Sequence[tuple[Traced, bool]]], body: Sequence[Sequence[tuple[Traced, bool]]]
) -> tuple[int, int] | None:
    """(column of cited documents, column of passages)."""
    width = max(map(len, body), default=0)
    titles: list[tuple[float, int]] = []
    passages: list[tuple[float, int]] = []
    for c in range(width):
        cells = [line[c][0].text for line in body if c < len(line) and line[c][1] and line[c][0].text.strip()]
        name = "".join(line[c][0].text for line in head if c < len(line))
        if not cells:
            continue
        share = sum(_named(cell) for cell in cells) / sum(map(len, cells))
        if share >= 0.5:
            titles.append((share + bool(_TITLES_HEAD.search(name)), -c))
        elif sum(map(len, cells)) / len(cells) >= _LONG and (
            _PASSAGES_HEAD.search(name) or any(_quotes(cell) for cell in cells)
        ):
            passages.append((bool(_PASSAGES_HEAD.search(name)) + sum(map(len, cells)) / 1e6, -c))
    if not titles or not passages:
        return None
    return -max(titles)[1], -max(passages)[1]


_QUOTES = re.compile(rf"《[^《》]*》[^，。]{{0,12}}(?:{QUOTING_VERBS})|^[“\"]")
_SERIAL = re.compile(r"^\s*\d{1,2}\s?[.．、]\s*")


def _quotes(cell: str) -> bool:
    """Whether a cell says what a document says: 《…》指出：…, “…”."""
    return _QUOTES.search(cell) is not None


def _named(cell: str) -> int:
    """How many characters of a cell are titles with their numbers, or items that end as titles do."""
    inside = sum(len(m[0]) for m in _TITLE_LIKE.finditer(cell))
    if inside:
        return inside + sum(
            len(m) for m in re.findall(r"[（(]?\p{Han}{2,10}[〔\[（(]\d{4}[〕\]）)]\s?\d+\s?号[）)]?", cell)
        )
    bare = bare_title(_SERIAL.sub("", cell))
    return len(cell) if len(bare) >= 8 and type_of_title(bare) in ("plan", "notice", "regulation") else 0


def _rows(body: Sequence[Sequence[tuple[Traced, bool]]], left: int, right: int) -> Iterator[MatchRow]:
    """Rows with cells that a page cut put together again."""
    groups: list[tuple[list[Traced], list[Traced], bool]] = []
    for line in body:
        t = _cell(line, left)
        p = _cell(line, right)
        if not t and not p:
            continue
        if (
            not groups
            or (groups[-1][0] and t and _begins(t))
            or (groups[-1][1] and p and _begins(p, groups[-1][1][-1]))
        ):
            groups.append(([], [], left < len(line) and not line[left][1] and bool(line[left][0])))
        if t:
            groups[-1][0].append(t)
        if p:
            groups[-1][1].append(p)
    for titles, passages, spanned in groups:
        yield MatchRow(items_of(_joined(titles)), items_of(_joined(passages)), spanned)


def _cell(line: Sequence[tuple[Traced, bool]], c: int) -> Traced:
    return line[c][0] if c < len(line) and line[c][1] and line[c][0].text.strip() else EMPTY


def _begins(text: Traced, above: Traced = EMPTY) -> bool:
    """Whether a cell's text is no rest of the cell above: its first item is the first, or the cell above counts none; no
    title mark closes unopened."""
    plain = text.text.strip()
    close, open_ = plain.find("》"), plain.find("《")
    if close >= 0 and (open_ < 0 or close < open_):
        return False
    if (first := _MARKS.match(plain)) is not None:
        return _counted(first) == 1 or (bool(above) and items_of(above)[0].number is None)
    return not re.search(r"(?:^|[\s。；，）)])(?:2\s?[.．、)）](?!\d)|[（(][2二][）)]|②|二、)", plain)


def _joined(texts: Sequence[Traced]) -> Traced:
    return concat(texts)


def line_break(at: int) -> Traced:
    """A new line that stands at no place of the source."""
    return Traced((Run("\n", at, at, edited=True),))
