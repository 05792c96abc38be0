"""ZIP archives, opened with bounds: parts that swell to gigabytes are refused before they are unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from juanzong.core.errors import JuanzongError

LARGEST = 1_000_000_000  # bytes of all parts, unpacked: pictures of a large bundle
LARGEST_XML = 120_000_000  # bytes of all XML parts: some million cells, and as much memory as may be used for them
MOST_PARTS = 20_000


@contextmanager
def open_zip(path: Path, what: str) -> Iterator[zipfile.ZipFile]:
    """The archive, `what` it is named in messages. Raises JuanzongError where it is damaged, protected or swells."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            xml = sum(p.file_size for p in parts if p.filename.lower().endswith((".xml", ".rels")))
            if sum(p.file_size for p in parts) > LARGEST or xml > LARGEST_XML or len(parts) > MOST_PARTS:
                raise JuanzongError(f"{path}: the {what} swells beyond all bounds when it is unpacked; split it")
            if any(p.flag_bits & 1 for p in parts):
                raise JuanzongError(f"{path}: the {what} is protected by a password; save a copy without one")
            yield archive
    except (zipfile.BadZipFile, zlib.error, UnicodeDecodeError, OSError, EOFError, NotImplementedError) as error:
        raise JuanzongError(f"{path}: the {what} is damaged ({type(error).__name__}); save it again") from None
