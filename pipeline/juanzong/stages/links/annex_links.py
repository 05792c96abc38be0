"""Which document an annex belongs to, and the types that follow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import regex as re

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.language.alike import nearly_same, same_but_for_count, skeleton
from juanzong.language.annex_marks import ordinal_in
from juanzong.stages.annexed import is_annex

_ANNEXED = re.compile(r"附\s*(?:[件录表图]|[:：后]|\d|[（(])|[见所随]附")  # and no 附近, 附加, 附则
_TELLING = 8  # characters of a title that tell it from others


def link_annexes(documents: Sequence[tree.Document]) -> None:
    """An annex goes with the text before it, or with the notice that issues that text, where that one lists it. A notice
    that is annexed whole, with its number or signature, keeps its type, and annexes of its own."""
    entries = [e.title.text for d in documents if d.type == "front_matter" for e in d.contents]
    main: tree.Document | None = None
    letter: tree.Document | None = None  # a notice that is an annex of `main`
    earlier: tree.Document | None = None  # the text before `main`, where it has annexes
    for d in documents:
        marked = is_annex(d)
        if d.promulgated_by is None and letter is not None and (_listed(letter, d) or _alone_below(letter, d)):
            _annex(letter, d)
        elif marked and main is not None and (lister := _lists_elsewhere(documents, main, d)) is not None:
            _annex(lister, d)
        elif (
            d.promulgated_by is None
            and main is not None
            and (_goes_with(main, d, entries) if marked else _listed(main, d))
        ):
            whole = d.type == "notice" and not {"doc_number", "addressees", "signatories"}.isdisjoint(d.metadata)
            _annex(_lister(main, d), d)
            d.type, letter = ("notice", d) if whole else (d.type, letter)
        elif marked and main is not None and earlier is not None and _counts_on(earlier, main, d):
            _annex(earlier, d)
            main, letter = earlier, None
        elif d.type != "front_matter":
            earlier = main if main is not None and main.annexes else None
            main, letter = d, None
            if d.type == "other" and marked:
                d.type = annex_type(d)


def _goes_with(main: tree.Document, annex: tree.Document, entries: Sequence[str]) -> bool:
    """Whether a marked annex goes with the text before it: not where its number is beyond those that this and its notice
    list, and does not go on with the annex before, or the bundle's contents list (`entries`) names it; nor where they say
    nothing of annexes and it is no first one; nor where the text is an annex itself, whose notice is not here, and their
    numbers count on, or it says nothing of annexes."""
    a, b = _number(main), _number(annex)
    texts = [d for d in (main, main.promulgated_by) if d is not None]
    listed = [x for d in texts for x in _attachments(d)]
    last = max([len(listed), *(ordinal_in(x.number.text) or 0 for x in listed)])
    if b is not None and listed and b > last and not any(_listed(d, annex) for d in texts):
        own = any(_are_one(name, annex.title.text) for name in entries)
        if own or not any(_number(x) == b - 1 for d in texts for x in d.annexes):
            return False
    told = any(d.annexes or _tells(d) for d in texts)
    alone = is_annex(main) and len(texts) == 1
    if b is not None and b > 1 and not alone and not told:
        return False
    return not alone or _goes_with_annex(a, b, told=told)


def _goes_with_annex(a: int | None, b: int | None, *, told: bool) -> bool:
    """Whether an annex of number `b` goes with one of number `a` whose notice is not here. `told`: that one says something
    of annexes; else one without a number is of the same notice."""
    if b is None:
        return told
    return a is None or b == a or (b < a and told)


def _counts_on(earlier: tree.Document, between: tree.Document, annex: tree.Document) -> bool:
    """Whether an annex goes on with those of an earlier text, though a paper that says nothing of annexes got `between`: a
    certificate bound into the first annex."""
    n = _number(annex)
    last = _number(earlier.annexes[-1])
    follows = n is not None and last is not None and n == last + 1 and annex.promulgated_by is None
    return follows and not between.annexes and not is_annex(between) and not _tells(between)


def _number(document: tree.Document) -> int | None:
    mark = document.metadata.get("annex_number")
    return ordinal_in(mark.text) if isinstance(mark, Traced) else None


def _tells(document: tree.Document) -> bool:
    """Whether a text says anything of annexes."""
    said = (b.text.text for b in tree.walk(document.body) if isinstance(b, tree.Paragraph))
    heads = (b.number.text + b.title.text for b in tree.walk(document.body) if isinstance(b, tree.Section))
    cells = (
        c.text.text for b in tree.walk(document.body) if isinstance(b, tree.Table) for r in b.rows for c in r.cells
    )
    return bool(_attachments(document)) or any(
        "附" in text and _ANNEXED.search(text) for text in chain(said, heads, cells)
    )


def _lists_elsewhere(
    documents: Sequence[tree.Document], main: tree.Document, annex: tree.Document
) -> tree.Document | None:
    """The one text that lists an annex by its number and its title, with the organ's name before it, where the one before
    the annex lists nothing."""
    named = skeleton(annex.title.text)
    if (
        len(named) < _TELLING
        or annex.promulgated_by is not None
        or _attachments(main)
        or main.promulgated_by is not None
    ):
        return None
    above = [d for d in documents[: documents.index(annex)] if d is not main and _numbered(d, annex)]
    found = [d for d in above if any(skeleton(a.title.text).endswith(named) for a in _attachments(d))]
    return found[0] if len(found) == 1 else None


def _attachments(document: tree.Document) -> list[tree.Attachment]:
    listed = document.metadata.get("attachments")
    return [a for a in listed if isinstance(a, tree.Attachment)] if isinstance(listed, list) else []


def _annex(main: tree.Document, annex: tree.Document) -> None:
    annex.annex_of = main
    main.annexes.append(annex)
    annex.type = annex_type(annex)


def _alone_below(letter: tree.Document, annex: tree.Document) -> bool:
    """Whether 附件 without a number stands above a text right behind an annexed notice that has its own."""
    mark = annex.metadata.get("annex_number")
    bare = isinstance(mark, Traced) and is_annex(annex) and ordinal_in(mark.text) is None
    return bare and "attachments" in letter.metadata and not letter.annexes


def _lister(main: tree.Document, annex: tree.Document) -> tree.Document:
    """Of a text and the notice that issues it the one whose annex this is: which names it, or whose list has its number
    where the text itself is an annex of the notice."""
    notice = main.promulgated_by
    if notice is None or _listed(main, annex):
        return main
    counted = _listed(notice, main) or is_annex(main)
    return notice if _listed(notice, annex) or (counted and _numbered(notice, annex)) else main


def _numbered(main: tree.Document, annex: tree.Document) -> bool:
    """Whether a text's list of attachments has an entry of the annex's number."""
    n = _number(annex)
    return n is not None and any(ordinal_in(a.number.text) == n for a in _attachments(main))


def annex_type(document: tree.Document) -> str:
    """An annex that is a table and no prose is an `annex_table`."""
    prose = any(isinstance(b, tree.Paragraph) and len(b.text) > 60 for b in tree.walk(document.body))
    return "annex_table" if _has_table(document) and not prose else "annex"


def _has_table(document: tree.Document) -> bool:
    return any(isinstance(b, tree.Table) for b in tree.walk(document.body))


def _listed(main: tree.Document, annex: tree.Document) -> bool:
    """Whether a text's list of attachments (or its contents list) names an annex."""
    names = [a.title.text for a in _attachments(main)]
    names += [e.title.text for e in main.contents if e.number.text.startswith("附")]
    return any(_are_one(name, annex.title.text) for name in names)


def _are_one(name: str, title: str) -> bool:
    return nearly_same(name, title) or same_but_for_count(name, title)
