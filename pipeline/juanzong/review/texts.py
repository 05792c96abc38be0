"""All texts of the documents, found by source offset and changed in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.language.dates import iso_date
from juanzong.review.places import Reach, spot, undo

REACHES: tuple[Reach, ...] = ("inside", "ends", "line")
BUCKET = 256  # source characters a bucket of the index; a text is in every bucket that it spans


class Texts:
    """Working copies of the documents' texts; `put_back` writes them to the documents."""

    def __init__(self, documents: Sequence[tree.Document]) -> None:
        self._documents = documents
        self._texts: list[Traced] = []
        self._near: defaultdict[int, list[int]] = defaultdict(list)

        def collect(text: Traced, role: str) -> Traced:
            if text.runs:
                lo, hi = min(r.start for r in text.runs), max(r.end for r in text.runs)
                for bucket in range(max(lo - 1, 0) // BUCKET, (hi + 1) // BUCKET + 1):
                    self._near[bucket].append(len(self._texts))
            self._texts.append(text)
            return text

        for d in documents:
            tree.map_texts(d, collect)

    def change(self, start: int, end: int, make: Callable[[Traced, int, int], Traced]) -> bool:
        """make(text, i, j) takes the place of the text whose text[i:j] was made of source[start:end]."""
        for k in self._near.get(start // BUCKET, ()):
            at = spot(self._texts[k], start, end)
            if at is not None and self._texts[k].widen(*at) == at and not self._reaches_beyond(k, start, end):
                self._texts[k] = make(self._texts[k], *at)
                return True
        return False

    def _reaches_beyond(self, k: int, start: int, end: int) -> bool:
        """Whether source[start:end] begins or ends in another text than the k-th."""
        return start < end and any(
            r.text and r.start <= place < r.end
            for place in (start, end - 1)
            for m in self._near.get(place // BUCKET, ())
            if m != k
            for r in self._texts[m].runs
        )

    def undo(self, source: str, start: int, end: int) -> bool:
        """source[start:end] stands as printed again in the text that it was changed in, or dropped from."""
        for reach in REACHES:  # inside a text rather than at its end
            for k in self._near.get(start // BUCKET, ()):
                text = undo(self._texts[k], source, start, end, reach=reach)
                if text is not None:
                    self._texts[k] = text
                    return True
        return False

    def put_back(self) -> None:
        """Write the texts to the documents."""
        texts: Iterator[Traced] = iter(self._texts)
        for d in self._documents:
            tree.map_texts(d, lambda text, role: next(texts))
            _date_anew(d)


def _date_anew(document: tree.Document) -> None:
    """The dates of a document as their texts now say; what is no date any more is told beside the elements."""
    for key, value in list(document.metadata.items()):
        if not isinstance(value, tree.Date):
            continue
        iso = iso_date(value.text.text)
        if iso is not None:
            value.iso = iso
            continue
        del document.metadata[key]
        told = document.metadata.setdefault("repeated", [])
        assert isinstance(told, list)
        told.append(tree.Repeated(key, value.text))
