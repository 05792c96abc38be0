"""Documents -> what the bundle says of itself, checked. Reads, and changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.spots import Row
from juanzong.core.terms import Evidence
from juanzong.core.traced import Run, Traced
from juanzong.language.document_types import bare_title
from juanzong.stages.characters.witnesses import look_ahead
from juanzong.stages.evidence.citations import Citation, Library
from juanzong.stages.evidence.facts import fact_row, facts
from juanzong.stages.evidence.findings import findings_of
from juanzong.stages.evidence.folded import Folded, fold_text
from juanzong.stages.evidence.match_tables import MatchRow, match_rows
from juanzong.stages.evidence.mentions import Mention, mention_without_marks, mentions_in, name_shorts, pointing_back
from juanzong.stages.evidence.passages import Passage, prose_of, prose_passages, table_passages
from juanzong.stages.evidence.prints import Print, clean_prints
from juanzong.stages.evidence.quotations import Bodies, quotations
from juanzong.stages.evidence.references import reference_row, references
from juanzong.stages.evidence.rows import Doubt, citation_row, doubts_of, quotation_row, where
from juanzong.stages.evidence.twins import Told, which_print
from juanzong.stages.work import Work

_REPORTS = frozenset({"report", "summary", "other"})
_QUOTED = frozenset({"plan", "notice", "regulation"})  # what is quoted, though a table in it may quote as well
_YEARS = re.compile(r"\([^()]*\)$")  # （2021—2023年） at the end of a title
_END = 12  # characters at the end of a title in which its kind stands
_SCANNED = frozenset(
    {"title", "body", "heading", "box", "caption", "cell", "table_note", "footnote", "figure", "attachments"}
)
_PROSE = frozenset({"body", "heading", "box", "footnote"})  # of a report: what may quote
_READ = _SCANNED | {"number"}


def examine(work: Work) -> None:
    """Fill `work.evidence`, and tell what no other pass may mend. Of the documents nothing is changed."""
    documents, source = work.documents, work.source.text
    if not documents:
        return
    clean_prints(work.prints, source)
    own = [entry for entries in work.listed for entry in entries]
    tables = [(p, matched) for p in work.prints if (matched := match_rows(p))]
    inside = _cells_of(documents, {id(p.table) for p, _ in tables})
    passages, mentions, quoting = _said(documents, own, tables, inside)
    work.passages += [r for p in passages for r in p.text.ranges]
    if work.aside is not None:
        work.ahead = look_ahead(documents, work.passages, work.aside)
    library = Library(documents)
    cited = _cite(mentions, passages, library)
    for entries in work.listed:
        _part_entries(entries, cited)
    strings = [_strings(d, inside) for d in documents]
    bodies = Bodies(
        list(documents),
        [Folded(text for text, _ in some) for some in strings],
        [frozenset(k for k, (_, role) in enumerate(some) if role == "heading") for some in strings],
        {k for k, d in enumerate(documents) if id(d) in quoting or d.type == "front_matter"},
    )
    rows: list[tuple[object, Row]] = []
    doubts: list[Doubt] = []
    for q in quotations(passages, cited, bodies):
        rows.append((q.passage, quotation_row(q, bodies, source)))
        doubts += doubts_of(q, bodies, source)
    rows += [(c, citation_row(c)) for c in cited.values()]
    named = library.named
    found = references(documents, source, work.passages, lambda title: (hit := named(title)) and hit[0])
    rows += [(r, reference_row(r)) for r in found]
    rows += [(f, fact_row(f)) for f in facts(documents, work.prints)]
    work.evidence = sorted(rows, key=lambda r: where(r[1]))
    work.findings += findings_of(work.evidence)
    _suggest(doubts, work.ledger)
    _spare(work)


def _suggest(doubts: Sequence[Doubt], ledger: Ledger) -> None:
    """What the cited document prints, as suggested edits of the passages that a misreading may have changed."""
    for d in doubts:
        note = Evidence(source=d.where, text=ledger.source[slice(*d.where)], note="被引文件作此")
        ledger.suggest(d.start, d.end, d.after, "misread-in-passage", evidence=[note])


def _spare(work: Work) -> None:
    """What a rule changed in the words of a passage is put back, and only suggested."""
    ledger, ranges = work.ledger, sorted(work.passages)
    found = {
        (e.start, e.end): k
        for k, e in ledger.entries.items()
        if e.category == "content" and e.status == "applied" and e.kind == "replace"
        if any(a < e.end and e.start < b for a, b in ranges)
    }
    if not found:
        return
    for k in found.values():
        e = ledger.entries[k]
        ledger.withdraw(k)
        ledger.suggest(e.start, e.end, e.after, e.rule, confidence=0.5, evidence=e.evidence)

    def put_back(text: Traced, _: str) -> Traced:
        if not any(r.edited and (r.start, r.end) in found for r in text.runs):
            return text
        return Traced(
            Run(ledger.source[r.start : r.end], r.start, r.end) if (r.start, r.end) in found else r for r in text.runs
        )

    for document in work.documents:
        tree.map_texts(document, put_back)


def _cells_of(documents: Sequence[tree.Document], tables: set[int]) -> set[int]:
    """id() of the cells' texts of the tables with those id()s."""
    return {
        id(c.text)
        for d in documents
        for b in tree.walk(d.body)
        if isinstance(b, tree.Table) and id(b) in tables
        for row in b.rows
        for c in row.cells
    }


