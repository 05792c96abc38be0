"""公文用语 and forms of everyday papers: how an agreement, a record of a meeting, a list of names opens, and how people
sign off what no date closes."""

from __future__ import annotations

import regex as re

from juanzong.language.document_types import is_bare_kind, type_of_title
from juanzong.language.list_groups import group_of
from juanzong.language.personal_names import is_name, names_one_of

_PERSON = r"(?:\p{Han}{2,4}|\p{Han}[\s　]+\p{Han})"
_PARTY = (
    r"(?:[甲乙丙丁供需买卖]|发包|承包|委托|受托|出租|承租|出借|借款|赠与|受赠|聘用|受聘|用人|承诺|保证|责任|转让|受让|采购|供应"
    r"|施工|建设|合作|授权|被授权|立协议|签约|服务|培养|派出|接收)\s*(?:方|人|单位)"
)
_MEETING = (
    r"(?:会\s*议)?\s*(?:时\s*间|地\s*点|日\s*期|主\s*题|议\s*题|议\s*程|名\s*称|主\s*持(?:\s*人)?|记\s*录(?:\s*人)?"
    r"|[参与到出列缺]\s*[会加席](?:\s*人\s*员)?)\s*[:：]"
)
_COLUMNS = r"\s*(?:[\p{Han}（）()/]{1,8}[\s　]+){2,}[\p{Han}（）()/]{1,8}\s*$"  # 日期 项目 地点
# what the covers of tenders and of applications for projects say, each word spread or not
_ON_COVERS = "|".join(
    r"\s*".join(word)
    for word in [
        "招标人",
        "招标单位",
        "采购人",
        "采购单位",
        "招标代理机构",
        "采购代理机构",
        "集采机构",
        "编制单位",
        "项目编号",
        "招标编号",
        "采购编号",
        "项目名称",
        "投标人",
        "供应商",
        "课题名称",
        "申报单位",
        "申报人",
        "申请人",
        "申请单位",
        "依托单位",
        "承担单位",
        "项目负责人",
        "课题负责人",
    ]
)
# type -> what stands right under the title of a text of that type
_OPENINGS: dict[str, re.Pattern[str]] = {
    "agreement": re.compile(
        rf"\s*(?:{_PARTY}\s*(?:[（(][^（）()]{{1,16}}[）)])?\s*[:：]|(?:合\s*同|协\s*议)\s*(?:编\s*号|书\s*号)\s*[:：]|签\s*[订约]\s*(?:时\s*间|地\s*点|日\s*期)\s*[:：]"
        r"|(?:为|根据|依据|经).{2,120}(?:双方|各方|协商|本合同|本协议)|(?:本人|我|本单位|本公司).{0,40}(?:承诺|保证))"
    ),
    "minutes": re.compile(rf"\s*{_MEETING}"),
    "certificate": re.compile(
        r"\s*(?:兹|特\s*(?:此|发|授|聘|颁)|证\s*书\s*(?:编\s*号|号码)|编\s*号\s*[:：]|.{0,30}(?:荣获|被评为|考核合格|成绩合格|特发此证|特此证明))"
    ),
    "annex_table": re.compile(_COLUMNS),
    "other": re.compile(rf"\s*(?:{_ON_COVERS})\s*(?:名\s*称\s*)?[:：]"),
    "roster": re.compile(
        rf"{_COLUMNS}|\s*(?:[（(]\s*共?\s*\d{{1,5}}\s*[人名位个所家]\s*[）)]|[（(].{{0,20}}(?:排名|排序|为序|笔画|顺序).{{0,10}}[）)]"
        rf"|(?:\S{{1,14}}[:：]\s*)?{_PERSON}(?:(?:[\s　]+|[、，,]){_PERSON}){{2,}}"
        rf"|\S(?:\s{{0,3}}\S){{0,13}}\s*[:：]\s*{_PERSON}(?:(?:[\s　]+|[、，,])\S+)*\s*$|\d{{1,3}}[.．、\s]\s*{_PERSON}(?:$|[\s　，,]))"
    ),
}
# the number that a paper has where it is kept: 合同编号：…
_KEPT = (
    r"(?:(?:合\s*同|协\s*议|项\s*目|报\s*告|证\s*书|档\s*案|案\s*卷|(?:应\s*急\s*)?预\s*案|文\s*件|手\s*册)\s*书?\s*)?"
    r"(?:编\s*号|版\s*本\s*号)\s*[:：]\s*[\p{Han}\w（）()〔〕\[\]./-]{2,40}"
)
_KEPT_AS = re.compile(rf"\s*{_KEPT}(?:\s{{2,}}{_KEPT})?\s*$")  # also side by side with that of the version
# a form that is signed by hand: 甲方（盖章）：, 签字：, 日期：2023年4月1日
_SIGNED = re.compile(
    r"\s*(?:\S{0,14}?(?:[（(]\s*(?:盖\s*章|签\s*[字名章]|公\s*章|签\s*字\s*盖\s*章|手\s*印)\s*[）)]|签\s*[字名]|盖\s*章|负责人|代表人?|经办人|证明人|承诺人|申请人|记录人|审核人|填表人|制表人|校长|院长|班主任)\s*[:：]"
    r"|(?:日\s*期|签[订约]\s*日\s*期|填\s*表\s*日\s*期|时\s*间)\s*[:：]?\s*(?:\d{4}|_|\s)*\s*年)[^。；]{0,80}$"
    r"|[\s_]*年[\s_]+月[\s_]+日?\s*$"
)
_CLOSING = re.compile(
    r"\s*(?:特\s*此\s*(?:证\s*明|函\s*[告复达]|通\s*[知告报]|公\s*[告示]|批\s*复|说\s*明|申\s*请|报\s*告|声\s*明|承\s*诺)|此\s*[致复据令]|敬\s*礼)\s*[。!！]?\s*$"
)

