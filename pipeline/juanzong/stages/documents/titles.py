"""Items -> where documents begin: every line that may be a title is a candidate with the signs that speak for it; of all
candidates those are taken that are worth most together."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from math import inf

from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.captions import number_line
from juanzong.language.misread_brackets import with_brackets
from juanzong.language.numbering import heading_of
from juanzong.language.section_names import names_section
from juanzong.language.stuck_figures import without_stuck_figure
from juanzong.stages.documents.annexes import listed_attachments
from juanzong.stages.documents.bylines import is_byline
from juanzong.stages.documents.forms_again import form_sign, forms_filled
from juanzong.stages.documents.gap_signs import gap_sign
from juanzong.stages.documents.letterheads import is_named_again, parts_organ
from juanzong.stages.documents.lone_titles import alone_between
from juanzong.stages.documents.page_titles import is_cut_title, placed_title, posted_titles, without_site
from juanzong.stages.documents.references import is_reference
from juanzong.stages.documents.stands_over import stands_over
from juanzong.stages.documents.title_groups import in_each_section, listed_papers, sibling_titles
from juanzong.stages.documents.title_lines import (
    goes_on,
    is_set_over_table,
    may_begin,
)
from juanzong.stages.documents.title_names import KnownTitles, issued_in, names_part
from juanzong.stages.documents.title_settings import told_alone, wrap_length
from juanzong.stages.documents.title_signs import around, last_before, marks_of
from juanzong.stages.documents.title_tails import other_part_sign
from juanzong.stages.documents.title_words import words_of
from juanzong.stages.documents.title_worth import DOUBTFUL, START, WORTH, Title
from juanzong.stages.documents.titles_set_above import told_above_all, told_sentence, told_title
from juanzong.stages.documents.usable_lines import where_usable
from juanzong.stages.pieces.items import Item

_NEAR_TOP = 4  # lines above a title that its place tells
_WORDED = frozenset(("noun", "weak noun", "known", "nearly known"))  # signs by which its words tell a title
_OF_PAGE = frozenset(("no noun", "head before", "head follows"))  # nothing but a page's lines round it
_MOST_LINES = 7  # a title's lines


def titles_of(items: Sequence[Item], known: set[str], contents_after: Sequence[bool]) -> list[Title]:
    """The titles that begin documents, in order.

    `contents_after[i]`: a contents list follows item i directly.
    """
    names = KnownTitles(known)
    wrap = wrap_length(items)
    gap = gap_sign(items)
    alone = told_alone(items)
    set_so: dict[tuple[int, bool, bool], int] = {}  # how titles are set: where the first set so ends
    candidates: list[Title] = []
    seen: set[str] = set()
    forms = forms_filled(items)
    begun = False
    good: list[Title] = []  # that may begin documents, at the last place where some do
    level = 0  # of the last title that has one
    listed = {at for k in range(len(items)) for at, _ in listed_attachments(items, k)}
    listed |= {i for i in listed_papers(items) if not names.has(items[i].s)}
    told = [x for x in (told_sentence(items), placed_title(items)) if x is not None]
    posted = posted_titles(items)
    again, siblings = in_each_section(items), sibling_titles(items)
    for i in range(len(items)):
        set_as_titles = set_so.get(items[i].setting, i + 1) <= i  # no title tells how its own lines are set
        so = items[i].level > 0 and set_as_titles
        sibling = siblings.get(i) in seen
        most = WORTH["set as titles"] * set_as_titles + WORTH["sibling"] * sibling
        found = (
            ()
            if i in listed or is_byline(items, i) or is_reference(items, i)
            else _titles_at(items, i, names, contents_after, wrap, seen, forms, most, first=not begun, gap=gap, so=so)
        )
        here = [*found, *posted.get(i, ())]
        here += [x for x in told if x.start == i and (not begun or i <= _NEAR_TOP)]
        for title in here:
            title.signs += _signs_of_setting(title, items[i].level, level, good, set_so=set_as_titles)
            title.signs += ["in each section"] if i in again and not names.has(title.text) else []
            title.signs += ["sibling"] if sibling and title.end == i + 1 else []
        worthy = [t for t in here if t.worth >= START]
        good = worthy or good
        level = items[i].level or level if worthy else level
        for title in worthy:
            names.add_all((*el.promulgated_titles(title.text), *issued_in(items, title)))
            seen.add(skeleton(title.text))
        begun = begun or bool(worthy)
        if worthy and items[i].setting in alone:
            set_so.setdefault(items[i].setting, max(worthy, key=lambda t: t.worth).end)
        candidates += here
    return _chosen(candidates, items)


def _chosen(candidates: Sequence[Title], items: Sequence[Item]) -> list[Title]:
    """The titles among the candidates; where none is told by its words, the line that is set above all others."""
    best = _best_together(candidates, len(items))
    lone = [t for t in best if not _OF_PAGE.issuperset(t.signs)]
    if len(lone) <= 1 and not any(_WORDED.intersection(t.signs) for t in lone):
        best = told_above_all(items) or best
    return best or told_title(items)


def _signs_of_setting(title: Title, own: int, level: int, good: Sequence[Title], *, set_so: bool) -> list[str]:
    """What a title's level tells: it is deeper than `level`, that of the title before it, or set as other titles are."""
    lower = ["lower level"] if 0 < level < own and not _is_under_collection(title, good) else []
    so = set_so and "weak noun" not in title.signs and not names_section(title.text)
    return lower + (["set as titles"] if so else [])


