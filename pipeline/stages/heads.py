"""A segment -> the elements at its head and tail (标题, 发文字号, 主送机关, 署名, 成文日期, 版记 ...), and its body items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import regex as re

from pipeline import tree
from pipeline.ledger import Ledger
from pipeline.stages import elements as el
from pipeline.stages.items import Item
from pipeline.stages.segments import Segment
from pipeline.text import fold, iso_date
from pipeline.traced import EMPTY, Traced

STAGE = "metadata"
_COVER_LINES = 8  # how many short lines a cover has at most before its contents list


@dataclass
class Body:
    """What is left for the body, and what belongs to another document."""

    items: list[Item] = field(default_factory=list)
    imprint: list[tuple[str, Traced]] = field(default_factory=list)


def title_of(segment: Segment, ledger: Ledger) -> Traced:
    """The title's lines as one text."""
    text = segment.title[0].text if segment.title else EMPTY
    for item in segment.title[1:]:
        text = ledger.join(text, item.text, "wrapped-title", stage=STAGE)
    return text


def read_head_and_tail(segment: Segment, document: tree.Document, ledger: Ledger) -> Body:
    """Fill document.metadata from the segment; the items that remain are the body."""
    meta = document.metadata
    title = fold(segment.title_text)
    for item in segment.head:
        _head_line(item, meta, title, ledger)
    web: dict[str, tree.Value] = {
        key: meta.pop(key) for key in ("doc_number", "issued_on") if key in meta and _labelled(segment, key)
    }
    rest = [x for x in segment.rest if not _is_gone(x, ledger)]
    body = Body()
    first_list = min((gap for gap, _ in segment.contents), default=-1)
    covered = {x.n for x in segment.rest[:first_list]} if 0 <= first_list <= _COVER_LINES else set()
    k = 0
    while k < len(rest):
        step = _read_front(rest, k, document, title, covered, ledger)
        if not step:
            break
        k += step
    tail = _read_tail(rest[k:], document, ledger)
    _settle_web_values(web, meta, ledger)
    for at, item in enumerate(tail):
        found = _imprint(item, tail[at + 1] if at + 1 < len(tail) else None, ledger)
        if found:
            body.imprint += found
        else:
            body.items.append(item)
    return body


def _labelled(segment: Segment, key: str) -> bool:
    """Whether an element came from a label of a web page's head, and may be printed in the document itself."""
    label = el.LABELS["web_number" if key == "doc_number" else "web_issued_on"]
    return any(
        label.match(x.s) or re.search(r"(?<=\s)" + label.pattern.removeprefix(r"\s*"), x.s)
        for x in segment.head
        if x.kind == "text"
    )


def _settle_web_values(web: dict[str, tree.Value], meta: dict[str, tree.Value], ledger: Ledger) -> None:
    """A web page's 文号 and 成文日期 are second prints, and stand in where the document prints none."""
    for key, value in web.items():
        if key not in meta:
            meta[key] = value
        else:
            text = value.text if isinstance(value, tree.Date) else value
            assert isinstance(text, Traced)
            ledger.drop_ranges(text, "second-print", stage=STAGE, kind="merge")


def _is_gone(item: Item, ledger: Ledger) -> bool:
    if item.rule:
        ledger.drop_ranges(item.text, item.rule, stage="furniture")
    return bool(item.rule)


def add(meta: dict[str, tree.Value], key: str, text: Traced, ledger: Ledger) -> None:
    """Put a value in an element; a second print of the same value goes by a merge edit, another joins the list."""
    old = meta.get(key)
    if old is None:
        meta[key] = text
    elif isinstance(old, Traced) and fold(old.text) == fold(text.text):
        ledger.drop_ranges(text, "second-print", stage=STAGE, kind="merge")
    else:
        listed(meta, "cover").append(text)


def listed(meta: dict[str, tree.Value], key: str) -> list[Traced | tree.Attachment]:
    """The list in an element, made where there is none."""
    value = meta.setdefault(key, [])
    assert isinstance(value, list)
    return value


