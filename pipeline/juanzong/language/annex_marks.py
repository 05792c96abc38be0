"""附件: marks that head an annex, and the lines that list annexes."""

from __future__ import annotations

import regex as re

from juanzong.language.text import number_of

_NUMBER = r"(?:\d{1,2}|[A-ZＡ-Ｚ]|[０-９]{1,2}|[一二三四五六七八九十]{1,3})"
NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_NUMERAL = re.compile(NUMERAL)
ATTACHMENT_LIST = re.compile(r"\s*附\s*(?:[件表]\s*)?(?:下载|列表)?[:：]\s*(?P<first>\S.*)$", re.DOTALL)
_FILE_KIND = "(?i:docx?|xlsx?|pptx?|pdf|wps|et|ofd|rtf|txt|zip|rar)"  # as the name of a file ends
FILE_NAMED = re.compile(rf"\.{_FILE_KIND}\s*$")  # a link to a file, on a web page
ATTACHMENT_NAMED = re.compile(
    r"\s*(?:附\s*件\s*(?P<number>\d{1,2}(?:[-—－]\d{1,2})?|[一二三四五六七八九十]{1,3})(?:\s*[:：.．、]\s*|\s+)"
    rf"|附\s*(?P<number>{NUMERAL})\s*[:：]\s*"
    r"|[【\[［（(]\s*附\s*件\s*(?P<number>\d{1,2}(?:[-—－]\d{1,2})?|[一二三四五六七八九十]{1,3})\s*[】\]］）)]\s*[:：]?\s*)"
    rf"(?P<title>(?!{_FILE_KIND}\s*$)\S.*)$",  # 附件1.docx names a file alone
    re.DOTALL,
)
ATTACHMENT_ITEM = re.compile(
    rf"\s*(?:[（(]\s*(?P<number>{NUMERAL})\s*[）)]"
    r"|(?P<number>\d{1,2}(?:[-—－]\d{1,2})?)\s*(?:[.．、﹒]|[:：](?!\d))|(?P<number>\d{1,2}(?:[-—－]\d{1,2})?)(?=\s+(?![份页张册套个名项])[\p{Han}《“])"
    r"|(?P<number>[一二三四五六七八九十]{1,3})\s*[、.．])\s*(?P<title>\S.*)$",
    re.DOTALL,
)
# what a bundle of evidence calls its parts: 佐证材料1-1, 支撑材料（三）, 证据2
_PART_NUMBER = r"(?:\d{1,2}(?:\s*[-—－–.．]\s*\d{1,2}){0,3}|[一二三四五六七八九十]{1,3})"
_PART = (
    r"(?:(?:佐\s*证|支\s*撑|支\s*持|证\s*明|申\s*报|评\s*审|参\s*评|迎\s*检|备\s*查|附\s*属|辅\s*助|相\s*关)\s*(?:材\s*料|资\s*料|文\s*件)|佐\s*证|证\s*据)"
    rf"\s*(?:{_PART_NUMBER}|[（(]\s*{_PART_NUMBER}\s*[）)])"
)
# what a meeting calls the papers before it: 常务会议材料之三, 会议文件（二）
_MEETING = rf"[\p{{Han}}\d]{{0,24}}会\s*议?\s*(?:议\s*题|材\s*料|文\s*件)\s*(?:之\s*)?(?:{_PART_NUMBER}|[（(]\s*{_PART_NUMBER}\s*[）)])"
PART_TITLED = re.compile(
    rf"(?P<mark>\s*[【\[［（(]?\s*{_PART}\s*[】\]］）)]?"
    r"(?:\s*[:：、.．]|(?=\s)|(?<=[】\]］）)])|(?<=\d)(?=[\p{Han}《]))\s*)(?P<title>\S.{1,90})$"
)
# what standards call an annex: by its part in them (GB/T 1.1-2020, 9.6, and the editions before)
ANNEX_KIND = r"[（(]\s*(?:规范性|资料性|标准的|提示的)\s*(?:附\s*录\s*)?[）)]"
# what a mark says of its annex in brackets, on its line or the one below: 附件3-2：（样表）
MARK_NOTE = (
    r"[（(]\s*(?:样\s*[表张本式]|格\s*式|式\s*样|模\s*板|范\s*[本例文]|示\s*例|参考(?:样\s*[式表]|文本|模板|格式)?|供\p{Han}{0,4}参考|空白?表?"
    r"|封\s*面|(?:征求意见|讨论|送审)稿)\s*[）)]"
)
MARK_NOTED = re.compile(rf"\s*{MARK_NOTE}\s*$|\s*(?:封\s*面|扉\s*页)\s*$")  # ... alone; or that its cover stands below
# 附表 with a number is the caption of a table in the text; alone it marks an annex
ANNEX_MARK = re.compile(
    rf"\s*[（(【\[［]?\s*附\s*(?:(?:件|录)\s*(?:之\s*)?(?:{_NUMBER}|[（(]\s*{NUMERAL}\s*[）)])?(?:[-—－]\d{{1,2}})?|{NUMERAL}(?:[-—－]\d{{1,2}})?|表|(?=[:：]))\s*[）)】\]］]?\s*[:：]?\s*(?:{MARK_NOTE}\s*)?$"
    rf"|\s*附\s*录\s*[A-ZＡ-Ｚ]\s*{ANNEX_KIND}\s*$"
    rf"|\s*附\s*件\s*{_NUMBER}(?:[-—－]\d{{1,2}})?\s*[.．、]\s*$"
    rf"|\s*[【\[［（(]?\s*(?:{_PART}|{_MEETING}|材\s*料\s*{_PART_NUMBER})\s*[】\]］）)]?\s*[:：]?\s*$"
)
_TABLE_MARK = re.compile(
    rf"\s*[（(【\[［]?\s*附\s*表\s*(?:{NUMERAL}|[（(]\s*{NUMERAL}\s*[）)])(?:[-—－]\d{{1,2}})?\s*[）)】\]］]?\s*[:：]?\s*$"
)
# 附件 alone, before the title of what is annexed or before the list
BARE_MARK = re.compile(r"\s*附\s*(?:件|录|表)?(?:下载|列表)?\s*[:：]\s*$|\s*附\s*件\s*$")


