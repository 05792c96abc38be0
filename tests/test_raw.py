"""clean/ is what the program makes of raw/, to the byte: whatever changes it must be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from juanzong.run import files, read_bundle

ROOT = Path(__file__).parent.parent
BUNDLES = sorted((ROOT / "raw").glob("*.txt"))


def unlike(path: Path) -> str:
    """The first file of the output that is not as clean/ has it; empty where all are."""
    folder = ROOT / "clean" / path.stem
    made = files(read_bundle(path.relative_to(ROOT), path.stem))
    kept = {f.relative_to(folder).as_posix(): f for f in sorted(folder.rglob("*")) if f.is_file()}
    told = (n for n in [*made, *kept] if n not in kept or kept[n].read_text(encoding="utf-8") != made.get(n))
    return next(told, "")


@pytest.mark.parametrize("path", BUNDLES, ids=lambda p: p.stem)
def test_clean_is_what_the_program_makes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert not unlike(path), "run `juanzong run raw` and see what moved"
