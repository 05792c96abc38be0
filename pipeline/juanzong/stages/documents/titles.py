"""Items -> where documents begin: every line that may be a title is a candidate with the signs that speak for it; of all
candidates those are taken that are worth most together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex as re

from juanzong.language import elements as el
from juanzong.language.alike import nearly_same, skeleton
from juanzong.language.numbering import BOX, FIGURE_CAPTION, TABLE_CAPTION, UNNUMBERED, heading_of
from juanzong.language.text import fold, unbalanced
from juanzong.stages.documents.title_signs import around, is_head_line, marks_of
from juanzong.stages.pieces.items import Item

_MOST_LINES = 5  # a title's lines
_LETTER_LINES = 8  # in which a notice says what it issues
_LEAST_KNOWN = 4  # characters of a name that the bundle gives
_LONGEST_KNOWN = 130
# What a sign is worth; a title needs START in all. Set on the made-up bundles, the annotated parts of the real one and
# made-up notices, laws and replies.
START = 4.0
WORTH = {
    "known": 5.0,  # the bundle names it: its contents list, a notice that issues it, a list of annexes
    "nearly known": 4.0,  # ... but for a slip
    "noun": 2.0,
    "weak noun": -1.0,  # a noun that headings end in as well
    "no noun": -2.0,
    "page": 1.5,  # a page or two blank lines before it
    "marked": 1.0,  # Markdown, bold, centred, the tool's own label
    "closed": 1.5,  # what stands before ends a text
    "head follows": 3.0,  # number, addressees, who adopted it, date, organ, contents list
    "numbering restarts": 2.0,
    "fresh page": 2.0,  # a page begins with it, and the numbering with what follows
    "bare kind": 1.0,  # nothing but what the document is: 证明, 聘书
    "annex mark": 5.0,
    "head before": 3.0,
    "first": 2.0,  # no title before it
    "top": 2.0,  # nothing at all before it, and it names no organ
    "told": 1.0,  # ... and Markdown or the reader's tool marks it
    "text follows": 2.0,  # right under the top a paragraph
    "cut before": -4.0,
    "table follows": -1.0,
    "prose": -5.0,
    "in series": -3.0,  # under a heading or box
    "numbered": -4.0,  # a figure stands before it as before headings
    "organ": -3.0,  # nothing but an organ's name
    "again": -6.0,  # the title of the document it stands in, and nothing begins anew
    "letter": -6.0,  # it opens as sentences of a letter do
    "rest": -4.0,  # it closes what it did not open, or is a character or two
    "clauses": -4.0,  # commas part it, and it ends in no noun
    "open": -1.5,  # brackets or quotes without their other half
    "unfinished": -4.0,  # it breaks off: 关于印发《…》
    "concerns": -2.0,  # 关于…, and the noun that ends such a title is still to come
    "lower level": -2.5,  # Markdown or the tool sets it deeper than the title before it
    "goes on": -3.0,  # a full line, and the next one ends it
    "annex goes on": -8.0,  # the title of the plan, and under it what of the plan the annex is
}

_ANNOUNCES = re.compile(
    r"(?:关于.{0,12}?(?:印发|转发|发布|颁布|公布|批转|下发)|印发)(?:《.*》|[^《》]*)$"
)  # “关于印发《…》”: the word that ends such a title (的通知) is still to come
_CONCERNS = re.compile(r"关于[^《》]*$")
_LETTER = re.compile(r"现将|现予|现就|现对|兹将|兹定于|兹有|经研究|为(?:贯彻|进一步|了|加强|做好|深入)|根据《")
_SHORTEST = 4  # characters of a title that ends in no noun
_UNFINISHED = ("的", "、", "和", "与", "及", "—", "-", "关于", "对", "《")
_LATIN = re.compile(r"[\p{Latin}\d\s\p{P}]+")
_FIGURE_BEFORE = re.compile(
    r"\d{1,2}(?:[.．]\d{1,2})*\s*(?=\p{Han})(?!\d*\s*(?:年|月|日|号|世纪|个|项|万|千|届|亿|大|条|名|岁|家|级|类|度|米|所|省|市|县|区))"
)


@dataclass
class Title:
    """items[start:end] print a title."""

    start: int
    end: int
    text: str
    signs: list[str] = field(default_factory=list)
    margin: float = 9.0  # how much less the best other reading of its lines is worth

    @property
    def worth(self) -> float:
        return sum(WORTH[s] for s in self.signs)


class _Names:
    """Titles that the bundle names, for comparison."""

    def __init__(self, names: set[str]) -> None:
        self._exact: set[str] = set()
        self._all: list[str] = []
        for name in sorted(names):
            self.add(name)

    def add(self, name: str) -> None:
        key = skeleton(name)
        if len(key) >= _LEAST_KNOWN and key not in self._exact:
            self._exact.add(key)
            self._all.append(name)

    def has(self, text: str) -> bool:
        return skeleton(text) in self._exact

    def nearly(self, text: str) -> bool:
        return any(nearly_same(text, name) for name in self._all)


def known_titles(items: Sequence[Item], entries: Sequence[str], annexes: Sequence[str]) -> set[str]:
    """Titles that the bundle names: its contents list, its documents' annex lists, what its notices issue."""
    known = {el.bare_title(e) for e in entries} | {fold(a) for a in annexes}
    for k, item in enumerate(items):
        m = el.ATTACHMENT_LIST.match(item.s) if item.kind == "text" else None
        if m is None or len(item.s) >= _LONGEST_KNOWN:
            continue
        known.add(fold(re.sub(r"^\d{1,2}\s*[.．、]\s*", "", m["first"])).strip("《》"))
        for n, later in enumerate(items[k + 1 : k + 30], 2):
            number = el.ATTACHMENT_ITEM.match(later.s) if later.kind == "text" else None
            if number is None or int(number["number"]) != n or len(later.s) >= _LONGEST_KNOWN:
                break
            known.add(fold(number["title"]).strip("《》"))
    return {k for k in known if len(k) >= _LEAST_KNOWN}


