"""What a document teaches about its page cuts: above all, which paragraphs were cut exactly at a full stop, told by the
geometry that its certain cuts agree on.

A printed line holds a fixed number of characters, the first of a paragraph two fewer. A piece that a page cut fills its
last line; so the lengths of certain cuts agree modulo the line's width (PATTERNS.md, “Paragraphs cut by a page”).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import regex as re

from juanzong.language.numbering import BOX, FIGURE_CAPTION, TABLE_CAPTION, UNNUMBERED, heading_of
from juanzong.language.personal_names import names_officer
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.box_cuts import box_rests
from juanzong.stages.structure.notes import MARKER, may_hold_marker, note_head

Judgement = Literal["join", "suggest"]
LEAST_WIDTH = 20  # characters; no print of these documents has a narrower line
_WIDTHS = range(LEAST_WIDTH, 46)  # characters a line; GB/T 9704-2012, 5.2.2 has 28
_LEAST_CUTS = 4  # certain cuts that teach a width
_HABIT = 0.75  # of a document's paragraphs open with a lead phrase: then one that does not is odd
_AGREE = 0.7  # of them must fill their last line
_PAGE = 28 * 22  # places on a full page; GB/T 9704-2012, 5.2.2
_SHOWN = 0.5  # of the pages a text must have had, so many are seen to end
_LEAST_SHOWN = 2  # one alone may be a stray mark
_LONG = 5  # pages that say enough about one document
_WRAPPED = (
    4  # paragraphs that break off where no page ends: then the text itself was broken into lines before it was set
)
_HABITUAL, _PARTED = 4, 0.7  # paragraphs that show a habit; the share of them with a blank line before
_OPENING = re.compile(
    r"(?:——|[●■◆•]|-\s|[^。：:；;，]{2,24}。(?=\S)|[一二三四五六七八九十]+是|第[一二三四五六七八九十]+[，、])"
)
_MEMBER = 12  # characters
_LONGEST = 5000  # characters of a paragraph that are looked at together: no print has longer ones
_TOKEN = re.compile(r"[A-Za-z0-9.,%％‰/+\-]+|.", re.DOTALL)
_NOT_HALF = bytes(range(0x21)) + b",;:!?()\x7f"  # of ASCII
_HANGS = "，。；：、！？）》”’】〕,;:)"
_NOISE = re.compile(r"\*\*|__|<[^<>]{1,60}>|\s+|^[#\-\s]+")


class Seam(NamedTuple):
    """Two neighbouring pieces of running text: indices, and whether a page visibly ended between them."""

    before: int
    after: int
    page_seen: bool
    certain: bool  # the earlier piece ends in mid sentence


def print_length(text: str) -> float:
    """Places a piece took in print: a figure or letter takes half a place, a mark that was made half width a whole one.

    >>> print_length("到2025年，"), print_length("（一）**总则**,")
    (5.0, 6.0)
    """
    bare = _bare(text)
    half = bare.encode("ascii", "ignore").translate(None, _NOT_HALF)  # counted in a tenth of the time of a search
    return len(bare) - 0.5 * len(half)


def seams_of(items: Sequence[Item], in_brackets: set[int]) -> list[Seam]:
    """All places where one piece of running text follows another, notes and furniture between them aside.
    `in_brackets`: the items that are notes whose marker is [n]."""
    out: list[Seam] = []
    last: int | None = None
    page = False
    boxed = False
    for k, x in enumerate(items):
        page = page or x.begins_page
        s = x.s.replace("**", "")
        if x.kind == "text" and note_head(s) and (k in in_brackets or not x.s.startswith(("[", "［"))):
            page = page or last is not None
            continue
        head = heading_of(s) if x.kind == "text" else None
        prose = (
            x.kind == "text"
            and not BOX.match(s)
            and not TABLE_CAPTION.match(s)
            and not FIGURE_CAPTION.match(s)
            and not UNNUMBERED.match(s)
        )
        if BOX.match(s):
            boxed = True
        elif head is not None and head.rank <= 2:
            boxed = False
        if prose and head is None and last is not None:
            out.append(Seam(last, k, page, not ends_sentence(items[last].s)))
        last = k if prose and not boxed and (head is None or len(s) > 40) else None
        page = False
    return out


def shows_pages(documents: Sequence[Sequence[Item]]) -> list[bool]:
    """For each document, whether its transcription shows where pages end: about as many breaks are seen as the text must
    have had pages. A short one is judged with all the others; the line that begins a document shows none."""
    counts = [_pages_of(items) for items in documents]
    pages, seen = sum(p for p, _ in counts), sum(s for _, s in counts)
    whole = pages > 0 and seen >= max(_LEAST_SHOWN, _SHOWN * pages)
    return [s >= _SHOWN * p if p >= _LONG else whole for p, s in counts]


def _pages_of(items: Sequence[Item]) -> tuple[float, int]:
    """(pages that the document's text must have had, page breaks seen in it)."""
    prose = [x for x in items if x.kind == "text"]
    return sum(len(x.s) for x in prose if len(x.s) <= _LONGEST) / _PAGE, sum(x.page_break for x in prose[1:])


def blanks_part(documents: Sequence[Sequence[Item]]) -> list[bool]:
    """For each document, whether blank lines stand between its paragraphs, so that lines without one between belong
    together. One that says too little of itself is judged with all the others."""
    counts = [_parted(items) for items in documents]
    prose, whole, parted = (sum(c[n] for c in counts) for n in range(3))
    of_all = prose >= _HABITUAL and parted >= _PARTED * whole > 0
    return [
        part >= _PARTED * own if own >= _HABITUAL and not 1 - _PARTED < part / own < _PARTED else of_all
        for _, own, part in counts
    ]


def _parted(items: Sequence[Item]) -> tuple[int, int, int]:
    """(paragraphs, those that are not the rest of the line above, of these those with a blank line before)."""
    prose = [(above, x) for above, x in pairwise(items) if x.is_text and ends_sentence(x.s)]
    whole = [x for above, x in prose if not _is_wrapped(above, x)]
    return len(prose), len(whole), sum(x.blanks > 0 for x in whole)


def _is_wrapped(above: Item, item: Item) -> bool:
    """Whether a line right below one that breaks off may be its rest."""
    return item.blanks == 0 and above.is_text and not ends_sentence(above.s) and heading_of(above.s) is None


class Cuts(NamedTuple):
    """What one document teaches. `at_stop`: {source line numbers of two pieces: (join or suggest, confidence)};
    `width`: characters a printed line, where its certain cuts agree on one; `wraps`: its paragraphs break off in mid
    sentence as often where no page ends, so that there a cut must fill its line. `phrases`: source line numbers of
    the items that Markdown lists, which end in no stop, or of members of a list, as those above them."""

    at_stop: dict[tuple[int, int], tuple[Judgement, float]]
    width: int | None
    wraps: bool
    phrases: frozenset[int] = frozenset()


def learn_cuts(items: Sequence[Item], in_brackets: set[int], pages_shown: bool) -> Cuts:
    """The document's cuts, learned from its certain ones."""
    seams = seams_of(items, in_brackets)
    texts = _texts(items, seams)
    certain = [s for s in seams if s.certain and (s.page_seen or not pages_shown)]
    width = line_width([2 + print_length(texts[s.before]) for s in certain])
    loose = (
        sum(s.certain and not s.page_seen and not names_officer(items[s.before].s) for s in seams) if pages_shown else 0
    )
    wraps = loose >= _WRAPPED and loose >= len(certain)
    at_stops = _at_stops(items, seams, texts, width, pages_shown)
    at_stops |= {(items[j].n, items[k].n): ("join", 0.9) for j, k in box_rests(items) if not items[k].width}
    return Cuts(at_stops, width, wraps, _phrases(items))


def _phrases(items: Sequence[Item]) -> frozenset[int]:
    open_ended = [(x.bullet and not ends_sentence(x.s)) or _is_member(x) for x in items]
    return frozenset(
        x.n for x, above, here in zip(items[1:], open_ended, open_ended[1:], strict=False) if above and here
    )


def _is_member(item: Item) -> bool:
    """Whether a few words with a comma stand in a line of their own, as each member of a body does in a law: 秘书长，."""
    return item.is_text and not item.width and len(item.s) <= _MEMBER and item.s.rstrip().endswith("，")


def _at_stops(
    items: Sequence[Item], seams: Sequence[Seam], texts: dict[int, str], width: int | None, pages_shown: bool
) -> dict[tuple[int, int], tuple[Judgement, float]]:
    led = [bool(_OPENING.match(items[s.after].s.replace("**", ""))) for s in seams if not s.certain]
    habit = sum(led) / len(led) if len(led) >= 8 else 0.0
    out: dict[tuple[int, int], tuple[Judgement, float]] = {}
    for s in seams:
        earlier, later = items[s.before], items[s.after]
        if s.certain or later.width or (pages_shown and not s.page_seen):
            continue
        opens = bool(_OPENING.match(later.s.replace("**", "")))
        if earlier.s.rstrip().endswith(("；", ";")) and not opens and s.page_seen:
            if not _is_listed(items, s.before):
                out[earlier.n, later.n] = ("join", 0.9)
            continue
        if (
            opens
            or width is None
            or earlier.s.rstrip().endswith(("：", ":"))
            or not ((s.page_seen and pages_shown) or habit >= _HABIT)
            or not fills_last_line(texts[s.before], width, later.s)
        ):
            continue
        if s.page_seen:
            out[earlier.n, later.n] = ("join", 0.8 if habit < 0.5 else 0.9)
        else:
            out[earlier.n, later.n] = ("suggest", 0.6)
    return out


def _is_listed(items: Sequence[Item], k: int) -> bool:
    """Whether a piece that ends in a semicolon is an item of a list without numbers, as the one before it."""
    return all(
        x.is_text and x.s.rstrip().endswith(("；", ";")) and heading_of(x.s) is None for x in items[k - 1 : k + 1]
    )


def _texts(items: Sequence[Item], seams: Sequence[Seam]) -> dict[int, str]:
    """The paragraph up to the end of each piece that stands before a seam."""
    goes_on = {s.after: s.before for s in seams if s.certain}
    out: dict[int, str] = {}
    for s in seams:
        begun = out.get(goes_on.get(s.before, -1), "")
        out[s.before] = (begun if len(begun) < _LONGEST else "") + items[s.before].s
    return out


def fills(length: float, width: int) -> bool:
    """Whether a paragraph of that length, its indent included, ends with its line: a closing mark may hang over, a
    figure may be kept whole."""
    rest = length % width
    return rest >= width - 1 or rest <= 1


def fills_last_line(text: str, width: int, after: str) -> bool:
    """Whether the paragraph, set again in lines of `width` places, leaves no room in its last line for what comes
    `after`: figures and words are not parted, closing marks hang over.

    >>> fills_last_line("甲" * 26 + "。", 28, "乙丙"), fills_last_line("甲" * 20 + "。", 28, "乙丙")
    (True, False)
    """
    column = 2.0
    for token in _TOKEN.findall(_bare(text)):
        size = _size(token)
        column = column + size if column + size <= width or (token in _HANGS and column <= width) else size
    following = _TOKEN.match(_bare(after))
    return column + (_size(following[0]) if following else 1.0) > width


def _bare(text: str) -> str:
    """The text without note markers, blanks, tags and marks of emphasis; most have none of them."""
    text = MARKER.sub("", text) if may_hold_marker(text) else text
    noise = "**" in text or "__" in text or "<" in text or text[:1] in ("#", "-") or text.split(None, 1) != [text]
    return _NOISE.sub("", text) if noise else text


def _size(token: str) -> float:
    """Places of one character, or of a figure or word."""
    return 0.5 * len(token) if token.isascii() and token not in ",;:!?()" else float(len(token))


def line_width(lengths: Sequence[float]) -> int | None:
    """The line width that most certain cuts agree on, or None where they teach none.

    >>> line_width([56.0, 84.5, 28.0, 112.0, 57.0]), line_width([10.0, 33.0])
    (28, None)
    """
    if len(lengths) < _LEAST_CUTS:
        return None
    score = {w: sum(fills(n, w) for n in lengths) for w in _WIDTHS}
    best = max(score, key=lambda w: (score[w], w))
    return best if score[best] >= _AGREE * len(lengths) else None
