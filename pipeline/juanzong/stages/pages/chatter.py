"""What a model says to its user before and after a transcription: 好的，以下是…, Sure, here is …, 希望对您有帮助."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.labels import is_label
from juanzong.stages.pages.cleaning import Spans, without_spans

_OPENS = re.compile(
    r"(?:好的|好[，,]|当然|没问题|明白了|收到|(?:以下|以上|下面)(?:是|为|即|就是|内容)|这是|我已|我将|抱歉|对不起|"
    r"sure\b|certainly|below you (?:will|can) find|of course|okay|ok,|here(?:'s| is| are)|"
    r"(?:above|below) is|the (?:following|above)|i've|i have|sorry)",
    re.IGNORECASE,
)
_TASK = re.compile(
    r"转写|转录|誊录|抄录|识别|OCR|提取|图片|图像|截图|扫描件|Markdown|(?:全部|完整|所有)(?:的)?(?:文字|文本|内容)|"
    r"transcri|extract|recogni|\bimage|\bscan|\btext (?:from|of|content)|formatted",
    re.IGNORECASE,
)
_TAKES_LEAVE = re.compile(
    r"希望.{0,12}(?:对您|帮助)|如果?您?(?:还|仍)?有.{0,20}(?:图片|页|文件|内容).{0,20}请(?:继续|再)?(?:上传|发送|提供)|(?:如果?|若)[您你需还].{0,50}(?:我可以|我(?:将|会)|为[您你]|帮[您你])|(?:是否)?需要我.{1,40}[吗？?]|如(?:果您|您|需|有).{0,30}(?:告诉我|随时|联系我|提出)|请(?:随时)?告诉我|"
    r"(?:please |if (?:you|there).{0,60}(?:, |please ))?(?:let me know|feel free)|(?:i )?hope th(?:is|at)",
    re.IGNORECASE,
)
_READS = re.compile(
    r"(?:the|this) (?:document|image|page|text|scan) (?:reads|says)(?: as follows)?[:：.]?", re.IGNORECASE
)
_RESULT = re.compile(  # a heading of the tool's own, or what it says of its work in a bracket at the end
    r"(?:OCR|AI|图片|图像|文字|文档|文本|扫描件)?(?:识别|转写|转录|提取|抄录)(?:出)?的?(?:结果|内容|文本|文字|全文)(?:如下)?[:：]?"
    r"|(?:以下)?(?:OCR|识别|转写|转录|誊录|抄录)(?:文字|内容)?如下[:：]"
    r"|(?:the )?(?:transcription|transcript|extracted text|ocr (?:result|text|output))[:：]?"
    r"|(?:the )?end of (?:the )?(?:document|transcription|text)\.?"
    r"|[（(【\[]?(?:注[:：])?以上(?:内容|文字|文本|文档)?(?:由|为|系|均由|是|根据|依据|基于|来自).{0,8}(?:人工智能|AI|模型|OCR|机器|自动|程序|图片|图像|扫描件?|截图).{0,6}(?:识别|生成|转写|提取).{0,60}",
    re.IGNORECASE,
)
_NOTE = re.compile(  # what a model remarks on its reading
    r"[*_（(【\[\s]*(?:note|disclaimer|注意?|备注|说明)\**\s*[:：]\**.{0,90}?"
    r"(?:illegible|unclear|transcri|\bscan|\bimage|(?:图片|图像|扫描件?|原图|截图)\S{0,4}(?:模糊|不清|质量|分辨率)|识别(?:有误|错误|不准|可能|存在)|无法(?:识别|辨认)|(?:按|依|根据)\S{0,4}原[文图件稿]\S{0,4}(?:转录|转写|誊录|抄录|录入))",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"[您你](?:提供|上传|发(?:来|送)|给出|要求)的?|我(?:将|已|会|来|可以|无法|把)|为[您你]|帮[您你]")
_SPEAKER = re.compile(r"[#*<|\s]*(?:assistant|助手)[*|>\s]*[:：]?\s*", re.IGNORECASE)
_THINKS = re.compile(r"\s*<(?P<tag>think(?:ing)?|reasoning)>", re.IGNORECASE)
_MOST_THOUGHT = 200  # lines
_EVERY_PAGE = 3  # times that one line of a model's words comes back
_GOES_ON = re.compile(  # between two pages
    r"\s*(?:好的|好|当然可以|当然|没问题|sure|certainly|okay)\s*[，,！!。]\s*(?:我来|我将|我会|下面|以下|现在|这就|继续|请看|接着|here|continu)"
    r".{0,30}(?:转写|转录|誊录|抄录|识别|下一页|transcri).{0,20}[:：。.]\s*$",
    re.IGNORECASE,
)
_GIVES_PAGE = re.compile(  # what it gives there is the text of a page, and nothing else
    r"第\s?(?:\d+|[一二三四五六七八九十百]+)\s?页(?:图片|图像|扫描件)?[的上中]?(?:全部|完整|所有)?的?(?:文字|文本|正文|内容|原文){1,2}(?:如下)?[:：]$"
    r"|\b(?:text|content|transcription|transcript)s? (?:from|of|on) (?:the )?page \d+[:：.]?$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(第\s?)(?:\d+|[一二三四五六七八九十百]+)(\s?页)|([Pp]age\s)\d+")
_EDGE = 2  # lines at either end of the text, or of a page that a tool parted, in which a model speaks
_LONGEST = 160


def drop_chatter(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without a model's own words, which stand at the edges of the text or of a page."""
    thought = _thought(lines, 0)
    spans: Spans = defaultdict(list, {i: [(0, len(lines[i].text))] for i in range(thought)})
    for i, line in enumerate(lines):  # and what it thought before each page
        if i not in spans and "<" in line.text:
            spans.update((k, [(0, len(lines[k].text))]) for k in range(i, _thought(lines, i)))
    head = next(
        (i for i, line in enumerate(lines) if not is_label(line.text)), 0
    )  # what a YAML head tells stands first
    edges = [0, head, thought, *(i for i, line in enumerate(lines) if line.blanks >= 2), len(lines)]
    for edge in edges:
        for way in (range(edge, min(edge + _EDGE, len(lines))), range(edge - 1, max(edge - 1 - _EDGE, -1), -1)):
            for i in way:
                at_end = min(i, len(lines) - 1 - i) < _EDGE  # of the bundle: there also in a file of Word
                if i in spans or (_may_be_said(lines[i], at_end) and _is_chatter(lines[i].text)):
                    spans[i] = [(0, len(lines[i].text))]
                else:
                    break
    spans.update((i, [(0, len(lines[i].text))]) for i in _of_every_page(lines, {lines[i].text.strip() for i in spans}))
    spans.update(
        (i, [(0, len(line.text))]) for i, line in enumerate(lines) if line.block is None and _GOES_ON.match(line.text)
    )
    return without_spans(lines, spans, "model-chatter", ledger)


