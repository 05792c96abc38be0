"""Which lines may be the running head of a page by their form, and by what stands round them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.form_lines import fills_in_anew
from juanzong.language.numbering import TABLE_CAPTION, heading_of
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.pieces.column_lines import is_columnar

ROW = re.compile(r"\t|^\||<t|\S\s{2,}\S")  # what shows a row of a table
_LONGEST_CELL = 12  # characters of a cell that stands in a line of its own, mostly
_STOP = re.compile("[，。；：、]")
OF_NOTICE = "的(?:通知|函|批复|公告|通告|决定|意见|报告)"  # how the title of a letter that sends something out goes on behind it
HEAD_LENGTH = 60
_SECTIONS = 3  # that have a name in common, at least
_SECTION = 16  # characters of the name of one
_MOST_NEAR = 60  # names of others that stand between two prints of one
HALF = 20  # characters of a line that, without a stop, is half of a sentence
_LEAST_PART = 4  # characters of each part of a head that is set left and right
_CLASSED = re.compile(r"绝密|机密|秘密|特急|加急|平急|签发人")  # what a letter's head says first
_NO_HEAD = re.compile(r"附件\d*|目录|序号|编号|顺序号")  # the last ones begin the header of a table, a cell a line
# labels of what all pages of a print are of; those that each item of a list has (责任单位, 完成时限) are none
_OF_PRINT = re.compile(
    r"(?:(?:项目|工程|课题|标段|报告|文件|文档|合同|招标|采购|资料|材料|课程|专业|学校|单位|企业)(?:名称|编号|代码)"
    r"|(?:编制|编写|建设|委托|设计|评估|评价|咨询|检测|监测)(?:单位|机构))\s*[:：]\s*(?P<value>[^\s，。；：:][^，。；：:]{3,})$"
)
_BLANK_DATE = re.compile(r"[\s_＿]*(?:20)?[\s_＿]*年[\s_＿]*月[\s_＿]*日[\s_＿]*")  # of forms, to be filled in


def head_words(lines: Sequence[Line], i: int) -> str:
    """A line, folded, if it may be a running head by its form; else ''."""
    text = lines[i].text.strip()
    if (
        lines[i].in_sheet
        or not len(text) >= 2
        or (len(text) > HEAD_LENGTH and len("".join(text.split())) > HEAD_LENGTH)  # its parts may stand far apart
        or "\t" in text
        or "<t" in text
        or text.startswith("|")
        or TABLE_CAPTION.match(text)  # what pages of one table print again is told there
        or lines[i].tabular
        or heading_of(text)
        or re.search("[，。；]", text)
        or ("：" in text and not (labels_print(text) and not _at_table(lines, i)))
        or (is_columnar(text) and _among_columns(lines, i))
        or _NO_HEAD.fullmatch(fold(text))
        or _is_element(lines, i)
    ):
        return ""
    return fold(text)


def labels_print(text: str) -> bool:
    """Whether a line says with its label what the print is of that it stands in, on each page.

    >>> labels_print("项目名称：松城市公园评估报告"), labels_print("责任单位：松城市林业局"), labels_print("项目名称：")
    (True, False, False)
    """
    return _OF_PRINT.match(text.strip()) is not None


def _at_table(lines: Sequence[Line], i: int) -> bool:
    """Whether a row of a table stands next to a line: its pages print what it is of again."""
    near = [*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2]]
    return any(x.like_row for x in near)


def _among_columns(lines: Sequence[Line], i: int) -> bool:
    """Whether a line whose parts wide blanks part stands next to another one: a row, or the header of a table printed
    again. A head of two parts, one at each margin, stands over text; what ends the page before says nothing of it."""
    near = [*lines[max(0, i - 2) : i], *lines[i + 1 : i + 3]]
    return any(x.tabular or is_columnar(x.text.strip()) for x in near)


def in_parts(text: str) -> bool:
    """Whether a line says one thing at the left margin and another at the right, of several characters each.

    >>> in_parts("松城绿道论坛    2026年8月 松城"), in_parts("松  城  市  规  划")
    (True, False)
    """
    parts = re.split(r"\s{2,}", text.strip())
    return len(parts) > 1 and min(map(len, parts)) >= _LEAST_PART


def _is_element(lines: Sequence[Line], i: int) -> bool:
    """Whether a line comes back because every document has its like: a date, a line of the imprint, who signs."""
    text = lines[i].text.strip()
    after = lines[i + 1].text if i + 1 < len(lines) else ""
    return bool(
        el.DATE.match(text)
        or _BLANK_DATE.fullmatch(text)
        or el.is_of_imprint(text)
        or el.ANNEX_MARK.match(text)
        or (el.is_signatory(text) and el.DATE.match(after))
    )


def cuts_sentence(lines: Sequence[Line], at: int, live: Sequence[int]) -> bool:
    """Whether line `at` stands between the halves of a sentence: there begins nothing. `live`: the lines that are no furniture."""
    n = bisect_left(live, at)
    before, after = (lines[live[k]].text.strip() if 0 <= k < len(live) else "" for k in (n - 1, n + 1))
    broken = len(before) >= HALF or before.endswith(("，", "、"))
    run_on = "，" in before or heading_of(before) is None
    return broken and run_on and not ends_sentence(before) and ends_sentence(after)


def issues_title(lines: Sequence[Line], at: int) -> bool:
    """Whether line `at` names who issues a text, above its title: 关于…, others that issue it between."""
    end = next((k for k in range(at, len(lines)) if not el.is_organ(lines[k].text)), len(lines))
    return at < end < len(lines) and lines[end].text.lstrip().startswith("关于")


def says_no_part(lines: Sequence[Line], at: int) -> bool:
    """Whether line `at` is a few words that are part of no document: no organ, no letterhead, no kind of document, no
    element of one (see `head_words`)."""
    text = lines[at].text.strip()
    few = len(text) <= HALF and not text.startswith(("关于", "《"))
    none = names_none(text) and not el.is_organ(text) and el.LETTERHEAD.match(text) is None
    return few and none and _CLASSED.match(fold(text)) is None and bool(head_words(lines, at))


def is_first_of_two(lines: Sequence[Line], heads: Sequence[int]) -> bool:
    """Whether one line stands below all that say a head, which names no kind of document: its second one."""
    below = {fold(lines[i + 1].text) if i + 1 < len(lines) else "" for i in heads}
    return len(below) == 1 and names_none(lines[heads[0]].text)


def names_none(text: str) -> bool:
    """Whether a line names no kind of document, unless what a bundle holds."""
    return el.noun_of(text.strip()) in (None, ("other", "weak"))


def announced(lines: Sequence[Line], at: int, text: str) -> bool:
    """Whether the title of a notice, or of a web page, below line `at` names it: 关于印发《…》的通知."""
    run = ""
    for line in lines[at + 1 : at + 24]:
        if len(line.text) > HEAD_LENGTH or line.text.startswith("  "):
            break
        run += fold(line.text)
    return "《" + text in run


def stands_among_cells(lines: Sequence[Line], live: Sequence[int], at: int) -> bool:
    """Whether the lines round a place in `live` may be cells of a table, a line each: no blank line or furniture parts
    them, they are short, and have no stop."""
    if live[at] - live[at - 1] != 1 or lines[live[at]].blanks:
        return False
    near = (lines[live[k]].text.strip() for k in (at - 1, at + 1))
    return all(len(text) <= _LONGEST_CELL and not _STOP.search(text) for text in near)


def stands_below_caption(text: str, above: str) -> bool:
    """Whether what stands over the rows of a table is a head between it and its caption: it is no row, as the header is
    whose last column is a plan or a method."""
    return not ROW.search(text) and bool(TABLE_CAPTION.match(above) or el.UNIT.match(above))


def is_next_paper(title: str, last: str, below: str, first: str) -> bool:
    """Whether a title begins the next of several papers: certificates (荣誉证书, 聘书) behind the date of the one before, or
    forms, whose line below is filled in as the `first` one's was, otherwise."""
    return (el.is_date(last) and el.is_paper(title)) or fills_in_anew(below, first)


