"""Bytes that are no text in their file's encoding: the damage stays at its place and is told.

A line that is in another encoding as a whole (a paragraph pasted into a file of UTF-8) is read in that; a byte that was
lost or came in between two-byte characters costs its own character, not the rest of its line; what is left is U+FFFD.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import regex as re

from juanzong.core.source import PageReport
from juanzong.read.decoding import LOST

_OTHER = {"utf-8": "gb18030", "gb18030": "utf-8", "big5": "utf-8", "big5hkscs": "utf-8"}
"""What a line of a file may be in besides: what an editor of Chinese text saves in."""
_LINE_ENDS = {"utf-16-le": b"\n\0", "utf-16-be": b"\0\n"}
_HIGH = re.compile(rb"[\x80-\xff]+")
_PAIRS = re.compile(rb"[\xa1-\xfe]+")  # characters of GB 2312, of two bytes each
_ESCAPED = re.compile(r"[\udc80-\udcff]+")  # bad bytes, as Python's error handler surrogateescape gives them
_HAN = re.compile(r"\p{Han}")
_ABROAD = re.compile(
    r"[^\x00-\x7f\u2000-\u206f\u2100-\u27bf\u3000-\u9fff\uf900-\ufaff\ufe30-\uffef\U00020000-\U0003ffff]"
)
_LEAST_HAN = 2  # characters in another encoding: fewer may be damage that looks like one
_COMMON_SHARE = 0.8  # of the characters that are not ASCII: common ones, or the encoding is another
_MOST_DOUBTFUL = 4  # characters that may be wrong beside a byte that was lost
_MOST_PLACES = 10  # told one by one


class Place(NamedTuple):
    """Bad bytes: `offset` in the file and `line` of it, the first is 1."""

    line: int
    offset: int
    data: bytes


class Mended(NamedTuple):
    """`bad`: bytes that are U+FFFD in the text; `other`: lines that were read, whole or in part, in another encoding."""

    text: str
    bad: list[Place]
    other: list[int]

    def reports(self, encoding: str) -> tuple[PageReport, ...]:
        """What befell the file, for people."""
        out = []
        if self.bad:
            many = sum(len(p.data) for p in self.bad)
            places = [f"第 {p.line} 行第 {p.offset + 1} 字节（{p.data[:4].hex(' ')}）" for p in self.bad]
            message = f"有 {many} 个字节不是 {encoding} 编码的文字，以 U+FFFD 代替：{listed(places)}"
            out.append(PageReport(0, "warning", "undecodable-bytes", message))
        if self.other:
            lines = listed([f"第 {n} 行" for n in self.other])
            message = f"文件是 {encoding} 编码，其中有的行是 {_OTHER[encoding]} 编码，已按此读出：{lines}"
            out.append(PageReport(0, "warning", "mixed-encodings", message))
        return tuple(out)


def listed(places: Sequence[str]) -> str:
    """The first of some places, and how many there are.

    >>> listed(["第 1 行", "第 3 行"]), listed(["第 1 行"] * 11)[-9:]
    ('第 1 行、第 3 行', '第 1 行等11处')
    """
    told = "、".join(places[:_MOST_PLACES])
    return f"{told}等{len(places)}处" if len(places) > _MOST_PLACES else told


def mended(data: bytes, encoding: str) -> Mended:
    """The text of bytes that are, but for some of them, in an encoding (a codec's name, without byte order mark)."""
    if encoding.startswith(("utf-16", "utf-32")):
        return _mended_wide(data, encoding)
    texts: list[str] = []
    bad: list[Place] = []
    other: list[int] = []
    lines = data.split(b"\n")
    known = _characters(lines, encoding) if encoding == "gb18030" else frozenset()
    at = 0
    for n, line in enumerate(lines, 1):
        pieces = _pieces(line, encoding)
        if any(p.encoding != encoding for p in pieces):
            other.append(n)
        text = ""
        for p in pieces:
            read, found = _marked(p.data, p.encoding, known, n, at)
            text += read
            bad += found
            at += len(p.data)
        texts.append(text)
        at += 1
    return Mended("\n".join(texts), bad, other)


class _Piece(NamedTuple):
    data: bytes
    encoding: str


def _pieces(line: bytes, encoding: str) -> list[_Piece]:
    """A line, cut where its encoding changes."""
    other = _OTHER[encoding]
    if line.isascii():
        return [_Piece(line, encoding)]
    if other_text(line, other) is not None and (encoding != "utf-8" or not _whole(line, encoding)):
        return [_Piece(line, other)]
    if _whole(line, encoding):
        return [_Piece(line, encoding)]
    out, at = [], 0
    for m in _HIGH.finditer(line):
        if not _whole(m[0], encoding) and other_text(m[0], other) is not None:
            out += [_Piece(line[at : m.start()], encoding), _Piece(m[0], other)]
            at = m.end()
    return [p for p in (*out, _Piece(line[at:], encoding)) if p.data]


def _whole(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def other_text(data: bytes, encoding: str) -> str | None:
    """The text of a piece in UTF-8 or GB18030; None where it is not that, or may be by chance alone.

    >>> other_text("会议决定如下".encode("gbk"), "gb18030"), other_text(b"\\xe4\\xbb", "gb18030")
    ('会议决定如下', None)
    """
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    if len(_HAN.findall(text)) < _LEAST_HAN or (encoding == "utf-8" and _ABROAD.search(text)):
        return None
    beyond = [c for c in text if c > "\x7f"]
    return text if sum(map(is_common, beyond)) >= _COMMON_SHARE * len(beyond) else None


@cache
def is_common(character: str) -> bool:
    """Whether a character is ASCII, a mark or one of the 3,755 of GB 2312's first level, which make nearly all of a text."""
    if character < "\x7f":
        return character >= " " or character in "\t\r\n"
    try:
        first = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return first in (0xA1, 0xA3) or 0xB0 <= first <= 0xD7


def _characters(lines: Iterable[bytes], encoding: str) -> frozenset[str]:
    """All characters of the lines that are whole."""
    found: set[str] = set()
    for line in lines:
        try:
            found.update(line.decode(encoding))
        except UnicodeDecodeError:
            continue
    return frozenset(found)


def _marked(data: bytes, encoding: str, known: frozenset[str], line: int, at: int) -> tuple[str, list[Place]]:
    """The text, each run of bad bytes as U+FFFD, one for each character that it may have been, and where they stand."""
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        escaped = "".join(_escaped(data, encoding, known))
    width = 3 if encoding == "utf-8" else 2
    out, bad, end = "", [], 0
    for m in _ESCAPED.finditer(escaped):
        whole = escaped[end : m.start()]
        at += len(whole.encode(encoding))
        place = Place(line, at, m[0].encode("ascii", "surrogateescape"))
        out += whole + LOST * -(-len(place.data) // width)
        bad.append(place)
        at, end = at + len(place.data), m.end()
    return out + escaped[end:], bad


def _escaped(data: bytes, encoding: str, known: frozenset[str]) -> Iterator[str]:
    """The text with bad bytes as U+DC80 to U+DCFF."""
    at = 0
    if encoding == "gb18030":
        for m in _PAIRS.finditer(data):
            if len(m[0]) % 2 and len(m[0]) > 1:
                a, b = (m.start() + k for k in _stray(m[0], encoding, known))
                yield data[at:a].decode(encoding, "surrogateescape") + "".join(chr(0xDC00 + c) for c in data[a:b])
                at = b
    yield data[at:].decode(encoding, "surrogateescape")


def _stray(data: bytes, encoding: str, known: frozenset[str]) -> tuple[int, int]:
    """Where among an odd number of bytes the one stands that is none of a pair: where most of the other pairs are common
    characters, and of those that the file has elsewhere. From the first to behind the last of such places: what stands
    between may be either."""
    pairs = (data[k : k + 2].decode(encoding, "replace") for k in range(len(data) - 1))
    worth = [is_common(pair) + (pair in known) for pair in pairs]
    before = [0, *accumulate(worth[::2])]
    behind = [0, *accumulate(worth[:0:-2])][::-1]
    both = [a + b for a, b in zip(before, behind, strict=True)]
    best = [k for k, worth_here in enumerate(both) if worth_here == max(both)]
    return (2 * best[0], 2 * best[-1] + 1) if best[-1] - best[0] < _MOST_DOUBTFUL else (2 * best[0], 2 * best[0] + 1)


def _mended_wide(data: bytes, encoding: str) -> Mended:
    """The same of UTF-16, line by line, and of UTF-32."""
    marked = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
    encoding = marked.get(data[:2], encoding) if encoding == "utf-16" else encoding
    end = _LINE_ENDS.get(encoding)
    texts: list[str] = []
    bad: list[Place] = []
    at = 0
    lines = data.split(end) if end else [data]
    known = _characters(lines, encoding)
    for n, line in enumerate(lines, 1):
        a, b = _stray(line, encoding, known) if end and len(line) % 2 else (len(line), len(line))
        first, found = _replaced(line[:a], encoding, n, at)
        rest, more = _replaced(line[b:], encoding, n, at + b)
        stray = [Place(n, at + a, line[a:b])] if b > a else []
        texts.append(first + LOST * -(-(b - a) // 2) + rest)
        bad += [*found, *stray, *more]
        at += len(line) + len(end or b"")
    return Mended("\n".join(texts), bad, [])


def _replaced(data: bytes, encoding: str, line: int, at: int) -> tuple[str, list[Place]]:
    """Text in UTF-16 or UTF-32, halves of surrogates as U+FFFD, and where they stand."""
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    bad = []
    for m in re.finditer(LOST, text):
        k = len(text[: m.start()].encode(encoding))
        bad.append(Place(line + text.count("\n", 0, m.start()), at + k, data[k : k + 2]))
    return text, bad
