"""LlamaIndex: `JuanzongReader().lazy_load_data("clean/bundle")`. Needs juanzong[llamaindex]."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from juanzong.core.errors import JuanzongError
from juanzong.loaders.scalars import texts_of

try:
    from llama_index.core.readers.base import BaseReader
    from llama_index.core.schema import Document
except ImportError:
    raise JuanzongError("llama-index-core is not installed: pip install juanzong[llamaindex]") from None

_NOT_TO_READ = ["bundle", "document", "kind", "boxes", "ranges"]  # no help to a model, much to a citation


class JuanzongReader(BaseReader):
    """The chunks of outputs as LlamaIndex documents."""

    def __init__(self, max_chars: int = 1000) -> None:
        self.max_chars = max_chars

    def lazy_load_data(self, *folders: str | Path, **_: Any) -> Iterable[Document]:
        """`folders` are clean/<id>, or clean/ for all in it. Raises JuanzongError for what is no output."""
        for id, text, known in texts_of([Path(f) for f in folders], self.max_chars):
            yield Document(
                id_=id,
                text=text,
                metadata=known,
                excluded_embed_metadata_keys=_NOT_TO_READ,
                excluded_llm_metadata_keys=_NOT_TO_READ,
            )
