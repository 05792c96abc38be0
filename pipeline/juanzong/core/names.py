"""Names of files as people can read them and as folders can bear them."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path

LONGEST = 255  # bytes of one name on ext4, xfs, btrfs and APFS
_ID_BYTES = 240  # of a bundle's folder; other tools add an ending


def printable(name: str) -> str:
    """A name or path that is text: bytes that are no UTF-8 are read as GB18030 (archives packed on Chinese Windows),
    else written as %D6; control characters stand as `?`.

    >>> printable("raw/甲.txt"), printable("甲.txt".encode("gbk").decode("utf-8", "surrogateescape"))
    ('raw/甲.txt', '甲.txt')
    >>> printable("a\\udcff.txt"), printable("a\\nb")
    ('a%FF.txt', 'a?b')
    """
    if any("\ud800" <= c <= "\udfff" for c in name):
        data = os.fsencode(name)
        try:
            name = data.decode("gb18030")
        except UnicodeDecodeError:
            name = "".join(f"%{ord(c) - 0xDC00:02X}" if "\ud800" <= c <= "\udfff" else c for c in name)
    return "".join("?" if unicodedata.category(c) == "Cc" else c for c in name)


def bundle_name(path: Path, ending: str = "") -> str:
    """What a bundle is called after its file or folder: the name without its ending, and what is to tell it apart.

    >>> bundle_name(Path("raw/甲.txt")), bundle_name(Path("a\\nb.txt"), "-txt")
    ('甲', 'a?b-txt')
    """
    return fitting(fitting(printable(path.name if path.is_dir() else path.stem), "", _ID_BYTES), ending, _ID_BYTES)


def fitting(stem: str, ending: str, longest: int = LONGEST) -> str:
    """`stem` and `ending` as one file name of at most `longest` bytes: a stem that is too long is cut and gets a hash.

    >>> fitting("甲", ".json"), len(fitting("甲" * 83, ".decisions.jsonl").encode()) <= 255
    ('甲.json', True)
    """
    if len((stem + ending).encode("utf-8", "surrogateescape")) <= longest:
        return stem + ending
    data = stem.encode("utf-8", "surrogateescape")
    mark = "~" + hashlib.sha256(data).hexdigest()[:8]
    room = longest - len(ending.encode()) - len(mark)
    return data[:room].decode("utf-8", "ignore") + mark + ending
