"""What stands above the text of a saved web page: the site's name, its columns, the page's own title. It is no cover and
no document; it goes with the document under it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.doc_numbers import names_gazette
from juanzong.language.numbering import RANK, heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.documents.letterheads import is_grade, is_of_letterhead, wraps_organ
from juanzong.stages.documents.page_titles import is_page_title
from juanzong.stages.documents.title_lines import heads_order
from juanzong.stages.documents.title_names import issued_in
from juanzong.stages.documents.title_worth import Title
from juanzong.stages.pieces.items import Item, next_shown

_LONGEST = 30  # characters of a line of a masthead
_MOST = 60  # lines
_TITLE_LENGTH = 60  # characters of a title, at most
_COLUMN = 6  # characters of a column's name that looks like a title (通知公告, 政府文件)
_KIND = re.compile(
    r"(?:(?:专题|工作|办公|常务|党组|党委|局长|校长|院长|主任|联席)*会议|(?:工作|督查|督办|督导|巡查|检查|考核|情况)+)?"
    r"(?P<noun>纪要|公告|通告|公报|简报|通报)$"
)
_OFFICE = re.compile(r"(?:办公[室厅]|(?:组织|宣传|统战|政法|政治)部|(?:编制|纪律检查|政法|机构编制)委员会)文件")
_MOST_UNLABELLED = 4
_SITE = 60  # characters of a site's name, of a line of its search form
_OF_SITE = re.compile(r"(?:政府信息公开|信息公开(?:网|专栏|平台)?|门户网站|官方网站|官网)$")
_BOX = re.compile("[□☐☑☒]")  # what to tick where one searches
_PLACE_OR_LEVEL = re.compile(
    r"\p{Han}{1,8}(?:省|自治区|市|县|区|州|盟|旗)|(?:国家|中央|地方|部门|[省市县区州]|行业|乡镇?)(?:级|本级)?(?:规范性文件|政策|法规|文件)?"
)
_OF_A_BUNDLE = re.compile(r"材料|佐证|证据|卷|附件|目录|册|编号")  # a cover's words


def is_masthead(items: Sequence[Item], first: int, names: Collection[str]) -> bool:
    """Whether items[:first], above the first document, are what a web page prints there: short lines that name no
    document but the one that it shows (`names`), among them a mark of the web (its path, a label of its head) or right
    above one."""
    above = [x for x in items[:first] if not x.rule]
    return (
        len(above) <= _MOST
        and all(x.kind == "text" and (_is_furniture(x.s) or skeleton(x.s) in names) for x in above)
        and _is_web(items[: first + 1])
    )


def without_mastheads(titles: Sequence[Title], items: Sequence[Item]) -> list[Title]:
    """The titles but those of a web page itself: above the head of the page's document, with no text between."""
    out: list[Title] = []
    for k, t in enumerate(titles):
        while out and _is_of_page(out[-1], t, titles[k + 1 :], items):
            out.pop()
        out.append(t)
    return out


def names_of_page(title: Title, after: Sequence[Title], items: Sequence[Item]) -> frozenset[str]:
    """What a page may call the document with this title: folded, as what it issues is called and as the text itself,
    the first title `after` it."""
    names = [el.bare_title(x) for x in el.promulgated_titles(title.text)]
    if el.type_of_title(title.text) == "notice" or el.order_number(title.text) is not None:
        names += [t.text for t in after[:1]]
    names += issued_in(items, title)
    return frozenset(map(skeleton, names))


def without_letterheads(titles: Sequence[Title], items: Sequence[Item]) -> list[Title]:
    """The titles but those that are a letterhead over the document's own: 某市政府会议纪要, its number, who issued it and
    when, then 关于…的会议纪要."""
    return [
        t
        for t, after in zip(titles, [*titles[1:], None], strict=False)
        if after is None
        or not (
            is_letterhead(t.text, after.text)
            or _orders(t.text, after.text)
            or is_of_letterhead(items, t.start, after.start, after.text)
            or _is_gazette(t, items)
        )
        or not all(
            x.kind == "text" and (is_grade(x) or _under_letterhead(x.s))
            for x in items[t.end : after.start]
            if not x.rule
        )
    ]


def _orders(text: str, title: str) -> bool:
    """Whether a line is the head of an order, over the regulation that it issues without a word of its own."""
    return heads_order(text) and el.type_of_title(title) == "regulation"


def _is_gazette(title: Title, items: Sequence[Item]) -> bool:
    """Whether a line names a gazette, over the number of its issue: 某市人民政府公报 / 2022年第3号."""
    return names_gazette(title.text) and _is_over_number(title, items)


def _is_over_number(title: Title, items: Sequence[Item]) -> bool:
    below = next_shown(items, title.end)
    return below is not None and el.is_doc_number(items[below].s)


def is_of_gazette(items: Sequence[Item], k: int) -> bool:
    """Whether item k names the gazette that prints the text below, or the number of its issue under its name."""
    if not items[k].is_text:
        return False
    return names_gazette(items[k].s) or (
        k > 0 and el.is_doc_number(items[k].s) and items[k - 1].is_text and names_gazette(items[k - 1].s)
    )


