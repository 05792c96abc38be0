"""Kinds of official documents: which nouns titles end in, what type they tell, and what titles name."""

from __future__ import annotations

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language.alike import simplified
from juanzong.language.dates import is_date
from juanzong.language.doc_numbers import hooked, number_at_end, number_first
from juanzong.language.document_nouns import TYPES
from juanzong.language.misread_brackets import with_brackets
from juanzong.language.orders import order_number
from juanzong.language.organs import is_organ, organs_in
from juanzong.language.text import fold

# 法 at the end of a title: of a law, not of a method
_LAW = re.compile(r"(?<![方做执书语司立看想手违合守普办用说乘加减除作疗针指佛无]|国际|人)法$")
# a law of a state, an interpretation of a court, a speech at a meeting: weak nouns that such titles make strong
_WHOLE_NAME = re.compile(
    r"^.{0,12}共和国.{2,40}法(?:典|$)|关于.{4,80}的(?:补充|若干|批复)?解释|关于[^《》]{4,60}的(?:情况|起草|编制|修订)?(?:说明|汇报|自查|解读)|^(?:.{2,12})?在.{4,60}上的(?:讲话|致辞|发言|讲稿)"
)
_EXPLAINS = re.compile(r"《[^《》]{4,60}》\s*的?(?:政策|文件|图文)?(?:解读|起草说明|编制说明|修订说明)")
_TAIL = (
    r"(?:[（(](?:[^（）()]|[（(][^（）()]*[）)]){1,30}[）)]?"
    r"|\d{4}(?:年)?(?:[-—–－~～至]\d{4})?年?(?:版|本)?[）)]"
    r"|(?:19|20)\d{2}年?[-—–－~～至](?:19|20)\d{2}年?"
    r"|[\[［〔【]?(?:试行|草案|修订|暂行|节选|摘要|摘录|征求意见稿|送审稿|修正|修正案|讨论稿|(?<=\p{Han}{4}|[）)])文本)[稿版]?[）)\]］〕】]?"
    r"|[\[［〔【]\d{4}年?(?:[-—–－~～至]\d{2,4})?年?[版本]?[\]］〕】]"
    r"|[\[［〔【]\d{1,2}[\]］〕】]|[①-⑳¹²³⁴-⁹※]|\^\{\d{1,3}\}"  # the mark of a note
    r"|[一二三四五六七八九十]{1,2}(?<=解释.{1,2})"
    r"|(?:[一二三四五六七八九十百]{1,3}|\d{1,3})\s?[条项])*$"  # 若干措施二十条
)
# what last year brought, with what the next is to bring behind it
_SUMMED = re.compile(
    r"总结(?:[和及与暨、]|以及)[^《》]{0,30}(?:计划|思路|打算|安排|要点|设想|展望|建议|谋划|目标|任务)$"
)
PART_OF_STANDARD = r"\s*第\s*\d{1,3}(?:-\d)?\s*部\s*分\s*[:：]\s*(?=\p{Han})"  # 第2部分：渡船
_SECOND_TITLE = re.compile(rf"(?<=\S)(?:\s*[—–―─]{{2,}}\s*(?=\p{{Han}}|\d{{4}}\s?年(?:\d|度?\s*$))|{PART_OF_STANDARD})")
_WHOSE_BEHIND = re.compile(r"(?<=\S)\s*【[\p{Han}\d]{2,16}】\s*$")
_KIND_BEFORE = re.compile(r"\s*【\p{Han}{2,16}】\s*(?=\S)")
_ROUTE = re.compile(r"(?:交通|行车|乘车|公交|疏散|逃生|撤离|救援|参观|旅游|巡查|至.{2,20})\p{Han}{0,2}路线图")  # a map
_ISSUED_BY = re.compile(r"\s*(?P<organ>[^：:《]{2,30})[：:]\s*(?=《)")
_MARKS = re.compile(r"[《》〈〉“”\"'‘’「」*#\s]|(?<=\p{Han})[①-⑳<>$|\\^~_](?=\p{Han})")


def _pattern(nouns: str) -> re.Pattern[str]:
    words = sorted(nouns.split(), key=len, reverse=True)
    return re.compile(f"(?r)(?:{'|'.join(words)}){_TAIL}")  # read from the end, where alone it may stand


