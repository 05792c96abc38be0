"""How a line begins: whether it can be the rest of a paragraph, told by its form alone."""

from __future__ import annotations

import regex as re

from juanzong.language.dates import is_date, printed_on
from juanzong.language.doc_numbers import is_doc_number
from juanzong.language.labels import ABOUT, is_label
from juanzong.language.numbering import ANNEX, BOX, FIGURE_CAPTION, TABLE_CAPTION, UNNUMBERED, heading_of
from juanzong.language.organs import ENDS_OF_ORGANS, is_organ, organs_in

NOTE_HEAD = re.compile(
    r"\s*(?:\$?\s*\^\s*\{?\s*[\[［]?[①-⑳\d]{1,3}[\]］]?\s*\}?\s*\$?|[①-⑳]|[¹²³⁰⁴-⁹]+|[\[［〔【]\d{1,3}[\]］〕】])\s*\S"
)
_NOTE_MIDWAY = re.compile(r"(?:[①-⑳]|[¹²³⁰⁴-⁹]+|[\[［〔【]\d{1,3}[\]］〕】])[，。；：、）”》,;:)]")
LABEL = re.compile(
    r"\s*(?:注|说明|备注|资料来源|数据来源|单位|计量单位|投资单位|附件?|抄送|主送|公开方式|校对|来源|发布时间|发布日期|索引号|分类|发布机构|成文日期|标题|文号|名称|主题词|有效性|时间|签发人)\s*[:：]"
)
_CONTACT = re.compile(  # where to write and whom to call, also spread out (传  真：)
    r"\s*(?:联\s*系\s*(?:人|电\s*话|方\s*式|地\s*址)|(?:咨\s*询|监\s*督|举\s*报|服\s*务|传\s*真)?\s*电\s*话|传\s*真|(?:通\s*[讯信]\s*)?地\s*址|"
    r"邮\s*(?:编|箱)|邮\s*政\s*编\s*码|电\s*子\s*邮\s*[箱件]|网\s*址|开\s*户\s*(?:行|银\s*行)|账\s*号|户\s*名)\s*[:：]"
)
_BOLD_LABEL = re.compile(r"\s*(?:[-*•]\s+)?\*\*\p{Han}{2,10}(?:\*\*\s*[:：]|[:：]\s*\*\*)")  # **检索时间**: …
_LABEL_LENGTH = 16  # characters, with the marks before it
_ADDRESS = re.compile(r"\s*(?:各|省|市|县|区)\S*[:：]$")


# with what letters close, in a paragraph of its own
CLOSING_LINE = re.compile(
    r"(?:特此|专此|此致|此复|此令|妥否|当否|可否|是否妥当|以上(?:意见|请示|报告|方案)|请(?:予|批|审))[\p{Han}，、]{0,16}[。！]?"
)
_ATTENDING = re.compile(  # who is at a meeting: names, no sentence
    r"\s*(?:参加|参会|与会|出席|列席|缺席|请假|主持|记录|应到|实到)\p{Han}{0,6}\s*[:：][^。；！？!?]*[^。；，、！？!?,\s]\s*$"
)
ATTENDANCE = re.compile(r"\s*(?:参加|参会|与会|出席|列席|缺席|请假|主持|记录|分送|发送|抄送)\p{Han}{0,4}\s*[:：]")
_PRESENT = r"(?:出\s*席|列\s*席|请\s*假|缺\s*席|参\s*加|参\s*会|与\s*会|旁\s*听)"
_PRESENT_AGAIN = re.compile(rf"\s{{2,}}{_PRESENT}")
_MEETING = re.compile(  # 出席委员　王静　　李明　　周　全; 时　　间　3月5日上午9时: the head of minutes, without colons
    rf"\s*(?:{_PRESENT}(?:\s*(?:委员|人员|官员|议员|代表|单位|董事|监事|者|人))?(?=(?:\s{{2,}}|　)\S)"
    rf"|(?:时\s{{2,}}间|地\s{{2,}}点|主\s{{2,}}席|主\s{{2,}}持|[纪记]\s{{2,}}录)(?=\s+\S{{4,}}(?:\s\S+)*$))"
)
_MEETING_STARTS = frozenset("出列请請缺参參与與旁时時地主纪紀记記")
_REVISED = re.compile(  # 106.05.31 105學年度第2次教務會議通過: who adopted a text and when, a line each
    r"\s*(?:中?华?民国\s*)?[1-9]\d{1,2}\s*[.．年]\s*\d{1,2}\s*[.．月]\s*\d{1,2}\s*日?\s*(?:\d{2,3}\s*)?\p{Han}[^。；]{2,60}"
    r"(?:通过|备查|核备|核定|修正|公布|订定|发布|施行)\s*$"
)
_PART = re.compile(r"[（(]?([a-h])[)）]\s*\S")
_GAP = re.compile(r"\s{2,}|　")
_MARK = re.compile(r"[，。；：、！？,;:]")
_LONGEST_NAME = 4
_ANNOUNCES = re.compile(r"(?:包括|包含|组成|构成|如下|下列|以下).{0,20}[:：]\s*$")