def _of_every_page(lines: Sequence[Line], said: Collection[str]) -> list[int]:
    """The lines in which a model speaks of every page in the words in which it has `said` what stands at the edges: in the
    same ones, or in those and the page's number."""
    may = [(i, line.text.strip()) for i, line in enumerate(lines) if line.block is None]
    often = Counter(text for _, text in may if text in said)
    paged = {key for text in said if (key := _of_page(text))}
    given = Counter(_of_page(text) for _, text in may if _gives_page(text))
    paged |= {key for key, times in given.items() if times > 1}
    return [
        i
        for i, text in may
        if (often[text] >= _EVERY_PAGE or (paged and _of_page(text) in paged)) and _is_chatter(text)
    ]


def _gives_page(text: str) -> bool:
    """Whether a line says that the text of a page follows.

    >>> _gives_page("好的，以下是第一页的文字内容："), _gives_page("以下是第2页图片说明的更正：")
    (True, False)
    """
    return len(text) <= _LONGEST and ("页" in text or "age" in text) and _GIVES_PAGE.search(text.strip()) is not None


def _of_page(text: str) -> str:
    """A line in which a model says of which page it speaks, without the page's number; '' of any other line.

    >>> _of_page("以下是第2页图片中的文字："), _of_page("Here is the text of page 3:"), _of_page("以下是第2章的文字：")
    ('以下是第#页图片中的文字：', 'Here is the text of page #:', '')
    """
    may = len(text) <= _LONGEST and ("页" in text or "age" in text)
    return _PAGE.sub(lambda m: f"{m[1] or m[3]}#{m[2] or ''}", text) if may and _PAGE.search(text) else ""


def _may_be_said(line: Line, at_end: bool) -> bool:
    return line.block is None or (at_end and line.block.kind == "paragraph")


def _thought(lines: Sequence[Line], i: int) -> int:
    """The index behind what a model thought (<think> … </think>), which begins in line i; i where nothing does."""
    m = _THINKS.match(lines[i].text) if lines and lines[i].block is None else None
    if m is None:
        return i
    closing = f"</{m['tag']}>".casefold()
    ends = (
        k + 1
        for k in range(i, min(i + _MOST_THOUGHT, len(lines)))
        if lines[k].text.rstrip().casefold().endswith(closing)
    )
    return next(ends, i)


def _is_chatter(text: str) -> bool:
    """Whether a line speaks of the transcription to who asked for it.

    >>> _is_chatter("好的，以下是图片中的文字："), _is_chatter("以下是2021年的重点工作："), _is_chatter("希望以上内容对您有帮助！")
    (True, False, True)
    """
    text = text.strip().strip("*#> ")
    if len(text) > _LONGEST:
        return False
    if _NOTE.match(text) or _SPEAKER.fullmatch(text):
        return True
    reads = _READS.fullmatch(text) is not None or _RESULT.fullmatch(text) is not None
    reads = reads or (_OPENS.match(text) is not None and _gives_page(text))
    return reads or bool(
        ((_OPENS.match(text) or _SPEAKS.search(text)) and _TASK.search(text)) or (_TAKES_LEAVE.match(text))
    )
