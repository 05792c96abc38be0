"""Passages -> quotations: each compared with the document it is said to come from, and looked for in the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from juanzong.core import tree
from juanzong.stages.evidence.citations import Citation
from juanzong.stages.evidence.folded import Folded
from juanzong.stages.evidence.judge import Judged, Stretch, judge
from juanzong.stages.evidence.paraphrase import Hit, find_nearest, find_paraphrases
from juanzong.stages.evidence.passages import By, Passage
from juanzong.stages.evidence.tiles import Tile, find_tiles

_LOOKED_FOR = 30  # characters of a passage that is looked for in other documents, or more
_ELSEWHERE = 0.9  # of a passage that another document must hold
_COVERED = 0.6  # of it, that both must share word for word before they are compared
_GUESSED = 0.6  # of a passage that a document must hold to be guessed
Tiles = Mapping[tuple[int, int], list[Tile]]


@dataclass
class Elsewhere:
    """passage[begin:end] stands in another document."""

    body: int
    begin: int
    end: int
    judged: Judged


@dataclass
class Quotation:
    """A passage, the document it was compared with, and what came of it."""

    passage: Passage
    folded: Folded
    body: int | None  # which document it was compared with
    citation: Citation | None
    by: By | None
    judged: Judged
    reason: str | None = None
    elsewhere: list[Elsewhere] = field(default_factory=list)
    nearest: list[Hit | None] = field(default_factory=list)  # the likest place of each unsupported stretch

    @property
    def unsupported(self) -> list[Stretch]:
        return (
            [s for s in self.judged.stretches if s.relation == "not found"] if self.judged.verdict == "composed" else []
        )


@dataclass
class Bodies:
    """The documents as they are compared."""

    documents: list[tree.Document]
    folded: list[Folded]
    headings: list[frozenset[int]]  # which strings of each are headings
    quoting: set[int]  # those that quote: never where a passage stands elsewhere

    @cached_property
    def places(self) -> dict[int, int]:
        """id() of a document -> which it is."""
        return {id(d): k for k, d in enumerate(self.documents)}


def quotations(passages: Sequence[Passage], cited: Mapping[int, Citation], bodies: Bodies) -> list[Quotation]:
    """Every passage judged; `cited` holds the citation of each mention, by its id(). One that may be the report's own
    words is one only where a document holds it."""
    texts = [Folded([p.text]) for p in passages]
    tiles = find_tiles([t.text for t in texts], [b.text for b in bodies.folded])
    sharing: defaultdict[int, list[int]] = defaultdict(list)  # passage -> documents that share something with it
    for k, body in tiles:
        if body not in bodies.quoting:
            sharing[k].append(body)
    out: list[Quotation] = []
    for k, (p, text) in enumerate(zip(passages, texts, strict=True)):
        out.append(_compared(k, p, text, cited, bodies, sharing[k], tiles))
    _paraphrases(out, bodies)
    _find_nearest(out, bodies)
    for k, q in enumerate(out):
        _look_elsewhere(k, q, bodies, sharing[k], tiles)
        if q.judged.verdict == "paraphrase" and any(
            e.judged.verdict == "verbatim" and _held_whole(e, q) for e in q.elsewhere
        ):
            q.judged = judge(q.folded.text, Folded([]), [])  # what another document has word for word is not told anew
        if q.judged.verdict == "not found":
            whole = any(_held_whole(e, q) for e in q.elsewhere)
            absent = q.citation is not None and q.citation.document is None
            q.reason = "no such document" if absent else "elsewhere" if whole else "nowhere"
    return [q for q in out if q.passage.sure or q.reason in (None, "elsewhere")]


def _held_whole(e: Elsewhere, q: Quotation) -> bool:
    """Whether another document has nearly all of a passage."""
    return e.end - e.begin >= _ELSEWHERE * (len(q.folded.text) - _head(q))


def _head(q: Quotation) -> int:
    first = q.judged.stretches[0]
    return first.q1 if first.relation == "frame" else 0


def _compared(
    k: int,
    p: Passage,
    text: Folded,
    cited: Mapping[int, Citation],
    bodies: Bodies,
    others: Sequence[int],
    tiles: Tiles,
) -> Quotation:
    """A passage with the document that it is said to come from, else with the one of the `others` that holds it best."""
    citation = cited.get(id(p.named)) if p.named else None
    if citation is not None and citation.document is not None:
        named = _candidates(citation.document, bodies)
        body, judged = _best(k, text, named, bodies, tiles)
        return Quotation(p, text, body, citation, p.by, judged)
    if citation is None and p.row:
        inside = [cited[id(m)] for m in p.row if id(m) in cited and cited[id(m)].document is not None]
        named = [b for c in inside if c.document is not None for b in _candidates(c.document, bodies)]
        if named:
            body, judged = _best(k, text, named, bodies, tiles)
            if judged.coverage > 0:
                mine = next(c for c in inside if c.document is not None and body in _candidates(c.document, bodies))
                return Quotation(p, text, body, mine, "row", judged)
    if citation is None and others:
        body, judged = _best(k, text, others, bodies, tiles)
        if judged.coverage >= _GUESSED:
            return Quotation(p, text, body, None, "guess", judged)
    return Quotation(p, text, None, citation, p.by if citation else None, judge(text.text, Folded([]), []))


def _candidates(document: tree.Document, bodies: Bodies) -> list[int]:
    """The document itself, and what it promulgates or annexes."""
    known = bodies.places
    return [known[id(d)] for d in (document, *document.promulgates, *document.annexes) if id(d) in known]


def _best(k: int, text: Folded, named: Sequence[int], bodies: Bodies, tiles: Tiles) -> tuple[int, Judged]:
    """The document that holds the passage best, the first of those that hold it as well."""
    found = [(b, judge(text.text, bodies.folded[b], tiles.get((k, b), []))) for b in dict.fromkeys(named)]
    best = max(range(len(found)), key=lambda i: (found[i][1].coverage, -found[i][1].differing, -i))
    return found[best]


def _paraphrases(found: Sequence[Quotation], bodies: Bodies) -> None:
    """What is not found as it stands may be there in other words."""
    for body, some in _by_body([q for q in found if q.judged.verdict == "not found"]).items():
        heads = [_head(q) for q in some]
        hits = find_paraphrases([q.folded.text[h:] for q, h in zip(some, heads, strict=True)], bodies.folded[body].text)
        for q, h, hit in zip(some, heads, hits, strict=True):
            if hit:
                frames = [Stretch("frame", 0, h)] if h else []
                parts = [*frames, Stretch("paraphrase", h, len(q.folded.text), hit[1], hit[2])]
                q.judged = Judged("paraphrase", parts, round(hit[0], 4), 0)


def _find_nearest(found: Sequence[Quotation], bodies: Bodies) -> None:
    """For each unsupported stretch, the place of the document that reads most like it."""
    for body, some in _by_body([q for q in found if q.unsupported]).items():
        runs = [q.folded.text[s.q0 : s.q1] for q in some for s in q.unsupported]
        hits = iter(find_nearest(runs, bodies.folded[body].text))
        for q in some:
            q.nearest = [next(hits) for _ in q.unsupported]


def _by_body(found: Sequence[Quotation]) -> dict[int, list[Quotation]]:
    """Those that were compared with a document, by that document: each is then scanned once."""
    out: defaultdict[int, list[Quotation]] = defaultdict(list)
    for q in found:
        if q.body is not None:
            out[q.body].append(q)
    return out


def _look_elsewhere(k: int, q: Quotation, bodies: Bodies, others: Sequence[int], tiles: Tiles) -> None:
    """Which of the `others` hold the passage, or one of its unsupported stretches."""
    text, head = q.folded.text, _head(q)
    wanted = [(head, len(text))] if len(text) - head > _LOOKED_FOR else []
    wanted += [(s.q0, s.q1) for s in q.unsupported]
    shared = [(body, sum(t.n for t in tiles[k, body])) for body in others if body != q.body] if wanted else []
    for a, b in wanted:
        for body, most in shared:
            if most < _COVERED * (b - a):
                continue
            inside = [
                Tile(max(t.q, a) - a, t.d + max(a - t.q, 0), min(t.q + t.n, b) - max(t.q, a)) for t in tiles[k, body]
            ]
            inside = [t for t in inside if t.n > 0]
            covered = bytearray(b - a)
            for t in inside:
                covered[t.q : t.q + t.n] = b"\1" * t.n
            if sum(covered) < _COVERED * (b - a):
                continue
            judged = judge(text[a:b], bodies.folded[body], inside)
            held = judged.held
            told = ("verbatim", "near") if b - a > _LOOKED_FOR else ("verbatim",)
            if judged.coverage >= _ELSEWHERE and judged.verdict in told and held:
                q.elsewhere.append(Elsewhere(body, a + held[0].q0, a + held[-1].q1, judged))
