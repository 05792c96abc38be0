"""Lines -> the contents lists (目录) among them, entry by entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import EMPTY, Traced, concat
from juanzong.core.tree import ContentsEntry
from juanzong.language.numbering import ANNEX, RANK, UNNUMBERED, Heading, heading_of
from juanzong.language.text import ends_sentence, fold, unbalanced
from juanzong.stages.pieces.html_lines import HTML_TABLE
from juanzong.stages.tables.raw import RawRow
from juanzong.stages.tables.read import rows_of

STAGE = "contents"
_DECOR = re.compile(r"[\s#*]*(?:[-*•]\s+)?\**")
_TITLE = re.compile(r"(?:目录|目次|contents|tableofcontents)$", re.IGNORECASE)
_LEADER = r"[.．。…·⋯・_\-—]"
_PAGED = re.compile(
    rf"(?P<head>.*?\S|(?=[.．…·⋯]))(?P<gap>(?:\s*(?:…|{_LEADER}{{2,}})[\s.．…·]*|\t[\s.…]*|\s{{2,}}|\s)(?:[-–—(（]\s?)?)"
    rf"(?P<page>[\dIVXivx]{{1,5}})(?:\s?[-–—)）])?\**\s*$"
)
_TAGS = re.compile(r"<[^<>]*>")
_HEADER = re.compile(r"(?:序\s*号|编\s*号|项\s*目|材料|文件|名\s*称|标\s*题|内\s*容|目\s*录)\S*\s+\S")
_PAGE = re.compile(r"\s*[\dIVXivx]{1,5}(?:\s*[-—–]\s*\d{1,5})?\s*")
_LEADERS = re.compile(
    r"\s*(?:…|[.．…·⋯・_]{2,}|[-—]{4,})[\s.．…·]*$"
)  # at a line's end: the page stands in the next line
_FIGURE = re.compile(r"(?P<figure>\d{1,3})(?P<stop>\s?[.．、](?=\d{4}\s?年)|\s+(?=\S))\s*")
_GLUED = re.compile(r"(?P<head>.*[^\d\s.．])(?P<gap>)(?P<page>\d{1,3})\s*$")


@dataclass
class Contents:
    """A contents list: its title line, and the lines of each entry; of one set as a table, all its lines are one."""

    title: int  # index of the title line
    end: int  # index after the last entry's last line
    paged: bool
    table: bool = False
    entries: list[list[int]] = field(default_factory=list)


def contents_lists(lines: Sequence[Line], gone: dict[int, str]) -> list[Contents]:
    """Every list under a line 目录, in order."""
    out: list[Contents] = []
    i = 0
    while i < len(lines):
        if i not in gone and len(lines[i].text) < 40 and _TITLE.match(fold(_bare(lines[i].text))):
            found = _read_table(lines, i, gone) or _read(lines, i, gone)
            if found.entries:
                out.append(found)
                i = found.end
                continue
        i += 1
    return out


def _bare(text: str) -> str:
    m = _DECOR.match(text)
    return text[m.end() :] if m else text


def _paged(text: str) -> re.Match[str] | None:
    m = _PAGED.match(text)
    if (
        m
        and len(m["gap"]) == 1
        and m["gap"] == " "
        and not (heading_of(m["head"]) or ANNEX.match(m["head"]) or UNNUMBERED.match(m["head"]))
    ):
        return None
    return m


def _read(lines: Sequence[Line], title: int, gone: dict[int, str]) -> Contents:
    ahead = [i for i in range(title + 1, min(len(lines), title + 14)) if i not in gone]
    paged = sum(bool(_paged(_bare(lines[i].text))) for i in ahead[:6]) >= min(2, len(ahead))
    out = Contents(title, title + 1, paged)
    live = [i for i in range(title + 1, len(lines)) if i not in gone]
    ordinal = 0
    for at, i in enumerate(live):
        text = _bare(lines[i].text)
        if paged:
            kind = _paged_kind(lines, live, at, out)
        else:
            number = number_at(text, ordinal + 1)
            if number and not out.entries and heading_of(text) is None and not _counts_on(lines, live[at + 1 : at + 2]):
                number = None
            first = fold(_bare(lines[out.entries[0][0]].text)) if out.entries else ""
            if (first and fold(text) == first) or len(text) > 120 or "\t" in text:
                kind = "end"
            elif not out.entries and UNNUMBERED.match(text) and _counts_from_one(lines, live[at + 1 : at + 2]):
                kind = "entry"
            elif number and (number.ordinal == ordinal + 1 or (not _flat(lines, out) and not ends_sentence(text))):
                kind, ordinal = "entry", number.ordinal
            elif out.entries and lines[i].blanks == 0 and not number and live[at - 1] == i - 1:
                kind = "more"
            elif (
                out.entries
                and not _flat(lines, out)
                and (ANNEX.match(text) or UNNUMBERED.match(text))
                and len(text) < 60
            ):
                kind = "entry"
            else:
                kind = "end"
        if kind == "end":
            break
        if kind == "entry":
            out.entries.append([i])
        else:
            out.entries[-1].append(i)
        out.end = i + 1
    return out


def _counts_from_one(lines: Sequence[Line], after: Sequence[int]) -> bool:
    heads = [heading_of(_bare(lines[i].text)) for i in after]
    return any(h is not None and h.ordinal == 1 for h in heads)


def _counts_on(lines: Sequence[Line], after: Sequence[int]) -> bool:
    heads = [number_at(_bare(lines[i].text), 2) for i in after]
    return any(h is not None and h.ordinal == 2 for h in heads)


def _read_table(lines: Sequence[Line], title: int, gone: dict[int, str]) -> Contents | None:
    """A list set as a table: serial numbers or pages in columns with a header."""
    end = title + 1
    rows: list[int] = []
    for i in range(title + 1, len(lines)):
        if i in gone:
            continue
        if not (lines[i].tabular or "\t" in lines[i].text or HTML_TABLE.search(lines[i].text)):
            break
        said = _TAGS.sub(" ", lines[i].text).strip()
        if rows and (_HEADER.match(said) or (lines[i].blanks and not said[:1].isdigit())):
            break  # another table
        rows.append(i)
        end = i + 1
    if not rows or not _HEADER.match(_TAGS.sub(" ", lines[rows[0]].text).strip()):
        return None
    return Contents(title, end, paged=False, table=True, entries=[rows])


def number_at(text: str, expected: int = 0) -> Heading | None:
    """The number that an entry begins with: as of a heading, a figure before a year (2．2022年…), or, where it is the
    `expected` one, a figure parted by a blank alone.

    >>> number_at("2．2022年获奖表").end, number_at("3 会议纪要", 3).ordinal, number_at("3 会议纪要", 5)
    (2, 3, None)
    """
    m = _FIGURE.match(text)
    if m and (m["stop"].strip() or int(m["figure"]) == expected):
        return Heading("1.", RANK["1."], int(m["figure"]), m.end())
    return heading_of(text)


def _flat(lines: Sequence[Line], out: Contents) -> bool:
    """Whether the entries are the items 1., 2., 3. of a bundle (or nothing is known yet)."""
    forms = {h.form for k, e in enumerate(out.entries, 1) if (h := number_at(_bare(lines[e[0]].text), k))}
    return forms <= {"1."}


def _words(text: str) -> str:
    """An entry without its leader and page, folded."""
    m = _paged(text)
    return fold(m["head"] if m else text.split("\t")[0].rstrip(" .…"))


def _paged_kind(lines: Sequence[Line], live: Sequence[int], at: int, out: Contents) -> str:
    i = live[at]
    text = _bare(lines[i].text)
    head = bool(
        number_at(text, len(out.entries) + 1) or ANNEX.match(text) or UNNUMBERED.match(text.split("\t")[0].strip())
    )
    if _paged(text):
        waiting = bool(out.entries) and not _paged(_bare(lines[out.entries[-1][-1]].text)) and not head
        return "more" if waiting else "entry"
    if len(text) > 80 or ends_sentence(_LEADERS.sub("", text)):
        return "end"
    if out.entries and head and fold(text) in {_words(_bare(lines[e[0]].text)) for e in out.entries[:3]}:
        return "end"
    soon = [_bare(lines[j].text) for j in live[at + 1 : at + 3]]
    if not any(_paged(s) for s in soon) or lines[i].blanks >= 3:
        return "end" if not (out.entries and _GLUED.match(text) and head) else "entry"
    waiting = (
        bool(out.entries)
        and not head
        and (
            unbalanced(_bare(lines[out.entries[-1][-1]].text)) > 0 or not _paged(_bare(lines[out.entries[-1][-1]].text))
        )
    )
    return "more" if waiting else "entry"


def entries_of(lines: Sequence[Line], found: Contents, ledger: Ledger) -> list[ContentsEntry]:
    """The entries with number, title and page; leaders and a table's header go by edit."""
    if found.table:
        return _table_entries([lines[i] for i in found.entries[0]], ledger)
    out: list[ContentsEntry] = []
    for k, rows in enumerate(found.entries, 1):
        pieces: list[Traced] = []
        page = EMPTY
        for i in rows:
            line = lines[i]
            a = len(line.text) - len(_bare(line.text))
            mark = line.cut(0, a)
            if mark:
                ledger.drop_ranges(mark, "list-mark", stage=STAGE, category="format")
            m = (
                (_paged(line.text[a:]) or (_GLUED.match(line.text[a:]) if i == rows[-1] and found.paged else None))
                if found.paged
                else None
            )
            if m:
                leader = line.cut(a + m.end("head"), a + m.start("page"))
                if leader:
                    ledger.drop_ranges(leader, "dot-leader", stage=STAGE)
                page = line.cut(a + m.start("page"), a + m.end("page"))
                stars = line.cut(a + m.end("page"))
                if stars:
                    ledger.drop_ranges(stars, "emphasis-mark", stage=STAGE, category="format")
                pieces.append(line.cut(a, a + m.end("head")))
            else:
                leaders = _LEADERS.search(line.text, a) if found.paged else None
                end = leaders.start() if leaders else len(line.text)
                if leaders:
                    ledger.drop_ranges(line.cut(end), "dot-leader", stage=STAGE)
                pieces.append(line.cut(a, end))
        pieces = [p for p in pieces if p]
        text = concat(pieces)
        for first, second in pairwise(pieces):
            ledger.join(first, second, "wrapped-contents-entry", stage=STAGE)
        out.append(_entry(text, page, k))
    ranks = sorted({e.level for e in out})
    for e in out:
        e.level = ranks.index(e.level) + 1
    return out


