"""The words of edits and findings, and what speaks for an edit: apart from the models, so that a run loads no pydantic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

Category = Literal["layout", "format", "content"]
Kind = Literal["drop", "merge", "replace", "insert", "join"]
Status = Literal["applied", "suggested", "accepted", "rejected"]
Severity = Literal["error", "warning", "info"]
FindingStatus = Literal["open", "waived"]

QuotationVerdict = Literal["verbatim", "near", "composed", "paraphrase", "not found"]
CitationVerdict = Literal[
    "agrees",
    "title differs",
    "number differs",
    "date differs",
    "number not confirmed",
    "date not confirmed",
    "short name",
    "not in the bundle",
]
ReferenceVerdict = Literal["resolves", "does not resolve", "undecided"]
_TOLD_BY_CHECKS = ("annex list", "note")  # annex-missing, note-without-marker
FactVerdict = Literal["agree", "agree after rounding", "agree (bound)", "differ", "unit differs"]
# what bundle.json counts, each in the order of its verdicts
VERDICTS: dict[str, tuple[str, ...]] = {
    "quotations": get_args(QuotationVerdict),
    "citations": get_args(CitationVerdict),
    "references": get_args(ReferenceVerdict),
    "facts": get_args(FactVerdict),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something in the bundle that speaks for a change: a place and what it says; the model has the same name."""

    source: tuple[int, int] | None = None  # code points of the source text
    document: str | None = None
    pointer: str | None = None
    text: str | None = None  # what stands there
    note: str | None = None  # why it speaks for the change

    def row(self) -> dict[str, Any]:
        """As edits.jsonl has it: what is not said is left out."""
        said = {
            "source": self.source,
            "document": self.document,
            "pointer": self.pointer,
            "text": self.text,
            "note": self.note,
        }
        return {k: v for k, v in said.items() if v is not None}


def is_told_by_checks(kind: str, text: str) -> bool:
    """Whether a check of the documents tells of a reference of this type that does not resolve; of a contents list's
    entries all but annexes (contents-entry-without-heading)."""
    return kind in _TOLD_BY_CHECKS or (kind == "contents" and not text.startswith("附"))