def _add_date(meta: dict[str, tree.Value], key: str, text: Traced, ledger: Ledger) -> None:
    iso = iso_date(text.text)
    old = meta.get(key)
    if isinstance(old, tree.Date) and old.iso == iso:
        ledger.drop_ranges(text, "second-print", stage=STAGE, kind="merge")
    elif iso is None or old is not None:
        listed(meta, "cover").append(text)
    else:
        meta[key] = tree.Date(text, iso)


def _head_line(item: Item, meta: dict[str, tree.Value], title: str, ledger: Ledger) -> None:
    """A line before the title, or before the body."""
    s, text = item.s, item.text
    if item.rule:
        ledger.drop_ranges(text, item.rule, stage="furniture")
    elif m := el.DOC_NUMBER_SIGNER.match(s):
        add(meta, "doc_number", text[m.start("value") : m.end("value")].strip(), ledger)
        _label(text[m.end("value") : m.start("signer")], ledger)
        add(meta, "signer", text[m.start("signer") : m.end("signer")], ledger)
    elif el.DOC_NUMBER.match(s):
        add(meta, "doc_number", text, ledger)
    elif el.ANNEX_MARK.match(s):
        add(meta, "annex_number", _without_colon(text, ledger), ledger)
    elif el.LETTERHEAD.match(s):
        add(meta, "letterhead", text, ledger)
    elif el.SECURITY.match(s):
        add(meta, "security", text, ledger)
    elif el.URGENCY.match(s):
        add(meta, "urgency", text, ledger)
    elif not _web_line(item, meta, title, ledger):
        ledger.drop_ranges(text, "web-masthead", stage="furniture")


def _label(text: Traced, ledger: Ledger) -> None:
    if text.strip():
        ledger.drop_ranges(text.strip(), "label", stage=STAGE, category="format")


def _without_colon(text: Traced, ledger: Ledger) -> Traced:
    bare = text.text.rstrip("：: ")
    _label(text[len(bare) :], ledger)
    return text[: len(bare)]


