"""A document's type, where its body tells more than its title."""

from __future__ import annotations

import regex as re

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.form_lines import label_before_value
from juanzong.stages.annexed import is_annex

_STATISTICS = re.compile(r"统计局$|调查总?队$")
_LEAST_ARTICLES = 2  # that tell a regulation whose title ends in no known noun


def _made_of_articles(document: tree.Document) -> bool:
    """Whether articles, and what heads them, are all that a document is parted in."""
    sections = [b for b in document.body if isinstance(b, tree.Section)]
    return all(b.number.text.endswith(("条", "章", "编", "节")) for b in sections)


def _of_statistics(document: tree.Document) -> bool:
    """Whether an office of statistics stands under the title: what it tells under any title is a report."""
    organs = document.metadata.get("issuers") or ()
    return isinstance(organs, list) and any(isinstance(x, Traced) and _STATISTICS.search(x.text) for x in organs)


def _has_table(document: tree.Document) -> bool:
    return any(isinstance(b, tree.Table) for b in document.body)


def _is_of_table(block: tree.Block) -> bool:
    """Whether a block is a table, or a line of its head: a label and its value."""
    return isinstance(block, tree.Table) or (
        isinstance(block, tree.Paragraph) and label_before_value(block.text.text) != ""
    )


def settled_type(document: tree.Document) -> str:
    """The type that title and body tell together."""
    articles = sum(isinstance(b, tree.Section) and b.number.text.endswith("条") for b in tree.walk(document.body))
    if document.type == "other" and articles >= 5:
        return "regulation"
    if document.type == "other" and articles >= _LEAST_ARTICLES and _made_of_articles(document):
        return "regulation"
    if document.type == "other" and not document.title and "addressees" in document.metadata:
        return "notice"  # a letter whose title the page left out
    if document.type == "other" and _of_statistics(document):
        return "report"
    annexed = is_annex(document)
    tables_only = bool(document.body) and all(map(_is_of_table, document.body)) and _has_table(document)
    if document.type in ("other", "annex", "plan", "regulation", "report") and annexed and tables_only:
        return "annex_table"
    kind, strength = el.noun_of(document.title.text) or ("", "weak")
    if tables_only and strength == "weak" and kind != "other":
        return "annex_table"  # an item of its own, whose title, if it has one, hardly names a kind
    if document.type == "annex_table" and not _has_table(document):
        return "annex" if annexed else "other"
    return document.type
