"""How a web page saved whole (.mht), or a mail, begins: with fields that tell what follows."""

from __future__ import annotations

import regex as re

_FIELD = rb"[A-Za-z][A-Za-z0-9-]*:[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*\r?\n"
_FIELDS = re.compile(rb"\s*(?P<fields>(?:" + _FIELD + rb")+)\r?\n")
_MIME = re.compile(rb"^MIME-Version\s*:", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(
    rb"^Content-Type\s*:\s*(?:multipart/(?:related|alternative|mixed)|text/html)\b",
    re.IGNORECASE | re.MULTILINE,
)


def is_mht(head: bytes) -> bool:
    """Whether a file begins as such, or as a mail: with the fields of a letter, which tell that pages or text follow.

    >>> is_mht(b"MIME-Version: 1.0\\r\\nContent-Type: multipart/related;\\r\\n\\tboundary=x\\r\\n\\r\\n--x")
    True
    >>> is_mht("主送: 各县\\n\\nMIME-Version: 1.0".encode())
    False
    """
    m = _FIELDS.match(head)
    return bool(m and _MIME.search(m["fields"]) and _RELATED.search(m["fields"]))
