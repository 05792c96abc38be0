"""The end of a document: 附件说明, 发文机关署名 and 成文日期, 版记."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.traced import EMPTY, Traced
from juanzong.language import elements as el
from juanzong.language.text import ends_sentence, number_of, unbalanced
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.notes import note_head
from juanzong.stages.structure.values import add, add_date, add_organs, drop_label

_NEXT = re.compile(
    r"(?<=[；;，,\s》）)表案法单则])(?P<mark>[（(](?P<number>\d{1,2})[）)]|(?P<number>\d{1,2})\s*[.．、](?!\d))"
)
_STOP = re.compile(r"[。；]")
_LONGEST = 160  # characters of a line that names an attachment
_RESIDUE = re.compile(r"\s*(?:&#?\w{1,8};?\s*)+$")
_SIGNED_AND_DATED = re.compile(r"(?P<by>\S.{2,40}?)[\s　]+(?P<on>[12二].{6,20})$")
Imprint = list[tuple[str, Traced]]  # elements of 版记: name, value


def read_tail(rest: list[Item], document: tree.Document, ledger: Ledger) -> list[Item]:
    """附件说明, 发文机关署名 and 成文日期; what is left."""
    meta = document.metadata
    out: list[Item] = []
    listed = _list_of_attachments(rest)
    k = 0
    while k < len(rest):
        item = rest[k]
        if item.kind == "text":
            n = (_attachments(rest, k, meta, ledger) if k == listed else 0) or _closing(rest, k, out, document, ledger)
            if n:
                k += n
                continue
        out.append(item)
        k += 1
    return out


def _closing(rest: Sequence[Item], k: int, before: Sequence[Item], document: tree.Document, ledger: Ledger) -> int:
    """How many items from k on sign and date the document; they go to metadata."""
    meta = document.metadata
    n = _signature(rest, k)
    letter = document.type == "notice"
    if n and (letter or not _text_follows(rest[k + n :])):
        for x in rest[k : k + n - 1]:
            add_organs(meta, "signatories", _without_residue(x, ledger))
        add_date(meta, "issued_on", rest[k + n - 1].text, ledger)
        return n
    item = rest[k]
    m = _SIGNED_AND_DATED.match(item.s) if len(item.s.split(None, 1)) > 1 else None
    if m and el.is_signatory(m["by"]) and el.is_date(m["on"]) and (letter or not _text_follows(rest[k + 1 :])):
        add_organs(meta, "signatories", item.text[m.start("by") : m.end("by")])
        add_date(meta, "issued_on", item.text[m.start("on") :].strip(), ledger)
        return 1
    ended = before and (before[-1].kind != "text" or ends_sentence(before[-1].s) or "attachments" in meta)
    if not letter or not ended or _text_follows(rest[k + 1 :]):
        return 0
    if el.is_date(item.s) and "issued_on" not in meta:
        add_date(meta, "issued_on", item.text, ledger)
        return 1
    if "signatories" not in meta and el.organs_in(_bare_signer(item.s)) and _nothing_follows(rest[k + 1 :]):
        add_organs(meta, "signatories", _without_residue(item, ledger))
        return 1
    return 0


def _nothing_follows(rest: Sequence[Item]) -> bool:
    """Whether only an imprint comes after."""
    return all(x.kind == "text" and imprint_like(x.s) for x in rest)


def imprint_like(text: str) -> bool:
    """Whether a line is one of the imprint (版记) or a note in brackets at the end."""
    return el.is_of_imprint(text) or bool(el.printed_on(text)) or el.is_organ(text)


def _text_follows(rest: Sequence[Item]) -> bool:
    """Whether running text comes after: then organs and a date were no signature (责任单位 and 时限 in a plan)."""
    return any(
        x.kind == "text" and ends_sentence(x.s) and note_head(x.s) is None and not el.is_of_imprint(x.s) for x in rest
    )


def _signature(rest: Sequence[Item], k: int) -> int:
    """How many items from k are signatures and the date that closes them."""
    j = k
    while j < len(rest) and j - k < 8 and rest[j].kind == "text" and el.is_signatory(_bare_signer(rest[j].s)):
        j += 1
    if j > k and j < len(rest) and rest[j].kind == "text" and el.is_date(rest[j].s):
        return j + 1 - k
    return 0


def _bare_signer(text: str) -> str:
    return _RESIDUE.sub("", text) if "&" in text else text


def _without_residue(item: Item, ledger: Ledger) -> Traced:
    """A signer's line without what is left of a broken character reference (&sp;)."""
    m = _RESIDUE.search(item.s)
    if m is None:
        return item.text
    ledger.drop_ranges(item.text[m.start() :].strip(), "entity-residue", category="format")
    return item.text[: m.start()]


