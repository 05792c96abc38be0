"""What a model says to its user of a transcription: 好的，以下是…, Sure, here is …, 抱歉，我无法识别…, 希望对您有帮助."""

from __future__ import annotations

import regex as re

LONGEST_SAYING = 160  # characters
_OPENS = re.compile(
    r"(?:好的|好[，,]|当然|没问题|明白了|收到|(?:以下|以上|下面)(?:是|为|即|就是|内容)|这是|我已|我将|抱歉|对不起|"
    r"sure\b|certainly|below you (?:will|can) find|of course|okay|ok,|here(?:'s| is| are)|"
    r"(?:above|below) is|the (?:following|above)|i've|i have|sorry)",
    re.IGNORECASE,
)
_TASK = re.compile(
    r"转写|转录|誊录|抄录|识别|OCR|提取|图片|图像|截图|扫描件|Markdown|(?:全部|完整|所有)(?:的)?(?:文字|文本)|"
    r"(?:文[件档]|页)\S{0,3}(?:全部|完整|所有)(?:的)?内容|整理[后好]的(?:文字|文本)|"
    r"transcri|extract|recogni|\bimage|\bscan|\btext (?:from|of|content)|formatted",
    re.IGNORECASE,
)
_TAKES_LEAVE = re.compile(
    r"希望.{0,12}(?:对您|帮助)|如果?您?(?:还|仍)?有.{0,20}(?:图片|页|文件|内容).{0,20}(?:请|欢迎)(?:继续|随时|再)?(?:上传|发送|提供)|(?:如果?|若)[您你需还].{0,50}(?:我可以|我(?:将|会)|为[您你]|帮[您你])|(?:是否)?需要我.{1,40}[吗？?]|如(?:果您|您|需|有).{0,30}(?:告诉我|随时|联系我|提出)|请(?:随时)?告诉我|"
    r"(?:please |if (?:you|there).{0,60}(?:, |please ))?(?:let me know|feel free)|(?:i )?hope th(?:is|at)",
    re.IGNORECASE,
)
_MADE = r"识别|转写|转录|誊录|抄录|提取|转换|整理"
_RESULT = re.compile(  # a heading of the tool's own, or what it says of its work at the end
    rf"(?:OCR|AI|图片|图像|文字|文档|文本|扫描件)?(?:{_MADE})(?:出)?的?(?:结果|内容|文本|文字|全文)(?:如下)?(?:\s?[（(](?:仅供参考|请核对|未校对|初稿|第?\s?\d+\s?页)[）)])?[:：]?"
    rf"|(?:以下)?(?:OCR|{_MADE})(?:文字|内容)?如下[:：]"
    r"|(?:图片|图像|截图|扫描件?|Markdown)\s?[中里上]?的?(?:全部|完整|所有)?的?(?:文字|文本|内容|格式){1,2}(?:如下|为)[:：]"
    r"|以上(?:为|是|即|就是)?(?:第\s?[\d一二三四五六七八九十百]+|[该本此])\s?页的?(?:全部|完整)?的?(?:文字|文本|内容)"
    r"|(?:the )?(?:transcription|transcript|extracted text|ocr (?:result|text|output))[:：]?"
    r"|(?:the )?end of (?:the )?(?:document|transcription|text)\.?"
    r"|(?:(?:the|this) (?:document|image|page|text|scan) (?:reads|says|contains the following text)(?: as follows)?[:：.]?)"
    r"|(?:text|content)s? (?:extracted|transcribed) from (?:the|this) .{1,30}|based on the (?:image|scan|picture).{0,60}"
    r"|(?:以上|本)(?:内容|文字|文本|文[档件])?(?:由|为|系|均由|是|根据|依据|基于|来自).{0,8}(?:人工智能|AI|模型|OCR|机器|自动|程序|图片|图像|扫描件?|截图).{0,6}(?:识别|生成|转写|提取).{0,80}"
    r"|(?:以上(?:内容|文字|文本|文[档件])?)?已?(?:尽可能|尽量|完整|严格|完全)?(?:还原|保留|遵循|按照?|依照)了?原(?:文|件|图|稿|始).{0,12}(?:排版|版式|格式|结构|布局|Markdown).{0,20}",
    re.IGNORECASE,
)
_BESIDE = re.compile(  # what it says of the print before it, to nobody: 此页表格已转换为Markdown格式
    rf"(?:[本此该]页|第\s?[\d一二三四五六七八九十百]+\s?页|以上|以下|原[图文件]|图[片像]|扫描件|表格|印章|签名|手写|水印|文字|内容).{{0,20}}?"
    rf"(?:已经?\p{{Han}}{{0,4}}?|(?:未能?|无法|不能|难以)(?:完全|准确|清晰)?)(?:{_MADE}|辨认)",
    re.IGNORECASE,
)
_NOTE = re.compile(  # what a model remarks on its reading
    r"(?:note|disclaimer|请?注意?|备注|说明)\s*[:：].{0,90}?"
    r"(?:illegible|unclear|transcri|\bscan|\bimage|(?:图片|图像|扫描件?|原图|截图)\S{0,4}(?:模糊|不清|质量|分辨率|可(?:识别|辨认))|识别(?:有误|错误|不准|可能|存在|整理|生成)|(?:无法|未能)(?:完全|准确|清晰)?(?:识别|辨认)|未(?:作|予)?(?:转录|转写|誊录)|(?:按|依|根据)\S{0,4}原[文图件稿]\S{0,4}(?:转录|转写|誊录|抄录|录入))"
    r"|(?:由于|因).{0,6}(?:图片|图像|扫描件?|原图|截图)\S{0,6}(?:模糊|不清|质量|分辨率).{0,40}(?:识别|辨认|转写|误差|准确)",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"[您你](?:提供|上传|发(?:来|送)|给出|要求)的?|我(?:将|已|会|来|可以|无法|把)|为[您你]|帮[您你]")
