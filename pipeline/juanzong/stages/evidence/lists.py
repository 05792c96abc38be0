"""A document's own lists -> references: its contents list, its list of annexes, its notes, the numbers of boxes and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.traced import EMPTY, Traced
from juanzong.language.alike import same_title
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.evidence.reference import Reference, annexes_of, boxes_of, ordinal, sections_of, tables_of

_MARKER = re.compile(
    r"\$\s*\{?\s*\}?\^?\{?[^$\n]{1,12}\$|[¹²³⁰⁴-⁹]+|[①-⑳]|\^?[\[［]\d{1,3}[\]］]|\^\S{1,4}|<sup>[^<]{1,6}</sup>|[\d*※]"
)
_LINE = 40  # characters of a line that may be a heading
_ALIKE = 12  # characters that a title and its print in a list share at the beginning, where one is cut


def contents_references(document: tree.Document, named: Callable[[str], tree.Document | None]) -> Iterator[Reference]:
    """Each entry of the contents list with the heading that has its number; a title of other words is a deviation. The
    list of a volume bound with others names documents, which `named` finds by title."""
    heads = _heads(document)
    at = 0
    for entry in document.contents:
        printed = entry.number + entry.title
        if not printed:
            continue
        found = _heading(entry, heads, at)
        text = " ".join(t for t in (entry.number.text, entry.title.text) if t)
        other = named(entry.title.text) if found is None else None
        if other is not None and same_title(other.title.text, entry.title.text):
            yield Reference(document, "contents", text, printed.ranges, "resolves", other.title)
            continue
        if found is None:
            verdict = "does not resolve" if heads else "undecided"
            yield Reference(document, "contents", text, printed.ranges, verdict)  # type: ignore[arg-type]
            continue
        k, number, title = found
        at = k + 1 if k >= at else at
        differs = fold(title.text) != fold(entry.title.text)
        deviation = f"正文作“{title.text}”" if differs and title else None
        yield Reference(document, "contents", text, printed.ranges, "resolves", number + title, deviation)


_Head = tuple[Traced, Traced]  # number, title


def _heads(document: tree.Document) -> list[_Head]:
    """All that a contents list may name, in reading order, annexes last."""
    out = _named(document)
    for annex in annexes_of(document):
        mark = annex.metadata.get("annex_number")
        out.append((mark if isinstance(mark, Traced) else EMPTY, annex.title))
        out += _named(annex)
    return out


def _named(document: tree.Document) -> list[_Head]:
    """Headings, captions, and lines that may be headings which the structure took for text."""
    out: list[_Head] = []
    for b in tree.walk(document.body):
        if isinstance(b, (tree.Section, tree.Box)):
            out.append((b.number, b.title))
        elif isinstance(b, (tree.Table, tree.Figure)) and (b.number or b.caption):
            out.append((b.number, b.caption))
        elif isinstance(b, tree.Paragraph) and len(b.text) <= _LINE and not ends_sentence(b.text.text):
            out.append((EMPTY, b.text))
        elif isinstance(b, tree.Figure):
            out += [(EMPTY, t) for t in b.text if len(t) <= _LINE]
    return out


def _heading(entry: tree.ContentsEntry, heads: Sequence[_Head], at: int) -> tuple[int, Traced, Traced] | None:
    """The heading with the entry's number from `at` on, in the chapter that is reached; else the one with its title."""
    number, title = fold(entry.number.text), fold(entry.title.text)
    form = heading_of(number) if number else None
    for k in range(at, len(heads)) if number else ():
        if fold(heads[k][0].text) == number:
            return k, *heads[k]
        other = heading_of(fold(heads[k][0].text))
        if form is not None and other is not None and other.rank < form.rank and k > at:
            break
    whole = number + title
    for k in [*range(at, len(heads)), *range(at)]:
        n, t = fold(heads[k][0].text), fold(heads[k][1].text)
        if (title and title in (t, n + t)) or (whole and whole == n + t):
            return k, *heads[k]
    return None


