"""The same bundles on a Ray cluster and at URLs: the same bytes, whatever is lost on the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from juanzong.batch.many import Plan, run_many
from juanzong.batch.mapping import map_bundle
from juanzong.batch.rows import Row
from juanzong.core.errors import JuanzongError

ROOT = Path(__file__).parent.parent / "pipeline"
NOTICE = "关于节水的通知\n\n各县：\n\n请节水{}。\n"


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six bundles, one of them empty, in raw/ of the working directory."""
    monkeypatch.chdir(tmp_path)
    Path("raw").mkdir()
    for k in range(5):
        Path(f"raw/{k}.txt").write_text(NOTICE.format("，".join(f"第{j}县" for j in range(k + 1))), encoding="utf-8")
    Path("raw/bad.txt").write_bytes(b"")
    return Path("raw")


def run(*paths: str, **options: Any) -> list[Row]:
    return run_many(Plan(paths, **{"quiet": True, **options}), lambda line, wrong: None)


def contents(folder: str) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(Path(folder).rglob("*")) if p.is_file()}


# ---- URLs


@pytest.fixture
def bucket() -> Any:
    """An empty file system in memory, that stands for any of fsspec's."""
    fsspec = pytest.importorskip("fsspec")
    fs = fsspec.filesystem("memory")
    fs.store.clear()
    yield fs
    fs.store.clear()


def at(fs: Any, folder: str) -> dict[str, bytes]:
    return {str(p)[len(folder) :]: fs.cat_file(p) for p in fs.find(folder)}


def test_bundles_at_urls_come_out_as_here(raw: Path, bucket: Any) -> None:
    for path in raw.iterdir():
        bucket.pipe_file(f"/raw/{path.name}", path.read_bytes())
    bucket.pipe_file("/raw/.DS_Store", b"x")
    bucket.pipe_file("/raw/1.decisions.jsonl", b'{"on": "finding", "decision": "accepted", "check": "c"}\n')
    os.chdir(raw)
    run(".", out="../clean", jobs=1)
    os.chdir("..")
    # one process: what is in memory here is not there
    rows = [row for k in range(5) for row in run(f"memory://raw/{k}.txt", out="memory://clean/")]
    assert [r.status for r in rows] == ["written"] * 5
    here = {f"/{k}": v for k, v in contents("clean").items() if not k.startswith(".juanzong")}
    assert at(bucket, "/clean") == here
    assert {p.name for p in raw.iterdir()} >= {"0.txt"} and rows[0].documents == 1


def test_a_url_with_an_older_output_is_replaced(raw: Path, bucket: Any) -> None:
    for text in (NOTICE.format("甲"), "松城市绿化规划\n\n绿化。\n"):
        bucket.pipe_file("/raw/a.txt", text.encode())
        assert [r.status for r in run("memory://raw", out="memory://clean")] == ["written"]
    bundle = json.loads(bucket.cat_file("/clean/a/bundle.json"))
    assert sorted(at(bucket, "/clean/a/documents")) == [f"/{d['id']}.json" for d in bundle["documents"]]


def test_resume_at_urls(raw: Path, bucket: Any) -> None:
    bucket.pipe_file("/raw/a.txt", NOTICE.encode())
    states = [run("memory://raw/a.txt", out="memory://clean", resume=True)[0].status for _ in range(2)]
    bucket.rm_file("/clean/a/bundle.json")
    states += [run("memory://raw/a.txt", out="memory://clean", resume=True)[0].status for _ in range(2)]
    assert states == ["written", "unchanged", "written", "unchanged"]


@pytest.mark.parametrize("url", ["memory://nowhere", "memory://nowhere/a.txt", "nosuch://bucket/a.txt"])
def test_a_url_that_leads_to_nothing_is_one_line(raw: Path, bucket: Any, url: str) -> None:
    with pytest.raises(JuanzongError) as told:
        run(url)
    assert url.split("://")[0] in str(told.value) and "\n" not in str(told.value)


def test_an_error_of_a_stores_own_is_one_line(raw: Path, bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As of botocore, whose errors are none of the system's: no credentials, no such region."""

    def refuse(*_: Any, **__: Any) -> None:
        raise LookupError("no credentials")

    monkeypatch.setattr(type(bucket), "isfile", refuse)
    with pytest.raises(JuanzongError, match=r"cannot be reached \(no credentials\)"):
        run("memory://raw/1.txt")


# ---- rows for other people's jobs


def test_a_bundle_as_rows(raw: Path) -> None:
    rows = map_bundle("raw/3.txt")
    document = rows[0]
    assert (document["kind"], document["type"], document["title"]) == ("document", "notice", "关于节水的通知")
    assert json.loads(document["json"])["id"] == document["id"] and document["bundle"] == "3"
    for path in ("raw/bad.txt", "raw/none.txt"):
        (bad,) = map_bundle(path)
        assert bad["kind"] == "error" and path in bad["title"] and bad.keys() == document.keys()
    (bad,) = map_bundle("raw")
    assert (bad["kind"], bad["title"].split(";")[0]) == (
        "error",
        f"raw: a folder of {len(list(raw.iterdir()))} bundles",
    )


def test_a_job_of_thousands_is_told_of_a_full_disk_in_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is raised, not even where there is no folder for temporary files."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone" / "a\0b"))
    (bad,) = map_bundle("raw/3.txt")
    assert bad["kind"] == "error" and bad["input"] == "raw/3.txt" and bad["title"].startswith("raw/3.txt: ")


# ---- Ray


def juanzong(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "juanzong", *args],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_ray_gives_the_same_bytes(raw: Path) -> None:
    pytest.importorskip("ray")
    run("raw", out="here", jobs=1)
    done = juanzong("run", "raw", "--ray", "local", "--jobs", "2", "--out", "there", "--summary", "s.json")
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("the file is empty") == 1
    assert contents("there") == contents("here")
    assert [r["status"] for r in json.loads(Path("s.json").read_bytes())["inputs"]] == ["written"] * 5 + ["failed"]


def test_no_cluster_at_the_address_is_one_line(raw: Path) -> None:
    pytest.importorskip("ray")
    done = juanzong("run", "raw", "--ray", "127.0.0.1:1")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "no cluster there" in done.stderr
