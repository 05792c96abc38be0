"""Files written aside, and put in their place when they are whole."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.workroom import workroom


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of the target when all went well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with workroom(target.parent) as room:
        yield room / target.name
        os.replace(room / target.name, target)


def unwritable(target: Path, why: object) -> JuanzongError:
    """What is said of a file or folder that cannot be written."""
    return JuanzongError(f"{target}: cannot be written ({why}); write somewhere else")


def write_whole(target: Path, data: bytes) -> None:
    """Put the data in the place of the target, whole or not at all. Raises JuanzongError where it cannot be written."""
    try:
        with replaced(target) as aside:
            aside.write_bytes(data)
    except OSError as error:
        raise unwritable(target, error.strerror) from error


def without_times(data: bytes) -> bytes:
    """The same archive (xlsx, docx) with no clock in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":  # openpyxl stamps the hour of writing
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
