"""Tables that a tool's JSON keeps apart from the text, which has but a link with their id where each stands."""

from __future__ import annotations

from typing import Any

_LIST, _ID, _SAID = "tables", "id", "content"  # Mistral OCR's, in HTML or Markdown


def with_linked_tables(value: Any) -> Any:
    """A value whose texts have such tables in the places of the links to them; a table that no text links to stays apart.

    >>> page = {"markdown": "见下表。\\n\\n[tbl-0.html](tbl-0.html)", "tables": [{"id": "tbl-0.html", "content": "<table>甲</table>"}]}
    >>> with_linked_tables({"pages": [page]})
    {'pages': [{'markdown': '见下表。\\n\\n<table>甲</table>', 'tables': []}]}
    """
    stack = [value]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            _place(part)
        if isinstance(part, dict | list):
            stack += part.values() if isinstance(part, dict) else part
    return value


def _place(part: dict[str, Any]) -> None:
    tables = [one for one in part[_LIST] if isinstance(one, dict)] if isinstance(part.get(_LIST), list) else []
    for name, text in list(part.items()) if tables else ():
        if not isinstance(text, str):
            continue
        for table in tables:
            link = f"[{table.get(_ID)}]({table.get(_ID)})"
            if isinstance(table.get(_SAID), str) and link in text:
                text = text.replace(link, table[_SAID], 1)
                part[_LIST] = [one for one in part[_LIST] if one is not table]
        part[name] = text
