"""公文 elements of GB/T 9704-2012, each told from one line by its form."""

from __future__ import annotations

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language.annex_marks import (
    ANNEX_MARK,
    ATTACHMENT_ITEM,
    ATTACHMENT_LIST,
    ATTACHMENT_NAMED,
    BARE_MARK,
    PART_TITLED,
    attachment_number,
    counts_on,
    number_parts,
)
from juanzong.language.dates import DATE, PRINTED_ON, WEB_DAY, dates_beside, is_date, printed_on
from juanzong.language.doc_numbers import DOC_NUMBER, STANDARD, is_doc_number, number_in, numbers_in, signed_number
from juanzong.language.document_types import (
    ISSUES,
    bare_title,
    is_bare_kind,
    names_document,
    noun_of,
    number_start,
    promulgated_titles,
    type_of_title,
)
from juanzong.language.formulas import is_paper, names_number, opens_kind, signs_off
from juanzong.language.labels import (
    ABOUT,
    BARE_INDEX,
    CLOSING_NOTES,
    COPY_NUMBER,
    DISCLOSED,
    GRADES,
    HEAD_NOTE,
    IMPRINT,
    LABELS,
    TABLE_NOTE,
    TEXT_NOTE,
    UNIT,
    grade_beside,
    is_label,
    is_of_imprint,
    label_of,
    labels_in,
    names_in,
    names_label,
)
from juanzong.language.numbering import ANNEX, heading_of
from juanzong.language.openings import tells_revision
from juanzong.language.orders import order_number
from juanzong.language.organs import (
    LETTERHEAD,
    ends_cut_organ,
    is_addressee,
    is_organ,
    is_signatory,
    lists_organs,
    names_recipients,
    opens_addressees,
    organs_in,
    signs_for_court,
    unspread,
)
from juanzong.language.personal_names import surely_names_speaker
from juanzong.language.text import CENTURY, OF_YEAR, ends_sentence
from juanzong.language.told_names import printed_names, without_remark

__all__ = [
    "ABOUT",
    "ANNEX_MARK",
    "APPROVAL",
    "ATTACHMENT_ITEM",
    "ATTACHMENT_LIST",
    "ATTACHMENT_NAMED",
    "BARE_INDEX",
    "BARE_MARK",
    "CLOSING_NOTES",
    "COPY_NUMBER",
    "DATE",
    "DISCLOSED",
    "DOC_NUMBER",
    "GRADES",
    "HEAD_NOTE",
    "IMPRINT",
    "ISSUES",
    "LABELS",
    "LETTERHEAD",
    "OPENS_LETTER",
    "PART_TITLED",
    "PRINTED_ON",
    "STANDARD",
    "TABLE_NOTE",
    "TEXT_NOTE",
    "UNIT",
    "VERSION",
    "WEB_DAY",
    "attachment_number",
    "bare_title",
    "closes",
    "counts_on",
    "dates_beside",
    "ends_cut_organ",
    "ends_rules",
    "goes_on_with_approval",
    "grade_beside",
    "is_addressee",
    "is_approval",
    "is_bare_kind",
    "is_date",
    "is_doc_number",
    "is_label",
    "is_legend",
    "is_of_imprint",
    "is_organ",
    "is_paper",
    "is_signatory",
    "label_of",
    "labels_in",
    "lists_organs",
    "may_be_title",
    "may_name_annex",
    "names_document",
    "names_in",
    "names_label",
    "names_number",
    "names_recipients",
    "noun_of",
    "number_in",
    "number_parts",
    "number_start",
    "numbers_in",
    "opens_addressees",
    "opens_kind",
    "order_number",
    "organs_in",
    "printed_names",
    "printed_on",
    "promulgated_titles",
    "signed_and_dated",
    "signed_number",
    "signs_for_court",
    "signs_off",
    "type_of_title",
    "unspread",
    "without_remark",
]  # fmt: skip

