// The review page: where one goes, what one does. Every place has an address after the #, so that links, reload and back lead to it:
// #id=ENTRY, #at=START-END of the source, #doc=DOCUMENT&p=POINTER&r=START-END of a document; with #q=WORDS beside it, a search.
import {$, $$, html, json, toast} from "./core.js";
import {named, caretAt, wordAround} from "./points.js";
import {source, paper, show, reveal, watch, fill, showing} from "./panes.js";
import {turn, magnify, pointAt} from "./sheet.js";
import {card, list, select, settle, neighbour, refilter, find, found, turnView, viewOf, watchMore, rows} from "./lists.js";
import {decide, undo, openForm, closeForms, batch, batchChanges, rerun, runNow} from "./decide.js";

const pop = $("#pop"), dialog = $("#dialog");
let picked = null;                           // a selected passage that a form is open for
let hash = "";

// ---- where one is
const span = text => (text || "").match(/^\d+-\d+$/) ? text.split("-").map(Number) : null;
export async function open(where, push = true) {
  const to = new URLSearchParams(where.replace(/^#/, "")), id = to.get("id"), q = to.get("q");
  if (push && where !== location.hash) history.pushState(null, "", where);
  hash = where; picked = null;
  if (q !== null) { await turnView("search"); if (found() !== q) await find(q); }
  if (id) { if (q === null && list.view !== viewOf(id)) await turnView(viewOf(id)); return select(id).catch(() => toast(document.body.dataset.gone)); }
  const place = span(to.get("at")) ? {offset: to.get("at")} : to.get("doc") ? {document: to.get("doc"), pointer: to.get("p") || "", ...(span(to.get("r")) ? {range: to.get("r")} : {})} : null;
  if (q !== null) settle(where);
  if (!place) return;
  const spot = await json("locate?" + new URLSearchParams(place)).catch(() => null);
  if (!spot) return toast(document.body.dataset.gone);
  if (innerWidth < 900) tab(place.offset ? "source" : "document");
  await reveal({source: spot, document: spot});
}
addEventListener("popstate", () => { if (location.hash !== hash) run(() => open(location.hash || "#", false)); });

async function step(by) {
  const row = await neighbour(by);
  if (row) await open($("a", row).hash);
}
async function settled(changes, on = true) {
  const was = list.current;
  if (!changes.length || !await decide(changes)) return;
  if (on) await step(1);
  if (list.current === was && was) await select(was, false).catch(() => card.replaceChildren());
}
const target = () => $(".card", card)?.dataset.target;   // what the card's buttons decide: an edit, a finding, a passage
const verdict = decision => { const id = target(); return id && settled([{id, decision}]); };

// ---- a click in one text shows the place in the other
async function across(node, offset) {
  const at = named(node, offset);
  if (!at) return;
  const [before, after] = wordAround(node, offset), first = Math.max(0, (at.offset ?? at.at) - before), range = `${first}-${(at.offset ?? at.at) + Math.max(1, after)}`;
  await open("#" + new URLSearchParams(at.document ? {doc: at.document, p: at.pointer, r: range} : {at: range}));
}

async function fromPage(x, y) {              // a click on the page of a scan
  const spot = await json("locate?" + new URLSearchParams(pointAt(x, y))).catch(() => null);
  if (spot) await open("#" + new URLSearchParams({doc: spot.document, p: spot.pointer}));
}

// ---- a selected passage: its source offsets
async function selection() {
  const s = getSelection();
  if (!s.rangeCount || s.isCollapsed) return null;
  const r = s.getRangeAt(0), ends = [named(r.startContainer, r.startOffset), named(r.endContainer, r.endOffset)];
  if (!ends[0] || !ends[1]) return null;
  for (const [k, e] of ends.entries()) if (e.document) {
    const range = k ? `${Math.max(0, e.at - 1)}-${e.at}` : `${e.at}-${e.at + 1}`;
    e.offset = (await json("locate?" + new URLSearchParams({document: e.document, pointer: e.pointer, range}))).source[0]?.[k] ?? -1;
  }
  return ends[0].offset >= 0 && ends[0].offset < ends[1].offset ? {id: `s-${ends[0].offset}-${ends[1].offset}`, text: s.toString()} : null;
}
async function write(name) {                 // a reading or a comment: of what is selected, else of the entry
  picked = await selection();
  if (picked) {
    card.replaceChildren($("#selection-card").content.cloneNode(true));
    $(".big", card).textContent = picked.text; $("form[data-verdict=reading] textarea", card).value = picked.text;
    document.body.classList.add("has-card"); $(".card", card).dataset.target = picked.id;
  }
  if (innerWidth < 900) tab("list");
  openForm(name);
}

// ---- what one does
const finding = () => $(".card", card)?.dataset.kind === "finding";
const acts = {
  accept: () => verdict("accepted"), reject: () => finding() ? openForm("waived") : verdict("rejected"), waive: () => openForm("waived"),
  edit: () => write("reading"), comment: () => write("comment"), undo, batch: () => batch(), next: () => step(1), previous: () => step(-1),
  takeback: () => { const id = target(); return id && settled([{id, decision: null}], false); },
  cancel: () => { if (picked) { picked = null; card.replaceChildren(); if (list.current) return select(list.current, false); } else closeForms(); },
  close: () => { for (const d of $$("dialog[open]")) d.close(); }, help: () => $("#help").showModal(), search: () => { $("#words").focus(); $("#words").select(); },
  rerun, run: runNow, "zoom-in": () => magnify(1), "zoom-out": () => magnify(-1), "page-next": () => turn(1), "page-previous": () => turn(-1),
  across: () => { const s = getSelection(); return s.rangeCount ? across(s.focusNode, s.focusOffset) : null; },
  "batch-accept": () => settled(batchChanges("accepted"), false), "batch-reject": () => settled(batchChanges("rejected"), false), "batch-waive": () => settled(batchChanges("waived"), false),
};
const tab = name => { document.body.dataset.show = name; for (const b of $$("[data-tab]")) b.setAttribute("aria-pressed", b.dataset.tab === name); };
const keys = {j: acts.next, ArrowDown: acts.next, k: acts.previous, ArrowUp: acts.previous, a: acts.accept, r: acts.reject, w: acts.waive, e: acts.edit, c: acts.comment, u: undo, b: acts.batch, x: acts.takeback,
  g: acts.across, "/": acts.search, "?": acts.help, "+": acts["zoom-in"], "-": acts["zoom-out"],
  s: () => { tab("source"); source.focus(); }, d: () => { tab("document"); paper.focus(); }, q: () => { tab("list"); rows().find(r => r.classList.contains("now"))?.querySelector("a").focus(); }};
let busy = Promise.resolve();
const run = act => { busy = busy.then(act).catch(e => toast(String(e.message || e))); return busy; };
window.review = {get busy() { return busy; }, get current() { return list.current; }, get place() { return showing(); }, fill, open: where => run(() => open(where))};

addEventListener("keydown", e => {
  if (e.target.matches("textarea")) {
    if (e.key === "Escape") run(acts.cancel); else if (e.key === "Enter" && !e.shiftKey && !e.isComposing && e.target.form.matches(".words")) { e.preventDefault(); e.target.form.requestSubmit(); }
    return;
  }
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches("select, input") || $("dialog[open]")) return;
  if (e.target.matches(".scroller, .scroll") && e.key.startsWith("Arrow")) return;
  if (e.target.matches("[role=tab]") && /^Arrow(Left|Right)$/.test(e.key)) {
    const tabs = $$("[role=tab][data-view]"), to = tabs[(tabs.indexOf(e.target) + (e.key === "ArrowLeft" ? -1 : 1) + tabs.length) % tabs.length];
    to.focus(); run(() => turnView(to.dataset.view));
  } else if (keys[e.key]) { e.preventDefault(); run(keys[e.key]); }
});
addEventListener("click", e => {
  const t = e.target, act = t.closest("[data-do]"), link = t.closest("a[href^='#']"), m = t.closest("mark[data-e]");
  if (act) { e.preventDefault(); run(acts[act.dataset.do]); }
  else if (t.closest("button[data-tab]")) tab(t.closest("button[data-tab]").dataset.tab);
  else if (t.closest("button[data-view]")) run(() => turnView(t.closest("button[data-view]").dataset.view));
  else if (t.closest("button[data-sheet]")) { document.body.dataset.sheet = t.closest("button[data-sheet]").dataset.sheet; for (const b of $$("button[data-sheet]")) b.setAttribute("aria-pressed", b.dataset.sheet === document.body.dataset.sheet); }
  else if (link) { e.preventDefault(); if (dialog.contains(link)) dialog.close(); run(() => open(link.hash)); }
  else if (m && getSelection().isCollapsed) run(() => open("#id=" + m.dataset.e.split(" ").pop()));
  else if (t.closest("#page")) run(() => fromPage(e.clientX, e.clientY));
  else if (t.closest(".t, .ln") && getSelection().isCollapsed) { const c = caretAt(e.clientX, e.clientY); if (c) run(() => across(...c)); }
});
addEventListener("submit", e => {
  e.preventDefault();
  const form = e.target;
  if (form.id === "search") run(async () => { await find($("#words").value); await open("#" + new URLSearchParams({q: $("#words").value})); if (innerWidth < 900) tab("list"); await step(0); });
  if (!form.matches(".words")) return;
  const words = $("textarea", form).value, decision = form.dataset.verdict, id = target(), stay = Boolean(picked) || decision === "comment";
  if (decision !== "reading" && !words.trim()) { $("textarea", form).focus(); return; }
  run(() => settled([{id, decision, [decision === "reading" ? "reading" : "reason"]: words}], !stay));
});
addEventListener("change", e => {
  const form = e.target.form;
  if (form?.dataset.list) run(() => refilter(form.dataset.list));
  else if (e.target.id === "which") run(() => open("#" + new URLSearchParams({doc: e.target.value, p: "/title"})));
  else if (e.target.name === "scope") run(() => batch(e.target.value));
  else if (e.target.matches("[name=every]")) for (const i of $$("input[name=id]", dialog)) i.checked = e.target.checked;
});

// ---- hover: what, why, how sure
const known = new Map(); let hover = 0;
addEventListener("mouseover", e => {
  const m = e.target.closest?.("mark[data-e]"); clearTimeout(hover);
  if (!m) { pop.hidden = true; return; }
  hover = setTimeout(async () => {
    const id = m.dataset.e.split(" ").pop();
    if (!known.has(id)) known.set(id, html("item/" + encodeURIComponent(id)));
    pop.innerHTML = await known.get(id).catch(() => ""); pop.hidden = false;
    const r = m.getClientRects()[0] || m.getBoundingClientRect();
    pop.style.left = Math.max(8, Math.min(r.left, innerWidth - pop.offsetWidth - 8)) + "px";
    pop.style.top = (r.bottom + pop.offsetHeight + 12 < innerHeight ? r.bottom + 6 : Math.max(8, r.top - pop.offsetHeight - 6)) + "px";
  }, 180);
});

watch(source); watchMore();
run(async () => {
  await show(document.body.dataset.document);
  if (location.hash.length > 1) await open(location.hash, false);
  else { const first = rows()[0]; if (first) { history.replaceState(null, "", $("a", first).hash); await open($("a", first).hash, false); } }
  document.body.dataset.ready = "1";
});
