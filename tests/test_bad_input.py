"""What people give it by mistake, and what befalls a run: one clear line, the right exit code, nothing half-written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from juanzong.cli import main
from juanzong.core.errors import JuanzongError
from juanzong.emit import files as emit_files
from juanzong.output.audit import audit
from juanzong.stages.characters.clean import LONGEST

ROOT = Path(__file__).parent.parent
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in an empty folder; gives exit code, output and error output."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(args))
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return call


def put(name: str, data: bytes | str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(data.encode() if isinstance(data, str) else data)


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n\t\n\r\n", "no text in it"),
    "binary": (random.Random(7).randbytes(3000), "not a text file"),
    "program": (b"\x7fELF\x02\x01\x01" + bytes(400), "not a text file"),
    "undecodable": (b"\xff" * 40 + "第一章 总则\n".encode(), "too many bytes that are no text"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_text_is_refused_in_one_line(run: Run, name: str) -> None:
    data, words = REFUSED[name]
    put("raw/a.txt", data)
    code, _, err = run("run", "raw/a.txt")
    assert code == 2
    assert words in err
    assert err.count("\n") == 1
    assert not Path("clean").exists()


@pytest.mark.parametrize(
    ("path", "words"), [("none.txt", "none.txt: no such file"), ("empty", "no files in it"), ("", "an empty path")]
)
def test_a_path_that_leads_to_nothing(run: Run, path: str, words: str) -> None:
    Path("empty").mkdir()
    code, _, err = run("run", path)
    assert (code, words in err, err.count("\n")) == (2, True, 1)


def test_usage_errors_exit_2(run: Run) -> None:
    assert run("run")[0] == 2
    assert run("run", "--colour", "red")[0] == 2
    assert run("walk")[0] == 2
    assert run("audit", "nowhere")[0] == 2


def test_a_folder_that_cannot_be_listed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put("raw/a.txt", "通知\n")

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    code, _, err = run("run", "raw")
    assert (code, "cannot be listed" in err) == (2, True)


def test_text_that_is_no_document_is_kept_and_told(run: Run) -> None:
    put("raw/a.txt", "没有标题的一段话，不是任何文件。\n")
    assert run("run", "raw/a.txt")[0] == 0
    assert run("run", "raw/a.txt", "--fail-on", "warning")[0] == 1
    assert audit(Path("clean/a")).faults == []
    assert "untyped-document" in Path("clean/a/findings.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["12", "甲乙丙丁\n\n春眠不觉晓\n\n12345\n", "目\0标：节约用水\n", "目 录\n"])
def test_odd_text_comes_out_whole(run: Run, text: str) -> None:
    put("raw/a.txt", text)
    assert run("run", "raw/a.txt")[0] == 0
    assert audit(Path("clean/a")).faults == []


def test_debug_shows_the_traceback(run: Run) -> None:
    with pytest.raises(JuanzongError):
        main(["--debug", "run", "nowhere.txt"])


@pytest.mark.parametrize("style", ["paragraph", "markdown", "printed"])
@pytest.mark.parametrize("share", [0.1, 0.31, 0.52, 0.64, 0.85])
def test_a_file_cut_off_anywhere_keeps_the_law(run: Run, fixtures: Path, style: str, share: float) -> None:
    text = (fixtures / f"{style}.txt").read_text(encoding="utf-8")
    put("raw/a.txt", text[: int(len(text) * share)])
    assert run("run", "raw/a.txt")[0] == 0
    assert audit(Path("clean/a")).faults == []


def test_a_table_cut_off_in_a_tag(run: Run, fixtures: Path) -> None:
    text = (fixtures / "markdown.txt").read_text(encoding="utf-8")
    at = text.index("<td>", text.index("<table>") + 40)
    for end in (at + 2, at + 6, text.index("</tr>") + 3):
        put("raw/a.txt", text[:end])
        assert run("run", "raw/a.txt")[0] == 0
        assert audit(Path("clean/a")).faults == []


def test_nul_characters_are_kept_and_told(run: Run, fixtures: Path) -> None:
    text = (fixtures / "paragraph.txt").read_text(encoding="utf-8")
    put("raw/a.txt", text.replace("水利建设业", "水利\0建设业"))
    assert run("run", "raw/a.txt")[0] == 0
    assert audit(Path("clean/a")).faults == []
    assert "nul-characters" in Path("clean/a/findings.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("piece", ["绿", "绿\t", "第一章 总则。第一条 为了节水，"])
def test_a_line_of_ten_million_characters(run: Run, piece: str) -> None:
    put("raw/a.txt", "松城市绿化方案\n\n" + piece * (10_000_000 // len(piece)) + "\n")
    assert run("run", "raw/a.txt", "--fail-on", "warning")[0] == 1
    assert "line-too-long" in Path("clean/a/findings.jsonl").read_text(encoding="utf-8")


# Just short of what is left as it is: it must end, however many changes it needs.
@pytest.mark.parametrize(
    "piece", ["节 水，工程 (甲),乙 **丁** 。第2章", "第一章 总则。第一条 为了节水，", "序号\t名称\t12 万元\t"]
)
def test_one_long_line(run: Run, piece: str) -> None:
    put("raw/a.txt", piece * (LONGEST // 4 // len(piece)))
    assert run("run", "raw/a.txt")[0] == 0
    assert audit(Path("clean/a")).faults == []


# Shorter, of signs that many patterns take any number of, where a pattern might try each way to part them.
@pytest.mark.parametrize("piece", ["编号1" + "*" * 3000 + "甲", "2021" + "\t" * 6000 + "1", "* " * 1500, "（" * 3000])
def test_a_run_of_signs_ends_soon(run: Run, piece: str) -> None:
    put("raw/a.txt", f"关于节水的通知\n\n各县：\n\n{piece}\n\n请节水。\n")
    before = time.process_time()
    assert run("run", "raw/a.txt", "--fail-on", "error")[0] == 0
    assert time.process_time() - before < 5
    assert audit(Path("clean/a")).faults == []


@pytest.mark.parametrize(("args", "code"), [(("run", "raw/a.txt"), 0), (("run", "nothing.txt"), 2)])
@pytest.mark.parametrize("closed", [(1,), (0, 1, 2)])
def test_a_closed_output_is_no_error(run: Run, args: tuple[str, ...], code: int, closed: tuple[int, ...]) -> None:
    put("raw/a.txt", NOTICE)
    ended = subprocess.run(
        [sys.executable, "-m", "juanzong", *args],
        stderr=subprocess.PIPE if 2 not in closed else None,
        env={**os.environ, "PYTHONPATH": str(ROOT / "pipeline")},
        preexec_fn=lambda: [os.close(n) for n in closed],
        check=False,
    )
    assert ended.returncode == code
    assert b"Traceback" not in (ended.stderr or b"")
    assert code or audit(Path("clean/a")).faults == []


def test_one_bad_file_does_not_stop_the_others(run: Run, fixtures: Path) -> None:
    put("raw/bad.txt", b"")
    put("raw/good.txt", (fixtures / "paragraph.txt").read_bytes())
    code, out, err = run("run", "raw")
    assert code == 2
    assert "bad.txt: the file is empty" in err
    assert "good" in out
    assert [p.name for p in Path("clean").glob("[!.]*")] == ["good"]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_refused_file_leaves_the_previous_output(run: Run, fixtures: Path) -> None:
    put("raw/a.txt", (fixtures / "paragraph.txt").read_bytes())
    assert run("run", "raw/a.txt")[0] == 0
    before = contents(Path("clean"))
    put("raw/a.txt", bytes(range(256)) * 9)
    assert run("run", "raw/a.txt")[0] == 2
    assert contents(Path("clean")) == before


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("file", [0, 3, 9])
def test_what_stops_a_run_while_it_writes_leaves_the_previous_output(
    run: Run, fixtures: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, file: int
) -> None:
    put("raw/a.txt", (fixtures / "paragraph.txt").read_bytes())
    assert run("run", "raw/a.txt")[0] == 0
    before = contents(Path("clean"))
    put("raw/a.txt", (fixtures / "markdown.txt").read_bytes())
    write, written = Path.write_bytes, 0

    def stop(path: Path, data: bytes) -> int:
        nonlocal written
        written += 1
        if written > file:
            raise error
        return write(path, data)

    monkeypatch.setattr(emit_files.Path, "write_bytes", stop)
    assert run("run", "raw/a.txt")[0] in (2, 130)
    assert contents(Path("clean")) == before


# Stops inside write_folder after `n` files, and waits to be killed.
_SLOW = """
import sys, time
from pathlib import Path
write, n = Path.write_bytes, 0
def slow(path, data):
    global n
    n += 1
    if n == 4:
        print("writing", flush=True)
        time.sleep(60)
    return write(path, data)
