"""What became of each bundle: one row of the summary."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from juanzong.core.names import printable

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Row:
    """`written`: the folder is new; `unchanged`: it stood already and was skipped; `failed`: see `error`; `not run`: the
    run was stopped before. Seconds are those of this run; memory is the most that the process held, in MB, where the
    system tells."""

    id: str
    input: str
    status: Literal["written", "unchanged", "failed", "not run"]
    documents: int = 0
    characters: int = 0
    findings: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SEVERITIES, 0))
    seconds: float = 0.0
    peak_memory_mb: float | None = None
    error: str | None = None

    def line(self, out: str) -> str:
        """The line that the run prints."""
        if self.status == "failed":
            return f"juanzong: {self.error}"
        same = ", unchanged" if self.status == "unchanged" else ""
        return printable(
            f"{out.rstrip('/') or '/'}/{self.id}: {self.documents} documents, {self.characters:,} characters, "
            f"{sum(self.findings.values())} findings{same}"
        )


def counts_of(folder: Path) -> dict[str, Any]:
    """Documents, characters and open findings by severity of an output, as written: the fields of a Row. Raises OSError,
    ValueError, KeyError, TypeError where it is no whole output."""
    bundle = json.loads((folder / "bundle.json").read_bytes())
    findings = dict.fromkeys(SEVERITIES, 0)
    for line in (folder / "findings.jsonl").read_bytes().splitlines():
        finding = json.loads(line)
        if finding.get("status") != "waived":
            findings[finding["severity"]] += 1
    return {
        "documents": len(bundle["documents"]),
        "characters": sum(s["characters"] for s in bundle["sources"]),
        "findings": findings,
    }


def program_version() -> str:
    """The version as installed; `0` where the package is run without being installed."""
    from importlib.metadata import PackageNotFoundError, version  # loads 40 modules; most runs never ask

    try:
        return version("juanzong")
    except PackageNotFoundError:
        return "0"


def summary(rows: Sequence[Row], aside: Sequence[Path]) -> dict[str, Any]:
    """The table of all inputs, as `--summary` writes it."""
    states = [r.status for r in rows]
    return {
        "version": program_version(),
        "inputs": [{k: v for k, v in asdict(r).items() if v is not None} for r in rows],
        "left_aside": [printable(p.as_posix()) for p in aside],
        "totals": {
            "inputs": len(rows),
            **{s.replace(" ", "_"): states.count(s) for s in ("written", "unchanged", "failed", "not run")},
            "documents": sum(r.documents for r in rows),
            "characters": sum(r.characters for r in rows),
            "findings": {s: sum(r.findings[s] for r in rows) for s in SEVERITIES},
            "seconds": round(sum(r.seconds for r in rows), 3),
        },
    }
