"""Lines -> which of them are running heads and feet of pages that nothing else tells: the same words again and again (with
a rising number, or without), at least once between the halves of a sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.form_lines import is_field
from juanzong.language.numbering import ANNEX, BOX, FIGURE_CAPTION, TABLE_CAPTION, heading_of
from juanzong.language.text import ROMAN, ends_sentence, fold
from juanzong.stages.pages.head_words import labels_print
from juanzong.stages.pages.page_marks import words_beside

_SHORTEST, _LONGEST = 6, 60  # characters of such a line
_SHORTEST_NUMBERED = 3  # of its words, where a number stands beside them
_COVER = 4  # lines at the head of the bundle: the cover says there what heads say after it
_LONGEST_FIGURE = 4  # digits of a page's number
_TIMES = 3  # that it stands in the bundle
_PROSE = 20  # characters of a line that, without a stop, is half of a sentence
_CLAUSE = 6  # of one that a comma ends
_PARAGRAPH = 46  # characters of a line that holds a paragraph, or much of one: no line of print has as many
_NO_HEAD = re.compile(r"[\t，。；！？、|<]")
_GAP = re.compile(r"\S\s{2,}\S")
_TWO = re.compile(r"(\p{Han}\S{2,}(?:\s\S{2,}){0,2})\s{2,}(\p{Han}\S{2,}(?:\s\S{2,}){0,2})")
_MARKS = " \u3000*#_>"
_NAMES_BLOCK = (TABLE_CAPTION, FIGURE_CAPTION, BOX, ANNEX)
_UNDER_HEADINGS = 0.34  # of its places at most: what stands under headings again and again is their text
_RULE = "running-head"
_FRAMED = re.compile(r"[【\[（(〔][^【】\[\]（）()〔〕]+[】\]）)〕]")  # in brackets as a whole
_DIGITS = re.compile(r"\d{1,4}")
_TOLD = re.compile(r"第\s*\d{1,4}\s*页|页\s?[码次]\s*[:：]?\s*\d")


_Said = tuple[str, bool]  # the words, and whether a number stands beside them


class _Place(NamedTuple):
    """Where in the lines it stands, the number beside its words, and the lines of the text next to it."""

    line: int
    number: int | None
    told: bool  # the number says that it is a page's: 第3页
    above: Line | None
    below: Line | None
    blanks: int  # blank lines before it


def recurring_heads(lines: Sequence[Line], gone: Mapping[int, str]) -> list[int]:
    """Indices of such lines. `gone`: what is known as furniture, by its rule."""
    live = [i for i in range(len(lines)) if i not in gone]
    groups: defaultdict[_Said, list[_Place]] = defaultdict(list)
    for said, found in _returning(lines, gone).items():
        for i, number, told in found:
            k = bisect_left(live, i)
            above = lines[live[k - 1]] if k else None
            k += live[k : k + 1] == [i]
            groups[said].append(
                _Place(i, number, told, above, lines[live[k]] if k < len(live) else None, lines[i].blanks)
            )
    sure: list[_Place] = []
    for places in groups.values():
        if not (_apart(places) and _is_no_text(places)):
            continue
        if (_is_no_loop(places) and _parts_pages(places)) or _counts_pages(lines, places):
            sure += places
    for places in groups.values():  # heads of odd and even pages: the numbers of one go on between those of the other
        if sure and places[0] not in sure and _apart(places) and _number_on([*sure, *places]):
            sure += places
    covered = {p.line for p in sure if p.number is None and _on_cover(lines, p.line) and not _cuts(p)}
    heads = {p.line for p in sure if p.line not in gone} - covered
    return sorted(heads | _over_numbers(lines, gone))


def _over_numbers(lines: Sequence[Line], gone: Mapping[int, str]) -> set[int]:
    """The same words at the foot of pages (未经许可，禁止转载), each time right above the next number, behind which blank
    lines part the pages: with the numbers, and where the last page has none. The words above the numbers of a table's rows
    have the rest of the row behind them."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for i in range(len(lines) - 1):
        figures = lines[i + 1].text.strip()
        if len(figures) > _LONGEST_FIGURE or not figures.isdecimal() or lines[i + 1].blanks or lines[i].tabular:
            continue
        said = fold(lines[i].text)
        if _SHORTEST <= len(said) <= _LONGEST and (i + 2 == len(lines) or lines[i + 2].blanks):
            found[said].append((i, int(figures)))
    out: set[int] = set()
    for said, places in found.items():
        if len(places) >= _TIMES and all(b[1] == a[1] + 1 for a, b in pairwise(places)):
            out.update(k for i, _ in places for k in (i, i + 1))
            out.update({len(lines) - 1} if fold(lines[-1].text) == said else ())
    return {i for i in out if i not in gone}


