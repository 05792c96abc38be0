"""The review app and the report in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import regex as re

from review_kit import HOSTILE, LINES, make

kit = pytest.importorskip("browser_kit")
report_page = pytest.importorskip("juanzong.review.report", reason="the extra `review` is not installed").report_page
By = pytest.importorskip("selenium.webdriver.common.by").By
Keys = pytest.importorskip("selenium.webdriver.common.keys").Keys
Page, WebDriverWait = kit.Page, kit.WebDriverWait


def test_the_queue_is_walked_and_decided_by_keys(page: Page) -> None:
    assert page.text("html[lang=zh-CN] .views").startswith("待审")
    assert "合计不符" in page.text(".row.now")  # the worst first
    page.keys("j")
    first = page.current()
    page.keys("j", "k")
    assert page.current() == first and "建" in page.text("#card .big")
    assert page.driver.execute_script("return document.querySelectorAll('mark.now').length") == 2  # in both panes
    page.keys("a")
    assert page.saved() == ["accepted"] and page.current() != first  # on to the next
    page.keys("r")
    assert page.saved() == ["accepted", "rejected"]
    page.keys("e")
    page.type("成")
    page.keys(Keys.ENTER)
    assert page.saved() == ["accepted", "rejected", "成"]
    page.keys("u")
    assert page.saved() == ["accepted", "rejected"]
    page.open()  # reload: what was decided is still so
    assert page.text("#n-decided") == "2" and page.driver.find_elements(By.CSS_SELECTOR, "mark[data-d]")
    page.keys("u")
    assert page.saved() == ["accepted"]


def test_the_next_run_carries_it_out_and_a_killed_server_loses_nothing(page: Page) -> None:
    page.keys("j", "a")
    page.server.kill()
    make(page.folder.parent.parent)
    again = Page(page.driver, page.folder)
    try:
        assert "加快建设中医药强市" in again.text("#document") and "加快建没临床专科" in again.text("#document")
    finally:
        again.close()


def test_a_batch_shows_its_places_first(page: Page) -> None:
    page.keys("j", "b")
    page.wait("return document.querySelectorAll('.places li').length === 3")
    assert page.saved() == []
    page.driver.find_element(By.CSS_SELECTOR, ".places input").click()  # all but one
    page.driver.find_element(By.CSS_SELECTOR, "[data-do=batch-accept]").click()
    page.idle()
    assert page.saved() == ["accepted", "accepted"]
    page.keys("u")
    assert page.saved() == []


def test_any_passage_can_be_selected_and_read_anew(page: Page) -> None:
    page.driver.execute_script("""
        const t = [...document.querySelectorAll('#document .t')].find(e => e.textContent.includes('三级医院'));
        const w = document.createTreeWalker(t, NodeFilter.SHOW_TEXT); let n;
        while (n = w.nextNode()) { const k = n.data.indexOf('三级'); if (k >= 0) { const r = document.createRange();
            r.setStart(n, k); r.setEnd(n, k + 2);
            const s = getSelection(); s.removeAllRanges(); s.addRange(r); break; } }""")
    page.keys("e")
    page.type("二级")
    page.keys(Keys.ENTER)
    assert page.saved() == ["二级"]
    assert "三级" in page.text("#document mark[data-d=reading]")


def test_hover_tells_why_and_evidence_leads_to_its_place(page: Page) -> None:
    page.keys("j")
    page.driver.execute_script(
        "document.querySelector('#document mark.suggested').dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))"
    )
    page.wait("return !document.getElementById('pop').hidden")
    assert (
        re.search("重印|Second print", page.text("#pop"))
        and "60%" in page.text("#pop")
        and "再版如此" in page.text("#pop")
    )
    page.driver.find_element(By.CSS_SELECTOR, "#card a.ev").click()
    page.idle()
    assert page.marked("#document") == "" and "某市健康发展规划" in page.js(
        "return [...CSS.highlights.get('string')].map(String)"
    )


def test_tables_keep_their_spans_and_filters_filter(page: Page) -> None:
    assert page.driver.execute_script("return document.querySelector('#document td[rowspan]').rowSpan") == 2
    page.driver.execute_script(
        "const s = document.querySelector('#filter-queue [name=rule]'); s.value = 'sum';"
        "s.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    page.idle()
    assert page.text("#queue .rule") == "sum"


def test_a_hostile_text_is_shown_as_text(browser: Any, tmp_path: Path) -> None:
    lines = list(LINES)
    lines[15] = HOSTILE + "长" * 100_000
    folder = make(tmp_path, lines)
    page = Page(browser, folder)
    try:
        for pane in ("#source", "#document"):
            page.driver.execute_script(f"document.querySelectorAll('{pane} .chunk').forEach(c => review.fill(c))")
            page.wait(f"return document.querySelector('{pane}').textContent.includes('长'.repeat(1000))")
            text = page.text(pane)
            assert '<script>document.title="owned"</script>' in text and "onerror=" in text and "]]>" in text
            assert "\u202e" not in text and page.driver.find_elements(By.CSS_SELECTOR, f"{pane} .ctl")
        assert "owned" not in page.driver.title and page.driver.title != "1"
        wrong = [m for m in browser.get_log("browser") if m["level"] == "SEVERE" and page.address in m["message"]]
        assert not wrong, wrong  # no script was stopped by the policy: none was there
        report = tmp_path / "report.html"
        report.write_text(report_page(folder, None, "zh"), "utf-8")
        page.driver.get(report.as_uri())
        assert page.driver.title == "审阅报告 · 某市卷宗"
        assert '<script>document.title="owned"</script>' in page.text(".doc")
        assert len(page.driver.find_elements(By.CSS_SELECTOR, "script, img")) == 2
    finally:
        page.close()


def test_the_report_opens_from_a_file_and_tells_its_edits(browser: Any, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    report.write_text(report_page(make(tmp_path), None, "en"), "utf-8")
    browser.get(report.as_uri())
    browser.find_element(By.CSS_SELECTOR, ".doc mark.suggested").click()
    told = browser.find_element(By.ID, "pop").text
    assert re.search("重印|Second print", told) and "60%" in told and "再版如此" in told
    loaded = browser.execute_script("return performance.getEntriesByType('resource').map(r => r.name).join()")
    assert "http" not in loaded


def test_the_report_leads_to_notes_and_findings_and_back(browser: Any, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    report.write_text(report_page(make(tmp_path), None, "zh"), "utf-8")
    browser.get(report.as_uri())

    def comes_to(name: str) -> bool:
        """Whether the view comes to show what holds the name, and has it marked; the script does both after the click."""
        script = (
            "const h = CSS.highlights.get('string'), r = h && [...h][0], b = r && r.getBoundingClientRect();"
            "return r && b.top >= 0 && b.bottom <= innerHeight ? r.toString() : ''"
        )
        return bool(WebDriverWait(browser, 20, 0.02).until(lambda d: name in d.execute_script(script)))

    browser.find_element(By.CSS_SELECTOR, "sup.fn a").click()
    assert comes_to("指中医药传承创新。")
    browser.find_element(By.CSS_SELECTOR, ".fns .back").click()
    assert comes_to("强市")
    browser.find_element(By.CSS_SELECTOR, ".list .finding a").click()
    assert comes_to("表1")
