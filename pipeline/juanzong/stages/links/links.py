"""Documents -> how they hang together: a notice and what it issues, a text and its annexes, contents entries and documents."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.language import elements as el
from juanzong.language.alike import nearly_same, same_title, skeleton
from juanzong.stages.structure.tails import give_imprints
from juanzong.stages.work import Work

# How alike a contents entry and a title must be where they are not the same: one character in eight may differ.
_ALIKE = 0.88
_PROMISES = re.compile(r"(?:印\s*发|转\s*发|批\s*转|下\s*发|颁\s*布|发\s*布|公\s*布)[^《》]{0,20}《")
_LEAST_SHARED = 8  # characters that an entry without its issuer has in common with the title


def link_documents(work: Work) -> None:
    """Documents -> how they hang together; imprints go to the notices that they close."""
    own = work.entries[work.own_list] if work.own_list is not None else []
    work.contents = link(work.documents, own, work.findings)
    give_imprints(work.documents, work.imprints, work.ledger)


def link(
    documents: Sequence[tree.Document], entries: Sequence[tree.ContentsEntry], findings: list[Finding]
) -> list[tree.ContentsItem]:
    """Set promulgates, promulgated_by, annex_of, annexes and the types that follow; the bundle's contents, matched."""
    _promulgations(documents)
    findings += _missing(documents)
    _annexes(documents)
    items = _contents(documents, entries, findings)
    for d in documents:
        if d.type == "other":
            findings.append(
                Finding("untyped-document", "warning", f"文种不明：{d.title.text[:40] or '（无标题）'}", [d])
            )
    return items


def issued_titles(notice: tree.Document) -> list[str]:
    """What a notice says that it issues: in its title, else in its first sentences (an order: 《…》…现予公布)."""
    names = el.promulgated_titles(notice.title.text)
    if not names:
        paragraphs = [b.text.text for b in notice.body[:4] if isinstance(b, tree.Paragraph)]
        names = [n for text in paragraphs if el.ISSUES.search(text) for n in el.promulgated_titles(text)]
        if not names and paragraphs:
            names = el.promulgated_titles(paragraphs[0])
    return names


def _promulgations(documents: Sequence[tree.Document]) -> None:
    for k, notice in enumerate(documents):
        if notice.type != "notice":
            continue
        names = issued_titles(notice)
        for later in documents[k + 1 :]:
            if later.type == "notice" and not any(same_title(later.title.text, n) for n in names):
                break
            if later.promulgated_by is None and any(_names(n, later.title.text) for n in names):
                notice.promulgates.append(later)
                later.promulgated_by = notice


def _missing(documents: Sequence[tree.Document]) -> list[Finding]:
    """What notices say in their titles that they issue, and what is not in the bundle."""
    out: list[Finding] = []
    for notice in documents:
        if notice.type != "notice" or not _PROMISES.search(notice.title.text):
            continue
        for name in el.promulgated_titles(notice.title.text):
            if not any(d is not notice and _is_promised(name, d) for d in documents):
                told = f"“{notice.title.text[:40]}”所印发的《{name}》不在本卷中"
                out.append(Finding("promulgated-missing", "warning", told, [notice], {"title": name}))
    return out


def _is_promised(name: str, document: tree.Document) -> bool:
    """Whether a document is the text that a notice names; its title may name the place or the issuer as well."""
    a, b = skeleton(name), skeleton(document.title.text)
    return _names(name, document.title.text) or (min(len(a), len(b)) >= _LEAST_SHARED and (a in b or b in a))


def _names(name: str, title: str) -> bool:
    return same_title(name, title) or nearly_same(name, title) or _alike(skeleton(name), skeleton(title))


