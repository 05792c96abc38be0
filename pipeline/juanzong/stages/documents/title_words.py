"""What the words of lines tell that may be a title, as signs for or against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.numbering import TABLE_CAPTION, heading_of
from juanzong.language.other_numbers import other_numbers
from juanzong.language.text import ends_sentence, unbalanced
from juanzong.stages.documents.cells_round import among_cells
from juanzong.stages.documents.decimal_heads import heads_decimals, opens_count
from juanzong.stages.documents.title_lines import (
    CONCERNS,
    ENDED,
    TAIL_ALONE,
    UNFINISHED,
    full_line_goes_on,
    may_print_title,
)
from juanzong.stages.documents.title_tails import STANDARD_PART, is_told_of
from juanzong.stages.pieces.items import Item

_ANNOUNCES = re.compile(
    r"(?:关于.{0,12}?(?:印发|转发|发布|颁布|公布|批转|下发)|印发|批转|转发)(?:《.*》|[^《》]*)$"
)  # “关于印发《…》”: the word that ends such a title (的通知) is still to come
_ON_ANNOUNCING = re.compile(r"关于(?:公布|发布|颁布)[^《》]*的(?:若干|暂行|补充|管理)?(?:规定|办法|规则|意见|解释)$")
_LETTER = re.compile(r"现将|现予|现就|现对|兹将|兹定于|兹有|经研究|为(?:贯彻|进一步|了|加强|做好|深入)|根据《")
_FOOT = 5  # lines at most behind the last text of a page
_NAME = re.compile(r"\s*《[^《》]{4,}》\s*")
_BRACKET_LINES = 6  # of who adopted a text, and who changed it
_NEAR_ORDER = 3  # lines below an order's title, in which its text begins
_SHORTEST = 4  # characters of a title that ends in no noun, where no annex's mark stands over it
_LAST_WORD = re.compile(r"\p{Han}{2}(?:方案|办法|细则|意见|报告|规划|计划|预案)")
_LATIN = re.compile(r"[\p{Latin}\d\s\p{P}]+")
_FIGURE_BEFORE = re.compile(
    r"\d{1,2}(?:[.．]\d{1,2})*\s*(?=\p{Han})"
    r"(?!\d*\s*(?:年|月|日(?!常)|号|世纪|个(?!人)|项(?!目)|万|千|届|亿|大|条(?![件例])|名(?![单称录])|岁|家(?!庭)|级|类(?!别)|度|米|所|省|市(?!场)|县|区(?!域)))"
)
_IN_BRACKETS = re.compile(r"[（(][^（）()]{2,30}[）)]")
_LABEL = re.compile(r"\s*(\p{Han}[\p{Han}\s]{1,7}(?:[（(][^（）()]{1,8}[）)])?)\s*[:：]")
_BRACKET = re.compile(r"[（(《）)》]")


def words_of(
    items: Sequence[Item], i: int, k: int, run: str, wrap: int, *, named: bool, annexed: bool
) -> Iterator[str]:
    """What the words of items[i:k+1] tell."""
    noun = el.noun_of(run)
    if noun is None and k == i and is_order(items, k):
        yield from ("noun", "kind opens")
    elif noun and (noun[1] == "strong" or not annexed):
        yield f"{noun[1]} noun".removeprefix("strong ")
    elif not noun and not named and not annexed:  # an annex is called anything
        yield "no noun"
    if "。" in run or "；" in run:
        yield "prose"
    if _LETTER.match(run):
        yield "letter"
    tail = items[k].s.strip() if k > i else ""
    ends = TAIL_ALONE.match(tail) or STANDARD_PART.fullmatch(tail) or (tail and el.VERSION.match(items[k].s))
    if ends or (k > i and _tells_table(items, k)) or (noun is None and ENDED.search(run)):
        yield "tail line"
    if annexed and _heads_a_table(items, k + 1):
        yield "annex goes on"
    yield from _heads_letter(items, i, k, run) if noun is not None and noun[0] == "notice" else ()
    if not named:
        yield from _unnamed(items, i, k, run, wrap, noun[0] if noun else None, annexed=annexed)


def _tells_table(items: Sequence[Item], k: int) -> bool:
    """Whether item k, right above a table, tells in brackets what the table named above it holds: （含专科）."""
    item = items[k]
    below = items[k + 1] if k + 1 < len(items) else None
    return (
        _IN_BRACKETS.fullmatch(item.s.strip()) is not None
        and not item.blanks
        and below is not None
        and below.kind == "table"
    )


def is_order(items: Sequence[Item], k: int) -> bool:
    """Whether item k is an order's title with its number, 某市人民政府令第3号, over the text that issues what it names."""
    said = [x.s for x in items[k + 1 : k + 1 + _NEAR_ORDER] if not x.rule and x.kind == "text"]
    return el.order_number(items[k].s) is not None and el.ISSUES.search("".join(said)) is not None