Path.write_bytes = slow
from juanzong.cli import main
main(["run", "raw/a.txt"])
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_killed_run_leaves_the_previous_output(run: Run, fixtures: Path, how: signal.Signals) -> None:
    put("raw/a.txt", (fixtures / "paragraph.txt").read_bytes())
    assert run("run", "raw/a.txt")[0] == 0
    before = contents(Path("clean/a"))
    put("raw/a.txt", (fixtures / "printed.txt").read_bytes())
    with subprocess.Popen(
        [sys.executable, "-c", _SLOW],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # what a shell starts with `&` ignores it
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        process.send_signal(how)
        process.wait(timeout=20)
    assert process.returncode != 0
    assert contents(Path("clean/a")) == before
    # The next run is not held up by what the killed one left.
    assert run("run", "raw/a.txt")[0] == 0
    assert audit(Path("clean/a")).faults == []
    assert contents(Path("clean/a")) != before


@pytest.mark.parametrize("exchange", [True, False])
def test_the_new_output_takes_the_place_of_the_old(
    run: Run, fixtures: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    if not exchange:  # as on systems that cannot let two folders change places
        monkeypatch.setattr(emit_files, "_exchange", lambda one, other: False)
    for style in ("paragraph", "printed"):
        put("raw/a.txt", (fixtures / f"{style}.txt").read_bytes())
        assert run("run", "raw/a.txt")[0] == 0
    assert audit(Path("clean/a")).faults == []
    assert [p.name for p in Path("clean").iterdir()] == ["a"]


def test_a_folder_that_cannot_be_moved_stays(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path("clean/a")
    old = '{"schema_version": "2", "id": "a", "documents": []}'
    emit_files.write_folder(folder, {"bundle.json": old})

    def fail(path: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(emit_files, "_exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="No space"):
        emit_files.write_folder(folder, {"bundle.json": "new", "documents/x.json": "{}"})
    assert contents(Path("clean")) == {"a/bundle.json": old.encode()}


@pytest.mark.parametrize(
    "text",
    [
        "目录\n第一章 总则……1\n",
        "目录\n第一章 总则 1\n第二章 规划 3\n第三章 附则 8\n",
        "用水设施的规划、建设和保护，再生水纳入水资源的统一配置、水污染\n&nbsp;\n排放总量的分配等措施促进\n建成示范单位四十家。资金\n,",
        "                           理  盾\n---\n                           号\n\n\n，",
        "绿道方案\n\n**图1 分布图**\n\n布局如图。\n\n**表1 任务表**\n\n|区|里程|\n|--|--|\n|甲|2|\n\n**图2 的\n",
        "；\n图1能、",
        "&nbsp;\n前  言",
        "目录\n<table><tr><td>序号</td><td>名称</td></tr><tr><td></td><td></td></tr></table>\n松城市绿化规划\n正文。\n",
        "松城市绿化方案\n<table><tr><td></td></tr></table>\n\n<table><tr><td></td></tr></table>\n",
        "松城市绿化方案\u00a0—12\n正文。\n松城市绿化方案\u00a0—13\n",
        "绿道统计\n\n[^1]\f。\f",
        "关于绿化的通知\n\n各县：\n\n" + "** " * 40 + "\n",
        "绿道方案\n\n<b>近期。</b>到2025年建成。\n\n<strong>远期。</strong><b>到2035年</b>成网。\n",
        "绿道方案\n\n** 近期。** 到2025年建成。\n\n**远期 **\n\n** 保障 **\n",
        "⽬录\n1.《东⼭县关于印发绿道⽅案的通知》东2022〕8号\n\n东⼭县关于印发绿道⽅案的通知(\n\n各镇：\n",
    ],
    ids=[
        "a contents entry alone",
        "a contents list alone",
        "a blank sign alone in a line",
        "a rule in printed columns",
        "bold captions",
        "a figure's caption with a sign behind it",
        "a blank sign alone before a title",
        "a contents table with an empty row",
        "empty tables",
        "blanks that are no spaces",
        "a note's mark alone before a page's end",
        "bold marks round nothing",
        "bold leads in tags",
        "bold marks with blanks inside",
        "a title mended on the word of a name in another script of the font",
    ],
)
def test_odd_text_is_read_and_nothing_is_lost(run: Run, text: str) -> None:
    put("raw/a.txt", text)
    assert run("run", "raw/a.txt", "--fail-on", "error")[0] == 0
    assert audit(Path("clean/a")).faults == []


NOTICE = "关于节水的通知\n\n各县：\n\n请节水。\n"


def tree_of(folder: str) -> dict[str, bytes]:
    return {p.as_posix(): p.read_bytes() for p in sorted(Path(folder).rglob("*")) if p.is_file()}


@pytest.mark.parametrize(
    "args",
    [
        ("run", "--one", "scans", "--out", "."),
        ("run", "in/a.txt", "--out", "."),
        ("run", "--one", ".", "--out", "clean"),
        ("run", "--one", "scans", "--out", "scans"),
        ("run", "--one", "scans/..", "--out", "elsewhere"),
    ],
    ids=["the input folder itself", "a folder of the bundle's name", "no name", "inside the input", "two dots"],
)
def test_what_is_not_ours_is_never_replaced(run: Run, args: tuple[str, ...]) -> None:
    put("scans/1.txt", NOTICE)
    put("in/a.txt", NOTICE)
    put("a/keep.txt", "mine")
    put("clean/other/bundle.json", '{"schema_version": "2", "id": "other", "documents": []}')
    before = tree_of(".")
    code, _, err = run(*args)
    assert (code, err.count("\n"), tree_of(".")) == (2, 1, before)


def test_files_that_someone_put_into_an_output_stay(run: Run) -> None:
    put("raw/a.txt", NOTICE)
    assert run("run", "raw/a.txt")[0] == 0
    put("clean/a/notes/读后.md", "mine")
    put("clean/a/documents/mine.json", "{}")
    written = tree_of("clean/a")
    assert run("run", "raw/a.txt")[0] == 0
    assert tree_of("clean/a") == written


@pytest.mark.parametrize("there", ['{"schema_version": "2", "id": "b", "documents": []}', "[" * 100_000])
def test_an_output_of_another_bundle_is_not_replaced(run: Run, there: str) -> None:
    put("raw/a.txt", NOTICE)
    put("clean/a/bundle.json", there)
    assert run("run", "raw/a.txt")[0] == 2


@pytest.mark.parametrize(
    "args",
    [
        ("markdown", "clean/a", "-o", "clean/a"),
        ("tables", "clean/a", "-o", "clean/a/bundle.json", "--to", "json"),
        ("tables", "clean/a", "-o", "clean/a/documents", "--to", "csv"),
        ("report", "clean/a", "-o", "raw/a.txt"),
        ("report", "clean/a", "-o", "clean/a/report.html"),
        ("diff", "clean/a", "clean/a", "--html", "raw/a.txt"),
        ("draw", "raw/p.png", "-o", "raw/p.png"),
        ("run", "raw/a.txt", "--summary", "clean/a/bundle.json"),
        ("tables", "clean/a", "-o", "clean/b/bundle.json", "--to", "json"),
    ],
)
def test_no_command_writes_over_what_it_reads(run: Run, args: tuple[str, ...]) -> None:
    put("raw/a.txt", NOTICE)
    put("raw/p.png", "picture")
    put("raw/b.txt", NOTICE)
    assert run("run", "raw/a.txt", "raw/b.txt", "--quiet")[0] == 0
    before = tree_of(".")
    code, _, err = run(*args)
    assert (code, err.count("\n"), tree_of(".")) == (2, 1, before)


def test_pages_are_written_into_folders_that_are_made(run: Run) -> None:
    put("raw/a.txt", NOTICE)
    assert run("run", "raw/a.txt")[0] == 0
    for name, args in {
        "report": ("report", "clean/a", "-o"),
        "diff": ("diff", "clean/a", "clean/a", "--html"),
        "evidence": ("evidence", "clean/a", "--html"),
        "tables": ("tables", "clean/a", "-o"),
    }.items():
        page = Path(f"new/{name}/a.{'xlsx' if name == 'tables' else 'html'}")
        assert run(*args, str(page))[0] == 0
        assert [p.name for p in page.parent.iterdir()] == [page.name]


@pytest.mark.parametrize(
    "args",
    [
        ("report", "clean/a", "-o", "out/a.html"),
        ("diff", "clean/a", "clean/a", "--html", "out/a.html"),
        ("evidence", "clean/a", "--html", "out/a.html"),
        ("markdown", "clean/a", "-o", "out"),
        ("tables", "clean/a", "--to", "json", "-o", "out/a.json"),
        *(("export", "clean/a", "--to", form, "-o", "out/a.db") for form in ("sqlite", "duckdb")),
        ("export", "clean/a", "--to", "chunks", "-o", "out/a.jsonl"),
        ("export", "clean/a", "--to", "html", "-o", "out"),
    ],
    ids=lambda a: " ".join(a[:4]),
)
@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit of sizes")
def test_a_disk_that_fills_leaves_nothing_half_written(run: Run, args: tuple[str, ...]) -> None:
    import resource

    if "duckdb" in args:
        pytest.importorskip("duckdb")
    put("raw/a.txt", NOTICE.replace("请节水", "请节水，" * 200) + "表1 投资\n县\t数\n" + "甲\t1\n乙\t2\n" * 20)
    assert run("run", "raw/a.txt")[0] == 0
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400, before[1]))
    try:
        code, _, err = run(*args)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert (code, err.count("\n")) == (2, 1)
    assert "cannot be written" in err
    assert [p for p in Path("out").rglob("*") if p.is_file() and p.stat().st_size < 400] == []


def test_schemas_of_others_stay(run: Run) -> None:
    put("out/mine.schema.json", '{"type": "object"}')
    assert run("schemas", "-o", "out")[0] == 0
    assert Path("out/mine.schema.json").exists()


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (("run", "raw/a.txt", "--summary", "file/s.json"), "juanzong: file/s.json: cannot be written (File exists); "),
        (("markdown", "clean/a", "-o", "file/m"), "juanzong: file/m: Not a directory"),
        (("schemas", "-o", "file/s"), "juanzong: file/s: Not a directory"),
    ],
)
def test_what_the_system_refuses_is_told_of_the_file_that_was_given(run: Run, args: tuple[str, ...], line: str) -> None:
    put("raw/a.txt", NOTICE)
    put("file", "")
    assert run("run", "raw/a.txt", "--quiet")[0] == 0
    code, _, err = run(*args)
    assert code == 2 and err.startswith(line) and err.count("\n") == 1
