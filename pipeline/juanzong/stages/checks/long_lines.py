"""Lines too long for the character rules."""

from __future__ import annotations

from juanzong.core.findings import Finding
from juanzong.stages.characters.clean import LONGEST
from juanzong.stages.work import Work


def check_lines(work: Work) -> None:
    """Tell of each line whose characters no rule will look at."""
    for line in work.lines:
        if len(line.text) > LONGEST:
            told = f"第 {line.n} 行有 {len(line.text):,} 个字符，其文字未作校理"
            work.findings.append(Finding("line-too-long", "warning", told, [], {"line": line.n}))
