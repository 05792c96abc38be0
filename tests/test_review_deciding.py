"""Waiving, comments, batches, the edit box and the next run, in the review page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from juanzong.cli import main
from review_kit import make

kit = pytest.importorskip("browser_kit")
Page = kit.Page

# A match table that misquotes, a contents list that misnames, a chapter that is missing.
PLAN = """\
松城市绿道建设方案

第一章 总体要求

到2025年全市建成绿道300公里，实现城区居民步行十五分钟可达，打造连通山水、覆盖城乡的绿道网络。

第三章 保障措施

落实绿道建设经费，加强督促检查，定期公布各区建设进展情况，确保按时完成建设任务。

绿道建设情况报告

一、建设依据

《松城市绿道建设方案》提出“到2025年全市建成绿道500公里，实现城区居民步行十五分钟可达，打造连通山水、覆盖城乡的绿道网络”，各区据此安排建设。
"""


@pytest.fixture
def plan(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """A bundle made by a run, so that it can be run again."""
    page = Page(browser, run(tmp_path))
    yield page
    page.close()


def run(root: Path) -> Path:
    (root / "raw").mkdir(exist_ok=True)
    (root / "raw" / "lv-dao.txt").write_text(PLAN, "utf-8")
    with pytest.raises(SystemExit):
        main(["run", str(root / "raw" / "lv-dao.txt"), "--out", str(root / "clean"), "--quiet"])
    return root / "clean" / "lv-dao"


def box_in_view(page: Any) -> bool:
    """Whether the text field that one writes in and its button are in view."""
    return bool(
        page.js(
            "return [...document.querySelectorAll('#card form.words:not([hidden]) textarea, #card form.words:not([hidden]) "
            "[type=submit]')].every(e => { const r = e.getBoundingClientRect(); return r.height > 10 && r.top >= 0 && "
            "r.bottom <= innerHeight && document.elementFromPoint(r.left + 8, r.top + r.height / 2) === e; })"
        )
    )


def test_a_finding_is_waived_with_a_reason_and_the_next_run_keeps_it(plan: Any) -> None:
    assert "quotation" in plan.text(".row.now .rule") or plan.text(".row.now .what")
    first = plan.current()
    plan.keys("w")
    plan.js("document.querySelector('#card form.words:not([hidden])').requestSubmit()")
    plan.idle()
    assert plan.saved() == []  # no reason, no decision
    plan.keys("w")
    plan.type("原文如此，已电话核实")
    plan.keys("\ue007")
    assert plan.saved() == ["waived"] and plan.decisions()[0].reason == "原文如此，已电话核实"
    assert plan.text(f"#q-{first} .chosen") == "已放行" and plan.current() != first
    plan.click("#rerun")
    assert "已电话核实" in plan.text("#dialog") or "不再计入问题" in plan.text("#dialog")
    plan.click("#dialog [data-do=run]")
    plan.wait("return document.querySelector('#dialog .main')")
    assert "已放行" in plan.text("#dialog .changes")
    plan.click("#dialog [data-do=close]")
    plan.ready()
    assert plan.js("return document.querySelector('#rerun').hidden")
    plan.go(f"#id={first}")
    assert "已电话核实" in plan.text("#card")


def test_the_next_run_tells_first_what_it_will_change_and_then_what_it_changed(plan: Any) -> None:
    plan.js(
        "const t = [...document.querySelectorAll('#document .t')].find(e => e.textContent.includes('步行十五分钟'));"
        "const n = t.firstChild, k = n.data.indexOf('十五分钟'), r = document.createRange(); r.setStart(n, k); r.setEnd(n, k + 2);"
        "getSelection().removeAllRanges(); getSelection().addRange(r)"
    )
    plan.keys("e")
    plan.type("二十")
    plan.keys("\ue007")
    assert plan.saved() == ["二十"] and plan.text("#n-waiting") == "1"
    plan.click("#rerun")
    assert "十五" in plan.text("#dialog del") and "二十" in plan.text("#dialog ins") and "改写" in plan.text("#dialog")
    plan.click("#dialog [data-do=run]")
    plan.wait("return document.querySelector('#dialog .ddoc')")
    assert "步行二十分钟" in plan.text("#dialog .changes").replace("十五", "")
    plan.click("#dialog [data-do=close]")
    plan.ready()
    assert "步行二十分钟" in plan.text("#document")


def test_the_evidence_is_waived_from_its_own_list_and_shows_both_sides(plan: Any) -> None:
    plan.click("#tab-evidence")
    line = plan.js(
        "return [...document.querySelectorAll('#evidence .row')].find(r => r.textContent.includes('500')).dataset.id"
    )
    plan.go(f"#id={line}")
    assert "500" in plan.marked("#source") and "300" in plan.marked("#document") and plan.out_of_view() == ""
    assert "500" in plan.text("#card .odd") and "300" in plan.text("#card .lack")
    plan.keys("w")
    assert box_in_view(plan)
    plan.type("报告有误，原件已更正")
    plan.keys("\ue007")
    assert [d.reason for d in plan.decisions()] == ["报告有误，原件已更正"]
    assert plan.text(f"#q-{line} .chosen") == "已放行"
    plan.go(f"#id={line}")
    plan.keys("x")
    assert plan.saved() == []
    plan.keys("a")
    assert plan.saved() == ["accepted"]  # it is so: the finding stays


def test_a_comment_on_any_place_is_kept_and_shown(page: Any) -> None:
    page.js(
        "const t = [...document.querySelectorAll('#document .t')].find(e => e.textContent.includes('三级医院'));"
        "const w = document.createTreeWalker(t, NodeFilter.SHOW_TEXT); let n; while ((n = w.nextNode())) { const k = "
        "n.data.indexOf('三级'); if (k >= 0) { const r = document.createRange(); r.setStart(n, k); r.setEnd(n, k + 4);"
        "getSelection().removeAllRanges(); getSelection().addRange(r); break; } }"
    )
    page.keys("c")
    assert box_in_view(page)
    page.type("请卫健委核实")
    page.keys("\ue007")
    (kept,) = page.decisions()
    assert (kept.on, kept.before, kept.reason) == ("comment", "三级医院", "请卫健委核实")
    assert page.text("#document mark.comment") == "三级医院" == page.text("#source mark.comment")
    page.driver.refresh()
    page.ready()
    page.click("#document mark.comment")
    assert "请卫健委核实" in page.text("#card") and page.out_of_view() == ""
    page.keys("c")
    page.type("已核实")
    page.keys("\ue007")
    assert [d.reason for d in page.decisions()] == ["已核实"]
    make(page.folder.parent.parent)  # the next run keeps it and changes nothing by it
    page.open()
    assert "三级医院" in page.text("#document mark.comment")
    page.click("#document mark.comment")
    page.keys("x")
    assert page.saved() == []


def test_a_batch_of_findings_shows_its_places_and_wants_a_reason(browser: Any, tmp_path: Path) -> None:
    page = Page(browser, run(tmp_path))
    try:
        page.js("document.querySelector('#filter-queue [name=state]').value = 'any'")
        page.js("document.querySelector('#filter-queue').dispatchEvent(new Event('change', {bubbles: true}))")
        page.idle()
        ids = page.js("return [...document.querySelectorAll('#queue .row.finding')].map(r => r.dataset.id)")
        many = []
        for key in ids:
            page.go(f"#id={key}")
            if page.driver.find_elements("css selector", "#card [data-do=batch]"):
                many.append(key)
        for key in many[:1]:
            page.go(f"#id={key}")
            page.keys("b")
            assert len(page.driver.find_elements("css selector", "#dialog .places li")) > 1 and page.saved() == []
            page.click("#dialog [data-do=batch-waive]")
            assert page.saved() == []
            page.type("均为原文如此")
            page.click("#dialog [data-do=batch-waive]")
            assert set(page.saved()) == {"waived"} and len(page.saved()) > 1
    finally:
        page.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (1280, 600), (390, 844), (390, 600)])
def test_the_edit_box_is_never_hidden(page: Any, width: int, height: int) -> None:
    page.resize(width, height)
    page.keys("j")
    for key in "ec":
        page.keys(key)
        assert box_in_view(page), key
        page.driver.switch_to.active_element.send_keys("\ue00c")
        page.idle()
    page.resize(1280, 900)


def test_each_matter_is_listed_once_and_in_words(page: Any) -> None:
    page.js("document.querySelector('#filter-queue [name=state]').value = 'any'")
    page.js("document.querySelector('#filter-queue').dispatchEvent(new Event('change', {bubbles: true}))")
    page.idle()
    told = page.js("return [...document.querySelectorAll('#queue .row')].map(r => r.textContent.trim())")
    assert len(told) == len(set(told)) > 5
    for key in page.js("return [...document.querySelectorAll('#queue .row')].map(r => r.dataset.id)"):
        page.go(f"#id={key}")
        said = page.text("#card")
        assert "/body" not in said and "/children" not in said and "100%" not in said, said
