"""Decisions: found again in a changed source, carried out by the next run, kept by a file that loses nothing."""

from __future__ import annotations

import json
import multiprocessing
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juanzong.cli import main
from juanzong.core import tree
from juanzong.core.errors import JuanzongError
from juanzong.core.ledger import Ledger
from juanzong.core.source import Source
from juanzong.core.traced import Traced
from juanzong.output.audit import audit
from juanzong.review.apply import apply, change_of
from juanzong.review.decisions import Decision, dumps, load, update
from juanzong.review.matching import Change, decide, match, place, read_as
from juanzong.review.passage import Passage, Squeezed, find, passage_at
from juanzong.review.state import Review
from juanzong.run import process, run_bundle
from review_kit import LINES, documents_of, make, source_of

BODY = "松城市节水规划\n\n到2025年，全市用水总量控制在5亿立方米以内。\n\n松城市节水办法\n\n第一条 为了节约用水，制定本办法。\n"
RAW = Path(__file__).parent.parent / "raw"


def decision(before: str, verdict: str, *, nth: int = 0, reading: str | None = None, **wanted: str) -> Decision:
    """A verdict on the nth entry of the made-up bundle that changes `before` (and has the wanted fields)."""
    source = source_of()
    entries = list(documents_of(source)[1].entries.values())
    hits = [e for e in entries if e.before == before and all(getattr(e, k) == v for k, v in wanted.items())]
    return decide(Squeezed(source.text), change_of(hits[nth]), verdict, reading)  # type: ignore[arg-type]


def run(*decisions: Decision, lines: list[str] = LINES) -> tuple[str, list[str], list[str]]:
    """All paragraphs' texts, the statuses of the edits that were decided, and the checks of the findings."""
    documents, ledger, _ = documents_of(source_of(lines))
    findings = apply(decisions, documents, ledger)
    texts = "\n".join(b.text.text for b in tree.walk(documents[0].body) if isinstance(b, tree.Paragraph))
    decided = [e.status for e in ledger.edits() if e.status in ("accepted", "rejected")]
    return texts, decided, [f.check for f in findings]


def test_an_accepted_suggestion_is_made_where_it_was_decided_and_nowhere_else() -> None:
    texts, statuses, checks = run(decision("没", "accepted", nth=1))
    assert "加快建设临床专科" in texts and texts.count("建没") == 2
    assert (statuses, checks) == (["accepted"], [])


def test_a_rejected_edit_is_undone() -> None:
    texts, statuses, checks = run(decision(" ", "rejected", rule="wrapped-space"))
    assert "以人 民健康" in texts and (statuses, checks) == (["rejected"], [])


def test_a_rejected_suggestion_stays_as_printed() -> None:
    texts, statuses, _ = run(decision("12", "rejected"))
    assert "医院12所" in texts and statuses == ["rejected"]


def test_an_own_reading_takes_the_place_of_the_proposal() -> None:
    texts, statuses, checks = run(decision("没", "reading", reading="成"))
    assert "加快建成中医药强市" in texts and sorted(statuses) == ["accepted", "rejected"] and not checks


def test_a_passage_without_an_edit_can_be_read_anew() -> None:
    text = source_of().text
    start = text.index("三级医院")
    texts, statuses, _ = run(read_as(Squeezed(text), start, start + 2, "二级"))
    assert "其中二级医院4所" in texts and statuses == ["accepted"]


def test_a_rejected_join_parts_the_paragraph_and_a_rejected_drop_gives_one_back() -> None:
    texts, _, checks = run(decision("\n", "rejected", kind="join"), decision("第 3 页", "rejected"))
    assert "推进医药卫生体制改革，\n深化三医联动。" in texts and "第 3 页" in texts and not checks


def test_a_rejected_mark_stands_before_its_entry_again() -> None:
    """A blank stands between them; the list has no paragraphs that it could come after."""
    text = "松城市节水材料\n\n目录\n\n- 1.《松城市节水规划》\n\n- 2.《松城市节水办法》\n\n" + BODY
    source = Source("a.txt", "", "text/plain", text, "utf-8")
    made = next(e for e in process(source, "a").ledger.entries.values() if e.rule == "list-mark")
    found = process(source, "a", [decide(Squeezed(text), change_of(made), "rejected")])
    entries = [e.number.text + e.title.text for e in found.documents[0].contents]
    assert (
        not [f for f in found.findings if f.check.startswith("decision")]
        and entries[0].startswith("- 1.")
        and entries[1].startswith("2.")
    )


