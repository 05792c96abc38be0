"""juanzong schemas: generated from the models, committed, and checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from juanzong.commands.schemas import schemas
from juanzong.emit.schemas import schema_files
from juanzong.model import DOCUMENT_TYPES


def test_one_file_for_each_document_type_and_each_kind_of_row() -> None:
    names = {name.removesuffix(".schema.json") for name in schema_files()}
    assert names == {*DOCUMENT_TYPES, "document", "bundle", "edit", "evidence", "finding", "trace"}


@pytest.mark.parametrize("name", sorted(DOCUMENT_TYPES))
def test_a_schema_tells_its_type_and_forbids_the_rest(name: str) -> None:
    schema = json.loads(schema_files()[f"{name}.schema.json"])
    assert schema["properties"]["type"]["const"] == name
    assert "type" in schema["required"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["title"]["description"] == "标题"


def test_the_committed_schemas_are_fresh() -> None:
    folder = Path(__file__).parent.parent / "schemas"
    assert {p.name: p.read_text(encoding="utf-8") for p in folder.glob("*.json")} == schema_files()


def test_check_names_the_stale_file(tmp_path: Path) -> None:
    run = CliRunner()
    assert run.invoke(schemas, ["-o", str(tmp_path)]).exit_code == 0
    assert run.invoke(schemas, ["-o", str(tmp_path), "--check"]).exit_code == 0
    (tmp_path / "plan.schema.json").write_text("{}", encoding="utf-8")
    (tmp_path / "memo.schema.json").write_bytes((tmp_path / "other.schema.json").read_bytes())
    stale = run.invoke(schemas, ["-o", str(tmp_path), "--check"])
    assert stale.exit_code == 1
    assert "memo.schema.json, plan.schema.json" in stale.output
    assert run.invoke(schemas, ["-o", str(tmp_path)]).exit_code == 0
    assert not (tmp_path / "memo.schema.json").exists()
    assert run.invoke(schemas, ["-o", str(tmp_path), "--check"]).exit_code == 0
