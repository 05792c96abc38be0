"""juanzong split: one PDF for each document."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner

import juanzong
from bundles import NOTICE, PLAN, REGULATION
from juanzong.commands.split import split
from juanzong.core.source import LineMark, Source
from juanzong.output.bundle import made_bundle
from juanzong.output.split import parts_of
from juanzong.run import files, process

LINES = [*NOTICE, *PLAN, *REGULATION]
ON_PAGE = 20


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """raw/a.pdf, a page wider than the one before, and clean/a; two blank pages at the end."""
    monkeypatch.chdir(tmp_path)
    pages = len(LINES) // ON_PAGE + 3
    pdf = pypdfium2.PdfDocument.new()
    for n in range(pages):
        pdf.new_page(500 + n, 800)
    Path("raw").mkdir()
    pdf.save("raw/a.pdf")
    marks = tuple(
        LineMark(n // ON_PAGE + 1, (90.0, 20.0 * (n % ON_PAGE), 500.0, 20.0 * (n % ON_PAGE) + 14)) if line else None
        for n, line in enumerate(LINES)
    )
    sha = hashlib.sha256(Path("raw/a.pdf").read_bytes()).hexdigest()
    source = Source("raw/a.pdf", sha, "application/pdf", "\n".join(LINES), is_text=False, marks=marks)
    made_bundle("a", files(process(source, "a"))).save()
    return tmp_path


def widths(path: Path) -> list[int]:
    pdf = pypdfium2.PdfDocument(path)
    return [round(pdf[n].get_width()) - 499 for n in range(len(pdf))]


def run(*args: str) -> Any:
    return CliRunner().invoke(split, list(args))


def test_each_document_gets_its_pages(home: Path) -> None:
    done = run("raw/a.pdf", "clean/a", "-o", "out")
    assert done.output == "3 of 3 documents → out\n", done.exception
    plan, law = len(NOTICE) // ON_PAGE + 1, (len(NOTICE) + len(PLAN)) // ON_PAGE + 1
    last = len(LINES) // ON_PAGE + 3
    assert {p.name: widths(p) for p in sorted(Path("out").iterdir()) if p.suffix == ".pdf"} == {
        "1-通知-松城市人民政府关于印发《松城市绿化发展规划》的通知.pdf": list(range(1, plan + 1)),
        "2-规划-松城市绿化发展规划.pdf": list(range(plan, (len(NOTICE) + len(PLAN) - 2) // ON_PAGE + 2)),
        "3-法规-松城市公园管理办法.pdf": list(range(law, last + 1)),
    }


def test_names_that_folders_cannot_bear(home: Path) -> None:
    path = Path("clean/a/documents") / next(p.name for p in Path("clean/a/documents").iterdir() if "notice" in p.name)
    path.write_text(path.read_text("utf-8").replace('"松城市人民政府关于', '"../..\\\\:甲' + "长" * 200), "utf-8")
    [name, *_] = [p.name for p in parts_of(juanzong.load("clean/a"), 9)]
    assert name.startswith("1-通知-....甲长长") and "/" not in name
    assert run("raw/a.pdf", "clean/a", "-o", "out").exit_code == 0


def test_another_file_is_refused(home: Path) -> None:
    Path("b.pdf").write_bytes(Path("raw/a.pdf").read_bytes() + b"\n")
    assert "is not the file that clean/a was made from" in str(run("b.pdf", "clean/a", "-o", "out").exception)
    assert "no such file" in str(run("none.pdf", "clean/a", "-o", "out").exception)
    assert "holds the input" in str(run("raw/a.pdf", "clean/a", "-o", ".").exception)


def test_an_output_without_pages_is_told(home: Path) -> None:
    Path("s.txt").write_text("\n".join(PLAN), "utf-8")
    juanzong.normalize("s.txt").save()
    assert "have no pages" in str(run("s.txt", "clean/s", "-o", "out").exception)
