"""JSON files of other tools: their value, what in it a tool wrote, and places in it."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport
from juanzong.language.written_ends import with_line_ends
from juanzong.read.answers import streamed_answer
from juanzong.read.decoding import Decoded, decode
from juanzong.read.json_links import with_linked_tables
from juanzong.read.json_values import pages_in_order, values_in_a_row
from juanzong.read.ocr_pairs import logged_pairs
from juanzong.read.printed import Box

_WORD = re.compile(r"[*_#\s]*\p{Han}")
_MARKS = '{["]},'  # with which JSON goes on
_FAR = 1e7  # points or pixels; no page is that large
_DEEPEST = 8  # wrappers in wrappers
_OPENING, _CLOSING = ("{", "["), ("}", "]")
_OPENS = re.compile(
    r'\s*(?:(?:\[\s*)?\{\s*\'(?:[^\'\\\n]|\\.)*\'\s*:|\{\s*(?:"(?:[^"\\\n]|\\.)*"\s*:|\})|\[\s*(?:\{\s*["}]|\[\s*(?:["{\[\]\d-]|true|false|null|$)|null\s*[,\]]|"(?:[^"\\\n]|\\.)*"\s*[,\]]|\]\s*$))'
)
_STRING = re.compile(r'\s*"(?:[^\n]*\\n|\s*(?:\[\s*)?\{\s*\\")')  # a text, or JSON, as one JSON string
# Of one document, which of a service's answers is read; its Markdown only where nothing else is there.
_SAME = (
    "json_content",
    "content_list",
    "content_list_v2",
    "middle_json",
    "pdf_info",
    "model_output",
    "md_content",
    "markdown",
    "md",
)


def looks_like_json(text: str) -> bool:
    """Whether a file's head is that of JSON, whole or not; brackets open texts as well.

    >>> [looks_like_json(s) for s in ('[{"type": "te', '{"a": [1', "[1] 注释", "{12}------", '"甲\\\\n乙"', "“引言”", "[[page:1]]")]
    [True, True, False, False, True, False, False]
    """
    return bool(_OPENS.match(text) or _STRING.match(text))


def text_follows(text: str) -> bool:
    """Whether a value in JSON stands alone at the head of a text: behind it, in a line of its own, no other one begins; or
    the text only begins with brackets, as JSON does.

    >>> [text_follows(s) for s in ('{"title": "甲"}\\n\\n# 甲\\n', '{"a": 1}\\n{"a": 2}', '{"a": 1', '["甲"]\\n乙', '{"a": 1}]')]
    [True, False, False, True, False]
    >>> [text_follows(s) for s in ("[[1, 2]\\n\\n甲", "[[[ 甲", "[[1, 2], [3", '[{"a": 1} 甲')]
    [True, True, False, False]
    """
    begin = len(text) - len(text.lstrip())
    try:
        _, end = json.JSONDecoder().raw_decode(text, begin)
    except json.JSONDecodeError as error:  # brackets of the text's own, no word of whose is quoted
        return _WORD.match(text, error.pos) is not None and '"' not in text[: error.pos]
    except RecursionError:
        return False
    rest = text[end:]
    return "\n" in rest[: len(rest) - len(rest.lstrip())] and rest.lstrip()[:1] not in ("", *_MARKS)


_LED = re.compile(
    r"\s*(?:(?://[^\n]{0,120}\n|/\*[^*]{0,200}\*/)\s*)*(?:(?:(?:var|let|const)\s+)?[A-Za-z_$][\w.$]{0,40}\s*[=(]\s*)?(?=[\[{])"
)
_STREAMED = re.compile(r"\s*(?:event:[^\n]*\n\s*)?data:\s*\{\s*[\"}]")
_OF_STREAM = re.compile(r"(?m)^(?:event:[^\n]*\n?|data:\s*\[DONE\]\s*|data:[ \t]*)")
# a few words of the model's may stand round it
_FENCED = re.compile(
    r"[^`\[{]{0,200}`{3,}[A-Za-z]{0,8}[ \t]*\r?\n(?P<value>\s*[\[{](?:(?!\n\s*```).)*)(?:\n\s*`{3,}[^`#]{0,200})?$",
    re.DOTALL,
)


def without_fence(text: str) -> str:
    """A text of nothing but JSON, whole or not, in a code fence, as models answer, or led by what programs put before it
    (var data =, data:, a comment), without that; other texts as they are.

    >>> without_fence('```json\\n[{"text": "某办法"}]\\n```\\n'), without_fence("```\\n甲\\n```")
    ('[{"text": "某办法"}]', '```\\n甲\\n```')
    >>> without_fence('var a = [{"a": 1}];'), without_fence('data: {"a": 1}\\n\\ndata: {"a": 2}\\n\\ndata: [DONE]\\n')
    ('[{"a": 1}]', '{"a": 1}\\n\\n{"a": 2}\\n\\n')
    """
    if _STREAMED.match(text):
        return _OF_STREAM.sub("", text)
    led = _LED.match(text) if text.lstrip()[:1] not in ("[", "{") else None
    if led is not None and looks_like_json(text[led.end() :]):
        return text[led.end() :].rstrip("); \t\r\n")
    m = _FENCED.match(text) if "```" in text else None
    return m["value"] if m is not None and looks_like_json(m["value"]) and 2 * len(m["value"]) > len(text) else text


class JsonFile(NamedTuple):
    """A file's value; of JSON lines, a list. `reports`: bytes in it that are no text, lines in another encoding."""

    value: Any
    reports: tuple[PageReport, ...]


