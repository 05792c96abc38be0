"""Lines -> which of them are page furniture: page numbers, running heads and feet, marks of web pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.alike import is_one_slip
from juanzong.language.numbering import heading_of
from juanzong.language.standards import are_head_of_standard
from juanzong.language.text import fold
from juanzong.stages.pages.announced_heads import announced_heads
from juanzong.stages.pages.chrome import chrome_of
from juanzong.stages.pages.cut_heads import cut_heads
from juanzong.stages.pages.cutting_heads import cutting_heads
from juanzong.stages.pages.file_links import file_links
from juanzong.stages.pages.head_words import (
    HEAD_LENGTH,
    head_words,
    in_parts,
    issues_title,
)
from juanzong.stages.pages.own_heads import own_heads
from juanzong.stages.pages.page_marks import words_beside
from juanzong.stages.pages.paging import Paging, paging_of
from juanzong.stages.pages.recurring_heads import recurring_heads
from juanzong.stages.pages.several_papers import are_several, papers_among
from juanzong.stages.pages.stamps import stamps
from juanzong.stages.pages.title_prints import Prints, says_title_above
from juanzong.stages.pages.titles_among_heads import heads_title, letters_among, title_among
from juanzong.stages.pages.told_heads import told_heads

_HEAD_PAGES = 3  # a running head is told from a title by coming back, on so many pages
_SAME = 8  # lines at the head of pages that say the same: a passage comes again, and no head alone
_HEADED = 0.6  # of the pages have a head: then a line at a page's head that comes back once may be one
_STRAYS = 3  # lines of a page, from its edge, among which its head stands where a stray line got before it
_LARGER = 1.5  # times the type of a head: a title's
_SHORTEST = 6  # characters of a head that may be misread
# of a page on which only the signature stands (GB/T 9704)
_NO_TEXT = re.compile(r"[（(【\[]?\s*(?:[此本]页(?:无正文|空白|为空白页|以下空白)|以下(?:空白|无正文))\s*[）)】\]]?")
_NO_STOP = re.compile("[，。；：]")


def furniture_of(lines: Sequence[Line]) -> Paging:
    """{index of a line: rule} (page-number, running-head, web-chrome, no-text-note, watermark), and where pages begin.
    What stands behind or beside the text is none of its lines: the others are seen as if it were not there."""
    aside = {i for i, line in enumerate(lines) if line.mark is not None and line.mark.watermark} | stamps(lines)
    if aside:
        kept = [i for i in range(len(lines)) if i not in aside]
        found = furniture_of(_without(lines, aside))
        breaks = [False] * len(lines)
        for i, begins in zip(kept, found.breaks, strict=True):
            breaks[i] = begins
        return Paging({kept[i]: rule for i, rule in found.rules.items()} | dict.fromkeys(aside, "watermark"), breaks)
    paging = paging_of(lines)
    out = dict(paging.rules)
    pages = _pages(lines, paging)
    heads = _running_heads(lines, pages, paging.breaks, turning=not cutting_heads(lines, pages))
    heads += _under_heads(lines, pages, set(heads)) + announced_heads(lines, pages)
    out.update(dict.fromkeys([*heads, *told_heads(lines, out)], "running-head"))
    live = [[i for i in page if i not in out] for page in pages]
    out.update(dict.fromkeys(cut_heads(lines, [page for page in live if page]), "running-head"))
    out.update(dict.fromkeys(cutting_heads(lines, [page for page in live if page]), "running-head"))
    own = own_heads(lines, set(out))
    out.update(dict.fromkeys(own, "running-head"))
    again = recurring_heads(lines, out)
    out.update(dict.fromkeys(again, "running-head"))
    no_heads = {
        i for i, rule in out.items() if rule == "running-head" and (_is_of_cover(lines, i) or _grades_letter(lines, i))
    }
    out = {i: rule for i, rule in out.items() if i not in no_heads}
    breaks = list(paging.breaks)
    for i in (*own, *again):
        breaks[min(i + 1, len(breaks) - 1)] = True
    out.update((i, "web-chrome") for i in (*file_links(lines), *chrome_of(lines, out)))
    out.update((i, "no-text-note") for i, line in enumerate(lines) if _NO_TEXT.fullmatch(line.text.strip()))
    return Paging(out, breaks)


def _is_of_cover(lines: Sequence[Line], i: int) -> bool:
    """Whether line i is a standard's number on its cover, though all its pages have it as their head."""
    return i > 0 and are_head_of_standard(lines[i - 1].text, lines[i].text)


def _grades_letter(lines: Sequence[Line], i: int) -> bool:
    """Whether line i says how urgent or secret the letter is whose letterhead or number stands right below it, though all
    the bundle's letters say the same."""
    if not el.GRADES.match(lines[i].text):
        return False
    below = [line.text for line in lines[i + 1 : i + 3]]
    numbered = any(map(el.is_doc_number, below))
    return bool(below) and (el.LETTERHEAD.match(below[0]) is not None or (numbered and el.is_organ(below[0])))