def is_letterhead(text: str, title: str) -> bool:
    """Whether a line names, before a title of its kind, nothing but the kind and whose it is.

    >>> is_letterhead("某市人民政府专题会议纪要", "关于内涝治理的会议纪要"), is_letterhead("某校春季学期会议纪要", "某校会议纪要")
    (True, False)
    >>> is_letterhead("督查通报", "关于河道清淤情况的通报"), is_letterhead("河道清淤通报", "关于河道清淤情况的通报")
    (True, False)
    """
    m = _KIND.search(title.strip())
    if m is None or skeleton(text) == skeleton(title):
        return False
    kind = _KIND.search(text := "".join(text.split()))
    whose = text[: kind.start()] if kind is not None else ""
    return kind is not None and kind["noun"] == m["noun"] and (not whose or el.is_organ(whose))


def names_whole_letterhead(item: Item, below: Item, title: str) -> bool:
    """Whether a line and the one below it are a letterhead together: 某海关 / 公  告, above a title of that kind; or an
    organ and an office of it: 某市人民政府 / 办公室文件."""
    if wraps_organ(item, below, title):
        return True
    if not item.is_text or not below.is_text or el.organs_in(item.s) is None:
        return False
    if _OFFICE.fullmatch("".join(below.s.split())) and el.LETTERHEAD.match(item.s + below.s):
        return True
    bare = el.is_bare_kind(below.s) or is_letterhead(below.s, title)
    return bare and is_letterhead(item.s + below.s, title)


def _under_letterhead(text: str) -> bool:
    return bool(el.is_doc_number(text) or el.is_date(text) or el.organs_in(text) or el.signed_and_dated(text))


def _is_of_page(before: Title, title: Title, after: Sequence[Title], items: Sequence[Item]) -> bool:
    """Whether `before` is a line of the masthead over `title`: the page calls what it shows by the name of what `title`
    issues, and the text itself, `after` it, by that name again."""
    between = items[before.end : title.start]
    if has_body([x for x in between if not x.rule]):
        return False
    if "posted" in before.signs and "posted" not in title.signs:  # the page's name, or its file's, for what it shows
        said = [x for x in between if not x.rule and not (el.is_label(x.s) or el.ABOUT.match(x.s) or x.level)]
        return not said
    if not _is_web(between):  # no more than the file's own name of it, perhaps
        name = skeleton(before.text)
        return bool(after) and skeleton(after[0].text) == name and name in names_of_page(title, after, items)
    bare = len(before.text) <= _COLUMN or "no noun" in before.signs
    if (bare and not {"known", "annex mark"} & set(before.signs)) or is_page_title(before.text, title.text):
        return True
    return skeleton(before.text) in names_of_page(title, after, items)


def _is_web(items: Sequence[Item]) -> bool:
    return any(
        x.rule == "web-chrome" or (x.kind == "text" and (el.is_label(x.s) or bool(el.ABOUT.match(x.s)))) for x in items
    )


def _is_furniture(text: str) -> bool:
    if el.is_label(text) or el.ABOUT.match(text):
        return True
    if len(text) <= _SITE and (_OF_SITE.search(text) or len(_BOX.findall(text)) > 1):
        return True
    named = el.type_of_title(text) is not None and len(text) > _COLUMN
    return len(text) <= _LONGEST and not named and not heading_of(text) and not _OF_A_BUNDLE.search(text)


def is_place_and_date(items: Sequence[Item]) -> bool:
    """Whether lines say no more than where, of what level and when: what a page prints above a text without labels."""
    return len(items) <= _MOST_UNLABELLED and all(
        x.kind == "text" and (el.is_date(x.s) or _PLACE_OR_LEVEL.fullmatch(x.s.strip()) is not None) for x in items
    )


def has_body(items: Sequence[Item]) -> bool:
    """Whether there is text to read: a table, a sentence, numbered headings; a cover and contents have none, though a
    cover may print the chapter (第三章 …) or the part (三、…) that the evidence is for, and a volume's number alone: （三）."""
    live = [x for x in items if not x.rule and not (x.kind == "text" and el.is_approval(x.s))]
    if any(map(_is_read, live)):
        return True
    heads = [(heading_of(x.s), len(x.s.rstrip())) for x in live if x.s[:1] in "第（(一二三四五六七八九十"]
    numbered = [head for head, end in heads if head is not None and head.end < end]
    ranks = [head.rank for head in numbered]
    return len(ranks) > len(set(ranks)) or any(
        head.rank > RANK["节"] and (head.ordinal == 1 or len(numbered) > 1) for head in numbered
    )


def _is_read(item: Item) -> bool:
    """Whether an item is text to read by itself: a table, a long line, a sentence."""
    s = item.s
    if item.kind == "table":
        return True
    if len(s) > _TITLE_LENGTH and el.type_of_title(s) is None and not ("://" in s and el.ABOUT.match(s)):
        return True
    whole = ends_sentence(s) and not s.isupper()  # CO., LTD.
    return whole and not s.endswith(("：", ":")) and not el.is_label(s) and not el.is_addressee(s)