_STOPS = ("。", "：", "！", ".", ":", "!")
_SPEAKER = re.compile(r"[|<\s]*(?:assistant|助手)[|>\s]*[:：]?\s*", re.IGNORECASE)
ANSWER_TAG = (  # what models, and who asks them, put round a text
    r"<(?P<close>/?)(?P<name>(?:[a-z]{2,12}_)?"
    r"(?:answer|output|response|result|transcription|transcript|ocr|content|text|markdown|documents?|files?))(?:\s[^<>]*)?>"
)
_ROUND = re.compile(ANSWER_TAG, re.IGNORECASE)
_ASKS = re.compile(r"(?:user|human|用户|提问)\s*[:：]", re.IGNORECASE)  # and what follows is what it was told to do
_LEAVES_OUT = re.compile(  # of its own accord: in a bracket
    r"(?:由于|因|受|限于)?.{0,4}(?:篇幅|字数|长度|内容|输出)(?:所限|限制|过长|较长|有限|原因).{0,10}(?:省略|截断|略去|未(?:能)?(?:输出|显示|列出))",
)
_REGRETS = re.compile(
    r"(?:很|非常)?(?:抱歉|遗憾|对不起)[，,！!].{0,12}(?:无法|不能|未能|看不清)|"
    r"(?:(?:i'm |i am |we're )?sorry|unfortunately|i (?:can(?:no|['’])t|am unable|was unable))\b.{0,30}",
    re.IGNORECASE,
)
_UNREAD = re.compile(
    r"(?:图|页|扫描件|文字|内容).{0,20}(?:识别|辨认|读取|转写|提取|处理|看清)|(?:识别|辨认|读取|转写|提取|处理|看清).{0,20}(?:图|页|扫描件|文字|内容)|"
    r"(?:read|transcri|process|recogni|extract|blurry|illegible)",
    re.IGNORECASE,
)
_MAY_OWN_UP = re.compile(r"抱歉|遗憾|对不起|省略|截断|略去|未|orry|nfortunately|\bI (?:can|am|was) ?")
_GIVES_PAGE = re.compile(  # what it gives there is the text of a page, and nothing else
    r"(?:第\s?(?:\d+|[一二三四五六七八九十百]+)|[该本此]|这一?)\s?页(?:图片|图像|扫描件)?[的上中]?(?:全部|完整|所有)?的?(?:文字|文本|正文|内容|原文){1,2}(?:如下)?[:：]$"
    r"|\b(?:text|content|transcription|transcript)s? (?:from|of|on) (?:the |this )?page(?: \d+)?[:：.]?$",
    re.IGNORECASE,
)


