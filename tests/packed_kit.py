"""Web pages saved whole and electronic books, made for tests."""

from __future__ import annotations

import base64
import io
import quopri
import zipfile


def mht(*parts: tuple[str, str, bytes], kind: str = "multipart/related") -> bytes:
    """A letter of (fields, coding, bytes) parts, as browsers and Word write it."""
    out = f'From: <Saved by Blink>\r\nSubject: =?utf-8?B?5LqR5bKt?=\r\nMIME-Version: 1.0\r\nContent-Type: {kind};\r\n\tboundary="x"\r\n\r\n\r\n'
    for fields, coding, data in parts:
        coded = quopri.encodestring(data) if coding == "quoted-printable" else base64.encodebytes(data)
        out += f"--x\r\n{fields}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n{coded.decode()}\r\n"
    return (out + "--x--\r\n").encode()


def epub(chapters: dict[str, str], order: list[str], **more: str) -> bytes:
    """A book of pages, the order of its list, further files."""
    items = "".join(f'<item id="{n}" href="Text/{n}" media-type="application/xhtml+xml"/>' for n in chapters)
    spine = "".join(f'<itemref idref="{n}"/>' for n in order)
    book = f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest><spine>{spine}</spine></package>'
    root = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/b.opf"/></rootfiles></container>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in (
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", root),
            ("OEBPS/b.opf", book),
            *((f"OEBPS/Text/{n}", t) for n, t in chapters.items()),
            *more.items(),
        ):
            archive.writestr(name, text)
    return out.getvalue()
