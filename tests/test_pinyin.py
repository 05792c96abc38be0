"""The table of readings says what the library it was made from says."""

from __future__ import annotations

import os

import pytest

from juanzong.language.pinyin import pinyin_of


@pytest.mark.parametrize("text", ["长江重庆乐山绿化", "女法省略", "佛坪〇", "髙绿"])
def test_first_reading_of_each_character(text: str) -> None:
    os.environ["PYPINYIN_NO_PHRASES"] = "true"  # asked for when it is imported
    library = pytest.importorskip("pypinyin")
    assert [pinyin_of(c) for c in text] == [library.lazy_pinyin(c)[0] for c in text]
