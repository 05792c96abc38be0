"""A heading that a document's own contents list reads otherwise, and a title that the bundle's list does: each reading is
suggested for a person to decide."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.language.alike import is_one_slip
from juanzong.stages.checks.outlines import differ, headings_of_entries


def suggest_readings(documents: Sequence[tree.Document], contents: Sequence[tree.ContentsItem], ledger: Ledger) -> None:
    for document in documents:
        if document.type == "front_matter":
            continue
        for entry, section in headings_of_entries(document):
            if section is not None and differ(entry, section):
                _suggest(section.title, entry.title, ledger)
    for item in contents:
        named = item.document
        if named is not None and named.listed and is_one_slip(named.title.text, item.entry.title.text):
            _suggest(named.title, item.entry.title, ledger)


def _suggest(heading: Traced, entry: Traced, ledger: Ledger) -> None:
    if len(heading.ranges) != 1 or not entry.ranges:
        return
    witness = ledger.witness(entry, "the contents list reads so")
    ledger.suggest(*heading.ranges[0], entry.text, "heading-as-in-contents", confidence=0.5, evidence=[witness])
