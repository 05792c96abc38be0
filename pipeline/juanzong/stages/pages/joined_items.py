"""Numbered items whose line ends were lost: 一、…。二、…。 or （一）…。（二）…。 or 1.…。2.…。3.…。 or 第一条 …。第二条 …。 in one line
that begins with the first of them, and a heading with the first item below it (二、重点任务 （一）…). Each gets a line of its
own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.text import ends_sentence, number_of

_CN = "[一二三四五六七八九十]{1,3}"
_ITEM = rf"(?:(?P<n>{_CN})(?P<form>、)|[（(](?P<n>{_CN})(?P<form>[）)])|(?P<n>\d{{1,2}})\s?(?P<form>[.．]|、)(?!\d))"
_FIRST = re.compile(rf"[\s#*]*{_ITEM}(?=\s?[\p{{Han}}“《])")
_NEXT = re.compile(rf"(?<=[。；;！？”）])[\s　]*(?P<item>{_ITEM})(?=\s?[\p{{Han}}“《])")
_ANNOUNCED = re.compile(r"(?:如下|以下[^，。：:]{0,8})[：:][\s　]*(?P<item>一、)(?=\p{Han})")
_HEADED = re.compile(rf"[\s#*]*(?:{_CN}、(?P<title>[^，。；：:、（(]{{2,24}})(?=[（(]一[）)]\s?[\p{{Han}}“《]))")
_OVER_ITEMS = re.compile(
    rf"[\s#*]*{_CN}、(?P<title>[^。；：:（(]{{2,40}}(?<![条款项、和]))(?=[（(](?P<n>{_CN})[）)]\s?[\p{{Han}}“《])"
)
_BELOW = re.compile(rf"[\s#*]*(?:[（(](?P<n>{_CN})[）)]|{_CN}、)")
_NUMERAL = r"[一二三四五六七八九十百零〇\d]{1,5}"
_ARTICLE = (
    rf"第\s?(?P<n>{_NUMERAL})\s?条(?!\s?(?:[的、，和及与或至到中之第款项所]|规定))"  # none that the text refers to
)
_HEADS_ARTICLES = re.compile(
    rf"[\s#*]*(?:第\s?{_NUMERAL}\s?[编章节][^，。；：]{{0,24}}?[\s　]*)?{_ARTICLE}[\s　]*(?=[\p{{Han}}“《])"
)
_NEXT_ARTICLE = re.compile(
    rf"(?<=[。；])[\s　]*(?P<item>(?:第\s?{_NUMERAL}\s?[编章节][\s　]*[^，。；：第]{{1,24}}?[\s　]*)?{_ARTICLE})(?P<gap>[\s　]*)(?=[\p{{Han}}“《])"
)
_FAR = 60  # lines below, in which the next article begins
_BLANK = re.compile(rf"[\s#*]*{_ITEM}(?P<title>\p{{Han}}{{2,14}})[ 　]+(?=\p{{Han}}[^。]*。)")
_BEGINS = frozenset("一二三四五六七八九十（(123456789")
_LEAST = {"、": 2, "）": 2, ".": 3}  # items in one line: three of a form that counts in the text, too
_LEAST_CLAUSES = 3  # that end in ；
_STEP = 10  # characters of an item: several such are a list in one line
_PRINTED = 46  # characters: no line of print has more; in one, items stand as they were printed


def part_items(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, those of several items parted."""
    out: list[Line] = []
    held = [k for k, line in enumerate(lines) if _may_hold(line.text) and _is_paragraph(lines, k)]
    found = {k: sorted(set(_cuts(lines[k].text))) or _articles(lines, k) for k in held}
    found |= {
        k: cuts
        for k, line in enumerate(lines)
        if "、" in line.text and not found.get(k) and (cuts := _over_items(lines, k, line.text))
    }
    if any(text[c - 1].isspace() and text[c] in "（(" for k in held for text in (lines[k].text,) for c in found[k]):
        for k in held:  # blanks stand for line ends
            text = lines[k].text
            behind = (m.end() for c in [0, *found[k]] if (m := _BLANK.match(text, c)))
            found[k] = sorted({*found[k], *(c for c in behind if ends_sentence(text))})
    for k, line in enumerate(lines):
        text, cuts = line.text, found.get(k, [])
        edges = [0, *cuts, len(text)]
        parts = [part for a, b in pairwise(edges) if (part := line.traced[a:b].strip())] if cuts else []
        out += [line.holding(part, line.blanks if j == 0 else 0) for j, part in enumerate(parts)] or [line]
    return out


