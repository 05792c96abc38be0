"""What a form on a web page has filled in: text of the page, save where the field is one of the page's own controls."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any, NamedTuple

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
_BUTTONS = ("submit", "button", "reset")
_BOXES = ("checkbox", "radio")
_TICKED, _EMPTY = "☑", "□"
# words before the page's own fields, and what stands in them until somebody writes
_CONTROL = re.compile(
    r"(?:搜索|查找|检索|查询|验证码|字号|关键[词字]|用户名|密码|登录|链接|导航|网站|跳转)[^\s:：]{0,4}\s*[:：]?\s*$"
)
_ASKS = re.compile(r"\s*(?:请|点击|输入|搜索|查询|查找|检索|关键[词字]|[-—=]{2})")
_SEARCH = re.compile(r"(?:^|[-_])(?:q|s|kw|wd|query|search\w*|keywords?)$", re.IGNORECASE)  # names of search fields
_SENDS = re.compile(r"搜索|查询|查找|检索|登录|订阅|go|search", re.IGNORECASE)  # buttons of the page's own forms
_FEW = 2  # fields, at most, in a form that searches or logs in
_CELLS = ("td", "th")
_ENDS = ("p", "div", "li", "tr", "table", "br", "form", "h1", "h2", "h3", "h4", "dd", "dt", *_CELLS)
"""A label stands before its field, in one line."""
_FIELDS = ("input", "textarea", "select")
_NEAR = 60  # characters before a field that can be its label
_WORD_END = re.compile(r"[\p{L}\p{N}]\Z(?<![至到])")


class _Place(NamedTuple):
    """Where a field stands: the words before it in its line, and whether a cell beside its own has words."""

    before: str
    in_row: bool


class _Open(NamedTuple):
    """An element that is being walked through, its children still to come, the cell and the row that it stands in."""

    element: Element
    children: Iterator[Element]
    cell: Element | None
    row: Element | None


def fill_forms(root: Element) -> None:
    """Make what is filled in text, boxes too. The values of the page's own fields, as those of a search box, become a
    button's text: told, and none of the page's."""
    places = _places(root)
    behind = {one: other for parent in root.iter() for one, other in pairwise(parent)}
    own = {field for form in root.iter("form") if _is_own(form) for field in form.iter()}
    for field, place in places.items():
        kind = field.attrib.get("type", "").lower()
        if field.tag == "input" and kind in _BOXES:
            field.tag, field.text = "span", _TICKED if "checked" in field.attrib else _EMPTY
            continue
        shown = kind not in _BUTTONS and field not in own and not _is_control(field, place.before)
        values = _values(field, listed=place.before.rstrip().endswith(("：", ":")) or place.in_row)
        if any(map(str.strip, values)) and (shown or field.tag == "input"):
            _say(field, "span" if shown else "button", values, place.before, behind.get(field))


def _is_own(form: Element) -> bool:
    """Whether a form searches the site or logs in."""
    fields = [el for el in form.iter() if el.tag in _FIELDS]
    typed = [
        el for el in fields if el.tag != "input" or el.attrib.get("type", "").lower() in (*_TYPED, "search", "password")
    ]
    said = [el.attrib.get("value", "") for el in fields if el.attrib.get("type", "").lower() in _BUTTONS]
    said += ["".join(el.itertext()) for el in form.iter("button")]
    return len(typed) <= _FEW and any(map(_SENDS.search, said))


def _is_control(field: Element, before: str) -> bool:
    """Whether a field is there to be used, not to be read."""
    given = field.attrib
    return bool(
        "hidden" in given
        or _CONTROL.search(before)
        or any(_SEARCH.search(given.get(name, "")) for name in ("name", "id"))
        or (
            _ASKS.match(given.get("value", "") if field.tag == "input" else "".join(field.itertext()))
            and (field.tag != "select" or not any("selected" in o.attrib for o in field.iter("option")))
        )
        or (field.tag == "select" and "onchange" in given)
    )


def _values(field: Element, *, listed: bool) -> list[str]:
    """What a browser shows in a field, line by line; of a menu that stands behind a label or in a row of a table
    (`listed`) the first choice, where none is marked."""
    if field.tag == "textarea":
        return "".join(field.itertext()).strip("\r\n").splitlines()
    if field.tag == "input":
        kind = field.attrib.get("type", "").lower()
        return [field.attrib.get("value", "")] if kind in (*_TYPED, *_BUTTONS) else []
    options = list(field.iter("option"))
    chosen = [o for o in options if "selected" in o.attrib]
    if "multiple" not in field.attrib:
        chosen = chosen[-1:] or (options[:1] if listed else [])
    elif not chosen:
        chosen = options
    return ["".join(o.itertext()).strip() for o in chosen]


def _say(field: Element, tag: str, values: list[str], before: str, behind: Element | None) -> None:
    """The field as an element that says its values; what else could be chosen stays a menu in it."""
    others = [o for o in field.iter("option") if "".join(o.itertext()).strip() not in values]
    field[:] = []
    field.tag, field.text = tag, (" " if _WORD_END.search(before) else "") + values[0]
    for line in values[1:]:
        ElementTree.SubElement(field, "br").tail = line
    if others:
        ElementTree.SubElement(field, "select")[:] = others
    if tag == "span" and not field.tail and behind is not None and behind.tag not in _ENDS:
        field.tail = " "


def _places(root: Element) -> dict[Element, _Place]:
    """All fields, in the order of the page."""
    out: dict[Element, _Place] = {}
    worded: dict[Element, list[Element]] = {}  # row -> its first cells with words, two at most
    before = root.text or ""
    stack: list[_Open] = [_Open(root, iter(root), None, None)]
    while stack:
        parent, children, cell, row = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            before = ("" if parent.tag in _ENDS else before) + (parent.tail or "")
        elif child.tag in _FIELDS:
            if row is not None and row not in worded:
                worded[row] = list(islice((c for c in row if c.tag in _CELLS and "".join(c.itertext()).strip()), 2))
            out[child] = _Place(before, any(c is not cell for c in worded.get(row, ())))
            before += child.tail or ""
        else:
            before = ("" if child.tag in _ENDS else before) + (child.text or "" if isinstance(child.tag, str) else "")
            own = child.tag in _CELLS
            stack.append(_Open(child, iter(child), child if own else cell, parent if own else row))
        before = before[-_NEAR:]
    return out