def ends_attendance(before: str, after: str) -> bool:
    """Whether a line says who is at a meeting and what comes `after` goes on with no name: a sentence begins.

    >>> ends_attendance("参加人员：张立新、王海涛", "2022年6月1日，某市副市长主持召开会议。")
    True
    >>> ends_attendance("参加人员：张立新、王海", "涛、李国庆"), ends_attendance("会议要求：各县加强", "管护，及时整改。")
    (False, False)
    >>> ends_attendance("出席：市财政局、市应急管", "理局负责人。")
    False
    """
    mark = _MARK.search(after.strip())
    if mark is not None and mark[0] == "。" and _completes_organ(before, after.strip()[: mark.start()]):
        return False
    return mark is not None and mark[0] != "、" and mark.start() > _LONGEST_NAME and bool(_ATTENDING.match(before))


def tells_revision(text: str) -> bool:
    """Whether a line is one of a text's history: when and by whom it was adopted or changed.

    >>> tells_revision("106.05.31 105学年度第2次教务会议通过"), tells_revision("96.08.08教育部台高(二)字第0960118819号函备查")
    (True, True)
    >>> tells_revision("106.5元以上的，由市财政局核定"), tells_revision("2020年5月6日经市政府第三次会议通过")
    (False, False)
    """
    return (text[:1].isdecimal() or text[:1] in ("中", "民")) and _REVISED.match(text) is not None


def meeting_label(text: str) -> int:
    """Where a label of the head of minutes ends that has a wide blank for its colon: when or where a meeting is, who is
    there; 0 where none does, as in a line of more such words, which head columns.

    >>> meeting_label("出席委员  王静    李明    周 全"), meeting_label("时    间 3月5日（星期五）上午9时")
    (4, 6)
    >>> meeting_label("出席人数  缺席人数  请假人数"), meeting_label("时  间    地  点    内  容"), meeting_label("参加人员名单")
    (0, 0, 0)
    """
    found = _MEETING.match(text)
    return found.end() if found is not None and _PRESENT_AGAIN.search(text) is None else 0


def begins_meeting_label(text: str) -> bool:
    """Whether a line, in simplified characters or not, has a first character with which such a label may begin.

    >>> begins_meeting_label("時　　間　3月5日上午9時"), begins_meeting_label("为了加强管理")
    (True, False)
    """
    return text[:1] in _MEETING_STARTS


def _completes_organ(before: str, after: str) -> bool:
    """Whether a line breaks off in the last of several organs, and what comes `after` ends its name."""
    listed = before.rstrip().rpartition("、")
    half = listed[2]
    if not listed[1] or is_organ(half):
        return False
    return any(c in ENDS_OF_ORGANS and is_organ(half + after[:n]) for n, c in enumerate(after, 1))


_POINTS = "一二三四五六七八九"


def next_point(first: str, after: str) -> bool:
    """Whether a paragraph begins with 一是 and a line after it with 二是, or so on: the next paragraph.

    >>> next_point("一是加强管护。", "二是加强巡查。"), next_point("会议指出，一是", "二是加强巡查。")
    (True, False)
    """
    a, b = first.strip()[:2], after.strip()[:2]
    return a[1:] == b[1:] == "是" and b[0] in _POINTS[1:] and _POINTS.index(b[0]) == _POINTS.find(a[0]) + 1


def is_dated(text: str) -> bool:
    """Whether a line is a date, or 印发机关 and 印发日期: the organ's name alone before the date."""
    m = printed_on(text)
    return bool(is_date(text) or (m and is_organ(m["by"])))


