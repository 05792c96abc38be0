"""Every format by one way: what comes out as text, where it stands, and clear lines for damaged files."""
from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import JuanzongError
from pipeline.read import ReadOptions, read
from pipeline.read.detect import detect
from pipeline.source import Source

FIXTURES = Path(__file__).parent / "fixtures" / "read"
CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "read_formats.json").read_text(encoding="utf-8"))
KINDS = {"prose.pdf": "pdf", "page.png": "image", "pages.tiff": "image", "page.jpg": "image", "office.docx": "docx", "page.html": "html",
         "mineru_content_list.json": "mineru", "mineru_middle.json": "mineru", "paddle_structure.json": "paddle",
         "paddle_ocr.json": "paddle", "docling.json": "docling"}

NO_PAGES = (b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
            b"trailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n")


def fixture(name: str) -> Path:
    if name.endswith(".docx"):
        pytest.importorskip("docx")
    return FIXTURES / name


def check_source(source: Source) -> None:
    """What holds for every source."""
    lines = source.text.split("\n")
    assert "\r" not in source.text and not source.text.startswith("\ufeff")
    assert not source.marks or len(source.marks) in (len(lines), len(lines) - 1)
    for word in source.words:
        assert 0 <= word.start < word.end <= len(source.text) and "\n" not in source.text[word.start:word.end]
    for reading in source.readings:
        assert 0 <= reading.start < reading.end <= len(source.text)
    assert all(m is None or line for m, line in zip(source.marks, lines, strict=False))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["file"])
def test_format_comes_out_as_lines_with_places(case: dict[str, Any]) -> None:
    source = read(fixture(case["file"]), record_as=f"raw/{case['file']}")
    check_source(source)
    assert (source.path, source.media_type, source.is_text) == (f"raw/{case['file']}", case["media_type"], False)
    lines = source.text.split("\n")
    at = [lines.index(line) for line in case["lines"]]
    assert at == sorted(at)
    assert sorted({m.page for m in source.marks if m}) == case["pages"]
    assert source == read(fixture(case["file"]), record_as=f"raw/{case['file']}")


@pytest.mark.parametrize("name", KINDS)
def test_format_is_told_by_content_not_by_name(name: str, tmp_path: Path) -> None:
    renamed = tmp_path / "without-an-ending"
    shutil.copy(FIXTURES / name, renamed)
    assert detect(renamed) == KINDS[name]


def damaged(data: bytes, how: str) -> bytes:
    if how == "cut":
        return data[:len(data) // 3]
    if how == "holed":
        return data[:len(data) // 4] + b"\0" * (len(data) // 2) + data[-len(data) // 4:]
    return bytes(b ^ 0x55 if k % 7 == 0 and k > 16 else b for k, b in enumerate(data))


@pytest.mark.parametrize("how", ["cut", "holed", "garbled"])
@pytest.mark.parametrize("name", [n for n in KINDS if not n.startswith("page.") and n != "pages.tiff"] + ["page.html"])
def test_damaged_file_gives_a_clear_line_or_what_is_left(name: str, how: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(damaged(fixture(name).read_bytes(), how))
    try:
        check_source(read(path, record_as=name))
    except JuanzongError as error:
        assert "\n" not in str(error) and str(path.name) in str(error)


@pytest.mark.parametrize(("make", "told"), [
    (lambda: (FIXTURES / "protected.pdf").read_bytes(), "password"),
    (lambda: b"%PDF-1.4\n%%EOF\n", "not a whole PDF"),
    (lambda: NO_PAGES, "no pages"),
    (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office"),
    (lambda: b"PK\x03\x04" + b"\0" * 600, "ZIP"),
    (lambda: b'{"some": "thing"}', "MinerU"),
    (lambda: b"<html><body><script>1</script></body></html>", "visible text"),
])
def test_unreadable_file_is_told_in_one_line(make: Any, told: str, tmp_path: Path) -> None:
    path = tmp_path / "bundle"
    path.write_bytes(make())
    with pytest.raises(JuanzongError, match=told) as caught:
        read(path, record_as="bundle")
    assert "\n" not in str(caught.value)


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(JuanzongError, match="no such file"):
        read(tmp_path / "nowhere.pdf", record_as="x")


def test_folder_is_one_bundle_in_natural_order(tmp_path: Path) -> None:
    for number in (1, 2, 10):
        (tmp_path / f"part{number}.txt").write_text(f"第{number}部分\n", encoding="utf-8")
    shutil.copy(FIXTURES / "prose.pdf", tmp_path / "part3.pdf")
    source = read(tmp_path, record_as="folder", options=ReadOptions(one=True))
    check_source(source)
    lines = source.text.split("\n")
    assert [lines.index(f"第{n}部分") for n in (1, 2, 10)] == sorted(lines.index(f"第{n}部分") for n in (1, 2, 10))
    assert lines.index("第2部分") < lines.index("云岭市档案管理办法") < lines.index("第10部分")
    assert source.marks[lines.index("云岭市档案管理办法")] is not None and source.marks[lines.index("第10部分")] is None
    assert {source.text[w.start:w.end] for w in source.words} >= {"单位", "市档案馆", "&lt;20"}


def test_tool_output_in_a_folder_stands_for_the_whole(tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "mineru_content_list.json", tmp_path / "a_content_list.json")
    (tmp_path / "a.md").write_text("# 云岭市档案管理办法\n", encoding="utf-8")
    assert read(tmp_path, record_as="a").text.count("云岭市档案管理办法") == 1


def test_wrongly_declared_encoding_of_a_page_is_seen_through(tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_bytes("<html><head><meta charset=gb2312></head><body><p>云岭市档案管理办法，自公布之日起施行。</p></body></html>".encode())
    assert "云岭市档案管理办法" in read(path, record_as="page").text


def test_reading_starts_without_heavy_imports() -> None:
    import subprocess
    import sys
    code = "import sys, pipeline.read; print(sorted({'numpy', 'pdfplumber', 'cv2', 'rapidocr', 'docx', 'PIL'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
