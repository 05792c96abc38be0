"""A page image -> what stands on it, by RapidOCR: the part that runs in the worker processes.

The models run exactly as RapidOCR runs them; its stages are called one by one because the characters' places and the
second-best characters are lost where its own call puts the result together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import median
from typing import Any

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.read.cut_heads import with_heads
from juanzong.read.ocr_extra import INSTALL
from juanzong.read.overlooked import overlooked
from juanzong.read.overlooked_cells import overlooked_cells, tables_on
from juanzong.read.recognized import Seen, SeenLine, SeenPage
from juanzong.read.rulings import dashes_on, gray_on, ink_on, rulings_on, slant_of, slant_removed
from juanzong.read.stamps import LIGHTER, in_ring, ink_grey, outside_rings, rings_on, without_stamps

WEAK = 0.75  # below this a character's second-best reading is kept
INK = 24  # grey levels between ink and paper: a page of less shows nothing
TALL = 1.5  # times its width: a line of several characters that is so high runs down the page (RapidOCR turns it)
KEEP = 0.5  # RapidOCR's own threshold: lines less sure are noise
LONG = 40  # times its height: longer lines (rules, rows of small print) are recognised a few at a time
AT_ONCE = 6  # lines in one batch of RapidOCR's, each padded to the longest: what it holds in memory grows with both
STROKES = "一—－–"  # what recognition takes a dash for
NOTE_LIKE = re.compile(r"[0-9①-⑳\[\]〔〕()（）*＊※†]")

Image = Any  # numpy array, rows x columns x 3, blue green red, 0 to 255


@lru_cache(maxsize=1)
def engine() -> Any:
    """The recogniser, one thread, models from the wheel. Raises JuanzongError where the extra is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        raise JuanzongError(INSTALL) from None
    threads = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1}
    made: Any = RapidOCR(params={"Global.log_level": "critical", **threads})
    recognizer = made._load_rec_model()
    recognizer.postprocess_op = _Decoder(recognizer.postprocess_op)
    return made


class _Decoder:
    """In the place of RapidOCR's decoder: hands on, as `word results`, each character's place and its rival."""

    def __init__(self, own: Any) -> None:
        self.own = own

    def __call__(self, preds: Any, return_word_box: bool = False, **sizes: Any) -> tuple[list[Any], list[Any]]:
        lines, words = [], []
        longest = sizes["max_wh_ratio"]
        for scores, ratio in zip(preds, sizes["wh_ratio_list"], strict=True):
            seen = self._characters(scores, longest / ratio)
            sure = sum(c.sure for c in seen) / len(seen) if seen else 0.0
            lines.append(("".join(c.text for c in seen), sure))
            words.append(seen)
        return lines, words

    def _characters(self, scores: Any, stretch: float) -> list[Seen]:
        """`scores`: time steps x characters. A character is the first step of a run of equal best ones."""
        best = scores.argmax(axis=1)
        out, steps = [], len(best)
        for t in range(steps):
            if best[t] == 0 or (t and best[t] == best[t - 1]):
                continue
            end = t
            while end + 1 < steps and best[end + 1] == best[t]:
                end += 1
            sure = float(scores[t][best[t]])
            other, other_sure = self._rival(scores[t], best[t]) if sure < WEAK else ("", 0.0)
            out.append(
                Seen(
                    self.own.character[best[t]],
                    sure,
                    min(1.0, ((t + end) / 2 + 0.5) / steps * stretch),
                    other,
                    other_sure,
                )
            )
        return out

    def _rival(self, scores: Any, best: int) -> tuple[str, float]:
        order = scores.argsort()[::-1][:3]
        rival = next(k for k in order if k not in (0, best))
        return self.own.character[rival], float(scores[rival])


def recognize(image: Image) -> SeenPage:
    """Read one page image, whichever way it is turned. Blank pages give a page without lines."""
    import numpy as np

    if int(image.max()) - int(image.min()) < INK:
        return SeenPage(image.shape[1], image.shape[0], 0, 0.0, (), (), (), 0)
    image, stamps = without_stamps(image)
    for turned in range(4):
        upright = np.ascontiguousarray(np.rot90(image, -turned)) if turned else image
        crops, boxes = _detect(upright)
        step = _turn_needed(crops, boxes) if turned < 3 else 0
        if step == 0:
            return _page(upright, turned, crops, boxes, stamps)
        image = np.ascontiguousarray(np.rot90(image, -(step - 1)))  # the loop's next round turns once more
    raise AssertionError("the last round returns")


