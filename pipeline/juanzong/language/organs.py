"""Organs: names of them as issuers, signers and recipients, told by the nouns they end in."""

from __future__ import annotations

from itertools import pairwise

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language.personal_names import names_one_of
from juanzong.language.text import unbalanced

ORGAN_NOUNS = (
    "政府", "委员会", "办公厅", "办公室", "党委", "党组", "党工委", "局", "厅", "部", "委", "院", "署", "会", "处",
    "所", "中心", "集团", "公司", "学校", "大学", "学院", "中学", "小学", "幼儿园", "医院", "银行", "协会", "学会",
    "指挥部", "领导小组", "工作组", "法院", "检察院", "科室", "科", "支队", "总队", "大队", "管委会", "联合会",
    "军分区", "警备区", "军区", "武装部", "总工会", "工会", "团委", "团市委", "团省委", "团县委", "团区委", "妇联",
    "科协", "文联", "残联", "侨联", "工商联", "社科联", "红十字会", "供销社", "联社", "政协", "人大", "总站", "站",
    "馆", "社", "分行", "支行", "海关", "税务局", "街道", "团中央", "全国妇联", "管理区", "示范区", "开发区",
    "办事处", "书院", "电视台", "报社", "研究院", "党校", "中队", "武警部队", "司令部", "政治部", "总行", "联盟",
    "基金会", "促进会", "事务所", "服务局", "出版社", "市委", "省委", "县委", "区委", "党支部", "党总支", "总局",
    "分局", "合作社", "矿", "厂", "林场", "农场", "园区", "督导室", "纪委", "监委", "总公司", "分公司", "医保局",
    "教务处", "调查组", "检查组", "督查组", "督导组", "巡察组", "巡视组", "验收组", "评审组", "评估组", "考核组", "专家组",
    "审计组", "编写组", "课题组", "调查队", "工作队", "救援队", "监测站", "组委会", "筹备组", "专班",
    "少年宫", "青年宫", "文化宫", "气象台", "电台",
)  # fmt: skip
# 办 for 办公室, not in verbs (承办, 一网通办)
_ENDING = (
    "(?:" + "|".join(sorted(ORGAN_NOUNS, key=len, reverse=True)) + "|(?<![承主举协筹开督催查审通帮代包兴创交经])办)"
)
_ORGAN_END = re.compile(rf"{_ENDING}(?:[（(][^（）()]{{1,12}}[）)])?$")
ENDS_OF_ORGANS = frozenset([noun[-1] for noun in ORGAN_NOUNS]) | {"办", "）", ")"}
"""The characters that an organ's name may end in, with what is printed beside it."""
SEAL_BESIDE = re.compile(r"(?<!\s)\s*[（(]\s*(?:印\s*章|盖\s*章|公\s*章|章|印)\s*[）)]$")
"""What marks the place of a seal behind the name of the organ that signs."""
_NOT_IN_ORGANS = re.compile(r"[，。；：、！？《》\d:;]|[有共][一二三四五六七八九十两几多]{1,3}处$")  # a count of places
_LONGEST_LINE = 200  # characters of a line in which an organ's name may be spread
_LONGEST_LIST = 2000  # characters of a line that names several
_WORD = re.compile(r"\S+")
_WIDE_GAP = re.compile(r"\s{2,}|　+|\t+")
_PERSON = r"(?:\p{Han}{2,4}|\p{Han}[\s　]+\p{Han}(?:[\s　]+\p{Han})?)"
_POST = (
    r"(?:[省市县区州]\s*长|[厅局部院校所社处科署]\s*长|主\s*任|主\s*席|书\s*记|总\s*理|董事长|总经理|秘书长"
    r"|行\s*长|司令员|政\s*委|代\s*理\s*[省市县区州]\s*长)"
)
_SIGNER = re.compile(
    rf"\s*(?:\p{{Han}}(?:\s{{0,6}}\p{{Han}}){{0,15}}?\s{{0,6}})?{_POST}(?:\s*[:：]\s*|[\s　]+){_PERSON}\s*$"
)
_OF_COURT = re.compile(  # who signs for a court, the name right behind or after blanks
    r"\s*(?:(?:代\s*理|助\s*理|独\s*任)\s*)?(?:审\s*判\s*[长员]|(?:人\s*民\s*)?陪\s*审\s*员|书\s*记\s*员|法\s*官\s*助\s*理|执\s*行\s*员"
    r"|检\s*察\s*[长员官]|(?:首\s*席\s*)?仲\s*裁\s*员)\s*[:：]?\s*"
    r"(?!助\s*理|名\s*单|培\s*训|职\s*责|制\s*度|管\s*理)(?:\p{Han}{2,3}|\p{Han}\s+\p{Han}(?:\s+\p{Han})?|\p{Han}{1,8}·\p{Han}{1,8})\s*$"
)
# papers of a kind, which no organ heads: 招标文件, 程序文件
_KINDS = "招标 采购 磋商 谈判 询价 比选 投标 响应 程序 体系 质量 管理 控制 技术 政策 法律 制度 规范性 指导性 配套 支撑 证明 佐证 申报"
_OF_KIND = "|".join(map(r"\s*".join, _KINDS.split()))
LETTERHEAD = re.compile(
    r"\s*(?!.*关于|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节编])[\p{Han}（）()、\s]{3,40}"
    rf"(?:文\s*件(?<!(?:{_OF_KIND})\s*文\s*件)|(?:明|传)\s*电(?:\s*报)?)\s*$"  # of a telegram: 明传电报
)
# whom a letter is for where no organ is named
_GROUPS = (
    r"(?:单位|部门|机构|系|室|办|站|队|企业|员工|师生|同志|人员|负责人|代表|委员|居民|市民|村民|家长|学生"
    r"|老师|教师|朋友|同学|党员|干部|群众|职工|家庭|用户|业主|先生|女士|公民|客户|考生|会员|专家"
    r"|乡镇|乡|镇|街道|县|市|区|省|自治区|直辖市|州|盟|旗|村|社区|园区|直属|法人|事业)"
)
_MANY = r"(?:朋友|同学|老师|同志|家长|乡亲)们"  # behind who they are: 全市企业家朋友们
_OFFICES = r"(?:主席|委员长|总理|部长|厅长|局长|市长|省长|县长|区长|校长|院长|书记|董事长|总经理|教授|院士|大使|代表|委员|先生|女士|同志)"
# people by name, the last with what they are: 马某某副主席, 邓某某、韩某某委员; 常务副主任：, 执行主席： name nobody
_BY_NAME = re.compile(
    rf"(?!常务|执行|名誉|第一|办公)(?:\p{{Han}}{{2,4}}[、，,])*\p{{Han}}{{2,4}}(?<![常执名副])副?{_OFFICES}"
)
_SCHOOL = (
    r"(?<=[省市县区镇乡州旗]|\p{Han}{2})(?:[一二三四五六七八九十]{1,2}[中小]|职[校高])"  # 县三中, 东湖一小, 县职校
)
_RECIPIENT_END = re.compile(rf"(?:{_ENDING}|{_GROUPS}|{_SCHOOL}|\p{{Han}}{{3}}{_MANY})(?:[（(][^（）()]*[）)])*$")
_COLLECTIVE = re.compile(
    r"(?:各|有关|全体|所属|直属|机关|相关|本|省直|市直|县直|区直|驻|尊敬的|敬爱的|亲爱的|广大|在[^，]{1,6}各|中央)"
)
_RECIPIENT = re.compile(
    rf"\s*(?:{_COLLECTIVE.pattern}.{{1,40}}|.{{1,40}}(?:{_ENDING}|{_GROUPS})(?:[（(][^（）()]*[）)])*)\s*"
)
_ABOVE = re.compile(r"(?:人民政府|国务院|[省市州县区]委|党组|党委|常委会|常务委员会)$")  # to whom reports go
_NOT_RECIPIENTS = re.compile(
    r"如下|以下|包括|要求|目标|任务|原则|措施|内容|意见|情况|职责|负责|牵头|责任(?!公司)|配合|其中|主要|要$|按照|通过|建立|根据|为了|成员"
    r"|组长|地点|时间|电话|分工|范围|问题|标准|方式|步骤|通知$|^(?:一是|二是|三是)|[0-9]%"
)
_ALL_OF = re.compile(rf"(?:\p{{Han}}{{0,20}}{_ENDING})?各")  # or all those of an organ
# ... whatever they are: 某医院各临床、医技科室
_ALL_WITHIN = re.compile(rf"\p{{Han}}{{1,20}}{_ENDING}各(?!项(?!目)|种|类|地)")
_PLACE = re.compile(r"\p{Han}{2,4}")
_PLACE_ORGAN = re.compile(rf"\p{{Han}}{{1,4}}[省市州县区旗盟乡镇]\p{{Han}}{{0,4}}(?:{_ENDING})")
_COMMA = re.compile(r"[，,、；;]")
_PART = re.compile(r"[，,；]")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_SAID, _STOP = re.compile("[。？！“]"), re.compile("[。；：？]")  # in no line of names


