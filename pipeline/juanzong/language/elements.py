"""公文 elements of GB/T 9704-2012, each told from one line by its form."""

from __future__ import annotations

import regex as re

from juanzong.language.numbering import ANNEX, heading_of
from juanzong.language.text import ends_sentence, fold, unbalanced

_ORGAN = (
    r"(?:政府|委员会|办公厅|办公室|党委|党组|局|厅|部|委|院|署|会|处|所|中心|集团|公司|学校|大学|学院|中学|小学|医院|银行|"
    r"协会|学会|指挥部|领导小组|法院|检察院|科室|科|支队|总队|大队|管委会|联合会)"
)
# nouns a title ends in -> type of document
NOTICE = r"(?:通知|函|批复|通报|公告|决定|命令|令|通告|公报|请示|复函|公示)"
REGULATION = r"(?:条例|规定|办法|细则|章程|规则|规范|准则|规程|守则|制度)"
PLAN = r"(?:规划|纲要|方案|计划|措施|意见|要点|行动|目标|蓝图|指南|政策|任务分工|分工方案|规划纲要|预案)"
REPORT = r"(?:报告|报告书|说明书|分析|调研|综述)"
TABLE = r"(?:表|一览|清单|目录|台账|统计|汇总)"
ROSTER = r"(?:名单|花名册|名册)"
AGREEMENT = r"(?:合同|协议|协议书|合同书|意向书|备忘录)"
CERTIFICATE = r"(?:证书|证明|聘书|聘任书|资格证|许可证|执照)"
SUMMARY = r"(?:总结|小结|工作总结)"
OTHER_NOUNS = r"(?:说明|指标|布局图|布局|示意图|图|材料|简介|纪要|议程|须知|解读|标准|大纲|手册|倡议书)"
_TAIL = r"(?:\s*[（(][^（）()]{1,30}[）)])*[》”\"]?\s*$"
TYPE_NOUNS: tuple[tuple[str, str], ...] = (
    ("notice", NOTICE),
    ("roster", ROSTER),
    ("agreement", AGREEMENT),
    ("certificate", CERTIFICATE),
    ("summary", SUMMARY),
    ("annex_table", TABLE),
    ("regulation", REGULATION),
    ("plan", PLAN),
    ("report", REPORT),
    ("other", OTHER_NOUNS),
)
_ORGAN_END = re.compile(_ORGAN + r"$")
_SEAL = re.compile(r"\s*[（(](?:印章|盖章|公章|章|印)[）)]$")
_NOT_IN_ORGANS = re.compile(r"[，。；：、！？《》\d]")
_IN_FORCE = re.compile(r"自.{2,24}(?:之日)?起\s?(?:施行|实施|执行|生效)(?:[，,].{0,30}废止)?。\s*$")
OPENS_LETTER = re.compile(r"现将|现予|现就|现对|兹将|兹定于|兹证明|兹有|特此")  # 公文用语 that a letter opens with
_SENTENCE = re.compile(r"[。；！？\t]")
_SIGNER = re.compile(
    r"\s*(?:[省市县区州]长|[厅局部院校所社]长|主\s*任|主\s*席|书\s*记|总\s*理|董事长|总经理)[\s　]+(?:\p{Han}{2,4}|\p{Han}[\s　]+\p{Han})\s*$"
)
_NOUN = {kind: re.compile(nouns + _TAIL) for kind, nouns in TYPE_NOUNS}

