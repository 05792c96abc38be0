"""A line over a title that is no part of it, as the title says it itself: whose it is, or what it is."""

from __future__ import annotations

import regex as re

from juanzong.language import elements as el
from juanzong.language.alike import skeleton

# whose a text is, at the head of its title: a place (聊城市, no 智慧城市, no 社区), a company, a school, a hospital
WHOSE = re.compile(
    r"(?![各全本])(?:(?![大小新老古])\p{Han}城市|\p{Han}{2,7}?(?:自治[区州县旗]|省|(?<![城都全本各])市|县|(?<![市城社园小地辖片景山校厂灾])区|(?<![九神])州))(?=\p{Han}{3})"
    r"|\p{Han}{2,14}?(?:公司|集团|学院|大学|医院|法院|检察院|中学|(?<!中)小学)(?=\p{Han}{3})"
)
_AND_OTHERS = re.compile(r"\s*(?P<first>\p{Han}{4,20})等[\d一二三四五六七八九十]+个?(?:部门|单位|机关)")
_LEAST_NAME, _MOST_NAME = 2, 16  # characters of what a part of a bundle is called
_GOES_ON = ("的", "、", "和", "与", "及", "对", "转发", "批转", "印发", "《")
_NO_PAPERS = ("annex_table", "roster")  # and what stands over them is as good a title
_PASSED_ON = ("转发", "批转", "转批")


def names_below(line: str, title: str) -> bool:
    """Whether a line says in a few words what the part of a bundle holds whose paper has its own title right below, which
    begins with whose it is: 佐证材料2：教学改革 / 某市教育局关于公布教改项目的通知.

    >>> names_below("教学改革", "某市教育局关于公布教改项目的通知"), names_below("工作室制度", "东山县名师工作室管理办法")
    (True, True)
    >>> names_below("某市教育局", "东山县名师工作室管理办法"), names_below("转发", "某市教育局关于公布教改项目的通知")
    (False, False)
    >>> names_below("关于支持", "东山县渡口建设的意见"), names_below("东山县教育局", "关于公布教改项目的通知")
    (False, False)
    >>> names_below("2021年度先进集体名单", "松城市统计表")
    False
    """
    bare = line.strip()
    if not _LEAST_NAME <= len(bare) <= _MOST_NAME or bare.startswith("关于") or bare.endswith(_GOES_ON):
        return False
    kind, sure = el.noun_of(title) or ("", "")
    if sure != "strong" or kind in _NO_PAPERS or el.organs_in(bare) is not None or WHOSE.match(bare):
        return False
    whose, about, _ = title.partition("关于")
    return el.organs_in(whose) is not None if about else WHOSE.match(title) is not None


def stands_over(line: str, title: str) -> bool:
    """Whether a line names nothing but an organ over a title that begins with whose it is itself, which neither 关于 nor
    another organ goes on with, or with it and that others issue it too; or nothing but the kind of what the title ends in.

    >>> stands_over("某城市水务局", "东山县河道管理办法"), stands_over("会议记录", "某学院第三次会议记录")
    (True, True)
    >>> stands_over("某城市水务局", "关于加强管理的通知"), stands_over("某城市教育局", "某城市财政局关于加强管理的通知")
    (False, False)
    >>> stands_over("某城市水务局", "某城市水务局等4部门关于加强管理的通知")
    True
    """
    if len(line) >= len(title):
        return False
    if el.is_bare_kind(line):
        return skeleton(title).endswith(skeleton(line))
    if (m := _AND_OTHERS.match(title)) and line.strip().startswith(m["first"]) and el.is_organ(line):
        return True
    own = WHOSE.match(title) is not None and "关于" not in title and not any(w in title for w in _PASSED_ON)
    return own and el.is_organ(line) and not el.is_organ(title) and (el.noun_of(title) or "?")[-1] == "strong"
