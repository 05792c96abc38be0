"""Two outputs of one bundle, compared by structure: documents, their parts, cells, edits and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

from juanzong.output.folder import Json, Output

Sign = Literal["gone", "came", "changed", "retyped", "moved"]
Words = list[tuple[str, str]]  # ("=", text), ("-", text), ("+", text)
SAME_ENOUGH = 0.4  # two parts this alike are one part that changed
PAIRS_MAX = 400  # parts compared one by one where two stretches differ


@dataclass(frozen=True, slots=True)
class Part:
    """A string of a document by its structure: `kind` as a section title, a cell; `path` the headings above it."""

    kind: str
    path: tuple[str, ...]
    text: str


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


def compare(old: Output, new: Output) -> Diff:
    """What changed from `old` to `new`. Offsets do not count: what only moved in the source is the same."""
    out = Diff()
    pairs = _paired(old, new)
    order = {k: n for n, k in enumerate(new.documents)}
    for a, b in sorted(pairs, key=lambda p: order.get(p[1] or "", -1)):
        if b is None and a is not None:
            d = old.documents[a]
            out.documents.append(DocumentDiff("gone", a, d["title"], d["type"]))
        elif a is None and b is not None:
            d = new.documents[b]
            out.documents.append(DocumentDiff("came", b, d["title"], d["type"]))
        elif a is not None and b is not None:
            x, y = old.documents[a], new.documents[b]
            changes = compare_parts(list(parts_of(x)), list(parts_of(y)))
            if changes or a != b or x["type"] != y["type"]:
                sign: Sign = "changed" if x["type"] == y["type"] else "retyped"
                was = "" if a == b and sign == "changed" else f"{x['type']} {a}"
                out.documents.append(DocumentDiff(sign, b, y["title"], y["type"], was, changes))
    out.bundle = _bundle(old.bundle, new.bundle, {b: a for a, b in pairs if a and b})
    out.edits = _rows(old.edits, new.edits, ("id", "status", "confidence", "category"))
    out.findings = _rows(old.findings, new.findings, ("id", "severity"))
    return out


def _paired(old: Output, new: Output) -> list[tuple[str | None, str | None]]:
    """Documents by id; those left over by title and by what they hold."""
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
    return max(shared, 0.9 if x["title"] and x["title"] == y["title"] else 0.0)


def parts_of(document: Json) -> Iterator[Part]:
    """All strings of a document in reading order."""
    yield Part("title", (), document["title"])
    for key, value in sorted((document.get("metadata") or {}).items()):
        yield Part(f"metadata {key}", (), _flat(value))
    for key in ("promulgated_by", "promulgates", "annex_of", "annexes"):
        if document.get(key):
            yield Part(f"link {key}", (), _flat(document[key]))
    for e in document.get("contents") or ():
        yield Part(f"contents {e['level']}", (), _flat([e.get("number"), e["title"], e.get("page")]))
    yield from _blocks(document.get("body") or (), ())
    for f in document.get("footnotes") or ():
        yield Part("footnote", (), f"{f['marker']} {f['text']}")


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return _flat(list(value.values()))
    if isinstance(value, list):
        return " ".join(_flat(v) for v in value if v)
    return str(value)


def _blocks(blocks: Sequence[Json], path: tuple[str, ...]) -> Iterator[Part]:
    for b in blocks:
        name = " ".join(filter(None, (b.get("number"), b.get("title") or b.get("caption"))))
        if b["kind"] == "section":
            yield Part(f"section {b['level']}", path, name)
            yield from _blocks(b["children"], (*path, name))
        elif b["kind"] == "box":
            yield Part("box", path, name)
            yield from _blocks(b["children"], (*path, name))
        elif b["kind"] == "paragraph":
            yield Part("paragraph", path, b["text"])
        elif b["kind"] == "table":
            yield Part("table", path, " ".join(filter(None, (name, b.get("unit")))))
            for r, row in enumerate(b.get("rows") or ()):
                for cell in row["cells"]:
                    spans = "".join(f" {k}×{cell[k]}" for k in ("row_span", "col_span") if cell.get(k, 1) > 1)
                    yield Part(f"{'header' if r < b['header_rows'] else 'cell'}{spans}", (*path, name), cell["text"])
            if b.get("same_as"):
                yield Part("second print of", (*path, name), f"{b['same_as']['document']}{b['same_as']['pointer']}")
            for note in b.get("notes") or ():
                yield Part("table note", (*path, name), note)
        else:
            yield Part("figure", path, name)
            for line in b.get("text") or ():
                yield Part("figure text", (*path, name), line)


def compare_parts(old: Sequence[Part], new: Sequence[Part]) -> list[Change]:
    """Parts that changed, came or went; a part is known by its kind and text, not by the headings above it."""
    out: list[Change] = []
    matcher = SequenceMatcher(None, [(p.kind, p.text) for p in old], [(p.kind, p.text) for p in new], autojunk=False)
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
        kind = q.kind if p.kind == q.kind else f"{p.kind} → {q.kind}"
        out.append(Change("changed", kind, q.path, mark_words(p.text, q.text)))
        at = found + 1
    return out + [Change("came", q.kind, q.path, [("+", q.text)]) for q in new[at:]]


def _one(p: Part, q: Part) -> bool:
    if p.text == q.text or (p.kind == q.kind and p.kind.startswith(("metadata", "link", "title"))):
        return bool(p.text) or p.kind == q.kind
    if p.kind.split()[0] != q.kind.split()[0]:
        return False
    matcher = SequenceMatcher(None, p.text, q.text, autojunk=False)
    return (
        matcher.real_quick_ratio() >= SAME_ENOUGH
        and matcher.quick_ratio() >= SAME_ENOUGH
        and matcher.ratio() >= SAME_ENOUGH
    )


def mark_words(old: str, new: str) -> Words:
    """The two texts as one, with what went and what came.

    >>> mark_words("健康建没", "健康建设")
    [('=', '健康建'), ('-', '没'), ('+', '设')]
    """
    out: Words = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            out.append(("=", old[i1:i2]))
        else:
            out += [(sign, text) for sign, text in (("-", old[i1:i2]), ("+", new[j1:j2])) if text]
    return out


def _bundle(old: Json, new: Json, renamed: dict[str, str]) -> list[Change]:
    """The bundle's title and contents list, and documents in another order."""

    def parts(b: Json, names: dict[str, str]) -> list[Part]:
        return [Part("bundle title", (), b["title"])] + [
            Part(
                "bundle contents",
                (),
                _flat(
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
