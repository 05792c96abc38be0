"""A page's source -> its tree, as browsers build it (HTML Standard, 13.2), save that nothing is moved: what stands
misplaced in a table stays where it was written, as it was printed there before its end tag was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, SupportsIndex

import html5lib
import regex as re
from html5lib.constants import namespaces
from html5lib.treebuilders import getTreeBuilder

from juanzong.read.html_forms import fill_forms
from juanzong.read.html_lists import number_lists, part_page_numbers
from juanzong.read.html_notes import mark_notes
from juanzong.read.html_rules import hide_by_rules, hide_deleted

Element = Any
"""An element of xml.etree: tag (in small letters), attrib, text, tail; comments have a tag that is no string."""

_BASE: Any = getTreeBuilder("etree")
# What holds programs and names; what is shown as a control, above the line, or only in another's place.
_CODE = ("script", "style", "template", "head", "title", "rp", "desc", "metadata")
_CONTROLS = ("select", "textarea", "button", "datalist", "rt", "noscript", "iframe", "object")
_NONE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden"
    r"|(?<![\w-])(?:left|top|right|text-indent)\s*:\s*-(?:9{3,}|\d{4,})|(?<![\w-])clip\s*:\s*rect\(\s*[01](?:px)?[\s,]",
    re.IGNORECASE,
)  # not shown at all, far off the page, or cut to nothing, for programs that read aloud
_TINY = re.compile(r"(?<![\w-])(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|em|%)?\s*(?:!|;|$)", re.IGNORECASE)
_WAITS = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)  # it has its place on the page
_UNSEEN = re.compile(r"<%.*?%>|<\?.*?\?>|<template\b[^<>]*>.*?</template\s*>", re.DOTALL | re.IGNORECASE)


class _Opened(list[Element]):
    """The elements that are open; how many there are of each name, and whether one is among them, is known at once."""

    def __init__(self) -> None:
        self.names: Counter[tuple[str, str]] = Counter()
        self._ids: set[int] = set()

    def _enters(self, element: Element) -> None:
        self.names[element.nameTuple] += 1
        self._ids.add(id(element))

    def _leaves(self, element: Element) -> None:
        self.names[element.nameTuple] -= 1
        self._ids.discard(id(element))

    def __contains__(self, element: object) -> bool:
        return id(element) in self._ids

    def append(self, element: Element) -> None:
        self._enters(element)
        super().append(element)

    def insert(self, index: SupportsIndex, element: Element) -> None:
        self._enters(element)
        super().insert(index, element)

    def pop(self, index: SupportsIndex = -1) -> Element:
        element = super().pop(index)
        self._leaves(element)
        return element

    def remove(self, element: Element) -> None:
        super().remove(element)
        self._leaves(element)

    def __setitem__(self, index: Any, element: Any) -> None:
        self._leaves(self[index])
        self._enters(element)
        super().__setitem__(index, element)


class _InOrder(_BASE):  # type: ignore[misc]
    """A tree whose misplaced parts are not taken out of their tables (no foster parents)."""

    def reset(self) -> None:
        super().reset()
        self.openElements = _Opened()

    def elementInScope(self, target: Any, variant: Any = None) -> bool:
        """As the parser asks at every tag; what is not open at all is in no scope, however deep the page is nested."""
        if isinstance(target, str) and not self.openElements.names[namespaces["html"], target]:
            return False
        return bool(super().elementInScope(target, variant))

    def _keep(self, value: bool) -> None:
        self.insertElement = self.insertElementNormal

    insertFromTable = property(lambda self: False, _keep)


def parse_page(source: str) -> Element:
    """The tree of a page or of a fragment of one; JSP, ASP and PHP directives are no text, nor is a template (which
    the parser does not know)."""
    parser = html5lib.HTMLParser(_InOrder, namespaceHTMLElements=False)
    root = parser.parse(_UNSEEN.sub("", source))
    if "<style" in source:
        hide_by_rules(root)
    if "<del" in source.lower():
        hide_deleted(root)
    fill_forms(root)
    if "#" in source:
        mark_notes(root)
        part_page_numbers(root)
    if "<ol" in source.lower():
        number_lists(root)
    return root


def parse_fragment(source: str) -> Element:
    """The tree of a piece of markup; its root holds the pieces."""
    return html5lib.HTMLParser(_InOrder, namespaceHTMLElements=False).parse(source).find("body")


def is_code(element: Element) -> bool:
    """Whether it holds no text at all, but programs, styles, the window's title, a comment."""
    return not isinstance(element.tag, str) or element.tag.rpartition("}")[2] in _CODE  # a drawing's have a namespace


def is_hidden(element: Element) -> bool:
    """Whether its text is none of the page's: a menu to choose from, a button, the reading of a character, what stands
    for a script or a film, hidden. The page as a whole is hidden only until its scripts have run."""
    given = element.attrib
    if element.tag in ("html", "body"):
        return False
    shut = "hidden" in given or (element.tag == "dialog" and "open" not in given)
    if element.tag in _CONTROLS or shut:
        return True
    style = given.get("style", "")
    return bool(style) and (bool(_NONE.search(style)) or (not len(element) and bool(_TINY.search(style))))


def show_hidden(root: Element, more_than: int = 0) -> bool:
    """Makes the outermost elements seen that a style or an attribute hides; whether there were any. `more_than`: where so
    many characters are shown, only those that keep their place on the page unseen, and say more."""
    found = False
    for what, _, element in walk(root):
        if what == "hidden" and element.tag not in _CONTROLS:
            if more_than and not (
                _WAITS.search(element.get("style", "")) and len("".join(all_text(element).split())) > more_than
            ):
                continue
            element.attrib.pop("hidden", None)
            element.attrib.pop("style", None)
            element.set("open", "")
            found = True
    return found


def all_text(element: Element) -> str:
    """All text in an element, hidden or not, as written."""
    return "".join(text for what, text, _ in walk(element, shown=False) if what == "text")


def walk(
    root: Element, *, shown: bool = True, whole: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str, Element]]:
    """What stands in the root, in the order of the page: ("open", tag, element), ("text", text, its element) and
    ("close", tag, element). Hidden elements come as ("hidden", tag, element) alone where only the `shown` are asked for,
    those whose tags are in `whole` as ("whole", tag, element)."""
    stack: list[tuple[Element, Iterator[Element]]] = [(root, iter(root))]
    if root.text:
        yield "text", root.text, root
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                yield "close", parent.tag, parent
                if parent.tail:
                    yield "text", parent.tail, stack[-1][0]
            continue
        what = (
            ""
            if is_code(child)
            else "hidden"
            if shown and is_hidden(child)
            else "whole"
            if child.tag in whole
            else "open"
        )
        if what:
            yield what, child.tag, child
        if what == "open":
            if child.text:
                yield "text", child.text, child
            stack.append((child, iter(child)))
        elif child.tail:
            yield "text", child.tail, parent
