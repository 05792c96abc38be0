"""Bullets that a reader wrote in lines of their own, above what they list."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line

_SIGNS = frozenset("●■◆•▪➢➤✓◇")
_HABIT = 2  # of them, that show how the text was read


def join_lone_bullets(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, each bullet that stands alone in one with the line below it."""
    at = {k for k in range(len(lines) - 1) if _is_bullet(lines[k]) and _is_listed(lines[k + 1])}
    if len(at) < _HABIT:
        return list(lines)
    out: list[Line] = []
    for k, line in enumerate(lines):
        if k - 1 in at:
            above = out.pop()
            line = above.holding(ledger.join(above.traced.strip(), line.traced.strip(), "printed-line"))
        out.append(line)
    return out


def _is_bullet(line: Line) -> bool:
    """Whether a line is a bullet alone: a sign of a list, or a glyph of a font of signs."""
    sign = line.text.strip()
    return len(sign) == 1 and not line.like_row and (sign in _SIGNS or "\ue000" <= sign <= "\uf8ff")


def _is_listed(line: Line) -> bool:
    return not line.blanks and not line.like_row and not _is_bullet(line)
