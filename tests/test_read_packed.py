"""Web pages and Word documents saved whole (.mht), electronic books (.epub)."""

from __future__ import annotations

from pathlib import Path

import pytest

from juanzong.core.errors import JuanzongError
from juanzong.output.audit import audit
from juanzong.read import read
from juanzong.read.detect import detect
from juanzong.run import process, write
from packed_kit import epub, mht

_PAGE = "<html><head><title>窗口</title></head><body>{}</body></html>"
_LAW = "<h1>云岭市档案管理办法</h1><p>第一条 为了规范档案的收集，制定本办法。</p>"


def lines(path: Path, data: bytes) -> list[str]:
    path.write_bytes(data)
    source = read(path, record_as=path.name)
    return [line for line in source.text.split("\n") if line]


def test_a_page_saved_whole(tmp_path: Path) -> None:
    """Its picture is no text, a frame of it is; the bytes are in the encoding that the letter tells."""
    page = ("Content-Type: text/html; charset=gb2312", "quoted-printable", _PAGE.format(_LAW).encode("gb2312"))
    picture = ("Content-Type: image/png\r\nContent-Location: http://a.example/a.png", "base64", b"\x89PNG 1234")
    frame = ("Content-Type: text/html", "base64", _PAGE.format("<p>附则</p>").encode())
    blank = ("Content-Type: text/html", "base64", _PAGE.format("<img src='a.png'>").encode())
    data = mht(page, picture, blank, frame)
    want = ["云岭市档案管理办法", "第一条 为了规范档案的收集，制定本办法。", "附则"]
    assert lines(tmp_path / "a.mht", data) == want
    assert detect(tmp_path / "a.mht") == "mht"
    result = process(read(tmp_path / "a.mht", record_as="a.mht"), "a")
    write(result, tmp_path / "clean")
    assert not audit(tmp_path / "clean/a", tmp_path / "a.mht").faults


def test_what_a_saved_document_has_beside_its_page_is_told(tmp_path: Path) -> None:
    """Word's margins; of a text in two forms, the page."""
    page = ("Content-Type: text/html; charset=utf-8\r\nContent-Location: file:///C:/a.htm", "quoted-printable", _LAW.encode())  # fmt: skip
    margins = ("Content-Type: text/html\r\nContent-Location: file:///C:/a.files/header.htm", "base64", "<p>第1页</p>".encode())  # fmt: skip
    (tmp_path / "a.doc").write_bytes(mht(page, margins))
    source = read(tmp_path / "a.doc", record_as="a.doc")
    assert [(r.check, "header.htm" in r.message) for r in source.reports] == [("file-left-aside", True)]
    assert "第1页" not in source.text and "档案的收集" in source.text


_OTHER = (
    "MIME-Version: 1.0\nContent-Type: text/plain\n\n各县：\n请节水。\n",
    "主题: 通知\n\nMIME-Version: 1.0\nContent-Type: multipart/related\n",
)


@pytest.mark.parametrize("text", _OTHER)
def test_other_letters_stay_text(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert detect(tmp_path / "a.txt") == "text"


def test_a_book_is_read_in_the_order_of_its_list(tmp_path: Path) -> None:
    """Not of its names; a cover of a picture alone is no fault; `<title/>` and `<a id="x"/>` end where XML ends them."""
    closed = '<?xml version="1.0"?><html><head><title/></head><body><div id="x"/><p>第二条 略。</p></body></html>'
    chapters = {
        "a.xhtml": closed,
        "cover.xhtml": _PAGE.format("<img src='c.png'/>"),
        "z.xhtml": _PAGE.format(_LAW),
        "nav.xhtml": _PAGE.format("<ol><li>第一条</li></ol>"),
    }
    data = epub(chapters, ["cover.xhtml", "z.xhtml", "a.xhtml"])
    want = ["云岭市档案管理办法", "第一条 为了规范档案的收集，制定本办法。", "第二条 略。"]
    assert lines(tmp_path / "a.epub", data) == want
    assert detect(tmp_path / "a.epub") == "epub"
    (told,) = read(tmp_path / "a.epub", record_as="a.epub").reports
    assert told.check == "file-left-aside" and "nav.xhtml" in told.message


def test_a_book_whose_list_is_damaged_gives_all_its_pages(tmp_path: Path) -> None:
    data = epub({"a.xhtml": _PAGE.format(_LAW)}, ["no.xhtml"])
    assert lines(tmp_path / "a.epub", data)[0] == "云岭市档案管理办法"


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.epub", epub({}, [])), ("a.mht", mht(("Content-Type: image/png", "base64", b"1"))), ("b.epub", epub({"a.xhtml": "x"}, ["a.xhtml"])[:-40])],
)  # fmt: skip
def test_one_without_a_page_is_refused_in_one_line(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(JuanzongError) as told:
        read(tmp_path / name, record_as=name)
    assert str(told.value).startswith(str(tmp_path / name)) and "\n" not in str(told.value)


def test_one_that_is_cut_says_so(tmp_path: Path) -> None:
    page = ("Content-Type: text/html; charset=utf-8", "base64", _PAGE.format(_LAW * 40).encode())
    (tmp_path / "a.mht").write_bytes(mht(page)[:-800])
    (told,) = (r for r in read(tmp_path / "a.mht", record_as="a.mht").reports if r.check == "damaged-object")
    assert told.severity == "warning"
