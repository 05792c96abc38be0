"""Paragraphs and headings parted, paragraphs joined and brought back, as a reviewer decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.review.places import seam

Home = tuple[tree.Document, list[tree.Block], int]  # the document, the list that holds the block, its index there


def _paragraphs(documents: Sequence[tree.Document]) -> Iterator[tuple[Home, tree.Paragraph]]:
    for d in documents:
        lists = [d.body] + [b.children for b in tree.walk(d.body) if isinstance(b, tree.Section | tree.Box)]
        for blocks in lists:
            for k, b in enumerate(blocks):
                if isinstance(b, tree.Paragraph) and b.text.runs:
                    yield (d, blocks, k), b


def split_paragraph(documents: Sequence[tree.Document], first_end: int, second_start: int) -> bool:
    """Part the paragraph in which a piece that ends at `first_end` was joined to one from `second_start` on."""
    for (d, blocks, k), p in _paragraphs(documents):
        at = seam(p.text, first_end, second_start)
        if at is not None:
            rest = tree.Paragraph(p.text[at:])
            p.text = p.text[:at]
            blocks.insert(k + 1, rest)
            for note in d.footnotes:
                if note.anchor is p and note.offset >= second_start:
                    note.anchor = rest
            return True
    return False


def split_title(documents: Sequence[tree.Document], first_end: int, second_start: int) -> bool:
    """The same for the title of a document, section or box: what was joined to it becomes its first paragraph."""
    titled: list[tuple[tree.Document, tree.Document | tree.Section | tree.Box, list[tree.Block]]] = []
    for d in documents:
        titled.append((d, d, d.body))
        titled += [(d, b, b.children) for b in tree.walk(d.body) if isinstance(b, tree.Section | tree.Box)]
    for d, home, blocks in titled:
        at = seam(home.title, first_end, second_start)
        if at is not None:
            rest = tree.Paragraph(home.title[at:])
            home.title = home.title[:at]
            blocks.insert(0, rest)
            for note in d.footnotes:
                if note.anchor is home and note.offset >= second_start:
                    note.anchor = rest
            return True
    return False


def join_paragraphs(documents: Sequence[tree.Document], first_end: int, second_start: int) -> bool:
    """Join the paragraph that ends at `first_end` and the one of the same document that begins at `second_start`."""
    first: tuple[Home, tree.Paragraph] | None = None
    second: tuple[Home, tree.Paragraph] | None = None
    for home, p in _paragraphs(documents):
        if p.text.runs[-1].end == first_end:
            first = home, p
        if p.text.runs[0].start == second_start:
            second = home, p
    if first is None or second is None or first[1] is second[1] or first[0][0] is not second[0][0]:
        return False
    (d, _, _), p = first
    (_, blocks, k), q = second
    p.text = p.text + q.text
    del blocks[k]
    for note in d.footnotes:
        if note.anchor is q:
            note.anchor = p
    return True


def restore_paragraph(documents: Sequence[tree.Document], source: str, start: int, end: int) -> bool:
    """source[start:end] becomes a paragraph after the nearest one before it; where none is, the first of its document."""
    text = Traced.of(source, start, end).strip()
    before = [
        (p.text.runs[-1].end, n, home)
        for n, (home, p) in enumerate(_paragraphs(documents))
        if p.text.runs[-1].end <= start
    ]
    if not text:
        return False
    if before:
        _, blocks, k = max(before)[2]
        blocks.insert(k + 1, tree.Paragraph(text))
    else:
        begins = [(min(starts), n) for n, d in enumerate(documents) if (starts := starts_of(d))]
        home = max([b for b in begins if b[0] <= start] or begins[:1], default=None)
        if home is None:
            return False
        documents[home[1]].body.insert(0, tree.Paragraph(text))
    return True


def starts_of(document: tree.Document) -> list[int]:
    """Where in the source the texts of a document begin."""
    starts: list[int] = []

    def look(text: Traced, role: str) -> Traced:
        starts.extend(r.start for r in text.runs[:1])
        return text

    tree.map_texts(document, look)
    return starts
