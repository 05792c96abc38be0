"""A ZIP archive -> the files that were packed."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport
from juanzong.read.left_aside import left_aside
from juanzong.read.zip_bounds import open_zip

DEEPEST = 3  # archives inside one another
_UTF8 = 0x800  # flag of a part whose name is in UTF-8
_LEFT_ASIDE = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


def unpack_zip(path: Path, home: Path) -> list[PageReport]:
    """All its files into the folder, those of archives in it too; tells of those left aside."""
    return left_aside(_unpack(path, home, 1))


def _unpack(path: Path, home: Path, depth: int) -> list[str]:
    """Unpack all files flat, folders as parts of the names, archives inside it too; returns what was left aside."""
    aside: list[str] = []
    with open_zip(path, "ZIP file") as archive:
        for part in archive.infolist():
            name = PurePosixPath(_name(part).replace("\\", "/"))
            if part.is_dir() or name.name == "":
                continue
            if any(p in _LEFT_ASIDE or p.startswith((".", "~$")) for p in name.parts):
                aside.append(str(name))
                continue
            flat = " ".join(p for p in name.parts if p not in ("/", "..", "."))
            target = home / flat[-200:]
            try:
                with archive.open(part) as source, target.open("wb") as out:
                    shutil.copyfileobj(source, out, 1 << 20)
            except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError) as error:
                raise JuanzongError(
                    f"{path}: {name} in it is damaged ({type(error).__name__}); pack it again"
                ) from None
            if zipfile.is_zipfile(target) and target.suffix.lower() == ".zip":
                if depth >= DEEPEST:
                    raise JuanzongError(
                        f"{path}: archives inside archives inside archives; unpack it and give the files"
                    )
                aside += _unpack(target, home, depth + 1)
                target.unlink()
    return aside


def _name(part: zipfile.ZipInfo) -> str:
    """A part's name; Windows writes Chinese names in GB18030 and says nothing of it."""
    if part.flag_bits & _UTF8:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return part.filename
