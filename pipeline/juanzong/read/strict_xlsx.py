"""Workbooks saved as “Strict Open XML” -> the transitional form, the only one that openpyxl reads."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}


def transitional(path: Path) -> Path | io.BytesIO:
    """The workbook itself, or what a strict one is in the other form."""
    with zipfile.ZipFile(path) as old:
        if _STRICT not in old.read("xl/workbook.xml"):
            return path
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                if name.endswith((".xml", ".rels")):
                    for strict, other in _NAMES.items():
                        data = data.replace(strict, other)
                new.writestr(name, data)
    return out