def _on_cover(lines: Sequence[Line], i: int) -> bool:
    """Whether line i may be a cover's, which says no two things side by side."""
    return (
        i < _COVER
        and _GAP.search(lines[i].text.strip(_MARKS)) is None
        and not any(ends_sentence(line.text) for line in lines[:i])
    )


def _parts_pages(places: Sequence[_Place]) -> bool:
    """Whether it stands between the halves of a sentence, or counts pages by its own words each time."""
    return any(map(_cuts, places)) or all(p.told for p in places)


def _counts_pages(lines: Sequence[Line], places: Sequence[_Place]) -> bool:
    """Whether it ends all its pages, or begins them, where the reader knows pages, and its number counts them."""
    marks = [lines[p.line].mark for p in places]
    steps = {p.number - mark.page for p, mark in zip(places, marks, strict=True) if mark and p.number is not None}
    if len(steps) != 1 or not all(marks) or any(p.number is None for p in places):
        return False
    edges = [[_page(lines, p.line + side) != _page(lines, p.line) for p in places] for side in (-1, 1)]
    return any(map(all, edges))


def _page(lines: Sequence[Line], i: int) -> int | None:
    """The page that the reader saw line i on."""
    mark = lines[i].mark if 0 <= i < len(lines) else None
    return mark.page if mark else None


def _returning(lines: Sequence[Line], gone: Mapping[int, str]) -> dict[_Said, list[tuple[int, int | None, bool]]]:
    """What lines say again and again that may be heads by their form: where, with which number, and whether that says of
    itself that it counts pages."""
    found: defaultdict[_Said, list[tuple[int, int | None, bool]]] = defaultdict(list)
    for i, line in enumerate(lines):
        if len(line.text) <= _LONGEST and not line.tabular and gone.get(i, _RULE) == _RULE:
            said, number = _words(line.text)
            if said and _NO_HEAD.search(line.text.replace("|", "", 1)) is None and _says_head(line.text):
                told = number is not None and _TOLD.search(line.text) is not None
                found[said, number is not None].append((i, number, told))
    return {said: places for said, places in found.items() if len(places) >= _TIMES and _may_be_head(said[0])}


def _says_head(text: str) -> bool:
    """Whether a line has no label, or one that tells what the print is of, or counts pages (文件编号：…　页码：1/3)."""
    if "：" not in text or _TOLD.search(text) is not None:
        return True
    bare = text.strip(_MARKS)
    words = words_beside(bare)
    return labels_print(bare[slice(*words)] if words else bare)


