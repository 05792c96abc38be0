"""附件说明: what a document says is annexed to it, in one line or in lines that count on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.traced import EMPTY, Traced
from juanzong.language import elements as el
from juanzong.language.annex_marks import FILE_NAMED, further_in
from juanzong.language.numbering import UNNUMBERED
from juanzong.language.text import unbalanced
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.values import drop_label

# behind 附件1：甲表 in one line; what a title ends in needs no blank
_NAMED_NEXT = re.compile(
    r"(?:[\s；;，,、]+|(?<=[表单册案书图式法则录）》]))(?=附\s*件?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[:：]\s*\S)"
)
_NO_TITLE = re.compile(r"[:：，；。]")
_SIGNED = 2  # lines: who signs, and when
_SHORT = 30  # characters of a line that an attachment's name wraps to
_STOP = re.compile(r"[。；]")
_MARKED = re.compile(r"《[^《》]+》(?:[\s、，,；;和及与]*《[^《》]+》)+[；;。\s]*")  # titles in marks and nothing else
_PARTING = re.compile(
    r"；(?=\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[）).．、])|[。；]\s*$"
)  # what parts the attachments of one line


def attachments_at(rest: Sequence[Item], k: int, meta: dict[str, tree.Value], ledger: Ledger) -> int:
    """How many items from k on list attachments (“附件：1. …” and the numbered lines after it, or “附件1：…” line by line);
    they go to `meta`."""
    if n := _named_attachments(rest, k, meta, ledger):
        return n
    m = _heads_list(rest[k])
    if m is None:
        return 0
    text = rest[k].text
    drop_label(text[: m.start("first")], ledger)
    found = [_attachment(part, ledger) for part in _in_one_line(text[m.start("first") :], ledger)]
    goes_on = (
        _further_attachments(rest, k, found, ledger)
        if found[0].number
        else _closing_line(rest, k + 1, found[0], ledger) or _unnumbered(rest, k, found, ledger)
    )
    meta["attachments"] = [*found]
    return 1 + goes_on


def _in_one_line(text: Traced, ledger: Ledger) -> list[Traced]:
    """The attachments that one line names, each with its number: 1.甲表；2.乙表."""
    if _MARKED.fullmatch(text.text):
        starts = [m.start() for m in re.finditer("《", text.text)]
        return [_without_parting(text[a:b], ledger) for a, b in pairwise([*starts, len(text)])]
    starts = [0, *further_in(text.text)]
    parts = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    out = []
    for part in parts:
        bare = part.text.rstrip("；;，,。 　" if part is not parts[-1] else "；;。")
        drop_label(part[len(bare) :], ledger)
        out.append(part[: len(bare)])
    return out


def _without_parting(text: Traced, ledger: Ledger) -> Traced:
    """A title in its marks, without what parts it from the next one."""
    end = text.text.rindex("》") + 1
    drop_label(text[end:], ledger)
    return text[:end]


def _further_attachments(rest: Sequence[Item], k: int, found: list[tree.Attachment], ledger: Ledger) -> int:
    """The numbered lines under the first of a list, and what they wrap to; how many items they take."""
    n = 1
    while k + n < len(rest) and rest[k + n].kind == "text":
        item = rest[k + n]
        last = found[-1].number.text
        if _counts(item, last):
            found += [_attachment(part, ledger) for part in _in_one_line(item.text, ledger)]
        elif _closing_line(rest, k + n, found[-1], ledger):
            pass
        elif _wraps(rest, k, n, last) or _names_annex_of(found[-1], item):
            found[-1].title = ledger.join(found[-1].title, item.text, "wrapped-attachment")
        else:
            break
        n += 1
    return n - 1


def _wraps(rest: Sequence[Item], k: int, n: int, last: str) -> bool:
    """Whether the n-th item behind the head of a list is the rest of the name above it: it is set in, or the line before
    was full, or the next line counts on."""
    item, after = rest[k + n], rest[k + n + 1 : k + n + 2]
    if item.blanks or len(item.s) >= _SHORT or el.ATTACHMENT_ITEM.match(item.s) or el.is_organ(item.s):
        return False
    if UNNUMBERED.match(item.s) or _NO_TITLE.search(item.s.rstrip("；。 ")):
        return False
    return item.flush or item.indent > rest[k].indent or any(_counts(one, last) for one in after)


def _names_annex_of(attachment: tree.Attachment, item: Item) -> bool:
    """Whether a line brings what an attachment's name still lacks: so far it is nothing but an organ."""
    whose = el.is_organ(attachment.title.text) and not el.is_organ(item.s) and not el.ATTACHMENT_ITEM.match(item.s)
    named = el.may_be_title(item.s) and not re.search("[:：。]", item.s) and not el.is_date(item.s)
    return whose and named and len(item.s) < _SHORT and not el.ANNEX_MARK.match(item.s)


def _counts(item: Item, last: str) -> bool:
    """Whether a line names the attachment that comes next after the one of that number, in figures as it is, or in
    characters: behind 附件1 a line 二、… is a heading."""
    head = el.ATTACHMENT_ITEM.match(item.s)
    return (
        head is not None
        and el.counts_on(el.number_parts(last), el.attachment_number(head))
        and (last[0].isdecimal() == head["number"][0].isdecimal())
        and "。" not in item.s.rstrip().removesuffix("。")
    )


