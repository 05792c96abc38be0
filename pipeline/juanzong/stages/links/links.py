"""Documents -> how they hang together: a notice and what it issues, a text and its annexes, contents entries and documents."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.language import elements as el
from juanzong.stages.links.annex_links import link_annexes
from juanzong.stages.links.contents_match import match_contents
from juanzong.stages.links.promulgation import link_promulgations, missing_texts
from juanzong.stages.structure.tails import give_imprints
from juanzong.stages.work import Work


def link_documents(work: Work) -> None:
    """Documents -> how they hang together; imprints go to the notices that they close."""
    own = work.entries[work.own_list] if work.own_list is not None else []
    work.contents = link(work.documents, own, work.findings)
    give_imprints(work.documents, work.imprints, work.ledger)


def link(
    documents: Sequence[tree.Document], entries: Sequence[tree.ContentsEntry], findings: list[Finding]
) -> list[tree.ContentsItem]:
    """Set promulgates, promulgated_by, annex_of, annexes and the types that follow; the bundle's contents, matched."""
    link_promulgations(documents)
    findings += missing_texts(documents)
    link_annexes(documents)
    items = match_contents(documents, entries, findings)
    for d in documents:
        if d.type == "other" and el.noun_of(d.title.text) != ("other", "strong"):
            findings.append(
                Finding("untyped-document", "warning", f"文种不明：{d.title.text[:40] or '（无标题）'}", [d])
            )
    return items
