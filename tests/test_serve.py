"""The service without a browser: what it takes, what it refuses, and that nothing is lost, whatever befalls it."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from juanzong.cli import main
from juanzong.core.workroom import HIDDEN
from juanzong.output.audit import audit
from pdf_kit import make_pdf, paragraphs
from serve_kit import NOTICE, TOKEN, Service, bomb, contents, made_by_command, packed, twenty

TestClient = pytest.importorskip("starlette.testclient", reason="the extra `serve` is not installed").TestClient
make_app = pytest.importorskip("juanzong.serve.server").make_app
Desk = pytest.importorskip("juanzong.serve.desk").Desk
Limits = pytest.importorskip("juanzong.serve.intake").Limits
KINDS = pytest.importorskip("juanzong.serve.downloads").KINDS

HOST = "http://127.0.0.1:8000"
BYTES = {"origin": HOST, "content-type": "application/octet-stream"}
JSON = {"origin": HOST, "content-type": "application/json"}
UPLOAD = "0123456789abcdef"
TEXT = NOTICE.format("节水", 12).encode()


class Idle:
    """A pool that does nothing: what is taken stays waiting."""

    running: dict[int, tuple[int, int]] = {}  # noqa: RUF012

    def __init__(self, jobs: int, finished: Any) -> None:
        pass

    def give(self, number: int, task: Any) -> None:
        pass


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """The service on tmp_path/s, with nobody who works; 1000 bytes a file, 5000 in all."""
    monkeypatch.setattr("juanzong.serve.desk.Pool", Idle)
    for part in ("raw", "clean", "room"):
        (tmp_path / "s" / part).mkdir(parents=True)
    desk = Desk(tmp_path / "s", 1)
    app = make_app(desk, tmp_path / "s" / "room", Limits(1000, 5000), TOKEN, language="zh")
    return TestClient(app, base_url=f"{HOST}/{TOKEN}/")


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = Service(tmp_path / "s")
    yield service
    service.process.kill()
    service.process.wait()
    assert service.errors.read_text() == ""


def put(client: TestClient, name: str, data: bytes = TEXT) -> Any:
    return client.put("raw", params={"name": name}, content=data, headers=BYTES)


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in (folder / "raw").iterdir())


# ---- in a process of its own


def test_twenty_files_of_all_kinds_at_once_and_two_users(service: Service, tmp_path: Path) -> None:
    files = twenty(tmp_path)
    with ThreadPoolExecutor(10) as crowd:
        answers = list(crowd.map(lambda name: service.put(name, files[name]), files))
        other = list(crowd.map(lambda k: service.put("通知一.txt", NOTICE.format("还林", k).encode()), range(4)))
    assert {a[0] for a in [*answers, *other]} == {201}
    assert len({a[1]["name"] for a in other}) == 4  # the same name, other bytes: all are kept
    assert {n: (service.folder / "raw" / n).read_bytes() for n in files} == files
    state = service.rest(24)
    assert {n for n, b in state.items() if b["status"] == "failed"} == {"空.txt", "protected.pdf"}
    for name, b in state.items():
        if b["status"] == "done":
            assert b["open"] and b["documents"] > 0 and audit(service.folder / "clean" / Path(name).stem).faults == []
    assert service.put("通知一.txt", files["通知一.txt"]) == (200, {"name": "通知一.txt", "new": False})
    assert len(names(service.folder)) == 24


def test_a_killed_service_goes_on_to_the_same_bytes(service: Service, tmp_path: Path) -> None:
    for k in range(12):
        service.put(f"{k:02}.txt", NOTICE.format("节水" * (k + 1), k).encode())
    for _ in range(2):
        time.sleep(0.5)
        service.kill()
        service.start()
    service.rest(12)
    assert contents(service.folder / "clean") == made_by_command(service.folder, tmp_path / "whole")
    service.kill(signal.SIGTERM)
    assert service.process.returncode == 0
    assert sorted(p.name for p in service.folder.iterdir()) == [HIDDEN, "clean", "raw"]
    assert not list((service.folder / HIDDEN).glob("w-*"))
    service.start()
    before = {p: p.stat().st_mtime_ns for p in (service.folder / "clean").glob("*/bundle.json")}
    service.rest(12)
    assert {p: p.stat().st_mtime_ns for p in before} == before  # what stood is not done again


def test_bombs_and_large_files_cost_no_memory(service: Service) -> None:
    assert service.put("bomb.zip", bomb())[0] == 201
    assert service.put("nested.zip", packed({"a.zip": bomb()}))[0] == 201
    assert service.put("large.txt", b"\0" * 150_000_000)[0] == 201
    state = service.rest(3)
    assert [state[n]["status"] for n in ("bomb.zip", "nested.zip", "large.txt")] == ["failed"] * 3
    assert "解压" in state["bomb.zip"]["error"] and "解压" in state["nested.zip"]["error"]
    assert service.memory() < 150
    (room,) = (service.folder / HIDDEN).glob("w-*")
    assert [p for p in room.rglob("*") if p.is_file() and p.stat().st_size > 1000] == []


def test_pages_are_counted_while_a_bundle_is_read(service: Service, tmp_path: Path) -> None:
    pages = [
        paragraphs([f"关于第{k}号节水的通知", "各县：", "为了节约用水，请报送材料。" * 20], 760) for k in range(120)
    ]
    service.put("长.pdf", make_pdf(tmp_path / "long.pdf", pages).read_bytes())
    seen = []
    while not seen or seen[-1]["status"] in ("waiting", "running"):
        seen += service.state()
        time.sleep(0.05)
    told = [b["pages"] for b in seen if "pages" in b]
    assert told == sorted(told) and told[-1][1] == 120 and seen[-1]["status"] == "done"


def test_reviews_and_downloads(service: Service) -> None:
    service.put("通知.txt", TEXT)
    service.put("指标.csv", "指标,2020年\n床位（张）,12\n".encode())
    rest = service.rest(2)
    key, table = rest["通知.txt"]["key"], rest["指标.csv"]["key"]
    merged = service.folder / "raw" / "指标.decisions.jsonl"
    merged.write_text("<<<<<<< HEAD\n", "utf-8")
    assert service.get(f"review/{table}/")[0] == 409
    merged.unlink()
    assert service.get(f"review/{table}/")[0] == 200
    service.put("一.txt", TEXT, upload=UPLOAD)
    service.put("二.txt", TEXT, upload=UPLOAD)
    assert service.complete(UPLOAD, "夹", 2) == 201
    folder = service.rest(3)["夹"]["key"]
    assert [service.get(f"review/{folder}/{path}")[0] for path in ("", "queue", "rerun")] == [200] * 3
    status, page = service.get(f"review/{key}/")
    assert status == 200 and f'data-base="/{TOKEN}/review/{key}/"' in page.decode()
    assert f'href="/{TOKEN}/"' in page.decode()  # the way back to all bundles
    assert service.get(f"review/{key}/document/{'x' * 9}")[0] == 404 and service.get(f"review/{'0' * 24}/")[0] == 404
    assert service.get(f"review/{key}/static/review.js")[0] == 200
    wanted = [(key, kind) for kind in KINDS] + [("all", "clean"), ("all", "sqlite")]
    with ThreadPoolExecutor(2) as crowd:
        got = dict(zip(wanted, crowd.map(lambda w: service.get(f"get/{w[0]}/{w[1]}"), wanted), strict=True))
    assert {w: body for w, (status, body) in got.items() if status != 200} == {}
    with zipfile.ZipFile(io.BytesIO(got["all", "clean"][1])) as archive:
        assert {n.split("/")[1] for n in archive.namelist()} == {"通知", "指标", "夹"}
    for kind in ("clean", "docx", "xlsx"):
        assert zipfile.is_zipfile(io.BytesIO(got[key, kind][1])), kind
    for kind in ("report", "evidence"):
        assert got[key, kind][1].startswith(b"<!doctype html>")
    assert service.get(f"get/{key}/exe")[0] == 404 and service.get("get/all/report")[0] == 404
    (room,) = (service.folder / HIDDEN).glob("w-*")
    end = time.monotonic() + 10
    while list(room.glob("get-*")) and time.monotonic() < end:
        time.sleep(0.05)  # it is cleared when the last byte is out
    assert list(room.glob("get-*")) == []


def test_one_service_a_folder_and_malformed_requests(service: Service, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", str(service.folder), "--lang", "zh"])
    assert ended.value.code == 2 and "正在使用这个文件夹" in capsys.readouterr().err
    for sent in (
        b"\0\1\2\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET \xff HTTP/1.1\r\nHost: a\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: [::1\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", service.port), timeout=10) as line:
            line.sendall(sent)
            assert line.recv(100).split()[1][:1] == b"4", sent
    with socket.create_connection(("127.0.0.1", service.port)) as line:  # a file that breaks off
        line.sendall(
            f"PUT /{TOKEN}/raw?name=a.txt HTTP/1.1\r\nHost: 127.0.0.1:{service.port}\r\nContent-Length: 999\r\n"
            f"Origin: http://127.0.0.1:{service.port}\r\nContent-Type: application/octet-stream\r\n\r\nhalf".encode()
        )
    time.sleep(0.3)
    assert service.state() == [] and names(service.folder) == []
    service.errors.write_bytes(
        b"".join(x for x in service.errors.read_bytes().splitlines() if b"Invalid HTTP" not in x)
    )


# ---- in this process


HOSTILE = [
    "../../etc/passwd",
    "..\\..\\windows\\system.ini",
    "/etc/shadow",
    "C:\\Users\\甲.txt",
    "<script>alert(1)</script>.txt",
    "'\"&<b>.txt",
    "甲\n乙\r\0丙\x1b[31m.txt",
    "\u202etxt.exe",
    "名" * 100 + ".txt",
    "a" * 300,
    "-o.txt",
    "@list",
    "{n}%s%00.txt",
    "CON",
    " . ",
    "..",
    "x." + "y" * 120,
    "s3://bucket/a.txt",
]


def test_hostile_names_stay_in_the_folder_and_lose_nothing(client: TestClient, tmp_path: Path) -> None:
    before = {p for p in tmp_path.rglob("*") if "raw" not in p.parts}
    for n, name in enumerate(HOSTILE):
        answer = put(client, name, b"text %d" % n)
        assert answer.status_code == 201, (name, answer.text)
        stored = tmp_path / "s" / "raw" / answer.json()["name"]
        assert stored.parent == tmp_path / "s" / "raw" and stored.read_bytes() == b"text %d" % n
        assert stored.name.isprintable() and not set(stored.name) & set('<>:"|?*\\/')
    assert {p for p in tmp_path.rglob("*") if "raw" not in p.parts} == before
    raw = client.put("raw?name=%D6%D0.txt&x=%ff", content=b"gbk", headers=BYTES)
    assert raw.json()["name"] == "中.txt"
    assert len(client.get("state").json()) == len(HOSTILE) + 1
    assert "<script>alert" not in client.get("").text


def test_the_same_name_twice(client: TestClient, tmp_path: Path) -> None:
    told = [
        put(client, n, d).json()
        for n, d in [("甲.txt", b"1"), ("甲.txt", b"2"), ("甲.pdf", b"3"), ("甲.TXT", b"2"), ("甲.txt", b"2")]
    ]
    assert [t["name"] for t in told] == ["甲.txt", "甲 (2).txt", "甲 (3).pdf", "甲 (4).TXT", "甲 (2).txt"]
    assert [t["new"] for t in told] == [True, True, True, True, False]
    assert sorted(p.read_bytes() for p in (tmp_path / "s" / "raw").iterdir()) == [b"1", b"2", b"2", b"3"]


@pytest.mark.parametrize("name", [".DS_Store", "a/Thumbs.db", "~$甲.docx", "__MACOSX/甲.txt", "甲.decisions.jsonl"])
def test_system_and_decisions_files_are_refused_in_words(client: TestClient, tmp_path: Path, name: str) -> None:
    answer = put(client, name)
    assert (answer.status_code, "不收" in answer.json()["error"], names(tmp_path / "s")) == (422, True, [])


def test_what_is_too_big_is_refused_and_leaves_nothing(client: TestClient, tmp_path: Path) -> None:
    assert put(client, "a.txt", b"x" * 1001).status_code == 413
    chunks = (b"x" * 100 for _ in range(20))
    assert client.put("raw?name=b.txt", content=chunks, headers=BYTES).status_code == 413
    for n in range(5):
        assert put(client, f"{n}.txt", b"%d" % n * 1000).status_code == 201
    answer = put(client, "6.txt", b"x")
    assert answer.status_code == 413 and "已满" in answer.json()["error"]
    (tmp_path / "s" / "raw" / "0.txt").unlink()  # somebody makes room
    assert put(client, "6.txt", b"x").status_code == 201
    assert list((tmp_path / "s" / "room" / "in").iterdir()) == []


def test_a_folder_is_one_bundle_when_it_is_whole(client: TestClient, tmp_path: Path) -> None:
    def send(upload: str, *parts: str) -> None:
        for part in parts:
            query = {"name": part, "upload": upload}
            assert client.put("raw", params=query, content=part.encode(), headers=BYTES).status_code == 201

    def end(upload: str, count: int, name: str = "../扫描") -> Any:
        return client.post("raw", json={"upload": upload, "name": name, "count": count}, headers=JSON)

    send(UPLOAD, "1.png", "二/2.png")
    assert client.get("state").json() == []
    assert end(UPLOAD, 2).json() == {"name": "扫描", "new": True}
    assert sorted(p.name for p in (tmp_path / "s" / "raw" / "扫描").iterdir()) == ["1.png", "二 2.png"]
    send("b" * 16, "1.png", "二/2.png")
    assert end("b" * 16, 2).json() == {"name": "扫描", "new": False}
    send("c" * 16, "1.png")
    assert end("c" * 16, 2).status_code == 409  # the server began anew meanwhile: the page sends it again
    assert [b["name"] for b in client.get("state").json()] == ["扫描"]


def test_who_is_let_in(client: TestClient) -> None:
    put(client, "甲.txt")
    assert client.get("").status_code == 200
    for path in ("/", "/wrong/", f"/{TOKEN}x/", f"//{TOKEN}/state", "/wrong/state"):
        assert client.get(HOST + path).status_code == 403, path
    assert client.get("", headers={"host": "evil.example"}).status_code == 403
    assert client.get("", headers={"host": "[::1"}).status_code == 403
    for headers in ({**BYTES, "origin": "http://evil.example"}, {**BYTES, "content-type": "text/plain"}, {}):
        assert client.put("raw?name=a.txt", content=b"1", headers=headers).status_code == 403
    assert client.delete("raw", headers=BYTES).status_code == 405


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"\xff", b'{"upload": "../../x", "name": "a", "count": 1}', b"[" * 9000, b" " * 20_000]
)
def test_requests_that_make_no_sense(client: TestClient, body: bytes) -> None:
    assert client.post("raw", content=body, headers=JSON).status_code in (400, 413)
    assert client.put("raw", content=b"1", headers=BYTES).status_code == 400
    assert client.put("raw?name=a&upload=../x", content=b"1", headers=BYTES).status_code == 400
    assert client.get("get/%00/clean").status_code == 404 and client.get("static/../server.py").status_code == 404


def test_the_list_is_sent_only_when_it_changed(client: TestClient) -> None:
    tag = client.get("state").headers["etag"]
    assert client.get("state", headers={"if-none-match": tag}).status_code == 304
    put(client, "甲.txt")
    assert client.get("state", headers={"if-none-match": tag}).status_code == 200


def test_a_failure_is_one_line_and_one_answer(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Desk, "state", lambda self: 1 // 0)
    answer = client.get("state")
    assert (answer.status_code, answer.text) == (500, "服务器出错，请告知管理员")
    assert capsys.readouterr().err == "juanzong: GET failed (ZeroDivisionError: integer division or modulo by zero)\n"


def test_one_language_at_a_time(client: TestClient) -> None:
    english = client.get("?lang=en").text
    chinese = client.get("?lang=zh").text
    for text, other in ((english, "放入"), (chinese, "Drop")):
        assert other not in text
    from juanzong.serve.words import words

    assert words("zh").keys() == words("en").keys()
    for zh, en in zip(words("zh").values(), words("en").values(), strict=True):
        assert zh.count("{") == en.count("{")
    assert {f"get_{kind}" for kind in KINDS} <= words("zh").keys()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--host", "0.0.0.0"), "--token"),
        (("--token", "short"), "16"),
        (("--host", "203.0.113.7", "--token", TOKEN), "--port"),
    ],
)
def test_a_service_that_cannot_begin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], told: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", str(tmp_path / "s"), *options])
    err = capsys.readouterr().err
    assert (ended.value.code, told in err, err.count("\n")) == (2, True, 1)


def test_the_folder_must_be_writable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "raw").write_text("a file")
    with pytest.raises(SystemExit):
        main(["serve", str(tmp_path / "s"), "--lang", "en"])
    assert "cannot be written" in capsys.readouterr().err
    assert os.listdir(tmp_path / "s") == ["raw"]


def test_what_is_put_there_by_hand_is_taken_up(client: TestClient, tmp_path: Path) -> None:
    raw = tmp_path / "s" / "raw"
    (raw / "甲.txt").write_bytes(TEXT)
    (raw / "页").mkdir()
    (raw / ".hidden").write_bytes(b"1")
    (raw / "甲.decisions.jsonl").write_bytes(b"")
    assert [b["name"] for b in client.get("state").json()] == ["甲.txt"]
    (raw / "页" / "1.png").write_bytes(b"1")
    assert {b["name"] for b in client.get("state").json()} == {"甲.txt", "页"}
    (raw / "甲.txt").unlink()
    state = client.get("state").json()
    assert [(b["name"], b["status"], b["open"]) for b in state] == [("页", "waiting", False)]
    assert json.dumps(state)
