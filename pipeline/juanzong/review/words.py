"""The words of the interface, in Chinese and English: words.json."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")


@cache
def words(language: str) -> dict[str, str]:
    """All words in one language (`zh` or `en`)."""
    k = LANGUAGES.index(language)
    table = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
    return {name: both[k] for name, both in table.items()}


def language_of(locale: str | None, accepted: str | None = None) -> str:
    """Chinese for a Chinese locale or a browser that puts Chinese first, else English.

    >>> (language_of("zh_CN.UTF-8"), language_of("C", "zh-CN,zh;q=0.9"), language_of("en_GB", "en"), language_of(None))
    ('zh', 'zh', 'en', 'en')
    """
    if (locale or "").lower().startswith("zh"):
        return "zh"
    return "zh" if (accepted or "").lower().startswith("zh") else "en"
