"""findings.jsonl: what the checks found."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from juanzong.model.base import Model

Severity = Literal["error", "warning", "info"]


class Place(Model):
    document: str
    pointer: str


class Finding(Model):
    id: str
    check: str
    severity: Severity
    message: str
    where: list[Place] = Field(default_factory=list)
    evidence: dict[str, Any] = Field(default_factory=dict)
