"""Whole files of every format, small but full of what the format can hold: what bench/mutate.py damages."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from juanzong.core.errors import JuanzongError
from juanzong.read.detect import detect

TESTS = Path(__file__).parent.parent / "tests"
sys.path.insert(0, str(TESTS))

from docx_kit import docx_bytes, in_one_piece  # noqa: E402
from ofd_kit import ofd_bytes, ofd_line, ofd_text  # noqa: E402
from packed_kit import epub, mht  # noqa: E402
from pdf_kit import line, make_pdf, paragraphs, rows, show  # noqa: E402

_FIXTURES = TESTS / "fixtures"
_TEXT = (_FIXTURES / "paragraph.txt").read_text("utf-8")
_TABLE = "<table border=1><caption>表1 移交情况</caption><tr><th rowspan=2>单位<th colspan=2>件数<tr><th>2020年<th>2021年\n" \
    "<tr><td>市档案馆<td>15<td>10<sup>4</sup></tr><tr><td><ul><li>甲县<li>乙县</ul><td>7<br>8<td></td></tr></table>"  # fmt: skip
_PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>窗口</title><style>p{{color:red}}</style><script>var a="<p>";</script></head>
<body><div class="nav"><a href="/a">首页</a> <a href='/b'>公开</a></div><!-- 注释 --><h1>云岭市档案管理办法</h1>
<p style="display:none">看不见的字</p><p>第一条&nbsp;为了规范档案的收集<sup>①</sup>，制定本办法。若a&lt;b则不计。</p>
<p align=center title="甲 > 乙">第二条 面积为66km<sup>2</sup>。
{_TABLE}<p>第三条 本办法自印发之日起施行。<ol><li>甲项<li>乙项</ol><select><option>某区<option>某县</select><noscript>无</noscript>
<table><tr><td>外一<td>{_TABLE}</table><pre>一  二
三  四</pre><% out.print("x") %><p>云岭市人民政府</p><footer>主办：某办 ICP备1号</footer></body></html>"""


def _cases(name: str, key: str) -> list[dict[str, str]]:
    return [c for c in json.loads((TESTS / "cases" / f"{name}.json").read_text("utf-8")) if key in c]


def _fixture(*endings: str) -> list[bytes]:
    return [
        p.read_bytes()
        for p in sorted((_FIXTURES / "read").iterdir())
        if p.name.endswith(endings) and p.name != "protected.pdf"
    ]


def _word() -> list[bytes]:
    return [*_fixture(".docx"), *(docx_bytes(c) for c in _cases("read_docx", "body"))]


def _json() -> list[bytes]:
    values = [json.dumps(c["value"], ensure_ascii=False).encode() for c in _cases("read_tools", "value")]
    return [
        *_fixture(".json"),
        *values,
        json.dumps({"code": 0, "data": {"md_content": _TEXT[:800]}}, ensure_ascii=False).encode(),
    ]


def _of_tool(tool: str) -> Callable[[Path], list[bytes]]:
    """Those of the JSON seeds that are read as the tool's."""

    def chosen(folder: Path) -> list[bytes]:
        path, out = folder / "seed.json", []
        for seed in _json():
            path.write_bytes(seed)
            with contextlib.suppress(JuanzongError):
                if detect(path) == tool:
                    out.append(seed)
        return out

    return chosen


def _pdf(folder: Path) -> list[bytes]:
    """Uncompressed, so that damage meets drawing instructions."""
    xs, head = (95.0, 250.0, 400.0), [("单位", "2020年", "2021年"), ("市档案馆", "15", "20"), ("甲县", "7", "8")]
    ruled = "".join(line(90, y, 500, y) for y in (520, 498, 476, 454)) + "".join(
        line(x, 454, x, 520) for x in (90, 240, 390, 500)
    )
    first = show(200, 780, "云岭市档案管理办法", 18) + paragraphs(
        ["为了规范档案的收集与整理，推动全市档案事业发展，结合本市实际，制定本办法。"] * 3, 740
    )
    second = rows(head, xs, 503) + ruled + show(90, 420, "注：数据由各单位报送。", 9) + show(280, 40, "— 2 —", 9)
    turned = show(200, 300, "内部资料", 40, "0.7 0.7 -0.7 0.7")
    return [make_pdf(folder / "seed.pdf", [first + turned, second, first]).read_bytes(), *_fixture(".pdf")]


