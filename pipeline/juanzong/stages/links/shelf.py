"""The documents that the entries of a contents list may name, each found by the words that an entry says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.title_words import TitleWords

Places = Sequence[int]


class Shelf:
    """Documents in order. `said`: the document numbers that the entries say, "" where they say none. A place is one in
    `documents`; `take` tells which of them an entry names."""

    def __init__(self, documents: Sequence[tree.Document], said: Sequence[str]) -> None:
        self.documents = documents
        self.titles = TitleWords([skeleton(d.title.text) for d in documents])
        self._numbers = [
            skeleton(n.text) if isinstance(n := d.metadata.get("doc_number"), Traced) else "" for d in documents
        ]
        self._said = {skeleton(n) for n in said}
        self._taken: set[int] = set()

    def take(self, document: tree.Document | None) -> None:
        self._taken.add(id(document))

    def offered(self, places: Iterable[int], number: str = "", *, fresh: bool = False) -> list[int]:
        """Of these places, those whose documents an entry with that number may name: those of the number first, and none
        of a number that another entry says. `fresh`: no other entry names it; of documents alike each has its own."""
        found = sorted(places)
        if fresh:
            found = [k for k in found if id(self.documents[k]) not in self._taken]
        if not number:
            return found
        mine, numbers = skeleton(number), self._numbers
        others = [k for k in found if numbers[k] != mine and (not numbers[k] or numbers[k] not in self._said)]
        return [k for k in found if numbers[k] == mine] + others

    def first(self, places: Iterable[int], number: str = "", *, fresh: bool = False) -> tree.Document | None:
        found = self.offered(places, number, fresh=fresh)
        return self.documents[found[0]] if found else None

    def only(self, places: Iterable[int], number: str = "", *, fresh: bool = False) -> tree.Document | None:
        found = self.offered(places, number, fresh=fresh)
        return self.documents[found[0]] if len(found) == 1 else None

    def called(self, name: str) -> Places:
        """Those over which a sheet stands that says an entry's words."""
        return self._called.get(skeleton(name), ())

    def same(self, name: str) -> Places:
        """Those that an entry names: by their titles, or the captions of tables without one, in the same words."""
        return self._named.get(skeleton(name), ())

    def without_years(self, name: str) -> Places:
        """Those whose titles are an entry's words with the years or the kind of their print in brackets behind them."""
        return self._bare.get(skeleton(name), ())

    def numbered(self, number: str) -> Places:
        """Those of a number, as `skeleton` has it."""
        return self._numbered.get(number, ())

    @cached_property
    def _called(self) -> dict[str, list[int]]:
        return _by((skeleton(d.listed), k) for k, d in enumerate(self.documents) if d.listed)

    @cached_property
    def _named(self) -> dict[str, list[int]]:
        return _by((skeleton(el.bare_title(name_of(d))), k) for k, d in enumerate(self.documents))

    @cached_property
    def _bare(self) -> dict[str, list[int]]:
        titles = [el.bare_title(d.title.text) for d in self.documents]
        return _by((skeleton(bare), k) for k, t in enumerate(titles) if (bare := el.without_remark(t)) != t)

    @cached_property
    def _numbered(self) -> dict[str, list[int]]:
        return _by((number, k) for k, number in enumerate(self._numbers) if number)


def name_of(document: tree.Document) -> str:
    """A document's title; of a table without one its caption."""
    captions = (b.caption.text for b in document.body if isinstance(b, tree.Table) and b.caption)
    return document.title.text.replace("**", "") or next(captions, "")


def _by(found: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    out: defaultdict[str, list[int]] = defaultdict(list)
    for key, k in found:
        out[key].append(k)
    return dict(out)
