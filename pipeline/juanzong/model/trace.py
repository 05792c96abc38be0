"""trace.jsonl: where every printed string came from."""

from __future__ import annotations

from pydantic import Field

from juanzong.model.base import Model


class PagePlace(Model):
    page: int = Field(ge=1)
    bbox: tuple[float, float, float, float] = Field(description="x0, top, x1, bottom in PDF points from the top left")
    confidence: float | None = Field(None, description="of recognition, where the page was read by OCR")
    cells: list[str] | None = Field(None, description="of a workbook: sheet and cell, 表1!B5")


class TraceRow(Model):
    document: str
    pointer: str
    source: list[tuple[int, int]]
    pages: list[PagePlace] | None = None
