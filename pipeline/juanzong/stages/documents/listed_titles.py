"""A text whose title the print lost, which the bundle's own contents list names between two that are printed."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import inf

from juanzong.language import elements as el
from juanzong.language.alike import figures_of, is_one_slip, skeleton
from juanzong.language.numbering import UNNUMBERED, Heading, heading_of
from juanzong.language.title_words import TitleWords
from juanzong.stages.documents.annexes import LONGEST_KNOWN
from juanzong.stages.documents.lost_titles import HEADINGS, LEAST, form_of_heading, is_about_text, issued
from juanzong.stages.documents.mastheads import has_body
from juanzong.stages.documents.title_numbering import numbering_goes_on
from juanzong.stages.documents.title_places import TitlePlaces
from juanzong.stages.documents.title_worth import Title
from juanzong.stages.pieces.items import Item

# What speaks for a text's beginning at a place; it needs BEGINS in all, and no other place as much.
_WORTH = {
    "closed": 3,  # what stands before ends a text: a date, an imprint, the clause that puts it into force, a web page's foot
    "contents": 3,  # a contents list stands there
    "adopted": 2,  # who adopted it
    "unlike": 2,  # headings, under a table or a text that has none
    "back": 3,  # the numbering of the highest headings goes back
    "articles back": 5,  # articles are numbered through
    "page": 1,
}
_BEGINS = 5
_LINES = 3  # of a title in print
_BEGUN = 4  # characters of a line by which it is found
_LEAST_PRINTED = 2  # characters of a name that a line says alone
_NEAR = 3  # items before a place in which an annex is marked, and behind it in which its headings begin


def with_listed_titles(
    titles: Sequence[Title], items: Sequence[Item], gaps: Sequence[int], names: Sequence[str]
) -> list[Title]:
    """The titles, and one without lines for each name of the contents list that no title prints, where the text of one
    begins between those that the list names before and after it. `gaps`: the items that follow contents lists."""
    printed = _Printed(titles)
    at = [printed.place(name) for name in names]
    for title in list(_printed_lines(names, at, titles, items)):
        printed.add(title)
    for n in range(1, len(names)):
        before, after = at[n - 1], at[n + 1] if n + 1 < len(names) else len(titles)
        if at[n] is not None or before is None or after is None or before >= after:
            continue
        name = issued(names[n]) or names[n][: el.number_start(names[n])].strip("《》 　")
        if el.type_of_title(name) is None or len(skeleton(name)) < LEAST or printed.place(name) is not None:
            continue
        ends = [*(t.start for t in titles[before + 1 : after + 1]), len(items)]
        places = [
            place
            for t, end in zip(titles[before:after], ends, strict=False)
            for place in _places(items, t.end, end, gaps)
        ]
        best = sorted(places, reverse=True)
        if best and best[0][0] >= _BEGINS and (len(best) == 1 or best[1][0] < best[0][0]):
            printed.add(Title(best[0][1], best[0][1], name, ["listed"]))
    return sorted(printed.titles, key=lambda t: (t.start, t.end))


def _printed_lines(
    names: Sequence[str], at: Sequence[int | None], titles: Sequence[Title], items: Sequence[Item]
) -> Iterator[Title]:
    """For each name that no title prints the one place between the titles that the list names before and after it at
    which lines say it alone: over a table or a text, and no numbering goes on behind them. Between two titles that are
    printed a line with one character misread says it, too."""
    if None not in at:
        return
    places = _Places(titles, items)
    above, below = _last_known(at), _last_known(at[::-1])[::-1]
    for n, name in enumerate(names):
        bare = el.bare_title(name)
        keys = [key for key in map(skeleton, (bare, *el.printed_names(bare))) if len(key) >= _LEAST_PRINTED]
        if at[n] is not None or not keys or UNNUMBERED.match(bare):
            continue
        before, after = above[n], below[n]
        start = titles[before].end if before is not None else 0
        end = titles[after].start if after is not None else len(items)
        found = places.saying(keys, start, end)
        if not found and before is not None and after is not None:
            found = places.misreading(bare, start, end)
        if len(found) == 1 and _heads_text(items, *found[0], titles):
            a, b = found[0]
            text = "".join(x.s.strip().strip("*") for x in items[a:b])
            yield Title(a, b, text, ["listed"], listed=bare if _misreads(text, bare) else "")


def _last_known(at: Iterable[int | None]) -> list[int | None]:
    """For each place itself, or where nobody knows it the last one before that is known."""
    out: list[int | None] = []
    for k in at:
        out.append(k if k is not None or not out else out[-1])
    return out


class _Printed(TitlePlaces):
    """Titles, found by what an entry of the contents list calls them."""

    def __init__(self, titles: Iterable[Title]) -> None:
        self._issued = TitleWords()  # what each of them issues
        super().__init__(titles)

    def place(self, name: str) -> int | None:
        """Which title an entry names, the first of several."""
        key = skeleton(el.bare_title(name))
        other = (key, skeleton(issued(name)), *map(skeleton, el.printed_names(el.bare_title(name))))
        found = [k for said in other for k in self.words.same(said)[:1]]
        found += self.nearly(key)
        found += self.words.ending_in(key)[:1] if len(key) >= LEAST else []
        return min(found) if found else self._issuing(key)

    def _issuing(self, key: str) -> int | None:
        for t in self.titles[len(self._issued.all) :]:
            self._issued.add(skeleton(issued(t.text)))
        return next(iter(self._issued.same(key)), None)


class _Places:
    """The lines of no title, by their words and by their length."""

    def __init__(self, titles: Sequence[Title], items: Sequence[Item]) -> None:
        self._items = items
        self._saying: defaultdict[str, list[int]] = defaultdict(list)
        self._of_length: defaultdict[int, list[int]] = defaultdict(list)
        own = {k for t in titles for k in range(t.start, t.end)}
        for k, x in enumerate(items):
            if x.is_text and k not in own and len(x.s) <= LONGEST_KNOWN:
                words = skeleton(x.s)
                bare = skeleton(el.without_remark(x.s.strip()))
                for said in {words, bare} if words[:_BEGUN] == bare[:_BEGUN] else {words}:
                    self._saying[said].append(k)
                self._of_length[len(words)].append(k)

    def saying(self, keys: Sequence[str], start: int, end: int) -> list[tuple[int, int]]:
        """The lines of items[start:end] that say one of the names, given as skeletons, and nothing else."""
        places = ((k, key) for key in keys for k in self._beginning(key, start, end))
        return [span for k, key in places if (span := _says(self._items, k, end, key)) is not None]

    def _beginning(self, key: str, start: int, end: int) -> list[int]:
        """The lines that say a name, or the first characters of it."""
        begun = (key[:n] for n in range(min(_BEGUN, len(key)), len(key) + 1))
        return sorted({k for said in begun for k in _between(self._saying.get(said, ()), start, end)})

    def misreading(self, name: str, start: int, end: int) -> list[tuple[int, int]]:
        """... that say a name with one character misread."""
        lines = _between(self._of_length[len(skeleton(name))], start, end)
        return [(k, k + 1) for k in lines if _misreads(self._items[k].s, name)]


def _between(places: Sequence[int], start: int, end: int) -> Sequence[int]:
    return places[bisect_left(places, start) : bisect_left(places, end)]


def _misreads(text: str, name: str) -> bool:
    """Whether a line says a name with one character misread, and is no title of another kind (报表 for 报告).

    >>> [_misreads(s, "水质监测报告") for s in ("水质监测报生", "水质监测报表", "水质监测通告", "1.水质监测报生")]
    [True, False, False, False]
    >>> _misreads("第一小组活动总结", "第二小组活动总结"), _misreads("第一小组活动总洁", "第一小组活动总结")
    (False, True)
    """
    a, b = skeleton(text), skeleton(name)
    one = len(a) == len(b) >= LEAST and is_one_slip(a, b) and figures_of(a) == figures_of(b)
    return one and heading_of(text) is None and el.type_of_title(text) in (None, el.type_of_title(name))


def _heads_text(items: Sequence[Item], a: int, b: int, titles: Sequence[Title]) -> bool:
    """Whether a table or a text stands under items[a:b], and the numbering before them does not go on."""
    ends = next((t.start for t in titles if t.start >= b), len(items))
    return has_body(items[b:ends]) and not numbering_goes_on(items, a - 1, b)


def _says(items: Sequence[Item], k: int, end: int, key: str) -> tuple[int, int] | None:
    """The lines from item k on that say a name and nothing else, but for years or a remark in brackets."""
    said = ""
    for j in range(k, min(k + _LINES, end)):
        line = items[j].s
        if items[j].kind != "text" or items[j].rule:
            return None
        if key in (said + skeleton(line), said + skeleton(el.without_remark(line.strip()))):
            return k, j + 1
        said += skeleton(line)
        if not key.startswith(said):
            return None
    return None


def _places(items: Sequence[Item], start: int, end: int, gaps: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(worth, index) of the places between items[start] and items[end] at which another text may begin."""
    heads: list[Heading] = []  # above the place
    highest = inf  # of their ranks
    own = [_heading(x) for x in items[start : end + _NEAR]]
    for k in range(start, end):
        if k > start and items[k].is_text:
            worth = sum(
                _WORTH[sign] for sign in _signs(items, start, k, gaps, heads, highest, own[k - start :][:_NEAR])
            )
            if (
                worth >= _BEGINS
                and has_body(items[start:k])
                and _goes_on(items[k:end])
                and not is_about_text(items[k:end])
            ):
                yield worth, k
        head = own[k - start]
        if head is not None:
            heads.append(head)
            highest = min(highest, head.rank)


