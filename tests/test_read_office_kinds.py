"""Office files in the shapes that programs other than Word and Excel on a desk leave: parts of other names, one piece of XML."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from docx_kit import docx_bytes, in_one_piece
from juanzong.core.errors import JuanzongError
from juanzong.output.audit import audit
from juanzong.read import read
from juanzong.read.detect import detect
from juanzong.run import process, write
from packed_kit import mht

_LINES = ["云岭市档案管理办法", "第一条 为了规范档案的收集，制定本办法。"]
_WORDS = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in _LINES)
_ROWS = [["单位", "件"], ["档案馆", "15"]]
needs_soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def lines(path: Path) -> list[str]:
    return [line for line in read(path, record_as=path.name).text.split("\n") if line]


def repacked(data: bytes, change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    """A packed file, its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return out.getvalue()


def test_word_for_the_web_counts_its_documents(tmp_path: Path) -> None:
    def second(name: str, data: bytes) -> tuple[str, bytes]:
        return name.replace("document.xml", "document2.xml"), data.replace(b"document.xml", b"document2.xml")

    path = tmp_path / "a.docx"
    path.write_bytes(repacked(docx_bytes({"body": _WORDS}), second))
    assert (detect(path), lines(path)) == ("docx", _LINES)


def test_a_word_file_in_one_piece_of_xml(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(in_one_piece(docx_bytes({"body": _WORDS})))
    assert (detect(path), lines(path)) == ("flat", _LINES)
    write(process(read(path, record_as="a.xml"), "a"), tmp_path / "clean")
    assert not audit(tmp_path / "clean/a", path).faults


@pytest.mark.parametrize("cut", [200, 20])
def test_one_that_is_cut_is_refused_in_one_line(cut: int, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(in_one_piece(docx_bytes({"body": _WORDS}))[:-cut])
    with pytest.raises(JuanzongError, match=r"a\.xml: the Word file is damaged"):
        read(path, record_as="a.xml")


def test_a_part_without_a_name_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(
        in_one_piece(docx_bytes({"body": _WORDS})).replace(
            b"</pkg:package>", b"<pkg:part/><pkg:part pkg:name='/'/></pkg:package>"
        )
    )
    assert lines(path) == _LINES


def test_other_xml_is_no_office_file(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<?xml version='1.0'?><卷><题>云岭市档案管理办法</题></卷>", "utf-8")
    with pytest.raises(JuanzongError, match="XML of a kind that no reader knows"):
        detect(tmp_path / "a.xml")
    (tmp_path / "a.txt").write_text(
        "<?xml version='1.0'?>\n云岭市档案管理办法\n第一条　为了管理档案，制定本办法。", "utf-8"
    )
    assert detect(tmp_path / "a.txt") == "text"


_WORD_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument '
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>{}</w:body></w:wordDocument>'
)
_EXCEL_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名录"><Table>{}</Table></Worksheet></Workbook>'
)


@needs_soffice
def test_word_and_excel_of_2003_in_xml(tmp_path: Path) -> None:
    """As report programs write them, under the old endings."""
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in row) + "</Row>" for row in _ROWS
    )
    (tmp_path / "a.doc").write_text(_WORD_2003.format(_WORDS), "utf-8")
    (tmp_path / "a.xls").write_text(_EXCEL_2003.format(rows), "utf-8")
    assert lines(tmp_path / "a.doc") == _LINES
    assert lines(tmp_path / "a.xls")[-2:] == ["单位\t件", "档案馆\t15"]


_OPEN_DOCUMENT = (
    '<?xml version="1.0"?>\n<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.{}"><office:body>{}</office:body></office:document>'
)


