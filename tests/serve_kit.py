"""A service in a process of its own, and files of all kinds for it."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
import zlib
from pathlib import Path
from typing import Any

from docx_kit import docx_bytes
from pdf_kit import make_pdf, paragraphs

TOKEN = "a-token-of-this-test"
FIXTURES = Path(__file__).parent / "fixtures"
NOTICE = "关于{0}的通知\n\n各县：\n\n为了{0}，请按时报送材料，总额{1}万元。\n"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Service:
    """`juanzong serve` on a folder; what it writes to its error output is kept."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder, self.options, self.port = folder, options, free_port()
        self.base = f"http://127.0.0.1:{self.port}/{TOKEN}/"
        self.errors = folder.parent / "errors.txt"
        self.start()

    def start(self) -> None:
        at = ("--port", str(self.port), "--token", TOKEN, "--jobs", "2", "--lang", "zh")
        with self.errors.open("ab") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "juanzong", "serve", str(self.folder), *at, *self.options],
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent / "pipeline")},
            )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline().decode()
        assert self.get("state")[0] == 200  # it answers

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        self.process.send_signal(how)
        self.process.wait(timeout=20)

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask(urllib.request.Request(self.base + path))

    def put(self, name: str | bytes, data: bytes, **more: str) -> tuple[int, dict[str, Any]]:
        query = urllib.parse.urlencode({"name": name, **more})
        headers = {"Content-Type": "application/octet-stream", "Origin": self.base.rstrip("/").rpartition("/")[0]}
        status, body = self._ask(urllib.request.Request(f"{self.base}raw?{query}", data, headers, method="PUT"))
        return status, json.loads(body)

    def complete(self, upload: str, name: str, count: int) -> int:
        """End the upload of a folder."""
        headers = {"Content-Type": "application/json", "Origin": self.base.rstrip("/").rpartition("/")[0]}
        body = json.dumps({"upload": upload, "name": name, "count": count}).encode()
        return self._ask(urllib.request.Request(f"{self.base}raw", body, headers))[0]

    def state(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.get("state")[1])
        return found

    def rest(self, count: int, seconds: float = 120) -> dict[str, dict[str, Any]]:
        """Wait until `count` bundles are done or failed; by name."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            state = self.state()
            if len(state) == count and all(b["status"] in ("done", "failed") for b in state):
                return {b["name"]: b for b in state}
            time.sleep(0.1)
        raise AssertionError(f"not at rest: {state}")

    def memory(self) -> float:
        """The most memory that the server held, in MB."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))

    def _ask(self, request: urllib.request.Request) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()


def twenty(room: Path) -> dict[str, bytes]:
    """Files of all kinds by name: eighteen that can be read, an empty one and a protected one."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["指标", "2020年"], ["床位（张）", 12], ["医师（人）", 34]):
        book.active.append(row)
    sheet = io.BytesIO()
    book.save(sheet)
    text = NOTICE.format("节水", 12)
    pdf = make_pdf(room / "made.pdf", [paragraphs(["关于节水的通知", "各县：", "为了节约用水，请报送材料。"], 760)])
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    made = {
        "通知一.txt": text.encode(),
        "通知二.txt": NOTICE.format("造林", 34).encode("gb18030"),
        "通知三.md": f"# {text}".encode(),
        "表.csv": "指标,2020年\n床位（张）,12\n".encode(),
        "指标.xlsx": sheet.getvalue(),
        "通知四.docx": docx_bytes({"body": body}),
        "通知五.pdf": pdf.read_bytes(),
        "打包.zip": packed({"一.txt": text.encode(), "二.txt": NOTICE.format("治沙", 5).encode()}),
        "空.txt": b"",
        "单词.html": f"<html><body><p>{text}</p></body></html>".encode(),
    }
    names = ("docling.json", "mineru_content_list.json", "paddle_ocr.json", "mineru.md", "paddle.md", "office.docx")
    for name in (*names, "page.html", "prose.pdf", "protected.pdf", "columns.pdf"):
        made[name] = (FIXTURES / "read" / name).read_bytes()
    assert len(made) == 20
    return made


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def bomb(parts: int = 11, each: int = 100_000_000) -> bytes:
    """An archive of some kilobytes that swells to gigabytes."""
    packer = zlib.compressobj(wbits=-15)
    data = b"".join([packer.compress(bytes(1 << 20)) for _ in range(each >> 20)] + [packer.flush()])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(parts):
            info = zipfile.ZipInfo(f"{n}.txt")
            archive.writestr(info, data)
            info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, (each >> 20) << 20
    return out.getvalue()


def made_by_command(folder: Path, to: Path) -> dict[str, bytes]:
    """The output of `juanzong run raw` in the folder."""
    command = [sys.executable, "-m", "juanzong", "run", "raw", "--out", str(to), "--quiet", "--jobs", "2"]
    subprocess.run(command, cwd=folder, stderr=subprocess.DEVNULL)
    shutil.rmtree(to / ".juanzong", ignore_errors=True)
    return contents(to)


def contents(folder: Path) -> dict[str, bytes]:
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and ".juanzong" not in p.parts)
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}