def unspread(text: str) -> str:
    """A line without the blanks between single characters of spread print (东 山 县 人 民 政 府); blanks between words
    stay.

    >>> unspread("东 山 县 人 民 政 府"), unspread("某市人民政府　某军分区")
    ('东山县人民政府', '某市人民政府　某军分区')
    """
    parts = text.split()
    return "".join(parts) if len(parts) > 2 and all(len(p) <= 1 for p in parts) else text.strip()


@remembered
def is_organ(text: str) -> bool:
    """Whether a line may be the name of an organ: a signature, an issuer on a cover.

    >>> [is_organ(s) for s in ("某市人民政府", "某 县 总 工 会", "某军分区", "某市财政局（章）", "工作目标", "张文博  某县第二中学")]
    [True, True, True, True, False, False]
    """
    text = text.strip().strip("*")
    if (
        text.rstrip()[-1:] not in ENDS_OF_ORGANS or len(text) > _LONGEST_LINE or _NOT_IN_ORGANS.search(text)
    ):  # most lines: told at once
        return False
    whole, text = text, SEAL_BESIDE.sub("", unspread(text))
    return 2 <= len(text) <= 60 and bool(_ORGAN_END.search(text)) and not names_one_of(whole)  # of a list of people


_LISTED = re.compile(r"[^、\s][^、]*(?<!\s)")