def _detect(image: Image) -> tuple[list[Image], Any]:
    """Line images, and their corners in pixels of `image` (lines x 4 x 2, clockwise from the top left)."""
    from rapidocr.main import RapidOCRError
    from rapidocr.utils.process_img import map_boxes_to_original

    small, record = engine().preprocess_img(image)
    try:
        crops, found = engine().detect_and_crop(small, record)
    except RapidOCRError:
        return [], []
    return crops, map_boxes_to_original(found.boxes, record, *image.shape[:2])


def _turn_needed(crops: list[Image], boxes: Any) -> int:
    """Quarter turns clockwise after which the lines read upright: lines that stand, or hang upside down, by majority."""
    import numpy as np

    if len(crops) < 3:
        return 0
    wide = [np.linalg.norm(b[1] - b[0]) for b in boxes]
    tall = [np.linalg.norm(b[3] - b[0]) for b in boxes]
    standing = sum(t > 1.8 * w for w, t in zip(wide, tall, strict=True))
    if standing > 0.6 * len(boxes):
        return 1
    longest = sorted(range(len(crops)), key=lambda k: -crops[k].shape[1] / crops[k].shape[0])[:9]
    _, result = engine().cls_and_rotate([crops[k] for k in longest])
    upside_down = sum(label == "180" and score > 0.9 for label, score in result.cls_res)
    return 2 if upside_down > 0.7 * len(longest) else 0


