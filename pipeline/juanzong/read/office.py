"""Old and other Office files (.doc, .xls, .ppt, .wps, .et, .rtf, .odt, .ods, .pptx) -> Source, through LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport, Source
from juanzong.read.hashes import file_hash
from juanzong.read.options import ReadOptions
from juanzong.read.walks_ole import MARK, old_texts

SECONDS = 180  # a conversion's limit; a document of 500 pages takes 20
TARGETS = {"word": "docx", "sheet": "xlsx", "slides": "pdf"}
"""Kind of the file -> what LibreOffice makes of it: what keeps cells and styles, and of slides their pages."""

# how a damaged old file begins where its bytes were taken for text: the mark in Western and in Chinese code pages
_RAW = ("\u00d0\u00cf", "\u90a2\u5537")
ENDINGS = {"word": "doc", "sheet": "xls", "slides": "ppt"}
_PROGRAMS = {"word": "Writer", "sheet": "Calc", "slides": "Impress"}
MEDIA_TYPES = {
    "word": "application/msword",
    "sheet": "application/vnd.ms-excel",
    "slides": "application/vnd.ms-powerpoint",
}


def read_office(path: Path, record_as: str, options: ReadOptions, kind: str) -> Source:
    """`kind`: word, sheet or slides. Raises JuanzongError where LibreOffice is not installed or cannot convert it."""
    from juanzong.read import read_held

    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise JuanzongError(
            f"{path}: an old or another Office file, which LibreOffice must convert, and it is not installed; install "
            f"it (apt-get install libreoffice), or save the file as .{TARGETS[kind]} and give that"
        )
    with tempfile.TemporaryDirectory(prefix="juanzong-office-") as room:
        copy = _convert(program, path, Path(room), kind)
        try:
            source = read_held(copy, record_as=record_as, options=options)
        except JuanzongError as error:
            raise JuanzongError(str(error).replace(str(copy), str(path))) from None
    if source.text.lstrip()[:9].startswith(_RAW):
        raise JuanzongError(f"{path}: the Office file is damaged; save it again, or as .{TARGETS[kind]}, and give that")
    told = [PageReport(0, "info", "converted-file", "由 LibreOffice 转换后读入；版式以原文件为准")]
    data = path.read_bytes()
    if data.startswith(MARK) and next(old_texts(data), None) is None:
        unchecked = "旧格式，或文件有缺损：读出的文字是否齐全无从另行核对，请对照原文件"
        told.append(PageReport(0, "warning", "reader-unchecked", unchecked))
    return replace(
        source,
        sha256=file_hash(path),
        media_type=MEDIA_TYPES[kind],
        readers=("libreoffice", *source.readers),
        reports=(*source.reports, *told),
    )


read_word = partial(read_office, kind="word")
read_sheet = partial(read_office, kind="sheet")
read_slides = partial(read_office, kind="slides")


def _convert(program: str, path: Path, room: Path, kind: str) -> Path:
    """The converted file. LibreOffice gets a profile of its own, so that several can run, and names are kept from it."""
    copy, out = room / f"in.{ENDINGS[kind]}", room / "out"
    shutil.copyfile(path, copy)
    command = [
        program, f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", TARGETS[kind], "--outdir", str(out), str(copy),
    ]  # fmt: skip
    try:
        subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise JuanzongError(
            f"{path}: LibreOffice took more than {SECONDS} s; save it as .{TARGETS[kind]} and give that"
        ) from None
    made = out / f"in.{TARGETS[kind]}"
    if not made.is_file() or not made.stat().st_size:
        raise JuanzongError(
            f"{path}: LibreOffice cannot convert it (damaged, protected by a password, or LibreOffice is without its "
            f"{_PROGRAMS[kind]}); save it as .{TARGETS[kind]} and give that"
        )
    return made