_COPIES = re.compile(r"(?:[一二三四五六七八九十两]{1,3}|\d{1,3})\s*[份张册套]\s*$")


def counts_copies(title: str) -> bool:
    """Whether what is told as attached is so many copies that go along, and no text of the bundle.

    >>> counts_copies("判决书（裁定书）六份"), counts_copies("某项目申报表")
    (True, False)
    """
    return _COPIES.search(title) is not None


def marks_annex(text: str) -> bool:
    """Whether a line right above the title of a document is its mark as an annex; there also 附表3, which elsewhere is
    the number of a table in the text.

    >>> marks_annex("附表3"), marks_annex("附件2"), marks_annex("附表3 名单")
    (True, True, False)
    """
    return bool(ANNEX_MARK.match(text) or _TABLE_MARK.match(text))


def ordinal_in(number: str) -> int | None:
    """The ordinal in a number or mark: 附件二 and 2 are one.

    >>> [ordinal_in(s) for s in ("附件二", "2", "附件")]
    [2, 2, None]
    """
    m = _NUMERAL.search(number)
    return number_of(m[0]) if m else None


def attachment_number(m: re.Match[str]) -> tuple[int, ...]:
    """The number that ATTACHMENT_ITEM or ATTACHMENT_NAMED found, and the one below it where it has two parts.

    >>> [attachment_number(m) for s in ("2.某表", "(三)某表", "四、某表", "1-2.某表") if (m := ATTACHMENT_ITEM.match(s))]
    [(2,), (3,), (4,), (1, 2)]
    """
    return number_parts(m["number"])


def number_parts(number: str) -> tuple[int, ...]:
    """The parts of an attachment's number; () where it prints none.

    >>> number_parts("1-2"), number_parts("三"), number_parts("")
    ((1, 2), (3,), ())
    """
    return tuple(number_of(part) or 0 for part in re.split("[-—－]", number)) if number else ()


def counts_on(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Whether a number of an attachment comes next after another; () before the first.

    >>> counts_on((), (1,)), counts_on((1, 1), (1, 2)), counts_on((1, 2), (2,)), counts_on((1,), (3,))
    (True, True, True, False)
    """
    if not before or not after:
        return after in ((1,), (1, 1))
    return (
        after == (*before[:-1], before[-1] + 1)
        or (after[0] == before[0] + 1 and after[1:] in ((), (1,)))
        or after == (*before, 1)
    )


_NEXT = re.compile(
    r"(?<=[；;，,\s》）)\p{Han}])(?P<mark>[（(](?P<number>\d{1,2})[）)]|(?P<number>\d{1,2})\s*[.．、](?:(?!\d)|(?=(?:19|20)\d{2}\s?年)))"
    r"|(?<=[；;\s》）)])(?P<mark>(?P<number>[一二三四五六七八九十]{1,3})、)"
)


def further_in(text: str) -> list[int]:
    """Where behind the first attachment that a line names the others begin, that count on.

    >>> further_in("1.甲表 2.乙表"), further_in("1.2025年甲表2.2025年乙表"), further_in("1.PM 2.5监测表"), further_in("甲表2.乙表")
    ([5], [9], [], [])
    """
    head, starts = ATTACHMENT_ITEM.match(text), list[int]()
    first = number_of(head["number"]) if head else None
    if first is None:
        return starts
    for m in _NEXT.finditer(text):
        if number_of(m["number"]) == first + len(starts) + 1:
            starts.append(m.start("mark"))
    return starts


def names_in(text: str) -> list[tuple[tuple[int, ...], str]]:
    """The numbers and titles of the attachments that a line names; none where it begins with no number.

    >>> names_in("1.甲表；2.乙表"), names_in("甲表")
    ([((1,), '甲表'), ((2,), '乙表')], [])
    """
    starts = [0, *further_in(text)]
    parts = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    bare = [part.rstrip("；;，,。 　") if part is not parts[-1] else part for part in parts]
    return [(attachment_number(m), m["title"]) for part in bare if (m := ATTACHMENT_ITEM.match(part))]
