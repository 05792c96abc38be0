"""Which lines may print a title, and which go on with one."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language import elements as el
from juanzong.language import personal_names as people
from juanzong.language.annex_marks import MARK_NOTED
from juanzong.language.form_lines import is_field, is_of_form
from juanzong.language.list_groups import group_of
from juanzong.language.numbering import BOX, CONTINUED, FIGURE_CAPTION, TABLE_CAPTION, UNNUMBERED
from juanzong.language.other_numbers import opens_other
from juanzong.language.section_names import names_section
from juanzong.language.standards import standard_mark
from juanzong.language.text import unbalanced
from juanzong.stages.documents.annexes import LONGEST_KNOWN
from juanzong.stages.documents.bylines import is_byline
from juanzong.stages.documents.decimal_heads import begins_decimals, heads_decimals, opens_count
from juanzong.stages.documents.letterheads import is_named_again
from juanzong.stages.documents.page_titles import OF_FILE
from juanzong.stages.documents.title_signs import is_head_line
from juanzong.stages.documents.title_tails import is_part
from juanzong.stages.pieces.alone import is_english, is_translated
from juanzong.stages.pieces.items import Item
from juanzong.stages.pieces.page_widths import print_width

# under a title that is whole: what a record of a meeting says of itself (时间：…, 主持人：…)
_COVER_LABEL = re.compile(r"\s*(?:\p{Han}(?:\s+\p{Han}){1,6}|\p{Han}{0,6}编号)\s*[:：]\s*\S")  # 采　购　人：…
_SAYS = re.compile(r"\p{L}")  # a line of nothing but signs (□□■, ￥#@) and figures (18/06/2026 14:04) begins none
_ACT = re.compile(r"(?P<whose>.{3,40})(?:令|公告|通告)")
_WHEN = re.compile(r"\s*\d{4}\s*年[\d年月日度至\s—–-]*")  # a date or a span of time alone
_DATED = re.compile(r"\s*[（(]\s*\d{4}\s*年\s*\d{1,2}\s*月")  # who adopted a text and when
_DAY = re.compile(r"\s*\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s*\p{Han}{4}")  # and who did what on it
_CHANGED = ("通过", "批准", "修正", "修订")
_OF_CHANGE = re.compile(
    r"(?:会议(?:审议)?(?:通过|批准)|第[一二三四五六七八九十]+次修[正订])$"
)  # the end of who adopted or changed a text
_CONTENTS = re.compile(r"目\s*[录錄次]")
_PARAGRAPH = 8  # columns that a paragraph is set in, at most
_OFF = 6  # half columns that the middles of two centred lines may lie apart
_NEARLY = 2  # ... where the first is the longer one, as paragraphs and their next lines are
# how whole titles end
ENDED = re.compile(r"[（(【](?:节\s*[选录]|摘\s*[录要编]|试\s*行|暂\s*行|草\s*案|.{2,4}稿)[）)】]\s*$")
# the end of a title in a line of its own: （2021—2025年）, （试行）
TAIL_ALONE = re.compile(
    r"[（(](?:\d{4}\s*(?:年度?)?(?:\s*[-—–－~～至]{1,2}\s*\d{2,4}\s*(?:学?年度?)?)?(?:第[一二]学期|第?[一二三四]季度|[上下]半年)?(?:版|本)?"
    r"|试\s*行|暂\s*行|草\s*案|修[订正].{0,4}|(?:征求意见|送审|讨论|审议|报批)稿"
    r"|节\s*选|摘\s*要|第.{1,4}版)[）)]$"
)
# where and when an agency sent a text: 新华社北京2月13日电
_REPORTED = re.compile(r"\s*\p{Han}{2,4}社\p{Han}{1,12}\s*\d{1,2}月\s*\d{1,2}日\s*电\s*")
_SPEAKS_TO = re.compile(  # 你局《关于…的请示》（某函〔2024〕54号）, not 贵州省…规划
    r"(?:你|贵(?!州))(?:们|省|市|县|区|州|镇|乡|局|厅|部|委|办|院|校|处|会|所|站|中心|公司|集团|街道|单位|厂|矿|社)"
)
_SERIES = re.compile(r"\p{Han}{1,6}[科处部室系院组]\s*\d{1,3}\s+\p{Han}{4}")  # 教学科 1 …: one of a collection's texts
_SERIAL = re.compile(r"\d{1,3}|\d{1,2}月\d{1,2}日")
_LISTED = 4  # lines above a title that are looked at for organs
_CELLS = 3  # of a row, at least
_COLLECTION = re.compile(r"(?:汇编|选编|丛书|文集|(?:佐证|支撑|证明)(?:材料|资料))$")
_EVIDENCE = re.compile(r"[材资]料$")
_PASSED_ON = ("转发", "批转", "转批")
SUBTITLE = re.compile(r"\s*[—–―─－-]{2,}\s*(?:\p{Han}|\d{4}\s?年)")  # a second title, under the first: ——某某情况
_PAGE_NAMED = re.compile(r"\p{Han}{2,12}页")  # 批准页, 会签页: what a page is for
CONCERNS = re.compile(r"关于[^《》]*$")  # what a title concerns; its noun follows
UNFINISHED = ("的", "、", "和", "与", "及", "—", "-", "关于", "对", "《")


def may_print_title(item: Item) -> bool:
    return item.is_text and _may_be_of_title(item.s)


@remembered
def _may_be_of_title(text: str) -> bool:
    return (
        el.may_be_title(text)
        and not is_head_line(text)
        and not el.DISCLOSED.match(text)
        and not CONTINUED.match(text)
        and not BOX.match(text)
        and not TABLE_CAPTION.match(text)
        and not FIGURE_CAPTION.match(text)
        and not UNNUMBERED.match(text.strip("*"))
        and not _CONTENTS.fullmatch(text.strip())
        and not el.PART_TITLED.match(text)
        and not is_of_form(text.strip())
        and not el.signs_for_court(text)
        and standard_mark(text) is None
        and not people.names_holders(text)
        and not _PAGE_NAMED.fullmatch(text.strip())
    )


def is_indented(item: Item) -> bool:
    """Whether a printed line begins like a paragraph; set in deeper, it stands in the middle or signs."""
    return 2 <= item.indent <= _PARAGRAPH and item.width > 0 and not item.centered


def stands_centred(above: Item, below: Item) -> bool:
    """Whether two lines of print, one right below the other, stand in the middle though no deeper than paragraphs: their
    own middles agree. A larger print moves them off the page's, by as much as a line is longer than the other."""
    if not below.is_text or below.blanks or below.indent == above.indent:
        return False
    middles = [2 * x.indent + print_width(x.s) for x in (above, below)]
    return abs(middles[0] - middles[1]) <= (_OFF if below.indent > above.indent else _NEARLY)


