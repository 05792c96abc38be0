"""Mentions of documents -> what they name in the bundle, and whether title, number and date are those printed there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.language.dates import iso_date
from juanzong.stages.evidence.mentions import Mention
from juanzong.stages.evidence.titles import Deviation, Titles, best_title, deviation_of, plain_number, plain_title

_DATES = ("issued_on", "published_on", "printed_on", "approval")


@dataclass(eq=False)
class Citation:
    """A mention, what it names, and what of it is not as printed. `evidence`: the printed title, number or date."""

    mention: Mention
    document: tree.Document | None
    verdicts: list[str]
    deviations: list[Deviation] = field(default_factory=list)
    evidence: list[Traced] = field(default_factory=list)


class Library:
    """The documents of a bundle by what they may be cited as."""

    def __init__(self, documents: Sequence[tree.Document]) -> None:
        self.documents = [d for d in documents if d.title and d.type != "front_matter"]
        self._titles = Titles([d.title.text for d in self.documents])
        self._known: dict[str, tuple[tree.Document, bool] | None] = {}

    def named(self, title: str) -> tuple[tree.Document, bool] | None:
        """(the document, whether its title reads otherwise) that a title names; None where it is not in the bundle."""
        key = plain_title(title)
        if key not in self._known:
            found = best_title(title, self._titles)
            self._known[key] = (self.documents[found[0]], found[1]) if found else None
        return self._known[key]

    def cite(self, mention: Mention) -> Citation:
        """The mention judged."""
        if mention.short:
            return Citation(mention, mention.stands_for, ["short name"])
        found = self.named(mention.title)
        if found is None:
            return Citation(mention, None, ["not in the bundle"])
        document, differs = found
        out = Citation(mention, document, [], evidence=[document.title])
        if differs:
            out.verdicts.append("title differs")
            out.deviations.append(deviation_of(mention.title, document.title.text))
        elif mention.title != document.title.text and _form(mention.title) != _form(document.title.text):
            out.deviations.append(Deviation("title", "form", mention.title, document.title.text))
        for name in ("number", "date"):
            self._compare(out, name)
        if "number differs" in out.verdicts and any(d is mention.carrier for d in kin_of(document)):
            return Citation(mention, None, ["not in the bundle"])  # the text that it takes the place of
        out.verdicts = [v for v in _ORDER if v in out.verdicts] or ["agrees"]
        return out

    def _compare(self, out: Citation, name: str) -> None:
        cited = out.mention.number if name == "number" else out.mention.date
        if cited is None or out.document is None:
            return
        printed = _numbers(out.document) if name == "number" else _dates(out.document)
        field_ = "number" if name == "number" else "date"
        if not printed:
            out.verdicts.append(f"{name} not confirmed")
            out.deviations.append(Deviation(field_, "not printed", cited, None))  # type: ignore[arg-type]
            return
        same = [t for t in printed if _same(name, cited, t)]
        out.evidence += same[:1] or printed[:1]
        if not same:
            out.verdicts.append(f"{name} differs")
            out.deviations.append(Deviation(field_, "changed", cited, printed[0].text))  # type: ignore[arg-type]


_ORDER = (
    "title differs",
    "number differs",
    "date differs",
    "number not confirmed",
    "date not confirmed",
)


def _form(title: str) -> str:
    return "".join(title.split()).strip("《》").replace("(", "（").replace(")", "）")


def _same(name: str, cited: str, printed: Traced) -> bool:
    if name == "number":
        return plain_number(cited) == plain_number(printed.text)
    a, b = iso_date(cited), iso_date(printed.text)
    return a is not None and b is not None and (a.startswith(b) or b.startswith(a))


def kin_of(document: tree.Document) -> list[tree.Document]:
    """The document, and the notice that promulgates it or what it promulgates: one may print the other's number."""
    return [d for d in (document, document.promulgated_by, *document.promulgates) if d is not None]


def _numbers(document: tree.Document) -> list[Traced]:
    found = [d.metadata.get("doc_number") for d in kin_of(document)]
    return [v for v in found if isinstance(v, Traced) and v]


def _dates(document: tree.Document) -> list[Traced]:
    out: list[Traced] = []
    for d in kin_of(document):
        for key in _DATES:
            value = d.metadata.get(key)
            text = value.text if isinstance(value, tree.Date) else value
            if isinstance(text, Traced) and text and iso_date(text.text):
                out.append(text)
    return out
