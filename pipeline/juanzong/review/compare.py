"""Two outputs of one bundle, compared by structure: documents, their parts, cells, edits and findings."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from typing import Literal

import regex as re

from juanzong.output.folder import Json, Output, resolve
from juanzong.output.headings import trail_of
from juanzong.review.parts import Part, flat, outline_of, parts_of
from juanzong.review.words import words

Sign = Literal["gone", "came", "changed", "retyped", "moved"]
Words = list[tuple[str, str]]  # ("=", text), ("-", text), ("+", text)
SAME_ENOUGH = 0.4  # two parts this alike are one part that changed
NEAR = 12  # characters of a string shown on each side of an edit in it
PAIRS_MAX = 400  # parts compared one by one where two stretches differ


@dataclass(frozen=True, slots=True)
class Change:
    sign: Sign
    kind: str
    path: tuple[str, ...]
    words: Words


@dataclass
class DocumentDiff:
    sign: Sign
    id: str
    title: str
    type: str
    was: str = ""  # the old id and type, where they changed
    changes: list[Change] = field(default_factory=list)


@dataclass
class Diff:
    """Everything that differs between two outputs; falsy when nothing does."""

    documents: list[DocumentDiff] = field(default_factory=list)
    bundle: list[Change] = field(default_factory=list)
    edits: list[tuple[Sign, Json]] = field(default_factory=list)
    findings: list[tuple[Sign, Json]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.documents or self.bundle or self.edits or self.findings)

    def json(self) -> Json:
        """The diff as JSON values."""
        return {
            "documents": [asdict(d) for d in self.documents],
            "bundle": [asdict(c) for c in self.bundle],
            "edits": [{"sign": s, **e} for s, e in self.edits],
            "findings": [{"sign": s, **f} for s, f in self.findings],
        }


def compare(old: Output, new: Output, language: str = "zh") -> Diff:
    """What changed from `old` to `new`; `language` (zh or en) is that of the places of edits and findings. Offsets do not
    count: what only moved in the source is the same."""
    out = Diff()
    pairs = _paired(old, new)
    order = {k: n for n, k in enumerate(new.documents)}
    for a, b in sorted(pairs, key=lambda p: order.get(p[1] or "", -1)):
        if b is None and a is not None:
            out.documents.append(_whole("gone", old.documents[a]))
        elif a is None and b is not None:
            out.documents.append(_whole("came", new.documents[b]))
        elif a is not None and b is not None:
            x, y = old.documents[a], new.documents[b]
            changes = compare_parts(list(parts_of(x)), list(parts_of(y)))
            if changes or a != b or x["type"] != y["type"]:
                sign: Sign = "changed" if x["type"] == y["type"] else "retyped"
                was = "" if a == b and sign == "changed" else f"{x['type']} {a}"
                out.documents.append(DocumentDiff(sign, b, y["title"], y["type"], was, changes))
    out.bundle = _bundle(old.bundle, new.bundle, {b: a for a, b in pairs if a and b})
    out.edits = _placed(_rows(old.edits, new.edits, ("status", "confidence", "category")), old, new, language)
    out.findings = _placed(_rows(old.findings, new.findings, ("severity", "status")), old, new, language)
    return out


def _whole(sign: Sign, document: Json) -> DocumentDiff:
    """A document that came or went, with its outline."""
    outline = [Change(sign, p.kind, p.path, [("+" if sign == "came" else "-", p.text)]) for p in outline_of(document)]
    return DocumentDiff(sign, document["id"], document["title"], document["type"], "", outline)


def _paired(old: Output, new: Output) -> list[tuple[str | None, str | None]]:
    """Documents by id; those left over by title or document number, and by what they hold."""
    pairs: list[tuple[str | None, str | None]] = [(k, k) for k in old.documents if k in new.documents]
    gone = [k for k in old.documents if k not in new.documents]
    came = [k for k in new.documents if k not in old.documents]
    scored = sorted(((_alike(old.documents[a], new.documents[b]), a, b) for a in gone for b in came), reverse=True)
    for score, a, b in scored:
        if score >= 0.6 and a in gone and b in came:
            pairs.append((a, b))
            gone.remove(a)
            came.remove(b)
    return pairs + [(a, None) for a in gone] + [(None, b) for b in came]


def _alike(x: Json, y: Json) -> float:
    texts = [Counter(p.text for p in parts_of(d)) for d in (x, y)]
    shared = sum((texts[0] & texts[1]).values()) / max(1, max(sum(t.values()) for t in texts))
    number = x["metadata"].get("doc_number")
    numbered = x["type"] == y["type"] and number is not None and number == y["metadata"].get("doc_number")
    return max(shared, 0.9 if (x["title"] and x["title"] == y["title"]) or numbered else 0.0)


def compare_parts(old: Sequence[Part], new: Sequence[Part]) -> list[Change]:
    """Parts that changed, came or went; a part is known by its kind and text, a cell also by its headers."""
    out: list[Change] = []
    matcher = SequenceMatcher(None, [p.key for p in old], [p.key for p in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            out += _stretch(old[i1:i2], new[j1:j2])
    return out


def _stretch(old: Sequence[Part], new: Sequence[Part]) -> list[Change]:
    """Two stretches without a common part: alike parts, in order, are changes of each other."""
    out: list[Change] = []
    at = 0
    for p in old:
        found = (
            next((k for k in range(at, min(len(new), at + 8)) if _one(p, new[k])), -1)
            if len(old) * len(new) <= PAIRS_MAX * PAIRS_MAX
            else -1
        )
        if found < 0:
            out.append(Change("gone", p.kind, p.path, [("-", p.text)]))
            continue
        out += [Change("came", q.kind, q.path, [("+", q.text)]) for q in new[at:found]]
        q = new[found]
        at = found + 1
        if (p.kind, p.text) == (q.kind, q.text):  # a cell under another header: the header is what changed
            continue
        kind = q.kind if p.kind == q.kind else f"{p.kind} → {q.kind}"
        out.append(Change("changed", kind, q.path, mark_words(p.text, q.text)))
    return out + [Change("came", q.kind, q.path, [("+", q.text)]) for q in new[at:]]


def _one(p: Part, q: Part) -> bool:
    if p.text == q.text or (p.kind == q.kind and p.kind.startswith(("metadata", "link", "title"))):
        return bool(p.text) or p.kind == q.kind
    if p.kind.split()[0] != q.kind.split()[0]:
        return False
    if p.kind.startswith("cell") and p.path[-1]:
        return p.path[-1] == q.path[-1]
    matcher = SequenceMatcher(None, p.text, q.text, autojunk=False)
    return (
        matcher.real_quick_ratio() >= SAME_ENOUGH
        and matcher.quick_ratio() >= SAME_ENOUGH
        and matcher.ratio() >= SAME_ENOUGH
    )


_TOKENS = re.compile(
    r"\d+(?:[.,，]\d+)*[%％‰]?|[〇零一二三四五六七八九十百千]{2,}|[A-Za-zÀ-ÿ]+|.", re.DOTALL
)  # a figure and a word are one


def mark_words(old: str, new: str) -> Words:
    """The two texts as one, with what went and what came; a figure changes whole.

    >>> mark_words("健康建没", "健康建设")
    [('=', '健康建'), ('-', '没'), ('+', '设')]
    >>> mark_words("共12,345人", "共12,346人")
    [('=', '共'), ('-', '12,345'), ('+', '12,346'), ('=', '人')]
    """
    out: Words = []
    a, b = _TOKENS.findall(old), _TOKENS.findall(new)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        before, after = "".join(a[i1:i2]), "".join(b[j1:j2])
        if tag == "equal":
            out.append(("=", before))
        else:
            out += [(sign, text) for sign, text in (("-", before), ("+", after)) if text]
    return out


def _bundle(old: Json, new: Json, renamed: dict[str, str]) -> list[Change]:
    """The bundle's title and contents list, and documents in another order."""

    def parts(b: Json, names: dict[str, str]) -> list[Part]:
        return [Part("bundle title", (), b["title"])] + [
            Part(
                "bundle contents",
                (),
                flat(
                    [
                        c.get("number"),
                        c["title"],
                        "→",
                        names.get(c["document"], c["document"]) if c["document"] else "?",
                    ]
                ),
            )
            for c in b.get("contents") or ()
        ]

    out = compare_parts(parts(old, {}), parts(new, renamed))
    before = [d["id"] for d in old["documents"]]
    after = [renamed.get(d["id"], d["id"]) for d in new["documents"]]
    shared = [k for k in before if k in after], [k for k in after if k in before]
    if shared[0] != shared[1]:
        out += [Change("moved", "document", (), [("=", k)]) for k in _moved(*shared)]
    return out