def _workbook() -> list[bytes]:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["表1 移交情况"],
        ["单位：件"],
        ["单位", "2020年", "2021年"],
        ["市档案馆", 15, 0.125],
        ["甲县", "7", None],
        ["注：各单位报送。"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet["C4"].number_format = "0.0%"
    other = book.create_sheet("附表")
    other.append(["序号", "名称"])
    other.append([1, "库房"])
    other.row_dimensions[2].hidden = True
    out = io.BytesIO()
    book.save(out)
    return [out.getvalue()]


def _ofd() -> list[bytes]:
    cells = [
        ofd_text(30 + 60 * c, 82 + 10 * r, t, 4)
        for r, row in enumerate([["单位", "件"], ["档案馆", "九"]])
        for c, t in enumerate(row)
    ]
    ruled = [ofd_line(28, y, 148, y) for y in (80, 90, 100)] + [ofd_line(x, 80, x, 100) for x in (28, 88, 148)]
    head = ofd_text(60, 30, "云岭市档案管理办法", 7.8) + ofd_text(39.2, 50, "为了规范档案的收集，制定本办法。")
    return [ofd_bytes([head + "".join(cells + ruled), ofd_text(39.2, 40, "第二页的文字。")])]


def _archive() -> list[bytes]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1 通知.txt", _TEXT[:600])
        archive.writestr("附件/2 表.csv", _CSV)
        archive.writestr("附件/3 页.html", _PAGE)
        archive.writestr("附件/4.docx", docx_bytes(_cases("read_docx", "body")[0]))
    return [out.getvalue()]


_XML = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>书</title></head><body>{}'


def _saved_pages() -> list[bytes]:
    """As Chrome and as Word save them."""
    page = ("Content-Type: text/html", "quoted-printable", _PAGE.encode())
    frame = ("Content-Type: text/html; charset=gb2312", "base64", "<p>附则</p>".encode("gb2312"))
    margins = ("Content-Type: text/html\r\nContent-Location: file:///C:/a.files/header.htm", "base64", b"<p>1</p>")
    picture = ("Content-Type: image/png", "base64", bytes(200))
    return [mht(page, picture, frame), mht(("Content-Type: text/html", "base64", _PAGE.encode()), margins)]


def _rich_text() -> list[bytes]:
    def coded(text: str) -> str:
        return "".join(f"\\u{ord(c)}?" if ord(c) > 127 else c for c in text)

    cells = "".join(f"\\intbl {coded(c)}\\cell " for c in ("单位", "件数"))
    table = f"\\trowd\\cellx3000\\cellx6000 {cells}\\row\\pard "
    texts = "\\par ".join(
        map(coded, ("云岭市档案管理办法", "第一条 为了规范档案的收集，制定本办法。", "第二条 面积为66km2。"))
    )
    return [
        (
            "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0 SimSun;}}{\\info{\\title x}}\\f0 "
            + texts
            + "\\par "
            + table
            + coded("附则")
            + "\\par}"
        ).encode()
    ]


_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"><office:body>{}</office:body></office:document-content>'
)
_ROWS = (("单位", "2020年", "2021年"), ("市档案馆", "15", "20"), ("甲县", "7", "8"), ("合计", "22", "28"))


def _open_document(kind: str, body: str) -> bytes:
    """An OpenDocument file of the kind (its media type's last word)."""
    media = f"application/vnd.oasis.opendocument.{kind}"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", media, zipfile.ZIP_STORED)
        archive.writestr("content.xml", _OPEN.format(body))
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def _open_sheet() -> list[bytes]:
    rows = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in (("表1 移交情况",), *_ROWS, ("注：各单位报送。",))
    )
    sheets = "".join(f'<table:table table:name="{n}">{rows}</table:table>' for n in ("移交", "附表"))
    return [_open_document("spreadsheet", f"<office:spreadsheet>{sheets}</office:spreadsheet>")]


