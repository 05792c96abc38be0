"""Word's styles: what a paragraph is by its own properties, its style and those that its style is based on."""

from __future__ import annotations

from collections.abc import Iterator

import regex as re

from juanzong.read.docx_parts import Element, Parts, is_on, value_of, whole_number

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE_NAME = re.compile(r"(?:title|标题|大标题|文件标题|公文标题)", re.IGNORECASE)
_BODY_LEVEL = 9  # outline level of running text


class Styles:
    """The styles of one document."""

    def __init__(self, parts: Parts) -> None:
        self._by_id: dict[str, Element] = {}
        self._default = ""
        self._size = 0.0
        for root in parts.related("styles"):
            for style in root.iter("style"):
                self._by_id[style.get("styleId", "")] = style
                if style.get("type") == "paragraph" and style.get("default") in ("1", "true", "on"):
                    self._default = style.get("styleId", "")
            self._size = _points(root.find("docDefaults/rPrDefault/rPr"))

    def chain(self, name: str | None) -> Iterator[Element]:
        """The style of that id and those it is based on, nearest first."""
        seen: set[str] = set()
        while name and name in self._by_id and name not in seen:
            seen.add(name)
            yield self._by_id[name]
            name = value_of(self._by_id[name], "basedOn")

    def properties(self, paragraph: Element) -> Iterator[Element]:
        """The paragraph's properties, nearest first."""
        own = paragraph.find("pPr")
        if own is not None:
            yield own
        for style in self.chain(value_of(own, "pStyle") or self._default):
            found = style.find("pPr")
            if found is not None:
                yield found

    def names(self, paragraph: Element) -> list[str]:
        """Names and ids of the paragraph's styles, nearest first."""
        found = self.chain(value_of(paragraph.find("pPr"), "pStyle") or self._default)
        return [name for style in found for name in (value_of(style, "name") or "", style.get("styleId", ""))]

    def outline_level(self, paragraph: Element) -> int:
        """How deep a heading it is, from 1; 0 where it is none."""
        for properties in self.properties(paragraph):
            level = value_of(properties, "outlineLvl")
            if level is not None:
                return whole_number(level, _BODY_LEVEL) + 1 if whole_number(level, _BODY_LEVEL) < _BODY_LEVEL else 0
        found = (_HEADING_NAME.fullmatch(name.strip()) for name in self.names(paragraph))
        return next((int(m[1]) for m in found if m), 0)

    def is_title(self, paragraph: Element) -> bool:
        """Whether its style is that of titles."""
        return any(_TITLE_NAME.fullmatch(name.strip()) for name in self.names(paragraph))

    def is_centered(self, paragraph: Element) -> bool:
        return next((jc for p in self.properties(paragraph) if (jc := value_of(p, "jc"))), "") == "center"

    def size_of(self, paragraph: Element) -> float:
        """The largest font size of its runs, in points; 0 where nothing tells it."""
        style = self.chain(value_of(paragraph.find("pPr"), "pStyle") or self._default)
        own = next((size for s in style if (size := _points(s.find("rPr")))), self._size)
        sizes = [_points(run.find("rPr")) or own for run in paragraph.iter("r") if run.find("t") is not None]
        return max(sizes, default=0.0)

    def is_hidden(self, run: Element, paragraph: Element | None = None) -> bool:
        """Whether a run is set in hidden text: by itself, by its own style, by its paragraph's."""
        properties = run.find("rPr")
        own = is_on(properties, "vanish")
        if own is not None:
            return own
        styles = [*self.chain(value_of(properties, "rStyle"))]
        if paragraph is not None:
            styles += self.chain(value_of(paragraph.find("pPr"), "pStyle") or self._default)
        return bool(next((v for s in styles if (v := is_on(s.find("rPr"), "vanish")) is not None), False))

    def number_of(self, paragraph: Element) -> tuple[str | None, int | None]:
        """(numId, level) of the list that it counts in, None where it counts in none; the level is None where the list
        tells it by the paragraph's style."""
        level: int | None = None
        for properties in self.properties(paragraph):
            found = properties.find("numPr")
            if found is None:
                continue
            if level is None and value_of(found, "ilvl") is not None:
                level = whole_number(value_of(found, "ilvl"))
            number = value_of(found, "numId")
            if number is not None:
                return (None, None) if number == "0" else (number, level)
        return None, None


def _points(properties: Element | None) -> float:
    return whole_number(value_of(properties, "sz")) / 2
