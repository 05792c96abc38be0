"""版记, at a document's foot: its lines, and the notice that it closes."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.addressees import STOPS
from juanzong.stages.structure.values import add, add_date, drop_label, proofreader, without_colon

_HOW_OPEN = re.compile(r"\s{2,}(?P<how>(?:主动|依申请|社会|校内|院内|内部|不予|不|全文|部分)公开)\s*$")
_IMPRINT = 60  # characters of 印发机关 and 印发日期 in one line
Imprint = list[tuple[str, Traced]]  # elements of 版记: name, value


def imprint_of(item: Item, after: Item | None, ledger: Ledger) -> Imprint | None:
    """版记: 公开方式, 抄送, 印发机关, 印发日期, 主题词, 校对; 附注. None where an item is none of these; who typed the text, and how
    many copies there are, goes by an edit."""
    if item.kind != "text":
        return None
    if len(item.s) > 200:
        return None
    for key, pattern in el.IMPRINT.items() if el.is_of_imprint(item.s) else ():
        m = pattern.match(item.s)
        if m and key == "sent":
            return None  # stays in the text: no element of the format
        if m and key == "annotation":
            return [(key, item.text)]
        if m and key == "copies":
            ledger.drop_ranges(item.text.strip(), "printing-note")
            return []
        if m and m.end() < len(item.s):
            s = item.s.rstrip()
            end = len(s) - 1 if s.startswith(("（", "(")) and s.endswith(("）", ")")) else len(item.s)
            if not s[m.end() : end].strip():
                return None
            if key == "proofreader":
                return [(key, proofreader(item.text, m, ledger))]
            drop_label(item.text[: m.end()], ledger)
            drop_label(item.text[end:], ledger)
            value = item.text[m.end() : end].strip()
            return [(key, without_colon(value, ledger, STOPS) if key == "addressees" else value)]
    m = el.printed_on(item.s)
    if m and len("".join(item.s.split())) < _IMPRINT:
        tail = item.text[m.end("on") :].strip()
        drop_label(tail, ledger)
        by, out = item.text[: m.end("by")], [("printed_on", item.text[m.start("on") : m.end("on")])]
        if how := _HOW_OPEN.search(by.text):
            drop_label(by[how.end("how") :], ledger)
            by, out = by[: how.start()], [("disclosure", by[how.start("how") : how.end("how")]), *out]
        bare = by.text.rstrip(" |｜　")
        drop_label(by[len(bare) :], ledger)
        return ([("printed_by", by[: len(bare)].strip())] if bare.strip() else []) + out
    if after is not None and after.kind == "text" and el.printed_on(after.s) and el.is_organ(item.s):
        return [("printed_by", item.text)]
    return None


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
            elif key == "category":  # 主题词: of this document, where no other label says what it is about
                if key in printed_in.metadata:
                    ledger.drop_ranges(text, "about-page")
                printed_in.metadata.setdefault(key, text)
                continue
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
