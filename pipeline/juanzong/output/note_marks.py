"""Where footnotes are anchored, string by string."""

from __future__ import annotations

from collections import defaultdict

from juanzong.model import Document

Marks = tuple[tuple[int, int], ...]  # (offset in the string, number of the footnote from 1), by offset


def note_marks(document: Document) -> dict[str, Marks]:
    """Pointer of a string -> the footnotes anchored in it."""
    out: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, note in enumerate(document.footnotes, 1):
        if note.anchor is not None:
            out[note.anchor.pointer].append((note.anchor.offset, n))
    return {pointer: tuple(sorted(places)) for pointer, places in out.items()}


def cut_at_marks(text: str, marks: Marks) -> list[tuple[str, list[int]]]:
    """The text in pieces, each with the footnotes whose marks stand after it.

    >>> cut_at_marks("公园绿地居前", ((4, 1), (4, 2)))
    [('公园绿地', [1, 2]), ('居前', [])]
    """
    out: list[tuple[str, list[int]]] = []
    at = 0
    for offset in sorted({min(offset, len(text)) for offset, _ in marks}):
        out.append((text[at:offset], [n for o, n in marks if min(o, len(text)) == offset]))
        at = offset
    if at < len(text) or not out:
        out.append((text[at:], []))
    return out


def set_text(text: str, marks: Marks, lead: str = "") -> list[tuple[str, bool, list[int]]]:
    """The text as it is set: pieces, whether each is bold (the lead phrase), the footnotes whose marks stand after it.

    >>> set_text("（一）水源。保护水源。", ((9, 1),), "水源。")
    [('（一）', False, []), ('水源。', True, []), ('保护水', False, [1]), ('源。', False, [])]
    """
    first = text.find(lead) if lead else -1
    edges = {first, first + len(lead)} if first >= 0 else set()
    out: list[tuple[str, bool, list[int]]] = []
    at = 0
    for piece, notes in cut_at_marks(text, marks):
        end = at + len(piece)
        cuts = sorted({at, end, *(e for e in edges if at < e < end)})
        for a, b in zip(cuts, cuts[1:] or [end], strict=False):
            out.append((text[a:b], 0 <= first <= a and b <= first + len(lead), notes if b == end else []))
        at = end
    return out
