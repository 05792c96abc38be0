"""How alike two titles must be to be one."""

from __future__ import annotations

from difflib import SequenceMatcher

# How alike a contents entry and a title must be where they are not the same: one character in eight may differ.
ALIKE = 0.88
LEAST_SHARED = 8  # characters that an entry without its issuer has in common with the title


def are_alike(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= 8 and SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE)
