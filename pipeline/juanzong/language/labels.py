"""Labels of elements that stand before their values: of a web page's head, of 版记, of tables and notes."""

from __future__ import annotations

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language.dates import WEB_DAY

# element -> the labels that name it, as words with room for the blanks of spread print
_WEB_WORDS: dict[str, tuple[str, ...]] = {
    "index_number": ("索引号", "信息索引号", "索取号", "公开索引号", "信息编号", "信息索引", "信息索引码", "公开编号", "统一编号"),
    "category": (
        "主题分类", "分类", "信息分类", "公文种类", "体裁分类", "组配分类", "体裁", "信息类别", "公开目录", "公文目录", "办理结果",
        "办理类别", "答复类别",
    ),
    "publisher": (
        "发布机构", "发布单位", "发文机关", "发文单位", "公开主体", "发文机构", "制发机关", "制定机关", "公布机关",
        "发布机关", "发布部门", "发文部门", "责任部门", "公开机构", "信息来源机构", "颁布单位",
        "颁布机关", "颁布部门",
    ),
    "web_issued_on": (
        "成文日期", "生成日期", "发文日期", "成文时间", "发文时间", "签发日期", "颁布日期", "公布日期", "制发日期",
        "印发日期", "公文生成日期", "文件生成日期",
    ),
    "web_title": ("标题", "文件名称", "文件标题", "信息名称", "政策名称", "公文标题", "法规名称", "名称"),
    "web_number": ("文号", "发文字号", "文件编号", "发文文号", "公文文号", "文件字号", "政策文号", "文件文号", "备注/文号",
                   "发布文号", "颁布文号", "公布文号", "批准文号"),
    "published_on": (
        "发布日期", "发布时间", "公开日期", "公开时间", "更新时间", "录入时间", "上载日期", "上传日期", "上传时间", "发表时间", "发稿时间", "发布于",
    ),
    "source": ("source", "来源", "信息来源", "稿件来源", "文章来源", "出处"),
    "signer": ("签发人",),
    "keywords": ("主题词", "关键词", "关键字"),
    "validity": (
        "有效性", "时效性", "效力状态", "施行日期", "实施日期", "生效日期", "失效日期", "废止日期",
        "生效时间", "失效时间", "废止时间", "施行时间", "实施时间", "修正日期", "修订日期", "废止说明", "公开时限", "公开程序",
        "效力级别", "效力等级", "效力位阶", "适用地区", "适用区域", "发布层级", "行业分类", "法规类别", "时效状态", "公开范围",
        "是否有效", "有效期", "效力", "文件状态",
    ),
}  # fmt: skip
# what a web page or a law database prints about itself: no element of the document
_ABOUT = (
    "访问量", "浏览次数", "浏览量", "点击数", "点击量", "点击率", "点击次数", "阅读次数", "阅读量", "阅读", "浏览",
    "访问次数", "原文链接", "原文地址", "字体大小", "字号", "字体", "文字大小", "打印", "责任编辑", "编辑", "审核",
    "作者", "法宝引证码", "引证码", "法规编号", "分享", "链接", "网址", "法规网址", "保护视力色", "下载", "下载地址", "法规下载", "文件下载",
    "全文下载", "归档时间", "归档日期", "点击", "浏览人数", "摘要", "内容概述", "内容摘要", "语音阅读", "视力保护色", "二维码", "纠错",
    "打印时间", "打印日期", "归档", "在线链接地址", "链接地址", "热门搜索", "导读", "内容提要", "撰稿", "供稿",
    "记者", "发布者", "发布人", "录入者", "责编", "原文网址", "原文下载", "原发布页", "检索时间", "检索日期", "检索关键词",
    "检索词", "抓取时间", "抓取日期", "采集时间", "采集日期", "爬取时间", "下载时间", "下载日期", "所属栏目", "所属通知",
    "所属公告", "所属文件", "浏览字号", "选择字号", "字号选择", "文章字号", "浏览字体", "选择字体",
)  # fmt: skip


