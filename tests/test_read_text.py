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
from juanzong.read.decoding import decode
from juanzong.read.text import read_text_source

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


def test_line_ends_that_a_program_doubled(tmp_path: Path) -> None:
    """CR CR LF at every line: a file opened as text and written with CRLF, on Windows."""
    source = read(tmp_path / "a.txt", TEXT.replace("\n", "\r\r\n").encode())
    assert (source.text, source.is_text) == (TEXT, False)  # the places are not those of the file
    some = "甲\r\r\n乙\r\n"
    source = read(tmp_path / "b.txt", some.encode())
    assert (source.text, source.is_text) == ("甲\n\n乙\n", True)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"甲办法\n\n第一条 略。\r\n\t第二条 略。\n", "甲办法\n\n第一条 略。\n\t第二条 略。\n"),
        (r"'甲办法\n第一条 “略”。\n'", "甲办法\n第一条 “略”。\n"),  # as Python prints it
        (r"'甲'是渡口，\n第一条 略。\n乙称'丙'", "'甲'是渡口，\n第一条 略。\n乙称'丙'"),  # control: of the text
        (r"$\nu=\nabla$，$a\times b$，存于D:\new\n1", None),  # control
        ("甲办法\n每行以\\n分隔，每段以\\n\\n分隔。\n", None),  # control: it has lines
    ],
)
def test_line_ends_that_a_program_wrote_out(tmp_path: Path, written: str, text: str | None) -> None:
    source = read(tmp_path / "a.txt", written.encode())
    assert (source.text, source.is_text) == ((written, True) if text is None else (text, False))
    unquoted = text is not None and written.count("'") > text.count("'")
    assert [r.check for r in source.reports] == ["unprinted-text"] * unquoted  # no mark goes silently


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b" \n\r\n\t\n", "no text in it"),
        ("\ufeff\u3000\n".encode(), "no text in it"),
        (b"\0" * 500, "not a text file"),
        (random.Random(1).randbytes(4000), "not a text file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8, "not a text file"),
        (
            b"\xff" * 40 + TEXT.encode("gb18030")[:80],
            "too many bytes that are no text in gb18030, the first at byte 0 (line 1: ff)",
        ),
        (bytes(b | 128 for b in random.Random(2).randbytes(900)), "too many bytes that are no text"),
        (b"\xff\xfe\xff", "no text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_told_in_one_line(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(JuanzongError) as told:
        read(tmp_path / "a.txt", data)
    assert words in str(told.value)
    assert str(told.value).startswith("raw/a.txt: ")
    assert "\n" not in str(told.value)


BIG5 = TEXT.encode("big5hkscs", "ignore")
UTF8, GB, WIDE = TEXT.encode(), TEXT.encode("gb18030"), TEXT.encode("utf-16-le")
PASTED = "会议决定如下：各单位应当于每年三月底前报送计划。\n"
BAD: dict[str, tuple[bytes, str, list[str]]] = {
    "a byte in UTF-8": (UTF8[:60] + b"\xff" + UTF8[60:], "第 1 行第 61 字节（ff）", ["行动方�案"]),
    "a byte behind a mark": (b"\xef\xbb\xbf" + UTF8[:60] + b"\xff" + UTF8[60:], "第 1 行第 64 字节", ["行动方�案"]),
    "a character without its first byte": (UTF8[:60] + UTF8[61:], "第 1 行第 61 字节（a1 88）", ["行动方�》"]),
    "an end within a character": (UTF8[:-2], "第 6 行", ["贯彻执行�"]),
    "bytes in GB18030": (GB[:40] + b"\xff\xff" + GB[40:], "第 1 行第 41 字节（ff ff）", ["行动方�案", "贯彻执行。"]),
    "bytes in Big5": (
        TEXT.encode("big5hkscs", "ignore")[:8] + b"\xff" + TEXT.encode("big5hkscs", "ignore")[8:],
        "第 1 行第 9 字节（ff）",
        ["人民政府"],
    ),
    "a byte that GB18030 lost": (GB * 4 + GB[:41] + GB[42:] + GB, "第 25 行", ["贯彻执行。"]),
    "a byte that UTF-16 lost": (WIDE * 4 + WIDE[:41] + WIDE[42:] + WIDE, "第 25 行", ["贯彻执行。"]),
    "half a surrogate": (WIDE[:40] + b"\0\xd8" + WIDE[40:], "第 1 行第 41 字节（00 d8）", ["行动方�案", "贯彻执行。"]),
    "an odd end of UTF-16": (TEXT.encode("utf-16")[:-1], "字节", ["贯彻执行。"]),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_bytes_cost_their_own_character_and_are_told(tmp_path: Path, name: str) -> None:
    data, place, kept = BAD[name]
    source = read(tmp_path / "a.txt", data)
    assert [(r.check, r.severity) for r in source.reports] == [("undecodable-bytes", "warning")]
    assert place in source.reports[0].message
    assert not source.is_text
    assert all(text in source.text for text in kept)
    assert 1 <= source.text.count("\ufffd") <= 4


@pytest.mark.parametrize(
    ("data", "encoding", "line"),
    [
        (UTF8 + PASTED.encode("gbk") + UTF8, "utf-8", "gb18030 编码，已按此读出：第 7 行"),
        (GB + PASTED.encode() + GB, "gb18030", "utf-8 编码，已按此读出：第 7 行"),
        (UTF8 + "表\t".encode() + "会议决定".encode("gbk") + b"\t12\n" + UTF8, "utf-8", "第 7 行"),
        (UTF8 + PASTED.encode("gbk") * 3, "utf-8", "第 7 行、第 8 行、第 9 行"),
    ],
)
def test_a_line_in_another_encoding_is_read_in_it(tmp_path: Path, data: bytes, encoding: str, line: str) -> None:
    source = read(tmp_path / "a.txt", data)
    assert [r.check for r in source.reports] == ["mixed-encodings"]
    assert line in source.reports[0].message
    assert (source.encoding, source.text.count("\ufffd"), "会议决定" in source.text) == (encoding, 0, True)


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
def test_text_that_was_garbled_before_is_told(tmp_path: Path, codec: str) -> None:
    garbled = "".join(bytes([b]).decode(codec, "replace") for b in UTF8)
    checks = [r.check for r in read(tmp_path / "a.txt", garbled.encode()).reports]
    assert "garbled-text" in checks
    assert "garbled-text" not in [r.check for r in read(tmp_path / "b.txt", "锛是化学元素，ã€。\n".encode()).reports]


def test_a_mark_of_utf8_before_gb18030(tmp_path: Path) -> None:
    assert read(tmp_path / "a.txt", b"\xef\xbb\xbf" + GB).text == TEXT


def test_utf16_without_mark_line_end_or_figure(tmp_path: Path) -> None:
    text = "关于印发方案的通知。各县区人民政府："
    assert read(tmp_path / "a.txt", text.encode("utf-16-le")).text == text


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


def test_a_text_beyond_all_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("juanzong.read.decoding.LARGEST", 100)
    with pytest.raises(JuanzongError, match=r"a\.txt: 101 bytes, more than the limit of 100; split the file"):
        decode(b"0" * 101, "a.txt")


def test_a_line_of_ten_million_characters(tmp_path: Path) -> None:
    begun = time.perf_counter()
    assert len(read(tmp_path / "a.txt", ("水" * 10_000_000).encode()).text) == 10_000_000
    assert time.perf_counter() - begun < 5


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_one_clear_line(data: bytes) -> None:
    try:
        found = decode(data, "a.txt")
    except JuanzongError as error:
        assert str(error).startswith("a.txt: ")
    else:
        assert found.reports or found.text == data.decode(found.encoding.removesuffix("-sig"))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_utf8_is_taken_as_it_is(text: str) -> None:
    data = ("通知" + text).encode()
    try:
        assert decode(data, "a.txt")[:2] == ("通知" + text, "utf-8")
    except JuanzongError as error:
        assert "binary" in str(error)
