"""Ordered lists of a web page, whose numbers the browser prints (HTML Standard, 4.4.5): they stand before their items as on
the page."""

from __future__ import annotations

from typing import Any

import regex as re

from juanzong.read.docx_numbers import formatted

Element = Any
_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_STYLES = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal": "decimal",
    "cjk-ideographic": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*(?P<says>[^;]*)", re.IGNORECASE)
_SETS_LISTS = re.compile(r"list-style|counter-reset|@import", re.IGNORECASE)  # a sheet that may take numbers away
_NUMBERED = re.compile(
    r"\s*(?:\^|[¹²³⁴-⁹]|[（(\[【〔]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）\]】〕、.．:：]|[①-⑳⑴-⒇⒈-⒛]|第[\d一二三四五六七八九十百]+[条章节款项步])"
)
_MENU = re.compile(r"bread|crumb|nav|menu|tab|page|slide|swiper|banner", re.IGNORECASE)
_INTO = ("p", "div", "span", "b", "strong", "font", "section", "em", "u", "label")
_PAGE = re.compile(r"\s*\d{1,3}\s*")
_NAME = re.compile(r"\p{Han}{2}")
_LINKED = 0.5  # of a list's characters stand in links: a menu, an entry


def number_lists(root: Element) -> None:
    """Put the numbers before the items of ordered lists, where the page says that they are shown: by the list's own type,
    start or style, or because no style sheet can take them away; and where no item says a number of its own."""
    plain = not any(
        el.tag == "link" and "stylesheet" in (el.get("rel") or "").lower() for el in root.iter()
    ) and not any(_SETS_LISTS.search(style.text or "") for style in root.iter("style"))
    for ordered in root.iter("ol"):
        form = _form(ordered, plain)
        items = [el for el in ordered if el.tag == "li"]
        if form and items and not _is_menu(ordered):
            _number(ordered, items, form)


def _form(ordered: Element, plain: bool) -> str:
    """In which form the list counts, as `formatted` calls it; "" where it is not known to count."""
    m = _STYLE.search(ordered.get("style") or "")
    if m is not None:
        said = m["says"].lower().split()
        return "" if "none" in said else next((_STYLES[word] for word in said if word in _STYLES), "")
    if ordered.get("type") in _TYPES:
        return _TYPES[ordered.get("type")]
    return "decimal" if plain or _whole(ordered.get("start")) is not None else ""


def _number(ordered: Element, items: list[Element], form: str) -> None:
    texts = ["".join(item.itertext()) for item in items]
    if any(_NUMBERED.match(text) for text in texts) or not all(text.strip() for text in texts):
        return
    back = "reversed" in ordered.attrib
    start = _whole(ordered.get("start"))
    at = start if start is not None else len(items) if back else 1
    for item in items:
        told = _whole(item.get("value"))
        at = told if told is not None else at
        first = item
        while not (first.text or "").strip() and len(first) and first[0].tag in _INTO:
            first = first[0]
        mark = formatted(at, form) + ("、" if form == "chineseCounting" else ". ")
        first.text = mark + (first.text or "").lstrip()
        at += -1 if back else 1


def _is_menu(ordered: Element) -> bool:
    away = (a for a in ordered.iter("a") if not _is_within(a))
    linked = sum(len("".join("".join(a.itertext()).split())) for a in away)
    most = _LINKED * len("".join("".join(ordered.itertext()).split()))
    return linked > most or _MENU.search(f"{ordered.get('class') or ''} {ordered.get('id') or ''}") is not None


def _is_within(link: Element) -> bool:
    """Whether a link leads to a place of its own page, as those of a contents list do."""
    return re.fullmatch(r"#(?!top$).+", link.get("href") or "") is not None


def part_page_numbers(root: Element) -> None:
    """Put a blank before the page number that ends an entry of a page's contents list in an element of its own:
    <li><a href="#2">总则</a><span>5</span>."""
    for entry in root.iter():
        if entry.tag not in ("li", "p"):
            continue
        whole = "".join(entry.itertext()).strip()
        named = next(("".join(a.itertext()).strip() for a in entry.iter("a") if _is_within(a)), "")
        if not named or not _NAME.search(named) or len(named) < _LINKED * len(whole):
            continue  # a note's mark, a cross-reference
        said = [el for el in entry.iter() if isinstance(el.tag, str) and (el.text or "").strip()]
        last = said[-1]
        if len(said) > 1 and last.tag != "sup" and _PAGE.fullmatch(last.text) and not (last.tail or "").strip():
            last.text = " " + last.text.lstrip()


def _whole(told: str | None) -> int | None:
    return int(told) if told is not None and re.fullmatch(r"-?\d{1,5}", told.strip()) else None
