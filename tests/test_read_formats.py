"""Every format by one way: what comes out as text, where it stands, and clear lines for damaged files."""

from __future__ import annotations

import copy
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from juanzong.cli import main
from juanzong.core.errors import JuanzongError
from juanzong.core.source import Source
from juanzong.read import ReadOptions, read
from juanzong.read.detect import detect

FIXTURES = Path(__file__).parent / "fixtures" / "read"
CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "read_formats.json").read_text(encoding="utf-8")
)
TOOLS = {name: re.split("[24]?[_.]", name)[0] for name in (case["file"] for case in CASES) if name.endswith(".json")}
KINDS = {
    "prose.pdf": "pdf",
    "page.png": "image",
    "pages.tiff": "image",
    "page.jpg": "image",
    "office.docx": "docx",
    "page.html": "html",
    **TOOLS,
}
# One bundle, as each tool has read it.
WHOLE = [
    "docling.json",
    "mineru2_content_list.json",
    "mineru_content_list.json",
    "mineru_content_list_v2.json",
    "mineru_middle.json",
    "mineru4_content_list.json",
    "mineru4_middle.json",
    "paddle_service.json",
]
# Content lists of MinerU 2 and 3 name only the page on which a paragraph begins.
FIRST_PAGE = ["mineru2_content_list.json", "mineru_content_list.json", "mineru_content_list_v2.json"]
Box = tuple[float, float, float, float]

NO_PAGES = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    b"trailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n"
)


def fixture(name: str) -> Path:
    return FIXTURES / name


