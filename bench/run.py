"""Speed and memory on the real bundle: median of five whole processes, and the time per stage.

python bench/run.py [FILE]
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5
_AS_INSTALLED = {
    k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"
}  # an installed program has its bytecode
_STAGES = (
    "import json, sys; from pathlib import Path; from juanzong.run import run_bundle;"
    "p = Path(sys.argv[1]); r, _ = run_bundle(p, p.stem, Path(sys.argv[2])); print(json.dumps(r.seconds))"
)


def whole_process(file: Path, out: str) -> tuple[float, float, float]:
    """(wall seconds, CPU seconds, peak resident MB) of `juanzong run FILE`."""
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "juanzong.cli", "run", str(file), "--out", out, "--quiet"], env=_AS_INSTALLED
    )
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"juanzong run {file} failed")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else next(Path("raw").glob("*.txt"))
    with tempfile.TemporaryDirectory() as out:
        runs = [whole_process(file, out) for _ in range(ROUNDS)]
        stages = [
            json.loads(
                subprocess.run([sys.executable, "-c", _STAGES, str(file), out], check=True, capture_output=True).stdout
            )
            for _ in range(ROUNDS)
        ]
    wall, cpu, peak = (statistics.median(values) for values in zip(*runs, strict=True))
    print(f"{file}: median of {ROUNDS}: {wall:.2f} s wall, {cpu:.2f} s CPU, {peak:.0f} MB peak")
    for name in stages[0]:
        print(f"  {name:16s} {1000 * statistics.median(s[name] for s in stages):7.1f} ms")


if __name__ == "__main__":
    main()
