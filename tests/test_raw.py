"""clean/ is what the program makes of raw/, to the byte: whatever changes it must be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from juanzong.run import files, read_bundle

ROOT = Path(__file__).parent.parent
BUNDLES = sorted((ROOT / "raw").glob("*.txt"))


@pytest.mark.parametrize("path", BUNDLES, ids=lambda p: p.stem)
def test_clean_is_what_the_program_makes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    made = files(read_bundle(path.relative_to(ROOT), path.stem))
    folder = ROOT / "clean" / path.stem
    for name, text in made.items():
        assert (folder / name).read_text(encoding="utf-8") == text, f"{name} is not as it was; run `juanzong run raw`"
    assert {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()} == set(made)
