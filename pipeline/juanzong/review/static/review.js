"use strict";
// The review page: fetches drawn fragments, moves, and posts decisions. The server draws; nothing here builds HTML from text.
const base = document.body.dataset.base;
const $ = (css, root = document) => root.querySelector(css);
const $$ = (css, root = document) => [...root.querySelectorAll(css)];
const card = $("#card"), queue = $("#queue"), dialog = $("#dialog"), pop = $("#pop");
let current = null, shown = null, picked = null;

const get = async path => { const r = await fetch(base + path); if (!r.ok) throw new Error(await r.text()); return r; };
const html = async path => (await get(path)).text();
const ready = new Map();                     // what the next entry needs, asked for while one reads this one
const ask = path => { if (!ready.has(path)) ready.set(path, html(path).catch(() => html(path))); };
const take = path => { const text = ready.get(path) || html(path); ready.delete(path); return text; };
const told = {};                             // marks decided since the page was opened: what was fetched before shows them too
function tell(marks, root = document) {
  for (const m of $$("mark[data-e]", root)) for (const id of m.dataset.e.split(" ")) if (id in marks) { if (marks[id]) m.dataset.d = marks[id]; else delete m.dataset.d; }
}
function toast(text) { const t = $("#toast"); t.textContent = text; t.hidden = false; clearTimeout(toast.timer); toast.timer = setTimeout(() => { t.hidden = true; }, 5000); }

// ---- chunks: drawn when they come near the window
const watcher = new IntersectionObserver(seen => { for (const s of seen) if (s.isIntersecting) fill(s.target); }, {rootMargin: "900px"});
function watch(root) {
  for (const c of $$(".chunk:not(.full)", root)) {
    const perLine = c.dataset.src.startsWith("source") ? 24 : 30;
    c.style.minHeight = Math.max(60, c.dataset.size / perLine * 28) + "px";
    watcher.observe(c);
  }
}
async function fill(chunk, again = false) {
  if (chunk.filling && !again) return chunk.filling;
  chunk.filling = (again ? html(chunk.dataset.src) : take(chunk.dataset.src)).then(text => {
    chunk.innerHTML = text; tell(told, chunk); chunk.classList.add("full"); chunk.style.minHeight = ""; watcher.unobserve(chunk); mark();
  });
  return chunk.filling;
}
const DRAWN = 6;                             // documents that are kept as drawn, to come back to at once
const drawn = new Map();
const drawing = id => "document/" + encodeURIComponent(id);
async function show(id) {
  if (shown === id) return;
  const root = $("#document"), left = shown;
  shown = id; $("#which").value = id;
  const text = drawn.has(id) ? null : await take(drawing(id));
  if (shown !== id) return;
  if (left !== null) { drawn.delete(left); drawn.set(left, [...root.childNodes]); }
  if (drawn.size > DRAWN) drawn.delete(drawn.keys().next().value);
  if (text === null) root.replaceChildren(...drawn.get(id)); else { root.innerHTML = text; watch(root); }
  tell(told, root); root.scrollTop = 0;
}
function into(scroller, target) {
  if (!target) return;
  const a = target.getBoundingClientRect(), b = scroller.getBoundingClientRect();
  scroller.scrollTop += a.top - b.top - b.height / 3;
}
const byEdit = (id, root) => $$("mark[data-e]", root).find(m => m.dataset.e.split(" ").includes(id));
function lineAt(root, offset) { let best = null; for (const l of $$(".ln", root)) { if (+l.dataset.o <= offset) best = l; else break; } return best; }
async function go(place) {
  const jobs = [];
  if (place.offset >= 0) jobs.push((async () => {
    const chunk = $("#s-" + place.source); await fill(chunk);
    const line = lineAt(chunk, place.offset);
    into($("#source"), (place.id && byEdit(place.id, chunk)) || line); flash(line);
  })());
  if (place.document) jobs.push((async () => {
    await show(place.document);
    const chunk = $("#d-" + place.chunk); if (!chunk) return;
    await fill(chunk);
    const at = place.pointer && $$(".t", chunk).find(t => t.dataset.p === place.pointer)
      || place.pointer && $$("[data-i]", chunk).find(t => (place.pointer + "/").startsWith(t.dataset.i + "/"));
    into($("#document"), (place.id && byEdit(place.id, chunk)) || at || chunk); flash(at);
  })());
  await Promise.all(jobs); mark();
}
function flash(e) { if (!e) return; for (const x of $$(".here")) if (x.parentNode && x.closest(".scroller") === e.closest(".scroller")) x.classList.remove("here"); e.classList.add("here"); }
function mark() { for (const m of $$("mark.now")) m.classList.remove("now"); if (current) for (const m of $$("mark[data-e]")) if (m.dataset.e.split(" ").includes(current)) m.classList.add("now"); }

