"""Word files out of the XML that a case gives."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes",
          "settings": "settings", "header": "hdr", "footer": "ftr"}  # fmt: skip


def docx_bytes(case: dict[str, Any]) -> bytes:
    """A file with the case's `body`, and the insides of its other parts (`styles`, `numbering`, `footnotes` ...);
    `relations`: more relationships of the document, as XML; `parted`: by what the names of parts tell folders."""
    parted = case.get("parted", "/")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        links = ""
        for name, root in _ROOTS.items():
            if name in case:
                file.writestr(f"word{parted}{name}.xml", f"<w:{root} {_SPACES}>{case[name]}</w:{root}>")
                links += f'<Relationship Id="{name}" Type="{_RELATED}/{name}" Target="{name}.xml"/>'
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        file.writestr(
            f"_rels{parted}.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{_RELATED}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        links += case.get("relations", "")
        file.writestr(
            f"word{parted}_rels{parted}document.xml.rels", f'<Relationships xmlns="{package}">{links}</Relationships>'
        )
        file.writestr(
            f"word{parted}document.xml", f"<w:document {_SPACES}><w:body>{case['body']}</w:body></w:document>"
        )
    return out.getvalue()


def in_one_piece(data: bytes) -> bytes:
    """A Word file as Flat OPC."""
    parts = ""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            xml = re.sub(r"<\?xml.*?\?>", "", file.read(name).decode())
            parts += f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>'
    space = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    return f'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<pkg:package {space}>{parts}</pkg:package>'.encode()
