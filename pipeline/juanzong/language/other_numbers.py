"""结构层次序数 of other forms than GB/T 9704 has, read off the head of a line: A. (A) a) I. §1 甲、, 一 with a blank behind it, and
words with a number: 任务一：, 步骤1., 第一阶段：, 其一：, Step 1."""

from __future__ import annotations

from typing import NamedTuple

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language.numbering import ANNEX, BOX, FIGURE_CAPTION, TABLE_CAPTION
from juanzong.language.text import ROMAN, ends_sentence, nfkc, number_of

_CN = "[一二三四五六七八九十]{1,3}"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_PARTED = r"(?:\s*[：:、.．﹒·—]\s*|\s+)"
_NUMBER = re.compile(
    rf"\s*(?:(?P<open>[（(])?(?:(?P<roman>[IVX]{{1,4}})|(?P<letter>[A-Za-zＡ-Ｈ]))(?P<stop>\s?[.．、)）:：])\s*"
    rf"|(?P<capital>[A-H])(?:[.．]?(?P<below>\d{{1,2}}))?[\s　]+"
    rf"|(?P<sign>§|[Ss]tep|STEP|[Tt]ask|[Pp]hase|[Pp]art)\s?(?P<figure>\d{{1,2}}|{_CN}|[IVX]{{1,4}}){_PARTED}?"
    rf"|(?P<sole>[Ⅰ-Ⅻ])[\s　]+(?![类级型期度])"
    rf"|(?P<stem>[{_STEMS}])、"
    rf"|第\s?(?P<part>\d{{1,2}}|{_CN})\s?(?P<unit>天|场|轮|讲|课|阶段|步骤?|环节|单元|模块|板块|专题|项任务){_PARTED}"
    rf"|(?P<word>\p{{Han}}{{2,4}}?)\s?(?P<count>\d{{1,2}}|{_CN}){_PARTED}"
    rf"|其\s?(?P<nth>{_CN})\s*[：:、]\s*"
    rf"|(?P<bare>{_CN})[\s　]+)(?=[\p{{Han}}“《（])"
)
_NO_WORD = re.compile(r"^(?:附[件表图录]|专栏|信息|图|.?表|.*[年月日周期第级科处部室系院]$|星期|周|第)")
_CAPTIONS = (ANNEX, BOX, FIGURE_CAPTION, TABLE_CAPTION)
_LONGEST = 40  # characters of a heading
_SAID = re.compile(r"[。；，！？;!?\t]")


class OtherNumber(NamedTuple):
    """What a line may begin with: the form, its ordinal, and where it ends in the line."""

    form: str
    ordinal: int
    end: int


def opens_other(text: str) -> bool:
    """Whether a line begins with the first number of such a form, a sign or stop behind it: §1, 任务一：, A.

    >>> [opens_other(s) for s in ("任务一：改造校舍", "任务二：建设校园", "A. 总体要求", "一 总体要求", "任务一：改造校舍，新建两处。")]
    [True, False, True, False, False]
    """
    return any(n.ordinal == 1 and " " not in n.form for n in other_numbers(text))


@remembered
def other_numbers(text: str) -> list[OtherNumber]:
    """The numbers that a line may begin with: V. is a letter, and Roman."""
    m = _NUMBER.match(text) if len(text) <= _LONGEST else None
    if m is None or _SAID.search(text) or ends_sentence(text) or any(p.match(text) for p in _CAPTIONS):
        return []
    stop = nfkc(m["stop"] or "").strip()
    found: list[tuple[str, int | None]] = []
    opened = "(" if m["open"] else ""
    if m["roman"]:
        found.append((f"{opened}I{stop}", ROMAN.get(m["roman"])))
    letter = m["letter"] or (m["roman"] if m["roman"] and len(m["roman"]) == 1 else None)
    if letter:
        bare = nfkc(letter)
        found.append((f"{opened}{'A' if bare.isupper() else 'a'}{stop}", ord(bare.upper()) - ord("A") + 1))
    if m["capital"]:
        found.append(("A.1", int(m["below"])) if m["below"] else ("A ", ord(m["capital"]) - ord("A") + 1))
    if m["sign"]:
        found.append((m["sign"], ROMAN.get(m["figure"]) or number_of(m["figure"])))
    if m["sole"]:
        found.append(("Ⅰ ", ord(m["sole"]) - ord("Ⅰ") + 1))
    if m["stem"]:
        found.append((_STEMS[0], _STEMS.index(m["stem"]) + 1))
    if m["part"]:
        found.append((f"第{m['unit']}", number_of(m["part"])))
    if m["word"] and not _NO_WORD.match(m["word"]):
        found.append((m["word"] + ("" if nfkc(m[0]).rstrip().endswith(":") else " "), number_of(m["count"])))
    if m["nth"]:
        found.append(("其一", number_of(m["nth"])))
    if m["bare"]:
        found.append(("一 ", number_of(m["bare"])))
    return [OtherNumber(form, ordinal, m.end()) for form, ordinal in found if ordinal is not None]
