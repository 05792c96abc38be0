"""The models -> JSON Schema, one file for each thing that is written."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from juanzong.emit.json_text import to_json
from juanzong.model import DOCUMENT_TYPES, AnyDocument, Bundle, Edit, Finding, TraceRow
from juanzong.model.evidence import EvidenceRow


def schema_files() -> dict[str, str]:
    """File name -> JSON Schema (draft 2020-12): a file for each document type, one for any of them, and bundle, edit,
    evidence, finding, trace."""
    models: dict[str, Any] = {
        **DOCUMENT_TYPES,
        "document": AnyDocument,
        "bundle": Bundle,
        "edit": Edit,
        "finding": Finding,
        "evidence": EvidenceRow,
        "trace": TraceRow,
    }
    return {f"{name}.schema.json": to_json(_schema(name, model)) for name, model in sorted(models.items())}


def is_ours(text: str) -> bool:
    """Whether a schema file was written from a model of ours, maybe an earlier one: another's file is not to be removed."""
    return '"$schema"' in text and '"additionalProperties": false' in text and '"title"' in text


_ALWAYS = {"type", "kind", "body", "children"}  # have defaults in the models, and are always written


def _schema(name: str, model: Any) -> dict[str, Any]:
    schema = TypeAdapter(model).json_schema()
    schema.setdefault("title", name.capitalize())  # of a union
    _simplify(schema)
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


def _simplify(schema: Any) -> None:
    """What is always written is required; no keyword that JSON Schema does not have (`discriminator`); titles for types
    alone, so that generators of code name types and not every property."""
    if isinstance(schema, list):
        for item in schema:
            _simplify(item)
    if not isinstance(schema, dict):
        return
    schema.pop("discriminator", None)
    properties = schema.get("properties", {})
    for value in properties.values():
        value.pop("title", None)
    always = [name for name in properties if name in _ALWAYS]
    if always:
        schema["required"] = always + [name for name in schema.get("required", []) if name not in always]
    for key, value in schema.items():
        if key in ("properties", "$defs"):
            for part in value.values():
                _simplify(part)
        elif isinstance(value, (dict, list)) and key not in ("default", "required", "enum", "const"):
            _simplify(value)
