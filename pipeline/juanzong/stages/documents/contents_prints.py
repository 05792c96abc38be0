"""Where the words of a contents list stand again behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language.alike import SLIPS, dated_in_figures, figures_of, nearly_same, skeleton, words_of
from juanzong.language.title_words import NearWords
from juanzong.stages.documents.contents_lines import decor_of, number_at

LONG = 60
_KEYED = 140  # longer lines are no titles
JOINED = 3
_FIGURE = re.compile(r"(\d{1,2})\s*(?=\p{Han})(?!\d*\s*[年月日])")  # a number that a blank or nothing parts
_PAGE_STUCK = re.compile(r"(?<=\p{Han}{4})\d{1,3}$")  # a page's number, behind a title
_FIRST_PHRASE = re.compile(r"[^。：:]{2,40}(?=[。：:])")


def _counted(texts: Iterable[str]) -> set[int]:
    """The figures right before words that count: 1, or one beside the next; a page's number that stuck to a line does not."""
    found = {int(m[1]) for text in texts if text[:1].isdecimal() and (m := _FIGURE.match(text))}
    return {n for n in found if n == 1 or n - 1 in found or n + 1 in found}


class Prints:
    """Where lines, and headings' first phrases, stand in the bundle, by their words."""

    def __init__(self, lines: Sequence[Line], gone: Mapping[int, str]) -> None:
        self._at: defaultdict[str, list[tuple[int, bool]]] = defaultdict(list)
        live = [i for i in range(len(lines)) if i not in gone and len(lines[i].text) <= _KEYED]
        words = {i: words_of(lines[i].text) for i in live}
        counted = _counted(lines[i].text for i in live)
        for k, i in enumerate(live):
            text = lines[i].text[decor_of(lines[i].text) :].strip(" 　*")
            number = number_at(text)
            bare = text[number.end :] if number else text
            figure = _FIGURE.match(bare) if number is None else None
            bare = bare[figure.end() :] if figure else bare
            numbered = number is not None or (figure is not None and int(figure[1]) in counted)
            said = words_of(bare) if number is not None or figure is not None else words[i]
            self._put(said, i, numbered)
            if said[-1:].isdecimal() and (page := _PAGE_STUCK.search(said)):
                self._put(said[: page.start()], i, numbered)
            first = _FIRST_PHRASE.match(bare) if numbered else None
            if first:
                self._put(words_of(first[0]), i, numbered)
            length = len(bare)
            for j in live[k + 1 : k + JOINED]:
                if j > i + JOINED or length > LONG:
                    break
                length += len(lines[j].text.strip())
                said += words[j]
                self._put(said, i, numbered)
        self._of_length: defaultdict[int, list[str]] = defaultdict(list)
        for key in self._at:
            self._of_length[len(key)].append(key)
        self._like: dict[int, dict[tuple[str, ...], NearWords[str]]] = {}  # by length, then by the figures in them

    def _put(self, words: str, i: int, numbered: bool) -> None:
        key = dated_in_figures(words)
        if len(key) >= 2:
            self._at[key].append((i, numbered))

    def behind(self, key: str, i: int) -> bool | None:
        """Whether the first print behind line i of these words has a number before it; None where there is none."""
        return next((numbered for at, numbered in self._at.get(key, ()) if at > i), None)

    def place_behind(self, key: str, i: int) -> int | None:
        """The first line behind line i that begins with these words, and ends with them or in one of the next lines."""
        return next((at for at, _ in self._at.get(key, ()) if at > i), None)

    def nearly_behind(self, key: str, i: int) -> tuple[bool, str] | None:
        """The same for words that differ by a slip, with the words as they are printed there."""
        figures = figures_of(skeleton(key))
        for n in range(len(key) - SLIPS, len(key) + SLIPS + 1):
            known = self._with_figures(n).get(figures)
            for other in known.near(skeleton(key)) if known is not None else ():
                near = (other[:2] == key[:2] or other[-2:] == key[-2:]) and self._at[other][-1][0] > i
                if near and nearly_same(key, other):
                    numbered = self.behind(other, i)
                    return None if numbered is None else (numbered, other)
        return None

    def _with_figures(self, n: int) -> dict[tuple[str, ...], NearWords[str]]:
        """The words of a length, by the figures in them: those that differ by a slip have the same."""
        if n not in self._like:
            by_figures: defaultdict[tuple[str, ...], NearWords[str]] = defaultdict(NearWords)
            for key in self._of_length.get(n, ()):
                words = skeleton(key)
                by_figures[figures_of(words)].add(words, key)
            self._like[n] = dict(by_figures)
        return self._like[n]