@needs_soffice
def test_open_documents_in_one_piece_of_xml(tmp_path: Path) -> None:
    text = "".join(f"<text:p>{line}</text:p>" for line in _LINES)
    (tmp_path / "a.fodt").write_text(_OPEN_DOCUMENT.format("text", f"<office:text>{text}</office:text>"), "utf-8")
    cells = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in _ROWS
    )
    sheet = f'<office:spreadsheet><table:table table:name="名录">{cells}</table:table></office:spreadsheet>'
    (tmp_path / "a.fods").write_text(_OPEN_DOCUMENT.format("spreadsheet", sheet), "utf-8")
    assert lines(tmp_path / "a.fodt") == _LINES
    assert lines(tmp_path / "a.fods")[-2:] == ["单位\t件", "档案馆\t15"]


@needs_soffice
def test_what_libreoffice_drops_of_word_of_2003_is_told(tmp_path: Path) -> None:
    """It drops all cells but the first where a table does not tell its columns."""
    table = "<w:tbl><w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>" for c in ("甲列", "乙列"))
    (tmp_path / "a.doc").write_text(_WORD_2003.format(_WORDS + table + "</w:tr></w:tbl>"), "utf-8")
    source = read(tmp_path / "a.doc", record_as="a.doc")
    told = "".join(r.text for r in source.reports if r.check == "reader-lost-text")
    assert "乙列" in source.text + told


def test_a_strict_workbook_is_read_and_nothing_else_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra `office` is not installed")
    book = openpyxl.Workbook()
    for row in _ROWS:
        book.active.append(row)
    book.save(tmp_path / "plain.xlsx")

    def strict(name: str, data: bytes) -> tuple[str, bytes]:
        for one in (b"spreadsheetml", b"officeDocument"):
            kind = b"main" if one == b"spreadsheetml" else b"relationships"
            data = data.replace(
                b"http://schemas.openxmlformats.org/" + one + b"/2006/" + kind,
                b"http://purl.oclc.org/ooxml/" + one + b"/" + kind,
            )
        return name, data

    path = tmp_path / "a.xlsx"
    path.write_bytes(repacked((tmp_path / "plain.xlsx").read_bytes(), strict))
    assert lines(path)[-2:] == ["单位\t件", "档案馆\t15"]
    assert capfd.readouterr() == ("", "")


_RELATION = '<Relationship Id="c1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="{}"/>'
_PAGE = "<html><body><p>第一条 为了规范档案的收集，制定本办法。</p><table><tr><td>单位<td>件</table></body></html>"


@pytest.mark.parametrize(
    ("name", "chunk"),
    [("afchunk.mht", mht(("Content-Type: text/html", "base64", _PAGE.encode()))), ("c.html", _PAGE.encode())],
)
def test_pages_that_are_put_whole_into_a_word_file_are_read(name: str, chunk: bytes, tmp_path: Path) -> None:
    words = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    body = words.format(_LINES[0]) + '<w:altChunk r:id="c1"/>' + words.format("附则")
    (tmp_path / "a.docx").write_bytes(docx_bytes({"body": body, "relations": _RELATION.format(name)}))
    with zipfile.ZipFile(tmp_path / "a.docx", "a") as file:
        file.writestr(f"word/{name}", chunk)
    source = read(tmp_path / "a.docx", record_as="a.docx")
    assert [line for line in source.text.split("\n") if line] == [*_LINES, "单位\t件", "附则"]
    assert not source.reports


@pytest.mark.parametrize("chunk", [b"", b"{\\rtf1 x}", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n"])
def test_another_file_that_is_put_into_one_is_told(chunk: bytes, tmp_path: Path) -> None:
    body = _WORDS + '<w:altChunk r:id="c1"/>'
    (tmp_path / "a.docx").write_bytes(docx_bytes({"body": body, "relations": _RELATION.format("c.bin")}))
    with zipfile.ZipFile(tmp_path / "a.docx", "a") as file:
        file.writestr("word/c.bin", chunk)
    assert [r.check for r in read(tmp_path / "a.docx", record_as="a.docx").reports] == ["reader-lost-text"]
