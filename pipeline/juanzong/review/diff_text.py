"""A diff for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from juanzong.review.compare import Change, Diff, Sign, Words

COLOUR = {"gone": "31", "came": "32", "changed": "33", "retyped": "35", "moved": "36", "-": "31;9", "+": "32;1"}
MARK: dict[Sign, str] = {"gone": "-", "came": "+", "changed": "~", "retyped": "!", "moved": ">"}
AROUND = 24  # characters of unchanged text shown beside a change
SHOWN = 5  # edits of one rule listed one by one


def lines_of(diff: Diff, colour: bool) -> Iterator[str]:
    """The diff as lines; with `colour` as ANSI escapes. Control characters of the texts are shown by their codes."""

    def paint(text: str, what: str) -> str:
        text = plain(text)
        return f"\x1b[{COLOUR[what]}m{text}\x1b[0m" if colour else text

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
        return f"  {paint(MARK[c.sign], c.sign)} {c.kind}{f' ({path})' if path else ''}: {show(c.words)}"

    for d in diff.documents:
        was = f" (was {d.was})" if d.was else ""
        yield paint(f"{MARK[d.sign]} {d.sign} {d.type} {d.title or '—'} [{d.id}]{was}", d.sign)
        yield from (line(c) for c in d.changes)
    if diff.bundle:
        yield "bundle"
        yield from (line(c) for c in diff.bundle)
    for name, rows, key in (("edits", diff.edits, "rule"), ("findings", diff.findings, "check")):
        counts = Counter((str(r[key]), sign) for sign, r in rows)
        if rows:
            yield f"{name}: " + ", ".join(
                f"{MARK[s]}{sum(n for (_, t), n in counts.items() if t == s)}"
                for s in ("came", "gone", "changed")
                if any(t == s for _, t in counts)
            )
        for rule in sorted({r for r, _ in counts}):
            yield f"  {rule}: " + " ".join(
                paint(f"{MARK[s]}{n}", s) for (r, s), n in sorted(counts.items()) if r == rule
            )
            same = [(s, r) for s, r in rows if r[key] == rule]
            for sign, r in same[:SHOWN]:
                what = r["message"] if name == "findings" else f"{r['before']!r} → {r['after']!r} ({r['status']})"
                was = f" was {r['was']}" if "was" in r else ""
                yield f"    {paint(MARK[sign], sign)} {plain(str(what)[:200])}{was}"
            if len(same) > SHOWN:
                yield f"    … {len(same) - SHOWN} more"


def _shortened(text: str, first: bool, last: bool) -> str:
    if len(text) <= 2 * AROUND + 3:
        return text
    if first:
        return "…" + text[-AROUND:]
    return text[:AROUND] + "…" if last else text[:AROUND] + " … " + text[-AROUND:]


def plain(text: str) -> str:
    """Without characters that would act on a terminal."""
    return "".join(ch if ch.isprintable() else f"\\x{ord(ch):02x}" for ch in text)