@pytest.mark.parametrize("home", ["document", "section", "box"])
def test_a_rejected_join_parts_a_title(home: str) -> None:
    text = "松城市节水任务分\n解表①\n到2025年，用水总量控制在5亿立方米。\n"
    ledger = Ledger(text, "structure")
    cut = [Traced.of(text, a, b) for a, b in ((0, 8), (9, 11), (13, 32))]
    title, body = ledger.join(cut[0], cut[1], "wrapped-title"), [tree.Paragraph(cut[2])]
    document = tree.Document("plan", title if home == "document" else cut[2], body=[])
    block = tree.Box(title=title) if home == "box" else tree.Section(1, title=title)
    blocks, holder = (document.body, document) if home == "document" else (block.children, block)
    blocks += body
    document.body += [] if home == "document" else [block]
    document.footnotes = [tree.Footnote(cut[2], cut[2], holder, 11)] if home != "box" else []  # type: ignore[arg-type]
    [made] = ledger.entries.values()
    assert not apply([decide(Squeezed(text), change_of(made), "rejected")], [document], ledger)
    assert holder.title.text == "松城市节水任务分" and [e.status for e in ledger.edits()] == ["rejected"]
    first = blocks[0]
    assert isinstance(first, tree.Paragraph) and first.text.text == "解表" and blocks[1:] == body
    assert all(note.anchor is first for note in document.footnotes)


def test_a_rejected_drop_before_all_paragraphs_becomes_the_first_of_its_document() -> None:
    text = "松城市节水规划\n第 3 页\n一、总则\n为了节水。\n松城市治水规划\n为了治水。\n"
    ledger = Ledger(text, "structure")
    ledger.drop(8, 13, "page-number")
    section = tree.Section(1, title=Traced.of(text, 14, 18), children=[tree.Paragraph(Traced.of(text, 19, 24))])
    one = tree.Document("plan", Traced.of(text, 0, 7), body=[section])
    two = tree.Document("plan", Traced.of(text, 25, 32), body=[tree.Paragraph(Traced.of(text, 33, 38))])
    [made] = ledger.entries.values()
    assert not apply([decide(Squeezed(text), change_of(made), "rejected")], [one, two], ledger)
    assert [b.text.text for b in one.body if isinstance(b, tree.Paragraph)] == ["第 3 页"] and one.body[1] is section
    assert len(two.body) == 1


LEADS = """松城市节水规划

一、主要任务

强化用水总量控制。各区严格控制用水总量，到2025年用水总量控制在5亿立方米以内，落实

— 2 —

水资源论证制度。

— 3 —

推进农业节水增效。各区加快建设高效节水灌溉工程。

推进工业节水减排。各企业实施节水改造。
"""


@pytest.mark.parametrize("rule", ["cut-by-page", "page-number"])
def test_what_a_reviewer_parts_or_brings_back_has_no_lead_and_takes_none(rule: str, tmp_path: Path) -> None:
    """A lead is told by its neighbours too, as they were before the decision: the audit looks at them so."""
    (tmp_path / "a.txt").write_text(LEADS, "utf-8")
    run_bundle(tmp_path / "a.txt", "a", tmp_path / "clean")
    review = Review(tmp_path / "clean/a", tmp_path / "a.txt")
    key = [k for k, e in review.edits.items() if e.rule == rule][-1]
    review.decide([(key, "rejected", None)])
    _, folder = run_bundle(tmp_path / "a.txt", "a", tmp_path / "clean")
    assert '"status": "rejected"' in (folder / "edits.jsonl").read_text("utf-8")
    texts = (folder / "documents").glob("plan*")
    assert next(texts).read_text("utf-8").count('"lead"') == 3
    assert audit(folder, tmp_path / "a.txt", again=True).faults == []


@pytest.mark.parametrize("passage", ["总量控制。各区", "强化用", "水总量", "用水总量控制在5"])
def test_a_reading_that_reaches_into_a_lead_keeps_the_law(passage: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LEADS, "utf-8")
    run_bundle(tmp_path / "a.txt", "a", tmp_path / "clean")
    review = Review(tmp_path / "clean/a", tmp_path / "a.txt")
    start = review.text.index(passage)
    review.decide([(f"s-{start}-{start + len(passage)}", "reading", "另")])
    _, folder = run_bundle(tmp_path / "a.txt", "a", tmp_path / "clean")
    assert '"status": "accepted"' in (folder / "edits.jsonl").read_text("utf-8")
    assert audit(folder, tmp_path / "a.txt").faults == []


