"""Pages of a TIFF file that cannot be reached: each page tells where the next one is told of, and a damaged word loses all
that follow."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from juanzong.core.source import PageReport

_COUNTS = (279, 325)  # tags: bytes of each strip, of each tile
_MOST_ASIDE = 0.15  # of a file's bytes may belong to no page, and
_FEW = 4096  # so many: names, colour tables


def lost_pages(path: Path, frames: int) -> list[PageReport]:
    """The finding, at the last page that is read, that bytes of the file belong to none of its `frames`."""
    from PIL import Image

    size, used = path.stat().st_size, 0
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path) as picture:
            if picture.format != "TIFF":
                return []
            for k in range(frames):
                picture.seek(k)
                tags: dict[int, Any] = dict(getattr(picture, "tag_v2", {}))
                used += sum(_bytes_told(tag, value) for tag, value in tags.items())
    except Exception:  # whatever a damaged file does to the library; single pages are told as they are read
        pass
    if size - used <= max(_FEW, _MOST_ASIDE * size):
        return []
    told = f"图像文件有 {round(100 * (1 - used / size))}% 的数据不属于读到的 {frames} 页，可能有页因文件缺损而未读；请重新扫描或导出"
    return [PageReport(frames, "error", "page-image-damaged", told)]


def _bytes_told(tag: int, value: Any) -> int:
    """How many bytes of the file a tag speaks of: those of its strips, or its own."""
    if tag in _COUNTS:
        return sum(v for v in (value if isinstance(value, Sequence) else [value]) if v > 0)
    return len(value) if isinstance(value, (bytes, str)) else 4 * len(value) if isinstance(value, tuple) else 4
