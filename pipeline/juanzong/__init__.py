"""卷宗: scanned evidence bundles in, clean typed documents out.

    import juanzong

    bundle = juanzong.normalize("raw/bundle.pdf")      # or juanzong.load("clean/bundle")
    for document in bundle.documents:                  # pydantic models: juanzong.model
        for block, path, pointer in document.walk():
            ...

Importing this costs nothing: what reads and writes is loaded when it is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from juanzong.core.errors import JuanzongError
    from juanzong.output.bundle import Bundle, Found, Origin
    from juanzong.output.tables import BundleTable

    __version__: str

__all__ = ["Bundle", "BundleTable", "Found", "JuanzongError", "Origin", "__version__", "load", "normalize"]
_HOMES = {
    "Bundle": "juanzong.output.bundle",
    "BundleTable": "juanzong.output.tables",
    "Found": "juanzong.output.bundle",
    "JuanzongError": "juanzong.core.errors",
    "Origin": "juanzong.output.bundle",
}


def normalize(path: Path | str, *, id: str | None = None, one: bool = False) -> Bundle:
    """A raw file (or with `one` a folder of them) -> its bundle, in memory; `Bundle.save` writes it.

    `id` is the bundle's id, by default the file's name without its ending. A reviewer's decisions beside the file are
    carried out, as `juanzong run` does. Raises JuanzongError for what cannot be read, naming what to do.
    """
    from juanzong.core.names import bundle_name
    from juanzong.output.bundle import made_bundle
    from juanzong.run import files, read_bundle

    path = Path(path)
    result = read_bundle(path, id or bundle_name(path), one=one or path.is_dir())
    return made_bundle(result.id, files(result))


def load(folder: Path | str) -> Bundle:
    """A folder that `juanzong run` or `Bundle.save` wrote -> the same bundle. Raises JuanzongError where it is none."""
    from juanzong.output.bundle import load_bundle

    return load_bundle(folder)


def __getattr__(name: str) -> Any:
    import importlib

    if name == "__version__":
        from importlib.metadata import version

        return version("juanzong")
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'juanzong' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
