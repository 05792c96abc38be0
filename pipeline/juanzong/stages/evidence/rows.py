"""Quotations and citations -> rows of evidence.jsonl."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from juanzong.core.spots import Id, Row, Spot, SpotList, spot_of, spots_of
from juanzong.stages.characters.lookalikes import look_alike
from juanzong.stages.evidence.citations import Citation
from juanzong.stages.evidence.differences import Difference, kind_of
from juanzong.stages.evidence.folded import Folded
from juanzong.stages.evidence.judge import Stretch
from juanzong.stages.evidence.paraphrase import Hit
from juanzong.stages.evidence.quotations import Bodies, Elsewhere, Quotation


class Doubt(NamedTuple):
    """source[start:end], in a passage, reads `after` in the cited document: source[where], with a little around it."""

    start: int
    end: int
    after: str
    where: tuple[int, int]


_LEFT_OUT = 400  # characters between two pieces that are told


KINDS = ("quotation", "citation", "reference", "fact")


def where(row: Row) -> tuple[int, int, int]:
    """What rows are sorted by: where they stand; what begins at one place, by kind."""
    places = [row["place"]] if "place" in row else [s["place"] for s in row["statements"]]
    a, b = min((r for p in places for r in p.source), default=(0, 0))
    return a, KINDS.index(row["kind"]), b


def citation_row(c: Citation) -> Row:
    m = c.mention
    return {
        "kind": "citation",
        "scope": m.scope,
        "print": m.print,
        "place": spot_of(m.span),
        "title": "".join(m.title.split()) if "\n" in m.title else m.title,
        "number": m.number,
        "date": m.date,
        "document": c.document,
        "verdicts": list(c.verdicts),
        "deviations": [
            {"field": d.field, "kind": d.kind, "cited": d.cited, "printed": d.printed} for d in c.deviations
        ],
        "evidence": [place for t in c.evidence for place in [spots_of(t)]],
    }


def quotation_row(q: Quotation, bodies: Bodies, source: str) -> Row:
    text, judged = q.folded, q.judged
    body = bodies.folded[q.body] if q.body is not None else None
    headings = bodies.headings[q.body] if q.body is not None else frozenset()
    told = [(s, d) for s in judged.held for d in s.differences] if body else []
    length = max(len(text.text), 1)
    sure = judged.coverage * (1 - min(judged.differing / length, 1.0)) * (0.8 if q.by == "guess" else 1.0)
    return {
        "kind": "quotation",
        "form": q.passage.form,
        "print": q.passage.print,
        "other_prints": [Id(t) for t in q.passage.twins],
        "place": spot_of(q.passage.text),
        "text": q.passage.text.text,
        "cited": {
            "document": bodies.documents[q.body] if q.body is not None else None,
            "citation": Id(q.citation) if q.citation else None,
            "by": q.by,
        },
        "verdict": judged.verdict,
        "reason": q.reason,
        "order": "changed" if judged.changed_order else "same",
        "coverage": round(judged.coverage, 4),
        "confidence": round(max(sure, 0.0), 4),
        "transcription_doubt": body is not None and any(_doubt(text, body, d, source) for _, d in told),
        "parts": [_part(s, text, body, headings) for s in judged.stretches],
        "differences": [_difference(d, text, body) for _, d in told] if body else [],
        "left_out": _left_out(judged.held, body) if body and judged.verdict == "composed" else [],
        "unsupported": [_unsupported(s, text, n, body) for s, n in zip(q.unsupported, q.nearest, strict=True)],
        "elsewhere": [_elsewhere(e, text, bodies) for e in q.elsewhere],
    }


def doubts_of(q: Quotation, bodies: Bodies, source: str) -> list[Doubt]:
    """The differences that a misreading may have made."""
    if q.body is None:
        return []
    text, body = q.folded, bodies.folded[q.body]
    out = []
    for d in (d for s in q.judged.held for d in s.differences):
        if _doubt(text, body, d, source):
            a, b = max(d.k - 8, 0), min(d.m + 8, len(body.text))
            out.append(Doubt(*text.span(d.i, d.j), body.raw(d.k, d.m), body.span(a, b)))
    return out


def _range(text: Folded, a: int, b: int) -> list[int]:
    """Where text[a:b] stands in the passage as it is printed."""
    cuts = text.cuts(a, b)
    if cuts:
        return [cuts[0][1], cuts[-1][2]]
    at = text.cuts(a, a + 1)
    return [at[0][1]] * 2 if at else [len(text.strings[0].text)] * 2


def _part(s: Stretch, text: Folded, body: Folded | None, headings: frozenset[int]) -> Row:
    held = body is not None and s.d1 > s.d0
    k = body.string_at(s.d0) if body is not None else 0
    heading = s.relation == "verbatim" and body is not None and k in headings and s.d1 <= body.end_of(s.d0)
    return {
        "relation": "heading" if heading else s.relation,
        "range": _range(text, s.q0, s.q1),
        "source": text.source(s.q0, s.q1),
        "at": SpotList(body.source(s.d0, s.d1)) if held and body else [],
    }


def _difference(d: Difference, text: Folded, body: Folded) -> Row:
    quoted, printed = text.raw(d.i, d.j), body.raw(d.k, d.m)
    op = "changed" if d.i < d.j and d.k < d.m else "added" if d.i < d.j else "missing"
    return {
        "op": op,
        "kind": kind_of(text.text[d.i : d.j], body.text[d.k : d.m]),
        "quoted": quoted,
        "printed": printed,
        "range": _range(text, d.i, d.j),
        "source": list(text.span(d.i, d.j)),
        "at": Spot(body.source(d.k, d.m) or [body.span(d.k, d.k)]),
    }


def _doubt(text: Folded, body: Folded, d: Difference, source: str) -> bool:
    """Whether a misreading makes such a difference: a look-alike, a word doubled at a line's end or lost there."""
    quoted, printed = text.text[d.i : d.j], body.text[d.k : d.m]
    if len(quoted) == len(printed) == 1:
        return look_alike(quoted, printed)
    if quoted and printed:
        return False
    if quoted and quoted in (text.text[d.i - len(quoted) : d.i], text.text[d.j : d.j + len(quoted)]):
        return True
    at = text.span(d.i, d.i)[0]
    return bool(printed) and len(printed) <= 2 and "\n" in source[max(at - 2, 0) : at + 2]


