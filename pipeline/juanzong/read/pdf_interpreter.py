"""Runs a PDF page's drawing instructions; bounded in time, and deaf to what is damaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import regex as re
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager, PDFStackT
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1, stream_value
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSKeyword, PSLiteral, keyword_name, literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, apply_matrix_rect, mult_matrix

from juanzong.read.pdf_bounds import StreamTooLarge
from juanzong.read.pdf_device import PageContent, PageDevice, Paint, common
from juanzong.read.pdf_forms import filled_in
from juanzong.read.pdf_layers import is_off, layers_off
from juanzong.read.pdf_tokens import ContentParser

MOST_OPERATORS = 300_000  # on one page: a drawing's; pdfminer does some 200,000 in a second
MOST_FORMS = 2_000  # drawn on one page, forms inside forms counted
MOST_SWOLLEN = 4  # streams beyond the bound, each of which costs a moment; then the page is given up
MOST_OPEN = 50  # strings without an end, behind each of which the rest is read again
DEEPEST = 20  # forms inside one another
_SHOWS = re.compile(rb"T[jJ]\b|[\r\n]")  # behind the string that an operator shows
_METHODS = str.maketrans({"*": "_a", '"': "_w", "'": "_q"})


class DamagedFont(PDFFont):
    """In the place of a font that cannot be read: its text says nothing, and is told as such."""

    def to_unichr(self, cid: int) -> str:
        raise PDFUnicodeNotDefined(None, cid)


class SafeResources(PDFResourceManager):
    """Fonts, kept for the whole file; a damaged one becomes one that maps nothing."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        try:
            return super().get_font(objid, spec)
        except StreamTooLarge:
            raise
        except Exception:
            font: PDFFont = DamagedFont({}, {}, 500.0)
            if objid:
                self._cached_fonts[objid] = font
            return font