// ---- the queue
const ahead = new Map();                     // the entry that comes next, fetched while one reads this one
function look(row) {
  if (!row?.dataset.id) return;
  ahead.set(row.dataset.id, html("item/" + encodeURIComponent(row.dataset.id)).catch(() => ""));
  const chunk = $("#s-" + row.dataset.sc); if (chunk) fill(chunk);
  if (row.dataset.doc === shown) { const c = $("#d-" + row.dataset.dc); if (c) fill(c); }
  else if (row.dataset.doc && !drawn.has(row.dataset.doc)) { ask(drawing(row.dataset.doc)); ask(`${drawing(row.dataset.doc)}/${row.dataset.dc}`); }
}
const rows = () => $$(".row", queue);
async function select(id, move = true) {
  current = id; picked = null;
  for (const r of $$(".row.now", queue)) r.classList.remove("now");
  const row = document.getElementById("q-" + id);
  if (row) { row.classList.add("now"); row.scrollIntoView({block: "nearest"}); }
  const [text] = await Promise.all([ahead.get(id) || html("item/" + encodeURIComponent(id)), move && row ? go({id, offset: +row.dataset.source, source: row.dataset.sc, document: row.dataset.doc, chunk: row.dataset.dc, pointer: row.dataset.p}) : null]);
  ahead.clear();
  if (current === id) { card.innerHTML = text; document.body.classList.add("has-card"); mark(); look(row?.nextElementSibling); }
}
async function step(by) {
  const all = rows(); let k = all.findIndex(r => r.dataset.id === current) + by;
  if (by > 0 && k >= all.length && $("#more")) { await more(); return step(by); }
  if (current === null) k = 0;
  const next = rows()[Math.max(0, Math.min(k, rows().length - 1))];
  if (next) await select(next.dataset.id);
}
const params = () => new URLSearchParams(new FormData($("#filter")));
let loading = null;
function more() {
  loading = loading || (async () => {
    const p = params(); p.set("from", rows().length);
    const text = await html("queue?" + p); $("#more")?.remove(); queue.insertAdjacentHTML("beforeend", text); watchMore(); loading = null;
  })();
  return loading;
}
const moreWatcher = new IntersectionObserver(s => { if (s.some(x => x.isIntersecting)) more(); }, {root: queue, rootMargin: "400px"});
function watchMore() { moreWatcher.disconnect(); const m = $("#more"); if (m) moreWatcher.observe(m); }
async function refilter() { queue.innerHTML = await html("queue?" + params()); queue.scrollTop = 0; watchMore(); }

// ---- decisions
const stack = () => JSON.parse(sessionStorage.getItem("undo" + base) || "[]");
const keep = s => sessionStorage.setItem("undo" + base, JSON.stringify(s.slice(-200)));
async function send(changes) {
  const r = await fetch(base + "decide", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({changes})});
  const answer = await r.json().catch(() => ({error: r.status}));
  if (!r.ok) { toast(document.body.dataset.error + answer.error); return null; }
  for (const [id, row] of Object.entries(answer.rows)) {
    const old = document.getElementById("q-" + id);
    if (old) { const now = old.classList.contains("now"); old.outerHTML = row; if (now) document.getElementById("q-" + id).classList.add("now"); }
  }
  Object.assign(told, answer.marks); tell(answer.marks);
  $("#n-open").textContent = answer.counts.open; $("#n-decided").textContent = answer.counts.decided;
  if (answer.passages) { ready.clear(); drawn.clear(); await Promise.all($$(".chunk.full").map(c => fill(c, true))); }
  document.body.dataset.done = +(document.body.dataset.done || 0) + 1; document.body.dataset.ms = answer.ms;
  return answer;
}
async function decide(changes, then = "next") {
  const answer = await send(changes);
  if (!answer) return;
  keep([...stack(), answer.undo]);
  if (then === "next") { const was = current; await step(1); if (current === was && was) await select(was, false); }
}
async function undo() {
  const s = stack(), last = s.pop();
  if (!last) return;
  keep(s);
  if (await send(last) && last[0]) { const id = last[0].id; if (document.getElementById("q-" + id)) await select(id); else if (current) await select(current, false).catch(() => {}); }
}
function edit() {
  const form = $(".reading", card); if (!form) return;
  form.hidden = false;
  const box = $("textarea", form), c = $(".card", card); box.value = c.dataset.after || c.dataset.before; box.focus(); box.select();
}
async function batch(scope = "same") {
  if (!current) return;
  dialog.innerHTML = await html(`batch/${encodeURIComponent(current)}?scope=${scope}`);
  if (!dialog.open) dialog.showModal();
}
function batchSend(decision) {
  const changes = $$("input[name=id]:checked", dialog).map(i => ({id: i.value, decision}));
  dialog.close(); if (changes.length) return decide(changes, "stay");
}