def test_blanks_between_what_stays_dropped_are_undone_without_a_trace() -> None:
    text = "第一条 为了节水。\n第 3 页\n"
    ledger = Ledger(text, "structure")
    for a, b in ((10, 11), (11, 12), (12, 15)):
        ledger.drop(a, b, "page-number")
    document = tree.Document("plan", Traced(), body=[tree.Paragraph(Traced.of(text, 0, 9))])
    made = next(e for e in ledger.entries.values() if e.start == 11)
    assert not apply([decide(Squeezed(text), change_of(made), "rejected")], [document], ledger)
    assert len(document.body) == 1 and [e.status for e in ledger.edits()] == ["applied", "rejected", "applied"]


def test_what_no_longer_fits_is_named() -> None:
    lines = [line.replace("加快建没临床专科", "现已撤销") for line in LINES]
    _, statuses, checks = run(decision("没", "accepted", nth=1), lines=lines)
    assert (statuses, checks) == ([], ["decision-lost"])


def test_two_verdicts_on_one_thing_are_a_conflict_and_neither_counts() -> None:
    texts, statuses, checks = run(decision("12", "accepted"), decision("12", "rejected"))
    assert "12所" in texts and (statuses, checks) == ([], ["decision-conflict"])


def read(passage: str, reading: str, *, lines: list[str] = LINES) -> Decision:
    text = source_of(lines).text
    start = text.index(passage)
    return read_as(Squeezed(text), start, start + len(passage), reading)


def test_two_readings_of_passages_that_overlap_are_a_conflict_and_neither_counts() -> None:
    texts, statuses, checks = run(read("三级医院", "二级医院"), read("其中三级", "其中一级"))
    assert "其中三级医院4所" in texts and (statuses, checks) == ([], ["decision-conflict"] * 2)
    texts, statuses, checks = run(read("其中", "有"), read("三级医院", "二级医院"))  # one beside the other: both
    assert "有二级医院4所" in texts and (statuses, checks) == (["accepted"] * 2, [])


@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
def test_a_reading_of_a_change_that_is_decided_otherwise_is_a_conflict(verdict: str) -> None:
    texts, statuses, checks = run(decision("没", verdict), decision("没", "reading", reading="成"))
    assert "加快建没中医药强市" in texts and (statuses, checks) == ([], ["decision-conflict"] * 2)


@pytest.mark.parametrize("nth", [0, 1])
def test_a_change_within_a_passage_that_is_read_anew_costs_no_other_decision(nth: int, tmp_path: Path) -> None:
    """Which of the two is carried out first hangs on their keys; whichever it is, the others are carried out."""
    text = "松城市节水规划\n\n一、用语\n\n本规划所称(一)排水,是指向设施排放雨水。本规划所称(二)供水,是指取水。\n"
    source = Source("a.txt", "", "text/plain", text, "utf-8")
    made = [e for e in process(source, "a").ledger.entries.values() if e.before == ")"][nth]
    wide = read_as(Squeezed(text), made.start - 1, made.end + 1, "甲")
    other = read_as(Squeezed(text), text.index("雨水"), text.index("雨水") + 2, "污水")
    found = process(source, "a", [decide(Squeezed(text), change_of(made), "rejected"), wide, other], contain=False)
    told = [f.message for f in found.findings if f.check.startswith("decision")]
    texts = "".join(b.text.text for d in found.documents for b in tree.walk(d.body) if isinstance(b, tree.Paragraph))
    assert "排放污水" in texts and "甲" in texts and len(told) <= 1


def test_a_reading_of_a_passage_that_reaches_into_another_text_does_not_fit() -> None:
    texts = run()[0]
    first, second = texts.split("\n")[:2]
    both = source_of().text[source_of().text.index(first[-4:]) :].split(second[:4])[0] + second[:4]
    told = run(read(both, first[-4:] + "另" + second[:4]))
    assert (told[0], told[1:]) == (texts, ([], ["decision-unfit"]))


def test_the_output_with_decisions_keeps_the_law(tmp_path: Path) -> None:
    made = [
        decision("没", "accepted"),
        decision(" ", "rejected", rule="wrapped-space"),
        decision("12", "reading", reading="十二"),
        decision("第 3 页", "rejected"),
        decision("\n", "rejected", kind="join"),
    ]
    folder = make(tmp_path, decisions=made)
    rows = [json.loads(line) for line in (folder / "trace.jsonl").read_text().splitlines()]
    edits = [json.loads(line) for line in (folder / "edits.jsonl").read_text().splitlines()]
    homes = [0] * len(source_of().text)
    for a, b in [r for row in rows for r in row["source"]] + [
        e["source"] for e in edits if e["status"] in ("applied", "accepted") and e["kind"] in ("drop", "merge")
    ]:
        for k in range(a, b):
            homes[k] += 1
    assert all(n == 1 for n, ch in zip(homes, source_of().text, strict=True) if not ch.isspace())
    assert not [f for f in (folder / "findings.jsonl").read_text().splitlines() if "unplaced" in f or "decision" in f]


