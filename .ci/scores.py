"""Scores the program on ../shared and compares the figures with the floors in .ci/floors.json.

Usage: scores.py SHARED JUANZONG [--update] [--fast] [--jobs N]. Prints every figure; exit status 1 where one is below
its floor, where a `_count` is above it, or where a case that held holds no more. `--update` raises the floors to what
is seen now (and lowers none); `--fast` leaves out the cases and the scans.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).parent / "floors.json"
SLACK = 0.0005  # figures are compared as they are printed
LEFT_OUT = {"errors_checked_count", "content_edits_count"}  # they describe, they do not judge
Figures = dict[str, float]


def run(*args: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(a) for a in args], cwd=cwd, text=True, capture_output=True)


def figures_of(text: str) -> Figures:
    """The JSON that a scorer prints, its plain figures."""
    values = json.loads(text)
    return {k: v for k, v in values.items() if isinstance(v, int | float) and k not in LEFT_OUT}


def lines_of(text: str) -> Figures:
    """What a scorer prints as `name value` lines."""
    out: Figures = {}
    for line in text.splitlines():
        name, _, value = line.partition(" ")
        try:
            out[name] = float(value)
        except ValueError:
            continue
    return {k: v for k, v in out.items() if k not in LEFT_OUT}


def score_bundle(shared: Path, tool: Path, work: Path, name: str, file: Path, gold: Path) -> Figures:
    copy = work / f"{name}{file.suffix}"
    shutil.copy(file, copy)
    done = run(tool, "run", copy.name, "--out", "out", "--quiet", cwd=work)
    if done.returncode == 2:
        return {"no_output_count": 1.0}
    out = work / "out" / name
    score = shared / "score"
    if file.suffix == ".pdf":
        result = lines_of(
            run(
                sys.executable,
                "-B",
                score / "score_text.py",
                out,
                gold,
                *(["--fuzzy"] if name.startswith("scan") else []),
            ).stdout
        )
    else:
        result = figures_of(run(sys.executable, "-B", score / "score.py", out, copy, gold, "--json").stdout)
    if (gold / "gold-quotes.jsonl").exists() and (out / "evidence.jsonl").exists():
        found = run(sys.executable, "-B", score / "score_evidence.py", out, copy, gold, "--json").stdout
        result |= {f"evidence.{k}": v for k, v in figures_of(found).items()}
    audit = run(tool, "audit", out, "--source", copy.name, cwd=work)
    result["audit_fails_count"] = float(audit.returncode != 0)
    return result


def score_all(shared: Path, tool: Path, scans: bool) -> dict[str, Figures]:
    out: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for raw in sorted((shared / "raw").glob("*.txt")):
            out[raw.stem] = score_bundle(shared, tool, work, raw.stem, raw, shared / "gold")
        for bundle in sorted((shared / "bundles").iterdir()):
            file = next((bundle / f for f in ("bundle.txt", "bundle.pdf") if (bundle / f).exists()), None)
            if file is not None and (scans or not bundle.name.startswith("scan")):
                out[bundle.name] = score_bundle(shared, tool, work, bundle.name, file, bundle / "gold")
    return out


def held_cases(shared: Path, tool: Path, jobs: int) -> list[str]:
    command = (sys.executable, "-B", shared / "score" / "cases.py", shared / "cases")
    done = run(*command, "--juanzong", tool, "--jobs", jobs, "--json")
    return sorted(name for name, faults in json.loads(done.stdout).items() if not faults)


def below(name: str, now: float, floor: float) -> bool:
    return now > floor + SLACK if name.endswith("_count") else now < floor - SLACK


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("juanzong", type=Path)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    shared, tool = args.shared.resolve(), args.juanzong.resolve()
    floors: dict[str, Any] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {"bundles": {}, "cases": []}
    faults: list[str] = []
    for name, figures in score_all(shared, tool, scans=not args.fast).items():
        print(name, " ".join(f"{k}={v:.4g}" for k, v in figures.items()))
        known = floors["bundles"].setdefault(name, {})
        for figure, floor in known.items():
            now = figures.get(figure, -1.0 if not figure.endswith("_count") else 1e9)
            if below(figure, now, floor):
                faults.append(f"{name}: {figure} is {now:.4f}, its floor {floor:.4f}")
        if args.update:
            for figure, now in figures.items():
                best = min if figure.endswith("_count") else max
                known[figure] = round(best(now, known.get(figure, now)), 4)
    if not args.fast:
        held = held_cases(shared, tool, args.jobs)
        print(f"cases: {len(held)} hold")
        faults += [f"case no longer holds: {name}" for name in floors["cases"] if name not in held]
        if args.update:
            floors["cases"] = sorted({*floors["cases"], *held})
    if args.update:
        FLOORS.write_text(json.dumps(floors, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    print(*faults, sep="\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
