"""A segment -> the elements at its head and tail (标题, 发文字号, 主送机关, 署名, 成文日期 ...), and its body items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.numbering import heading_of
from juanzong.language.personal_names import says_where_spoken, says_who_spoke, surely_names_speaker
from juanzong.stages.documents.bylines import opens_abstract
from juanzong.stages.documents.heads_before import is_organ_above
from juanzong.stages.documents.letterheads import is_of_letterhead
from juanzong.stages.documents.mastheads import is_of_gazette, names_whole_letterhead
from juanzong.stages.documents.prefaces import lines_of_cover
from juanzong.stages.documents.segments import Segment
from juanzong.stages.documents.stands_over import stands_over
from juanzong.stages.documents.title_lines import heads_order
from juanzong.stages.documents.title_signs import is_head_line, is_note_of_head
from juanzong.stages.documents.webpage import (
    is_of_paper,
    is_posting_day,
    labelled,
    labels,
    says_posting_day,
    settle_web_values,
    take_gazette,
    take_head_line,
    take_posting_day,
)
from juanzong.stages.pieces.alone import is_english
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.addressees import STOPS, is_addressee, is_called, lost_colon, wrapped_addressee
from juanzong.stages.structure.approvals import take_approval
from juanzong.stages.structure.imprints import Imprint, imprint_of
from juanzong.stages.structure.signers import with_whole_signers
from juanzong.stages.structure.tails import read_tail, rest_of_organs
from juanzong.stages.structure.title_again import repeats, rest_again
from juanzong.stages.structure.values import add, add_date, add_organs, drop_label, is_first, listed, without_colon

_NEAR_DAY = 3  # lines from the day on which a page put its text up to one with a label
_NEAR_LATIN = (
    3  # lines from a standard's title in English to the one that says when it was issued; a note may be between
)
_LONGEST_ISSUER = 40  # characters of a line that names an issuer
_AT_FOOT = ("source", "published_on")  # what a web page may say of itself under the text
_COVER_LINES = 8  # how many short lines a cover has at most before its contents list


@dataclass
class Body:
    """What is left for the body, and what belongs to another document."""

    items: list[Item] = field(default_factory=list)
    imprint: Imprint = field(default_factory=list)


def read_head_and_tail(segment: Segment, document: tree.Document, ledger: Ledger) -> Body:
    """Fill document.metadata from the segment; the items that remain are the body."""
    meta = document.metadata
    web = _read_above(segment, meta, ledger)
    rest = _latin_behind([x for x in segment.rest if not _is_gone(x, ledger)])
    k = _read_below(segment, rest, document, web, ledger)
    tail = read_tail(with_whole_signers(rest[k:], document, ledger), document, ledger)
    while tail and "issued_on" in meta and tail[-1].kind == "text" and el.label_of(tail[-1].s) in _AT_FOOT:
        take_head_line(tail.pop(), meta, segment.title_text, ledger)
    settle_web_values(web, meta, ledger)
    body = Body()
    at = 0
    while at < len(tail):
        item, after = tail[at], tail[at + 1] if at + 1 < len(tail) else None
        found = imprint_of(item, after, ledger)
        if found is None:
            body.items.append(item)
        elif found and found[0][0] == "copied_to":
            whole = found[0][1]
            for x in tail[at + 1 : at + 1 + rest_of_organs(tail, at)]:
                whole = ledger.join(whole, x.text, "cut-by-page")
                at += 1
            body.imprint.append(("copied_to", whole))
        else:
            body.imprint += found
        at += 1
    return body


def _read_above(segment: Segment, meta: dict[str, tree.Value], ledger: Ledger) -> dict[str, tree.Value]:
    """Takes what stands above the title; gives back what a web page labels and the document may print itself."""
    english = False  # the line above is an organ, with its name in English in this one
    for k, item in enumerate(segment.head):
        below = segment.head[k + 1] if k + 1 < len(segment.head) else None
        again = skeleton(segment.title_text).startswith(skeleton(item.s))  # as the head of a web page says
        over = below is None and not item.rule and stands_over(item.s, segment.title_text)
        if below is not None and names_whole_letterhead(item, below, segment.title_text):
            below.text, below.s = ledger.join(item.text, below.text, "letterhead-lines"), item.s + below.s
        elif below is not None and is_english(below.s) and el.is_organ(item.s) and not again:
            below.text, below.s = ledger.join(item.text, below.text, "letterhead-lines"), f"{item.s} {below.s}"
            english = True
        elif english or _heads_joint_letter(item.s):
            add(meta, "letterhead", item.text, ledger)
            english = False
        elif (
            is_organ_above(segment.head, k)
            or (below is None and not item.rule and item.begins_page and el.is_organ(item.s))
            or (over and el.is_organ(item.s))
            or is_of_letterhead(segment.head, k, len(segment.head), segment.title_text)
        ):
            add_organs(meta, "issuers", item.text, ledger)
        elif over:
            ledger.drop_ranges(item.text, "title-repeat", kind="merge")
        elif is_of_gazette(segment.head, k):
            take_gazette(item, meta, ledger)
        elif el.TEXT_NOTE.match(item.s):
            add(meta, "annotation", item.text, ledger)
        elif _is_among_days(segment.head, k):
            ledger.drop_ranges(item.text, "web-masthead")
        elif is_posting_day(item, segment.head):
            take_posting_day(item, meta, ledger)
        else:
            take_head_line(item, meta, segment.title_text, ledger)
    return {
        key: meta.pop(key) for key in ("doc_number", "issued_on") if key in meta and labelled(segment, key, meta[key])
    }


def _heads_joint_letter(text: str) -> bool:
    """Whether a line is the letterhead of organs that write together, 文件 beside them in its midst."""
    return "文件" in text and el.is_organ(text.replace("文件", ""))


def _is_among_days(head: Sequence[Item], k: int) -> bool:
    """Whether a day above the title stands right beside another one: a page's, of which it is put up and in force, its
    labels lost."""
    return el.is_date(head[k].s) and any(el.is_date(x.s) for x in (*head[max(0, k - 1) : k], *head[k + 1 : k + 2]))


def _read_below(
    segment: Segment, rest: Sequence[Item], document: tree.Document, web: dict[str, tree.Value], ledger: Ledger
) -> int:
    """How many items under the title are elements of its head; what a web page labels goes to `web`."""
    meta = document.metadata
    first_list = min((gap for gap, _ in segment.contents), default=-1)
    covered = lines_of_cover(segment.rest[: first_list if 0 <= first_list <= _COVER_LINES else 0])
    k = 0
    while k < len(rest):
        known = set(meta)
        if opens_abstract(rest, k) and not any(x.is_text and el.is_label(x.s) for x in (*segment.head, *rest[:k])):
            break
        if is_posting_day(rest[k], islice(rest, k + _NEAR_DAY)):
            take_posting_day(rest[k], meta, ledger)
            k += 1
            continue
        if is_of_paper(rest[k].s, meta):
            break
        step = _read_front(rest, k, document, segment.title_text, covered, ledger)
        if not step:
            break
        for key in ("doc_number", "issued_on"):
            if key in meta and key not in known and key not in web and labels(rest[k], key):
                web[key] = meta.pop(key)
        k += step
    return k


def _latin_behind(rest: list[Item]) -> list[Item]:
    """The items under a title; its translation, which a standard's cover prints between it and the lines that say when the
    standard was issued and by whom, stands behind these."""
    first = next((k for k, x in enumerate(rest[:_NEAR_LATIN]) if x.is_text and el.is_approval(x.s)), 0)
    if not first or not (rest[0].is_text and rest[0].s.isascii()) or heading_of(rest[1].s) is not None:
        return rest
    end = next((k for k in range(first + 1, len(rest)) if not el.goes_on_with_approval(rest[k].s)), len(rest))
    return [*rest[first:end], *rest[:first], *rest[end:]]


def _is_gone(item: Item, ledger: Ledger) -> bool:
    if item.rule:
        ledger.drop_ranges(item.text, item.rule)
    return bool(item.rule)


def _read_front(
    rest: Sequence[Item], k: int, document: tree.Document, title: str, covered: set[int], ledger: Ledger
) -> int:
    """How many items from k on are elements before the body; they go to metadata."""
    item = rest[k]
    meta = document.metadata
    if item.kind != "text":
        return 0
    if n := repeats(rest, k, title) or rest_again(item.s, title):
        for x in rest[k : k + n]:
            ledger.drop_ranges(x.text, "title-repeat", kind="merge")
        return n
    s = item.s
    if n := take_approval(rest, k, meta, ledger) if "approval" not in meta else 0:
        return n
    if _is_speaker(rest, k, title):
        listed(meta, "signatories").append(item.text)
    elif (
        is_head_line(s)
        or (k + 1 < len(rest) and is_note_of_head(item, rest[k + 1]))
        or (document.type == "regulation" and heads_order(s))
    ):
        take_head_line(item, meta, title, ledger)
    elif (at := _addressees_at(rest, k, document)) is not None:
        drop_label(item.text[:at], ledger)
        add(meta, "addressees", without_colon(item.text[at:], ledger, STOPS if at else ""), ledger)
    elif el.is_date(s) and _dates_head(rest, k, document) and not says_posting_day(s, meta):
        add_date(meta, "issued_on", item.text, ledger)
    elif _is_issuer(rest, k, document, covered):
        add_organs(meta, "issuers", item.text, ledger)
    elif says_posting_day(s, meta) or (k and _issuers_again(s, meta)):
        ledger.drop_ranges(item.text, "second-print", kind="merge")
    elif item.n in covered:
        listed(meta, "cover").append(item.text)
    elif n := wrapped_addressee(rest, k, document):
        for x in rest[k + 1 : k + n]:
            item.text = ledger.join(item.text, x.text, "wrapped-addressee")
        meta["addressees"] = without_colon(item.text, ledger)
        return n
    elif lost_colon(rest, k, document):
        meta["addressees"] = without_colon(item.text, ledger, STOPS)
    else:
        return 0
    return 1


def _addressees_at(rest: Sequence[Item], k: int, document: tree.Document) -> int | None:
    """Where in line k those begin whom the document is for, behind a label perhaps; None where it does not name them."""
    if m := el.IMPRINT["addressees"].match(rest[k].s):
        return m.end()
    below = rest[k + 1].s if k + 1 < len(rest) else ""
    named = is_addressee(rest[k].s, document, below) or is_called(rest, k, document)
    return 0 if named and is_first(document.metadata, "addressees", rest[k].s) else None


def _dates_head(rest: Sequence[Item], k: int, document: tree.Document) -> bool:
    """Whether the date in line k stands in the head: not of a letter that signs with a date, but above whom it is for."""
    first = k == 0 or rest[k].s.strip()[0] in "（("  # 题注, also below the number
    if document.type != "notice" or (first and not _signed(rest[k + 1 :])):
        return True
    below = rest[k + 1] if k + 1 < len(rest) else None
    if below is None or below.kind != "text":
        return False
    return is_addressee(below.s, document) or el.is_doc_number(below.s)


def _signed(rest: Sequence[Item]) -> bool:
    """Whether a date comes later that closes the text."""
    return any(x.kind == "text" and el.is_date(x.s) for x in rest)


def _is_issuer(rest: Sequence[Item], k: int, document: tree.Document, covered: set[int]) -> bool:
    """Whether a line under the title names who issued the text: in a cover, or before a date or the number."""
    s = rest[k].s
    if el.organs_in(s) is None or len(s) >= _LONGEST_ISSUER:
        return False
    after = rest[k + 1] if k + 1 < len(rest) else None
    numbered = after is not None and after.kind == "text" and el.is_doc_number(after.s)
    again = bool(document.title) and repeats(rest, k + 1, document.title.text) > 0
    titled = (
        skeleton(document.title.text).startswith(skeleton(s)) and after is not None and is_addressee(after.s, document)
    )
    dated = _date_follows(rest, k) or (k > 0 and rest[k - 1].kind == "text" and el.is_date(rest[k - 1].s))
    return numbered or again or titled or (document.type != "notice" and (rest[k].n in covered or dated))


def _is_speaker(rest: Sequence[Item], k: int, title: str) -> bool:
    """Whether a line right over a date or a greeting, or under a title that has it, names who speaks, by post and name: 某市副市长　李某某."""
    after = rest[k + 1] if k + 1 < len(rest) else None
    if not k and says_who_spoke(rest[k].s, title):
        return True
    named = el.organs_in(rest[k].s) is None and el.is_signatory(rest[k].s)
    dated = after is not None and after.kind == "text" and el.is_date(after.s)
    greeted = after is not None and el.is_addressee(after.s) and surely_names_speaker(rest[k].s)
    return named and (dated or greeted or (not k and says_where_spoken(title)))


def _issuers_again(text: str, meta: dict[str, tree.Value]) -> bool:
    """Whether a line in the head names nobody but who issued the text, as a line before it did."""
    known = meta.get("issuers")
    names = {skeleton(x.text) for x in known if isinstance(x, Traced)} if isinstance(known, list) else set()
    spans = (el.organs_in(text) or []) if names else []
    return bool(spans) and {skeleton(text[a:b]) for a, b in spans} <= names


def _date_follows(rest: Sequence[Item], k: int) -> bool:
    """Whether a date closes the organs that begin at k."""
    after = next((x for x in rest[k + 1 : k + 6] if not (x.kind == "text" and el.is_organ(x.s))), None)
    return after is not None and after.kind == "text" and el.is_date(after.s)
