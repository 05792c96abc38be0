"""Who signs in two lines: the name as the letterhead or the title has it, and the note that another's seal stands for it."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.text import ends_sentence
from juanzong.stages.documents.letterheads import names_office
from juanzong.stages.pieces.items import Item

_LONGEST = 60  # characters of a line that signs
_SEAL = re.compile(r"\s*[（(]\s*代\s*章\s*[）)]\s*")
_SEAL_BEHIND = re.compile(r"\s*[（(]\s*(?:代\s*章|盖\s*章|公\s*章|章)\s*[）)]\s*$")


def with_whole_signers(rest: Sequence[Item], document: tree.Document, ledger: Ledger) -> list[Item]:
    """The items, two lines that are together who issues the text as one; 代章 in brackets goes with the line above it."""
    issuers = _issuers(document)
    out: list[Item] = []
    for k, item in enumerate(rest):
        above = out[-1] if out else None
        if above is None or not _may_sign(above) or not _may_sign(item):
            out.append(item)
            continue
        dated = k + 1 < len(rest) and rest[k + 1].is_text and el.is_date(rest[k + 1].s)
        whole = skeleton(above.s + _SEAL_BEHIND.sub("", item.s))
        broken = el.organs_in(above.s) is None or names_office(item.s)
        if (whole in issuers and broken) or (_SEAL.fullmatch(item.s) and dated):
            above.take_rest(item, "wrapped-signer", ledger)
        else:
            out.append(item)
    return out


def _may_sign(item: Item) -> bool:
    return item.is_text and len(item.s) <= _LONGEST and not ends_sentence(item.s)


def _issuers(document: tree.Document) -> set[str]:
    """Who issues the text, folded: each that the letterhead names, and all together as the title names them."""
    named = document.metadata.get("issuers")
    found = {skeleton(x.text) for x in named if isinstance(x, Traced)} if isinstance(named, list) else set()
    whose, about, _ = (document.title.text if document.title else "").partition("关于")
    return (found | {skeleton(whose)} if about else found) - {""}
