"""Scans: recognition, rulings, seals, the cache, second readings. Tests that recognise need the `ocr` extra."""

from __future__ import annotations

import io
import math
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juanzong.core.errors import JuanzongError
from juanzong.read import ReadOptions, read
from juanzong.read.printed import PrintedLine, PrintedPage, PrintedTable
from juanzong.read.recognized import Seen, SeenLine, SeenPage, from_json, to_json
from juanzong.read.scan_page import in_chinese_forms, printed_scan
from juanzong.read.second import disagreements

FIXTURES = Path(__file__).parent / "fixtures" / "read"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JUANZONG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def seen_line(text: str, x0: float, y0: float, size: float = 40) -> SeenLine:
    """A line whose characters stand `size` pixels apart, raised ones (after `^`) too."""
    bare = text.replace("^", "")
    raised = {k - n for n, k in enumerate(k for k, c in enumerate(text) if c == "^")}
    characters = tuple(Seen(c, 0.99, (k + 0.5) / len(bare), raised=k in raised) for k, c in enumerate(bare))
    return SeenLine(x0, y0, x0 + size * len(bare), y0 + size, size, characters)


def page_of(*lines: SeenLine, rulings: Any = (), dashes: Any = ()) -> SeenPage:
    return SeenPage(1654, 2339, 0, 0.0, lines, tuple(rulings), tuple(dashes))


def test_lines_become_printed_lines_with_sizes_and_raised_marks() -> None:
    page = printed_scan(page_of(seen_line("按照规定的时间^①报送材料", 200, 300)), 3, 595.44, 842.04)
    line = page.blocks[0]
    assert isinstance(line, PrintedLine) and line.text == "按照规定的时间^①报送材料"
    assert line.size == pytest.approx(40 * 0.36, abs=0.2) and line.confidence == pytest.approx(0.99)


def test_rulings_become_a_table_and_a_lone_dash_a_cell() -> None:
    rulings = [(100, y, 500, y) for y in (100, 200, 300)] + [(x, 100, x, 300) for x in (100, 300, 500)]
    lines = [seen_line("年度", 120, 120), seen_line("件数", 320, 120), seen_line("今年", 120, 220)]
    page = printed_scan(page_of(*lines, rulings=rulings, dashes=[(380, 250, 410, 253)]), 1, 595.44, 842.04)
    table = page.blocks[0]
    assert isinstance(table, PrintedTable) and len(page.blocks) == 1
    assert [[c.text for c in row] for row in table.rows] == [["年度", "件数"], ["今年", "—"]]


def test_strokes_of_large_type_are_no_rulings() -> None:
    lines = [seen_line("田园", 100, 100, 90)]
    rulings = [(110, y, 180, y) for y in (110, 145, 180)] + [(x, 110, x, 180) for x in (110, 145, 180)]
    page = printed_scan(page_of(*lines, rulings=rulings), 1, 595.44, 842.04)
    assert [type(b) for b in page.blocks] == [PrintedLine]


@pytest.mark.parametrize(
    ("seen", "wanted"),
    [
        ("(一)任务:", "（一）任务："),
        ("PM2.5(a)", "PM2.5(a)"),
        ("比例为4.20:1", "比例为4.20:1"),
        ("2021一2025年规划", "2021—2025年规划"),
        ("2022-2026年", "2022-2026年"),
        ("第一条", "第一条"),
        ("一一对应的关系", "一一对应的关系"),
    ],
)
def test_marks_take_the_width_of_their_line(seen: str, wanted: str) -> None:
    assert "".join(c.text for c in in_chinese_forms([Seen(t, 1.0, 0.5) for t in seen])) == wanted


@given(
    st.lists(
        st.tuples(st.text("甲乙丙12（", min_size=1, max_size=6), st.integers(0, 1500), st.integers(0, 2200)), max_size=5
    )
)
def test_what_was_seen_survives_the_cache(lines: list[tuple[str, int, int]]) -> None:
    page = page_of(*(seen_line(t, float(x), float(y)) for t, x, y in lines), rulings=[(1.0, 2.0, 30.0, 2.0)])
    assert to_json(from_json(to_json(page))) == to_json(page)


