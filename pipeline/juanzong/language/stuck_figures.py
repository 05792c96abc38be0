"""A page's number that a reader took for the beginning or the end of a title."""

from __future__ import annotations

import regex as re

from juanzong.language.document_types import names_document, type_of_title

_LEAST = 8  # characters of a title that figures stick to
_UNITS = "年月日号级类个项万千亿大条名岁家度米所省市县区届世周期天城镇村校"  # a figure before one of these counts
_UNCOUNTED = ("notice", "regulation", "plan", "report")  # kinds of which nobody writes a second one as 名单2
_BEFORE = re.compile(rf"\s*(?P<figure>\d{{1,3}})\s*(?=[\p{{Han}}《])(?![{_UNITS}])")
_BEHIND = re.compile(r"(?<=[\p{Han}）》])(?<![（(]\p{Han}{2,5})\s*(?P<figure>\d{1,3})\s*$")


def stuck_figure(title: str) -> tuple[int, int] | None:
    """Where in a title a figure stands before or behind what names a document; None where none does, or it counts.

    >>> [stuck_figure(s) for s in ("12某市城市供水管理办法", "某市城市供水管理办法13", "3年行动工作方案", "某市管理规定10条")]
    [(0, 2), (10, 12), None, None]
    >>> stuck_figure("6安全管理制度"), stuck_figure("某市先进个人名单2")  # so short a line is a heading; the second list
    (None, None)
    """
    m = _BEFORE.match(title)
    if m is None and title[-1:].isdecimal():
        m = _BEHIND.search(title)
        kind = type_of_title(title[: m.start()]) if m is not None else None
        m = m if kind in _UNCOUNTED else None
    rest = title[: m.start()] + title[m.end() :] if m else ""
    return m.span() if m is not None and len(rest) >= _LEAST and names_document(rest) else None


def without_stuck_figure(title: str) -> str:
    """What may be a title without a page's number that stuck to it."""
    a, b = stuck_figure(title) or (0, 0)
    return title[:a] + title[b:]
