"""公文 elements of GB/T 9704-2012 and of web pages, as far as they are printed."""

from __future__ import annotations

from pydantic import Field

from juanzong.model.base import Model

_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


class Attachment(Model):
    number: str | None = None
    title: str


class Repeated(Model):
    """An element that is printed again with another value; the first print stands in the element's own place."""

    element: str
    value: str


class Metadata(Model):
    doc_number: str | None = Field(None, description="发文字号")
    issuers: list[str] | None = Field(None, description="发文机关")
    addressees: str | None = Field(None, description="主送机关, as printed, without the colon")
    signatories: list[str] | None = Field(None, description="发文机关署名")
    issued_on: str | None = Field(None, description="成文日期, ISO 8601", pattern=_DATE)
    approval: str | None = Field(None, description="题注: who adopted it, and when")
    attachments: list[Attachment] | None = Field(None, description="附件说明")
    copied_to: str | None = Field(None, description="抄送机关")
    printed_by: str | None = Field(None, description="印发机关")
    printed_on: str | None = Field(None, description="印发日期, ISO 8601", pattern=_DATE)
    disclosure: str | None = Field(None, description="公开方式")
    annotation: str | None = Field(None, description="附注")
    proofreader: str | None = Field(None, description="校对")
    letterhead: str | None = Field(None, description="发文机关标志")
    security: str | None = Field(None, description="密级和保密期限")
    urgency: str | None = Field(None, description="紧急程度")
    signer: str | None = Field(None, description="签发人")
    annex_number: str | None = Field(None, description="附件序号: 附件 1")
    index_number: str | None = Field(None, description="索引号")
    category: str | None = Field(None, description="分类")
    publisher: str | None = Field(None, description="发布机构")
    published_on: str | None = Field(None, description="发布日期, ISO 8601", pattern=_DATE)
    source: str | None = Field(None, description="来源")
    cover: list[str] | None = Field(None, description="lines of the cover that are no other element")
    repeated: list[Repeated] | None = Field(None, description="elements printed again with another value")