def _without(lines: Sequence[Line], aside: set[int]) -> list[Line]:
    """The lines but for those; the blank lines before these stand before what follows, where they may end a page."""
    out: list[Line] = []
    blanks = 0
    for i, line in enumerate(lines):
        blanks = max(blanks, line.blanks)
        if i not in aside:
            out.append(line._replace(blanks=blanks))
            blanks = 0
    return out


def titles_beside_numbers(lines: Sequence[Line], paging: Paging) -> dict[int, tuple[int, int]]:
    """{index of a running head with its page number: where its words stand}, for the first of those heads that say a
    title which is printed nowhere else: it is all that the bundle has of that title."""
    first: dict[str, tuple[int, tuple[int, int]]] = {}
    for i, rule in sorted(paging.rules.items()):
        words = words_beside(lines[i].text) if rule == "running-head" else None
        if words:
            first.setdefault(lines[i].text[slice(*words)], (i, words))
    titles = {text: found for text, found in first.items() if el.noun_of(text) not in (None, ("other", "weak"))}
    prints = Prints(lines) if titles else None
    return dict(
        found
        for text, found in titles.items()
        if prints and not prints.of(fold(text)) and not says_title_above(lines[: found[0]], fold(text))
        if not (el.is_organ(text.split()[0]) and prints.of(fold("".join(text.split()[1:]))))  # the organ before it
    )


def _running_heads(
    lines: Sequence[Line], pages: Sequence[Sequence[int]], breaks: Sequence[bool], *, turning: bool
) -> list[int]:
    """The lines that come back at the head (or the foot) of pages, but for the print that is the title itself.
    `turning`: headings may be heads in turn with others."""
    prints = Prints(lines)
    out: list[int] = []
    papers: set[int] = set()
    page_of = {i: page[0] for page in pages for i in page}
    for edge, inner in (
        ([page[0] for page in pages], [page[1:_STRAYS] for page in pages]),
        ([page[-1] for page in pages if len(page) > 1], [page[-2:-_STRAYS:-1] for page in pages if len(page) > 1]),
    ):
        places = _places(lines, edge, inner, turning=turning)
        own = {text: sorted(set(prints.of(text)) - set(found)) for text, found in places.items()}
        titled = {i for starts in own.values() for i in starts}
        live = sorted(i for page in pages for i in page)
        for text, found in places.items():
            each_says = all(page_of[i] in papers for i in found)  # each paper, on its first page
            if each_says or _come_again(lines, pages, found) or are_several(lines, found):
                continue
            if large := _in_larger_type(lines, found):
                out += [i for i in found if i not in large]
                continue
            title = title_among(lines, found, text, own[text], breaks, live)
            papers |= (begun := papers_among(lines, found, live))
            letters = letters_among(lines, found, live) | begun | {title}
            out += [i for i in found if i not in letters or i + 1 in titled]
    return out


