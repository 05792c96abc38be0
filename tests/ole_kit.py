"""Old Office files (compound files) made by hand, as small as their formats allow."""

from __future__ import annotations

from struct import pack

_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SIZE = 512


def ole_bytes(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams, none of them so small that it would be kept elsewhere."""
    links, bodies = [_TABLE], [b""]
    entries = [_entry("Root Entry", 5, _END, 0)]

    def add(data: bytes) -> int:
        first, many = len(links), -(-len(data) // _SIZE)
        links.extend([*range(first + 1, first + many), _END])
        bodies.append(data.ljust(many * _SIZE, b"\0"))
        return first

    for name, data in streams.items():
        data = data.ljust(4096, b"\0")
        entries.append(_entry(name, 2, add(data), len(data)))
    directory = add(b"".join(entries))
    table = pack(f"<{_SIZE // 4}I", *links, *[_FREE] * (_SIZE // 4 - len(links)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += pack("<9I", 0, 1, directory, 0, 4096, _END, 0, _END, 0)
    return head + pack("<109I", 0, *[_FREE] * 108) + table + b"".join(bodies)


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    coded = name.encode("utf-16-le")
    return coded.ljust(64, b"\0") + pack("<HB", len(coded) + 2, kind) + bytes(49) + pack("<IQ", first, size)


def doc_bytes(text: str, header: str = "") -> bytes:
    """A Word file of this text, in two pieces: the first of one byte a character where it can be, and a page header."""
    pieces = [(text[:1], False), (text[1:], True), (header, True)]
    main, table = bytearray(1024), b""
    main[0:12] = pack("<HH8x", 0xA5EC, 193)
    main[10:12] = pack("<H", 0x200)
    main[76:100] = pack("<6i", len(text), 0, len(header), 0, 0, 0)
    places, ends = [], [0]
    for part, wide in pieces:
        places.append(len(main) if wide else 2 * len(main) | 0x40000000)
        main += part.encode("utf-16-le" if wide else "cp1252")
        ends.append(ends[-1] + len(part))
    table = pack(f"<{len(ends)}I", *ends) + b"".join(pack("<HIH", 0, place, 0) for place in places)
    clx = b"\1" + pack("<h", 3) + b"abc" + b"\2" + pack("<I", len(table)) + table
    main[0x1A2:0x1AA] = pack("<II", 0, len(clx))
    return ole_bytes({"WordDocument": bytes(main), "1Table": clx})


def xls_bytes(cells: list[str]) -> bytes:
    """A workbook with these texts one under the other; the table of them is cut after the first string's first letter."""

    def record(kind: int, body: bytes) -> bytes:
        return pack("<HH", kind, len(body)) + body

    coded = [pack("<HB", len(c), 1) + c.encode("utf-16-le") for c in cells]
    head = pack("<II", len(cells), len(cells)) + coded[0][:5]
    rest = b"\1" + coded[0][5:] + b"".join(coded[1:])
    book = (
        record(0x809, bytes(16))
        + record(0xFC, head)
        + record(0x3C, rest)
        + record(0x0A, b"")
        + record(0x809, bytes(16))
    )
    rows = b"".join(record(0xFD, pack("<HHHI", r, 0, 0, r)) for r in range(len(cells)))
    return ole_bytes({"Workbook": book + rows + record(0x0A, b"")})


def ppt_bytes(slides: list[str], master: str) -> bytes:
    """A presentation, each slide with one text; of an earlier saving something is left over in the file."""

    def atom(kind: int, body: bytes, version: int = 0) -> bytes:
        return pack("<HHI", version, kind, len(body)) + body

    def page(kind: int, text: str) -> bytes:
        return atom(kind, atom(0xF00D, atom(0x0FA0, text.encode("utf-16-le")), 15), 15)

    stream, places = page(0x03EE, "旧稿"), []
    for part in (page(0x03F8, master), *(page(0x03EE, s) for s in slides)):
        places.append(len(stream))
        stream += part
    directory = len(stream)
    stream += atom(0x1772, pack(f"<I{len(places)}I", 1 | len(places) << 20, *places))
    edit = len(stream)
    stream += atom(0x0FF5, pack("<IIII", 0, 0, 0, directory) + bytes(12))
    return ole_bytes({"PowerPoint Document": stream, "Current User": bytes(16) + pack("<I", edit)})
