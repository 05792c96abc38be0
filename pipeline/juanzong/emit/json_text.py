"""Values -> JSON as committed: documents with one key a line, rows with one object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from io import StringIO
from json.encoder import encode_basestring
from math import isfinite
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
_in_c = getattr(json.encoder, "c_make_encoder", None)  # `encode` makes one for each row anew
_one = _in_c(None, None, encode_basestring, None, ": ", ", ", False, False, True) if _in_c is not None else None
_OTHER_ENDS = "\u2028\u2029\x85"


def to_json(value: Any) -> str:
    """Indented by one blank a level, keys in the order of the model.

    json.dumps is slow once it indents (it leaves its C code then), so the few kinds of value there are, are told here.

    >>> to_json({"a": [], "b": [1, 0.5, None, True], "c": {"d": "甲\\n"}}) == json.dumps(
    ...     {"a": [], "b": [1, 0.5, None, True], "c": {"d": "甲\\n"}}, ensure_ascii=False, indent=1) + "\\n"
    True
    """
    out = StringIO()
    _write(value, "\n", out.write)
    out.write("\n")
    return out.getvalue()


def _write(value: Any, end: str, put: Callable[[str], object]) -> None:
    """The value in pieces, each `put` behind the one before; `end` is the line end with the indent of the line it stands in."""
    if isinstance(value, str):
        put(encode_basestring(value))
    elif type(value) is int:  # a truth value is one as well
        put(str(value))
    elif isinstance(value, dict) and value:
        inner = end + " "
        before = "{" + inner
        for key, item in value.items():
            if isinstance(item, str):  # most of all
                put(f"{before}{encode_basestring(key)}: {encode_basestring(item)}")
            elif type(item) is int or (type(item) is float and isfinite(item)):
                put(f"{before}{encode_basestring(key)}: {item!r}")
            else:
                put(f"{before}{encode_basestring(key)}: ")
                _write(item, inner, put)
            before = "," + inner
        put(end + "}")
    elif isinstance(value, (list, tuple)) and value:
        inner = end + " "
        before = "[" + inner
        for item in value:
            put(before)
            if type(item) is dict and (flat := _flat(item, inner)) is not None:  # a cell, a value
                put(flat)
            else:
                _write(item, inner, put)
            before = "," + inner
        put(end + "]")
    else:
        put(_encode(value))


def _flat(value: dict[str, Any], end: str) -> str | None:
    """An object of strings and figures alone; None where there is anything else in it, or nothing."""
    parts = []
    for key, item in value.items():
        kind = type(item)
        if kind is str:
            parts.append(f"{encode_basestring(key)}: {encode_basestring(item)}")
        elif kind is int or (kind is float and isfinite(item)):
            parts.append(f"{encode_basestring(key)}: {item!r}")
        else:
            return None
    inner = end + " "
    return f"{{{inner}{f',{inner}'.join(parts)}{end}}}" if parts else None


def trace_line(
    document: str, pointer: str, source: Iterable[tuple[int, int]], pages: Iterable[str] | None = None
) -> str:
    """One row of trace.jsonl, of which there are as many as strings: the same text as `to_jsonl` gives, in a third of
    its time. `pages`: as JSON, each.

    >>> trace_line("plan", "/title", [(0, 3), (4, 6)])
    '{"document": "plan", "pointer": "/title", "source": [[0, 3], [4, 6]]}\\n'
    """
    ranges = ", ".join([f"[{a}, {b}]" for a, b in source])
    more = f', "pages": [{", ".join(pages)}]' if pages is not None else ""
    return f'{{"document": {encode_basestring(document)}, "pointer": {encode_basestring(pointer)}, "source": [{ranges}]{more}}}\n'


def to_jsonl(rows: Iterable[Any]) -> str:
    """One object a line."""
    if _one is None:
        return one_a_line("".join([_encode(r) + "\n" for r in rows]))
    return one_a_line("".join([part for row in rows for part in (*_one(row, 0), "\n")]))


def one_a_line(rows: str) -> str:
    """Rows, each in a line also for programs that take other signs for line ends: JSON need not write these as escapes.

    >>> one_a_line('{"a": "甲\\u2028乙"}\\n') == '{"a": "甲\\\\u2028乙"}\\n'
    True
    """
    for sign in _OTHER_ENDS:
        if sign in rows:
            rows = rows.replace(sign, f"\\u{ord(sign):04x}")
    return rows