def names_act(text: str) -> bool:
    """Whether a line names nothing but an organ and that it orders or proclaims: 某省人民政府令, 某市人大常委会公告."""
    m = _ACT.fullmatch("".join(text.split()))
    return m is not None and el.is_organ(m["whose"])


def heads_order(text: str) -> bool:
    """Whether a line is the head of an order, with its number or without.

    >>> [heads_order(s) for s in ("某省人民政府令第12号", "某 省 人 民 政 府 令", "停工整改指令", "某省人民政府公告")]
    [True, True, False, False]
    """
    return el.order_number(text) is not None or (text.rstrip().endswith("令") and names_act(text))


def is_set_over_table(items: Sequence[Item], i: int, k: int) -> bool:
    """Whether printed lines that stand off the middle are set over the columns of the table below: its caption."""
    off = items[i].width > 0 and items[i].indent > _PARAGRAPH and not items[i].centered
    return off and k + 1 < len(items) and items[k + 1].kind == "table"


def may_begin(item: Item) -> bool:
    return item.is_text and not item.bullet and len(item.s) <= LONGEST_KNOWN and _may_begin(item.s)


@remembered
def _may_begin(text: str) -> bool:
    if not _SAYS.search(text) or SUBTITLE.match(text) or _in_columns(text):
        return False
    return not (
        (is_field(text) and el.type_of_title(text) is None)
        or _DATED.match(text)
        or ENDED.fullmatch(text)
        or (text.endswith(_CHANGED) and _OF_CHANGE.search(text))
        or _SPEAKS_TO.match(text)
        or _REPORTED.fullmatch(text)
        or people.names_one_of(text)
        or el.TEXT_NOTE.match(text)
        or any(p.match(text) for p in (el.ATTACHMENT_LIST, el.ANNEX_MARK, MARK_NOTED))
    )


