"""Which document each entry of the bundle's contents list names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.findings import Finding
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.document_types import parted_number
from juanzong.language.list_groups import heads_entries
from juanzong.language.told_names import REMARK
from juanzong.stages.links.shelf import Shelf, name_of
from juanzong.stages.links.titles_alike import ALIKE, LEAST_RUN, LEAST_SHARED, is_cut_short, title_likeness

_OF_PLACE = re.compile(r"\p{Han}{1,8}[省市县区州盟旗乡镇]")
_NOUN = 2  # characters of a noun that titles end in: 批复, 合同
_FEW = 10  # characters of an entry that says little more than the kind of a paper
_LEAST_ALIKE = 2  # characters of a title or an entry that may be misread
_MOST_NEAR = 60  # documents between two that entries name, of which one may be an entry's by its kind
_MORE = re.compile("及其?|以及|[和与含附]|并附")
_LEAST_END = 4  # characters of an entry that a title between its neighbours' may end with


def match_contents(
    documents: Sequence[tree.Document], entries: Sequence[tree.ContentsEntry], findings: list[Finding]
) -> list[tree.ContentsItem]:
    """The entries, each with the document that it names; findings tell of entries without one, and documents without."""
    out: list[tree.ContentsItem] = []
    missing: list[int] = []
    told = [parted_number(e.title.text)[1] for e in entries]
    free = Shelf([d for d in documents if d.type != "front_matter" and d.annex_of is None], told)
    annexes = Shelf([d for d in documents if d.annex_of is not None], told)
    for entry, below, number in zip(entries, [*entries[1:], None], told, strict=False):
        name = el.bare_title(entry.title.text)
        hit = (
            free.first(free.called(name), number, fresh=True)
            or free.first(free.same(name), number, fresh=True)
            or free.first(free.same(name), number)
            or annexes.first(annexes.same(name))
            or _without_remark(name, number, free)
            or free.only(free.without_years(name), number, fresh=True)
            or _with_noun(name, number, free)
        )
        hit = hit or _with_number(entry.title.text, number, free) or _and_more(name, number, free)
        if hit is None and below is not None and _heads_group(entry, below):
            out.append(tree.ContentsItem(entry))
            continue
        if hit is None:
            hit = _nearest(name, number, free)
            if hit is not None and not skeleton(hit.title.text).endswith(skeleton(name)):
                findings.append(_differs(entry, hit))
        free.take(hit)
        out.append(tree.ContentsItem(entry, hit))
        missing += [len(out) - 1] if hit is None else []
    findings += _fill_in(out, missing, free)
    if entries:
        findings += _not_listed(documents, free.documents, [i.document for i in out if i.document is not None])
    return out


def _fill_in(out: list[tree.ContentsItem], missing: Sequence[int], free: Shelf) -> list[Finding]:
    """Gives the `missing` entries the documents that their neighbours leave them, in place: first those that their words
    tell, then those that only the kind of a paper does; findings tell of the others."""
    found: list[Finding] = []
    for rules in ((_ends_in_words, _of_longer_title), (_of_kind,)):
        lacking = {k for k in missing if out[k].document is None}
        for k, between in _left_between(out, lacking, free):
            entry = out[k].entry
            hits = ((rule, hit) for rule in rules if (hit := rule(entry, between, free)) is not None)
            rule, hit = next(hits, (None, None))
            found += [_differs(entry, hit)] if hit is not None and rule is not _ends_in_words else []
            out[k] = tree.ContentsItem(entry, hit)
    for entry in (out[k].entry for k in missing if out[k].document is None):
        lacks = f"目录所列“{entry.title.text}”在本卷中没有找到"
        found.append(Finding("contents-entry-missing", "warning", lacks, [entry]))
    return found


def _left_between(
    out: Sequence[tree.ContentsItem], lacking: Collection[int], free: Shelf
) -> Iterator[tuple[int, range]]:
    """Each lacking entry with the places of the documents that stand between those of the entries around it; an entry that
    has got its document since counts for the ones behind it."""
    place = {id(d): k for k, d in enumerate(free.documents)}
    below, following = len(place), []  # where the next document stands that an entry behind each one names
    for item in reversed(out):
        following.append(below)
        below = place.get(id(item.document), below)
    following.reverse()
    above = -1
    for k in range(len(out)):
        if k in lacking:
            yield k, range(above + 1, following[k])
        above = place.get(id(out[k].document), above)


def _ends_in_words(entry: tree.ContentsEntry, between: range, free: Shelf) -> tree.Document | None:
    """The one document whose title ends with the words of an entry, few as they are, of those that stand `between` the
    documents of the entries around it: 某项目经费决算表 of 经费决算表."""
    key = skeleton(el.bare_title(entry.title.text))
    if len(key) < _LEAST_END or not el.names_document(key):
        return None
    return free.only([k for k in free.titles.ending_in(key) if k in between])


def _of_longer_title(entry: tree.ContentsEntry, between: range, free: Shelf) -> tree.Document | None:
    """The one document of those `between` the documents of the entries around it whose title an entry cuts short."""
    key = skeleton(el.bare_title(entry.title.text))
    held = free.titles.with_run(key[:LEAST_RUN]) if len(key) >= LEAST_SHARED else ()
    near = held[bisect_left(held, between.start) : bisect_left(held, between.stop)]
    return free.only([k for k in near if is_cut_short(key, free.titles.all[k])])


def _of_kind(entry: tree.ContentsEntry, between: range, free: Shelf) -> tree.Document | None:
    """The one document that stands `between` the documents of the entries around it, where its title ends in the noun of an
    entry (关于…的批复 of 项目立项批复); or the first of the papers of one kind there, of which it says whose they are: 聘书 of
    企业兼职教师聘书."""
    key = skeleton(el.bare_title(entry.title.text))
    near = free.documents[between.start : between.stop] if len(between) <= _MOST_NEAR else []
    if len(near) == 1 and len(key) <= _FEW and _end_alike(key, skeleton(near[0].title.text)):
        return near[0]
    papers = [d for d in near if el.is_bare_kind(d.title.text) or el.is_paper(d.title.text)]
    if papers and len(papers) == len(near) and el.type_of_title(key) == "certificate":
        return papers[0] if all(d.type == "certificate" for d in papers) else None
    named = [d for d in papers if key.endswith(skeleton(d.title.text))]
    return named[0] if named and len({skeleton(d.title.text) for d in named}) == 1 else None


def _end_alike(key: str, title: str) -> bool:
    """Whether an entry and a title of one type end in the same noun, and the title in no more of the entry's words."""
    kind = el.type_of_title(key)
    return kind == el.type_of_title(title) is not None and key[-_NOUN:] == title[-_NOUN:] and not title.endswith(key)


