"""Lines that are entries of a list or fields of a form: a label and its value, a name and what it is."""

from __future__ import annotations

import regex as re

from juanzong.language.form_lines import is_field
from juanzong.language.numbering import heading_of
from juanzong.language.openings import ends_attendance
from juanzong.language.organs import is_organ
from juanzong.language.text import ends_sentence
from juanzong.stages.structure.cuts import LEAST_WIDTH, print_length

_ENTRY = re.compile(r"\s*(?:\p{Han}[\p{Han}\s（）()]{0,10}[:：]\s*\S|\p{Han}(?:\p{Han}{1,3}|\s+\p{Han})\s+\p{Han}{2,})")
_WIDE = re.compile(r"\S(?: {3,}|　{2,})\S")  # between a name and what he is
_PEOPLE = re.compile(r"(?:同志|负责人|责任人|成员|人员|代表)$")  # how the last line of such a list may end
# the end of a value that is whole: 有效期：2023年1月1日至2023年12月31日, 公示期：5月11日至5月15日（5天）; where to sign
_DATED = re.compile(r"\d\s?[年月日]\s*(?:[（(][^（）()。；]{1,12}[）)]\s*)?$")
_SIGNS = re.compile(r"[:：]\s*[（(]\s*(?:公\s*章|盖\s*章|签\s*[字名章])(?:或盖章)?\s*[）)]\s*$")
_SPEAKS = re.compile(r"\s*\p{Han}{1,4}\s*[:：]\s*\S")  # 审：被告人有无异议？
# a label behind a wide blank, as those have who sign side by side
_BESIDE = re.compile(r"\S(?: {3,}|　{2,})\p{Han}[\p{Han}（）()]{1,14}[:：]")
SENTENCE = re.compile("[。；，！？,;]")
GOES_ON = ("，", "、", ",", "的", "和", "与", "及")
"""What the end of a piece shows that it breaks off."""


def _lists(text: str) -> bool:
    """Whether a line is an entry of a list of names: a label and a value, or a name and what it is.

    >>> _lists("组 长：刘志强 药学部主任药师"), _lists("王 磊 药剂科主管药师"), _lists("加快建设 和完善，")
    (True, True, False)
    """
    return bool(_ENTRY.match(text)) and not SENTENCE.search(text)


def are_entries(before: str, after: str) -> bool:
    """Whether two lines are entries of a list of names or fields of a form, or the first one is the last of them; or what
    one and another says, each in a line of his own."""
    if ends_attendance(before, after) or _SIGNS.search(before) or _speak_in_turn(before, after):
        return True
    # too short to have been broken off
    alone = print_length(before) < LEAST_WIDTH - 2 and "、" not in before and heading_of(before) is None
    if (alone or _is_whole_value(before)) and is_field(before) and not SENTENCE.search(before):
        return True
    field = is_field(after) and not before.endswith(GOES_ON) and not SENTENCE.search(after)
    if field and (alone or is_field(before) or ends_sentence(before)):
        return True
    if _sign_beside(before) or (_sign_beside(after)):
        return True
    several = is_field(after) and is_field(before)  # names that ; parts
    if several and not SENTENCE.search(before) and not ends_sentence(after):
        return True
    return _lists(before) and (alone or _lists(after) or bool(_WIDE.search(before) or _PEOPLE.search(before)))


def _sign_beside(text: str) -> bool:
    """Whether a line has a label behind a wide blank, and is no sentence: 某某事务所　　　注册会计师：姜涛."""
    return ("   " in text or "　　" in text) and _BESIDE.search(text) is not None and not SENTENCE.search(text)


def _speak_in_turn(before: str, after: str) -> bool:
    """Whether each of two lines begins with who says it."""
    return bool(_SPEAKS.match(after) and _SPEAKS.match(before))


def _is_whole_value(text: str) -> bool:
    """Whether what stands behind a label ends in a date, or is an organ's or a firm's whole name: 承包人（全称）：某某工程有限公司."""
    return _DATED.search(text) is not None or is_organ(text.replace("：", ":").rpartition(":")[2].strip())


def is_whole_field(text: str) -> bool:
    """Whether a piece is a label in bold and its value, and no sentence: **审计项目：** 某项资金."""
    return SENTENCE.search(text) is None and is_field(text.replace("**", ""))