def _open_slides() -> list[bytes]:
    def box(top: int, lines: Sequence[str]) -> str:
        texts = "".join(f"<text:p>{line}</text:p>" for line in lines)
        return (
            f'<draw:frame svg:width="20cm" svg:height="3cm" svg:x="2cm" svg:y="{top}cm">'
            f"<draw:text-box>{texts}</draw:text-box></draw:frame>"
        )

    pages = (
        ("云岭市档案工作汇报", ("一、馆藏情况", "全市馆藏档案三十二万卷。")),
        ("下一步打算", ("改造库房", "培训人员")),
    )
    drawn = "".join(
        f'<draw:page draw:name="p{n}">{box(2, [head])}{box(6, lines)}</draw:page>'
        for n, (head, lines) in enumerate(pages)
    )
    return [_open_document("presentation", f"<office:presentation>{drawn}</office:presentation>")]


def _saved_as(ending: str, kind: str, seeds: Callable[[], Sequence[bytes]]) -> Callable[[Path], list[bytes]]:
    """The seeds, files of a kind that LibreOffice reads, as it saves them for another program."""

    def save(folder: Path) -> list[bytes]:
        out = []
        for seed in seeds():
            (folder / f"seed.{kind}").write_bytes(seed)
            convert([folder / f"seed.{kind}"], ending, folder)
            out.append((folder / f"seed.{ending}").read_bytes())
        return out

    return save


def convert(paths: Sequence[Path], ending: str, folder: Path) -> bool:
    """Files as LibreOffice converts them, many in one go, into the folder; what it cannot convert is not there. Whether
    it came to the end of them."""
    program = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command = [*program, "--convert-to", ending, "--outdir", str(folder), *map(str, paths)]
    try:
        return subprocess.run(command, capture_output=True, timeout=150 + 5 * len(paths), check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


_CSV = '表1 移交情况,,\n单位,2020年,2021年\n市档案馆,15,"1,300"\n甲县,7,"八\n九"\n合计,22,1308\n'

SEEDS: dict[str, Callable[[Path], list[bytes]]] = {
    "text": lambda folder: [(_FIXTURES / f"{n}.txt").read_bytes() for n in ("paragraph", "printed")] + [_TEXT.encode("gb18030")],
    "markdown": lambda folder: [(_FIXTURES / "markdown.txt").read_bytes(), *_fixture(".md")],
    "html": lambda folder: [_PAGE.encode(), *(c["html"].encode() for c in _cases("read_html", "html")), *_fixture(".html")],
    "docx": lambda folder: _word(),
    **{tool: _of_tool(tool) for tool in ("mineru", "paddle", "docling", "json-text")},
    "pdf": _pdf,
    "xlsx": lambda folder: _workbook(),
    "csv": lambda folder: [_CSV.encode(), _CSV.encode("gb18030")],
    "ofd": lambda folder: _ofd(),
    "zip": lambda folder: _archive(),
    "flat": lambda folder: [in_one_piece(data) for data in _word()[1:12]],
    "mht": lambda folder: _saved_pages(),
    "epub": lambda folder: [epub({"a.xhtml": _XML.format(_PAGE[_PAGE.index("<h1"):]), "b.html": _PAGE}, ["b.html", "a.xhtml"])],
    "ods": lambda folder: _open_sheet(),
    "odp": lambda folder: _open_slides(),
    "pptx": _saved_as("pptx", "odp", _open_slides),
    "ppt": _saved_as("ppt", "odp", _open_slides),
    "rtf": lambda folder: _rich_text(),
    "odt": _saved_as("odt", "docx", lambda: _word()[:6]),
    "doc": _saved_as("doc", "docx", lambda: _word()[:6]),
    "xls": _saved_as("xls", "xlsx", _workbook),
    "image": lambda folder: _fixture(".png", ".jpg", ".tiff"),
}  # fmt: skip
"""Format -> its seeds."""

ENDINGS = {
    "text": "txt",
    "markdown": "md",
    "image": "png",
    "flat": "xml",
    **dict.fromkeys(("mineru", "paddle", "docling", "json-text"), "json"),
}
"""What a format's files end in, where it is not the format's name."""
