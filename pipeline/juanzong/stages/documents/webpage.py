"""Lines before a title: the letterhead of a 公文, the labelled lines of a web page."""

from __future__ import annotations

from collections.abc import Iterable

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.traced import EMPTY, Traced
from juanzong.language import elements as el
from juanzong.language.alike import same_title, skeleton
from juanzong.language.annex_marks import ANNEX_KIND, MARK_NOTE, MARK_NOTED, marks_annex
from juanzong.language.dates import iso_date
from juanzong.language.standards import standard_mark
from juanzong.stages.documents.mastheads import is_letterhead
from juanzong.stages.documents.page_titles import NUMBERED, POSTED, TAKEN_OVER, is_cut_title, is_page_title
from juanzong.stages.documents.segments import Segment
from juanzong.stages.documents.stands_over import names_below
from juanzong.stages.documents.title_lines import heads_order
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.values import add, add_date, add_number, add_organs, drop_label, listed, without_colon

_BETWEEN = " 　|｜;；丨\t"  # what parts labels in a line
_KIND_AT_END = re.compile(rf"\s*(?P<kind>{ANNEX_KIND}|{MARK_NOTE})\s*$")
_WEB_KEYS = {"web_number": "doc_number", "web_issued_on": "issued_on"}

_ABSTRACT = re.compile(r"\s*[【\[]?\s*(?:内容)?摘\s*要\s*[】\]]?\s*[:：].{10,}。\s*$")
_OF_PAGE = frozenset(("index_number", "publisher", "published_on", "source", "category"))  # elements of web pages


def labelled(segment: Segment, key: str, value: tree.Value) -> bool:
    """Whether an element came from a label of a web page's head, or stands above the title without one, and may be
    printed in the document itself; a number that the letterhead prints as well is the document's."""
    if isinstance(value, Traced) and any(
        el.is_doc_number(x.s) and skeleton(x.s) == skeleton(value.text) for x in segment.head if x.is_text
    ):
        return False
    return any(labels(x, key) for x in segment.head) or (
        key == "issued_on" and any(x.kind == "text" and el.is_date(x.s) for x in segment.head)
    )


def is_of_paper(text: str, meta: dict[str, tree.Value]) -> bool:
    """Whether a line is the abstract of a paper, which belongs to its text; on a web page, whose head has other labels, it
    tells of the page.

    >>> is_of_paper("摘要：研发了墒情采集终端与水肥决策系统。", {}), is_of_paper("摘要：水肥系统", {})
    (True, False)
    """
    return _ABSTRACT.match(text) is not None and _OF_PAGE.isdisjoint(meta)


def labels(item: Item, key: str) -> bool:
    """Whether a line bears the label of an element that may be printed in the document itself as well."""
    return item.kind == "text" and any(_WEB_KEYS.get(found) == key for _, _, found in el.labels_in(item.s))


def is_posting_day(item: Item, around: Iterable[Item]) -> bool:
    """Whether a line of the head is the day, in figures, on which a page with labels `around` put its text up."""
    if item.kind != "text" or POSTED.fullmatch(item.s) is None:
        return False
    lines = [x.s for x in around if x.kind == "text"]
    return any(map(el.is_label, lines)) and not any(el.label_of(s) == "published_on" for s in lines)


def says_posting_day(text: str, meta: dict[str, tree.Value]) -> bool:
    """Whether a line is the day, in figures alone, on which the page's head says that the text was put up."""
    day = meta.get("published_on")
    return isinstance(day, tree.Date) and POSTED.fullmatch(text.strip()) is not None and iso_date(text) == day.iso


def take_posting_day(item: Item, meta: dict[str, tree.Value], ledger: Ledger) -> None:
    """The day on which a page put its text up, without the hour."""
    _take_value("published_on", item.text.strip(), meta, "", ledger)


