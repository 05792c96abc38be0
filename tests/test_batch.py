"""Many bundles: what is read and what is left aside, what each is called, and what happens to the others."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from juanzong.batch import work
from juanzong.batch.inputs import find_inputs
from juanzong.cli import main
from juanzong.core import locks
from juanzong.core import workroom as rooms
from juanzong.core.workroom import HIDDEN, workroom
from juanzong.output.audit import audit

ROOT = Path(__file__).parent.parent / "pipeline"
NOTICE = "关于节水的通知\n\n各县：\n\n请节水{}。\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """The command line in an empty folder; gives exit code, output and error output."""
    monkeypatch.chdir(tmp_path)
    before = signal.getsignal(signal.SIGTERM)

    def call(*args: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(args))
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    yield call
    signal.signal(signal.SIGTERM, before)


def put(name: str | bytes, data: bytes | str) -> None:
    path = Path(os.fsdecode(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


def put_many(n: int, folder: str = "raw") -> None:
    for k in range(n):
        put(f"{folder}/{k:02}.txt", NOTICE.format("，".join(f"第{k}县{j}月" for j in range(1 + k % 5))))


def contents(folder: str | Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(Path(folder).rglob("*")) if p.is_file()}


def rows(file: str = "s.json") -> dict[str, Any]:
    return {r["id"]: r for r in json.loads(Path(file).read_bytes())["inputs"]}


# ---- what is read


LEFT_ASIDE = [
    ".DS_Store",
    ".gitignore",
    "~$报告.docx",
    ".~lock.a.docx#",
    "desktop.ini",
    "Thumbs.db",
    "a.decisions.jsonl",
]


def test_folders_are_walked_and_what_is_no_bundle_is_left_aside_and_told(run: Run) -> None:
    put("raw/a.txt", NOTICE)
    put("raw/县/二/b.txt", NOTICE)
    put("raw/县/__MACOSX/c.txt", NOTICE)
    for name in LEFT_ASIDE:
        put(f"raw/{name}", "")
    code, _out, err = run("run", "raw", "--recursive", "--summary", "s.json")
    assert (code, sorted(rows())) == (0, ["a", "b"])
    assert err.count("\n") == 2  # what was left aside, and the last line of the progress
    assert f"left aside {len(LEFT_ASIDE) + 1} in the folders given" in err
    assert sorted(json.loads(Path("s.json").read_bytes())["left_aside"]) == sorted(
        ["raw/县/__MACOSX", *(f"raw/{n}" for n in LEFT_ASIDE)]
    )


def test_folders_inside_are_read_when_asked_for_only(run: Run) -> None:
    put("raw/a.txt", NOTICE)
    put("raw/县/b.txt", NOTICE)
    code, out, err = run("run", "raw")
    assert (code, "raw/县/" in err, "--recursive" in err, "clean/b" in out) == (0, True, True, False)
    put("only/县/b.txt", NOTICE)
    code, _, err = run("run", "only")
    assert (code, "--recursive" in err, err.count("\n")) == (2, True, 1)


def test_the_output_is_no_input_of_the_next_run(run: Run) -> None:
    put("a.txt", NOTICE)
    for _ in range(2):
        assert run("run", ".", "--recursive")[0] == 0
    assert [p.name for p in Path("clean").glob("[!.]*")] == ["a"]


def test_links_in_circles_end(run: Run) -> None:
    put("raw/a.txt", NOTICE)
    Path("raw/again").symlink_to(Path.cwd() / "raw", target_is_directory=True)
    assert run("run", "raw", "--recursive", "--quiet")[0] == 0


def test_links_to_nowhere_are_told(run: Run) -> None:
    put("raw/a.txt", NOTICE)
    Path("raw/b.txt").symlink_to("gone.txt")
    Path("raw/c.txt").symlink_to("c.txt")
    code, out, err = run("run", "raw", "--quiet")
    told = [line for line in err.splitlines() if "no such file" in line]
    assert (code, [t.split(":")[1].strip() for t in told]) == (2, ["raw/b.txt", "raw/c.txt"])
    assert (out, Path("clean/a/bundle.json").exists()) == ("", True)


def test_one_of_many_that_is_not_there_does_not_stop_the_others(run: Run) -> None:
    put("raw/a.txt", NOTICE)
    put("list", "raw/gone.txt\n\nraw/a.txt\nraw/a.txt\n")
    code, out, err = run("run", "@list", "--summary", "s.json")
    assert (code, out.count("\n"), "raw/gone.txt: no such file" in err) == (2, 1, True)
    assert [(k, r["status"]) for k, r in rows().items()] == [("gone", "failed"), ("a", "written")]
    put("empty", "\n \n")
    code, _, err = run("run", "@empty")
    assert (code, "lists no paths" in err) == (2, True)


def test_an_empty_name_for_the_output_is_refused(run: Run) -> None:
    put("raw/a.txt", NOTICE)
    assert run("run", "raw", "--out", "")[0] == 2
    assert [p.name for p in Path().iterdir()] == ["raw"]


# ---- what each is called


@pytest.mark.parametrize(
    "names",
    [
        ["a.txt", "a.md"],
        ["a.txt", "a.md", "a-md.txt"],
        ["a.txt", "A.TXT"],
        ["x/a.txt", "y/a.txt", "a.txt"],
        ["x/a.txt", "x/a.md", "y/a.txt", "a-txt.md", "b"],
        ["é.txt", "e\u0301.txt"],
    ],
)
def test_ids_are_apart_and_do_not_depend_on_the_order(run: Run, names: list[str]) -> None:
    for name in names:
        put(name, NOTICE)
    found = [
        {b.path.as_posix(): b.id for b in find_inputs([Path(n) for n in order], out=Path("clean")).bundles}
        for order in itertools.permutations(names)
    ]
    assert all(f == found[0] for f in found)
    assert len({i.casefold() for i in found[0].values()}) == len(names)
    assert all(i.startswith(Path(n).stem) for n, i in found[0].items())


def test_an_input_named_twice_is_one(run: Run) -> None:
    put("raw/a.txt", NOTICE)
    assert run("run", "raw/a.txt", "raw", "raw/../raw/a.txt", "--summary", "s.json")[0] == 0
    assert list(rows()) == ["a"]


@pytest.mark.parametrize("letters", [80, 83])
def test_long_names_keep_their_decisions(run: Run, letters: int) -> None:
    stem = "证" * letters
    put(f"raw/{stem}.txt", NOTICE)
    put("raw/b.txt", NOTICE)
    for _ in range(2):  # the second time over an output that is there
        assert run("run", "raw", "--summary", "s.json", "--quiet")[0] == 0
    ((long_id, row),) = ((i, r) for i, r in rows().items() if i != "b")
    assert row["status"] == "written" and long_id.startswith("证" * 70)
    assert audit(Path("clean") / long_id, Path(f"raw/{stem}.txt")).faults == []


def test_names_that_are_not_utf_8(run: Run) -> None:
    names = ["关于节水的通知.txt".encode("gbk"), b"\xff\xfe.txt"]
    for name in names:
        put(b"raw/" + name, NOTICE)
    code, _out, err = run("run", "raw", "--summary", "s.json")
    assert (code, sorted(rows())) == (0, ["%FF%FE", "关于节水的通知"])
    assert audit(Path("clean/关于节水的通知"), Path(os.fsdecode(b"raw/" + names[0]))).faults == []
    assert audit(Path("clean/关于节水的通知")).faults == []
    put(b"raw/" + "空".encode("gbk") + b".txt", "")
    code, _, err = run("run", "raw")
    assert (code, "raw/空.txt: the file is empty" in err) == (2, True)


def test_a_name_with_a_line_end_leads_back_to_its_file(run: Run) -> None:
    put("raw/a\nb.txt", NOTICE)
    assert run("run", "raw", "--quiet")[0] == 0
    assert run("audit", "clean/a?b")[0] == 0
    assert run("report", "clean/a?b", "-o", "a.html")[0] == 0


def test_the_output_follows_the_umask(run: Run) -> None:
    put("raw/a.txt", NOTICE)
    old = os.umask(0o027)
    try:
        assert run("run", "raw")[0] == 0
    finally:
        os.umask(old)
    modes = {oct(p.stat().st_mode & 0o777) for p in [Path("clean/a"), *Path("clean/a").rglob("*")]}
    assert modes == {"0o750", "0o640"}


# ---- what befalls one does not befall the others


def test_a_table_of_all_inputs(run: Run) -> None:
    put_many(3)
    put("raw/bad.txt", b"")
    code, out, _err = run("run", "raw", "--summary", "t/s.json")
    table = json.loads(Path("t/s.json").read_bytes())
    assert code == 2 and [r["id"] for r in table["inputs"]] == ["00", "01", "02", "bad"]
    good, bad = table["inputs"][0], table["inputs"][-1]
    assert (good["input"], good["status"], good["documents"]) == ("raw/00.txt", "written", 1)
    assert good["characters"] == len(Path("raw/00.txt").read_text(encoding="utf-8"))
    assert good["seconds"] > 0 and good["peak_memory_mb"] > 10 and set(good["findings"]) == {"error", "warning", "info"}
    assert bad["status"] == "failed" and "the file is empty" in bad["error"]
    assert table["totals"]["written"] == 3 and table["totals"]["failed"] == 1
    assert [line.split(":")[0] for line in out.splitlines()] == ["clean/00", "clean/01", "clean/02"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_program_fails_on_one_bundle(run: Run, monkeypatch: pytest.MonkeyPatch, jobs: str) -> None:
    put_many(4)

    def broken(path: Path, *args: object, **options: object) -> Any:
        if path.stem == "01":
            raise ZeroDivisionError("of this test")
        if path.stem == "02":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(path, *args, **options)  # type: ignore[arg-type]

    import juanzong.run

    real = juanzong.run.run_bundle
    monkeypatch.setattr(juanzong.run, "run_bundle", broken)
    code, _out, err = run("run", "raw", "--jobs", jobs, "--summary", "s.json")
    told = [line for line in err.splitlines() if line.startswith("juanzong: raw/")]
    assert code == 2 and [line[:20] for line in told] == ["juanzong: raw/01.txt", "juanzong: raw/02.txt"]
    assert "ZeroDivisionError" in told[0] and "SIGKILL" in told[1] and "Traceback" not in err
    assert [rows()[i]["status"] for i in ("00", "01", "02", "03")] == ["written", "failed", "failed", "written"]


@pytest.mark.parametrize(("name", "module", "extra"), [("a.xlsx", "openpyxl", "office"), ("a.png", "rapidocr", "ocr")])
def test_a_missing_extra_is_one_line_and_the_others_go_on(
    run: Run, monkeypatch: pytest.MonkeyPatch, fixtures: Path, name: str, module: str, extra: str
) -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    put(f"raw/{name}", book.getvalue() if extra == "office" else (fixtures / "read/page.png").read_bytes())
    put("raw/b.txt", NOTICE)
    monkeypatch.setitem(sys.modules, module, None)
    code, _, told = run("run", "raw", "--jobs", "1")
    assert code == 2 and Path("clean/b/bundle.json").exists()
    (line,) = (line for line in told.splitlines() if "install" in line)
    assert line.startswith(f"juanzong: raw/{name}: ") and line.endswith(f"pip install juanzong[{extra}]")


def test_debug_tells_where_the_program_failed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.txt", NOTICE)
    monkeypatch.setattr(work, "do_here", lambda task: 1 // 0)
    code, _, err = run("--debug", "run", "a.txt")
    assert (code, "Traceback" in err) == (2, True)
    code, _, err = run("run", "a.txt")
    assert (code, err.count("\n")) == (2, 1)


def test_the_number_of_processes_changes_no_byte(run: Run) -> None:
    put_many(7)
    put("raw/bad.txt", b"\xff\xfe")
    outs = []
    for jobs in ("1", "2", "5"):
        code, out, _err = run("run", "raw", "--jobs", jobs, "--out", f"o{jobs}")
        assert code == 2
        outs.append((contents(f"o{jobs}"), out.replace(f"o{jobs}", "o")))
    assert outs[0] == outs[1] == outs[2]


# ---- runs that go on


def test_resume_skips_what_is_there_and_unchanged(run: Run) -> None:
    put_many(4)
    assert run("run", "raw", "--quiet")[0] == 0
    first = contents("clean")
    put("raw/01.txt", NOTICE.format("啊"))
    put("raw/02.decisions.jsonl", "")
    Path("clean/03/edits.jsonl").unlink()
    _code, out, _ = run("run", "raw", "--resume", "--summary", "s.json")
    assert [r["status"] for r in rows().values()] == ["unchanged", "written", "written", "written"]
    assert rows()["00"]["documents"] == 1 and "unchanged" in out.splitlines()[0]
    assert contents("clean/03") == {k[3:]: v for k, v in first.items() if k.startswith("03/")}
    assert run("run", "raw", "--resume", "--second-reader", "tesseract", "--summary", "s.json")[0] == 0
    assert {r["status"] for r in rows().values()} == {"written"}


@pytest.mark.parametrize("back", [True, False])
def test_what_changed_while_it_was_read_is_done_again(run: Run, monkeypatch: pytest.MonkeyPatch, back: bool) -> None:
    """The note on what is done is of what was there before; the output is of what was read."""
    from juanzong.read import text

    first, second = NOTICE.format("甲"), NOTICE.format("乙")
    put("raw/a.txt", first)
    put("raw/b.txt", first)
    real = text.read_text_source

    def replaced(path: Path, *args: Any) -> Any:
        put("raw/a.txt", second)
        source = real(path, *args)
        put("raw/a.txt", first if back else second)
        return source

    with monkeypatch.context() as m:
        m.setattr(text, "read_text_source", replaced)
        assert run("run", "raw", "--quiet", "--jobs", "1")[0] == 0
    assert run("run", "raw", "--resume", "--jobs", "1", "--summary", "s.json")[0] == 0
    assert [r["status"] for r in rows().values()] == ["written", "unchanged"]
    assert run("audit", "clean/a", "--again")[0] == 0


def start(*args: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "juanzong", "run", *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def children_of(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_a_killed_batch_goes_on_to_the_same_bytes(run: Run, how: signal.Signals) -> None:
    put_many(24)
    assert run("run", "raw", "--quiet", "--out", "whole")[0] == 0
    dice = random.Random(how)
    for _ in range(2):
        with start("raw", "--jobs", "2", "--resume", "--quiet") as process:
            time.sleep(0.25 + dice.random() * 0.4)
            workers = children_of(process.pid)
            process.send_signal(how)
            process.wait(timeout=20)
        deadline = time.monotonic() + 5
        while any(Path(f"/proc/{w}").exists() for w in workers) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not any(Path(f"/proc/{w}").exists() for w in workers)  # nobody works on behind our back
    assert run("run", "raw", "--resume", "--quiet")[0] == 0
    assert contents("clean") == contents("whole")


def test_a_worker_that_is_killed_costs_only_time(run: Run) -> None:
    put_many(12)
    assert run("run", "raw", "--quiet", "--out", "whole")[0] == 0
    with start("raw", "--jobs", "2", "--quiet") as process:
        workers: list[int] = []
        while not workers and process.poll() is None:
            workers = children_of(process.pid)
        os.kill(workers[0], signal.SIGKILL)
        assert process.wait(timeout=60) == 0
    assert contents("clean") == contents("whole")


def test_what_a_killed_run_leaves_is_cleared_and_never_added_to_git(tmp_path: Path) -> None:
    script = "import os,sys,signal; from pathlib import Path; from juanzong.core.workroom import workroom\n"
    script += "with workroom(Path(sys.argv[1])) as room:\n"
    script += " (room/'old').mkdir(); os.rename(Path(sys.argv[1])/'a', room/'old'/'a'); os.kill(os.getpid(), 9)"
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "bundle.json").write_text("{}")
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], env={**os.environ, "PYTHONPATH": str(ROOT)})
    left = [p.name for p in (tmp_path / HIDDEN).iterdir() if p.is_dir()]
    assert len(left) == 1
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    told = subprocess.run(["git", "status", "--porcelain", "-uall"], cwd=tmp_path, capture_output=True, check=True)
    assert told.stdout == b""
    with workroom(tmp_path):
        assert left[0] not in [p.name for p in (tmp_path / HIDDEN).iterdir()]
    assert [p.name for p in tmp_path.glob("*") if p.name != ".git"] == ["a"]  # the output that was moved aside is back


def test_a_room_in_use_is_left_alone(tmp_path: Path) -> None:
    with workroom(tmp_path) as one, workroom(tmp_path) as two:
        assert one.is_dir() and two.is_dir() and one != two
    assert list(tmp_path.iterdir()) == []


def test_a_room_that_is_taken_away_while_it_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold = rooms.hold

    def taken(path: Path) -> int | None:
        if path.parent == other:
            shutil.rmtree(other)
        return hold(path)

    monkeypatch.setattr(rooms, "hold", taken)
    other = tmp_path / HIDDEN / "w-other"
    other.mkdir(parents=True)
    (other / "lock").touch()
    with workroom(tmp_path) as room:
        assert room.is_dir() and not other.exists()


def test_a_hidden_folder_that_is_taken_away_meanwhile_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process may leave it, the last one in it, between any two steps: each such moment, one after another."""
    home, mkdir, flock = tmp_path / HIDDEN, Path.mkdir, locks._lock
    moments = ["before it is looked at", "before it is opened", "while its lock is waited for"]

    def make(path: Path, *args: Any, **options: Any) -> None:
        if path == home and moments[:1] == ["before it is looked at"]:
            moments.pop(0)
            raise FileExistsError(17, "File exists")  # what pathlib raises where it is gone when it looks
        mkdir(path, *args, **options)
        if path == home and moments[:1] == ["before it is opened"]:
            moments.pop(0)
            path.rmdir()

    def lock(handle: int, *, wait: bool) -> None:
        if wait and moments[:1] == ["while its lock is waited for"]:
            moments.pop(0)
            home.rmdir()
            mkdir(home)  # a third process has made it anew: this lock is nobody's
        flock(handle, wait=wait)

    monkeypatch.setattr(Path, "mkdir", make)
    monkeypatch.setattr(locks, "_lock", lock)
    with workroom(tmp_path) as room:
        assert room.is_dir()
        with pytest.raises(BlockingIOError), locks.locked(home):  # the home is free again, the room's own lock is held
            locks._lock(os.open(room / "lock", os.O_RDWR), wait=False)
    assert moments == [] and list(tmp_path.iterdir()) == []


