"""Loaders for LangChain and LlamaIndex, by the real packages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import juanzong
from bundles import NOTICE, PLAN, TABLE


@pytest.fixture
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("s.txt").write_text("\n".join(TABLE + NOTICE + PLAN), "utf-8")
    return juanzong.normalize("s.txt").save()


def test_langchain(clean: Path) -> None:
    pytest.importorskip("langchain_core")
    from langchain_core.documents import Document

    from juanzong.loaders.langchain import JuanzongLoader

    found = JuanzongLoader(clean, max_chars=300).load()
    assert all(isinstance(d, Document) and d.id for d in found)
    [box] = [d for d in found if "建设绿道80公里" in d.page_content]
    assert box.metadata["path"] == "第一章 发展基础 / 第一节 主要成就 / 专栏1 重点工程 / 1. 城区绿道工程"
    assert box.metadata["source"] == "s.txt" and box.metadata["title"] == "松城市绿化发展规划"
    assert all(isinstance(v, str | int) for d in found for v in d.metadata.values())
    [(start, _), *_] = json.loads(box.metadata["ranges"])
    assert Path("s.txt").read_text("utf-8")[start:].startswith("专栏1")
    assert [d.id for d in JuanzongLoader("clean", max_chars=300).lazy_load()] == [d.id for d in found]


def test_llamaindex(clean: Path) -> None:
    pytest.importorskip("llama_index.core")
    from llama_index.core.schema import MetadataMode

    from juanzong.loaders.llamaindex import JuanzongReader

    found = JuanzongReader(max_chars=300).load_data(clean)
    assert len({d.doc_id for d in found}) == len(found) > 5
    [note] = [d for d in found if "公园绿地：向公众开放的绿地。" in d.text]
    shown = note.get_content(metadata_mode=MetadataMode.LLM)
    assert "松城市绿化发展规划" in shown and "ranges" not in shown


def test_what_is_no_output_is_told() -> None:
    pytest.importorskip("langchain_core")
    from juanzong.loaders.langchain import JuanzongLoader

    with pytest.raises(juanzong.JuanzongError, match="no such folder"):
        JuanzongLoader("nowhere").load()
