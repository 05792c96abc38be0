"""Traditional characters in simplified text."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache, partial
from operator import itemgetter

import regex as re

from juanzong.language.alike import converter
from juanzong.language.personal_names import is_name
from juanzong.stages.characters.rule import Change, Rule

# Forms that OpenCC's t2s changes, but that modern simplified names keep: the 45 variants that 通用规范汉字表 (2013)
# restored to standard use (of these, those outside GB 2312), and forms alive in names of people, firms and places.
SPARED = frozenset("昇陞堃喆淼犇龑甯迺邨仝祕菸瞭夥徵鍾於餘勣劄蒐澂頫穀硃濛煇勝龢")
SIMPLIFIED_LIMIT = 0.15  # a text with a larger share of traditional characters is traditional on purpose
_HAN = re.compile("[\u4e00-\u9fff]")
_WORDS = re.compile("[\u4e00-\u9fff]+")
ALONE = 2  # words of context that must stand simplified elsewhere, for a character on its own


def _outside_gb2312(ch: str) -> bool:
    """GB 2312 holds the simplified characters and no traditional ones: what is outside may be traditional."""
    try:
        ch.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


@lru_cache(maxsize=1)  # tables are cleaned apart, in the same bundle
def traditional_characters(source: str) -> frozenset[str]:
    """The traditional characters of a bundle; none where it is written in them throughout.

    >>> sorted(traditional_characters("本市各有关部门应当依法加强監督管理工作"))
    ['監']
    >>> traditional_characters("本條例所稱監督檢查")
    frozenset()
    """
    present = [c for c in sorted(set(source)) if "\u4e00" <= c <= "\u9fff" and _outside_gb2312(c) and c not in SPARED]
    if not present:
        return frozenset()
    plain = converter().convert("".join(present))
    found = frozenset(c for c, s in zip(present, plain, strict=True) if c != s and not _outside_gb2312(s))
    total = sum(source.count(c) for c in found)
    chinese = len(_HAN.findall(source, 0, 20_000))
    return found if total <= SIMPLIFIED_LIMIT * max(chinese, 1) else frozenset()


def simplify(text: str, found: frozenset[str], source: str) -> list[Change]:
    """A model that reads simplified print slips into traditional characters for a word or two.

    Converted by words (OpenCC). A character on its own may be of a name, and people write their names as they choose:
    such are converted where the bundle has the same words in simplified characters, else only suggested. A text that is
    traditional throughout is left alone, where the bundle does not say the same in simplified characters.

    >>> from juanzong.stages.characters.rule import patched
    >>> chars = frozenset("區監督檢查")
    >>> patched(t := "应当加强監督檢查，在江海區", simplify(t, chars, "位于江海区的"))
    '应当加强监督检查，在江海区'
    >>> simplify("加快潯江治理", frozenset("潯"), "")
    [Change(start=2, end=3, after='浔', mode='suggested')]
    >>> {c.mode for c in simplify("组员：吳詩鈴、周明", frozenset("吳詩鈴"), "")}
    {'suggested'}
    """
    places = [i for i, c in enumerate(text) if c in found]
    plain = converter().convert(text)
    throughout = len(places) > SIMPLIFIED_LIMIT * len(text) and len(text) > 20
    if len(plain) != len(text) or (throughout and plain not in source):
        return []
    out, others = [], set(places)
    names = [m.span() for m in _WORDS.finditer(text) if is_name(plain[m.start() : m.end()])]
    for i in places:
        if plain[i] == text[i]:
            continue
        a, b = names[bisect_right(names, i, key=itemgetter(0)) - 1] if names else (0, 0)
        name = plain[a:b] if a <= i < b else None
        near = not others.isdisjoint((i - 2, i - 1, i + 1, i + 2))
        left, right = plain[max(0, i - ALONE) : i + 1], plain[i : i + 1 + ALONE]
        known = near or (len(left) > ALONE and left in source) or (len(right) > ALONE and right in source)
        known = known if name is None else name in source
        out.append(Change(i, i + 1, plain[i], "applied" if known else "suggested"))
    return out


def traditional_rules(source: str) -> list[Rule]:
    """The rule for this bundle's traditional characters; none where it has none."""
    found = traditional_characters(source)
    if not found:
        return []
    looks_for = re.compile("[" + "".join(sorted(found)) + "]")
    return [Rule("traditional", looks_for, partial(simplify, found=found, source=source), signs=found, clean=True)]
