"""A web page or Word document saved whole (.mht, .mhtml) -> its pages as files."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport
from juanzong.read.epub import shows_text
from juanzong.read.left_aside import left_aside

_MARGINS = re.compile(r"header\.html?", re.IGNORECASE)  # Word's: heads and feet of the pages, marks of notes
_DAMAGED = "文件有缺损（末尾不全，或编码有误），其中的文字可能不全；请重新保存"
_PAGES = ("text/html", "application/xhtml+xml")


def unpack_mht(path: Path, home: Path) -> list[PageReport]:
    """Its pages into the folder; tells of files attached to it and of Word's margins."""
    pages, reports = pages_in(path.read_bytes())
    if not pages:
        raise JuanzongError(f"{path}: a web archive without a page in it; save the page again and give that")
    for n, page in enumerate(pages, 1):
        (home / f"{n}.html").write_bytes(page)
    return reports


def pages_in(data: bytes) -> tuple[list[bytes], list[PageReport]]:
    """Its pages and plain texts, in their order, and what is to be told. Pictures and styles are no text."""
    pages: list[bytes] = []
    aside = []
    for part in _parts(message := message_from_bytes(data)):
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or (kind in _PAGES and _MARGINS.fullmatch(_name(part))):
            aside.append(_name(part))
        elif kind in (*_PAGES, "text/plain") and shows_text(page := _bytes(part)):
            pages.append(page)
    if any(part.defects for part in message.walk()):
        return pages, [*left_aside(aside), PageReport(0, "warning", "damaged-object", _DAMAGED)]
    return pages, left_aside(aside)


def _parts(message: Message) -> Iterator[Message]:
    """All parts; of those that say the same in several forms the page."""
    inside = [p for p in message.get_payload() if isinstance(p, Message)] if message.is_multipart() else []
    if message.get_content_type() == "multipart/alternative":
        inside = [p for p in inside if any(q.get_content_type() in _PAGES for q in p.walk())] or inside
    for part in inside:
        yield from _parts(part)
    if not message.is_multipart():
        yield message


def _name(part: Message) -> str:
    """The last word of where a part was, else its kind."""
    place = str(part.get("Content-Location", "")) or str(part.get_filename() or "")
    return PurePosixPath(unquote(place.replace("\\", "/"))).name or part.get_content_type()


def _bytes(part: Message) -> bytes:
    """A part's bytes, in UTF-8 where it says in which encoding they are."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset() or "")
    try:
        return data.decode(charset).encode("utf-8") if charset else data
    except (LookupError, ValueError):
        return data
