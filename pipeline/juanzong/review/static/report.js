"use strict";
// Hover or tap tells of an edit: what, which rule, how sure, on what evidence. Text only, never HTML.
const edits = JSON.parse(document.getElementById("edits").textContent), pop = document.getElementById("pop");
const line = (text, tag = "p", name = "") => { const e = document.createElement(tag); e.textContent = text; e.className = name; return e; };
function tell(mark) {
  pop.replaceChildren();
  for (const id of mark.dataset.e.split(" ")) {
    const [category, rule, kind, status, sure, before, after, evidence] = edits[id];
    const change = document.createElement("p"); change.className = "big"; change.append(line(before || "∅", "del"), " → ", line(after || "∅", "ins"));
    pop.append(line(`${category} · ${kind} · ${status} · ${sure}%`), change, line(rule, "p", "rule"), ...evidence.map(v => line("· " + v)));
  }
  pop.hidden = false;
  const r = mark.getBoundingClientRect();
  pop.style.left = Math.max(8, Math.min(r.left, innerWidth - pop.offsetWidth - 8)) + "px";
  pop.style.top = (r.bottom + pop.offsetHeight + 12 < innerHeight ? r.bottom + 6 : Math.max(8, r.top - pop.offsetHeight - 6)) + "px";
}
for (const what of ["mouseover", "click"]) addEventListener(what, e => { const m = e.target.closest?.("mark[data-e]"); if (m) tell(m); else pop.hidden = true; });
// A place of a document (#doc=…&p=…), an entry (#id=…): links of footnotes and of the list lead there, and back.
function show() {
  const to = new URLSearchParams(location.hash.slice(1)), doc = document.getElementById(to.get("doc")), p = to.get("p");
  const string = doc && [...doc.querySelectorAll(".t")].find(t => t.dataset.p === p);
  const thing = doc && [...doc.querySelectorAll("[data-i]")].findLast(t => (p + "/").startsWith(t.dataset.i + "/"));
  const mark = to.get("id") && [...document.querySelectorAll(".doc mark[data-e]")].find(m => m.dataset.e.split(" ").includes(to.get("id")));
  const at = mark || string || thing || doc;
  if (!at) return;
  at.closest("details")?.setAttribute("open", "");
  at.scrollIntoView({block: "center"});
  if (string && window.Highlight) { const r = document.createRange(); r.selectNodeContents(string); CSS.highlights.set("string", new Highlight(r)); }
}
addEventListener("hashchange", show);
if (location.hash) show();
addEventListener("beforeprint", () => { for (const d of document.querySelectorAll("details.side:not(.sourcetext), details.toc")) d.open = true; });
