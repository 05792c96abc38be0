"""juanzong export: read back by the formats' own libraries, everything is there as often as in clean/."""

from __future__ import annotations

import gc
import io
import json
import shutil
import sqlite3
import subprocess
import sys
import weakref
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import regex as re
from click.testing import CliRunner

import juanzong
from bundles import CONTENTS, COVER, NOTICE, PLAN, REGULATION, TABLE
from juanzong.commands.export import export
from juanzong.core.errors import JuanzongError
from juanzong.model import Document, Footnote, Paragraph, Section, Table
from juanzong.model.documents import AnnexTable, Notice, Plan
from juanzong.output.bundle import Bundle
from juanzong.output.exports import FORMATS
from juanzong.output.exports.chunks import chunks
from juanzong.output.exports.docx import word_file
from juanzong.output.exports.html import document_page
from juanzong.output.exports.many import bundles_of
from juanzong.output.exports.rows import evidence_rows, values_of
from juanzong.output.exports.schema import SCHEMA

Make = Callable[[], Path]
Counts = dict[str, int]
PROJECTS = [
    "附件1", "", "重点项目表", "", "单位：万元", "", "序号\t项目\t内容\t投资",
    *(f"{n}\t项目{n}\t建设内容第{n}项，改造管网{n}公里。\t{n}30.5" for n in range(1, 40)), "", "注：投资为估算。", "",
]  # fmt: skip


@pytest.fixture
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """clean/songcheng: every kind of block; the working directory is above it."""
    monkeypatch.chdir(tmp_path)
    raw = Path("raw/songcheng.txt")
    raw.parent.mkdir(exist_ok=True)
    raw.write_text("\n".join(COVER + CONTENTS + TABLE + NOTICE + PLAN + PROJECTS + REGULATION), "utf-8")
    return juanzong.normalize(raw).save()


def counted(bundle: Bundle) -> Counts:
    blocks = [b for d in bundle.documents for b, _, _ in d.walk()]
    return {
        "documents": len(bundle.documents),
        "sections": sum(isinstance(b, Section) for b in blocks),
        "paragraphs": sum(isinstance(b, Paragraph) for b in blocks),
        "tables": sum(isinstance(b, Table) for b in blocks),
        "cells": sum(len(r.cells) for b in blocks if isinstance(b, Table) for r in b.rows),
        "footnotes": sum(len(d.footnotes) for d in bundle.documents),
    }


def run(*args: object) -> None:
    done = CliRunner().invoke(export, list(map(str, args)), catch_exceptions=False)
    assert done.exit_code == 0, done.output


def test_sqlite(clean: Path) -> None:
    run(clean, "--to", "sqlite", "-o", "out.sqlite")
    db = sqlite3.connect("out.sqlite")
    want = counted(juanzong.load(clean))
    assert {t: db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in want} == want
    assert db.execute("SELECT count(*) FROM edits").fetchone()[0] == len(juanzong.load(clean).edits())
    total = db.execute("SELECT sum(value) FROM cells WHERE column_name = '投资' AND NOT is_header").fetchone()[0]
    assert total == sum(float(f"{n}30.5") for n in range(1, 40))
    [(start, end)] = db.execute("SELECT source_start, source_end FROM sections WHERE title = '存在问题'").fetchall()
    assert Path("raw/songcheng.txt").read_text("utf-8")[start:end].endswith("养护水平有待提高。")
    db.close()


def test_parquet_and_duckdb(clean: Path) -> None:
    duckdb, parquet = pytest.importorskip("duckdb"), pytest.importorskip("pyarrow.parquet")
    run(clean, "--to", "parquet", "-o", "pq")
    run(clean, "--to", "duckdb", "-o", "out.duckdb")
    want = counted(juanzong.load(clean))
    assert {t: parquet.read_table(f"pq/{t}.parquet").num_rows for t in want} == want
    assert sorted(p.stem for p in Path("pq").iterdir()) == sorted(t.name for t in SCHEMA)
    with duckdb.connect("out.duckdb", read_only=True) as db:
        assert {t: db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in want} == want
        for table in SCHEMA:
            same = f"SELECT * FROM {table.name} EXCEPT SELECT * FROM 'pq/{table.name}.parquet'"
            assert db.execute(same).fetchall() == []