_NOUNS = tuple((kind, strength, _pattern(nouns)) for kind, strength, nouns in TYPES)
_ANY_NOUN = _pattern(" ".join(nouns for _, _, nouns in TYPES))
_NOUN_TAIL = re.compile(_TAIL)
# what a title ends in that ends in a noun or its tail, but for brackets left open; and in what nearly all prose does
_LAST = frozenset("1lI|法）)}版本稿行案订选要录正]］〕】①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳¹²³⁴⁵⁶⁷⁸⁹※一二三四五六七八九十条项")
_LAST |= set("年0123456789") | {noun[-1] for _, _, nouns in TYPES for noun in nouns.split()}
_STOPS = frozenset("。；，：、！？")
_NOTICE = r"\s*的?\s*(?:紧急)?(?:通知|函|决定|公告|通告|批复|令|命令)\s*(?:[（(][^（）()]*[）)])?$"
_BOOK = re.compile(rf"《((?:[^《》]|《[^《》]*》)+)》|《([^《》]+?)(?:{_NOTICE}|$)")
_ISSUES = r"(?:印\s*发|转\s*发|发\s*布|下\s*发|颁\s*布|公\s*布|批\s*转|批\s*准|修\s*订|修\s*改|转\s*批)"
_ACT = re.compile(r"(?P<whose>.+?)(?:令|公告|通告)\s*")
_AND = re.compile("以?及|[和与、]")
_ISSUED = re.compile(rf"{_ISSUES}\s*(?P<what>.+?){_NOTICE}", re.DOTALL)

# what a notice or order says when it issues the text that it names
ISSUES = re.compile(
    r"现(?:予)?(?:发布|公布|颁布)《.*》|现将.{0,200}《.*》.{0,60}(?:印\s*发|转\s*发|发\s*布|公\s*布|下\s*发)|《.*》.{0,120}(?:现予|现印发|现转发|现批转|现转批|予以|现公布)(?:印发|公布|发布|转发|施行|.{0,6}给你们)",
    re.DOTALL,
)


def _bare(title: str) -> str:
    """A title as its noun is looked for: no blanks, quotes, title marks, emphasis, no marks of notes or of a tool between its
    characters; simplified characters, brackets that were misread as they were printed."""
    return with_brackets(simplified(_MARKS.sub("", title)))


def type_of_title(title: str) -> str | None:
    """The type that a title's last noun tells; None where it ends in none. Marks lost from the title or put into it do
    not matter.

    >>> [type_of_title(t) for t in ("关于印发《某规划》的通知", "某市水务“十四五”规划", "某管理办法（试行）", "第一章 总则")]
    ['notice', 'plan', 'regulation', None]
    >>> [type_of_title(t) for t in ("某市绿化规划（2021—2025年", "某市绿化规划“（2021—2025年）", "某国古桥保护法", "看图的方法")]
    ['plan', 'plan', 'regulation', None]
    >>> [type_of_title(t) for t in ("2022年统计公报", "某案处罚决定书", "关于某案的解释（一）", "某局今年工作总结和明年打算")]
    ['report', 'notice', 'regulation', 'summary']
    >>> [type_of_title(t) for t in ("某市稳增长若干措施二十条", "某校管理规定10条", "依据某规定第10条", "某市措施")]
    ['plan', 'regulation', None, 'plan']
    >>> [type_of_title(t) for t in ("关于印发某规划的通①知", "①通知的要求", "某市水资源规<划", "某办法【暂行】")]
    ['notice', None, 'plan', 'regulation']
    """
    found = noun_of(title)
    return found[0] if found else None


@remembered
def noun_of(title: str) -> tuple[str, str] | None:
    """The type that a title's last noun tells and whether the noun is `strong` or `weak`; None where it ends in none. A
    second title behind dashes (——基于某市的调查, ——2022年1月12日在某会上), or a standard's part, tells it only where it has a noun itself.

    >>> noun_of("某市规划实施评估报告——基于十五个县的调查"), noun_of("评估报告—基于调查")
    (('report', 'strong'), None)
    >>> noun_of("渡船检验规范 第2部分：木船"), noun_of("某码头附近交通路线图"), noun_of("某市碳达峰行动路线图")
    (('regulation', 'strong'), ('other', 'weak'), ('plan', 'strong'))
    """
    found = _noun_at_end(title)
    if found is None and (second := _SECOND_TITLE.search(title)):
        return _noun_at_end(title[: second.start()])
    return found


def _noun_at_end(title: str) -> tuple[str, str] | None:
    open_ended = "（" in title or "(" in title  # what stands in brackets may end in anything
    if not open_ended and title[-1:] in _STOPS:
        return None
    bare = _bare(title)
    if "总结" in bare and _SUMMED.search(bare):
        return "summary", "strong"
    if not open_ended and bare[-1:] not in _LAST:
        return None
    if bare.endswith("路线图") and _ROUTE.search(bare):
        return "other", "weak"
    for kind, strength, pattern in _NOUNS if _ANY_NOUN.match(bare) else ():  # most lines end in none of them
        if pattern.match(bare):
            return kind, "strong" if strength == "weak" and _names_itself(title, bare) else strength
    if "法" not in bare:
        return None
    m = _NOUN_TAIL.search(bare)
    if _LAW.search(bare[: m.start()] if m else bare):
        return "regulation", "strong" if _names_itself(title, bare) else "weak"
    return None


