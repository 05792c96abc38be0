"""The review page always shows the place, on both sides, whatever way one comes there."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from juanzong.cli import main
from pdf_kit import make_pdf, paragraphs, show

kit = pytest.importorskip("browser_kit")
Page = kit.Page
ROOT = Path(__file__).parent.parent
CLEAN = next(iter(sorted((ROOT / "clean").glob("*/bundle.json"))), None)


@pytest.fixture(scope="module")
def large(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A bundle of 400,000 characters: its texts are drawn piece by piece."""
    if CLEAN is None:
        pytest.skip("no bundle in clean/")
    root = tmp_path_factory.mktemp("large")
    shutil.copytree(ROOT / "raw", root / "raw")
    shutil.copytree(CLEAN.parent, root / "clean" / CLEAN.parent.name)
    page = Page(browser, root / "clean" / CLEAN.parent.name)
    yield page
    page.close()


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]


def test_a_hundred_random_ways_lead_to_words_in_view(large: Any) -> None:
    rng = random.Random(3)
    evidence = [f"#id=v-{r['id']}" for r in rows(large.folder, "evidence") if r["kind"] != "reference"]
    edits = [e for e in rows(large.folder, "edits") if e["kind"] != "join"]
    ways = (
        ["j"] * 30
        + ["k"] * 8
        + ["row"] * 12
        + ["edit"] * 14
        + ["link"] * 12
        + ["reload"] * 8
        + ["back"] * 8
        + ["search"] * 8
    )
    rng.shuffle(ways)
    for n, way in enumerate(ways):
        if way in "jk":
            large.js("document.activeElement.blur()")
            large.keys(way)
        elif way == "row":
            large.go(row := rng.choice(evidence))
            assert row == f"#id={large.current()}" and not large.text("#toast:not([hidden])")
        elif way == "edit":
            edit = rng.choice(edits)
            large.go(f"#id=e-{edit['id']}")
            if edit["before"].strip() and "\n" not in edit["before"]:
                assert edit["before"] in large.marked("#source"), (n, edit)
        elif way == "link":
            links = large.driver.find_elements("css selector", "#card .said a.ev")
            if links:
                large.js("arguments[0].click()", rng.choice(links))
                large.idle()
        elif way == "reload":
            large.driver.refresh()
            large.ready()
        elif way == "back" and n:
            large.back()
        else:
            large.go("#q=" + rng.choice(["健康", "产业", "2025年", "医疗机构", "规划"]))
            large.js("arguments[0].click()", rng.choice(large.driver.find_elements("css selector", "#hits a")))
            large.idle()
        assert large.out_of_view() == "", (n, way, large.js("return location.hash"))


def test_what_is_drawn_later_does_not_push_the_place_away(large: Any) -> None:
    edits = [e for e in rows(large.folder, "edits") if e["category"] == "content"]
    large.go(f"#id=e-{edits[len(edits) // 2]['id']}")
    large.js("document.querySelectorAll('#source .chunk').forEach((c, k) => k % 9 || review.fill(c))")
    large.js("document.querySelectorAll('#document .chunk').forEach(c => review.fill(c))")
    large.wait("return [...document.querySelectorAll('#document .chunk')].every(c => c.classList.contains('full'))")
    large.idle()
    assert large.out_of_view() == ""
    large.resize(1000, 700)
    large.idle()
    assert large.out_of_view() == ""
    large.resize(1280, 900)


def test_a_click_on_words_shows_them_on_the_other_side(page: Any) -> None:
    at = """
        const [css, words] = arguments, walk = document.createTreeWalker(document.querySelector(css), NodeFilter.SHOW_TEXT);
        for (let n; (n = walk.nextNode());) { const k = n.data.indexOf(words); if (k >= 0 && n.parentElement.closest('.t, .ln')) {
            const r = document.createRange(); r.setStart(n, k + 1); r.setEnd(n, k + 2);
            n.parentElement.scrollIntoView({block: 'center'});
            const b = r.getBoundingClientRect(), e = document.elementFromPoint(b.left + 2, b.top + b.height / 2);
            e.dispatchEvent(new MouseEvent('click', {bubbles: true, clientX: b.left + 2, clientY: b.top + b.height / 2}));
            return true; } }
        return false;"""
    for pane, other, words in (
        ("#document", "#source", "三医联动"),
        ("#source", "#document", "三医联动"),
        ("#document", "#source", "床位"),  # a cell
        ("#source", "#document", "人均寿命"),
        ("#document", "#source", "重点项目"),  # the title of a box
    ):
        assert page.js(at, pane, words), words
        page.idle()
        told = page.marked(other)
        assert told and told in words + "三医联动。" and told == page.marked(pane), (words, told)
        assert page.out_of_view() == ""


def test_a_footnote_and_the_way_back(page: Any) -> None:
    page.click("#document sup.fn a")
    assert "指中医药传承创新" in page.js("return [...CSS.highlights.get('string')].map(String).join()")
    assert page.out_of_view() == ""
    page.click("#document .fns .back")
    assert page.out_of_view() == "" and page.marked("#document").endswith("市")
    page.back()
    assert "p=%2Ffootnotes%2F0%2Ftext" in page.js("return location.hash") and page.out_of_view() == ""


