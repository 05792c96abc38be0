"""Many bundles: how time and memory grow with their number, and what a second process gains.

python bench/scale.py [FILE] [--most 64]

1, 2, 4, … copies of FILE (by default the bundle in raw/), each with other names of places, so that nothing one of them
taught helps the next; by one process and by two. Printed: seconds, processor seconds, the most memory that a process held,
and the exponent of the processor seconds over the number of copies. The gain of two processes is set against what two plain Python
loops gain over one in the same minutes: two cores are seldom twice one. Exit status 1 where the bytes differ between one
process and two, or a bound of the issue is missed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from multiprocessing import Process
from pathlib import Path
from typing import NamedTuple

import regex as re

MOST_EXPONENT, LEAST_GAIN = 1.05, 0.93
_NAME = re.compile(r"\p{Han}{2}(?=[市县区镇乡])")
_NAMES = 60  # of the commonest names, that are changed
_SYLLABLES = "松柏桐梧榆槐杉楠桂兰芝芳蓉荷莲菊梅溪泉涧湾洲浦岭岗坪埔墟圩"
_LOOP = 20_000_000  # turns of a plain loop: about a second


class Measured(NamedTuple):
    copies: int
    jobs: int
    seconds: float
    processor: float
    megabytes: float
    output: str  # hash of all files


def copies_of(text: str, copies: int, folder: Path) -> None:
    """Write 0.txt, 1.txt, …: the text with its commonest names replaced by invented ones."""
    names = [name for name, _ in Counter(_NAME.findall(text)).most_common(_NAMES)]
    for k in range(copies):
        rng = random.Random(k)
        made = {name: "".join(rng.sample(_SYLLABLES, 2)) for name in names}
        pattern = re.compile("|".join(map(re.escape, names)) or r"(?!)")
        changed = pattern.sub(lambda m, made=made: made[m[0]], text)
        (folder / f"{k}.txt").write_text(changed, encoding="utf-8")


def measure(text: str, copies: int, jobs: int) -> Measured:
    with tempfile.TemporaryDirectory() as place:
        raw, out, summary = Path(place, "raw"), Path(place, "out"), Path(place, "run.json")
        raw.mkdir()
        copies_of(text, copies, raw)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        command = [sys.executable, "-m", "juanzong", "run", str(raw), "--out", str(out), "--jobs", str(jobs)]
        subprocess.run([*command, "--quiet", "--summary", str(summary)], check=True)
        seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        rows = json.loads(summary.read_text(encoding="utf-8"))["inputs"]
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Measured(copies, jobs, seconds, processor, max(r["peak_memory_mb"] for r in rows), _hash(out))


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and ".juanzong" not in p.parts):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def exponent(some: Sequence[Measured]) -> float:
    """Slope of log(processor seconds) over log(copies), by least squares, from four copies on: starting weighs little
    there, and processor seconds are the same on a machine that others use too."""
    points = [(math.log(m.copies), math.log(m.processor)) for m in some if m.copies >= 4] or [(0.0, 0.0)]
    x, y = (sum(p[i] for p in points) / len(points) for i in (0, 1))
    spread = sum((a - x) ** 2 for a, _ in points)
    return sum((a - x) * (b - y) for a, b in points) / spread if spread else 1.0


def _loop() -> None:
    for _ in range(_LOOP):
        pass


def gain_of_loops() -> float:
    """How much more two plain loops do in two processes than in one after another."""

    def seconds(at_once: int) -> float:
        start = time.perf_counter()
        some = [Process(target=_loop) for _ in range(at_once)]
        for p in some:
            p.start()
        for p in some:
            p.join()
        return time.perf_counter() - start

    return 2 * seconds(1) / seconds(2)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    options.add_argument("file", nargs="?", type=Path, default=next(iter(Path("raw").glob("*.txt")), None))
    options.add_argument("--most", type=int, default=64)
    given = options.parse_args()
    text = given.file.read_text(encoding="utf-8")
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}\n")
    print("| copies | jobs | seconds | processor s | MB a process |\n| ---: | ---: | ---: | ---: | ---: |")
    some: list[Measured] = []
    gains: list[float] = []
    copies = 1
    while copies <= given.most:
        for jobs in (1, 2):
            m = measure(text, copies, jobs)
            some.append(m)
            print(f"| {copies} | {jobs} | {m.seconds:.2f} | {m.processor:.2f} | {m.megabytes:.0f} |", flush=True)
        gains.append(gain_of_loops())
        copies *= 2
    one, two = ([m for m in some if m.jobs == jobs] for jobs in (1, 2))
    same = all(a.output == b.output for a, b in zip(one, two, strict=True))
    gain = one[-1].seconds / two[-1].seconds / gains[-1]
    print(f"\nexponents {exponent(one):.3f} (one process), {exponent(two):.3f} (two)")
    print(f"two processes gain {gain:.2f} of what two plain loops gain ({gains[-1]:.2f} times one)")
    print("bytes: " + ("the same" if same else "DIFFERENT"))
    held = max(exponent(one), exponent(two)) <= MOST_EXPONENT and gain >= LEAST_GAIN
    return int(not (same and held))


if __name__ == "__main__":
    raise SystemExit(main())