@remembered
def organs_in(text: str) -> list[tuple[int, int]] | None:
    """Where the organs of a line stand that blanks or 、 part; None where a part is no organ.

    >>> organs_in("某市人民政府　某军分区"), organs_in("某市财政局 2021年"), organs_in("某 市 民 政 局")
    ([(0, 6), (7, 11)], None, [(0, 9)])
    >>> organs_in("财政部、司法部"), organs_in("财政部、司法部等")
    ([(0, 3), (4, 7)], None)
    >>> organs_in("一级指  二级指  分值  评分办")
    """
    if "、" in text and len(text) <= _LONGEST_LIST:
        if not is_organ(text[: text.index("、")]):  # as in most lines
            return None
        listed = [m.span() for m in _LISTED.finditer(text)]
        return listed if all(is_organ(text[a:b]) for a, b in listed) else None
    if len(text) > _LONGEST_LIST or _NOT_IN_ORGANS.search(text):
        return None
    if is_organ(text) and unspread(text) != text.strip():
        return [(len(text) - len(text.lstrip()), len(text.rstrip()))]
    spans = [m.span() for m in _WORD.finditer(text)]
    if len(spans) > 1 and all(is_organ(text[a:b]) and b - a >= 3 for a, b in spans):
        return spans
    gaps = [m.span() for m in _WIDE_GAP.finditer(text.strip())]
    if gaps:
        cuts = [0, *(x for gap in gaps for x in gap), len(text.strip())]
        at = len(text) - len(text.lstrip())
        wide = [(at + a, at + b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
        if all(is_organ(text[a:b]) for a, b in wide):
            return wide
        if len(wide) > 2:  # the names of columns
            return None
    return [(len(text) - len(text.lstrip()), len(text.rstrip()))] if is_organ(text) else None


_ENDED, _OF_PLACE = re.compile(_ENDING), re.compile(r"\p{Han}{1,4}?[省市县区州旗盟]")


def stuck_organs(name: str) -> list[int]:
    """Where a name parts into those of two organs that a reader set without the blank: the second begins with a place that the
    first names as well.

    >>> stuck_organs("中共某市委办公室某市人民政府办公室"), stuck_organs("国家税务总局某市税务局"), stuck_organs("某市公安局某区分局")
    ([8], [], [])
    """
    cuts = [
        m.end()
        for m in _ENDED.finditer(name)
        if (place := _OF_PLACE.match(name, m.end())) and place[0] in name[: m.start()]
    ]
    edges = [0, *cuts, len(name)]
    whole = all(is_organ(name[a:b]) for a, b in pairwise(edges))
    return cuts if cuts and whole else []


def signs_for_court(text: str) -> bool:
    """Whether a line names one who signs a judgment or has kept its record: 审判长, 人民陪审员, 书记员."""
    return _OF_COURT.match(text) is not None


def is_signatory(text: str) -> bool:
    """发文机关署名: one organ or several, or the post and name of who signs an order or a judgment.

    >>> [is_signatory(s) for s in ("审 判 长　李 某", "人民陪审员李某某", "书记员管理办法", "审判员培训", "检察官助理")]
    [True, True, False, False, False]
    >>> is_signatory("某市水务局  局长：张文博"), is_signatory("水  利  部  部长  李文")
    (True, True)
    """
    if signs_for_court(text):
        return True
    parted = "：" in text or ":" in text or len(text.split(None, 1)) > 1
    return organs_in(text) is not None or (parted and bool(_SIGNER.match(text)))


def is_addressee(text: str) -> bool:
    """主送机关: names of recipients and a colon at the end.

    >>> is_addressee("各县（市、区）人民政府，市政府各部门："), is_addressee("教务处、学生处，各系（部）："), is_addressee("主要目标：")
    (True, True, False)
    >>> is_addressee("某县第一中学，某县实验小学："), is_addressee("某某委员："), is_addressee("成员单位："), is_addressee("某军分区：")
    (True, True, False, True)
    >>> is_addressee("甲江、乙河、丙山省（自治区）人民政府："), is_addressee("研究、规划、全省人民政府工作：")
    (True, False)
    >>> is_addressee("全市企业家朋友们："), is_addressee("同志们：")
    (True, False)
    >>> is_addressee("各牵头医院，各乡镇卫生院："), is_addressee("各部门负责："), is_addressee("牵头单位：")
    (True, False, False)
    >>> is_addressee("各乡镇人民政府，指挥部各成员单位："), is_addressee("领导小组成员单位："), is_addressee("工作专班各成员职责：")
    (True, False, False)
    >>> is_addressee("县一中、县三中、县职校："), is_addressee("其一中："), is_addressee("分三小：")
    (True, False, False)
    >>> is_addressee("某镇人民政府，市指挥部各成员单位："), is_addressee("指挥部成员单位：")
    (True, False)
    >>> is_addressee("某医院各临床、医技科室："), is_addressee("县政府各项工作："), is_addressee("各单位负责人："), is_addressee("项目负责人：")
    (True, False, True, False)
    """
    text = unspread(text)
    if not text.endswith(("：", ":")) or len(text) >= 400 or _SAID.search(text) or unbalanced(text):
        return False
    if _BY_NAME.fullmatch(text.rstrip("：: ")):
        return True
    parts = _parts(text.rstrip("：: "))
    if any(_NOT_RECIPIENTS.search(p) and not _all_of_a_kind(p) for p in parts):
        return False
    if len(parts) > 1 and _PLACE_ORGAN.fullmatch(parts[-1]) and all(_PLACE.fullmatch(p) for p in parts[:-1]):
        return True  # 甲、乙、丙省人民政府：
    named = [bool(_RECIPIENT_END.search(p) or _COLLECTIVE.match(p) or _ALL_WITHIN.match(p)) for p in parts]
    named = [told and len(p) <= 40 for told, p in zip(named, parts, strict=True)]
    return bool(named) and named[0] and sum(named) * 2 >= len(named)


def _all_of_a_kind(part: str) -> bool:
    """Whether words name all recipients of a kind, whatever they say of them: 各牵头医院, 指挥部各成员单位."""
    return "各" in part and bool(_RECIPIENT_END.search(part)) and _ALL_OF.match(part) is not None


def _parts(text: str) -> list[str]:
    """What commas part, but for those in brackets."""
    return [p.strip() for p in _COMMA.split(_BRACKETED.sub("", text)) if p.strip()]


def names_recipients(text: str) -> bool:
    """Whether a line that may be 主送机关 names nothing but recipients, several or all of a kind: for texts that need
    have none, and may begin with whose duty follows (教务处：)."""
    bare = text.strip().rstrip("：:")
    parts = _COMMA.split(bare)
    many = (
        len(parts) > 1 or bare.startswith(("各", "有关", "全体", "所属", "直属", "机关")) or bool(_ABOVE.search(bare))
    )
    return many and is_addressee(text) and all(_RECIPIENT.fullmatch(p) for p in _PART.split(bare))


def opens_addressees(text: str) -> bool:
    """Whether a line may be the first of several that name recipients, by its form: the colon is still to come.

    >>> opens_addressees("各省、自治区、直辖市人民政府，"), opens_addressees("一、总体要求")
    (True, False)
    """
    text = text.strip()
    if not text or text.endswith(("：", ":")) or _STOP.search(text):
        return False
    parts = _parts(text)
    if not parts or len(parts[0]) > 40:
        return False
    return bool(_RECIPIENT_END.search(parts[0]) or _COLLECTIVE.match(parts[0]))


def lists_organs(text: str) -> bool:
    """Whether a line names several organs and nothing else, the first of which may be cut: the rest of 抄送机关.

    >>> lists_organs("室，市政协办公室，市法院，市检察院。"), lists_organs("市直各单位，请认真贯彻。")
    (True, False)
    >>> lists_organs("各人民团体，各新闻单位，")  # and goes on
    True
    """
    parts = _COMMA.split(text.strip().rstrip("。，、"))
    return len(parts) > 1 and "：" not in parts[0] and all(_RECIPIENT.fullmatch(p) for p in parts[1:])


def ends_cut_organ(above: str, text: str) -> bool:
    """Whether a line brings the rest of the organ that the list in the line above breaks off in, and others perhaps.

    >>> ends_cut_organ("抄送：市委办公室，北屏区人民", "政府。"), ends_cut_organ("抄送：市委办公室，北屏区人民", "请贯彻。")
    (True, False)
    """
    first, *others = _COMMA.split(text.strip().rstrip("。"))
    cut = re.split("[，、；,：:]", above.strip())[-1] + first
    return bool(first) and not re.search("[：:]", text) and all(_RECIPIENT.fullmatch(p) for p in (cut, *others))
