"""Lines -> the contents lists (目录) among them, and how far each goes.

How far a list goes is told by what stands behind it: its entries are titles or headings that come again. Every line
under 目录 may begin an entry, go on with one, or end the list; the reading of the whole that is worth most is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest

import regex as re

from juanzong.core.lines import PAGE_END, Line
from juanzong.language.alike import skeleton
from juanzong.language.doc_numbers import is_doc_number
from juanzong.language.labels import is_label
from juanzong.language.organs import LETTERHEAD, is_organ
from juanzong.language.text import unbalanced
from juanzong.stages.documents.contents_cells import read_cells
from juanzong.stages.documents.contents_columns import with_pages_below
from juanzong.stages.documents.contents_cover import cover_lines, may_list_titles, read_titles
from juanzong.stages.documents.contents_found import Contents, may_be_annex
from juanzong.stages.documents.contents_lines import GOES_ON, HEADING, Span, decor_of, paged, parts_of, read_line
from juanzong.stages.documents.contents_prints import LONG, Prints
from juanzong.stages.documents.contents_reading import WORTH, ReadEntries, with_entry
from juanzong.stages.documents.contents_table import is_row, may_be_headless, read_headless, read_table
from juanzong.stages.documents.contents_unlabelled import read_unlabelled

_MOST_WRAPPED = 4  # lines of an entry
_LOOKED_AT = 600  # pieces below the heading; twice as many where the list goes on to there
_FEW = 300  # entries whose words are looked for one by one
_LONGEST = 200
_IN_TURN = 3  # entries that a model writes again and again
_LEAST_COUNTED = 2  # numbered entries above a line that strays in among them
_OF_DOCUMENTS = re.compile("(?:卷内|案卷|材料|文件|资料|证据).?目|(?:材料|资料|证据).?清")
_GROUP = re.compile(r"\s*【[^【】]+】\s*")  # names what stands below it
_PAGE_STUCK = re.compile(r"^\d{1,3}(?=\p{Han})|(?<=\p{Han})\d{1,3}$")
_COUNTED = re.compile(
    r"\s*\d{1,2}\t[^\t]*\p{Han}[^\t]*\t\d{1,3}\s*$"
)  # an entry whose number and page tabs part from it
_TABS = 2  # that part an entry's number and its page from it
_LEAST_STUCK = 6  # characters of words that a page's number stuck to
_LEADER = re.compile(r"[.．…·⋯_\s]{8,}")  # a model may write hundreds of dots
_WIDE_GAP = re.compile(r"\S\s{3,}(?=\S)")


def contents_lists(lines: Sequence[Line], gone: Mapping[int, str]) -> list[Contents]:
    """Every list under a line 目录 that announces something, or without such a line, in order."""
    out: list[Contents] = []
    prints: Prints | None = None
    cover = cover_lines(lines, gone)
    i = 0
    while i < len(lines):
        heading = _heading(lines[i].text) if i not in gone and not lines[i].tabular else None
        if heading is not None:
            prints = prints or Prints(lines, gone)
            found = read_table(lines, i, gone, prints) or read_cells(lines, i, gone, prints)
            if found is None or _goes_on_in_lines(lines, found.end):
                found = _read_to_next(lines, i, heading, gone, prints) or found
            if found is not None and not found.comes_again and may_be_annex(lines, i, heading):
                found = None
        else:
            found = read_unlabelled(lines, i, gone) if i not in gone else None
            if found is None and i < cover and not out and may_list_titles(lines, i, cover, gone):
                prints = prints or Prints(lines, gone)
                found = read_titles(lines, i, cover, gone, prints)
            if found is None and i not in gone and may_be_headless(lines, i):
                prints = prints or Prints(lines, gone)
                found = read_headless(lines, i, gone, prints)
        if found is not None:
            found = with_pages_below(lines, found, gone)
            found.of_documents = heading is not None and _OF_DOCUMENTS.search(lines[i].text[:heading]) is not None
            out.append(found)
        i = found.end if found is not None else i + 1
    return out


def _goes_on_in_lines(lines: Sequence[Line], i: int) -> bool:
    """Whether line i, behind what looks like rows, is an entry whose number and page tabs part from it: 1.1⇥目的⇥2."""
    if i >= len(lines) or is_row(lines[i]) or lines[i].text.count("\t") != _TABS:
        return False
    return paged(lines[i].text.strip()) is not None


def _heading(text: str) -> int | None:
    """Where the heading 目录 ends in a line that begins with it; what follows it there must be entries."""
    m = HEADING.match(text)
    if m is None:
        return None
    if m.end() < len(text) and HEADING.fullmatch(text):  # 目录 CONTENTS
        return len(text)
    return m.end() if m.end() == len(text) or parts_of(text, m.end(), 1) else None


def _read_to_next(
    lines: Sequence[Line], at: int, heading_end: int, gone: Mapping[int, str], prints: Prints
) -> Contents | None:
    """The list under the heading in line `at`: up to the next line that says 目录 alone, which heads a list of its own;
    but where entries reach down to it, it is the head of the list's next page."""
    whole = _read(lines, at, heading_end, gone, prints)
    below = range(at + 1, whole.end if whole is not None else at)
    again = next((i for i in below if i not in gone and HEADING.fullmatch(lines[i].text)), None)
    if again is None:
        return whole
    before = _read(lines[:again], at, heading_end, gone, prints)
    # one line alone comes again by chance, where the next page does not count on
    if before is None or whole is None or (len(before.entries) == 1 and not _counts_on(lines, whole)):
        return None
    return whole if all(i in gone for i in range(before.end, again)) else before


