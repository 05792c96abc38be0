"""The review page in Chromium, as a reviewer uses it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from juanzong.review.beside import beside
from juanzong.review.decisions import Decision, load

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed (pip install selenium)")
pytest.importorskip("uvicorn", reason="the extra `review` is not installed")
if not (shutil.which("chromium") and shutil.which("chromedriver")):
    pytest.skip("no Chromium (apt-get install chromium chromium-driver)", allow_module_level=True)
WebDriverWait = pytest.importorskip("selenium.webdriver.support.wait").WebDriverWait

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--window-size=1280,900",
)
SERVE = (
    "from pathlib import Path; import sys; from juanzong.review.serve import serve; "
    "serve(Path(sys.argv[1]), None, 0, None, False, lambda s: print(s, flush=True))"
)
# Where the named words stand in a pane: "" when they, or the mark or string that stands for them, are in view.
IN_VIEW = """
const out = [], win = {top: 0, bottom: innerHeight};
for (const [css, spot] of [['#source', review.place.source], ['#document', review.place.document]]) {
  const pane = document.querySelector(css), box = pane.getBoundingClientRect();
  if (!spot || (css === '#source' && !spot.source.length) || !box.height) continue;
  const held = name => [...CSS.highlights.get(name)].filter(r => pane.contains(r.startContainer) && r.getClientRects().length);
  const found = [...held('words'), ...held('string'), ...pane.querySelectorAll('mark.now')];
  if (!found.length) { out.push(css + ': nothing is marked'); continue; }
  const seen = found.some(x => [...x.getClientRects()].some(r => r.height && r.top >= box.top - 1 && r.bottom <= box.bottom + 1
    && r.bottom <= innerHeight && r.left < box.right && r.right > box.left));
  if (!seen) out.push(css + ': ' + Math.round(found[0].getBoundingClientRect().top - box.top) + ' px from the top of its pane');
}
return out.join('; ');
"""


def chromium() -> Iterator[Any]:
    """A driver, ended when done with."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    driver.set_script_timeout(120)
    yield driver
    driver.quit()


class Page:
    """The review page of one folder."""

    def __init__(self, driver: Any, folder: Path, width: int = 1280, height: int = 900) -> None:
        self.driver, self.folder = driver, folder
        self.server = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "LC_ALL": "zh_CN.UTF-8"},
        )
        assert self.server.stdout is not None
        self.address = self.server.stdout.readline().strip()
        _answers(self.address)
        self.resize(width, height)
        self.open()

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def close(self) -> None:
        self.server.kill()
        self.server.wait()

    def open(self, fragment: str = "") -> None:
        self.driver.get("about:blank")
        self.driver.get(self.address + fragment)
        self.ready()

    def ready(self) -> None:
        self.wait("return document.body?.dataset.ready")
        self.idle()

    def wait(self, script: str) -> Any:
        return WebDriverWait(self.driver, 60, 0.02).until(lambda d: d.execute_script(script))

    def js(self, script: str, *args: Any) -> Any:
        return self.driver.execute_script(script, *args)

    def idle(self) -> None:
        """Wait until what was begun is done and drawn."""
        self.driver.execute_async_script(
            "const done = arguments[0]; const rest = p => review.busy.then(() => review.busy === p ? "
            "requestAnimationFrame(() => requestAnimationFrame(() => done())) : rest(review.busy)); rest(review.busy)"
        )

    def keys(self, *keys: str) -> None:
        """Press keys, each when what the one before began is done."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)
            self.idle()

    def type(self, text: str) -> None:
        """Type in place of what is in the field."""
        control = "\ue009"
        self.driver.switch_to.active_element.send_keys(control, "a")
        self.driver.switch_to.active_element.send_keys(text)

    def click(self, css: str, n: int = 0) -> None:
        self.driver.find_elements("css selector", css)[n].click()
        self.idle()

    def go(self, fragment: str) -> None:
        self.js("review.open(arguments[0])", fragment)
        self.js("location.hash")
        self.idle()

    def back(self) -> None:
        self.driver.back()
        time.sleep(0.05)  # the event of going back comes after the call returns
        self.idle()

    def current(self) -> str:
        return str(self.js("return review.current"))

    def text(self, css: str) -> str:
        return " ".join(self.js("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", css))

    def marked(self, pane: str) -> str:
        """The words that are named in a pane."""
        return str(
            self.js(
                "return [...CSS.highlights.get('words')].filter(r => document.querySelector(arguments[0])"
                ".contains(r.startContainer)).map(String).join('|')",
                pane,
            )
        )

    def out_of_view(self) -> str:
        return str(self.js(IN_VIEW))

    def decisions(self) -> list[Decision]:
        return load(beside(next((self.folder.parent.parent / "raw").glob(f"{self.folder.name}.*")), self.folder.name))

    def saved(self) -> list[str]:
        return sorted(d.reading or d.decision for d in self.decisions())


def _answers(address: str) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + 60
    while time.monotonic() < end:  # a busy machine takes its time
        try:
            with urllib.request.urlopen(address, timeout=30):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{address} does not answer")
