"""Bytes -> text: the encoding found, its damage mended where it is little."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport

if TYPE_CHECKING:
    from juanzong.read.bad_bytes import Mended

LARGEST = 60_000_000  # bytes of a text: fifty of the largest bundles
LOST = "\ufffd"
_UTF8_MARK = b"\xef\xbb\xbf"

# Byte order marks, longest first: UTF-32's begins with UTF-16's.
_MARKS = (
    (_UTF8_MARK, "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OTHER = ("utf-8", "gb18030", "big5", "big5hkscs")  # whose damage can be mended line by line
_GB = ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936")  # names of what is in GB18030
_LATIN = ("iso-8859-1", "iso8859-1", "latin-1", "latin1", "windows-1252", "cp1252")
_RARELY = 200  # bytes of an office's text, tags among them, in which one of its frequent characters stands, at least
# Control characters that texts hold: tab, line feed, vertical tab, form feed, carriage return, a terminal's escape.
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1b")
_CONTROLS = bytes(sorted(set(range(32)) - _TEXT_CONTROLS))
_BINARY_SHARE = 0.05  # of a text's bytes that may be control characters; texts have none, binaries a tenth and more
_UTF8_SHARE = 0.9  # of the bytes above ASCII in whole UTF-8 sequences: above it, damaged UTF-8 and not GB18030
_MIXED_SHARE = 0.5  # the same, where all other lines are GB18030
_WIDE_SHARE = 0.2  # of a file's bytes that are zero: UTF-16, perhaps cut; Latin letters and marks have one each
_MOST_BAD = 0.1  # of the bytes above ASCII that may be no text: with more, the encoding is another
_COMMON_SHARE = 0.8  # of the characters of a text in UTF-16 are common ones
_FEW_BAD = 8  # bytes say nothing of the encoding, be they as large a share of a small file
_FREQUENT = "的和在中一人不为国是有年市县区第条项工作管理规定政府通知單國為與會務關於業發"
"""Characters that every text of an office holds, simplified and traditional."""


class Decoded(NamedTuple):
    """A file's text; `encoding` is utf-8, utf-8-sig or a codec's name. `reports`: bad bytes in it, other encodings; `lost`:
    how many U+FFFD stand in the text for bad bytes."""

    text: str
    encoding: str
    reports: tuple[PageReport, ...] = ()
    lost: int = 0


def decode(data: bytes, name: str, declared: str = "") -> Decoded:
    """The text of a file's bytes; `declared` is what the file says of its encoding, taken where it can be that.

    Raises JuanzongError, naming the file `name`, where it is empty, no text, or in no encoding known.
    """
    if not data:
        raise JuanzongError(f"{name}: the file is empty; give a file that holds the bundle's text")
    if len(data) > LARGEST:
        raise JuanzongError(f"{name}: {len(data):,} bytes, more than the limit of {LARGEST:,}; split the file")
    encoding = _declared(data, declared) or _encoding(data, name)
    if data.startswith(_UTF8_MARK) and not encoding.startswith("utf-8"):
        data = data.removeprefix(_UTF8_MARK)  # an editor's, before a text that it took for UTF-8
    codec = encoding.removesuffix("-sig")  # utf-8-sig would count its errors from behind the mark
    try:
        decoded = Decoded(data.decode(codec), encoding)
    except UnicodeDecodeError as error:
        if not codec.startswith("utf-16") and _is_binary(data):
            raise _not_text(name) from None
        decoded = _mended(data, encoding, error, name)
    else:
        if codec in _OTHER and codec != "utf-8":  # nearly any bytes can be read as these, UTF-8 too
            decoded = _with_others(data, decoded)
    if codec == "utf-8" and _is_binary(data):
        raise _not_text(name)
    return decoded


def _declared(data: bytes, declared: str) -> str:
    """The encoding that the file names, where there is one of that name and hardly a byte is not in it. What can be read as
    UTF-8 is that: other encodings do not look like it."""
    if not declared or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ""
    name = "gb18030" if declared.lower() in _GB else declared.lower()
    try:
        data.decode("utf-8")
        return ""
    except UnicodeDecodeError:
        pass
    try:
        data.decode(name)
    except LookupError:
        return ""
    except ValueError:
        return name if name in _OTHER and not _too_many(_mending(data, name), data) else ""
    # any bytes can be read as Latin letters, which servers declare for want of something better
    return "" if name in _LATIN and _frequent(data, "gb18030") * _RARELY > len(data) else name


def _with_others(data: bytes, decoded: Decoded) -> Decoded:
    """A text, its lines that are in UTF-8 read so."""
    found = _mending(data, decoded.encoding)
    return Decoded(found.text, decoded.encoding, found.reports(decoded.encoding)) if found.other else decoded


def _mended(data: bytes, encoding: str, error: UnicodeDecodeError, name: str) -> Decoded:
    """The text of damaged bytes; a clear line where they are too many."""
    found = _mending(data, encoding.removesuffix("-sig"))
    if _too_many(found, data):
        raise _undecodable(data, encoding, error, name)
    lost = found.text.count(LOST)
    if len("".join(found.text.split())) <= lost:
        raise _not_text(name)
    return Decoded(found.text, encoding, found.reports(encoding.removesuffix("-sig")), lost)


def _mending(data: bytes, codec: str) -> Mended:
    from juanzong.read.bad_bytes import mended  # here, because whole files in UTF-8 never need it

    return mended(data, codec)


def _too_many(found: Mended, data: bytes) -> bool:
    """Whether so many bytes are no text that the encoding is another one."""
    many = sum(max(1, len(p.data)) for p in found.bad)
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    return many > _MOST_BAD * high and (many > _FEW_BAD or 2 * many > high)


def _encoding(data: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark) and (encoding != "utf-8-sig" or _utf8_share(data) > _MIXED_SHARE):
            return encoding
    share = _utf8_share(data)
    wide = _wide(data, share)
    if wide:
        return wide
    if share > _UTF8_SHARE or (share > _MIXED_SHARE and _is_mixed(data)):
        return "utf-8"
    import charset_normalizer  # here, because UTF-8 never needs it

    best = charset_normalizer.from_bytes(data, cp_isolation=["gb18030", "big5", "big5hkscs"]).best()
    if best is not None:
        return best.encoding
    if _is_binary(data):
        raise _not_text(name)
    return max(("gb18030", "big5hkscs"), key=lambda codec: _frequent(data, codec))


def _wide(data: bytes, utf8_share: float) -> str:
    """UTF-16 without a mark: every other byte of what is no Chinese is zero; or read so it is a text, as no bytes of
    another encoding are."""
    zeros = data.count(0)
    if _WIDE_SHARE < zeros / len(data) < 1 - _WIDE_SHARE:
        low, high = data[1::2].count(0), data[::2].count(0)
        if max(low, high) > 2 * min(low, high):  # else a run of zeros, as a disk leaves that broke off
            return "utf-16-le" if low > high else "utf-16-be"
    if utf8_share > _UTF8_SHARE or not (zeros or _is_binary(data)):  # marks of Chinese have bytes of control characters
        return ""
    from juanzong.read.bad_bytes import is_common

    for codec in ("utf-16-le", "utf-16-be"):
        text = _mending(data, codec).text
        if sum(map(is_common, text)) > _COMMON_SHARE * len(text):
            return codec
    return ""


def _frequent(data: bytes, codec: str) -> int:
    """How many characters of an office's texts the bytes hold, read in a codec."""
    text = data.decode(codec, "replace")
    return sum(map(text.count, _FREQUENT))


def _is_mixed(data: bytes) -> bool:
    """Whether the bytes that are no UTF-8 are lines of GB18030."""
    found = _mending(data, "utf-8")
    return bool(found.other) and sum(len(p.data) for p in found.bad) <= _FEW_BAD


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
    at = error.start
    line = data[:at].decode(encoding, errors="ignore").count("\n") + 1
    bad = data[at : at + max(1, error.end - error.start)][:4].hex(" ")
    return JuanzongError(
        f"{name}: too many bytes that are no text in {encoding}, the first at byte {at} (line {line}: {bad}); "
        "save it again as UTF-8"
    )
