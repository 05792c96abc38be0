"""Documents -> the same documents with misread characters mended where the bundle itself proves it, else suggested."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from operator import is_
from typing import NamedTuple

from juanzong.core import tree
from juanzong.core.aside import Aside
from juanzong.core.ledger import Ledger
from juanzong.core.terms import Evidence
from juanzong.core.traced import Traced
from juanzong.stages.characters.clean import LONGEST
from juanzong.stages.characters.deviation import Deviation
from juanzong.stages.characters.deviations import find_deviations
from juanzong.stages.characters.figures import find_misread_figures
from juanzong.stages.characters.figures_in_columns import mend_letters
from juanzong.stages.characters.figures_in_sums import suggest_figures
from juanzong.stages.characters.lookalikes import is_strange
from juanzong.stages.characters.name_columns import name_columns
from juanzong.stages.characters.references import find_wrong_self_names
from juanzong.stages.characters.serials import mend_serials

CONTEXT = 10  # characters of the witness on each side that are shown
_SILENT = frozenset({"date", "number", "unit", "figure"})  # too short or too free to prove anything


class Ahead(NamedTuple):
    """What another process looks for: in which texts, set as which page, with which passages left out; and what it
    found, None where it died."""

    texts: Sequence[Traced]
    page: str
    passages: Sequence[tuple[int, int]]
    found: Callable[[], list[Deviation] | None]


def look_ahead(documents: Sequence[tree.Document], passages: Sequence[tuple[int, int]], aside: Aside) -> Ahead:
    """Let another process find what `propose` will ask for, as long as no text changes until then."""
    texts = _texts(documents)[0]
    page = _page(texts, passages)
    return Ahead(texts, page, list(passages), aside.ask(_misread_in, page))


def _misread_in(page: str) -> list[Deviation]:
    return [*find_deviations(page), *find_misread_figures(page)]


def propose(
    documents: Sequence[tree.Document],
    ledger: Ledger,
    passages: Sequence[tuple[int, int]] = (),
    ahead: Ahead | None = None,
) -> None:
    """Mend what the bundle's own text proves, suggest what it only speaks for. In place, after `characters.clean`.

    Every edit names its witness: the offsets and words of a place that reads otherwise. `passages` are the ranges of the
    source in which a document quotes another: nothing in them is mended, and they bear witness to nothing. `ahead`: what
    `look_ahead` gave.
    """
    texts, first = _texts(documents)
    page, found = _looked_for(texts, passages, ahead)
    starts = _starts(texts)
    changes: dict[int, list[Deviation]] = {}
    last = -1
    for document, a, b in zip(documents, first, [*first, len(texts)][1:], strict=True):
        for k, i, j, name in find_wrong_self_names(
            document.title.text, [page[starts[k] : starts[k] + len(texts[k])] for k in range(a, b)]
        ):
            at, own = starts[a + k], page.find("本" + name, starts[a])
            found.append(Deviation(at + i, at + j, name, "wrong-self-name", False, 1, 0, own, 1))
    found = [_by_words(d, page) for d in _without_names(found, texts, starts, documents)]
    for d in sorted(found, key=lambda d: (d.start, not d.sure)):
        if d.start >= last:  # of two that touch, the first (the surer at one place) stands
            changes.setdefault(bisect_right(starts, d.start) - 1, []).append(d)
            last = max(d.end, d.start + 1)
    done = {k: _settle(texts, starts, k, some, ledger) for k, some in changes.items()}
    turn = iter(range(len(texts)))

    def put(text: Traced, role: str) -> Traced:
        return done.get(next(turn), text) if text and role not in _SILENT else text

    for document in documents if done else ():
        tree.map_texts(document, put)
    mend_serials(documents, ledger)
    mend_letters(documents, ledger)
    suggest_figures(documents, ledger)


def _by_words(d: Deviation, page: str) -> Deviation:
    """The deviation, sure where the character that the bundle speaks against is strange there."""
    alone = not d.sure and d.end == d.start + 1 == d.start + len(d.after)
    return d._replace(sure=True) if alone and is_strange(page, d.start, d.after) else d


def _without_names(
    found: Sequence[Deviation], texts: Sequence[Traced], starts: Sequence[int], documents: Sequence[tree.Document]
) -> list[Deviation]:
    """What is found, less names that only other names of their column speak against."""
    unsure = [d for d in found if not d.sure]
    columns = name_columns(documents) if unsure else {}

    def column(at: int) -> tuple[int, int] | None:
        return columns.get(id(texts[bisect_right(starts, at) - 1]))

    return [d for d in found if d.sure or column(d.start) is None or column(d.start) != column(d.place)]


def _looked_for(
    texts: Sequence[Traced], passages: Sequence[tuple[int, int]], ahead: Ahead | None
) -> tuple[str, list[Deviation]]:
    """The texts as a page, and what is misread in it: as another process found it, where it saw the same."""
    if ahead is not None:
        found = ahead.found()
        alike = len(texts) == len(ahead.texts) and all(map(is_, texts, ahead.texts))
        if found is not None and alike and list(passages) == ahead.passages:
            return ahead.page, found
    page = _page(texts, passages)
    return page, _misread_in(page)


def _texts(documents: Sequence[tree.Document]) -> tuple[list[Traced], list[int]]:
    """The texts that bear witness, and with which of them each document begins."""
    texts: list[Traced] = []

    def collect(text: Traced, role: str) -> Traced:
        if text and role not in _SILENT and len(text) <= LONGEST:
            texts.append(text)
        return text

    first: list[int] = []
    for document in documents:
        first.append(len(texts))
        tree.map_texts(document, collect)
    return texts, first


def _page(texts: Sequence[Traced], passages: Sequence[tuple[int, int]]) -> str:
    """The texts, one to a line."""
    quoted = sorted(passages)
    return "\n".join([_unquoted(t, quoted) for t in texts])


def _unquoted(text: Traced, passages: Sequence[tuple[int, int]]) -> str:
    """The text with a line end in the place of each character that belongs to a passage."""
    plain = text.text.replace("\n", " ")
    if not text.runs or not passages:
        return plain
    k = max(bisect_right(passages, (text.runs[0].start, 0)) - 1, 0)
    if passages[-1][1] <= text.runs[0].start or passages[k][0] >= max(r.end for r in text.runs):
        return plain
    out, at = [], 0
    for r in text.runs:
        piece = plain[at : at + len(r.text)]
        at += len(r.text)
        for a, b in passages[max(bisect_right(passages, (r.start, 0)) - 1, 0) :]:
            if a >= r.end:
                break
            i, j = (0, len(piece)) if r.edited else (max(a - r.start, 0), min(b - r.start, len(piece)))
            if a < r.end and b > r.start and i < j:
                piece = piece[:i] + "\n" * (j - i) + piece[j:]
        out.append(piece)
    return "".join(out)


def _starts(texts: Sequence[Traced]) -> list[int]:
    out, at = [], 0
    for t in texts:
        out.append(at)
        at += len(t) + 1
    return out


def _settle(
    texts: Sequence[Traced], starts: Sequence[int], k: int, found: Sequence[Deviation], ledger: Ledger
) -> Traced:
    """Text k with its sure deviations mended; the others are told."""
    text = texts[k]
    for d in reversed(found):
        i, j = d.start - starts[k], d.end - starts[k]
        if j > len(text):
            continue
        evidence = (_witness(texts, starts, d, ledger.source),)
        gap = ledger.source[text.span(i - 1, i)[1] : text.span(i, i + 1)[0]] if d.rule == "doubled-word" else ""
        cut = bool(gap.strip()) or gap.count("\n") > 1 or "\f" in gap  # a blank or a line's end alone is no page's end
        if d.sure or cut:  # a word doubled just where a page ends was read on both pages
            text = ledger.replace(text, i, j, d.after, d.rule, category="content", confidence=0.97, evidence=evidence)
        else:
            a, b = text.span(i, j)
            ledger.suggest(a, b, d.after, d.rule, confidence=0.5, evidence=evidence)
    return text


def _witness(texts: Sequence[Traced], starts: Sequence[int], d: Deviation, source: str) -> Evidence:
    k = bisect_right(starts, d.place) - 1
    text, at = texts[k], d.place - starts[k]
    i, j = max(0, at - max(d.left, CONTEXT)), min(len(text), at + 1 + max(d.right, CONTEXT))
    a, b = text.span(i, j)
    times = f", {d.times} times" if d.times > 1 else ""
    return Evidence(source=(a, b), text=source[a:b], note=f"reads so here{times}")
