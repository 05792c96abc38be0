"""Outline checks: headings against the document's own contents list, numbers in sequence, annexes that are announced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.traced import Traced
from juanzong.language.alike import figures_of, same_but_for_count, skeleton
from juanzong.language.annex_marks import counts_copies, ordinal_in
from juanzong.language.numbering import ARTICLES_HELD, PUT_IN, heading_of
from juanzong.language.text import fold

_MARKED = re.compile(r"《(?P<title>[^《》]+)》(?P<print>\(\p{Han}{2,8}\))")  # as folded
_PRINT = re.compile(r"\([^()]*\)$")  # as folded
_MANY = 6  # entries without headings
_SAME_WORDS = 0.6  # a heading this like its entry is another reading of it, not another heading


def check_outlines(documents: Sequence[tree.Document]) -> list[Finding]:
    """What does not agree; where two readings of a heading differ, each is suggested for the other."""
    found: list[Finding] = []
    titles = {skeleton(d.title.text) for d in documents if d.title}
    for document in documents:
        if document.contents and document.type != "front_matter":
            found += _against_contents(document, titles)
        found += _sequence(document)
        found += _annexes(document)
    return found


def _sections(document: tree.Document) -> list[tree.Section]:
    return [b for b in _outer(document.body) if isinstance(b, tree.Section)]


def _outer(blocks: Sequence[tree.Block]) -> Iterator[tree.Block]:
    for b in blocks:
        yield b
        if isinstance(b, tree.Section):
            yield from _outer(b.children)


def _against_contents(document: tree.Document, titles: set[str]) -> list[Finding]:
    """Entries that have no heading, and headings that read otherwise than their entries. One that names a document has
    its heading there: a volume bound with others brings a list of its own."""
    found: list[Finding] = []
    named = {
        key
        for b in tree.walk(document.body)
        if isinstance(b, (tree.Box, tree.Table, tree.Figure))
        for name in [b.title if isinstance(b, tree.Box) else b.caption]
        for key in (fold(name.text), fold(b.number.text + name.text))
    }
    lacking: list[tree.ContentsEntry] = []
    for entry, section in headings_of_entries(document):
        if section is not None and not differ(entry, section):
            continue
        if not named.isdisjoint((fold(entry.title.text), fold(entry.number.text + entry.title.text))):
            continue  # 二、收入决算表: the name of a table
        if section is None:
            lacking += [] if skeleton(entry.title.text) in titles else [entry]
        else:
            told = f"标题“{section.title.text}”与目录“{entry.title.text}”不一致"
            found.append(Finding("heading-differs-from-contents", "warning", told, [section, entry]))
    return found + _without_headings(lacking, len(document.contents))


def _without_headings(entries: Sequence[tree.ContentsEntry], listed: int) -> list[Finding]:
    """The entries that have no heading, one by one; where most of a long list have none, it is that of another text, and
    is told once."""
    names = [f"{e.number.text}{e.title.text}" for e in entries]
    if len(entries) >= _MANY and 2 * len(entries) > listed:
        told = f"目录共{listed}项，其中{len(entries)}项在正文中没有对应标题，如“{names[0]}”“{names[-1]}”"
        return [Finding("contents-entry-without-heading", "warning", told, list(entries))]
    return [
        Finding("contents-entry-without-heading", "warning", f"目录中的“{name}”在正文中没有对应标题", [entry])
        for name, entry in zip(names, entries, strict=True)
    ]


def headings_of_entries(document: tree.Document) -> Iterator[tuple[tree.ContentsEntry, tree.Section | None]]:
    """Entries of the document's contents list and their headings, matched in order by number; those left over by
    title, or, where a part's own list stands behind the whole one, by both anywhere."""
    sections = _sections(document)
    anywhere = {fold(s.number.text + s.title.text): k for k, s in enumerate(sections)}
    at = 0
    for entry in document.contents:
        if entry.number.text.startswith("附"):
            continue
        number, title = fold(entry.number.text), _heading_of(entry)
        rest = range(at, len(sections))
        hit = next((k for k in rest if fold(sections[k].number.text) == number and _alike(title, sections[k])), None)
        if hit is None:
            hit = next((k for k in rest if fold(sections[k].title.text).rstrip("。") == title), None)
        hit = anywhere.get(number + title) if hit is None else hit
        yield entry, sections[hit] if hit is not None else None
        at = hit + 1 if hit is not None else at


def differ(entry: tree.ContentsEntry, section: tree.Section) -> bool:
    return fold(section.title.text).rstrip("。") not in (fold(entry.title.text), _heading_of(entry))


def _heading_of(entry: tree.ContentsEntry) -> str:
    """The words of the heading that an entry names, folded."""
    return fold(ARTICLES_HELD.sub("", entry.title.text)).rstrip("。")


