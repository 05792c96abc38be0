"""A diff for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from juanzong.output.folder import Json
from juanzong.review.compare import Change, Diff, Sign, Words
from juanzong.review.words import kind_name, name_of
from juanzong.words import shown

COLOUR = {"gone": "31", "came": "32", "changed": "33", "retyped": "35", "moved": "36", "-": "31;9", "+": "32;1"}
MARK: dict[Sign, str] = {"gone": "-", "came": "+", "changed": "~", "retyped": "!", "moved": ">"}
AROUND = 24  # characters of unchanged text shown beside a change
SHOWN = 5  # edits of one rule listed one by one


def lines_of(diff: Diff, colour: bool, labels: Mapping[str, str]) -> Iterator[str]:
    """The diff as lines in the words of `labels`; with `colour` as ANSI escapes. Control characters of the texts are
    shown by their codes."""
    paint = _painter(colour)

    def show(words: Words) -> str:
        out = []
        for k, (sign, text) in enumerate(words):
            if sign == "=":
                out.append(plain(_shortened(text, k == 0, k == len(words) - 1)))
            else:
                shown = text if len(text) < 240 else text[:200] + "…"
                out.append(paint(shown if colour else f"[{sign}{shown}{sign}]", sign))
        return "".join(out)

    def line(c: Change) -> str:
        path = " › ".join(plain(p) for p in c.path if p)
        return f"  {paint(MARK[c.sign], c.sign)} {kind_name(c.kind, labels)}{f' ({path})' if path else ''}: {show(c.words)}"

    for d in diff.documents:
        was = f" ← {d.was}" if d.was else ""
        kind = labels.get(d.type, d.type)
        yield paint(f"{MARK[d.sign]} {labels[d.sign]} {kind} {d.title or labels['no_title']} [{d.id}]{was}", d.sign)
        if d.sign in ("came", "gone"):  # its outline
            yield from (f"    {'  ' * len(c.path)}{plain(c.words[0][1])}" for c in d.changes)
        else:
            yield from (line(c) for c in d.changes)
    if diff.bundle:
        yield labels["contents"]
        yield from (line(c) for c in diff.bundle)
    yield from _rows(labels["edits"], diff.edits, "rule", labels, colour)
    yield from _rows(labels["findings"], diff.findings, "check", labels, colour)


def _rows(
    name: str, rows: Sequence[tuple[Sign, Json]], key: str, labels: Mapping[str, str], colour: bool
) -> Iterator[str]:
    """Edits or findings: counts, then by rule the first few with their places."""
    if not rows:
        return
    paint = _painter(colour)
    counts = Counter((str(r[key]), sign) for sign, r in rows)
    signs = Counter(sign for sign, _ in rows)
    yield f"{name}: " + ", ".join(f"{MARK[s]}{n}" for s, n in sorted(signs.items()))
    for rule in sorted({r for r, _ in counts}):
        told = " ".join(paint(f"{MARK[s]}{n}", s) for (r, s), n in sorted(counts.items()) if r == rule)
        yield f"  {name_of(rule, labels)}: {told}"
        same = [(s, r) for s, r in rows if r[key] == rule]
        for sign, r in same[:SHOWN]:
            what = (
                shown(r["message"]) if key == "check" else f"{r['before']!r} → {r['after']!r} ({labels[r['status']]})"
            )
            was = " ← " + "、".join(labels.get(str(v), str(v)) for v in r["was"].values()) if "was" in r else ""
            place = " › ".join(r["place"]) + (f"：…{r['near']}…" if r.get("near") else "")
            yield f"    {paint(MARK[sign], sign)} {plain(str(what)[:200])}{was}{plain(f' @ {place}') if place else ''}"
        if len(same) > SHOWN:
            yield f"    … +{len(same) - SHOWN}"


def _painter(colour: bool) -> Callable[[str, str], str]:
    def paint(text: str, what: str) -> str:
        text = plain(text)
        return f"\x1b[{COLOUR[what]}m{text}\x1b[0m" if colour else text

    return paint


def _shortened(text: str, first: bool, last: bool) -> str:
    if len(text) <= 2 * AROUND + 3:
        return text
    if first:
        return "…" + text[-AROUND:]
    return text[:AROUND] + "…" if last else text[:AROUND] + " … " + text[-AROUND:]


def plain(text: str) -> str:
    """Without characters that would act on a terminal."""
    return "".join(ch if ch.isprintable() else f"\\x{ord(ch):02x}" for ch in text)