def settle_web_values(web: dict[str, tree.Value], meta: dict[str, tree.Value], ledger: Ledger) -> None:
    """A web page's 文号 and 成文日期 are second prints, and stand in where the document prints none; another value than
    the document's is told as repeated."""
    for key, value in web.items():
        own = meta.get(key)
        if own is None:
            meta[key] = value
        elif isinstance(value, tree.Date):
            add_date(meta, key, value.text, ledger)
        elif (
            isinstance(value, Traced) and isinstance(own, Traced) and skeleton(value.text).endswith(skeleton(own.text))
        ):
            ledger.drop_ranges(value, "second-print", kind="merge")  # 国令第707号, and printed 第707号
        elif isinstance(value, Traced):
            add(meta, key, value, ledger)


def take_head_line(item: Item, meta: dict[str, tree.Value], title: str, ledger: Ledger) -> None:
    """A line before the title, or before the body; `title` is the document's."""
    s, text = item.s, item.text
    if item.rule:
        ledger.drop_ranges(text, item.rule)
    elif _take_element(item, meta, ledger):
        return
    elif marks_annex(s) or MARK_NOTED.match(s):
        _take_annex_mark(text, meta, ledger)
    elif "annex_number" in meta and names_below(s, title):
        listed(meta, "repeated").append(tree.Repeated("title", text))
    elif el.LETTERHEAD.match(s) or heads_order(s):
        start = el.order_number(s) or len(s)
        add(meta, "letterhead", text[:start].strip(), ledger)
        if start < len(s):
            add_number(meta, text[start:].strip(), ledger)
    elif parted := el.signed_and_dated(s):
        (a, b), (c, d) = parted
        add_organs(meta, "issuers", text[a:b], ledger)
        add_date(meta, "issued_on", text[c:d], ledger)
    elif el.is_date(s):
        add_date(meta, "issued_on", text, ledger)
    elif is_letterhead(s, title):
        add(meta, "letterhead", text, ledger)
    elif m := el.GRADES.match(s):
        _take_grades(m, text, meta, ledger)
    elif (len(skeleton(s)) > 3 and skeleton(title).startswith(skeleton(s))) or is_cut_title(s, title):
        ledger.drop_ranges(text, "title-repeat", kind="merge")
    elif not el.labels_in(s) and is_page_title(s, title):
        _take_page_title(text, meta, ledger)
    elif not _web_line(item, meta, title, ledger):
        ledger.drop_ranges(text, "web-masthead")


def _take_grades(m: re.Match[str], text: Traced, meta: dict[str, tree.Value], ledger: Ledger) -> None:
    """How secret and how urgent a letter is."""
    at = 0
    for key in ("security", "urgency"):
        if m[key]:
            drop_label(text[at : m.start(key)].strip(), ledger)
            add(meta, key, text[m.start(key) : m.end(key)], ledger)
            at = m.end(key)


def _take_annex_mark(text: Traced, meta: dict[str, tree.Value], ledger: Ledger) -> None:
    """An annex's mark; what a standard calls the annex, or a note says of it (样表), stands behind it in brackets, or
    below. That its cover stands below (封面) says nothing."""
    if kind := _KIND_AT_END.search(text.text):
        add(meta, "annotation", text[kind.start("kind") : kind.end("kind")], ledger)
        text = text[: kind.start()]
    if marks_annex(text.text):
        add(meta, "annex_number", _without_brackets(without_colon(text, ledger, ".．、"), ledger), ledger)
    elif text.text.strip():
        ledger.drop_ranges(text, "label", category="format")


def take_gazette(item: Item, meta: dict[str, tree.Value], ledger: Ledger) -> None:
    """The gazette that prints a text is its source, with the number of the issue."""
    name = meta.get("source")
    if isinstance(name, Traced) and el.is_doc_number(item.s):
        meta["source"] = ledger.join(name, item.text, "gazette-issue")
    else:
        add(meta, "source", item.text, ledger)


