"""Where titles stand among many, by their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from juanzong.language.alike import SLIPS, figures_of, nearly_same, skeleton
from juanzong.language.title_words import NearWords, TitleWords
from juanzong.stages.documents.title_worth import Title


class TitlePlaces:
    """Titles in order, to which more may be added; `words`: theirs. A place is one in `titles`."""

    def __init__(self, titles: Iterable[Title]) -> None:
        self.titles: list[Title] = []
        self.words = TitleWords()
        self._near: dict[tuple[tuple[str, ...], int], NearWords[int]] = {}  # by figures and length
        for t in titles:
            self.add(t)

    def add(self, title: Title) -> None:
        words, k = skeleton(title.text), len(self.titles)
        own = skeleton(words)
        self.titles.append(title)
        self.words.add(words)
        self._near.setdefault((figures_of(own), len(own)), NearWords()).add(own, k)

    def nearly(self, key: str) -> Iterator[int]:
        """The places of those whose words are nearly the same."""
        own = skeleton(key)
        for n in range(len(own) - SLIPS, len(own) + SLIPS + 1):
            known = self._near.get((figures_of(own), n))
            near = known.near(own) if known is not None else ()
            yield from (k for k in near if nearly_same(self.words.all[k], key))
