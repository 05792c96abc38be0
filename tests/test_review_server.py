"""The review app without a browser: what it serves, what it refuses, what it writes."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.review.decisions import load
from juanzong.review.entries import Filter, entries
from juanzong.review.state import Review
from review_kit import ID, LINES, make

TestClient = pytest.importorskip("starlette.testclient", reason="the extra `review` is not installed").TestClient
make_app = pytest.importorskip("juanzong.review.server", reason="the extra `review` is not installed").make_app

TOKEN = "t0ken"
CLEAN = next(iter(sorted((Path(__file__).parent.parent / "clean").glob("*/bundle.json"))), None)
HOST = "http://127.0.0.1:8000"
SAFE = {"origin": HOST, "content-type": "application/json"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make(tmp_path)


@pytest.fixture
def client(folder: Path) -> TestClient:
    return TestClient(make_app(folder, TOKEN), base_url=HOST)


def saved(folder: Path) -> list[str]:
    return [d.decision for d in load(folder.parent.parent / "raw" / f"{ID}.decisions.jsonl")]


def suggestions(folder: Path, before: str = "没") -> list[str]:
    rows = map(json.loads, (folder / "edits.jsonl").read_text("utf-8").splitlines())
    return [f"e-{r['id']}" for r in rows if r["before"] == before and r["status"] == "suggested"]


def post(client: TestClient, changes: list[dict[str, str | None]], **headers: str) -> int:
    return client.post(
        f"/{TOKEN}/decide", content=json.dumps({"changes": changes}), headers={**SAFE, **headers}
    ).status_code


def test_pages_and_fragments_are_served_with_a_strict_policy(client: TestClient) -> None:
    for path in (
        "",
        "queue",
        "queue?state=any",
        "source/0",
        "document/plan-mou-shi",
        "document/plan-mou-shi/0",
        "static/review.js",
        "static/review.css",
        "locate?offset=5",
    ):
        answer = client.get(f"/{TOKEN}/{path}")
        assert answer.status_code == 200, path
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_source_text_is_never_html(client: TestClient) -> None:
    for path in ("source/0", "document/plan-mou-shi/0", ""):
        text = client.get(f"/{TOKEN}/{path}").text
        assert "<script>document" not in text and "<img" not in text and "\u202e" not in text
    assert 'data-u="U+202E"' in client.get(f"/{TOKEN}/source/0").text


@pytest.mark.parametrize("path", ["/", "/wrong/", f"/{TOKEN}x/", "/static/review.js"])
def test_without_the_token_nothing_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "static/../server.py",
        "static/%2e%2e/server.py",
        "static/..%2fserver.py",
        "document/..%2f..%2fbundle.json",
        "source/99",
        "document/plan-mou-shi/99",
        "item/e-none",
    ],
)
def test_nothing_outside_the_bundle_is_served(client: TestClient, path: str) -> None:
    assert client.get(f"/{TOKEN}/{path}").status_code in (403, 404)


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"origin": ""}, {"content-type": "text/plain"}, {"host": "evil.example:8000"}],
)
def test_writes_from_elsewhere_are_refused(client: TestClient, folder: Path, headers: dict[str, str]) -> None:
    assert post(client, [{"id": suggestions(folder)[0], "decision": "accepted"}], **headers) == 403
    assert saved(folder) == []


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        "[" * 100_000,
        '{"changes": [{"id": 1}]}',
        '{"changes": [{"id": "x", "decision": "maybe"}]}',
        '{"changes": [{"id": "x", "decision": "reading", "reading": 5}]}',
    ],
)
def test_what_is_no_decision_is_refused(client: TestClient, folder: Path, body: str) -> None:
    assert client.post(f"/{TOKEN}/decide", content=body, headers=SAFE).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"id": "e-none", "decision": "accepted"},
        {"id": "s-5-2", "decision": "reading", "reading": "x"},
        {"id": "s-0-999999", "decision": "reading", "reading": "x"},
        {"id": "s-0-2", "decision": "accepted"},
        {"id": "s-0-2", "decision": "reading"},
        {"id": "s-0-2", "decision": "reading", "reading": "\ud800"},
    ],
)
def test_what_cannot_be_decided_is_refused_whole(client: TestClient, folder: Path, change: dict[str, str]) -> None:
    good = {"id": suggestions(folder)[0], "decision": "accepted"}
    assert post(client, [good, change]) == 409 and saved(folder) == []


def test_a_batch_is_one_write_and_its_undo_brings_the_file_back(client: TestClient, folder: Path) -> None:
    changes = [{"id": i, "decision": "accepted"} for i in suggestions(folder)]
    answer = client.post(f"/{TOKEN}/decide", json={"changes": changes}, headers=SAFE).json()
    assert saved(folder) == ["accepted"] * 3 and answer["counts"]["decided"] == 3
    again = client.post(f"/{TOKEN}/decide", json={"changes": answer["undo"]}, headers=SAFE)
    assert again.status_code == 200 and saved(folder) == []


def test_a_passage_read_anew_is_shown_and_can_be_taken_back(client: TestClient, folder: Path) -> None:
    start = "\n".join(LINES).index("三级医院")
    wish = [{"id": f"s-{start}-{start + 2}", "decision": "reading", "reading": "二级"}]
    answer = client.post(f"/{TOKEN}/decide", json={"changes": wish}, headers=SAFE).json()
    assert "二级" in client.get(f"/{TOKEN}/queue?state=decided").text
    assert 'data-d="reading">三级</mark>' in client.get(f"/{TOKEN}/document/plan-mou-shi/0").text
    client.post(f"/{TOKEN}/decide", json={"changes": answer["undo"]}, headers=SAFE)
    assert saved(folder) == []


def test_two_windows_lose_nothing_and_see_each_other(folder: Path) -> None:
    one, two = (TestClient(make_app(folder, TOKEN), base_url=HOST) for _ in range(2))
    ids = suggestions(folder)
    for n, key in enumerate(ids):
        assert post((one, two)[n % 2], [{"id": key, "decision": "accepted"}]) == 200
    assert saved(folder) == ["accepted"] * 3
    assert one.get(f"/{TOKEN}/queue?state=decided").text.count('class="row') == 3
    assert post(one, [{"id": ids[1], "decision": "rejected"}]) == 200  # the other window's: not doubled
    assert sorted(saved(folder)) == ["accepted", "accepted", "rejected"]


def test_the_folder_written_anew_is_taken_in(client: TestClient, folder: Path) -> None:
    assert post(client, [{"id": i, "decision": "accepted"} for i in suggestions(folder)]) == 200
    make(folder.parent.parent)
    assert "建设" in client.get(f"/{TOKEN}/document/plan-mou-shi/0").text
    assert 'class="row content accepted"' in client.get(f"/{TOKEN}/queue?state=decided").text


@pytest.mark.parametrize("how", ["merged in half", "gone"])
def test_what_cannot_be_read_meanwhile_is_told_in_one_line(client: TestClient, folder: Path, how: str) -> None:
    """And when it can be read again, all is as it was."""
    key = suggestions(folder)[0]
    decisions, aside = folder.parents[1] / "raw/made-up.decisions.jsonl", folder.with_name("aside")
    if how == "gone":
        folder.rename(aside)
    else:
        decisions.write_text("<<<<<<< HEAD\n", "utf-8")
    told = str(folder) if how == "gone" else "git"
    for path in ("", "queue", f"item/{key}", "document/plan-mou-shi", "rerun"):
        answer = client.get(f"/{TOKEN}/{path}")
        assert answer.status_code == 409 and told in answer.text and len(answer.text.splitlines()) == 1, path
    body = {"changes": [{"id": key, "decision": "accepted"}]}
    answer = client.post(f"/{TOKEN}/decide", json=body, headers=SAFE)
    assert answer.status_code == 409 and told in answer.json()["error"]
    if how == "gone":
        aside.rename(folder)
    else:
        assert decisions.read_text("utf-8") == "<<<<<<< HEAD\n"
        decisions.unlink()
    assert post(client, body["changes"]) == 200 and len(saved(folder)) == 1


def test_a_bundle_that_names_files_elsewhere_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("{}")
    bundle = json.loads((folder / "bundle.json").read_text("utf-8"))
    bundle["documents"][0]["file"] = "../../secret.json"
    (folder / "bundle.json").write_text(json.dumps(bundle), "utf-8")
    with pytest.raises(JuanzongError, match="outside"):
        Review(folder)


def test_a_source_that_changed_since_the_run_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "raw" / f"{ID}.txt").write_text("另一份")
    with pytest.raises(JuanzongError, match="juanzong run"):
        Review(folder)


@pytest.mark.skipif(CLEAN is None, reason="no bundle in clean/")
def test_every_card_of_a_real_bundle_is_drawn_in_both_languages_without_pointers() -> None:
    assert CLEAN is not None
    client = TestClient(make_app(CLEAN.parent, TOKEN), base_url=HOST)
    keys = [f"v-{json.loads(line)['id']}" for line in (CLEAN.parent / "evidence.jsonl").read_text("utf-8").splitlines()]
    keys = keys[::9] + [
        f"f-{json.loads(line)['id']}" for line in (CLEAN.parent / "findings.jsonl").open(encoding="utf-8")
    ]
    keys += [f"e-{json.loads(line)['id']}" for line in (CLEAN.parent / "edits.jsonl").open(encoding="utf-8")][::40]
    for n, key in enumerate(keys):
        answer = client.get(f"/{TOKEN}/item/{key}?lang={('zh', 'en')[n % 2]}")
        assert answer.status_code == 200, key
        text = re.sub(r"<[^>]*>", "", answer.text)
        assert "/body" not in text and "children" not in text and "None" not in text, (key, text)


@pytest.mark.parametrize(
    ("change", "want"),
    [
        ({"decision": "waived"}, 409),
        ({"decision": "waived", "reason": "  "}, 409),
        ({"decision": "waived", "reason": "原文如此"}, 200),
        ({"decision": "reading", "reading": "x"}, 409),
        ({"decision": "accepted"}, 200),
    ],
)
def test_a_finding_is_waived_only_with_a_reason(
    client: TestClient, folder: Path, change: dict[str, str | None], want: int
) -> None:
    found = json.loads((folder / "findings.jsonl").read_text("utf-8").splitlines()[0])
    assert post(client, [{"id": f"f-{found['id']}", **change}]) == want
    assert saved(folder) == ([change["decision"]] if want == 200 else [])


def test_a_comment_is_kept_beside_a_decision_on_the_same_edit_and_undone_alone(
    client: TestClient, folder: Path
) -> None:
    key = suggestions(folder)[0]
    assert post(client, [{"id": key, "decision": "accepted"}]) == 200
    answer = client.post(
        f"/{TOKEN}/decide", json={"changes": [{"id": key, "decision": "comment", "reason": "核"}]}, headers=SAFE
    ).json()
    assert sorted(saved(folder)) == ["accepted", "comment"]
    assert 'class="comment' in client.get(f"/{TOKEN}/document/plan-mou-shi/0").text
    client.post(f"/{TOKEN}/decide", json={"changes": answer["undo"]}, headers=SAFE)
    assert saved(folder) == ["accepted"]


@pytest.mark.parametrize(
    "path", ["page/1/10", "locate?document=x", "locate?offset=x", "item/v-none", "locate?offset=999999999"]
)
def test_what_is_not_there_is_gone_and_nothing_breaks(client: TestClient, path: str) -> None:
    assert client.get(f"/{TOKEN}/{path}").status_code in (200, 404)


@pytest.mark.skipif(CLEAN is None, reason="no bundle in clean/")
def test_the_queue_of_a_real_bundle_tells_each_matter_once() -> None:
    assert CLEAN is not None
    review = Review(CLEAN.parent)
    found = entries(review, Filter())
    findings = [e.message for e in found if e.category == "finding"]
    changes = [(e.source, e.before, e.after) for e in found if e.category != "finding"]
    assert len(findings) == len(set(findings)) and len(changes) == len(set(changes))
    shown = {e.id for e in found}
    assert all(first in shown for k, first in review.stand_ins.items() if k not in shown and k in review.findings)
    suggested = {review.place_of(e.source) for e in found if e.rule == "second-print" and e.category == "content"}
    told = {
        (f.where[0].document, f"{f.where[0].pointer}/text")
        for k, f in review.findings.items()
        if k in shown and f.check == "second-print"
    }
    assert not suggested & told


@pytest.mark.skipif(CLEAN is None, reason="no bundle in clean/")
def test_all_at_once_from_many_threads(tmp_path: Path) -> None:
    assert CLEAN is not None
    client = TestClient(make_app(CLEAN.parent, TOKEN), base_url=HOST)
    documents = json.loads(CLEAN.read_text("utf-8"))["documents"]
    paths = [f"/{TOKEN}/{path}" for d in documents for path in (f"document/{d['id']}", f"document/{d['id']}/0") * 2]
    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(lambda path: client.get(path).status_code, paths)) == {200}
