"""What is told of the files of an archive that are not read."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.source import PageReport

_TOLD = 10  # names


def left_aside(names: Sequence[str]) -> list[PageReport]:
    """One report on all of them; none where there are none."""
    told = f"包中未读的文件：{'、'.join(names[:_TOLD])}{' 等' if len(names) > _TOLD else ''}"
    return [PageReport(0, "info", "file-left-aside", told)] if names else []
