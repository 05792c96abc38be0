"""Paragraphs -> their lead phrases: short ones at the head, in bold print or set off by the document's habit."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.traced import Traced

LONGEST = 30  # characters of a lead phrase
SERIES = 3  # neighbours that must open alike where nothing marks the phrase
_PREFIX = (
    r"(?P<prefix>\s*(?:[—-]{2}|[-●•·]\s*|\d{1,2}(?:[.．]\d{1,2}){1,3}\s*|\d{1,2}[.．、)）]\s*|[（(][\d一二三四五六七八九十]+[)）]\s*|[①-⑳]"
    r"|[A-Za-z]\s?[.．、)）](?!\d)\s*"
    r"|[一二三四五六七八九十]是)?\s*)"
)
_BOLD = re.compile(rf"(?:[-*]\s+)?{_PREFIX}\*\*(?P<lead>[^*\n]{{1,{LONGEST}}}?)[。：:]?\*\*")
# whose opening marks are lost: only its stop tells it from words within the line that are set in bold
_HALF_BOLD = re.compile(
    rf"(?:[-*]\s+)?{_PREFIX}(?P<lead>[^*。；\n]{{1,{LONGEST}}}?)(?:[。：:]\*\*|\*\*[。：:]|(?<=】)\*\*)"
)
_NUMERALS = re.compile(r"[\dA-Za-z一二三四五六七八九十①-⑳\s]+")
_PLAIN = re.compile(
    rf"{_PREFIX}(?P<lead>[^。：:；，！？*\n]{{2,{LONGEST}}}?)(?P<stop>。|(?<!\d)[：:]|[：:](?!\d))(?=\S)"
)


def mark_leads(body: list[tree.Block]) -> None:
    """Set `lead` of a document's paragraphs, as long as their texts still carry the bold marks."""
    _mark(body)
    for block in tree.walk(body):
        if isinstance(block, (tree.Section, tree.Box)):
            _mark(block.children)


def _mark(blocks: Sequence[tree.Block]) -> None:
    run: list[tuple[tree.Paragraph, re.Match[str], str]] = []
    for block in [*blocks, None]:
        found = None
        if isinstance(block, tree.Paragraph):
            text = block.text.text
            bold = (_BOLD.match(text) or _HALF_BOLD.match(text)) if "**" in text else None
            if bold and bold["lead"].strip():
                block.lead = _place(block.text, bold)
                continue
            found = _PLAIN.match(text)
        form = _form(found) if found else ""
        if run and (found is None or form != run[-1][2]):
            _settle(run)
            run = []
        if found and isinstance(block, tree.Paragraph):
            run.append((block, found, form))
    _settle(run)


def _form(m: re.Match[str]) -> str:
    """How a paragraph opens: its prefix without its number, and the stop after the phrase."""
    return _NUMERALS.sub("1", m["prefix"]) + m["stop"].replace(":", "：")


def _settle(run: Sequence[tuple[tree.Paragraph, re.Match[str], str]]) -> None:
    """A series of paragraphs that open alike: after a dash or number two do, else it takes three."""
    if len(run) >= (SERIES if not run or len(run[0][2]) == 1 else SERIES - 1):
        for paragraph, found, _ in run:
            paragraph.lead = _place(paragraph.text, found)


def _place(text: Traced, found: re.Match[str]) -> tuple[int, int]:
    """Where in the source the phrase of a match stands, without blanks at its ends."""
    lead = found["lead"]
    return text.span(found.start("lead") + len(lead) - len(lead.lstrip()), found.start("lead") + len(lead.rstrip()))
