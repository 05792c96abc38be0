"""docs/: what is generated is fresh, what can be run runs."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

import juanzong
from bundles import NOTICE, PLAN, TABLE
from juanzong.output.exports.describe import described

DOCS = Path(__file__).parent.parent / "docs"
SCRIPTS = sorted((DOCS / "scripts").glob("*.py"))
_MODULES = {"tables": "pandas duckdb", "to_docling": "docling_core", "sections": "duckdb pyarrow"}


@pytest.fixture
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("s.txt").write_text("\n".join(TABLE + NOTICE + PLAN), "utf-8")
    return juanzong.normalize("s.txt").save()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.stem)
def test_scripts_run(
    script: Path, clean: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in _MODULES.get(script.stem, "").split():
        pytest.importorskip(module)
    more = {"cell": ["花卉"], "sections": ["sections.parquet"]}.get(script.stem, [])
    monkeypatch.setattr(sys, "argv", [str(script), str(clean), *more])
    runpy.run_path(str(script), run_name="__main__")
    assert capsys.readouterr().out.strip()
    if script.stem == "sections":
        import pyarrow.parquet

        table = pyarrow.parquet.read_table("sections.parquet")
        assert "存在问题" in table["title"].to_pylist() and set(table["plan"].to_pylist()) == {"松城市绿化发展规划"}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.stem)
def test_scripts_are_short(script: Path) -> None:
    code = [
        s
        for line in script.read_text("utf-8").splitlines()
        if (s := line.strip()) and not s.startswith(('"""', "import", "from"))
    ]
    assert len(code) < 10


def test_the_schema_of_tables_is_described() -> None:
    text = (DOCS / "export.md").read_text("utf-8")
    begin, end = "<!-- generated: tables -->\n", "<!-- end -->"
    assert text.partition(begin)[2].partition(end)[0] == described(), "run python -m juanzong.output.exports.describe"


def test_the_document_in_the_readme_is_the_committed_one() -> None:
    """The README says so: unabridged."""
    shown = (DOCS.parent / "README.md").read_text("utf-8").split("```json\n")[1].split("```")[0]
    committed = [p.read_text("utf-8") for p in (DOCS.parent / "clean").glob("*/documents/notice-*.json")]
    assert shown in committed or not committed
