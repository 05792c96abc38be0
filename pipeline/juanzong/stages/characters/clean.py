"""Documents -> the same documents with clean characters: all rules on every text, each change an edit."""

from __future__ import annotations

import re as std_re  # in a set of many characters faster than `regex`
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.source import Block
from juanzong.core.terms import Evidence
from juanzong.core.traced import Traced
from juanzong.language.variants import is_plain
from juanzong.stages.characters import Change, Rule, rules_for
from juanzong.stages.structure.leads import mark_leads
from juanzong.stages.work import Work

LONGEST = 200_000  # characters of a text beyond which it is no text of a document: left as it is
# A text made of these alone needs no rule: Chinese characters (traditional ones are asked for apart), full-width marks,
# figures, letters (but those of “and”, “or” and “with”). Most texts of a clean bundle are.
_CLEAN = std_re.compile(r"[\u3007\u4e00-\u9fff，、。；：！？“”‘’（）《》〈〉〔〕【】…—·0-9.%★☆●○+=≥≤/>A-Zb-np-vx-z]*")
_BULLETS = frozenset("●•◆■○▪□◇")
_DASHED = re.compile(r"[-*] (?!\d)")


def clean_characters(work: Work) -> None:
    """Documents -> the same documents with clean characters."""
    clean(work.documents, work.ledger, source=work.source.text, blocks=work.source.blocks)


def clean(documents: Sequence[tree.Document], ledger: Ledger, *, source: str, blocks: Sequence[Block] = ()) -> None:
    """Apply the rules to every text of the documents, in place; each change goes through the ledger.

    The texts are whole (pieces joined, footnote markers cut out). `source` is the text that their offsets count
    in, `blocks` what the reader knows of it.
    Leads of paragraphs (`Paragraph.lead`) are set as well: the bold marks that show them go here.
    """
    rules = rules_for(source, _titles(documents))
    starts = [block.start for block in blocks]

    @cache
    def of_role(role: str, clean: bool) -> list[Rule]:
        return [r for r in rules if role not in r.skips and (not r.only or role in r.only) and (r.clean or not clean)]

    def change(text: Traced, role: str) -> Traced:
        if not text or len(text) > LONGEST:
            return text
        plain = text.text
        clean = _CLEAN.fullmatch(plain) is not None and plain[-1] != "."
        if clean and is_plain(plain):  # nor has it traditional characters: most texts
            return text.strip()
        known = _is_known(text, blocks, starts)
        present = set(plain)
        for rule in of_role(role, clean):
            if (known and rule.markup) or (rule.signs and rule.signs.isdisjoint(present)):
                continue
            if rule.looks_for.search(plain):
                text = _apply(text, rule, rule.fix(plain), ledger)
                plain = text.text
                present = set(plain)
        return text.strip()

    for document in documents:
        mark_leads(document.body)
        _restore_bullets(document.body, ledger)
        tree.map_texts(document, change)


def _is_known(text: Traced, blocks: Sequence[Block], starts: Sequence[int]) -> bool:
    """Whether the text begins in a block of the reader's."""
    at = text.runs[0].start
    k = bisect_right(starts, at) - 1
    return k >= 0 and at < blocks[k].end


def _restore_bullets(blocks: Sequence[tree.Block], ledger: Ledger) -> None:
    """A list whose printed bullet was read on one page and became a Markdown dash on the next gets it back."""
    paragraphs = [b for b in blocks if isinstance(b, tree.Paragraph)]
    bullets = {b.text.text[0] for b in paragraphs if b.text and b.text.text[0] in _BULLETS}
    for block in paragraphs if len(bullets) == 1 else ():
        if _DASHED.match(block.text.text):
            block.text = ledger.replace(block.text, 0, 1, next(iter(bullets)), "list-bullet")
    for nested in blocks:
        if isinstance(nested, (tree.Section, tree.Box)):
            _restore_bullets(nested.children, ledger)


def _apply(text: Traced, rule: Rule, changes: Sequence[Change], ledger: Ledger) -> Traced:
    told = [c for c in changes if c.mode == "suggested"]
    places = text.spans([(c.start, c.end) for c in told]) if told else []
    for c, (a, b) in zip(told, places, strict=True):
        ledger.suggest(a, b, c.after, rule.name, category=rule.category)
    evidence = (Evidence(note=rule.note),) if rule.note else ()
    done = [(c.start, c.end, c.after) for c in changes if c.mode == "applied"]
    return ledger.replace_all(text, done, rule.name, category=rule.category, evidence=evidence)


def _titles(documents: Sequence[tree.Document]) -> Iterator[str]:
    """Every print of every title in the bundle."""
    for document in documents:
        yield document.title.text
        for entry in document.contents:
            yield entry.title.text
        for block in tree.walk(document.body):
            if isinstance(block, (tree.Section, tree.Box)) and block.title:
                yield block.title.text
            elif isinstance(block, (tree.Table, tree.Figure)) and block.caption:
                yield block.caption.text
