"""A YAML head (---, `key: value` lines, ---; TOML: +++, `key = value`), of the file or of each page, is what a tool says
about the text, and so are such lines without rules where no paper has one of them (Producer:, 识别引擎：). Where it tells
the document's title, what it says in a web page's own words of date, source and number is read as the head of such a
page is; in a tool's (date:, source:) only where the title is printed nowhere else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.alike import skeleton
from juanzong.language.document_types import type_of_title
from juanzong.language.tool_entries import behind_tool_entries, may_be_tool_entry
from juanzong.stages.pages.cleaning import Spans, without_spans

_RULE = re.compile(r"\s*(?:-{3,}|\+{3})\s*$")  # +++ frames TOML: key = value
_END = re.compile(r"\s*(?:-{3,}|\.{3}|\+{3})\s*$")
_ENTRY = re.compile(r"\s*[\"']?[A-Za-z][\w .-]{0,40}[\"']?\s*(?::(?:\s|$)|=\s)")
_OWN_ENTRY = re.compile(
    r"\s*[\"']?[\w\p{Han}][\w .-]{0,40}[\"']?\s*(?::(?:\s|$)|=\s)"
)  # at the file's head keys may be Chinese
_BELOW = re.compile(r"\s+\S|\s*-\s+\S|\s*#")  # an entry's further lines, items of its list
_MOST_LINES = 60
_MOST_ENTRIES = 24  # of a head without rules
_KEPT = re.compile(  # entries that tell elements of the document, in the words by which labels.py knows them
    r"\s*[\"']?(?:date|source|日期|发布日期|发布时间|成文日期|来源|文号|发文字号|发布机构|发文机关|索引号)[\"']?\s*[:：]\s*[\"']?"
    r"(?P<value>[^\"'\n]*\p{Han}[^\"'\n]*|\d{4}[-./]\d{1,2}[-./]\d{1,2}(?=[\sT\"']|$))"
)
_OF_TOOL = re.compile(r"\s*[\"']?[a-z]")
_TITLE = re.compile(r"\s*[\"']?(?:title|标题|文件名称)[\"']?\s*[:：=]\s*[\"']?(?P<value>[^\"'\n]{4,120}?)[\"']?\s*$")
_TAGS = re.compile(r"<[^<>]*>")
_TITLE_LINES, _BESIDE = 3, 12  # of a title; characters that may stand beside it
_NEAR = 12  # lines behind a head in which the text prints its title


def drop_yaml_heads(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without YAML heads. One that is not closed ends with its block of lines."""
    spans: Spans = defaultdict(list)
    told: set[int] = set()  # numbers of the lines that say something of the document
    ends: set[int] = set()
    i = 0
    while i < len(lines):
        text = lines[i].text
        if not (":" in text or "：" in text or "---" in text or "+++" in text):  # most lines
            i += 1
            continue
        end = _end_of_head_at(lines, i)
        kept = _elements(lines, i, end) if end > i else {}
        told.update(lines[k].n for k in kept)
        for k in range(i, end):
            a, b = kept.get(k, (0, 0))
            spans[k] += [(0, a), (b, len(lines[k].text))] if b else [(0, len(lines[k].text))]
        if end > i and i:
            ends.add(end - 1)
        i = max(end, i + 1)
    left = without_spans(lines, spans, "yaml-head", ledger, ends)
    return [x.holding(x.traced, blanks=max(1, x.blanks)) if x.n in told else x for x in left] if told else left


def _end_of_head_at(lines: Sequence[Line], i: int) -> int:
    """Behind the last line of the head, with rules round it or without, that begins with line i; i where none does."""
    text = lines[i].text
    if lines[i].block is not None:
        return i
    if may_be_tool_entry(text):
        return i + behind_tool_entries([line.text for line in lines[i : i + _MOST_ENTRIES]], at_head=i == 0)
    return _end_of_head(lines, i) if ("---" in text or "+++" in text) and _RULE.match(text) else i


def _elements(lines: Sequence[Line], i: int, end: int) -> dict[int, tuple[int, int]]:
    """{index of a line of the head: what of it says something of the document}, where the head tells the document's
    title: one that the text prints, or that stands in for it."""
    title = next(((k, m) for k in range(i, end) if (m := _TITLE.match(lines[k].text))), None)
    if title is None:
        return {}
    at, m = title
    key = skeleton(m["value"])
    printed = bool(key) and _is_printed(key, lines[end : end + _NEAR])
    if not printed and type_of_title(m["value"]) is None:
        return {}
    kept = {} if printed else {at: m.span("value")}
    for k in range(i, end):
        if (found := _KEPT.match(lines[k].text)) and not (printed and _OF_TOOL.match(lines[k].text)):
            start = len(lines[k].text) - len(lines[k].text.lstrip(" \"'"))
            kept[k] = (start, found.end("value"))
    return kept


def _is_printed(key: str, lines: Sequence[Line]) -> bool:
    """Whether a line, or a few in a row, print a title, alone, with little beside it or in a longer title; elsewhere it is
    quoted."""
    runs = ([x.text for x in lines[k : k + n]] for k in range(len(lines)) for n in range(1, _TITLE_LINES + 1))
    for run in runs:
        said = skeleton("".join(run))
        bracketed = any(text.lstrip().startswith(("（", "(")) for text in run)
        titled = not bracketed and type_of_title(_TAGS.sub("", "".join(run))) is not None
        if key in said and (titled or len(said) <= len(key) + _BESIDE):
            return True
    return False


def _end_of_head(lines: Sequence[Line], i: int) -> int:
    """Behind the last line of the head that begins with line i; i where none does."""
    entry = _OWN_ENTRY if i == 0 else _ENTRY
    k = _behind_entries(lines, i, i + _MOST_LINES)
    if k is None or k == i + 1 or not entry.match(lines[i + 1].text):
        return i
    whole = _behind_entries(lines, i, len(lines)) if i == 0 and k == _MOST_LINES else k
    if whole is not None and whole < len(lines) and _END.match(lines[whole].text):
        return whole + 1
    if i:
        return i  # in the middle of the text only a whole head is one
    last = next((j for j in range(i + 1, k) if lines[j].blanks), k)
    return last if last > i + 1 else i


def _behind_entries(lines: Sequence[Line], i: int, most: int) -> int | None:
    """The first line behind line i that is no entry of its head, before `most`; None where a blank line stands among
    them in the middle of the text."""
    entry = _OWN_ENTRY if i == 0 else _ENTRY
    k = i + 1
    while k < min(len(lines), most) and (entry.match(lines[k].text) or (k > i + 1 and _BELOW.match(lines[k].text))):
        if lines[k].blanks and i:
            return None
        k += 1
    return k
