"""A text file -> Source: its encoding found, its line ends made one, its oddities reported."""

from __future__ import annotations

import hashlib
from pathlib import Path

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport, Source

# Byte order marks, longest first: UTF-32's begins with UTF-16's.
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Control characters that texts hold: tab, line feed, vertical tab, form feed, carriage return, a terminal's escape.
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1b")
_CONTROLS = bytes(sorted(set(range(32)) - _TEXT_CONTROLS))
_BINARY_SHARE = 0.05  # of a text's bytes that may be control characters; texts have none, binaries a tenth and more
_UTF8_SHARE = 0.9  # of the bytes above ASCII in whole UTF-8 sequences: above it, damaged UTF-8 and not GB18030
_WIDE_SHARE = 0.2  # of a file's bytes that are zero: UTF-16, perhaps cut; Latin letters and marks have one each
_WHOLE_FILE = 0  # page of a report that is about the file


def read_text_source(path: Path, record_as: str) -> Source:
    """The file at `path` as a Source; `record_as` is the path that bundle.json shows.

    UTF-8, UTF-16 and UTF-32 with a byte order mark, plain UTF-8, UTF-16 without a mark, GB18030 (with GBK and GB 2312
    in it) and Big5. A leading BOM is dropped, CRLF and CR become LF; nothing else is changed.

    Raises JuanzongError for a file that cannot be read, is empty or blank, is no text, or has bytes that its encoding
    does not know (with the byte offset, from 0).
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise JuanzongError(f"{record_as}: cannot be read: {error.strerror}; check path and permissions") from None
    text, encoding = decode(data, record_as)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip(" \t\n\f\v\0\u3000\xa0\ufeff"):
        raise JuanzongError(f"{record_as}: no text in it, only blanks; give a file that holds the bundle's text")
    return Source(
        path=record_as,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/plain",
        text=text,
        encoding=encoding,
        is_text=encoding in ("utf-8", "utf-8-sig"),
        reports=tuple(oddities(text)),
    )


def decode(data: bytes, name: str) -> tuple[str, str]:
    """(text, encoding) of a file's bytes; `name` is for the error that says why not."""
    if not data:
        raise JuanzongError(f"{name}: the file is empty; give a file that holds the bundle's text")
    encoding = _encoding(data, name)
    try:
        text = data.decode(encoding.removesuffix("-sig"))  # utf-8-sig would count its errors from behind the mark
    except UnicodeDecodeError as error:
        raise _undecodable(data, encoding, error, name) from None
    if encoding.startswith("utf-8") and _is_binary(data):
        raise _not_text(name)
    return text, encoding


def _encoding(data: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if _WIDE_SHARE < data.count(0) / len(data) < 1 - _WIDE_SHARE:  # every other byte of what is no Chinese is zero
        low, high = data[1::2].count(0), data[::2].count(0)
        if max(low, high) > 2 * min(low, high):  # else a run of zeros, as a disk leaves that broke off
            return "utf-16-le" if low > high else "utf-16-be"
    if _utf8_share(data) > _UTF8_SHARE:
        return "utf-8"
    # A text in UTF-16 has a zero byte for each line end, blank and digit; one in another encoding has none.
    candidates = ["utf_16_le", "utf_16_be"] if b"\0" in data else ["gb18030", "big5", "big5hkscs"]
    import charset_normalizer  # here, because UTF-8 never needs it

    best = charset_normalizer.from_bytes(data, cp_isolation=candidates).best()
    if best is not None:
        return best.encoding.replace("_", "-")
    if b"\0" in data or _is_binary(data):
        raise _not_text(name)
    return "gb18030"  # Chinese that is not in Unicode; decoding says where it fails


def _utf8_share(data: bytes) -> float:
    """The share of the bytes above ASCII that stand in whole UTF-8 sequences; 1.0 where there are none."""
    try:
        data.decode("utf-8")
        return 1.0
    except UnicodeDecodeError:
        kept = data.decode("utf-8", errors="ignore")
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    whole = len(kept.encode("utf-8")) - sum(map(kept.count, map(chr, range(128))))
    return whole / high


def _is_binary(data: bytes) -> bool:
    data = data.rstrip(b"\0")  # what a disk leaves behind a file that broke off
    return not data or len(data) - len(data.translate(None, _CONTROLS)) > _BINARY_SHARE * len(data)


def _not_text(name: str) -> JuanzongError:
    return JuanzongError(
        f"{name}: not a text file (binary content); give text, or a format that `juanzong run --help` names"
    )


def _undecodable(data: bytes, encoding: str, error: UnicodeDecodeError, name: str) -> JuanzongError:
    if not encoding.startswith("utf-16") and _is_binary(data):
        return _not_text(name)
    at = error.start
    line = data[:at].decode(encoding, errors="ignore").count("\n") + 1
    bad = data[at : at + max(1, error.end - error.start)][:4].hex(" ")
    what = "is cut off inside a character" if at + 4 > len(data) else "has bytes that are no text"
    return JuanzongError(
        f"{name}: {what} in {encoding} at byte {at} (line {line}: {bad}); save it again as UTF-8, or mend that place"
    )


def oddities(text: str) -> list[PageReport]:
    """What is odd about a text as it was stored: NUL characters, and those that were lost before it came here."""
    out = []
    nuls = text.count("\0")
    if nuls:
        out.append(
            PageReport(
                _WHOLE_FILE,
                "warning",
                "nul-characters",
                f"{nuls} NUL characters in the text, the first at offset {text.index(chr(0))}",
            )
        )
    lost = text.count("\ufffd")
    if lost:
        out.append(
            PageReport(
                _WHOLE_FILE,
                "warning",
                "replacement-characters",
                f"{lost} characters were lost (U+FFFD) before the text came here, "
                f"the first at offset {text.index(chr(0xFFFD))}",
            )
        )
    return out
