"""Lines -> the contents lists (目录) among them, entry by entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex as re

from pipeline.ledger import Ledger
from pipeline.lines import Line
from pipeline.stages.forms import ANNEX, UNNUMBERED, heading_of
from pipeline.text import ends_sentence, fold, unbalanced
from pipeline.traced import EMPTY, Traced, concat
from pipeline.tree import ContentsEntry

STAGE = "contents"
_DECOR = re.compile(r"[\s#*]*(?:[-*•]\s+)?\**")
_TITLE = re.compile(r"(?:目录|目次|contents|tableofcontents)$", re.IGNORECASE)
_LEADER = r"[.．。…·⋯・_\-—]"
_PAGED = re.compile(
    rf"(?P<head>.*?\S|(?=[.．…·⋯]))(?P<gap>(?:\s*(?:…|{_LEADER}{{2,}})[\s.．…·]*|\t[\s.…]*|\s{{2,}}|\s)(?:[-–—(（]\s?)?)"
    rf"(?P<page>[\dIVXivx]{{1,5}})(?:\s?[-–—)）])?\**\s*$"
)
_LEADERS = re.compile(rf"\s*(?:…|{_LEADER}{{2,}})[\s.．…·]*$")  # at a line's end: the page stands in the next line
_GLUED = re.compile(r"(?P<head>.*[^\d\s.．])(?P<gap>)(?P<page>\d{1,3})\s*$")


@dataclass
class Contents:
    """A contents list: its title line, and the lines of each entry."""

    title: int  # index of the title line
    end: int  # index after the last entry's last line
    paged: bool
    entries: list[list[int]] = field(default_factory=list)


def contents_lists(lines: Sequence[Line], gone: dict[int, str]) -> list[Contents]:
    """Every list under a line 目录, in order."""
    out: list[Contents] = []
    i = 0
    while i < len(lines):
        if i not in gone and len(lines[i].text) < 40 and _TITLE.match(fold(_bare(lines[i].text))):
            found = _read(lines, i, gone)
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
            number = heading_of(text)
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


def _flat(lines: Sequence[Line], out: Contents) -> bool:
    """Whether the entries are the items 1., 2., 3. of a bundle (or nothing is known yet)."""
    forms = {h.form for e in out.entries if (h := heading_of(_bare(lines[e[0]].text)))}
    return forms <= {"1."}


def _words(text: str) -> str:
    """An entry without its leader and page, folded."""
    m = _paged(text)
    return fold(m["head"] if m else text.split("\t")[0].rstrip(" .…"))


def _paged_kind(lines: Sequence[Line], live: Sequence[int], at: int, out: Contents) -> str:
    i = live[at]
    text = _bare(lines[i].text)
    head = bool(heading_of(text) or ANNEX.match(text) or UNNUMBERED.match(text.split("\t")[0].strip()))
    if _paged(text):
        waiting = bool(out.entries) and not _paged(_bare(lines[out.entries[-1][-1]].text)) and not head
        return "more" if waiting else "entry"
    if len(text) > 80 or ends_sentence(_LEADERS.sub("", text)):
        return "end"
    if (
        out.entries
        and head
        and fold(text) in {_words(_bare(lines[e[0]].text)) for e in out.entries[:3]}
    ):
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
    """The entries with number, title and page; leaders go by edit."""
    out: list[ContentsEntry] = []
    for rows in found.entries:
        pieces: list[Traced] = []
        page = EMPTY
        for k in rows:
            line = lines[k]
            a = len(line.text) - len(_bare(line.text))
            mark = line.cut(0, a)
            if mark:
                ledger.drop_ranges(mark, "list-mark", stage=STAGE, category="format")
            m = (
                (_paged(line.text[a:]) or (_GLUED.match(line.text[a:]) if k == rows[-1] and found.paged else None))
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
        out.append(_entry(text, page))
    ranks = sorted({e.level for e in out})
    for e in out:
        e.level = ranks.index(e.level) + 1
    return out


def _entry(text: Traced, page: Traced) -> ContentsEntry:
    s = text.text
    number = heading_of(s)
    annex = ANNEX.match(s)
    if number and number.end < len(s):
        return ContentsEntry(number.rank, text[: number.end].strip(), text[number.end :].strip(), page)
    if annex and annex.end() < len(s):
        return ContentsEntry(1, text[: annex.end()].strip(), text[annex.end() :].strip(), page)
    return ContentsEntry(1, EMPTY, text.strip(), page)