def load_json(path: Path) -> JsonFile:
    """Raises JuanzongError that says where the file breaks off."""
    decoded = _decoded(path)
    value = _value(without_fence(decoded.text.removeprefix("\ufeff")), path)
    if '"tables"' in decoded.text and "](" in decoded.text:
        value = with_linked_tables(value)
    answer = streamed_answer(value)
    return JsonFile(pages_in_order(value) if answer is None else answer, decoded.reports)


def _value(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise JuanzongError(f"{path}: JSON nested too deep to be read; export it again") from None
    except ValueError as error:
        if (printed := _printed_value(text)) is not None:
            return printed
        if (logged := logged_pairs(text)) is not None:
            return logged
        if (values := values_in_a_row(text)) is not None:
            return values
        lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
        found = _json_lines(lines, path)
        if found is None:
            raise _broken(path, error, 0) from None
        return found


def _printed_value(text: str) -> Any:
    """The value of a text that Python printed: names in single quotes, None for null; None of another text.

    >>> _printed_value("[{'type': 'text', 'img': None}]"), _printed_value('{"a": 1,}')
    ([{'type': 'text', 'img': None}], None)
    """
    if not text.lstrip("[{ \t\r\n").startswith("'"):
        return None
    try:
        return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None


def _decoded(path: Path) -> Decoded:
    """The file's text; the standard tells its encoding (RFC 8259, 8.1), but files in GB18030 are about."""
    data = path.read_bytes()
    try:
        return Decoded(data.decode(encoding := json.detect_encoding(data)), encoding)
    except (UnicodeDecodeError, LookupError):
        return decode(data, str(path))


def _json_lines(lines: Sequence[tuple[int, str]], path: Path) -> list[Any] | None:
    """The values of a file with one a line; None where its first line is none."""
    out: list[Any] = []
    for n, line in lines:
        try:
            out.append(json.loads(line))
        except (ValueError, RecursionError) as error:
            if not out or not isinstance(out[0], dict | list):
                return None
            raise _broken(path, error, n - 1) from None
    return out


def _broken(path: Path, error: Exception, before: int) -> JuanzongError:
    """`before`: lines of the file before the text that the error counts in."""
    where, near = "", ""
    if isinstance(error, json.JSONDecodeError):
        where = f" at line {error.lineno + before}, column {error.colno}"
        near = " ".join(error.doc[max(0, error.pos - 24) : error.pos + 8].split())
    return JuanzongError(f"{path}: not whole JSON: it breaks off{where} (near {near!r}); export it again")


def tool_values(value: Any, kind_of: Callable[[Any], str | None], depth: int = 0) -> list[tuple[str, Any]]:
    """(kind, value) of all that a tool wrote in a value, out of whatever wraps it, JSON in strings too; a text alone is of
    kind "text". `kind_of` tells the tool's own forms."""
    if isinstance(value, str):
        if looks_like_json(value):
            try:
                return tool_values(json.loads(value), kind_of, depth + 1) if depth < _DEEPEST else []
            except (ValueError, RecursionError):
                return []
        return [("text", with_line_ends(value))] if value.strip() else []
    kind = kind_of(value)
    if kind or depth >= _DEEPEST or not isinstance(value, dict | list):
        return [(kind, value)] if kind else []
    if isinstance(value, dict):
        same = [k for k in _SAME if k in value]
        for key in same:
            found = tool_values(value[key], kind_of, depth + 1)
            if found:
                return found
        inner = list(value.values())
    else:
        inner = value
    listed = isinstance(value, list)
    out: list[tuple[str, Any]] = []
    for one in inner:
        if not isinstance(one, str) or looks_like_json(one):
            found = tool_values(one, kind_of, depth + 1)
            alone = kind_of([one]) if listed and not found and isinstance(one, dict) else None  # a block by itself
            out += [(alone, [one])] if alone else found
    return out


def unfolded(value: Any) -> Any:
    """A value whose strings of objects in JSON, as services answer, are those objects.

    >>> unfolded({"Data": '{"content": "第一条"}', "notes": ["[1] 注", "[1]", '{"a": 1']})
    {'Data': {'content': '第一条'}, 'notes': ['[1] 注', '[1]', '{"a": 1']}
    """
    try:
        return _unfolded(value, 0)
    except RecursionError:
        return value


def _unfolded(value: Any, depth: int) -> Any:
    if isinstance(value, dict):
        return {k: _unfolded(v, depth) for k, v in value.items()}
    if isinstance(value, list):
        return [_unfolded(v, depth) for v in value]
    if isinstance(value, str) and value.lstrip()[:1] in _OPENING and value.rstrip()[-1:] in _CLOSING:
        try:
            inner = json.loads(value)
        except ValueError:
            return value
        if depth < _DEEPEST and (isinstance(inner, dict) or dicts(inner)):
            return _unfolded(inner, depth + 1)
    return value


def is_number(value: Any) -> bool:
    """Whether it is a number a page can have: JSON also has true, NaN and Infinity.

    >>> [is_number(v) for v in (1, 0.5, True, float("nan"), "1", None)]
    [True, True, False, False, False, False]
    """
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _FAR


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; none for anything else, as damaged files have it.

    >>> dicts([{"a": 1}, None, "b"]), dicts("c")
    ([{'a': 1}], [])
    """
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def whole(value: Any, least: int = 0, most: int = 100_000) -> int:
    """A count or an index, kept within bounds; the least for anything else.

    >>> whole(3), whole(-1), whole("3", 1), whole(True), whole(10 ** 9)
    (3, 0, 1, 0, 100000)
    """
    return min(most, max(least, value)) if isinstance(value, int) and not isinstance(value, bool) else least


def box_of(value: Any, across: float, down: float) -> Box | None:
    """Four numbers x0, y0, x1, y1, times `across` and `down`, as a box in points; None for anything else.

    >>> box_of([0, 0, 500, 1000], 0.6, 0.8), box_of("?", 1, 1)
    ((0.0, 0.0, 300.0, 800.0), None)
    """
    if not isinstance(value, list | tuple) or len(value) != 4 or not all(map(is_number, value)):
        return None
    x0, y0, x1, y1 = (float(v) for v in value)
    return (x0 * across, y0 * down, x1 * across, y1 * down)
