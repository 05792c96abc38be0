"""A letter without a title in the midst of a bundle: its number stands over its addressees, behind a text that has ended,
and it is signed with a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.documents.heads_before import head_start
from juanzong.stages.documents.title_worth import Title
from juanzong.stages.pieces.items import Item

_LETTER = 40  # items of a letter, at most
_LEAST = 2  # sentences or headings of the text before it


def with_untitled_letters(titles: Sequence[Title], items: Sequence[Item]) -> list[Title]:
    """The titles, and one without lines and words for each such letter: Title(k, k, ""), where its addressees stand."""
    found = [Title(k, k, "", ["head before", "head follows"]) for k in _begun(titles, items)]
    return sorted([*titles, *found], key=lambda t: (t.start, t.end))


def _begun(titles: Sequence[Title], items: Sequence[Item]) -> Iterator[int]:
    """Where the addressees of such letters stand."""
    for title, after in zip([Title(0, 0, ""), *titles], [*titles, None], strict=True):
        end = after.start if after is not None else len(items)
        live = [k for k in range(title.end, end) if not items[k].rule]
        for n in range(2, len(live)):
            if _numbers(items[live[n - 1]]) and items[live[n]].is_text and el.is_addressee(items[live[n]].s):
                top = head_start(items, live[n], title.end, "", ())
                above = [items[k] for k in live[:n] if k < top]
                below = [items[k] for k in live[n + 1 : n + _LETTER]]
                if _is_whole(title, above) and any(x.is_text and _dates(x.s) for x in below):
                    yield live[n]


def _is_whole(title: Title, above: Sequence[Item]) -> bool:
    """Whether what stands between a title and a number is that title's text, and ended: a table or a sentence that got
    between a title and its own number is none, nor what has no addressees yet under the title of a letter."""
    said = [x.s for x in above if x.is_text]
    prose = sum(ends_sentence(s) or heading_of(s) is not None for s in said)
    letter = el.type_of_title(title.text) == "notice" and not any(el.is_addressee(s) or _dates(s) for s in said)
    return bool(above) and _ends(above[-1]) and prose >= _LEAST and not letter


def _numbers(item: Item) -> bool:
    return item.is_text and (el.is_doc_number(item.s) or el.DOC_NUMBER_SIGNER.match(item.s) is not None)


def _ends(item: Item) -> bool:
    """Whether a text may end with an item."""
    return item.kind == "table" or ends_sentence(item.s) or _dates(item.s) or el.is_of_imprint(item.s)


def _dates(text: str) -> bool:
    return el.is_date(text) or el.signed_and_dated(text) is not None