DATE = re.compile(
    r"\s*[（(]?(?:[12]\d{3}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|[二〇○零一三四五六七八九OＯ]{4}\s*年\s*[一二三四五六七八九十]{1,2}\s*月(?:\s*[一二三四五六七八九十]{1,3}\s*日)?|[12]\d{3}[-/.]\d{1,2}(?:[-/.]\d{1,2})?)[）)]?\s*$"
)
PRINTED_ON = re.compile(
    r"(?P<by>.{0,30}?)\s*(?P<on>(?:[12]\d{3}|[二〇○零一三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日)\s*印\s*[发制]\s*$"
)
DOC_NUMBER = re.compile(
    r"\s*(?P<value>[\p{Han}A-Za-z]{1,16}(?:[（(][^）)]{1,6}[）)])?\s*[〔\[（(［【]\s*(?:19|20)\d{2}\s*[〕\]）)］】]\s*(?:第\s*)?\d{1,5}\s*号"
    r"|第\s*\d{1,4}\s*号)\s*$"
)
DOC_NUMBER_SIGNER = re.compile(r"(?P<value>.{3,30}号)\s+签发人[:：]\s*(?P<signer>\S.*)$")
APPROVAL = re.compile(
    r"\s*[（(].{4,80}(?:通过|批准|审议|审定|公布|发布|施行|修正|修订|批复|印发|颁布)[^。]{0,40}[）)]\s*$"
)
LETTERHEAD = re.compile(r"\s*[\p{Han}（）()、\s]{3,40}文\s?件\s*$")
ADDRESSEE_HEAD = re.compile(
    r"\s*(?:各|有关|省|市|县|区|全[省市县区校体院]|[\p{Han}]{2,24}(?:政府|委员会|局|厅|部|委|办|院|会|公司|单位|部门|机构|学院|大学|科室|处|室|系|所|中心|员工|师生|同志))"
)
# one of the recipients that commas part: an organ, or all of a kind (各科室, 直属单位, 全体教职工)
_RECIPIENT = re.compile(
    rf"\s*(?:(?:各|有关|全体|机关|所属|直属|本|相关).{{1,40}}|.{{1,40}}(?:{_ORGAN}|单位|部门|机构|系|室|办|站|队|企业|员工|师生|同志|人员|代表)(?:[（(][^（）()]*[）)])*)\s*"
)
ATTACHMENT_LIST = re.compile(r"\s*附\s?件\s*[:：]\s*(?P<first>\S.*)$", re.DOTALL)
ATTACHMENT_NAMED = re.compile(r"\s*附\s?件\s*(?P<number>\d{1,2})\s*[:：.．、]\s*(?P<title>\S.*)$", re.DOTALL)
ATTACHMENT_ITEM = re.compile(r"\s*(?P<number>\d{1,2})\s*[.．、]\s*(?P<title>\S.*)$", re.DOTALL)
# 附表 with a number is the caption of a table in the text; alone it marks an annex
ANNEX_MARK = re.compile(
    r"\s*附\s?(?:(?:件|录)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})?(?:[-—－]\d{1,2})?|表)\s*[:：]?\s*$"
)
LABELS: dict[str, re.Pattern[str]] = {
    "index_number": re.compile(r"\s*索\s*引\s*号\s*[:：]\s*"),
    "category": re.compile(r"\s*(?:主题)?分\s*类\s*[:：]\s*"),
    "publisher": re.compile(r"\s*(?:发布机构|发布单位|发文机关|发文单位|公开主体)\s*[:：]\s*"),
    "web_issued_on": re.compile(r"\s*(?:成文日期|生成日期|发文日期)\s*[:：]\s*"),
    "web_title": re.compile(r"\s*(?:标\s*题|文件名称)\s*[:：]\s*"),
    "web_number": re.compile(r"\s*(?:文\s*号|发文字号|文件编号)\s*[:：]\s*"),
    # 时间 and 日期 label the hour of a meeting as well: a web page's stand before a date in figures and dashes
    "published_on": re.compile(
        r"\s*(?:(?:发布日期|发布时间|公开日期)\s*[:：]\s*|(?:时间|日期)\s*[:：]\s*(?=\d{4}-\d))"
    ),
    "source": re.compile(r"\s*(?:来源|信息来源|稿件来源)\s*[:：]\s*"),
    "signer": re.compile(r"\s*签\s*发\s*人\s*[:：]\s*"),
    "validity": re.compile(r"\s*(?:有效性|时效性|主题词|效力状态|关键词)\s*[:：]\s*"),
}
IMPRINT: dict[str, re.Pattern[str]] = {
    "disclosure": re.compile(r"\s*[（(]?(?:信息)?公开(?:方式|选项|属性|类别|形式)\s*[:：]\s*"),
    "copied_to": re.compile(r"\s*抄\s*送\s*(?:机关)?\s*[:：]\s*"),
    "proofreader": re.compile(r"\s*校\s*对\s*[:：]\s*"),
    "annotation": re.compile(r"\s*[（(](?:此件|联系人|此文)[^）)]*[）)]\s*$"),
}
SECURITY = re.compile(r"\s*(?:绝密|机密|秘密|内部)(?:★.{0,8})?\s*$")
URGENCY = re.compile(r"\s*(?:特急|加急|特提|平急|急件)\s*$")
UNIT = re.compile(r"\s*[（(]?\s*(?:计量|投资|金额|数量)?单位\s*[:：]\s*(?P<value>[^）)]{1,20})[）)]?\s*$")
TABLE_NOTE = re.compile(r"\s*(?:注|说明|备注|附注|资料来源|数据来源|注释)\s*\d?\s*[:：]\s*\S")
CLOSING_NOTES = re.compile(r"\s*[#*\s]*注\s*释\s*[:：]?\s*\**\s*$")


