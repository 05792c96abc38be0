"""What small changes of made-up texts change in all that is said of them: cases/changed.json has the changes, found by a
search for texts in which a condition or a limit of stages/ decides as it does in no other text, and as few as show that.

What each one changes is kept in cases/said/changed.txt: its first lines, and a digest of all others. It guards the
conditions, not how good the outcome is. `python tests/test_changes.py` writes it anew.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256

from damage import otherwise
from said import said
from test_said import CASES, SAID, TEXTS

KEPT = SAID / "changed.txt"
_SHOWN = 6  # lines that a change says otherwise
_said = cache(said)


def told() -> str:
    """All changes, each with the lines that are said otherwise (-, +)."""
    return "\n\n".join(_changes()) + "\n"


def _changes() -> Iterator[str]:
    for case in json.loads((CASES / "changed.json").read_text("utf-8")):
        file, name = case["of"].split("/", 1)
        text = TEXTS[file][name]
        lines = text.split("\n")
        heads = [f"line {at + 1}: {lines[at : at + gone]} -> {new}" for at, gone, new in case["put"]]
        for at, gone, new in reversed(case["put"]):  # line from 0, how many go, the lines put there
            lines[at : at + gone] = new
        yield "\n".join([f"=== {case['of']}", *heads, *_begun(otherwise(_said(text), said("\n".join(lines))))])


def _begun(lines: Sequence[str]) -> list[str]:
    """The first lines, and of the others the number and a digest."""
    rest = "\n".join(lines[_SHOWN:])
    digest = sha256(rest.encode()).hexdigest()[:8]
    return [*lines[:_SHOWN], *([f"... {len(lines) - _SHOWN} more, {digest}"] if rest else [])]


def test_what_changes_change() -> None:
    assert told() == KEPT.read_text("utf-8"), "read what moved, then `python tests/test_changes.py`"


if __name__ == "__main__":
    KEPT.write_text(told(), "utf-8")
    sys.exit(0)
