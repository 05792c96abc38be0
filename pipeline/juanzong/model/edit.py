"""edits.jsonl: every change made or proposed between source and output."""

from __future__ import annotations

from pydantic import Field

from juanzong.core.terms import Category, Kind, Status
from juanzong.model.base import Model


class Evidence(Model):
    """Something in the bundle that speaks for a change: a place and what it says."""

    source: tuple[int, int] | None = Field(None, description="code points of the source text")
    document: str | None = None
    pointer: str | None = None
    text: str | None = Field(None, description="what stands there")
    note: str | None = Field(None, description="why it speaks for the change")


class Edit(Model):
    id: str
    stage: str
    rule: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    category: Category
    kind: Kind
    source: tuple[int, int]
    before: str
    after: str
    confidence: float = Field(ge=0, le=1)
    status: Status
    evidence: list[Evidence] = Field(default_factory=list)
