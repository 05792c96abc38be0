"""Which texts a notice issues: set in `promulgates` and `promulgated_by`; what it promises and the bundle lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.language import elements as el
from juanzong.language.alike import same_title, skeleton
from juanzong.language.title_words import TitleWords, runs_of
from juanzong.stages.links.titles_alike import ALIKE, LEAST_SHARED, are_alike

_PROMISES = re.compile(r"(?:印\s*发|转\s*发|批\s*转|下\s*发|颁\s*布|发\s*布|公\s*布)[^《》]{0,20}《")
_PLACE = re.compile(r"(?:\p{Han}{1,8}[省市县区州盟旗乡镇])+")
_LEAST_NAME = 4  # characters of a title without its place
_REMARK = re.compile(r"[（(][^（）()]{1,20}[）)]$")


def issued_titles(notice: tree.Document) -> list[list[str]]:
    """What a notice says that it issues: in its title, and in its first sentences (现将《…》印发; an order: 《…》…现予公布),
    which have the name whole where the title tells it in other words (转发市教委关于…请示的通知)."""
    titled = el.promulgated_titles(notice.title.text)
    paragraphs = [b.text.text for b in notice.body[:4] if isinstance(b, tree.Paragraph)]
    said = [n for text in paragraphs if el.ISSUES.search(text) for n in el.promulgated_titles(text)]
    if not titled and not said and paragraphs:
        said = el.promulgated_titles(paragraphs[0])
    return [names for names in (titled, said) if names]


def link_promulgations(documents: Sequence[tree.Document]) -> None:
    """A text goes with the notice before it that names it as what it issues."""
    for k, notice in enumerate(documents):
        if notice.type != "notice":
            continue
        for names in issued_titles(notice):
            _link(notice, documents[k + 1 :], names)
            if notice.promulgates:
                break


def _link(notice: tree.Document, behind: Sequence[tree.Document], names: Sequence[str]) -> None:
    """The texts up to the next notice that have the names; one named nearly so only where none has the name itself."""
    free: list[tree.Document] = []
    for later in behind:
        if later.type == "notice" and not any(same_title(later.title.text, n) for n in names):
            break
        free += [later] if later.promulgated_by is None else []
    for later in free:
        if any(_names(n, later.title.text) and not _another_has(n, later, free) for n in names):
            notice.promulgates.append(later)
            later.promulgated_by = notice
            _type_as_named(later, names)
    first = free[0] if free and free[0] is behind[0] and len(names) == 1 and not notice.promulgates else None
    if first is not None and "annex_number" not in first.metadata and _but_for_place(names[0], first.title.text):
        notice.promulgates.append(first)
        first.promulgated_by = notice


def _but_for_place(name: str, title: str) -> bool:
    """Whether the one begins with a place or an organ, and the other is the rest of it.

    >>> _but_for_place("某江县护林规划", "护林规划"), _but_for_place("护林规划", "某江县护林规划"), _but_for_place("某江县护林规划", "规划")
    (True, True, False)
    """
    short, long = sorted((skeleton(name), skeleton(title)), key=len)
    whose = long[: len(long) - len(short)]
    named = len(short) >= _LEAST_NAME and long.endswith(short) and el.noun_of(short) is not None
    return named and bool(_PLACE.fullmatch(whose) or el.is_organ(whose))


def _type_as_named(document: tree.Document, names: Sequence[str]) -> None:
    """Where the noun of a text's title was misread (某市绿化规刬), the notice that issues the one text tells its type."""
    if document.type == "other" and len(names) == 1 and el.noun_of(document.title.text) is None:
        document.type = el.type_of_title(names[0]) or document.type


def _another_has(name: str, document: tree.Document, others: Sequence[tree.Document]) -> bool:
    """Whether another text has the very name that a document has nearly."""
    if same_title(name, document.title.text):
        return False
    return any(same_title(name, d.title.text) for d in others)


def missing_texts(documents: Sequence[tree.Document]) -> list[Finding]:
    """What notices say in their titles that they issue, and what is not in the bundle."""
    out: list[Finding] = []
    titles = [d.title.text for d in documents]
    words = TitleWords([skeleton(title) for title in titles])
    bare = TitleWords([skeleton(_without_years(title)) for title in titles])
    for k, notice in enumerate(documents):
        if notice.type != "notice" or not _PROMISES.search(notice.title.text):
            continue
        names = el.promulgated_titles(notice.title.text)
        for name in names if len(names) > 1 or not notice.promulgates else ():
            if not any(j != k and _is_promised(name, titles[j]) for j in _perhaps_promised(name, words, bare)):
                told = f"“{notice.title.text[:40]}”所印发的《{name}》不在本卷中"
                out.append(Finding("promulgated-missing", "warning", told, [notice], {"title": name}))
    return out


def _perhaps_promised(name: str, words: TitleWords, bare: TitleWords) -> Iterator[int]:
    """Where titles stand that may be what a notice names, those that most likely are first."""
    key = skeleton(name)
    yield from words.same(key)
    yield from bare.same(skeleton(_without_years(name)))
    yield from {k for run in runs_of(key, LEAST_SHARED) for k in words.with_run(run)}
    yield from words.perhaps_alike(key, ALIKE)


def _is_promised(name: str, title: str) -> bool:
    """Whether a title is that of the text which a notice names; it may name the place or the issuer as well."""
    a, b = skeleton(name), skeleton(title)
    return _names(name, title) or (min(len(a), len(b)) >= LEAST_SHARED and (a in b or b in a))


def _names(name: str, title: str) -> bool:
    return are_alike(skeleton(name), skeleton(title)) or _but_for_years(name, title)


def _but_for_years(name: str, title: str) -> bool:
    """Whether one of the two has behind the words of the other the years or the kind of its print in brackets.

    >>> _but_for_years("某市规划", "某市规划（2021—2025年）"), _but_for_years("某市规划（2016—2020年）", "某市规划（2021—2025年）")
    (True, False)
    """
    a, b = _REMARK.search(name.strip()), _REMARK.search(title.strip())
    return bool(a) != bool(b) and same_title(_without_years(name), _without_years(title))


def _without_years(title: str) -> str:
    return _REMARK.sub("", title.strip())
