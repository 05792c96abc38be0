"""Rows of evidence (places in the source) -> rows as they are written (places in documents), with ids."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from juanzong.core import tree
from juanzong.core.spots import Id, Ranges, Row, Spot, SpotList
from juanzong.core.terms import VERDICTS
from juanzong.core.traced import Traced
from juanzong.emit.tree import Written


class Places:
    """Where each offset of the source stands in the output."""

    def __init__(self, source: str, texts: Iterable[tuple[str, str, Traced]]) -> None:
        """`texts`: every printed string, with its document and its pointer there."""
        self._source = source
        # (first offset, after the last, where the run begins in its string, edited, its length, document, pointer)
        self._runs: list[tuple[int, int, int, bool, int, str, str]] = []
        for document, pointer, text in texts:
            at = 0
            for r in text.runs:
                if r.end > r.start:
                    self._runs.append((r.start, r.end, at, r.edited, len(r.text), document, pointer))
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


class Told:
    """The rows as they are written, and what else speaks of them."""

    def __init__(
        self,
        rows: Sequence[tuple[object, Row]],
        source: str,
        written: Sequence[Written],
        documents: Sequence[tree.Document],
    ) -> None:
        self._source, self._written = source, written
        self._documents = {id(d): d.id for d in documents}
        self._names: dict[int, str] = {}
        seen: Counter[str] = Counter()
        for about, row in rows:
            self._names[id(about)] = self._name(row, seen)
        self.rows = [{"id": self._names[id(about)], **self.resolved(row)} for about, row in rows]

    @cached_property
    def _places(self) -> Places:
        """Made where a row or a finding tells of a place: not of a large sheet without any."""
        return Places(self._source, ((w.json["id"], *text) for w in self._written for text in w.texts))

    def _name(self, row: Row, seen: Counter[str]) -> str:
        document = self._places.place(row["place"].source)["document"] if row["kind"] != "fact" else None
        return id_of(row, document, seen)

    def resolved(self, value: Any) -> Any:
        """A value with places, documents and ids named."""
        if isinstance(value, Spot):
            return self._places.place(value.source)
        if isinstance(value, SpotList):
            return self._places.places(value.source)
        if isinstance(value, Id):
            return self._names.get(id(value.of))
        if isinstance(value, tree.Document):
            return self._documents[id(value)]
        if isinstance(value, dict):
            return {k: self.resolved(v) for k, v in value.items()}
        if isinstance(value, list):
            out: list[Any] = []
            for v in value:
                done = self.resolved(v)
                if isinstance(v, SpotList):
                    out += done
                else:
                    out.append(done)
            return out
        return value


def id_of(row: Row, document: str | None, seen: Counter[str]) -> str:
    """The kind's letter and ten hex digits of what is said, and in which document; rows that say the same are counted
    in `seen`."""
    kind, said = row["kind"], _said_by(row, document)
    seen[kind + said] += 1
    said += f"\0{seen[kind + said]}"
    return f"{kind[0]}-{hashlib.sha1(said.encode()).hexdigest()[:10]}"


def _said_by(row: Row, document: str | None) -> str:
    """What a row's id is made of: what is said, and in which document."""
    if row["kind"] == "fact":
        return "\0".join(str(row[k]) for k in ("region", "indicator", "year", "status"))
    what = row.get("type") or row.get("scope") or row.get("form")
    text = row.get("text") or f"{row.get('title')}\0{row.get('number')}\0{row.get('date')}"
    return f"{document}\0{what}\0{row.get('print')}\0{text}"


def counts_of(rows: Sequence[Row]) -> dict[str, dict[str, int]]:
    """How many rows of each kind have each verdict; those that none has are told as 0."""
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for verdict in row["verdicts"] if row["kind"] == "citation" else [row["verdict"]]:
            found[row["kind"] + "s", verdict] += 1
    return {kind: {v: found[kind, v] for v in verdicts} for kind, verdicts in VERDICTS.items()}