def annex_references(document: tree.Document, documents: Sequence[tree.Document]) -> Iterator[Reference]:
    """Each entry of 附件： with the annex that has its title or its number."""
    listed = document.metadata.get("attachments", [])
    own = annexes_of(document)
    near = [*own, *document.promulgates]
    for item in listed if isinstance(listed, list) else ():
        if not isinstance(item, tree.Attachment) or not item.title:
            continue
        title = fold(item.title.text).strip("《》")
        found = next((d for d in [*near, *documents] if _same_title(title, fold(d.title.text).strip("《》"))), None)
        deviation = None
        if found is None and item.number and (n := ordinal(item.number.text)) is not None:
            found = next((d for d in own if ordinal(_number(d)) == n), None)
            deviation = f"附件标题作“{found.title.text}”" if found is not None else None
        verdict = "resolves" if found is not None else "does not resolve"
        target = found.title if found is not None else None
        yield Reference(document, "annex list", item.title.text, item.title.ranges, verdict, target, deviation)  # type: ignore[arg-type]


def _same_title(a: str, b: str) -> bool:
    """Whether two titles are one, cut off or misread in a character."""
    cut = min(len(a), len(b)) >= _ALIKE and (a.startswith(b) or b.startswith(a))
    return a == b or cut or (len(a) == len(b) and len(a) >= _ALIKE and sum(map(str.__ne__, a, b)) == 1)


def _number(annex: tree.Document) -> str:
    mark = annex.metadata.get("annex_number")
    return mark.text if isinstance(mark, Traced) else ""


def note_references(document: tree.Document, source: str) -> Iterator[Reference]:
    """Each marker in the text with its note; a note with no marker is one that nothing points to."""
    for note in document.footnotes:
        if note.anchor is None:
            marker = note.marker or note.text[:1]
            yield Reference(
                document, "note", marker.text, marker.ranges, "does not resolve", None, "正文没有此注的标记"
            )
            continue
        m = _MARKER.match(source, note.offset)
        end = m.end() if m else note.offset + max(len(note.marker), 1)
        text = source[note.offset : end]
        yield Reference(document, "marker", text, [(note.offset, end)], "resolves", note.marker + note.text)


def sequence_references(document: tree.Document, source: str) -> Iterator[Reference]:
    """The numbers of boxes and of tables: each follows the one before."""
    numbers = [b.number for b in boxes_of(document)], [t.number for t in tables_of(document)]
    for some in numbers:
        before: int | None = 0
        seen: set[int] = set()
        for number in (n for n in some if n):
            n = ordinal(number.text)
            if n is None:
                yield Reference(document, "sequence", number.text, number.ranges, "undecided")
                before = None
                continue
            follows = before is None or n == before + 1
            said = None if follows else f"前一个是{before}" if before else "此前没有编号更小的"
            verdict = "resolves" if follows else "does not resolve" if n in seen or before is None else "undecided"
            if (
                not follows
                and before is not None
                and n > before + 1
                and not _printed(number.text, before + 1, document, source)
            ):
                verdict = "does not resolve"
            yield Reference(document, "sequence", number.text, number.ranges, verdict, None, said)  # type: ignore[arg-type]
            seen.add(n)
            before = n


def _printed(number: str, n: int, document: tree.Document, source: str) -> bool:
    """Whether a line of the document's stretch of the source begins with the number that is missing."""
    ranges = [r for s in sections_of(document) for r in s.title.ranges] + document.title.ranges
    a, b = min((r[0] for r in ranges), default=0), max((r[1] for r in ranges), default=len(source))
    name = re.match(r"\D+", fold(number))
    return bool(name and re.search(rf"(?m)^[#*\s【]*{re.escape(name[0])}\s*{n}(?!\d)", source[a : b + 20000]))
