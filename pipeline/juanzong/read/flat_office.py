"""A Word file in one piece of XML (Flat OPC, as Word and report programs save it) -> the file that it stands for."""

from __future__ import annotations

import base64
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport
from juanzong.read.decoding import LARGEST

_SPACE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"

_PART = f"{_SPACE}part"


def unpack_flat(path: Path, home: Path) -> list[PageReport]:
    """Its parts into one .docx in the folder. Raises JuanzongError for one that is damaged or holds no Word document."""
    data = path.read_bytes()
    try:
        if len(data) > LARGEST:
            raise ValueError(f"{len(data):,} bytes")
        parts = {part.get(f"{_SPACE}name", "").strip("/"): part for part in ElementTree.fromstring(data).iter(_PART)}
        if "word/document.xml" not in parts:
            raise ValueError("no document")
        with zipfile.ZipFile(home / "1.docx", "w") as file:
            for name, part in parts.items():
                if name:
                    file.writestr(name, _content(part))
    except (ElementTree.ParseError, ValueError) as error:
        told = f"{type(error).__name__}: {str(error)[:60]}"
        raise JuanzongError(f"{path}: the Word file is damaged ({told}); save it again and give that") from None
    return []


def _content(part: ElementTree.Element) -> bytes:
    for inner in part:
        if inner.tag == f"{_SPACE}xmlData" and len(inner):
            return bytes(ElementTree.tostring(inner[0], "utf-8"))
        if inner.tag == f"{_SPACE}binaryData":
            return base64.b64decode(inner.text or "", validate=False)
    return b""
