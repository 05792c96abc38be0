"""Findings while the stages work: places are objects of the tree or of the source; JSON Pointers come when the
tree is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from juanzong.core import tree
from juanzong.core.spots import Spot
from juanzong.core.terms import FindingStatus, Severity

Target = tree.Document | tree.Block | tree.Cell | tree.Footnote | tree.ContentsEntry | Spot


@dataclass
class Finding:
    """What a check found."""

    check: str
    severity: Severity
    message: str
    where: list[Target] = field(default_factory=list)
    evidence: dict[str, Any] = field(default_factory=dict)
    status: FindingStatus = "open"


def id_of(check: str, message: str) -> str:
    """A finding's id, but for the number that tells apart those that say the same."""
    return hashlib.sha1(f"{check}\0{message}".encode()).hexdigest()[:10]
