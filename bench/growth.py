"""How time grows with the input: 40 kinds of text that once were quadratic, or may become so.

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
    "pipes": Kind(lambda n: ("| 甲 | 乙 |\n" + "| :-: | --- |\n") * n, 5_000),
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
