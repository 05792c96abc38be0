"""The end of a document: 附件说明, 发文机关署名 and 成文日期."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.labels import CLOSING_NOTES
from juanzong.language.numbering import TABLE_LABEL, heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.attachments import attachments_at, begins_list
from juanzong.stages.structure.notes import note_head
from juanzong.stages.structure.signers import is_announced, is_issuer
from juanzong.stages.structure.values import add_date, add_organs, drop_label

_NAME = re.compile(r"\s*\p{Han}[\p{Han}\p{Latin}（）()·“”\s]{1,28}$")
_RESIDUE = re.compile(r"\s*(?:&#?[A-Za-z\d]{1,8};?\s*)+$")
_GIVEN = re.compile(r"特[发颁授给]此证|特此(?:证明|表彰|奖励)|以资(?:鼓励|证明|表彰|奖励|纪念)")
_SEAL = re.compile(r"\s*[（(]\s*(?:盖章|公章|印章|签章|\p{Han}{2,20}代章)\s*[）)]\s*")
_GREETS = re.compile(r"\s*此\s*致\s*[:：]?\s*")
_MOST_SIGNERS = 30  # lines
_SIGNED = ("notice", "report", "summary", "plan", "minutes", "regulation", "certificate")  # texts dated at their end


def read_tail(rest: list[Item], document: tree.Document, ledger: Ledger) -> list[Item]:
    """附件说明, 发文机关署名 and 成文日期; what is left."""
    meta = document.metadata
    out: list[Item] = []
    if rest and rest[-1].is_text and el.BARE_MARK.match(rest[-1].s) and rest[-1].s.rstrip().endswith(("：", ":")):
        *rest, label = rest  # 附件： with nothing behind it
        drop_label(label.text, ledger)
    end = _end_of(rest)
    listed = _list_of_attachments(rest, end)
    k = 0
    while k < len(rest):
        item = rest[k]
        if item.kind == "text":
            n = (attachments_at(rest, k, meta, ledger) if k == listed else 0) or _closing(
                rest, k, end, out, document, ledger
            )
            if n:
                k += n
                continue
        out.append(item)
        k += 1
    return out


class _End(NamedTuple):
    """Where a document's items come to their end: the last of running text (-1 where there is none), and from where on
    all is imprint, with what broke off there and without."""

    last_text: int
    imprint: int
    whole: int


def _end_of(rest: Sequence[Item]) -> _End:
    cut = {k for j in range(len(rest)) for k in range(j + 1, j + 1 + rest_of_organs(rest, j))}
    last = next((k for k in reversed(range(len(rest))) if k not in cut and _is_running_text(rest[k])), -1)
    other = next((k for k in reversed(range(len(rest))) if k not in cut and not _is_imprint(rest[k])), -1)
    whole = next((k for k in reversed(range(len(rest))) if not _is_imprint(rest[k])), -1)
    return _End(last, other + 1, whole + 1)


def rest_of_organs(items: Sequence[Item], k: int) -> int:
    """How many lines behind a line of 抄送机关 that broke off bring the rest of it."""
    if items[k].kind != "text" or not el.IMPRINT["copied_to"].match(items[k].s):
        return 0
    n = 0
    while k + n + 1 < len(items) and _goes_on(items[k + n], items[k + n + 1]):
        n += 1
    return n


def _goes_on(item: Item, after: Item) -> bool:
    if after.kind != "text" or ends_sentence(item.s):
        return False
    return el.lists_organs(after.s) or el.ends_cut_organ(item.s, after.s)


def _closing(
    rest: Sequence[Item], k: int, end: _End, before: Sequence[Item], document: tree.Document, ledger: Ledger
) -> int:
    """How many items from k on sign and date the document; they go to metadata."""
    meta = document.metadata
    n = _signature(rest, k, before, document)
    letter = document.type == "notice"
    if n and (letter or end.last_text < k + n):
        for x in rest[k : k + n - 1]:
            if _SEAL.fullmatch(x.s) and "代章" not in x.s:
                drop_label(x.text, ledger)
            else:
                add_organs(meta, "signatories", _without_residue(x, ledger), ledger)
        date = rest[k + n - 1].text
        if (parted := el.signed_and_dated(date.text)) and not el.is_date(date.text):  # the last ones, and when
            (a, b), (c, d) = parted
            add_organs(meta, "signatories", date[a:b], ledger)
            date = date[c:d]
        for a, b in el.dates_beside(date.text) or [(0, len(date))]:
            add_date(meta, "issued_on", date[a:b], ledger)
        return n
    item = rest[k]
    if "issued_on" in meta and el.signs_for_court(item.s):  # who has kept the record stands under the date
        add_organs(meta, "signatories", item.text, ledger)
        return 1
    if (letter or _certified(before, document)) and _name_over_date(rest, k, end) and _ended(before, meta):
        add_organs(meta, "signatories", item.text, ledger)
        add_date(meta, "issued_on", rest[k + 1].text, ledger)
        return 2
    parted = el.signed_and_dated(item.s)
    if parted is not None and (letter or end.last_text <= k):
        (a, b), (c, d) = parted
        add_organs(meta, "signatories", item.text[a:b], ledger)
        add_date(meta, "issued_on", item.text[c:d], ledger)
        return 1
    if _dates_whole(rest, k, end, before, document):
        add_date(meta, "issued_on", item.text, ledger)  # a text that is dated at its end
        return 1
    return int(_closes_alone(rest, k, end, before, document, ledger))


def _certified(before: Sequence[Item], document: tree.Document) -> bool:
    """Whether a certificate's text has just said that it is given: 特发此证。"""
    told = document.type == "certificate" and bool(before) and before[-1].is_text
    return told and _GIVEN.search(before[-1].s) is not None