def _spread(words: tuple[str, ...]) -> str:
    return "|".join(r"\s*".join(word) for word in sorted(words, key=len, reverse=True))


_LEFT, _RIGHT = r"\s*(?:[•·●▪■◆]\s*)?[【\[［]?\s*", r"\s*(?:[】\]］]\s*[:：]?|[:：])\s*"
# 时间 and 日期 label the hour of a meeting as well: a web page's stand before a date in figures and dashes
_BARE_TIME = r"(?:时间|日期)\s*[:：]\s*(?=\d{4}-\d)|date\s*[:：]\s*(?=\d{4}[-./年])"
LABELS: dict[str, re.Pattern[str]] = {
    key: re.compile(rf"{_LEFT}(?:(?:{_spread(words)}){_RIGHT}{'|' + _BARE_TIME if key == 'published_on' else ''})")
    for key, words in _WEB_WORDS.items()
}
_FIRST = frozenset("时日d").union(word[0] for words in _WEB_WORDS.values() for word in words)
_BEFORE_LABEL = "•·●▪■◆【[［ \t\n\v\f\r\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_LONGEST_NAMED = 200  # characters of a line of labels without colons
_EVERY = "|".join(_spread(words) for words in _WEB_WORDS.values())
_NAME = re.compile(rf"\s*(?:{_EVERY})\s*")
_NAMED = re.compile(
    "(?:^|(?<=\\s))\\s*(?:"
    + "|".join(f"(?P<{key}>{_spread(words)})" for key, words in _WEB_WORDS.items())
    + rf")(?=\s+[^\s:：])(?!\s+(?:{_EVERY})(?:\s|$))"  # names side by side head a table's columns
)
ABOUT_PAGE = "about"
_ABOUT_LABEL = rf"{_LEFT}(?:{_spread(_ABOUT)}){_RIGHT}"
_BUTTON = r"(?:字\s*[号体].{0,4}|[大中小]|打\s*印.{0,2}|关\s*闭.{0,2}|收\s*藏|分\s*享|下\s*载|返\s*回.{0,2}|纠\s*错|[简繁]体|复\s*制|我要纠错)"
ABOUT = re.compile(
    rf"{_ABOUT_LABEL}|\s*【[^】\d]{{1,8}}】(?=\s*[A-Z0-9【])|\s*【\s*{_BUTTON}\s*】\s*$|\s*\[?https?://\S+\s*$|\s*\p{{Han}}{{0,6}}(?:链接|网址|来源|出处|地址|原文)\s*[:：]\s*<?https?://\S+\s*$"
    r"|\s*【\s*(?:(?:法规|法律|文件|政策)\s*)?(?:全文|正文|内容)\s*】\s*$|\s*(?:法规|法律|文件|政策|附件|通知|公告)(?:全文|正文|原文)\s*$|\s*(?:浏览|阅读|点击)\s*\d+\s*次?\s*$|\s*(?:大\s*中\s*小|小\s*中\s*大)\s*$"
)
_ALL = {**{key: p.pattern for key, p in LABELS.items()}, ABOUT_PAGE: _ABOUT_LABEL}
_IN_LINE = re.compile("|".join(rf"(?P<{key}>(?:^|(?<=[\s　|；;]))(?:{pattern}))" for key, pattern in _ALL.items()))
_TYPIST = r"(?:打\s*[字印]|录\s*入|排\s*版)\s*[人员]?"
_COPIES = r"[（(]?\s*共\s*印\s*\d{1,6}\s*份\s*[）)]?"
COPIES_BEHIND = re.compile(rf"(?<=\S)\s*(?P<copies>{_COPIES})\s*$")
"""How many copies were printed, behind another element of 版记."""
IMPRINT: dict[str, re.Pattern[str]] = {
    "disclosure": re.compile(r"\s*[（(]?(?:信息)?公开(?:方式|选项|属性|类别|形式)\s*[:：]\s*"),
    "copied_to": re.compile(r"\s*(?:抄\s*[送报发]|分\s*送|印\s*送)\s*(?:(?:机关|单位)\s*)?[:：]\s*"),
    "addressees": re.compile(r"\s*主\s*送\s*(?:(?:机关|单位)\s*)?[:：]\s*"),
    "category": re.compile(r"\s*主\s*题\s*词\s*[:：]\s*"),
    "proofreader": re.compile(
        rf"\s*(?P<typist>{_TYPIST}\s*[:：]\s*\p{{Han}}{{2,4}}[\s,，;；、]+)?校\s*对\s*(?:人\s*)?[:：]\s*"
    ),
    "copies": re.compile(rf"\s*{_COPIES}\s*$"),
    "sent": re.compile(r"\s*(?:内部)?发\s*送\s*[:：](?=[^；;]*。?\s*$)"),
    "annotation": re.compile(
        r"\s*[（(](?:此\s*件|联\s*系\s*人|此\s*文|附\s*件[^）)]{0,8}略|(?:本文|此处|文中|内容|以下|略)?\s*(?:略\s*)?有\s*(?:所\s*)?删|主\s*动\s*公\s*开|信息公开)[^）)]*[）)]\s*$"
    ),
}
_FIRST_OF_IMPRINT = frozenset("（(信公抄分印校主打录排共内发")


