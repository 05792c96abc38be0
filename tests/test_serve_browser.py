"""The service in a real browser, as people use it who have no command line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from serve_kit import NOTICE, Service

kit = pytest.importorskip("browser_kit")
By = pytest.importorskip("selenium.webdriver.common.by").By
Chains = pytest.importorskip("selenium.webdriver.common.action_chains").ActionChains
Keys = pytest.importorskip("selenium.webdriver.common.keys").Keys
Wait = pytest.importorskip("selenium.webdriver.support.wait").WebDriverWait
axe = pytest.importorskip("axe_core_python", reason="the checks of accessibility: pip install axe-core-python")
AXE = Path(axe.__file__ or "").with_name("axe.min.js")
SHOTS = os.environ.get("JUANZONG_SHOTS")  # a folder for pictures of what the tests see
NAMES = ["通知一.txt", "通知二.txt", "<img src=x onerror=document.title=1>.txt"]


class Page:
    def __init__(self, driver: Any, service: Service) -> None:
        self.driver, self.service = driver, service
        self.size(1280, 900)
        driver.get(service.base)
        self.wait("return document.body.dataset.ready")

    def size(self, width: int, height: int) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def wait(self, script: str, *values: Any) -> Any:
        return Wait(self.driver, 60, 0.05).until(lambda d: d.execute_script(script, *values))

    def choose(self, css: str, *paths: Path) -> None:
        self.driver.find_element(By.CSS_SELECTOR, css).send_keys("\n".join(map(str, paths)))

    def at_rest(self, count: int) -> None:
        done = "document.querySelectorAll('[data-status=done], [data-status=failed]').length"
        self.wait(f"return {done} === arguments[0] && document.querySelector('#receiving').hidden", count)

    def text(self, css: str) -> str:
        return " ".join(
            self.driver.execute_script(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", css
            )
        )

    def faults(self) -> list[str]:
        """What axe-core finds."""
        self.driver.execute_script(AXE.read_text("utf-8"))
        found = self.driver.execute_async_script("const done = arguments[0]; axe.run().then(r => done(r.violations))")
        return [f"{v['id']}: {n['html']}" for v in found for n in v["nodes"]]

    def shot(self, name: str) -> None:
        if SHOTS:
            self.driver.save_screenshot(f"{SHOTS}/{name}.png")


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Page]:
    service = Service(tmp_path / "s")
    yield Page(browser, service)
    browser.execute_script("removeEventListener('beforeunload', () => 0)")
    service.process.kill()
    service.process.wait()
    assert "Traceback" not in service.errors.read_text()


def drop(room: Path, *names: str) -> list[Path]:
    room.mkdir(exist_ok=True)
    for n, name in enumerate(names):
        (room / name).write_text(NOTICE.format("节水" * (n + 1), n), "utf-8")
    return [room / name for name in names]


def test_files_are_chosen_watched_reviewed_and_nothing_is_lost(page: Page, tmp_path: Path) -> None:
    page.shot("empty-1280")
    assert page.faults() == []
    page.choose("#files", *drop(tmp_path / "in", *NAMES), *drop(tmp_path / "in2", ".DS_Store"))
    page.at_rest(3)
    assert "不收" in page.text("#told") and "完成 3" in page.text("#tally")
    assert "<img src=x" not in page.text("h3") and "＜img src=x onerror=document.title=1＞.txt" in page.text("h3")
    page.service.kill()  # what is chosen while the server is away comes when it is back
    page.choose("#files", *drop(tmp_path / "in3", "通知三.txt"))
    page.wait("return !document.querySelector('#offline').hidden")
    page.shot("offline-1280")
    page.service.start()
    page.at_rest(4)
    assert page.driver.execute_script("return document.querySelector('#offline').hidden")
    (tmp_path / "in4" / "下").mkdir(parents=True)
    drop(tmp_path / "in4", "页1.txt")
    drop(tmp_path / "in4" / "下", "页2.txt")
    page.driver.find_element(By.CSS_SELECTOR, "[value=one]").click()
    page.choose("#folder", tmp_path / "in4")
    page.at_rest(5)
    assert sorted(p.name for p in (page.service.folder / "raw" / "in4").iterdir()) == ["下 页2.txt", "页1.txt"]
    page.driver.find_element(By.CSS_SELECTOR, ".bundle summary").click()
    page.shot("done-1280")
    assert page.faults() == []
    page.size(390, 844)
    page.shot("done-390")
    assert page.faults() == []
    assert page.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    page.size(1280, 900)
    page.driver.find_element(By.CSS_SELECTOR, "a.review").click()
    page.wait("return document.body?.dataset.base?.includes('/review/') && document.body.dataset.ready")
    page.wait("return document.querySelector('#document').textContent.includes('节水')")
    page.shot("review-1280")


def test_all_of_it_is_reached_by_keys(page: Page, tmp_path: Path) -> None:
    page.choose("#files", *drop(tmp_path / "in", "通知一.txt"))
    page.at_rest(1)
    page.driver.execute_script("document.activeElement.blur()")
    reached = []
    for _ in range(14):
        Chains(page.driver).send_keys(Keys.TAB).perform()  # sent to a file input itself, keys are names of files
        reached.append(
            page.driver.execute_script(
                "const e = document.activeElement; return e.id || e.className || e.name || e.tagName"
            )
        )
        drawn = "const e = document.activeElement.closest('label') || document.activeElement; return getComputedStyle(e).outlineStyle"
        assert page.driver.execute_script(drawn) != "none" or reached[-1] in ("BODY", "HTML"), reached[-1]
    assert [r for r in ("skip", "lang", "files", "folder", "as", "button review", "SUMMARY") if r not in reached] == []
    page.driver.find_element(By.CSS_SELECTOR, ".bundle summary").send_keys(Keys.ENTER)
    page.wait("return document.querySelector('.bundle details').open")
    assert page.driver.find_elements(By.CSS_SELECTOR, ".bundle details a[href$='/xlsx']")[0].is_displayed()
    page.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not page.driver.execute_script("return document.querySelector('.bundle details').open")
