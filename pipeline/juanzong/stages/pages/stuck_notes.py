"""End notes that a tool wrote in one paragraph (注：①绿道：指慢行道。②绿地：…): each gets a line of its own, as does the label."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line

_LABEL = re.compile(r"\s*(?:注|注释|附注|[脚尾]注)\s*[:：]\s*(?=①)")
_MARK = re.compile(r"[①-⑳]")
_LEAST = 2  # notes
_FAR = 400  # lines above, in which a note's mark stands


def part_notes(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, such notes parted. They count from ①, each ends as a sentence does, and running text above, behind a
    word, calls each: what stands below a table (注：①…) is the table's."""
    out: list[Line] = []
    for i, line in enumerate(lines):
        label = _LABEL.match(line.text) if line.block is None or line.block.kind == "paragraph" else None
        cuts = _cuts(line.text, label.end()) if label else []
        if not label or len(cuts) < _LEAST or not _called(lines[max(0, i - _FAR) : i], len(cuts)):
            out.append(line)
            continue
        edges = [0, *cuts, len(line.text)]
        parts = [line.traced[a:b].strip() for a, b in pairwise(edges)]
        out += [line.holding(part, line.blanks if k == 0 else 0) for k, part in enumerate(parts)]
    return out


def _cuts(text: str, start: int) -> list[int]:
    """Where the notes begin; none where they do not count from ① or one does not end as a sentence."""
    at = [m.start() for m in _MARK.finditer(text, start)]
    counted = [ord(text[k]) - 0x2460 for k in at] == list(range(len(at)))
    whole = all(text[b - 1] in "。；;” " for b in at[1:])
    return at if counted and whole else []


def _called(above: Sequence[Line], count: int) -> bool:
    prose = [x.text for x in above if not x.tabular and "|" not in x.text and "\t" not in x.text and "<t" not in x.text]
    if above and len(prose) < len(above) and prose[-1:] != [above[-1].text]:
        return False  # right below a table
    return all(any(chr(0x2460 + n) in text[1:] for text in prose) for n in range(count))
