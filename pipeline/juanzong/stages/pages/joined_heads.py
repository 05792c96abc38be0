"""Two headings in one line (第一章 总则　　第一条 为规范…, 第二编 … 第一章 …): each gets a line of its own."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line

_CN = r"[一二三四五六七八九十百千零〇两\d]{1,8}"
_UPPER = rf"[\s　#*]*第\s?{_CN}\s?(?P<upper>[编章节])"
# behind a short title without marks, after a blank: a heading of a lower level, a blank behind its number
_JOINED = re.compile(
    rf"{_UPPER}(?P<title>[^。，；：、]{{0,24}}?)[\s　]+(?=第\s?{_CN}\s?(?P<lower>[章节条])(?:之{_CN})?[\s　]+\S)"
)
_RANK = "编章节条"


def part_headings(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, those of two headings parted."""
    out: list[Line] = []
    for line in lines:
        while (
            line.block is None
            and line.text.count("第") > 1
            and (m := _JOINED.match(line.text))
            and _below(m)
            and m["title"].strip()
        ):
            out.append(line.holding(line.traced[: m.end()]))
            line = line.holding(line.traced[m.end() :], blanks=0)
        out.append(line)
    return out


def _below(m: re.Match[str]) -> bool:
    return _RANK.index(m["lower"]) > _RANK.index(m["upper"])