def titles_of(
    items: Sequence[Item], known: set[str], contents_after: Sequence[bool]
) -> tuple[list[Title], list[Title]]:
    """The titles that begin documents, in order, and the candidates that nearly were one.

    `contents_after[i]`: a contents list follows item i directly.
    """
    names = _Names(known)
    wrap = _wrap_length(items)
    candidates: list[Title] = []
    seen: set[str] = set()
    begun = False
    level = 0  # of the last title that has one
    for i in range(len(items)):
        here = list(_titles_at(items, i, names, contents_after, wrap, seen, first=not begun))
        for title in here:
            if level and items[i].level > level:
                title.signs.append("lower level")
        good = [t for t in here if t.worth >= START]
        level = items[i].level or level if good else level
        for title in good:
            for name in (*el.promulgated_titles(title.text), *_issued_in(items, title)):
                names.add(name)
            seen.add(skeleton(title.text))
        begun = begun or bool(good)
        candidates += here
    chosen = _best_together(candidates, len(items)) or _told_title(items)
    taken = {k for t in chosen for k in range(t.start, t.end)}
    rest = [t for t in candidates if taken.isdisjoint(range(t.start, t.end))]
    return chosen, rest


def _told_title(items: Sequence[Item]) -> list[Title]:
    """Where nothing looks like a title, a heading that Markdown or a tool marks at the head of the text is one."""
    first = next((k for k, x in enumerate(items) if not x.rule), None)
    if first is None or not items[first].level or not _usable(items[first]) or heading_of(items[first].s):
        return []
    return [Title(first, first + 1, items[first].s.strip().strip("*"))]


def _issued_in(items: Sequence[Item], title: Title) -> Iterator[str]:
    """What the first sentences under a notice's title say that it issues: 现将《…》印发给你们."""
    if el.type_of_title(title.text) != "notice":
        return
    for item in items[title.end : title.end + _LETTER_LINES]:
        if item.kind == "text" and el.ISSUES.search(item.s):
            yield from el.promulgated_titles(item.s)


