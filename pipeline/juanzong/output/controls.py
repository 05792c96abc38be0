"""Text that XML and HTML files can hold."""

from __future__ import annotations

import regex as re

_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")


def without_controls(text: str) -> str:
    r"""The text without control characters, tabs and line ends aside.

    >>> without_controls("第\x01一\n章")
    '第一\n章'
    """
    return _NO_TEXT.sub("", text)
