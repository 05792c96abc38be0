"""Words that a PDF paints as pictures cut out by soft masks. The recogniser is a stand-in."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import pytest

from juanzong.read import read
from juanzong.read.recognized import Seen
from pdf_kit import line, make_pdf, show, stream

np = pytest.importorskip("numpy")
pytest.importorskip("cv2")

GRID = "".join(line(90, y, 290, y) for y in (700, 730, 760)) + "".join(line(x, 700, x, 760) for x in (90, 190, 290))


def mask(bits: int = 8, drawn: bool = True) -> bytes:
    """A soft mask, 60 x 20, a quarter of it painted (nothing where not `drawn`)."""
    rows = np.zeros((20, 60), np.uint8)
    rows[5:15, 10:40:2] = 255 * drawn
    data = rows.tobytes() if bits == 8 else np.packbits(rows > 0, axis=1).tobytes()
    entries = f"/Type /XObject /Subtype /Image /Width 60 /Height 20 /ColorSpace /DeviceGray /BitsPerComponent {bits}"
    return stream(zlib.compress(data), f"{entries} /Filter /FlateDecode")


PICTURE = stream(
    b"\0", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask 4 0 R"
)


def paint(x: float, y: float, wide: float = 60, high: float = 12, matrix: str = "{w} 0 0 {h}") -> str:
    return f"q {matrix.format(w=wide, h=high)} {x} {y} cm /Im Do Q\n"


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Reads a page of these instructions; the pictures say `said`, one after the other."""

    def of(
        content: str, *said: str, sure: float = 0.99, mask_is: bytes = mask(), ocr: bool = True
    ) -> tuple[str, list[str]]:
        monkeypatch.setenv("JUANZONG_CACHE", str(tmp_path / "cache"))
        monkeypatch.setattr("juanzong.read.painted_words.has_ocr", lambda: ocr)
        left = list(said)

        def characters_on(crops: list[Any]) -> list[list[Seen]]:
            here = [left.pop(0) for _ in crops]
            return [[Seen(c, sure, (k + 0.5) / len(text)) for k, c in enumerate(text)] for text in here]

        monkeypatch.setattr("juanzong.read.ocr.characters_on", characters_on)
        path = make_pdf(
            tmp_path / "a.pdf",
            [show(90, 780, "汇总情况如下列示") + content],
            objects=[mask_is, PICTURE],
            resources="/XObject << /Im 5 0 R >>",
        )
        source = read(path, record_as="a.pdf")
        return source.text, [f"{r.severity} {r.check}" for r in source.reports]

    return of


TOLD = ["info page-painted-words"]


def test_painted_cells_stand_in_their_cells(texts: Any) -> None:
    content = GRID + paint(100, 735, wide=48) + paint(200, 735, wide=24) + show(110, 705, "甲项") + show(210, 705, "12")
    assert texts(content, "名称项目", "数量") == ("汇总情况如下列示\n名称项目\t数量\n甲项\t12\n", TOLD)


def test_a_title_of_pictures_that_touch_is_one_line(texts: Any) -> None:
    content = paint(90, 740, wide=36) + paint(126, 740, wide=48) + show(174, 742, "2024") + paint(198, 740, wide=24)
    assert texts(content, "云溪市各县区的", "年表") == ("汇总情况如下列示\n云溪市各县区的2024年表\n", TOLD)


def test_a_mask_of_one_bit(texts: Any) -> None:
    assert "云溪市表" in texts(paint(90, 740), "云溪市表", mask_is=mask(1))[0]


@pytest.mark.parametrize(
    ("content", "said", "sure"),
    [
        (paint(90, 740), "云溪市表", 0.6),
        (paint(90, 740), "A1", 0.99),
        (paint(90, 740), "——", 0.99),
        (paint(90, 740, high=90), "云溪市表", 0.99),
        (paint(90, 740, high=2), "云溪市表", 0.99),
        (paint(90, 778), "云溪市表", 0.99),
        (paint(90, 740, matrix="0 {w} -{h} 0"), "云溪市表", 0.99),
        (paint(90, 760, matrix="{w} 0 0 -{h}"), "云溪市表", 0.99),
    ],
    ids=["unsure", "no Chinese", "marks alone", "too high", "too low", "over text", "turned", "upside down"],
)
def test_what_is_no_painted_line(texts: Any, content: str, said: str, sure: float) -> None:
    assert texts(content, said, said, sure=sure) == ("汇总情况如下列示\n", [])


def test_an_empty_mask_paints_nothing(texts: Any) -> None:
    assert texts(paint(90, 740), "云溪市表", mask_is=mask(drawn=False)) == ("汇总情况如下列示\n", [])


def test_figures_count_beside_painted_chinese(texts: Any) -> None:
    assert (
        texts(paint(90, 740, wide=24) + paint(90, 700, wide=24), "合计", "4100")[0] == "汇总情况如下列示\n合计\n4100\n"
    )


def test_without_the_recogniser_it_is_told(texts: Any) -> None:
    assert texts(paint(90, 740), ocr=False) == ("汇总情况如下列示\n", ["warning page-painted-words"])


def test_what_was_read_once_is_known_again(texts: Any) -> None:
    assert texts(paint(90, 740), "云溪市表") == texts(paint(90, 740))
