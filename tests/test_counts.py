"""How many of each kind clean/ holds: made anew, clean/ is always like itself, so what vanished from it shows only here.

A figure that moved is put into tests/cases/counts.json by hand, after `juanzong diff` has shown which pieces moved.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
KEPT: dict[str, dict[str, int]] = json.loads((Path(__file__).parent / "cases" / "counts.json").read_text("utf-8"))


def kinds(value: Any) -> Iterator[str]:
    """The kind of each block below a value, with a `row` for each row of a table."""
    if isinstance(value, list):
        for one in value:
            yield from kinds(one)
    elif isinstance(value, dict):
        if isinstance(kind := value.get("kind"), str):
            yield kind
            if kind == "table":
                yield from ["row"] * len(value.get("rows", []))
        for one in value.values():
            yield from kinds(one)


def counts(folder: Path) -> dict[str, int]:
    """Kind -> number of them in all documents of an output."""
    every: Counter[str] = Counter()
    for file in sorted((folder / "documents").glob("*.json")):
        document = json.loads(file.read_text("utf-8"))
        every["document"] += 1
        every["footnote"] += len(document["footnotes"])
        every["contents entry"] += len(document["contents"])
        every.update(kinds(document["body"]))
    return dict(sorted(every.items()))


def test_every_output_is_counted() -> None:
    assert sorted(KEPT) == sorted(f.name for f in (ROOT / "clean").iterdir())


@pytest.mark.parametrize("bundle", sorted(KEPT))
def test_nothing_vanished(bundle: str) -> None:
    assert counts(ROOT / "clean" / bundle) == KEPT[bundle]