def _names_itself(title: str, bare: str) -> bool:
    """Whether a title is the whole name of a law or an interpretation; in title marks it is quoted, but for what explains
    what they name: 《某办法》政策解读."""
    if title.lstrip().startswith("《"):
        return _EXPLAINS.fullmatch(title.strip()) is not None
    return bool(_WHOLE_NAME.search(bare))


_ACCOUNT = "情况说明"  # the weak noun that stands over a paper by itself
_SHORT = 5  # characters of a title that sections bear as well
_HEADS = re.compile(
    r"(?:措施|意见|要点|行动|目标|蓝图|政策|分工|举措|任务|指引|设想|思路|标准|制度|分析|统计|汇总)$"
)  # also of sections


def names_document(title: str) -> bool:
    """Whether a title is one that documents bear, and hardly a section of one.

    >>> names_document("校企合作协议书"), names_document("保障措施"), names_document("师资情况")
    (True, False, False)
    """
    found = noun_of(title)
    if found is not None and len(title) <= _SHORT and found[0] in ("plan", "report", "summary", "regulation"):
        return False
    return found is not None and found[1] == "strong" and not (len(title) <= _SHORT and _HEADS.search(_bare(title)))


@remembered
def is_bare_kind(title: str) -> bool:
    """Whether a title is nothing but the noun of its kind.

    >>> is_bare_kind("证  明"), is_bare_kind("某市条例"), is_bare_kind("情况说明"), is_bare_kind("情况")
    (True, False, True, False)
    """
    bare = _bare(title)
    return bare == _ACCOUNT or any(strength == "strong" and pattern.fullmatch(bare) for _, strength, pattern in _NOUNS)


def promulgated_titles(title: str) -> list[str]:
    """Folded titles of what a notice's title (or the text of an order) says it issues; of title marks that one slip has
    made uneven, what stands between them all the same.

    >>> promulgated_titles("某省人民政府关于印发《某省规划（2021—2025年）》的通知")
    ['某省规划(2021—2025年)']
    >>> promulgated_titles("关于印发《甲办法》和《乙规定》的通知"), promulgated_titles("关于印发某方案的通知")
    (['甲办法', '乙规定'], ['某方案'])
    >>> promulgated_titles("关于印发《某方案的通知"), promulgated_titles("关于印发某市绿化规划和公园建设方案的通知")
    (['某方案'], ['某市绿化规划和公园建设方案', '某市绿化规划', '公园建设方案'])
    """
    found = [fold(whole or rest) for whole, rest in _BOOK.findall(title)]
    m = _ISSUED.search(title)
    if m and not found:
        whole = fold(m["what"]).strip("《》")
        found += [whole, *_two_of(whole)]
    return [f for f in found if len(f) >= 2]


def _two_of(names: str) -> list[str]:
    """The two titles that 和 joins without title marks; none where it joins words of one."""
    joined = ([names[: m.start()], names[m.end() :]] for m in _AND.finditer(names))
    return next((p for p in joined if all(len(x) > _SHORT and (noun_of(x) or "?")[-1] == "strong" for x in p)), [])


def bare_title(title: str) -> str:
    """A contents entry or a quoted title, folded: without title marks, a document number before it or at its end, the organ
    before a colon, and what stands in 【】 before or behind it.

    >>> bare_title("《某市规划》（某府〔2021〕53号）"), bare_title("某办发〔2022〕11号 关于印发某规划的通知")
    ('某市规划', '关于印发某规划的通知')
    >>> bare_title("渡口安全指引（试行）【交通局】"), bare_title("【交通局】")
    ('渡口安全指引(试行)', '【交通局】')
    >>> bare_title("【地方政策】某市规划"), bare_title("某市规划【某府〔2021〕53号】")
    ('某市规划', '某市规划')
    >>> bare_title("市水利局：《某规划》"), bare_title("解读：《某规划》")
    ('某规划', '解读:《某规划》')
    """
    title = title[slice(*without_hooked(title))]
    text = fold(title[max(number_first(title)[1], issuer_end(title)) :])
    m = number_at_end(text)
    if m:
        text = text[: number_start(text)]
    if text.startswith("《") and text.endswith("》") and text.count("《") == 1:
        text = text[1:-1]
    return text