def _list_of_attachments(rest: Sequence[Item]) -> int | None:
    """Where the document's 附件说明 begins: of several the first that no running text follows, else the first."""
    places = [k for k, x in enumerate(rest) if x.kind == "text" and (_names_first(x) or _heads_list(x))]
    if len(places) < 2:
        return next(iter(places), None)
    return next((k for k in places if not _text_follows(rest[k + 1 :])), places[0])


def _heads_list(item: Item) -> re.Match[str] | None:
    """“附件：1. …”, where the item is a line of a list and not a sentence."""
    m = el.ATTACHMENT_LIST.match(item.s)
    return m if m and len(item.s) <= _LONGEST and not _STOP.search(m["first"]) else None


def _names_first(item: Item) -> bool:
    """“附件1：…”, where the item is a line of a list and not a sentence."""
    return _named(item, 1) is not None


def _named(item: Item, ordinal: int) -> re.Match[str] | None:
    m = el.ATTACHMENT_NAMED.match(item.s)
    if not m or el.attachment_number(m) != ordinal or len(item.s) > _LONGEST or _STOP.search(m["title"]):
        return None
    return m


def _attachments(rest: Sequence[Item], k: int, meta: dict[str, tree.Value], ledger: Ledger) -> int:
    """附件说明: “附件：1. …” and the numbered lines after it, or “附件1：…” line by line."""
    if n := _named_attachments(rest, k, meta, ledger):
        return n
    m = _heads_list(rest[k])
    if m is None:
        return 0
    text = rest[k].text
    drop_label(text[: m.start("first")], ledger)
    found = [_attachment(part, ledger) for part in _in_one_line(text[m.start("first") :], ledger)]
    n = 1
    if found[0].number:
        n += _further_attachments(rest, k, found, ledger)
    meta["attachments"] = [*found]
    return n


def _in_one_line(text: Traced, ledger: Ledger) -> list[Traced]:
    """The attachments that one line names, each with its number: 1.甲表；2.乙表."""
    starts = [0]
    for m in _NEXT.finditer(text.text):
        if number_of(m["number"]) == len(starts) + 1 and el.ATTACHMENT_ITEM.match(text.text):
            starts.append(m.start("mark"))
    parts = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    out = []
    for part in parts:
        bare = part.text.rstrip("；;，,。 　") if part is not parts[-1] else part.text
        drop_label(part[len(bare) :], ledger)
        out.append(part[: len(bare)])
    return out


def _further_attachments(rest: Sequence[Item], k: int, found: list[tree.Attachment], ledger: Ledger) -> int:
    """The numbered lines under the first of a list, and what they wrap to; how many items they take."""
    n = 1
    while k + n < len(rest) and rest[k + n].kind == "text":
        item = rest[k + n]
        head = el.ATTACHMENT_ITEM.match(item.s)
        if head and el.attachment_number(head) == len(found) + 1 and len(item.s) < _LONGEST and "。" not in item.s:
            found.append(_attachment(item.text, ledger))
        elif (
            item.blanks == 0
            and (item.flush or item.indent > rest[k].indent or unbalanced(found[-1].title.text))
            and not head
            and len(item.s) < 30
            and not el.is_organ(item.s)
        ):
            found[-1].title = ledger.join(found[-1].title, item.text, "wrapped-attachment")
        else:
            break
        n += 1
    return n - 1


