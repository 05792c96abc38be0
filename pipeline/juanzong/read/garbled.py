"""Text that was read in a wrong encoding before it was saved: told, never mended, for what it said may be lost."""

from __future__ import annotations

import regex as re

from juanzong.core.source import PageReport
from juanzong.read.bad_bytes import is_common, listed

_SIGNS = ("锟斤拷", "烫烫烫", "屯屯屯", "ï¼", "ã€", "ã\x80", "锛", "銆")
"""What becomes of U+FFFD, of empty memory, and of the marks ，。in UTF-8, read as GBK or Latin-1."""
_RESTS = re.compile("锟斤拷|烫烫烫|屯屯屯")
_HAN = re.compile(r"\p{Han}")
_RUN = re.compile(r"[^\x00-\x7f]{4,}")
_LEAST_HAN = 2  # characters that come out right when the error is undone
_SHARE = 0.6  # of the bytes that come out as common characters: the line was garbled


def garbled(text: str) -> list[PageReport]:
    """A report that names the lines, where there are any; a look for a few signs where there are none.

    >>> [r.check for r in garbled("会议决定如下。".encode().decode("latin-1"))], garbled("会议决定如下。")
    (['garbled-text'], [])
    """
    if not any(sign in text for sign in _SIGNS):
        return []
    lines = [
        n for n, line in enumerate(text.split("\n"), 1) if any(sign in line for sign in _SIGNS) and _is_garbled(line)
    ]
    if not lines:
        return []
    message = f"像是按错误的编码读过再保存的乱码，照录未改：{listed([f'第 {n} 行' for n in lines])}"
    return [PageReport(0, "warning", "garbled-text", message)]


def _is_garbled(line: str) -> bool:
    return bool(_RESTS.search(line)) or any(
        _undone(run, codec) for run in _RUN.findall(line) for codec in ("latin-1", "gb18030")
    )


def _undone(run: str, codec: str) -> bool:
    """Whether a run of characters, taken back to bytes, is Chinese in UTF-8."""
    data = b"".join(c.encode(codec, "ignore") or c.encode("cp1252", "ignore") for c in run)
    text = data.decode("utf-8", "ignore")
    known = [c for c in text if c > "\x7f" and is_common(c)]
    return len(_HAN.findall("".join(known))) >= _LEAST_HAN and len("".join(known).encode()) >= _SHARE * len(data)
