"""A reviewer's wish -> the decision that the file keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from juanzong.core.errors import JuanzongError
from juanzong.model.edit import Edit
from juanzong.review.decisions import Decision, Verdict
from juanzong.review.matching import Change, comment_on, decide, finding_decision, read_as

if TYPE_CHECKING:
    from juanzong.review.state import Review

READING_MAX = 100_000  # characters
_WORDS_FOR = {
    "reading": "a reading is needed; type what the passage should read",
    "waived": "a reason is needed; type why it may stand",
    "comment": "a comment is needed; type it",
}


def decision_on(review: Review, target: str, verdict: Verdict, words: str | None = None) -> Decision:
    """The decision on an edit, a finding, or `s-START-END`, a passage of the source; `words` are the reading, the
    reason or the comment. Raises JuanzongError."""
    if verdict in _WORDS_FOR:
        words = words if verdict == "reading" else (words or "").strip() or None
        if words is None or len(words) > READING_MAX or _surrogate(words):
            raise JuanzongError(_WORDS_FOR[verdict])
    if target in review.findings and verdict in ("accepted", "rejected", "waived"):
        return finding_decision(review.findings[target].check, review.findings[target].message, verdict, words)
    if target in review.edits and verdict in ("accepted", "rejected", "reading"):
        return decide(review.squeezed, change_of(review.edits[target]), verdict, words)
    if target in review.passages or (target in review.edits and verdict == "comment"):
        return _on_passage(review, *{**review.edits, **review.passages}[target].source, verdict, words or "")
    kind, _, rest = target.partition("-")
    start, _, end = rest.partition("-")
    if kind == "s" and start.isdecimal() and end.isdecimal() and int(start) <= int(end) <= len(review.text):
        return _on_passage(review, int(start), int(end), verdict, words or "")
    raise JuanzongError(f"{target}: nothing to decide there; reload the page")


def _on_passage(review: Review, start: int, end: int, verdict: Verdict, words: str) -> Decision:
    if verdict == "comment":
        return comment_on(review.squeezed, start, end, words)
    if verdict == "reading":
        return read_as(review.squeezed, start, end, words)
    raise JuanzongError("a passage can be read anew or commented on; choose one of these")


def _surrogate(text: str) -> bool:
    return any("\ud800" <= ch <= "\udfff" for ch in text)


def change_of(e: Edit) -> Change:
    return Change(*e.source, e.before, e.after, e.rule, e.kind, e.category)