def _transcribed_anew(text: str, rng: random.Random) -> str:
    """The documents in another order, lines wrapped otherwise, one character in a hundred changed, lost or doubled."""
    breaks = sorted(rng.sample([k for k, ch in enumerate(text) if ch == "\n" and text[k - 1 : k] == "\n"], 14))
    parts = [text[a:b] for a, b in zip([0, *breaks], [*breaks, len(text)], strict=True)]
    rng.shuffle(parts)
    letters = [ch for ch in text[:30000] if not ch.isspace()]
    out: list[str] = []
    for ch in "\n".join(parts):
        chance = rng.random()
        if ch == "\n" and chance < 0.4 and out and out[-1] != "\n":
            continue
        if not ch.isspace():
            if chance < 0.0085:
                if chance < 0.007:
                    out.append(rng.choice(letters))
                continue
            if chance < 0.01:
                out.append(rng.choice(letters))
            elif chance > 0.97:
                out.append("\n")
        out.append(ch)
    return "".join(out)


@pytest.mark.skipif(not list(RAW.glob("*.txt")), reason="no bundle in raw/")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_decisions_survive_a_new_transcription(seed: int) -> None:
    text = next(iter(sorted(RAW.glob("*.txt")))).read_text("utf-8")
    rng = random.Random(seed)
    new = Squeezed(_transcribed_anew(text, rng))
    old = Squeezed(text)
    places = rng.sample([k for k, ch in enumerate(text) if not ch.isspace()], 200)
    decisions = [decide(old, Change(k, k + 1, text[k], "正", "rule", "replace", "content"), "accepted") for k in places]
    matches = match(new, decisions, place(new, []))
    assert sum(m is not None for m in matches) >= 194
    assert all(new.text[slice(*new.places(*m.place))] == d.before for d, m in zip(decisions, matches, strict=True) if m)


@given(st.text("甲乙丙 \n", min_size=1, max_size=60), st.data())
def test_a_passage_is_found_where_it_was(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    squeezed = Squeezed(text)
    if squeezed.text:
        assert find(squeezed, passage_at(squeezed, start, end)) == squeezed.places(start, end)


def test_the_file_is_sorted_one_object_a_line_and_comes_back_the_same(tmp_path: Path) -> None:
    made = [decision("没", "accepted", nth=n) for n in range(3)] + [decision("12", "reading", reading='十"二\n')]
    path = tmp_path / "x.decisions.jsonl"
    update(path, lambda old: old + made)
    assert sorted(d.key for d in made) == [d.key for d in load(path)]
    assert path.read_text() == dumps(reversed(made)) and len(path.read_text().splitlines()) == 4


def test_decisions_made_on_two_branches_merge_in_git(tmp_path: Path) -> None:
    def git(*args: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@t", *args], cwd=tmp_path, check=True, capture_output=True
        )

    text = "".join(f"第{n}段的文字，说的是第{n * 7919 % 1000}件事。\n" for n in range(400))
    squeezed = Squeezed(text)
    made = [read_as(squeezed, text.index(f"第{n}段"), text.index(f"第{n}段") + 1, "弟") for n in range(0, 400, 8)]
    path = tmp_path / "x.decisions.jsonl"
    git("init", "-q", "-b", "main")
    path.write_text(dumps(made[2:]))
    git("add", "-A")
    git("commit", "-qm", "base")
    git("checkout", "-qb", "other")
    update(path, lambda old: [*old, made[0]])
    git("commit", "-qam", "one")
    git("checkout", "-q", "main")
    update(path, lambda old: [*old, made[1]])
    git("commit", "-qam", "two")
    git("merge", "-q", "other")
    assert len(load(path)) == len(made)


_UNREAD = '{"on": "passage", "decision": "reading", "before": "12"}'  # would read nothing there
_WAIVED_EDIT = '{"on": "edit", "decision": "waived", "before": "12", "reason": "r"}'  # an edit is accepted or rejected
_READ_EDIT = '{"on": "edit", "decision": "reading", "before": "12", "reading": "13"}'
_UNREASONED = '{"on": "finding", "check": "c", "message": "m", "decision": "waived", "reason": " "}'


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"on": "edit"}',
        "<<<<<<< HEAD",
        '{"on": "edit", "decision": "maybe"}',
        _UNREASONED,
        _UNREAD,
        _WAIVED_EDIT,
        _READ_EDIT,
    ],
)
def test_a_line_that_is_no_decision_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "x.decisions.jsonl"
    path.write_text(decision("12", "accepted").line + line + "\n")
    with pytest.raises(JuanzongError, match="line 2"):
        load(path)


