"""A contents list without its label under a bundle's cover: titles of documents, one under the other, that come again
behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import regex as re

from juanzong.core.lines import Line
from juanzong.language.doc_numbers import is_doc_number
from juanzong.language.document_types import names_document
from juanzong.language.orders import order_number
from juanzong.language.organs import LETTERHEAD, is_addressee, is_organ
from juanzong.language.text import ends_sentence
from juanzong.stages.documents.contents_found import Contents
from juanzong.stages.documents.contents_lines import Reading, Span, paged, read_line
from juanzong.stages.documents.contents_prints import Prints

_LEAST, _FEWEST = 3, 2  # titles; two lines come again by chance
_GAP = re.compile(r"\S\s{3,}(?=\S)")  # between columns; one may part an entry from its page
_COVER = 40  # lines of a cover and its list, at most
_LONGEST = 80  # characters of an entry


def cover_lines(lines: Sequence[Line], gone: Mapping[int, str]) -> int:
    """How many lines at the head of a text may be its cover: no sentence, table, number or addressee is among them."""
    for i, line in enumerate(lines[:_COVER]):
        said = line.text.strip()
        if i in gone:
            continue
        row = line.tabular or "\t" in line.text or said.startswith("|") or len(_GAP.findall(said)) > 1
        if row or ends_sentence(said) or is_doc_number(said) or is_addressee(said):
            return i
    return min(len(lines), _COVER)


def may_list_titles(lines: Sequence[Line], at: int, end: int, gone: Mapping[int, str]) -> bool:
    """Whether from line `at` of a cover that ends before line `end` so many lines follow that may be entries."""
    return sum(i not in gone and _entry(lines, [i], 1) is not None for i in range(at, end)) >= _FEWEST


def read_titles(lines: Sequence[Line], at: int, end: int, gone: Mapping[int, str], prints: Prints) -> Contents | None:
    """The list that begins in line `at` of a cover that ends before line `end`: titles, most with a noun of their kind,
    each of which stands again behind it, in their order."""
    run: list[tuple[list[int], Reading]] = []
    live = [i for i in range(at, end) if i not in gone]
    k = 0
    while k < len(live):
        whole = (
            (live[k : k + n], entry)
            for n in (1, 2)
            if (entry := _entry(lines, live[k : k + n], len(run) + 1)) is not None
            and prints.behind(entry.key, live[k]) is not None
            and (n == 2 or run or not is_organ(entry.text))
        )
        found = max(whole, key=lambda e: (e[1].noun, len(e[0])), default=None)
        if found is None or any(found[1].key == entry.key for _, entry in run):
            break
        run.append(found)
        k += len(found[0])
    last = run[-1][0][-1] if run else at
    places = [prints.place_behind(entry.key, last) for _, entry in run]
    known = [place for place in places if place is not None]
    if (
        len(known) < len(run)
        or any(a >= b for a, b in pairwise(known))
        or not _name_documents(run, known, lines[last + 1 : _COVER])
    ):
        return None
    spans = [[Span(i, 0, len(lines[i].text)) for i in wrapped] for wrapped, _ in run]
    return Contents(Span(at, 0, 0), last + 1, [i for wrapped, _ in run for i in wrapped], spans, titled=len(run))


def _name_documents(run: Sequence[tuple[list[int], Reading]], known: Sequence[int], below: Sequence[Line]) -> bool:
    """Whether entries are so many as a list has that name documents: two, where the first begins right under them, at
    most its head between. `below`: the lines under them."""
    named = sum(names_document(_title_of(entry)) for _, entry in run)
    begin = known[0] - run[-1][0][-1] - 1 if known else 0
    begins = all(LETTERHEAD.match(line.text) or order_number(line.text) for line in below[:begin])
    return 3 * named >= len(run) >= _LEAST or (named == len(run) == _FEWEST and begins)


def _title_of(entry: Reading) -> str:
    """The title of an entry, as printed, without its number and its page."""
    page = paged(entry.text)
    head = page["head"] if page else entry.text
    return head[entry.number.end :] if entry.number is not None else head


def _entry(lines: Sequence[Line], at: Sequence[int], expected: int) -> Reading | None:
    text = "".join(lines[i].text.strip() for i in at)
    if len(text) > _LONGEST:
        return None
    entry = read_line(text, Span(at[0], 0, len(text)), expected)
    return entry if entry.key and not entry.sentence and not entry.annex else None