def check_source(source: Source) -> None:
    """What holds for every source."""
    lines = source.text.split("\n")
    assert "\r" not in source.text and not source.text.startswith("\ufeff")
    assert not source.marks or len(source.marks) in (len(lines), len(lines) - 1)
    for word in source.words:
        assert 0 <= word.start < word.end <= len(source.text) and "\n" not in source.text[word.start : word.end]
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


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What each tool has read, cleaned: one folder each."""
    out = tmp_path_factory.mktemp("clean")
    with pytest.raises(SystemExit) as ended:
        main(["run", *(str(FIXTURES / name) for name in WHOLE), "--out", str(out), "--quiet"])
    assert not ended.value.code
    return out


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def regulation(bundle: Path) -> dict[str, Any]:
    return dict(json.loads(next((bundle / "documents").glob("regulation-*.json")).read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", WHOLE)
def test_every_tool_gives_the_same_document(bundles: Path, name: str) -> None:
    document = regulation(bundles / Path(name).stem)
    assert document["title"] == "云岭市档案管理办法"
    (chapter,) = document["body"]
    assert (chapter["kind"], chapter["title"]) == ("section", "总则")
    blocks = [b for b in flat(chapter) if b["kind"] in ("paragraph", "table", "figure")]
    assert [b["kind"] for b in blocks][:4] == ["paragraph", "paragraph", "table", "figure"]
    assert blocks[0]["text"].endswith("制定本办法。") and blocks[0]["notes"] == [{"offset": 36, "footnote": 0}]
    assert [note["text"] for note in document["footnotes"]] == ["本市：指云岭市行政区域。"]
    assert blocks[1]["text"] == "各有关单位应当在每年三月底前将上一年度的材料移交档案室，并附移交目录。"
    table = blocks[2]
    assert (table["number"], table["caption"], table["header_rows"]) == ("表1", "档案移交情况表", 2)
    assert [[cell["text"] for cell in row["cells"]] for row in table["rows"]] == [
        ["单位", "移交"],
        ["年度", "件数"],
        ["市档案馆", "2020年", "15"],
        ["2021年", "<20"],
        ["市图书馆", "2021年", "7"],
    ]
    assert blocks[3]["caption"] == "移交流程"


@pytest.mark.parametrize("name", WHOLE)
def test_page_furniture_of_a_tool_is_dropped(bundles: Path, name: str) -> None:
    edits = lines_of(bundles / Path(name).stem / "edits.jsonl")
    assert [e["before"] for e in edits if e["rule"] == "page-number"] == ["— 1 —", "— 2 —", "— 3 —"]
    assert [e["before"] for e in edits if e["rule"] == "running-head"] == ["云岭市人民政府公报"] * 3


@pytest.mark.parametrize("name", WHOLE)
def test_pages_and_boxes_of_a_tool_are_kept(bundles: Path, name: str) -> None:
    bundle = bundles / Path(name).stem
    document = regulation(bundle)
    at = {e["pointer"]: e["pages"] for e in lines_of(bundle / "trace.jsonl") if e["document"] == document["id"]}
    near(at["/title"], [(1, (150, 80, 450, 105))])
    near(at["/body/0/title"], [(1, (220, 130, 380, 150))])
    near(at["/footnotes/0/text"], [(1, (90, 740, 400, 755))])
    parted = next(pages for pages in at.values() if len(pages) == 2 or pages[0]["bbox"][1] > 600)
    assert [p["page"] for p in parted] == ([1] if name in FIRST_PAGE else [1, 2])
    last = next(pages for pointer, pages in at.items() if pointer.endswith("/rows/4/cells/0/text"))
    near(last, [(3, (90, 140, 230, 170) if name == "docling.json" else (90, 80, 510, 170))])


def near(pages: list[dict[str, Any]], expected: list[tuple[int, Box]]) -> None:
    """Within a content list's thousandths and the difference between A4 and the fixtures' page."""
    assert [p["page"] for p in pages] == [page for page, _ in expected]
    for found, (_, box) in zip(pages, expected, strict=True):
        assert found["bbox"] == pytest.approx(box, abs=1.5)


def flat(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield block
    for inner in block.get("children") or []:
        yield from flat(inner)


def test_pages_of_one_tool_in_files_of_their_own(tmp_path: Path) -> None:
    for k in range(3):
        shutil.copy(FIXTURES / f"paddle_structure_{k}.json", tmp_path / f"bundle_{k}_res.json")
    source = read(tmp_path, record_as="folder", options=ReadOptions(one=True))
    check_source(source)
    marks = [source.marks[source.text.split("\n").index(f"— {n} —")] for n in (1, 2, 3)]
    assert [mark and mark.page for mark in marks] == [1, 2, 3]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("mineru.md", ["# 云岭市档案管理办法", "## 第一章 总则", "表1 档案移交情况表", "注：件数不含附件。"]),
        ("paddle.md", ["# 云岭市档案管理办法", "## 第一章 总则", "1. 归集材料", "注：件数不含附件。"]),
    ],
)
def test_markdown_of_a_tool_is_text(name: str, lines: list[str]) -> None:
    source = read(FIXTURES / name, record_as=name)
    assert source.is_text and source.text == (FIXTURES / name).read_text(encoding="utf-8")
    at = [source.text.split("\n").index(line) for line in lines]
    assert at == sorted(at)


def damaged(data: bytes, how: str) -> bytes:
    if how == "cut":
        return data[: len(data) // 3]
    if how == "holed":
        return data[: len(data) // 4] + b"\0" * (len(data) // 2) + data[-len(data) // 4 :]
    if how == "wrong":
        return wrong(data)
    return bytes(b ^ 0x55 if k % 7 == 0 and k > 16 else b for k, b in enumerate(data))


def wrong(data: bytes) -> bytes:
    """The file whole as JSON, ZIP or markup, with wrong values in it."""
    if data.startswith(b"PK"):
        return wrong_docx(data)
    if data.startswith(b"%PDF"):
        return re.sub(rb"/(Count|Length|MediaBox|Kids) ?[^/>]+", rb"/\1 (x) ", data)
    if data.lstrip().startswith(b"<"):
        unclosed = re.sub(rb"</(td|tr|table|p|body)>", b"", data).replace(b"<h1>", b"<h1")
        return unclosed.replace(b'rowspan="2"', b'rowspan="x"')
    return re.sub(rb": ?-?[0-9.]+(?=[,\n])", b": null", data.replace(b'"text"', b'"words"'))


def wrong_docx(data: bytes) -> bytes:
    """Numbers that are none, and no styles."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "word/document.xml":
                body = re.sub(rb'<w:(gridSpan|numId|ilvl|sz|vMerge) w:val="[^"]*"', rb'<w:\1 w:val="x"', body)
            if name != "word/styles.xml":
                new.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize("how", ["cut", "holed", "garbled", "wrong"])
