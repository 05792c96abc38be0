"""Which document each entry of the bundle's contents list names."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.document_types import parted_number
from juanzong.language.list_groups import heads_entries
from juanzong.language.told_names import REMARK
from juanzong.stages.links.titles_alike import ALIKE, LEAST_SHARED, is_cut_short, likeness

_OF_PLACE = re.compile(r"\p{Han}{1,8}[省市县区州盟旗乡镇]")
_MORE = re.compile("及其?|以及|[和与含附]|并附")
_LEAST_END = 4  # characters of an entry that a title between its neighbours' may end with


def match_contents(
    documents: Sequence[tree.Document], entries: Sequence[tree.ContentsEntry], findings: list[Finding]
) -> list[tree.ContentsItem]:
    """The entries, each with the document that it names; findings tell of entries without one, and documents without."""
    out: list[tree.ContentsItem] = []
    missing: list[int] = []
    free = [d for d in documents if d.type != "front_matter" and d.annex_of is None]
    annexes = [d for d in documents if d.annex_of is not None]
    told = [parted_number(e.title.text)[1] for e in entries]
    for entry, below, number in zip(entries, [*entries[1:], None], told, strict=False):
        name = el.bare_title(entry.title.text)
        own = _of_number(number, told, free)
        fresh = [d for d in own if all(d is not i.document for i in out)]  # of documents alike each has its own entry
        hit = (
            _called(name, fresh)
            or _same(name, fresh)
            or _same(name, own)
            or _same(name, annexes)
            or _without_remark(name, own)
            or _without_years(name, fresh)
            or _with_noun(name, own)
        )
        hit = hit or _with_number(entry.title.text, own) or _and_more(name, fresh)
        if hit is None and below is not None and _heads_group(entry, below):
            out.append(tree.ContentsItem(entry))
            continue
        if hit is None:
            hit = _nearest(name, fresh)
            if hit is not None and not skeleton(hit.title.text).endswith(skeleton(name)):
                findings.append(_differs(entry, hit))
        out.append(tree.ContentsItem(entry, hit))
        missing += [len(out) - 1] if hit is None else []
    findings += _fill_in(out, missing, free)
    if entries:
        findings += _not_listed(documents, free, [i.document for i in out if i.document is not None])
    return out


def _fill_in(out: list[tree.ContentsItem], missing: Sequence[int], free: Sequence[tree.Document]) -> list[Finding]:
    """Gives the `missing` entries the documents that their neighbours leave them, in place; findings tell of the others."""
    place = {id(d): k for k, d in enumerate(free)}
    places = [place.get(id(item.document)) for item in out]
    below, following = len(free), []  # where the next document stands that an entry behind each one names
    for at in reversed(places):
        following.append(below)
        below = below if at is None else at
    following.reverse()
    found, above, begin = [], -1, 0
    for k in missing:
        above = next((at for at in reversed(places[begin:k]) if at is not None), above)
        entry, between = out[k].entry, free[above + 1 : following[k]]
        hit = _ends_in_words(entry, between)
        if hit is None and (hit := _of_longer_title(entry, between)) is not None:
            found.append(_differs(entry, hit))
        out[k], places[k], begin = tree.ContentsItem(entry, hit), place.get(id(hit)), k
        if hit is None:
            lacks = f"目录所列“{entry.title.text}”在本卷中没有找到"
            found.append(Finding("contents-entry-missing", "warning", lacks, [entry]))
    return found


def _ends_in_words(entry: tree.ContentsEntry, between: Sequence[tree.Document]) -> tree.Document | None:
    """The one document whose title ends with the words of an entry, few as they are, of those that stand `between` the
    documents of the entries around it: 某项目经费决算表 of 经费决算表."""
    key = skeleton(el.bare_title(entry.title.text))
    if len(key) < _LEAST_END or not el.names_document(key):
        return None
    found = [d for d in between if skeleton(d.title.text).endswith(key)]
    return found[0] if len(found) == 1 else None


def _of_longer_title(entry: tree.ContentsEntry, between: Sequence[tree.Document]) -> tree.Document | None:
    """The one document of those `between` the documents of the entries around it whose title an entry cuts short."""
    key = skeleton(el.bare_title(entry.title.text))
    found = [d for d in between if is_cut_short(key, skeleton(d.title.text))]
    return found[0] if len(found) == 1 else None


def _differs(entry: tree.ContentsEntry, document: tree.Document) -> Finding:
    differs = f"目录作“{entry.title.text}”，文件标题作“{document.title.text}”"
    return Finding("contents-title-differs", "info", differs, [entry, document])


def _of_number(number: str, told: Sequence[str], documents: Sequence[tree.Document]) -> list[tree.Document]:
    """The documents that an entry with this document number may name: those of the number first, and none of a number
    that another entry says. `told`: the numbers of all entries."""
    if not number:
        return list(documents)
    numbers = [skeleton(n.text) if isinstance(n := d.metadata.get("doc_number"), Traced) else "" for d in documents]
    mine, others = skeleton(number), {skeleton(n) for n in told}
    first = [d for d, n in zip(documents, numbers, strict=True) if n == mine]
    return first + [d for d, n in zip(documents, numbers, strict=True) if n != mine and (not n or n not in others)]


def _not_listed(
    documents: Sequence[tree.Document], free: Sequence[tree.Document], named: Sequence[tree.Document]
) -> list[Finding]:
    """The documents that neither the bundle's contents list names nor that of a volume bound with others."""
    volumes = {skeleton(e.title.text) for d in documents for e in d.contents}
    listed = [*named, *(d for d in free if skeleton(d.title.text) in volumes)]
    found = []
    for d in free:
        kin = (d, *d.promulgates, d.promulgated_by)
        if not any(x is k for x in listed for k in kin if k is not None):
            found.append(Finding("document-not-in-contents", "info", f"目录没有列出“{_name_of(d)}”", [d]))
    return found


