"""What other tools set round a line to say that it is a heading or set apart: \\section*{…}, \\title{…}, $\\mathbf{…}$ of
LaTeX, and its lists (\\begin{enumerate}, \\item); {#id .class}, []{#id .anchor}, [words]{.underline}, ::: of Pandoc; # behind
a heading, #第一章 without its blank, 📄 before its words, *…* and ***…*** round a whole line, === or --- below one, == before one, \\ at a
line's end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.source import Block
from juanzong.language.masked import masks_in
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.pages.cleaning import Spans, without_spans

_SIGNS = re.compile(
    r"^\s*[#*:@_=]|\*{4}|^\s*\[\[?toc|[\\}#]", re.IGNORECASE
)  # without one of them a line has no such mark
_FIRST = frozenset("#*:@_=[")
_LEVELS = {"title": 1, "part": 1, "chapter": 1, "section": 1, "subsection": 2, "subsubsection": 3, "paragraph": 4}
_COMMAND = re.compile(
    rf"\s*(?:#{{1,6}}\s+)?\\(?P<name>{'|'.join(_LEVELS)})\*?\s*(?:\[[^\]\n]*\])?\{{(?P<said>[^{{}}\n]*)(?P<end>\}})?\s*$"
)
_SET = re.compile(  # a whole line in other type
    r"\s*(?:#{1,6}\s+)?(?P<a>\$?\s*\\(?:math|text)(?:bf|rm|sf|it|tt|normal)\s*\{\s*)(?P<said>[^{}$\n]*\p{Han}[^{}$\n]*)(?P<b>\s*\}\s*\$?)\s*$"
)
_ATTRIBUTES = re.compile(
    r"\s*\{\s*(?:[#.][\w.:-]+|[\w-]+=(?:\"[^\"\n]*\"|\w+))(?:\s+(?:[#.][\w.:-]+|[\w-]+=(?:\"[^\"\n]*\"|\w+)))*\s*\}\s*$"
)
_OF_LINK = re.compile(r"(?<=[)*])\{(?:[.\w-]+=)?\"?[\w./#-]{1,40}\"?\}")  # {target="_blank"}
_ANCHOR = re.compile(r"\[\]\{[#.][^{}\n]{1,80}\}")
_SPAN = re.compile(r"\[(?P<said>[^\[\]\n]{1,200})\]\{\.[a-z][\w.\s-]{0,40}\}")
_DIV = re.compile(r"\s*:{3,}\s*(?:\{[^{}\n]*\}|[\w-]{0,30})\s*$")
_LIST = re.compile(
    r"\s*(?:\\(?:begin|end)\s*\{(?:enumerate|itemize|description|quote|document)\*?\}(?:\[[^\]\n]*\])?\s*$"
    r"|\\(?:tableofcontents|maketitle)\s*$|\\item(?![A-Za-z])\s*(?:\[(?=[^\]\n]*\])(?P<label>[^\]\n]*)\]\s*)?)"
)
_NOTE = re.compile(r"\s*\\footnotetext\s*(?:\[[^\]\n]*\]\s*)?\{\s*")
_NOTE_LINES = 20  # that one such command may hold
_BOX = re.compile(r"\s*:{3,}\s*[a-z][\w-]{0,20}\s+(?=[\p{Han}\d《“(（])")  # VuePress: ::: tip 修订信息
_OF_SITE = re.compile(r"\s*:{3,}\s*[a-z][\w-]{0,20}\s+(?:目录|修订信息|原文链接|提示|注意|警告|相关链接)\s*$")
_TAB = re.compile(r"\s*@tab(?::\w+)?\s+\S.{0,30}$")
_CLOSING = re.compile(r"^\s*#{1,6}\s+\S.*?(?P<mark>\s+#{1,6})\s*(?:\{[^{}\n]*\}\s*)?$")
_BREAK = re.compile(r"(?<=[\p{Han}）)》”，。；：！？])\\\s*$|(?<=[\p{Han}）)》”，。；：！？\d])\s*\\\\\s*$")
_ITALIC = re.compile(r"\s*(?:#{1,6}\s+)?(?P<a>\*{3}|\*)(?=[^\s*])[^*\n]{2,80}(?<=[^\s*])(?P<b>(?P=a))\s*$")
_SLANTED = re.compile(r"\s*(?:(?P<a>_)(?=[^\s_])[^_\n]*\p{Han}[^_\n]*(?<=[^\s_])(?P<b>_)\s*)+$")
# emphasis that ends where it begins again: **（****1****）主要依据**; masked figures are none: 6222****1234
_REOPENED = re.compile(r"\*\*(?!\*)(?:[^*\n]+(?P<mark>\*{4})(?!\*))+[^*\n]+\*\*(?!\*)")
_EMOJI = re.compile(
    "^[\\s#*>-]*(?P<mark>(?:[\U0001f300-\U0001faff]\ufe0f?\\s*)+)(?=\\S)"
)  # before a heading, a model's
_POINTS = "■◆●▶►➤➢♦"  # before a number; ★ and ▲ say what a tender insists on
_POINTED = re.compile(rf"\s*(?P<mark>(?P<point>[{_POINTS}])\s*)(?=\S)")
_TIGHT = re.compile(r"\s*(?P<mark>#{1,6})(?=[^\s#])(?=[^#\n]*\p{Han})(?P<said>[^#\n]{2,300}?)(?P<closing>#{0,6})\s*$")
# of other languages for markup: == 总则, === （一）目标 ===
_EQUALS = re.compile(r"(?P<a>(?P<mark>={1,5})\s+)(?=[\p{Han}“《（(\d])(?P<said>[^=\n]{2,80}?)(?P<b>\s+(?P=mark))?\s*$")
_RULE = re.compile(r"={2,}|-{3,}")
_SENTENCE = re.compile(r"[，。；：|\t<]|^[#*>-]|^[^\p{Han}]*$")
_UNDERLINED = 60  # characters of a heading
_SEVERAL = 2  # headings written without the blank: a lone #号楼 is none; with a sign before their number


def plain_headings(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without such marks; a heading that they told is one as if the reader had told it."""
    marked = [i for i, line in enumerate(lines) if line.block is None and _is_marked(line.text)]
    spans: Spans = defaultdict(list)
    levels: dict[int, int] = {}
    for i in marked:
        if m := _COMMAND.match(lines[i].text):
            _take_command(lines, i, m, spans, levels)
        elif m := _NOTE.match(lines[i].text):
            _take_note(lines, i, m.end(), spans)
        elif found := _marks_in(lines[i].text):
            spans[i] += found
    for i, m in _tight(lines, marked):
        spans[i] = [m.span("mark"), m.span("closing")]
        if not ends_sentence(m["said"].rstrip("：: ")):
            levels[i] = len(m["mark"])
    for i, m in _of_equals(lines, marked):
        spans[i] = [*m.spans("a"), *m.spans("b")]
        levels[i] = len(m["mark"])
    for i, span in _pointed(lines):
        spans[i].append(span)
    for i, level in _underlined(lines):
        spans[i + 1] = [(0, len(lines[i + 1].text))]
        levels[i] = level
    out = list(lines)
    for i, level in levels.items():
        out[i] = lines[i]._replace(block=Block(lines[i].start, lines[i].end + 1, "heading", level))
    return without_spans(out, spans, "heading-mark", ledger)


