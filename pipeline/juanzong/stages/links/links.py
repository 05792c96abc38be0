"""Documents -> how they hang together: a notice and what it issues, a text and its annexes, contents entries and documents."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.language import elements as el
from juanzong.language.text import fold, number_of
from juanzong.stages.structure.tails import give_imprints
from juanzong.stages.work import Work

# How alike a contents entry and a title must be where they are not the same: one character in eight may differ.
_ALIKE = 0.88


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
    _annexes(documents)
    items = _contents(documents, entries, findings)
    for d in documents:
        if d.type == "other":
            findings.append(
                Finding("untyped-document", "warning", f"文种不明：{d.title.text[:40] or '（无标题）'}", [d])
            )
    return items


def _promulgations(documents: Sequence[tree.Document]) -> None:
    for k, notice in enumerate(documents):
        if notice.type != "notice":
            continue
        names = el.promulgated_titles(notice.title.text)
        if not names:  # a 令 names what it issues in its text: 《…》…现予公布
            first = next((b for b in notice.body if isinstance(b, tree.Paragraph)), None)
            names = el.promulgated_titles(first.text.text) if first is not None else []
        for later in documents[k + 1 :]:
            if later.type == "notice":
                break
            if later.promulgated_by is None and (
                fold(later.title.text) in names or any(_alike(fold(later.title.text), n) for n in names)
            ):
                notice.promulgates.append(later)
                later.promulgated_by = notice


def _annexes(documents: Sequence[tree.Document]) -> None:
    main: tree.Document | None = None
    for d in documents:
        if (
            d.promulgated_by is None
            and ("annex_number" in d.metadata or (main is not None and _listed(main, d)))
            and main is not None
        ):
            lister = (
                main
                if _listed(main, d) or main.promulgated_by is None or not _listed(main.promulgated_by, d)
                else main.promulgated_by
            )
            d.annex_of = lister
            lister.annexes.append(d)
            tables = any(isinstance(b, tree.Table) for b in tree.walk(d.body))
            prose = any(isinstance(b, tree.Paragraph) and len(b.text) > 60 for b in tree.walk(d.body))
            d.type = "annex_table" if tables and not prose else "annex"
        elif d.type != "front_matter":
            main = d
            if d.type == "annex_table" and not any(isinstance(b, tree.Table) for b in tree.walk(d.body)):
                d.type = "other"


def _listed(main: tree.Document, annex: tree.Document) -> bool:
    """Whether a text's list of attachments (or its contents list) names an annex."""
    title = fold(annex.title.text)
    names = [a.title.text for a in main.metadata.get("attachments", []) if isinstance(a, tree.Attachment)]  # type: ignore[union-attr]
    names += [e.title.text for e in main.contents if e.number.text.startswith("附")]
    return any(fold(n).strip("《》") == title for n in names)


def _years(text: str) -> str:
    """Years in Chinese numerals as figures: two prints of a title often differ in them."""
    return re.sub(r"[〇○零一二三四五六七八九]{4}(?=年)", lambda m: str(number_of(m[0])), text)


def _alike(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= 8 and SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE)


def _contents(
    documents: Sequence[tree.Document], entries: Sequence[tree.ContentsEntry], findings: list[Finding]
) -> list[tree.ContentsItem]:
    out: list[tree.ContentsItem] = []
    free = [d for d in documents if d.type != "front_matter" and d.annex_of is None]
    for entry, below in zip(entries, [*entries[1:], None], strict=False):
        name = el.bare_title(entry.title.text)
        hit = next((d for d in free if el.bare_title(d.title.text) == name), None) or next(
            (d for d in free if any(fold(p.title.text) == name for p in d.promulgates)), None
        )
        if hit is None and below is not None and below.level > entry.level:  # a group's heading names no document
            out.append(tree.ContentsItem(entry))
            continue
        if hit is None:
            near = [
                (SequenceMatcher(None, _years(el.bare_title(d.title.text)), _years(name), autojunk=False).ratio(), k)
                for k, d in enumerate(free)
            ]
            score, k = max(near, default=(0.0, -1))
            hit = free[k] if score >= _ALIKE else None
            if hit is not None:
                findings.append(
                    Finding(
                        "contents-title-differs",
                        "info",
                        f"目录作“{entry.title.text}”，文件标题作“{hit.title.text}”",
                        [entry, hit],
                    )
                )
        out.append(tree.ContentsItem(entry, hit))
        if hit is None:
            findings.append(
                Finding("contents-entry-missing", "warning", f"目录所列“{entry.title.text}”在本卷中没有找到", [entry])
            )
    if entries:
        named = [i.document for i in out if i.document is not None]
        for d in free:
            kin = (d, *d.promulgates, d.promulgated_by)
            if not any(x is k for x in named for k in kin if k is not None):
                findings.append(Finding("document-not-in-contents", "info", f"目录没有列出“{d.title.text}”", [d]))
    return out