def test_docling(clean: Path) -> None:
    types = pytest.importorskip("docling_core.types.doc")
    run(clean, "--to", "docling", "-o", "dl")
    bundle = juanzong.load(clean)
    found: Counter[str] = Counter()
    for document in bundle.documents:
        read = types.DoclingDocument.load_from_json(Path("dl/songcheng") / f"{document.id}.json")
        assert document.title.replace("_", "") in read.export_to_markdown() and read.export_to_html()
        notes = {ref.cref for t in read.tables for ref in t.footnotes}
        head = {c.cref for g in read.groups if g.name == "metadata" for c in g.children}
        labels = Counter(str(t.label.value) for t in read.texts if t.self_ref not in notes | head)
        found += Counter(
            documents=1,
            sections=labels["section_header"],
            paragraphs=labels["text"],
            tables=len(read.tables),
            cells=sum(len(t.data.table_cells) for t in read.tables),
            footnotes=labels["footnote"],
        )
    assert found == counted(bundle)


def outline(documents: list[Any]) -> list[Any]:
    """What a round trip must keep: headings with their depth, paragraphs, cells with spans, notes with their anchors."""
    out: list[Any] = []
    for d in documents:
        for block, path, _ in d.walk():
            if isinstance(block, Section):
                out.append((len(path), block.number, block.title))
            elif isinstance(block, Paragraph):
                out.append(block.text)
            elif isinstance(block, Table):
                out.append((block.number, block.caption, block.unit, block.header_rows, block.notes))
                out += [[(c.text, c.row_span, c.col_span) for c in r.cells] for r in block.rows]
            else:
                out.append((block.kind, block.number))
        out += [(n.text, n.anchor) for n in d.footnotes]
    return out


def test_docx_is_read_back_as_it_was(clean: Path) -> None:
    pytest.importorskip("docx")
    run(clean, "--to", "docx", "-o", "word")
    bundle = juanzong.load(clean)
    assert len(list(Path("word/songcheng").iterdir())) == len(bundle.documents)
    for n in (3, 4, 6):  # a notice, a plan with a box and a note, a regulation
        document = bundle.documents[n - 1]
        [path] = Path("word/songcheng").glob(f"{n}-*.docx")
        read = juanzong.normalize(path)
        assert outline(read.documents) == outline([document])
        assert [d.title for d in read.documents] == [document.title]
    before = path.read_bytes()
    assert word_file(document) == before


def test_docx_keeps_spans_notes_in_cells_and_lines(tmp_path: Path) -> None:
    pytest.importorskip("docx")
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(SPANS))
    read = juanzong.normalize(path)
    [table] = [b for d in read.documents for b, _, _ in d.walk() if isinstance(b, Table)]
    assert [[(c.text.split("^")[0], c.row_span, c.col_span) for c in r.cells] for r in table.rows] == [
        [("领域", 1, 1), ("指标", 1, 2)],
        [("用水", 2, 1), ("总量", 1, 1), ("12", 1, 1)],
        [("效率", 1, 1), ("13", 1, 1)],
    ]
    assert [n.text for d in read.documents for n in d.footnotes] == ["总量指全社会用水总量。"]


