"""Places in the source, before the documents have pointers: `emit.evidence` turns them into places of the output."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from juanzong.core.traced import Traced

Ranges = list[tuple[int, int]]
Row = dict[str, Any]  # a row of evidence.jsonl, with Spots, SpotLists, Ids and documents in place of what names them


@dataclass(frozen=True)
class Spot:
    """One place: becomes {document, pointer, range, source}."""

    source: Ranges = field(default_factory=list)


@dataclass(frozen=True)
class SpotList:
    """What may run over several strings: becomes a list of places, one for each."""

    source: Ranges = field(default_factory=list)


@dataclass(frozen=True)
class Id:
    """The id of the row that is about an object: made when all rows are."""

    of: object


def spot_of(text: Traced) -> Spot:
    """Where a text stands."""
    return Spot(text.strip().ranges)


def spots_of(text: Traced) -> SpotList:
    """Where a text stands that may run over several strings."""
    return SpotList(text.strip().ranges)