def _words(text: str) -> tuple[str, int | None]:
    """What a line says but for its number, folded, and the number; '' where it is too short to be a head.

    >>> _words("**劳动教育佐证·3**"), _words("12 | 松城市公园材料"), _words("第三章 松城的公园")
    (('劳动教育佐证', 3), ('松城市公园材料', 12), ('第三章松城的公园', None))
    >>> _words("松城市水利志　　iv")
    ('松城市水利志', 4)
    >>> _words("【松城市水利志 第3页】")
    ('松城市水利志', 3)
    >>> _words("松城-QM-01　版本 A/0　页码 1/3"), _words("松城-QM-01　　12　　3")
    (('松城-QM-01版本A/0', 1), ('', None))
    >>> _words("松城市公报　2022年第3期　　　　市政府文件") == _words("市政府文件　　　　松城市公报　2022年第3期")
    True
    """
    bare = text.strip(_MARKS)
    bare = bare[1:-1].strip() if _FRAMED.fullmatch(bare) else bare
    found = words_beside(bare)
    row = _GAP.search(bare[slice(*found)] if found else bare) is not None
    if row and _TOLD.search(bare) is None:  # of a table; the fields of a form's head stand apart as well
        two = _TWO.fullmatch(bare)  # as a gazette's do, which change places from page to page
        return ("".join(sorted(map(fold, two.groups()))) if two else ""), None
    if found is None:
        return (fold(bare) if len(bare) >= _SHORTEST else ""), None
    a, b = found
    beside = bare[:a] + bare[b:]
    number = _DIGITS.search(beside)
    said = fold(bare[a:b])
    return (said if len(said) >= _SHORTEST_NUMBERED else ""), int(number[0]) if number else ROMAN.get(
        beside.strip().upper()
    )


def _may_be_head(said: str) -> bool:
    """Whether words may be a head by their form: a title's own print is told otherwise (own_heads.py)."""
    return labels_print(said) or (
        heading_of(said) is None
        and (el.noun_of(said) or ("", "weak"))[1] == "weak"
        and not el.is_date(said)
        and not el.is_doc_number(said)
        and not el.is_of_imprint(said)
        and not el.is_addressee(said)
        and not any(p.match(said) for p in _NAMES_BLOCK)
    )


def _apart(places: Sequence[_Place]) -> bool:
    """Whether other lines stand between its places, and its numbers rise."""
    numbers = [p.number for p in places if p.number is not None]
    return all(b.line - a.line > 1 for a, b in pairwise(places)) and all(a < b for a, b in pairwise(numbers))


def _is_no_text(places: Sequence[_Place]) -> bool:
    """Whether it does not stand under headings or over dates, as what each part or document of the bundle says does."""
    under = sum(p.above is not None and _is_heading(p.above.text) and not _cuts(p) for p in places)
    dated = sum(p.below is not None and bool(el.DATE.match(p.below.text.strip())) for p in places)
    return max(under, dated) <= _UNDER_HEADINGS * len(places)


def _is_no_loop(places: Sequence[_Place]) -> bool:
    """Whether other lines stand round it at each place: else a whole passage comes again."""
    round_it = {(p.above.text if p.above else "", p.below.text if p.below else "") for p in places}
    return len(round_it) == len(places)


def _is_heading(text: str) -> bool:
    return text.lstrip().startswith("#") or (heading_of(text.strip(_MARKS)) is not None and not ends_sentence(text))


def _cuts(place: _Place) -> bool:
    """Whether it stands there between the halves of a sentence."""
    if place.above is None or place.below is None or not (_is_prose(place.above) and _is_prose(place.below)):
        return False
    text, rest = place.above.text.strip(), place.below.text.strip()
    apart = (place.blanks > 0 and place.below.blanks > 0) or text.endswith(("，", "、"))
    cut = (
        len(text) >= (_CLAUSE if text.endswith("，") else _PROSE if apart else _PARAGRAPH)
        and not ends_sentence(text)
        and ends_sentence(rest)
        and heading_of(rest) is None
    )
    run_on = heading_of(text) is None or "，" in text or "。" in text
    return cut and run_on and not rest.startswith(("#", "*", "-", "（", "(")) and not is_field(rest)


def _is_prose(line: Line) -> bool:
    tabular = line.tabular or any(sign in line.text for sign in ("\t", "|", "<t", "</t"))
    return not tabular and _GAP.search(line.text.strip()) is None


def _number_on(places: Sequence[_Place]) -> bool:
    """Whether all have numbers, which rise from each place to the next."""
    numbers = [p.number for p in sorted(places, key=lambda p: p.line)]
    return all(a is not None and b is not None and a < b for a, b in pairwise(numbers))
