"""What a form on a web page has filled in: text of the page where it answers a label, else a control like a button."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from typing import Any

import regex as re

Element = Any
_TYPED = (
    "",
    "text",
    "number",
    "date",
    "month",
    "time",
    "datetime-local",
    "tel",
    "email",
    "url",
)  # whose value is shown
_CONTROL = re.compile(
    r"(?:搜索|查找|检索|查询|验证码|字号|关键[词字]|用户名|密码)\s*[:：]\s*$"
)  # labels of the page's own fields
_BUTTONS = ("submit", "button", "reset")
_CELLS = ("td", "th")
_ENDS = (
    "p",
    "div",
    "li",
    "tr",
    "table",
    "br",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "dd",
    "dt",
    *_CELLS,
)  # a label stands before its field, in one line


def fill_forms(root: Element) -> None:
    """Make what is filled in text: a value behind a label's colon, or alone in a cell beside one that says something.
    The values of other fields, as those of a search box, become a button's text: told, and none of the page's."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for field in [el for el in root.iter() if el.tag in ("input", "textarea", "select")]:
        value = _value(field)
        if not value.strip():
            continue
        shown = field.attrib.get("type", "").lower() not in _BUTTONS and _answers(field, parents)
        if shown or field.tag == "input":
            _say(field, "span" if shown else "button", value.strip("\r\n"))


def _say(field: Element, tag: str, value: str) -> None:
    """The field as an element that says its value, line by line; what else could be chosen stays a menu in it."""
    others = [o for o in field.iter("option") if "selected" not in o.attrib] if field.tag == "select" else []
    first, *more = value.splitlines() or [""]
    field[:] = []
    field.tag, field.text = tag, first
    for line in more:
        ElementTree.SubElement(field, "br").tail = line
    if others:
        ElementTree.SubElement(field, "select")[:] = others


def _value(field: Element) -> str:
    if field.tag == "textarea":
        return "".join(field.itertext())
    if field.tag == "input":
        typed = field.attrib.get("type", "").lower() in (*_TYPED, *_BUTTONS)
        return field.attrib.get("value", "") if typed else ""
    chosen = next((o for o in field.iter("option") if "selected" in o.attrib), None)
    return "".join(chosen.itertext()) if chosen is not None else ""


def _answers(field: Element, parents: dict[Element, Element]) -> bool:
    """Whether the field stands behind a colon, or alone in its cell beside one with words."""
    before = ""
    at = field
    while (parent := parents.get(at)) is not None:
        before = "".join(_before(parent, at)) + before
        if before.strip() or parent.tag in _ENDS:
            break
        at = parent
    if before.strip():
        return before.rstrip().endswith(("：", ":")) and not _CONTROL.search(before)
    cell = field
    while cell is not None and cell.tag not in _CELLS:
        cell = parents.get(cell)
    if cell is None:
        return False
    row = parents[cell]
    return any("".join(other.itertext()).strip() for other in row if other is not cell and other.tag in _CELLS)


def _before(parent: Element, child: Element) -> Iterator[str]:
    """The words of `parent` before its child, from the last line end on."""
    words = [parent.text or ""]
    for other in parent:
        if other is child:
            break
        if other.tag in _ENDS:
            words = []
        elif isinstance(other.tag, str):
            words.append("".join(other.itertext()))
        words.append(other.tail or "")
    yield from words
