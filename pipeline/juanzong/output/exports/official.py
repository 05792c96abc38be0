"""A document's head and tail in the order and look of GB/T 9704-2012: lines, each with the name of its style."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from juanzong.model import Document
from juanzong.output.labels import Element, elements


class Line(NamedTuple):
    """A line of a head or tail; `pointer` of its string where it is one string whole (footnotes may be anchored)."""

    style: str
    text: str
    pointer: str = ""


_WEB = ("index_number", "category", "publisher", "published_on", "source")  # what a web page has above its document
_PLACED = {  # elements that have a place of their own in the layout; the others are told at the end
    *_WEB, "security", "urgency", "letterhead", "doc_number", "signer", "annex_number", "approval", "addressees", "cover",
    "issuers", "attachments", "signatories", "issued_on", "annotation", "copied_to", "printed_by", "printed_on",
}  # fmt: skip


def head(document: Document) -> Iterator[Line]:
    """What stands above the body: 密级, 发文机关标志, 发文字号, 标题, 题注, 主送机关."""
    m = document.metadata
    for element in elements(m):
        if element.name in _WEB:
            yield Line("about", _told(element))
    for style, text in (("mark", m.security), ("mark", m.urgency), ("letterhead", m.letterhead)):
        if text:
            yield Line(style, text)
    if m.annex_number:
        yield Line("annex-number", m.annex_number)
    if m.doc_number and m.letterhead:
        yield Line("doc-number", m.doc_number + (f"　　签发人：{m.signer}" if m.signer else ""))
    if document.title:
        yield Line("title", document.title, "/title")
    for text in m.cover or ():
        yield Line("cover", text)
    if m.doc_number and not m.letterhead:
        yield Line("doc-number", m.doc_number)
    if not m.signatories:  # a plan's issuer and date stand under its title
        for text in () if m.letterhead else m.issuers or ():
            yield Line("cover", text)
        if m.issued_on:
            yield Line("cover", printed_date(m.issued_on))
    if m.approval:
        yield Line("approval", m.approval, "/metadata/approval")
    if m.addressees:
        yield Line("addressees", m.addressees.rstrip("：:") + "：")


def tail(document: Document) -> Iterator[Line]:
    """What stands below the body: 附件说明, 发文机关署名, 成文日期, 附注, 版记, and elements without a place."""
    m = document.metadata
    for k, a in enumerate(m.attachments or ()):
        number = a.number.rstrip(".．、") + "．" if a.number else ""
        yield Line("attachment" if k == 0 else "attachment-more", ("附件：" if k == 0 else "") + number + a.title)
    for text in m.signatories or ():
        yield Line("signatory", text)
    if m.issued_on and m.signatories:
        yield Line("date", printed_date(m.issued_on))
    if m.annotation:
        yield Line("annotation", m.annotation)
    for element in elements(m):
        if element.name not in _PLACED:
            yield Line("about", _told(element))
    if m.copied_to:
        yield Line("imprint", f"抄送：{m.copied_to.removeprefix('抄送').lstrip('：:')}")
    if m.printed_by or m.printed_on:
        on = f"{printed_date(m.printed_on)}印发" if m.printed_on else ""
        yield Line("imprint", "　　".join(filter(None, (m.printed_by, on))))


def _told(element: Element) -> str:
    dated = element.name.endswith("_on")
    return f"{element.label}：{'；'.join(printed_date(text) if dated else text for _, text in element.strings)}"


def printed_date(iso: str) -> str:
    """成文日期 as it is printed, without leading zeros.

    >>> printed_date("2022-04-07"), printed_date("2021-05"), printed_date("2020")
    ('2022年4月7日', '2021年5月', '2020年')
    """
    return "".join(f"{int(n)}{unit}" for n, unit in zip(iso.split("-"), "年月日", strict=False))
