"""How time grows with the input: 77 kinds of text that once were quadratic, or may become so.

python bench/growth.py [KIND ...] [--full]

Each kind is made at 1, 2 and 4 times a base size, run in a process of its own with 1 GB of memory more than it needs to
start; the exponent is the slope of log(seconds) over log(size) from the middle to the largest, above the seconds that an
almost empty input takes. `--full` runs the size that "Bounds" of the issue names, which must end in 10 s and 1 GB.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

MOST_SECONDS, MOST_MB, MOST_EXPONENT = 10.0, 1024, 1.15
_NOISE = 1.0  # seconds above those of an empty input: below it an exponent is the machine's mood
_HEAD = "松城市绿化方案\n\n各县区：\n\n"


class Kind(NamedTuple):
    """`make(n)` is a text; `full` is the n that must end within the bounds."""

    make: Callable[[int], str]
    full: int


def _letters(n: int) -> str:
    """n Chinese characters, seldom twice the same in a row."""
    return "".join(chr(0x4E00 + (k * 7919) % 3000) for k in range(n))


def _distinct(n: int, k: int) -> str:
    """n Chinese characters, other ones for another k."""
    return "".join(chr(0x4E00 + (i * 7919 + k * 104729) % 3000) for i in range(n))


def _unlike(n: int, k: int) -> str:
    """n Chinese characters that have little in common with those for another k."""
    return "".join(chr(0x4E00 + (i * i * 7919 + i * k * 104_729 + k * k * 31) % 2999) for i in range(1, n + 1))


def _rows(rows: int, columns: int) -> str:
    return "\n".join("\t".join(f"{r * 31 % 97}" for _ in range(columns)) for r in range(rows))


def _html(rows: int, cell: str) -> str:
    return "<table>" + "".join(f"<tr>{cell}</tr>" for _ in range(rows)) + "</table>\n"


KINDS: dict[str, Kind] = {
    "plain prose": Kind(lambda n: "\n\n".join(f"第{k}段说明{_letters(60)}。" for k in range(n)), 4000),
    "spaced paragraph": Kind(lambda n: " ".join(_letters(n)) + "。\n", 10_000),
    "bold words": Kind(lambda n: "**甲**" * n + "。\n", 8_000),
    "bold lines": Kind(lambda n: "**甲乙**丙丁\n" * n, 8_000),
    "blanks in one line": Kind(lambda n: "甲" + " " * n + "乙。\n", 40_000),
    "blanks in many lines": Kind(lambda n: ("甲" + " " * 40 + "乙\n") * (n // 40), 40_000),
    "paragraph over lines": Kind(lambda n: "\n".join(_letters(28) for _ in range(n)) + "。\n", 8_000),
    "paragraph over pages": Kind(lambda n: "".join(f"{_letters(28)}\n\n— {k} —\n\n" for k in range(n)), 4_000),
    "notes in one paragraph": Kind(
        lambda n: (
            "".join(f"用水{_letters(3)}[{k}]，" for k in range(1, n + 1))
            + "。\n\n"
            + "".join(f"[{k}] 用水{k}：指水。\n" for k in range(1, n + 1))
        ),
        3_000,
    ),
    "raised notes": Kind(
        lambda n: (
            "".join(f"用水^[{k}]，" for k in range(1, n + 1))
            + "。\n\n"
            + "".join(f"^[{k}] 用水：指水。\n" for k in range(1, n + 1))
        ),
        3_000,
    ),
    "notes of plain figures": Kind(
        lambda n: "".join(f"{_letters(12)}¹，节水²。\n\n1 指水{k}。\n2 指节水{k}。\n\n\n" for k in range(n)), 3_000
    ),
    "wide spans": Kind(lambda n: _html(48, f'<td colspan="{n}" rowspan="1000">甲</td><td>乙</td>'), 65_534),
    "stairs of spans": Kind(
        lambda n: "<table>" + "".join(f"<tr><td rowspan={k}>甲</td></tr>" for k in range(n, 0, -1)) + "</table>\n",
        2_000,
    ),
    "attachments listed": Kind(
        lambda n: "附件：" + "".join(f"{k % 900 + 1}. {_letters(8)}表\n" for k in range(n)), 5_000
    ),
    "documents with heads": Kind(
        lambda n: "".join(
            f"松城市人民政府文件\n\n松政发〔2021〕{k}号\n\n松城市人民政府关于事项{k}的通知\n\n各县：\n\n请节水。\n\n"
            "松城市人民政府\n2021年3月1日\n\n"
            for k in range(n)
        ),
        4_000,
    ),
    "columns of tabs": Kind(lambda n: _rows(3, n) + "\n", 20_000),
    "columns of html": Kind(lambda n: _html(3, "<td>1</td>" * n), 20_000),
    "rows": Kind(lambda n: _rows(n, 6) + "\n", 20_000),
    "rows of html": Kind(lambda n: _html(n, "<td>甲</td><td>1</td><td>2</td>"), 20_000),
    "tags nested": Kind(lambda n: "<div>" * n + "甲" + "</div>" * n + "\n", 100_000),
    "tags unclosed": Kind(lambda n: "<td>" * n + "\n", 100_000),
    "brackets open": Kind(lambda n: "<" * n + "\n", 100_000),
    "tables nested": Kind(lambda n: "<table><tr><td>甲" * n + "</td></tr></table>" * n + "\n", 500),
    "tables unclosed": Kind(lambda n: "<table><tr><td>甲\n" * n, 2_000),
    "small tables": Kind(lambda n: "\n\n".join(f"表{k} 情况\n\n{_rows(3, 4)}" for k in range(1, n + 1)) + "\n", 500),
    "like tables": Kind(lambda n: "\n\n".join(f"情况表\n\n序号\t名称\n{k}\t甲{k}" for k in range(n)) + "\n", 800),
    "long text, errors": Kind(
        lambda n: "\n\n".join(
            "被监理工程的施工承包单位应当采取措施" + ("旋工" if k % 50 == 9 else "") + _letters(20) + "。"
            for k in range(n)
        ),
        8_000,
    ),
    "one long line": Kind(lambda n: _letters(n // 2) + " ,甲" * (n // 6) + "\n", 250_000),
    "half-width stops": Kind(lambda n: "甲乙," * n + "\n", 20_000),
    "brackets": Kind(lambda n: "（甲(乙" * n + "\n", 20_000),
    "quotes": Kind(lambda n: '甲"乙' * n + "\n", 20_000),
    "numbered lines": Kind(lambda n: "\n\n".join(f"{k % 900 + 1}. 甲乙丙丁" for k in range(n)) + "\n", 4_000),
    "chapters": Kind(lambda n: "\n\n".join(f"第{k}章 总则\n\n为了节水。" for k in range(1, n + 1)) + "\n", 2_000),
    "documents": Kind(
        lambda n: "\n\n".join(f"关于第{k}号事项的通知\n\n各县：\n\n请节水。" for k in range(n)) + "\n", 1_000
    ),
    "contents lists": Kind(
        lambda n: (
            "目录\n\n"
            + "\n".join(f"第{k}章 事项{k}……{k}" for k in range(1, n + 1))
            + "\n\n"
            + "\n\n".join(f"第{k}章 事项{k}\n\n正文。" for k in range(1, n + 1))
            + "\n"
        ),
        1_500,
    ),
    "repeated lines": Kind(lambda n: "本页重复的一行文字。\n" * n, 20_000),
    "formulas": Kind(lambda n: "$PM_{2.5}$ 与 10^{4} 及 <sub>2</sub> " * n + "\n", 5_000),
    "entities": Kind(lambda n: "甲&nbsp;乙&amp;" * n + "\n", 10_000),
    "radicals": Kind(lambda n: "⼀⽅⽬" * n + "\n", 20_000),
    "images": Kind(lambda n: "![](images/a.jpg)\n\n甲乙。\n\n" * n, 3_000),
    "comments": Kind(lambda n: "甲<!--" * n + "\n", 20_000),
    "boxes": Kind(lambda n: "".join(f"专栏{k} 事项\n\n1. 节水。\n2. 绿化。\n\n" for k in range(1, n + 1)), 3_000),
    "headings nested": Kind(
        lambda n: "".join(
            f"{'一二三四五六七'[k % 7]}、总则\n\n（一）节水\n\n1. 用水\n\n（1）定额。\n\n" for k in range(n)
        ),
        2_500,
    ),
    "headings decimal": Kind(
        lambda n: "".join(
            f"{a}.{b}.{c} 事项\n\n为了节水。\n\n"
            for a in range(1, n // 100 + 1)
            for b in range(1, 11)
            for c in range(1, 11)
        ),
        5_000,
    ),
    "contents entries": Kind(
        lambda n: (
            "目录\n\n"
            + "\n".join(f"{k}. 关于事项{k}的通知……{k}" for k in range(1, n + 1))
            + "\n\n关于事项1的通知\n\n请节水。\n"
        ),
        5_000,
    ),
    "figures": Kind(
        lambda n: "".join(f"![](images/{k}.jpg)\n\n图{k} 用水情况\n\n见图{k}，用水增长。\n\n" for k in range(1, n + 1)),
        3_000,
    ),
    "footnotes circled": Kind(
        lambda n: "".join(
            f"用水{_letters(20)}①，节水{_letters(20)}②。\n\n①用水：指水。\n②节水：指省。\n\n" for _ in range(n)
        ),
        2_000,
    ),
    "quotes between documents": Kind(
        lambda n: "".join(
            f"关于第{k}号事项的通知\n\n各县：\n\n根据《关于第{k - 1}号事项的通知》，{_distinct(60, k)}。{_distinct(60, k - 1)}。\n\n"
            for k in range(1, n + 1)
        ),
        1_000,
    ),
    "edits in one string": Kind(lambda n: "第一，用水ＡＢ１２,节水.绿化;" * n + "。\n", 8_000),
    "page breaks": Kind(
        lambda n: "".join(f"{_distinct(40, k)}\n\n第 {k} 页 共 {n} 页\n\n松城市绿化方案\n\n" for k in range(1, n + 1)),
        3_000,
    ),
    "annexes": Kind(lambda n: "".join(f"附件{k}\n\n事项{k}统计表\n\n请节水{k}。\n\n" for k in range(1, n + 1)), 1_500),
    "annex lines": Kind(lambda n: "".join(f"附件{k}：事项{k}统计表\n" for k in range(1, n + 1)), 4_000),
    "one-character lines": Kind(lambda n: "".join(c + "\n" for c in _letters(n)), 20_000),
    "one-character paragraphs": Kind(lambda n: "".join(c + "\n\n" for c in _letters(n)), 10_000),
    "dates and organs": Kind(
        lambda n: "".join(f"松城市水务局\n\n202{k % 10}年{k % 12 + 1}月1日\n\n" for k in range(n)), 4_000
    ),
    "list items": Kind(lambda n: "".join(f"- 第{k}项：节水。\n" for k in range(n)), 8_000),
    "references": Kind(
        lambda n: "".join(f"第{k}条 按照本办法第{k % 90 + 1}条和附件{k % 9 + 1}执行。\n\n" for k in range(1, n + 1)),
        4_000,
    ),
    "figures of one thing": Kind(
        lambda n: "".join(f"2021年全市用水{k}万吨，增长{k % 9}%。\n\n" for k in range(n)), 4_000
    ),
    "sums": Kind(lambda n: "名称\t数量\n" + "".join(f"县{k}\t{k}\n小计\t{k}\n" for k in range(n)) + "合计\t0\n", 5_000),
    "captions without tables": Kind(
        lambda n: "".join(f"表{k // 500 + 1}-{k % 500 + 1} 用水情况\n\n单位：万吨\n\n" for k in range(n)), 4_000
    ),
    "labels": Kind(
        lambda n: "".join(f"索引号：{k}\n发文机关：松城市水务局\n标题：关于事项{k}的通知\n\n" for k in range(n)), 3_000
    ),
    "bold headings": Kind(
        lambda n: "".join(f"**{_distinct(6, k)}**\n\n{_distinct(30, k)}。\n\n" for k in range(n)), 4_000
    ),
    "pipes": Kind(lambda n: ("| 甲 | 乙 |\n" + "| :-: | --- |\n") * n, 5_000),
    "table over pages": Kind(
        lambda n: (
            "表1 用水情况\n\n县\t用水\t节水\n甲\t1\t2\n\n"
            + "".join(f"续表1 用水情况\n\n县\t用水\t节水\n乙{k}\t{k}\t2\n丙{k}\t{k}\t3\n\n" for k in range(n))
        ),
        2_000,
    ),
    "续表 of others": Kind(
        lambda n: (
            "表1 用水情况\n\n县\t用水\t节水\n甲\t1\t2\n\n"
            + "".join(f"续表{k + 2}\n\n县{k}\t用水{k}\t节水{k}\n乙{k}\t{k}\t2\n\n" for k in range(n))
        ),
        2_000,
    ),
    "signers": Kind(
        lambda n: "请审定。\n\n" + "".join(f"松城市{_distinct(2, k)}局\n" for k in range(n)) + "2021年3月1日\n", 5_000
    ),
    "parties that sign": Kind(
        lambda n: (
            "松城市合作协议\n\n为了节水。\n\n"
            + "".join(f"甲方（签字）：张{_distinct(1, k)}\n乙方（签字）：李{_distinct(1, k + 1)}\n\n" for k in range(n))
        ),
        5_000,
    ),
    "contents matched": Kind(
        lambda n: (
            "目录\n\n"
            + "".join(f"{k}. 松城市{_distinct(6, k)}管理办法……{k}\n" for k in range(1, n + 1))
            + "".join(f"\n松城市{_distinct(6, k)}管理办法\n\n第一条 为了节水。\n" for k in range(1, n + 1))
        ),
        2_000,
    ),
    "contents of other titles": Kind(
        lambda n: (
            "目录\n\n"
            + "".join(f"{k}. 松城市水务局关于{_distinct(6, k)}的通知……{k}\n" for k in range(1, n + 1))
            + "".join(f"\n松城市水务局关于{_distinct(6, k + n)}的通知\n\n各县：\n\n请节水。\n" for k in range(1, n + 1))
        ),
        2_000,
    ),
    "contents misread": Kind(
        lambda n: (
            "目录\n\n"
            + "".join(f"{k}. 松城市水务局关于{_distinct(9, k)}的通知……{k}\n" for k in range(1, n + 1))
            + "".join(f"\n松城市水务局关于{_distinct(8, k)}友的通知\n\n各县：\n\n请节水。\n" for k in range(1, n + 1))
        ),
        2_000,
    ),
    "texts issued": Kind(
        lambda n: "".join(
            f"松城市人民政府关于印发《松城市{_distinct(5, k)}办法》的通知\n\n各县：\n\n请节水。\n\n松城市人民政府\n2021年3月1日\n\n"
            + f"松城市{_distinct(5, k)}办法\n\n第一条 为了{_distinct(8, k)}。\n\n" * (k % 2)
            for k in range(n)
        ),
        2_000,
    ),
    "headings run together": Kind(
        lambda n: (
            "".join(
                f"{'一二三四五六七八九'[k % 9]}、節水{_distinct(4, k)}（一）绿化{_distinct(5, k)}（二）用水{_distinct(4, k + 5)}"
                for k in range(n)
            )
            + "\n"
        ),
        2_000,
    ),
    "groups in a table": Kind(
        lambda n: (
            "序号\t名称\t说明\n"
            + "".join(
                f"（{'一二三四五六七八九'[k % 9]}）{_distinct(4, k)}\n{k}\t{_distinct(4, k)}\t{_distinct(6, k)}\n"
                for k in range(1, n + 1)
            )
        ),
        4_000,
    ),
    "cells over two lines": Kind(
        lambda n: (
            "序号\t名称\t说明\n"
            + "".join(
                f"{k}\t{_distinct(4, k)}\t{_distinct(16, k)}（\n{_distinct(5, k + 1)}）\n" for k in range(1, n + 1)
            )
        ),
        4_000,
    ),
    "tables with pipes": Kind(
        lambda n: "".join(f"| 县{k} | 用水 |\n| --- | --- |\n| {_distinct(3, k)} | {k} |\n\n" for k in range(n)), 2_000
    ),
    "pictures in a row": Kind(lambda n: "".join(f"![图{k}](images/{k}.png)\n" for k in range(n)), 10_000),
    "passages of one plan": Kind(
        lambda n: (
            "松城市水务规划\n\n"
            + "".join(f"{_unlike(60, k)}。\n\n" for k in range(n))
            + "对照表\n\n文件名称\t内容\n"
            + "".join(f"《松城市水务规划》\t{_unlike(60, k)}。\n" for k in range(n))
        ),
        1_500,
    ),
}


class Run(NamedTuple):
    seconds: float
    megabytes: float
    code: int


def _bound() -> None:
    most = int(6 * MOST_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def run(text: str, folder: str) -> Run:
    """One whole process; killed after six times the bound, in processor seconds: other programs may be busy too."""
    file = Path(folder) / "a.txt"
    file.write_text(text, encoding="utf-8")
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "juanzong", "run", str(file), "--out", f"{folder}/out", "--quiet"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_bound,
    )
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    return Run(min(wall, usage.ru_utime + usage.ru_stime), usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("kinds", nargs="*", default=[])
    options.add_argument("--full", action="store_true")
    given = options.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        floor = run(_HEAD, folder).seconds
        print(f"{'kind':24s} {'n':>8s} {'seconds':>8s} {'MB':>6s}  {'' if given.full else 'exponent'}")
        for name in given.kinds or KINDS:
            make, full = KINDS[name]
            sizes = [full] if given.full else [full // 4, full // 2, full]
            runs = [run(_HEAD + make(n), folder) for n in sizes]
            last = runs[-1]
            slope = ""
            failed = last.code != 0 or last.seconds > MOST_SECONDS or last.megabytes > MOST_MB
            if len(runs) > 1 and last.seconds - floor > _NOISE:
                a, b = (max(r.seconds - floor, 0.02) for r in runs[-2:])
                exponent = math.log(b / a) / math.log(2)
                slope = f"{exponent:5.2f}"
                failed = failed or exponent > MOST_EXPONENT
            bad += failed
            mark = f"  exit {last.code}" if last.code else ""
            print(
                f"{name:24s} {sizes[-1]:8d} {last.seconds:8.2f} {last.megabytes:6.0f}  {slope}{mark}{'  <--' if failed else ''}",
                flush=True,
            )
    return int(bad > 0)


if __name__ == "__main__":
    raise SystemExit(main())
