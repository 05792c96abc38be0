"""Lines -> which of them are running heads that say the document's own title, or the chapter that is open: printed again
while the numbering goes on, or in the middle of a sentence."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.numbering import BOX, FIGURE_CAPTION, RANK, TABLE_CAPTION, Heading, heading_of
from juanzong.language.quoting import QUOTING_VERBS
from juanzong.language.text import ends_sentence, fold, indent_of, unbalanced
from juanzong.stages.pages.head_words import (
    ROW,
    bare_of,
    cuts_sentence,
    is_next_paper,
    names_of_sections,
    stands_among_cells,
    stands_below_caption,
)
from juanzong.stages.pages.page_marks import words_beside
from juanzong.stages.pages.title_prints import titles_in_lines

_LEAST, _MOST = 5, 60  # characters of a title that is printed again
# what a line ends in that holds a page number behind its words; one that holds it before them begins with it
_BESIDE = frozenset("0123456789页-－—–·•|｜)）")
_DECIMAL = re.compile(r"\d{1,2}(?:[.．]\d{1,2})*[\s　]+\p{Han}")  # 1.2.2 验收标准, 1 工作目标: headings
_CLAUSE = re.compile("[，；,;]")  # a line that holds one is prose
_NAMES_BLOCK = (TABLE_CAPTION, FIGURE_CAPTION, BOX, el.ANNEX_MARK)
_INSET = 4  # display columns before a line that a paragraph does not have
_HEAD_LINES = 4  # of a title and what stands over it: letterhead, number, its own first lines
_BELOW = 3  # lines under a title in which its number, date or addressee stand
_NO_TITLE = re.compile("[。；，：|\t<]")
_BETWEEN = re.compile(r"[|｜·•/／]|(?<=\p{Han})[-—–]{1,2}(?=第)")
_ASKS = re.compile(r"名\s*称|标\s*题|题\s*目|文\s*件|依\s*据")  # headings under which titles stand
_GOES_ON = re.compile(
    r"[（(]\p{Han}{1,12}[〔\[（(](?:19|20)\d{2}[〕\]）)]\d{1,5}号[^（）()]{0,20}[）)]\s*\S"
    rf"|[、，的中和及]|(?:\p{{Han}}{{0,8}}?)(?:{QUOTING_VERBS})\p{{Han}}{{0,4}}[，：:“]"
)
_PLACES = re.compile("[省市县区州盟旗乡镇村]")  # what ends the name of a place, before the rest of a title
_LONGEST_PLACE = 13  # characters, of several places one in the other
_FIRST = ("节", "条", "一、")
_INNER = ("（一）", "1.", "（1）")  # no document begins with these


def own_heads(lines: Sequence[Line], gone: set[int]) -> list[int]:
    """Indices of such lines, in order. `gone`: what is known as furniture."""
    live = [i for i, line in enumerate(lines) if i not in gone and not line.tabular]
    plain = {i: bare_of(lines[i].text) for i in live}
    bare = dict(zip(live, map(_without_number, plain.values()), strict=True))
    heads = {i: heading_of(text) for i, text in bare.items()}
    first: dict[str, int] = {}  # a title's first print, by position in live
    wrapped = titles_in_lines(list(plain.values()), _MOST, _NO_TITLE)
    short: dict[str, str] = {}  # what a title says without its place -> the title
    out: list[int] = []
    prints: dict[str, list[int]] = {}  # a title's words -> all its prints, by position in live
    chapters: dict[str, tuple[str, int]] = {}  # form -> the open chapter's words, where it stands in live
    for at, i in enumerate(live):
        text, head = _without_organ(bare[i], first), heads[i]
        out += _wrapped(lines, live, plain, heads, first, at)
        if i in out[-2:]:
            continue
        if _says_title_and_chapter(text, first, chapters):
            out.append(i)
            continue
        if not _may_be_head(text):
            continue
        said = fold(text)
        if head is not None:
            if head.rank > 2:
                continue
            open_ = chapters.get(head.form)
            if open_ is not None and open_[0] == said and _says_open(lines, live, heads, open_[1], at):
                out.append(i)
                continue
            _open(chapters, head, said, at, heads[live[at - 1]] if at else None)
        elif lines[i].blanks and _names_open(lines, live, at, said, chapters):
            out.append(i)
        elif (
            len(text) >= _LEAST and el.type_of_title(text) is not None and _prints(lines, live, at, said, first, short)
        ):
            said = said if said in first else short.get(said, said)
            begin = first.setdefault(said, min(at, wrapped.get(said, at)))
            prints.setdefault(said, []).append(at)
            if begin == at:
                chapters = {}  # another document may begin
                short |= dict.fromkeys((said[m.end() :] for m in _PLACES.finditer(said, 1, _LONGEST_PLACE)), said)
            last = i + 1 == len(lines) and any(bare[k] == text for k in out)  # of a head that stood amid the text
            if last or (begin < at and _goes_on(lines, live, heads, begin, at)):
                out.append(i)
            else:
                first[said] = at
    out = sorted(set(out) - names_of_sections(lines, live, prints.values()))
    return sorted({*out, *_above(lines, live, first, list(bare.values()), set(out))})


def _above(
    lines: Sequence[Line], live: Sequence[int], first: Mapping[str, int], bare: Sequence[str], heads: Container[int]
) -> list[int]:
    """The lines right above heads that say a title, which stand right above its first print as well: whose it is."""
    return [
        live[at - 1]
        for at, i in enumerate(live)
        if i in heads
        and (begin := first.get(fold(bare[at]), 0))
        and fold(bare[at - 1]) == fold(bare[begin - 1])
        and begin < at - 1
        and not lines[i].blanks
        and not lines[live[begin]].blanks
        and _may_be_head(lines[live[at - 1]].text)
    ]


def _prints(
    lines: Sequence[Line],
    live: Sequence[int],
    at: int,
    said: str,
    first: Container[str],
    short: Container[str],
) -> bool:
    """Whether a line at `at` (a place in `live`) that says a title prints it, for the first time or again."""
    return not _in_sentence(lines, live[at]) and (said in first or said in short or _may_open(lines, live, at))


def _may_open(lines: Sequence[Line], live: Sequence[int], at: int) -> bool:
    """Whether a title may be printed first at `at` (a place in `live`): within the lines of a head above it, the bundle
    begins, or a blank line, furniture, a sentence's end or a date stands. The cells of a table, a line each, end in the
    nouns of titles as well."""
    for k in range(at, max(at - _HEAD_LINES, 0), -1):
        i = live[k]
        above = lines[i - 1].text.strip()
        if lines[i].blanks or live[k - 1] != i - 1 or ends_sentence(above) or el.is_date(above):
            return True
    return at < _HEAD_LINES


def _in_sentence(lines: Sequence[Line], i: int) -> bool:
    """Whether a title at line i stands in a sentence: brackets or marks stay open behind it, or it is in marks, and the
    line below goes on with its number (（某府〔2021〕5号）提出…) or with what it says."""
    text, below = lines[i].text.strip().strip("#* "), lines[i + 1 : i + 2]
    if unbalanced(text):
        return True
    return text.startswith("《") and bool(below) and not below[0].blanks and _GOES_ON.match(below[0].text) is not None


def _says_open(
    lines: Sequence[Line], live: Sequence[int], heads: dict[int, Heading | None], begin: int, at: int
) -> bool:
    """Whether the name of the chapter open since `begin`, printed again at `at` (places in `live`), is a head: text stands
    between, and no text of its own begins, but for a section behind the rest of a sentence."""
    after = _next(heads, live, at)
    begins = after is not None and after.ordinal == 1 and after.form in _FIRST
    begins = (begins or _loops(lines, live, begin, at)) and not cuts_sentence(lines, live[at], live)
    return not begins and _prose_between(lines, live[begin + 1 : at])


def _names_open(
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


def _wrapped(
    lines: Sequence[Line],
    live: Sequence[int],
    plain: Mapping[int, str],
    heads: dict[int, Heading | None],
    titles: Mapping[str, int],
    at: int,
) -> list[int]:
    """The two lines from `at` on that say together a title which was printed in one, and are a head."""
    pair = live[at : at + 2]
    if not titles or len(pair) < 2 or any(len(lines[i].text) > _MOST for i in pair):
        return []
    begin = titles.get(fold(plain[pair[0]] + plain[pair[1]]))
    if begin is None or any(fold(plain[i]) in titles for i in pair):
        return []
    if any(p.match(plain[i]) for p in _NAMES_BLOCK for i in pair):  # 附件 over its title
        return []
    shown = [*live[: at + 1], *live[at + 2 :]]
    return list(pair) if _goes_on(lines, shown, heads, begin, at) else []


def _says_title_and_chapter(text: str, titles: Container[str], chapters: Mapping[str, tuple[str, int]]) -> bool:
    """Whether a line says a title and the open chapter side by side."""
    if not chapters or len(text) > _MOST:
        return False
    said = _BETWEEN.sub("", fold(text))
    names = [chapter for chapter, _ in chapters.values() if chapter in said]
    rests = (rest for chapter in names for rest in (said.removesuffix(chapter), said.removeprefix(chapter)))
    return any(rest != said and rest in titles for rest in rests)


def _may_be_head(text: str) -> bool:
    words = 2 <= len(text) <= _MOST and not _NO_TITLE.search(text)
    return words and not any(p.match(text) for p in (*_NAMES_BLOCK, _DECIMAL))


def _without_number(text: str) -> str:
    """The words of a line that holds a page number beside them."""
    words = words_beside(text) if text[-1:] in _BESIDE or text[:1].isdigit() else None
    return text[slice(*words)] if words is not None else text


def _without_organ(text: str, titles: Container[str]) -> str:
    """The title that was printed, of a line that says its organ before it; other lines as they are."""
    organ, *rest = text.split(None, 1) or [text]
    return rest[0] if rest and el.is_organ(organ) and fold(rest[0]) in titles else text


def _loops(lines: Sequence[Line], live: Sequence[int], begin: int, at: int) -> bool:
    """Whether below two prints of a chapter's name (places in `live`) stands the same text: a model runs in a loop."""
    below = [lines[i].text for i in live[begin + 1 : begin + 2]]
    return below == [lines[i].text for i in live[at + 1 : at + 2]]


