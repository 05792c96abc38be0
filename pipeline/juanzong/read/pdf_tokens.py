"""A PDF page's instructions as objects, whole tokens at a time.

pdfminer's parser goes through them state by state, a quarter of the time that a page takes. Nearly all of them are plain
numbers, names, strings and operators: these are told by one pattern here. Whatever is not plain, or does not end in what
has been read so far, is left to it.
"""

from __future__ import annotations

import re  # on bytes twice as fast as regex
from typing import Any

from pdfminer.pdfinterp import PDFContentParser
from pdfminer.psparser import ESC_STRING, KWD, LIT

_END = rb"[#/%\[\]()<>{}\s]"
# each with what follows it, so that nothing of it is still to come
_PLAIN = re.compile(
    rb"[\0\s]*(?:"
    rb"([-+]?\d{1,18})(?=[^\d.])"
    rb"|([-+]?(?:\d+\.\d*|\.\d+))(?=\D)"
    rb"|/([^#/%\[\]()<>{}\s]*+)(?=[^#])"
    rb"|\(([^()\\]*+(?:\\.[^()\\]*+)*+)\)"
    rb"|<((?:[0-9a-fA-F]{2})*+)>(?=[^>])"
    rb"|([A-Za-z][^#/%\[\]()<>{}\s]*+)(?=" + _END + rb")"
    rb"|([\[\]]))",
    re.DOTALL,
)
_INTEGER, _FLOAT, _NAME, _STRING, _HEX, _KEYWORD, _BRACKET = range(1, 8)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r\n|(.))", re.DOTALL)
_NOT_PLAIN = (b"BI", b"ID", b"EI", b"true", b"false")  # words that stand for more than themselves
_OPENS, _CLOSES = b"[", b"]"


class ContentParser(PDFContentParser):
    """pdfminer's, with plain objects told at once."""

    BUFSIZ = 1 << 16

    def nextobject(self) -> Any:
        """(a place, of which nobody makes use; the next object). Raises PSEOF at the end."""
        if not self.context and not self.results:
            at = self.charpos
            found = self._plain()
            if isinstance(found, re.Match):  # an array begins, or ends
                found = self._array() if found[_BRACKET] == _OPENS else None
            if found is not None:
                return 0, found
            self.charpos = at
        return super().nextobject()

    def _plain(self) -> Any:
        """The next object where it is plain; a bracket as it was found; None where it is neither."""
        found = _PLAIN.match(self.buf, self.charpos)
        if found is None:
            return None
        kind = found.lastindex or 0
        said = found[kind]
        if kind == _KEYWORD and said in _NOT_PLAIN:
            return None
        self.charpos = found.end()
        return found if kind == _BRACKET else _object(kind, said)

    def _array(self) -> list[Any] | None:
        """What stands up to the bracket that closes, if all of it is plain and no operator."""
        out: list[Any] = []
        while (found := _PLAIN.match(self.buf, self.charpos)) is not None:
            self.charpos = found.end()
            kind = found.lastindex or 0
            if kind == _BRACKET:
                return out if found[kind] == _CLOSES else None
            item = None if kind == _KEYWORD else _object(kind, found[kind])
            if item is None:
                return None
            out.append(item)
        return None


def _object(kind: int, said: bytes) -> Any:
    """What the token stands for; None where only pdfminer knows.

    >>> _object(_STRING, rb"\\344\\(b\\)"), _object(_HEX, b"00e4")
    (b'\\xe4(b)', b'\\x00\\xe4')
    """
    if kind == _INTEGER:
        return int(said)
    if kind == _FLOAT:
        return float(said)
    if kind == _STRING:
        return _unescaped(said) if b"\\" in said else said
    if kind == _HEX:
        return bytes.fromhex(said.decode("ascii"))
    if kind == _KEYWORD:
        return KWD(said)
    try:
        return LIT(said.decode("utf-8"))
    except UnicodeDecodeError:
        return LIT(said)


def _unescaped(said: bytes) -> bytes | None:
    """A string without its backslashes; None where an octal number is none of a byte's."""
    out: list[bytes] = []
    at = 0
    for found in _ESCAPE.finditer(said):
        out.append(said[at : found.start()])
        at = found.end()
        if found[1]:
            number = int(found[1], 8)
            if number > 255:
                return None
            out.append(bytes((number,)))
        elif found[2] in ESC_STRING:
            out.append(bytes((ESC_STRING[found[2]],)))
    out.append(said[at:])
    return b"".join(out)
