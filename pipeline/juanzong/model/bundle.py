"""bundle.json: the sources, the contents list matched to documents, the documents in order."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from juanzong.model.base import Model
from juanzong.model.evidence import EvidenceCounts


class PageSize(Model):
    """A page and its size in points."""

    page: int = Field(ge=1)
    width: float
    height: float


class SourceEntry(Model):
    path: str
    sha256: str
    media_type: str
    encoding: str | None = Field(None, description="of a text source, as detected")
    characters: int = Field(description="code points of `text` after BOM and line ends are normalised")
    text: str = Field(description="the file that offsets count in")
    pages: list[PageSize] | None = Field(None, description="in order; only where the input has pages")
    style: list[Literal["paragraph", "markdown", "printed"]] = Field(
        default_factory=list, description="transcription styles found"
    )
    readers: list[str] = Field(default_factory=list, description="what read it, page ranges where they differ")


class ContentsItem(Model):
    number: str | None = None
    title: str = Field(description="as printed, without the document number")
    doc_number: str | None = Field(None, description="发文字号, where the entry prints one")
    document: str | None = Field(description="id of the document, null where it is missing")


class DocumentEntry(Model):
    id: str
    type: str
    title: str
    file: str
    pages: tuple[int, int] | None = Field(None, description="first and last; only where the input has pages")


class Bundle(Model):
    schema_version: Literal["2"] = "2"
    id: str
    title: str
    sources: list[SourceEntry] = Field(min_length=1)
    contents: list[ContentsItem] = Field(default_factory=list)
    documents: list[DocumentEntry]
    counts: dict[str, int | EvidenceCounts]
