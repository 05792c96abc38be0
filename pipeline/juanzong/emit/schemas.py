"""The models -> JSON Schema, one file for each thing that is written."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from juanzong.emit.files import to_json
from juanzong.model import DOCUMENT_TYPES, Bundle, Edit, Finding, TraceRow
from juanzong.model.evidence import EVIDENCE_ROWS


def schema_files() -> dict[str, str]:
    """File name -> JSON Schema (draft 2020-12): a file for each document type, and bundle, edit, evidence, finding, trace."""
    models: dict[str, type[BaseModel]] = {
        **DOCUMENT_TYPES,
        "bundle": Bundle,
        "edit": Edit,
        "finding": Finding,
        "trace": TraceRow,
    }
    schemas = {name: _schema(model.model_json_schema()) for name, model in models.items()}
    schemas["evidence"] = _schema(EVIDENCE_ROWS.json_schema())
    return {f"{name}.schema.json": to_json(schema) for name, schema in sorted(schemas.items())}


def is_ours(text: str) -> bool:
    """Whether a schema file was written from a model of ours, maybe an earlier one: another's file is not to be removed."""
    return '"$schema"' in text and '"additionalProperties": false' in text and '"title"' in text


def _schema(schema: dict[str, Any]) -> dict[str, Any]:
    for part in (schema, *schema.get("$defs", {}).values()):
        _require_constants(part)
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


def _require_constants(schema: dict[str, Any]) -> None:
    """`type` and `kind` have defaults in the models and are always written."""
    constants = [name for name, p in schema.get("properties", {}).items() if "const" in p]
    required = schema.get("required", [])
    if constants:
        schema["required"] = constants + [name for name in required if name not in constants]
