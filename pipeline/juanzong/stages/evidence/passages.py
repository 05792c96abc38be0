"""Documents and tables -> the passages that they quote, and what each is said to come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import regex as re

from juanzong.core import tree
from juanzong.core.traced import Traced, concat
from juanzong.language.quoting import QUOTING_VERBS
from juanzong.stages.evidence.match_tables import MatchRow, line_break
from juanzong.stages.evidence.mentions import Mention, mention_without_marks, mentions_in

By = Literal["item", "row", "sentence", "short name", "guess"]
_VERB = f"(?:{QUOTING_VERBS})"
_CALLS = re.compile(  # any words that a colon and a mark follow call, too: 《X》这样写：“
    rf"[^。；！？“”「」《》]{{0,30}}?(?:{_VERB}[^。；！？“”「」《》，,：:]{{0,10}}\s*[，,：:]?\s*(?P<open>[“「『\"])?"
    r"|[：:]\s*(?P<open>[“「『\"])|(?P<bare>)(?P<open>[“「『]))"
)
_PLAIN = re.compile(rf"[^。；！？“”「」《》，,]{{0,16}}?{_VERB}\s*[，,：:]\s*")
_END = re.compile(r"[。！？]")
_LEAST = 8  # characters of a passage in quotation marks; shorter ones are terms
_SENTENCE = 20  # characters of one that no verb or colon calls


@dataclass(eq=False)
class Passage:
    """What is quoted, as printed, with its frame where it has one, and the mentions that may say where from."""

    carrier: tree.Document
    text: Traced
    form: Literal["table", "marks", "plain"]
    print: int = 1
    number: int | None = None
    named: Mention | None = None  # the document it is said to come from
    by: By | None = None
    row: list[Mention] = field(default_factory=list)  # of a table: all documents of the row
    shorts: list[Mention] = field(default_factory=list)  # short names inside the passage's frame
    twins: list[Passage] = field(default_factory=list)  # the same item in other prints


def table_passages(
    rows: Sequence[MatchRow], carrier: tree.Document, print_: int
) -> tuple[list[Passage], list[Mention]]:
    """The passages of a match table, and every mention in it."""
    passages: list[Passage] = []
    mentions: list[Mention] = []
    for row in rows:
        cited: list[tuple[int | None, Mention]] = []
        for item in row.titles:
            found = list(mentions_in(item.text, carrier, "match table", print_))
            if not found:
                bare = mention_without_marks(item.text, carrier, "match table", print_)
                found = [bare] if bare else []
            mentions += found
            if found:
                cited.append((item.number, found[0]))
                cited += [(None, m) for m in found[1:]]
        for item in row.passages:
            p = Passage(carrier, item.text, "table", print_, item.number, row=[m for _, m in cited])
            p.shorts = list(mentions_in(item.text, carrier, "match table", print_))
            mentions += p.shorts
            numbered = [m for n, m in cited if n is not None and n == item.number]
            if numbered and len(row.titles) > 1:
                p.named, p.by = numbered[0], "item"
            elif len(cited) == 1:
                p.named, p.by = cited[0][1], "row"
            elif len(cited) == len(row.passages):
                p.named, p.by = cited[row.passages.index(item)][1], "item"
            for m in p.shorts:
                if not m.short and m.start <= 2:  # 《某市规划》指出，…: the passage itself says where from
                    p.named, p.by = m, "sentence"
            passages.append(p)
    return passages, mentions


def prose_of(document: tree.Document) -> Traced:
    """The document's paragraphs, one to a line: a sentence may run from one to the next where a page cut it."""
    parts: list[Traced] = []
    for block in tree.walk(document.body):
        if isinstance(block, tree.Paragraph) and block.text:
            parts += [block.text, line_break(block.text.ranges[-1][1] if block.text.ranges else 0)]
        elif isinstance(block, (tree.Section, tree.Box)) and (block.title or block.number):
            parts += [block.number, block.title, line_break(0), line_break(0)]
    return concat(p for p in parts if p)


def prose_passages(document: tree.Document, prose: Traced, mentions: Sequence[Mention]) -> Iterator[Passage]:
    """What the prose of a report quotes: in marks after a cited document and 指出, 提出 …, or without up to the full stop."""
    plain = prose.text
    for k, m in enumerate(mentions):
        if m.defined:
            continue
        end = _past_definition(plain, m.end)
        bound = mentions[k + 1].start if k + 1 < len(mentions) and mentions[k + 1].start >= end else len(plain)
        call = _CALLS.match(plain, end)
        if call is None or "\n\n" in call[0]:
            continue
        if call["open"]:
            start = call.end("open")
            stop = _closing(plain, start)
            if stop - start >= (_LEAST if call["bare"] is None else _SENTENCE):
                yield Passage(
                    document, prose[start:stop].strip(), "marks", named=m, by="short name" if m.short else "sentence"
                )
            continue
        bare = _PLAIN.match(plain, end)
        if bare is None or bound < bare.end():
            continue
        found = _END.search(plain, bare.end())
        line = plain.find("\n", bare.end())
        stop = found.end() if found else len(plain)
        if line >= 0 and plain[line - 1 : line] in "：:":
            stop = min(stop, line)
        if stop - bare.end() >= _LEAST:
            text = prose[bare.end() : stop].strip()
            yield Passage(document, text, "plain", named=m, by="short name" if m.short else "sentence")


_DEFINITION = re.compile(
    r"\s*[（(]?[，,]?\s*(?:以下|下)(?:统称|简称|称)(?:为)?[:：]?\s*[“《\"]?[^》”\"）)]{1,12}[》”\"]?\s*[）)]?"
)


def _past_definition(plain: str, at: int) -> int:
    m = _DEFINITION.match(plain, at)
    return m.end() if m else at


def _closing(plain: str, start: int) -> int:
    """Where the quotation that begins at start ends: its closing mark, marks inside it matched, in its paragraph or in
    the next, where a page cut them; one whose mark is lost, with its paragraph."""
    depth, paragraph = 0, -1
    for k in range(start, len(plain)):
        c = plain[k]
        if c in _OPEN:
            if paragraph >= 0 and depth == 0 and "《" in plain[paragraph:k]:  # the next quotation
                return paragraph
            depth += 1
        elif c in _CLOSE:
            if depth == 0:
                return k
            depth -= 1
        elif c == "\n":
            if paragraph >= 0 or plain[k + 1 : k + 2] == "\n":
                return k if paragraph < 0 else paragraph
            paragraph = k
    return len(plain) if paragraph < 0 else paragraph


_OPEN, _CLOSE = "“「『", '”」』"'