def _name_of(document: tree.Document) -> str:
    """A document's title; of a table without one its caption."""
    captions = (b.caption.text for b in document.body if isinstance(b, tree.Table) and b.caption)
    return document.title.text.replace("**", "") or next(captions, "")


def _heads_group(entry: tree.ContentsEntry, below: tree.ContentsEntry) -> bool:
    bare = not entry.number and not entry.page
    return heads_entries(entry.level, below.level, bare=bare, below_paged=bool(below.page))


def _called(name: str, documents: Sequence[tree.Document]) -> tree.Document | None:
    """The document over which a sheet stands that says an entry's words."""
    return next((d for d in documents if d.listed and skeleton(d.listed) == skeleton(name)), None)


def _same(name: str, documents: Sequence[tree.Document]) -> tree.Document | None:
    """The document that an entry names: its title, or the caption of a table without one, in the same words."""
    key = skeleton(name)
    return next((d for d in documents if skeleton(el.bare_title(_name_of(d))) == key), None)


def _without_remark(name: str, documents: Sequence[tree.Document]) -> tree.Document | None:
    """The one document that an entry names with a remark in brackets behind its title: 某协议（某公司）; or whose title has
    the words of the remark before it: 某村村规民约 of 村规民约（某村）."""
    remark = REMARK.search(name)
    if remark is None:
        return None
    bare = name[: remark.start()]
    for key in (skeleton(bare), skeleton(remark[0] + bare)):
        found = [d for d in documents if skeleton(d.title.text) == key]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _without_years(name: str, documents: Sequence[tree.Document]) -> tree.Document | None:
    """The one document whose title is an entry's words with the years or the kind of its print in brackets behind them."""
    titles = [(d, el.bare_title(d.title.text)) for d in documents]
    found = [
        d for d, title in titles if (bare := el.without_remark(title)) != title and skeleton(bare) == skeleton(name)
    ]
    return found[0] if len(found) == 1 else None


def _with_noun(name: str, documents: Sequence[tree.Document]) -> tree.Document | None:
    """The document whose title is an entry's words with a title's noun behind them: 学生获奖 of 学生获奖情况."""
    keys = {skeleton(told) for told in el.printed_names(name)}
    return next((d for d in documents if skeleton(d.title.text) in keys), None)


def _with_number(name: str, documents: Sequence[tree.Document]) -> tree.Document | None:
    """The one document whose kind and number an entry says, as orders and proclamations are called: 公告〔2024〕第7号."""
    key = skeleton(name)
    found = []
    for d in documents:
        number = d.metadata.get("doc_number")
        said = skeleton(number.text) if isinstance(number, Traced) else ""
        kind = key.removesuffix(said) if said and key.endswith(said) else ""
        found += [d] if kind and skeleton(d.title.text).endswith(kind) else []
    return found[0] if len(found) == 1 else None


def _ends_with(title: str, key: str) -> bool:
    """Whether a title ends with an entry's words; of few words nothing but the place (某市公园管理条例) or the institution
    whose document it is (某县实验小学家长委员会章程) is left out."""
    if not title.endswith(key):
        return False
    left = title.removesuffix(key)
    named = el.names_document(key) and (_OF_PLACE.fullmatch(left) is not None or el.is_organ(left))
    return len(key) >= LEAST_SHARED or named


def _has_short_issuer(name: str, title: str) -> bool:
    """Whether an entry says a title with its issuer's name cut short, and maybe without the place named behind it:
    县政府办公室关于印发… of 某县人民政府办公室关于印发某县…"""
    short, _, rest = name.partition("关于")
    whole, _, same = title.partition("关于")
    letters = iter(whole)
    said = len(rest) >= LEAST_SHARED and (rest == same or _lacks_place(rest, same))
    return said and len(short) >= 2 and all(c in letters for c in short)


def _lacks_place(short: str, whole: str) -> bool:
    """Whether words are others but for the name of a place in these."""
    more = len(whole) - len(short)
    cuts = (k for k in range(len(short)) if short[:k] == whole[:k] and short[k:] == whole[k + more :])
    return more > 0 and any(_OF_PLACE.fullmatch(whole, k, k + more) for k in cuts)


def _and_more(name: str, documents: Sequence[tree.Document]) -> tree.Document | None:
    """The document whose whole title an entry says before that of another bound with it: 某通知及某办法."""
    key = skeleton(name)
    titles = [(skeleton(d.title.text), d) for d in documents]
    found = [
        (len(t), d) for t, d in titles if len(t) >= LEAST_SHARED and key.startswith(t) and _MORE.match(key, len(t))
    ]
    return max(found, key=lambda f: f[0])[1] if found else None


def _nearest(name: str, documents: Sequence[tree.Document]) -> tree.Document | None:
    """The document whose title an entry says a little otherwise: without its issuer, with a remark, or with a slip."""
    for key in dict.fromkeys((skeleton(name), skeleton(el.without_remark(name)))):
        whole = [d for d in documents if _ends_with(skeleton(d.title.text), key)]
        if whole:
            return whole[0] if len(whole) == 1 or key.startswith("关于") else None
    short = [
        d
        for d in documents
        if _has_short_issuer(skeleton(el.bare_title(el.without_remark(name))), skeleton(d.title.text))
    ]
    if len(short) == 1:
        return short[0]
    key = skeleton(name)
    near = [
        (likeness(skeleton(d.title.text), key), -k)
        for k, d in enumerate(documents)
        if min(len(skeleton(d.title.text)), len(key)) >= 2
    ]
    score, k = max(near, default=(0.0, 0))
    return documents[-k] if score >= ALIKE else None
