"""Rows of evidence -> findings: one for each row at most, at its gravest; two prints with one fault share one."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.findings import Finding
from juanzong.core.spots import Id, Row
from juanzong.core.terms import Severity, is_told_by_checks
from juanzong.language.document_types import type_of_title
from juanzong.stages.evidence.passages import Passage
from juanzong.stages.evidence.reference import Reference

_Told = tuple[str, Severity, str]
_SEVERITY = {"error": 0, "warning": 1, "info": 2}


def findings_of(rows: Sequence[tuple[object, Row]]) -> list[Finding]:
    """Findings in the order of the rows; `evidence` names the row, of two prints with one fault both; what a document refers to
    in vain again and again is told once, with all places."""
    out: list[Finding] = []
    shared: dict[tuple[int, str], Finding] = {}  # (passage, check)
    prints: dict[str, tuple[Finding, set[int]]] = {}  # of a citation in a match table
    dangling: dict[tuple[int, str], Finding] = {}  # (document, message) of a reference that its text makes again
    for about, row in rows:
        told = _TELL[row["kind"]](row)
        if told is None:
            continue
        check, severity, message = told
        places = [row["place"]] if "place" in row else [s["place"] for s in row["statements"]]
        finding = Finding(check, severity, message, list(places), {"row": Id(about)})
        first = None
        if isinstance(about, Passage):
            first = next((f for t in about.twins if (f := shared.get((id(t), check))) is not None), None)
            shared[id(about), check] = first or finding
        elif row.get("scope") == "match table":
            first, told_of = prints.setdefault(message, (finding, set()))
            if first is finding or row["print"] in told_of:
                prints[message] = (finding, {row["print"]})
                first = None
            told_of.add(row["print"])
        elif isinstance(about, Reference):
            first = dangling.setdefault((id(about.carrier), message), finding)
            first = None if first is finding else first
        if first is not None:
            first.where.append(row["place"])
            first.evidence.setdefault("other_prints", []).append(Id(about))
        else:
            out.append(finding)
    return out


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:20] + "…" + text[-9:]


def _quotation(row: Row) -> _Told | None:
    text = _short(row["text"])
    document = row["cited"]["document"]
    title = f"《{document.title.text.strip('《》')}》" if document is not None else "所引文件"
    found: list[_Told] = []
    differences = row["differences"]
    grave = [d for d in differences if d["kind"] in ("number", "negation")]
    words = [d for d in differences if d["kind"] == "word"]
    if grave:
        found.append(("quotation-changed", "error", f"引文“{text}”改动了数字或否定词：{_told(grave)}"))
    if row["unsupported"]:
        parts = "；".join(_short(u["text"]) for u in row["unsupported"])
        found.append(("quotation-unsupported", "error", f"引文“{text}”中这些话不见于{title}：{parts}"))
    if row["verdict"] == "not found":
        absent = {
            "elsewhere": ("quotation-elsewhere", "error", f"引文“{text}”不见于{title}，而见于另一文件"),
            "nowhere": ("quotation-not-found", "warning", f"引文“{text}”不见于{title}，也不见于本卷其他文件"),
            "no such document": ("quotation-absent", "warning", f"引文“{text}”所引文件不在本卷中"),
        }[row["reason"]]
        found.append((absent[0], absent[1], absent[2]))  # type: ignore[arg-type]
    if words:
        found.append(("quotation-differs", "warning", f"引文“{text}”与{title}文字不同：{_told(words)}"))
    if row["verdict"] == "composed":
        how = "次序不同" if row["order"] == "changed" else "有删节" if row["left_out"] else "由几处拼合"
        found.append(("quotation-composed", "info", f"引文“{text}”由{title}几处文字组成，{how}"))
    if row["verdict"] == "paraphrase":
        found.append(("quotation-paraphrase", "info", f"引文“{text}”是对{title}的转述，并非原文"))
    if differences and not grave and not words:
        found.append(("quotation-punctuation", "info", f"引文“{text}”与{title}仅标点不同：{_told(differences)}"))
    if not found:
        return None
    check, severity, message = min(found, key=lambda t: _SEVERITY[t[1]])
    if row["transcription_doubt"] and differences:
        severity = "warning" if severity == "error" else severity
        message += "（可能是识读之误）"
    return check, severity, message


def _told(differences: Sequence[Row]) -> str:
    return "、".join(
        f"“{d['quoted']}”原文作“{d['printed']}”"
        if d["op"] == "changed"
        else f"多“{d['quoted']}”"
        if d["op"] == "added"
        else f"缺“{d['printed']}”"
        for d in differences[:4]
    ) + (f"等{len(differences)}处" if len(differences) > 4 else "")


def _citation(row: Row) -> _Told | None:
    if row["scope"] == "elsewhere":
        return None
    verdicts, name = row["verdicts"], f"《{row['title'].strip('《》')}》"
    if verdicts == ["not in the bundle"]:
        if row["scope"] == "contents":
            return None  # the contents list's own check tells it
        named = type_of_title(row["title"]) is not None or "关于" in row["title"] or row["number"]
        if row["scope"] == "report" and not named:
            return None  # a film, a book, a play
        return "citation-absent", "warning", f"所引{name}不在本卷中"
    told = [
        f"{_FIELDS[d['field']]}引作“{d['cited']}”，文件印作“{d['printed']}”"
        for d in row["deviations"]
        if d["kind"] not in ("form", "not printed")
    ]
    if any(v.endswith("differs") for v in verdicts) and told:
        return "citation-differs", "warning", "；".join(told)
    if any(v.endswith("not confirmed") for v in verdicts):
        what = "、".join(
            f"{_FIELDS[d['field']]}“{d['cited']}”" for d in row["deviations"] if d["kind"] == "not printed"
        )
        return "citation-unconfirmed", "info", f"{name}的{what}在本卷中无从核对：文件及其印发通知均未印出"
    return None


def _reference(row: Row) -> _Told | None:
    if row["verdict"] != "does not resolve" or is_told_by_checks(row["type"], row["text"]):
        return None
    why = f"：{row['deviation']}" if row["deviation"] else ""
    told = {
        "count": "所说数目与所列不符",
        "sequence": "编号不连续",
        "sign": "图例与表中符号不符",
    }
    return "reference-dangling", "warning", f"“{_short(row['text'])}”{told.get(row['type'], '所指在文中没有找到')}{why}"


def _fact(row: Row) -> _Told | None:
    if row["verdict"] not in ("differ", "unit differs"):
        return None
    tables = sum(s["in"] == "table" for s in row["statements"])
    severity: Severity = "warning" if tables > 1 or row["verdict"] == "unit differs" else "info"
    values = "、".join(dict.fromkeys(f"{s['value']}{s['unit'] or ''}" for s in row["statements"]))
    target = "（目标）" if row["status"] == "target" else ""
    return "fact-differs", severity, f"{row['region']}{row['year']}年{row['indicator']}{target}各处数值不一：{values}"


_FIELDS = {"title": "标题", "number": "文号", "date": "日期"}
_TELL = {"quotation": _quotation, "citation": _citation, "reference": _reference, "fact": _fact}
