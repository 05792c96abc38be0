"""What a bundle says of itself, checked: quotations and citations, in small bundles made up here."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from juanzong.core.source import Source
from juanzong.model.evidence import EVIDENCE_ROWS
from juanzong.run import files as files_of
from juanzong.run import process

Json = dict[str, Any]

PLAN = [
    "青禾市水务“十四五”规划",
    "第一章 总体要求",
    "坚持节水优先、空间均衡、系统治理、两手发力的治水思路，全面推进水务高质量发展，到2025年全市用水总量控制在12亿立方米以内。",
    "加快城乡供水一体化建设，完善水源工程和管网布局，提高农村自来水普及率。严格落实水资源刚性约束制度，强化用水定额管理。",
    "第二章 强化水资源管理的主要任务",
    "县级以上水行政主管部门应当建立取用水监测计量体系，不得擅自改变水源地用途，并按照规定公布监测结果。",
]
OTHER = [
    "青禾市渔业发展实施方案（2021—2025年）",
    "一、总体要求",
    "大力发展深远海养殖和休闲渔业，建设一批标准化渔港和水产品冷链物流基地，推动渔业提质增效。",
]
HEAD = "序号\t名称\t依据文件\t相关内容"


def bundle(rows: list[tuple[str, str]], report: list[str] = []) -> str:  # noqa: B006
    """A match table, a report and two plans."""
    table = [HEAD] + [f"{n}\t专业{n}\t{left}\t{right}" for n, (left, right) in enumerate(rows, 1)]
    parts = [["专业与产业对接情况表", *table], ["对接情况分析报告", "一、概况", *report] if report else [], PLAN, OTHER]
    return (
        "\n\n\n\n\n".join(
            "\n\n".join(p[:1]) + "\n\n" + "\n".join(p[1:]) if p is parts[0] else "\n\n".join(p) for p in parts if p
        )
        + "\n"
    )


def run(text: str) -> tuple[list[Json], Json]:
    result = process(Source("bundle.txt", "0" * 64, "text/plain", text), "bundle")
    files = files_of(result)
    rows = [json.loads(line) for line in files["evidence.jsonl"].splitlines()]
    for row in rows:
        EVIDENCE_ROWS.validate_python(row)
    return rows, dict(files)


def quotations(rows: list[Json]) -> list[Json]:
    return [r for r in rows if r["kind"] == "quotation"]


PLAN_NAME = "《青禾市水务“十四五”规划》"
OTHER_NAME = "《青禾市渔业发展实施方案（2021—2025年）》"

CASES: list[tuple[str, str, str, Callable[[Json], Any], Any]] = [
    ("word for word", PLAN_NAME, PLAN[2], lambda q: q["verdict"], "verbatim"),
    ("an excerpt", PLAN_NAME, PLAN[3][:24], lambda q: q["verdict"], "verbatim"),
    (
        "widths and spaces never count",
        PLAN_NAME,
        PLAN[2].replace("，", ",").replace("2025", " 2025 "),
        lambda q: q["verdict"],
        "verbatim",
    ),
    (
        "a frame is not judged",
        PLAN_NAME,
        "《规划》指出，" + PLAN[2],
        lambda q: (q["verdict"], q["parts"][0]["relation"]),
        ("verbatim", "frame"),
    ),
    (
        "a number, whole",
        PLAN_NAME,
        PLAN[2].replace("12亿", "15亿"),
        lambda q: [(d["op"], d["kind"], d["quoted"], d["printed"]) for d in q["differences"]],
        [("changed", "number", "15", "12")],
    ),
    (
        "a negation",
        PLAN_NAME,
        PLAN[5].replace("应当建立", "不应当建立"),
        lambda q: [(d["op"], d["kind"], d["quoted"]) for d in q["differences"]],
        [("added", "negation", "不")],
    ),
    (
        "a doubled word stands in the first place",
        PLAN_NAME,
        PLAN[3].replace("水源工程", "水源水源工程"),
        lambda q: [(d["op"], d["quoted"], d["range"]) for d in q["differences"]],
        [("added", "水源", [14, 16])],
    ),
    (
        "a stop where the document goes on",
        PLAN_NAME,
        "加快城乡供水一体化建设，完善水源工程和管网布局。",
        lambda q: (q["verdict"], [(d["op"], d["kind"], d["quoted"], d["printed"]) for d in q["differences"]]),
        ("near", [("changed", "punctuation", "。", "，")]),
    ),
    (
        "the first character",
        PLAN_NAME,
        "具" + PLAN[5][1:],
        lambda q: [(d["op"], d["quoted"], d["printed"]) for d in q["differences"]],
        [("changed", "具", "县")],
    ),
    (
        "pieced together",
        PLAN_NAME,
        PLAN[2] + PLAN[5],
        lambda q: (q["verdict"], q["order"], len(q["left_out"])),
        ("composed", "same", 1),
    ),
    ("another order", PLAN_NAME, PLAN[5] + PLAN[2], lambda q: (q["verdict"], q["order"]), ("composed", "changed")),
    (
        "a sentence from nowhere",
        PLAN_NAME,
        PLAN[2] + "鼓励社会资本投资兴办各类涉水职业培训机构。",
        lambda q: (q["verdict"], [u["text"] for u in q["unsupported"]]),
        ("composed", ["鼓励社会资本投资兴办各类涉水职业培训机构。"]),
    ),
    (
        "the place that an unsupported sentence reads most like",
        PLAN_NAME,
        PLAN[5] + "全面加强水资源的刚性约束，落实用水的制度与定额管理要求。",
        lambda q: [PLAN[3][39:57] in PLAN[3][slice(*u["nearest"]["at"][0]["range"])] for u in q["unsupported"]],
        [True],
    ),
    (
        "an unsupported sentence that nothing is like",
        PLAN_NAME,
        PLAN[5] + "鼓励社会资本投资兴办各类涉外职业培训机构。",
        lambda q: [u["nearest"] for u in q["unsupported"]],
        [None],
    ),
    (
        "words of a heading are told as such",
        PLAN_NAME,
        PLAN[4][4:] + PLAN[5][22:],
        lambda q: (q["verdict"], [p["relation"] for p in q["parts"]]),
        ("composed", ["heading", "verbatim"]),
    ),
    (
        "in another document",
        PLAN_NAME,
        OTHER[2],
        lambda q: (q["verdict"], q["reason"], [e["relation"] for e in q["elsewhere"]]),
        ("not found", "elsewhere", ["verbatim"]),
    ),
    (
        "nowhere",
        PLAN_NAME,
        "支持行业协会牵头制定团体标准，培育一批具有国际影响力的检验检测认证机构。",
        lambda q: (q["verdict"], q["reason"]),
        ("not found", "nowhere"),
    ),
    (
        "a document of another province",
        "《南岭省水务“十四五”规划》",
        PLAN[2],
        lambda q: (q["verdict"], q["reason"], q["cited"]["document"]),
        ("not found", "no such document", None),
    ),
    (
        "in other words",
        PLAN_NAME,
        "用水总量控制在12亿之内，坚持系统治理与节水优先，高质量发展水务。",
        lambda q: q["verdict"],
        "paraphrase",
    ),
]


@pytest.mark.parametrize(("story", "cited", "passage", "look", "wanted"), CASES, ids=[c[0] for c in CASES])
def test_quotation(story: str, cited: str, passage: str, look: Callable[[Json], Any], wanted: Any) -> None:
    # a second row, so that the columns are told by more than one cell
    rows, _ = run(bundle([(f"1. {cited}", f"1. {passage}"), (f"1. {OTHER_NAME}", f"1. {OTHER[2]}")]))
    found = quotations(rows)
    assert len(found) == 2
    assert look(found[0]) == wanted


def test_prose_quotes_in_marks_and_without() -> None:
    report = [
        f"根据产业需求，{PLAN_NAME}（以下简称《规划》）明确提出：“{PLAN[2]}”有关专业与此契合。",
        f"《规划》指出，{PLAN[3][:41]}。",
        "学院获评“省级高水平专业群建设单位”，坚持“产教融合、校企合作、工学结合”的办学理念，就业率达到95.2%。",
    ]
    rows, _ = run(bundle([(f"1. {OTHER_NAME}", f"1. {OTHER[2]}")], report))
    told = [(q["form"], q["verdict"], q["cited"]["by"]) for q in quotations(rows)]
    assert told[1:] == [("marks", "verbatim", "sentence"), ("plain", "near", "short name")] or told[1:] == [
        ("marks", "verbatim", "sentence"),
        ("plain", "verbatim", "short name"),
    ]
    short = [c for c in rows if c["kind"] == "citation" and c["verdicts"] == ["short name"]]
    assert [c["document"] is not None for c in short] == [True]


@pytest.mark.parametrize("mark", ["{}. ", "{}、", "（{}）", "{}) ", "{}）", "ring"])
def test_items_of_every_form(mark: str) -> None:
    one, two = [(chr(0x245F + n) if mark == "ring" else mark.format(n)) for n in (1, 2)]
    row = (f"{one}{PLAN_NAME} {two}{OTHER_NAME}", f"{one}{PLAN[2]} {two}{OTHER[2]}")
    found = quotations(run(bundle([row, (f"{one}{PLAN_NAME}", f"{one}{PLAN[5]}")]))[0])
    assert [(q["verdict"], q["cited"]["by"]) for q in found] == [("verbatim", "item")] * 2 + [("verbatim", "row")]


@pytest.mark.parametrize(
    ("said", "forms"),
    [
        (f"{PLAN_NAME}写道：“{PLAN[2]}”", ["marks"]),
        (f"{PLAN_NAME}开宗明义：“{PLAN[2]}”", ["marks"]),  # no verb that is known, but a colon and marks
        (f"{PLAN_NAME}里说“{PLAN[2]}”", ["marks"]),
        (f"{PLAN_NAME}谈到，{PLAN[2]}", ["plain"]),
        (f"{PLAN_NAME}印发后“两手发力治水思路”深入人心，各项工作有序推进，成效明显。", []),  # a term in marks
        (f"{PLAN_NAME}印发后，各项工作有序推进，成效明显，群众满意度不断提高。", []),
    ],
)
def test_what_calls_a_quotation_in_prose(said: str, forms: list[str]) -> None:
    rows, _ = run(bundle([(f"1. {OTHER_NAME}", f"1. {OTHER[2]}")], [said]))
    assert [q["form"] for q in quotations(rows)[1:]] == forms


def test_a_citation_may_leave_out_who_issued_the_document() -> None:
    notice = "\n\n".join(["青禾市水务局关于推进节水工作的意见", "青水发〔2022〕5号", "各区水务局：", PLAN[2]])
    report = [f"《关于推进节水工作的意见》（青水发〔2022〕5号）提出“{PLAN[2]}”。"]
    rows, files = run(bundle([(f"1. {PLAN_NAME}", f"1. {PLAN[2]}")], report) + "\n\n\n\n" + notice + "\n")
    cited = [r for r in rows if r["kind"] == "citation" and "节水" in json.dumps(r, ensure_ascii=False)]
    assert cited and "citation-absent" not in files["findings.jsonl"]
    twice = notice.replace("青禾市水务局", "青禾市财政局").replace("青水发", "青财发")
    rows, files = run(bundle([(f"1. {PLAN_NAME}", f"1. {PLAN[2]}")], report) + "\n\n\n\n" + notice + "\n\n\n\n" + twice)
    assert "citation-absent" in files["findings.jsonl"]  # of two such documents it may name either


def test_the_order_of_documents_changes_nothing() -> None:
    """Ids, verdicts and places in the documents, whatever order the plans and the report stand in."""
    table = "专业与产业对接情况表\n\n" + "\n".join(
        [HEAD, f"1\t专业1\t1. {PLAN_NAME}\t1. {PLAN[2]}", f"2\t专业2\t1. {OTHER_NAME}\t1. 大力{OTHER[2]}"]
    )
    report = ["对接情况分析报告", "一、概况", f"{PLAN_NAME}（以下简称《规划》）明确提出：“{PLAN[2]}”有关专业与此契合。"]
    told = set()
    for order in permutations([PLAN, OTHER, report]):
        rows, _ = run("\n\n\n\n\n".join([table, *("\n\n".join(part) for part in order)]) + "\n")
        told.add(json.dumps(sorted(map(_without_source, rows), key=lambda r: str(r["id"])), ensure_ascii=False))
    assert len(told) == 1 and '"near"' in told.pop()


def _without_source(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_source(v) for k, v in value.items() if k != "source"}
    return [_without_source(v) for v in value] if isinstance(value, list) else value


def test_a_passage_is_not_its_own_witness() -> None:
    """A match table that stands in the document it cites: the passage is compared with the rest of it."""
    changed = PLAN[2].replace("12亿", "15亿")
    table = [HEAD, f"1\t专业1\t1. {PLAN_NAME}\t1. {changed}", f"2\t专业2\t1. {OTHER_NAME}\t1. {OTHER[2]}"]
    rows, _ = run("\n\n\n\n\n".join(["\n\n".join(OTHER), "\n\n".join([*PLAN, "\n".join(table)])]) + "\n")
    assert [q["verdict"] for q in quotations(rows)] == ["near", "verbatim"]


def test_nothing_is_mended_in_a_passage() -> None:
    """However often the bundle writes otherwise: a misquotation is seen as it is printed, and the correction suggested."""
    wrong = PLAN[3].replace("管网布局", "菅网布局")
    text = bundle([(f"1. {PLAN_NAME}", f"1. {wrong}")]) + "\n\n".join(PLAN[3] for _ in range(6))
    rows, files = run(text)
    edits = [json.loads(line) for line in files["edits.jsonl"].splitlines()]
    content = [e for e in edits if e["category"] == "content" and e["before"] == "菅"]
    assert {e["status"] for e in content} == {"suggested"}
    assert [(d["quoted"], d["printed"]) for d in quotations(rows)[0]["differences"]] == [("菅", "管")]
    assert quotations(rows)[0]["transcription_doubt"]


def test_a_rule_mends_no_passage_either() -> None:
    wrong = PLAN[3].replace("水源工程和管网", "水源工程 and 管网")
    text = bundle(
        [(f"1. {PLAN_NAME}", f"1. {wrong}"), (f"1. {OTHER_NAME}", f"1. {OTHER[2]}")],
        ["服务水平 and 质量不断提高，专业与产业对接。"],
    )
    _, files = run(text)
    edits = [json.loads(line) for line in files["edits.jsonl"].splitlines()]
    told = [(text[: e["source"][0]].count("\n") < 6, e["status"]) for e in edits if e["rule"] == "foreign-conjunction"]
    assert sorted(told) == [(False, "applied"), (True, "suggested")]
    assert any("水源工程 and 管网" in content for name, content in files.items() if name.startswith("documents/"))


def test_places_lead_back() -> None:
    text = bundle([(f"1. {PLAN_NAME}", f"1. 《规划》指出，{PLAN[2]}"), (f"1. {OTHER_NAME}", f"1. {OTHER[2]}")])
    rows, files = run(text)
    strings: Json = {}
    for name, content in files.items():
        if name.startswith("documents/"):
            document = json.loads(content)
            strings[document["id"]] = document

    def check(place: Json) -> None:
        if place["document"] is None:
            return
        value: Any = strings[place["document"]]
        for step in place["pointer"].split("/")[1:]:
            value = value[int(step)] if isinstance(value, list) else value[step]
        a, b = place["range"]
        printed = "".join(text[i:j] for i, j in place["source"])
        assert "".join(value[a:b].split()) == "".join(printed.split())

    for row in rows:
        check(row["place"])
        for part in row.get("parts", []):
            for place in part["at"]:
                check(place)


def test_counts_and_findings_follow() -> None:
    rows, files = run(
        bundle([(f"1. {PLAN_NAME}", f"1. {PLAN[2].replace('12亿', '15亿')}"), (f"1. {OTHER_NAME}", f"1. {OTHER[2]}")])
    )
    counts = json.loads(files["bundle.json"])["counts"]["evidence"]
    assert counts["quotations"] == {"verbatim": 1, "near": 1, "composed": 0, "paraphrase": 0, "not found": 0}
    findings = [json.loads(line) for line in files["findings.jsonl"].splitlines()]
    told = [(f["check"], f["severity"], f["evidence"]["row"]) for f in findings if f["check"].startswith("quotation")]
    assert told == [("quotation-changed", "error", quotations(rows)[0]["id"])]


def test_a_failure_is_contained(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr("juanzong.stages.evidence.examine.quotations", fail)
    rows, files = run(bundle([(f"1. {PLAN_NAME}", f"1. {PLAN[2]}")]))
    assert rows == []
    findings = [json.loads(line) for line in files["findings.jsonl"].splitlines()]
    assert [(f["severity"], f["evidence"]["lines"]) for f in findings if f["check"] == "pass-failed"] == [("error", [])]


def test_a_text_that_names_nothing_of_its_bundle_reports_of_none() -> None:
    """A tender names laws and its own forms, with colons and quotation marks; where it names a plan beside it, it may quote."""
    tender = "\n\n".join(
        [
            "青禾市水厂设备采购招标文件",
            "一、说明",
            f"根据《中华人民共和国招标投标法》：“{PLAN[2]}”投标人应当填写《开标一览表》。",
        ]
    )
    beside = bundle([(f"1. {PLAN_NAME}", f"1. {PLAN[2]}")], []) + "\n\n\n\n" + tender
    for text in (tender, beside):
        _, files = run(text + "\n")
        assert "-absent" not in files["findings.jsonl"]
    _, files = run(f"{beside}\n\n项目依据{PLAN_NAME}建设。\n")
    assert "citation-absent" in files["findings.jsonl"]


def test_evidence_says_what_the_source_says() -> None:
    """Words of a document from which an edit took a mark: the evidence has the mark."""
    said = "水务以人民健康为中心，不得擅自改变水源地用途，并按照规定公布监测结果。"
    table = [
        HEAD,
        f"1\t专业1\t1. {PLAN_NAME}\t1. {said.replace('人', '入')}",
        f"2\t专业2\t1. {OTHER_NAME}\t1. {OTHER[2]}",
    ]
    plan = [*PLAN[:5], f"（一）规范水源管理。{said}"]
    text = "\n\n\n\n\n".join(["\n".join(["专业对接情况表", "", *table]), "\n\n".join(plan), "\n\n".join(OTHER)]) + "\n"
    _, files = run(text)
    edits = [json.loads(line) for line in files["edits.jsonl"].splitlines()]
    [evidence] = [w for e in edits if e["after"] == "人" for w in e["evidence"]]
    assert "。" in evidence["text"] == text[slice(*evidence["source"])]
