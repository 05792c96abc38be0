"""A bundle for programs: its documents as models, where their strings come from, its tables, edits and findings."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from juanzong.core.errors import JuanzongError
from juanzong.model import AnyDocument, Document, Edit, Finding, PagePlace, TraceRow, UnknownDocument
from juanzong.model import Bundle as BundleEntry
from juanzong.model.evidence import EVIDENCE_ROWS, Citation, Fact, Quotation, Reference
from juanzong.output.folder import Output, read_files, resolve, typed_documents
from juanzong.output.sound import load_sound, placed, sound
from juanzong.output.tables import BundleTable, tables_of

Boxes = list[tuple[tuple[float, float, float, float], str, str]]  # box on a page, document, pointer


class Origin(NamedTuple):
    """Where something printed comes from: ranges of the source text, and boxes on pages where the source has pages."""

    source: list[tuple[int, int]]  # code points, half open, in the order of print
    pages: list[PagePlace]


class Found(NamedTuple):
    """A string of a document."""

    document: str
    pointer: str
    text: str


class Bundle:
    """One bundle, read from clean/<id>/ or just made. Equal where all files are."""

    def __init__(self, output: Output, files: Mapping[str, str] | None = None) -> None:
        """`output` is sound; `files` are its texts where they stand in no folder yet."""
        self._output, self._files = output, files
        self.entry = BundleEntry.model_validate(output.bundle)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Bundle):
            return NotImplemented
        ours, theirs = self._output, other._output
        return all(
            getattr(ours, name) == getattr(theirs, name)
            for name in ("bundle", "documents", "trace", "edits", "findings", "evidence")
        )

    __hash__ = None  # type: ignore[assignment]  # equal by content, and content may be large

    def __repr__(self) -> str:
        return f"<Bundle {self.id}: {len(self._output.documents)} documents>"

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def title(self) -> str:
        return self.entry.title

    @property
    def folder(self) -> Path:
        """The folder that it was read from; of a bundle just made the one that `save` would write under clean/."""
        return self._output.folder

    @cached_property
    def documents(self) -> list[AnyDocument | UnknownDocument]:
        """The documents in the order of the bundle."""
        return typed_documents(self._output)

    def document(self, id: str) -> AnyDocument | UnknownDocument:
        """The document of an id. Raises JuanzongError where there is none."""
        for document in self.documents:
            if document.id == id:
                return document
        raise JuanzongError(f"{self.folder}: has no document {id}")

    def tables(self) -> list[BundleTable]:
        """All tables with rows, in the order of the bundle."""
        return tables_of(self.documents, self.findings())

    def edits(self) -> list[Edit]:
        """Every change made or proposed between source and output."""
        return [Edit.model_validate(e) for e in self._output.edits]

    def findings(self) -> list[Finding]:
        """What the checks found."""
        return [Finding.model_validate(f) for f in self._output.findings]

    def evidence(self) -> list[Quotation | Citation | Reference | Fact]:
        """What the bundle says of itself, checked."""
        return [EVIDENCE_ROWS.validate_python(row) for row in self._output.evidence]

    def trace(self, document: str | Document, pointer: str | None = None) -> Origin:
        """Where a string, or everything below a block, row or document, comes from.

        The place is a document (or its id) and a JSON Pointer in it, or both in one string:
        `trace("plan-x", "/body/0/text")`, `trace("plan-x/body/0/text")`. Raises JuanzongError where nothing printed is.
        """
        id = document.id if isinstance(document, Document) else document
        if pointer is None:
            id, slash, rest = id.partition("/")
            pointer = slash + rest
        pointers = self._pointers.get(id, [])
        here = [pointer] if (id, pointer) in self.rows else []
        below = pointers[bisect_left(pointers, pointer + "/") : bisect_left(pointers, pointer + "0")]  # "0" follows "/"
        rows = sorted((self.rows[id, p] for p in here + below), key=lambda r: r.source[0])
        if not rows:
            raise JuanzongError(f"{self.folder}: nothing printed stands at {id}{pointer}")
        return Origin([s for r in rows for s in r.source], merged_boxes([p for r in rows for p in r.pages or ()]))

    def pages_at(self, document: str, pointer: str) -> list[PagePlace]:
        """The pages and boxes of what stands at a pointer; empty where nothing printed does, or without pages."""
        try:
            return self.trace(document, pointer).pages
        except JuanzongError:
            return []

    def at(
        self, offset: int | None = None, *, page: int | None = None, x: float | None = None, y: float | None = None
    ) -> Found | None:
        """The string at an offset of the source text, or at a point of a page (PDF points from the top left); None
        where nothing printed is kept. Raises TypeError where neither is given whole."""
        if offset is not None:
            k = bisect_right(self._spans, offset, key=lambda s: s[0]) - 1
            if k < 0 or offset >= self._spans[k][1]:
                return None
            _, _, document, pointer = self._spans[k]
            return Found(document, pointer, self.text_at(document, pointer))
        if page is None or x is None or y is None:
            raise TypeError("at() takes an offset, or page, x and y")
        hits = [b for b in self._boxes.get(page, ()) if b[0][0] <= x <= b[0][2] and b[0][1] <= y <= b[0][3]]
        if not hits:
            return None
        _, document, pointer = min(hits, key=lambda b: (b[0][2] - b[0][0]) * (b[0][3] - b[0][1]))
        return Found(document, pointer, self.text_at(document, pointer))

    def save(self, out: Path | str = "clean") -> Path:
        """Write the bundle as `out`/<id>, as `juanzong run` does; returns that folder. Raises JuanzongError for a
        bundle that was loaded (it stands in its folder), and where something else stands there."""
        from juanzong.emit.files import write_folder

        if self._files is None:
            raise JuanzongError(f"{self.folder}: was loaded from there; copy the folder")
        write_folder(Path(out) / self.id, self._files)
        return Path(out) / self.id

    def text_at(self, document: str, pointer: str) -> str:
        """The string of a document at a pointer. Raises LookupError where none stands there."""
        return str(resolve(self._output.documents[document], pointer))

    @cached_property
    def rows(self) -> dict[tuple[str, str], TraceRow]:
        """The rows of trace.jsonl by document and pointer."""
        return {(r["document"], r["pointer"]): TraceRow.model_validate(r) for r in self._output.trace}

    @cached_property
    def _pointers(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = defaultdict(list)
        for document, pointer in sorted(self.rows):
            out[document].append(pointer)
        return out

    @cached_property
    def _spans(self) -> list[tuple[int, int, str, str]]:
        return sorted((a, b, r.document, r.pointer) for r in self.rows.values() for a, b in r.source)

    @cached_property
    def _boxes(self) -> dict[int, Boxes]:
        out: dict[int, Boxes] = defaultdict(list)
        for r in self.rows.values():
            for p in r.pages or ():
                out[p.page].append((p.bbox, r.document, r.pointer))
        return out


def merged_boxes(places: list[PagePlace]) -> list[PagePlace]:
    """One box a page round all boxes on it, by page; confidence is the least."""
    out: dict[int, PagePlace] = {}
    for p in places:
        old = out.get(p.page)
        if old is None:
            out[p.page] = p
            continue
        a, b = old.bbox, p.bbox
        box = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
        known = [c for c in (old.confidence, p.confidence) if c is not None]
        out[p.page] = PagePlace(page=p.page, bbox=box, confidence=min(known, default=None))
    return [out[page] for page in sorted(out)]


def load_bundle(folder: Path | str) -> Bundle:
    """clean/<id>/ -> the bundle. Raises JuanzongError where the folder is no output, or a broken one."""
    return Bundle(load_sound(Path(folder)))


def made_bundle(bundle_id: str, files: Mapping[str, str]) -> Bundle:
    """The texts of a bundle's files, as `juanzong run` would write them -> the bundle."""
    output = read_files(Path("clean") / bundle_id, lambda name: files[name].encode("utf-8"))
    return Bundle(placed(sound(output)), files)