def _left_out(held: Sequence[Stretch], body: Folded) -> list[Row]:
    """What the document has between two pieces next to each other in it, as far forward as it can stand."""
    out: list[Row] = []
    order = sorted((s.d0, s.d1) for s in held if s.d1 > s.d0)
    for (first, a), (b, _) in pairwise(order):
        if not 0 < b - a <= _LEFT_OUT:
            continue
        while a > first + 1 and body.text[a - 1] == body.text[b - 1]:
            a, b = a - 1, b - 1
        out.append({"text": body.raw(a, b), "at": SpotList(body.source(a, b))})
    return out


def _unsupported(s: Stretch, text: Folded, nearest: Hit | None, body: Folded | None) -> Row:
    return {
        "text": text.raw(s.q0, s.q1),
        "range": _range(text, s.q0, s.q1),
        "source": text.source(s.q0, s.q1),
        "nearest": {"at": SpotList(body.source(*nearest[1:])), "similarity": nearest[0]} if nearest and body else None,
    }


def _elsewhere(e: Elsewhere, text: Folded, bodies: Bodies) -> Row:
    body = bodies.folded[e.body]
    held = e.judged.held
    return {
        "relation": e.judged.verdict,
        "coverage": round(e.judged.coverage, 4),
        "range": _range(text, e.begin, e.end),
        "at": SpotList([r for s in held for r in body.source(s.d0, s.d1)]),
    }