def _in_columns(text: str) -> bool:
    """Whether a line is a row whose cells blanks part: words above columns, or words and figures.

    >>> [_in_columns(s) for s in ("日期 项目 地点", "5月20日 篮球 体育馆", "东 山 县 公 告", "首页 | 新闻 | 公告")]
    [True, True, False, True]
    """
    if len(text.split(None, _CELLS - 1)) < _CELLS or text.count(" | ") >= _CELLS - 1:
        return " | " in text  # a menu's words
    words = text.split()
    if max(map(len, words)) < 2 or el.type_of_title(text) or el.organs_in(text):
        return False
    return el.opens_kind("annex_table", text) or _SERIAL.fullmatch(words[0]) is not None


def goes_on(items: Sequence[Item], i: int, k: int, run: str, contents_after: Sequence[bool]) -> bool:
    """Whether item k may be a further line of the title that begins at item i and says `run` so far."""
    item = items[k]
    if is_part(items, i, k) or is_part(items, i, k - 1):
        return is_part(items, i, k)  # nothing goes on with a standard's part
    if not (may_print_title(item) or _ends_alone(run, item)) or is_byline(items, k):
        return False
    if _translates(run, item.s):
        return False
    whole = not unbalanced(run) and not run.endswith(UNFINISHED)
    far = item.begins_page or contents_after[k - 1] or _stands_apart(items[i], item, run, whole=whole)
    far = (
        far
        or _in_columns(item.s)
        or _COVER_LABEL.match(item.s) is not None
        or (whole and _begins_another(item, run))
        or _lists_organs(items, i, k)
    )
    far = far or (ENDED.search(run) is not None and el.type_of_title(item.s) is None and item.s.strip()[0] not in "（(")
    far = far or (whole and (_heads_section(items[i], item, run) or _told_apart(items[i], item, run)))
    far = far or begins_decimals(items, k) or heads_decimals(items, k) or (whole and opens_count(items, k))
    return not far and (not is_indented(item) or stands_centred(items[k - 1], item))


def _translates(run: str, text: str) -> bool:
    """Whether a line is English behind a Chinese title, or says it once more in another language."""
    return (is_english(text) and not run.isascii()) or is_translated(run, text)


def _stands_apart(first: Item, item: Item, run: str, *, whole: bool) -> bool:
    """Whether a line is set apart from a title's first one: by a blank line and its level, unless both stand in the
    middle, in two sizes; behind a title that is `whole`, by a lower level; or in a workbook, where it says when, or has a
    label."""
    if whole and item.blanks > 0 and item.level > first.level > 0:
        return True
    if item.lines[0].in_sheet and (is_field(item.s) or _WHEN.fullmatch(item.s)):
        return True
    of_two_levels = item.blanks == 1 and (first.level > 0) != (item.level > 0) and not _completes(run, item)
    of_two_levels = of_two_levels and not (
        first.level and (TAIL_ALONE.match(item.s.strip()) or el.VERSION.match(item.s))
    )
    return of_two_levels and not (first.centered and item.centered)


def _completes(run: str, item: Item) -> bool:
    """Whether a line brings the noun that 关于… still lacks: a tool may tell the first line alone of a title as one."""
    about = el.type_of_title(run) is None and CONCERNS.search(run) is not None
    return about and not el.is_organ(item.s) and (el.noun_of(run + item.s) or ("", ""))[1] == "strong"


