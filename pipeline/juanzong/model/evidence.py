"""evidence.jsonl: what the bundle says of itself, checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from juanzong.core.terms import CitationVerdict, FactVerdict, QuotationVerdict, ReferenceVerdict
from juanzong.model.base import Model

Range = tuple[int, int]


class EvidencePlace(Model):
    document: str | None = Field(description="null, as pointer and range, where the output has no such string")
    pointer: str | None
    range: Range | None = Field(description="code points of the string at `pointer`")
    source: list[Range] = Field(description="offsets of the source text, one range for each stretch")


class Cited(Model):
    document: str | None = Field(description="what the passage was compared with; null: not in the bundle")
    citation: str | None = Field(description="id of the citation")
    by: Literal["item", "row", "sentence", "short name", "guess"] | None = Field(description="how it was found")


class QuotationPart(Model):
    relation: Literal["verbatim", "near", "heading", "paraphrase", "frame", "not found"]
    range: Range
    source: list[Range]
    at: list[EvidencePlace]


class Difference(Model):
    op: Literal["changed", "added", "missing"]
    kind: Literal["number", "negation", "punctuation", "word"]
    quoted: str
    printed: str
    range: Range
    source: Range
    at: EvidencePlace


class LeftOut(Model):
    text: str
    at: list[EvidencePlace]


class Nearest(Model):
    at: list[EvidencePlace]
    similarity: float = Field(ge=0, le=1)


class Unsupported(Model):
    text: str
    range: Range
    source: list[Range]
    nearest: Nearest | None


class Elsewhere(Model):
    relation: Literal["verbatim", "near"]
    coverage: float = Field(ge=0, le=1)
    range: Range
    at: list[EvidencePlace]


class Quotation(Model):
    """A passage that the bundle quotes, against the document that it cites."""

    id: str = Field(pattern="^q-[0-9a-f]{10}$")
    kind: Literal["quotation"]
    form: Literal["table", "marks", "plain"]
    print: int = Field(ge=1)
    other_prints: list[str]
    place: EvidencePlace
    text: str = Field(description="as compared; every range but a place's counts in it")
    cited: Cited
    verdict: QuotationVerdict
    reason: Literal["no such document", "elsewhere", "nowhere"] | None
    order: Literal["same", "changed"]
    coverage: float = Field(ge=0, le=1)
    confidence: float = Field(ge=0, le=1)
    transcription_doubt: bool = Field(description="a difference is one that a misreading makes")
    parts: list[QuotationPart]
    differences: list[Difference]
    left_out: list[LeftOut]
    unsupported: list[Unsupported]
    elsewhere: list[Elsewhere]


class Deviation(Model):
    field: Literal["title", "number", "date"]
    kind: Literal["missing", "added", "changed", "not printed", "form"]
    cited: str
    printed: str | None


class Citation(Model):
    """A mention of a document by its title."""

    id: str = Field(pattern="^c-[0-9a-f]{10}$")
    kind: Literal["citation"]
    scope: Literal["contents", "match table", "report", "elsewhere"]
    print: int = Field(ge=1)
    place: EvidencePlace
    title: str
    number: str | None
    date: str | None
    document: str | None
    verdicts: list[CitationVerdict]
    deviations: list[Deviation]
    evidence: list[EvidencePlace]


class Reference(Model):
    """What a document says stands in it, or in another."""

    id: str = Field(pattern="^r-[0-9a-f]{10}$")
    kind: Literal["reference"]
    place: EvidencePlace
    text: str
    type: Literal[
        "contents",
        "annex list",
        "table",
        "box",
        "annex",
        "chapter",
        "article",
        "note",
        "marker",
        "sequence",
        "sign",
        "count",
        "following",
        "short name",
    ]
    target: EvidencePlace | None
    verdict: ReferenceVerdict
    deviation: str | None


class Statement(Model):
    place: EvidencePlace
    value: str
    unit: str | None
    bound: Literal["over", "under", "about"] | None
    stated_in: Literal["table", "prose"] = Field(alias="in")


class Fact(Model):
    """One region's indicator in one year, stated in more than one place."""

    id: str = Field(pattern="^f-[0-9a-f]{10}$")
    kind: Literal["fact"]
    region: str
    indicator: str
    year: str
    status: Literal["actual", "target", "plan", "count"]
    verdict: FactVerdict
    statements: list[Statement]


EvidenceRow = Annotated[Quotation | Citation | Reference | Fact, Field(discriminator="kind")]
EVIDENCE_ROWS: TypeAdapter[Quotation | Citation | Reference | Fact] = TypeAdapter(EvidenceRow)


class EvidenceCounts(Model):
    """How many rows have each verdict; every print counts."""

    quotations: dict[str, int]
    citations: dict[str, int]
    references: dict[str, int]
    facts: dict[str, int]
