"""The evidence of a bundle as one self-contained page: each quotation beside what the cited document prints, and the
citations, references and figures that do not stand. Reads on a screen and a telephone, prints on A4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from juanzong.output import evidence as ev
from juanzong.output.folder import Json
from juanzong.words import chosen, shown

_NAMES = {"quotation": "引文", "citation": "引用文件", "reference": "文内参见", "fact": "数据"}
_GRAVE = {"error": "须改", "warning": "存疑", "info": "留意"}
_BOUNDS = {"over": "超过 ", "under": "低于 ", "about": "约 "}


def evidence_page(evidence: ev.Evidence, rows: Sequence[Json]) -> str:
    """The page's HTML: no script, nothing fetched."""
    language = "en" if chosen() == "en" else "zh-CN"
    title = escape(str(evidence.output.bundle.get("title") or evidence.output.bundle["id"]))
    style = files("juanzong.review").joinpath("static/evidence.css").read_text("utf-8")
    body = "\n".join(_body(evidence, rows))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{shown('引证核对')}：{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{shown('引证核对')}</h1>\n<p class=bundle>{title}</p>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _body(evidence: ev.Evidence, rows: Sequence[Json]) -> Iterator[str]:
    yield from _summary(rows)
    quotations = [r for r in rows if r["kind"] == "quotation"]
    if quotations:
        yield f"<h2 id=quotation>{shown('引文')}</h2>"
        yield _legend()
    drawn: set[str] = set()
    n = 0
    for r in quotations:
        if r["id"] in drawn:
            continue
        n += 1
        same = [o for o in quotations if o["id"] in r["other_prints"] and _alike(o, r)]
        drawn |= {o["id"] for o in same}
        yield from _quotation(evidence, r, n, same)
    for kind in ("citation", "reference", "fact"):
        yield from _table(evidence, [r for r in rows if r["kind"] == kind], kind)


def _alike(a: Json, b: Json) -> bool:
    """Whether two prints of a passage are quoted alike: they are shown once."""

    def told(r: Json) -> tuple[object, ...]:
        return (r["verdict"], "".join(r["text"].split()), [(d["quoted"], d["printed"]) for d in r["differences"]])

    return told(a) == told(b)


def _summary(rows: Sequence[Json]) -> Iterator[str]:
    yield "<table class=summary><tbody>"
    for kind, name in _NAMES.items():
        some = [r for r in rows if r["kind"] == kind]
        if some:
            counts = Counter(v for r in some for v in ev.verdicts_of(r))
            told = " ".join(f'<span class="{tone_of(v)}">{ev.verdict(v)} <b>{k}</b></span>' for v, k in counts.items())
            yield f"<tr><th scope=row><a href=#{kind}>{shown(name)}</a></th><td>{len(some)}</td><td>{told}</td></tr>"
    yield "</tbody></table>"


def _legend() -> str:
    told = [f"<{tag}>{shown(words)}</{tag.split()[0]}>" for tag, words in _MARKS.items()]
    return f"<p class=legend>{' '.join(told)}</p>"


_MARKS = {
    "ins": "引文多出或改动的字",
    "del": "文件有而引文缺的字",
    "u class=lost": "没有出处的话",
    "span class=frame": "引者自己的话",
    "mark": "文件中被引的话",
    "span class=left": "引文略去的话",
}


def tone_of(verdict: str) -> str:
    fine = {"verbatim", "agrees", "short name", "resolves", "agree", "agree after rounding", "agree (bound)"}
    bad = {"not found", "not in the bundle", "does not resolve", "differ", "unit differs"}
    return "good" if verdict in fine else "bad" if verdict in bad else "middling"


def _quotation(evidence: ev.Evidence, r: Json, n: int, same: Sequence[Json]) -> Iterator[str]:
    finding = evidence.findings.get(r["id"])
    grave = f"<span class={finding['severity']}>{shown(_GRAVE[finding['severity']])}</span>" if finding else ""
    doubt = f"<span class=doubt>{shown('可能是识读之误')}</span>" if r["transcription_doubt"] else ""
    where = [ev.place_of(evidence, r), *(shown(f"第 {o['print']} 次印刷亦同") for o in same)]
    yield f'<article id="{r["id"]}">'
    yield f'<h3><span class=number>{n}</span> <span class="{tone_of(r["verdict"])}">{escape(ev.told(r))}</span> {grave}{doubt}</h3>'
    yield "<div class=sides>"
    yield f"<section><h4>{shown('引文')}<small>{escape('；'.join(where))}</small></h4><p>{_marked(ev.quoted(r), True)}</p></section>"
    yield f"<section><h4>{shown('出处')}<small>{escape(ev.title_of(evidence, r['cited']['document']))}</small></h4>"
    passages = ev.printed(evidence, r)
    for p in passages:
        yield f"<p class=where>{escape(ev.trail(evidence, p.place))}</p><p>{_marked(p.pieces, False)}</p>"
    if not passages:
        yield f"<p class=none>{escape(shown(ev.REASONS.get(r['reason'] or '', '没有对应的文字')))}</p>"
    yield "</section></div>"
    for place, words in ev.nearest(evidence, r):
        yield f"<p class=elsewhere>{escape(shown(f'无出处的话，最相近：“{words}”　{ev.trail(evidence, place)}'))}</p>"
    for e in r["elsewhere"]:
        if e["at"] and e["at"][0]["document"]:
            at = e["at"][0]
            part = "" if e["range"][1] - e["range"][0] > 0.8 * len(r["text"]) else "其中一部分"
            told = f"{part}另见{ev.title_of(evidence, at['document'])}　{ev.trail(evidence, at)}（{ev.verdict(e['relation'])}）"
            yield f"<p class=elsewhere>{escape(shown(told))}</p>"
    yield "</article>"


def _marked(pieces: Sequence[ev.Piece], quoted: bool) -> str:
    """Pieces as HTML. On the quotation's side what is missing stands where it would; on the source's it is marked."""
    out = []
    for p in pieces:
        text = escape(p.text).replace("\n", " ")
        if p.what == "added":
            out.append(f"<ins>{text}</ins>" + (f"<del>{escape(p.note)}</del>" if p.note else ""))
        elif p.what == "missing":
            out.append(f"<del>{escape(p.note) if quoted else text}</del>")
        elif p.what == "lost":
            out.append(f"<u class=lost>{text}</u>")
        elif p.what == "frame":
            out.append(f"<span class=frame>{text}</span>")
        elif p.what == "left out" and len(p.text) > 24:
            out.append(
                f"<details><summary>{shown(f'略去 {len(p.text)} 字')}</summary><span class=left>{text}</span></details>"
            )
        elif p.what == "left out":
            out.append(f"<span class=left>{text}</span>")
        else:
            out.append(f"<mark>{text}</mark>" if p.what == "same" else text)
    return "".join(out)


def _table(evidence: ev.Evidence, rows: Sequence[Json], kind: str) -> Iterator[str]:
    if not rows:
        return
    bad = [r for r in rows if any(tone_of(v) != "good" for v in ev.verdicts_of(r)) and r.get("scope") != "elsewhere"]
    good = [r for r in rows if r not in bad]
    yield f"<h2 id={kind}>{shown(_NAMES[kind])}</h2>"
    yield from _rows(evidence, bad) if bad else (f"<p>{shown('没有不符之处。')}</p>",)
    if good:
        yield f"<details class=rest><summary>{shown(f'其余 {len(good)} 条')}</summary>"
        yield from _rows(evidence, good)
        yield "</details>"


def _rows(evidence: ev.Evidence, rows: Sequence[Json]) -> Iterator[str]:
    yield "<table class=rows><tbody>"
    for r in rows:
        verdict = "、".join(f'<span class="{tone_of(v)}">{ev.verdict(v)}</span>' for v in ev.verdicts_of(r))
        what, where = _fact(evidence, r) if r["kind"] == "fact" else _mention(evidence, r)
        yield f'<tr id="{r["id"]}"><td>{verdict}</td><td>{what}</td><td>{where}</td></tr>'
    yield "</tbody></table>"


def _mention(evidence: ev.Evidence, r: Json) -> tuple[str, str]:
    if r["kind"] == "citation":
        what = escape(
            f"《{r['title'].strip('《》')}》"
            + (f"（{r['number']}）" if r["number"] else "")
            + (f" {r['date']}" if r["date"] else "")
        )
        for d in r["deviations"]:
            if d["kind"] != "form":
                told = f"<ins>{escape(d['cited'])}</ins> " + (
                    f"<del>{escape(d['printed'])}</del>" if d["printed"] else shown("文件未印")
                )
                what += f"<br><small>{told}</small>"
    else:
        what = escape(f"“{r['text']}”") + (
            f"<br><small>{escape(shown(r['deviation']))}</small>" if r["deviation"] else ""
        )
    place = r["place"]
    if place["document"] is None:
        return what, shown("合并前的另一次印刷")
    return what, escape(f"{ev.title_of(evidence, place['document'])}　{ev.trail(evidence, place)}")


def _fact(evidence: ev.Evidence, r: Json) -> tuple[str, str]:
    what = escape(
        f"{r['region']} {r['year']} {r['indicator']}" + (shown("（目标）") if r["status"] == "target" else "")
    )
    where = []
    for s in r["statements"]:
        value = f"{shown(_BOUNDS.get(s['bound'] or '', ''))}{s['value']}{s['unit'] or ''}"
        at = f"{ev.title_of(evidence, s['place']['document'])}　{ev.trail(evidence, s['place'])}"
        where.append(f"<b>{escape(value)}</b> {escape(at)}")
    return what, "<br>".join(where)
