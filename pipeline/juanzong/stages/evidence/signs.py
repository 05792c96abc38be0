"""Notes and running text -> signs and legends that they define, and counts that they give before a list."""

from __future__ import annotations

from collections.abc import Iterator

import regex as re

from juanzong.core import tree
from juanzong.core.terms import ReferenceVerdict
from juanzong.core.traced import Traced
from juanzong.language.text import number_of
from juanzong.stages.evidence.reference import Reference, paragraphs_of, tables_of

_SIGN = re.compile(
    r"[“\"（(]?(?P<sign>[\[［]\s*[\]］]|[（(]\s*[）)]|[*※#△▲▽]|—{1,2})[”\"）)]?(?:号)?\s*内?(?:数(?:字|值|据)?)?(?:为|是|表示|指|系|代表)[^，。；;,]{1,16}"
)
_RUN = re.compile(r"(.)\1*")
_MARK = re.compile("[■-☆]")  # of one range, for that is searched ten times as fast
_LEGEND = re.compile(
    r"(?P<sign>([★☆●○◎■□▲△◆◇√])\2{0,5})\s*(?:标注|标示|表示|代表|指|为|：|:)\s*(?P<what>[^，。；、,;\s★☆●○◎■□▲△◆◇√]{1,12})"
)
_COUNT = re.compile(
    r"(?P<count>(?<![第\d.])(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})\s?(?P<unit>个|大|项|类|条|种|批)(?P<noun>\p{Han}{1,8}))[：:](?P<items>[^。；;：:\n]{4,400})(?=[。；;\n]|$)"
)


_IN_HOOKS = re.compile(r"[\[［]\s*[-−+]?[\d.]+%?\s*[\]］]")
_IN_BRACKETS = re.compile(r"\s*[（(]\s*[-−+]?[\d.]+%?\s*[）)]\s*")


def sign_references(document: tree.Document) -> Iterator[Reference]:
    """Each sign that the notes of the document's tables define, and whether a cell bears it; of a legend of stars the
    highest: no cell may bear more."""
    tables = tables_of(document)
    cells = [c.text.text for t in tables for row in t.rows for c in row.cells]
    if not cells:
        return
    for text in paragraphs_of(document):
        for m in _SIGN.finditer(text.text):
            span = text[m.start() : m.end()].strip()
            found = any(_bears(c, m["sign"]) for c in cells)
            yield Reference(document, "sign", span.text, span.ranges, "resolves" if found else "undecided")
        yield from _legends(document, text, cells)


def _bears(cell: str, sign: str) -> bool:
    if sign[0] in "[［":
        return _IN_HOOKS.search(cell) is not None
    if sign[0] in "（(":
        return _IN_BRACKETS.fullmatch(cell) is not None
    return sign in cell


def _legends(document: tree.Document, text: Traced, cells: list[str]) -> Iterator[Reference]:
    found = list(_LEGEND.finditer(text.text)) if "√" in text.text or _MARK.search(text.text) else []
    most: dict[str, int] = {}
    for m in found:
        most[m["sign"][0]] = max(most.get(m["sign"][0], 0), len(m["sign"]))
    for m in found:
        sign, span = m["sign"], text[m.start() : m.end()].strip()
        runs = [len(r[0]) for c in cells if sign[0] in c for r in _RUN.finditer(c) if r[1] == sign[0]]
        verdict: ReferenceVerdict = "resolves" if len(sign) in runs else "undecided"
        deviation = None
        if len(sign) == most[sign[0]] and runs and max(runs) > len(sign):
            verdict, deviation = "does not resolve", f"表中有 {max(runs)} 个“{sign[0]}”，图例没有说明"
        yield Reference(document, "sign", span.text, span.ranges, verdict, None, deviation)


def count_references(document: tree.Document) -> Iterator[Reference]:
    """Each count before a colon and a list (三个平台：…), and whether so many are listed. Where not every item bears
    the name of what is counted, a list of another length tells nothing."""
    for text in paragraphs_of(document):
        for m in _COUNT.finditer(text.text) if "：" in text.text or ":" in text.text else ():
            n = number_of(m["n"].replace("两", "二"))
            listed = m["items"]
            head = re.split(r"[，,]", listed)[0]
            if head.count("、") >= 1 and "、" not in listed[len(head) :]:  # ，支撑…: the sentence goes on
                listed = head
            items = [i for i in re.split(r"[、，,]|(?:以及|及|和)(?=\p{Han}{2,})", listed) if i.strip()]
            whole = [i for i in listed.replace("，", "、").replace(",", "、").split("、") if i.strip()]
            tail = m["noun"][-2:]
            named = [i for i in whole if i.strip().endswith(tail)]
            span = text[m.start("count") : m.end("count")]
            if n is None or len(whole) < 2:
                continue
            verdict: ReferenceVerdict = "resolves" if n in (len(whole), len(items)) else "undecided"
            if verdict != "resolves" and len(named) == len(whole):
                verdict = "does not resolve"
            said = None if verdict == "resolves" else f"列出 {len(whole)} 个"
            yield Reference(document, "count", span.text, span.ranges, verdict, None, said)
