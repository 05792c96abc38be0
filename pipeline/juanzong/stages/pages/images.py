"""Marks of pictures (![](images/seal.jpg), <img …>, [图片]) stand in no text. One beside a figure's caption stays in a line
of its own, for the figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import concat
from juanzong.language.numbering import FIGURE_CAPTION
from juanzong.language.text import fold
from juanzong.stages.pages.cleaning import Spans, without_spans

IMAGE = re.compile(
    r"\[\s*!\[[^\]\n]{0,400}\]\((?P<path>[^()\n]*)\)\s*\]\([^()\n]*\)"  # a picture that is a link
    r"|!\[[^\]\n]{0,400}\]\((?P<path>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)(?:\{[^{}\n]{0,120}\})?"
    r"|!\[\[(?P<wiki>[^\]\n]{1,200})\]\]|!\[[^\]\n]{0,200}\]\[[^\]\n]{0,80}\]"
    r"|<img>[^<>\n]{0,400}</img>|\*{0,2}==> picture \[[^\]\n]{0,40}\] intentionally omitted <==\*{0,2}"
    r"|\*{0,2}-{3,} (?:Start|End) of picture text -{3,}\*{0,2}"
    r"|<img\b[^<>]*?(?:\bsrc\s*=\s*[\"']?(?P<src>[^\"'<>\s]*)[\"']?[^<>]*)?/?>"
    r"|<figcaption\b[^<>]*>\s*(?:印章|公章|盖章|图片|图像|seal|stamp|image|picture)\s*</figcaption>"
    r"|\\includegraphics\s*(?:\[[^\]\n]*\]\s*)?\{(?P<path>[^{}\n]*)\}|\\(?:begin|end)\s*\{figure\*?\}(?:\s*\[[^\]\n]*\])?"
    r"|<!?\[?image\]?>|</?(?:figure|figcaption|picture|svg)\b[^<>]*>",
    re.IGNORECASE,
)
_SEAL = r"(?:公章|印章|签章|盖章|钢印|红章|图章|骑缝章|(?:official |red |round )?(?:seal|stamp))"
_SIGNED = r"(?:(?:手写)?(?:签名|签字)|signature)(?!\s*[:：])"  # whose it is is content
_DRAWN = (
    rf"(?:{_SEAL}|{_SIGNED}|二维码|条形?码|国徽|徽标|logo|水印|watermark|(?:红色?)?(?:横|分隔)线|红线|qr code|barcode)"
)
_LOOKS = r"(?:红色的?|圆形|椭圆形|模糊的?|电子)*"
_HERE = r"(?:此处|图中|图上|原件)(?:盖有|有|为|是)"
# a line that is nothing but what a tool says of a picture: in square brackets, or in round ones where it says how it looks
# or whose seal it is; （公章） alone is a form's own words
_ALONE = re.compile(
    r"\s*[\[【(（<]\s*(?:图片?|图像|image|picture|figure|img|seal|stamp)\s*\d*\s*[\]】)）>]\s*$"
    rf"|[\s*_>]*[\[［【〔<]\s*(?:{_HERE})?(?:一?[枚个处])?{_LOOKS}{_DRAWN}(?:图案|图片|图像|印记)?(?:\s*[:：，,（(][^\[\]【】<>\n]{{0,60}})?\s*[\]］】〕>][\s*_]*$"
    rf"|[\s*_>]*[\[［【〔（(]\s*(?:此处|原件)?(?:盖有|加盖有?)[“\"「][^\[\]【】（）()<>\n]{{2,40}}[”\"」]的?{_LOOKS}{_SEAL}\s*[\]］】〕)）][\s*_]*$"
    rf"|[\s*_>]*[（(]\s*(?:{_HERE}(?:一?[枚个处])?{_LOOKS}|{_LOOKS}(?<=[红圆椭子形色的糊]))(?:{_SEAL}|(?:手写)?签[名字])\s*(?:[:：][^()（）\n]{{0,60}})?[）)][\s*_]*$"
    rf"|[\s*_>]*[（(]\s*(?:{_SEAL}|电子印章)\s*[:：]\s*[\p{{Han}}\s\d]{{4,60}}[）)][\s*_]*$"
    r"|[\s*_>]*\((?:official |red |round )?(?:seal|stamp)(?:\s*:[^()\n]{0,60})?\)[\s*_]*$"
    r"|\s*(?:>\s*|[*_]{1,2}|[（(\[【]\s*)(?:图片|图像|插图|image)\s*(?:描述|说明|内容|description|caption)\s*[:：].{1,200}$"
    r"|\s*<(?P<seal>seal|stamp)>[^<>\n]{0,80}</(?P=seal)>\s*$",
    re.IGNORECASE,
)
# the caption of a figure that stands in its mark, or in a command
_ALT = re.compile(r"\s*!\[\s*(?P<said>[^\[\]\n]{2,120}?)\s*(?P<rest>\]\([^()\n]*\)(?:\{[^{}\n]{0,120}\})?)\s*$")
_CAPTION = re.compile(r"\s*\\caption\*?\s*(?:\[[^\]\n]*\]\s*)?\{\s*(?P<said>[^{}\n]{2,120}?)\s*(?P<rest>\})\s*$")
_BESIDE = 2  # lines, in which the same caption is printed
_FILE = re.compile(
    r"^(?:\./)?(?:images?|imgs?|figures?|assets)/|\.(?:jpe?g|png|gif|bmp|webp|svg|tiff?)$", re.IGNORECASE
)
_OPENS = re.compile(r"[\[<【（(=]|\\(?:inc|begin|end)")
_FIRST = frozenset("[【〔［（(<>*_")  # of a line that is nothing but what a tool says of a picture
_DATA = re.compile(r"\s*\[[^\]\n]{1,80}\]:\s*<?data:image/\S+")  # a picture itself, written below the text


def drop_image_marks(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without pictures' marks, but for those that a caption names."""
    if any("![" in line.text or "\\c" in line.text for line in lines):
        lines = [part for i in range(len(lines)) for part in _with_caption(lines, i, ledger)]
    spans: Spans = defaultdict(list)
    ends: dict[tuple[int, int], int] = {}
    for i, line in enumerate(lines):
        text = line.text
        if line.pictured and not _captioned(lines, i, ends):
            spans[i].append((0, len(text)))
        if line.block is not None:
            if "![" in text and line.block.kind != "figure":  # a tool's text, in which a picture's file is named
                spans[i] += [m.span() for m in IMAGE.finditer(text) if _FILE.search(m["path"] or "")]
            continue
        if text.lstrip()[:1] in _FIRST and (_ALONE.match(text) or _DATA.match(text)):
            spans[i].append((0, len(text)))
            continue
        marked = "[" in text or "<" in text or "\\" in text or "---" in text
        if not marked or not _OPENS.search(text):
            continue
        found = [m.span() for m in IMAGE.finditer(text)]
        if found and not (IMAGE.fullmatch(text.strip()) and _captioned(lines, i, ends)):
            spans[i] += found
    return without_spans(lines, spans, "image-link", ledger)


