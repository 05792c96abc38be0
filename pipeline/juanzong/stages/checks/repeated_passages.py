"""Passages that come again and again right behind themselves, as models write them when they loop, or a page that was read
twice: kept as they stand, and told."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding, Target
from juanzong.language.numbering import heading_of
from juanzong.language.text import fold

_CHECK = "repeated-passage"
_LONGEST = 80  # pieces of text that come back together; a page has fewer
_OFTEN, _LEAST = 3, 8  # prints of a passage of so many characters at least
_LEAST_TWICE = 40  # characters of one that stands only twice
_ROWS = 4  # equal rows; tables may well have two or three
_COUNTED = 5  # rows below a table's last one that hold a serial number and nothing else, or say the last row again
_COUNTED_ONE = 20  # ... where that has a single cell behind its number
_COLUMNS = 40  # equal cells side by side: a table of days has 31
_NOTHING = frozenset(("0", "0.0", "0.00", "—", "-", "--", "/"))  # how a cell says that there is none
_HEAD_ROWS = 3  # behind the first, in which a wide table names its columns
_WORDY = 48  # characters of such rows in all: figures and short words may well be the same in a few
_RUN, _VARIED = 4, 0.75  # a text of which so few runs of so many characters differ repeats itself somewhere
_AGAIN = 5  # times that a few words stand one behind another
_WORDS_AGAIN = re.compile(r"(?P<said>\p{L}[^。\n]{2,39}?)(?P=said){4,}")
# figures, one character, or short lines of a cell
_STUCK = re.compile(r"(?P<said>[\p{L}\p{N}]{1,3}?[、，,；;.]?|[\p{L}\p{N}]{2,12}\n)(?P=said){29,}")
_COUNTING = re.compile(r"(?:\d{1,4}[.．、，,;；)）\s]+){40,}")  # more numbers than a month has days
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]?")


class Loop(NamedTuple):
    """pieces[start : start + size] stands `times` times, one print right behind another."""

    start: int
    size: int
    times: int


def check_repeated_passages(documents: Sequence[tree.Document]) -> list[Finding]:
    found = _documents_again(documents)
    for document in documents:
        entries = [fold(e.number.text + e.title.text) for e in document.contents]
        found += [_told(document.contents[k.start], entries[k.start], k) for k in loops(entries) if k.times >= _OFTEN]
        pieces = list(_pieces(document.body))
        for loop in loops([text for text, _ in pieces]):
            text, block = pieces[loop.start]
            if loop.size > 1 or not isinstance(block, tree.Table):
                found.append(_told(block, text.strip(), loop))
            elif loop.times >= _OFTEN:
                found.append(_table_again(block, loop))
        bare = [text[head.end :] if (head := heading_of(text)) else text for text, _ in pieces]
        found += _numbers_alone(pieces, bare)
        for loop in (k for k in loops(bare) if k.times >= _OFTEN):
            found += [_told(pieces[loop.start][1], said, loop)] if (said := _counted_on(pieces, bare, loop)) else []
        for block in tree.walk(document.body):
            if isinstance(block, tree.Paragraph):
                found += _in_text(block, block.text.text)
            elif isinstance(block, tree.Table):
                found += _in_table(block)
    return found


def _documents_again(documents: Sequence[tree.Document]) -> list[Finding]:
    """Whole documents that stand again and again right behind themselves."""
    titles = [fold(d.title.text) for d in documents]
    if max(Counter(titles).values(), default=0) < _OFTEN:
        return []
    said = [
        title + "\n" + "\n".join(text for text, _ in _pieces(d.body))
        for title, d in zip(titles, documents, strict=True)
    ]
    return [_told(documents[k.start], documents[k.start].title.text, k) for k in loops(said) if k.times >= _OFTEN]


def loops(pieces: Sequence[str]) -> list[Loop]:
    """The passages that repeat themselves, in order; the shortest unit of each.

    >>> loops(["甲", "按月检查各项工作。", "按月检查各项工作。", "按月检查各项工作。", "乙"])
    [Loop(start=1, size=1, times=3)]
    >>> loops(["一、矿山", "每月检查一次。", "二、燃气", "每月检查一次。"])
    []
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for k, text in enumerate(pieces):
        places[text].append(k)
    out: list[Loop] = []
    k = 0
    while k < len(pieces):
        loop = next((x for x in _loops_at(pieces, k, places[pieces[k]]) if _is_told(pieces, x)), None)
        if loop is not None:
            out.append(loop)
        k = k + loop.size * loop.times if loop is not None else k + 1
    return out


