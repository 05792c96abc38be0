"""Notes that begin with a plain number (1 …, 2. …) at the foot of the page, under the table or at the end of the text whose
raised figures call them: where figures and notes are each other's proof, the notes' numbers become raised print, as the
marks of other notes are. A list has no such witness."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.document_types import names_document
from juanzong.language.elements import CLOSING_NOTES
from juanzong.language.numbering import ANNEX, heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.structure.cuts import LEAST_WIDTH, print_length
from juanzong.stages.structure.notes import markers_in, note_head

_NUMBER = re.compile(
    r"\s*(?P<figure>\d{1,3})(?:(?P<stop>\s*[.．、)）])\s*|[ \t\u3000]+|(?=[\p{Han}“《]))(?=[\p{Han}“《「])"
)
_LONGEST = 6  # lines of a note
_MOST = 400  # notes of a text, so that looking them up stays cheap
_COLONS = ("：", ":")  # that announce a list
_PAGE_END = 2  # blank lines: more than part paragraphs


def raise_note_numbers(
    lines: Sequence[Line], passed: Collection[int], breaks: Sequence[bool], ledger: Ledger
) -> list[Line]:
    """The lines, the numbers of such notes raised. `passed`: the indices of lines that are no text of a document;
    `breaks`: whether a page begins with each line."""
    out = list(lines)
    live = [i for i in range(len(lines)) if i not in passed]
    page: list[str] = []  # the figures raised since the page began, or since its last notes
    since: list[str] = []  # the same since the last raised 1, wherever pages end
    table: list[str] = []  # the same in the table right above
    k = 0
    for at, i in enumerate(live):
        if any(breaks[(live[at - 1] + 1 if at else 0) : i + 1]) or lines[i].blanks >= _PAGE_END:
            page = []
        if at < k:
            continue
        text = lines[i].text
        head = note_head(text)
        if head is not None and head.form == "super":
            page, since = _without(page, head.figure), _without(since, head.figure)
        above = lines[live[at - 1]].text if at else ""
        if (page or since or table) and text.lstrip()[:1].isdecimal() and not _announces(above):
            tried = (_heads(out, live, at, c, breaks, below_table=c is table) for c in (table, page, since))
            heads = next(filter(None, tried), [])
            for j in heads:
                out[j] = _raised(lines[j], ledger)
            if heads:
                k = live.index(heads[-1], at) + 1
                page, since, table = [], [], []
                continue
        figures = [m.figure for m in markers_in(text) if m.form == "super" and _calls(text, m.start, m.end)]
        table = [*table, *figures] if lines[i].like_row else []
        page += figures
        since = [*since, *figures] if "1" not in figures else figures[len(figures) - 1 - figures[::-1].index("1") :]
        since = since[-_MOST - 1 :]
    return out


def _announces(text: str) -> bool:
    """Whether a line announces a list, and is no label of notes."""
    return text.rstrip().endswith(_COLONS) and CLOSING_NOTES.match(text) is None


def _calls(text: str, start: int, end: int) -> bool:
    """Whether a raised figure there has words before it and no figure behind it, as one that calls a note does: in
    `### ²4.推进共享` it is a stray one."""
    return bool(text[:start].strip("#* ")) and not text[end : end + 1].isdecimal()


def _without(called: Sequence[str], figure: str) -> list[str]:
    """The figures but for the first that is this one: its note has been found."""
    at = called.index(figure) if figure in called else len(called)
    return [*called[:at], *called[at + 1 :]]


def _heads(
    lines: Sequence[Line],
    live: Sequence[int],
    at: int,
    called: Sequence[str],
    breaks: Sequence[bool],
    *,
    below_table: bool,
) -> list[int]:
    """Where the notes begin whose figures are called, each once and no other, if they stand from the line `at` on, one
    under another, to the end of their page, or below a table; else none."""
    if not 0 < len(called) <= _MOST or len(set(called)) < len(called):
        return []
    wanted = sorted(called, key=int)
    if _goes_on_counting(lines, live, at, int(wanted[0])):
        return []
    out: list[int] = []
    last = at
    for k in range(at, len(live)):
        i = live[k]
        if out and (breaks[i] or lines[i].blanks >= _PAGE_END):
            break
        m = _NUMBER.match(lines[i].text) if not lines[i].like_row else None
        if m is not None and len(out) < len(wanted) and m["figure"] == wanted[len(out)]:
            out.append(i)
            last = k
            continue
        counts_on = m is not None and int(m["figure"]) == int(wanted[-1]) + 1
        if m is not None and counts_on and m.end() > m.end("figure"):
            return []  # a list goes on, or rows do
        if not out or k - last >= _LONGEST or not _goes_on(lines[live[k - 1]], lines[i]):
            if counts_on or not (below_table or _begins_text(lines[i].text)):
                return []
            break
    return out if len(out) == len(wanted) and not (len(out) == 1 and _may_be_heading(lines[out[0]].text)) else []


def _goes_on_counting(lines: Sequence[Line], live: Sequence[int], at: int, first: int) -> bool:
    """Whether an item with the number before stands right above, in the same form: what begins there is an item, too."""
    here = _NUMBER.match(lines[live[at]].text)
    above = next(
        (m for k in range(at - 1, max(at - 1 - _LONGEST, -1), -1) if (m := _NUMBER.match(lines[live[k]].text))), None
    )
    return (
        here is not None
        and above is not None
        and int(above["figure"]) == first - 1
        and (above["stop"] or "").strip() == (here["stop"] or "").strip() != ""
    )


def _may_be_heading(text: str) -> bool:
    """Whether a note that stands alone may be a heading (3. 推动协作) instead, at the end of its page."""
    m = _NUMBER.match(text)
    return m is not None and m["stop"] is not None and not ends_sentence(text)


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line may be the rest of a note, whose line before it is no short one."""
    full = print_length(before.text.strip()) >= LEAST_WIDTH and not ends_sentence(before.text)
    return full and not line.like_row and heading_of(line.text) is None


def _begins_text(text: str) -> bool:
    """Whether a line begins the next document, as far as one line tells."""
    return ANNEX.match(text) is not None or names_document(text)


def _raised(line: Line, ledger: Ledger) -> Line:
    """The line with its number as raised print; the stop behind it is the note's label."""
    m = _NUMBER.match(line.text)
    assert m
    traced = line.traced
    if m["stop"]:
        ledger.drop_ranges(traced[m.start("stop") : m.end("stop")].strip(), "label", category="format")
        traced = traced[: m.start("stop")] + traced[m.end("stop") :]
    return line.holding(ledger.replace(traced, *m.span("figure"), f"^{{{m['figure']}}}", "note-number"))
