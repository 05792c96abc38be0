"""The cache of recognised pages: shared, bounded, told where it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from juanzong.core.cache_folder import cache_folder, cache_size, use_cache
from juanzong.core.errors import JuanzongError
from juanzong.read import ReadOptions, cache
from juanzong.read.recognized import SeenPage

PAGE = SeenPage(100, 200, 0, 0.0, (), (), (), 0)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUANZONG_CACHE", "elsewhere")
    monkeypatch.setenv("JUANZONG_CACHE_SIZE", "1")
    use_cache(str(tmp_path / "c"), None)


def kept() -> set[str]:
    return {p.stem for p in (cache_folder() / "pages").iterdir()}


def test_what_nobody_asked_for_longest_goes() -> None:
    for k in range(5):
        cache.store(f"p{k}", PAGE)
        place = cache_folder() / "pages" / f"p{k}.json"
        place.write_bytes(place.read_bytes() + b" " * 300_000)
        os.utime(place, (k, k))
    assert cache.load("p0") == PAGE  # asked for: the last to go
    cache.trim()
    assert kept() == {"p0", "p4"}
    cache.trim()
    assert kept() == {"p0", "p4"}


def test_a_cache_within_its_size_is_left() -> None:
    cache.trim()  # there is none yet
    cache.store("p", PAGE)
    cache.trim()
    assert kept() == {"p"}


def test_a_size_that_is_no_number_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    use_cache(None, 3)
    assert cache_size() == 3_000_000
    monkeypatch.setenv("JUANZONG_CACHE_SIZE", "big")
    with pytest.raises(JuanzongError, match="JUANZONG_CACHE_SIZE=big"):
        cache_size()


@pytest.mark.parametrize("written", ["", "[", "{}", "[1]", "7", '{"width": 3}', "[" * 100_000, "null"])
def test_a_damaged_page_counts_as_none(written: str) -> None:
    cache.store("p", PAGE)
    (cache_folder() / "pages" / "p.json").write_text(written, "utf-8")
    assert cache.load("p") is None


@pytest.mark.parametrize(("size", "left"), [("0", set[str]()), ("", {"p"})])
def test_a_bound_that_was_lowered_holds_where_no_page_is_recognised(
    size: str, left: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from juanzong.read import scan

    monkeypatch.setenv("JUANZONG_CACHE_SIZE", size)
    monkeypatch.setattr(scan, "has_ocr", lambda: True)
    monkeypatch.setattr(scan, "load_image", lambda image, most: (None, 10.0, 10.0))
    monkeypatch.setattr(scan, "damage_report", lambda path, frame, number: [])
    monkeypatch.setattr(cache, "key_of", lambda pixels: "p")
    cache.store("p", PAGE)
    (page,) = scan.read_page_images([scan.PageImage(Path("a.png"), 0, 1)], ReadOptions())
    assert page.number == 1 and kept() == left
