"""Whether written Chinese has a character beside another, of those that look alike: from a word list and
many laws, as docs/make_neighbours.py wrote them down. It vouches for a character; it is no witness against one.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, tuple[str, str]]:
    """For each character what stands before it, and what behind it."""
    text = files("juanzong.language").joinpath("neighbours.txt").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {character: (before, behind) for character, before, behind in rows}


def stands_behind(character: str, before: str) -> bool:
    """Whether the character is known behind another; one of which the table says nothing is.

    >>> stands_behind("土", "泥"), stands_behind("士", "泥"), stands_behind("东", "泥")
    (True, False, True)
    """
    known = _table().get(character)
    return known is None or before in known[0]


def stands_before(character: str, behind: str) -> bool:
    """The same before another.

    >>> stands_before("土", "壤"), stands_before("士", "壤")
    (True, False)
    """
    known = _table().get(character)
    return known is None or behind in known[1]