def _counts_on(lines: Sequence[Line], found: Contents) -> bool:
    """Whether the first two entries of a list are numbered one and two."""
    firsts = [read_line(lines[e[0].line].text, e[0], k + 1).number for k, e in enumerate(found.entries[:2])]
    return [n.ordinal for n in firsts if n is not None] == [1, 2]


def _read(lines: Sequence[Line], at: int, heading_end: int, gone: Mapping[int, str], prints: Prints) -> Contents | None:
    """The list set line by line under the heading in line `at`; None where none begins."""
    more = _pieces(lines, at, heading_end, gone)
    pieces: list[Span] = []
    best: list[ReadEntries | None] = [ReadEntries(0.0)]
    begins: list[bool] = []  # whether the text begins at a piece
    most = _LOOKED_AT
    while True:
        pieces += islice(more, most - len(pieces))
        best += [None] * (len(pieces) + 1 - len(best))
        whole = len(pieces) < most
        for j in range(len(begins), len(pieces) if whole else most - _MOST_WRAPPED):
            begins.append(_go_on_from(lines, pieces, j, best, gone, prints))
        ends = [
            (path.worth + (WORTH["document follows"] if begun else 0.0), -j)
            for j, (path, begun) in enumerate(zip_longest(best, begins))
            if path is not None and path.stands
        ]
        end = -max(ends)[1] if ends else 0
        if whole or end < len(begins) - _MOST_WRAPPED:
            break
        most *= 2  # the list goes on to where we looked
    if not ends or (chosen := best[end]) is None:
        return None
    entries = chosen.entries()
    last = entries[-1][-1].line
    used = [i for i in range(at, last + 1) if i not in gone]
    return Contents(Span(at, 0, heading_end), last + 1, used, entries, [], chosen.headed, chosen.titled, chosen.paged)


def _go_on_from(
    lines: Sequence[Line],
    pieces: Sequence[Span],
    j: int,
    best: list[ReadEntries | None],
    gone: Mapping[int, str],
    prints: Prints,
) -> bool:
    """The best readings that have an entry from piece j on are put in `best`; whether the text begins there instead."""
    path = best[j]
    if path is not None and _is_looped(lines, pieces, j):
        best[j + 1] = path.again(pieces[j])
        return False
    if path is None or _text_begins(lines, pieces, j, path):
        return path is not None
    gap = lines[pieces[0].line].blanks
    for m in range(1, _MOST_WRAPPED + 1):
        if j + m > len(pieces) or (m > 1 and not _goes_on(lines, pieces[j : j + m], prints, gone)):
            break
        strays = m == 1 and _strays_in(lines, pieces[j : j + 2], path, prints)
        longer = with_entry(lines, path, pieces[j : j + m], gap, prints, strays=strays)
        old = best[j + m]
        if old is None or longer.worth > old.worth:
            best[j + m] = longer
    return False


def _pieces(lines: Sequence[Line], at: int, heading_end: int, gone: Mapping[int, str]) -> Iterator[Span]:
    """Lines, or the parts of a line that holds several entries, under the heading; up to what cannot be of a list."""
    expected = 1
    tabbed = False  # the entry before has its page behind a tab
    for i in range(at, len(lines)):
        text = lines[i].text
        start = heading_end if i == at else 0
        if i in gone or not text[start:].strip() or (i > at and (HEADING.fullmatch(text) or GOES_ON.fullmatch(text))):
            continue
        row = is_row(lines[i]) and not (tabbed and _goes_on_by_tabs(text)) and not _COUNTED.match(text)
        row = row and not _is_row_between(lines, i, gone)
        if i > at and (row or _in_columns(text) or is_label(text)):
            return
        tabbed = "\t" in text and paged(text.strip()) is not None
        parts = parts_of(text, start, expected) or [(start, len(text))]
        for a, b in parts:
            yield Span(i, a, b)
        expected += len(parts)
        if len(parts) == 1 and len(text) > _LONGEST and len(_LEADER.sub("", text)) > _LONGEST:
            return


def _is_row_between(lines: Sequence[Line], i: int, gone: Mapping[int, str]) -> bool:
    """Whether a row alone stands between two entries, the second with the number behind the first one's: what a page
    prints over the rest of the list."""
    above = next((k for k in range(i - 1, -1, -1) if k not in gone), None)
    below = next((k for k in range(i + 1, len(lines)) if k not in gone), None)
    if above is None or below is None or is_row(lines[above]) or is_row(lines[below]):
        return False
    first, second = (read_line(lines[k].text, Span(k, 0, len(lines[k].text)), 0).number for k in (above, below))
    return first is not None and second is not None and (second.form, second.ordinal) == (first.form, first.ordinal + 1)