def starts_anew(text: str) -> bool:
    """Whether a line cannot be the rest of a paragraph, by its form."""
    bare = text.strip().lstrip("#*- ")
    head = heading_of(bare)
    return (
        bool(head and (head.rank <= 3 or len(bare) < 40))
        or any(p.match(bare) for p in (BOX, TABLE_CAPTION, FIGURE_CAPTION, NOTE_HEAD, LABEL, _CONTACT, _ADDRESS))
        or is_label(bare)
        or _tells_of_page(text, bare)
        or is_dated(bare)
        or is_doc_number(bare)
        or ("  " in bare and len(organs_in(bare) or ()) > 1)  # who signs, side by side
        or meeting_label(bare) > 0
        or tells_revision(bare)
        or bool(UNNUMBERED.match(bare) or ANNEX.fullmatch(bare) or text.lstrip().startswith("#"))
    )


def _tells_of_page(text: str, bare: str) -> bool:
    """Whether a line begins with a label of what a page says of itself, or with any label in bold.

    >>> starts_anew("原文链接：http://a.gov.cn/b.html"), starts_anew("**检索词**: 测绘"), starts_anew("链接城乡的道路：")
    (True, True, False)
    """
    head = text[:_LABEL_LENGTH]
    if "：" not in head and ":" not in head:
        return False
    return ABOUT.match(bare) is not None or ("**" in head and _BOLD_LABEL.match(text) is not None)


def weak_start(text: str) -> bool:
    """A form that running text may wrap into: “3.2021年”, “（一）和（二）”, a note marker in mid sentence."""
    bare = text.strip()
    head = heading_of(bare)
    return bool(head and head.rank >= 3) or bool(_ADDRESS.match(bare)) or bool(_NOTE_MIDWAY.match(bare))


def announces_parts(text: str) -> bool:
    """Whether a line says that what something consists of is listed below it.

    >>> announces_parts("7.1 招标文件包括以下部分："), announces_parts("目录："), announces_parts("招标文件由三章组成。")
    (True, False, False)
    """
    return text.rstrip().endswith(("：", ":")) and _ANNOUNCES.search(text) is not None


def names_parts(text: str) -> bool:
    """Whether a line names the parts of a figure, which stand side by side above it.

    >>> names_parts("a) 一环内　　b) 二环内"), names_parts("(c) 东岸  (d) 西岸"), names_parts("a) 一环内    5分")
    (True, True, False)
    """
    if not _PART.match(text.strip()):
        return False
    marks = [_PART.match(part) for part in _GAP.split(text.strip())]
    return len(marks) > 1 and all(marks) and "".join(m[1] for m in marks if m) in "abcdefgh"


_LONGEST_LABEL = 12  # characters of such a label, its signs and blanks with it
_ABSTRACT = re.compile(r"[\s*【\[［]*(?:内\s*容\s*)?(?:摘\s*要|提\s*要)[\s*】\]］]*(?:[:：]|(?<=[】\]］*])|$)")
_KEYWORDS = re.compile(r"[\s*【\[［]*关\s*键\s*[词字][\s*】\]］]*(?:[:：]|(?<=[】\]］*]))")
_LABEL_ALONE = re.compile(r"\s*【[^【】]{2,30}】\s*")


def is_abstract(text: str) -> bool:
    """Whether a line begins with the label of a paper's abstract, or is nothing but that.

    >>> is_abstract("摘  要：本文"), is_abstract("【摘要】本文"), is_abstract("摘要如下")
    (True, True, False)
    """
    return "要" in text[:_LONGEST_LABEL] and _ABSTRACT.match(text) is not None


def are_keywords(text: str) -> bool:
    """Whether a line begins with the label of a paper's key words."""
    return "关" in text[:_LONGEST_LABEL] and _KEYWORDS.match(text) is not None


def parts_labelled(before: str, after: str) -> bool:
    """Whether the earlier one of two lines is nothing but a label in brackets, or the later one begins with that of an
    abstract or of key words.

    >>> parts_labelled("【知情同意原则】", "不得收集"), parts_labelled("（松城大学）", "摘要：本文"), parts_labelled("【注】见", "下")
    (True, True, False)
    """
    return (
        (before[:1] == "【" and _LABEL_ALONE.fullmatch(before) is not None) or is_abstract(after) or are_keywords(after)
    )
