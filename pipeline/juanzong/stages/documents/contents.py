"""Lines -> the contents lists (目录) among them, and how far each goes.

How far a list goes is told by what stands behind it: its entries are titles or headings that come again. Every line
under 目录 may begin an entry, go on with one, or end the list; the reading of the whole that is worth most is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex as re

from juanzong.core.lines import Line
from juanzong.language.alike import nearly_same, skeleton
from juanzong.language.text import unbalanced
from juanzong.stages.documents.contents_lines import (
    HEADING,
    Reading,
    Span,
    decor_of,
    number_at,
    paged,
    parts_of,
    read_line,
)
from juanzong.stages.pieces.html_lines import HTML_TABLE

# What a sign of an entry is worth. Set on made-up lists of every form; an entry that nothing speaks for costs BASE.
WORTH = {
    "base": -0.5,
    "found": 3.0,  # its words stand again behind the list, in a line of their own
    "nearly found": 2.0,
    "goes on": 1.0,  # its number is the one after the last of its form, or the first
    "breaks": -1.0,  # its number is not
    "paged": 1.0,
    "noun": 0.5,  # it ends as titles do, or stands in title marks
    "link": 1.0,
    "unlike": -2.0,  # no number among numbered entries, no page among paged ones
    "sentence": -4.0,
    "gap": -1.5,  # more blank lines before it than before the others
    "far": -3.0,  # ... and its words do not come again
    "wrapped": -0.4,  # each further line
    "open": -1.5,  # brackets left open
    "words": -1.5,  # so long a line without number and page is text
    "document follows": 1.5,  # right behind the end stands what the list names
}
_LEAST = 2.0  # what a list is worth at least
_MOST_WRAPPED = 4  # lines of an entry
_MOST_LINES = 600
_LONG = 60
_LONGEST = 200
_KEYED = 140  # longer lines are no titles
_JOINED = 3
_TAGS = re.compile(r"<[^<>]*>|\|")
_HEADER = re.compile(r"\s*(?:序\s*号|编\s*号|项\s*目|材料|文件|名\s*称|标\s*题|内\s*容|目\s*录)\S*\s+\S")
_WIDE_GAP = re.compile(r"\S\s{3,}(?=\S)")
_PIPES = re.compile(r"\s*\|.*\|\s*$")


@dataclass
class Contents:
    """A contents list: where its heading stands, its entries as the places of their pieces, all the lines it takes; of
    one set as a table, the lines of its rows."""

    title: Span
    end: int  # index after its last line
    lines: list[int]  # all of them, in order, that of the heading too
    entries: list[list[Span]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    headed: int = 0  # entries that come again as numbered headings
    titled: int = 0  # ... as lines without a number


def contents_lists(lines: Sequence[Line], gone: Mapping[int, str]) -> list[Contents]:
    """Every list under a line 目录 that announces something, in order."""
    out: list[Contents] = []
    prints: _Prints | None = None
    i = 0
    while i < len(lines):
        heading = _heading(lines[i].text) if i not in gone and not lines[i].tabular else None
        if heading is not None:
            prints = prints or _Prints(lines, gone)
            found = _read_table(lines, i, gone, prints) or _read(lines, i, heading, gone, prints)
            if found is not None:
                out.append(found)
                i = found.end
                continue
        i += 1
    return out


def _heading(text: str) -> int | None:
    """Where the heading 目录 ends in a line that begins with it; what follows it there must be entries."""
    m = HEADING.match(text)
    if m is None or (m.end() < len(text) and not parts_of(text, m.end(), 1)):
        return None
    return m.end()


class _Prints:
    """Where lines, and headings' first phrases, stand in the bundle, by their words."""

    def __init__(self, lines: Sequence[Line], gone: Mapping[int, str]) -> None:
        self._at: defaultdict[str, list[tuple[int, bool]]] = defaultdict(list)
        live = [i for i in range(len(lines)) if i not in gone and len(lines[i].text) <= _KEYED]
        for k, i in enumerate(live):
            text = lines[i].text[decor_of(lines[i].text) :].strip(" 　*")
            number = number_at(text)
            bare = text[number.end :] if number else text
            figure = re.match(r"\d{1,2}\s*(?=\p{Han})(?!\d*\s*[年月日])", bare) if number is None else None
            bare = bare[figure.end() :] if figure else bare
            numbered = number is not None or figure is not None
            self._put(bare, i, numbered)
            first = re.match(r"[^。：:]{2,40}(?=[。：:])", bare) if numbered else None
            if first:
                self._put(first[0], i, numbered)
            run = bare
            for j in live[k + 1 : k + _JOINED]:
                if j > i + _JOINED or len(run) > _LONG:
                    break
                run += lines[j].text.strip()
                self._put(run, i, numbered)
        self._keys: dict[int, list[str]] = defaultdict(list)
        for key in self._at:
            self._keys[len(key)].append(key)

    def _put(self, text: str, i: int, numbered: bool) -> None:
        key = skeleton(text)
        if len(key) >= 2:
            self._at[key].append((i, numbered))

    def behind(self, key: str, i: int) -> bool | None:
        """Whether the first print behind line i of these words has a number before it; None where there is none."""
        return next((numbered for at, numbered in self._at.get(key, ()) if at > i), None)

    def nearly_behind(self, key: str, i: int) -> bool | None:
        """The same for words that differ by a slip."""
        for n in range(len(key) - 2, len(key) + 3):
            for other in self._keys.get(n, ()):
                if (other[:2] == key[:2] or other[-2:] == key[-2:]) and nearly_same(key, other):
                    numbered = self.behind(other, i)
                    if numbered is not None:
                        return numbered
        return None


