"""One bundle through all stages."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from juanzong.core import tree
from juanzong.core.errors import JuanzongError
from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import lines_of
from juanzong.core.names import printable
from juanzong.core.source import Source
from juanzong.core.targets import check_id, foreign_files, keep_apart
from juanzong.model import Evidence
from juanzong.review.apply import apply
from juanzong.review.decisions import Decision, beside, load
from juanzong.stages.characters.clean import LONGEST, clean
from juanzong.stages.characters.witnesses import propose
from juanzong.stages.checks.arithmetic import check_tables
from juanzong.stages.checks.outlines import check_outlines
from juanzong.stages.checks.repeated_elements import check_repeated_elements
from juanzong.stages.documents.documents import documents_of
from juanzong.stages.links.links import link
from juanzong.stages.links.second_prints import merge_second_prints
from juanzong.stages.links.slug import name_documents
from juanzong.stages.pages.clean import clean_lines
from juanzong.stages.structure.tails import give_imprints
from juanzong.stages.tables.values import type_columns


@dataclass
class Result:
    """A finished bundle, before it is written."""

    id: str
    title: str
    source: Source
    styles: list[str]
    contents: list[tree.ContentsItem]
    documents: list[tree.Document]
    ledger: Ledger
    findings: list[Finding]
    seconds: dict[str, float] = field(default_factory=dict)  # by stage


def process(source: Source, bundle_id: str, decisions: Sequence[Decision] = ()) -> Result:
    """A source -> its documents, with a reviewer's decisions carried out. Pure: no clock but for the timings, no files.
    Raises JuanzongError where there is nothing to read."""
    ledger, findings, seconds = Ledger(source.text), [], {}  # type: Ledger, list[Finding], dict[str, float]
    tick = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal tick
        now = time.perf_counter()
        seconds[name] = now - tick
        tick = now

    lines = lines_of(source)
    if not lines:
        raise JuanzongError(f"{source.path}: no text in it; give a file with at least one line")
    for line in lines:
        if len(line.text) > LONGEST:
            told = f"第 {line.n} 行有 {len(line.text):,} 个字符，其文字未作校理"
            findings.append(Finding("line-too-long", "warning", told, [], {"line": line.n}))
    lap("lines")
    lines = clean_lines(lines, ledger, findings)
    lap("clean")
    structure = documents_of(lines, source.text, ledger, findings)
    lap("documents")
    documents = structure.documents
    contents = link(documents, structure.contents, findings)
    give_imprints(documents, structure.imprints, ledger)
    lap("links")
    merge_second_prints(documents, ledger, findings)
    lap("second prints")
    clean(documents, ledger, source=source.text, blocks=source.blocks)
    lap("characters")
    propose(documents, ledger)
    lap("evidence")
    _tell_readings(source, ledger, findings)
    findings += apply(decisions, documents, ledger)
    lap("decisions")
    for document in documents:
        for block in tree.walk(document.body):
            if isinstance(block, tree.Table) and block.rows:
                type_columns(block)
    lap("typed columns")
    findings += check_outlines(documents, ledger) + check_tables(documents) + check_repeated_elements(documents)
    lap("checks")
    name_documents(documents)
    lap("ids")
    title = next((d.title.text for d in documents if d.title), bundle_id)
    return Result(bundle_id, title, source, structure.styles, contents, documents, ledger, findings, seconds)


def _tell_readings(source: Source, ledger: Ledger, findings: list[Finding]) -> None:
    """What the reader was unsure of becomes suggestions; what befell a page becomes a finding."""
    for r in source.readings:
        note = Evidence(source=(r.start, r.end), text=source.text[r.start : r.end], note=r.note)
        ledger.suggest(r.start, r.end, r.after, r.rule, stage="read", confidence=r.confidence, evidence=[note])
    for report in source.reports:
        evidence = {"page": report.page, **({"text": report.text} if report.text else {})}
        findings.append(Finding(report.check, report.severity, report.message, [], evidence))


def write(result: Result, out: Path) -> Path:
    """The bundle's folder, written whole; returns it."""
    from juanzong.emit.bundle import files_of
    from juanzong.emit.files import write_folder

    tick = time.perf_counter()
    files = files_of(
        result.id,
        result.title,
        result.source,
        result.styles,
        result.contents,
        result.documents,
        result.ledger,
        result.findings,
    )
    result.seconds["emit"] = time.perf_counter() - tick
    tick = time.perf_counter()
    write_folder(out / result.id, files)
    result.seconds["write"] = time.perf_counter() - tick
    return out / result.id


def run_bundle(
    path: Path,
    bundle_id: str,
    out: Path,
    *,
    one: bool = False,
    second_reader: Literal["tesseract"] | None = None,
    jobs: int | None = None,
    quiet: bool = True,
) -> tuple[Result, Path]:
    """One input from file to written folder. The path is recorded as given where it is relative, else by its name; a name
    that is no text is recorded as people read it, and the source text kept in the folder."""
    from juanzong.core.progress import progress_bar
    from juanzong.read import ReadOptions, read

    check_id(bundle_id, path)
    keep_apart(out / bundle_id, [path])
    foreign_files(out / bundle_id, bundle_id)
    name = path.as_posix() if not path.is_absolute() else path.name
    record_as = printable(name)
    options = ReadOptions(
        one=one,
        second_reader=second_reader,
        jobs=jobs or os.cpu_count() or 1,
        progress=progress_bar(printable(path.name), quiet=quiet),
    )
    tick = time.perf_counter()
    source = read(path, record_as=record_as, options=options)
    if record_as != name or not path.is_file():  # nobody can open it by the recorded name, or a second time
        source = replace(source, is_text=False)
    decisions = load(beside(path, bundle_id))
    seconds = time.perf_counter() - tick
    result = process(source, bundle_id, decisions)
    result.seconds = {"read": seconds, **result.seconds}
    return result, write(result, out)