@given(
    st.lists(
        st.tuples(st.text("甲乙丙丁戊", min_size=1, max_size=8), st.integers(0, 20), st.integers(0, 28)),
        min_size=1,
        max_size=6,
        unique_by=lambda t: t[2],
    )
)
def test_every_seen_character_comes_out(lines: list[tuple[str, int, int]]) -> None:
    page = printed_scan(page_of(*(seen_line(t, 50.0 * x, 80.0 * y) for t, x, y in lines)), 1, 595.44, 842.04)
    out = "".join(b.text for b in page.blocks if isinstance(b, PrintedLine))
    assert sorted("".join(out.split())) == sorted("".join(t for t, _, _ in lines))


@pytest.mark.parametrize(
    ("text", "again", "wanted"),
    [
        ("共有2O个项目", "共有20个项目", [("O", "0")]),
        ("投资 三十^①万元", "投资三卜①万元", [("十", "卜")]),
        ("共有20个项目", "", []),
        ("共有20个项目", "完全不同的一行文字", []),
        ("第一条，为了规范", "第一条、为了规范", []),
    ],
)
def test_second_reader_tells_where_it_differs(text: str, again: str, wanted: list[tuple[str, str]]) -> None:
    assert [(text[d.start : d.end], d.after) for d in disagreements(text, again)] == wanted


def test_missing_second_reader_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from juanzong.read.second import add_second_readings

    monkeypatch.setenv("PATH", "")
    with pytest.raises(JuanzongError, match="apt-get install tesseract-ocr"):
        add_second_readings([], [], ReadOptions(second_reader="tesseract"))


def test_what_a_second_reader_said_is_said_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An output says that there was one, so that `audit --again` and the review's next run have it too."""
    pytest.importorskip("rapidocr")
    from juanzong.output.audit import audit
    from juanzong.read import ocr, second
    from juanzong.review.rerunning import run_again
    from juanzong.review.state import Review
    from juanzong.run import run_bundle

    def read_again(images: object, pages: list[PrintedPage], options: ReadOptions) -> None:
        for line in (b for p in pages for b in p.blocks if isinstance(b, PrintedLine)):
            line.doubts += tuple(disagreements(line.text, line.text.replace("县", "具")))

    monkeypatch.setattr(ocr, "recognize", lambda image: page_of(seen_line("县政府印发的办法", 200.0, 300.0)))
    monkeypatch.setattr(second, "add_second_readings", read_again)
    page = FIXTURES / "page.png"
    _, folder = run_bundle(page, "page", tmp_path / "clean", second_reader="tesseract")
    assert "second-reader" in (folder / "edits.jsonl").read_text("utf-8")
    assert audit(folder, page, again=True).faults == []

    calls: list[list[str]] = []
    monkeypatch.setattr("subprocess.run", lambda command, **_: calls.append(command))
    with pytest.raises(AttributeError):  # the stand-in has run nothing
        run_again(Review(folder, page))
    assert calls[0][-2:] == ["--second-reader", "tesseract"]
    _, plain = run_bundle(page, "page", tmp_path / "plain")
    with pytest.raises(AttributeError):
        run_again(Review(plain, page))
    assert "--second-reader" not in calls[1]


def test_missing_recogniser_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numpy")
    import sys

    from juanzong.read import ocr

    ocr.engine.cache_clear()
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(JuanzongError, match=r"pip install juanzong\[ocr\]"):
        ocr.engine()


def test_overlarge_image_is_told() -> None:
    pytest.importorskip("PIL")
    with pytest.raises(JuanzongError, match="more than the limit"):
        read(FIXTURES / "page.png", record_as="x", options=ReadOptions(max_pixels=1000))


