"""Documents -> how they hang together: a notice and what it issues, a text and its annexes, contents entries and documents."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.language import elements as el
from juanzong.stages.links.annex_links import link_annexes
from juanzong.stages.links.contents_match import match_contents
from juanzong.stages.links.promulgation import link_promulgations, missing_texts
from juanzong.stages.structure.imprints import give_imprints
from juanzong.stages.work import Work


def link_documents(work: Work) -> None:
    """Documents -> how they hang together; imprints go to the notices that they close."""
    work.contents = link(work.documents, work.listed, work.findings)
    give_imprints(work.documents, work.imprints, work.ledger)


def link(
    documents: Sequence[tree.Document], listed: Sequence[Sequence[tree.ContentsEntry]], findings: list[Finding]
) -> list[tree.ContentsItem]:
    """Set promulgates, promulgated_by, annex_of, annexes and the types that follow; what the contents list of each volume
    names, matched with its documents."""
    link_promulgations(documents)
    findings += missing_texts(documents)
    link_annexes(documents)
    starts = [0, *(k for k, d in enumerate(documents) if k and d.type == "front_matter")]
    volumes = [documents[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    items = [
        item for some, entries in zip(volumes, listed, strict=False) for item in match_contents(some, entries, findings)
    ]
    for d in documents:
        if d.type == "other" and (el.noun_of(d.title.text) or ("", ""))[0] != "other":
            findings.append(
                Finding("untyped-document", "warning", f"文种不明：{d.title.text[:40] or '（无标题）'}", [d])
            )
    return items
