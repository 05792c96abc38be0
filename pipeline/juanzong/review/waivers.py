"""Findings that a reviewer has looked at and lets stand: they no longer count."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.findings import Finding
from juanzong.review.decisions import Decision


def waive(decisions: Sequence[Decision], findings: Sequence[Finding]) -> None:
    """Set the status of each finding that a decision waives, or calls no fault (rejected); the reason goes with it. A
    finding is known by its check and its message."""
    waived = {
        ((d.check or "").replace("_", "-"), d.message): d.reason
        for d in decisions
        if d.on == "finding" and d.decision in ("waived", "rejected")
    }
    for finding in findings:
        key = (finding.check, finding.message)
        if key in waived:
            finding.status = "waived"
            if waived[key]:
                finding.evidence = {**finding.evidence, "reason": waived[key]}