def without_hooked(entry: str) -> tuple[int, int]:
    """Where the words of a contents entry stand without what 【】 say before or behind them: of what kind or whose it is."""
    if "【" not in entry:
        return 0, len(entry)
    before, behind = _KIND_BEFORE.match(entry), _WHOSE_BEHIND.search(entry)
    start, end = before.end() if before else 0, behind.start() if behind else len(entry)
    return (start, end) if start < end else (0, len(entry))


def issuer_end(title: str) -> int:
    """Where the title begins that stands in title marks behind its organ and a colon; 0 where none does."""
    m = _ISSUED_BY.match(title) if "《" in title else None
    return m.end() if m is not None and is_organ(m["organ"]) else 0


_NUMBER_LABEL = re.compile(r"(?:发文)?[文字编]号")
# what stands before a number in its brackets, or says that it is one: 某方案（某局，…号）, 某方案 文号：…号
_BEFORE_NUMBER = re.compile(
    r"[（(【](?P<said>[^（()）【】]{2,40})[，,；;、:：\s]\s*$|(?<!\p{Han})(?P<said>(?:发文)?[文字编]号)\s*[:：]\s*$"
)


def number_start(text: str) -> int:
    """Where in a contents entry the document number at its end begins; its length where there is none.

    >>> [t[number_start(t) :] for t in ("《某市规划》（某府〔2021〕53号）", "关于印发某规划的通知某办发〔2022〕11号", "某规划")]
    ['（某府〔2021〕53号）', '某办发〔2022〕11号', '']
    >>> [t[number_start(t) :] for t in ("依据省政府令第5号", "实习管理规定校发〔2021〕8号", "某规划资〔2021〕8号", "某办法某府〔2021〕3号")]
    ['', '校发〔2021〕8号', '某规划资〔2021〕8号', '某府〔2021〕3号']
    >>> [t[number_start(t) :] for t in ("某方案（某市财政局，某府〔2021〕3号）", "某方案（试行，某府〔2021〕3号）")]
    ['（某市财政局，某府〔2021〕3号）', '']
    """
    m = number_at_end(text)
    if m is None:
        return len(text)
    if m[0].lstrip().startswith(("（", "(", "【")):
        return m.start()
    before = _BEFORE_NUMBER.search(text, 0, m.start("value"))
    if before is not None:
        said = before["said"].strip()
        told = not said or _NUMBER_LABEL.fullmatch(said) or is_date(said) or organs_in(said) is not None
        return before.start() if told else len(text)
    name, end = m["name"], m.end("name")
    whole = not m.start()  # a number, or a title and it: …办法令〔2019〕第5号, 东山县水利规划东政发〔2021〕3号
    if whole and name.endswith("令") and (noun_of(name[:-1]) or "?")[-1] == "strong":
        return end - 1
    for k in range(len(name) - 2, 0, -1):  # the shortest name behind a title's noun
        at = end - len(name) + k
        titled = not whole or k > _SHORT or text[at] == text[0]  # 某规划资〔2021〕5号 is a number alone
        found = noun_of(text[:at]) if titled else None
        if found and found[1] == "strong":
            return at
    return 0 if whole else m.start() if text[m.start("name") - 1] in "》）)” 　" else len(text)


def parted_number(title: str) -> tuple[str, str]:
    """A contents entry -> its title and the document number at its end or before it ("" where it prints none), its year
    in 〔〕.

    >>> parted_number("《某市规划》（某府[2021]53号）"), parted_number("关于印发某规划的通知某办发〔2022〕11号")
    (('《某市规划》', '某府〔2021〕53号'), ('关于印发某规划的通知', '某办发〔2022〕11号'))
    >>> parted_number("松城市水利规划松政发〔2021〕3号"), parted_number("松城市规划局松规发〔2021〕3号")
    (('松城市水利规划', '松政发〔2021〕3号'), ('', '松城市规划局松规发〔2021〕3号'))
    >>> parted_number("《某规划》（某府〔2021〕53号，2021年5月6日）")
    ('《某规划》', '某府〔2021〕53号')
    >>> parted_number("某市条例（2019年修订）"), parted_number("某市水利局公告（2021）第9号")
    (('某市条例（2019年修订）', ''), ('某市水利局公告', '〔2021〕第9号'))
    """
    first, at = number_first(title)
    if first:
        return title[at:].strip(), hooked(first)
    order = order_number(title)
    act = _ACT.fullmatch(title.strip()[:order]) if order and title.strip()[order + 1] != "第" else None
    if act and organs_in(act["whose"].strip()) is not None:
        return act[0].rstrip(), hooked(title.strip()[order:])  # 某局公告〔2021〕第9号
    start = number_start(title)
    m = number_at_end(title[start:])
    return title[:start].rstrip(), hooked(m["value"].strip() if m is not None else title[start:].strip())
