"""The elements of a document's head, each with its name, its strings and their pointers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import regex as re

from juanzong.model import Metadata, Repeated

_LABELS = {"cover": "封面", "repeated": "另有"}  # elements that the standard has no name for


class Element(NamedTuple):
    """发文字号 and the like: the name as GB/T 9704 has it, the printed strings as (pointer, text)."""

    name: str
    label: str
    strings: list[tuple[str, str]]


def elements(metadata: Metadata) -> Iterator[Element]:
    """The elements that are printed, in the order of the model."""
    for name, info in Metadata.model_fields.items():
        value = getattr(metadata, name)
        strings = list(_strings(value, f"/metadata/{name}"))
        if strings:
            label = re.match(r"\p{Han}+", info.description or "")
            yield Element(name, label[0] if label else _LABELS.get(name, name), strings)


def _strings(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, Repeated):
        yield f"{pointer}/value", value.value
    elif isinstance(value, list | tuple):
        for k, item in enumerate(value):
            yield from _strings(item, f"{pointer}/{k}")
    elif value is not None:  # an attachment
        for key in type(value).model_fields:
            yield from _strings(getattr(value, key), f"{pointer}/{key}")
