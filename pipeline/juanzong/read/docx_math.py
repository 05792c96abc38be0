"""Formulas of Word (ECMA-376, Office MathML) -> the text that a reader would say: fractions by a slash, powers raised."""

from __future__ import annotations

from juanzong.read.docx_parts import Element, value_of
from juanzong.read.glyphs import raised_text


def formula_text(element: Element) -> str:
    """The text of a formula or of a part of one, in order; nothing of it is left out.

    >>> from xml.etree.ElementTree import fromstring
    >>> formula_text(fromstring("<m-oMath><m-f><m-num><m-t>a+b</m-t></m-num><m-den><m-t>2</m-t></m-den></m-f></m-oMath>"))
    '(a+b)/2'
    """
    name = element.tag.removeprefix("m-") if isinstance(element.tag, str) else ""
    if name == "t" or element.tag == "t":
        return element.text or ""
    parts = {child.tag.removeprefix("m-"): formula_text(child) for child in element if isinstance(child.tag, str)}
    base = parts.get("e", "")
    if name == "f":
        return f"{_grouped(parts.get('num', ''))}/{_grouped(parts.get('den', ''))}"
    if name in ("sSup", "sSubSup", "sSub"):
        sub = parts.get("sub", "")
        return base + (f"_{_grouped(sub)}" if sub and name == "sSubSup" else sub) + _power(parts.get("sup", ""))
    if name == "rad":
        return f"{parts.get('deg', '')}√{_grouped(base)}"
    if name == "nary":
        sign = value_of(element.find("m-naryPr"), "m-chr", "∫") or ""
        return sign + parts.get("sub", "") + (f"^{parts['sup']}" if parts.get("sup") else "") + base
    if name == "d":
        properties = element.find("m-dPr")
        inside = "，".join(formula_text(child) for child in element if child.tag == "m-e")
        begin, end = value_of(properties, "m-begChr", "("), value_of(properties, "m-endChr", ")")
        return f"{begin or ''}{inside}{end or ''}"
    return "".join(formula_text(child) for child in element if isinstance(child.tag, str))


def _grouped(text: str) -> str:
    """In brackets where it is more than a figure, a word or a bracket."""
    return text if text.isalnum() or not text or _is_plain(text) else f"({text})"


def _is_plain(text: str) -> bool:
    return not any(c in "+-−=×÷*/ " for c in text)


def _power(text: str) -> str:
    raised = raised_text(text)
    return raised if raised != text or not text else f"^{_grouped(text)}"