def _prose_between(lines: Sequence[Line], between: Sequence[int]) -> bool:
    return any(ends_sentence(lines[i].text) or _CLAUSE.search(lines[i].text) for i in between)


def _next(heads: dict[int, Heading | None], live: Sequence[int], at: int) -> Heading | None:
    """The first number behind that place in `live`."""
    return next((head for i in live[at + 1 :] if (head := heads[i]) is not None), None)


def _goes_on(lines: Sequence[Line], live: Sequence[int], heads: dict[int, Heading | None], begin: int, at: int) -> bool:
    """Whether the text between a title's print at `begin` and its next one at `at` (places in `live`) goes on behind it."""
    below = [lines[i].text.strip() for i in live[at + 1 : at + 1 + _BELOW]]
    patterns = (el.APPROVAL, el.DOC_NUMBER, el.DATE, *el.LABELS.values())
    above = heads[live[at - 1]]
    last = lines[live[at - 1]].text.strip()
    cut = _CLAUSE.search(last) is not None and not ends_sentence(last) and (above is None or "。" in last)
    # what stands behind a sentence is not under the title
    below = below[: next((k for k, text in enumerate(below) if text.endswith("。")), _BELOW) + 1]
    if (
        not below
        or any(p.match(text) for text in below for p in patterns)
        or el.is_addressee(below[0])
        or is_next_paper(lines[live[at]].text, last, below[0], lines[live[begin + 1]].text.strip())
    ):
        return False
    if lines[live[at]].blanks and el.BARE_MARK.match(below[0]):
        return True  # over the annex of what that title names
    if _INSET < indent_of(lines[live[at]].text) == indent_of(lines[live[at + 1]].text):
        return False  # a cell wraps so in printed columns
    if ROW.search(below[0]):
        return stands_below_caption(lines[live[at]].text.strip(), last)
    if above is not None and not cut and not ends_sentence(last):
        return _parts_heading(lines, live, heads, above, at)
    if cut and heads[live[at + 1]] is None:
        return True
    if stands_among_cells(lines, live, at):
        return False
    before = [head for i in live[begin + 1 : at] if (head := heads[i]) is not None]
    if not before and heads[live[at + 1]] is not None and ends_sentence(last):
        return any(el.is_addressee(lines[i].text.strip()) for i in live[begin + 1 : at])  # a letter has begun
    return _counts_on(before, _next(heads, live, at))


def _parts_heading(
    lines: Sequence[Line], live: Sequence[int], heads: dict[int, Heading | None], above: Heading, at: int
) -> bool:
    """Whether a title at `at` parts a heading from what is below it: its text, or a heading that counts on or stands
    deeper. Headings that come again are entries of a contents list; 项目名称 asks for the title."""
    last, below = lines[live[at - 1]].text.strip(), heads[live[at + 1]]
    if _ASKS.search(last):
        return False
    if below is not None and below.form == above.form and below.ordinal == above.ordinal + 1:
        return True
    if any(fold(lines[i].text) == fold(last) for i in live[at + 1 :]):
        return False
    return ends_sentence(lines[live[at + 1]].text) if below is None else below.rank > above.rank


def _counts_on(before: Sequence[Heading], after: Heading | None) -> bool:
    """Whether a number goes on with those before it, or is the first of an inner level."""
    if after is None or not before:
        return False
    same = next((head for head in reversed(before) if head.form == after.form), None)
    if same is not None and after.ordinal > 1:
        return after.ordinal == same.ordinal + 1
    return after.ordinal == 1 and after.form in _INNER and after.rank > before[-1].rank
