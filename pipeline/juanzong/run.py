"""One bundle through all stages."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from juanzong.core import tree
from juanzong.core.aside import Aside, another
from juanzong.core.collecting import rarely_collected
from juanzong.core.errors import JuanzongError
from juanzong.core.findings import Finding
from juanzong.core.kept_patterns import kept_patterns
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.names import printable
from juanzong.core.remembered import fresh
from juanzong.core.source import Source
from juanzong.core.spots import Row
from juanzong.core.targets import check_id, foreign_files, keep_apart

with kept_patterns():  # these compile nearly all patterns of the program
    from juanzong.emit.bundle import files_of
    from juanzong.read import ReadOptions, folder, read, text  # noqa: F401  # text, of which most bundles are
    from juanzong.stages.apart import MOST, Apart, range_at_fault
    from juanzong.stages.characters.clean import clean_characters
    from juanzong.stages.characters.contents_readings import suggest_readings
    from juanzong.stages.characters.title_marks import mend_title_marks
    from juanzong.stages.characters.witnesses import propose
    from juanzong.stages.checks.long_lines import check_lines
    from juanzong.stages.checks.registry import run_checks
    from juanzong.stages.checks.residue import place_the_rest
    from juanzong.stages.containment import failure, flat_bundle
    from juanzong.stages.documents import documents
    from juanzong.stages.evidence.examine import examine
    from juanzong.stages.evidence.prints import keep_prints
    from juanzong.stages.links.links import link_documents
    from juanzong.stages.links.second_prints import merge_second_prints
    from juanzong.stages.links.slug import name_documents
    from juanzong.stages.pages.clean import clean_pages
    from juanzong.stages.readings import tell_readings
    from juanzong.stages.tables.values import type_values
    from juanzong.stages.work import Work
from juanzong.emit.edits import write_meanwhile

if TYPE_CHECKING:
    from juanzong.review.decisions import Decision


def waive_findings(work: Work) -> None:
    """What a reviewer lets stand no longer counts."""
    if work.decisions:
        from juanzong.review.waivers import waive

        waive(work.decisions, work.findings)


def find_witnesses(work: Work) -> None:
    """What the bundle says of its own characters: mended where it proves them wrong, else suggested."""
    propose(work.documents, work.ledger, work.passages, work.ahead)
    suggest_readings(work.documents, work.contents, work.ledger)


def check(work: Work) -> None:
    """What may be wrong, told. No pass from here on makes an edit: another process may write them meanwhile."""
    write_meanwhile(work)
    run_checks(work)


def carry_out(work: Work) -> None:
    """A reviewer's decisions, carried out on the documents."""
    if work.decisions:
        from juanzong.review.apply import apply

        work.findings += apply(work.decisions, work.documents, work.ledger)


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
    evidence: list[tuple[object, Row]]  # what the bundle says of itself, checked
    seconds: dict[str, float] = field(default_factory=dict)  # by pass
    edits: str | None = None  # edits.jsonl, where it was written meanwhile


class Pass(NamedTuple):
    """One step of the way: takes the work as the passes before left it. `reads` marks those without which there are no
    documents: where one of them fails, the bundle comes out flat."""

    name: str
    run: Callable[[Work], None]
    reads: bool = False


PASSES = (
    Pass("lines", check_lines),
    Pass("clean", clean_pages),
    Pass("pages", documents.find_pages, reads=True),
    Pass("contents", documents.find_contents, reads=True),
    Pass("pieces", documents.make_pieces, reads=True),
    Pass("documents", documents.find_documents, reads=True),
    Pass("structure", documents.build_documents, reads=True),
    Pass("links", link_documents),
    Pass("prints", keep_prints),
    Pass("second-prints", lambda work: merge_second_prints(work.documents, work.ledger, work.findings)),
    Pass("characters", clean_characters),
    Pass("title-marks", mend_title_marks),
    Pass("evidence", examine),
    Pass("witnesses", find_witnesses),
    Pass("readings", tell_readings),
    Pass("decisions", carry_out),
    Pass("residue", place_the_rest),
    Pass("values", type_values),
    Pass("checks", check),
    Pass("waivers", waive_findings),
    Pass("ids", lambda work: name_documents(work.documents)),
)
_READS = frozenset(p.name for p in PASSES if p.reads)


class PassFailed(Exception):
    """Its text is the name of the pass that raised; the error is its cause."""


def process(
    source: Source,
    bundle_id: str,
    decisions: Sequence[Decision] = (),
    *,
    contain: bool = True,
    aside: bool = False,
) -> Result:
    """A source -> its documents, with a reviewer's decisions carried out. Pure: no clock but for the timings, no files.

    Where a pass raises, the few lines that make it are set apart and the bundle is read again without them; where no
    few lines do, without the pass. A finding tells so; with `contain` off it is raised. `aside`: another
    processor is free. Raises JuanzongError where there is nothing to read.
    """
    with fresh(), another(aside, len(source.text)) as other:
        work, seconds = passed(source, decisions, contain, other=other)
        edits = work.edits() if work.edits is not None else None
    title = next((d.title.text for d in work.documents if d.title), bundle_id)
    made = (work.styles, work.contents, work.documents, work.ledger, work.findings, work.evidence)
    return Result(bundle_id, title, source, *made, seconds, edits)