# the clause that puts a text into force
_IN_FORCE = re.compile(r"自.{2,24}起\s?(?:施行|实施|执行|生效)(?:[，,。；].{0,60}废止)?。?\s*$")
_INTERPRETED = re.compile(r"负责解释。\s*$")
OPENS_LETTER = re.compile(r"现将|现予|现就|现对|兹将|兹定于|兹证明|兹有|特此")  # 公文用语 that a letter opens with
_SENTENCE = re.compile(r"[。；！？\t]")
_ADOPTED = r"(?:通过|批准|审议|审定|公布|发布|施行|修正|修订|批复|印发|颁布|起施行|修改)"
APPROVAL = re.compile(rf"\s*[（(].{{4,300}}{_ADOPTED}[^。]{{0,80}}[）)]\s*$", re.DOTALL)
_DAY = rf"{CENTURY}{OF_YEAR}{{2}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日"
_UNBRACKETED = re.compile(rf"\s*(?:根据\s*)?{_DAY}[^。；：]{{4,240}}{_ADOPTED}(?:[^。；]{{0,240}})$")
# the year of a version, which ends a title: （2023年修订）
VERSION = re.compile(
    r"\s*[（(\[〔]\s*(?:19|20)\d{2}\s*年?\s*(?:第[一二三四五六七八九十\d]{1,2}次)?(?:修订|修正|修改|修编)\s*(?:(?:版|本|稿)\s*)?[）)\]〕]\s*$"
)
_FIRST_OF_APPROVAL = frozenset("（(根1１2２")
_EFFECTIVE = re.compile(rf"\s*(?:自\s*)?{_DAY}\s*(?:起\s*)?(?:施行|实施|生效|公布|发布)\s*[）)]?\s*$")
# on a standard's cover: 2023-05-10 发布  2023-06-10 实施, and who issues it
_FIGURES = rf"{CENTURY}\d{{2}}\s?[-—–－.]\s?\d{{1,2}}\s?[-—–－.]\s?\d{{1,2}}"
_STANDARD_IN_FORCE = re.compile(rf"\s*{_FIGURES}\s*(?:起\s*)?实\s*施\s*$")
_STANDARD_ISSUED = re.compile(rf"\s*{_FIGURES}\s*发\s*布(?:\s+{_FIGURES}\s*实\s*施)?\s*$")
_ISSUED_BY = re.compile(r"\s*(?P<by>\p{Han}[\p{Han}\s]{3,40}?)\s*(?:联\s*合\s*)?发\s*布\s*$")


def is_approval(text: str) -> bool:
    """Whether a line says who adopted a text and when, in brackets or beginning with the date.

    >>> is_approval("（2015年6月1日某县人民政府公布）"), is_approval("2024年4月26日某某委员会第九次会议通过")
    (True, True)
    >>> is_approval("（2023年修订）")  # of a version: it ends the title
    False
    >>> is_approval("2021年5月6日，市政府召开会议审议通过方案。")
    False
    """
    if text.lstrip()[:1] not in _FIRST_OF_APPROVAL or VERSION.match(text):  # the first as in nearly all lines
        return False
    return bool(APPROVAL.match(text) or _UNBRACKETED.match(text) or _STANDARD_ISSUED.match(text))


def goes_on_with_approval(text: str) -> bool:
    """Whether a line under the one that says who adopted a text says when it was changed, or since when it is in force.

    >>> goes_on_with_approval("2018年7月31日 施行"), goes_on_with_approval("2018年全面施行。")
    (True, False)
    >>> goes_on_with_approval("2023-06-10 实施"), goes_on_with_approval("某市市场监督管理局 发布")  # of a standard
    (True, True)
    """
    return is_approval(text) or bool(_EFFECTIVE.match(text) or _STANDARD_IN_FORCE.match(text)) or _says_who_issues(text)


def _says_who_issues(text: str) -> bool:
    """Whether a line on a standard's cover says who issues it: 某局 发布."""
    m = _ISSUED_BY.match(text) if text.rstrip().endswith(("布", "发")) else None
    return m is not None and all(is_organ(part) for part in m["by"].split())


_DATE_ENDS = frozenset("日号月）)0123456789")
_SIGNED_AND_DATED = re.compile(r"\s*(?P<by>\S.{2,40}?)[\s，,]*(?P<on>[12二贰].{5,20})$")