def _table_entries(rows: Sequence[Line], ledger: Ledger) -> list[ContentsEntry]:
    """The rows under the header: a figure at the left is the number, one at the right the page, the rest the title."""
    header, *body = rows_of(rows, ledger) or [RawRow()]
    for cell in header.cells:
        ledger.drop_ranges(cell.text, "contents-header", stage=STAGE)
    paged = len(header.cells) > 1 and "页" in header.cells[-1].text.text
    out: list[ContentsEntry] = []
    for row in body:
        cells = [c.text for c in row.cells if c.text]
        if not cells:
            continue
        number = cells.pop(0) if len(cells) > 1 and cells[0].text.strip("　 .．、").isdecimal() else EMPTY
        page = cells.pop() if paged and len(cells) > 1 and _PAGE.fullmatch(cells[-1].text) else EMPTY
        title = cells[0]
        for piece in cells[1:]:
            title = ledger.join(title, piece, "contents-columns", stage=STAGE)
        out.append(ContentsEntry(1 if number or not out else 2, number, title, page))
    return out


def _entry(text: Traced, page: Traced, place: int) -> ContentsEntry:
    """`place`: the entry's in the list, from 1."""
    s = text.text
    number = number_at(s, place)
    annex = ANNEX.match(s)
    if number and number.end < len(s):
        return ContentsEntry(number.rank, text[: number.end].strip(), text[number.end :].strip(), page)
    if annex and annex.end() < len(s):
        return ContentsEntry(1, text[: annex.end()].strip(), text[annex.end() :].strip(), page)
    return ContentsEntry(1, EMPTY, text.strip(), page)
