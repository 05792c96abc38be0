"""The evidence of a bundle for the terminal: the table that an auditor would sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from juanzong.output import evidence as ev
from juanzong.output.folder import Json
from juanzong.words import shown

_COLOUR = {"added": "31;1", "missing": "32;1", "lost": "31;7", "frame": "2", "left out": "2", "head": "1", "quiet": "2"}
_NAMES = {"quotation": "引文", "citation": "引用文件", "reference": "文内参见", "fact": "数据"}


def lines_of(evidence: ev.Evidence, rows: Sequence[Json], colour: bool, everything: bool) -> Iterator[str]:
    """The rows as lines, kind by kind; what agrees is counted and not listed unless `everything` is asked for."""

    def paint(text: str, what: str) -> str:
        clean = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
        return f"\x1b[{_COLOUR[what]}m{clean}\x1b[0m" if colour and what in _COLOUR else clean

    def marked(pieces: Sequence[ev.Piece]) -> str:
        out = []
        for p in pieces:
            if p.what == "added" and p.note:
                out.append(paint(f"〔{p.text}→{p.note}〕", "added"))
            elif p.what == "added":
                out.append(paint(shown(f"〔多：{p.text}〕"), "added"))
            elif p.what == "missing":
                out.append(paint(shown(f"〔缺：{p.note or p.text}〕"), "missing"))
            elif p.what == "lost":
                out.append(paint(shown(f"〔无出处：{p.text}〕"), "lost"))
            else:
                out.append(paint(p.text, p.what))
        return "".join(out).replace("\n", " ")

    for kind, name in _NAMES.items():
        some = [r for r in rows if r["kind"] == kind]
        if not some:
            continue
        counts = Counter(v for r in some for v in ev.verdicts_of(r))
        yield paint(
            f"{shown(name)} {len(some)}：" + "　".join(f"{ev.verdict(v)} {n}" for v, n in counts.items()), "head"
        )
        for n, r in enumerate(some, 1):
            if kind == "quotation":
                yield from _quotation(evidence, r, n, marked, paint)
            elif everything or not _quiet(r):
                yield from _short(evidence, r, paint)
        yield ""


def _quiet(row: Json) -> bool:
    fine = {"agrees", "short name", "resolves", "undecided", "agree", "agree after rounding", "agree (bound)"}
    elsewhere = row["kind"] == "citation" and row["scope"] == "elsewhere"
    return elsewhere or set(ev.verdicts_of(row)) <= fine


def _quotation(evidence: ev.Evidence, r: Json, n: int, marked, paint) -> Iterator[str]:  # type: ignore[no-untyped-def]
    where = list(dict.fromkeys(ev.trail(evidence, p) for part in r["parts"] for p in part["at"]))
    doubt = shown("（可能是识读之误）") if r["transcription_doubt"] else ""
    yield paint(f"{n:>3}  {ev.told(r)}{doubt}", "head")
    yield "     " + shown(f"引于 {ev.place_of(evidence, r)}")
    cited = r["cited"]["document"]
    yield "     " + shown(f"出自 {ev.title_of(evidence, cited)}") + (f"　{'；'.join(where[:3])}" if where else "")
    yield f"     {marked(ev.quoted(r))}"
    for left in r["left_out"]:
        yield "     " + paint(shown(f"略去：{left['text']}"), "left out")
    for place, words in ev.nearest(evidence, r):
        yield "     " + paint(shown(f"最相近：“{words}”　{ev.trail(evidence, place)}"), "quiet")
    for e in r["elsewhere"]:
        places = e["at"]
        if places and places[0]["document"]:
            at = f"{ev.title_of(evidence, places[0]['document'])}　{ev.trail(evidence, places[0])}"
            yield "     " + paint(shown(f"另见 {at}（{ev.verdict(e['relation'])}）"), "quiet")


def _short(evidence: ev.Evidence, r: Json, paint) -> Iterator[str]:  # type: ignore[no-untyped-def]
    if r["kind"] == "fact":
        target = "（目标）" if r["status"] == "target" else ""
        yield "     " + shown(f"{r['region']} {r['year']} 年 {r['indicator']}{target}：{ev.told(r)}")
        for s in r["statements"]:
            place = s["place"]
            title = ev.title_of(evidence, place["document"])
            bound = {"over": "超过 ", "under": "低于 ", "about": "约 "}.get(s["bound"] or "", "")
            yield f"         {shown(bound)}{s['value']}{s['unit'] or ''}　{title}　{ev.trail(evidence, place)}"
        return
    place = r["place"]
    title = f"《{r['title'].strip('《》')}》{r['number'] or ''}" if r["kind"] == "citation" else f"“{r['text']}”"
    yield f"     {paint(ev.told(r), 'head')}　{title}"
    carrier = ev.title_of(evidence, place["document"]) if place["document"] else shown("合并前的另一次印刷")
    yield "         " + shown(f"在 {carrier}　{ev.trail(evidence, place) if place['document'] else ''}".rstrip("　"))
    for d in r.get("deviations", ()):
        if d["kind"] != "form":
            yield (
                "         " + shown(f"引作“{d['cited']}”，文件印作“{d['printed']}”")
                if d["printed"]
                else "         " + shown(f"“{d['cited']}”：文件未印")
            )
    if r.get("deviation"):
        yield f"         {shown(r['deviation'])}"
