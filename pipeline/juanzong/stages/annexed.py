"""Whether a document bears the mark of an annex."""

from __future__ import annotations

from juanzong.core import tree
from juanzong.core.traced import Traced


def is_annex(document: tree.Document) -> bool:
    """Whether 附件 stands above a document's title; the label of a part (佐证材料2) makes no annex of it."""
    mark = document.metadata.get("annex_number")
    return isinstance(mark, Traced) and mark.text.lstrip("（(【[［ ").startswith("附")
