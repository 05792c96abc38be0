"""Notes of a web page that links tie to their marks, and whose number the browser would print: the mark stands before the
note as it does in the text, and the link back is none of it."""

from __future__ import annotations

from typing import Any, NamedTuple

import regex as re

from juanzong.read.glyphs import raised_text

Element = Any
_MARK = re.compile(r"\s*(?:[\[【（(]\s*\d{1,3}\s*[\]】）)]|\d{1,3}|[①-⑳])\s*")
_BACK = re.compile(r"[\s↑↩↵⤴⏎^\ufe0e\ufe0f]*|\s*(?:返回|回到)\p{Han}{0,4}\s*")
_NOTE = ("li", "p", "div", "dd", "aside", "section")


class _Mark(NamedTuple):
    """A mark in the text: as it is raised there, and the ids that a link back may name."""

    raised: str
    ids: frozenset[str]


def mark_notes(root: Element) -> None:
    """Put the marks before the notes that they link to, where these link back and say no mark of their own."""
    marks = _marks(root)
    if not marks:
        return
    for note in root.iter():
        mark = marks.get(note.get("id") or "") if note.tag in _NOTE else None
        if mark is None:
            continue
        back = [a for a in note.iter("a") if (a.get("href") or "")[:1] == "#" and a.get("href")[1:] in mark.ids]
        said = "".join(note.itertext()).strip()
        if not back or _MARK.match(said) or not _BACK.fullmatch("".join(back[-1].itertext())):
            continue
        for link in back:
            if _BACK.fullmatch("".join(link.itertext())):
                link.tag = "button"  # a control of the page, told as such
        first = note
        while not (first.text or "").strip() and len(first) and first[0].tag in (*_NOTE, "span"):
            first = first[0]
        first.text = mark.raised + (first.text or "").lstrip()


def _marks(root: Element) -> dict[str, _Mark]:
    """What raised links name, by the ids of what they lead to; the first that leads there."""
    out: dict[str, _Mark] = {}
    within = {a: sup for sup in root.iter("sup") for a in sup.iter("a")}
    for a in root.iter("a"):
        href, said = a.get("href") or "", "".join(a.itertext())
        if len(href) < 2 or href[0] != "#" or not _MARK.fullmatch(said):
            continue
        sup = within.get(a)
        if sup is None:
            sup = next(iter(a.iter("sup")), None)
        if sup is not None:
            ids = frozenset(x for el in (a, sup) if (x := el.get("id") or ""))
            out.setdefault(href[1:], _Mark(raised_text(said.strip()), ids))
    return out
