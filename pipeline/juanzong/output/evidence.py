"""The evidence of an output folder as people look at it: rows with what names their places, verdicts in words, passages
and sources as marked pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from juanzong.core.errors import JuanzongError
from juanzong.output.folder import Json, Output, resolve
from juanzong.output.sound import load_sound
from juanzong.words import shown

KINDS = {"quotations": "quotation", "citations": "citation", "references": "reference", "facts": "fact"}
AROUND = 50  # characters of the source shown before and behind what is quoted
VERDICTS = {
    "verbatim": "原文照录",
    "near": "文字有出入",
    "composed": "拼合节录",
    "paraphrase": "转述，非原文",
    "not found": "未找到",
    "agrees": "相符",
    "title differs": "标题不符",
    "number differs": "文号不符",
    "date differs": "日期不符",
    "number not confirmed": "文号无从核对",
    "date not confirmed": "日期无从核对",
    "short name": "简称",
    "not in the bundle": "不在本卷",
    "resolves": "有着落",
    "does not resolve": "没有着落",
    "undecided": "未能判定",
    "agree": "一致",
    "agree after rounding": "四舍五入后一致",
    "agree (bound)": "与所说界限相合",
    "differ": "数值不一",
    "unit differs": "单位不一",
}
REASONS = {"no such document": "所引文件不在本卷", "elsewhere": "见于另一文件", "nowhere": "本卷没有此文"}


class Piece(NamedTuple):
    """A stretch of text and what it is: "" plain, "same", "added", "missing", "lost" (unsupported), "frame", "left out"."""

    text: str
    what: str
    note: str = ""  # of a changed word: what stands on the other side


@dataclass(frozen=True)
class Evidence:
    """The rows of one bundle, the findings that are about them, and its documents."""

    output: Output
    rows: list[Json]
    findings: dict[str, Json]  # row id -> its finding
    pages: dict[tuple[str, str], list[int]]  # (document, pointer) -> pages, where the input has them

    def of(self, kind: str) -> list[Json]:
        return [r for r in self.rows if r["kind"] == kind]


def load_evidence(folder: Path) -> Evidence:
    """Raises JuanzongError where the folder has no evidence.jsonl."""
    output = load_sound(folder)
    if not (folder / "evidence.jsonl").is_file():
        raise JuanzongError(f"{folder}: no evidence.jsonl in it; `juanzong run` again with this version")
    return evidence_of(output)


def evidence_of(output: Output) -> Evidence:
    """The evidence of an output that was read."""
    about: dict[str, Json] = {}
    for f in output.findings:
        evidence = f.get("evidence", {})
        for row in [evidence.get("row"), *evidence.get("other_prints", [])] if isinstance(evidence, dict) else ():
            if isinstance(row, str):
                about[row] = f
    pages = {
        (r["document"], r["pointer"]): sorted({p["page"] for p in r["pages"]}) for r in output.trace if r.get("pages")
    }
    return Evidence(output, output.evidence, about, pages)


def verdicts_of(row: Json) -> list[str]:
    return list(row["verdicts"]) if row["kind"] == "citation" else [str(row["verdict"])]


def verdict(name: str) -> str:
    """A verdict for people."""
    return shown(VERDICTS[name])


def told(row: Json) -> str:
    """The verdict in words."""
    words = "、".join(verdict(v) for v in verdicts_of(row))
    if row.get("reason"):
        words += f"：{shown(REASONS[row['reason']])}"
    if row["kind"] == "quotation" and row["verdict"] == "composed":
        more = [shown("次序不同")] * (row["order"] == "changed")
        more += [shown(f"无出处 {len(row['unsupported'])} 段")] * bool(row["unsupported"])
        words += f"（{'，'.join(more)}）" if more else ""
    return words


def title_of(evidence: Evidence, document: str | None) -> str:
    if document is None:
        return shown("（不在本卷）")
    value = evidence.output.documents[document]
    title = str(value.get("title") or document)
    kin = [value, *(evidence.output.documents.get(str(value.get(k)), {}) for k in ("promulgated_by",))]
    number = next((n for d in kin if (n := d.get("metadata", {}).get("doc_number"))), None)
    return (title if "《" in title else f"《{title}》") + (f"（{number}）" if number else "")


def trail(evidence: Evidence, place: Json) -> str:
    """Where a place stands, as a reader would say it: headings from the outside in, caption, page."""
    if place["document"] is None:
        return shown("合并前的另一次印刷") + _page(evidence, place)
    value: Any = evidence.output.documents[place["document"]]
    out: list[str] = []
    for token in str(place["pointer"]).split("/")[1:]:
        value = value[int(token)] if isinstance(value, list) else value.get(token)
        if isinstance(value, dict) and value.get("kind") in ("section", "box", "table", "figure"):
            name = " ".join(str(value[k]) for k in ("number", "title", "caption") if value.get(k))
            out.append(name[:40])
    if "/footnotes/" in str(place["pointer"]):
        out.append(shown("注释"))
    named = [o for o in out if o]
    return (" › ".join(named) or shown("正文")) + _page(evidence, place)


def _page(evidence: Evidence, place: Json) -> str:
    pages = evidence.pages.get((place["document"], place["pointer"]))
    return shown(f"（第 {'、'.join(map(str, pages))} 页）") if pages else ""


def quoted(row: Json) -> list[Piece]:
    """A quotation's text as pieces: the frame, what is added or changed, where words are missing, what has no support."""
    text = str(row["text"])
    marks: list[tuple[int, int, str, str]] = []
    for d in row["differences"]:
        what = "missing" if d["op"] == "missing" else "added"
        marks.append((d["range"][0], d["range"][1], what, d["printed"]))
    marks += [(u["range"][0], u["range"][1], "lost", "") for u in row["unsupported"]]
    marks += [(p["range"][0], p["range"][1], "frame", "") for p in row["parts"] if p["relation"] == "frame"]
    if row["verdict"] == "not found":
        marks += [(p["range"][0], p["range"][1], "lost", "") for p in row["parts"] if p["relation"] == "not found"]
    out: list[Piece] = []
    at = 0
    for a, b, what, note in sorted(marks):
        if a < at:
            continue
        if a > at:
            out.append(Piece(text[at:a], ""))
        out.append(Piece(text[a:b], what, note))
        at = b
    return [*out, Piece(text[at:], "")] if at < len(text) else out