def _alike(title: str, section: tree.Section) -> bool:
    heading = fold(section.title.text).rstrip("。")
    return heading == title or SequenceMatcher(None, heading, title, autojunk=False).ratio() >= _SAME_WORDS


def _sequence(document: tree.Document) -> list[Finding]:
    """Siblings of one form count on by one; a number that recurs, is skipped or goes back is reported."""
    found: list[Finding] = []

    def siblings(blocks: Sequence[tree.Block]) -> None:
        last: dict[str, int] = {}
        for b in blocks:
            if isinstance(b, tree.Paragraph):  # one of the siblings may be a whole paragraph
                item = heading_of(b.text.text)
                if item is not None and last.get(item.form) == item.ordinal - 1:
                    last[item.form] = item.ordinal
            if not isinstance(b, tree.Section):
                continue
            head = heading_of(fold(b.number.text) + "　")
            if head is not None and head.form != "条":
                before = last.get(head.form)
                if before is not None and head.ordinal not in (before + 1, 1):
                    found.append(
                        Finding(
                            "heading-out-of-sequence",
                            "warning",
                            f"“{b.number.text}{b.title.text[:20]}”前一个同级序号是 {before}",
                            [b],
                        )
                    )
                last[head.form] = head.ordinal
            siblings(b.children)

    siblings(document.body)
    articles = [b for b in _sections(document) if b.number.text.endswith("条") and not PUT_IN.search(b.number.text)]
    told = None  # once, where an article is written again and again
    for before_, after in pairwise(articles):
        x, y = heading_of(fold(before_.number.text) + "　"), heading_of(fold(after.number.text) + "　")
        said = (before_.number.text, after.number.text) if x and y and y.ordinal != x.ordinal + 1 else None
        if said and said != told:
            message = f"{after.number.text}前一条是{before_.number.text}"
            found.append(Finding("heading-out-of-sequence", "warning", message, [after]))
        told = said
    return found


def _annexes(document: tree.Document) -> list[Finding]:
    """Each annex that the text announces stands in the bundle, or is what the notice issues; those of an annex may be
    annexes beside it."""
    annexes = [*document.annexes, *(a for issued in document.promulgates for a in issued.annexes)]
    annexes += document.annex_of.annexes if document.annex_of is not None else []
    here = {fold(a.title.text) for a in (*annexes, *document.promulgates)}
    here |= {fold(b.caption.text) for b in tree.walk(document.body) if isinstance(b, tree.Table) and b.caption}
    missing = []
    attachments = document.metadata.get("attachments")
    for a in attachments if isinstance(attachments, list) else []:
        if not isinstance(a, tree.Attachment) or not here.isdisjoint(_names(a.title.text)):
            continue
        if not counts_copies(a.title.text) and not any(_is_annexed(a, annex) for annex in annexes):
            missing.append(a.title.text)
    if len(missing) >= _MANY:  # forms and the like, which nobody expects one by one
        told = f"{len(missing)}份附件不在本卷中：“{missing[0]}”至“{missing[-1]}”"
        return [Finding("annex-missing", "warning", told, [document], {"titles": "；".join(missing)})]
    return [Finding("annex-missing", "warning", f"附件“{title}”不在本卷中", [document]) for title in missing]


def _names(attachment: str) -> set[str]:
    """What an attachment may be titled, folded: as it is told, without title marks, and without what stands in brackets
    behind them: 《某办法》（修订稿）."""
    said = fold(attachment)
    marked = _MARKED.fullmatch(said)
    return {said.strip("《》"), *((marked["title"], marked["title"] + marked["print"]) if marked else ())}


def _noun_of(title: str) -> str:
    """The words of a title without what stands in brackets behind its noun: 指标表（2024年版）."""
    return skeleton(_PRINT.sub("", fold(title)) or title)


def _is_annexed(told: tree.Attachment, annex: tree.Document) -> bool:
    """Whether an annex is the one told, though the list has words more or less: how many it lists; or who made it, of whom
    it is, where its number is the same, and one title's words stand in the other in their order."""
    if same_but_for_count(told.title.text, annex.title.text):
        return True
    mark = annex.metadata.get("annex_number")
    short, long = sorted((skeleton(told.title.text), skeleton(annex.title.text)), key=len)
    rest = iter(long)
    return (
        isinstance(mark, Traced)
        and ordinal_in(mark.text) == ordinal_in(told.number.text) is not None
        and figures_of(short) == figures_of(long)
        and _noun_of(told.title.text)[-1:] == _noun_of(annex.title.text)[-1:]
        and (long.endswith(short) or len(short) >= _SAME_WORDS * len(long))
        and all(c in rest for c in short)
    )