class PageInterpreter(PDFPageInterpreter):
    """One page's instructions to a PageDevice."""

    device: PageDevice

    def __init__(
        self, rsrcmgr: PDFResourceManager, device: PDFDevice, depth: int = 0, done: list[int] | None = None
    ) -> None:
        super().__init__(rsrcmgr, device)
        self.depth = depth
        self.done = (
            done if done is not None else [0, 0, 0, 0]
        )  # operators, forms, swollen streams, open strings: of the page
        self._saved: list[Paint] = []
        self._marked: list[bool] = []  # of each open part: whether its layer is switched off

    def dup(self) -> PageInterpreter:
        return PageInterpreter(self.rsrcmgr, self.device, self.depth + 1, self.done)

    def init_resources(self, resources: dict[object, object]) -> None:
        try:
            super().init_resources(resources)
        except StreamTooLarge:
            raise
        except Exception:
            self.device.damage("resource")

    def execute(self, streams: Sequence[object]) -> None:
        parser = self._parser(streams)
        while parser is not None:
            try:
                _, obj = parser.nextobject()
            except PSEOF:
                parser = self._behind_open(parser)
                continue
            except StreamTooLarge:
                raise
            except Exception:
                self.device.damage("stream")
                return
            if not self._take(obj):
                return

    def _take(self, obj: Any) -> bool:
        """Keeps an operand, does an operator; whether there is any more to be done on the page."""
        if not isinstance(obj, PSKeyword):
            self.push(obj)
            return True
        self.done[0] += 1
        if self.done[0] > MOST_OPERATORS:
            self.device.content.unfinished = True
            return False
        self._do(keyword_name(obj))
        return True

    def _behind_open(self, parser: ContentParser) -> ContentParser | None:
        """What an array or a string that never ends has swallowed, at the end of the page's instructions: an array's is
        done at once, a string's comes from behind its operator. None where nothing was swallowed."""
        inside = [obj for _, _, outer in parser.context for _, obj in outer] + [obj for _, obj in parser.curstack]
        if parser.context:
            self.device.damage("array")
            all(self._take(obj) for obj in inside)
        if not parser._parse1.__name__.startswith("_parse_string"):
            return None
        self.device.damage("string")
        self.done[3] += 1
        if self.done[3] > MOST_OPEN:
            self.device.content.unfinished = True
            return None
        self.argstack.clear()
        shown = _SHOWS.search(parser._curtoken)
        return ContentParser([PDFStream({}, parser._curtoken[shown.end() :])]) if shown else None

    def _parser(self, streams: Sequence[object]) -> ContentParser | None:
        self.stream_ids.clear()
        known = []
        for obj in streams:
            stream = stream_value(obj)
            if stream.objid is None or stream.objid not in self.parent_stream_ids:
                known.append(stream)
            else:
                self.device.damage("form")  # one that draws itself
            if stream.objid is not None:
                self.stream_ids.add(stream.objid)
        try:
            return ContentParser(known)
        except PSEOF:
            return None

    def _do(self, name: str) -> None:
        do = getattr(self, "do_" + name.translate(_METHODS), None)
        if do is None:
            return
        count = do.__code__.co_argcount - 1
        args = self.pop(count)
        if len(args) != count:
            return
        try:
            do(*args)
        except RecursionError:
            raise
        except StreamTooLarge:
            self.done[2] += 1
            self.device.damage("stream")
            if self.done[2] > MOST_SWOLLEN:
                raise
        except Exception:  # a damaged operand: this one thing is not drawn
            self.device.damage("operator")

    def do_q(self) -> None:
        super().do_q()
        self._saved.append(self.device.paint)

    def do_Q(self) -> None:
        super().do_Q()
        if self._saved:
            self.device.paint = self._saved.pop()

    def do_BMC(self, tag: PDFStackT) -> None:
        self._marked.append(False)

    def do_BDC(self, tag: PDFStackT, props: PDFStackT) -> None:
        layer = None
        if isinstance(tag, PSLiteral) and tag.name == "OC" and isinstance(props, PSLiteral):
            layer = dict_value(self.resources.get("Properties") or {}).get(literal_name(props))
        self._marked.append(is_off(layer, self.device.layers_off))
        self.device.hidden += self._marked[-1]

    def do_EMC(self) -> None:
        if self._marked:
            self.device.hidden -= self._marked.pop()

    def do_W(self) -> None:
        self._clip()

    def do_W_a(self) -> None:
        self._clip()

    def _clip(self) -> None:
        """The path so far bounds what is drawn from here on (its box does; that is what table programs write)."""
        places = [(float(s[k]), float(s[k + 1])) for s in self.curpath for k in range(1, len(s) - 1, 2)]
        if places:
            xs, ys = [p[0] for p in places], [p[1] for p in places]
            self._bound((min(xs), min(ys), max(xs), max(ys)), self.ctm)

    def _bound(self, rect: tuple[float, float, float, float], ctm: Matrix) -> None:
        box = self.device.box_of(*apply_matrix_rect(ctm, rect))
        paint = self.device.paint
        self.device.paint = paint._replace(clip=common(box, paint.clip) or (0.0, 0.0, 0.0, 0.0))

    def do_gs(self, name: PDFStackT) -> None:
        states = dict_value(resolve1(self.resources.get("ExtGState", {})))
        state = dict_value(states.get(literal_name(name), {}))
        paint = self.device.paint
        if "ca" in state:
            paint = paint._replace(alpha=float(resolve1(state["ca"])))
        if "BM" in state:
            mode = resolve1(state["BM"])
            modes = [literal_name(m) for m in mode] if isinstance(mode, list) else [literal_name(mode)]
            paint = paint._replace(blends=modes[:1] not in (["Normal"], ["Compatible"]))
        self.device.paint = paint

    def do_Do(self, xobjid_arg: PDFStackT) -> None:
        self.done[1] += 1
        if self.done[1] > MOST_FORMS or self.depth >= DEEPEST:
            self.device.content.unfinished = True
            return
        paint = self.device.paint
        xobj = stream_value(self.xobjmap.get(literal_name(xobjid_arg)))
        off = is_off(xobj.get("OC"), self.device.layers_off)
        try:
            self.device.hidden += off
            kind = literal_name(xobj.get("Subtype"))
            if kind == "Image":
                self.device.render_image("", xobj)
            elif kind == "Form":
                self._form(xobj)
        finally:
            self.device.hidden -= off
            self.device.paint = paint
            self.device.set_ctm(self.ctm)

    def _form(self, xobj: Any) -> None:
        matrix = list_value(xobj.get("Matrix", MATRIX_IDENTITY)) if "Matrix" in xobj else MATRIX_IDENTITY
        a, b, c, d, e, f = (float(resolve1(v)) for v in matrix)
        inner = mult_matrix((a, b, c, d, e, f), self.ctm)
        if "BBox" in xobj:
            x0, y0, x1, y1 = (float(resolve1(v)) for v in list_value(xobj["BBox"]))
            self._bound((x0, y0, x1, y1), inner)
        own = xobj.get("Resources")
        self.subinterp().render_contents(dict_value(own) if own else self.resources.copy(), [xobj], ctm=inner)


def content_of(page: Any, resources: PDFResourceManager) -> PageContent:
    """All that a page (pdfminer's) draws. Raises StreamTooLarge where a part of it swells beyond all bounds."""
    device = PageDevice(resources)
    device.layers_off = layers_off(page.doc.catalog)
    interpreter = PageInterpreter(resources, device)
    try:
        interpreter.process_page(page)
    except RecursionError:
        device.content.unfinished = True
    device.content.glyphs += filled_in(page, device)
    return device.content
