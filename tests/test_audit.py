"""juanzong audit: an output that keeps the law passes; each way of breaking it is told, with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from juanzong.commands.audit import audit as command
from juanzong.core.errors import JuanzongError
from juanzong.emit.json_text import to_json, to_jsonl
from juanzong.output.audit import audit
from juanzong.output.faults import Audit
from juanzong.run import run_bundle

Make = Callable[[], Path]


def rewrite(path: Path, change: Callable[[list[Any]], Any]) -> None:
    """Let `change` alter the file's rows (of a JSON file: its one object), and write them back."""
    text = path.read_text(encoding="utf-8")
    rows = [json.loads(text)] if path.suffix == ".json" else [json.loads(line) for line in text.splitlines()]
    change(rows)
    path.write_text(to_json(rows[0]) if path.suffix == ".json" else to_jsonl(rows), encoding="utf-8")


def checks(found: Audit) -> set[str]:
    return {f.check for f in found.faults}


def test_a_sound_output_has_no_faults(hand_made: Make) -> None:
    found = audit(hand_made())
    assert found.faults == []
    assert found.counts["documents"] == 2
    assert found.counts["characters"] > 100


def test_addressees_in_the_imprint_at_the_foot_of_what_a_notice_issues_are_its_own(tmp_path: Path) -> None:
    notice = [
        "关于印发渡口管理办法的通知",
        "现将《松城市渡口管理办法》印发给你们，请遵照执行。",
        "松城市水务局",
        "2022年5月6日",
    ]
    issued = ["松城市渡口管理办法", "第一条 为加强渡口管理，制定本办法。", "第二条 本办法自印发之日起施行。"]
    imprint = ["主送：各县区水务局，市直各单位。", "抄送：市政府办公室。", "松城市水务局办公室 2022年5月6日印发"]
    file = tmp_path / "渡口.txt"
    file.write_text("\n\n".join(notice + issued + imprint), encoding="utf-8")
    run_bundle(file, "渡口", tmp_path / "clean")
    out = tmp_path / "clean" / "渡口"
    assert audit(out, source=file).faults == []
    told = [json.loads(path.read_text(encoding="utf-8")) for path in (out / "documents").iterdir()]
    assert {d["type"]: d["metadata"]["addressees"] for d in told} == {
        "notice": "各县区水务局，市直各单位",
        "regulation": "各县区水务局，市直各单位",
    }


def row_at(pointer: str) -> Callable[[list[Any]], Any]:
    return lambda rows: next(r for r in rows if r["pointer"] == pointer)


# name: (file, change, the check that must fail, what the message must hold)
def table_in(rows: list[Any]) -> Any:
    """The table of the hand-made plan."""
    return rows[0]["body"][0]["children"][1]["children"][0]


