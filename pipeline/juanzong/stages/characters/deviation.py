"""What a bundle's running text shows to be written otherwise than its own words elsewhere."""

from __future__ import annotations

from typing import NamedTuple


class Deviation(NamedTuple):
    """text[start:end] should read `after`, as it does at text[place:place + length] (`left` + `right` shared)."""

    start: int
    end: int
    after: str
    rule: str
    sure: bool
    left: int
    right: int
    place: int
    times: int  # places in the bundle that write the expected character between the same two
