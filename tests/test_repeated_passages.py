"""What a model repeats when it loops is kept and told, in each unit it may loop on; what texts repeat by themselves is not."""

from __future__ import annotations

import pytest

from juanzong.core.source import Source
from juanzong.run import process

HEAD = "松城市节水规划\n\n一、总体要求\n\n"


def told(text: str) -> list[str]:
    source = Source("a.txt", "", "text/plain", f"{HEAD}{text}\n", "utf-8", True)
    return [f.message for f in process(source, "a").findings if f.check == "repeated-passage"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("各部门要落实责任，" + "要加强协调，" * 7 + "要加强", "“要加强协调，”连续重复 7 次"),
        ("扎实推进" + "水利设施建设" * 5 + "。", "“水利设施建设”连续重复 5 次"),
        ("建设灌区，" + "改造渠道、清理河道、" * 6, "“改造渠道、清理河道、”连续重复 6 次"),
        ("按月检查各项工作。" * 3, "“按月检查各项工作。”连续重复 3 次"),
        ("the the the " * 9, "the"),
        ("".join(f"（{n}）加强巡查。每周巡查两次。\n\n" for n in "一二三四五六"), "“加强巡查”起的 2 段连续重复 6 次"),
        ("序号\t村\t户\n1\t东村\t30\n" + "".join(f"{n}\t西村\t2800户\n" for n in range(2, 15)), "连续重复 13 次"),
        ("全区共有站点1" + "0" * 300 + "个，其中国家站3个。", "“0”连续重复 300 次"),
        ("水面率为3." + "142" * 40 + "。", "“142”连续重复 40 次"),
        ("1.清淤。\n\n" + "".join(f"{n}.\n\n" for n in range(2, 9)), "连续 7 段只有序号"),
        ("序号\t村\n1\t东村\n2\t西村\n3\t北村\n\n" * 3, "同一表格连续印了 3 次"),
        (
            "项目\t要求\n施肥\t" + "增施有机肥，减少化肥。" * 3 + "\n修剪\t冬季\n",
            "“增施有机肥,减少化肥。”连续重复 3 次",
        ),
        (
            "<table><tr><td>项目</td><td>要求</td></tr><tr><td>施肥</td><td>"
            + "施有机肥<br>" * 40
            + "</td></tr></table>",
            "“施有机肥”连续重复",
        ),
        ("序号\t村\n1" + "\t东村" * 60 + "\n", "“东村”连续重复 60 次"),
        ("".join(f"{n}. 宣传宪法。\n\n" for n in range(1, 46)), "“宣传宪法。”连续重复 45 次"),
        ("## 二、监督考核与评价\n\n" * 25, "“二、监督考核与评价”连续重复 25 次"),
        ("序号\t村\n1\t" + "东村西村" * 30 + "\n2\t南村\n", "连续重复"),
    ],
)
def test_a_loop_is_told(text: str, said: str) -> None:
    assert any(said in message for message in told(text)), told(text)


@pytest.mark.parametrize(
    "text",
    [
        "序号\t村\n1\t东村\n2\t西村\n3\t北村\n\n" * 2,
        "要坚持问题导向，坚持目标导向，坚持效果导向，坚持需求导向，坚持结果导向，扎实做好各项工作。",
        "取水许可证编号为1111111111111111111111，有效期至2025年12月31日。",
        "甲方（盖章）：____________________________　乙方（盖章）：____________________________",
        "一年一年又一年，一年更比一年强，代代相传、代代相传。",
        "".join(f"（{n}）加强{what}巡查。每周巡查两次。\n\n" for n, what in zip("一二三", "河库渠", strict=True)),
        "<table><tr><td>村</td><td>结论</td></tr><tr><td>各村</td><td>" + "合格<br>" * 20 + "</td></tr></table>",
        "姓名\t出勤\n张三" + "\t出勤" * 31 + "\n",
        "序号\t单位\t结论\n" + "".join(f"{n}\t合格\t是\n" for n in range(1, 9)),
    ],
)
def test_control_parallel_phrases_figures_and_rules_are_no_loop(text: str) -> None:
    assert told(text) == []


def test_an_article_again_and_again_is_told_once_as_out_of_sequence() -> None:
    text = (
        "松城市考勤规定\n\n第一条 为规范考勤，制定本规定。\n\n"
        + "第二条 迟到三次计旷工一次。\n\n" * 30
        + "第三条 略。\n"
    )
    found = process(Source("a.txt", "", "text/plain", text, "utf-8", True), "a").findings
    assert [f.message for f in found if f.check == "heading-out-of-sequence"] == ["第二条前一条是第二条"]