def passed(
    source: Source, decisions: Sequence[Decision] = (), contain: bool = True, last: str = "", other: Aside | None = None
) -> tuple[Work, dict[str, float]]:
    """The work as the passes leave it (the last of them named), and how many seconds each took."""
    failed: dict[str, Exception] = {}
    apart: list[Apart] = []
    while True:
        work = Work(source, decisions, contain, other, apart)
        if not work.lines and not apart:
            raise JuanzongError(f"{source.path}: no text in it; give a file with at least one line")
        try:
            return work, _through(work, failed, last)
        except PassFailed as failure:
            name, cause = str(failure), failure.__cause__
            if not contain or name in failed or not isinstance(cause, Exception):
                raise (cause or failure) from None
            if len(apart) < MOST and (lines := _at_fault(work, name, failed)):
                apart.append(Apart(name, cause, lines))
            else:  # where it failed again and again, what was set apart was not what made it
                apart = [a for a in apart if a.name != name]
                failed[name] = cause


def _at_fault(work: Work, name: str, failed: Mapping[str, Exception]) -> list[Line]:
    """The few lines that make a pass raise; none where it raises without any."""

    def read(only: range | None = None) -> Work:
        return Work(work.source, work.decisions, apart=work.apart, only=only)

    def fails(some: range) -> bool:
        try:
            _through(read(some), failed, name)
        except PassFailed as failure:
            return str(failure) == name
        return False

    return read(range_at_fault(fails, len(read().lines))).lines


def _through(work: Work, failed: Mapping[str, Exception], last: str) -> dict[str, float]:
    """Run the passes that have not failed before; the seconds of each."""
    seconds: dict[str, float] = {}
    flat = not _READS.isdisjoint(failed)
    for step in PASSES:
        tick = time.perf_counter()
        work.ledger.stage = step.name
        try:
            if flat and step.reads:
                if step.name == "structure":
                    flat_bundle(work)
            elif step.name not in failed:
                step.run(work)
        except JuanzongError:
            raise
        except Exception as error:
            raise PassFailed(step.name) from error
        if step.name in failed:
            work.findings.append(failure(step.name, failed[step.name], ()))
        seconds[step.name] = time.perf_counter() - tick
        if step.name == last:
            break
    return seconds


@rarely_collected()
def files(result: Result) -> dict[str, str]:
    """The texts of the bundle's files by their paths inside its folder."""
    r = result
    return files_of(
        r.id, r.title, r.source, r.styles, r.contents, r.documents, r.ledger, r.findings, r.evidence, r.edits
    )


def write(result: Result, out: Path) -> Path:
    """The bundle's folder, written whole; returns it."""
    from juanzong.emit.files import write_folder

    tick = time.perf_counter()
    texts = files(result)
    result.seconds["emit"] = time.perf_counter() - tick
    tick = time.perf_counter()
    write_folder(out / result.id, texts)
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
    contain: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Result, Path]:
    """One input from file to written folder. Raises JuanzongError as `read_bundle` does, and where the folder is no
    place to write to."""
    check_id(bundle_id, path)
    keep_apart(out / bundle_id, [path])
    foreign_files(out / bundle_id, bundle_id)
    result = read_bundle(
        path, bundle_id, one=one, second_reader=second_reader, jobs=jobs, contain=contain, progress=progress
    )
    return result, write(result, out)


@rarely_collected()
def read_bundle(
    path: Path,
    bundle_id: str,
    *,
    one: bool = False,
    second_reader: Literal["tesseract"] | None = None,
    jobs: int | None = None,
    contain: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Result:
    """One input from file to finished bundle, with the decisions that stand beside it; nothing is written. The path is
    recorded as given where it is relative, else by its name; a name that is no text is recorded as people read it, and
    the source text kept in the folder. `progress` is called with pages done and in all. Raises JuanzongError for an id
    that no folder can bear, and for what cannot be read."""
    from juanzong.read.held import lasts
    from juanzong.review.beside import decisions_beside

    check_id(bundle_id, path)
    name = path.as_posix() if not path.is_absolute() else path.name
    record_as = printable(name)
    options = ReadOptions(one=one, second_reader=second_reader, jobs=jobs or os.cpu_count() or 1, progress=progress)
    tick = time.perf_counter()
    source = read(path, record_as=record_as, options=options)
    if record_as != name or not lasts(path):  # nobody can open it by the recorded name, or a second time
        source = replace(source, is_text=False)
    seconds = time.perf_counter() - tick
    result = process(source, bundle_id, decisions_beside(path, bundle_id), contain=contain, aside=(jobs or 1) > 1)
    result.seconds = {"read": seconds, **result.seconds}
    return result
