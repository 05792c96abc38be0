"""Lines that stand on a form beside its table: who has drawn it up, how to fill it in, labels before their values."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language.document_types import type_of_title
from juanzong.language.labels import UNIT
from juanzong.language.numbering import TABLE_CAPTION
from juanzong.language.organs import is_organ

UNIT_BESIDE = re.compile(  # behind a caption, or beside whose table it is
    r"(?<=\S)\s+(?=[（(]?\s*(?:计量|投资|金额|数量)?单位\s*[:：]\s*(?:[^（）()]|[（(][^（）()]{1,12}[）)]){1,20}[）)]?\s*$)"
)
FILLED_IN = re.compile(
    r"\d{4}\s*年(?:[\d\s]*(?:[—–～~至-]\s*\d{1,2}\s*)?月[\d\s]*日?|第?[一二三四1-4]季度|[上下]半年|度)|[^:：]{2,16}[:：]\s*(?:[（(]\p{Han}{2}[）)])?.{0,30}"
)
# of which year, term or part a paper is, below its title: （2022年）, （第二批）
OF_PART = re.compile(r"[（(](?=[^（）()]*(?:年|[期届批季月]|班|学期))[^（）()]{2,20}[）)]")
_MADE_BY = re.compile(r"\s*(?:(?:监|印|编|统一印|统一监)\s*)?(?:制|印)$")
_LABEL = re.compile(r"\s*(\p{Han}[\p{Han} 　]{1,9})(?:[（(][^（）()章签]{1,12}[）)])?\s*[:：]")
# 承担单位：某某研究所, 甲方（盖章）：某某公司
_FIELD = re.compile(r"\s*\p{Han}(?:\s*\p{Han}){1,7}\s*(?:[（(]\p{Han}{1,8}[）)])?\s*[:：]\s*\S")
_NAME = re.compile(r"\p{Han}(?:\s*\p{Han}){1,9}\s*[:：]?")
_LONGEST_VALUE = 60  # characters of a label with its value
_BEFORE_COLON = 24  # characters of a label, with what stands in brackets behind it
_FILLED_IN = re.compile(r"填\s*[表写报]\s*(?:说\s*明|须\s*知|要\s*求|注\s*意\s*事\s*项)")


def is_of_form(text: str) -> bool:
    """Whether a line stands on a form under its title: who has drawn it up, or how to fill it in.

    >>> is_of_form("某市教育局制"), is_of_form("填 表 说 明"), is_of_form("某市编制说明")
    (True, True, False)
    """
    made = _MADE_BY.search(text)
    return _FILLED_IN.fullmatch(text) is not None or (made is not None and is_organ(text[: made.start()]))


def stands_over_table(parts: Sequence[str]) -> bool:
    """Whether the parts of a line are what stands over a table: at the right margin its unit, before that its caption, or
    whose it is, or when it was made.

    >>> stands_over_table(["表1 收支情况", "单位：万元"]), stands_over_table(["填报单位：甲局", "2023年度", "单位：元"])
    (True, True)
    >>> stands_over_table(["项目", "单位：万元"]), stands_over_table(["单位：甲局", "电话：8220"])
    (False, False)
    """
    first, *others = [part.strip() for part in parts] or [""]
    if not others or UNIT.fullmatch(others[-1]) is None:
        return False
    named = TABLE_CAPTION.match(first) is not None or type_of_title(first) == "annex_table"
    return all(FILLED_IN.fullmatch(part) for part in (others[:-1] if named else [first, *others[:-1]]))


def is_field(text: str, start: int = 0) -> bool:
    """Whether a text has at `start` a label of Chinese characters, and behind its colon a value.

    >>> is_field("承担单位：某某研究所"), is_field("甲　方（盖章）: 某某公司"), is_field("审核人："), is_field("第2条：甲")
    (True, True, False, False)
    """
    return ("：" in text or ":" in text) and _FIELD.match(text, start) is not None


def names_field(text: str) -> bool:
    """Whether a text is the label of a form's field and nothing else, spread or not.

    >>> names_field("单 位"), names_field("姓名："), names_field("3 人")
    (True, True, False)
    """
    return _NAME.fullmatch(text) is not None


def label_before_value(text: str) -> str:
    """The label that a line begins with, its blanks gone; '' where it begins with none, is prose or is signed by hand.

    >>> label_before_value("时 间：2023年3月1日"), label_before_value("甲方（学校）：某学院")
    ('时间', '甲方')
    >>> label_before_value("甲方（盖章）："), label_before_value("要求：抓好落实，按时报送。")
    ('', '')
    """
    head = text[:_BEFORE_COLON]
    if not ("：" in head or ":" in head) or len(text) > _LONGEST_VALUE or text.rstrip().endswith(("。", "；")):
        return ""
    m = _LABEL.match(text)
    return "".join(m[1].split()) if m else ""


def fills_in_anew(text: str, before: str) -> bool:
    """Whether a line has the label of another one and another value.

    >>> fills_in_anew("时间：4月5日", "时间：3月1日"), fills_in_anew("时间：4月5日", "地点：三楼"), fills_in_anew("会议开始。", "会议结束。")
    (True, False, False)
    """
    label = label_before_value(text)
    return label != "" and text != before and label == label_before_value(before)
