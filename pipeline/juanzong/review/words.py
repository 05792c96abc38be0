"""The words of the interface, in Chinese and English: words.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from juanzong.words import Language, names

LANGUAGES = ("zh", "en")


@cache
def words(language: str) -> dict[str, str]:
    """All words in one language (`zh` or `en`), the names of the documents' types among them."""
    from juanzong.model import DOCUMENT_TYPES

    k = LANGUAGES.index(language)
    table = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
    types = {name: (model.label or name, name.replace("_", " ")) for name, model in DOCUMENT_TYPES.items()}
    named = {f"rule {name}": both for name, both in names().items()}
    return {name: both[k] for name, both in (named | table | types).items()}


def name_of(rule: str, labels: Mapping[str, str]) -> str:
    """A rule's or a check's name for people; its id where it has none."""
    return labels.get(f"rule {rule}") or rule.replace("-", " ")


def kind_name(kind: str, labels: Mapping[str, str]) -> str:
    """The kind of a part of a document for people.

    >>> kind_name("section 1 → section 2", words("zh")), kind_name("metadata doc_number", words("en"))
    ('标题 1 → 标题 2', 'Document number')
    """
    told = []
    for one in kind.split(" → "):
        first, _, rest = one.partition(" ")
        if first == "metadata":
            told.append(labels.get(f"meta_{rest}") or labels.get(rest, rest))
        else:
            rest = rest.replace("row_span", labels["row_span"]).replace("col_span", labels["col_span"])
            told.append(f"{labels.get(f'kind_{first}', first)} {labels.get(rest, rest)}".strip())
    return " → ".join(told)


def language_of(locale: str | None, accepted: str | None = None) -> Language:
    """Chinese for a Chinese locale or a browser that puts Chinese first, else English.

    >>> (language_of("zh_CN.UTF-8"), language_of("C", "zh-CN,zh;q=0.9"), language_of("en_GB", "en"), language_of(None))
    ('zh', 'zh', 'en', 'en')
    """
    if (locale or "").lower().startswith("zh"):
        return "zh"
    return "zh" if (accepted or "").lower().startswith("zh") else "en"
