"""Law: a table in printed columns, its cells wrapped in several columns at once, comes back: figures set at the left or
the right, rows solid or apart by a blank line, over a page or not."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from juanzong.core import tree
from juanzong.core.source import Source
from juanzong.language.text import display_width
from juanzong.run import process
from tables_kit import strings

Row = list[str]
_WORDS = st.text("甲丙丁戊庚壬癸河湖林田", min_size=3, max_size=11)
_COLUMNS = {
    "建设内容": st.text("甲丙丁戊庚壬癸河湖林田", min_size=6, max_size=20).map(lambda s: f"新建{s}设施"),
    "属性": st.sampled_from(["预期性", "约束性"]),
    "投资": st.integers(100, 4000).map(str) | st.decimals(min_value=1, max_value=999, places=2).map(str),
    "比重": st.decimals(min_value=1, max_value=99, places=1).map(lambda d: f"{d}%"),
}
_ROOM = {"序号": 4, "项目名称": 12, "建设内容": 18, "属性": 6, "投资": 7, "比重": 5}


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    names = ["序号", "项目名称", *draw(st.permutations(list(_COLUMNS)))[: draw(st.integers(2, 4))]]
    count = draw(st.integers(4, 8))
    rows = [
        [str(n + 1), "溪桥山泉谷峰洲岛"[n] + draw(_WORDS) + "工程", *(draw(_COLUMNS[name]) for name in names[2:])]
        for n in range(count)
    ]
    return [names, *rows]


def _wrapped(text: str, room: int) -> list[str]:
    out = [""]
    for c in text:
        if display_width(out[-1] + c) > room:
            out.append("")
        out[-1] += c
    return out


def _printed(row: Row, names: Row, right: bool) -> list[str]:
    """The lines of one row."""
    cells = [_wrapped(text, _ROOM[name]) for text, name in zip(row, names, strict=True)]
    lines = []
    for k in range(max(map(len, cells))):
        line = ""
        for cell, name in zip(cells, names, strict=True):
            text = cell[k] if k < len(cell) else ""
            pad = " " * (_ROOM[name] - display_width(text))
            line += (pad + text if right and name in ("投资", "比重") else text + pad) + "  "
        lines.append(line.rstrip())
    return lines


@settings(max_examples=40)
@given(tables(), st.booleans(), st.sampled_from(["solid", "apart", "page"]), st.data())
def test_printed_columns_come_back(rows: list[Row], right: bool, how: str, data: st.DataObject) -> None:
    page = data.draw(st.integers(2, len(rows) - 1))
    lines: list[str] = []
    for k, row in enumerate(rows):
        lines += ["", "- 3 -", "", *_printed(rows[0], rows[0], right)] if how == "page" and k == page else []
        lines += ["", *_printed(row, rows[0], right)] if how == "apart" and k > 0 else _printed(row, rows[0], right)
    text = "\n".join(["东山县城乡建设方案", "", "一、总体要求", "", "目标见下表。", "", *lines, "", "二、保障措施", ""])
    documents = process(Source("t.txt", "0" * 64, "text/plain", text), "t").documents
    assert [strings(b) for d in documents for b in tree.walk(d.body) if isinstance(b, tree.Table)] == [rows]