@dataclass(frozen=True, slots=True)
class _Path:
    """The best reading of the lines up to a place."""

    worth: float
    entries: tuple[tuple[Span, ...], ...] = ()
    keys: frozenset[str] = frozenset()
    last: tuple[tuple[str, int], ...] = ()  # form -> the last ordinal
    numbered: int = 0
    paged: int = 0
    nouns: int = 0
    headed: int = 0
    titled: int = 0

    @property
    def stands(self) -> bool:
        n = len(self.entries)
        known = self.headed + self.titled
        return self.worth >= _LEAST and (known > 0 or (n >= 2 and (self.paged >= 2 or 2 * self.nouns >= n)))


def _read(
    lines: Sequence[Line], at: int, heading_end: int, gone: Mapping[int, str], prints: _Prints
) -> Contents | None:
    """The list set line by line under the heading in line `at`; None where none begins."""
    pieces = list(_pieces(lines, at, heading_end, gone))
    best: list[_Path | None] = [_Path(0.0), *(None for _ in pieces)]
    gap = lines[pieces[0].line].blanks if pieces else 0
    for j in range(len(pieces)):
        path = best[j]
        if path is None:
            continue
        for m in range(1, _MOST_WRAPPED + 1):
            if j + m > len(pieces) or (m > 1 and not _goes_on(lines, pieces, j, m)):
                break
            longer = _with_entry(lines, path, pieces[j : j + m], gap, prints)
            old = best[j + m]
            if longer is not None and (old is None or longer.worth > old.worth):
                best[j + m] = longer
    ends = [
        (path.worth + _follows(lines, pieces, j, path), -j, path)
        for j, path in enumerate(best)
        if path is not None and path.stands
    ]
    if not ends:
        return None
    _, _, chosen = max(ends, key=lambda e: e[:2])
    last = chosen.entries[-1][-1].line
    used = [i for i in range(at, last + 1) if i not in gone]
    entries = [list(e) for e in chosen.entries]
    return Contents(Span(at, 0, heading_end), last + 1, used, entries, [], chosen.headed, chosen.titled)


def _pieces(lines: Sequence[Line], at: int, heading_end: int, gone: Mapping[int, str]) -> Iterator[Span]:
    """Lines, or the parts of a line that holds several entries, under the heading; up to what cannot be of a list."""
    expected = 1
    for i in range(at, min(len(lines), at + _MOST_LINES)):
        text = lines[i].text
        start = heading_end if i == at else 0
        if i in gone or not text[start:].strip():
            continue
        if i > at and (_is_row(lines[i]) or _in_columns(text)):
            return
        parts = parts_of(text, start, expected) or [(start, len(text))]
        for a, b in parts:
            yield Span(i, a, b)
        expected += len(parts)
        if len(parts) == 1 and len(text) > _LONGEST:
            return


def _in_columns(text: str) -> bool:
    """Whether wide blanks part a line into more than an entry and its page."""
    return len(_WIDE_GAP.findall(text.strip())) > 1 and paged(text.strip()) is None


def _goes_on(lines: Sequence[Line], pieces: Sequence[Span], j: int, m: int) -> bool:
    """Whether piece j + m - 1 may be the rest of the entry that begins at j: no number, and nothing parts them."""
    before, piece = pieces[j + m - 2], pieces[j + m - 1]
    text = lines[piece.line].text[piece.start : piece.end]
    reading = read_line(lines[piece.line].text, piece, 0)
    said = lines[before.line].text[before.start : before.end]
    return (
        piece.line == before.line + 1
        and (lines[piece.line].blanks == 0 or unbalanced(said) > 0)
        and reading.number is None
        and not reading.annex
        and not text.lstrip().startswith("#")
        and paged(said[decor_of(said) :]) is None
        and len(said) < _LONG
    )


