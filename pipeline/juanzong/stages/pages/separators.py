"""Lines that a tool draws between pages (---, ***, [PAGE BREAK], \\newpage), and form feeds: no text, but a page's end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import PAGE_END, Line
from juanzong.core.traced import concat
from juanzong.language.doc_numbers import is_doc_number
from juanzong.language.organs import LETTERHEAD
from juanzong.language.text import unbalanced
from juanzong.stages.pages.cleaning import Spans, without_spans
from juanzong.stages.pages.counted_marks import counted_marks

_RULE = re.compile(
    r"\s*(?:(?:-\s?){3,}|(?:\*\s?){3,}|(?:_\s?){3,}|\|?(?:=\s?){3,}\|?|(?:~\s?){3,}|[—–―─━═﹏]{5,}|(?:[◆●■▪•·]\s?){3,}|[┌╔├╠└╚][─━═]{3,}[┐╗┤╣┘╝])\s*$"
)
_WORD = re.compile(
    r"[\W_]*(?:page\s?-?_?break|new\s?page|clear\s?page|blank\s?page|(?:this\s)?page\s(?:is\s)?(?:intentionally\s)?(?:left\s)?blank|空白页|page\s?end|end\s?of\s?(?:page|document)|(?:page\s?)?split|missing_page_\w+(?::\d+)?|no_content_here|分\s?页\s?符?|换\s?页\s?符?|下一?页开始)[\W_]*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[\W_]*(?:(?:接|转|续)(?:下|上)一?页|(?:下|上)一?页续|(?:未完)?待续|continue[sd]?\son\s(?:the\s)?next\spage|continued\sfrom\s(?:the\s)?(?:previous|last)\spage)[\W_]*$",
    re.IGNORECASE,
)
_BEGINS = frozenset("空分换下接转续上未待")  # Chinese characters that such a line begins with
_MARK = re.compile(r"[^\p{L}\p{N}\s|<>…．。.、，；：？！—★☆√×○△▲\-]{2,12}$")  # signs alone
_ORNAMENT = re.compile(r"[★☆✩✭⭐◆◇]{1,3}$")  # between a letterhead and what stands under it
_TABLE_RULE = re.compile(r"\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*")
_COMES_BACK = 3


def drop_separators(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without separators; the next line begins a page, as does one with a form feed before it."""
    if any("\f" in line.text for line in lines):
        fed = [i > 0 and lines[i - 1].text.rstrip(" ").endswith("\f") for i in range(len(lines))]
        lines = [part for line, begins in zip(lines, fed, strict=True) for part in _at_form_feeds(line, begins)]
    alone = [line.blanks > 0 and (i + 1 == len(lines) or lines[i + 1].blanks > 0) for i, line in enumerate(lines)]
    often = Counter(
        line.text.strip() for line, bare in zip(lines, alone, strict=True) if bare and _MARK.match(line.text.strip())
    )
    counted = counted_marks([line.text.strip() if not line.tabular and line.block is None else "" for line in lines])
    spans: Spans = defaultdict(list)
    for i, line in enumerate(lines):
        text = line.text.strip()
        if line.tabular or len(text) > 120:
            continue
        if _parts_pages(lines, i, text) or i in counted or (alone[i] and often[text] >= _COMES_BACK):
            spans[i].append((0, len(line.text)))
    ends = set(spans)
    spans.update({i: [(0, len(line.text))] for i, line in enumerate(lines) if _is_stray_rule(lines, i)})
    return without_spans(lines, spans, "page-separator", ledger, ends)


def _parts_pages(lines: Sequence[Line], i: int, text: str) -> bool:
    """Whether line i, which says `text`, is a separator by its form."""
    if "\u4e00" <= text[:1] <= "\u9fff" and text[0] not in _BEGINS:  # as most lines begin
        return False
    if _RULE.match(text) or _WORD.match(text) or (_GOES_ON.match(text) and not _beside_rows(lines, i)):
        return True
    return i > 0 and _ORNAMENT.match(text) is not None and _is_of_letterhead(lines[i - 1].text)


def _is_of_letterhead(text: str) -> bool:
    return LETTERHEAD.match(text) is not None or is_doc_number(text)


def _is_stray_rule(lines: Sequence[Line], i: int) -> bool:
    """Whether line i is the rule under a table's header (|---|---|), with no row beside it."""
    line = lines[i]
    if line.text[:1] not in "|-: " or line.tabular or _TABLE_RULE.fullmatch(line.text) is None:
        return False
    return not any("|" in x.text for x in (*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2]))


def _beside_rows(lines: Sequence[Line], i: int) -> bool:
    """Whether a table's row stands next to line i: 转下页 tells there that the table goes on."""
    above = next((x for x in map(lines.__getitem__, range(i - 1, -1, -1)) if not _GOES_ON.match(x.text)), None)
    below = next((x for x in map(lines.__getitem__, range(i + 1, len(lines))) if not _GOES_ON.match(x.text)), None)
    return any(x and (x.tabular or any(s in x.text for s in ("\t", "|", "<t", "</t"))) for x in (above, below))


def _at_form_feeds(line: Line, begins: bool) -> list[Line]:
    """The parts of a line between its form feeds; each but the first begins a page, but where the feed strayed between two
    marks of a pair: 《某某 | 办法》. `begins`: a form feed ends the line above."""
    if begins:
        line = line.holding(line.traced, blanks=max(line.blanks, PAGE_END))
    if "\f" not in line.text:
        return [line]
    out: list[Line] = []
    for m in re.finditer(r"[^\f]+", line.text):
        if out and unbalanced(out[-1].text) and not unbalanced(out[-1].text + m[0]):
            out[-1] = out[-1].holding(concat([out[-1].traced, line.traced[m.start() : m.end()]]))
        elif m[0].strip():
            blanks = max(line.blanks, PAGE_END) if m.start() else line.blanks
            out.append(line.holding(line.traced[m.start() : m.end()], blanks=blanks))
    return out