def is_of_imprint(text: str) -> bool:
    """Whether a line begins with a label of 版记, or is a note in brackets at a document's end.

    >>> is_of_imprint("抄送：某局"), is_of_imprint("抄写三遍")
    (True, False)
    """
    return text.lstrip()[:1] in _FIRST_OF_IMPRINT and any(p.match(text) for p in IMPRINT.values())


# who may have a text, between the elements of its head: （此件发至乡镇）
HEAD_NOTE = re.compile(r"\s*[（(]\s*(?:此\s*件|此\s*文|发\s*至|主\s*动\s*公\s*开|信息公开)[^（）()]*[）)]\s*$")
# what a line above a title says of the text below it: （节选）, 【全文】, 内部资料　注意保存, 供讨论用
TEXT_NOTE = re.compile(
    r"\s*(?:[（(【]\s*(?:(?:本文|全文|原文|内容)?\s*(?:略?有(?:删减|删节|改动)|节选|节录|摘录|摘要|摘编)"
    r"|全文|附图略|略去附[图表])\s*[）)】]"
    r"|[（(【]?\s*(?:内部(?:资料|材料|文件|参考)?[\s，,]*(?:(?:注意|妥善)保[存管]|(?:请勿|不得|严禁)外传|(?<=资料|材料|文件|参考))"
    r"|(?:仅供|只供|供)\p{Han}{0,6}?(?:讨论|参考|审议|学习|征求意见)(?:使?用)?|(?:征求意见|送审|讨论|审议|报批)稿)\s*[）)】]?)\s*$"
)
# 份号: the number of a copy, at the top of the first page
COPY_NUMBER = re.compile(r"\s*(?:份\s*号\s*[:：]?\s*\d{1,6}|(?:№|No\.?)?\s*\d{6})\s*$")
# a label of a form (项目名称, 建设单位, 总投资): a noun that asks for a value
FORM_LABEL = re.compile(
    r"\p{Han}{0,8}(?:名\s*称|单\s*位|地\s*点|地\s*址|住\s*所|姓\s*名|性\s*别|民\s*族|籍\s*贯|学\s*历|学\s*位|职\s*务|职\s*称|电\s*话|邮\s*编|邮\s*箱|传\s*真|"
    r"时\s*间|日\s*期|年\s*月|年\s*限|期\s*限|工\s*期|投\s*资|资\s*金|金\s*额|经\s*费|规\s*模|面\s*积|编\s*[号码]|代\s*码|[证文字账案]\s*号|[案事]\s*由|理\s*由|处\s*所|号\s*码|户\s*名|开\s*户\s*行|网\s*址|负\s*责\s*人|联\s*系\s*人|法定代表人|状\s*态|结\s*[论果]|"
    r"概\s*况|简\s*介|内\s*容|依\s*据|性\s*质|学\s*号|学\s*院|专\s*业|班\s*级|年\s*级|题\s*目|导\s*师|教\s*师|类\s*别|类\s*型|等\s*级|方\s*式|来\s*源|机\s*构|机\s*关|部\s*门|范\s*围|对\s*象|条\s*件|目\s*标|进\s*度|备\s*注|意\s*见|"
    r"主\s*题|课\s*题|人\s*[数员]|过\s*程|效\s*果|小\s*结|措\s*施|签\s*[名字]|(?:[甲乙丙丁供需买卖]|[出承]\s*租|[发承]\s*包|委\s*托|[受转]\s*[托让]|采\s*购|施\s*工|监\s*理)\s*方|"
    r"租\s*[期金]|价\s*款|型\s*号|规\s*格|厂\s*家|(?:主\s*[讲持]|记\s*录|填\s*[表报]|申\s*请|审\s*核|经\s*办|听\s*课|检\s*查|值\s*班)\s*人)\s*[:：]?"
)
_SECRET = r"(?:绝\s*密|机\s*密|秘\s*密|内\s*部(?:\s*(?:资\s*料|文\s*件|材\s*料|使\s*用))?)(?:\s*★\s*\S{0,6})?"
_URGENT = r"(?:特\s*急|加\s*急|特\s*提|平\s*急|急\s*件)(?:\s*[·•]?\s*明\s*电)?"
_URGENCY = r"(?:紧\s*急\s*程\s*度|缓\s*急|等\s*级)"  # its name
# 密级 and 紧急程度, in lines of their own or in one, also behind their names
GRADES = re.compile(
    rf"(?=\s*\S)\s*(?:(?:密\s*级\s*[:：]\s*)?(?P<security>{_SECRET}))?\s*[、，·]?\s*"
    rf"(?:(?:{_URGENCY}(?:\s*[:：]\s*|\s+))?(?P<urgency>{_URGENT}))?\s*$"
)
_READERS = r"(?:主\s*动|依\s*申\s*请|不\s*予|免\s*予|部\s*分|全\s*文|不)\s*公\s*开"
DISCLOSED = re.compile(rf"\s*{_READERS}\s*$")
"""公开方式 in a line of its own, without a label: 不公开, 依申请公开."""
_GRADE = rf"(?:{_SECRET}|(?:{_URGENCY}(?:\s*[:：]\s*|\s+))?{_URGENT}|{_READERS})"
_GRADE_FIRST = re.compile(rf"\s*{_GRADE}(?:\s*[、，·]?\s*{_GRADE})*(?P<gap>\s+)(?=\S)")
_GRADE_LAST = re.compile(rf"(?<=号)\s+(?={_GRADE}\s*$)")
BARE_INDEX = re.compile(r"\s*[\dA-Z]{6,}\s*/\s*\d{4}-\d{3,}\s*$")  # 索引号, of which a page's label is lost
UNIT = re.compile(
    r"\s*[（(]?\s*(?:计量|投资|金额|数量)?单\s{0,4}位\s*[:：]\s*(?P<value>(?:[^（）()]|[（(][^（）()]{1,12}[）)]){1,20})[）)]?\s*$"
)
TABLE_NOTE = re.compile(
    r"\s*+(?:(?:[*＊※]\s*+)?(?:注|说明|备注|附注|资料来源|数据来源|注释)\s*\d?\s*[:：]\s*\S|[【〔\[（(]\s*(?:资料|数据)?来源\s*[:：][^】〕\]）)]+[】〕\]）)]\s*$)"
)
CLOSING_NOTES = re.compile(
    r"\s*[#*\s]*[【〔\[]?\s*(?:注\s*释|[脚尾]\s*注|(?:名词|术语)解释|附?\s*注(?=\s*[:：]))\s*[】〕\]]?\s*[:：]?\s*\**\s*$"
)


