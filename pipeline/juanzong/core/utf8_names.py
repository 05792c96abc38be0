"""Names of files are UTF-8, whatever the locale says: else the names, and so the bytes, of an output depend on it."""

from __future__ import annotations

import os
import sys

_MODE = "PYTHONUTF8"


def start_with_utf8_names() -> None:
    """Start the process anew where Python reads and writes names of files in another encoding (LC_ALL=C without its
    usual remedies, en_US.ISO-8859-1, zh_CN.GB18030). What is printed stays in the terminal's encoding, if it has Chinese."""
    if sys.getfilesystemencoding() == "utf-8" or os.environ.get(_MODE) == "1":
        return
    shown = sys.stdout.encoding if sys.stdout else "utf-8"
    try:
        "卷宗".encode(shown)
    except UnicodeEncodeError:
        shown = "utf-8"
    environment = {"PYTHONIOENCODING": f"{shown}:replace", **os.environ, _MODE: "1"}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)