def _take_element(item: Item, meta: dict[str, tree.Value], ledger: Ledger) -> bool:
    """A line that prints the document's number, alone or beside who signs it, or a copy's; says who may have the text; or
    is one of a standard's head."""
    s, text = item.s, item.text
    if m := el.signed_number(s):
        add_number(meta, text[m.start("value") : m.end("value")].strip(), ledger)
        drop_label(text[m.end("value") : m.start("signer")], ledger)
        add(meta, "signer", text[m.start("signer") : m.end("signer")], ledger)
    elif el.is_doc_number(s):
        add_number(meta, text, ledger)
    elif el.HEAD_NOTE.match(s) or el.DISCLOSED.match(s):
        add(meta, "annotation" if el.HEAD_NOTE.match(s) else "disclosure", text, ledger)
    elif el.BARE_INDEX.match(s):
        add(meta, "index_number", text.strip(), ledger)
    elif el.COPY_NUMBER.match(s):
        ledger.drop_ranges(text, "copy-number")
    elif key := standard_mark(s):
        before = meta.get(key)
        if key == "cover":
            listed(meta, key).append(text)
        elif key == "category" and isinstance(before, Traced):
            meta[key] = ledger.join(before, text, "further-category")
        else:
            add(meta, key, text, ledger)
    else:
        return False
    return True


def _without_brackets(text: Traced, ledger: Ledger) -> Traced:
    """An annex's mark without the brackets round it: 【附件1】; those round its number stay: 附件（1）."""
    if text.text.lstrip().startswith("附") and any(
        text.text.count(a) == text.text.count(b) > 0 for a, b in ("（）", "()")
    ):
        return text
    bare = text.text.strip("（()）【】[]［］ 　")
    start = text.text.index(bare)
    drop_label(text[:start], ledger)
    drop_label(text[start + len(bare) :], ledger)
    return text[start : start + len(bare)]


def _take_page_title(text: Traced, meta: dict[str, tree.Value], ledger: Ledger) -> None:
    """A web page's own title: a second print, but for the number that stands in it."""
    if m := NUMBERED.match(text.text):
        add_number(meta, text[m.start("number") : m.end("number")], ledger)
        text = text[m.end() :]
    start = el.number_start(text.text)
    if 0 < start < len(text.text):
        add_number(meta, text[start:].strip(), ledger)
    ledger.drop_ranges(text[:start].strip(), "title-repeat", kind="merge")


def _web_line(item: Item, meta: dict[str, tree.Value], title: str, ledger: Ledger) -> bool:
    """A line of a web page's head: 索引号, 分类, 发布机构 ...; several may stand in one line."""
    if el.opens_kind("other", item.s) or el.names_number(item.s):
        listed(meta, "cover").append(item.text)  # 项目编号：…
        return True
    s, text = item.s, item.text
    found = el.labels_in(s)
    for k, (start, end, key) in enumerate(found):
        stop = found[k + 1][0] if k + 1 < len(found) else len(s)
        bare = s[end:stop].rstrip(_BETWEEN)
        drop_label(text[end + len(bare) : stop], ledger)
        stop = end + len(bare)
        value = text[end:stop].strip()
        if key == "about":
            ledger.drop_ranges(text[start:stop].strip(), "about-page")
        elif not value:
            drop_label(text[start:stop], ledger)
        else:
            drop_label(text[start:end], ledger)
            _take_value(key, value, meta, title, ledger)
    if not found and (told := el.IMPRINT["disclosure"].match(s)) is not None:
        drop_label(text[: told.end()], ledger)
        add(meta, "disclosure", text[told.end() :].strip(), ledger)
        return True
    return bool(found)


def _take_value(key: str, value: Traced, meta: dict[str, tree.Value], title: str, ledger: Ledger) -> None:
    """The value of a label of a web page's head."""
    if key in ("published_on", "web_issued_on"):
        m = re.match(el.WEB_DAY, value.text)
        rest = value[m.end() :].strip() if m else EMPTY
        add_date(meta, _WEB_KEYS.get(key, key), value[: m.end()] if m else value, ledger)
        if rest:
            ledger.drop_ranges(rest, "time-of-day")
    elif key == "web_number":
        add(meta, "doc_number", value, ledger)
    elif key == "web_title":
        named = TAKEN_OVER.sub("", value.text)
        if same_title(named, title) or skeleton(named) in skeleton(title) or heads_order(title):
            ledger.drop_ranges(value, "second-print", kind="merge")
        else:
            listed(meta, "repeated").append(tree.Repeated("title", value))
    elif key == "keywords" and "category" not in meta:
        add(meta, "category", value, ledger)
    elif key in ("keywords", "validity"):
        ledger.drop_ranges(value, "about-page")  # no element of the document
    else:
        add(meta, key, value, ledger)
