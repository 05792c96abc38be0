"""What a page hides by its own style sheet, in rules for classes and names (.menu, #tip {display: none}), and by tracked
changes."""

from __future__ import annotations

from typing import Any

import regex as re

Element = Any

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"(?P<of>[^{}]*)\{(?P<says>[^{}]*)\}")
_FOR_MEDIA = re.compile(r"@[\w-]+[^{};]*\{(?:[^{}]|\{[^{}]*\})*\}")  # for print, for small windows
_HIDES = re.compile(r"(?<![\w-])display\s*:\s*none|(?<![\w-])visibility\s*:\s*hidden", re.IGNORECASE)
_SHOWS = re.compile(r"(?<![\w-])display\s*:\s*(?!none)[a-z]", re.IGNORECASE)
_SIMPLE = re.compile(r"(?P<tag>[a-zA-Z][\w]*)?(?P<sign>[.#])(?P<name>[\w-]+)")
_MOST = 0.3  # of a page's characters: what hides more waits for a script, as tabs do


def hide_by_rules(root: Element) -> None:
    """Mark what the rules hide as hidden by its own style, where it is a small part of the page."""
    rules = hiding_rules("\n".join(style.text or "" for style in root.iter("style")))
    if not rules:
        return
    found = [el for el in root.iter() if isinstance(el.tag, str) and _is_met(el, rules)]
    hidden = sum(_letters(el) for el in found)
    body = root.find("body")
    if found and hidden <= _MOST * _letters(body if body is not None else root):
        for element in found:
            element.set("style", f"display:none;{element.get('style', '')}")


def hide_deleted(root: Element) -> None:
    """Mark what tracked changes took away as hidden: `del` that tells when, or in a page with `ins`. What else is struck out
    is printed so."""
    tracked = root.find(".//ins") is not None
    for element in root.iter("del"):
        if tracked or "datetime" in element.attrib:
            element.set("hidden", "")


def hiding_rules(sheet: str) -> set[tuple[str, str, str]]:
    """(tag or "", "." or "#", name) of the simple selectors that hide what they meet, and that no later rule shows.

    >>> sorted(hiding_rules(".a, p.b {display: none} /* .c {display:none} */ #d{color:red;visibility:hidden}"))
    [('', '#', 'd'), ('', '.', 'a'), ('p', '.', 'b')]
    >>> hiding_rules("@media print {.a {display:none}} .b .c {display:none} .e {display:none} .e {display:block}")
    set()
    """
    out: set[tuple[str, str, str]] = set()
    if "none" not in sheet.lower() and "hidden" not in sheet.lower():
        return out
    for rule in _RULE.finditer(_FOR_MEDIA.sub("", _COMMENT.sub("", sheet))):
        for selector in rule["of"].split(","):
            m = _SIMPLE.fullmatch(selector.strip())
            if m is None:
                continue
            told = ((m["tag"] or "").lower(), m["sign"], m["name"])
            if _HIDES.search(rule["says"]):
                out.add(told)
            elif _SHOWS.search(rule["says"]):
                out.discard(told)
    return out


def _is_met(element: Element, rules: set[tuple[str, str, str]]) -> bool:
    given = element.attrib
    names = [(".", name) for name in given.get("class", "").split()]
    names += [("#", given["id"])] if "id" in given else []
    if not names or element.tag in ("html", "body") or _SHOWS.search(given.get("style", "")):
        return False
    return any((tag, *name) in rules for name in names for tag in ("", element.tag))


def _letters(element: Element) -> int:
    return len("".join("".join(element.itertext()).split()))