def _strings(document: tree.Document, inside: set[int]) -> list[tuple[Traced, str]]:
    """Every string of a document that a passage may stand in, with its role, in reading order, notes at the end. Cells of
    the match tables (`inside`) quote: a passage is not its own witness."""
    out: list[tuple[Traced, str]] = []

    def collect(text: Traced, role: str) -> Traced:
        if text and role in _READ and id(text) not in inside:
            out.append((text, role))
        return text

    tree.map_texts(document, collect)
    return out


def _said(
    documents: Sequence[tree.Document],
    contents: Sequence[tree.ContentsEntry],
    tables: Sequence[tuple[Print, list[MatchRow]]],
    inside: set[int],
) -> tuple[list[Passage], list[Mention], set[int]]:
    """(passages, mentions, id() of the documents that quote)."""
    passages: list[Passage] = []
    mentions: list[Mention] = []
    quoting: set[int] = set()
    fronts = {id(entry): d for d in documents for entry in d.contents}
    for entry in contents:
        front = fronts.get(id(entry), documents[0])
        found = list(mentions_in(entry.title, front, "contents"))
        bare = None if found else mention_without_marks(entry.title, front, "contents")
        mentions += found or ([bare] if bare else [])
    printed: list[list[Told]] = []
    for p, rows in sorted(tables, key=lambda t: (t[0].document.type != "annex_table", t[0].document.title.text)):
        some, named = table_passages(rows, p.document, 1)
        number = which_print(some, printed)
        for one in some:
            one.print = number
        for m in named:
            m.print = number
        passages += some
        mentions += named
        quoting.add(id(p.document))
    titled: defaultdict[str, list[tree.Document]] = defaultdict(list)  # the texts by what they may be named
    for d in documents:
        if d.type != "front_matter":
            titled[fold_text(bare_title(d.title.text))].append(d)
    for d in documents:
        quotes = id(d) in quoting and d.type not in _QUOTED
        reports = quotes or ((d.type in _REPORTS or "报告" in d.title.text) and _has_others(d, documents))
        if reports:
            prose = prose_of(d)
            said = list(mentions_in(prose, d, "report"))
            reports = quotes or d.type == "report" or "报告" in d.title.text or _names_one(said, d, titled)
        if reports:
            name_shorts(said)
            said = pointing_back(prose, d, "report", said)
            mentions += said
            quoted = list(prose_passages(d, prose, said))
            passages += quoted
            if quoted:
                quoting.add(id(d))
        mentions += _mentions_of(d, inside, skip_prose=reports)
    return passages, mentions, quoting


def _has_others(report: tree.Document, documents: Sequence[tree.Document]) -> bool:
    """Whether a bundle has texts that the report may quote, beside itself and what is annexed to it: a tender alone names
    laws and forms, and reports of none."""
    return any(
        d is not report and d.annex_of is not report and d.type != "front_matter" and bool(d.title) for d in documents
    )


def _names_one(said: Sequence[Mention], report: tree.Document, titled: Mapping[str, Sequence[tree.Document]]) -> bool:
    """Whether a text of no certain kind names another document of the bundle: a tender, a handbook or a judgment names laws,
    and reports of nothing that is bound with it."""
    named = {fold_text(bare_title(m.title)) for m in said}
    return any(d is not report and d.annex_of is not report for name in named for d in titled.get(name, ()))


def _mentions_of(document: tree.Document, inside: set[int], skip_prose: bool) -> list[Mention]:
    """The mentions outside match tables and a report's prose; short names count there alone."""
    out: list[Mention] = []

    def look(text: Traced, role: str) -> Traced:
        if "《" not in text.text:
            return text
        if role in _SCANNED and id(text) not in inside and not (skip_prose and role in _PROSE):
            out.extend(m for m in mentions_in(text, document, "elsewhere") if not m.short)
        return text

    tree.map_texts(document, look)
    return out


def _part_entries(entries: Sequence[tree.ContentsEntry], cited: dict[int, Citation]) -> None:
    """Two entries of a list are two documents (茶产业发展方案, 竹产业发展方案): one that differs does not name what another
    one names by its own title."""
    titles = {id(entry.title) for entry in entries}
    listed = [c for c in cited.values() if id(c.mention.text) in titles and not c.mention.short]
    named = {id(c.document) for c in listed if "title differs" not in c.verdicts}
    for c in listed:
        if "title differs" in c.verdicts and id(c.document) in named:
            cited[id(c.mention)] = Citation(c.mention, None, ["not in the bundle"])


def _cite(mentions: Sequence[Mention], passages: Sequence[Passage], library: Library) -> dict[int, Citation]:
    """Every mention judged, by id(); short names stand for the item's document or what was named last."""
    out: dict[int, Citation] = {}
    for m in mentions:
        if not m.short:
            out[id(m)] = library.cite(m)
    owner = {id(s): p for p in passages for s in p.shorts if s.short}
    before: dict[int, list[Mention]] = {}  # what a report's text names in full, in order
    for m in sorted(mentions, key=lambda m: m.start) if mentions else ():
        if not m.short:
            if m.scope == "report":
                before.setdefault(id(m.text), []).append(m)
            continue
        if m.defined:
            continue
        named = owner[id(m)].named if id(m) in owner else m.refers
        if named is None and id(m) not in owner:
            named = next((x for x in reversed(before.get(id(m.text), [])) if _ends_in(x.title, m.title)), None)
        m.stands_for = out[id(named)].document if named is not None and id(named) in out else None
        out[id(m)] = library.cite(m)
    return out


def _ends_in(title: str, noun: str) -> bool:
    return noun.strip("本该") in _YEARS.sub("", bare_title(title))[-_END:]
