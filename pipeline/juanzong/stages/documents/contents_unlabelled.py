"""A contents list without its label 目录: chapter titles, one under the other, that come again behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import regex as re

from juanzong.core.lines import Line
from juanzong.language.alike import skeleton
from juanzong.language.numbering import RANK, UNNUMBERED, Heading, heading_of
from juanzong.language.openings import announces_parts
from juanzong.language.text import ends_sentence
from juanzong.stages.documents.contents_found import Contents
from juanzong.stages.documents.contents_lines import Span, decor_of, paged

_FORMS = ("编", "分编", "章", "节", "一、")
_BEGINS = re.compile(
    r"[\s#*>]*(?:第|[一二三四五六七八九十]{1,3}、|[-+]\s+(?:\d|第|[一二三四五六七八九十]{1,3}、)|0?1[.．、\s　]*\p{Han}"
    r"|(?:[-+]\s+)?[前序引导绪])"
)
_DECIMAL = re.compile(
    r"(?P<number>\d{1,2}(?:[.．]\d{1,2}){0,3})[.．、]?\s*(?=\p{Han})"
)  # in a list, or marked as a heading
_LED = re.compile(r"(?P<head>.*?\p{Han}[）)》”]?)\s*[.．·…‥。]{3,}\s*\d{1,3}$")  # with dotted leader and page
_TABBED = re.compile(r"(?P<head>\d[^\t]*\p{Han}[）)》”]?)\s*\t\s*\d{1,3}$")  # with its page behind a tab
_GAP = re.compile(r"\t|\S\s{2,}\S")  # between the cells of a row
_LEAST = 3  # titles; of fewer, chapters without text look the same
_AGAIN = 0.8  # of them stand behind
_LONGEST = 40
_BESIDE = 99  # the rank of what has no number: no chapter counts on from it
_MOST_LINES = 200


def read_unlabelled(lines: Sequence[Line], at: int, gone: Mapping[int, str]) -> Contents | None:
    """The list that begins in line `at`; None where none does: where fewer than three headings stand there without
    text between them, or do not come again, in their order, behind."""
    if _BEGINS.match(lines[at].text) is None or _is_told_of(lines, at, gone):
        return None
    run: list[tuple[int, Heading, str]] = []
    for i in range(at, min(len(lines), at + _MOST_LINES)):
        if i in gone:
            continue
        entry = (_entry(lines[i].text) or _preface(lines[i].text)) if not lines[i].tabular else None
        if entry is None or _begins_anew(run, entry):
            break
        run.append((i, *entry))
    if len(run) < _LEAST or not (_is_marked(lines[at].text) or any("." in head.form for _, head, _ in run)):
        return None  # 1, 2, 3 without 1.1 are rows of a table as well
    if all(one.rank < other.rank for (_, one, _), (_, other, _) in pairwise(run)):
        return None  # a chapter, its first section and what that begins with: another plan may begin so, too
    end = run[-1][0] + 1
    keys = {key for _, _, key in run}
    read = (_entry(lines[i].text) or _preface(lines[i].text) for i in range(end, len(lines)) if i not in gone)
    behind = [e[1] for e in read if e and e[1] in keys]
    if len(dict.fromkeys(behind)) < _AGAIN * len(run) or not _in_order(behind, [key for _, _, key in run]):
        return None
    spans = [[Span(i, 0, len(lines[i].text))] for i, _, _ in run]
    return Contents(Span(at, 0, 0), end, [i for i, _, _ in run], spans, headed=len(behind))


def _is_told_of(lines: Sequence[Line], at: int, gone: Mapping[int, str]) -> bool:
    """Whether a text lists chapters from line `at` on, as what something consists of (招标文件包括以下部分：), or has begun
    to above, be it with the header of a table (节次⇥课程)."""
    above = next((lines[i] for i in range(at - 1, -1, -1) if i not in gone), None)
    if above is None or above.tabular:
        return False
    if 0 < above.text.strip().count("\t") == lines[at].text.strip().count("\t"):
        return True
    if announces_parts(above.text):
        return True
    before, first = _entry(above.text), _entry(lines[at].text)
    return (
        before is not None
        and first is not None
        and (before[0].form == first[0].form and before[0].ordinal + 1 == first[0].ordinal)
    )


def _is_marked(text: str) -> bool:
    """Whether a line begins as the first entry does of a list of chapters, or with the mark of a list or heading."""
    return decor_of(text) > 0 or not text.strip(" 　*")[:1].isdigit()


def _entry(text: str) -> tuple[Heading, str] | None:
    """The number and the words, with the form of the number, of a line that may be a heading of chapters."""
    if text.lstrip().startswith("|"):  # a row
        return None
    decor = decor_of(text)
    said = text[decor:].strip(" 　*")
    if said[:1].isdigit():
        led = _LED.match(said) or _TABBED.match(said)
        said = led["head"] if led else said
        row = not decor and (_GAP.search(said) or said[-1:].isdigit())
        return _decimal(said) if len(said) <= _LONGEST and not row and not ends_sentence(said) else None
    if len(said) > _LONGEST or said[:1] not in "第一二三四五六七八九十":
        return None
    page = paged(said)
    head = heading_of(said)
    if head is None or head.form not in _FORMS or ends_sentence(said):
        return None
    key = skeleton((page["head"] if page else said)[head.end :])
    return (head, f"{head.form}{head.ordinal}{key}") if key else None


def _preface(text: str) -> tuple[Heading, str] | None:
    """The same for a line that is 前言 or its like: it has no number, and stands beside the chapters."""
    said = text[decor_of(text) :].strip(" 　*") if len(text) <= _LONGEST else ""
    page = paged(said)
    said = page["head"] if page else said
    return (Heading("", _BESIDE, 0, 0), skeleton(said)) if UNNUMBERED.match(said) else None


def _decimal(said: str) -> tuple[Heading, str] | None:
    m = _DECIMAL.match(said)
    if m is None:
        return None
    parts = re.split("[.．]", m["number"])
    form = ".".join("1" for _ in parts)
    return Heading(form, RANK[form], int(parts[-1]), m.end()), m["number"] + skeleton(said[m.end() :])


def _begins_anew(run: Sequence[tuple[int, Heading, str]], entry: tuple[Heading, str]) -> bool:
    """Whether the text begins with a heading: it counts anew, or stands in the list already."""
    head, key = entry
    if any(key == other for _, _, other in run):
        return True
    last = next((h for _, h, _ in reversed(run) if h.rank <= head.rank), None)
    return last is not None and last.form == head.form and head.ordinal <= last.ordinal


def _in_order(behind: Sequence[str], keys: Sequence[str]) -> bool:
    places = [keys.index(key) for key in dict.fromkeys(behind)]
    return all(a < b for a, b in pairwise(places))
