"""Who signs in two lines: the name as the letterhead or the title has it, and the note that another's seal stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.text import ends_sentence
from juanzong.stages.documents.letterheads import names_office
from juanzong.stages.pieces.items import Item

BOTH = 2  # organs side by side, lines of a name
_MOST_LISTED = 40  # organs in lines of their own
_COLUMN_LINES = 3  # of them at most
_WORD = re.compile(r"\S+")
_LONGEST = 60  # characters of a line that signs
_SEAL = re.compile(r"\s*[（(]\s*代\s*章\s*[）)]\s*")
_SEAL_BEHIND = re.compile(r"\s*[（(]\s*(?:代\s*章|盖\s*章|公\s*章|章)\s*[）)]\s*$")


class _Columns(NamedTuple):
    """Two organs that sign side by side, each in two lines: as an item each, and how many lines they take."""

    whole: list[Item]
    lines: int


def with_whole_signers(rest: Sequence[Item], document: tree.Document, ledger: Ledger) -> list[Item]:
    """The items, two lines that are together who issues the text as one, also side by side; 代章 in brackets goes with the
    line above it."""
    issuers = _issuers(document)
    out: list[Item] = []
    k = 0
    while k < len(rest):
        item, above = rest[k], out[-1] if out else None
        beside = len(item.text.text.split(None, BOTH)) == BOTH
        if beside and (columns := _columns(rest[k : k + _COLUMN_LINES], issuers, ledger)):
            out += columns.whole
            k += columns.lines
            continue
        if (
            above is not None
            and _may_sign(above)
            and _may_sign(item)
            and _goes_on(above, item, rest[k + 1 : k + 2], issuers)
        ):
            above.take_rest(item, "wrapped-signer", ledger)
        else:
            out.append(item)
        k += 1
    return out


def is_announced(before: Sequence[Item], signers: Sequence[Item], document: tree.Document) -> bool:
    """Whether the first of the organs over a date, each in a line of its own, is of a list that the text `before` it
    announces (对下列单位予以表扬：), and does not sign: neither title nor letterhead names it. The last one signs."""
    near = islice(reversed(before), _MOST_LISTED)
    above = next((x for x in near if not (x.is_text and el.organs_in(x.s) is not None)), None)
    if len(signers) < BOTH or above is None or not above.is_text or not above.s.rstrip().endswith(("：", ":")):
        return False
    return not any(skeleton(signers[0].s) in named for named in _issuers(document))


def _goes_on(above: Item, item: Item, after: Sequence[Item], issuers: set[str]) -> bool:
    """Whether a line is the rest of the name above it, or says over the date that another's seal stands for it."""
    dated = bool(after) and after[0].is_text and el.is_date(after[0].s)
    if _SEAL.fullmatch(item.s):
        return dated
    broken = el.organs_in(above.s) is None or names_office(item.s) or item.s.startswith(("（", "("))
    return broken and skeleton(above.s + _SEAL_BEHIND.sub("", item.s)) in issuers


def _columns(lines: Sequence[Item], issuers: set[str], ledger: Ledger) -> _Columns | None:
    """What two issuers are that sign side by side, the names broken in two lines: the ends stand side by side as well, or
    one below the other."""
    if len(lines) < BOTH or not all(map(_may_sign, lines[:BOTH])):
        return None
    heads = _parts(lines[0])
    tails = _parts(lines[1])
    n = BOTH
    if len(tails) == 1 and len(lines) > BOTH and _may_sign(lines[BOTH]):
        tails, n = [*tails, *_parts(lines[BOTH])], BOTH + 1
    if len(heads) != BOTH or len(tails) != BOTH:
        return None
    if not {skeleton(a.s + b.s) for a, b in zip(heads, tails, strict=True)} <= issuers:
        return None
    for head, tail in zip(heads, tails, strict=True):
        head.take_rest(tail, "wrapped-signer", ledger)
    return _Columns(heads, n)


def _parts(item: Item) -> list[Item]:
    """What blanks part in a line, as items of their own."""
    return [item.holding(item.text[m.start() : m.end()]) for m in _WORD.finditer(item.text.text)]


def _may_sign(item: Item) -> bool:
    return item.is_text and len(item.s) <= _LONGEST and not ends_sentence(item.s)


def is_issuer(text: str, document: tree.Document) -> bool:
    """Whether a line is the name of who issues the text, as its title or letterhead has it."""
    return len(text) <= _LONGEST and not ends_sentence(text) and skeleton(text) in _issuers(document)


def _issuers(document: tree.Document) -> set[str]:
    """Who issues the text, folded: each that the letterhead names, and all together as the title names them."""
    named, head = document.metadata.get("issuers"), document.metadata.get("letterhead")
    found = {skeleton(x.text) for x in named if isinstance(x, Traced)} if isinstance(named, list) else set()
    found |= {skeleton(head.text)} if isinstance(head, Traced) else set()
    whose, about, _ = (document.title.text if document.title else "").partition("关于")
    return (found | {skeleton(whose)} if about else found) - {""}