def _is_marked(text: str) -> bool:
    """Whether a line may have such a mark."""
    may = text.lstrip()[:1] in _FIRST or "#" in text or "\\" in text or "}" in text or "****" in text
    return may and _SIGNS.search(text) is not None


def _tight(lines: Sequence[Line], marked: Sequence[int]) -> list[tuple[int, re.Match[str]]]:
    """(index, match) of the headings written without the blank behind #. Two signs or more are nothing else; one alone
    stands before a number (#号楼) or a topic (#话题#) as well: it takes another heading, and words that end no sentence."""
    found = [(i, m) for i in marked if (m := _TIGHT.match(lines[i].text)) is not None]
    sure = any(len(m["mark"]) > 1 for _, m in found)
    closed = any(len(m["mark"]) > 1 and m["mark"] == m["closing"] for _, m in found)  # ##一、目标##
    ones = [
        (i, m)
        for i, m in found
        if len(m["mark"]) == 1
        and not ends_sentence(m["said"])
        and len(m["said"]) <= _UNDERLINED
        and (not m["closing"] or closed or heading_of(m["said"]) is not None)
        and (sure or m["said"][0] in "《（" or "\u4e00" <= m["said"][0] <= "\u9fff")
    ]
    several = sure or len(ones) >= _SEVERAL or any(lines[i].text.startswith("# ") for i in marked)
    return sorted([pair for pair in found if len(pair[1]["mark"]) > 1] + (ones if several else []), key=lambda p: p[0])


def _of_equals(lines: Sequence[Line], marked: Sequence[int]) -> list[tuple[int, re.Match[str]]]:
    """(index, match) of the headings behind signs of equality, two of them or more: one such line goes on with a sum."""
    found = [(i, m) for i in marked if (m := _EQUALS.match(lines[i].text)) and not ends_sentence(m["said"])]
    sure = sum(len(m["mark"]) > 1 for _, m in found)
    return found if sure >= _SEVERAL else []


