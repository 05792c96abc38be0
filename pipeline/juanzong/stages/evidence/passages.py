"""Documents and tables -> the passages that they quote, and what each is said to come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import regex as re

from juanzong.core import tree
from juanzong.core.traced import Traced, concat
from juanzong.language.quoting import QUOTING_VERBS
from juanzong.stages.evidence.match_tables import MatchRow, line_break
from juanzong.stages.evidence.mentions import DEFINITION, Mention, mention_without_marks, mentions_in

By = Literal["item", "row", "sentence", "short name", "guess"]
_VERB = f"(?:{QUOTING_VERBS})"
_LAST = r"[^。；！？“”「」『』《》\"，,：:]{0,10}\s*[，,：:]?\s*"
_CALLS = re.compile(  # any words that a colon and a mark follow call, too: 《X》这样写：“
    rf"[^。；！？“”「」『』《》\"]{{0,30}}?(?:{_VERB}{_LAST}(?P<open>[“「『\"])?"
    r"|[：:]\s*(?P<open>[“「『\"])|(?P<bare>)(?P<open>[“「『]))"
)
_PLAIN = re.compile(rf"[^。；！？“”「」『』《》，,\"]{{0,16}}?{_VERB}\s*[，,：:]\s*")
_BY_IT = re.compile(r"(?:根据|依据|按照|遵照|依照|对照|参照|围绕|落实|贯彻|执行|按)(?:了)?\s*$")
_TELLS = re.compile(  # 对此作出部署，提出明确要求，: that it says so, not what
    r"(?:[作做]了|[作做]出了?|进行了?|有|提出了?|明确了)\p{Han}{0,6}(?:部署|要求|规定|强调|阐明)\s*[，,]\s*$"
)
_AND = re.compile(
    rf"[，,；;。]?\s*(?:[该此](?P<noun>\p{{Han}}{{1,4}}?)(?:第[\d一二三四五六七八九十百]+条)?)?(?:并且|并|同时|还|又|也|且|以及|进一步|再次|特别|此外|[，,])*{_VERB}{_LAST}(?P<open>[“「『\"])"
)
_BESIDE = re.compile(r"[、，,；;]?[ 　]*(?:以及|和|与|及|并)?[ 　]*(?P<open>[“「『])")  # “…”“…”, said of one document
_OPENS = r"(?:[（(]\s*(?:(?:摘|引|选|语出|出)自|来源|出处|参见|见)?\s*[:：]?|[—–-]{1,2})\s*"
_BEFORE = re.compile(rf"[”」』]\s*{_OPENS}$")  # “…”（《X》）, “…”——《X》
_BEHIND = re.compile(rf"\s*{_OPENS}《")
_OWN = re.compile(
    r"我(?:们|单位|院|校|馆|局|站|所|市|县|区|镇|乡|村|队|部门|中心|公司)|本[院校馆局]"
)  # the quoter speaks
_IN_PART = re.compile(rf"[^。；！？“”「」『』《》\"，,：:]{{0,10}}?{_VERB}{_LAST}(?P<open>[“「『\"])")
_END = re.compile(r"[。！？]")
# in the place of what a row cites: as the one above
_DITTO = re.compile(r"[（(]?同[上前](?:行|文|一?文件)?[）)]?|[〃″]")
_LEAST = 8  # characters of a passage in quotation marks; shorter ones are terms
_NOUN = 16  # characters at the end of a title in which its kind stands: 管理办法（2021年修订）
_SENTENCE = 20  # characters of one that no verb or colon calls
_CLAUSE = 12  # ... that stands right behind another, and is one only where a document holds it


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
    sure: bool = True  # that it quotes: 根据《规划》要求，we did so, may quote or not


def table_passages(
    rows: Sequence[MatchRow], carrier: tree.Document, print_: int
) -> tuple[list[Passage], list[Mention]]:
    """The passages of a match table, and every mention in it. A row that names no document may be said to come from
    those of the row above."""
    passages: list[Passage] = []
    mentions: list[Mention] = []
    above: list[tuple[int | None, Mention]] = []
    for row in rows:
        cited: list[tuple[int | None, Mention]] = []
        counted = len(row.titles) > 1
        for item in row.titles:
            if _DITTO.fullmatch(item.text.text.strip()):
                cited += [(item.number, cited[-1][1])] if cited else above
                counted = counted or len(above) > 1
                continue
            found = list(mentions_in(item.text, carrier, "match table", print_))
            if not found:
                bare = mention_without_marks(item.text, carrier, "match table", print_)
                found = [bare] if bare else []
            mentions += found
            if found:
                cited.append((item.number, found[0]))
                cited += [(None, m) for m in found[1:]]
        above = cited = cited or above
        told = bool(row.titles) or row.spanned
        for item in row.passages:
            p = Passage(carrier, item.text, "table", print_, item.number, row=[m for _, m in cited])
            p.shorts = list(mentions_in(item.text, carrier, "match table", print_))
            mentions += p.shorts
            numbered = [m for n, m in cited if n is not None and n == item.number]
            if numbered and counted:
                p.named, p.by = numbered[0], "item"
            elif len(cited) == 1 and told:
                p.named, p.by = cited[0][1], "row"
            elif len(cited) == len(row.passages) and row.titles:
                p.named, p.by = cited[row.passages.index(item)][1], "item"
            for m in p.shorts:
                if not m.short and m.start <= 2:  # 《某市规划》指出，…: the passage itself says where from
                    p.named, p.by = m, "sentence"
            passages.append(p)
    return passages, mentions


def prose_of(document: tree.Document) -> Traced:
    """The document's paragraphs, one to a line: a sentence may run from one to the next where a page cut it; and its
    notes."""
    parts: list[Traced] = []
    for block in tree.walk(document.body):
        if isinstance(block, tree.Paragraph) and block.text:
            parts += [block.text, line_break(block.text.ranges[-1][1] if block.text.ranges else 0)]
        elif isinstance(block, (tree.Section, tree.Box)) and (block.title or block.number):
            parts += [block.number, block.title, line_break(0), line_break(0)]
    for note in document.footnotes:
        parts += [line_break(0), line_break(0), note.text]
    return concat(p for p in parts if p)


def prose_passages(document: tree.Document, prose: Traced, mentions: Sequence[Mention]) -> Iterator[Passage]:
    """What the prose of a report quotes: in marks after a cited document and 指出, 提出 …, or before it (“…”（《X》）), or
    without marks up to the full stop."""
    plain = prose.text
    said = 0  # where the last passage ends: what is named in a passage, it names
    for k, m in enumerate(mentions):
        if m.defined or m.start < said:
            continue
        if (before := _ahead(plain, m.start, said)) is not None:
            yield Passage(document, prose[slice(*before)], "marks", named=m, by="sentence")
            continue
        definition = DEFINITION.match(plain, m.end)
        end = definition.end() if definition else m.end
        bound = mentions[k + 1].start if k + 1 < len(mentions) and mentions[k + 1].start >= end else len(plain)
        by: By = "short name" if m.short else "sentence"
        found, end = _in_marks(plain, end, m.title)
        for start, stop, marks, sure in found:
            said = stop
            text = _without(prose[start:stop], [k - start for k in marks])
            yield Passage(document, text, "marks", named=m, by=by, sure=sure)
        bare = None if found or end < 0 else _PLAIN.match(plain, end)
        if bare is None or bound <= bare.end() or "\n\n" in bare[0]:
            continue
        stop = _stop(plain, bare.end())
        if stop - bare.end() >= _LEAST:
            said = stop
            sure = not (_BY_IT.search(plain[max(m.start - 8, 0) : m.start]) or _TELLS.search(bare[0]))
            yield Passage(document, prose[bare.end() : stop].strip(), "plain", named=m, by=by, sure=sure)


def _ahead(plain: str, start: int, said: int) -> tuple[int, int] | None:
    """Where the quotation begins and ends behind which, in brackets or after a dash, the document is named that it is
    from."""
    close = _BEFORE.search(plain, max(start - _LEAST, said + 1), start)
    if close is None:
        return None
    depth = 0
    for k in range(close.start() - 1, said - 1, -1):
        if plain[k] == "\n":
            break
        depth += (plain[k] in _CLOSE) - (plain[k] in _OPEN)
        if depth < 0:
            least = _LEAST if plain[close.start() - 1] in "。！？" else _SENTENCE
            return (k + 1, close.start()) if close.start() - k > least else None
    return None


def _in_marks(plain: str, end: int, title: str) -> tuple[list[tuple[int, int, list[int], bool]], int]:
    """([(where a quotation begins and ends, where marks open its further paragraphs, whether it is sure to be one)], where
    the words go on behind terms in marks, -1 where nothing is quoted) of what is said of a document named before `end`:
    在“主要任务”部分提出：“…”, and what it is said to say besides: “…”，并强调：“…”, “…”。该条例还规定：“…”, “…”“…”."""
    found: list[tuple[int, int, list[int], bool]] = []
    call = _CALLS.match(plain, end)
    if call is None or "\n\n" in call[0]:
        return found, -1
    least = _LEAST if call["bare"] is None else _SENTENCE
    sure = True
    while call is not None and call["open"]:
        start = call.end("open")
        stop, marks = _closing(plain, start)
        if not sure and _BEHIND.match(plain, stop + 1):  # it is said to be from what is named there
            break
        if stop - start >= least:
            found.append((start, stop, marks, sure))
        end, least = stop + 1, _SENTENCE
        call = _AND.match(plain, end) if found else _IN_PART.match(plain, end)
        if call is not None and (noun := call.groupdict().get("noun")) and noun not in title[-_NOUN:]:
            break
        sure = call is not None
        if call is None and found:
            call, least = _BESIDE.match(plain, end), _CLAUSE
    return found, end


def _stop(plain: str, start: int) -> int:
    """Where what is quoted without marks ends: with its sentence; where the line above ends in a colon, with its
    paragraph, unless the quoter goes on in it."""
    found = _END.search(plain, start)
    line = plain.find("\n", start)
    if plain[start - 1] == "\n" and line >= 0 and not _OWN.search(plain, start, line):
        return line
    stop = found.end() if found else len(plain)
    return min(stop, line) if line >= 0 and plain[line - 1 : line] in "：:" else stop


def _without(text: Traced, marks: Sequence[int]) -> Traced:
    """The text without the marks that open its further paragraphs."""
    cuts = [-1, *marks, len(text)]
    return concat(text[a + 1 : b] for a, b in pairwise(cuts)).strip()


def _closing(plain: str, start: int) -> tuple[int, list[int]]:
    """Where the quotation that begins at start ends: its closing mark, marks inside it matched, in its paragraph or in
    the next, where a page cut them, or in one of those that its mark opens anew (their places are the second value);
    one whose mark is lost, with its paragraph. Marks without a side (") close what one of them opens; else they stand
    inside, unless no other mark closes it."""
    opened = plain[start - 1]
    for close in (_CLOSE, _CLOSE + '"') if opened != '"' else ('"',):
        stop, marks, closed = _closed(plain, start, close)
        if closed:
            break
    return stop, marks


def _closed(plain: str, start: int, close: str) -> tuple[int, list[int], bool]:
    """Where the quotation ends by those marks, the marks that open its paragraphs, and whether one closes it."""
    depth, paragraph = 0, -1
    marks: list[int] = []
    for k in range(start, len(plain)):
        c = plain[k]
        if c in _OPEN:
            if paragraph == k - 1 and depth == 0 and c == plain[start - 1] and _goes_on(plain, k):
                marks.append(k)
                paragraph = -1
                continue
            if paragraph >= 0 and depth == 0 and "《" in plain[paragraph:k]:  # the next quotation
                return paragraph, marks, False
            depth += 1
        elif c in close:
            if depth == 0:
                return k, marks, True
            depth -= 1
        elif c == "\n":
            if paragraph >= 0 or plain[k + 1 : k + 2] == "\n":
                return k if paragraph < 0 else paragraph, marks, False
            paragraph = k
    return len(plain) if paragraph < 0 else paragraph, marks, False


def _goes_on(plain: str, k: int) -> bool:
    """Whether what the mark at the beginning of a paragraph opens is the paragraph, and no term in it."""
    end = min((e for c in _CLOSE + "\n" if (e := plain.find(c, k)) >= 0), default=len(plain))
    return end - k > _SENTENCE


_OPEN, _CLOSE = "“「『", "”」』"
