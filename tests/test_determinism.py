"""The same input gives the same bytes, wherever and however it is run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from juanzong.cli import main
from juanzong.core.source import Source
from juanzong.output.audit import audit
from juanzong.read.text import read_text_source
from juanzong.run import process, write

ROOT = Path(__file__).parent.parent
STYLES = ("paragraph", "markdown", "printed")
LINES = sorted(
    {
        line
        for style in STYLES
        for line in (Path(__file__).parent / "fixtures" / f"{style}.txt").read_text(encoding="utf-8").split("\n")
    }
)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def run(folder: Path, *args: str, **environment: str) -> dict[str, bytes]:
    """A process of its own in `folder`, its output in folder/clean."""
    subprocess.run(
        [sys.executable, "-m", "juanzong.cli", "run", *args],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), **environment},
    )
    return contents(folder / "clean")


@pytest.fixture
def bundles(tmp_path: Path, fixtures: Path) -> Callable[[str], Path]:
    """A folder of the given name with the made-up bundles in raw/."""

    def make(name: str) -> Path:
        shutil.copytree(
            fixtures, tmp_path / name / "raw", ignore=lambda _, names: [n for n in names if n[-4:] != ".txt"]
        )
        for path in (tmp_path / name / "raw").iterdir():
            if path.stem not in STYLES:
                path.unlink()
        return tmp_path / name

    return make


def test_locale_time_zone_hash_seed_and_folder_do_not_matter(bundles: Callable[[str], Path]) -> None:
    first = run(bundles("one"), "raw", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    second = run(bundles("另一个 文件夹"), "raw", PYTHONHASHSEED="4242", TZ="Asia/Shanghai", LC_ALL="C", PYTHONUTF8="0")
    assert first == second
    assert len(first) > 3 * 5


def test_names_of_files_do_not_depend_on_the_locale(tmp_path: Path, fixtures: Path) -> None:
    """Chinese names, in an archive too, where Python would take them for ASCII."""
    odd = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    outs = []
    for name, environment in (("one", {"LC_ALL": "C.UTF-8"}), ("two", odd)):
        raw = tmp_path / name / "raw"
        raw.mkdir(parents=True)
        shutil.copyfile(fixtures / "paragraph.txt", raw / "云岭 通知（一）.txt")
        with zipfile.ZipFile(raw / "卷 二.zip", "w") as archive:
            archive.write(fixtures / "printed.txt", "附件 一.txt")
            archive.write(fixtures / "markdown.txt", "通知.txt")
        outs.append(run(raw.parent, "raw", **environment))
    assert outs[0] == outs[1] and "卷 二/bundle.json" in outs[0]


def test_order_of_bundles_does_not_matter(bundles: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    outs = []
    for name, order in (("a", STYLES), ("b", STYLES[::-1])):
        monkeypatch.chdir(bundles(name))
        with pytest.raises(SystemExit) as ended:
            main(["run", *(f"raw/{s}.txt" for s in order), "--quiet"])
        assert ended.value.code == 0
        outs.append(contents(Path("clean")))
    assert outs[0] == outs[1]


def test_a_second_run_changes_nothing(bundles: Callable[[str], Path]) -> None:
    folder = bundles("one")
    assert run(folder, "raw") == run(folder, "raw")


def test_no_absolute_path_stands_in_the_output(bundles: Callable[[str], Path]) -> None:
    folder = bundles("one")
    assert not [name for name, data in run(folder, str(folder / "raw")).items() if str(folder).encode() in data]


def test_encoding_and_line_ends_change_the_source_entry_alone(tmp_path: Path, fixtures: Path) -> None:
    """What is read is the text: documents, trace, edits and findings are the same from any encoding."""
    text = (fixtures / "paragraph.txt").read_text(encoding="utf-8")
    outs = []
    for n, data in enumerate(
        (
            text.encode(),
            b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
            text.encode("gb18030"),
            text.encode("utf-16"),
        )
    ):
        path = tmp_path / f"{n}" / "a.txt"
        path.parent.mkdir()
        path.write_bytes(data)
        folder = write(process(read_text_source(path, "a.txt"), "a"), tmp_path / f"{n}")
        assert audit(folder, path).faults == []
        outs.append({k: v for k, v in contents(folder).items() if k not in ("bundle.json", "source.txt")})
    assert outs[0] == outs[1] == outs[2] == outs[3]


@pytest.mark.parametrize("style", STYLES)
def test_the_kept_source_gives_the_same_output(tmp_path: Path, fixtures: Path, style: str) -> None:
    """source.txt, which a bundle that is not UTF-8 keeps, is a source of the same documents."""
    path = tmp_path / "a.txt"
    path.write_bytes((fixtures / f"{style}.txt").read_text(encoding="utf-8").encode("gb18030"))
    first = write(process(read_text_source(path, "a.txt"), "a"), tmp_path / "first")
    again = write(process(read_text_source(first / "source.txt", "a.txt"), "a"), tmp_path / "again")
    kept = contents(first)
    assert contents(again) == {
        **{k: v for k, v in kept.items() if k != "source.txt"},
        "bundle.json": contents(again)["bundle.json"],
    }


@pytest.mark.parametrize("style", STYLES)
def test_the_three_styles_are_recognised_and_keep_the_law(tmp_path: Path, fixtures: Path, style: str) -> None:
    path = fixtures / f"{style}.txt"
    result = process(read_text_source(path, path.name), style)
    assert result.styles == [style]
    types = [d.type for d in result.documents]
    assert types == ["front_matter", "annex_table", "report", "notice", "plan", "annex_table", "regulation"]
    assert audit(write(result, tmp_path), path).faults == []


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    lines=st.lists(st.sampled_from(LINES), min_size=1, max_size=60).filter(lambda rows: any(r.strip() for r in rows))
)
@example(lines=["发布日期：2020-03-12"])  # a label alone: no page is under it
@example(lines=["— 1 —"])  # furniture alone
def test_the_law_holds_whatever_the_lines(tmp_path: Path, lines: list[str]) -> None:
    """Lines of all three styles, shuffled: nothing lost, nothing claimed twice, no change unlisted."""
    path = tmp_path / "a.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    result = process(read_text_source(path, "a.txt"), "a")
    assert audit(write(result, tmp_path), path).faults == []
    assert not [f for f in result.findings if f.check == "unplaced-text"]


MARKS = [
    "",
    "\n",
    " ",
    "\t",
    "　",
    "**",
    "#",
    "|",
    "①",
    "$^{①}$",
    "“",
    "”",
    "。",
    "<td>",
    "</table>",
    "<",
    "\0",
    "\x0c",
    "\x85",
    "\u2028",
    "\ufeff",
    "\r",
    "第一章",
    "（一）",
    "表1",
]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    style=st.sampled_from(STYLES),
    start=st.integers(0, 2000),
    size=st.integers(10, 900),
    slips=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 2), st.sampled_from(MARKS)), max_size=40),
)
def test_the_law_holds_whatever_befell_the_text(
    tmp_path: Path, style: str, start: int, size: int, slips: list[tuple[int, int, str]]
) -> None:
    """A piece of a bundle with marks put in and characters lost at random places."""
    text = (Path(__file__).parent / "fixtures" / f"{style}.txt").read_text(encoding="utf-8")[start : start + size]
    for at, gone, mark in slips:
        text = text[:at] + mark + text[at + gone :]
    path = tmp_path / "a.txt"
    path.write_bytes(("一" + text).encode())
    result = process(read_text_source(path, "a.txt"), "a")
    assert audit(write(result, tmp_path), path).faults == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=30).filter(lambda rows: any(r.strip() for r in rows)))
def test_stages_keep_no_memory_of_other_bundles(lines: list[str]) -> None:
    source = Source("a.txt", "0", "text/plain", "\n".join(lines))
    first = process(source, "a")
    process(Source("b.txt", "1", "text/plain", "\n".join(reversed(lines))), "b")
    again = process(source, "a")
    assert [d.title.text for d in first.documents] == [d.title.text for d in again.documents]
    assert first.ledger.edits() == again.ledger.edits()