def grade_beside(text: str) -> int:
    """Where a line parts that says in one how secret or urgent a text is, or who may read it, and something else; 0 where it
    does not. Whether that is a number is not looked at.

    >>> grade_beside("依申请公开      某卫函〔2025〕17号"), grade_beside("某府〔2021〕3号   特急"), grade_beside("不公开的事项")
    (11, 13, 0)
    >>> grade_beside("等级　特急·明电    某卫电〔2025〕17号")
    12
    """
    m = _GRADE_FIRST.match(text) if "公" in text[:8] or "急" in text[:8] or "密" in text[:8] else None
    m = m or (_GRADE_LAST.search(text) if "号" in text else None)
    return m.end() if m else 0


_DAY_FIRST = re.compile(rf"\s*(?P<day>{WEB_DAY}(?:\s+\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?)[\s　|｜]+")


@remembered
def label_of(text: str) -> str | None:
    """Which element of a web page's head a line's label names; None where it begins with no label.

    >>> [label_of(s) for s in ("索 引 号：0001", "【发文字号】某府〔2021〕8号", "主要目标：")]
    ['index_number', 'web_number', None]
    """
    first = text.lstrip(_BEFORE_LABEL)[:1]
    if first not in _FIRST:  # as in nearly all lines
        return "published_on" if first in ("1", "2") and _day_before_labels(text) else None
    return next((key for key, pattern in LABELS.items() if pattern.match(text)), None)


