"""The Dockerfile without Docker: what its steps name is there, and the command that it starts works."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest
import regex as re
from click.testing import CliRunner

ROOT = Path(__file__).parent.parent
STEPS = [
    (word, rest)
    for line in re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text("utf-8")).splitlines()
    if line and not line.startswith("#")
    for word, _, rest in [line.partition(" ")]
]


def steps(word: str) -> list[str]:
    return [rest for w, rest in STEPS if w == word]


def sent() -> list[str]:
    """What the .dockerignore lets into the build, of the top folder."""
    lines = [x for x in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if x and not x.startswith("#")]
    assert lines[0] == "*"
    return [p.name for p in ROOT.iterdir() if any(fnmatch(p.name, x[1:]) for x in lines if x.startswith("!"))]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the COPY steps bring in."""
    home = tmp_path_factory.mktemp("image")
    for rest in steps("COPY"):
        *names, target = shlex.split(rest)
        for name in names:
            assert name in sent(), f"{name} is left out by .dockerignore"
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, home / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, home / target)
    return home


def test_what_is_copied_can_be_installed_with_its_pages(image: Path) -> None:
    pytest.importorskip("hatchling")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"], cwd=image, check=True, capture_output=True
    )
    (wheel,) = (image / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        points = archive.read(next(n for n in names if n.endswith("entry_points.txt"))).decode()
    for name in ("static/serve.js", "static/upload.js", "static/serve.css", "templates/page.html", "words.json"):
        assert f"juanzong/serve/{name}" in names
    assert "juanzong = juanzong.cli:program" in points
    assert not [n for n in names if n.startswith(("raw/", "clean/", "tests/"))]


def test_the_extras_are_there() -> None:
    (install,) = [shlex.split(r)[-1] for r in steps("RUN") if r.startswith("pip")]
    extras = re.fullmatch(r"\.\[(.+)\]", install)[1].split(",")  # type: ignore[index]
    known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert {"serve", "export", "ocr", "office"} <= set(extras) <= known.keys()


def test_it_runs_as_a_user_without_rights() -> None:
    words = [w for w, _ in STEPS]
    assert steps("USER") == ["juanzong"] and words.index("USER") < words.index("ENTRYPOINT")
    assert [r for r in steps("RUN") if "useradd" in r and "/data" in r] and steps("VOLUME") == ["/data"]
    assert "RUN" not in words[words.index("USER") :]


def test_the_command_works_and_wants_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from juanzong.cli import juanzong
    from juanzong.core.errors import JuanzongError

    program, *arguments = json.loads(steps("ENTRYPOINT")[0])
    assert program == "juanzong" and arguments[-1] == steps("EXPOSE")[0]
    monkeypatch.delenv("JUANZONG_TOKEN", raising=False)
    arguments[1] = str(tmp_path / "data")
    told = CliRunner().invoke(juanzong, arguments)
    assert isinstance(told.exception, JuanzongError) and "JUANZONG_TOKEN" in str(told.exception)
    monkeypatch.setenv("JUANZONG_TOKEN", "short")
    assert "16" in str(CliRunner().invoke(juanzong, arguments).exception)
