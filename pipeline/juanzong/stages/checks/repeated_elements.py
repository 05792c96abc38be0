"""Elements that one document prints again with another value."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core import tree
from juanzong.core.findings import Finding


def check_repeated_elements(documents: Sequence[tree.Document]) -> list[Finding]:
    found = []
    for d in documents:
        repeated = d.metadata.get("repeated")
        for item in repeated if isinstance(repeated, list) else []:
            if isinstance(item, tree.Repeated):
                told = f"要素 {item.element} 印了不止一次，另一处作“{item.text.text}”"
                found.append(Finding("element-repeated", "warning", told, [d], {"element": item.element}))
    return found