def _moved(before: list[str], after: list[str]) -> list[str]:
    """The ids that stand elsewhere among the others."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    stay = {before[m.a + k] for m in matcher.get_matching_blocks() for k in range(m.size)}
    return [k for k in after if k not in stay]


def _rows(old: Sequence[Json], new: Sequence[Json], keys: Sequence[str]) -> list[tuple[Sign, Json]]:
    """Rows by id: gone, come, and those of which one of `keys` changed."""
    was, now = {r["id"]: r for r in old}, {r["id"]: r for r in new}
    out: list[tuple[Sign, Json]] = [("gone", r) for k, r in was.items() if k not in now]
    for k, r in now.items():
        if k not in was:
            out.append(("came", r))
        elif any(was[k].get(key) != r.get(key) for key in keys):
            before = {key: was[k].get(key) for key in keys if was[k].get(key) != r.get(key)}
            out.append(("changed", {**r, "was": before}))
    return out


def _placed(rows: list[tuple[Sign, Json]], old: Output, new: Output, language: str) -> list[tuple[Sign, Json]]:
    """The rows, each with its `place` (the title of its document and the headings it stands under); an edit also with
    words `near` it."""
    if not rows:
        return rows
    homes = {"old": _Homes(old, language), "new": _Homes(new, language)}
    return [(sign, {**r, **homes["old" if sign == "gone" else "new"].of(r)}) for sign, r in rows]


class _Homes:
    """Where the rows of an output stand."""

    def __init__(self, output: Output, language: str) -> None:
        self._output, self._labels = output, words(language)
        rows = sorted((a, r["document"], r["pointer"]) for r in output.trace for a, _ in r["source"])
        self._starts, self._places = [a for a, _, _ in rows], [(d, p) for _, d, p in rows]

    def of(self, row: Json) -> Json:
        near = ""
        if row.get("where"):
            document, pointer = row["where"][0]["document"], row["where"][0]["pointer"]
        elif "source" in row and self._starts:
            k = max(0, bisect_right(self._starts, row["source"][0]) - 1)
            document, pointer = self._places[k]
            near = self._near(document, pointer, row["source"][0] - self._starts[k])
        else:
            return {"place": []}
        value = self._output.documents.get(document)
        if value is None:
            return {"place": []}
        place = [value["title"] or document, *trail_of(value, pointer, self._labels)]
        return {"place": place, "near": near} if near else {"place": place}

    def _near(self, document: str, pointer: str, at: int) -> str:
        """The words of the string about `at` characters into it: what was changed before shifts them a little."""
        try:
            text = resolve(self._output.documents[document], pointer)
        except LookupError:
            return ""
        at = max(0, min(at, len(text) if isinstance(text, str) else 0))
        return " ".join(str(text)[max(0, at - NEAR) : at + NEAR].split()) if isinstance(text, str) else ""