def _unnumbered(rest: Sequence[Item], k: int, found: list[tree.Attachment], ledger: Ledger) -> int:
    """The titles below one that is whole and has no number, down to who signs, or the files below one; how many items they
    take."""
    if n := _files(rest, k, found, ledger):
        return n
    titles: list[Traced] = []
    while el.type_of_title((titles or [found[0].title])[-1].text) is not None and k + len(titles) + 1 < len(rest):
        item = rest[k + len(titles) + 1]
        other = el.is_signatory(item.s) or el.is_date(item.s) or _NO_TITLE.search(item.s) is not None
        if not item.is_text or other or not el.may_be_title(item.s):
            break
        titles.append(item.text.strip())
    signed = rest[k + len(titles) + 1 : k + len(titles) + 3]
    if len(signed) < _SIGNED or not (el.is_signatory(signed[0].s) and el.is_date(signed[1].s)):
        return 0
    found += [tree.Attachment(EMPTY, title) for title in titles]
    return len(titles)


def _files(rest: Sequence[Item], k: int, found: list[tree.Attachment], ledger: Ledger) -> int:
    """The files in lines of their own below one (附件1.docx); how many items they take."""
    if not FILE_NAMED.search(found[0].title.text):
        return 0
    n = 0
    for item in rest[k + 1 :]:
        if not item.is_text or not FILE_NAMED.search(item.s) or _STOP.search(item.s):
            break
        named = el.ATTACHMENT_NAMED.match(item.s) is not None
        found.append(_attachment_named(item.text, ledger) if named else tree.Attachment(EMPTY, item.text.strip()))
        n += 1
    return n


def _closing_line(rest: Sequence[Item], k: int, attachment: tree.Attachment, ledger: Ledger) -> int:
    """Puts the line that closes a bracket left open by an attachment's name behind it, also over blank lines and the end
    of a page; how many items that takes, 0 or 1."""
    if not unbalanced(attachment.title.text) or k >= len(rest) or rest[k].kind != "text" or len(rest[k].s) >= _SHORT:
        return 0
    if unbalanced(attachment.title.text + rest[k].s):
        return 0
    attachment.title = ledger.join(attachment.title, rest[k].text, "wrapped-attachment")
    return 1


def _named_attachments(rest: Sequence[Item], k: int, meta: dict[str, tree.Value], ledger: Ledger) -> int:
    """Lines that each begin with 附件 and their number; or only the first does, and the others count on."""
    found: list[tree.Attachment] = []
    n = 0
    while k + n < len(rest) and rest[k + n].kind == "text":
        item = rest[k + n]
        m = _named(item, el.number_parts(found[-1].number.text) if found else ())
        if m is None:
            break
        cuts = [0, *(gap.end() for gap in _NAMED_NEXT.finditer(item.text.text)), len(item.text)]
        found += [_attachment_named(item.text[a:b], ledger) for a, b in pairwise(cuts)]
        n += 1
    if len(found) == 1:
        n += _further_attachments(rest, k, found, ledger)
    if found:
        meta["attachments"] = [*found]
    return n


def _attachment_named(text: Traced, ledger: Ledger) -> tree.Attachment:
    """附件1：某某表 as an attachment."""
    m = el.ATTACHMENT_NAMED.match(text.text)
    assert m
    title = text[m.start("title") :]
    bare = title.text.rstrip("；;，,、 　\t")
    for gap in (text[: m.start("number")], text[m.end("number") : m.start("title")], title[len(bare) :]):
        drop_label(gap, ledger)
    return tree.Attachment(text[m.start("number") : m.end("number")], title[: len(bare)])


def _attachment(text: Traced, ledger: Ledger) -> tree.Attachment:
    m = el.ATTACHMENT_ITEM.match(text.text)
    if not m:
        return tree.Attachment(EMPTY, text)
    for gap in (text[: m.start("number")], text[m.end("number") : m.start("title")]):
        drop_label(gap, ledger)
    title = text[m.start("title") :].strip()
    bare = title.text.rstrip("；;。")
    drop_label(title[len(bare) :], ledger)
    return tree.Attachment(text[m.start("number") : m.end("number")], title[: len(bare)])


def begins_list(item: Item) -> bool:
    """Whether an item is the first line of a list of attachments, and no sentence."""
    return _names_first(item) or _heads_list(item) is not None


def _heads_list(item: Item) -> re.Match[str] | None:
    """“附件：1. …”, where the item is a line of a list and not a sentence."""
    m = el.ATTACHMENT_LIST.match(item.s)
    return m if m and not _STOP.search(_PARTING.sub("", m["first"])) else None


def _names_first(item: Item) -> bool:
    """“附件1：…”, where the item is a line of a list and not a sentence."""
    return _named(item, ()) is not None


def _named(item: Item, last: tuple[int, ...]) -> re.Match[str] | None:
    m = el.ATTACHMENT_NAMED.match(item.s)
    said = _NAMED_NEXT.sub("", m["title"]).rstrip("； ") if m else ""
    if not m or not el.counts_on(last, el.attachment_number(m)) or _STOP.search(said):
        return None
    return m
