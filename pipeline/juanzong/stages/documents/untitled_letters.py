"""Texts without a title in the midst of a bundle. A letter: its number stands over its addressees, behind a text that has
ended, or these begin a page right behind the date of another letter, and it is signed with a date. Pages of a book behind
a letter: the book's running heads begin behind its date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import regex as re

from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.documents.heads_before import head_start
from juanzong.stages.documents.title_worth import Title
from juanzong.stages.pieces.items import Item

_LETTER = 40  # items of a letter, at most
_PROSE = 20  # characters of a paragraph's first piece
_FIGURES = re.compile(r"\d+")
_LEAST = 2  # sentences or headings of the text before it


def with_untitled_letters(titles: Sequence[Title], items: Sequence[Item]) -> list[Title]:
    """The titles, and one without lines and words for each such text: Title(k, k, ""), where a letter's addressees stand, or
    the first piece of a book."""
    found = [Title(k, k, "", ["head before", "head follows"]) for k in _begun(titles, items)]
    found += [Title(k, k, "", ["head before"]) for k in _books(titles, items)]
    return sorted([*titles, *found], key=lambda t: (t.start, t.end))


def _begun(titles: Sequence[Title], items: Sequence[Item]) -> Iterator[int]:
    """Where the addressees of such letters stand."""
    for title, after in zip([Title(0, 0, ""), *titles], [*titles, None], strict=True):
        end = after.start if after is not None else len(items)
        live = [k for k in range(title.end, end) if not items[k].rule]
        for n in range(2, len(live)):
            over, here = items[live[n - 1]], items[live[n]]
            anew = here.begins_page and over.is_text and _dates(over.s)
            if (anew or _numbers(over)) and here.is_text and el.is_addressee(here.s):
                top = head_start(items, live[n], title.end, "", ())
                above = [items[k] for k in live[:n] if k < top]
                below = [items[k] for k in live[n + 1 : n + _LETTER]]
                whole = _is_addressed(items[k] for k in live[:n]) if anew else _is_whole(title, above)
                if whole and any(x.is_text and _dates(x.s) for x in below):
                    yield live[n]


def _books(titles: Sequence[Title], items: Sequence[Item]) -> Iterator[int]:
    """Where text begins under a running head that stands nowhere before, right behind the date of a letter that issues
    nothing and lists no attachments."""
    heads = [(k, _words(x.s)) for k, x in enumerate(items) if x.rule == "running-head"]
    first = {said: k for k, said in reversed(heads)}
    begins = {k for said, k in first.items() if sum(said == words for _, words in heads) > 1}
    for title, after in zip(titles, [*titles[1:], None], strict=False) if begins else ():
        letter = items[title.end : after.start if after is not None else len(items)]
        if el.type_of_title(title.text) != "notice" or el.promulgated_titles(title.text):
            continue
        live = [k for k, x in enumerate(letter, title.end) if not x.rule]
        for above, k in pairwise(live):
            if begins.isdisjoint(range(above, k)) or not (items[above].is_text and _dates(items[above].s)):
                continue
            listed = any(x.is_text and el.ATTACHMENT_LIST.match(x.s) for x in items[title.end : above])
            if not listed and items[k].is_text and len(items[k].s) >= _PROSE and not el.is_of_imprint(items[k].s):
                yield k
            break


def _words(text: str) -> str:
    return _FIGURES.sub("", fold(text))


def _is_addressed(letter: Iterable[Item]) -> bool:
    """Whether a text has addressees of its own already."""
    return any(x.is_text and el.is_addressee(x.s) for x in letter)


def _is_whole(title: Title, above: Sequence[Item]) -> bool:
    """Whether what stands between a title and a number is that title's text, and ended: a table or a sentence that got
    between a title and its own number is none, nor what has no addressees yet under the title of a letter."""
    said = [x.s for x in above if x.is_text]
    prose = sum(ends_sentence(s) or heading_of(s) is not None for s in said)
    letter = el.type_of_title(title.text) == "notice" and not any(el.is_addressee(s) or _dates(s) for s in said)
    return bool(above) and _ends(above[-1]) and prose >= _LEAST and not letter


def _numbers(item: Item) -> bool:
    return item.is_text and (el.is_doc_number(item.s) or el.signed_number(item.s) is not None)


def _ends(item: Item) -> bool:
    """Whether a text may end with an item."""
    return item.kind == "table" or ends_sentence(item.s) or _dates(item.s) or el.is_of_imprint(item.s)


def _dates(text: str) -> bool:
    return el.is_date(text) or el.signed_and_dated(text) is not None
