"""Notes -> the markers that call them: every note anchored to the character, its marker cut out of the text."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.stages.structure.build import Anchor, Note
from juanzong.stages.structure.notes import Marker, confirms, markers_in, term_of
from juanzong.stages.structure.worded_notes import worded_markers

_WORDS, _WORD = re.compile(r"\p{Han}[）)”》]?$"), re.compile(r"\p{Han}")


@dataclass
class Call:
    """A marker in running text."""

    at: int  # source offset
    anchor: Anchor
    marker: Marker
    note: Note | None = None


def text_of(anchor: Anchor) -> Traced:
    if isinstance(anchor, tree.Table):
        return anchor.caption
    return anchor.title if isinstance(anchor, (tree.Section, tree.Document)) else anchor.text


def anchor_notes(notes: Sequence[Note], anchors: Sequence[Anchor], ledger: Ledger, findings: list[Finding]) -> None:
    """Link each note to its call; notes without a call and calls without a note are findings."""
    if not notes:
        return
    forms = {n.marker.form for n in notes}
    calls = _calls(anchors, forms)
    open_calls: defaultdict[tuple[str, str], list[Call]] = defaultdict(list)
    for call in calls:
        open_calls[call.marker.form, call.marker.figure].append(call)
    for note in notes:
        if not note.ending:
            _claim_nearest(note, open_calls[note.marker.form, note.marker.figure])
    _claim_in_order([n for n in notes if n.ending], calls, findings)
    _claim_behind_figures(notes, anchors, calls)
    for note in notes:
        if note.note.anchor is None:
            findings.append(
                Finding(
                    "note-without-marker",
                    "warning",
                    f"注释 {note.note.marker.text} 在正文中没有对应的注号：{note.note.text.text[:30]}",
                    [note.note],
                )
            )
    figures = {(n.marker.form, n.marker.figure) for n in notes}
    linked = {(n.marker.form, n.marker.figure) for n in notes if n.note.anchor is not None}
    for call in calls:
        if call.note is None and ((call.marker.form, call.marker.figure) in figures or _counts_on(call.marker, linked)):
            findings.append(
                Finding(
                    "marker-without-note",
                    "warning",
                    f"“{text_of(call.anchor).text[max(0, call.marker.start - 12) : call.marker.start]}”后的注号 {call.marker.figure} 没有对应的注释",
                    [call.anchor],
                )
            )
    _cut_out(calls, ledger)


def _counts_on(marker: Marker, linked: Collection[tuple[str, str]]) -> bool:
    """Whether a marker is the next after one that calls a note: its own note was lost."""
    return marker.figure.isdecimal() and (marker.form, str(int(marker.figure) - 1)) in linked


def _calls(anchors: Sequence[Anchor], forms: set[str]) -> list[Call]:
    out: list[Call] = []
    for anchor in anchors:
        text = text_of(anchor)
        for m in worded_markers(text.text, told="word" in forms):
            if m.form not in forms or (
                m.form == "bracket" and isinstance(anchor, tree.Cell) and not _calls_in_cell(text, m)
            ):
                continue
            out.append(Call(text.offset(m.start), anchor, m))
    return sorted(out, key=lambda c: c.at)


def _calls_in_cell(text: Traced, marker: Marker) -> bool:
    """Whether a marker stands raised or between words within a cell's text, or ends them: behind a figure, or alone,
    brackets hold what has been added up."""
    before, after = text.text[: marker.start].rstrip(), text.text[marker.end :].strip()
    if not after:
        return bool(_WORDS.search(before))
    return text.text[marker.start] in "^$" or bool(_WORDS.search(before) and _WORD.match(after))


def _claim_behind_figures(notes: Sequence[Note], anchors: Sequence[Anchor], calls: list[Call]) -> None:
    """A note in brackets that nothing else calls, beside others that cells call, belongs to the one cell whose figure its
    marker stands behind (25.0[2]); such calls are put to the others."""
    if not any(c.note is not None and c.marker.form == "bracket" and isinstance(c.anchor, tree.Cell) for c in calls):
        return
    weak = [
        Call(anchor.text.offset(m.start), anchor, m)
        for anchor in anchors
        if isinstance(anchor, tree.Cell)
        for m in markers_in(anchor.text.text)
        if m.form == "bracket" and m.start and not anchor.text.text[m.end :].strip()
    ]
    for note in notes:
        place = note.note.marker.ranges[0][0]
        found = [c for c in weak if _same(note, c) and c.at < place] if note.note.anchor is None else []
        if len(found) == 1:
            _link(note, found[0])
            calls.append(found[0])


def _same(note: Note, call: Call) -> bool:
    return call.note is None and call.marker.figure == note.marker.figure and call.marker.form == note.marker.form


def _link(note: Note, call: Call) -> None:
    call.note = note
    note.note.anchor, note.note.offset = call.anchor, call.at


def _claim_nearest(note: Note, same: list[Call]) -> None:
    """A note at the page foot belongs to the nearest earlier unclaimed marker; the term it explains decides between near
    ones. `same`: the unclaimed calls of its figure in the order of the text; the one that it claims goes."""
    place = note.note.marker.ranges[0][0]
    end = bisect_left(same, place, key=lambda c: c.at)
    if not end:
        return
    term = term_of(note.note.text.text)
    near = [
        k for k in range(max(0, end - 3), end) if confirms(text_of(same[k].anchor).text, same[k].marker.start, term)
    ]
    _link(note, same.pop(near[-1] if near else end - 1))


def _claim_in_order(notes: Sequence[Note], calls: Sequence[Call], findings: list[Finding]) -> None:
    """End notes are called in their order; a doubled marker where one is missing is a misprint, linked and reported."""
    last = -1
    waiting: list[tuple[Note, int]] = []
    for note in notes:
        place = note.note.marker.ranges[0][0]
        open_ = [c for c in calls if _same(note, c) and c.at < place]
        term = term_of(note.note.text.text)
        said = [c for c in open_ if confirms(text_of(c.anchor).text, c.marker.start, term)]
        pick = next((c for c in said if c.at > last), None) or next((c for c in open_ if c.at > last), None)
        if pick is None:
            waiting.append((note, last))
        else:
            _link(note, pick)
            last = pick.at
    for note, after in waiting:
        later = [n.note.offset for n in notes if n.note.anchor is not None and n.note.offset > after]
        until = min(later, default=note.note.marker.ranges[0][0])
        left = [c for c in calls if c.note is None and c.marker.form == note.marker.form and after < c.at < until]
        if len(left) == 1:
            _link(note, left[0])
            findings.append(
                Finding(
                    "marker-misprint",
                    "warning",
                    f"注释 {note.note.marker.text} 的注号在正文中印作 {left[0].marker.figure}",
                    [note.note, left[0].anchor],
                )
            )


def _cut_out(calls: Sequence[Call], ledger: Ledger) -> None:
    by_anchor: defaultdict[int, list[Call]] = defaultdict(list)
    for call in calls:
        if call.note is not None:
            by_anchor[id(call.anchor)].append(call)
    for group in by_anchor.values():
        anchor = group[0].anchor
        for call in sorted(group, key=lambda c: -c.marker.start):
            text = text_of(anchor)
            a, b = call.marker.start, call.marker.end
            while a and text.text[a - 1] == " ":
                a -= 1
            ledger.drop_ranges(text[a:b].strip(), "note-marker", category="format")
            kept = text[:a] + text[b:]
            if isinstance(anchor, tree.Table):
                anchor.caption = kept
            elif isinstance(anchor, (tree.Section, tree.Document)):
                anchor.title = kept
            else:
                anchor.text = kept