_CLOSING_WORDS = re.compile(
    r"\s*(?:特\s*此|以上[\p{Han}]{0,12}[，,]?(?:妥否|当否|可否|如无不妥|请)|[妥当可]否|如无不妥|专此|此[复致令])"
)


def opens_closing(text: str) -> bool:
    """Whether a paragraph begins as the words do that close a letter.

    >>> [opens_closing(s) for s in ("以上意见如无不妥，请批转各区执行。", "特此通知。", "妥否，请批示。", "以上各项合计三万元。")]
    [True, True, True, False]
    """
    return _CLOSING_WORDS.match(text) is not None


def opens_kind(kind: str | None, text: str) -> bool:
    """Whether a line opens a text of a type, as it stands right under its title.

    >>> opens_kind("agreement", "甲方（学校）：某职业学院"), opens_kind("minutes", "会议时间：3月6日"), opens_kind("minutes", "甲方：某村")
    (True, True, False)
    >>> opens_kind("roster", "二等奖（3名）"), opens_kind("roster", "王静雅"), opens_kind("notice", "王静雅")
    (True, True, False)
    >>> opens_kind("roster", "机电部：张伟　刘洋　孙丽"), opens_kind("roster", "（共6人）"), opens_kind("roster", "加强名单管理。")
    (True, True, False)
    """
    if kind == "roster" and (group_of(text) or names_one_of(text) or is_name(text.strip())):
        return True
    pattern = _OPENINGS.get(kind or "")
    return pattern is not None and len(text) < 400 and pattern.match(text) is not None


def names_number(text: str) -> bool:
    """Whether a line says under which number a paper is kept, and nothing else.

    >>> names_number("合同编号：QX-2021-07"), names_number("编号：007"), names_number("编号：以下各表由县局编号，另行通知。")
    (True, True, False)
    >>> names_number("应急预案编号：SC-01        应急预案版本号：A-2024")
    True
    """
    return "号" in text and _KEPT_AS.match(text) is not None


_PAPER = 8  # characters of such a name


def is_paper(title: str) -> bool:
    """Whether a title names nothing but the kind of paper, as several in a row have it.

    >>> is_paper("荣誉证书"), is_paper("聘书"), is_paper("某学院2021年毕业证书管理"), is_paper("某市规划")
    (True, True, False, False)
    """
    return is_bare_kind(title) or (len(title.strip()) <= _PAPER and type_of_title(title) == "certificate")


def signs_off(text: str) -> bool:
    """Whether a line is what people sign a paper with, by hand or in words, so that the next line may begin another.

    >>> [signs_off(s) for s in ("甲方（盖章）：        乙方（盖章）：", "日期：2023年4月1日", "特此证明。", "负责人：张伟，副组长：刘洋。")]
    [True, True, True, False]
    """
    return len(text) < 120 and bool(_SIGNED.match(text) or _CLOSING.match(text))