def _closes_alone(
    rest: Sequence[Item], k: int, end: _End, before: Sequence[Item], document: tree.Document, ledger: Ledger
) -> bool:
    """Whether item k, alone at the end of a text, says when it was made or who signs; it goes to metadata."""
    item, meta, letter = rest[k], document.metadata, document.type == "notice"
    if document.type not in _SIGNED or end.last_text > k or not _ended(before, meta):
        return False
    again = bool(k) and rest[k - 1].kind == "text" and el.is_date(rest[k - 1].s)
    if letter and el.is_date(item.s) and (again or ("issued_on" not in meta and not _asks(before))):
        add_date(meta, "issued_on", item.text, ledger)
        return True
    if "signatories" not in meta and not _asks(before) and el.organs_in(_bare_signer(item.s)) and end.imprint <= k + 1:
        add_organs(meta, "signatories", _without_residue(item, ledger), ledger)
        return True
    return False


def _dates_whole(rest: Sequence[Item], k: int, end: _End, before: Sequence[Item], document: tree.Document) -> bool:
    """Whether item k, the last of the text, is the date of the text before it: no contract, of which each party may date its
    part (a pledge has one), and no heading or label right above that asks for the date. In a certificate a date is as a
    rule a value of its form: there right behind a sentence only."""
    ends = end.whole <= k + 1  # but for what the imprint says below
    pledge = document.type == "agreement" and document.title.text.rstrip().endswith(("承诺书", "保证书"))
    dated = (pledge or document.type in _SIGNED) and ends and "issued_on" not in document.metadata
    if not (dated and before and el.is_date(rest[k].s)):
        return False
    last = before[-1].s.rstrip() if before[-1].kind == "text" else ""
    if document.type == "certificate" and not ends_sentence(last):
        return False
    return not last.endswith(("：", ":")) and (heading_of(last) is None or ends_sentence(last))


def _ended(before: Sequence[Item], meta: dict[str, tree.Value]) -> bool:
    """Whether the text before is at its end."""
    return bool(before) and (before[-1].kind != "text" or ends_sentence(before[-1].s) or "attachments" in meta)


