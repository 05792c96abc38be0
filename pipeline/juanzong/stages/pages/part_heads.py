"""Lines -> whether they say the part that is open (第二章 水利建设) once more: heads of pages, and no headings."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language.numbering import RANK, Heading, heading_of
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.pages.head_words import cuts_sentence

_CHAPTER = 2  # rank of what may be a head without its page's number
_CLAUSE = re.compile("[，；,;]")  # a line that holds one is prose
_BETWEEN = re.compile(r"[|｜·•/／]|(?<=\p{Han})[-—–]{1,2}(?=第)")
_FIRST = ("节", "条", "一、")
_MOST = 60  # characters of a head


def heads_part(
    lines: Sequence[Line],
    live: Sequence[int],
    heads: dict[int, Heading | None],
    at: int,
    said: str,
    chapters: dict[str, tuple[str, int]],
    *,
    numbered: bool,
) -> bool:
    """Whether the heading at `at` (a place in `live`), which says `said`, is a head that says the open part; else that part
    is opened by it. `numbered`: its page's number stands beside it, as it must beside a lesser part."""
    head = heads[live[at]]
    if head is None or head.rank > RANK["一、"]:
        return False
    open_ = chapters.get(head.form)
    may = head.rank <= _CHAPTER or numbered
    if may and open_ is not None and open_[0] == said and _says_open(lines, live, heads, open_[1], at):
        return True
    _open(chapters, head, said, at, heads[live[at - 1]] if at else None)
    return False


def _says_open(
    lines: Sequence[Line], live: Sequence[int], heads: dict[int, Heading | None], begin: int, at: int
) -> bool:
    """Whether the name of the chapter open since `begin`, printed again at `at` (places in `live`), is a head: text stands
    between, and no text of its own begins, but for a section behind the rest of a sentence."""
    after = next_number(heads, live, at)
    begins = after is not None and after.ordinal == 1 and after.form in _FIRST
    begins = (begins or _loops(lines, live, begin, at)) and not cuts_sentence(lines, live[at], live)
    return not begins and _prose_between(lines, live[begin + 1 : at])


def names_open(
    lines: Sequence[Line], live: Sequence[int], at: int, said: str, chapters: Mapping[str, tuple[str, int]]
) -> bool:
    """Whether a line says an open chapter without its number, between the halves of a sentence, blank lines round it."""
    own = (name for name, _ in chapters.values() if name.endswith(said))
    if not any((head := heading_of(name)) is not None and head.end + len(said) == len(name) for name in own):
        return False
    return at + 1 < len(live) and lines[live[at + 1]].blanks > 0 and cuts_sentence(lines, live[at], live)


def _open(chapters: dict[str, tuple[str, int]], head: Heading, said: str, at: int, before: Heading | None) -> None:
    """Make a chapter the open one; none is where the line `before` is the one before it: a text lists its chapters."""
    for form in [f for f in chapters if f != head.form and RANK[f] > head.rank]:
        del chapters[form]
    chapters[head.form] = (said, at)
    if before is not None and (before.form, before.ordinal + 1) == (head.form, head.ordinal):
        del chapters[head.form]


def says_title_and_chapter(text: str, titles: Container[str], chapters: Mapping[str, tuple[str, int]]) -> bool:
    """Whether a line says a title and the open chapter side by side."""
    if not chapters or len(text) > _MOST:
        return False
    said = _BETWEEN.sub("", fold(text))
    names = [chapter for chapter, _ in chapters.values() if chapter in said]
    rests = (rest for chapter in names for rest in (said.removesuffix(chapter), said.removeprefix(chapter)))
    return any(rest != said and rest in titles for rest in rests)


def _loops(lines: Sequence[Line], live: Sequence[int], begin: int, at: int) -> bool:
    """Whether below two prints of a chapter's name (places in `live`) stands the same text: a model runs in a loop."""
    below = [lines[i].text for i in live[begin + 1 : begin + 2]]
    return below == [lines[i].text for i in live[at + 1 : at + 2]]


def _prose_between(lines: Sequence[Line], between: Sequence[int]) -> bool:
    return any(ends_sentence(lines[i].text) or _CLAUSE.search(lines[i].text) for i in between)


def next_number(heads: dict[int, Heading | None], live: Sequence[int], at: int) -> Heading | None:
    """The first number behind that place in `live`."""
    return next((head for i in live[at + 1 :] if (head := heads[i]) is not None), None)