def _differs(entry: tree.ContentsEntry, document: tree.Document) -> Finding:
    differs = f"目录作“{entry.title.text}”，文件标题作“{document.title.text}”"
    return Finding("contents-title-differs", "info", differs, [entry, document])


def _not_listed(
    documents: Sequence[tree.Document], free: Sequence[tree.Document], named: Sequence[tree.Document]
) -> list[Finding]:
    """The documents that neither the bundle's contents list names nor that of a volume bound with others."""
    volumes = {skeleton(e.title.text) for d in documents for e in d.contents}
    listed = {id(d) for d in (*named, *(d for d in free if skeleton(d.title.text) in volumes))}
    found = []
    for d in free:
        kin = (d, *d.promulgates, d.promulgated_by)
        if listed.isdisjoint(map(id, kin)):
            found.append(Finding("document-not-in-contents", "info", f"目录没有列出“{name_of(d)}”", [d]))
    return found


def _heads_group(entry: tree.ContentsEntry, below: tree.ContentsEntry) -> bool:
    bare = not entry.number and not entry.page
    return heads_entries(entry.level, below.level, bare=bare, below_paged=bool(below.page))


def _without_remark(name: str, number: str, free: Shelf) -> tree.Document | None:
    """The one document that an entry names with a remark in brackets behind its title: 某协议（某公司）; or whose title has
    the words of the remark before it: 某村村规民约 of 村规民约（某村）."""
    remark = REMARK.search(name)
    if remark is None:
        return None
    bare = name[: remark.start()]
    for key in (skeleton(bare), skeleton(remark[0] + bare)):
        found = free.offered(free.titles.same(key), number)
        if found:
            return free.documents[found[0]] if len(found) == 1 else None
    return None


def _with_noun(name: str, number: str, free: Shelf) -> tree.Document | None:
    """The document whose title is an entry's words with a title's noun behind them: 学生获奖 of 学生获奖情况."""
    keys = {skeleton(told) for told in el.printed_names(name)}
    return free.first([k for key in keys for k in free.titles.same(key)], number)


def _with_number(name: str, number: str, free: Shelf) -> tree.Document | None:
    """The one document whose kind and number an entry says, as orders and proclamations are called: 公告〔2024〕第7号."""
    key = skeleton(name)
    said = ((key[:at], free.numbered(key[at:])) for at in range(1, len(key)))
    return free.only([k for kind, places in said for k in places if free.titles.all[k].endswith(kind)], number)


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


def _and_more(name: str, number: str, free: Shelf) -> tree.Document | None:
    """The document whose whole title an entry says before that of another bound with it: 某通知及某办法."""
    key = skeleton(name)
    ends = [m.start() for m in _MORE.finditer(key) if m.start() >= LEAST_SHARED]
    hits = (free.first(free.titles.same(key[:end]), number, fresh=True) for end in reversed(ends))
    return next((hit for hit in hits if hit is not None), None)


def _nearest(name: str, number: str, free: Shelf) -> tree.Document | None:
    """The document whose title an entry says a little otherwise: without its issuer, with a remark, or with a slip."""
    documents, titles = free.documents, free.titles
    for key in dict.fromkeys((skeleton(name), skeleton(el.without_remark(name)))):
        ending = titles.ending_in(key) if key else ()
        whole = free.offered([k for k in ending if _ends_with(titles.all[k], key)], number, fresh=True)
        if whole:
            return documents[whole[0]] if len(whole) == 1 or key.startswith("关于") else None
    told = skeleton(el.bare_title(el.without_remark(name)))
    _, _, rest = told.partition("关于")
    ending = titles.ending_in(rest) if len(rest) >= LEAST_SHARED else ()
    short = free.offered([k for k in ending if _has_short_issuer(told, titles.all[k])], number, fresh=True)
    if len(short) == 1:
        return documents[short[0]]
    key = skeleton(name)
    if len(key) < _LEAST_ALIKE:
        return None
    near = free.offered(titles.perhaps_alike(key, ALIKE), number, fresh=True)
    scores = [title_likeness(titles.all[k], key) if len(titles.all[k]) >= _LEAST_ALIKE else 0.0 for k in near]
    best = max(scores, default=0.0)
    return documents[near[scores.index(best)]] if best >= ALIKE else None
