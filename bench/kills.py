"""What is left when runs are killed: always the bytes of an undisturbed run, after `--resume`.

python bench/kills.py batch|worker|ray|nodes [FILE] [--kills 40] [--bundles 24] [--seed 1]

batch   a run with `--jobs 2` is killed (-9) again and again at random moments and resumed, until it has been killed so
        often; each time it comes to its end the output is compared, and the next one begins
worker  in one run, processes that read bundles are killed; the run itself must come to its end, with all bundles
ray     as batch, with a run on a Ray cluster that stays up
nodes   two Ray nodes on this machine; one of them is killed in mid run; all bundles must come out

The bundles are pieces of FILE (by default the bundle in raw/) with other names of places (bench/scale.py). Exit status 1
where an output differs.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from scale import copies_of

_SIZE = 8_000  # characters of FILE in each bundle
_PORT = 26379  # of the first Ray node
_RAY = Path(sys.executable).with_name("ray")


def contents(folder: Path) -> dict[str, bytes]:
    """All files of the output by their paths; notes on what is done are none of it."""
    files = [p for p in folder.rglob("*") if p.is_file() and ".juanzong" not in p.parts]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


class Batch:
    """The bundles of a folder, and what an undisturbed run makes of them."""

    def __init__(self, folder: Path) -> None:
        self.raw, self.out = folder / "raw", folder / "out"
        start = time.perf_counter()
        self.start(folder / "undisturbed").wait()
        self.seconds = time.perf_counter() - start
        self.expected = contents(folder / "undisturbed")

    def start(self, out: Path, *options: str) -> subprocess.Popen[bytes]:
        """The batch, begun or gone on with."""
        command = [sys.executable, "-m", "juanzong", "run", str(self.raw), "--out", str(out), "--resume", "--quiet"]
        # Ray tells at length of every node that is lost
        return subprocess.Popen([*command, *(options or ("--jobs", "2"))], stderr=subprocess.DEVNULL)

    def same(self, how: str) -> bool:
        """Compare the output, and tell."""
        found = contents(self.out)
        wrong = [name for name in self.expected.keys() | found.keys() if self.expected.get(name) != found.get(name)]
        print(
            f"{how}: {'the same bytes' if not wrong else f'{len(wrong)} files differ: {sorted(wrong)[:3]}'}", flush=True
        )
        return not wrong


def kill_again_and_again(batch: Batch, kills: int, rng: random.Random, *options: str) -> bool:
    same, killed = True, 0
    seconds = batch.seconds
    while killed < kills:
        shutil.rmtree(batch.out, ignore_errors=True)
        here = 0
        while True:
            start = time.perf_counter()
            child = batch.start(batch.out, *options)
            try:
                code = child.wait(rng.uniform(0.1, seconds) if killed < kills else None)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
                killed, here = killed + 1, here + 1
                continue
            seconds = max(seconds, time.perf_counter() - start)  # a run on a cluster takes longer to begin
            same = batch.same(f"{here} kills, exit {code}") and same and code == 0
            break
    print(f"killed {killed} times")
    return same


def children_of(pid: int) -> list[int]:
    """The processes that a run has started."""
    try:
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def kill_workers(batch: Batch, kills: int, rng: random.Random) -> bool:
    """Now and then a worker of the run is killed: seldom enough that no bundle is hit twice."""
    child, killed = batch.start(batch.out), 0
    while child.poll() is None and killed < min(kills, 5):
        time.sleep(batch.seconds / 6)
        if workers := children_of(child.pid):
            os.kill(rng.choice(workers), signal.SIGKILL)
            killed += 1
    code = child.wait()
    return batch.same(f"{killed} workers killed, exit {code}") and code == 0 and killed > 0


def ray_node(*options: str) -> None:
    """Start a node of a Ray cluster of our own."""
    command = [str(_RAY), "start", "--num-cpus=1", "--disable-usage-stats", *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def processes(room: Path, name: str = "") -> list[int]:
    """The processes of the cluster whose sessions lie in this folder, in the order of their start."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            line = (place / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(room) in line and name in line.split("\0")[0] and place.name != str(os.getpid()):
            found.append(int(place.name))
    return sorted(found)


def on_nodes(number: int, do: Callable[[Path], bool]) -> bool:
    """`do` with a cluster of so many nodes, which is ended behind it."""
    with tempfile.TemporaryDirectory(prefix="jz", dir="/tmp", ignore_cleanup_errors=True) as place:
        room = Path(place)
        try:
            ray_node(
                "--head",
                f"--port={_PORT}",
                "--include-dashboard=false",
                "--node-ip-address=127.0.0.1",
                f"--temp-dir={room}",
            )
            for _ in range(number - 1):
                ray_node(f"--address=127.0.0.1:{_PORT}")
            return do(room)
        finally:
            for pid in processes(room):  # of this cluster; its workers end with them
                with suppress(OSError):
                    os.kill(pid, signal.SIGKILL)


def kill_a_node(batch: Batch, room: Path) -> bool:
    """One of two nodes is killed in the middle of the run; the other does the rest."""
    child = batch.start(batch.out, "--ray", f"127.0.0.1:{_PORT}")
    while child.poll() is None and len(list(batch.out.glob("*/bundle.json"))) < len(list(batch.raw.iterdir())) // 4:
        time.sleep(0.05)
    done = len(list(batch.out.glob("*/bundle.json")))
    second = processes(room, "raylet")[-1]
    os.kill(second, signal.SIGKILL)
    code = child.wait()
    return batch.same(f"one of two nodes killed after {done} bundles, exit {code}") and code == 0


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    options.add_argument("what", choices=("batch", "worker", "ray", "nodes"))
    options.add_argument("file", nargs="?", type=Path, default=next(iter(Path("raw").glob("*.txt")), None))
    options.add_argument("--kills", type=int, default=40)
    options.add_argument("--bundles", type=int, default=24)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args(arguments)
    rng = random.Random(given.seed)
    # a cluster of our own on this machine, for as long as this runs: no node of it needs to prove who it is
    os.environ |= {"RAY_AUTH_MODE": "disabled", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
    with tempfile.TemporaryDirectory() as place:
        raw = Path(place, "raw")
        raw.mkdir()
        copies_of(given.file.read_text(encoding="utf-8")[:_SIZE], given.bundles, raw)
        batch = Batch(Path(place))
        print(f"{given.bundles} bundles, {batch.seconds:.1f} s undisturbed", flush=True)
        address = ("--ray", f"127.0.0.1:{_PORT}")
        held = {
            "batch": lambda: kill_again_and_again(batch, given.kills, rng),
            "worker": lambda: kill_workers(batch, given.kills, rng),
            "ray": lambda: on_nodes(1, lambda room: kill_again_and_again(batch, given.kills, rng, *address)),
            "nodes": lambda: on_nodes(2, lambda room: kill_a_node(batch, room)),
        }[given.what]()
    return int(not held)


if __name__ == "__main__":
    raise SystemExit(main())
