"""Second walks over files that are packed: regular expressions over the XML in them, where the readers build trees; and over
PDFs, by another library than the reader's."""

from __future__ import annotations

import html
import zipfile
from collections.abc import Iterator, Set
from pathlib import Path

import regex as re

from juanzong.read.walks_ole import MARK, old_texts

Found = tuple[str, str, bool]
"""Where a text stands, what it says, and whether the file holds it once."""


def word_file(path: Path) -> Iterator[Found]:
    """A .docx: each paragraph's runs, formulas and word art; of heads and feet, what they say."""
    for name, xml in _parts(
        path,
        re.compile(r"word/(?:document\d*|footnotes|endnotes|header\d*|footer\d*|diagrams/data\d*)\.xml", re.IGNORECASE),
    ):
        once = name.startswith(("document", "footnotes", "endnotes"))
        for k, paragraph in enumerate(_END_OF_PARAGRAPH.split(_FALLBACK.sub("", xml)), 1):
            letters = _SIGNS.sub("", paragraph) if "Wingdings" in paragraph else paragraph
            said = "".join(html.unescape(m[1]) for m in _RUN.finditer(letters))
            for text in (said, *(html.unescape(m[1]) for m in _WORD_ART.finditer(letters))):
                if text.strip():
                    yield f"{name}, paragraph {k}", text, once


_FALLBACK = re.compile(r"<mc:Fallback\b.*?</mc:Fallback>", re.DOTALL)
_SIGNS = re.compile(r'<w:r\b(?:(?!</w:r>).)*?w:ascii="Wingdings(?:(?!</w:r>).)*</w:r>', re.DOTALL)  # no letters in it
_END_OF_PARAGRAPH = re.compile(r"</(?:w|a):p>")
_RUN = re.compile(r"<(?:w:(?:t|delText)|[am]:t)(?:\s[^>]*)?>([^<]*)<")
_WORD_ART = re.compile(r"<v:textpath\b[^>]*?\sstring=\"([^\"]*)\"")


def workbook(path: Path) -> Iterator[Found]:
    """A .xlsx: the texts of all cells, whole numbers without a format, and text boxes."""
    shared: list[str] = []
    for _, xml in _parts(path, re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)):
        shared = ["".join(html.unescape(t) for t in _T.findall(_READING.sub("", m[1]))) for m in _SI.finditer(xml)]
    for name, xml in _parts(path, re.compile(r"xl/worksheets/[^/]*\.xml", re.IGNORECASE)):
        said = dict(_cells(xml, shared))
        under = dict(_covered(xml, set(said)))
        for cell, text in said.items():
            if under.get(cell) is None or said.get(under[cell]) != text:  # a merged cell's text is shown once
                yield f"{name} {cell}", text, True
    for name, xml in _parts(path, re.compile(r"xl/drawings/drawing\d*\.xml", re.IGNORECASE)):
        for paragraph in xml.split("</a:p>"):
            text = "".join(html.unescape(t) for t in re.findall(r"<a:t(?:\s[^>]*)?>([^<]*)<", paragraph))
            if text.strip():
                yield name, text, True


def _cells(xml: str, shared: list[str]) -> Iterator[tuple[str, str]]:
    """The cells of a sheet that hold text: name, text."""
    for n, cell in enumerate(_C.finditer(xml)):
        kind = m[1] if (m := _KIND.search(cell[1])) else "n"
        value = m[1] if (m := _V.search(cell[2])) else ""
        if kind == "s":
            text = shared[int(value)] if value.strip().isdecimal() and int(value) < len(shared) else ""
        elif kind == "inlineStr":
            text = "".join(html.unescape(t) for t in _T.findall(_READING.sub("", cell[2])))
        else:
            plain = kind == "str" or (kind == "n" and "s=" not in cell[1] and re.fullmatch(r"\d{1,10}", value))
            text = html.unescape(value) if plain else ""
        if text.strip():
            yield m[1] if (m := _NAME.search(cell[1])) else f"#{n}", text


def _covered(xml: str, cells: Set[str]) -> Iterator[tuple[str, str]]:
    """The cells that lie under a merged one, and that one's name."""
    areas = [(_place(m[1]), _place(m[2]), m[1]) for m in _MERGED.finditer(xml)]
    rows: dict[int, list[tuple[tuple[int, int], tuple[int, int], str]]] = {}
    for area in areas:
        for row in range(area[0][0], min(area[1][0], area[0][0] + _DEEPEST) + 1):
            rows.setdefault(row, []).append(area)
    for cell in cells:
        row, column = _place(cell) if cell[0] != "#" else (0, 0)
        for (_, left), (_, right), owner in rows.get(row, ()):
            if left <= column <= right and owner != cell:
                yield cell, owner


def _place(name: str) -> tuple[int, int]:
    """A cell's row and column, by its name (B5)."""
    letters = name.rstrip("0123456789")
    column = 0
    for c in letters:
        column = 26 * column + ord(c) - 64
    return int(name[len(letters) :]), column


_DEEPEST = 10_000  # rows of a merged cell
_MERGED = re.compile(r'<(?:x:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})"')
_SI = re.compile(r"<(?:x:)?si\b[^>]*>(.*?)</(?:x:)?si>|<(?:x:)?si\s*/>", re.DOTALL)
_T = re.compile(r"<(?:x:)?t(?:\s[^>]*)?>([^<]*)<")
_READING = re.compile(r"<(?:x:)?rPh\b.*?</(?:x:)?rPh>", re.DOTALL)
_C = re.compile(r"<(?:x:)?c\b([^>]*[^/>])>(.*?)</(?:x:)?c>", re.DOTALL)
_KIND = re.compile(r'\bt="(\w+)"')
_NAME = re.compile(r'\br="([A-Z]+\d+)"')
_V = re.compile(r"<(?:x:)?v\b[^>]*>([^<]*)<")


