"""LangChain: `JuanzongLoader("clean/bundle").lazy_load()`. Needs juanzong[langchain]."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from juanzong.core.errors import JuanzongError
from juanzong.loaders.scalars import texts_of

try:
    from langchain_core.document_loaders import BaseLoader
    from langchain_core.documents import Document
except ImportError:
    raise JuanzongError("langchain-core is not installed: pip install juanzong[langchain]") from None


class JuanzongLoader(BaseLoader):
    """The chunks of outputs as LangChain documents; `folders` are clean/<id>, or clean/ for all in it.

    Ids stay when other text changes, so that an index can be updated. Raises JuanzongError for what is no output.
    """

    def __init__(self, *folders: str | Path, max_chars: int = 1000) -> None:
        self.folders, self.max_chars = [Path(f) for f in folders], max_chars

    def lazy_load(self) -> Iterator[Document]:
        for id, text, known in texts_of(self.folders, self.max_chars):
            yield Document(id=id, page_content=text, metadata=known)
