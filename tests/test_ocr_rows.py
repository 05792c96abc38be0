"""Lines of plain recognition, each with its box: those that stand in rows and columns are a table."""

from __future__ import annotations

import pytest

from juanzong.read.ocr_rows import with_tables
from juanzong.read.printed import PrintedLine, PrintedTable

EM = 12.0


def line(text: str, x: float, y: float) -> PrintedLine:
    width = sum(EM if ord(c) > 0x2E80 else EM / 2 for c in text)
    return PrintedLine(text, (x, y, x + width, y + EM), EM, confidence=0.98)


def page(rows: list[list[str]], places: list[float], step: float = 20) -> list[PrintedLine]:
    """A title, rows of pieces that begin at `places` ("" for none), and a sentence below."""
    body = [line(t, x, 60 + step * k) for k, row in enumerate(rows) for t, x in zip(row, places, strict=True) if t]
    end = line("本表由市自然资源局负责解释。", 80, 90 + step * len(rows))
    return [line("出让地块一览表", 220, 30), *body, end]


POINTS = [
    ["序号", "宗地号", "X坐标", "Y坐标"],
    ["1", "SC-01", "115172.500", "103655.000"],
    ["2", "SC-02", "115180.250", "103660.750"],
    ["3", "SC-03", "115190.000", "103671.500"],
]


def test_rows_and_columns_are_a_table() -> None:
    first, table, last = with_tables(page(POINTS, [60, 120, 240, 380]), 595.28)
    assert isinstance(table, PrintedTable)
    assert [[cell.text for cell in row] for row in table.rows] == POINTS
    assert (first.text, last.text) == ("出让地块一览表", "本表由市自然资源局负责解释。")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        # two columns of prose
        (
            [
                ["各县要加强校园安全管理，落实主体", "全市推进课后服务全覆盖，参与学生"],
                ["责任，定期开展隐患排查。要健全制", "达到八成以上。要丰富课程资源，引"],
                ["度，完善台账，确保师生安全。各校", "入社会力量，规范收费管理。家长满"],
                ["要组织应急演练，提高处置能力。", "意度保持在九成以上。"],
            ],
            [60, 320],
        ),
        # who signs, side by side
        ([["甲方（盖章）：松城一中", "乙方（盖章）：云河公司"], ["2021年3月5日", "2021年3月5日"]], [60, 320]),
    ],
)
def test_others_stay_lines(rows: list[list[str]], places: list[float]) -> None:
    lines = page(rows, places)
    assert with_tables(lines, 595.28) == lines
