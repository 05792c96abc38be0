"""Second walks: the texts of a file as its format stores them, by a way that shares nothing with the reader's.

Each walk is simple, knows nothing of layout, and may see too little of a damaged file; what it does see must be found in
what was read. `account` compares.
"""

from __future__ import annotations

import ast
import csv
import html
import json
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import regex as re

from juanzong.read.walks_packed import drawn_pages, open_document, word_file, workbook


class Seen(NamedTuple):
    """A text of the file and where it stands; `once`: the file holds it once, so that its letters can be counted."""

    place: str
    text: str
    once: bool = True


Walk = Callable[[Path], list[list[Seen]]]
"""The texts of a file; more than once where the file does not say in which encoding they are."""

# ---- texts

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"),
          (b"\xfe\xff", "utf-16"))  # fmt: skip
_ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "big5", "utf-16-le", "utf-16-be")
"""A text's encoding is not written in it: those under which it can be read, whichever the reader took."""
_MOST_ZEROS = 0.01  # of the bytes of a text that is not in UTF-16


def decodings(data: bytes) -> list[str]:
    """The text under each encoding that it may be in."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    out = []
    for encoding in (marked,) if marked else _ENCODINGS:
        try:
            out.append(data.decode(encoding).removeprefix("\ufeff"))
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8":
            return out  # no other encoding looks like it
    if (marked or "utf-8") != "utf-8" or data.count(0) > _MOST_ZEROS * len(data):
        return out  # UTF-16, whose lines are not parted by one byte
    lines = data.split(b"\n")  # a few bad bytes in it, or lines in two encodings
    return [*out, *("\n".join(_sure(line, codec) for line in lines) for codec in ("gb18030", "big5hkscs"))]


def _sure(line: bytes, codec: str) -> str:
    """What a line says for sure, in UTF-8 or in another codec, when its file is in no encoding as a whole."""
    kept = line.decode("utf-8", errors="ignore")
    han = "".join(_HAN.findall(kept))
    if len(kept.encode()) == len(line) and (han or line.isascii()):  # 目录 in GBK is Ŀ¼ in UTF-8
        return kept
    if 2 * len(han.encode()) > sum(byte > 127 for byte in line):
        return han
    try:
        return line.decode(codec)
    except UnicodeDecodeError:
        return ""


def by_line(text: str) -> list[Seen]:
    """A plain text's lines, and what stands between line ends that are written out (\\n) in one."""
    lines = enumerate(text.split("\n"), 1)
    parts = ((n, part) for n, line in lines for part in (_WRITTEN_END.split(line) if "\\n" in line else [line]))
    return [Seen(f"line {n}", part) for n, part in parts if part.strip()]


_WRITTEN_END = re.compile(r"(?:\\r)?\\n(?:\\t)*")


_TOLD_SEPARATOR = re.compile(r"\A\ufeff?\"?sep=[,;\t|]\"?[ \t]*\r?\n", re.IGNORECASE)


def by_cell(text: str) -> list[Seen]:
    """A table's cells, whatever parts them: quotation marks aside, each stands as it is written."""
    text = _TOLD_SEPARATOR.sub("", text)  # shown nowhere
    sample = max(",;\t|", key=text.count)
    try:
        rows = list(csv.reader(StringIO(text), delimiter=sample))
    except csv.Error:
        return by_line(text)
    return [Seen(f"row {r}", cell) for r, row in enumerate(rows, 1) for cell in row if cell.strip()]


# ---- markup

_KNOWN = (
    "html|head|body|title|meta|link|style|script|noscript|div|p|span|a|b|i|u|s|em|strong|font|h[1-6]|br|hr|img|ul|ol|li|dl|dt|dd|"
    "table|thead|tbody|tfoot|tr|t[dh]|caption|col|colgroup|form|input|select|option|textarea|button|label|center|pre|sup|sub|"
    "section|article|header|footer|nav|main|aside|figure|figcaption|blockquote|iframe"
)
_CODED = r"""(?:on\w+|style|data[\w-]*|content|value|srcdoc)\s*=\s*(?:"[^"]*"|'[^']*')"""
# a value that holds tags has lost its quote
_VALUE = r"""(?:"(?:[^">]*|[^"<]*)"|"[^"]*"(?=\s*/?>|\s+[\w-]+=)|'(?:[^'>]*|[^'<]*)'|[!#-&(-;?-_a-~]+|[^\s"'<>=`]+(?=\s*/?>))"""
_ATTRIBUTES = rf"""(?-i:(?:(?:\s+|(?<=["']))(?:{_CODED}|[!#-&(-.0-;?-~]+(?:\s*=?\s*{_VALUE}?)?))*)"""
_TAG = re.compile(
    rf"</?(?:(?:{_KNOWN})(?![\w:-]){_ATTRIBUTES}\s*/?>?|[A-Za-z][A-Za-z0-9:.-]*{_ATTRIBUTES}\s*/?>)|<!(?:doctype|\[)[^<>]*>?|</?>",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"<!--(?:-?>|.*?--!?>)|<(script|style|noscript|template|title|iframe|object|rp|desc|metadata)\b[^<>]*>.*?</\1\s*>"
    r"|<title\b[^<>]*>[^<]*|<(?:meta|link|base)\b[^<>]*>|<(?:script|style)\b[^<>]*>.*?(?=</?(?:head|body|p|div|h[1-6]|table|ul|ol|section|article)\b|\Z)|<%.*?%>|<\?.*?\?>",
    re.DOTALL | re.IGNORECASE,
)