def _annexes(documents: Sequence[tree.Document]) -> None:
    main: tree.Document | None = None
    for d in documents:
        marked = "annex_number" in d.metadata
        if d.promulgated_by is None and main is not None and (marked or _listed(main, d)):
            lister = (
                main
                if _listed(main, d) or main.promulgated_by is None or not _listed(main.promulgated_by, d)
                else main.promulgated_by
            )
            d.annex_of = lister
            lister.annexes.append(d)
            d.type = annex_type(d)
        elif d.type != "front_matter":
            main = d
            if d.type == "annex_table" and not _has_table(d):
                d.type = "annex" if marked else "other"
            elif d.type == "other" and marked:
                d.type = annex_type(d)


def annex_type(document: tree.Document) -> str:
    """An annex that is a table and no prose is an `annex_table`."""
    prose = any(isinstance(b, tree.Paragraph) and len(b.text) > 60 for b in tree.walk(document.body))
    return "annex_table" if _has_table(document) and not prose else "annex"


def _has_table(document: tree.Document) -> bool:
    return any(isinstance(b, tree.Table) for b in tree.walk(document.body))


def _listed(main: tree.Document, annex: tree.Document) -> bool:
    """Whether a text's list of attachments (or its contents list) names an annex."""
    names = [a.title.text for a in main.metadata.get("attachments", []) if isinstance(a, tree.Attachment)]  # type: ignore[union-attr]
    names += [e.title.text for e in main.contents if e.number.text.startswith("附")]
    return any(same_title(n, annex.title.text) or nearly_same(n, annex.title.text) for n in names)


def _alike(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= 8 and SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE)


def _contents(
    documents: Sequence[tree.Document], entries: Sequence[tree.ContentsEntry], findings: list[Finding]
) -> list[tree.ContentsItem]:
    out: list[tree.ContentsItem] = []
    free = [d for d in documents if d.type != "front_matter" and d.annex_of is None]
    annexes = [d for d in documents if d.annex_of is not None]
    for entry, below in zip(entries, [*entries[1:], None], strict=False):
        name = el.bare_title(entry.title.text)
        hit = _same(name, free) or _same(name, annexes)
        if hit is None and below is not None and below.level > entry.level:  # a group's heading names no document
            out.append(tree.ContentsItem(entry))
            continue
        if hit is None:
            hit = _nearest(name, [d for d in free if all(d is not i.document for i in out)])
            if hit is not None and not skeleton(hit.title.text).endswith(skeleton(name)):
                told = f"目录作“{entry.title.text}”，文件标题作“{hit.title.text}”"
                findings.append(Finding("contents-title-differs", "info", told, [entry, hit]))
        out.append(tree.ContentsItem(entry, hit))
        if hit is None:
            told = f"目录所列“{entry.title.text}”在本卷中没有找到"
            findings.append(Finding("contents-entry-missing", "warning", told, [entry]))
    if entries:
        named = [i.document for i in out if i.document is not None]
        for d in free:
            kin = (d, *d.promulgates, d.promulgated_by)
            if not any(x is k for x in named for k in kin if k is not None):
                findings.append(Finding("document-not-in-contents", "info", f"目录没有列出“{d.title.text}”", [d]))
    return out


def _same(name: str, documents: Sequence[tree.Document]) -> tree.Document | None:
    """The document that an entry names: its title, or the title of what a notice issues, in the same words."""
    key = skeleton(name)
    return next((d for d in documents if skeleton(el.bare_title(d.title.text)) == key), None) or next(
        (d for d in documents if any(skeleton(p.title.text) == key for p in d.promulgates)), None
    )


def _nearest(name: str, documents: Sequence[tree.Document]) -> tree.Document | None:
    """The document whose title an entry says a little otherwise: without its issuer, or with a slip."""
    key = skeleton(name)
    whole = [d for d in documents if len(key) >= _LEAST_SHARED and skeleton(d.title.text).endswith(key)]
    if whole:
        return whole[0] if len(whole) == 1 or key.startswith("关于") else None
    near = [
        (SequenceMatcher(None, skeleton(d.title.text), key, autojunk=False).ratio(), -k)
        for k, d in enumerate(documents)
        if min(len(skeleton(d.title.text)), len(key)) >= 2
    ]
    score, k = max(near, default=(0.0, 0))
    return documents[-k] if score >= _ALIKE else None