def _places(
    lines: Sequence[Line], edge: Sequence[int], inner: Sequence[Sequence[int]], *, turning: bool
) -> dict[str, list[int]]:
    """What comes back at an edge of pages, folded, and in which lines. `inner`: for each page the lines next to its edge;
    `turning`: headings may be heads in turn with others."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    headings = [_heading_words(lines[i].text) if turning else "" for i in edge]
    sure = _returning([head_words(lines, i) for i in edge], headings)
    for i, said in sorted([*zip(edge, sure, strict=True), *_displaced(lines, edge, inner, sure)]):
        if said:
            places[said].append(i)
    return places


def _in_larger_type(lines: Sequence[Line], found: Sequence[int]) -> set[int]:
    """Those of the lines that say the same which are set in much larger type than others: titles, and the others their
    heads. None where the sizes of some are not known."""
    sizes = [mark.size for i in found if (mark := lines[i].mark) is not None]
    least = min(sizes, default=0.0)
    if len(sizes) < len(found) or not least:
        return set()
    return {i for i, size in zip(found, sizes, strict=True) if size > _LARGER * least}


def _come_again(lines: Sequence[Line], pages: Sequence[Sequence[int]], found: Sequence[int]) -> bool:
    """Whether the pages on which lines stand say nothing else, or mostly the same from their first line on: heads stand
    over text, and these are lines, or a passage, that come again and again."""
    here = set(found)
    said = [tuple(fold(lines[i].text) for i in page[:_SAME]) for page in pages if not here.isdisjoint(page)]
    return all(len(page) == 1 for page in said) or (len(said) >= _HEAD_PAGES and 2 * len(set(said)) < len(said))


def _under_heads(lines: Sequence[Line], pages: Sequence[Sequence[int]], heads: set[int]) -> list[int]:
    """The second lines of running heads: the same words come back right under the same head, and are not what titles
    begin with there (who issues them)."""
    below: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for page in (p for p in pages if len(p) > 2 and p[0] in heads):
        if (said := head_words(lines, page[1])) and not el.LETTERHEAD.match(said):
            below[fold(lines[page[0]].text), said].append(page[1])
    return [
        i
        for places in below.values()
        if len(places) > 1 and 2 * sum(heads_title(lines, i) or issues_title(lines, i) for i in places) < len(places)
        for i in places
    ]


def _pages(lines: Sequence[Line], paging: Paging) -> list[list[int]]:
    """The pages, as indices of their lines; page numbers, and pages of nothing else, left out."""
    out: list[list[int]] = [[]]
    for i in range(len(lines)):
        if paging.breaks[i]:
            out.append([])
        if i not in paging.rules:
            out[-1].append(i)
    return [page for page in out if page]


def _returning(heads: Sequence[str], headings: Sequence[str] = ()) -> list[str]:
    """For each page its first (or last) line if that is a running head, else ''.

    It is one that stands on three pages, mostly neighbouring ones or every other one (the title of several annexes comes
    back as well, farther apart); or on two with one page between them that has another head that comes back
    (odd and even pages differ); or on two neighbouring pages where nearly all pages have heads. `headings`: what
    headings say there; such a one is a head in turn with another alone (the book's name, the open part).

    >>> _returning(["甲", "乙", "甲", "乙", "丙", "丁"])
    ['甲', '乙', '甲', '乙', '', '']
    >>> _returning(["甲", "", "甲", ""], ["", "第一编", "", "第一编"]), _returning(["", ""] * 2, ["第一章"] * 4)
    (['甲', '第一编', '甲', '第一编'], ['', '', '', ''])
    """
    at: defaultdict[str, list[int]] = defaultdict(list)
    for page, said in enumerate(heads):
        if said:
            at[said].append(page)
    sure = {said for said, pages in at.items() if len(pages) >= _HEAD_PAGES and _in_a_row(pages)}
    if turns := _in_turn(headings, heads):
        heads = [said or (words if words in turns else "") for said, words in zip(heads, headings, strict=True)]
        at.update(turns)
        sure |= {said for said, pages in turns.items() if len(pages) >= _HEAD_PAGES}
    twice = {said: pages for said, pages in at.items() if len(pages) == 2}
    in_turn = {said for said, (a, b) in twice.items() if b - a == 2 and (heads[a + 1] in sure or heads[a + 1] in twice)}
    sure |= {said for said in in_turn if heads[twice[said][0] + 1] in sure | in_turn}
    if sum(said in sure for said in heads) >= max(_HEAD_PAGES, _HEADED * len(heads)):
        sure |= {said for said, (a, b) in twice.items() if b - a == 1}
    return [said if said in sure else "" for said in heads]


def _displaced(
    lines: Sequence[Line], edge: Sequence[int], inner: Sequence[Sequence[int]], sure: Sequence[str]
) -> Iterator[tuple[int, str]]:
    """The heads that a stray line keeps from the edge of their page, or in which a character was misread, with what they
    say: the pages before and behind have that head. `inner`: for each page the lines next to its `edge`; `sure`: its
    head, '' where it has none. A head of two parts stands over a table as well."""
    parted = {said for i, said in zip(edge, sure, strict=True) if said and in_parts(lines[i].text)}
    for page, places in enumerate(inner):
        if not sure[page] and (said := fold(lines[edge[page]].text)) in parted and in_parts(lines[edge[page]].text):
            yield edge[page], said
        elif 0 < page < len(inner) - 1 and not sure[page]:
            near = set(sure[max(0, page - 2) : page]) & set(sure[page + 1 : page + 3]) - {""}
            here = [(i, said) for i in places if (said := fold(lines[i].text)) in near]
            said = fold(lines[edge[page]].text)
            here += [(edge[page], head) for head in sorted(near) if len(head) >= _SHORTEST and is_one_slip(said, head)]
            yield from here[:1]


def _in_turn(headings: Sequence[str], heads: Sequence[str]) -> dict[str, list[int]]:
    """The headings that stand on every other page, one and the same head on those between: {words: pages}."""
    at: defaultdict[str, list[int]] = defaultdict(list)
    for page, said in enumerate(headings):
        if said:
            at[said].append(page)
    out: dict[str, list[int]] = {}
    for said, pages in at.items():
        between = {heads[a + 1] for a, b in pairwise(pages) if b - a == 2}
        if len(between) == 1 and "" not in between and pages[-1] - pages[0] == 2 * len(pages) - 2:
            out[said] = pages
    return out


def _heading_words(text: str) -> str:
    """What a short line that is a heading says, folded; '' of others."""
    text = text.strip()
    return fold(text) if len(text) <= HEAD_LENGTH and heading_of(text) and _NO_STOP.search(text) is None else ""


def _in_a_row(pages: Sequence[int]) -> bool:
    return 2 * sum(b - a <= 2 for a, b in pairwise(pages)) >= len(pages) - 1
