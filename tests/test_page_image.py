"""Pages of the source as pictures: drawn when asked for, never larger than the memory set aside for one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from pdf_kit import make_pdf, show

pytest.importorskip("pypdfium2")
Image = pytest.importorskip("PIL.Image")
page_image = pytest.importorskip("juanzong.review.page_image")
PDF = "application/pdf"


def size(png: bytes) -> tuple[int, int]:
    found: tuple[int, int] = Image.open(io.BytesIO(png)).size
    return found


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return make_pdf(tmp_path / "a.pdf", [show(90, 700, "第一页"), show(90, 700, "第二页")])


def test_a_page_is_drawn_at_the_nearest_scale(pdf: Path) -> None:
    small, large = (size(page_image.page_image(pdf, PDF, 1, s)) for s in (0.2, 2.1))
    assert abs(small[0] - 595) < 3 and abs(large[0] - 1190) < 3
    assert page_image.page_image(pdf, PDF, 1, 1.0) != page_image.page_image(pdf, PDF, 2, 1.0)


@pytest.mark.parametrize("page", [0, 3, 10**9])
def test_a_page_that_is_not_there(pdf: Path, page: int) -> None:
    with pytest.raises(LookupError):
        page_image.page_image(pdf, PDF, page, 1.0)


def test_a_poster_is_drawn_within_the_bound(tmp_path: Path) -> None:
    poster = tmp_path / "a.pdf"
    poster.write_bytes(
        make_pdf(tmp_path / "b.pdf", ["", ""]).read_bytes().replace(b"595", b"9999").replace(b"842", b"9999")
    )
    width, height = size(page_image.page_image(poster, PDF, 1, 3.0))
    assert width * height <= page_image.PIXELS_MAX * 1.01


def test_frames_of_an_image_file_are_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.tiff"
    frames = [Image.new("RGB", (1240, 1754), colour) for colour in ("white", "black")]
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(150, 150))
    first, second = (page_image.page_image(path, "image/tiff", k, 1.5) for k in (1, 2))
    assert first != second and abs(size(first)[0] - 1240 * 72 / 150 * 1.5) < 3
    with pytest.raises(LookupError):
        page_image.page_image(path, "image/tiff", 3, 1.0)


def test_a_file_that_changed_is_drawn_anew(pdf: Path, tmp_path: Path) -> None:
    before = page_image.page_image(pdf, PDF, 1, 1.0)
    make_pdf(pdf, [show(90, 700, "另一页")])
    assert page_image.page_image(pdf, PDF, 1, 1.0) != before