def _unnamed(
    items: Sequence[Item], i: int, k: int, run: str, wrap: int, kind: str | None, *, annexed: bool
) -> Iterator[str]:
    """What speaks against lines that nothing else in the bundle names. `annexed`: an annex's mark stands over them."""
    few = not annexed and _says_no_title(items, i, k, run, kind)
    if few or _is_rest(run) or _ends_bracket(items, i, run) or _is_foot(items, i, k):
        yield "rest"
    if kind is None and not items[i].level and ("，" in run or "," in run):
        yield "clauses"
    if among_cells(items, i, k) or _among_names(items, i, k):
        yield "among cells"
    if unbalanced(run):
        yield "open"
    if _breaks_off(run, kind):
        yield "unfinished"
    elif k + 1 < len(items) and _goes_on_in(items[k], items[k + 1], run, wrap):
        yield "goes on"
    elif kind is None and CONCERNS.search(run):
        yield "concerns"
    if kind != "notice" or not _letter_below(items, k + 1):
        yield from _numbered(items, i, run)
    label = _LABEL.match(run)
    if label is not None and el.noun_of(label[1]) is None and not el.is_organ(label[1]):
        yield "labelled"
    # a masthead may print the organ's name in Latin letters as well
    printed = [x for x in items[i : k + 1] if not _LATIN.fullmatch(x.s)]
    if all(el.is_organ(x.s) for x in printed) and not el.noun_of(items[k].s):
        yield "organ"


def _goes_on_in(item: Item, after: Item, run: str, wrap: int) -> bool:
    """Whether the title that ends in `item` so far goes on in the line below."""
    return full_line_goes_on(item, after, run, wrap) or is_told_of(run, after.s) or _is_last_word(item, after)


def _says_no_title(items: Sequence[Item], i: int, k: int, run: str, kind: str | None) -> bool:
    """Whether items[i..k] are too few words for a title, or the last word of the one above."""
    return (kind is None and len(run) < _SHORTEST) or (k == i > 0 and _is_last_word(items[i - 1], items[i]))


def _is_last_word(above: Item, item: Item) -> bool:
    """Whether a line says nothing but of what kind a paper is (实施方案, 自评报告), right below one that may say whose and on
    what."""
    if _LAST_WORD.fullmatch(item.s.strip()) is None or item.begins_page or item.blanks > 1:
        return False
    over = may_print_title(above) and item.level == above.level and (el.noun_of(above.s) or ("", ""))[1] != "weak"
    return over and heading_of(above.s) is None and not ends_sentence(above.s) and not el.is_date(above.s)


def _numbered(items: Sequence[Item], i: int, run: str) -> Iterator[str]:
    """Whether lines begin with a figure as headings do, and what stands under them is numbered by it."""
    if _FIGURE_BEFORE.match(run) or any(" " not in n.form for n in other_numbers(run)):
        yield "numbered"
        if heads_decimals(items, i) or opens_count(items, i):
            yield "numbers below"


def _heads_letter(items: Sequence[Item], i: int, k: int, run: str) -> Iterator[str]:
    """Whether items[i..k] head a letter, as what stands below shows: all of its head, or with a figure before them some."""
    heads = _letter_below(items, k + 1)
    if heads > 1 or (heads and any(_numbered(items, i, run))):
        yield "letter follows"


def _letter_below(items: Sequence[Item], k: int) -> int:
    """How much of what heads a letter, and no section, stands from item k on: its number, whom it is addressed to."""
    below = [x.s for x in items[k : k + 2] if x.is_text]
    return sum((any(map(el.is_addressee, below)), bool(below and el.is_doc_number(below[0]))))


def _breaks_off(text: str, kind: str | None) -> bool:
    """Whether the end of the text is still to come: 关于印发《…》, but for its 的通知."""
    return text.endswith(UNFINISHED) or (
        kind != "notice" and bool(_ANNOUNCES.search(text)) and not _ON_ANNOUNCING.search(text)
    )


def _heads_a_table(items: Sequence[Item], k: int) -> bool:
    """Whether item k, right under a line of an annex's title, is the title's end, with its table below: “某某规划” /
    “项目汇总表”, of which the first line alone looks whole."""
    return (
        k + 1 < len(items)
        and items[k].blanks == 0
        and not items[k].page_break
        and may_print_title(items[k])
        and el.type_of_title(items[k].s) is not None
        and (
            items[k + 1].kind == "table"
            or any(p.match(items[k + 1].s) for p in (TABLE_CAPTION, el.UNIT, el.TABLE_NOTE))
        )
    )


def _is_foot(items: Sequence[Item], i: int, k: int) -> bool:
    """Whether nothing but what a page says of itself stands behind items[i..k], the last of a text: whose page it is, or a
    link to another text."""
    behind = items[k + 1 : k + 1 + _FOOT]
    if not i or not behind or k + 1 + len(behind) < len(items):
        return False
    return all(x.rule or (x.is_text and (el.is_label(x.s) or el.ABOUT.match(x.s))) for x in behind)


def _among_names(items: Sequence[Item], i: int, k: int) -> bool:
    """Whether lines say nothing but names in title marks, one of a list: another such line stands beside them."""
    if not all(_NAME.fullmatch(x.s) for x in items[i : k + 1]):
        return False
    return k > i or any(x.is_text and _NAME.fullmatch(x.s) for x in (*items[max(0, i - 1) : i], *items[k + 1 : k + 2]))


def _ends_bracket(items: Sequence[Item], i: int, run: str) -> bool:
    """Whether lines end a bracket that the lines right above leave open: who adopted the text, and who changed it."""
    if not run.endswith(("）", ")")):
        return False
    above = ""
    for item in items[max(0, i - _BRACKET_LINES) : i][::-1]:
        if not item.is_text:
            return False
        above = item.s + above
        if unbalanced(above) and item.s.lstrip().startswith(("（", "(")):
            return True
    return False


def _is_rest(text: str) -> bool:
    """Whether a text begins as the rest of another one: with a word that joins (及…), or it closes a bracket or title
    mark before it opens any."""
    if text.startswith(("及", "的", "、")):
        return True
    m = _BRACKET.search(text)
    return m is not None and m[0] in "）)》"
