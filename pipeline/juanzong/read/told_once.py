"""Reports of pages -> the same, with what is behind or beside the text of many pages alike told once: a watermark laid over
every page in tiles is cut otherwise on each of them."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.source import PageReport

_MANY = 6  # reports that say the same
_FEW = 40  # different characters of a mark
_SHOWN = 40  # characters of what is told
_HIDDEN = re.compile(r"第 \d+ 页有 (?P<many>\d+) 个字符(?P<why>\P{N}+?)，未计入正文：")
_TOLD = "未计入正文："


def told_once(reports: Sequence[PageReport]) -> list[PageReport]:
    """The reports; of those of one kind that say the same characters, many, the first stands for all."""
    alike: dict[tuple[str, str], list[list[PageReport]]] = {}
    for report in reports:
        if report.check in ("page-watermark", "hidden-text") and report.page and _TOLD in report.message:
            hidden = _HIDDEN.match(report.message)
            groups = alike.setdefault((report.check, hidden["why"] if hidden else ""), [])
            said = frozenset(_said(report))
            own = next((g for g in groups if _are_one(said, frozenset(_said(g[0])))), None)
            if own is None:
                groups.append([report])
            else:
                own.append(report)
    joined = {id(r): group for groups in alike.values() for group in groups if len(group) >= _MANY for r in group}
    return [
        r if (group := joined.get(id(r))) is None else _joined(group)
        for r in reports
        if id(r) not in joined or joined[id(r)][0] is r
    ]


def _are_one(said: frozenset[str], first: frozenset[str]) -> bool:
    """Whether two texts are pieces of one mark, by their characters."""
    return len(said | first) <= _FEW and (said <= first or first <= said)


def _said(report: PageReport) -> str:
    return report.text or report.message.partition(_TOLD)[2]


def _joined(group: Sequence[PageReport]) -> PageReport:
    first, last = group[0].page, max(r.page for r in group)
    said = max(map(_said, group), key=len)
    shown = said[:_SHOWN] + ("……" if len(said) > _SHOWN else "")
    hidden = [m for r in group if (m := _HIDDEN.match(r.message))]
    if hidden:
        many = sum(int(m["many"]) for m in hidden)
        told = f"第 {first}—{last} 页有 {many} 个字符{hidden[0]['why']}，未计入正文：{shown}"
    else:
        told = f"第 {first}—{last} 页的水印或页边文字 {len(group)} 处未计入正文：{shown}"
    text = "\n".join(r.text for r in group if r.text)
    return PageReport(first, group[0].severity, group[0].check, told, text)
