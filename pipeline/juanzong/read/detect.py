"""What a file is, told by its content. Names and endings are not asked: exports are renamed and cut short."""

from __future__ import annotations

import zlib
from itertools import islice
from pathlib import Path
from typing import Any

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.read.answers import are_answers
from juanzong.read.decoding import decode
from juanzong.read.json_file import load_json, looks_like_json, text_follows, tool_values, unfolded, without_fence
from juanzong.read.mail_heads import is_mht
from juanzong.read.ocr_heads import is_hocr, is_ocr_file, is_whole_xml
from juanzong.read.ocr_pairs import are_pairs, is_log_of_pairs

CSV_COMMAS = 6  # in a file's head: fewer part no rows
HEAD = 4096  # bytes that suffice to know a format by its signature
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+", b"BM", b"GIF8")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEFORE = rb"\s*(?:(?:<\?.*?\?>|<%.*?%>|<!--.*?-->)\s*)*"
_HTML = re.compile(_BEFORE + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(_BEFORE + rb"<[a-z][a-z1-6]*(?:\s[^<>]*)?>", re.IGNORECASE | re.DOTALL)
_LINED = re.compile(rb"<(?:p|div|br|h[1-6]|li|t[dhr]|span|section|article|frameset|script|meta|title)\b", re.IGNORECASE)
_LEAST_LINES = 6  # of a file's head: a page of fewer may have lost its tags
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def detect(path: Path) -> str:
    """One of the keys of READERS. Raises JuanzongError for what has no reader."""
    if path.is_dir():
        return "folder"
    head = file_head(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if is_image(head):
        return "image"
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(path)
    if head.startswith(_OLE):
        return _in_ole(path)
    if head.lstrip().startswith(b"{\\rtf"):
        return "word"
    if office := _OFFICE_XML.match(head.replace(b"\0", b"")):
        return _OFFICE_KINDS[office[1]] if office[1] else _open_document(office[2].decode())
    bare = head
    for mark in _MARKS:
        bare = bare.removeprefix(mark)
    plain = bare.replace(b"\0", b"")
    if is_ocr_file(bare):
        return "ocr"
    if is_mht(head):
        return "mht"
    html = _HTML.match(plain) is not None
    if (html and not _only_framed(path, plain)) or (
        not html and _MARKUP.match(plain) and is_page(decode(path.read_bytes(), str(path)).text, path.suffix)
    ):
        return "hocr" if is_hocr(plain) else "html"
    if bare.replace(b"\0", b"").lstrip()[:1] in (b"{", b"[", b'"') and looks_like_json(begun := _beginning(bare)):
        if text_follows(begun):
            return "text"
        return _json_kind(path)
    if is_log_of_pairs(plain) or (
        (b"```" in plain or _LED.match(plain))
        and without_fence(text := decode(path.read_bytes(), str(path)).text) != text
    ):
        return _json_kind(path)
    return _text_kind(path, head)


def _text_kind(path: Path, head: bytes) -> str:
    """What a file is that is none of the others: rows of cells, or text; XML that nobody knows is neither."""
    if b"<?xml" in head[:64] and is_whole_xml(path):
        raise JuanzongError(f"{path}: XML of a kind that no reader knows; give the text, a web page or a Word file")
    return "csv" if _is_csv(path, head) else "text"


_LED = re.compile(
    rb"\s*(?://|/\*|data:|event:|(?:var|let|const)\s|[A-Za-z_$][\w.$]{0,40}\s*[=(]\s*[\[{])"
)  # before JSON


def _only_framed(path: Path, head: bytes) -> bool:
    """Whether a text in Markdown stands between <html> and </html>: lines, and no tag that parts them."""
    if head.count(b"\n") < _LEAST_LINES or _LINED.search(head):
        return False
    return not _LINED.search(path.read_bytes())


def _beginning(data: bytes) -> str:
    """The head of a JSON file as text: its marks are ASCII in every encoding."""
    return data.replace(b"\0", b"").decode("utf-8", errors="replace")


_TAG = re.compile(r"<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z1-6]*)(?:\s[^<>]*)?>|<!--.*?-->|<%.*?%>|<\?.*?\?>", re.DOTALL)
_PROSE = re.compile(r"div|p|h[1-6]|li|article|section|main|dd|blockquote|center", re.IGNORECASE)
_OPENS_PROSE = re.compile(rf"<(?:{_PROSE.pattern})(?=[\s>])", re.IGNORECASE)
_INSIDE = re.compile(
    rf"{_PROSE.pattern}|title|table|t[dhr]|caption|script|style|[uod]l|dt|pre|form|body", re.IGNORECASE
)
_LEAST_PROSE = 2  # elements of prose; a table or a caption in markup stands in texts as well
_ENDINGS = (".html", ".htm", ".shtml", ".xhtml")
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_MOST_LOOSE = 0.02  # of a fragment's characters may stand outside its elements


def is_page(text: str, suffix: str = "") -> bool:
    """Whether a text is a web page, or a part of one, which may be a table where the file's ending says so."""
    head = text[:HEAD].encode("utf-8", errors="replace")
    least = 0 if suffix.lower() in _ENDINGS else _LEAST_PROSE
    return bool(_HTML.match(head)) or (bool(_MARKUP.match(head)) and is_fragment(text, least))


def is_fragment(text: str, least: int = _LEAST_PROSE) -> bool:
    """Whether a text that begins with a tag is a part of a web page: its prose stands in elements, `least` of them or
    more, hardly any outside.

    >>> is_fragment("<div><p>第一条 略。<p>第二条 略。</div>"), is_fragment("<div>表1</div>\\n\\n第一条 略。")
    (True, False)
    >>> is_fragment("<div>\\n\\n甲\\n\\n乙\\n\\n</div>\\n<div>\\n\\n丙\\n\\n丁</div>")
    False
    >>> is_fragment("<meta charset=utf-8><title>文件</title><p>某局通知<p>各站：<p>请执行。")
    True
    """
    if sum(1 for _ in islice(_OPENS_PROSE.finditer(text), least)) < least:
        return False  # as of a text with tables in markup
    inside = outside = prose = depth = at = said = parted = 0
    for m in [*_TAG.finditer(text), None]:
        run = text[at : m.start() if m else len(text)].strip()
        bare = len("".join(run.split()))
        said, parted = said + bool(run), parted + (_BLANK_LINE.search(run) is not None)
        inside, outside = (inside + bare, outside) if depth else (inside, outside + bare)
        at = m.end() if m else at
        if m and m["tag"] and _INSIDE.fullmatch(m["tag"]):
            depth = max(0, depth - 1) if m["end"] else depth + 1
            prose += not m["end"] and bool(_PROSE.fullmatch(m["tag"]))
    if least and 2 * parted > said:  # blank lines part its paragraphs: Markdown in a frame
        return False
    return prose >= least and outside <= _MOST_LOOSE * inside


def file_head(path: Path) -> bytes:
    """The first bytes of a file, or a clear line why not."""
    try:
        with path.open("rb") as f:
            return f.read(HEAD)
    except OSError as error:
        raise JuanzongError(f"{path}: cannot be read: {error.strerror}; check path and permissions") from None


def is_image(head: bytes) -> bool:
    """Whether the bytes begin a PNG, JPEG, TIFF, BMP, GIF or WebP image."""
    if head.startswith(b"BM"):
        return len(head) > 14 and head[6:10] == b"\0\0\0\0"
    return head.startswith(_IMAGES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")


def _in_zip(path: Path) -> str:
    """What a ZIP file is, told by the parts that each format must have; else a folder that was packed."""
    import zipfile  # most files are none

    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/") for name in archive.namelist()}
            for part, kind in _PARTS.items():
                if part in names or (kind == "docx" and any(map(_WORD.fullmatch, names))):
                    return kind
            if "mimetype" in names:
                kind = archive.read("mimetype")[:200].decode("ascii", "replace").strip()
                if kind == "application/epub+zip":
                    return "epub"
                return _open_document(kind)
            return "zip"
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, zlib.error):
        raise JuanzongError(f"{path}: a damaged Office or ZIP file; save it again and give that") from None


def _open_document(kind: str) -> str:
    """What an OpenDocument file, in parts or in one piece of XML, is by its media type."""
    return next((k for part, k in _OPEN_DOCUMENTS.items() if part in kind), "zip")


_WORD = re.compile(r"word/document\d+\.xml")  # Word for the web counts them
_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "sheet",
    "ppt/presentation.xml": "slides",
    "OFD.xml": "ofd",
}
_OPEN_DOCUMENTS = {
    "opendocument.text": "word",
    "opendocument.spreadsheet": "sheet",
    "opendocument.presentation": "slides",
}
_OFFICE_XML = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<\?xml\b.{,1000}?(?:(<pkg:package\b|<w:wordDocument\b|<(?:ss:)?Workbook\b)|<office:document\b[^<>]*"
    rb"\boffice:mimetype=[\"']application/vnd\.oasis\.(opendocument\.\w+))",
    re.DOTALL,
)
_OFFICE_KINDS = {b"<pkg:package": "flat", b"<w:wordDocument": "word", b"<Workbook": "sheet", b"<ss:Workbook": "sheet"}
"""How Office files in one piece of XML begin -> what they are: those of 2007 and later hold their parts."""
_STREAMS = {
    "EncryptedPackage": "",
    "Workbook": "sheet",
    "Book": "sheet",
    "PowerPoint Document": "slides",
    "WordDocument": "word",
}
"""Names of an old Office file's streams -> what it is; a protected new one has only the first."""


def _in_ole(path: Path) -> str:
    """What an old Office file (OLE) is, told by the names of its streams."""
    data = path.read_bytes()
    for name, kind in _STREAMS.items():
        if name.encode("utf-16-le") + b"\0\0" in data:
            if not kind:
                raise JuanzongError(f"{path}: protected by a password; save a copy without one and give that")
            return kind
    raise JuanzongError(f"{path}: an old Office file of an unknown kind; save it as .docx, .xlsx or PDF and give that")


def _is_csv(path: Path, head: bytes) -> bool:
    """Whether a text is a table of comma-separated cells: by its ending, or by rows that all are alike."""
    if path.suffix.lower() in (".csv", ".tsv"):
        return True
    if b"<|" in head:  # a model's tokens hold places, parted by commas
        return False
    if head.count(b",") < CSV_COMMAS and head.count(b";") < CSV_COMMAS:
        return False
    from juanzong.read.csv_file import looks_like_csv

    return looks_like_csv(head.decode("utf-8", "replace"))


def _json_kind(path: Path) -> str:
    """What a JSON file holds; whole or not, it is no text of braces."""
    value = load_json(path).value
    found = tool_values(value, json_kind)
    if not found:
        from juanzong.read.other_json import field_of_text

        if field_of_text(unfolded(value)) is not None:
            return "json-text"
        raise JuanzongError(f"{path}: JSON, but not the output of MinerU, PaddleOCR or Docling; give one of these")
    kind = found[0][0]
    return "json-text" if kind == "text" else kind


def json_kind(data: Any) -> str | None:
    """Which tool wrote this JSON.

    >>> json_kind([{"type": "text", "text": "第一条", "page_idx": 0}]), json_kind({"schema_name": "DoclingDocument"})
    ('mineru', 'docling')
    >>> json_kind({"parsing_res_list": []}), json_kind({"a": 1})
    ('paddle', None)
    >>> json_kind([[{"type": "paragraph", "content": {}}], []]), json_kind([[1]])
    ('mineru', None)
    """
    if isinstance(data, dict):
        return _kind_of_object(data)
    if not isinstance(data, list):
        return None
    if are_pairs(data):
        return "paddle"
    pages = [page for page in data if isinstance(page, list)]
    blocks = [
        item for item in data if isinstance(item, dict)
    ]  # other things may stand among them, and are kept as texts
    if any(pages) and len(pages) > len(blocks):
        # MinerU's content_list_v2: a list for each page
        items = [item for page in pages for item in page]
        return "mineru" if 2 * sum(isinstance(item, dict) and "type" in item for item in items) > len(items) else None
    return _kind_of_blocks(blocks) if blocks and len(blocks) > len(pages) else None


def _kind_of_object(data: dict[str, Any]) -> str | None:
    if data.get("schema_name") == "DoclingDocument":
        return "docling"
    if isinstance(data.get("pdf_info"), list) or data.get("schema") == "docvortex.middle":
        return "mineru"
    inner = data.get("res") if isinstance(data.get("res"), dict) else data.get("result")
    return "paddle" if any(k in d for d in (data, inner) if isinstance(d, dict) for k in _PADDLE) else None


def _kind_of_blocks(data: list[dict[str, Any]]) -> str | None:
    """Blocks of a page, or PaddleOCR's results one after another."""
    if are_answers(data):
        return None
    blocks = sum("type" in item and ("page_idx" in item or "text" in item) for item in data)
    if blocks and 2 * blocks >= len(data):
        return "paddle" if any("res" in item for item in data) else "mineru"
    return "paddle" if all(json_kind(item) == "paddle" for item in data) else None


_PADDLE = ("parsing_res_list", "layoutParsingResults", "layout_parsing_result", "overall_ocr_res", "rec_texts")