def is_model_speech(text: str) -> bool:
    """Whether a line speaks of the transcription to who asked for it.

    >>> is_model_speech("好的，以下是图片中的文字："), is_model_speech("以下是2021年的重点工作：")
    (True, False)
    >>> is_model_speech("希望以上内容对您有帮助！"), is_model_speech("【OCR识别结果】"), is_model_speech("（此页无正文）")
    (True, True, False)
    """
    if len(text) > LONGEST_SAYING:
        return False
    text = _bare(text)
    if any(p.match(text) for p in (_NOTE, _TAKES_LEAVE)) or any(p.fullmatch(text) for p in (_SPEAKER, _RESULT, _ROUND)):
        return True
    opens = _OPENS.match(text) is not None or _ASKS.match(text) is not None
    return (opens and gives_page(text)) or (bool(opens or _SPEAKS.search(text)) and _TASK.search(text) is not None)


def gives_page(text: str) -> bool:
    """Whether a line says that the text of a page follows.

    >>> gives_page("好的，以下是第一页的文字内容："), gives_page("以下是第2页图片说明的更正：")
    (True, False)
    """
    return (
        len(text) <= LONGEST_SAYING and ("页" in text or "age" in text) and _GIVES_PAGE.search(_bare(text)) is not None
    )


def is_beside_answer(text: str) -> bool:
    """Whether a line next to the fences round a model's answers is the model's: it says in a sentence, to nobody even, what
    became of the print before it.

    >>> is_beside_answer("第二页的内容如下："), is_beside_answer("此页表格已转换为Markdown格式。"), is_beside_answer("图片1")
    (True, True, False)
    >>> is_beside_answer("全市巡查记录由专人整理。"), is_beside_answer("本市推进风险识别和隐患整治。")
    (False, False)
    """
    if is_model_speech(text) or gives_page(text):
        return True
    bare = _bare(text)
    return len(text) <= LONGEST_SAYING and bare.endswith(_STOPS) and _BESIDE.search(bare) is not None


def owns_up(text: str) -> bool:
    """Whether a model says in a line of its own, wherever it stands, that it gives something not: what it could not read,
    or left out.

    >>> owns_up("抱歉，我无法识别这张图片中的文字。"), owns_up("（由于篇幅限制，后续内容已省略）"), owns_up("抱歉信")
    (True, True, False)
    """
    if len(text) > LONGEST_SAYING or _MAY_OWN_UP.search(text) is None:
        return False
    bare = _bare(text)
    regrets = _REGRETS.match(bare) is not None and _UNREAD.search(bare) is not None
    return regrets or (text.strip()[0] in "（(【[*_" and _LEAVES_OUT.match(bare) is not None)


def _bare(text: str) -> str:
    """Without the marks of print and the brackets round the whole, and without a word like 注： before 以上."""
    bare = text.replace("*", "").strip("#_ \u3000\t").lstrip("> ")
    if bare[:1] in "（(【[" and bare[-1:] in "）)】]":
        bare = bare[1:-1].strip()
    for word in ("注：", "说明：", "备注：", "注:", "说明:"):
        if bare.startswith(word) and bare[len(word) :].lstrip().startswith(("以上", "本文")):
            return bare[len(word) :].lstrip()
    return bare
