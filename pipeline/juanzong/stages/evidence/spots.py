"""Places in the source, before the documents have pointers: `emit.evidence` turns them into places of the output."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.stages.evidence.folded import Ranges

Row = dict[str, Any]  # a row of evidence.jsonl, with Spots, SpotLists and documents in place of what names them


@dataclass(frozen=True)
class Spot:
    """One place: becomes {document, pointer, range, source}. `home`: the document it stands in, as far as known."""

    source: Ranges = field(default_factory=list)


@dataclass(frozen=True)
class Spots:
    """What may run over several strings: becomes a list of places, one for each."""

    source: Ranges = field(default_factory=list)


@dataclass(frozen=True)
class Id:
    """The id of a row that is not made yet: of the object it is about."""

    of: object


def spot_of(text: Traced) -> Spot:
    """Where a text stands."""
    return Spot(text.strip().ranges)


def spots_of(text: Traced) -> Spots:
    return Spots(text.strip().ranges)


__all__ = ["Id", "Row", "Spot", "Spots", "spot_of", "spots_of", "tree"]
