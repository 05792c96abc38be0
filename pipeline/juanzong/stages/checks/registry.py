"""All checks of finished documents, in order. They write nothing but findings; one that raises costs its own findings
alone."""

from __future__ import annotations

from collections.abc import Callable

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.stages.checks.arithmetic import check_tables
from juanzong.stages.checks.outlines import check_outlines
from juanzong.stages.checks.repeated_elements import check_repeated_elements
from juanzong.stages.checks.repeated_passages import check_repeated_passages
from juanzong.stages.checks.row_counts import check_row_counts
from juanzong.stages.checks.written_figures import check_written_figures
from juanzong.stages.containment import failure
from juanzong.stages.work import Work

Check = Callable[[list[tree.Document]], list[Finding]]
CHECKS: tuple[tuple[str, Check], ...] = (
    ("outlines", check_outlines),
    ("tables", check_tables),
    ("repeated-elements", check_repeated_elements),
    ("repeated-passages", check_repeated_passages),
    ("written-figures", check_written_figures),
    ("row-counts", check_row_counts),
)


def run_checks(work: Work) -> None:
    for name, check in CHECKS:
        try:
            work.findings += check(work.documents)
        except Exception as error:
            if not work.contain:
                raise
            work.findings.append(failure(f"checks: {name}", error, ()))
