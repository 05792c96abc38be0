"""Notes that are called by stars (森林覆盖率* … / * 森林覆盖率：…, also ** and ※): where mark and note are each other's
proof, both become raised print, as the marks of other notes are. A list's stars and those of bold print call nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.structure.notes import confirms, explains, term_of

_HEAD = re.compile(r"\s*\^?(?P<mark>[*＊]{1,3}|[※†‡§])[ \u3000]*(?P<said>(?:[“《]?\p{Han}).*)$")
_OF_NOTES = frozenset("†‡")  # that call nothing but notes
_OF_NOTE = re.compile(r"(?:注|说明|备注|(?:数据|资料)来源)\s*[:：]")
_CALL = re.compile(r"(?<=[\p{Han}）)”》%\d])[ ]?(?P<whole>\^?(?P<mark>[*＊]{1,3}|[※†‡§]))(?![*＊※\d])")
_RUN = re.compile(r"[*＊]+|[※†‡§]")
_CELLS = re.compile(r"[^\t|<>]+")
_FAR = 60  # lines above, in which a note's mark stands


def raise_stars(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, such marks and the notes that they call raised."""
    marks: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, line in enumerate(lines):
        head = _HEAD.match(line.text) if line.text.lstrip()[:1] in "*＊※^†‡§" else None
        if head is None or _is_one_of_a_list(lines, i, head["mark"]):
            continue
        call = _call_of(lines, i, head)
        if call is not None and call[1] not in marks[call[0]]:
            marks[call[0]].append(call[1])
            marks[i].append(head.span("mark"))
    out = list(lines)
    for i, spans in marks.items():
        wishes = [(a, b, f"^{{{out[i].text[a:b].lstrip('^')}}}") for a, b in sorted(spans)]
        out[i] = out[i].holding(ledger.replace_all(out[i].traced, wishes, "star-note-mark")) if wishes else out[i]
    return out


def _is_one_of_a_list(lines: Sequence[Line], i: int, mark: str) -> bool:
    """Whether the line above or below begins with the same mark."""
    near = (lines[k].text.lstrip() for k in (i - 1, i + 1) if 0 <= k < len(lines))
    return any(text.startswith(mark) and not text[len(mark) :].startswith(mark[0]) for text in near)


def _call_of(lines: Sequence[Line], i: int, head: re.Match[str]) -> tuple[int, tuple[int, int]] | None:
    """The line and the place of the one mark above that calls the note in line i: behind the term that it explains; or,
    where it names itself a note or stands right below a table, the only such mark in the nearest line (or table) with any."""
    said, mark = head["said"], head["mark"]
    term = term_of(said) if explains(said, 0) else ""
    found: list[tuple[int, tuple[int, int]]] = []
    for k in range(i - 1, max(-1, i - 1 - _FAR), -1):
        calls = _calls(lines[k], mark) if mark in lines[k].text else []
        confirmed = [call for call in calls if term and confirms(lines[k].text, call[0], term)]
        if confirmed:
            return k, confirmed[-1]
        found += [(k, call) for call in calls]
        if found and not (lines[k].like_row and k and lines[k - 1].like_row):
            break
    if len(found) != 1:
        return None
    above = next((k for k in range(i - 1, found[0][0] - 1, -1) if _HEAD.match(lines[k].text) is None), i)
    below_table = lines[above].like_row and lines[found[0][0]].like_row
    return found[0] if below_table or mark in _OF_NOTES or _OF_NOTE.match(said) else None


def _calls(line: Line, mark: str) -> list[tuple[int, int]]:
    """Where such a mark stands behind a word, alone in its cell or its paragraph: two are bold or slanted print."""
    out: list[tuple[int, int]] = []
    if _HEAD.match(line.text) and not line.like_row:
        return out
    for cell in _CELLS.finditer(line.text) if line.like_row else [None]:
        a, b = cell.span() if cell else (0, len(line.text))
        calls = [m.span("whole") for m in _CALL.finditer(line.text, a, b) if m["mark"] == mark]
        if len(calls) == 1 and _RUN.findall(line.text, a, b).count(mark) == 1:
            out += calls
    return out