def test_a_folder_in_which_none_can_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in /proc, which says of a new folder that there is none of that name."""
    monkeypatch.setattr(Path, "mkdir", lambda path, **_: (tmp_path / "gone" / "x").open())
    with pytest.raises(FileNotFoundError), workroom(tmp_path):
        pass


def test_a_file_in_the_place_of_the_hidden_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / HIDDEN).write_text("")
    with pytest.raises(FileExistsError), workroom(tmp_path):
        pass


# ---- input is read once


def test_a_pipe_is_read_whole(run: Run) -> None:
    text = NOTICE.format("，".join(f"第{k}县" for k in range(3000)))
    put("a.txt", text)
    os.mkfifo("pipe")
    with subprocess.Popen(["cat", "a.txt"], stdout=subprocess.PIPE) as cat:
        done = subprocess.run(
            [sys.executable, "-m", "juanzong", "run", "/dev/stdin", "--out", "o"],
            stdin=cat.stdout,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    with subprocess.Popen(["sh", "-c", "cat a.txt > pipe"]):
        code, *_ = run("run", "pipe", "--out", "o")
    assert (done.returncode, code) == (0, 0)
    for name in ("stdin", "pipe"):
        assert Path(f"o/{name}/source.txt").read_text(encoding="utf-8") == text
        assert audit(Path("o") / name, Path("a.txt")).faults == []


def test_a_file_given_as_standard_input_is_kept_as_a_pipe_is(run: Run) -> None:
    put("a.txt", NOTICE)
    with open("a.txt", "rb") as file:
        subprocess.run(
            [sys.executable, "-m", "juanzong", "run", "/dev/stdin", "--out", "o"],
            stdin=file,
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    assert Path("o/stdin/source.txt").read_text(encoding="utf-8") == NOTICE


def test_a_device_without_end_is_refused(run: Run) -> None:
    code, _, err = run("run", "/dev/zero")
    assert (code, "a device" in err, err.count("\n")) == (2, True, 1)
    code, _, err = run("run", "/dev/null")
    assert (code, err.count("\n")) == (2, 1)


def test_what_is_put_in_its_place_meanwhile_is_not_attested(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import hashlib

    from juanzong.read import html

    first, second = (f"<html><body><p>关于节水的通知</p><p>{x}</p></body></html>" for x in ("甲" * 9, "乙" * 9))
    put("a.html", first)
    real = html.read_html

    def replaced(path: Path, *args: Any) -> Any:
        put("a.html", second)
        return real(path, *args)

    monkeypatch.setattr(html, "read_html", replaced)
    assert run("run", "a.html")[0] == 0
    bundle = json.loads(Path("clean/a/bundle.json").read_bytes())
    assert bundle["sources"][0]["sha256"] == hashlib.sha256(first.encode()).hexdigest()
    assert "甲甲" in Path("clean/a/source.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit of sizes")
def test_a_full_folder_of_temporary_files_is_named(run: Run) -> None:
    import resource

    put("a.html", "<html><body><p>关于节水的通知</p></body></html>")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    try:
        code, _, err = run("run", "a.html")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert code == 2 and err.startswith("juanzong: a.html: no room for a copy in ") and err.count("\n") == 1


def test_decisions_with_a_byte_order_mark_are_read(run: Run) -> None:
    put("raw/a.txt", NOTICE)
    put("raw/a.decisions.jsonl", b"\xef\xbb\xbf" + b'{"on": "finding", "decision": "accepted", "check": "c"}\n')
    assert run("run", "raw")[0] == 0