SPANS = AnnexTable.model_validate(
    {
        "id": "annex_table-a",
        "title": "节约用水主要指标表",
        "body": [
            {
                "kind": "table",
                "header_rows": 1,
                "rows": [
                    {"cells": [{"text": "领域"}, {"text": "指标", "col_span": 2}]},
                    {"cells": [{"text": "用水", "row_span": 2}, {"text": "总量"}, {"text": "12"}]},
                    {"cells": [{"text": "效率"}, {"text": "13"}]},
                ],
            }
        ],
        "footnotes": [
            {
                "marker": "①",
                "text": "总量指全社会用水总量。",
                "anchor": {"pointer": "/body/0/rows/1/cells/1/text", "offset": 2},
            }
        ],
    }
)


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is missing: apt-get install libreoffice-writer-nogui"
)
def test_docx_opens_in_libreoffice(clean: Path) -> None:
    pytest.importorskip("docx")
    run(clean, "--to", "docx", "-o", "word")
    [path] = Path("word/songcheng").glob("4-*.docx")
    home = f"-env:UserInstallation=file://{Path('profile').resolve()}"
    command = ["soffice", home, "--headless", "--convert-to", "fodt", "--outdir", "txt", str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = Path("txt", path.stem + ".fodt").read_text("utf-8")
    assert re.search(r'<text:h [^>]*text:outline-level="2"[^>]*>第一节 主要成就</text:h>', text)
    assert re.search(r"<text:note-body>.*公园绿地：向公众开放的绿地。", text, re.DOTALL)


def test_html_is_text_and_runs_nothing() -> None:
    bad = "<script>alert(1)</script>\x01"
    plan = Plan.model_validate(
        {
            "id": "plan-a",
            "title": bad,
            "metadata": {"issuers": [bad], "source": bad},
            "body": [
                {"kind": "section", "level": 1, "number": "一、", "title": bad, "children": [{"kind": "paragraph", "text": bad}]},
                {"kind": "table", "caption": bad, "unit": bad, "header_rows": 0, "rows": [{"cells": [{"text": bad}]}]},
                {"kind": "box", "title": bad, "children": [{"kind": "figure", "caption": bad, "text": [bad]}]},
            ],
            "footnotes": [{"marker": "①", "text": bad, "anchor": {"pointer": "/body/0/children/0/text", "offset": 3}}],
        }
    )  # fmt: skip
    page = document_page(plan)
    assert "<script" not in page and "\x01" not in page and "default-src 'none'" in page
    assert page.count("&lt;script&gt;") == 12 or page.count("script&gt;alert") >= 10


def test_every_note_is_in_the_word_file() -> None:
    docx: Any = pytest.importorskip("docx")
    anchors = ["/body/0/title", "/body/0/children/0/caption", "/metadata/doc_number", None]
    notes = [
        {"marker": f"[{n}]", "text": f"注{n}。"} | ({"anchor": {"pointer": a, "offset": 1}} if a else {})
        for n, a in enumerate(anchors, 1)
    ]
    table = {
        "kind": "table",
        "number": "表1",
        "caption": "指标",
        "header_rows": 0,
        "rows": [{"cells": [{"text": "甲"}]}],
    }
    box = {"kind": "box", "number": "专栏1", "title": "工程", "children": [table]}
    metadata = {"doc_number": "云府〔2021〕7号"}
    plan = Plan.model_validate(
        {"id": "plan-a", "title": "方案", "metadata": metadata, "body": [box], "footnotes": notes}
    )
    read = docx.Document(io.BytesIO(word_file(plan)))
    assert [e.get(f"{{{e.nsmap['w']}}}id") for e in read.element.xpath("//w:footnoteReference")] == ["1", "2"]
    assert [p.text for p in read.paragraphs if p.style.name == "note"] == ["[3] 注3。", "[4] 注4。"]
    page = document_page(plan)
    assert 'class="box-title">专栏1 工<sup id="mark-1">' in page and page.count('<p id="note-') == 4


def test_evidence_is_a_table_too() -> None:
    place = {"document": "plan-a", "pointer": "/body/0/text", "range": [0, 1], "source": [[0, 1]]}
    rows = [
        {"id": "q-1", "kind": "quotation", "verdict": "near", "text": "甲", "place": place},
        {"id": "c-1", "kind": "citation", "verdicts": ["title differs", "date differs"], "title": "乙", "place": place},
        {"id": "f-1", "kind": "fact", "verdict": "differ", "indicator": "丙", "statements": [{"place": place}]},
    ]
    found = [values_of("evidence", row) for row in map(dict, evidence_rows(rows))]
    assert [r[1:7] for r in found] == [
        ["q-1", "quotation", "near", "plan-a", "/body/0/text", "甲"],
        ["c-1", "citation", "title differs；date differs", "plan-a", "/body/0/text", "乙"],
        ["f-1", "fact", "differ", "plan-a", "/body/0/text", "丙"],
    ]


def test_html_of_a_bundle(clean: Path) -> None:
    run(clean, "--to", "html", "-o", "web")
    index = Path("web/songcheng/index.html").read_text("utf-8")
    for name in re.findall(r'href="([^"]+)"', index):
        assert (Path("web/songcheng") / name).is_file()
    [path] = Path("web/songcheng").glob("4-*.html")
    page = path.read_text("utf-8")
    assert "<h2>第一章 发展基础</h2>" in page and '<aside class="box">' in page and '<sup id="mark-1">' in page


def test_official_lines() -> None:
    notice = Notice.model_validate(
        {
            "id": "notice-a",
            "title": "关于节水的通知",
            "metadata": {
                "letterhead": "云溪市人民政府文件", "doc_number": "云府〔2021〕7号", "signer": "王某", "security": "秘密",
                "addressees": "各县区", "signatories": ["云溪市人民政府"], "issued_on": "2021-03-05",
                "attachments": [{"number": "1", "title": "方案"}, {"number": "2", "title": "名单"}],
                "copied_to": "市委办", "printed_by": "云溪市政府办", "printed_on": "2021-03-06", "index_number": "0069",
            },
        }
    )  # fmt: skip
    lines = re.findall(r'<(?:p|h1) class="([\w-]+)">(.*?)</', document_page(notice))
    assert lines == [
        ("about", "索引号：0069"),
        ("mark", "秘密"),
        ("letterhead", "云溪市人民政府文件"),
        ("doc-number", "云府〔2021〕7号　　签发人：王某"),
        ("title", "关于节水的通知"),
        ("addressees", "各县区："),
        ("attachment", "附件：1．方案"),
        ("attachment-more", "2．名单"),
        ("signatory", "云溪市人民政府"),
        ("date", "2021年3月5日"),
        ("imprint", "抄送：市委办"),
        ("imprint", "云溪市政府办　　2021年3月6日印发"),
    ]


# ---- chunks

_DERIVED = {
    "type", "id", "kind", "lead", "columns", "values", "anchor", "promulgated_by", "promulgates", "annex_of", "annexes",
    "same_as", "element",
}  # fmt: skip


def words(value: Any) -> Counter[str]:
    """The characters of all printed strings of a document."""
    if isinstance(value, str):
        return Counter("".join(value.split()))
    if isinstance(value, list):
        return sum(map(words, value), Counter())
    if isinstance(value, dict):
        kept = [
            v for k, v in value.items() if k not in _DERIVED and not (k == "notes" and value["kind"] == "paragraph")
        ]
        return sum(map(words, kept), Counter())
    return Counter()


@pytest.mark.parametrize("limit", [100, 150, 400, 5000])
def test_chunks_hold_every_word_once_and_no_two_sections(clean: Path, limit: int) -> None:
    bundle = juanzong.load(clean)
    found = list(chunks(bundle, limit))
    assert all(len(c["text"]) <= limit for c in found)
    assert len({c["id"] for c in found}) == len(found)
    for document in bundle.documents:
        mine = [c for c in found if c["document"] == document.id]
        have = sum((words(c["text"][c["repeated"] :]) for c in mine), Counter())
        want = words(json.loads((clean / f"documents/{document.id}.json").read_text("utf-8")))
        assert not want - have
        marks = have - want  # bars, rules and labels alone
        assert set(marks) <= set("|-：；单位发文字号成日期主送机关署名附件序封面说明题注 ")
        for c in mine:
            homes = {p.rpartition("/children/")[0] for p in c["pointers"] if p.endswith("/text") and "/rows/" not in p}
            assert len({h for h in homes if h.startswith("/body")}) <= 1, c


def test_chunks_of_tables_repeat_their_head(clean: Path) -> None:
    table = [
        c for c in chunks(juanzong.load(clean), 400) if c["kind"] == "table" and "项目1" in str(c["text"] + c["title"])
    ]
    later = [c for c in table if c["repeated"]]
    assert later
    for c in later:
        assert "| 序号 | 项目 | 内容 | 投资 |\n| --- | --- | --- | --- |" in c["text"][: c["repeated"]]
        assert all(line.startswith(("| ", "注")) for line in c["text"][c["repeated"] :].strip().split("\n"))


def test_chunks_lead_to_their_source(clean: Path) -> None:
    text = Path("raw/songcheng.txt").read_text("utf-8")
    for c in chunks(juanzong.load(clean), 100):
        if c["kind"] == "text":
            shown, printed = words(c["text"]), words("".join(text[a:b] for a, b in c["source"]))
            assert not shown - printed


def test_ids_of_chunks_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    body = [f"第{n}段说明第{n}项工作，由第{n * 7}组负责落实，每年{n % 12 + 1}月检查。" for n in range(400)]
    text = ["松城市节水行动方案", "", "为节约用水，制定本方案。", "", *(line for p in body for line in (p, ""))]

    def ids(lines: list[str]) -> set[str]:
        Path("a.txt").write_text("\n".join(lines), "utf-8")
        return {c["id"] for c in chunks(juanzong.normalize("a.txt"), 300)}

    before = ids(text)
    after = ids([*text[:4], "另有一段放在前面，说明全市节水工作的由来。", "", *text[4:]])
    assert len(before) > 40 and len(before & after) >= 0.98 * (len(before) - 2)


def test_ids_of_chunks_are_apart_where_two_bundles_hold_one_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        Path(name).write_text("松城市节水行动方案\n\n为节约用水，制定本方案。\n", "utf-8")
    found = [c["id"] for name in ("a.txt", "b.txt") for c in chunks(juanzong.normalize(name))]
    assert len(found) > 1 and len(set(found)) == len(found)


def test_no_chunk_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("没有标题的一段文字，讲的是节约用水，由各单位负责落实。\n", "utf-8")
    assert all(c["text"] and c["source"] for c in chunks(juanzong.normalize("a.txt")))


def test_chunk_limits_are_told() -> None:
    with pytest.raises(JuanzongError, match="max-chars 5"):
        list(chunks(None, 5))  # type: ignore[arg-type]


# ---- the command


def test_many_bundles_are_read_one_by_one(clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        folder = shutil.copytree(clean, Path("many") / f"b{n}")
        bundle = json.loads((folder / "bundle.json").read_text("utf-8"))
        (folder / "bundle.json").write_text(json.dumps({**bundle, "id": f"b{n}"}), "utf-8")
    alive: list[weakref.ref[Bundle]] = []
    made = Bundle.__init__

    def counting(self: Bundle, *args: Any) -> None:
        gc.collect()
        assert sum(ref() is not None for ref in alive) <= 1
        alive.append(weakref.ref(self))
        made(self, *args)

    monkeypatch.setattr(Bundle, "__init__", counting)
    for form, out in (("chunks", "c.jsonl"), ("sqlite", "c.db")):
        run("many", "--to", form, "-o", out)
    assert len(alive) == 6
    assert len({json.loads(line)["bundle"] for line in Path("c.jsonl").read_text("utf-8").splitlines()}) == 3


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["clean/songcheng", "clean/songcheng", "--to", "chunks", "-o", "c.jsonl"], "is bundle songcheng, as"),
        (["raw", "--to", "chunks", "-o", "c.jsonl"], "no bundle.json in it"),
        (["none", "--to", "chunks", "-o", "c.jsonl"], "no such folder"),
        (["clean/songcheng", "--to", "chunks", "-o", "raw/songcheng.txt"], "exists and is no .jsonl file"),
        (["clean/songcheng", "--to", "chunks", "-o", "clean/songcheng/trace.jsonl"], "lies in the input"),
        (["clean/songcheng", "--to", "html", "-o", "clean"], "holds the input"),
        (["clean/songcheng", "--to", "html", "-o", "raw/songcheng.txt"], "is a file"),
        (["clean/songcheng", "--to", "html", "-o", "web", "--max-chars", "9"], "--max-chars is for --to chunks"),
        (["clean/songcheng", "--to", "chunks", "-o", "c.jsonl", "--max-chars", "9"], "give a number from"),
        (["clean/songcheng", "--to", "chunks", "-o", "c.jsonl", "--max-chars", "0"], "give a number from"),
    ],
)
def test_what_cannot_be_is_told(clean: Path, args: list[str], told: str) -> None:
    before = sorted(Path().rglob("*"))
    done = CliRunner().invoke(export, args)
    assert isinstance(done.exception, JuanzongError) and told in str(done.exception)
    assert sorted(p for p in Path().rglob("*") if p.suffix != ".html") == [p for p in before if p.suffix != ".html"]


@pytest.mark.parametrize(
    ("form", "module", "extra"),
    [("parquet", "pyarrow", "parquet"), ("duckdb", "duckdb", "duckdb"), ("docling", "docling_core", "docling"), ("docx", "docx", "docx")],
)  # fmt: skip
def test_a_missing_library_is_named(
    clean: Path, monkeypatch: pytest.MonkeyPatch, form: str, module: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    done = CliRunner().invoke(export, [str(clean), "--to", form, "-o", "out.duckdb" if form == "duckdb" else "out"])
    assert str(done.exception).endswith(f"pip install juanzong[{extra}]")


def test_bundles_of_checks_each(clean: Path) -> None:
    (clean / "trace.jsonl").write_text("{", "utf-8")
    with pytest.raises(JuanzongError, match="no JSON at line 1"):
        list(bundles_of([clean]))


def test_every_format_has_its_file() -> None:
    import importlib

    for form in FORMATS.values():
        assert importlib.import_module(f"juanzong.output.exports.{form.module}").write.__doc__
    assert isinstance(Footnote(marker="①", text="甲"), Footnote) and issubclass(Plan, Document)
