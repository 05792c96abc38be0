"""The file of decisions beside the source: one JSON object a line, sorted by subject, so that git merges it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from juanzong.core.errors import JuanzongError
from juanzong.core.locks import locked
from juanzong.core.terms import Category, Kind
from juanzong.core.workroom import workroom
from juanzong.model.base import Model

Verdict = Literal["accepted", "rejected", "reading", "waived", "comment"]

_OF: dict[str, tuple[Verdict, ...]] = {
    "edit": ("accepted", "rejected"),
    "passage": ("reading",),
    "finding": ("accepted", "rejected", "waived"),
    "comment": ("comment",),
}


class Decision(Model):
    """What a reviewer said of one change, one passage or one finding, or beside a passage (a comment, which changes
    nothing). Texts and contexts are without blanks."""

    on: Literal["edit", "passage", "finding", "comment"]
    decision: Verdict
    before: str = Field("", description="what the source says there")
    after: str = Field("", description="what the change would make of it")
    reading: str | None = Field(None, description="the reviewer's own reading, with its blanks")
    rule: str | None = None
    kind: Kind | None = None
    category: Category | None = None
    left: str = Field("", description="what stands before it in the source")
    right: str = Field("", description="what stands after it")
    nth: int = Field(1, ge=1, description="which of the `of` places that read the same")
    of: int = Field(1, ge=1)
    check: str | None = None
    message: str | None = None
    reason: str | None = Field(None, description="of a waived finding: why it may stand; of a comment: its words")

    @field_validator("before", "left", "right")
    @classmethod
    def _bare(cls, value: str) -> str:
        """Passages are known without their blanks; people who write decisions by hand copy them with theirs."""
        return "".join(value.split())

    @model_validator(mode="after")
    def _says_what_it_needs(self) -> Self:
        if self.decision not in _OF[self.on]:
            raise ValueError(f"on {self.on} it is {' or '.join(_OF[self.on])}, not {self.decision}")
        if self.decision == "waived" and not (self.reason or "").strip():
            raise ValueError("a finding is waived with a reason")
        if self.decision == "reading" and self.reading is None:
            raise ValueError("a passage is read anew with a reading, an empty one where nothing stands there")
        return self

    @cached_property
    def key(self) -> str:
        """What it is about, whatever was decided: two decisions with one key speak of the same thing."""
        about = (
            self.on,
            self.before,
            self.after if self.on == "edit" else "",
            self.kind or "",
            self.left,
            self.right,
            str(self.nth),
            self.check or "",
            self.message or "",
        )
        return hashlib.sha1("\0".join(about).encode()).hexdigest()[:12]

    @cached_property
    def line(self) -> str:
        """The decision as the file has it."""
        return json.dumps(self.model_dump(exclude_none=True, exclude_defaults=True), ensure_ascii=False) + "\n"


def load(path: Path) -> list[Decision]:
    """All decisions of the file; none where there is no file. Raises JuanzongError naming a line that is not one."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise JuanzongError(f"{path}: cannot be read ({error}); restore it from git") from error
    out: list[Decision] = []
    for n, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                out.append(Decision.model_validate_json(line))
            except ValidationError as error:
                conflict = line[:7] in ("<<<<<<<", "=======", ">>>>>>>")
                what = "a git conflict mark" if conflict else _told(error)
                raise JuanzongError(f"{path}, line {n}: not a decision ({what}); mend or remove the line") from error
    return out


def _told(error: ValidationError) -> str:
    """What is wrong with a line, and in which of its fields."""
    first = error.errors()[0]
    words = first["msg"].removeprefix("Value error, ")
    return ": ".join([*map(str, first["loc"]), words])


def dumps(decisions: Iterable[Decision]) -> str:
    """The file's text: sorted by key, so that decisions made apart seldom touch the same lines."""
    return "".join(line for _, line in sorted({(d.key, d.line) for d in decisions}))


def update(path: Path, change: Callable[[list[Decision]], list[Decision]]) -> list[Decision]:
    """Read, change and write the file under a lock: whole or not at all, and no other window's decision is lost.

    The new text is written aside, flushed to disk and renamed over the file. Returns what the file now says.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.parent):
        old = load(path)
        new = change(old)
        text = dumps(new)
        if text != dumps(old):
            _write_whole(path, text)
    return new


def _write_whole(path: Path, text: str) -> None:
    with workroom(path.parent) as room:
        aside = room / "new"
        with aside.open("wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
