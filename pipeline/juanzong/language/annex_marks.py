"""附件: marks that head an annex, and the lines that list annexes."""

from __future__ import annotations

import regex as re

from juanzong.language.text import number_of

_NUMBER = r"(?:\d{1,2}|[A-ZＡ-Ｚ]|[０-９]{1,2}|[一二三四五六七八九十]{1,3})"
ATTACHMENT_LIST = re.compile(r"\s*附\s*(?:[件表]\s*)?(?:下载|列表)?[:：]\s*(?P<first>\S.*)$", re.DOTALL)
ATTACHMENT_NAMED = re.compile(r"\s*附\s*件\s*(?P<number>\d{1,2})(?:\s*[:：.．、]\s*|\s+)(?P<title>\S.*)$", re.DOTALL)
ATTACHMENT_ITEM = re.compile(
    r"\s*(?:[（(]\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[）)]"
    r"|(?P<number>\d{1,2})\s*[.．、﹒]|(?P<number>[一二三四五六七八九十]{1,3})\s*[、.．])\s*(?P<title>\S.*)$",
    re.DOTALL,
)
# what a bundle of evidence calls its parts: 佐证材料1-1, 支撑材料（三）, 证据2
_PART_NUMBER = r"(?:\d{1,2}(?:\s*[-—－–.．]\s*\d{1,2}){0,3}|[一二三四五六七八九十]{1,3})"
_PART = (
    r"(?:(?:佐\s*证|支\s*撑|支\s*持|证\s*明|申\s*报|评\s*审|参\s*评|迎\s*检|备\s*查|附\s*属|辅\s*助|相\s*关)\s*(?:材\s*料|资\s*料|文\s*件)|佐\s*证|证\s*据)"
    rf"\s*(?:{_PART_NUMBER}|[（(]\s*{_PART_NUMBER}\s*[）)])"
)
PART_TITLED = re.compile(
    rf"(?P<mark>\s*[【\[［（(]?\s*{_PART}\s*[】\]］）)]?"
    r"(?:\s*[:：、.．]|(?=\s)|(?<=[】\]］）)])|(?<=\d)(?=[\p{Han}《]))\s*)(?P<title>\S.{1,90})$"
)
# 附表 with a number is the caption of a table in the text; alone it marks an annex
ANNEX_MARK = re.compile(
    rf"\s*[（(【\[［]?\s*附\s*(?:(?:件|录)\s*(?:之\s*)?{_NUMBER}?(?:[-—－]\d{{1,2}})?|表|(?=[:：]))\s*[）)】\]］]?\s*[:：]?\s*$"
    rf"|\s*[【\[［（(]?\s*(?:{_PART}|材\s*料\s*{_PART_NUMBER})\s*[】\]］）)]?\s*[:：]?\s*$"
)
# 附件 alone, before the title of what is annexed or before the list
BARE_MARK = re.compile(r"\s*附\s*(?:件|录|表)?(?:下载|列表)?\s*[:：]\s*$|\s*附\s*件\s*$")


def attachment_number(m: re.Match[str]) -> int:
    """The number that ATTACHMENT_ITEM or ATTACHMENT_NAMED found.

    >>> [attachment_number(m) for s in ("2.某表", "(三)某表", "四、某表") if (m := ATTACHMENT_ITEM.match(s))]
    [2, 3, 4]
    """
    return number_of(m["number"]) or 0
