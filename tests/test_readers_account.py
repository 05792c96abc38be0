"""Readers account for their files: a second, independent walk finds what one of them drops; and damaged files, many of each
format, crash none of them."""

from __future__ import annotations

import importlib
import json
import random
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from docx_kit import docx_bytes
from juanzong.cli import main
from juanzong.core.errors import JuanzongError
from juanzong.core.source import Source
from juanzong.output.audit import audit
from juanzong.read import READERS, read
from juanzong.read.account import lost_texts
from juanzong.read.detect import detect
from juanzong.read.walks_ole import old_texts
from ofd_kit import ofd_bytes, ofd_text
from ole_kit import doc_bytes, ppt_bytes, xls_bytes
from pdf_kit import LEFT, make_pdf, show

HERE = Path(__file__).parent
TEXTS = ["云岭市节水报告", "第一段讲水。", "第二段讲林。", "第三段讲田。"]
DROPPED = TEXTS[2]
CHECK = "reader-lost-text"


def _word() -> bytes:
    return docx_bytes(
        {"body": "".join(f"<w:p><w:r><w:t>{t[:3]}</w:t></w:r><w:r><w:t>{t[3:]}</w:t></w:r></w:p>" for t in TEXTS)}
    )


def _workbook(folder: Path) -> bytes:
    book = pytest.importorskip("openpyxl").Workbook()
    for row in (["项目", "说明"], *([t, t[::-1]] for t in TEXTS)):
        book.active.append(row)
    book.save(folder / "book.xlsx")
    return (folder / "book.xlsx").read_bytes()


