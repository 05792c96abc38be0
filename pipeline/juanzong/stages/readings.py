"""What the reader of the file was unsure of, and what befell it, told in the words of the output."""

from __future__ import annotations

from juanzong.core.findings import Finding
from juanzong.core.terms import Evidence
from juanzong.stages.work import Work


def tell_readings(work: Work) -> None:
    """Doubtful characters become suggestions; what befell a page becomes a finding."""
    source = work.source
    for r in source.readings:
        note = Evidence(source=(r.start, r.end), text=source.text[r.start : r.end], note=r.note)
        work.ledger.suggest(r.start, r.end, r.after, r.rule, confidence=r.confidence, evidence=[note])
    for report in source.reports:
        evidence = {"page": report.page, **({"text": report.text} if report.text else {})}
        work.findings.append(Finding(report.check, report.severity, report.message, [], evidence))
