"""The types of documents: one model and one schema each, discriminated by `type`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field

from juanzong.model.base import Model
from juanzong.model.blocks import Block, Box, Section, heading
from juanzong.model.metadata import Metadata


class ContentsEntry(Model):
    level: int = Field(ge=1)
    number: str | None = None
    title: str
    page: str | None = None


class Anchor(Model):
    pointer: str = Field(description="JSON Pointer of the string in which the marker stood")
    offset: int = Field(ge=0, description="code points before the marker's place")


class Footnote(Model):
    marker: str
    text: str
    anchor: Anchor | None = Field(None, description="absent where no marker claims the note (a finding says so)")


class Placed(NamedTuple):
    """A block of a document's body: the headings above it (of sections and boxes), and its JSON Pointer."""

    block: Block
    path: tuple[str, ...]
    pointer: str


class Document(Model):
    """What all types share; `title` may be empty where none is printed (a finding says so)."""

    label: ClassVar[str] = ""  # the type's name as people write it; empty: the type itself

    type: str
    id: str = Field(pattern=r"^[a-z0-9_]+(-[a-z0-9]+)*$", max_length=60)
    title: str = Field(description="标题")
    metadata: Metadata = Field(default_factory=lambda: Metadata())
    contents: list[ContentsEntry] = Field(default_factory=list, description="the document's own 目录")
    body: list[Block] = Field(default_factory=list)
    footnotes: list[Footnote] = Field(default_factory=list)
    promulgated_by: str | None = Field(None, description="id of the notice that issues this text")
    promulgates: list[str] = Field(default_factory=list, description="ids of the texts that this notice issues")
    annex_of: str | None = Field(None, description="id of the document that this one is an annex of")
    annexes: list[str] = Field(default_factory=list, description="ids of its annexes")

    def walk(self) -> Iterator[Placed]:
        """Every block of the body with the headings above it and its pointer, in the order of print."""
        yield from _walk(self.body, (), "/body")


def _walk(blocks: list[Block], path: tuple[str, ...], pointer: str) -> Iterator[Placed]:
    for k, block in enumerate(blocks):
        yield Placed(block, path, f"{pointer}/{k}")
        if isinstance(block, Section | Box):
            name = heading(block.number, block.title)
            yield from _walk(block.children, (*path, name) if name else path, f"{pointer}/{k}/children")


class FrontMatter(Document):
    """The bundle's own cover and contents list."""

    label = "卷首"
    type: Literal["front_matter"] = "front_matter"


class Notice(Document):
    """通知, 函, 批复, 意见 that forward something."""

    label = "通知"
    type: Literal["notice"] = "notice"


class Plan(Document):
    """规划, 纲要, 方案, 行动计划, 措施, 意见."""

    label = "规划"
    type: Literal["plan"] = "plan"


class Regulation(Document):
    """条例, 规定, 办法, 细则: made of articles."""

    label = "法规"
    type: Literal["regulation"] = "regulation"


class AnnexTable(Document):
    """A table standing as an item or annex of its own."""

    label = "附表"
    type: Literal["annex_table"] = "annex_table"


class Annex(Document):
    """An annex of prose."""

    label = "附件"
    type: Literal["annex"] = "annex"


class Report(Document):
    label = "报告"
    type: Literal["report"] = "report"


class Roster(Document):
    """名单: a list of persons or units."""

    label = "名单"
    type: Literal["roster"] = "roster"


class Certificate(Document):
    """证书, 证明."""

    label = "证书"
    type: Literal["certificate"] = "certificate"


class Agreement(Document):
    """合同, 协议."""

    label = "协议"
    type: Literal["agreement"] = "agreement"


class Summary(Document):
    """总结."""

    label = "总结"
    type: Literal["summary"] = "summary"


class Minutes(Document):
    """纪要."""

    label = "纪要"
    type: Literal["minutes"] = "minutes"


class Other(Document):
    """Fits no type; a finding says so."""

    label = "其他"
    type: Literal["other"] = "other"


class UnknownDocument(Document):
    """Of a type that this version does not know: read, never written."""


DOCUMENT_TYPES: dict[str, type[Document]] = {
    "front_matter": FrontMatter,
    "notice": Notice,
    "plan": Plan,
    "regulation": Regulation,
    "annex_table": AnnexTable,
    "annex": Annex,
    "report": Report,
    "roster": Roster,
    "certificate": Certificate,
    "agreement": Agreement,
    "summary": Summary,
    "minutes": Minutes,
    "other": Other,
}
AnyDocument = Annotated[
    FrontMatter
    | Notice
    | Plan
    | Regulation
    | AnnexTable
    | Annex
    | Report
    | Roster
    | Certificate
    | Agreement
    | Summary
    | Minutes
    | Other,
    Field(discriminator="type"),
]
