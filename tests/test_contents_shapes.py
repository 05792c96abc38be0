"""A bundle's contents list in the shapes that transcribers give it: its entries find their documents, nothing else moves."""

from __future__ import annotations

import pytest

from juanzong.core import tree
from juanzong.core.source import Source
from juanzong.run import process

ISSUE = "松城市人民政府关于印发松城市绿道方案的通知"
RULES = "松城市公园管理办法"
DOCUMENTS = f"""{ISSUE}

松政发〔2021〕8号

各区人民政府：

现将《松城市绿道方案》印发给你们，请认真组织实施。

松城市人民政府
2021年3月15日

松城市绿道方案

一、工作目标

到2025年，全市建成绿道一百公里。

二、保障措施

各区要落实经费。

{RULES}

第一条 为了管好公园，制定本办法。

第二条 公园由区政府管理。

第三条 本办法自发布之日起施行。
"""
LISTS = {
    "numbers": f"目录\n\n1. {ISSUE}\n\n2. {RULES}\n\n",
    "pages": f"目  录\n\n1.{ISSUE}……1\n2.{RULES}……5\n\n",
    "no numbers": f"目录\n\n{ISSUE}\n\n{RULES}\n\n",
    "circled": f"目录\n\n①{ISSUE}\n②{RULES}\n\n",
    "one line": f"目录 1. {ISSUE} 1 2. {RULES} 5\n\n",
    "one line, parted by marks": f"目录：1.《{ISSUE}》；2.《{RULES}》。\n\n",
    "tabs": f"目录\n\n序号\t名称\t页码\n1\t{ISSUE}\t1\n2\t{RULES}\t5\n\n",
    "links": f"## 目录\n\n- [1. {ISSUE}](#a)\n- [2. {RULES}](#b)\n\n",
    "decimals": f"目录\n\n1.1 {ISSUE}\n1.2 {RULES}\n\n",
    "one line, brackets": f"目录 （1）《{ISSUE}》 （2）《{RULES}》\n\n",
    "LaTeX's list": f"# 目录\n\n\\begin{{enumerate}}\n\\item {ISSUE}\n\\item {RULES}\n\\end{{enumerate}}\n\n",
    "LaTeX's fill": f"# 目录\n\n1. {ISSUE} \\hfill 1 \\\\\n2. {RULES} \\hfill 5 \\\\\n\n",
    "pages first": f"目录\n\nP1-4 {ISSUE}\n\nP5 {RULES}\n\n",
    "letters": f"目录\n\nA. {ISSUE}\n\nB. {RULES}\n\n",
    "No.": f"目录\n\nNo.1 {ISSUE}\n\nNo.2 {RULES}\n\n",
    "one line, commas": f"目录：1、{ISSUE}，2、{RULES}\n\n",
    "strokes": f"目录\n\n1. {ISSUE}/1\n2. {RULES}/5\n\n",
    "pages as formulas": f"# 目录\n\n1. {ISSUE} $\\ldots$ $1$\n\n2. {RULES} $\\ldots$ $5$\n\n",
    "dashes": f"目录\n\n1-{ISSUE}\n\n2-{RULES}\n\n",
    "Page 1": f"目录\n\n1. {ISSUE} Page 1\n2. {RULES} Page 5\n\n",
    "arrows": f"目录\n\n1. {ISSUE} → 1\n2. {RULES} → 5\n\n",
    "pages of all": f"目录\n\n1. {ISSUE} 1/9\n2. {RULES} 5/9\n\n",
    "pages behind commas": f"目录\n\n- 1. {ISSUE}，第1页\n- 2. {RULES}，第5页\n\n",
    "colons": f"目录\n\n1：{ISSUE}\n\n2：{RULES}\n\n",
    "ticks": f"\\tableofcontents\n\n目录\n\n√ 1. {ISSUE}\n\n√ 2. {RULES}\n\n",
    "boxes to tick": f"# 目录\n\n- [x] 1. {ISSUE}\n- [ ] 2. {RULES}\n\n",
    "two halves": f"# 目录\n\n| 序号 | 名称 | 序号 | 名称 |\n|---|---|---|---|\n| 1 | {ISSUE} | 2 | {RULES} |\n\n",
    "no blank line behind": f"目录\n1. {ISSUE}\n2. {RULES}\n",
}
COVERS = {"a cover": "松城职业学院\n\n4.1 产教融合佐证材料\n\n2021年6月\n\n", "no cover": ""}