def _with_caption(lines: Sequence[Line], i: int, ledger: Ledger) -> list[Line]:
    """Line i; where a figure's caption stands in its mark, and nowhere else near, the mark and the caption by themselves."""
    line = lines[i]
    m = _ALT.match(line.text) if "![" in line.text else _CAPTION.match(line.text) if "\\c" in line.text else None
    if m is None or line.block is not None or not FIGURE_CAPTION.match(m["said"]):
        return [line]
    near = {fold(x.text).strip("*") for x in lines[max(0, i - _BESIDE) : i + _BESIDE + 1]}
    if fold(m["said"]) in near:
        return [line]
    caption = line.holding(line.traced[m.start("said") : m.end("said")])
    mark = concat([line.traced[: m.start("said")], line.traced[m.start("rest") :]])
    if m.re is _ALT:
        return [line.holding(mark), caption.holding(caption.traced, blanks=0)]
    ledger.drop_ranges(mark, "image-link", category="format")
    return [caption]


def is_image_line(line: Line) -> bool:
    """Whether a line is a picture's mark, or its name, and nothing else."""
    return line.pictured or (line.block is None and bool(IMAGE.fullmatch(line.text.strip())))


def _captioned(lines: Sequence[Line], i: int, ends: dict[tuple[int, int], int]) -> bool:
    """Whether a figure's caption stands right above or below line i, other pictures of that figure between. `ends`: where
    runs of pictures end from their lines on, downwards and upwards (1, -1), as far as that is known."""
    for step in (1, -1):
        k, run = i + step, []
        while 0 <= k < len(lines) and (k, step) not in ends and is_image_line(lines[k]):
            run.append(k)
            k += step
        k = ends.get((k, step), k)
        ends.update(((j, step), k) for j in run)
        if 0 <= k < len(lines) and (lines[k].names_picture or FIGURE_CAPTION.match(lines[k].text.strip().strip("*"))):
            return True
    return False