def test_a_field_that_is_wrong_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.decisions.jsonl"
    path.write_text('{"on": "edit", "decision": "accepted", "befor": "12"}\n')
    with pytest.raises(JuanzongError, match=r"line 1: not a decision \(befor: "):
        load(path)


def test_a_passage_that_stands_in_several_places_is_told_apart_from_one_that_is_gone() -> None:
    said = [
        Decision(on="passage", decision="reading", before=before, reading="x") for before in ("没有这些字的一段", "医")
    ]
    documents, ledger, _ = documents_of(source_of(LINES))
    told = [f.message.rpartition(": ")[2] for f in apply(said, documents, ledger)]
    assert told[0] == "the passage is gone, or changed"
    assert told[1].startswith("the passage stands ")


def test_the_nth_of_fewer_places_is_none() -> None:
    assert find(Squeezed("甲乙丙甲乙丁"), Passage("", "甲乙", "", 3, 2)) is None


def _add(path: Path, n: int) -> None:
    update(path, lambda old: [*old, Decision(on="finding", decision="accepted", check="c", message=str(n))])


def test_windows_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.decisions.jsonl"
    workers = [multiprocessing.get_context("fork").Process(target=_add, args=(path, n)) for n in range(12)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    assert len(load(path)) == 12 and [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.decisions.jsonl"
    _add(path, 1)
    before = path.read_bytes()

    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", broken)
    with pytest.raises(OSError, match="disk full"):
        _add(path, 2)
    assert path.read_bytes() == before and len(list(tmp_path.iterdir())) == 1


def test_a_waived_finding_stands_and_no_longer_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(
        "松城市绿道方案\n\n一、总体要求\n\n建成绿道。\n\n三、保障措施\n\n落实经费。\n", encoding="utf-8"
    )

    def findings(code: int) -> list[dict[str, Any]]:
        with pytest.raises(SystemExit) as ended:
            main(["run", "a.txt", "--fail-on", "warning", "--quiet"])
        assert ended.value.code == code
        return [json.loads(line) for line in Path("clean/a/findings.jsonl").read_text("utf-8").splitlines()]

    (found,) = [f for f in findings(1) if f["severity"] == "warning"]
    decision = Decision(
        on="finding", decision="waived", check=found["check"], message=found["message"], reason="原文如此"
    )
    Path("a.decisions.jsonl").write_text(decision.line, encoding="utf-8")
    (again,) = [f for f in findings(0) if f["severity"] == "warning"]
    assert (again["id"], again["status"], again["evidence"]["reason"]) == (found["id"], "waived", "原文如此")
    counts = json.loads(Path("clean/a/bundle.json").read_text("utf-8"))["counts"]
    assert (counts["findings_waived"], counts.get("findings_warning", 0)) == (1, 0)


def test_a_passage_that_was_copied_with_its_blanks_is_found() -> None:
    """As people write who write decisions by hand."""
    row = {"on": "passage", "decision": "reading", "left": "东港 | ", "before": "1 7", "right": " |\n", "reading": "12"}
    written = Decision.model_validate(row)
    assert (written.left, written.before, written.right) == ("东港|", "17", "|")
    assert match(Squeezed("| 东港 | 1 7 |\n| 西港 | 7 |\n"), [written], place(Squeezed(""), [])) != [None]


@pytest.mark.parametrize(
    ("reading", "issued_on", "repeated"), [("3月11日", "2022-03-11", None), ("春", None, ["2022年春"])]
)
def test_a_reading_of_a_date_makes_its_iso_form_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reading: str, issued_on: str | None, repeated: list[str] | None
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = ["松城市园林局关于修建绿道的通知", "各区园林局：", "请修建绿道。", "松城市园林局", "2022年3月1日"]
    Path("a.txt").write_text("\n\n".join(lines), encoding="utf-8")
    said = Decision(on="passage", decision="reading", before="3月1日", reading=reading, left="松城市园林局2022年")
    Path("a.decisions.jsonl").write_text(dumps([said]), encoding="utf-8")
    for command in (["run", "a.txt", "--quiet"], ["audit", "clean/a"]):
        with pytest.raises(SystemExit) as ended:
            main(command)
        assert not ended.value.code
    (file,) = Path("clean/a/documents").iterdir()
    metadata = json.loads(file.read_text("utf-8"))["metadata"]
    assert metadata.get("issued_on") == issued_on
    assert [x["value"] for x in metadata.get("repeated", [])] == (repeated or [])