def _with_entry(lines: Sequence[Line], path: _Path, spans: Sequence[Span], gap: int, prints: _Prints) -> _Path | None:
    """The path with one entry more; None where the words of an entry come again without a page."""
    last = dict(path.last)
    texts = [lines[s.line].text for s in spans]
    first = read_line(texts[0], spans[0], last.get("1", 0) + 1)
    whole = read_line(run := _joined(texts, spans), Span(-1, 0, len(run)), last.get("1", 0) + 1)
    n = len(path.entries)
    signs = ["base", *(["wrapped"] * (len(spans) - 1))]
    behind = prints.behind(whole.key, spans[-1].line)
    if behind is not None:
        signs.append("found")
    elif len(whole.key) >= 8 and (behind := prints.nearly_behind(whole.key, spans[-1].line)) is not None:
        signs.append("nearly found")
    form = first.number.form if first.number else ""
    if first.number is not None:
        low = last.get(form, 0)
        signs.append("goes on" if first.number.ordinal in (low + 1, 1) else "breaks")
    signs += [s for s, holds in (("paged", whole.paged), ("noun", whole.noun), ("link", whole.link)) if holds]
    if n and _unlike(path, first, whole):
        signs.append("unlike")
    if whole.sentence:
        signs.append("sentence")
    if lines[spans[0].line].blanks > max(gap, 1) + (2 if whole.paged else 0):
        signs += ["gap"] if behind is not None else ["gap", "far"]
    if unbalanced(whole.text):
        signs.append("open")
    if len(whole.text) > _LONG and not whole.paged and first.number is None and behind is None:
        signs.append("words")
    key = form + whole.key
    if (key in path.keys or whole.key in path.keys or first.key in path.keys) and not whole.paged:
        return None  # the text has begun
    if first.number is not None:
        last = {f: o for f, o in last.items() if f == form or f < form} | {form: first.number.ordinal}
    return _Path(
        path.worth + sum(WORTH[s] for s in signs),
        (*path.entries, tuple(spans)),
        path.keys | {key, whole.key},
        tuple(last.items()),
        path.numbered + (first.number is not None or first.annex),
        path.paged + whole.paged,
        path.nouns + whole.noun,
        path.headed + (behind is True),
        path.titled + (behind is False),
    )


def _joined(texts: Sequence[str], spans: Sequence[Span]) -> str:
    return "".join(
        t[s.start : s.end].strip() if k else t[s.start : s.end].rstrip()
        for k, (t, s) in enumerate(zip(texts, spans, strict=True))
    )


def _unlike(path: _Path, first: Reading, whole: Reading) -> bool:
    n = len(path.entries)
    bare = first.number is None and not first.annex and not whole.worded and not first.worded
    return (bare and path.numbered == n) or (not whole.paged and path.paged == n)


def _follows(lines: Sequence[Line], pieces: Sequence[Span], j: int, path: _Path) -> float:
    """What speaks for an end before piece j: what stands there is what the list names."""
    if j >= len(pieces):
        return 0.0
    reading = read_line(lines[pieces[j].line].text, pieces[j], 0)
    return WORTH["document follows"] if reading.key in path.keys else 0.0


def _read_table(lines: Sequence[Line], at: int, gone: Mapping[int, str], prints: _Prints) -> Contents | None:
    """A list set as a table under the heading in line `at`: with a header that names its columns, or with rows whose
    words come again behind it."""
    rows: list[int] = []
    for i in range(at + 1, min(len(lines), at + _MOST_LINES)):
        if i in gone:
            continue
        if not _is_row(lines[i]):
            break
        said = _TAGS.sub(" ", lines[i].text).strip()
        apart = lines[i].blanks and not said[:1].isdigit() and _known(lines[i].text, i, prints) is None
        if rows and (_HEADER.match(said) or apart):
            break  # another table
        rows.append(i)
    if not rows:
        return None
    headed = bool(_HEADER.match(_TAGS.sub(" ", lines[rows[0]].text).strip()))
    known = [_known(lines[i].text, rows[-1], prints) for i in rows]
    if not headed and sum(k is not None for k in known) * 2 < len(rows):
        return None
    end = rows[-1] + 1
    heading = Span(at, 0, len(lines[at].text))
    return Contents(heading, end, [at, *rows], [], rows, sum(k is True for k in known), sum(k is False for k in known))


def _is_row(line: Line) -> bool:
    cells = [c.strip() for c in line.text.strip().split("\t")]
    if (
        not line.tabular
        and paged(line.text.strip())
        and (len(cells) == 2 or (len(cells) == 3 and number_at(cells[0] + "　")))
    ):
        return False  # an entry and its page
    return line.tabular or "\t" in line.text or bool(HTML_TABLE.search(line.text) or _PIPES.match(line.text))


def _known(row: str, end: int, prints: _Prints) -> bool | None:
    """How the words of a cell of a row come again behind the table, as of `_Prints.behind`."""
    for cell in re.split(r"\t|\||<[^<>]*>", row):
        if len(cell.strip()) >= _JOINED:
            title = read_line(cell, Span(-1, 0, len(cell)), 0)
            found = prints.behind(title.key, end)
            if found is not None:
                return found
    return None
