"""What a model says to its user before and after a transcription: 好的，以下是…, Sure, here is …, 希望对您有帮助."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.labels import is_label
from juanzong.language.model_words import LONGEST_SAYING, gives_page, is_model_speech, owns_up
from juanzong.stages.pages.cleaning import Spans, without_spans

_THINKS = re.compile(r"\s*<(?P<tag>think(?:ing)?|reasoning)>", re.IGNORECASE)
_MOST_THOUGHT = 200  # lines
_EVERY_PAGE = 3  # times that one line of a model's words comes back
_GOES_ON = re.compile(  # between two pages
    r"\s*(?:好的|好|当然可以|当然|没问题|sure|certainly|okay)\s*[，,！!。]\s*我?(?:来|将|会|接着|继续|下面|以下|现在|这就|继续|请看|接着|here|continu)"
    r".{0,30}(?:转写|转录|誊录|抄录|识别|下一页|transcri).{0,20}[:：。.]\s*$",
    re.IGNORECASE,
)
_ASSENTS = frozenset("好当没sScCoO")  # how that begins
_PAGE = re.compile(r"(第\s?)(?:\d+|[一二三四五六七八九十百]+)(\s?页)|([Pp]age\s)\d+")
_EDGE = 2  # lines at either end of the text, or of a page that a tool parted, in which a model speaks


def drop_chatter(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without a model's own words, which stand at the edges of the text or of a page, or come back on each.
    That it gives something not, it says anywhere: a finding."""
    thought = _thought(lines, 0)
    spans: Spans = defaultdict(list, {i: [(0, len(lines[i].text))] for i in range(thought)})
    for i, line in enumerate(lines):  # and what it thought before each page
        if i not in spans and "<" in line.text:
            spans.update((k, [(0, len(lines[k].text))]) for k in range(i, _thought(lines, i)))
    head = next(
        (i for i, line in enumerate(lines) if not is_label(line.text)), 0
    )  # what a YAML head tells stands first
    edges = [0, head, thought, *(i for i, line in enumerate(lines) if line.blanks >= 2), len(lines)]
    for edge in edges:
        for way in (range(edge, min(edge + _EDGE, len(lines))), range(edge - 1, max(edge - 1 - _EDGE, -1), -1)):
            for i in way:
                at_end = min(i, len(lines) - 1 - i) < _EDGE  # of the bundle: there also in a file of Word
                if i in spans or (_may_be_said(lines[i], at_end) and is_model_speech(lines[i].text)):
                    spans[i] = [(0, len(lines[i].text))]
                else:
                    break
    pages = set(_of_every_page(lines, {lines[i].text.strip() for i in spans}))
    pages |= {
        i
        for i, line in enumerate(lines)
        if line.text.lstrip()[:1] in _ASSENTS and line.block is None and _GOES_ON.match(line.text)
    }
    spans.update((i, [(0, len(lines[i].text))]) for i in pages)
    for i, line in enumerate(lines):
        if owns_up(line.text) and _may_be_said(line, at_end=True):
            spans[i] = [(0, len(line.text))]
            findings.append(_unread(line))
    return without_spans(lines, spans, "model-chatter", ledger, pages)


def _of_every_page(lines: Sequence[Line], said: Collection[str]) -> list[int]:
    """The lines in which a model speaks of every page in the same words, or in those in which it has `said` what stands at
    the edges and the page's number."""
    may = [(i, line.text.strip()) for i, line in enumerate(lines) if line.block is None]
    often = Counter(text for _, text in may)
    paged = {key for text in said if (key := _of_page(text))}
    given = Counter(_of_page(text) for _, text in may if gives_page(text))
    paged |= {key for key, times in given.items() if times > 1}
    again = {s for s, n in often.items() if n >= _EVERY_PAGE or (paged and _of_page(s) in paged)}
    told = {s for s in again if is_model_speech(s)}
    return [i for i, text in may if text in told] if told else []


def _of_page(text: str) -> str:
    """A line in which a model says of which page it speaks, without the page's number; '' of any other line.

    >>> _of_page("以下是第2页图片中的文字："), _of_page("Here is the text of page 3:"), _of_page("以下是第2章的文字：")
    ('以下是第#页图片中的文字：', 'Here is the text of page #:', '')
    """
    may = len(text) <= LONGEST_SAYING and ("页" in text or "age" in text)
    return _PAGE.sub(lambda m: f"{m[1] or m[3]}#{m[2] or ''}", text) if may and _PAGE.search(text) else ""


def _unread(line: Line) -> Finding:
    told = f"第 {line.n} 行是识图模型的话，说有内容未能识别或已略去，请对照原件：{line.text.strip()}"
    return Finding("page-unreadable", "error", told, [], {"line": line.n})


def _may_be_said(line: Line, at_end: bool) -> bool:
    return line.block is None or (at_end and line.block.kind == "paragraph")


def _thought(lines: Sequence[Line], i: int) -> int:
    """The index behind what a model thought (<think> … </think>), which begins in line i; i where nothing does."""
    m = _THINKS.match(lines[i].text) if lines and lines[i].block is None else None
    if m is None:
        return i
    closing = f"</{m['tag']}>".casefold()
    ends = (
        k + 1
        for k in range(i, min(i + _MOST_THOUGHT, len(lines)))
        if lines[k].text.rstrip().casefold().endswith(closing)
    )
    return next(ends, i)