def _best_together(candidates: Sequence[Title], n: int) -> list[Title]:
    """The candidates, none over another, whose worth above START is greatest in sum; of equals the longer."""
    at: dict[int, list[Title]] = {}
    for t in candidates:
        at.setdefault(t.start, []).append(t)
    best: list[tuple[float, Title | None]] = [(0.0, None)] * (n + 1)
    for i in range(n - 1, -1, -1):
        best[i] = (best[i + 1][0], None)
        for t in at.get(i, ()):
            worth = t.worth - START + best[t.end][0]
            if t.worth >= START and (worth > best[i][0] or (best[i][1] is None and worth == best[i][0])):
                best[i] = (worth, t)
    chosen: list[Title] = []
    i = 0
    while i < n:
        taken = best[i][1]
        if taken is not None:
            near = _over(candidates, taken)
            taken.margin = taken.worth - max([START, *(t.worth for t in near)])
            chosen.append(taken)
        i = taken.end if taken is not None else i + 1
    return chosen


def _over(candidates: Sequence[Title], title: Title) -> list[Title]:
    """The other candidates that share lines with a title."""
    return [t for t in candidates if t is not title and t.start < title.end and title.start < t.end]


def _wrap_length(items: Sequence[Item]) -> int:
    """How many characters wrapped titles hold a line, where one sees it: the commonest length of unfinished ones."""
    lengths = [
        len(x.s)
        for x in items
        if x.kind == "text" and unbalanced(x.s) and el.may_be_title(x.s) and not x.indent and len(x.s) < 40
    ]
    return max(set(lengths), key=lambda n: (lengths.count(n), n)) if lengths else 0


def _usable(item: Item) -> bool:
    return (
        item.kind == "text"
        and not item.rule
        and el.may_be_title(item.s)
        and not is_head_line(item.s)
        and not BOX.match(item.s)
        and not TABLE_CAPTION.match(item.s)
        and not FIGURE_CAPTION.match(item.s)
        and not UNNUMBERED.match(item.s.strip("*"))
    )


def _is_indented(item: Item) -> bool:
    """Whether a printed line begins like a paragraph."""
    return item.indent >= 2 and item.width > 0 and not item.centered


def _may_begin(item: Item) -> bool:
    said = item.kind == "text" and not item.rule and len(item.s) <= _LONGEST_KNOWN
    return said and not el.ATTACHMENT_LIST.match(item.s) and not el.ANNEX_MARK.match(item.s)


def _titles_at(
    items: Sequence[Item],
    i: int,
    names: _Names,
    contents_after: Sequence[bool],
    wrap: int,
    seen: set[str],
    *,
    first: bool,
) -> Iterator[Title]:
    """The candidates that begin at item i, one for each number of lines."""
    if not _may_begin(items[i]) or heading_of(items[i].s):
        return
    usable = _usable(items[i]) and not _is_indented(items[i])
    before = _before(items, i)
    annexed = before is not None and items[before].kind == "text" and bool(el.ANNEX_MARK.match(items[before].s))
    run = ""
    for k in range(i, min(i + _MOST_LINES, len(items))):
        item = items[k]
        if k > i and not _goes_on(items, i, k, run, contents_after):
            return
        run += item.s.strip().strip("*")
        known = names.has(run)
        near = usable and not known and names.nearly(run)
        if not (usable or known) or _doubled(items[i : k + 1]):
            continue
        title = Title(i, k + 1, run)
        title.signs += ["known"] if known else ["nearly known"] if near else []
        title.signs += _signs_of_text(items, i, k, run, wrap, named=known or near, annexed=annexed)
        title.signs += marks_of(items, i)
        title.signs += around(items, before, k + 1, contents_after, run, known=known or near, first=first)
        if (
            seen
            and skeleton(run) in seen
            and not {"numbering restarts", "head follows", "annex mark"} & set(title.signs)
        ):
            title.signs.append("again")
        yield title


def _goes_on(items: Sequence[Item], i: int, k: int, run: str, contents_after: Sequence[bool]) -> bool:
    """Whether item k may be a further line of the title that begins at item i and says `run` so far."""
    item = items[k]
    fits = _usable(item) or _ends_alone(run, item)
    far = (
        item.page_break
        or item.blanks > 1
        or contents_after[k - 1]
        or (item.blanks == 1 and (items[i].level > 0) != (item.level > 0))
    )
    whole = not unbalanced(run) and not run.endswith(_UNFINISHED)
    far = far or (item.blanks > 0 and item.level > items[i].level > 0 and whole)
    return fits and not far and not _is_indented(item)