def test_search_goes_over_both_texts_and_blanks_do_not_count(page: Any) -> None:
    page.keys("/")
    page.type("人民 健康\n")
    page.idle()
    assert page.text("#hits .count").startswith("1 ") and page.out_of_view() == ""
    assert page.marked("#document") == "人民健康" and page.marked("#source") == "人 民健康"
    page.go("#q=第 3 页")  # in no document: dropped as a page number
    page.click("#hits a")
    assert "原文第 4 行" in page.text("#hits .row") and page.marked("#source") == "第 3 页"
    page.driver.refresh()
    page.ready()
    assert page.marked("#source") == "第 3 页" and page.js("return document.body.dataset.view") == "search"


def test_an_address_leads_to_its_place_after_reload_and_back(page: Any) -> None:
    page.keys("j", "j")
    first, address = page.current(), page.js("return location.hash")
    page.keys("j")
    page.back()
    assert page.current() == first and page.js("return location.hash") == address and page.out_of_view() == ""
    page.open(address)
    assert page.current() == first and page.text(".row.now").strip() and page.out_of_view() == ""
    page.go("#doc=plan-mou-shi&p=%2Fbody%2F0%2Fchildren%2F4%2Frows%2F1%2Fcells%2F0%2Ftext&r=0-4")
    page.driver.refresh()
    page.ready()
    assert page.marked("#document") == "人均寿命" == page.marked("#source")
    page.go("#doc=no-such&p=%2Ftitle")
    assert "不存在" in page.text("#toast:not([hidden])")


def test_evidence_words_are_marked(page: Any) -> None:
    page.go("#at=0-4")
    assert page.marked("#source") == "某市健康" == page.marked("#document")


def test_table_columns_are_wide_enough_to_read(large: Any) -> None:
    large.go("#id=v-" + next(r["id"] for r in rows(large.folder, "evidence") if r["kind"] == "quotation"))
    cells = large.js(
        "return [...document.querySelectorAll('#document td, #document th')].filter(c => c.textContent.length > 3)"
        ".map(c => [c.textContent.length, c.clientWidth])"
    )
    assert cells and all(width >= 16 * min(chars, 4) * 0.8 for chars, width in cells), cells


def test_a_pdf_shows_its_page_with_the_box_and_zooms(browser: Any, tmp_path: Path) -> None:
    texts = [f"第{k}条 全市建成绿道{k}00公里，由市园林局负责管理和维护。" for k in range(1, 9)]
    (tmp_path / "raw").mkdir()
    make_pdf(
        tmp_path / "raw" / "lv-dao.pdf",
        [show(200, 760, "松城市绿道管理办法", 18) + paragraphs(texts[:4], 700), paragraphs(texts[4:], 300)],
    )
    with pytest.raises(SystemExit):
        main(["run", str(tmp_path / "raw" / "lv-dao.pdf"), "--out", str(tmp_path / "clean"), "--quiet"])
    page = Page(browser, tmp_path / "clean" / "lv-dao")
    try:
        page.go("#q=绿道700公里")
        page.click("#hits a")
        page.wait("return document.querySelector('#page img').naturalWidth > 0 && !document.querySelector('.loading')")
        assert page.text("#page-number") == "2 / 2" and page.out_of_view() == ""

        def box() -> dict[str, float]:
            return dict(
                page.js(
                    "const b = document.querySelector('#page .box').getBoundingClientRect(), s = document.querySelector"
                    "('#sheet').getBoundingClientRect(); return {top: b.top - s.top, bottom: s.bottom - b.bottom, width: b.width}"
                )
            )

        first = box()
        assert first["top"] >= 0 and first["bottom"] >= 0
        assert page.js(DARK) > 20, "the box is not where the words are"
        page.js(
            "const b = document.querySelector('#page').getBoundingClientRect(), e = document.querySelector('#page img');"
            "e.dispatchEvent(new MouseEvent('click', {bubbles: true, clientX: b.left + b.width * 200 / 595,"
            "clientY: b.top + b.height * (842 - 296) / 842}))"
        )
        page.idle()
        assert "第5条" in page.js("return [...CSS.highlights.get('string')].map(String).join()")  # clicked on the page
        page.go("#q=绿道700公里")
        page.click("#hits a")
        page.keys("+")
        assert box()["width"] > 1.3 * first["width"] and box()["top"] >= 0
        page.driver.refresh()
        page.ready()
        assert page.text("#page-number") == "2 / 2"
        page.click("[data-do=page-previous]")
        assert page.text("#page-number") == "1 / 2" and not page.driver.find_elements("css selector", "#page .box")
    finally:
        page.close()


# Dark pixels of the page inside the box: the words are there.
DARK = """
const img = document.querySelector('#page img'), c = document.createElement('canvas'), b = document.querySelector('#page .box').style;
c.width = img.naturalWidth; c.height = img.naturalHeight; const g = c.getContext('2d'); g.drawImage(img, 0, 0);
const f = v => parseFloat(v) / 100, d = g.getImageData(f(b.left) * c.width, f(b.top) * c.height, f(b.width) * c.width, f(b.height) * c.height).data;
let n = 0; for (let k = 0; k < d.length; k += 4) n += d[k] < 90; return n;
"""