def type_of_title(title: str) -> str | None:
    """The type that a title's last noun tells; None where it ends in none.

    >>> [type_of_title(t) for t in ("关于印发《某规划》的通知", "某市水务“十四五”规划", "某管理办法（试行）", "第一章 总则")]
    ['notice', 'plan', 'regulation', None]
    """
    bare = "".join(title.replace("*", "").split())
    for kind, pattern in _NOUN.items():
        if pattern.search(bare):
            return kind
    return None


def is_bare_kind(title: str) -> bool:
    """Whether a title is nothing but the noun of its kind.

    >>> is_bare_kind("证  明"), is_bare_kind("某市条例")
    (True, False)
    """
    bare = "".join(title.replace("*", "").split())
    return any(kind != "other" and pattern.match(bare) for kind, pattern in _NOUN.items())


def is_organ(text: str) -> bool:
    """Whether a line may be the name of an organ: a signature, an issuer on a cover."""
    text = _SEAL.sub("", text.strip().strip("*"))
    return 2 <= len(text) <= 60 and bool(_ORGAN_END.search(text)) and not _NOT_IN_ORGANS.search(text)


def may_be_title(text: str) -> bool:
    """Whether a line could be (part of) a title, by its form alone."""
    bare = text.strip().strip("*").strip()
    if (
        not 2 <= len(bare) <= 90
        or (ends_sentence(bare) and not bare.endswith(("》", "）", ")", "”", '"')))
        or _SENTENCE.search(bare)
    ):
        return False
    if heading_of(bare) or DATE.match(bare) or DOC_NUMBER.match(bare) or APPROVAL.match(bare) or ANNEX.fullmatch(bare):
        return False
    return not any(
        p.match(bare)
        for p in (*LABELS.values(), *IMPRINT.values(), UNIT, TABLE_NOTE, ATTACHMENT_LIST, ATTACHMENT_NAMED, PRINTED_ON)
    )


def closes(text: str) -> bool:
    """Whether a line ends a text, so that the next may begin another: a date, a line of the imprint, the clause that
    puts a regulation into force.

    >>> closes("2021年5月12日"), closes("第三条 本办法自发布之日起施行。"), closes("自2021年起逐年增长。")
    (True, True, False)
    """
    return bool(DATE.match(text) or PRINTED_ON.match(text) or _IN_FORCE.search(text[-80:])) or any(
        p.match(text) for p in IMPRINT.values()
    )


def is_addressee(text: str) -> bool:
    """主送机关: names of organs and a colon at the end.

    >>> is_addressee("各县（市、区）人民政府，市政府各部门："), is_addressee("教务处、学生处，各系（部）："), is_addressee("主要目标：")
    (True, True, False)
    """
    text = text.strip()
    return (
        text.endswith(("：", ":"))
        and len(text) < 300
        and not re.search("[。；]", text)
        and bool(ADDRESSEE_HEAD.match(text))
        and unbalanced(text) == 0
    )


def names_recipients(text: str) -> bool:
    """Whether a line that may be 主送机关 names nothing but recipients, several or all of a kind: for texts that need
    have none, and may begin with whose duty follows (教务处：)."""
    bare = text.strip().rstrip("：:")
    parts = re.split(r"[，,、；]", bare)
    many = len(parts) > 1 or bare.startswith(("各", "有关", "全体", "所属", "直属", "机关"))
    return many and is_addressee(text) and all(_RECIPIENT.fullmatch(p) for p in re.split(r"[，,；]", bare))