@pytest.mark.parametrize("cover", COVERS)
@pytest.mark.parametrize("shape", LISTS)
def test_entries_find_their_documents(shape: str, cover: str) -> None:
    text = COVERS[cover] + LISTS[shape] + DOCUMENTS
    result = process(Source("a.txt", "0" * 64, "text/plain", text), "a")
    assert [d.type for d in result.documents] == ["front_matter", "notice", "plan", "regulation"]
    assert [i.document and i.document.title.text for i in result.contents] == [ISSUE, RULES]
    assert not [f for f in result.findings if f.severity == "error"]


def test_a_lone_word_before_items_is_no_contents_list() -> None:
    text = DOCUMENTS.replace(
        "各区要落实经费。", "目录\n\n①落实经费；\n\n②加强检查；\n\n③定期通报。\n\n各区要认真执行。"
    )
    result = process(Source("a.txt", "0" * 64, "text/plain", text), "a")
    assert not result.contents and not any(d.contents for d in result.documents)


@pytest.mark.parametrize("shape", ["lines", "rows"])
def test_a_long_list_is_read_to_its_end(shape: str) -> None:
    lines = [f"{k}. 关于事项{k}的通知……{k}" for k in range(1, 1400)]
    rows = ["序号\t名称\t页码", *(f"{k}\t关于事项{k}的通知\t{k}" for k in range(1, 1400))]
    text = "目录\n\n" + "\n".join(lines if shape == "lines" else rows) + "\n\n关于事项7的通知\n\n请节约用水。\n"
    result = process(Source("a.txt", "0" * 64, "text/plain", text), "a")
    assert [d.title.text for d in result.documents] == ["", "关于事项7的通知"]
    assert [e.page.text for e in result.documents[0].contents] == [str(k) for k in range(1, 1400)]


def test_a_cover_of_very_many_lines_has_a_title_of_a_few() -> None:
    text = "松城职业学院佐证材料\n" + "绿道建设的资料\n" * 60 + "\n目录\n\n" + LISTS["numbers"] + DOCUMENTS
    cover = process(Source("a.txt", "0" * 64, "text/plain", text), "a").documents[0]
    assert 0 < len(cover.title.text) <= 200


@pytest.mark.parametrize("passage", [True, False], ids=["passages", "remarks"])
def test_a_table_of_titles_and_pages_that_holds_passages_is_no_list(passage: bool) -> None:
    said = (
        (
            "各区要落实经费。公园由区政府管理，管理所需的经费列入区财政预算。",
            "公园由区政府管理，管理所需的经费列入本级财政预算。",
        )
        if passage
        else ("原件存档。", "")
    )
    head = "| 序号 | 材料名称 | 材料摘要 | 页码 |\n|---|---|---|---|\n"
    rows = "".join(
        f"| {k} | 《{t}》 | {s} | {k}-{k + 3} |\n" for k, (t, s) in enumerate(zip((ISSUE, RULES), said, strict=True), 1)
    )
    text = f"松城职业学院佐证材料\n\n绿道建设指标对照表\n\n{head}{rows}\n{DOCUMENTS}"
    documents = process(Source("a.txt", "0" * 64, "text/plain", text), "a").documents
    assert any(b.rows for d in documents for b in tree.walk(d.body) if isinstance(b, tree.Table)) is passage
    assert any(d.contents for d in documents) is not passage
