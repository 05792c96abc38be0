"""A second reader for scans: Tesseract reads the doubtful lines again; where the two differ, both readings are kept.

Two readers that differ point to far more of the real errors than one reader's doubt; neither is taken for right.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from difflib import SequenceMatcher
from typing import Any

from juanzong.core.errors import JuanzongError
from juanzong.core.source import Reading
from juanzong.read.options import ReadOptions
from juanzong.read.printed import Box, PrintedCell, PrintedLine, PrintedPage, as_it_lies
from juanzong.read.scan import PageImage, load_image

DOUBTFUL = 0.985  # lines less sure on average are read again; a clean line of 30 characters has 0.99 and more
LONGEST = 3  # characters of one disagreement; longer ones are one reader's failure, not a doubt
AGREE = 0.6  # share of a line on which the two must agree, else the second reader saw something else
CONFIDENCE = 0.4  # of a second reading: below the first reader's own rival


def add_second_readings(images: Sequence[PageImage], pages: Sequence[PrintedPage], options: ReadOptions) -> None:
    """Add the disagreements to the pages' lines and cells. Raises JuanzongError where Tesseract is not installed."""
    program = shutil.which("tesseract")
    languages = (
        subprocess.run([program, "--list-langs"], capture_output=True, text=True).stdout.split() if program else []
    )
    if not program or "chi_sim" not in languages:
        raise JuanzongError(
            "the second reader is not installed: apt-get install tesseract-ocr tesseract-ocr-chi-sim, or leave out "
            "--second-reader"
        )
    with ThreadPoolExecutor(max(1, options.jobs)) as pool:
        list(
            pool.map(
                lambda p: _read_page_again(program, p[0], p[1], options.max_pixels), zip(images, pages, strict=True)
            )
        )


def _read_page_again(program: str, image: PageImage, page: PrintedPage, max_pixels: int) -> None:
    targets = [t for t in _targets(page) if t.confidence is not None and t.confidence < DOUBTFUL and len(t.text) > 1]
    if not targets:
        return
    pixels, width, _ = load_image(image, max_pixels)
    scale = pixels.shape[1] / width
    for target in targets:
        again = _tesseract(program, _crop(pixels, as_it_lies(target.bbox, page), scale))
        known = {(d.start, d.end, d.after) for d in target.doubts}
        target.doubts += tuple(d for d in disagreements(target.text, again) if (d.start, d.end, d.after) not in known)


def _targets(page: PrintedPage) -> Iterator[PrintedLine | PrintedCell]:
    for block in page.blocks:
        if isinstance(block, PrintedLine):
            yield block
        else:
            yield from (cell for row in block.rows for cell in row if cell.text)


def _crop(pixels: Any, box: Box, scale: float) -> Any:
    x0, top, x1, bottom = (round(v * scale) for v in box)
    pad = 4
    return pixels[max(0, top - pad) : bottom + pad, max(0, x0 - pad) : x1 + pad]


def _tesseract(program: str, pixels: Any) -> str:
    """The text of one line or cell, blanks left out; empty where Tesseract fails."""
    import cv2

    good, png = cv2.imencode(".png", pixels)
    if not good:
        return ""
    tall = pixels.shape[0] > 0.12 * pixels.shape[1] and pixels.shape[0] > 70
    done = subprocess.run(
        [program, "stdin", "stdout", "-l", "chi_sim", "--psm", "6" if tall else "7"],
        input=png.tobytes(),
        capture_output=True,
        env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
    )
    return "".join(done.stdout.decode("utf-8", "replace").split())


def disagreements(text: str, again: str) -> list[Reading]:
    """Where the second reading differs by a few characters of the same number; blanks and raised marks do not count.

    >>> [(d.start, d.end, d.after) for d in disagreements("全市共有2O个 项目", "全市共有20个项目")]
    [(5, 6, '0')]
    """
    places = [k for k, c in enumerate(text) if not c.isspace() and c != "^"]
    bare = "".join(text[k] for k in places)
    if not again or SequenceMatcher(None, bare, again, autojunk=False).ratio() < AGREE:
        return []
    out = []
    for kind, a, b, i, j in SequenceMatcher(None, bare, again, autojunk=False).get_opcodes():
        if kind == "replace" and b - a == j - i <= LONGEST and any(c.isalnum() for c in bare[a:b] + again[i:j]):
            out.append(
                Reading(places[a], places[b - 1] + 1, again[i:j], CONFIDENCE, "second-reader", "tesseract reads it so")
            )
    return out