def lists_organs(text: str) -> bool:
    """Whether a line names several organs and nothing else, the first of which may be cut: the rest of 抄送机关.

    >>> lists_organs("室，市政协办公室，市法院，市检察院。"), lists_organs("市直各单位，请认真贯彻。")
    (True, False)
    """
    parts = re.split(r"[，,、；]", text.strip().rstrip("。"))
    return len(parts) > 1 and all(_RECIPIENT.fullmatch(p) for p in parts[1:])


def is_signatory(text: str) -> bool:
    """发文机关署名: an organ, or the post and name of who signs an order."""
    return is_organ(text) or bool(_SIGNER.match(text))


def promulgated_titles(title: str) -> list[str]:
    """Folded titles of what a notice's title says it issues.

    >>> promulgated_titles("某省人民政府关于印发《某省规划（2021—2025年）》的通知")
    ['某省规划(2021—2025年)']
    """
    found = [fold(m) for m in re.findall(r"《((?:[^《》]|《[^《》]*》)+)》", title)]
    m = re.search(r"(?:印发|转发|发布|下发|颁布|公布)\s*(.+?)\s*的\s*(?:通知|函|决定|公告|通告)\s*$", title, re.DOTALL)
    if m and "《" not in m[1]:
        found.append(fold(m[1]))
    return found


def bare_title(title: str) -> str:
    """A contents entry or a quoted title, folded: without title marks and a document number at its end.

    >>> bare_title("《某市规划》（某府〔2021〕53号）"), bare_title("关于印发某规划的通知某办发〔2022〕11号")
    ('某市规划', '关于印发某规划的通知')
    """
    text = fold(title)
    text = re.sub(r"[(]?[\p{Han}]{1,10}[〔\[(]\d{4}[〕\])]\d{1,5}号[)]?$", lambda m: _split_number(m[0]), text)
    if text.startswith("《") and text.endswith("》") and text.count("《") == 1:
        text = text[1:-1]
    return text


_LISTED_NUMBER = re.compile(
    r"\s*(?:[（(]\s*(?P<in>[\p{Han}A-Za-z]{1,16}\s*[〔\[（(［【]\s*(?:19|20)\d{2}\s*[〕\]）)］】]\s*第?\s*\d{1,5}\s*号)\s*[）)]"
    rf"|(?<={NOTICE}|{PLAN}|{REGULATION}|{REPORT}|[》）])(?P<bare>\p{{Han}}{{2,10}}[〔\[［【]\s*(?:19|20)\d{{2}}\s*[〕\]］】]\s*第?\s*\d{{1,5}}\s*号))\s*$"
)
_YEAR_BRACKETS = re.compile(r"[〔\[（(［【]\s*((?:19|20)\d{2})\s*[〕\]）)］】]")


def parted_number(title: str) -> tuple[str, str]:
    """A contents entry -> its title and the document number at its end ("" where it prints none).

    >>> parted_number("《某市规划》（某府[2021]53号）"), parted_number("关于印发某规划的通知某办发〔2022〕11号")
    (('《某市规划》', '某府〔2021〕53号'), ('关于印发某规划的通知', '某办发〔2022〕11号'))
    >>> parted_number("某市条例（2019年修订）")
    ('某市条例（2019年修订）', '')
    """
    m = _LISTED_NUMBER.search(title)
    return (title[: m.start()], hooked(m["in"] or m["bare"])) if m else (title, "")


def hooked(number: str) -> str:
    """A document number with 〔〕 round its year (GB/T 9704-2012, 7.2.5), whatever brackets were printed.

    >>> hooked("某政发（2021]3号")
    '某政发〔2021〕3号'
    """
    return _YEAR_BRACKETS.sub(r"〔\1〕", number)


def year_brackets(number: str) -> list[int]:
    """Where in a document number brackets stand round its year that are no 〔〕, last first."""
    places = [k for m in _YEAR_BRACKETS.finditer(number) for k in (m.start(), m.end() - 1)]
    return [k for k in reversed(places) if number[k] not in "〔〕"]


def _split_number(tail: str) -> str:
    """What of a tail “的通知国办发〔2022〕11号” belongs to the title: all up to its last noun."""
    if tail.startswith("("):
        return ""
    m = re.match(rf".*(?:{NOTICE}|{PLAN}|{REGULATION}|{REPORT})(?=[\p{{Han}}]{{2,8}}[〔\[(])", tail)
    return m[0] if m else ""
