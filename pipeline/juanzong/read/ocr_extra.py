"""Whether what reads page images is installed: asked before anything is loaded."""

from __future__ import annotations

from importlib.util import find_spec

INSTALL = "scanned pages need the recogniser; install it: pip install juanzong[ocr]"


def has_ocr() -> bool:
    """Whether the `ocr` extra is there."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2", "numpy"))