def _is_looped(lines: Sequence[Line], pieces: Sequence[Span], j: int) -> bool:
    """Whether a numbered line stands there for the second time or the third, right behind itself or in turn with one or
    two others, as models write when they loop: the title under the list stands there once."""
    for n in range(1, min(_IN_TURN, j) + 1):
        if _said(lines, pieces[j - n]) != _said(lines, pieces[j]):
            continue
        for at in range(max(n, j - n + 1), j + 1):  # where the second print may begin
            first, second, *beside = (
                [_said(lines, x) for x in pieces[max(0, k) : max(0, k + n)]] for k in (at - n, at, at - 2 * n, at + n)
            )
            if first == second and first in beside:
                return read_line(lines[pieces[j].line].text, pieces[j], 0).number is not None
    return False


def _strays_in(lines: Sequence[Line], pieces: Sequence[Span], path: ReadEntries, prints: Prints) -> bool:
    """Whether the first of two pieces, which has no page and no number, stands between two numbered entries that count on
    and come again each by its own words: a group's name, what a page prints over the rest of the list; or is a sentence
    with a number of another form, and the second comes again."""
    if len(pieces) < 2 or path.numbered < _LEAST_COUNTED:
        return False
    here, below = (read_line(lines[p.line].text, p, 0) for p in pieces)
    if here.annex or here.paged or below.number is None:
        return False
    foreign = here.number is not None and here.sentence and path.last_of(here.number.form) == 0
    if not foreign and (here.number is not None or not path.found):
        return False
    counted = below.number.ordinal == path.last_of(below.number.form) + 1 > 1
    return counted and prints.behind(below.key, pieces[1].line) is not None


def _goes_on_by_tabs(text: str) -> bool:
    """Whether a line is words in two cells and a page, as among entries that tabs part (“十大”⇥战略性产业⇥77)."""
    cells = [c.strip() for c in text.strip().split("\t")]
    return len(cells) == 3 and cells[2].isdecimal() and not any(c.isdecimal() for c in cells[:2]) and all(cells)


def _in_columns(text: str) -> bool:
    """Whether wide blanks part a line into more than an entry and its page."""
    return len(_WIDE_GAP.findall(text.strip())) > 1 and paged(text.strip()) is None


def _goes_on(lines: Sequence[Line], pieces: Sequence[Span], prints: Prints, gone: Mapping[int, str]) -> bool:
    """Whether the last of the pieces may be the rest of the entry that the others begin: it has no number, and nothing
    parts them, or what they say together comes again, or it is the number of the document."""
    before, piece = pieces[-2:]
    text, said = _said(lines, piece), _said(lines, before)
    reading = read_line(lines[piece.line].text, piece, 0)
    apart = piece.line == before.line or any(i not in gone for i in range(before.line + 1, piece.line))
    apart = apart or HEADING.fullmatch(lines[piece.line].text) is not None or _GROUP.fullmatch(said) is not None
    if apart or reading.number is not None or reading.annex or len(said) >= LONG or said.endswith("。"):
        return False
    if LETTERHEAD.match(text) or text.lstrip().startswith("#") or paged(said[decor_of(said) :]) is not None:
        return False
    numbered = is_doc_number(text) and not is_doc_number(said)
    headed = lines[piece.line].blanks >= PAGE_END or (len(pieces) > 2 and is_organ(said))
    if numbered and headed and not unbalanced(said):
        return False  # the number of the text that follows, under who issues it
    if lines[piece.line].blanks == 0 or unbalanced(said) > 0 or numbered:
        return True
    whole = "".join(_said(lines, p).strip() for p in pieces)
    return prints.behind(read_line(whole, Span(-1, 0, len(whole)), 0).key, piece.line) is not None


def _said(lines: Sequence[Line], piece: Span) -> str:
    return lines[piece.line].text[piece.start : piece.end]


def _text_begins(lines: Sequence[Line], pieces: Sequence[Span], j: int, path: ReadEntries) -> bool:
    """Whether piece j, or it with the lines that it wraps to, prints without a page what the list names."""
    words = skeleton("".join([_said(lines, p).strip() for p in pieces[j : j + _MOST_WRAPPED]]))
    if path.size < _FEW and not any(any(map(words.__contains__, some)) for some in path.keys):
        return False  # as of most places: they need not be read as entries
    run = ""
    for piece in pieces[j : j + _MOST_WRAPPED]:
        run += _said(lines, piece).strip()
        reading = read_line(run, Span(-1, 0, len(run)), path.last_of("1") + 1)
        if path.counts_on(reading.number):
            return False
        if reading.number is None and run[0] in "1１":  # 1 总则: the text counts from one again
            reading = read_line(run, Span(-1, 0, len(run)), 1)
        bare = _PAGE_STUCK.sub("", reading.key)
        unlike = path.paged == 0 or (reading.number is None and path.numbered == path.size)
        paged_alone = reading.paged and unlike and path.size > 1
        if (path.holds(reading) and (paged_alone or not reading.paged)) or (
            bare != reading.key and len(bare) >= _LEAST_STUCK and path.has(bare)
        ):
            return True
    return False
