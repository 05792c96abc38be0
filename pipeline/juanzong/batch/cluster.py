"""Bundles on a Ray cluster: Ray distributes them, tries lost ones again and holds back what no worker is free for."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from juanzong.batch.rows import Row
from juanzong.batch.work import Task, do
from juanzong.core.errors import JuanzongError

LOCAL = "local"
_TRIES = 3  # of a task whose node or process was lost, beyond the first
_PATIENCE = 10.0  # seconds for a node to answer
_WAITING = 2  # tasks in flight for each processor: enough that none idles, few enough that the queue stays short


def on_ray(tasks: Sequence[Task], address: str, jobs: int | None) -> Iterator[tuple[int, Row]]:
    """(place in `tasks`, row) as they are finished, by a cluster at `address` or one that is started here (`local`, of
    `jobs` processes). All nodes must see the inputs and the output under the same paths, or both are URLs. Raises
    JuanzongError where Ray is not installed or the cluster cannot be reached."""
    ray = _connected(address, jobs)
    try:
        here = Path.cwd()
        work = ray.remote(num_cpus=1, max_retries=_TRIES)(_do)
        most = max(2, _WAITING * int(ray.cluster_resources().get("CPU", 1)))
        todo = iter(enumerate(tasks))
        flying: dict[Any, int] = {}
        while True:
            for k, task in todo:
                flying[work.remote(task, here)] = k
                if len(flying) >= most:
                    break
            if not flying:
                return
            (done, *_), _ = ray.wait(list(flying), num_returns=1)
            k = flying.pop(done)
            try:
                row = ray.get(done)
            except ray.exceptions.RayError as error:
                row = tasks[k].row(
                    "failed", f"{tasks[k].path}: its process was lost {_TRIES + 1} times ({_first(error)})"
                )
            yield k, row
    finally:
        ray.shutdown()


def _connected(address: str, jobs: int | None) -> Any:
    try:
        import ray
    except ImportError:
        raise JuanzongError("--ray needs Ray; install it: pip install 'juanzong[ray]'") from None
    if address != LOCAL:
        _probe(address)
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR", "configure_logging": False}
    try:
        if address == LOCAL:
            ray.init(address="local", num_cpus=jobs, include_dashboard=False, **quiet)
        else:
            ray.init(address=address, **quiet)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise JuanzongError(
            f"--ray {address}: no cluster there ({_first(error)}); give its address, or `local`"
        ) from None
    return ray


def _probe(address: str) -> None:
    """Raises JuanzongError where nobody listens: Ray itself would try for minutes. Addresses without a port are Ray's."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not port.isdecimal():
        return
    try:
        socket.create_connection((host, int(port)), timeout=_PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise JuanzongError(
            f"--ray {address}: no cluster there ({_first(error)}); give its address, or `local`"
        ) from None


def _do(task: Task, folder: Path) -> Row:
    """On a worker: relative paths count from the folder that the run was started in."""
    if folder.is_dir():
        os.chdir(folder)
    return do(task)


def _first(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
