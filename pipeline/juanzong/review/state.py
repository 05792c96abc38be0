"""One output folder under review: its texts, its edits and findings, and what was decided of them so far."""

from __future__ import annotations

import os
import threading
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from juanzong.model.edit import Edit
from juanzong.model.finding import Finding
from juanzong.output.evidence import Evidence, evidence_of
from juanzong.output.folder import Json
from juanzong.output.sound import placed
from juanzong.review.beside import beside
from juanzong.review.decisions import Decision, Verdict, load, update
from juanzong.review.draw import note_marks
from juanzong.review.folder import read_output, source_file, source_text
from juanzong.review.items import Item, chunked, items_of, source_chunks
from juanzong.review.kin import stand_ins
from juanzong.review.making import change_of, decision_on
from juanzong.review.marks import EditIndex, Piece, pieces_of_source, pieces_of_string
from juanzong.review.matching import finding_key, match, place
from juanzong.review.passage import Squeezed

Place = tuple[str, str]  # document id, JSON Pointer
Wish = tuple[str, Verdict | None, str | None]  # what to decide, how (None: no longer); the reading, reason or comment


class Review:
    """Everything the pages draw. Ids: `e-` an edit, `f-` a finding, `p-` a passage that a reviewer read anew, `c-` one
    that a reviewer commented on."""

    def __init__(self, folder: Path, source: Path | None = None) -> None:
        self.output = placed(read_output(folder))
        self.source_path = source_file(self.output, source)
        self.text = source_text(self.output, self.source_path)
        self.decisions_path = beside(self.source_path, self.output.bundle["id"])
        self.edits: dict[str, Edit] = {f"e-{e['id']}": Edit(**{**e, "id": f"e-{e['id']}"}) for e in self.output.edits}
        self.findings: dict[str, Finding] = {f"f-{f['id']}": Finding(**f) for f in self.output.findings}
        self.alike_findings: dict[tuple[str, str], list[str]] = {}  # one matter, told of several places
        for k, f in self.findings.items():
            self.alike_findings.setdefault((f.check, f.message), []).append(k)
        self._ids = list(self.edits)
        self.squeezed = Squeezed(self.text)
        self._placed = place(self.squeezed, map(change_of, self.edits.values()))
        self.chunks = source_chunks(self.text)
        self._rows: dict[Place, list[tuple[int, int]]] = {
            (r["document"], r["pointer"]): [(a, b) for a, b in r["source"]] for r in self.output.trace
        }
        self._pages = {(r["document"], r["pointer"]): r["pages"] for r in self.output.trace if r.get("pages")}
        self._documents: dict[str, list[list[Item]]] = {}
        self._chunk_index: dict[str, dict[str, int]] = {}
        self._drawn_notes: dict[str, dict[str, dict[int, str]]] = {}
        self._lock = threading.Lock()
        self.decided: dict[str, Decision] = {}
        self.passages: dict[str, Edit] = {}
        self.lost: list[Decision] = []
        self._file_state: tuple[int, int] = (-1, -1)
        self.index = EditIndex(self.edits.values())
        self.refresh()

    def stamp(self) -> tuple[int, int]:
        """Changes when the folder was written anew."""
        found = os.stat(self.output.folder / "bundle.json")
        return found.st_mtime_ns, found.st_ino

    # ---- decisions

    def refresh(self) -> None:
        """Take in the decisions that another window, or git, wrote since."""
        try:
            found = os.stat(self.decisions_path)
            now = (found.st_mtime_ns, found.st_ino)
        except FileNotFoundError:
            now = (0, 0)
        if now != self._file_state:
            with self._lock:
                self._take(load(self.decisions_path))
                self._file_state = now

    def _take(self, decisions: Sequence[Decision]) -> None:
        known = {d.line: k for k, d in self.decided.items()}
        fresh = [d for d in decisions if d.line not in known]
        still = {d.line for d in decisions}
        self.decided = {k: d for k, d in self.decided.items() if d.line in still}
        self.passages = {k: e for k, e in self.passages.items() if k in self.decided}
        self.lost = [d for d in self.lost if d.line in still]
        matches = match(self.squeezed, fresh, self._placed)
        for d, m in zip(fresh, matches, strict=True):
            if d.on == "finding":
                for key in self.alike_findings.get(finding_key(d), ()):
                    self.decided[key] = d
            elif m is None:
                if d not in self.lost:
                    self.lost.append(d)
            elif m.changes:
                self.decided[self._ids[m.changes[0]]] = d
            else:
                self._add_passage(d, m.place)
        if {e.id for e in self.index.all} - self.edits.keys() != self.passages.keys():
            self.index = EditIndex([*self.edits.values(), *self.passages.values()])

    def _add_passage(self, d: Decision, place: tuple[int, int]) -> None:
        key = _id_of(d)
        self.decided[key] = d
        kind = "replace" if place[0] < place[1] else "insert"
        self.passages[key] = Edit(
            id=key,
            stage="review",
            rule=d.rule or d.decision,
            category="content",
            kind=kind,
            source=place,
            before=self.text[place[0] : place[1]],
            after=d.reading or d.after or d.reason or "",
            confidence=1.0,
            status="suggested",
        )

    def decide(self, changes: Sequence[Wish]) -> list[Wish]:
        """Make (or with None take back) decisions, all in one write. Returns the changes that undo this one."""
        self.refresh()
        made = [(t, decision_on(self, t, verdict, words) if verdict else None) for t, verdict, words in changes]
        before: list[tuple[str, Decision | None, str]] = []
        gone: list[str] = []
        for target, new in made:
            apart = new and (new.on == "comment" or (new.on == "passage" and target not in self.edits))
            id_ = _id_of(new) if new and apart else target
            old = self.decided.get(id_)
            before.append((id_, old, self._span(id_) if old and id_ in self.passages else id_))
            if old:
                gone.append(old.line)
        keys = {d.key for _, d in made if d}

        def change(decisions: list[Decision]) -> list[Decision]:
            kept = [d for d in decisions if d.line not in gone and d.key not in keys]
            return kept + [d for _, d in made if d]

        now = update(self.decisions_path, change)
        with self._lock:
            self._take(now)
        homes = {d.line: k for k, d in self.decided.items()}  # where a passage is an edit's, the edit has it now
        return [
            (back, old.decision, old.reading or old.reason)
            if old
            else (homes.get(new.line, id_) if new and id_ not in self.decided else id_, None, None)
            for (id_, old, back), (_, new) in zip(reversed(before), reversed(made), strict=True)
        ]

    def _span(self, passage: str) -> str:
        a, b = self.passages[passage].source
        return f"s-{a}-{b}"

    def state(self, key: str) -> str:
        """accepted, rejected, reading, or "" where nothing was decided since the run."""
        d = self.decided.get(key)
        return d.decision if d else ""

    # ---- texts

    def document(self, key: str) -> list[list[Item]]:
        """The chunks of a document."""
        if key not in self._documents:  # whatever another thread looks for next is there before the document is
            self._drawn_notes[key] = note_marks(self.output.documents[key])
            self._documents[key] = chunked(items_of(self.output.documents[key]))
        return self._documents[key]

    def notes(self, key: str) -> Mapping[str, Mapping[int, str]]:
        self.document(key)
        return self._drawn_notes[key]

    def pieces(self, document: str, pointer: str, value: str) -> list[Piece]:
        ranges = self._rows.get((document, pointer))
        return pieces_of_string(self.text, ranges, value, self.index) if ranges else [Piece(value, -1, -1)]

    def source_pieces(self, n: int) -> list[Piece]:
        return pieces_of_source(self.text, *self.chunks[n], self.index)

    def line_of(self, offset: int) -> int:
        """The number of the line (from 1) that holds the offset."""
        return bisect_right(self._line_starts, offset)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0] + [k + 1 for k, ch in enumerate(self.text) if ch == "\n"]

    def source_chunk(self, offset: int) -> int:
        return max(0, bisect_right(self.chunks, (offset, len(self.text) + 1)) - 1)

    @cached_property
    def _by_offset(self) -> tuple[list[int], list[Place]]:
        rows = sorted((a, place) for place, ranges in self._rows.items() for a, _ in ranges)
        return [a for a, _ in rows], [place for _, place in rows]

    def place_of(self, offset: int) -> Place | None:
        """The string that holds the source offset, or the nearest before it."""
        starts, places = self._by_offset
        k = bisect_right(starts, offset) - 1
        return places[max(k, 0)] if places else None

    def chunk_of(self, place: Place) -> int:
        """The chunk of the document that draws the pointer."""
        if place[0] not in self._chunk_index:
            self._chunk_index[place[0]] = {i.pointer: n for n, c in enumerate(self.document(place[0])) for i in c}
        index, pointer = self._chunk_index[place[0]], place[1]
        while pointer and pointer not in index:
            pointer = pointer.rpartition("/")[0]
        return index.get(pointer, 0)

    @cached_property
    def pages(self) -> dict[int, int]:
        """Source offset -> the page that begins there, for sources that have pages."""
        firsts: dict[int, int] = {}
        for row in self.output.trace:
            for p in row.get("pages") or ():
                page, at = int(p["page"]), min(a for a, _ in row["source"])
                if len(row["pages"]) == 1 and at < firsts.get(page, len(self.text) + 1):
                    firsts[page] = at
        return {self.text.rfind("\n", 0, at) + 1: page for page, at in firsts.items()}

    @property
    def places(self) -> Iterable[Place]:
        """All strings that were printed, in the order of the trace."""
        return self._rows.keys()

    def ranges_of(self, place: Place) -> list[tuple[int, int]]:
        return self._rows.get(place, [])

    def pages_of(self, place: Place) -> list[Json]:
        """[{"page", "bbox"}] that the string stands on; empty where the source has no pages."""
        return list(self._pages.get(place, ()))

    def text_at(self, place: Place) -> Place | None:
        """The place itself if it is a string, else the first string inside it, in the order of the document."""
        if place in self._rows:
            return place
        own = (f"{place[1]}/{key}" for key in ("number", "title", "caption", "text"))
        named = next(((place[0], p) for p in own if (place[0], p) in self._rows), None)
        inside = (p for p in self._rows if p[0] == place[0] and p[1].startswith(place[1] + "/"))
        return named or next(inside, None)

    @cached_property
    def evidence(self) -> Evidence:
        return evidence_of(self.output)

    @cached_property
    def evidence_rows(self) -> dict[str, Json]:
        return {r["id"]: r for r in self.output.evidence}

    @cached_property
    def stand_ins(self) -> dict[str, str]:
        """Id -> the id of the entry that stands for it in the queue."""
        return stand_ins(self)

    @cached_property
    def titles(self) -> dict[str, Json]:
        return {d["id"]: d for d in self.output.bundle["documents"]}


def _id_of(d: Decision) -> str:
    """The id of a passage that a decision speaks of without an edit of a rule."""
    return f"{'c' if d.on == 'comment' else 'p'}-{d.key}"
