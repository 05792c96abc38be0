"""import juanzong: what programs call."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import juanzong
from bundles import CONTENTS, COVER, NOTICE, PLAN, REGULATION, TABLE
from juanzong.batch.inputs import find_inputs
from juanzong.core.source import LineMark, Source
from juanzong.model import Paragraph, Section, Table
from juanzong.output.bundle import made_bundle
from juanzong.run import files, process

Make = Callable[[], Path]


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("raw/songcheng.txt")
    path.parent.mkdir()
    path.write_text("\n".join(COVER + CONTENTS + TABLE + NOTICE + PLAN + REGULATION), "utf-8")
    return path


def test_importing_loads_nothing() -> None:
    code = "import sys, juanzong; print(sorted({'pydantic', 'regex', 'pdfplumber', 'opencc'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_bundle_loaded_is_the_bundle_made(raw: Path) -> None:
    made = juanzong.normalize(raw)
    loaded = juanzong.load(made.save("clean"))
    assert loaded.folder == Path("clean/songcheng")
    assert loaded == made and loaded.documents == made.documents
    assert [d.type for d in made.documents] == ["front_matter", "annex_table", "notice", "plan", "regulation"]
    assert made.document(made.documents[2].id).title == "松城市人民政府关于印发《松城市绿化发展规划》的通知"
    assert made.edits() == loaded.edits() and made.findings() == loaded.findings()
    assert made.evidence() == loaded.evidence() != []
    assert juanzong.__version__ in repr(juanzong.__version__) and "songcheng" in repr(made)


@pytest.mark.parametrize("name", ["第一\n卷.txt", "卷" * 82 + ".txt", "a b.txt"])
def test_a_bundle_made_has_the_name_that_a_run_gives_it(raw: Path, name: str) -> None:
    path = raw.rename(raw.parent / name)
    assert juanzong.normalize(path).id == find_inputs([path], out=Path("clean")).bundles[0].id


def test_walk_gives_every_block_with_its_headings_and_pointer(raw: Path) -> None:
    plan = juanzong.normalize(raw).documents[3]
    walked = list(plan.walk())
    assert [p.pointer for p in walked][:3] == ["/body/0", "/body/1", "/body/1/children/0"]
    in_a_box = next(p for p in walked if isinstance(p.block, Section) and p.block.title == "湿地修复工程")
    assert in_a_box.path == ("第一章 发展基础", "第一节 主要成就", "专栏1 重点工程")
    last = walked[-1]
    assert isinstance(last.block, Paragraph) and last.path == ("第二章 总体要求",)


def test_a_place_leads_to_the_source_and_back(raw: Path) -> None:
    bundle = juanzong.normalize(raw)
    text = raw.read_text("utf-8")
    plan = bundle.documents[3]
    paragraph = "/body/1/children/0/children/0"
    origin = bundle.trace(plan, paragraph + "/text")
    assert "".join(text[a:b] for a, b in origin.source).startswith("绿化面积稳步扩大。")
    assert origin == bundle.trace(plan.id + paragraph + "/text") == bundle.trace(plan.id, paragraph)
    for a, b in origin.source:
        for offset in (a, b - 1):
            found = bundle.at(offset)
            assert found is not None and found.pointer == paragraph + "/text" and found.text.startswith("绿化面积")
    assert bundle.at(text.index("\n")) is None and bundle.at(10**9) is None
    assert len(bundle.trace(plan).source) > len(bundle.trace(plan, "/body/1").source) > len(origin.source)
    with pytest.raises(juanzong.JuanzongError, match="nothing printed stands at"):
        bundle.trace(plan, "/body/99")
    with pytest.raises(juanzong.JuanzongError, match="has no document plan-x"):
        bundle.document("plan-x")
    with pytest.raises(TypeError):
        bundle.at(page=1)


def test_boxes_on_pages_lead_to_strings_and_back() -> None:
    lines = [*NOTICE, *PLAN]
    marks = tuple(
        LineMark(n // 20 + 1, (90.0, 20.0 * (n % 20), 500.0, 20.0 * (n % 20) + 14)) if line else None
        for n, line in enumerate(lines)
    )
    source = Source("raw/a.pdf", "0" * 64, "application/pdf", "\n".join(lines), is_text=False, marks=marks)
    bundle = made_bundle("a", files(process(source, "a")))
    n = lines.index("松府〔2021〕8号")
    found = bundle.at(page=n // 20 + 1, x=100, y=20.0 * (n % 20) + 5)
    assert found is not None and found.pointer == "/metadata/doc_number" and found.text == "松府〔2021〕8号"
    assert [(p.page, p.bbox[1]) for p in bundle.trace(found.document, found.pointer).pages] == [(1, 40.0)]
    assert [p.page for p in bundle.trace(bundle.documents[0].id, "").pages] == [1]
    assert bundle.at(page=1, x=5, y=5) is None and bundle.at(page=99, x=100, y=5) is None


def test_tables_know_their_cells(raw: Path) -> None:
    bundle = juanzong.normalize(raw)
    [table] = bundle.tables()
    assert isinstance(table.table, Table) and table.columns == ["序号", "专业名称", "对接产业"]
    assert table.records()[1] == {"序号": "2", "专业名称": "花卉生产", "对接产业": "花卉产业"}
    [(a, b)] = bundle.trace(table.document, table.cell(2, 1)).source
    assert raw.read_text("utf-8")[a:b] == "花卉生产"


def test_a_type_of_a_later_version_is_read(hand_made: Make) -> None:
    folder = hand_made()
    for path in (folder / "bundle.json", folder / "documents/plan-jie-shui.json"):
        path.write_text(path.read_text("utf-8").replace('"type": "plan"', '"type": "charter"'), "utf-8")
    assert juanzong.load(folder).documents[1].type == "charter"
