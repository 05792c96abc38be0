"""Rows of evidence (places in the source) -> rows as they are written (places in documents), with ids."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Any

from juanzong.core import tree
from juanzong.emit.tree import Ranges, Written
from juanzong.stages.evidence.spots import Id, Row, Spot, Spots

_PREFIX = {"quotation": "q", "citation": "c", "reference": "r", "fact": "f"}


class Places:
    """Where each offset of the source stands in the output."""

    def __init__(self, source: str, written: Sequence[Written]) -> None:
        self._source = source
        # (first offset, after the last, where the run begins in its string, edited, document, pointer)
        self._runs: list[tuple[int, int, int, bool, int, str, str]] = []
        for w in written:
            for pointer, text in w.texts:
                at = 0
                for r in text.runs:
                    if r.end > r.start:
                        self._runs.append((r.start, r.end, at, r.edited, len(r.text), w.json["id"], pointer))
                    at += len(r.text)
        self._runs.sort()
        self._starts = [r[0] for r in self._runs]

    def _split(self, source: Ranges) -> list[tuple[str | None, str | None, int, int, int, int]]:
        """(document, pointer, begin and end in its string, begin and end in the source) of each run that is touched."""
        out: list[tuple[str | None, str | None, int, int, int, int]] = []
        for a, b in source:
            k = max(bisect_right(self._starts, a) - 1, 0)
            at = a
            while at < b:
                while k < len(self._runs) and self._runs[k][1] <= at:
                    k += 1
                if k == len(self._runs) or self._runs[k][0] >= b:
                    out.append((None, None, 0, 0, at, b))
                    break
                start, end, begin, edited, size, document, pointer = self._runs[k]
                if start > at:
                    out.append((None, None, 0, 0, at, start))
                    at = start
                stop = min(end, b)
                i, j = (begin, begin + size) if edited else (begin + at - start, begin + stop - start)
                out.append((document, pointer, i, j, at, stop))
                at = stop
            if a == b:
                out.append((None, None, 0, 0, a, b))
        return out

    def places(self, source: Ranges) -> list[Row]:
        """One place for each string that the ranges touch, in order."""
        found: list[Row] = []
        pieces = [p for p in self._split(source) if self._source[p[4] : p[5]].strip() or p[4] == p[5]]
        for document, pointer, i, j, a, b in pieces:
            last = found[-1] if found else None
            if last is not None and last["document"] == document and last["pointer"] == pointer:
                if last["range"] is not None:
                    last["range"] = [min(last["range"][0], i), max(last["range"][1], j)]
                self._add(last["source"], a, b)
                continue
            where = [i, j] if document is not None else None
            found.append({"document": document, "pointer": pointer, "range": where, "source": []})
            self._add(found[-1]["source"], a, b)
        return found

    def place(self, source: Ranges) -> Row:
        """One place: the string that holds most of the ranges, and all of the source."""
        some = self.places(source)
        if not some:
            return {"document": None, "pointer": None, "range": None, "source": self.stretches(source)}
        best = max(some, key=lambda p: sum(b - a for a, b in p["source"]))
        return {**best, "source": [r for p in some for r in p["source"]] if len(some) > 1 else best["source"]}

    def stretches(self, source: Ranges) -> list[list[int]]:
        out: list[list[int]] = []
        for a, b in source:
            self._add(out, a, b)
        return out

    def _add(self, out: list[list[int]], a: int, b: int) -> None:
        """One range for each stretch: blanks between two are no gap, none at the ends."""
        text = self._source[a:b]
        if text.strip():
            a, b = a + len(text) - len(text.lstrip()), b - (len(text) - len(text.rstrip()))
        if (
            out
            and out[-1][1] <= a
            and "\n" not in self._source[out[-1][1] : a]
            and not self._source[out[-1][1] : a].strip()
        ):
            out[-1][1] = b
        else:
            out.append([a, b])


def evidence_rows(
    rows: Sequence[tuple[object, Row]], source: str, written: Sequence[Written], documents: Sequence[tree.Document]
) -> list[Row]:
    """All rows, in the order of where they stand, with ids that do not depend on offsets."""
    if not rows:
        return []
    places = Places(source, written)
    ids = {id(d): d.id for d in documents}
    known = [(about, row, _first(row)) for about, row in rows]
    known.sort(key=lambda r: (r[2], list(_PREFIX).index(r[1]["kind"])))
    names: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for about, row, _ in known:
        names[id(about)] = _name(row, places, seen)
    return [{"id": names[id(about)], **_resolved(row, places, ids, names)} for about, row, _ in known]


def _first(row: Row) -> tuple[int, int]:
    place = row.get("place")
    spots = [place] if isinstance(place, Spot) else [s["place"] for s in row["statements"]]
    ranges = [r for s in spots for r in s.source]
    return min(ranges, default=(0, 0))


def _name(row: Row, places: Places, seen: Counter[str]) -> str:
    """The kind's letter and ten hex digits of what is said, and in which document."""
    if row["kind"] == "fact":
        said = "\0".join(str(row[k]) for k in ("region", "indicator", "year", "status"))
    else:
        at = places.place(row["place"].source)
        told = row.get("text") or f"{row.get('title')}\0{row.get('number')}\0{row.get('date')}"
        said = f"{at['document']}\0{row.get('type') or row.get('scope') or row.get('form')}\0{row.get('print')}\0{told}"
    seen[row["kind"] + said] += 1
    said += f"\0{seen[row['kind'] + said]}"
    return f"{_PREFIX[row['kind']]}-{hashlib.sha1(said.encode()).hexdigest()[:10]}"


def _resolved(value: Any, places: Places, ids: dict[int, str], names: dict[int, str]) -> Any:
    if isinstance(value, Spot):
        return places.place(value.source)
    if isinstance(value, Spots):
        return places.places(value.source)
    if isinstance(value, Id):
        return names.get(id(value.of))
    if isinstance(value, tree.Document):
        return ids[id(value)]
    if isinstance(value, dict):
        return {k: _resolved(v, places, ids, names) for k, v in value.items()}
    if isinstance(value, list):
        out: list[Any] = []
        for v in value:
            done = _resolved(v, places, ids, names)
            out.extend(done) if isinstance(v, Spots) else out.append(done)
        return out
    return value