@pytest.mark.parametrize("name", ["page.png", "page.jpg", "pages.tiff"])
@pytest.mark.parametrize("share", [2, 30])
def test_cut_image_is_told(name: str, share: int, tmp_path: Path) -> None:
    pytest.importorskip("rapidocr")
    path = tmp_path / name
    data = (FIXTURES / name).read_bytes()
    path.write_bytes(data[: len(data) // share if share > 2 else 40])
    with pytest.raises(JuanzongError, match=r"damaged|no text"):
        read(path, record_as=name)


def blank_page() -> Any:
    np = pytest.importorskip("numpy")
    pytest.importorskip("cv2")
    return np.full((1170, 827, 3), 245, np.uint8)


def test_red_seal_is_cleared_and_red_type_stays() -> None:
    page = blank_page()
    import cv2

    from juanzong.read.stamps import without_stamps

    cv2.circle(page, (500, 800), 70, (40, 40, 210), 5)
    cv2.rectangle(page, (100, 100), (700, 130), (40, 40, 210), -1)
    cv2.putText(page, "2021", (470, 810), cv2.FONT_HERSHEY_SIMPLEX, 1, (20, 20, 20), 2)
    cleared, count = without_stamps(page)
    assert count == 1
    assert cleared[800, 430].min() > 200 and tuple(cleared[115, 300]) == (40, 40, 210)
    assert (cleared[780:820, 465:560].max(axis=2) < 90).sum() > 100  # the figures under the seal


def test_strokes_in_a_seal_are_no_rulings() -> None:
    from juanzong.read.stamps import outside_rings

    stroke, ruling = (480.0, 800.0, 540.0, 800.0), (300.0, 790.0, 540.0, 790.0)
    assert outside_rings([stroke, ruling], [(500.0, 800.0, 70.0)]) == (ruling,)


def test_rulings_dashes_and_slant_are_found_on_an_image() -> None:
    page = blank_page()
    import cv2

    from juanzong.read.rulings import dashes_on, gray_on, ink_on, rulings_on, slant_of

    for y in (200, 300, 400):
        cv2.line(page, (100, y), (700, y), (60, 60, 60), 1)
    for x in (100, 400, 700):
        cv2.line(page, (x, 200), (x, 400), (60, 60, 60), 1)
    cv2.line(page, (240, 250), (258, 250), (60, 60, 60), 1)
    turned = cv2.warpAffine(
        page, cv2.getRotationMatrix2D((827 / 2, 1170 / 2), -0.8, 1), (827, 1170), borderValue=(245, 245, 245)
    )
    angle = slant_of(turned, 0.0)
    assert math.isclose(angle, 0.8, abs_tol=0.1)
    ink = ink_on(gray_on(turned, angle))
    found = rulings_on(ink)
    assert sorted(round(r[1] / 100) for r in found if r[1] == r[3]) == [2, 3, 4]
    assert sorted(round(r[0] / 100) for r in found if r[0] == r[2]) == [1, 4, 7]
    assert [round((d[0] + d[2]) / 20) for d in dashes_on(ink)] == [25]


@pytest.mark.parametrize(
    ("ground", "line", "letters"),
    [((160, 48, 112), (70, 20, 50), (255, 255, 255)), ((160, 48, 112), (255, 255, 255), (255, 255, 255)),
     ((200, 200, 200), (30, 30, 30), (20, 20, 20)), ((245, 245, 245), (60, 60, 60), (20, 20, 20))],
    ids=["dark lines on colour", "white lines on colour", "lines on grey", "control: on paper"],
)  # fmt: skip
def test_rulings_in_a_coloured_head_and_below_it(ground: Any, line: Any, letters: Any) -> None:
    page = blank_page()
    import cv2

    from juanzong.read.rulings import ink_on, rulings_on

    cv2.rectangle(page, (100, 200), (700, 260), ground, -1)
    for x in range(130, 680, 40):
        cv2.putText(page, "B", (x, 226), cv2.FONT_HERSHEY_SIMPLEX, 0.6, letters, 2)
        cv2.putText(page, "B", (x, 250), cv2.FONT_HERSHEY_SIMPLEX, 0.6, letters, 2)
    for y in (260, 300, 340):
        cv2.line(page, (100, y), (700, y), (60, 60, 60), 1)
    for x in (100, 400, 700):
        cv2.line(page, (x, 200), (x, 260), line, 1)
        cv2.line(page, (x, 260), (x, 340), (60, 60, 60), 1)
    found = rulings_on(ink_on(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)))
    across = {round(r[1]) for r in found if r[1] == r[3]}
    upright = [r for r in found if r[0] == r[2]]
    assert {260, 300, 340} <= across and not across & set(range(205, 255))
    assert {round(r[0]) for r in upright} == {100, 400, 700}
    assert any(round(r[0]) == 400 and r[1] < 206 for r in upright)


@pytest.mark.parametrize(
    ("text", "box", "wanted"),
    [("其它需求", (0, 0, 20, 80), [("其", 10), ("它", 30), ("需", 50), ("求", 70)]), ("求", (0, 0, 20, 40), [("求", 20)]),
     ("其它需求", (0, 0, 80, 20), [("其它需求", 10)])],
    ids=["down the page", "one character", "control: across"],
)  # fmt: skip
def test_a_line_that_runs_down_the_page(text: str, box: Any, wanted: Any) -> None:
    from juanzong.read.ocr import set_down

    characters = tuple(Seen(c, 0.99, (k + 0.5) / len(text)) for k, c in enumerate(text))
    lines = set_down(SeenLine(*box, box[3] - box[1], characters))
    assert [("".join(c.text for c in x.characters), round((x.y0 + x.y1) / 2)) for x in lines] == wanted


def test_an_opening_bracket_at_a_cells_edge_stays_in_its_cell() -> None:
    rulings = [(100, y, 500, y) for y in (100, 200)] + [(x, 100, x, 200) for x in (100, 300, 500)]
    lines = [seen_line("理工", 120, 120), seen_line("（030101）法学", 302, 120, 18)]
    page = printed_scan(page_of(*lines, rulings=rulings), 1, 595.44, 842.04)
    assert isinstance(page.blocks[0], PrintedTable)
    assert [c.text for c in page.blocks[0].rows[0]] == ["理工", "（030101）法学"]


def test_a_character_that_goes_astray_is_told_and_the_image_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from juanzong.core.source import PageReport
    from juanzong.read import image
    from juanzong.read.printed import PrintedPage

    page = PrintedPage(1, 100, 100, [PrintedLine("校历", (0, 0, 20, 10), 10)])
    page.reports.append(PageReport(1, "error", "reader-lost-text", "第 1 页识别出的文字有 1 个字符未读出"))
    monkeypatch.setattr(image, "read_page_images", lambda images, options: [page])
    assert read(FIXTURES / "page.png", record_as="page.png").text.strip() == "校历"


def test_a_page_is_the_same_before_and_after_it_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rapidocr")
    from juanzong.read import ocr

    doubtful = Seen("县", 0.51234567, 0.123456789, "具", 0.0000005064)
    line = SeenLine(
        200.004, 300.003, 640.001, 340.002, 40.00123, (doubtful, *seen_line("政府印发的办法", 0, 0).characters)
    )
    monkeypatch.setattr(ocr, "recognize", lambda image: page_of(line, rulings=[(0.04, 10.06, 900.04, 10.06)]))
    first, again = (read(FIXTURES / "page.png", record_as="page.png") for _ in range(2))
    assert first == again and any(r.rule == "weak-character" for r in first.readings)


def test_page_image_is_read_once_and_then_kept(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rapidocr")
    told: list[tuple[int, int]] = []
    first = read(
        FIXTURES / "page.png", record_as="page.png", options=ReadOptions(progress=lambda a, b: told.append((a, b)))
    )
    assert first.text.startswith("    为了规范档案的收集与整理，推动全市档案事业发展，\n结合本市实际，制定本办法。")
    assert told[-1] == (1, 1) and len(list(own_cache.rglob("*.json"))) == 1
    mark = first.marks[0]
    assert mark is not None and mark.page == 1 and mark.confidence is not None and mark.confidence > 0.9
    assert mark.bbox == pytest.approx((115, 108, 475, 123), abs=6)
    from juanzong.read import ocr

    monkeypatch.setattr(ocr, "recognize", lambda image: pytest.fail("read twice"))
    assert read(FIXTURES / "page.png", record_as="page.png") == first


@pytest.mark.parametrize("kind", ["group4", "group3", "jpeg", "pdf", "png"])
def test_an_image_whose_data_are_damaged_is_told(kind: str, tmp_path: Path) -> None:
    """A fax and a JPEG are drawn all the same, garbled from the damage on."""
    pytest.importorskip("cv2")
    from PIL import Image, ImageDraw

    from juanzong.read.image_damage import damage_report

    page = Image.new("L", (800, 1000), 255)
    draw, rng = ImageDraw.Draw(page), random.Random(1)
    for _ in range(900):
        x, y = rng.randrange(760), rng.randrange(960)
        draw.rectangle([x, y, x + 9, y + 9], fill=0)
    path, out = tmp_path / "page", io.BytesIO()
    if kind.startswith("group"):
        page.convert("1").save(out, "TIFF", compression=kind)
    else:
        page.save(out, kind)
    data = bytearray(out.getvalue())
    path.write_bytes(data)
    assert damage_report(path, 0, 3) == []
    at = len(data) // 2
    data[at : at + 40] = b"\xff\xd9" * 20  # to a JPEG its end
    path.write_bytes(data)
    [told] = damage_report(path, 0, 3)
    assert (told.page, told.check, told.severity) == (3, "page-image-damaged", "warning")


def test_long_lines_are_recognised_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # six lines 200 times as wide as high, at once, took 1.4 GB: a batch is padded to its longest line
    pytest.importorskip("rapidocr")
    from types import SimpleNamespace

    import numpy as np

    from juanzong.read import ocr

    calls: list[list[int]] = []

    def text_rec(asked: Any) -> Any:
        calls.append([image.shape[1] for image in asked.img])
        return SimpleNamespace(word_results=[[Seen(str(width), 1.0, 0.5)] for width in calls[-1]])

    monkeypatch.setattr(ocr, "engine", lambda: SimpleNamespace(text_rec=text_rec))
    wide = [200, 3, 210, 12, 60, 50, 70, 55]
    read = ocr.characters_on([np.zeros((1, w, 3), np.uint8) for w in wide])
    assert [line[0].text for line in read] == [str(w) for w in wide]
    assert calls == [[3, 12], [50, 55, 60], [70], [200], [210]]


def test_pages_of_a_damaged_tiff_that_nothing_leads_to_are_told(tmp_path: Path) -> None:
    pytest.importorskip("PIL")
    from PIL import Image

    from juanzong.read.image import frame_count
    from juanzong.read.tiff_pages import lost_pages

    rng = random.Random(1)
    pages = [Image.frombytes("L", (200, 200), rng.randbytes(40000)) for _ in range(3)]
    path = tmp_path / "a.tiff"
    pages[0].save(path, "TIFF", save_all=True, append_images=pages[1:])
    assert frame_count(path, 10**8) == 3 and lost_pages(path, 3) == []
    data = bytearray(path.read_bytes())
    directory = int.from_bytes(data[4:8], "little")
    entries = int.from_bytes(data[directory : directory + 2], "little")
    data[directory + 2 + 12 * entries : directory + 6 + 12 * entries] = bytes(4)
    path.write_bytes(data)
    assert frame_count(path, 10**8) == 1
    [told] = lost_pages(path, 1)
    assert (told.page, told.severity) == (1, "error") and "67%" in told.message
    pages[0].save(path, "PNG")
    assert lost_pages(path, 1) == []