@dataclass(frozen=True)
class Passage:
    """A string of a document that holds some of a quotation, as pieces."""

    place: Json
    pieces: list[Piece]


def nearest(evidence: Evidence, row: Json) -> list[tuple[Json, str]]:
    """The places that the unsupported stretches of a quotation read most like, with the words that stand there."""
    places = [p for u in row["unsupported"] if u["nearest"] for p in u["nearest"]["at"] if p["document"]]
    return [
        (p, str(resolve(evidence.output.documents[p["document"]], p["pointer"]))[slice(*p["range"])]) for p in places
    ]


def printed(evidence: Evidence, row: Json) -> list[Passage]:
    """What the document prints, string by string in its order, with a little around; what is left out is a piece."""
    spans: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    for part in row["parts"]:
        _gather(spans, part["at"], "same")
    for left in row["left_out"]:
        _gather(spans, left["at"], "left out")
    order = {key: k for k, key in enumerate(_in_order(evidence, spans))}
    different = {
        (d["at"]["document"], d["at"]["pointer"], *d["at"]["range"])
        for d in row["differences"]
        if d["at"]["range"] and d["printed"]
    }
    out = []
    for key in sorted(spans, key=order.__getitem__):
        text = str(resolve(evidence.output.documents[key[0]], key[1]))
        marks = [(a, b) for doc, pointer, a, b in different if (doc, pointer) == key]
        out.append(Passage({"document": key[0], "pointer": key[1]}, _pieces(text, sorted(spans[key]), sorted(marks))))
    return out


def _gather(spans: dict[tuple[str, str], list[tuple[int, int, str]]], places: Sequence[Json], what: str) -> None:
    for p in places:
        if p["document"] is not None:
            spans.setdefault((p["document"], p["pointer"]), []).append((*p["range"], what))


def _in_order(evidence: Evidence, spans: dict[tuple[str, str], Any]) -> list[tuple[str, str]]:
    wanted = set(spans)
    found = [(r["document"], r["pointer"]) for r in evidence.output.trace if (r["document"], r["pointer"]) in wanted]
    return [*found, *sorted(wanted - set(found))]


def _pieces(text: str, spans: Sequence[tuple[int, int, str]], marks: Sequence[tuple[int, int]]) -> list[Piece]:
    first = max(spans[0][0] - AROUND, 0)
    last = min(max(b for _, b, _ in spans) + AROUND, len(text))
    out = [Piece("…" * (first > 0) + text[first : spans[0][0]], "")]
    at = spans[0][0]
    for a, b, what in spans:
        a = max(a, at)
        if a >= b:
            continue
        if a > at:
            out.append(Piece(text[at:a], "left out" if a - at > 12 else "same"))
        out += _marked(text, a, b, what, marks)
        at = b
    return [p for p in [*out, Piece(text[at:last] + "…" * (last < len(text)), "")] if p.text]


def _marked(text: str, a: int, b: int, what: str, marks: Sequence[tuple[int, int]]) -> list[Piece]:
    out, at = [], a
    for i, j in marks:
        if a <= i < b and i >= at:
            out += [Piece(text[at:i], what), Piece(text[i:j], "missing")]
            at = j
    return [p for p in [*out, Piece(text[at:b], what)] if p.text]


def place_of(evidence: Evidence, row: Json) -> str:
    """Where a quotation stands: document, table or chapter, print."""
    place = row["place"]
    document = place["document"] or next(
        (r["place"]["document"] for r in evidence.rows if r["id"] in row.get("other_prints", ())), None
    )
    where = title_of(evidence, document) if document else ""
    print_ = shown(f" 第 {row['print']} 次印刷") if row.get("other_prints") else ""
    return f"{where}{print_}"
