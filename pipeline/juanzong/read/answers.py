"""A model's answer kept as JSON: the pieces in which it was streamed, or the parts of its message."""

from __future__ import annotations

from typing import Any

_LEAST = 2  # pieces
_OF_PART = {"type", "text", "annotations", "citations", "logprobs", "cache_control"}


def streamed_answer(value: Any) -> str | None:
    """The text of an answer whose pieces are told one after another; None for any other value.

    >>> streamed_answer([{"choices": [{"delta": {"content": s}}]} for s in ("甲", "\\n\\n", "乙")])
    '甲\\n\\n乙'
    >>> streamed_answer([{"type": "content_block_delta", "delta": {"text": s}} for s in "甲乙"]), streamed_answer([{"a": 1}])
    ('甲乙', None)
    """
    if not isinstance(value, list) or not any(isinstance(v, dict) and ("delta" in v or "choices" in v) for v in value):
        return None
    pieces = [piece for v in value for piece in _pieces(v)]
    return "".join(pieces) if len(pieces) >= _LEAST else None


def _pieces(value: Any) -> list[str]:
    """What one event of a stream says."""
    if not isinstance(value, dict):
        return []
    held = [value, *(v for v in value.get("choices") or [] if isinstance(v, dict))]
    deltas = [v["delta"] for v in held if isinstance(v.get("delta"), dict)]
    return [s for delta in deltas for k in ("content", "text") if isinstance(s := delta.get(k), str)]


def are_answers(data: list[dict[str, Any]]) -> bool:
    """Whether objects are the parts of a model's message: texts of many lines, of which no place is told.

    >>> are_answers([{"type": "text", "text": "# 甲办法\\n\\n第一条 略。"}]), are_answers([{"type": "text", "text": "甲"}])
    (True, False)
    """
    bare = all(item.keys() <= _OF_PART and item.get("type") in ("text", "output_text") for item in data)
    return bare and any(isinstance(item.get("text"), str) and "\n\n" in item["text"].strip() for item in data)
