"""Times of the review of one output folder: first view and every action, in milliseconds.

    python bench/review.py clean/<id> [--browser]

Targets: first view under 1000 ms, each action under 100 ms. Decisions go to a throw-away copy of the source folder.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

READING = 0.5  # seconds that a person looks at an entry, at least, before deciding it
SERVE = (
    "from pathlib import Path; import sys; from juanzong.review.serve import serve; "
    "serve(Path(sys.argv[1]), Path(sys.argv[2]), 0, 'zh', False, lambda s: print(s, flush=True))"
)


def timed(name: str, act: Callable[[], Any], times: int = 20) -> None:
    took = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - start))
    tell(name, took)


def tell(name: str, took: list[float]) -> None:
    print(f"{name:36} median {statistics.median(took):7.1f} ms   worst {max(took):7.1f} ms")


def main(folder: Path, browser: bool) -> None:
    from juanzong.review.folder import read_output, source_file

    with tempfile.TemporaryDirectory() as aside:
        source = Path(shutil.copy(source_file(read_output(folder)), aside))
        start = time.perf_counter()
        command = [sys.executable, "-c", SERVE, str(folder), str(source)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        try:
            address = server.stdout.readline().strip()
            with httpx.Client(base_url=address, headers={"origin": address.rsplit("/", 2)[0]}) as client:
                client.get("")
                print(f"{'start to first page':36} {1000 * (time.perf_counter() - start):14.1f} ms")
                if browser:  # first, as a reviewer begins: hardly anything is decided yet
                    in_browser(address)
                measure(client, folder)
        finally:
            server.kill()
            server.wait()


def measure(client: httpx.Client, folder: Path) -> None:
    edits = [json.loads(line) for line in (folder / "edits.jsonl").read_text("utf-8").splitlines()]
    key = f"e-{next((e for e in edits if e['status'] == 'suggested'), edits[0])['id']}"
    document = max((folder / "documents").iterdir(), key=lambda p: p.stat().st_size).stem

    def decide(ids: list[str], decision: str | None) -> None:
        client.post("decide", json={"changes": [{"id": i, "decision": decision} for i in ids]}).raise_for_status()

    many = [f"e-{e['id']}" for e in edits[:500]]
    for name, act in {
        "page": lambda: client.get(""),
        "queue, open": lambda: client.get("queue"),
        "queue, everything": lambda: client.get("queue?state=any"),
        "entry": lambda: client.get(f"item/{key}"),
        "document, largest": lambda: client.get(f"document/{document}"),
        "chunk of it": lambda: client.get(f"document/{document}/1"),
        "chunk of the source": lambda: client.get("source/20"),
        "batch, shown": lambda: client.get(f"batch/{key}?scope=rule"),
        "accept": lambda: decide([key], "accepted"),
        "reject": lambda: decide([key], "rejected"),
        "undo": lambda: decide([key], None),
    }.items():
        timed(name, act)
    timed("batch of 500, made", lambda: decide(many, "accepted"), 1)
    timed("accept, 500 decided", lambda: decide([key], "accepted"))


def in_browser(address: str) -> None:
    """First view and keys as Chromium shows them."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--window-size=1280,900",
    ):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    try:

        def view() -> None:
            driver.get(address)
            while not driver.execute_script("return document.body.dataset.ready"):
                time.sleep(0.005)

        def press(key: str) -> float:
            """Milliseconds from the key to the next frame after all is drawn, by the page's own clock: the driver's
            way to the browser and back is no part of what a person waits for."""
            took: float = driver.execute_async_script(
                "const [key, done] = arguments, start = performance.now();"
                "dispatchEvent.call(document.body, new KeyboardEvent('keydown', {key, bubbles: true}));"
                "review.busy.then(() => requestAnimationFrame(() => done(performance.now() - start)))",
                key,
            )
            return took

        timed("browser: first view", view, 5)
        for name, key in (("next", "j"), ("accept and next", "a"), ("reject and next", "r"), ("undo", "u")):
            took = []
            for _ in range(12):
                time.sleep(READING)
                took.append(press(key))
            tell(f"browser: {name}", took)
    finally:
        driver.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--browser" in sys.argv)