def _is_under_collection(title: Title, above: Sequence[Title]) -> bool:
    """Whether a title stands right below one that names a collection of papers by a weak noun (佐证材料): the papers in it
    are set deeper."""
    return any(t.end == title.start and "weak noun" in t.signs and el.type_of_title(t.text) == "other" for t in above)


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
            if t.worth >= START and (
                worth > best[i][0] or (worth == best[i][0] and (best[i][1] is None or "tail line" in t.signs))
            ):
                best[i] = (worth, t)
    chosen: list[Title] = []
    i = 0
    while i < n:
        taken = best[i][1]
        if taken is not None:
            near = _over(at, taken)
            taken.margin = taken.worth - max([START, *(t.worth for t in near)])
            chosen.append(taken)
        i = taken.end if taken is not None else i + 1
    return chosen


def _over(at: dict[int, list[Title]], title: Title) -> list[Title]:
    """The other candidates (`at` their first items) that share lines with a title; with or without the line in brackets
    below it, or the organ above it, it is one."""
    before = range(title.start - _MOST_LINES + 1, title.end)
    near = [t for start in before for t in at.get(start, ()) if t is not title and title.start < t.end]
    near = [t for t in near if t.end != title.end or not el.is_organ(title.text.removesuffix(t.text))]
    return [t for t in near if t.start != title.start or "tail line" not in (*t.signs, *title.signs)]


def _titles_at(
    items: Sequence[Item],
    i: int,
    names: KnownTitles,
    contents_after: Sequence[bool],
    wrap: int,
    seen: set[str],
    forms: Mapping[str, Sequence[str]],
    most: float,
    *,
    first: bool,
    gap: str,
    so: bool,
) -> Iterator[Title]:
    """The candidates that begin at item i, one for each number of lines. `most`: what may still be added to
    their worth; `so`: Markdown or a tool sets it as titles. Those are left out that can come to nothing."""
    if heading_of(items[i].s) or not may_begin(items[i]):
        return
    before = last_before(items, i)
    annexed = _marks_annex(items, before)
    if annexed and names_part(items, i, names):
        return
    usable, block = where_usable(items, i, annexed=annexed)
    marks: list[str] | None = None
    for k, run in _runs(items, i, block, names, contents_after):
        known = names.has(run) or _is_named(names, run, items[i : k + 1])
        near = usable and not known and names.nearly(run, seen)
        if not (usable or known or k + 1 == block) or _is_none(items, i, k, run, known=known, annexed=annexed):
            continue
        title = Title(i, k + 1, run)
        title.signs += ["known"] if known else ["nearly known"] if near else []
        marks = list(marks_of(items, i, gap=gap)) if marks is None else marks
        own = [*title.signs, *marks, *alone_between(items, before, i, k + 1, run, known=known)]
        title.signs = [*own, *words_of(items, i, k, run, wrap, named=known or near, annexed=annexed)]
        title.signs += form_sign(items, k + 1, run, forms, seen)
        title.signs += other_part_sign(run, items[k].s, seen)
        bare = run if known else without_stuck_figure(run)
        lacking = START - DOUBTFUL - title.worth - most if bare == run else -inf
        beside = around(
            items, before, k + 1, contents_after, bare, known=known or near, first=first, so=so, lacking=lacking
        )
        if beside is None:
            continue
        if bare != run and not {"numbering restarts", "head follows"}.isdisjoint(beside):
            title.signs = [*own, *words_of(items, i, k, bare, wrap, named=near, annexed=annexed)]
        title.signs += beside
        title.signs += ["among organs"] if k > i and not known and _among_organs(items, i, before) else []
        yield _settled(title, seen)


