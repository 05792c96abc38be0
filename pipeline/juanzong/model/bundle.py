"""bundle.json: the sources, the contents list matched to documents, the documents in order."""

from __future__ import annotations

from pydantic import Field

from juanzong.model.base import Model
from juanzong.model.evidence import EvidenceCounts


class SourceEntry(Model):
    path: str
    sha256: str
    media_type: str
    encoding: str | None = Field(None, description="of a text source, as detected")
    characters: int = Field(description="code points of `text` after BOM and line ends are normalised")
    text: str = Field(description="the file that offsets count in")
    style: list[str] = Field(
        default_factory=list, description="transcription styles found: paragraph, markdown, printed"
    )
    readers: list[str] = Field(default_factory=list, description="what read it, page ranges where they differ")


class ContentsItem(Model):
    number: str | None = None
    title: str
    document: str | None = Field(description="id of the document, null where it is missing")


class DocumentEntry(Model):
    id: str
    type: str
    title: str
    file: str


class Bundle(Model):
    schema_version: str = "1"
    id: str
    title: str
    sources: list[SourceEntry]
    contents: list[ContentsItem] = Field(default_factory=list)
    documents: list[DocumentEntry]
    counts: dict[str, int | EvidenceCounts]