def _ends_alone(run: str, item: Item) -> bool:
    """Whether a line of one character ends the title so far: …的通|知."""
    bare = item.s.strip().strip("*")
    return item.kind == "text" and not item.rule and len(bare) == 1 and el.type_of_title(run + bare) is not None


def _doubled(lines: Sequence[Item]) -> bool:
    """Whether the lines say one thing twice."""
    keys = [skeleton(x.s) for x in lines]
    half = len(keys) // 2
    return len(keys) > 1 and len(keys) % 2 == 0 and keys[:half] == keys[half:]


def _signs_of_text(
    items: Sequence[Item], i: int, k: int, run: str, wrap: int, *, named: bool, annexed: bool
) -> Iterator[str]:
    """What the words of items[i:k+1] tell."""
    noun = el.noun_of(run)
    if noun:
        yield f"{noun[1]} noun".removeprefix("strong ")
    elif not named and not annexed:
        yield "no noun"
    if re.search(r"[。；]", run):
        yield "prose"
    if _LETTER.match(run):
        yield "letter"
    if annexed and _heads_a_table(items, k + 1):
        yield "annex goes on"
    if named:
        return
    if _is_rest(run) or (noun is None and len(run) < _SHORTEST):
        yield "rest"
    if noun is None and not items[i].level and re.search("[，,]", run):
        yield "clauses"
    if unbalanced(run):
        yield "open"
    if run.endswith(_UNFINISHED) or (_ANNOUNCES.search(run) and (noun is None or noun[0] != "notice")):
        yield "unfinished"
    elif k + 1 < len(items) and _full_line_goes_on(items[k], items[k + 1], run, wrap):
        yield "goes on"
    elif noun is None and _CONCERNS.search(run):
        yield "concerns"
    if _FIGURE_BEFORE.match(run):
        yield "numbered"
    # a masthead may print the organ's name in Latin letters as well
    printed = [x for x in items[i : k + 1] if not _LATIN.fullmatch(x.s)]
    if all(el.is_organ(x.s) for x in printed) and not el.noun_of(items[k].s):
        yield "organ"


def _heads_a_table(items: Sequence[Item], k: int) -> bool:
    """Whether item k, right under a line of an annex's title, is the title's end, with its table below: “某某规划” /
    “项目汇总表”, of which the first line alone looks whole."""
    return (
        k + 1 < len(items)
        and items[k].blanks == 0
        and not items[k].page_break
        and _usable(items[k])
        and el.type_of_title(items[k].s) is not None
        and (
            items[k + 1].kind == "table"
            or any(p.match(items[k + 1].s) for p in (TABLE_CAPTION, el.UNIT, el.TABLE_NOTE))
        )
    )


def _is_rest(text: str) -> bool:
    """Whether a text begins as the rest of another one: it closes a bracket or title mark before it opens any."""
    m = re.search(r"[（(《）)》]", text)
    return m is not None and m[0] in "）)》"


def _full_line_goes_on(item: Item, after: Item, run: str, wrap: int) -> bool:
    """Whether a title's line fills the width that titles wrap at, and the next one ends it with a noun."""
    return bool(
        wrap
        and len(item.s) >= wrap
        and after.blanks == 0
        and _usable(after)
        and not after.page_break
        and len(after.s) <= wrap
        and not el.is_organ(after.s)
        and not _is_indented(after)
        and el.type_of_title(run + after.s)
        and not unbalanced(after.s)
    )


def _before(items: Sequence[Item], i: int) -> int | None:
    """The last item before item i that says something: no furniture but a web page's, no picture."""
    return next(
        (
            k
            for k in range(i - 1, -1, -1)
            if items[k].kind != "text" or (items[k].rule in ("", "web-chrome") and not items[k].s.startswith("!["))
        ),
        None,
    )