def _heading(item: Item) -> Heading | None:
    return heading_of(item.s) if form_of_heading(item) else None


def _goes_on(items: Sequence[Item]) -> bool:
    return has_body(items) and sum(bool(form_of_heading(x)) for x in items) >= HEADINGS


def _signs(
    items: Sequence[Item],
    start: int,
    k: int,
    gaps: Sequence[int],
    above: Sequence[Heading],
    highest: float,
    below: Sequence[Heading | None],
) -> Iterator[str]:
    """What speaks for the beginning of a text at item k, with the headings above it, the highest of their ranks and the
    headings of the items from it on."""
    live = next((x for x in reversed(items[max(start, k - _NEAR) : k]) if not x.rule or x.rule == "web-chrome"), None)
    if live is not None and (live.rule == "web-chrome" or (live.kind == "text" and el.closes(live.s))):
        yield "closed"
    if k in gaps:
        yield "contents"
    if el.is_approval(items[k].s):
        yield "adopted"
    if items[k].begins_page or items[k - 1].rule:
        yield "page"
    head = next((h for h in below if h is not None), None)
    if head is not None and not above:
        yield "unlike"
    elif head is not None and head.rank <= highest:
        last = next((h.ordinal for h in reversed(above) if h.form == head.form), 0)
        if head.ordinal <= last:
            yield "articles back" if head.form == "条" and below[0] == head else "back"