def _over_items(lines: Sequence[Line], k: int, text: str) -> list[int]:
    """Where in a line of a heading with the first item below it this item begins: the next one begins a line below."""
    m = _OVER_ITEMS.match(text) if "）" in text or ")" in text else None
    if m is None or lines[k].mark is not None or lines[k].like_row or lines[k].tabular:
        return []
    below = next((n for x in lines[k + 1 : k + 1 + _FAR] if (n := _BELOW.match(x.text))), None)
    follows = below is not None and below["n"] and number_of(below["n"]) == (number_of(m["n"]) or 0) + 1
    return [m.end()] if follows else []


def _may_hold(text: str) -> bool:
    """A first look: whether a line begins with an item's number or an article's, or announces items."""
    first = text.lstrip(" \t　#*")[:1]
    if first == "第" and text.count("条") > 1:
        return True
    return (first in _BEGINS and any(map(text.__contains__, "。；（("))) or "：一、" in text or "： 一、" in text


def _is_paragraph(lines: Sequence[Line], k: int) -> bool:
    """Whether a line is a paragraph, none of print's: its line ends may be lost."""
    line = lines[k]
    if line.block is not None:
        return line.block.kind == "paragraph"
    if line.mark is not None or line.like_row:
        return False
    apart = (k == 0 or line.blanks > 0) and (k + 1 == len(lines) or lines[k + 1].blanks > 0)
    return apart or len(line.text) > _PRINTED


def _cuts(text: str, at: int = 0) -> Iterator[int]:
    """Where the items of text[at:] begin, but for the first."""
    announced = next(_outside(text, _ANNOUNCED.finditer(text, at)), None)
    if announced:
        begin = announced.start("item")
        inside = list(_cuts(text, begin))
        if any(text[c:].lstrip()[:2] == "二、" for c in inside):
            yield begin
            yield from inside
        return
    if headed := _HEADED.match(text, at):
        yield headed.end()
        yield from _cuts(text, headed.end())
        return
    first = _FIRST.match(text, at)
    if first is None:
        return
    form, n = _form(first), number_of(first["n"]) or 0
    found: list[int] = []
    stops = ""
    for m in _outside(text, _NEXT.finditer(text, first.end())):
        if _form(m) == form and number_of(m["n"]) == n + 1:
            found.append(m.start("item"))
            stops += text[: m.start("item")].rstrip()[-1:]
            n += 1
    least = max(_LEAST[form], _LEAST_CLAUSES if set(stops) & set("；;") else 0)
    edges = [first.end(), *found, len(text)]
    steps = "；" not in stops and max(b - a for a, b in pairwise(edges)) <= _STEP
    if len(found) + 1 < least or steps:
        return
    yield from found
    for a, b in pairwise([at, *found, len(text)]):
        yield from (c for c in _cuts(text[:b], a) if c > a)


def _articles(lines: Sequence[Line], k: int) -> list[int]:
    """Where in line k articles begin that count on from the one that it begins with, and on which those below count: one
    that begins a line there is no more than referred to here."""
    text = lines[k].text
    first = _HEADS_ARTICLES.match(text)
    if first is None:
        return []
    n, found, spaced = number_of(first["n"]) or 0, list[int](), 0
    below = (_HEADS_ARTICLES.match(x.text) for x in lines[k + 1 : k + 1 + _FAR] if x.text.lstrip(" \t　#*")[:1] == "第")
    after = next((number_of(m["n"]) or 0 for m in below if m), 0)
    for m in _outside(text, _NEXT_ARTICLE.finditer(text, first.end())):
        if number_of(m["n"]) == n + 1 != after:
            found.append(m.start("item"))
            spaced += bool(m["gap"])
            n += 1
    sure = after in (0, n + 1) and (spaced == len(found) or len(found) > 1)
    return found if sure else []


def _form(m: re.Match[str]) -> str:
    return "." if m["n"].isdecimal() else m["form"].replace(")", "）")


def _outside(text: str, found: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Those of the finds, in order, before which no quotation and no bracket is open."""
    at = quotes = brackets = 0
    for m in found:
        begin = m.start("item")
        quotes += text.count("“", at, begin) - text.count("”", at, begin)
        brackets += sum(text.count(c, at, begin) for c in "（(") - sum(text.count(c, at, begin) for c in "）)")
        at = begin
        if not quotes and not brackets:
            yield m