def names_label(text: str) -> bool:
    """Whether a cell is the name of such an element, without a colon behind it.

    >>> names_label("索 引 号"), names_label("索引号："), names_label("来源不明")
    (True, False, False)
    """
    return text.strip()[:1] in _FIRST and _NAME.fullmatch(text) is not None


def names_in(text: str) -> list[tuple[int, str]]:
    """Where in a line the names of such elements end that blanks part from their values, and the elements; empty where
    the line begins with none.

    >>> names_in("发布机构 某市水务局  发 文 日 期 2021-04-06"), names_in("分类施策"), names_in("文号：某府〔2021〕8号")
    ([(4, 'publisher'), (19, 'web_issued_on')], [], [])
    """
    if text.lstrip()[:1] not in _FIRST or len(text) > _LONGEST_NAMED:
        return []
    if _NAMED.match(text) is None:
        return []
    return [(m.end(), next(key for key in _WEB_WORDS if m[key])) for m in _NAMED.finditer(text)]


def is_label(text: str) -> bool:
    """Whether a line begins with a label of a web page's head."""
    return label_of(text) is not None


def labels_in(text: str) -> list[tuple[int, int, str]]:
    """The labels of a line that begins with one, in order: (start, end, element), of what a page says about itself
    `about`; empty where the line begins with no label.

    >>> [(a, key) for a, _, key in labels_in("发布时间：2023-04-18 来源： 访问量：199")]
    [(0, 'published_on'), (16, 'source'), (20, 'about')]
    """
    first = _IN_LINE.search(text)
    if first is None:
        return []
    if text[: first.start()].strip():
        day = _day_before_labels(text)
        return [(day.start("day"), day.start("day"), "published_on"), *_found(text)] if day else []
    return _found(text)


def _found(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), str(m.lastgroup)) for m in _IN_LINE.finditer(text)]


def _day_before_labels(text: str) -> re.Match[str] | None:
    """A day, and its hour, that a line of a web page begins with, its labels behind it: 2023-04-18 09:11 来源：…"""
    m = _DAY_FIRST.match(text)
    return m if m and _IN_LINE.match(text, m.end()) else None
