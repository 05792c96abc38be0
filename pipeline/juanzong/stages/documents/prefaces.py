"""A bundle's own preface (前言) above its contents list: no document of the bundle's, it stands in the front matter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import regex as re

from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence
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


def lines_of_cover(above: Sequence[Item]) -> set[int]:
    """Which lines (by number) above a text's own contents list may be its cover's: up to a preface, or to the first item
    of the text."""
    return {
        x.n
        for x in takewhile(
            lambda x: not (PREFACE.fullmatch(x.s) or x.s.startswith("一、") or ends_sentence(x.s)), above
        )
    }


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
