"""Bounds on what a PDF's parts may swell to: pdfminer unpacks streams whole, however much a bomb holds."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any

LARGEST = 64_000_000  # bytes of one unpacked stream: the largest real ones (a map's drawing, a font) stay below
LARGEST_LZW = 8_000_000  # pdfminer unpacks LZW in Python, a byte at a time


class StreamTooLarge(Exception):
    """A stream that would be larger than LARGEST."""


class _Bounded:
    """In the place of `zlib` in pdfminer."""

    error = zlib.error
    decompressobj = staticmethod(zlib.decompressobj)

    @staticmethod
    def decompress(data: bytes) -> bytes:
        unpacker = zlib.decompressobj()
        out = unpacker.decompress(data, LARGEST)
        if unpacker.unconsumed_tail:
            raise StreamTooLarge
        return out + unpacker.flush()


def _unpacked(data: bytes) -> bytes:
    """As much of a damaged stream as can be unpacked."""
    unpacker, out = zlib.decompressobj(), bytearray()
    try:
        for k in range(0, len(data), 64):
            out += unpacker.decompress(data[k : k + 64], LARGEST)
            if unpacker.unconsumed_tail or len(out) > LARGEST:
                raise StreamTooLarge
    except zlib.error:
        for byte in data[k : k + 64]:  # the piece with the damage, byte by byte
            try:
                out += unpacker.decompress(bytes((byte,)))
            except zlib.error:
                break
    return bytes(out)


@lru_cache(maxsize=1)
def bound_streams() -> None:
    """From now on pdfminer unpacks no stream beyond the bounds: it raises StreamTooLarge."""
    from pdfminer import pdftypes
    from pdfminer.lzw import LZWDecoder

    def lzw(data: bytes) -> bytes:
        from io import BytesIO

        out = bytearray()
        for piece in LZWDecoder(BytesIO(data)).run():
            out += piece
            if len(out) > LARGEST_LZW:
                raise StreamTooLarge
        return bytes(out)

    module: Any = pdftypes
    module.zlib = _Bounded
    module.decompress_corrupted = _unpacked
    module.lzwdecode = lzw
