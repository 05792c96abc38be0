"""A bundle's own preface (前言) above its contents list: no document of the bundle's, it stands in the front matter."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.stages.pieces.items import Item

PREFACE = re.compile(r"\W*(?:前\s*言|序\s*言?|编\s*[写印制]\s*说\s*明|卷\s*首\s*语|出\s*版\s*说\s*明|编\s*者\s*按)\W*")
_MOST = 60  # paragraphs of one


def preface_of(before: Sequence[Item]) -> int | None:
    """Where among the items above a contents list a preface begins, which then goes up to the list: prose without
    numbers, in which nothing stands that heads a document."""
    texts = [k for k, x in enumerate(before) if not x.rule]
    at = next((k for k in texts if before[k].is_text and PREFACE.fullmatch(before[k].s)), None)
    if at is None:
        return None
    behind = [before[k] for k in texts if k > at]
    return at if behind and len(behind) <= _MOST and not any(map(_is_of_document, behind)) else None


def _is_of_document(item: Item) -> bool:
    """Whether an item stands in documents and in no preface: a table, a number, who it is for."""
    said = item.s
    return (
        not item.is_text
        or heading_of(said) is not None
        or el.is_doc_number(said)
        or el.is_addressee(said)
        or el.names_document(said)
    )