def _runs(
    items: Sequence[Item], i: int, block: int, names: KnownTitles, contents_after: Sequence[bool]
) -> Iterator[tuple[int, str]]:
    """(the last of a title's lines, what they say) for each number of lines from item i on that may be one title's.
    `block`: where the lines end that are set as one."""
    run = ""
    for k in range(i, min(i + _MOST_LINES, len(items))):
        begun = k == i or k < block or goes_on(items, i, k, run, contents_after)
        if not begun and not _names_whole(names, run, items[k]):
            return
        run = with_brackets(run + items[k].s.strip().strip("*"))
        yield k, run


def _marks_annex(items: Sequence[Item], at: int | None) -> bool:
    return at is not None and items[at].kind == "text" and bool(el.ANNEX_MARK.match(items[at].s))


def _is_named(names: KnownTitles, run: str, items: Sequence[Item]) -> bool:
    """Whether a name is what lines say behind an organ, the first among these or with its line end in the midst of the
    organ's name, or before the last in brackets. Of several organs those are a title's that are set as one with the next
    line: what signs the text above stands apart."""
    first, last = items[0].s, items[-1].s
    if len(items) == 1:
        return names.has_from(run)
    if names.has_from(run):
        rest = run[len(first.strip().strip("*")) :]
        alike = items[0].setting == items[1].setting and (items[0].level > 0 or items[1].blanks == 0)
        beside = (alike and el.is_organ(first)) or parts_organ(first, rest)
        return beside or not names.has_from(rest)
    return names.has_but_for(last, run)


def _is_none(items: Sequence[Item], i: int, k: int, run: str, *, known: bool, annexed: bool) -> bool:
    """Whether items[i..k], which say `run`, are no title though they could be by themselves: one printed twice, one and
    the cut print of another, or what a table is called: set over its columns, or over its number (表2-1) where no annex's
    mark stands above."""
    if _says_twice(items[i : k + 1]) or is_cut_title(items[i].s, run[len(items[i].s) :]):
        return True
    numbered = not annexed and k + 1 < len(items) and items[k + 1].is_text and number_line(items[k + 1].s)
    return not known and (bool(numbered) or is_set_over_table(items, i, k))


def _settled(title: Title, seen: Container[str]) -> Title:
    """The title, its signs seen together."""
    if {"gap parts", "table follows"} <= set(title.signs):
        title.signs[title.signs.index("gap parts")] = "gap"  # a caption stands so as well
    if {"form again", "in series"} <= set(title.signs):
        title.signs.remove("form again")  # 实施方案 / 责任单位：…, under the heading of each project
    begins = {"numbering restarts", "head follows", "annex mark", "form again", "other part"} & set(title.signs)
    one_more = "signed off" in title.signs and el.is_paper(title.text)  # one certificate after the other
    if seen and skeleton(title.text) in seen and not begins and not one_more:
        title.signs.append("again")
    return title


def _among_organs(items: Sequence[Item], i: int, before: int | None) -> bool:
    """Whether the first line of a title is one of a list of organs: it stands under another one, and no 关于 follows."""
    listed = before is not None and el.is_organ(items[i].s) and el.is_organ(items[before].s)
    listed = listed and not is_named_again(items, i, i + 1)
    return listed and not items[i + 1].s.lstrip("*# ").startswith("关于")


def _names_whole(names: KnownTitles, run: str, item: Item) -> bool:
    """Whether the lines so far and this one are together a title that the bundle names, or begin one."""
    whole = run + item.s.strip().strip("*")
    return item.is_text and (names.has(whole) or names.begins(whole))


def _says_twice(lines: Sequence[Item]) -> bool:
    """Whether the lines say one thing twice or more often: all of it, or who issues the text, above a title that begins with it or with
    whose it is itself (某市水务局 / 某县河道管理办法), or its kind, above a title that ends in it (会议记录 / 某会议记录)."""
    keys = [skeleton(x.s) for x in lines]
    if not (half := len(keys) // 2) or stands_over(lines[0].s, "".join(x.s.strip() for x in lines[1:])):
        return half > 0
    if not el.is_organ(lines[1].s) and el.is_organ(lines[0].s) and keys[1].startswith(keys[0]):
        return True
    # with its number, or its site's name; the second print may take other lines
    bare = without_site(lines[0].s[: el.number_start(lines[0].s)])
    return keys == keys[:half] * 2 or len(set(keys)) == 1 or skeleton(bare) == "".join(keys[1:])