def _web_line(item: Item, meta: dict[str, tree.Value], title: str, ledger: Ledger) -> bool:
    """A line of a web page's head: 索引号, 分类, 发布机构 ...; several may stand in one line."""
    s, text = item.s, item.text
    found = sorted(
        (m.start(), m.end(), key)
        for key, p in el.LABELS.items()
        for m in re.finditer(r"(?:^|(?<=\s))" + p.pattern.removeprefix(r"\s*"), s)
    )
    found = [f for k, f in enumerate(found) if k == 0 or f[0] >= found[k - 1][1]]
    if not found or s[: found[0][0]].strip():
        return False
    for k, (start, end, key) in enumerate(found):
        stop = found[k + 1][0] if k + 1 < len(found) else len(s)
        value = text[end:stop].strip()
        if not value:
            _label(text[start:stop], ledger)
            continue
        _label(text[start:end], ledger)
        if key == "published_on":
            m = re.match(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?", value.text)
            rest = value[m.end() :].strip() if m else EMPTY
            _add_date(meta, key, value[: m.end()] if m else value, ledger)
            if rest:
                ledger.drop_ranges(rest, "time-of-day", stage=STAGE)
        elif key == "web_issued_on":
            _add_date(meta, "issued_on", value, ledger)
        elif key == "web_number":
            add(meta, "doc_number", value, ledger)
        elif key == "web_title":
            ledger.drop_ranges(value, "second-print", stage=STAGE, kind="merge")
        elif key == "validity":
            listed(meta, "cover").append(value)
        else:
            add(meta, key, value, ledger)
    return True


def _read_front(
    rest: Sequence[Item], k: int, document: tree.Document, title: str, covered: set[int], ledger: Ledger
) -> int:
    """How many items from k on are elements before the body; they go to metadata."""
    item = rest[k]
    meta = document.metadata
    if item.kind != "text":
        return 0
    run = ""
    for j in range(k, min(k + 4, len(rest))):  # the title printed again
        run += rest[j].key
        if run == title:
            for x in rest[k : j + 1]:
                ledger.drop_ranges(x.text, "title-repeat", stage=STAGE, kind="merge")
            return j + 1 - k
        if not title.startswith(run):
            break
    s = item.s
    if el.APPROVAL.match(s) and "approval" not in meta:
        meta["approval"] = item.text
    elif (
        el.DOC_NUMBER.match(s)
        or el.SECURITY.match(s)
        or el.URGENCY.match(s)
        or el.LETTERHEAD.match(s)
        or any(p.match(s) for p in el.LABELS.values())
    ):
        _head_line(item, meta, title, ledger)
    elif el.is_addressee(s) and document.type == "notice" and "addressees" not in meta:
        meta["addressees"] = _without_colon(item.text, ledger)
    elif el.DATE.match(s) and document.type != "notice":
        _add_date(meta, "issued_on", item.text, ledger)
    elif document.type != "notice" and el.is_organ(s) and len(s) < 40 and (item.n in covered or _date_follows(rest, k)):
        _organs(meta, "issuers", item.text)
    elif item.n in covered and len(s) < 60:
        listed(meta, "cover").append(item.text)
    elif _wrapped_addressee(rest, k, document):
        meta["addressees"] = _without_colon(
            ledger.join(item.text, rest[k + 1].text, "wrapped-addressee", stage=STAGE), ledger
        )
        return 2
    else:
        return 0
    return 1


def _date_follows(rest: Sequence[Item], k: int) -> bool:
    return k + 1 < len(rest) and bool(el.DATE.match(rest[k + 1].s))


def _wrapped_addressee(rest: Sequence[Item], k: int, document: tree.Document) -> bool:
    if (
        document.type != "notice"
        or "addressees" in document.metadata
        or k + 1 >= len(rest)
        or rest[k + 1].kind != "text"
    ):
        return False
    return (
        bool(el.ADDRESSEE_HEAD.match(rest[k].s))
        and "。" not in rest[k].s
        and rest[k + 1].s.rstrip().endswith(("：", ":"))
        and el.is_addressee(rest[k].s + rest[k + 1].s)
    )


def _organs(meta: dict[str, tree.Value], key: str, text: Traced) -> None:
    """One line may hold several organs, parted by blanks."""
    found: list[Traced] = []
    start = 0
    for m in re.finditer(r"\s+", text.text):
        left, right = text.text[start : m.start()], text.text[m.end() :]
        if el.is_organ(left) and len(left) >= 4 and len(right) >= 4:
            found.append(text[start : m.start()])
            start = m.end()
    found.append(text[start:])
    listed(meta, key).extend(found)


def _read_tail(rest: list[Item], document: tree.Document, ledger: Ledger) -> list[Item]:
    """附件说明, 发文机关署名 and 成文日期; what is left."""
    meta = document.metadata
    out: list[Item] = []
    k = 0
    while k < len(rest):
        item = rest[k]
        if item.kind == "text":
            n = _attachments(rest, k, meta, ledger)
            if n:
                k += n
                continue
            n = _signature(rest, k, document)
            if n:
                for x in rest[k : k + n - 1]:
                    _organs(meta, "signatories", x.text)
                _add_date(meta, "issued_on", rest[k + n - 1].text, ledger)
                k += n
                continue
        out.append(item)
        k += 1
    return out


def _signature(rest: Sequence[Item], k: int, document: tree.Document) -> int:
    """How many items from k are signatures and the date that closes them."""
    j = k
    while j < len(rest) and j - k < 8 and rest[j].kind == "text" and el.is_organ(rest[j].s):
        j += 1
    if j > k and j < len(rest) and rest[j].kind == "text" and el.DATE.match(rest[j].s):
        return j + 1 - k
    return 0


def _attachments(rest: Sequence[Item], k: int, meta: dict[str, tree.Value], ledger: Ledger) -> int:
    """附件说明: “附件：1. …” and the numbered lines after it."""
    m = el.ATTACHMENT_LIST.match(rest[k].s)
    if not m or len(rest[k].s) > 160 or re.search(r"[。；]", m["first"]) or "attachments" in meta:
        return 0
    text = rest[k].text
    _label(text[: m.start("first")], ledger)
    found = [_attachment(text[m.start("first") :], ledger)]
    n = 1
    while k + n < len(rest) and found[0].number and rest[k + n].kind == "text":
        item = rest[k + n]
        head = el.ATTACHMENT_ITEM.match(item.s)
        if head and int(head["number"]) == len(found) + 1 and len(item.s) < 120 and "。" not in item.s:
            found.append(_attachment(item.text, ledger))
        elif item.blanks == 0 and item.flush and not head and len(item.s) < 30 and not el.is_organ(item.s):
            found[-1].title = ledger.join(found[-1].title, item.text, "wrapped-attachment", stage=STAGE)
        else:
            break
        n += 1
    meta["attachments"] = [*found]
    return n


def _attachment(text: Traced, ledger: Ledger) -> tree.Attachment:
    m = el.ATTACHMENT_ITEM.match(text.text)
    if not m:
        return tree.Attachment(EMPTY, text)
    _label(text[m.end("number") : m.start("title")], ledger)
    return tree.Attachment(text[m.start("number") : m.end("number")], text[m.start("title") :].strip())


def _imprint(item: Item, after: Item | None, ledger: Ledger) -> list[tuple[str, Traced]]:
    """版记: 公开方式, 抄送, 印发机关, 印发日期, 校对; 附注."""
    if item.kind != "text" or len(item.s) > 200:
        return []
    for key, pattern in el.IMPRINT.items():
        m = pattern.match(item.s)
        if m and key == "annotation":
            return [(key, item.text)]
        if m and m.end() < len(item.s):
            _label(item.text[: m.end()], ledger)
            return [(key, item.text[m.end() :].strip())]
    m = el.PRINTED_ON.match(item.s)
    if m and len(item.s) < 60:
        tail = item.text[m.end("on") :].strip()
        _label(tail, ledger)
        out = [("printed_on", item.text[m.start("on") : m.end("on")])]
        return ([("printed_by", item.text[: m.end("by")].strip())] if m["by"].strip() else []) + out
    if after is not None and after.kind == "text" and el.is_organ(item.s) and el.PRINTED_ON.match(after.s):
        return [("printed_by", item.text)]
    return []


def give_imprint(
    imprint: Sequence[tuple[str, Traced]], printed_in: tree.Document, notice: tree.Document, ledger: Ledger
) -> None:
    """The imprint belongs to the notice that it closes. Where it is printed at the foot of the promulgated text or an
    annex, its trace stays with that document, and the notice has the same values, derived from there."""
    for key, text in imprint:
        if key == "printed_on":
            _add_date(printed_in.metadata, key, text, ledger)
        else:
            add(printed_in.metadata, key, text, ledger)
        if notice is not printed_in and key in printed_in.metadata and key not in notice.metadata:
            notice.metadata[key] = tree.Derived(printed_in, key)


def cover_title(lines: Sequence[Item]) -> int:
    """Index of the most specific title on a bundle's cover: the one numbered deepest, else the last that could be one.

    >>> cover_title([])
    -1
    """

    def depth(item: Item) -> int:
        m = re.match(r"\s*\d+(?:[.．]\d+)+", item.s)
        return m[0].count(".") + m[0].count("．") if m else 0

    best = max(range(len(lines)), key=lambda k: (depth(lines[k]), k), default=-1)
    if best >= 0 and depth(lines[best]) == 0:
        usable: Callable[[Item], bool] = lambda x: not x.s.isascii() and not el.DATE.match(x.s) and not el.is_organ(x.s)  # noqa: E731
        best = max(
            (k for k, x in enumerate(lines) if usable(x)),
            key=lambda k: (lines[k].hashes, len(lines[k].s)),
            default=best,
        )
    return best