def _loops_at(pieces: Sequence[str], k: int, places: Sequence[int]) -> Iterator[Loop]:
    if len(places) < 2:
        return
    for at in range(bisect_right(places, k), len(places)):
        size = places[at] - k
        if size > _LONGEST:
            return
        times = 1
        while pieces[k + times * size : k + (times + 1) * size] == pieces[k : k + size]:
            times += 1
        if times > 1:
            yield Loop(k, size, times)


def _is_told(pieces: Sequence[str], loop: Loop) -> bool:
    said = sum(map(len, pieces[loop.start : loop.start + loop.size]))
    if loop.times < _OFTEN:
        return said >= _LEAST_TWICE
    return said * (loop.times // _OFTEN) >= _LEAST  # a few words, as often as three passages of so many say them


def _pieces(blocks: Sequence[tree.Block]) -> Iterator[tuple[str, Target]]:
    """What is read through, in order: headings and paragraphs, and the cells of tables; of second prints those of the first."""
    for block in tree.walk(list(blocks)):
        if isinstance(block, tree.Paragraph):
            yield fold(block.text.text), block
        elif isinstance(block, (tree.Section, tree.Box)):
            yield fold(block.number.text + block.title.text), block
        elif isinstance(block, tree.Table):
            rows = (block.same_as or block).rows
            yield "\n" + fold("\t".join(cell.text.text for row in rows for cell in row.cells)), block


def _table_again(table: tree.Table, loop: Loop) -> Finding:
    return Finding(
        _CHECK, "warning", f"同一表格连续印了 {loop.times} 次", [table], {"times": loop.times, "pieces": loop.size}
    )


def _told(block: Target, text: str, loop: Loop) -> Finding:
    said = f"“{text[:30]}”" + (f"起的 {loop.size} 段" if loop.size > 1 else "")
    return Finding(
        _CHECK,
        "warning",
        f"{said}连续重复 {loop.times} 次，照录未删",
        [block],
        {"times": loop.times, "pieces": loop.size},
    )


def _may_loop(text: str) -> bool:
    """Whether what stands between two stops of a text stands there three times: as in few."""
    if len(text) <= _LEAST:
        return False
    parts = fold(text).replace(";", "。").replace("!", "。").replace("?", "。").split("。")
    return len(parts) - len(set(parts)) >= _OFTEN - 1


def _numbers_alone(pieces: Sequence[tuple[str, Target]], bare: Sequence[str]) -> list[Finding]:
    """Numbers that count on with nothing behind them."""
    runs = [list(run) for empty, run in groupby(range(len(bare)), lambda k: not bare[k].strip()) if empty]
    told = [(run[0], f"连续 {len(run)} 段只有序号，照录未删", len(run)) for run in runs if len(run) >= _COUNTED]
    return [
        Finding(_CHECK, "warning", message, [pieces[k][1]], {"times": times, "pieces": 1}) for k, message, times in told
    ]


def _counted_on(pieces: Sequence[tuple[str, Target]], bare: Sequence[str], loop: Loop) -> str:
    """What a passage says that comes back under numbers which count on: （三）巡查。（四）巡查。; nothing where the numbers
    stand still, as then it is told without them."""
    first, again = (pieces[loop.start + k * loop.size : loop.start + (k + 1) * loop.size] for k in range(2))
    if [text for text, _ in first] == [text for text, _ in again]:
        return ""
    return next(text for text in bare[loop.start :] if text)


def _in_text(block: Target, text: str) -> list[Finding]:
    """Sentences that stand again right behind themselves, or a few words in one of them."""
    sentences = [fold(s) for s in _SENTENCE.findall(text)] if _may_loop(text) else []
    told = [_told(block, sentences[k.start], k) for k in loops(sentences) if k.times >= _OFTEN]
    return told or _in_sentence(block, text) or _counting(block, text)


def _counting(block: Target, text: str) -> list[Finding]:
    """Numbers that count on in one line with nothing between them."""
    run = _COUNTING.search(text) if "39" in text and "40" in text else None
    numbers = [int(n) for n in re.findall(r"\d+", run[0])] if run is not None else []
    if not numbers or any(b != a + 1 for a, b in pairwise(numbers)):
        return []
    told = f"连续 {len(numbers)} 个序号后无文字，照录未删"
    return [Finding(_CHECK, "warning", told, [block], {"times": len(numbers), "pieces": 1})]


def _in_sentence(block: Target, text: str) -> list[Finding]:
    """A few words that a sentence or a cell says again and again."""
    if len(text) < _RUN * _AGAIN or not _may_stutter(text):
        return []
    again = [*_STUCK.finditer(text)]
    if not again and _runs(text) <= _VARIED * (len(text) - _RUN):
        again = [*_WORDS_AGAIN.finditer(text)]
    return [_told(block, m["said"].strip(), Loop(0, 1, len(m[0]) // len(m["said"]))) for m in again]


def _may_stutter(text: str) -> bool:
    """A first look: whether any stretch of three to forty characters stands twice, one print right behind the other. Every
    tenth place is asked for the next that begins alike: five prints of three characters hold one of these."""
    for at in range(0, len(text) - 2, 10):
        begin = text[at : at + 3]
        again = text.find(begin, at + 3, at + 43)
        while again >= 0:
            if text[at:again] == text[again : 2 * again - at]:
                return True
            again = text.find(begin, again + 1, at + 43)
    return False


def _runs(text: str) -> int:
    """How many different runs of four characters a text holds, but for its last: as numbers of 64 bits, in a tenth of the
    time that strings take."""
    data = text[:-1].encode("utf-16-le", "surrogatepass")
    seen: set[int] = set()
    for k in range(0, 2 * _RUN, 2):
        seen.update(memoryview(data[k : len(data) - (len(data) - k) % (2 * _RUN)]).cast("Q"))
    return len(seen)


def _in_table(table: tree.Table) -> list[Finding]:
    """Rows that repeat, and a serial number that counts on below the last row."""
    rows = [[fold(cell.text.text) for cell in row.cells] for row in table.rows[table.header_rows :]]
    texts = (cell.text.text for row in table.rows for cell in row.cells)
    found = [finding for text in texts if len(text) >= _RUN * _AGAIN for finding in _in_text(table, text)]
    said = ["\t".join(row) if sum(map(bool, row)) > 1 else f"\t{k}" for k, row in enumerate(rows)]
    for loop in loops(said):
        if loop.times >= _ROWS and not said[loop.start].startswith("\t"):
            found.append(_told(table, said[loop.start].replace("\t", " "), loop))
    named = _named_columns(table)
    found += [_told(table, said, Loop(0, 1, times)) for row in rows for said, times in _cells_again(row, named)]
    found += _last_row_again(table, rows)
    counted = len(rows)
    while counted and rows[counted - 1] and rows[counted - 1][0].isdecimal() and not any(rows[counted - 1][1:]):
        counted -= 1
    if counted and len(rows) - counted >= _COUNTED:
        told = f"表格末尾连续 {len(rows) - counted} 行只有序号，照录未删"
        found.append(Finding(_CHECK, "warning", told, [table], {"times": len(rows) - counted, "pieces": 1}))
    return found


def _named_columns(table: tree.Table) -> int:
    """How many columns the rows at the table's head name, its header or what stands for one: every other cell is filled."""
    head = table.rows[: max(table.header_rows, 1) + _HEAD_ROWS]
    return max((len(row.cells) for row in head if 2 * sum(bool(c.text) for c in row.cells) > len(row.cells)), default=0)


def _cells_again(row: Sequence[str], named: int) -> list[tuple[str, int]]:
    """What the cells of one row say side by side, as often as no table has columns of one kind, and how often; 0 or a dash
    in a table that names so many columns is no loop."""
    if len(row) < _COLUMNS:
        return []
    runs = [(said, len(list(run))) for said, run in groupby(row)]
    blank = _NOTHING if len(row) <= named else frozenset()
    return [(said, times) for said, times in runs if said and times >= _COLUMNS and said not in blank]


def _last_row_again(table: tree.Table, rows: Sequence[Sequence[str]]) -> list[Finding]:
    """The last row again and again under serial numbers that count on."""
    if not rows or not (filled := sum(map(bool, said := rows[-1][1:]))):
        return []
    times = 1
    while times < len(rows):
        before, row = rows[-times - 1], rows[-times]
        counts = before[:1] and before[0].isdecimal() and row[0].isdecimal() and int(row[0]) == int(before[0]) + 1
        if not counts or before[1:] != said:
            break
        times += 1
    return (
        [_told(table, " ".join(said), Loop(0, 1, times))]
        if times > (_COUNTED if filled > 1 else _COUNTED_ONE) and times * sum(map(len, said)) >= _WORDY
        else []
    )
