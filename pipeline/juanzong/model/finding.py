"""findings.jsonl: what the checks found."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from juanzong.core.terms import FindingStatus, Severity
from juanzong.model.base import Model

KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Place(Model):
    document: str
    pointer: str


class Finding(Model):
    id: str
    check: str = Field(pattern=KEBAB)
    severity: Severity
    status: FindingStatus = Field(
        description="waived: a reviewer has looked and lets it stand; the decisions file says why"
    )
    message: str
    where: list[Place] = Field(default_factory=list)
    evidence: dict[str, Any] = Field(default_factory=dict)
