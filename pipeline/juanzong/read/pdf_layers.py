"""Layers of a PDF (optional content) that are switched off: what stands on them is neither shown nor printed."""

from __future__ import annotations

from typing import Any

from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1
from pdfminer.psparser import literal_name


def layers_off(catalog: Any) -> frozenset[int]:
    """The objects of the layers that the file's own view switches off; none where what it says of them is damaged."""
    try:
        properties = dict_value(catalog.get("OCProperties") or {})
        view = dict_value(properties.get("D") or {})
        off = _objects(view.get("OFF"))
        if view.get("BaseState") is not None and literal_name(resolve1(view["BaseState"])) == "OFF":
            off |= _objects(properties.get("OCGs")) - _objects(view.get("ON"))
        return frozenset(off)
    except Exception:
        return frozenset()


def is_off(layer: object, off: frozenset[int]) -> bool:
    """Whether a layer, or each of the layers of a group of them, is switched off."""
    if not off or not isinstance(layer, PDFObjRef):
        return False
    if layer.objid in off:
        return True
    members = dict_value(layer).get("OCGs")
    found = {members.objid} if isinstance(members, PDFObjRef) and not isinstance(resolve1(members), list) else None
    found = _objects(members) if found is None else found
    return bool(found) and found <= off


def _objects(refs: object) -> set[int]:
    return {ref.objid for ref in list_value(refs or []) if isinstance(ref, PDFObjRef)}
