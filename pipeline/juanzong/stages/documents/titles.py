"""Items -> where documents begin: groups of items that are titles, each with the signs that speak for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

import regex as re

from juanzong.language import elements as el
from juanzong.language.numbering import BOX, FIGURE_CAPTION, TABLE_CAPTION, UNNUMBERED, heading_of
from juanzong.language.text import ends_sentence, fold, unbalanced
from juanzong.stages.pieces.items import Item

_MOST_LINES = 5  # a title's lines
# What a sign is worth; a title needs START in all. Set on the made-up bundles and the annotated parts of the real one.
START = 4.0
WORTH = {
    "known": 5.0,
    "nearly known": 4.0,
    "noun": 2.0,
    "weak noun": -1.0,
    "page": 1.5,
    "marked": 1.0,
    "closed": 1.5,
    "head follows": 3.0,
    "numbering restarts": 2.0,
    "fresh page": 2.0,  # a page begins with it, and the numbering with what follows
    "bare kind": 1.0,  # nothing but what the document is: 证明, 聘书
    "annex mark": 5.0,
    "head before": 3.0,
    "first": 2.0,
    "cut before": -4.0,
    "table follows": -1.0,
    "prose": -5.0,
    "in series": -3.0,
}


# “关于印发《…》”: the word that ends such a title (的通知) is still to come.
_ANNOUNCES = re.compile(r"(?:关于.{0,12}?(?:印发|转发|发布|颁布|公布|批转|下发)|印发)(?:《.*》|[^《》]*)$")


_UNFINISHED = ("的", "、", "和", "与", "及", "—", "-", "关于")


@dataclass
class Title:
    """items[start:end] print a title."""

    start: int
    end: int
    text: str
    signs: list[str] = field(default_factory=list)

    @property
    def worth(self) -> float:
        return sum(WORTH[s] for s in self.signs)


def known_titles(items: Sequence[Item], entries: Sequence[str], annexes: Sequence[str]) -> set[str]:
    """Folded titles that the bundle names: its contents list, its documents' annex lists, what its notices issue."""
    known = {el.bare_title(e) for e in entries} | {fold(a) for a in annexes}
    for item in items:
        if item.kind != "text":
            continue
        m = el.ATTACHMENT_LIST.match(item.s)
        if m and len(item.s) < 120:
            known.add(fold(re.sub(r"^\d{1,2}\s*[.．、]\s*", "", m["first"])))
    return {k for k in known if len(k) >= 4}


def titles_of(items: Sequence[Item], known: set[str], contents_after: Sequence[bool]) -> list[Title]:
    """All title groups that begin a document (START or more), in order; a group is not looked into again.

    `contents_after[i]`: a contents list follows item i directly.
    """
    out: list[Title] = []
    promised = set(known)
    wrap = _wrap_length(items)
    i = 0
    while i < len(items):
        title = _title_at(items, i, promised, contents_after, wrap, first=not out)
        if title and title.worth >= START:
            out.append(title)
            promised.update(el.promulgated_titles(title.text))
            i = title.end
        else:
            i += 1
    return out or _told_title(items)


def _told_title(items: Sequence[Item]) -> list[Title]:
    """Where nothing looks like a title, a heading that Markdown or a tool marks at the head of the text is one."""
    first = next((k for k, x in enumerate(items) if not x.rule), None)
    if first is None or not items[first].level or not _usable(items[first]) or heading_of(items[first].s):
        return []
    return [Title(first, first + 1, items[first].s.strip().strip("*"))]


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
        and not BOX.match(item.s)
        and not TABLE_CAPTION.match(item.s)
        and not FIGURE_CAPTION.match(item.s)
        and not UNNUMBERED.match(item.s.strip("*"))
    )


def _is_indented(item: Item) -> bool:
    """Whether a printed line begins like a paragraph."""
    return item.indent >= 2 and item.width > 0 and not item.centered


def _title_at(
    items: Sequence[Item], i: int, known: set[str], contents_after: Sequence[bool], wrap: int, first: bool
) -> Title | None:
    found = _known_at(items, i, known)
    if found is None and (not _usable(items[i]) or _is_indented(items[i])):
        return None
    before = _before(items, i)
    marked = before is not None and items[before].kind == "text" and bool(el.ANNEX_MARK.match(items[before].s))
    end = found or _complete(items, i, contents_after, wrap) or (i + 1 if marked else None)
    if marked and end is not None and _heads_a_table(items, end):
        end += 1  # “某某规划” / “项目汇总表”: its first line alone looked whole
    if end is None:
        return None
    text = "".join(x.s.strip().strip("*") for x in items[i:end])
    title = Title(i, end, text)
    signs = title.signs
    if found:
        signs.append("known")
    elif any(_nearly(fold(text), k) for k in known):
        signs.append("nearly known")
    kind, strength = el.noun_of(text) or (None, "")
    if kind:
        signs.append(f"{strength} noun".removeprefix("strong "))
    elif not found and not marked:
        return None
    if items[i].page_break or items[i].blanks >= 2:
        signs.append("page")
    if items[i].level or items[i].bold or items[i].centered:
        signs.append("marked")
    if before is None or first:
        signs.append("first")
    if before is not None:
        _look_back(items, before, signs)
    _look_on(items, end, contents_after, signs, kind)
    if "page" in signs and "numbering restarts" in signs:
        signs.append("fresh page")
    if "page" in signs and kind and el.is_bare_kind(text):
        signs.append("bare kind")
    if re.search(r"[。；]", text):
        signs.append("prose")
    return title