def _page(image: Image, turned: int, crops: list[Image], boxes: Any, stamps: int) -> SeenPage:
    height, width = image.shape[:2]
    if not crops:
        return SeenPage(width, height, turned, 0.0, (), (), (), stamps)
    words = characters_on(crops)
    angle = slant_of(image, _slant(boxes))
    gray = gray_on(image, angle)
    ink = ink_on(gray)
    rings = rings_on(ink)
    usual = median(ink_grey(c) for c in crops) if rings else 0.0
    lines = []
    for crop, box, seen in zip(crops, boxes, words, strict=True):
        sure = [c.sure for c in seen if not c.text.isspace()]
        if not sure or sum(sure) / len(sure) < KEEP:
            continue
        line = _line(box, tuple(_raised(crop, _dashes(crop, seen))), angle, width, height)
        sealed = in_ring((line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2, rings)
        if not (sealed and ink_grey(crop) > usual + LIGHTER):
            lines += set_down(line)
    lines = with_heads(gray, ink, lines, characters_on)
    rulings = outside_rings(rulings_on(ink), rings)
    tables = tables_on(rulings, lines)
    lines += overlooked(gray, ink, lines, characters_on, tables)
    lines += overlooked_cells(gray, ink, lines, characters_on, tables)
    return SeenPage(width, height, turned, angle, tuple(lines), rulings, dashes_on(ink), stamps + len(rings))


def characters_on(crops: list[Image]) -> list[list[Seen]]:
    """The characters on each line image."""
    from rapidocr.ch_ppocr_rec import TextRecInput

    out: list[list[Seen]] = [[] for _ in crops]
    for some in calls_of([crop.shape[1] / crop.shape[0] for crop in crops]):
        read = engine().text_rec(TextRecInput(img=[crops[k] for k in some], return_word_box=True)).word_results
        for k, seen in zip(some, read, strict=True):
            out[k] = seen
    return out


def calls_of(ratios: Sequence[float]) -> list[list[int]]:
    """Which line images to recognise in one call, by their width over their height: all but the long ones in one, and
    of these as many as are no wider together than a batch of the others may be.

    >>> calls_of([3, 200, 12, 100, 90])
    [[0, 2], [4, 3], [1]]
    """
    usual = [k for k, ratio in enumerate(ratios) if ratio <= LONG]
    calls: list[list[int]] = []
    for k in sorted((k for k, ratio in enumerate(ratios) if ratio > LONG), key=lambda k: ratios[k]):
        if not calls or ratios[k] * (len(calls[-1]) + 1) > LONG * AT_ONCE:
            calls.append([])
        calls[-1].append(k)
    return [usual, *calls] if usual else calls


def _slant(boxes: Any) -> float:
    """The page's slant in degrees: the median of its lines', the long ones speaking."""
    long = [b for b in boxes if math.dist(b[0], b[1]) > 8 * math.dist(b[0], b[3])]
    if len(long) < 3:
        return 0.0
    angles = sorted(math.degrees(math.atan2(*reversed((b[1] + b[2] - b[0] - b[3]).tolist()))) for b in long)
    return float(angles[len(angles) // 2])


def _line(box: Any, seen: tuple[Seen, ...], angle: float, width: int, height: int) -> SeenLine:
    corners = [slant_removed(float(x), float(y), angle, width, height) for x, y in box]
    x0, x1 = (corners[0][0] + corners[3][0]) / 2, (corners[1][0] + corners[2][0]) / 2
    y0, y1 = (corners[0][1] + corners[1][1]) / 2, (corners[2][1] + corners[3][1]) / 2
    return SeenLine(x0, y0, x1, y1, y1 - y0, seen)


def set_down(line: SeenLine) -> list[SeenLine]:
    """A line that runs down the page as a line for each of its characters, one below the other."""
    wide, many = line.x1 - line.x0, len(line.characters)
    if many < 2 or line.height < TALL * wide:
        return [line]
    middles = [line.y0 + c.middle * line.height for c in line.characters]
    return [
        SeenLine(line.x0, y - wide / 2, line.x1, y + wide / 2, wide, (c._replace(middle=0.5),))
        for y, c in zip(middles, line.characters, strict=True)
    ]


def _dashes(crop: Image, seen: list[Seen]) -> list[Seen]:
    """Two ones in a row (一一) are a long dash where their ink does not part, or, at the line's start, has no serif."""
    pairs = [k for k in range(len(seen) - 1) if seen[k].text in STROKES and seen[k + 1].text in STROKES]
    if not pairs:
        return seen
    ink, out = _ink(crop), list(seen)
    for k in pairs:
        dash = "—" in (seen[k].text, seen[k + 1].text)
        a, b = (int(seen[j].middle * crop.shape[1]) for j in (k, k + 1))
        joined = a < b and bool((ink[:, a:b] > 0).any(axis=0).all())
        if dash or joined or (k == 0 and _is_even(ink[:, :b])):
            for j in (k, k + 1):
                if seen[j].text != "—":
                    out[j] = out[j]._replace(text="—", other=seen[j].text, other_sure=1 - seen[j].sure)
    return out


def _is_even(ink: Any) -> bool:
    """Whether a stroke is as thick everywhere: a dash; the figure one (一) in a book face ends in a serif."""
    thick = sorted(t for t in (ink > 0).sum(axis=0).tolist() if t)
    return bool(thick) and thick[int(0.95 * (len(thick) - 1))] <= 1.4 * thick[len(thick) // 2]


def _ink(crop: Image) -> Any:
    import cv2

    gray = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    return cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]


def _raised(crop: Image, seen: list[Seen]) -> list[Seen]:
    """Mark the note markers whose ink hangs in the upper part of the line."""
    import cv2
    import numpy as np

    spans = _note_like(seen)
    if not spans:
        return seen
    ink = _ink(crop)
    rows = np.flatnonzero((ink > 0).sum(axis=1) > 1)
    if not len(rows):
        return seen
    top, tall = int(rows[0]), int(rows[-1]) + 1 - int(rows[0])
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    parts = [p for p in stats[1:count].tolist() if p[4] > 2 and p[2] < 1.2 * tall]

    def hangs(c: Seen) -> bool:
        middle = c.middle * crop.shape[1]
        own = [p for p in parts if p[0] < middle + 0.1 * tall and p[0] + p[2] > middle - 0.1 * tall]
        high, low = min((p[1] for p in own), default=0), max((p[1] + p[3] for p in own), default=0)
        return bool(own) and low - top < 0.66 * tall and low - high < 0.62 * tall

    out = list(seen)
    for a, b in spans:
        if all(hangs(seen[k]) for k in range(a, b)):
            out[a:b] = [c._replace(raised=True) for c in seen[a:b]]
    return out


def _note_like(seen: list[Seen]) -> list[tuple[int, int]]:
    """Spans of characters that may be a note marker: short, after a word or at the line's start; not within figures."""
    out = []
    k = 0
    while k < len(seen):
        end = k
        while end < len(seen) and NOTE_LIKE.match(seen[end].text):
            end += 1
        if k < end <= k + 4 and (k == 0 or not (seen[k - 1].text.isascii() or seen[k - 1].text in "—［")):
            out.append((k, end))
        k = max(end, k + 1)
    return out
