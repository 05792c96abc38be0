"""A folder as one bundle: page images, another tool's output, or files one after another, in natural order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport, Source
from juanzong.read import READERS, read_held
from juanzong.read.beside import PROSE, without_other_forms
from juanzong.read.detect import detect, file_head, is_image
from juanzong.read.hashes import folder_hash
from juanzong.read.joined import join_sources
from juanzong.read.options import ReadOptions

_FORMS = ("content_list", "content_list_v2", "middle", "model")  # of MinerU's output, the first of them is read
_FORM = re.compile(rf"_?(?P<form>{'|'.join(sorted(_FORMS, key=len, reverse=True))})\.json$")
_DOCUMENTS = (".pdf", ".xls", ".xlsx", ".csv")  # may be what the tool read, or a document beside it
_PARTS = re.compile(r"(\d+)")


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """Sorts page2 before page10, and without regard to case.

    >>> sorted(["p10.png", "p2.png", "P1.png"], key=natural_key)
    ['P1.png', 'p2.png', 'p10.png']
    """
    return [(0, int(part), "") if part.isdigit() else (1, 0, part.casefold()) for part in _PARTS.split(name) if part]


def files_in(folder: Path) -> list[Path]:
    """The folder's files, in natural order, hidden ones aside."""
    try:
        found = [p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")]
    except OSError as error:
        raise JuanzongError(f"{folder}: cannot be listed ({error.strerror}); check its permissions") from None
    return sorted(found, key=lambda p: (natural_key(p.name), p.name))


def read_folder(path: Path, record_as: str, options: ReadOptions) -> Source:
    """All files of the folder as one Source; pages are counted through."""
    files = files_in(path)
    if not files:
        raise JuanzongError(f"{path}: no files in it; give a folder that holds a bundle")
    if all(is_image(file_head(p)) for p in files):
        return _read_image_folder(files, record_as, options)
    chosen = _chosen(files)
    sources = [(read_held(p, record_as=f"{record_as}/{p.name}", options=options), tools) for p, tools in chosen.items()]
    parts = without_other_forms(sources)
    source = join_sources(parts, record_as, folder_hash(list(chosen)))
    taken = {part.path for part in parts}
    beside = [p for p in files if f"{record_as}/{p.name}" not in taken]
    return replace(source, reports=(*source.reports, *_told(beside, [p for p, tools in chosen.items() if tools])))


def _told(beside: Sequence[Path], tools: Sequence[Path]) -> list[PageReport]:
    """That files were not read; as a warning where one of them may be a document that no tool read."""
    if not beside:
        return []
    stems = {_FORM.sub("", p.name).removesuffix(".json") for p in tools}
    other = any(p.suffix.lower() in _DOCUMENTS and not any(p.name.startswith(s) for s in stems) for p in beside)
    told = f"文件夹中 {len(beside)} 个文件未读：识别工具的其他输出或附带文件"
    names = "\n".join(p.name for p in beside)
    return [PageReport(0, "warning" if other else "info", "file-left-aside", told, names)]


def hash_of(path: Path) -> str:
    """The hash that a bundle made of this folder records. Raises JuanzongError where it is none that is read."""
    files = files_in(path)
    return folder_hash(files if all(is_image(file_head(p)) for p in files) else list(_chosen(files)))


def _chosen(files: Sequence[Path]) -> dict[Path, bool]:
    """The files to read, in natural order, and whether nothing beside them may say the same again: a tool's output of
    which one form is read, or a folder without any.

    Raises JuanzongError where there is no tool's output and a file cannot be read.
    """
    kinds: dict[Path, str] = {}
    unknown: list[JuanzongError] = []
    for p in files:
        try:
            kinds[p] = "image" if is_image(file_head(p)) else detect(p)
        except JuanzongError as error:
            unknown.append(error)
    tool = next((kind for kind, reader in READERS.items() if reader.whole and kind in kinds.values()), None)
    if tool is None:
        if unknown:
            raise unknown[0]
        return dict.fromkeys(kinds, True)
    documents: dict[str, list[Path]] = {}
    for p in files:
        if kinds.get(p) == tool:
            documents.setdefault(_FORM.sub("", p.name), []).append(p)
    first = {min(forms, key=lambda p: (_rank(p.name), p.name)) for forms in documents.values()}
    return {p: p in first for p in files if p in first or kinds.get(p) in PROSE}


def _rank(name: str) -> int:
    m = _FORM.search(name)
    return _FORMS.index(m["form"]) if m else -1


def _read_image_folder(files: Sequence[Path], record_as: str, options: ReadOptions) -> Source:
    from juanzong.read.continued import align_continued_tables
    from juanzong.read.margins import place_lines
    from juanzong.read.scan import PageImage, read_page_images
    from juanzong.read.writing import write_pages

    images: list[PageImage] = []
    for p in files:
        images += [PageImage(p, k, len(images) + 1 + k) for k in range(_frames(p, options))]
    pages = read_page_images(images, options)
    place_lines(pages)
    align_continued_tables(pages)
    return Source(
        path=record_as,
        sha256=folder_hash(list(files)),
        media_type="application/x-directory",
        is_text=False,
        readers=options.recognisers,
        **write_pages(pages).fields(),
    )


def _frames(path: Path, options: ReadOptions) -> int:
    """Pages of one image; a damaged one is one page, which will be reported."""
    from juanzong.read.image import frame_count

    try:
        return frame_count(path, options.max_pixels)
    except JuanzongError:
        return 1