def _known_at(items: Sequence[Item], i: int, known: set[str]) -> int | None:
    """The end of the longest run of items whose texts together are a known title."""
    run, best = "", None
    for k in range(i, min(i + _MOST_LINES, len(items))):
        if (
            items[k].kind != "text"
            or items[k].rule
            or len(items[k].s) > 90
            or (k > i and (heading_of(items[k].s) or items[k].page_break))
        ):
            break
        run += items[k].key.strip("《》") if k == i else items[k].key
        if run in known or run.rstrip("》") in known:
            best = k + 1
    if best is not None and (heading_of(items[i].s) or el.ATTACHMENT_LIST.match(items[i].s)):
        return None
    return best


def _heads_a_table(items: Sequence[Item], k: int) -> bool:
    """Whether item k, right under a line of the title, is the title's end, with its table below."""
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


def _nearly(a: str, b: str) -> bool:
    """Alike but for a character or two in long titles (a contents list that says it a little otherwise)."""
    return (
        min(len(a), len(b)) >= 10
        and abs(len(a) - len(b)) <= 2
        and SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.94
    )


def _ends_alone(run: str, item: Item) -> bool:
    """Whether a line of one character ends the title so far: …的通|知."""
    bare = item.s.strip().strip("*")
    return item.kind == "text" and not item.rule and len(bare) == 1 and el.type_of_title(run + bare) is not None


def _complete(items: Sequence[Item], i: int, contents_after: Sequence[bool], wrap: int) -> int | None:
    """The end of the title that begins at item i: whole brackets, and a noun that titles end in."""
    run = ""
    for k in range(i, min(i + _MOST_LINES, len(items))):
        item = items[k]
        fits = _usable(item) or _ends_alone(run, item)
        if k > i and (not fits or item.page_break or item.blanks > 1 or contents_after[k - 1]):
            return None
        run += item.s.strip().strip("*")
        whole = (
            not unbalanced(run)
            and not run.endswith(_UNFINISHED)
            and (not _ANNOUNCES.search(run) or el.type_of_title(run) == "notice")
        )
        if whole and el.type_of_title(run):
            rest = items[k + 1] if k + 1 < len(items) else None
            if (
                rest is not None
                and wrap
                and len(item.s) >= wrap
                and rest.blanks == 0
                and _usable(rest)
                and not rest.page_break
                and len(rest.s) <= wrap
                and not el.is_organ(rest.s)
                and not _is_indented(rest)
                and el.type_of_title(run + rest.s)
                and not unbalanced(rest.s)
            ):
                continue
            return k + 1
    return None


def _before(items: Sequence[Item], i: int) -> int | None:
    return next(
        (k for k in range(i - 1, -1, -1) if items[k].kind != "text" or items[k].rule in ("", "web-chrome")), None
    )


def _look_back(items: Sequence[Item], k: int, signs: list[str]) -> None:
    before = items[k]
    if before.rule == "web-chrome" or (
        before.kind == "text" and (el.is_label(before.s) or el.LETTERHEAD.match(before.s) or el.is_doc_number(before.s))
    ):
        signs.append("head before")
    elif before.kind == "text" and el.ANNEX_MARK.match(before.s):
        signs.append("annex mark")
    elif (
        before.kind == "table"
        or el.closes(before.s)
        or before.s.startswith("[")
        or el.ATTACHMENT_LIST.match(before.s)
        or el.TABLE_NOTE.match(before.s)
    ):
        signs.append("closed")
    elif (
        before.kind == "text"
        and not ends_sentence(before.s)
        and len(before.s) > 12
        and not heading_of(before.s)
        and not el.may_be_title(before.s)
    ):
        signs.append("cut before")
    elif (
        "known" not in signs
        and before.kind == "text"
        and not ends_sentence(before.s)
        and (heading_of(before.s) or BOX.match(before.s))
    ):
        signs.append("in series")


def _look_on(
    items: Sequence[Item], end: int, contents_after: Sequence[bool], signs: list[str], kind: str | None
) -> None:
    if contents_after[end - 1]:
        signs.append("head follows")
        return
    k = next((k for k in range(end, len(items)) if not items[k].rule), None)
    if k is None:
        return
    after = items[k]
    if after.kind == "table":
        if "first" not in signs:
            signs.append("table follows")
        return
    if (
        el.is_doc_number(after.s)
        or el.is_approval(after.s)
        or el.is_addressee(after.s)
        or el.is_date(after.s)
        or el.is_label(after.s)
        or (el.is_organ(after.s) and len(after.s) < 40)
        or contents_after[k]
        or (kind in ("notice", "certificate") and el.OPENS_LETTER.search(after.s[:60]))
    ):
        signs.append("head follows")
        return
    for item in items[k : k + 3]:
        head = heading_of(item.s) if item.kind == "text" else None
        if (head and head.ordinal == 1 and head.form in ("编", "章", "条", "一、")) or (
            item.kind == "text" and UNNUMBERED.match(item.s.strip("*"))
        ):
            signs.append("numbering restarts")
            return