def signed_and_dated(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where in a line the organ and the date stand that are all it says; None for another line.

    >>> signed_and_dated("某市人民政府办公室    2022年8月23日"), signed_and_dated("某市会议 圆满结束")
    (((0, 9), (13, 23)), None)
    >>> signed_and_dated("某市水务局2022年8月23日")  # where a reader let the blank go
    ((0, 5), (5, 15))
    """
    m = _SIGNED_AND_DATED.match(text) if text.rstrip()[-1:] in _DATE_ENDS else None
    if m is None or not is_date(m["on"]) or not is_signatory(m["by"]):
        return None
    return m.span("by"), m.span("on")


_MADE = re.compile(r"(?:共\s*同|联\s*合)\s*(?:编\s*[制印写]|印\s*[制发]|主\s*编)")  # under who made a cover's text
_LEGEND = re.compile(r"\s*图\s*例\s*")
_SIGN = re.compile(r"[●○◎⊙◉■□▲△▼▽◆◇★☆•·]\s|^[●○◎⊙◉■□▲△▼▽◆◇★☆•]")
_SAYS_OF = re.compile(r"《[^《》]+》\s*[已业]")  # 《某办法》已经…通过; also cut: 《某某办法》已 | 经市政府同意

_ITSELF = (
    "本(?:规划|纲要|方案|计划|条例|规定|办法|细则|措施|意见|通知|决定)"  # what a text calls itself, and never its title
)
_SAYS_ITSELF = re.compile(rf"{_ITSELF}|.*[，、自照据按反由在对从行用合于及和将以因与]{_ITSELF}$")


@remembered
def may_be_title(text: str) -> bool:
    """Whether a line could be (part of) a title, by its form alone."""
    bare = text.strip().strip("*").strip()
    if (
        not 2 <= len(bare) <= 130
        or (ends_sentence(bare) and not bare.endswith(("》", "）", ")", "”", '"')))
        or _SENTENCE.search(bare)
    ):
        return False
    if heading_of(bare) or is_date(bare) or is_doc_number(bare) or is_approval(bare) or ANNEX.fullmatch(bare):
        return False
    if tells_revision(bare) or _MADE.fullmatch(bare):
        return False
    # a sentence about a text; a line of a legend or a list
    if _SAYS_OF.match(bare) or _SIGN.search(bare) or is_legend(bare) or ("本" in bare and _SAYS_ITSELF.match(bare)):
        return False
    if bare.startswith("![") or is_label(bare) or ABOUT.match(bare) or ANNEX_MARK.match(bare):
        return False
    if is_of_imprint(bare) or printed_on(bare) or surely_names_speaker(bare):
        return False
    return not any(p.match(bare) for p in (UNIT, TABLE_NOTE, ATTACHMENT_LIST, ATTACHMENT_NAMED))


def is_legend(text: str) -> bool:
    """Whether a line says 图例: over the signs of a map, or as the name of an annex."""
    return _LEGEND.fullmatch(text) is not None


def may_name_annex(text: str) -> bool:
    """Whether what stands behind an annex's mark may be its title.

    >>> may_name_annex("样表"), may_name_annex("图例"), may_be_title("图例")
    (True, True, False)
    """
    return may_be_title(text) or is_legend(text)


def closes(text: str) -> bool:
    """Whether a line ends a text, so that the next may begin another: a date, a line of the imprint, the clause that
    puts a regulation into force.

    >>> closes("2021年5月12日"), closes("第三条 本办法自发布之日起施行。"), closes("自2021年起逐年增长。")
    (True, True, False)
    >>> closes("本条例自2004年7月1日起施行。1997年公布的《某县条例》同时废止。")
    True
    """
    return bool(is_date(text) or printed_on(text) or is_of_imprint(text) or _IN_FORCE.search(text[-80:]))


def ends_rules(text: str) -> bool:
    """Whether a clause is the last of rules: since when they are in force, who explains them.

    >>> [ends_rules(s) for s in ("本办法自2022年1月1日起施行。", "本办法由市水务局负责解释。", "由市水务局负责。")]
    [True, True, False]
    """
    return bool(_IN_FORCE.search(text) or _INTERPRETED.search(text))