def bare_of(text: str) -> str:
    """A line without the marks round it: of Markdown, of a title."""
    bare = text.strip().lstrip("#").strip().strip("*").strip()
    return bare[1:-1].strip() if bare[:1] + bare[-1:] in ("【】", "《》") else bare


def names_of_sections(lines: Sequence[Line], live: Sequence[int], prints: Iterable[Sequence[int]]) -> set[int]:
    """The lines that print the name of a section which each part of a text has, as between all of its prints stands the
    name of another one too (风险描述 and 处置措施 for each kind of accident); `prints`: the places (in `live`) of each title
    that is printed, in order."""
    often = [places for places in prints if len(places) >= _SECTIONS]
    if not often:
        return set()
    texts = [lines[i].text.strip() for i in live]
    short = (at for at, text in enumerate(texts[:-1]) if len(text) <= _SECTION and _heads_text(text, texts[at + 1]))
    named = {at: fold(texts[at]) for at in short}
    others: defaultdict[str, list[int]] = defaultdict(list)
    for at, name in named.items():
        others[name].append(at)
    order = list(named)
    out: set[int] = set()
    for places in often:
        a, b = min(pairwise(places), key=lambda gap: gap[1] - gap[0])
        near = order[bisect_right(order, a) : bisect_left(order, b - 1)][:_MOST_NEAR]
        if any(_stands_in_all(others[named[at]], places) for at in near):
            out.update(live[at] for at in places)
    return out


def _stands_in_all(at: Sequence[int], places: Sequence[int]) -> bool:
    """Whether one of the places `at`, in order, lies in each gap between two of `places`, the line below it as well."""
    if len(at) < len(places) - 1:
        return False
    return all(bisect_right(at, a) < bisect_left(at, b - 1) for a, b in pairwise(places))


def _heads_text(text: str, below: str) -> bool:
    return _STOP.search(text) is None and len(below) > len(text) and ends_sentence(below)


def without_organ(text: str, titles: Container[str]) -> str:
    """The title that was printed, of a line that says its organ before it; other lines as they are."""
    organ, *rest = text.split(None, 1) or [text]
    return rest[0] if rest and el.is_organ(organ) and fold(rest[0]) in titles else text
