"""Contrast, landmarks, names and keyboard reach of all pages, by axe-core."""

from __future__ import annotations

import importlib.resources
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from juanzong.cli import main
from review_kit import make
from test_review_deciding import run

kit = pytest.importorskip("browser_kit")
Page = kit.Page
pytest.importorskip("axe_core_python", reason="axe-core is not installed (pip install axe-core-python)")
NEWER = Path(sys.prefix, "axe", "node_modules", "axe-core", "axe.min.js")  # tests/run.sh puts it there where npm is
AXE = (NEWER if NEWER.exists() else importlib.resources.files("axe_core_python") / "axe.min.js").read_text("utf-8")
SIZES = [(1280, 900), (390, 844)]


def violations(driver: Any) -> list[str]:
    """What axe-core finds against the page as it stands."""
    found = driver.execute_cdp_cmd(
        "Runtime.evaluate",  # past the page's policy, which lets no foreign script run
        {"expression": AXE + ";axe.run().then(r => JSON.stringify(r.violations.map(v => [v.id, v.nodes.map(n => n.html)])))",
         "awaitPromise": True, "returnByValue": True},
    )  # fmt: skip
    return [f"{rule}: {nodes[:3]}" for rule, nodes in json.loads(found["result"]["value"])]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_review(browser: Any, tmp_path: Path, width: int, height: int) -> None:
    page = Page(browser, run(tmp_path), width, height)
    steps: list[tuple[str, Callable[[], object]]] = [
        ("queue", lambda: page.keys("j")),
        ("waiving", lambda: page.keys("w")),
        ("decided", lambda: (page.type("原文如此"), page.keys("\ue007"))),
        ("next run", lambda: page.js("document.querySelector('#rerun').click()")),
        (
            "keys",
            lambda: page.js(
                "document.querySelector('dialog[open]').close(); document.querySelector('#help').showModal()"
            ),
        ),
        (
            "evidence",
            lambda: page.js("document.querySelector('#help').close(); document.querySelector('#tab-evidence').click()"),
        ),
        ("search", lambda: page.go("#q=绿道")),
        ("source", lambda: page.js("document.querySelector('[data-tab=source]').click()")),
        ("document", lambda: page.js("document.querySelector('[data-tab=document]').click()")),
    ]
    try:
        for name, step in steps:
            step()
            page.idle()
            assert not violations(browser), (name, violations(browser))
    finally:
        page.resize(1280, 900)
        page.close()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_kind_of_text_and_edit(browser: Any, tmp_path: Path, width: int, height: int) -> None:
    page = Page(browser, make(tmp_path), width, height)
    try:
        for step in ("j", "b"):
            page.keys(step)
            assert not violations(browser), (step, violations(browser))
        page.click("[data-do=close]")
        for tab in ("source", "document"):
            page.js("document.querySelector(`[data-tab=${arguments[0]}]`).click()", tab)
            assert not violations(browser), (tab, violations(browser))
    finally:
        page.resize(1280, 900)
        page.close()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_pages_that_stand_alone(browser: Any, tmp_path: Path, width: int, height: int) -> None:
    old, new = make(tmp_path / "a"), make(tmp_path / "b")
    path = new / "documents" / "plan-mou-shi.json"
    path.write_text(path.read_text("utf-8").replace("全市共有医院12所", "全市共有医院13所"), "utf-8")
    clean = run(tmp_path)
    for name, command in {
        "diff": ["diff", str(old), str(new), "--html"],
        "report": ["report", str(old), "-o"],
        "evidence": ["evidence", str(clean), "--html"],
    }.items():
        page = tmp_path / f"{name}.html"
        with pytest.raises(SystemExit):
            main([*command, str(page)])
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.get(page.as_uri())
        browser.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")
        assert not violations(browser), (name, violations(browser))


def test_all_is_reached_by_keyboard(browser: Any, tmp_path: Path) -> None:
    page = Page(browser, run(tmp_path))
    try:
        page.js("document.activeElement.blur()")
        reached = []
        for _ in range(120):
            page.driver.switch_to.active_element.send_keys("\ue004")
            reached.append(
                page.js(
                    "const e = document.activeElement; return e.id || e.dataset.do || e.dataset.view || e.className"
                )
            )
            if reached[-1] in reached[:-1] and reached[-1] == "words":
                break
        assert {"words", "undo", "help", "source", "document", "which", "queue", "waive"} <= set(reached), reached
        page.js("document.querySelector('#tab-queue').focus()")
        page.keys("\ue014")
        assert page.js("return document.body.dataset.view") == "evidence"
    finally:
        page.close()
