"""Pages in XML (XHTML, the chapters of electronic books) as HTML has them."""

from __future__ import annotations

import regex as re

# an element that XML closes in its own tag, and HTML would leave open
_EMPTY = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)([A-Za-z][\w:-]*)((?:\s[^<>]*?)?)/>"
)
_XML = re.compile(r"\ufeff?\s*<\?xml\b")


def as_html(page: str) -> str:
    """The page, its empty elements closed by tags of their own where it says that it is XML.

    >>> as_html('<?xml version="1.0"?><h1><a id="x"/>总则<br/></h1>'), as_html('<p/>总则')
    ('<?xml version="1.0"?><h1><a id="x"></a>总则<br/></h1>', '<p/>总则')
    """
    return _EMPTY.sub(r"<\1\2></\1>", page) if _XML.match(page) else page