@pytest.mark.parametrize("name", [n for n in KINDS if not n.startswith("page.") and n != "pages.tiff"] + ["page.html"])
def test_damaged_file_gives_a_clear_line_or_what_is_left(
    name: str, how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(damaged(fixture(name).read_bytes(), how))
    with pytest.raises(SystemExit) as ended:
        main(["run", str(path), "--out", str(tmp_path / "clean"), "--quiet"])
    told = capsys.readouterr().err
    if ended.value.code:
        assert (ended.value.code, told.count("\n"), path.name in told) == (2, 1, True)
    else:
        check_source(read(path, record_as=name))


WRONG = (None, "?", -1, 1e300, [0], {"a": 0})


def wrongly_filled(data: Any) -> Iterator[Any]:
    """The value with one part of another type, or gone; of parts alike (same keys on the way to them) the first."""
    known: set[tuple[str, ...]] = set()
    stack: list[tuple[tuple[Any, ...], Any]] = [((), data)]
    while stack:
        way, part = stack.pop()
        for key, inner in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
            alike = tuple("" if isinstance(k, int) else k for k in (*way, key))
            stack.append(((*way, key), inner))
            if alike not in known:
                known.add(alike)
                yield from (replaced(data, (*way, key), value) for value in (*WRONG, ...))


def replaced(data: Any, way: tuple[Any, ...], value: Any) -> Any:
    out = copy.deepcopy(data)
    part = out
    for key in way[:-1]:
        part = part[key]
    if value is ...:
        del part[way[-1]]
    else:
        part[way[-1]] = value
    return out


@pytest.mark.parametrize("name", TOOLS)
def test_wrong_types_and_missing_keys_end_no_reading(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    for data in wrongly_filled(json.loads((FIXTURES / name).read_bytes())):
        path.write_text(json.dumps(data), encoding="utf-8")
        try:
            check_source(read(path, record_as=name))
        except JuanzongError as error:
            assert "\n" not in str(error) and path.name in str(error)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: (FIXTURES / "protected.pdf").read_bytes(), "password"),
        (lambda: b"%PDF-1.4\n%%EOF\n", "not a whole PDF"),
        (lambda: NO_PAGES, "no pages"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office"),
        (lambda: b"PK\x03\x04" + b"\0" * 600, "ZIP"),
        (lambda: b'{"some": "thing"}', "MinerU"),
        (lambda: b"<html><body><script>1</script></body></html>", "visible text"),
    ],
)
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
    assert {source.text[w.start : w.end] for w in source.words} >= {"单位", "市档案馆", "<20"}


def test_tool_output_in_a_folder_stands_for_the_whole(tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "mineru_content_list.json", tmp_path / "a_content_list.json")
    (tmp_path / "a.md").write_text("# 云岭市档案管理办法\n", encoding="utf-8")
    assert read(tmp_path, record_as="a").text.count("云岭市档案管理办法") == 1


def test_documents_beside_a_tool_output_are_read_and_a_scan_is_told(tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "mineru_content_list.json", tmp_path / "2_content_list.json")
    whole = read(tmp_path, record_as="a").text
    (tmp_path / "1 通知.md").write_text(
        "# 松城市防汛工作通知\n\n各县要做好防汛准备，加固水库两座。\n", encoding="utf-8"
    )
    (tmp_path / "full.md").write_text(whole, encoding="utf-8")
    shutil.copy(FIXTURES / "prose.pdf", tmp_path / "图纸.pdf")
    source = read(tmp_path, record_as="a")
    assert source.text.index("松城市防汛工作通知") < source.text.index("云岭市档案管理办法")
    assert source.text.endswith(whole)  # which the other form does not say again
    (told,) = [r for r in source.reports if r.check == "file-left-aside"]
    assert told.severity == "warning" and told.text == "full.md\n图纸.pdf"


def test_one_form_of_a_tool_output_is_read_and_the_others_told(tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "mineru_content_list.json", tmp_path / "a_content_list.json")
    shutil.copy(FIXTURES / "mineru_middle.json", tmp_path / "a_middle.json")
    (tmp_path / "a_model.json").write_text('[{"layout_dets": []}]', encoding="utf-8")
    source = read(tmp_path, record_as="a")
    assert source.text.count("云岭市档案管理办法") == 1
    assert [r.text for r in source.reports if r.check == "file-left-aside"] == ["a_middle.json\na_model.json"]


@pytest.mark.parametrize(
    ("declared", "codec", "said"),
    [
        ("gb2312", "utf-8", "云岭市档案管理办法，自公布之日起施行。"),
        ("ISO-8859-1", "gbk", "云岭市档案管理办法，自公布之日起施行。"),
        ("ISO-8859-1", "latin-1", "Café à la carte, né à Liège: où déjà? " * 9),  # a control
    ],
)
def test_wrongly_declared_encoding_of_a_page_is_seen_through(
    declared: str, codec: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "page"
    page = f"<html><head><meta charset={declared}></head><body><p>{said}</p></body></html>"
    path.write_bytes(page.encode(codec))
    assert said.strip() in read(path, record_as="page").text


def test_reading_starts_without_heavy_imports() -> None:
    import subprocess
    import sys

    code = "import sys, juanzong.read; print(sorted({'numpy', 'pdfplumber', 'cv2', 'rapidocr', 'html5lib', 'PIL'} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