def _named_attachments(rest: Sequence[Item], k: int, meta: dict[str, tree.Value], ledger: Ledger) -> int:
    """Lines that each begin with 附件 and their number; or only the first does, and the others count on."""
    found: list[tree.Attachment] = []
    while k + len(found) < len(rest) and rest[k + len(found)].kind == "text":
        item = rest[k + len(found)]
        m = _named(item, len(found) + 1)
        if m is None:
            break
        for gap in (item.text[: m.start("number")], item.text[m.end("number") : m.start("title")]):
            drop_label(gap, ledger)
        number = item.text[m.start("number") : m.end("number")]
        found.append(tree.Attachment(number, item.text[m.start("title") :].strip()))
    n = len(found)
    if n == 1:
        n += _further_attachments(rest, k, found, ledger)
    if found:
        meta["attachments"] = [*found]
    return n


def _attachment(text: Traced, ledger: Ledger) -> tree.Attachment:
    m = el.ATTACHMENT_ITEM.match(text.text)
    if not m:
        return tree.Attachment(EMPTY, text)
    for gap in (text[: m.start("number")], text[m.end("number") : m.start("title")]):
        drop_label(gap, ledger)
    return tree.Attachment(text[m.start("number") : m.end("number")], text[m.start("title") :].strip())


def imprint_of(item: Item, after: Item | None, ledger: Ledger) -> Imprint:
    """版记: 公开方式, 抄送, 印发机关, 印发日期, 校对; 附注."""
    if item.kind != "text" or len(item.s) > 200:
        return []
    for key, pattern in el.IMPRINT.items() if el.is_of_imprint(item.s) else ():
        m = pattern.match(item.s)
        if m and key == "annotation":
            return [(key, item.text)]
        if m and m.end() < len(item.s):
            s = item.s.rstrip()
            end = len(s) - 1 if s.startswith(("（", "(")) and s.endswith(("）", ")")) else len(item.s)
            if not s[m.end() : end].strip():
                return []
            drop_label(item.text[: m.end()], ledger)
            drop_label(item.text[end:], ledger)
            return [(key, item.text[m.end() : end].strip())]
    m = el.printed_on(item.s)
    if m and len(item.s) < 60:
        tail = item.text[m.end("on") :].strip()
        drop_label(tail, ledger)
        out = [("printed_on", item.text[m.start("on") : m.end("on")])]
        return ([("printed_by", item.text[: m.end("by")].strip())] if m["by"].strip() else []) + out
    if after is not None and after.kind == "text" and el.printed_on(after.s) and el.is_organ(item.s):
        return [("printed_by", item.text)]
    return []


def give_imprints(
    documents: Sequence[tree.Document], imprints: Sequence[tuple[tree.Document, Imprint]], ledger: Ledger
) -> None:
    """The imprint belongs to the notice that it closes. Where it is printed at the foot of the promulgated text or an
    annex, its trace stays with that document, and the notice has the same values, derived from there."""
    for printed_in, imprint in imprints:
        notice = _closed_by(documents, printed_in)
        for key, text in imprint:
            if key == "printed_on":
                add_date(printed_in.metadata, key, text, ledger)
            else:
                add(printed_in.metadata, key, text, ledger)
            if notice is not printed_in and key in printed_in.metadata and key not in notice.metadata:
                notice.metadata[key] = tree.Derived(printed_in, key)


def _closed_by(documents: Sequence[tree.Document], printed_in: tree.Document) -> tree.Document:
    """The notice that an imprint printed in this document closes: the one that issues it or what it is an annex of;
    the document itself where there is none."""
    at = next(k for k, d in enumerate(documents) if d is printed_in)
    for document in reversed(documents[: at + 1]):
        main = document.annex_of or document
        if main.type == "notice" or main.promulgated_by is not None:
            return main.promulgated_by or main
        if not document.type.startswith("annex"):
            break
    return printed_in