def _pointed(lines: Sequence[Line]) -> list[tuple[int, tuple[int, int]]]:
    """Where one and the same sign stands before the numbers of two headings or more: it says no more than they do."""
    found: defaultdict[str, list[tuple[int, tuple[int, int]]]] = defaultdict(list)
    for i, line in enumerate(lines):
        m = _POINTED.match(line.text) if line.text.lstrip()[:1] in _POINTS and not line.tabular else None
        if m is not None and "\t" not in line.text and heading_of(line.text[m.end() :]) is not None:
            found[m["point"]].append((i, m.span("mark")))
    return [place for places in found.values() if len(places) >= _SEVERAL for place in places]


def _underlined(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """(index, level) of the lines that a rule right below them marks as headings (=== the first level, --- the second): short
    ones, blank lines round the two. A page ends at a rule alone, and at --- where most stand otherwise."""
    rules = [i for i, line in enumerate(lines) if _RULE.fullmatch(line.text.strip()) and line.block is None]
    found = []
    for i in rules:
        before, apart = lines[i - 1] if i else None, i + 1 == len(lines) or lines[i + 1].blanks > 0
        if before is None or lines[i].blanks or not apart or before.block is not None or before.tabular:
            continue
        said = before.text.strip()
        if (i == 1 or before.blanks) and 2 <= len(said) <= _UNDERLINED and not _SENTENCE.search(said):
            found.append((i - 1, 1 if lines[i].text.strip()[0] == "=" else 2))
    second = sum(level == 2 for _, level in found)
    habit = second >= _SEVERAL and 2 * second >= sum(lines[i].text.strip()[0] == "-" for i in rules)
    return [(i, level) for i, level in found if level == 1 or habit]


def _take_command(lines: Sequence[Line], i: int, m: re.Match[str], spans: Spans, levels: dict[int, int]) -> None:
    """A heading's command in line i; what it holds may stand in the next line, its closing brace behind that."""
    level = _LEVELS[m["name"]]
    if m["said"].strip():
        a, b = m.span("said")
        spans[i] += [(0, a), (b, len(m.string))]
        levels[i] = level
    elif i + 2 < len(lines) and lines[i + 2].text.strip() == "}":
        spans[i] += [(0, len(m.string))]
        spans[i + 2] += [(0, len(lines[i + 2].text))]
        levels[i + 1] = level


def _take_note(lines: Sequence[Line], i: int, at: int, spans: Spans) -> None:
    """The command of notes that line i begins with, up to `at`, and the brace that closes it."""
    depth = 1
    for k in range(i, min(i + _NOTE_LINES, len(lines))):
        for m in re.finditer(r"(?<!\\)[{}]", lines[k].text[at if k == i else 0 :]):
            depth += 1 if m[0] == "{" else -1
            if depth == 0:
                begin = m.start() + (at if k == i else 0)
                spans[i].append((0, at))
                spans[k].append((begin, begin + 1))
                return


def _ends_of_emphasis(text: str) -> list[tuple[int, int]]:
    masks = masks_in(text)
    return [span for m in _REOPENED.finditer(text) for span in m.spans("mark") if span not in masks]


def _marks_in(text: str) -> list[tuple[int, int]]:
    """The places of the marks in a line that keeps its words.

    >>> _marks_in("# 总则 {#sec-1 .unnumbered}"), _marks_in("单价{含税}为5元"), _marks_in("一、总则 #")
    ([(4, 25)], [], [])
    """
    if _DIV.match(text) or _OF_SITE.match(text) or _TAB.match(text):
        return [(0, len(text))]
    if m := _LIST.match(text):
        return [(m.start(), m.start("label")), (m.end("label"), m.end())] if m["label"] else [m.span()]
    if m := _BOX.match(text):
        return [m.span()]
    if m := _SET.match(text) or _ITALIC.match(text):
        kept = 2 if m["a"] == "***" else 0  # bold it stays
        return [(m.start("a"), m.end("a") - kept), (m.start("b") + kept, m.end("b"))]
    if "****" in text and (ends := _ends_of_emphasis(text)):
        return ends
    if m := _SLANTED.match(text):
        return m.spans("a") + m.spans("b")
    found = [m.span() for m in (*_ANCHOR.finditer(text), *_OF_LINK.finditer(text))]
    found += [part for m in _SPAN.finditer(text) for part in ((m.start(), m.start("said")), (m.end("said"), m.end()))]
    if m := _ATTRIBUTES.search(text):
        found.append(m.span())
    found += [m.span("mark") for m in (_CLOSING.match(text), _EMOJI.match(text)) if m]
    if m := _BREAK.search(text):
        found.append(m.span())
    return found
