"""Reading text files: encodings, line ends, and what is no text."""

from __future__ import annotations

import hashlib
import json
import random
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juanzong.core.errors import JuanzongError
from juanzong.core.source import Source
from juanzong.read.text import decode, read_text_source

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "encodings.json").read_text(encoding="utf-8")
)
TEXT = "云溪市人民政府关于印发《云溪市节水行动方案》的通知\n\n云溪府〔2021〕7号\n\n各县区人民政府：\n　　现将方案印发给你们，请认真贯彻执行。\n"


def read(path: Path, data: bytes) -> Source:
    path.write_bytes(data)
    return read_text_source(path, "raw/a.txt")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_encodings(tmp_path: Path, case: dict[str, Any]) -> None:
    data = bytes.fromhex(case["mark"]) + TEXT.encode(case["codec"])
    source = read(tmp_path / "a.txt", data)
    assert source.text == TEXT
    assert (source.encoding, source.is_text) == (case["encoding"], case["is_text"])
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert (source.path, source.media_type, source.reports) == ("raw/a.txt", "text/plain", ())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "gb18030"])
def test_line_ends_become_one(tmp_path: Path, end: str, codec: str) -> None:
    assert read(tmp_path / "a.txt", TEXT.replace("\n", end).encode(codec)).text == TEXT


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b" \n\r\n\t\n", "no text in it"),
        ("\ufeff\u3000\n".encode(), "no text in it"),
        (b"\0" * 500, "not a text file"),
        (random.Random(1).randbytes(4000), "not a text file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8, "not a text file"),
        (TEXT.encode()[:60] + b"\xff\xfe" + TEXT.encode()[60:], "utf-8 at byte 60 (line 1: ff)"),
        (TEXT.encode()[:-3], "cut off inside a character in utf-8 at byte"),
        (b"\xef\xbb\xbf" + TEXT.encode()[:60] + b"\xff" + TEXT.encode()[60:], "at byte 63 "),
        (TEXT.encode("gb18030")[:40] + b"\xff\xff" + TEXT.encode("gb18030")[40:], "gb18030 at byte 40 (line 1: ff)"),
        (TEXT.encode("utf-16")[:-1], "cut off inside a character in utf-16"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_told_in_one_line(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(JuanzongError) as told:
        read(tmp_path / "a.txt", data)
    assert words in str(told.value)
    assert str(told.value).startswith("raw/a.txt: ")
    assert "\n" not in str(told.value)


def test_zeros_behind_a_text_are_no_other_encoding(tmp_path: Path) -> None:
    """As a disk leaves them behind a file that broke off."""
    source = read(tmp_path / "a.txt", TEXT.encode() + bytes(800))
    assert source.text.rstrip("\0") == TEXT
    assert [r.check for r in source.reports] == ["nul-characters"]


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.txt"):
        with pytest.raises(JuanzongError, match="cannot be read"):
            read_text_source(path, "a")


def test_oddities_are_reported_and_offsets_kept(tmp_path: Path) -> None:
    source = read(tmp_path / "a.txt", (TEXT + "甲\0乙\ufffd丙\n").encode())
    assert source.text == TEXT + "甲\0乙\ufffd丙\n"
    assert [r.check for r in source.reports] == ["nul-characters", "replacement-characters"]
    assert f"offset {len(TEXT) + 1}" in source.reports[0].message


def test_a_line_of_ten_million_characters(tmp_path: Path) -> None:
    begun = time.perf_counter()
    assert len(read(tmp_path / "a.txt", ("水" * 10_000_000).encode()).text) == 10_000_000
    assert time.perf_counter() - begun < 5


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_one_clear_line(data: bytes) -> None:
    try:
        text, encoding = decode(data, "a.txt")
    except JuanzongError as error:
        assert str(error).startswith("a.txt: ")
    else:
        assert text == data.decode(encoding.removesuffix("-sig"))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_utf8_is_taken_as_it_is(text: str) -> None:
    data = ("通知" + text).encode()
    try:
        assert decode(data, "a.txt") == ("通知" + text, "utf-8")
    except JuanzongError as error:
        assert "binary" in str(error)
