"""How alike two titles must be to be one."""

from __future__ import annotations

from difflib import SequenceMatcher

from juanzong.language.alike import figures_of

# How alike a contents entry and a title must be where they are not the same: one character in eight may differ.
ALIKE = 0.88
LEAST_SHARED = 8  # characters that an entry without its issuer has in common with the title


def are_alike(a: str, b: str) -> bool:
    """Whether the words of two titles are the same, or nearly so.

    >>> are_alike("某市职业学校发展规划", "某市职业学枝发展规划"), are_alike("某市2021年学生资助方案", "某市2022年学生资助方案")
    (True, False)
    """
    return a == b or (min(len(a), len(b)) >= 8 and likeness(a, b) >= ALIKE)


def likeness(a: str, b: str) -> float:
    """How alike the words of two titles are; 0 where each has a figure that the other has not: of 2021 and of 2022."""
    ratio = SequenceMatcher(None, a, b, autojunk=False).ratio()
    if ratio < ALIKE or a == b:
        return ratio
    one, other = set(figures_of(a)), set(figures_of(b))
    return 0.0 if one - other and other - one else ratio
