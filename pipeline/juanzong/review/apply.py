"""A reviewer's decisions, carried out on the documents after the stages and before the checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.journal import Entry
from juanzong.core.ledger import Ledger
from juanzong.core.terms import Evidence
from juanzong.review.blocks import join_paragraphs, restore_paragraph, split_paragraph, split_title
from juanzong.review.decisions import Decision
from juanzong.review.matching import Change, Match, match, place
from juanzong.review.passage import Passage, Range, Squeezed, times
from juanzong.review.texts import Texts

REVIEWER = Evidence(note="reviewer")


def apply(decisions: Sequence[Decision], documents: Sequence[tree.Document], ledger: Ledger) -> list[Finding]:
    """Carry the decisions out in `documents` and `ledger`; what no longer fits comes back as findings.

    An accepted suggestion is made (status accepted), a rejected change is undone (status rejected), an own reading
    becomes an accepted content edit. Decisions on findings are left alone. Checks of the findings:
    `decision-lost` (the passage is gone or doubtful), `decision-unfit` (it stands, but the change cannot be made
    there), `decision-conflict` (two decisions on one thing; neither is carried out).
    """
    wanted, findings = _without_conflicts(d for d in decisions if d.on in ("edit", "passage"))
    if not wanted:
        return findings
    squeezed = Squeezed(ledger.source)
    index = list(ledger.entries)
    matches = match(squeezed, wanted, place(squeezed, (change_of(ledger.entries[k]) for k in index)))
    overlapping = _overlapping(wanted, matches)
    texts = Texts(documents)
    later: list[tuple[Decision, int]] = []  # what parts, joins or adds blocks: when the texts are done
    for d, m in zip(wanted, matches, strict=True):
        if m is None:
            findings.append(_finding("decision-lost", d, _why_lost(squeezed, d)))
            continue
        if (other := overlapping.get(d.key)) is not None:
            told = f"2 decisions on one thing: {d.reading or d.decision}, {other.reading or other.decision}"
            findings.append(_finding("decision-conflict", d, told))
            continue
        hits = [index[k] for k in m.changes if index[k] in ledger.entries]
        trouble = ""
        if m.changes and not hits:
            trouble = "another decision has read the passage anew"
        elif d.decision == "reading":
            for k in hits:
                _reject(k, texts, ledger)
            trouble = _change(m.place, d.reading or "", d, texts, ledger)
        elif d.decision == "rejected":
            later += [(d, k) for k in hits if not _reject(k, texts, ledger)]
        elif not hits:  # no rule proposes it any more; the reviewer still stands by it
            trouble = (
                "no rule proposes this join any more"
                if d.kind == "join"
                else _change(m.place, d.after, d, texts, ledger)
            )
        elif ledger.entries[hits[0]].kind == "join":
            later.append((d, hits[0]))
        else:
            trouble = _accept(hits[0], texts, ledger)
        if trouble:
            findings.append(_finding("decision-unfit", d, trouble))
    texts.put_back()
    for d, k in later:
        trouble = _change_blocks(d, k, documents, ledger)
        if trouble:
            findings.append(_finding("decision-unfit", d, trouble))
    return findings


def change_of(e: Entry) -> Change:
    return Change(e.start, e.end, e.before, e.after, e.rule, e.kind, e.category)


def _accept(k: int, texts: Texts, ledger: Ledger) -> str:
    """Make the change of entry k; returns what stands in the way, or an empty string."""
    e = ledger.entries[k]
    if e.status != "suggested":
        ledger.decide(k, "accepted", [REVIEWER])
        return ""
    trouble = _change((e.start, e.end), e.after, e, texts, ledger)
    if not trouble:
        ledger.withdraw(k)
    return trouble


def _reject(k: int, texts: Texts, ledger: Ledger) -> bool:
    """Unmake the change of entry k; False where that is more than a text's matter."""
    e = ledger.entries[k]
    if e.status in ("applied", "accepted") and (e.kind == "join" or not texts.undo(ledger.source, e.start, e.end)):
        return False
    ledger.decide(k, "rejected", [REVIEWER])
    return True