def _asks(before: Sequence[Item]) -> bool:
    """Whether the last line before asks for what follows, which is of the text's own."""
    return before[-1].kind == "text" and before[-1].s.rstrip().endswith(("：", ":"))


def _name_over_date(rest: Sequence[Item], k: int, end: _End) -> bool:
    """Whether a line right over the date that ends a letter is the name of who signs, though it ends in no noun of an
    organ: 某市双拥专项小组, 李某某."""
    after = rest[k + 1] if k + 1 < len(rest) else None
    return (
        after is not None
        and after.kind == "text"
        and el.is_date(after.s)
        and _NAME.match(rest[k].s) is not None
        and not ends_sentence(rest[k].s)
        and heading_of(rest[k].s) is None
        and el.type_of_title(rest[k].s) is None
        and not el.is_date(rest[k].s)
        and end.imprint <= k + 2
    )


def _is_imprint(item: Item) -> bool:
    """Whether only an imprint can stand here."""
    return item.kind == "text" and imprint_like(item.s)


def imprint_like(text: str) -> bool:
    """Whether a line is one of the imprint (版记) or a note in brackets at the end."""
    return el.is_of_imprint(text) or bool(el.printed_on(text)) or el.is_organ(text)


def _is_running_text(item: Item) -> bool:
    """Whether it is text that goes on: organs and a date before it are no signature (责任单位 and 时限 in a plan)."""
    if item.kind != "text" or not ends_sentence(item.s) or CLOSING_NOTES.match(item.s) or el.BARE_MARK.match(item.s):
        return False
    return note_head(item.s) is None and not el.is_of_imprint(item.s)


def _signature(rest: Sequence[Item], k: int, before: Sequence[Item], document: tree.Document) -> int:
    """How many items from k are signatures and the date that closes them. Whom 此致 greets signs nothing."""
    if before and before[-1].is_text and _GREETS.fullmatch(before[-1].s):
        return 0
    dated = k + 1 < len(rest) and rest[k + 1].is_text and el.is_date(rest[k + 1].s)
    if dated and is_issuer(rest[k].s, document):
        return 2
    j = k
    while j < len(rest) and j - k < _MOST_SIGNERS and rest[j].kind == "text" and _signs(rest[j].s, first=j == k):
        j += 1
    last = rest[j].s if j < len(rest) and rest[j].kind == "text" else ""
    if j > k and last and (el.is_date(last) or el.dates_beside(last) or el.signed_and_dated(last)):
        return 0 if is_announced(before, rest[k:j], document) else j + 1 - k
    return 0


def _signs(text: str, first: bool) -> bool:
    seal = _SEAL.fullmatch(text) is not None
    return el.is_signatory(_bare_signer(text)) or (seal and (not first or "代章" in text))


def _bare_signer(text: str) -> str:
    return _RESIDUE.sub("", text) if "&" in text else text


def _without_residue(item: Item, ledger: Ledger) -> Traced:
    """A signer's line without what is left of a broken character reference (&sp;)."""
    m = _RESIDUE.search(item.s)
    if m is None:
        return item.text
    ledger.drop_ranges(item.text[m.start() :].strip(), "entity-residue", category="format")
    return item.text[: m.start()]


def _list_of_attachments(rest: Sequence[Item], end: _End) -> int | None:
    """Where the document's 附件说明 begins: of several the first that no running text follows, else the first."""
    places = [k for k, x in enumerate(rest) if x.kind == "text" and begins_list(x) and not _heads_table(rest, k)]
    if len(places) < 2:
        return next(iter(places), None)
    return next((k for k in places if end.last_text <= k), places[0])


def _heads_table(rest: Sequence[Item], k: int) -> bool:
    """Whether the line is the caption of the table right below it (附表：…)."""
    return bool(TABLE_LABEL.match(rest[k].s)) and k + 1 < len(rest) and rest[k + 1].kind == "table"
