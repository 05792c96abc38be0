"""The title that a web page gives the document it shows, above the document's own."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.annex_marks import FILE_NAMED
from juanzong.language.document_types import number_start
from juanzong.language.numbering import heading_of
from juanzong.stages.documents.title_worth import Title
from juanzong.stages.pieces.items import Item

# the day, in figures, on which a text was put up
POSTED = re.compile(r"\s*(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?\s*")
_COLUMN = re.compile(r"\s*\S{1,10}?[丨｜|:：】]\s*")  # the column that the page stands in
_MOST_ABOVE = 60  # lines of a page above its title
_NEAR = 5  # lines under it, in which the day of posting stands
_LONGEST_TITLE = 80
_LONGEST_POSTED = 130
_LEAST_CUT = 6  # ... cut short
_LEAST_TITLE = 8  # characters of a title by which it is known
# what the name of a file adds to a title: the day before it, its kind behind it
OF_FILE = re.compile(rf"^\s*(?:19|20)\d{{6}}[\s_-]*(?=\p{{Han}})|{FILE_NAMED.pattern}")
_BRACKET_LAST = re.compile(r"\s*[（(【\[][^（）()]*[）)】\]]\s*$")
_OF_SEVERAL = re.compile(
    r"^\s*(?:(?:附\s*件|附\s*表)\s*)?\d{1,2}(?:[-.]\d{1,2})*\s*[-+.．、：:_\s]*(?=[\p{Han}《])(?![年月日级届号])"
)
TAKEN_OVER = re.compile(r"\s*[（(【\[]\s*(?:转载|转发|转|附件|正文|全文|扫描件)\s*[）)】\]]\s*")
_SITE = re.compile(r"\s*[-—–_|｜丨]+\s*(?P<name>\p{Han}[\p{Han}\s]{1,18})$")  # the site's name, behind the title
NUMBERED = re.compile(r"\s*(?P<number>[\p{Han}]{1,12}\s*[〔\[（(]\s*(?:19|20)\d\d\s*[〕\]）)]\s*第?\d{1,5}号)\s*")


def is_page_title(text: str, title: str) -> bool:
    """Whether a line is the title that a web page gives a document: with its number, its column (政策｜…), the site
    (… - 某市政府网), cut short or with the issuer put before it.

    >>> title = "某市人民政府关于印发某市防汛预案的通知"
    >>> [is_page_title(s, title) for s in ("某政发[2020]3号某市防汛预案的通知", "政策丨" + title, "某市旱情公告")]
    [True, True, False]
    >>> is_page_title("20200301关于印发某市防汛预案的通知.docx", title)
    True
    """
    own = skeleton(title[: number_start(title)])
    named = without_site(file_title(text))
    page = skeleton(NUMBERED.sub("", _COLUMN.sub("", TAKEN_OVER.sub("", named[: number_start(named)]))))
    return len(own) >= len(page) >= _LEAST_TITLE and own.endswith(page)


def file_title(text: str) -> str:
    """What the name of a file says of its text's title: without its kind, and the number that it has among others.

    >>> file_title("附件3填报指南.doc"), file_title("2.+某市职位表.xlsx"), file_title("附件3填报指南")
    ('填报指南', '某市职位表', '附件3填报指南')
    """
    named = OF_FILE.sub("", text)
    return _OF_SEVERAL.sub("", named) if named != text else text


def without_site(text: str) -> str:
    """A page's title without the name of the site behind it; what names a document is no site.

    >>> [without_site(s) for s in ("某县水库管理办法 - 某县人民政府网", "某县水库管理办法", "政策｜某县水库管理办法")]
    ['某县水库管理办法', '某县水库管理办法', '政策｜某县水库管理办法']
    """
    site = _SITE.search(text)
    return text if site is None or el.type_of_title(site["name"]) is not None else text[: site.start()]


def is_file_name(text: str, title: str) -> bool:
    """Whether a line is the name of the file that a document came in: its title with the day before it, or the kind of
    the file behind it; or what the title is about.

    >>> title = "某县人民政府办公室关于印发某县防汛抗旱预案的通知"
    >>> is_file_name("2.某县防汛抗旱预案（2021修订）.docx", title), is_file_name("某县古桥名录.docx", title)
    (True, False)
    """
    if OF_FILE.search(text) is None:
        return False
    name = skeleton(_BRACKET_LAST.sub("", file_title(text)))
    same = skeleton(file_title(text)) == skeleton(title) or (len(name) >= _LEAST_TITLE and name in skeleton(title))
    return same or is_page_title(text, title)


def is_cut_title(text: str, title: str) -> bool:
    """Whether a line is a title mark opened over the first words of a title's name, cut there: as a page's own head
    prints it where it has no room.

    >>> title = "某市人民政府关于印发某市河道防汛预案的通知"
    >>> [is_cut_title(s, title) for s in ("《某市河道防汛", "《某市河道防汛》", "《某市古桥修缮")]
    [True, False, False]
    """
    said = text.strip()
    page = skeleton(said)
    return said.startswith("《") and "》" not in said and len(page) >= _LEAST_CUT and page in skeleton(title)


def placed_title(items: Sequence[Item]) -> Title | None:
    """The title of a web page that its words do not tell (电子证照如何申领？一文说清), by its place: right under the path
    of the page, and right above when and whence its text was put up; or near its head, told as a heading, and again."""
    for k, item in enumerate(items[1:_MOST_ABOVE], 1):
        if k <= _NEAR and items[k - 1].level and _may_stand(item) and skeleton(item.s) == skeleton(items[k - 1].s):
            return Title(k - 1, k, items[k - 1].s.strip(), ["first", "head before", "head follows"])
        if items[k - 1].rule == "web-chrome" and _may_stand(item) and _tells_posting(items[k + 1 :]):
            return Title(k, k + 1, item.s.strip(), ["first", "head before", "head follows"])
    return None


def posted_titles(items: Sequence[Item]) -> dict[int, list[Title]]:
    """By their places, the lines that Markdown or a tool sets above all else, right over two labels of a web page's head at least (发布日期：…,
    原文链接：…): the titles of pages that were put one behind the other, whatever they say."""
    return {
        k: [Title(k, k + 1, item.s.strip().strip("*"), ["posted"])]
        for k, item in enumerate(items)
        if item.level == 1 and item.is_text and _LEAST_TITLE <= len(item.s) <= _LONGEST_POSTED
        if not item.s.rstrip().endswith(("。", "：", ":", "；")) and heading_of(item.s) is None
        if _are_posted([x for x in items[k + 1 : k + 1 + _NEAR] if not x.rule][:2])
    }


def _are_posted(below: Sequence[Item]) -> bool:
    labels = [el.label_of(x.s) or ("about" if el.ABOUT.match(x.s) else None) for x in below if x.is_text]
    return len(labels) == 2 and None not in labels and not {"published_on", "about"}.isdisjoint(labels)


def _may_stand(item: Item) -> bool:
    text = item.s.strip()
    return (
        item.is_text
        and _LEAST_TITLE <= len(text) <= _LONGEST_TITLE
        and not text.endswith(("。", "：", ":", "；"))
        and not (el.is_label(text) or el.ABOUT.match(text) or heading_of(text) or el.is_date(text) or el.is_organ(text))
    )


def _tells_posting(items: Sequence[Item]) -> bool:
    """Whether when, or whence, a text was put up stands here; or the day alone, over whence."""
    live = [x for x in items[:_NEAR] if not x.rule]
    if len(live) > 1 and live[0].is_text and POSTED.fullmatch(live[0].s):
        live = live[1:]
    return bool(live) and live[0].is_text and el.label_of(live[0].s) in ("published_on", "source")