BREAKS: dict[str, tuple[str, Callable[[list[Any]], Any], str, str]] = {
    "a row is gone": (
        "trace.jsonl",
        lambda rows: rows.remove(row_at("/body/0/text")(rows)),
        "lost",
        "现将方案印发给你们",
    ),
    "a string without a row": (
        "trace.jsonl",
        lambda rows: rows.remove(row_at("/body/0/text")(rows)),
        "untraced",
        "现将",
    ),
    "two rows claim a character": (
        "trace.jsonl",
        lambda rows: row_at("/body/0/text")(rows).update(source=[[0, 5]]),
        "double",
        "claimed by",
    ),
    "a pointer leads nowhere": (
        "trace.jsonl",
        lambda rows: row_at("/body/0/text")(rows).update(pointer="/body/9/text"),
        "broken",
        "/body/9",
    ),
    "a pointer leads to an object": (
        "trace.jsonl",
        lambda rows: row_at("/body/0/text")(rows).update(pointer="/body/0"),
        "broken",
        "/body/0",
    ),
    "a range ends behind the source": (
        "trace.jsonl",
        lambda rows: row_at("/body/0/text")(rows).update(source=[[40, 4000]]),
        "broken",
        "/body/0/text",
    ),
    "a row of no schema": ("trace.jsonl", lambda rows: rows[0].update(source="all"), "invalid", "valid"),
    "a silent change": (
        "documents/notice-yin-fa.json",
        lambda rows: rows[0]["body"][0].update(text="现将方案印发给他们。"),
        "unfaithful",
        "他们",
    ),
    "a replace that is not listed": (
        "edits.jsonl",
        lambda rows: rows.remove(next(e for e in rows if e["rule"] == "stop")),
        "unfaithful",
        "！",
    ),
    "a listed replace that was not done": (
        "edits.jsonl",
        lambda rows: next(e for e in rows if e["rule"] == "stop").update(after="？"),
        "unfaithful",
        "？",
    ),
    "an insert that is not listed": (
        "edits.jsonl",
        lambda rows: rows.remove(next(e for e in rows if e["kind"] == "insert")),
        "unfaithful",
        "（",
    ),
    "an insert that stands nowhere": (
        "edits.jsonl",
        lambda rows: next(e for e in rows if e["kind"] == "insert").update(source=[3, 3]),
        "unfaithful",
        "stands in 0 strings",
    ),
    "a drop that is only suggested": (
        "edits.jsonl",
        lambda rows: next(e for e in rows if e["rule"] == "page-number").update(status="suggested"),
        "lost",
        "— 1 —",
    ),
    "`before` is not what stands there": (
        "edits.jsonl",
        lambda rows: next(e for e in rows if e["rule"] == "page-number").update(before="— 2 —"),
        "edit",
        "— 1 —",
    ),
    "an unknown block": (
        "documents/plan-jie-shui.json",
        lambda rows: rows[0]["body"][0].update(kind="chapter"),
        "invalid",
        "chapter",
    ),
    "a field of no model": (
        "documents/plan-jie-shui.json",
        lambda rows: rows[0].update(colour="red"),
        "invalid",
        "Extra",
    ),
    "a title told otherwise": (
        "bundle.json",
        lambda rows: rows[0]["documents"][0].update(title="别的"),
        "inconsistent",
        "别的",
    ),
    "a wrong count": ("bundle.json", lambda rows: rows[0]["counts"].update(tables=7), "inconsistent", "7"),
    "another source": (
        "bundle.json",
        lambda rows: rows[0]["sources"][0].update(sha256="0"),
        "inconsistent",
        "not the file",
    ),
    "a lead that is no part of its text": (
        "documents/plan-jie-shui.json",
        lambda rows: rows[0]["body"][0]["children"][0].update(lead="为了发展"),
        "inconsistent",
        "no part of the paragraph",
    ),
    "a level that its place does not have": (
        "documents/plan-jie-shui.json",
        lambda rows: rows[0]["body"][0].update(level=2),
        "inconsistent",
        "its place says 1",
    ),
    "more header rows than rows": (
        "documents/plan-jie-shui.json",
        lambda rows: table_in(rows).update(header_rows=9),
        "inconsistent",
        "of 3 rows",
    ),
    "a span that makes rows of unlike width": (
        "documents/plan-jie-shui.json",
        lambda rows: table_in(rows)["rows"][0]["cells"][0].update(col_span=2),
        "inconsistent",
        "columns",
    ),
    "columns that the header does not name": (
        "documents/plan-jie-shui.json",
        lambda rows: table_in(rows).update(columns=["项目", "投资额", "年份"]),
        "inconsistent",
        "not those of the header",
    ),
    "a mark whose note stands elsewhere": (
        "documents/plan-jie-shui.json",
        lambda rows: rows[0]["body"][0]["children"][0]["notes"][0].update(offset=1),
        "inconsistent",
        "not told at both ends",
    ),
    "a page that the trace does not know": (
        "bundle.json",
        lambda rows: rows[0]["documents"][0].update(pages=[1, 2]),
        "inconsistent",
        "the trace None",
    ),
    "a link told at one end": (
        "documents/notice-yin-fa.json",
        lambda rows: rows[0].pop("promulgates"),
        "inconsistent",
        "promulgates",
    ),
    "a document without its body": (
        "documents/plan-jie-shui.json",
        lambda rows: rows[0].pop("body"),
        "invalid",
        "/body",
    ),
    "a heading without what it holds": (
        "documents/plan-jie-shui.json",
        lambda rows: rows[0]["body"][0].pop("children"),
        "invalid",
        "/body/0/children",
    ),
    "a source twice": (
        "bundle.json",
        lambda rows: rows[0]["sources"].append(rows[0]["sources"][0]),
        "inconsistent",
        "a source stands twice",
    ),
    "a link told twice": (
        "documents/notice-yin-fa.json",
        lambda rows: rows[0]["promulgates"].append(rows[0]["promulgates"][0]),
        "inconsistent",
        "an id stands twice",
    ),
    "a contents entry that leads to another document": (
        "bundle.json",
        lambda rows: rows[0].update(
            contents=[{"title": rows[0]["documents"][0]["title"], "document": rows[0]["documents"][1]["id"]}]
        ),
        "inconsistent",
        "bears another title",
    ),
    "an anchor outside its string": (
        "documents/plan-jie-shui.json",
        lambda rows: rows[0]["footnotes"][0]["anchor"].update(offset=99),
        "inconsistent",
        "offset 99",
    ),
    "an edit id twice": ("edits.jsonl", lambda rows: rows[0].update(id=rows[1]["id"]), "inconsistent", "stands twice"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_each_break_is_found(hand_made: Make, name: str) -> None:
    file, change, check, words = BREAKS[name]
    folder = hand_made()
    rewrite(folder / file, change)
    told = [f for f in audit(folder).faults if f.check == check]
    assert any(words in f"{f.place} {f.message}" for f in told), audit(folder).faults


def test_a_stray_document_is_found(hand_made: Make) -> None:
    folder = hand_made()
    (folder / "documents" / "plan-old.json").write_text("{}", encoding="utf-8")
    assert checks(audit(folder)) == {"inconsistent"}


def test_a_changed_source_is_found(hand_made: Make) -> None:
    folder = hand_made()
    raw = folder.parent.parent / "raw" / "hand.txt"
    raw.write_text(raw.read_text(encoding="utf-8") + "多出一行\n", encoding="utf-8")
    assert {"inconsistent", "lost"} <= checks(audit(folder))


def test_the_source_may_stand_elsewhere(hand_made: Make, tmp_path: Path) -> None:
    folder = hand_made()
    raw = folder.parent.parent / "raw" / "hand.txt"
    moved = raw.rename(tmp_path / "moved.txt")
    with pytest.raises(JuanzongError, match="--source"):
        audit(folder)
    assert audit(folder, moved).faults == []


@pytest.mark.parametrize("file", ["bundle.json", "trace.jsonl", "documents/plan-jie-shui.json"])
def test_a_file_that_is_no_json_is_named(hand_made: Make, file: str) -> None:
    folder = hand_made()
    (folder / file).write_text("{]", encoding="utf-8")
    with pytest.raises(JuanzongError, match=rf"{Path(file).name}: no JSON at line 1"):
        audit(folder)


def test_the_command_says_where_and_exits_1(hand_made: Make) -> None:
    folder = hand_made()
    good = CliRunner().invoke(command, [str(folder)])
    assert good.exit_code == 0
    assert "0 lost, 0 doubly claimed, 0 broken pointers" in good.output
    rewrite(folder / "trace.jsonl", lambda rows: rows.remove(row_at("/body/0/text")(rows)))
    bad = CliRunner().invoke(command, [str(folder)])
    assert bad.exit_code == 1
    assert "line 4, offset 42 in no row and no edit: '现将方案印发给你们。'" in bad.output


def test_a_folder_that_cannot_be_audited_does_not_keep_the_others_from_it(hand_made: Make) -> None:
    folder = hand_made()
    found = CliRunner().invoke(command, [str(folder.parent / "gone"), str(folder)])
    assert found.exit_code == 2
    assert found.stderr.count("\n") == 1 and "no bundle.json" in found.stderr
    assert f"{folder}: " in found.stdout and "0 lost" in found.stdout


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "why"),
    [
        (
            "documents/plan-jie-shui.json",
            '"text": "甲"',
            '"text": "乙",\n           "text": "甲"',
            0,
            "the key 'text' stands twice",
        ),
        (
            "trace.jsonl",
            '"pointer": "/title"',
            '"pointer": "/body", "pointer": "/title"',
            1,
            "the key 'pointer' stands twice",
        ),
        ("bundle.json", "\n", "\r\n", 1, "is not as the program writes it"),
        ("bundle.json", '"hand"', '"\\u0068and"', 3, "is not as the program writes it"),
        ("edits.jsonl", "\n", "\n\n", 2, "is not as the program writes it"),
        ("edits.jsonl", ": ", ":  ", 1, "is not as the program writes it"),
    ],
)
def test_what_a_parser_passes_over_is_found(
    hand_made: Make, file: str, old: str, new: str, line: int, why: str
) -> None:
    """All values are as they were, for this parser; others take the first of two keys, and a diff shows the rest."""
    path = hand_made() / file
    text = path.read_bytes().decode("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode("utf-8"))
    [fault] = audit(path.parents["/" in file]).faults
    assert (fault.check, fault.file) == ("inconsistent", file) and why in fault.message
    assert fault.place == f"line {line}" or not line
