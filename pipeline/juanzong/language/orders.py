"""Orders and proclamations, whose title is who gives them, the kind, and the number: 某市人民政府令第12号."""

from __future__ import annotations

import regex as re

_ACTS = re.compile("令|公告|通告")
_ORDER = re.compile(
    r"^[^《》，。；：（）()]{2,60}(?:令\s*(?P<number>[（(]?\s*第\s*[\d〇○零一二三四五六七八九十百]{1,5}\s*号\s*[）)]?)"
    r"|(?:令|公告|通告)\s*(?P<dated>[〔\[［（(【]\s*(?:19|20)\d{2}\s*[〕\]］）)】]\s*第?\s*\d{1,4}\s*号))$"
)


def order_number(title: str) -> int | None:
    """Where the number of an order (or a proclamation numbered by the year) begins that its title ends in; None for
    another line.

    >>> [order_number(t) for t in ("某市人民政府令第12号", "某省人民政府令（第五号）", "依据省政府令第5号", "某银行公告〔2024〕第7号")]
    [7, 7, 6, 5]
    >>> order_number("某市人民政府令") is None
    True
    """
    m = _ORDER.match(title.strip()) if "号" in title.rstrip()[-2:] and _ACTS.search(title) else None
    return (m.start("number") if m["number"] else m.start("dated")) if m else None