def drawn_pages(path: Path) -> Iterator[Found]:
    """An .ofd: what its pages, their templates and their annotations set."""
    for name, xml in _parts(path, re.compile(r".*/(?:Pages|Tpls|Temps|Annots)/.*\.xml", re.IGNORECASE)):
        for code in re.finditer(r"<(?:\w+:)?TextCode\b[^>]*>([^<]+)<", xml):
            if code[1].strip():
                yield name, html.unescape(code[1]), "/Pages/" in name


def open_document(path: Path) -> Iterator[Found]:
    """A file that LibreOffice converts: OpenDocument, PowerPoint's, RTF, and those of Office 97-2003. Texts stand in
    it that are not shown (notes, masters), so it is only asked that they are there."""
    if zipfile.is_zipfile(path):
        for name, xml in _parts(path, re.compile(r"content\.xml|ppt/slides/slide\d+\.xml")):
            yield from ((name, text, False) for text in _paragraphs(xml))
    elif (data := path.read_bytes()).startswith(MARK):
        yield from ((place, text, False) for place, text in old_texts(data))
    elif b"<office:document" in data[:4096]:
        yield from (
            (f"paragraph {n}", text, False) for n, text in enumerate(_paragraphs(data.decode("utf-8", "replace")), 1)
        )
    elif data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml"):
        yield from ((f"paragraph {n}", text, False) for n, text in enumerate(_office_xml(data), 1))
    else:
        yield from ((f"paragraph {n}", text, False) for n, text in enumerate(_rich_text(data), 1))


def _paragraphs(xml: str) -> Iterator[str]:
    """Those of an OpenDocument's body, or of a slide."""
    bare = _NOT_SHOWN.sub("", xml)
    for paragraph in re.split(r"</(?:text:(?:p|h)|a:p)>", bare[max(0, bare.find("<office:body")) :]):
        text = html.unescape(re.sub(r"<[^<>]*>", "", paragraph[paragraph.find("<") :]))
        if text.strip():
            yield text


_NOT_SHOWN = re.compile(
    r"<(office:annotation|text:tracked-changes|office:forms|table:content-validations|text:sequence-decls|svg:(?:title|desc))\b.*?</\1>",
    re.DOTALL,
)


def _office_xml(data: bytes) -> Iterator[str]:
    """The paragraphs or cells of Word's and Excel's XML of 2003."""
    for paragraph in re.split(r"</w:p>|</(?:ss:)?Cell>", data.decode("utf-8", "replace")):
        text = "".join(re.findall(r"<(?:w:t|(?:ss:)?Data)(?:\s[^<>]*)?>([^<]*)<", paragraph))
        if text.strip() and re.search(r"[^\x00-\x7f]", text):  # numbers are shown as their formats say
            yield html.unescape(text)


def _rich_text(data: bytes) -> Iterator[str]:
    """The paragraphs of an RTF file, its groups of names and codes left out."""
    if not data.lstrip().startswith(b"{\\rtf"):
        return
    out, depth, silent = bytearray(), 0, 0
    for m in _RTF.finditer(data):
        if m[0] == b"{":
            depth += 1
        elif m[0] == b"}":
            depth -= 1
            silent = silent if depth >= silent else 0
        elif m["group"] and not silent:
            silent = depth
        elif silent:
            continue
        elif m["hex"]:
            out.append(int(m["hex"], 16))
        elif m["unicode"]:
            out += chr(int(m["unicode"]) % 65536).encode("gb18030", "replace")
        elif m["word"] in (b"par", b"cell", b"row", b"page", b"sect"):
            yield out.decode("gb18030", errors="replace")
            out.clear()
        elif m["text"]:
            out += m["text"]
    yield out.decode("gb18030", errors="replace")


_RTF = re.compile(
    rb"[{}]|(?P<group>\\\*|\\(?:fonttbl|colortbl|stylesheet|info|pict|header\w?|footer\w?|object|datafield|listtable)\b)"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})|\\u(?P<unicode>-?\d+) ?(?:\\'[0-9a-fA-F]{2}|[^\\{}])?|\\(?P<word>[a-z]+)-?\d* ?|\\[^a-z]"
    rb"|(?P<text>[^\\{}\r\n]+)"
)


def layer_texts(path: Path, given_up: Set[int]) -> dict[int, str]:
    """Page number -> its text layer, as PDFium gives it; none of a page, or of a file, that it cannot read, nor of those
    that were `given_up`: what swelled for one library swells for the other."""
    import pypdfium2  # type: ignore[import-untyped]

    out: dict[int, str] = {}
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            for number in range(1, len(pdf) + 1):
                if number in given_up:
                    continue
                try:
                    out[number] = pdf[number - 1].get_textpage().get_text_range()
                except Exception:  # whatever a damaged page does to the library
                    continue
    except Exception:  # what one library opens and the other does not
        return {}
    return out


def _parts(path: Path, wanted: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """(name, text) of the parts with such names; a damaged part is the reader's to tell."""
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if wanted.fullmatch(plain := name.replace("\\", "/")):
                    try:
                        xml = archive.read(name)
                    except Exception:
                        continue
                    marked = xml.startswith((b"\xff\xfe", b"\xfe\xff"))
                    yield (
                        plain.removeprefix("word/").removeprefix("xl/"),
                        xml.decode("utf-16" if marked else "utf-8", "replace"),
                    )
    except (OSError, zipfile.BadZipFile):
        return
