"""What of a tool's item a reader did not read: items come in more shapes than are known, and no text is to be lost."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import regex as re

from juanzong.read.html_table import write_html
from juanzong.read.tool_text import ToolText

# Keys whose strings are no text of the page (a grid is no id).
NO_TEXT = re.compile(
    r"(?:sub_?|guess_|code_)?(?:type|label|lang|language|category|format|schema_name|version|name|kind|role)|(?!grid$).*_?(?:path|id|url|uri|ref|"
    r"hash|model|backend|engine)|mimetype|source_?file|file[_ ]?name|origin|latex_style|orig|text_display|marker|layer|content_layer|"
    r"coord_origin|\$ref|bbox|poly|.*score.*|prov|footnote_type|image|img|input_img|base64",
    re.IGNORECASE,
)
# What stands for all that is beside it: a tool keeps what it was made of.
_INSTEAD = (("parsing_res_list",), ("prunedResult",), ("para_blocks", "discarded_blocks"))
_ROW = re.compile(r"<t[dhr]\b", re.IGNORECASE)
UNKNOWN = "识别工具的条目形式未知，其文字照录"
_HAN = re.compile(r"\p{Han}")
_TAG = re.compile(
    r"</?(?:html|body|table|tbody|thead|tfoot|tr|t[dh]|caption|center|div|p|span|br|b|i|u|em|strong|font|sup|sub|eq|img|[uo]l|li|h[1-6])"
    r"\b[^<>\n]*>",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?<=\])\([^()\s]*\)")  # of Markdown: the address
_NO_BONE = re.compile(r"[^\p{L}\p{N}]+")


def texts_in(value: Any) -> Iterator[str]:
    """The texts of an item: its strings, but for names, kinds, paths; what holds no Chinese is one only beside Chinese."""
    stack: list[tuple[Any, str]] = [(value, "")]
    while stack:
        part, name = stack.pop()
        if isinstance(part, dict):
            instead = next((keys for keys in _INSTEAD if part.get(keys[0])), part)
            part = {k: part[k] for k in instead if k in part}
            stack += [(v, str(k)) for k, v in reversed(list(part.items())) if not NO_TEXT.fullmatch(str(k))]
        elif isinstance(part, list):
            if any(isinstance(v, str) and _HAN.search(v) for v in part):
                yield from (v for v in part if isinstance(v, str))
                stack += [(v, name) for v in reversed(part) if not isinstance(v, str)]
            else:
                stack += [(v, name) for v in reversed(part)]
        elif isinstance(part, str) and _HAN.search(part):
            yield part


def bones(text: str) -> str:
    """Letters and figures alone, as one reads them: what two writings of one text have in common.

    >>> bones("<td>５%</td> $10^{4}$ 、甲")
    '5104甲'
    >>> bones("标签&lt;td&gt;") == bones("标签<td>")  # a reader has read the sign
    True
    """
    return _NO_BONE.sub("", unicodedata.normalize("NFKC", _TAG.sub("", html.unescape(_LINK.sub("", text)))))


def is_coded_table(text: str) -> bool:
    """Whether a text is a table in Markdown, LaTeX or OTSL, which is read as such in lines of text."""
    return text.lstrip().startswith(("|", "\\begin", "<otsl>"))


def kept_fields(texts: Sequence[str]) -> dict[str, Any]:
    """Texts of unknown shape as a source's fields: each a paragraph, or a table where it is one in HTML, and told."""
    out = ToolText()
    for text in texts:
        if _ROW.search(text):
            write_html(out, text, None)
        else:
            out.paragraph(text, kind=None if is_coded_table(text) else "paragraph")
        out.tell(0, "unknown-item", UNKNOWN, text)
    return out.writing.fields()


def unread(item: Any, said: Sequence[str]) -> list[str]:
    """The item's texts that are in none of those `said`, neither as a whole nor line by line (chunks leave tables out): its
    shape is not known, and they are kept all the same.

    >>> unread({"chunks": ["一、任务\\n二、要求", "一、任务\\n三、保障"]}, ["一、任务", "表1", "二、要求"])
    ['一、任务\\n三、保障']
    """
    known = bones("".join(said))
    return [
        text
        for text in texts_in(item)
        if bones(text) not in known and not all(bones(line) in known for line in text.split("\n"))
    ]
