"""Second walks over old Office files: the texts as Word, Excel and PowerPoint 97-2003 store them ([MS-CFB], [MS-DOC], [MS-XLS],
[MS-PPT]), where the reader goes by what LibreOffice makes of the file."""

from __future__ import annotations

from collections.abc import Iterator
from struct import error as StructError
from struct import unpack_from

import regex as re

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # sector numbers from here on end a chain or are none
_MINI = 64  # bytes of a sector of the small streams


def old_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """(place, text) of what an old Office file says; nothing of one that is damaged where texts are found by."""
    try:
        streams = streams_of(data)
        if "WordDocument" in streams:
            yield from _word(streams)
        elif "Workbook" in streams or "Book" in streams:
            yield from _workbook(streams.get("Workbook") or streams["Book"])
        elif "PowerPoint Document" in streams:
            yield from _slides(streams["PowerPoint Document"], streams.get("Current User", b""))
    except (StructError, IndexError, KeyError, RecursionError):
        return


def streams_of(data: bytes) -> dict[str, bytes]:
    """The streams of a compound file by their names. Raises struct.error or IndexError for one that is damaged."""
    shift = unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise StructError("no size of sectors")
    size = 1 << shift
    heads = list(unpack_from("<109I", data, 76))
    more, left = unpack_from("<II", data, 68)

    def sector(n: int) -> bytes:
        return data[(n + 1) * size : (n + 2) * size]

    left = min(left, len(data) // size)
    while more < _END and left:
        part = unpack_from(f"<{size // 4}I", sector(more))
        heads += part[:-1]
        more, left = part[-1], left - 1
    table = [n for head in heads if head < _END for n in unpack_from(f"<{size // 4}I", sector(head))]

    def chain(n: int, links: list[int]) -> Iterator[int]:
        for _ in range(len(links)):
            if n >= _END or n >= len(links):
                return
            yield n
            n = links[n]

    directory = b"".join(map(sector, chain(unpack_from("<I", data, 48)[0], table)))
    small_links = b"".join(map(sector, chain(unpack_from("<I", data, 60)[0], table)))
    links = list(unpack_from(f"<{len(small_links) // 4}I", small_links))
    small, out = b"", dict[str, bytes]()
    for at in range(0, len(directory) - 127, 128):
        length, kind = unpack_from("<HB", directory, at + 64)
        first, many = unpack_from("<IQ", directory, at + 116)
        name = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        if kind == 5:  # the root holds the small streams
            small = b"".join(map(sector, chain(first, table)))
        elif kind == 2:
            if many & 0xFFFFFFFF < 4096:
                body = b"".join(small[n * _MINI : (n + 1) * _MINI] for n in chain(first, links))
            else:
                body = b"".join(map(sector, chain(first, table)))
            out.setdefault(name, body[: many & 0xFFFFFFFF])
    return out


# ---- Word

_FIELD = re.compile(r"\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")  # its code, and what is shown of it
_PARTS = ("ccpText", "ccpFtn", "ccpHdd", "ccpMcr", "ccpAtn", "ccpEdn")
_SHOWN = ("ccpText", "ccpFtn", "ccpEdn")  # what comes into the text: no headers, no comments


def _word(streams: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """The paragraphs and cells of the main text, the footnotes and the end notes."""
    main = streams["WordDocument"]
    flags = unpack_from("<H", main, 10)[0]
    if unpack_from("<H", main, 0)[0] != 0xA5EC or flags & 0x100:  # not Word 97 and later, or encrypted
        return
    table = streams["1Table" if flags & 0x200 else "0Table"]
    counts = dict(zip(_PARTS, unpack_from("<6i", main, 76), strict=True))
    begin, length = unpack_from("<II", main, 0x01A2)  # fcClx, lcbClx
    whole = _pieces(table[begin : begin + length], main)
    at = 0
    for part in _PARTS:
        text, at = whole[at : at + counts[part]], at + counts[part]
        if part not in _SHOWN:
            continue
        while (shown := _FIELD.sub(lambda m: m[1] or "", text)) != text:
            text = shown
        for n, paragraph in enumerate(re.split(r"[\r\x07\x0c\x0b]", text), 1):
            bare = re.sub(r"[\x00-\x08\x13-\x1f]", "", paragraph)
            if bare.strip():
                yield f"{part.removeprefix('ccp')}, paragraph {n}", bare


def _pieces(clx: bytes, main: bytes) -> str:
    """The text, put together from its pieces; of a piece of one byte each in the Western code page."""
    at = 0
    while clx[at] == 1:  # formats
        at += 3 + unpack_from("<h", clx, at + 1)[0]
    size = unpack_from("<I", clx, at + 1)[0]
    pieces = (size - 4) // 12
    ends = unpack_from(f"<{pieces + 1}I", clx, at + 5)
    out = []
    for k in range(pieces):
        place = unpack_from("<I", clx, at + 5 + 4 * (pieces + 1) + 8 * k + 2)[0]
        many = ends[k + 1] - ends[k]
        if place & 0x40000000:
            start = (place & 0x3FFFFFFF) // 2
            out.append(main[start : start + many].decode("cp1252", "replace"))
        else:
            out.append(main[place : place + 2 * many].decode("utf-16-le", "replace"))
    return "".join(out)


# ---- Excel

_SHEET_HIDDEN = 0x85


def _workbook(stream: bytes) -> Iterator[tuple[str, str]]:
    """The texts of the cells of a BIFF8 workbook."""
    shared: list[str] = []
    hidden: set[int] = set()
    records = list(_records(stream))
    if any(kind == 0x2F for _, kind, _ in records):  # encrypted
        return
    begin = 0
    for n, (at, kind, body) in enumerate(records):
        if kind == 0x0809:  # a new sheet, or the workbook itself
            begin = at
        elif kind == _SHEET_HIDDEN and len(body) > 5 and body[4] & 3:
            hidden.add(unpack_from("<I", body)[0])
        elif kind == 0x00FC:
            parts = [body]
            for _, more, rest in records[n + 1 :]:
                if more != 0x3C:
                    break
                parts.append(rest)
            shared = _shared(parts)
        elif kind == 0x00FD and len(body) >= 10 and begin not in hidden:
            row, column, _, index = unpack_from("<HHHI", body)
            if index < len(shared) and shared[index].strip():
                yield f"row {row + 1}, column {column + 1}", shared[index]


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _shared(parts: list[bytes]) -> list[str]:
    """The table of strings, which goes on in other records: there a cut string tells its width again."""
    out: list[str] = []
    part, at = 0, 8
    count = unpack_from("<I", parts[0], 4)[0]

    def more() -> bool:
        nonlocal part, at
        part, at = part + 1, 0
        return part < len(parts)

    for _ in range(count):
        while at >= len(parts[part]):
            if not more():
                return out
        body = parts[part]
        many, flags = unpack_from("<HB", body, at)
        at += 3
        runs = rest = 0
        if flags & 8:
            runs, at = unpack_from("<H", body, at)[0], at + 2
        if flags & 4:
            rest, at = unpack_from("<I", body, at)[0], at + 4
        text, wide = "", flags & 1
        while many:
            width = 2 if wide else 1
            take = min(many, (len(parts[part]) - at) // width)
            text += parts[part][at : at + take * width].decode("utf-16-le" if wide else "latin-1", "replace")
            at, many = at + take * width, many - take
            if many:
                if not more():
                    return [*out, text]
                wide, at = parts[part][0] & 1, 1
        out.append(text)
        at += 4 * runs + rest
        while part < len(parts) and at > len(parts[part]):
            over = at - len(parts[part])
            if not more():
                return out
            at = over
    return out


# ---- PowerPoint

_SLIDE, _DIRECTORY, _EDIT = 0x03EE, 0x1772, 0x0FF5
_WIDE, _NARROW = 0x0FA0, 0x0FA8  # texts of two bytes and of one byte a character


def _slides(stream: bytes, user: bytes) -> Iterator[tuple[str, str]]:
    """The texts of the slides as they were saved last; not those of masters and notes."""
    places: dict[int, int] = {}
    edit = unpack_from("<I", user, 16)[0]
    for _ in range(1000):  # earlier savings are overlaid by later ones
        if not edit or unpack_from("<H", stream, edit + 2)[0] != _EDIT:
            break
        before, directory = unpack_from("<II", stream, edit + 16)
        size = unpack_from("<I", stream, directory + 4)[0]
        at = directory + 8
        while at < directory + 8 + size:
            head = unpack_from("<I", stream, at)[0]
            first, many = head & 0xFFFFF, head >> 20
            for k, place in enumerate(unpack_from(f"<{many}I", stream, at + 4)):
                places.setdefault(first + k, place)
            at += 4 + 4 * many
        edit = before
    for number, place in sorted(places.items()):
        if unpack_from("<H", stream, place + 2)[0] == _SLIDE:
            size = unpack_from("<I", stream, place + 4)[0]
            for text in _atoms(stream, place + 8, place + 8 + size):
                for line in re.split(r"[\r\x0b]", text):
                    if line.strip():
                        yield f"slide {number}", line


def _atoms(stream: bytes, at: int, end: int) -> Iterator[str]:
    while at + 8 <= min(end, len(stream)):
        version, kind, size = unpack_from("<HHI", stream, at)
        at += 8
        if version & 15 == 15:
            yield from _atoms(stream, at, at + size)
        elif kind == _WIDE:
            yield stream[at : at + size].decode("utf-16-le", "replace")
        elif kind == _NARROW:
            yield stream[at : at + size].decode("latin-1")
        at += size