def _shared(data: bytes, folder: Path) -> bytes:
    """The workbook with its texts in a table of their own, as Excel stores them."""
    path = folder / "shared.xlsx"
    with zipfile.ZipFile(folder / "book.xlsx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            body = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                for n, text in enumerate(TEXTS):
                    coded = "".join(f"&#{ord(c)};" for c in text)
                    for said in (text, coded):
                        body = body.replace(f't="inlineStr"><is><t>{said}</t></is>', f't="s"><v>{n}</v>')
            new.writestr(name, body)
        items = "".join(f"<si><r><t>{t[:2]}</t></r><r><t>{t[2:]}</t></r><rPh><t>du</t></rPh></si>" for t in TEXTS)
        if "xl/sharedStrings.xml" not in old.namelist():
            new.writestr("xl/sharedStrings.xml", f"<sst>{items}</sst>")
    return path.read_bytes()


def _rich() -> bytes:
    coded = ("".join(f"\\u{ord(c)}?" for c in t) for t in TEXTS)
    return b"{\\rtf1\\ansi{\\fonttbl{\\f0 SimSun;}}" + "\\par ".join(coded).encode() + b"\\par}"


FILES: dict[str, Callable[[Path], bytes]] = {
    "a.txt": lambda folder: "\n\n".join(TEXTS).encode(),
    "coded.txt": lambda folder: "\n\n".join(TEXTS).encode("gb18030"),
    "wide.txt": lambda folder: "\n\n".join(TEXTS).encode("utf-16"),
    "a.csv": lambda folder: "\n".join(f'"{t}",1,二' for t in TEXTS).encode("gb18030"),
    "a.html": lambda folder: (
        f"<html><body>{''.join(f'<p>{t[:2]}<b>{t[2:]}</b>' for t in TEXTS)}</body></html>".encode()
    ),
    "tool.json": lambda folder: json.dumps([{"type": "text", "text": t, "page_idx": 0} for t in TEXTS]).encode(),
    "text.json": lambda folder: json.dumps({"data": {"md_content": "\n\n".join(TEXTS)}}).encode(),
    "a.docx": lambda folder: _word(),
    "a.xlsx": _workbook,
    "a.ofd": lambda folder: ofd_bytes(["".join(ofd_text(40, 30 + 20 * k, t) for k, t in enumerate(TEXTS))]),
    "a.rtf": lambda folder: _rich(),
}


def _without(source: Source) -> Source:
    """The source as a reader gives it that drops a paragraph."""
    assert DROPPED in source.text
    return replace(source, text=source.text.replace(DROPPED, "\u3000" * len(DROPPED)))


@pytest.mark.parametrize("name", FILES)
def test_a_reader_that_drops_a_paragraph_is_found_out(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name.endswith(".rtf") and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    path = tmp_path / name
    path.write_bytes(FILES[name](tmp_path))
    sound = read(path, record_as=name)
    assert DROPPED in sound.text and CHECK not in {r.check for r in sound.reports}
    reader = READERS[detect(path)]
    module = importlib.import_module(reader.module)
    function = getattr(module, reader.function)
    monkeypatch.setattr(module, reader.function, lambda *given: _without(function(*given)))
    [told] = [r for r in read(path, record_as=name).reports if r.check == CHECK]
    assert told.severity == "error" and "".join(told.text.split("\n")) == DROPPED.rstrip("。")


@pytest.mark.parametrize(
    ("text", "ends"), [("\u00d0\u00cf_x0011_\u00e0", "damaged"), ("节水报告。", "reader-unchecked")]
)
def test_a_damaged_old_file_is_refused_or_told(
    text: str, ends: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What LibreOffice takes for a text, its bytes for letters, is none; what cannot be walked is told."""
    from juanzong.read import office

    path, made = tmp_path / "a.xls", tmp_path / "in.txt"
    path.write_bytes(xls_bytes(["单位"])[:512] + bytes(4096) + "Workbook".encode("utf-16-le") + bytes(8))
    made.write_text(text, encoding="utf-8")
    monkeypatch.setattr(office, "_convert", lambda *given: made)
    monkeypatch.setattr(office.shutil, "which", lambda name: name)
    if ends == "damaged":
        with pytest.raises(JuanzongError, match="damaged"):
            read(path, record_as="a.xls")
    else:
        assert ends in {r.check for r in read(path, record_as="a.xls").reports}


def test_texts_that_a_workbook_shares_are_walked(tmp_path: Path) -> None:
    data = _workbook(tmp_path)
    path = tmp_path / "a.xlsx"
    path.write_bytes(_shared(data, tmp_path))
    assert lost_texts(path, "xlsx", "\n".join(("项目说明", *TEXTS, *(t[::-1] for t in TEXTS))), []) == []
    assert [x.text for x in lost_texts(path, "xlsx", "\n".join(TEXTS[:2]), [])][-1:] == ["田讲段三第"]


def test_a_pdf_page_that_lacks_a_line_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pdfplumber")
    from juanzong.read import pdf_page

    path = make_pdf(tmp_path / "a.pdf", ["".join(show(LEFT, 780 - 40 * k, t) for k, t in enumerate(TEXTS))])
    printed = pdf_page.printed_page

    def broken(*given: Any) -> Any:
        page = printed(*given)
        page.blocks = [b for b in page.blocks if DROPPED not in getattr(b, "text", "")]
        return page

    monkeypatch.setattr(pdf_page, "printed_page", broken)
    [told] = [r for r in read(path, record_as="a.pdf").reports if r.check == CHECK]
    assert told.page == 1 and "林" in told.text


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: data.index(b"trailer")],
        lambda data: data[: data.rindex(b"endstream")],
        lambda data: data[:20] + data[23:],
        lambda data: data.replace(b"/Type /Catalog", b"/Type /Catal"),
    ],
    ids=["cut off", "cut within a stream", "bytes lost", "no catalogue"],
)
def test_a_damaged_pdf_is_built_anew_and_told(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    pytest.importorskip("pdfplumber")
    path = make_pdf(tmp_path / "a.pdf", ["".join(show(LEFT, 780 - 40 * k, t) for k, t in enumerate(TEXTS))] * 2)
    path.write_bytes(damage(path.read_bytes()))
    source = read(path, record_as="a.pdf")
    assert all(text in source.text for text in TEXTS)
    assert [(r.severity, r.check) for r in source.reports] == [("warning", "pdf-repair")]


@pytest.mark.parametrize("broken", ["BT (x Tj ET", "BT [(x) 3 (y TJ ET", "BT [(x) 3 TJ ET", "<< /A 1 BDC", "(((\n" * 9])
def test_what_never_ends_in_a_page_costs_itself_alone(broken: str, tmp_path: Path) -> None:
    pytest.importorskip("pdfplumber")
    rest = "".join(show(LEFT, 740 - 40 * k, t) for k, t in enumerate(TEXTS[1:]))
    source = read(make_pdf(tmp_path / "a.pdf", [f"{show(LEFT, 780, TEXTS[0])}{broken}\n{rest}"]), record_as="a.pdf")
    assert all(text in source.text for text in TEXTS)
    assert [r.check for r in source.reports] == ["damaged-object"]


def test_a_scan_that_lacks_a_recognised_line_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from juanzong.read import scan_page
    from juanzong.read.recognized import Seen, SeenLine, SeenPage

    def line(k: int, text: str) -> SeenLine:
        seen = tuple(Seen(c, 1.0, (n + 0.5) / len(text)) for n, c in enumerate(text))
        return SeenLine(100, 100 + 60 * k, 100 + 40 * len(text), 140 + 60 * k, 40, seen)

    seen = SeenPage(1600, 2200, 0, 0.0, [line(k, t) for k, t in enumerate(TEXTS)], [], [], 0)
    assert scan_page.printed_scan(seen, 1, 595, 842).reports == []
    blocks_of = scan_page.blocks_of
    monkeypatch.setattr(
        scan_page, "blocks_of", lambda *a, **k: [b for b in blocks_of(*a, **k) if DROPPED not in b.text]
    )
    [told] = scan_page.printed_scan(seen, 1, 595, 842).reports
    assert (told.check, told.severity, told.text) == (CHECK, "error", DROPPED)


def test_what_a_reader_lost_is_found_by_place(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><p>甲段。</p>\n<p>乙段。</p><p>丙段。</p></body></html>", encoding="utf-8")
    assert lost_texts(path, "html", "甲段。\n乙段。\n丙段。", []) == []
    assert lost_texts(path, "html", "甲段。", ["丙段"]) == [("line 2", "乙段")]
    path.write_text(
        "<p>姓名：<input value='王小明'><input type=hidden value=密码字><input value=备考>", encoding="utf-8"
    )
    assert [x.text for x in lost_texts(path, "html", "姓名", [])] == ["王小明", "备考"]


OLD: dict[str, tuple[bytes, list[str]]] = {
    "doc": (doc_bytes("Q3\x13PAGE\x14 7\x15节水\r单位\x07件\x07\x07末段", "页眉"), ["Q3 7节水", "单位", "件", "末段"]),
    "xls": (xls_bytes(["单位", "件数", "市档案馆"]), ["单位", "件数", "市档案馆"]),
    "ppt": (ppt_bytes(["甲乙\r丙", "丁"], "母版"), ["甲乙", "丙", "丁"]),
}


@pytest.mark.parametrize("kind", OLD)
def test_old_office_files_are_walked_by_their_own_formats(kind: str, tmp_path: Path) -> None:
    data, texts = OLD[kind]
    assert [text for _, text in old_texts(data)] == texts
    path = tmp_path / f"a.{kind}"
    path.write_bytes(data)
    assert [x.text for x in lost_texts(path, "office", "".join(texts[:-1]), [])] == texts[-1:]
    rng = random.Random(5)
    for _ in range(60):  # whatever is damaged, the walk comes to an end
        hurt = bytearray(data[: rng.choice((len(data), rng.randrange(1, len(data))))])
        for _ in range(rng.randrange(1, 9)):
            hurt[rng.choice((rng.randrange(len(hurt)), rng.randrange(min(len(hurt), 1600))))] = rng.randrange(256)
        list(old_texts(bytes(hurt)))


@pytest.mark.parametrize("name", ["a.html", "a.docx", "a.csv", "tool.json", "a.pdf", "folder"])
def test_audit_counts_the_file_again(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name == "a.pdf":
        pytest.importorskip("pdfplumber")
        make_pdf(path, ["".join(show(LEFT, 780 - 40 * k, t) for k, t in enumerate(TEXTS))])
    elif name == "folder":
        path.mkdir()
        for k, text in enumerate(TEXTS):
            (path / f"{k}.html").write_text(f"<html><body><p>{text}</body></html>", encoding="utf-8")
    else:
        path.write_bytes(FILES[name](tmp_path))
    with pytest.raises(SystemExit):
        main(["run", str(path), "--one", "--out", str(tmp_path / "clean"), "--quiet"])
    [folder] = (tmp_path / "clean").glob("*")
    assert not audit(folder, path).faults
    text = folder / "source.txt"
    text.write_text(text.read_text(encoding="utf-8").replace(DROPPED, "一二三四五六"), encoding="utf-8")
    assert CHECK in {fault.check for fault in audit(folder, path).faults}


TOOLS = ("mineru", "paddle", "docling", "json-text")


@pytest.fixture(scope="module")
def mutate() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(HERE.parent / "bench"))
        return importlib.import_module("mutate")


@pytest.mark.parametrize(
    "kind", ["text", "markdown", "html", *TOOLS, "docx", "pdf", "xlsx", "csv", "ofd", "zip", "mht", "epub"]
)
def test_damaged_files_crash_no_reader(
    kind: str, mutate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sample of bench/mutate.py. Pages whose text layer is damaged are not recognised here: that takes seconds each."""
    monkeypatch.setattr("juanzong.read.pdf.has_ocr", lambda: False)
    found = mutate.outcomes(kind, each=10 if kind in TOOLS else 40, seed=7, folder=tmp_path)
    assert not [said for said in found if said.startswith("CRASH")], found


def test_the_damaged_files_are_the_same_each_time(mutate: ModuleType, tmp_path: Path) -> None:
    import random

    seed = mutate.SEEDS["html"](tmp_path)[0]
    one, two = (mutate.mutated(seed, "html", random.Random("3 html")) for _ in range(2))
    assert one == two != seed


_CHART = (
    '<c:chartSpace xmlns:c="c" xmlns:a="a"><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>历年水库蓄水量</a:t></a:r></a:p></c:rich></c:tx>'
    "</c:title><c:plotArea><c:ser><c:cat><c:strCache><c:pt><c:v>2021年</c:v></c:pt></c:strCache></c:cat><c:val><c:numCache>"
    "<c:pt><c:v>18.5</c:v></c:pt></c:numCache></c:val></c:ser></c:plotArea></c:chart></c:chartSpace>"
)


def test_a_chart_is_told_with_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx_bytes({"body": "<w:p><w:r><w:t>水库管理办法</w:t></w:r></w:p>"}))
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("word/charts/chart1.xml", _CHART)
        file.writestr("word/charts/style1.xml", "<a:t>样式</a:t>")
    [report] = [r for r in read(path, record_as="a").reports if r.check == "chart-not-read"]
    assert "历年水库蓄水量" in report.message
    assert report.text.split("\n") == ["历年水库蓄水量", "2021年", "18.5"]
