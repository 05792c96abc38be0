"""Lines -> lines without what tools and web pages put round the text. It runs before anything looks for structure, so
that no mark hides a title, a number or a heading; all of it goes by edit.

To add a pass: a function of the type `Pass` in a file of its own, entered below where it must run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.pages.stray_tags import part_tables

Pass = Callable[[Sequence[Line], Ledger, list[Finding]], list[Line]]

PASSES: tuple[Pass, ...] = (part_tables,)


def clean_lines(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines that hold the bundle's own text, in order."""
    out = list(lines)
    for step in PASSES:
        out = step(out, ledger, findings)
    return out
