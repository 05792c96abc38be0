"""juanzong show: the tree of an output."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from juanzong.commands.show import show
from juanzong.core.errors import JuanzongError
from juanzong.language.text import display_width
from juanzong.output.folder import load
from juanzong.output.outline import outline
from juanzong.words import speaking

Make = Callable[[], Path]


def test_documents_counts_and_tables(hand_made: Make) -> None:
    lines = "\n".join(outline(load(hand_made()), depth=3))
    assert "[通知] 关于印发《云溪市节水行动方案》的通知　云溪府办〔2021〕7号" in lines
    assert "标题 1 · 段落 1 · 专栏 1 · 表 1 · 已改 6" in lines
    assert "▦ 工程一览（3 行 × 3 列）" in lines
    assert "目录所列“2 用水定额表”不在卷中" in lines
    assert "↳ notice-yin-fa" in lines


@pytest.mark.parametrize(
    ("depth", "shown", "hidden"),
    [(0, "[规划]", "第一章"), (1, "第一章 总则", "专栏1"), (2, "▣ 专栏1 重点工程", "工程一览")],
)
def test_depth(hand_made: Make, depth: int, shown: str, hidden: str) -> None:
    lines = "\n".join(outline(load(hand_made()), depth))
    assert shown in lines
    assert hidden not in lines


@pytest.mark.parametrize("width", [20, 40, 80])
def test_lines_keep_to_the_terminal(hand_made: Make, width: int) -> None:
    assert all(display_width(line) <= width for line in outline(load(hand_made()), 9, width))


def test_the_command_prints_the_tree(hand_made: Make) -> None:
    shown = CliRunner().invoke(show, [str(hand_made()), "--depth", "0"])
    assert shown.exit_code == 0
    assert shown.output.startswith("卷宗 hand")


def test_a_folder_that_is_no_output(tmp_path: Path) -> None:
    with pytest.raises(JuanzongError, match=r"no bundle\.json"):
        load(tmp_path)


def test_a_name_with_brackets_is_told_whole_in_english(hand_made: Make) -> None:
    output = load(hand_made())
    output.bundle["sources"][0]["path"] = "附件[1]（终）#2.txt"
    with speaking("en"):
        lines = list(outline(output, depth=0))
    assert lines[1].startswith("source “附件[1]（终）#2.txt” (")
