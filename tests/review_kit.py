"""A small bundle with everything the review shows, made through the tree, the ledger and emit as a run makes it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.source import Source
from juanzong.core.terms import Evidence
from juanzong.core.traced import Traced
from juanzong.emit.bundle import files_of
from juanzong.emit.files import write_folder
from juanzong.review.apply import apply
from juanzong.review.beside import beside
from juanzong.review.decisions import Decision, load

ID = "made-up"
HOSTILE = '坏文<script>document.title="owned"</script><img src=x onerror="document.title=1">]]>\u202e反\u200b向&amp;'
LINES = [
    "某市健康发展规划",
    "第一章 总则",
    "坚持以人 民健康为中心，加快建没中医药强市①，到2025年建成体系。",
    "第 3 页",
    "推进医药卫生体制改革，",
    "深化三医联动。",
    "全市共有医院12所，其中三级医院4所。",
    "专栏1 重点项目",
    "建设区域医疗中心，加快建没临床专科。",
    "表1 主要指标",
    "指标|单位|2020|2025",
    "人均寿命|岁|79|80",
    "床位|张|6.1|7",
    "①指中医药传承创新。",
    "第二章 保障",
    HOSTILE,
    "继续加快建没人才队伍。",
]


def source_of(lines: Sequence[str] = LINES) -> Source:
    text = "\n".join(lines) + "\n"
    return Source(f"raw/{ID}.txt", hashlib.sha256(text.encode()).hexdigest(), "text/plain", text, "utf-8")


def documents_of(source: Source) -> tuple[list[tree.Document], Ledger, list[Finding]]:
    """The bundle as the stages leave it: edits made and proposed, nothing decided."""
    text, ledger = source.text, Ledger(source.text, "structure")

    def at(s: str) -> Traced:
        return Traced.of(text, text.index(s), text.index(s) + len(s))

    def line(head: str) -> Traced:
        return at(next(one for one in text.split("\n") if one.startswith(head)))

    body = at("坚持以人 民健康为中心，加快建没中医药强市①，到2025年建成体系。")
    body = ledger.replace(body, 4, 5, "", "wrapped-space")
    mark = body.text.index("①")
    note_at = body.offset(mark)
    ledger.drop(note_at, note_at + 1, "note-mark")
    first = tree.Paragraph(body[:mark] + body[mark + 1 :])
    ledger.drop_ranges(at("第 3 页"), "page-number")
    joined = tree.Paragraph(ledger.join(at("推进医药卫生体制改革，"), at("深化三医联动。"), "cut-line"))
    numbers = tree.Paragraph(at("全市共有医院12所，其中三级医院4所。"))
    box = tree.Box(at("专栏1"), at("重点项目"), [tree.Paragraph(line("建设区域"))])
    rows = []
    for row in LINES[10:13]:
        begin, cells = text.index(row), []
        for part in row.split("|"):
            cells.append(tree.Cell(Traced.of(text, begin, begin + len(part))))
            begin += len(part) + 1
            if len(cells) < row.count("|") + 1:
                ledger.drop(begin - 1, begin, "cell-mark")
        rows.append(tree.Row(cells))
    del rows[2].cells[1]
    ledger.drop_ranges(at("张"), "cell-mark")
    rows[1].cells[1].row_span = 2
    table = tree.Table(at("表1"), at("主要指标"), header_rows=1, rows=rows)
    last = tree.Paragraph(at("继续加快建没人才队伍。"))
    hostile = tree.Paragraph(line("坏文"))
    sections: list[tree.Block] = [
        tree.Section(1, at("第一章"), at("总则"), [first, joined, numbers, box, table]),
        tree.Section(1, at("第二章"), at("保障"), [hostile, last]),
    ]
    document = tree.Document("plan", at("某市健康发展规划"), body=sections, id="plan-mou-shi")
    document.footnotes.append(tree.Footnote(at("①指")[:1], at("指中医药传承创新。"), first, note_at))
    start = -1
    while (start := text.find("建没", start + 1)) >= 0:
        ledger.suggest(
            start + 1,
            start + 2,
            "设",
            "second-print",
            confidence=0.6,
            evidence=[Evidence(document="plan-mou-shi", pointer="/title", text="建设", note="再版如此")],
        )
    quarter = text.index("12所")
    ledger.suggest(quarter, quarter + 2, "13", "sum", confidence=0.4)
    found = [Finding("total", "error", "合计不符：79 ≠ 80", [table]), Finding("note", "info", "脚注一", [first])]
    return [document], ledger, found


def make(root: Path, lines: Sequence[str] = LINES, decisions: Sequence[Decision] | None = None) -> Path:
    """Write raw/ and clean/ under `root` with the decisions beside the source (or those given) carried out."""
    source = source_of(lines)
    raw = root / source.path
    raw.parent.mkdir(parents=True, exist_ok=True)
    raw.write_bytes(source.text.encode())
    documents, ledger, findings = documents_of(source)
    findings += apply(load(beside(raw, ID)) if decisions is None else decisions, documents, ledger)
    files = files_of(ID, "某市卷宗", source, [], [], documents, ledger, findings)
    write_folder(root / "clean" / ID, files)
    return root / "clean" / ID