def _heads_section(first: Item, item: Item, run: str) -> bool:
    """Whether a line behind a title that is whole so far is set apart from it and named as sections of any text are."""
    apart = item.blanks > 0 or item.setting != first.setting
    below = names_section(item.s) and el.type_of_title(run) is not None
    return apart and item.level > 0 and (below or names_section(run))


def _told_apart(first: Item, item: Item, run: str) -> bool:
    """Whether the reader's tool calls the one line a title, whole so far, and the other a heading."""
    title, other = first.setting[2], item.setting[2]
    return title and not other and item.level > 0 and el.type_of_title(run) is not None


def _begins_another(item: Item, run: str) -> bool:
    """Whether a line behind a title that is whole so far begins something else."""
    if _DAY.match(item.s) and el.noun_of(run) is not None:
        return True
    if (
        opens_other(item.s)
        or el.order_number(run) is not None
        or OF_FILE.search(run) is not None
        or _SERIES.match(item.s) is not None
        or item.s.strip().isdecimal()
    ):
        return True
    kind = el.type_of_title(run)
    of_bundle = _COLLECTION.search(run) and (item.s.strip()[:2] == run[:2] or (item.blanks and _EVIDENCE.search(run)))
    if of_bundle and (noun := el.noun_of(item.s)) and noun[1] == "strong" and noun[0] not in ("annex_table", "roster"):
        return True  # a bundle's name over the title of a text of the same place, or of its first paper
    if people.says_who_spoke(item.s, run) or (kind == "roster" and people.may_be_name(item.s)):
        return True
    return kind is not None and (
        is_field(item.s)
        or el.organs_in(item.s) is not None
        or bool(_DATED.match(item.s))
        or item.s.isascii()
        or el.is_signatory(item.s)
        or names_act(item.s)
        or any(group_of(s) is not None for s in (item.s, item.s.split(None, 1)[0]))  # under the name of a list: 一等奖
        or people.is_name(item.s.strip())
        or people.lists_people(item.s)
        or (el.is_bare_kind(item.s) and len(run) > len(item.s))
    )


def _lists_organs(items: Sequence[Item], i: int, k: int) -> bool:
    """Whether the lines above item k are a list of organs, and not those that issue together: 关于 does not follow, nor
    behind further organs, and all lines so far are organs, two at least, or a blank line parts them from a title that is
    whole by itself."""
    text = items[k].s
    if not el.is_organ(items[k - 1].s) or is_named_again(items, i, k):
        return False
    below = next((x.s for x in items[k : k + _LISTED] if not el.is_organ(x.s)), "")
    if below.lstrip("*").startswith("关于"):
        return False
    if items[k].blanks > 0 and "关于" in text and el.type_of_title(text) is not None:
        return True
    # 某府办公室 / 转发某局 / 某厅 / 关于…: whose text it is
    if any(x.s.strip().startswith(_PASSED_ON) for x in items[i:k]):
        return False
    above = next((n for n in range(1, _LISTED) if k < n or not el.is_organ(items[k - n].s)), _LISTED) - 1
    return above >= min(_LISTED - 1, max(2, k - i))


def _ends_alone(run: str, item: Item) -> bool:
    """Whether a line of one character ends the title so far: …的通|知."""
    bare = item.s.strip().strip("*")
    return item.is_text and len(bare) == 1 and el.type_of_title(run + bare) is not None


def full_line_goes_on(item: Item, after: Item, run: str, wrap: int) -> bool:
    """Whether a title's line fills the width that titles wrap at, and the next one ends it with a noun."""
    return bool(
        wrap
        and len(item.s) >= wrap
        and after.blanks == 0
        and may_print_title(after)
        and not after.page_break
        and len(after.s) <= wrap
        and not el.is_organ(after.s)
        and not is_indented(after)
        and el.type_of_title(run + after.s)
        and not unbalanced(after.s)
    )
