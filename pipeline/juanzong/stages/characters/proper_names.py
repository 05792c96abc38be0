"""Places of a running text where a name may stand, of which no other name tells how it is written."""

from __future__ import annotations

import regex as re

from juanzong.language.personal_names import SURNAME
from juanzong.language.words import is_word

_PLACE = frozenset("镇乡村县区市州街路社河江山湖港寨屯旗塘寺庙庄岭坡堡坪坝湾洲岛沟坊巷")
_ROAD = re.compile(r".{0,2}大[道街]")
_SURNAME = re.compile(SURNAME)


def may_be_named(text: str, i: int, other: str) -> bool:
    """Whether the character at i, where another is expected, may be part of a name: in front of the word for a place (大平镇,
    太平镇), a surname in that of a place (侯家集), or behind a surname that makes no word with what stands beside it.

    >>> may_be_named("由王健国签字", 2, "建"), may_be_named("由李国健签字", 3, "建"), may_be_named("于泥士镇", 2, "土")
    (True, True, True)
    >>> may_be_named("在侯家集东", 1, "候"), may_be_named("沿井元大道", 1, "开"), may_be_named("午角塘边", 0, "牛")
    (True, True, True)
    >>> may_be_named("有关郡门", 2, "部"), may_be_named("严格菅理", 2, "管")
    (False, False)
    """
    if not _PLACE.isdisjoint(text[i + 1 : i + 3]) or _ROAD.match(text, i + 1):
        return True
    if text[i + 1 : i + 2] == "家" and _SURNAME.match(text, i):
        return True
    one, two = text[i - 1 : i], text[i - 2 : i]
    return _begins_name(text, i - 1, one + other) or (len(two) == 2 and _begins_name(text, i - 2, two))


def _begins_name(text: str, at: int, two: str) -> bool:
    """Whether a surname stands at a place, and makes no word with what stands before or, as `two` says, behind it."""
    return _SURNAME.match(two) is not None and not is_word(two) and not is_word(text[max(at - 1, 0) : at + 1])