# a field whose value is seen, and that value
_SHOWN_FIELD = re.compile(
    r"""^(?!.*\stype\s*=\s*["']?(?!text|number|date|month|time|tel|email|url|submit|button|reset))""",
    re.DOTALL | re.IGNORECASE,
)
_FIELD_VALUE = re.compile(r"""\svalue\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+))""", re.IGNORECASE)
_REST = re.compile(r"[<>\"]")
_HAN_RUN = re.compile(r"\p{Han}+")


def by_tag(source: str) -> Iterator[Seen]:
    """What stands between the tags of a page's source. A tag is what looks like one, whatever the tree."""
    bare = _CODE.sub(lambda m: "\0" + "\n" * m[0].count("\n"), source)
    line, at = 1, 0
    for m in [*_TAG.finditer(bare), None]:
        piece = bare[at : m.start() if m else len(bare)]
        if piece.strip("\0 \t\r\n"):
            before = piece[: len(piece) - len(piece.lstrip())].count("\n")
            # beside the rests of a broken tag, what is no Chinese may be one too
            texts = _HAN_RUN.findall(piece) if _REST.search(piece) else [html.unescape(piece)]
            yield from (Seen(f"line {line + before}", text) for text in texts)
        if m:
            if m[0][:6].lower() == "<input" and _SHOWN_FIELD.search(m[0]) and (value := _FIELD_VALUE.search(m[0])):
                yield Seen(f"line {line}", html.unescape(value[1] or value[2] or value[3] or ""), once=False)
            line += bare.count("\n", at, m.end())
            at = m.end()


_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


def pages(data: bytes) -> list[str]:
    """A web page's source, in the encoding that it declares or in each that it may be in."""
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode().lower() if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")) else ""
    try:
        if name:
            return [data.decode("gb18030" if name in ("gb2312", "gbk") else name).removeprefix("\ufeff")]
    except (LookupError, ValueError):
        pass
    return decodings(data)


# ---- OCR programs

_OCR_TEXT = re.compile(
    r'\bCONTENT\s*=\s*"([^"]*)"|<TextEquiv\b(?![^<>]*\bindex\s*=\s*"[1-9])[^<>]*>\s*(?:<PlainText[^<>]*>[^<]*</PlainText>\s*)?'
    r"<Unicode>([^<]*)</Unicode>|<text\b[^<>]*>(.*?)</text>|^5(?:\t[^\t\n]*){10}\t([^\n]*)",
    re.MULTILINE,
)


def by_word(text: str) -> Iterator[Seen]:
    """Words or lines, wherever one stands; a file may say them again as regions."""
    for m in _OCR_TEXT.finditer(text):
        said = next(filter(None, m.groups()), "")
        yield Seen(f"offset {m.start()}", html.unescape(_TAG.sub("", said)), once=False)


# ---- JSON

_TEXTS = re.compile(r"(?:\w+_)?(?:text|texts|content|html|body|captions?|footnotes?|block_content)s?", re.IGNORECASE)
_LOGGED = re.compile(
    r"\]\], \((?P<said>'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"), [\d.e-]+\)\]\s*$", re.MULTILINE
)  # lines that PaddleOCR's log tells
_NAMES = re.compile(r"[^\s/\\。，<]*[/\\]\S*|\S+\.(?:pdf|docx?|xlsx?|png|jpe?g|tiff?|html?|md|json|txt)", re.IGNORECASE)
_SPEECH = re.compile(
    r".*(?:msg|message|status|label|name|type|category|lang|kind|model|path|filename|source)|(?:.*_|title)?id",
    re.IGNORECASE,
)
_FENCED = re.compile(r"```\w*\s*\n(\s*[\[{].*?)\n\s*```", re.DOTALL)  # what stands round it is a model's talk
# what programs write round JSON: data:, var data = …;
_LED = re.compile(r"(?m)^(?:event:.*|data:\s*\[DONE\]\s*|data:|//.*)")
_OPENS = re.compile(r"[\[{\"]")
_NO_BLANK = re.compile(r"\S")
_FENCES = re.compile(r"(?m)^\s*`{3,}\w*\s*$")  # a raw line of them is in no string
_HAN = re.compile(r"\p{Han}")
_ENDS = re.compile(r"\n|(?:\\r)?\\n(?![a-z])")  # of lines; those of a text that was escaped twice
_ADDRESS = re.compile(r"\[([^\[\]\s]+)\]\(\1\)|(?<=\])\([^()\s]*\)")  # of Markdown; with what says nothing else


