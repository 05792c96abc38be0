"""A text file -> Source: its encoding found, its line ends made one, its oddities reported."""

from __future__ import annotations

import hashlib
from pathlib import Path

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport, Source
from juanzong.language.written_ends import with_line_ends
from juanzong.read.decoding import decode
from juanzong.read.garbled import garbled

_WHOLE_FILE = 0  # page of a report that is about the file


def read_text_source(path: Path, record_as: str) -> Source:
    """The file at `path` as a Source; `record_as` is the path that bundle.json shows.

    UTF-8, UTF-16 and UTF-32 with a byte order mark, plain UTF-8, UTF-16 without a mark, GB18030 (with GBK and GB 2312
    in it) and Big5. A leading BOM is dropped, CRLF and CR become LF; nothing else is changed. Where each line ends in
    CR CR LF, which a program wrote for CRLF, or in nothing but \\n written out, that is one line end, and the text is kept
    beside the output.

    Bytes that its encoding does not know are U+FFFD, and told.

    Raises JuanzongError for a file that cannot be read, is empty or blank, is no text, or has so many bytes that its
    encoding does not know that it is another one.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise JuanzongError(f"{record_as}: cannot be read: {error.strerror}; check path and permissions") from None
    decoded = decode(data, record_as)
    text = decoded.text.removeprefix("\ufeff")
    doubled = 0 < text.count("\n") == text.count("\r\r\n")
    text = text.replace("\r\r\n" if doubled else "\r\n", "\n").replace("\r", "\n")
    ended = with_line_ends(text)
    if not text.strip(" \t\n\f\v\0\u3000\xa0\ufeff"):
        raise JuanzongError(f"{record_as}: no text in it, only blanks; give a file that holds the bundle's text")
    unquoted = text.count("'") - ended.count("'")
    told = f"全文存成了字符串：换行符已还原，两端的引号 {unquoted} 个未入正文"
    return Source(
        path=record_as,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/plain",
        text=ended,
        encoding=decoded.encoding,
        is_text=decoded.encoding in ("utf-8", "utf-8-sig") and not decoded.reports and not doubled and ended == text,
        reports=(
            *decoded.reports,
            *oddities(ended, decoded.lost),
            *[PageReport(_WHOLE_FILE, "info", "unprinted-text", told)] * (unquoted > 0),
        ),
    )


def oddities(text: str, put_in: int = 0) -> list[PageReport]:
    """What is odd about a text as it was stored: NUL characters, those that were lost before it came here (without
    the `put_in` U+FFFD that stand for its bad bytes), and what was read in a wrong encoding."""
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
    lost = text.count("\ufffd") - put_in
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
    return [*out, *garbled(text)]