// ---- a selected passage: its source offsets, in code points
const points = text => [...text].length;
function lengthTo(root, node, offset) {
  const r = document.createRange(); r.selectNodeContents(root); r.setEnd(node, offset);
  const f = r.cloneContents(); for (const x of f.querySelectorAll("[data-x]")) x.remove();
  return points(f.textContent) + f.querySelectorAll(".ctl").length;
}
async function selection() {
  const s = getSelection(); if (!s.rangeCount || s.isCollapsed) return null;
  const r = s.getRangeAt(0), ends = [];
  for (const [node, offset] of [[r.startContainer, r.startOffset], [r.endContainer, r.endOffset]]) {
    const e = node.nodeType === 1 ? node : node.parentElement, line = e.closest(".ln"), text = e.closest(".t");
    if (line) ends.push(+line.dataset.o + lengthTo(line, node, offset));
    else if (text) ends.push((await (await get("locate?" + new URLSearchParams({document: shown, pointer: text.dataset.p, at: lengthTo(text, node, offset)}))).json()).offset);
    else return null;
  }
  return ends[0] >= 0 && ends[0] < ends[1] ? {id: `s-${ends[0]}-${ends[1]}`, text: s.toString()} : null;
}
async function editSelection() {
  picked = await selection();
  if (!picked) return edit();
  const c = document.getElementById("selection-card").content.cloneNode(true);
  card.replaceChildren(c); $(".big", card).textContent = picked.text; $("textarea", card).value = picked.text; $("textarea", card).focus();
  document.body.classList.add("has-card");
}

// ---- what one does
const acts = {
  accept: () => current && decide([{id: current, decision: "accepted"}]), reject: () => current && decide([{id: current, decision: "rejected"}]),
  edit: editSelection, undo, batch: () => $("[data-do=batch]", card) && batch(), next: () => step(1), previous: () => step(-1),
  cancel: () => { if (picked) { picked = null; card.replaceChildren(); } else $(".reading", card).hidden = true; },
  close: () => { for (const d of $$("dialog[open]")) d.close(); }, help: () => $("#help").showModal(),
  "batch-accept": () => batchSend("accepted"), "batch-reject": () => batchSend("rejected"),
};
const tab = name => { document.body.dataset.show = name; };
const keys = {j: acts.next, ArrowDown: acts.next, k: acts.previous, ArrowUp: acts.previous, a: acts.accept, r: acts.reject, e: acts.edit, u: undo, b: acts.batch, "?": acts.help,
  s: () => { tab("source"); $("#source").focus(); }, d: () => { tab("document"); $("#document").focus(); }, q: () => { tab("queue"); queue.focus(); }};
let busy = Promise.resolve();
const run = act => { busy = busy.then(act).catch(e => toast(String(e.message || e))); return busy; };
addEventListener("keydown", e => {
  if (e.target.matches("textarea")) {
    if (e.key === "Escape") acts.cancel(); else if (e.key === "Enter" && !e.shiftKey && !e.isComposing) { e.preventDefault(); e.target.form.requestSubmit(); }
    return;
  }
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches("select, input") || $("dialog[open]")) return;
  if (keys[e.key]) { e.preventDefault(); run(keys[e.key]); }
});
addEventListener("click", e => {
  const t = e.target, act = t.closest("[data-do]"), row = t.closest(".row"), link = t.closest("a.ev"), fn = t.closest(".fn"), m = t.closest("mark[data-e]");
  if (act) { e.preventDefault(); run(acts[act.dataset.do]); }
  else if (t.closest("[data-tab]")) tab(t.closest("[data-tab]").dataset.tab);
  else if (row) run(() => select(row.dataset.id));
  else if (link) { e.preventDefault(); run(async () => {
    const p = await (await get("locate?" + new URLSearchParams(link.dataset.o ? {offset: link.dataset.o} : {document: link.dataset.doc, pointer: link.dataset.p}))).json();
    if (innerWidth < 900) tab("document"); await go(p); }); }
  else if (fn) run(() => go({document: shown, chunk: $$("#document .chunk").length - 1, pointer: `/footnotes/${fn.dataset.f}/text`, offset: -1}));
  else if (m && getSelection().isCollapsed) run(() => select(m.dataset.e.split(" ").pop(), true));
});
addEventListener("submit", e => {
  e.preventDefault();
  if (!e.target.matches(".reading")) return;
  const reading = $("textarea", e.target).value, id = picked ? picked.id : current;
  run(() => decide([{id, decision: "reading", reading}], picked ? "stay" : "next"));
});
addEventListener("change", e => {
  if (e.target.form?.id === "filter") run(refilter);
  else if (e.target.id === "which") run(() => show(e.target.value));
  else if (e.target.name === "scope") run(() => batch(e.target.value));
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
    const r = m.getBoundingClientRect();
    pop.style.left = Math.max(8, Math.min(r.left, innerWidth - pop.offsetWidth - 8)) + "px";
    pop.style.top = (r.bottom + pop.offsetHeight + 12 < innerHeight ? r.bottom + 6 : Math.max(8, r.top - pop.offsetHeight - 6)) + "px";
  }, 180);
});

watch($("#source")); watchMore();
run(async () => { await show(document.body.dataset.document); const first = rows()[0]; if (first) await select(first.dataset.id); document.body.dataset.ready = "1"; });