def by_leaf(data: bytes) -> Iterator[Seen]:
    """The strings of a JSON file, whole or of a line each: those under a name of texts, and others in Chinese that are no
    names of files and kinds. One text may stand in it in several forms."""
    text = data.decode(json.detect_encoding(data), errors="replace").removeprefix("\ufeff")
    fenced = _FENCED.search(text)
    text = fenced[1] if fenced else _LED.sub("", _FENCES.sub("", text))
    opens = _OPENS.search(text)
    text = text[opens.start() if opens else 0 :].rstrip("); \t\r\n")
    try:
        values = [json.loads(text)]
    except ValueError:
        if text.lstrip("[{ \t\r\n").startswith("'"):  # as Python prints values
            text = json.dumps(ast.literal_eval(text.strip()))
        logged = [ast.literal_eval(m["said"]) for m in _LOGGED.finditer(text)]
        values = [logged] if logged else list(_in_a_row(text))
    for place, name, string in _leaves(values[0] if len(values) == 1 else values):
        if not _HAN.search(string) and not (_TEXTS.fullmatch(name) and len(string) > 1):
            continue
        if _NAMES.fullmatch(string.strip()) or any(map(_SPEECH.fullmatch, place.split("/"))):
            continue
        if string.lstrip()[:1] in "{[" and _is_json(string):
            yield from (Seen(place + s.place, s.text, once=False) for s in by_leaf(string.encode()))
            continue
        for line in _ENDS.split(_ADDRESS.sub("", string)):
            yield from (Seen(place, seen.text, once=False) for seen in by_tag(line))


def _in_a_row(text: str) -> Iterator[Any]:
    """The values of a text that holds one after another, each in a line or over several."""
    decoder, rest = json.JSONDecoder(), 0
    while m := _NO_BLANK.search(text, rest):
        value, rest = decoder.raw_decode(text, m.start())
        yield value


def _is_json(string: str) -> bool:
    try:
        return isinstance(json.loads(string), dict | list)
    except (ValueError, RecursionError):
        return False


def _leaves(value: Any) -> Iterator[tuple[str, str, str]]:
    """(JSON Pointer, the name it stands under, string) of each string of a value."""
    stack: list[tuple[Any, str, str]] = [(value, "", "")]
    while stack:
        part, place, name = stack.pop()
        if isinstance(part, str):
            yield place, name, part
        elif isinstance(part, dict):
            twice = {said for told, said in _TWICE if part.get(told)}
            stack += [(v, f"{place}/{k}", str(k)) for k, v in reversed(part.items()) if k not in twice]
        elif isinstance(part, list):
            stack += [(v, f"{place}/{k}", name) for k, v in reversed(list(enumerate(part)))]


_TWICE = (
    ("text", "orig"),
    ("text", "text_display"),
    ("parsing_res_list", "overall_ocr_res"),
    ("para_blocks", "preproc_blocks"),
)
"""What a tool gives out, and under which name it keeps beside it what that was made of."""


def _packed(walk: Callable[[Path], Iterator[tuple[str, str, bool]]]) -> Walk:
    return lambda path: [[Seen(*found) for found in walk(path)]]


WALKS: dict[str, Walk] = {
    "text": lambda path: [by_line(text) for text in decodings(path.read_bytes())],
    "csv": lambda path: [by_cell(text) for text in decodings(path.read_bytes())],
    "html": lambda path: [list(by_tag(text)) for text in pages(path.read_bytes())],
    "ocr": lambda path: [list(by_word(text)) for text in decodings(path.read_bytes())],
    "json": lambda path: [list(by_leaf(path.read_bytes()))],
    "docx": _packed(word_file),
    "xlsx": _packed(workbook),
    "ofd": _packed(drawn_pages),
    "office": _packed(open_document),
}