def _change(place: Range, after: str, why: Decision | Entry, texts: Texts, ledger: Ledger) -> str:
    """source[place] becomes `after` in the text that holds it: an accepted edit."""
    if isinstance(why, Entry):
        rule, confidence, evidence = why.rule, why.confidence, (*why.evidence, REVIEWER)
    else:
        rule, confidence, evidence = why.rule or "reading", 1.0, (REVIEWER,)
    before = set(ledger.entries)
    done = texts.change(
        *place,
        lambda text, i, j: ledger.replace(
            text,
            i,
            j,
            after,
            rule,
            category=why.category or "content",
            confidence=confidence,
            evidence=evidence,
        ),
    )
    for k in sorted(ledger.entries.keys() - before):
        ledger.decide(k, "accepted")
    return "" if done else "another change reaches into the passage, or no document holds it"


def _change_blocks(d: Decision, k: int, documents: Sequence[tree.Document], ledger: Ledger) -> str:
    """Part or join paragraphs, or give a dropped text a paragraph of its own."""
    e = ledger.entries[k]
    if d.decision == "accepted":
        if e.status == "suggested" and not join_paragraphs(documents, e.start, e.end):
            return "the two pieces are not the end and the beginning of two paragraphs"
        ledger.decide(k, "accepted", [REVIEWER])
        return ""
    if e.kind == "join":
        if not split_paragraph(documents, e.start, e.end) and not split_title(documents, e.start, e.end):
            return "the joined text is not a paragraph that could be parted"
    elif e.start < e.end and not e.before.strip():
        pass  # blanks between what stays dropped: nothing is to be brought back
    elif e.start == e.end or not restore_paragraph(documents, ledger.source, e.start, e.end):
        return "no document holds the passage"
    ledger.decide(k, "rejected", [REVIEWER])
    return ""


def _without_conflicts(decisions: Iterable[Decision]) -> tuple[list[Decision], list[Finding]]:
    by_key: dict[str, list[Decision]] = {}
    for d in decisions:
        same = by_key.setdefault(d.key, [])
        if d not in same:
            same.append(d)
    findings = [
        _finding(
            "decision-conflict",
            same[0],
            f"{len(same)} decisions on one thing: " + ", ".join(d.reading or d.decision for d in same),
        )
        for same in by_key.values()
        if len(same) > 1
    ]
    return [same[0] for same in by_key.values() if len(same) == 1], findings


def _overlapping(decisions: Sequence[Decision], matches: Sequence[Match | None]) -> dict[str, Decision]:
    """Own readings of passages that overlap, or of a change that is decided otherwise -> the other one: which of them is
    meant, nobody can tell."""
    found = sorted(
        (*m.place, k)
        for k, (d, m) in enumerate(zip(decisions, matches, strict=True))
        if m is not None and d.decision == "reading"
    )
    out: dict[str, Decision] = {}
    read = {k: d for d, m in zip(decisions, matches, strict=True) if m and d.decision == "reading" for k in m.changes}
    for d, m in zip(decisions, matches, strict=True):
        if m and d.on == "edit" and (other := next((read[k] for k in m.changes if k in read), None)):
            out[d.key], out[other.key] = other, d
    reach, last = -1, -1
    for start, end, k in found:
        if start < reach:
            out[decisions[k].key] = decisions[last]
            out.setdefault(decisions[last].key, decisions[k])
        if end > reach:
            reach, last = end, k
    return out


def _why_lost(squeezed: Squeezed, d: Decision) -> str:
    stands = times(squeezed, Passage(d.left, d.before, d.right))
    if stands > 1:
        return f"the passage stands {stands} times; tell which by more of left and right, or by nth and of"
    return "the passage is gone, or changed"


def _finding(check: str, d: Decision, why: str) -> Finding:
    said = {"accepted": "accepted", "rejected": "rejected", "reading": "own reading"}[d.decision]
    after = (d.reading if d.decision == "reading" else d.after) or ""
    message = f"{said} {d.left[-8:]}【{d.before[:40]}→{after[:40]}】{d.right[:8]}: {why}"
    return Finding(check, "warning", message, [], {"decision": d.model_dump(exclude_none=True, exclude_defaults=True)})
