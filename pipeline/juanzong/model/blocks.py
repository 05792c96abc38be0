"""The blocks of a document's body."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from juanzong.model.base import Model


class NoteMark(Model):
    """Where a footnote marker stood in a paragraph."""

    offset: int = Field(ge=0, description="code points before the marker's place in the paragraph's text")
    footnote: int = Field(ge=0, description="index in the document's footnotes")


class Paragraph(Model):
    kind: Literal["paragraph"] = "paragraph"
    text: str = Field(description="the paragraph, plain: no emphasis marks, no tags")
    lead: str | None = Field(None, description="the lead phrase at its head; derived")
    notes: list[NoteMark] | None = Field(None, description="places of footnote markers in the text; derived")


class Section(Model):
    kind: Literal["section"] = "section"
    level: int = Field(ge=1, description="depth in the outline, 1 at the top")
    number: str | None = Field(None, description="结构层次序数 as printed: 第一章, 一、, （一）, 1., （1）, 第一条")
    title: str | None = Field(None, description="heading without its number; absent for an article (条)")
    children: list[Block] = Field(default_factory=list)


class Box(Model):
    """专栏: set apart from the text; its inner numbers are not part of the outline."""

    kind: Literal["box"] = "box"
    number: str | None = Field(None, description="专栏 with its number, as printed")
    title: str | None = None
    children: list[Block] = Field(default_factory=list)


class Cell(Model):
    text: str
    row_span: int = Field(1, ge=1)
    col_span: int = Field(1, ge=1)


class Row(Model):
    cells: list[Cell]


class TypedValue(Model):
    """What a cell says as data, beside its printed text; derived, so it has no trace row."""

    row: int = Field(ge=0, description="index in rows")
    column: int = Field(ge=0, description="column of the grid, spans expanded")
    type: Literal["number", "percent", "permille", "range", "none"]
    value: float | None = Field(None, description="the figure, as printed (12.5 for 12.5%)")
    low: float | None = Field(None, description="lower bound of a range")
    high: float | None = Field(None, description="upper bound of a range")
    approximate: bool | None = Field(None, description="左右, 约, 以上/以下 without an exact bound")
    unit: str | None = None


class SameAs(Model):
    """Where the one record of a table stands that is printed more than once."""

    document: str
    pointer: str


class Table(Model):
    kind: Literal["table"] = "table"
    number: str | None = Field(None, description="表1, as printed")
    caption: str | None = Field(None, description="表题")
    unit: str | None = Field(None, description="计量单位, without its label")
    header_rows: int = Field(ge=0)
    same_as: SameAs | None = Field(None, description="in place of rows: the table that this is a second print of")
    rows: list[Row] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list, description="表注")
    columns: list[str] | None = Field(None, description="header paths, unique in the table; derived")
    values: list[TypedValue] | None = Field(None, description="typed cell values; derived")


class Figure(Model):
    kind: Literal["figure"] = "figure"
    number: str | None = Field(None, description="图1, as printed")
    caption: str | None = Field(None, description="图题")
    image: str | None = Field(None, description="the picture's path or name, where the source names one")
    text: list[str] = Field(default_factory=list, description="what is left of the picture: labels, legends")


# A name of its own, so that schemas and the types made from them have it too.
Block = TypeAliasType("Block", Annotated[Section | Paragraph | Box | Table | Figure, Field(discriminator="kind")])
Section.model_rebuild()
Box.model_rebuild()


def heading(number: str | None, title: str | None) -> str:
    """Number and title as they are printed: no blank after 、 and ）.

    >>> heading("第一章", "总则"), heading("一、", "目标")
    ('第一章 总则', '一、目标')
    """
    gap = " " if number and title and number[-1] not in "、）" else ""
    return (number or "") + gap + (title or "")
