// The two texts: chunks that are drawn when they come near the window, and the place that both keep in view.
import {$, $$, html, take, ask} from "./core.js";
import {rangeIn} from "./points.js";
import {turnTo, drawBox} from "./sheet.js";

export const source = $("#source"), paper = $("#document");
const told = {};                             // marks decided since the page was opened: what was fetched before shows them too
let now = {};                                // what is shown: {id, source: spot, document: spot}
export let shown = null;                     // the document that is drawn

export function tell(marks, root = document) {
  if (root === document) Object.assign(told, marks);
  for (const m of $$("mark[data-e]", root)) for (const id of m.dataset.e.split(" ")) if (id in marks) {
    if (marks[id]) m.dataset.d = marks[id]; else delete m.dataset.d;
  }
}

// ---- chunks
const watcher = new IntersectionObserver(seen => { for (const s of seen) if (s.isIntersecting) fill(s.target); }, {rootMargin: "900px"});
export function watch(root) {
  for (const c of $$(".chunk:not(.full)", root)) {
    const perLine = c.dataset.src.startsWith("source") ? 24 : 30;
    c.style.minHeight = Math.max(60, c.dataset.size / perLine * 28) + "px";
    watcher.observe(c);
  }
}
export function fill(chunk, again = false) {
  if (chunk.filling && !again) return chunk.filling;
  chunk.filling = (again ? html(chunk.dataset.src) : take(chunk.dataset.src)).then(text => {
    chunk.innerHTML = text; tell(told, chunk); chunk.classList.add("full"); chunk.style.minHeight = ""; watcher.unobserve(chunk);
    if (chunk.isConnected) { paint(); settle(chunk.closest(".scroller")); }
  });
  chunk.filling.catch(() => { chunk.filling = null; });
  return chunk.filling;
}
export const refill = () => { drawn.clear(); return Promise.all($$(".chunk.full").map(c => fill(c, true))); };

// ---- documents
const DRAWN = 6;                             // documents that are kept as drawn, to come back to at once
const drawn = new Map();
const drawing = id => "document/" + encodeURIComponent(id);
export async function show(id) {
  if (shown === id) return;
  const left = shown;
  shown = id; $("#which").value = id;
  const kept = drawn.get(id), text = kept ? "" : await take(drawing(id));
  if (shown !== id) return;
  drawn.delete(id);
  if (left !== null) drawn.set(left, [...paper.firstElementChild.childNodes]);
  if (drawn.size > DRAWN) drawn.delete(drawn.keys().next().value);
  const sheet = paper.firstElementChild;
  unpin(paper); sheet.dataset.document = id;
  if (kept) sheet.replaceChildren(...kept); else sheet.innerHTML = text;
  watch(sheet); tell(told, sheet); paper.scrollTop = 0;
}

// ---- what is named stays in view until one scrolls
const pins = new Map();                      // scroller -> what it shows: an element or a range
export function unpin(scroller) { pins.delete(scroller); }
export function pin(scroller, target) {
  for (let e = target.startContainer?.parentElement || target; e && e !== scroller; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
  pins.set(scroller, target); settle(scroller);
}
function boxOf(target) {
  const all = [...target.getClientRects()].filter(r => r.height);
  return all.length ? {top: all[0].top, left: all[0].left, right: all[0].right, height: all.at(-1).bottom - all[0].top} : target.getBoundingClientRect();
}
export function settle(scroller) {
  const target = pins.get(scroller), view = scroller.getBoundingClientRect();
  if (!target || !view.height) return;
  const wide = (target.startContainer?.parentElement || target).closest?.(".scroll");
  if (wide) {
    const box = boxOf(target), frame = wide.getBoundingClientRect();
    if (box.left < frame.left || box.right > frame.right) wide.scrollLeft += box.left - frame.left - frame.width / 4;
  }
  const box = boxOf(target), top = box.height < view.height * .5 ? view.height / 3 : view.height * .08;
  const off = box.top - view.top - top;
  if (Math.abs(off) > 1) scroller.scrollTop += off;
}
const grows = new ResizeObserver(() => { for (const s of pins.keys()) settle(s); });
for (const s of [source, paper, $("#sheet")].filter(Boolean)) {
  grows.observe(s); grows.observe(s.firstElementChild);
  for (const what of ["wheel", "touchmove", "pointerdown"]) s.addEventListener(what, () => unpin(s), {passive: true});
  s.addEventListener("keydown", e => { if (["PageDown", "PageUp", "Home", "End", " "].includes(e.key)) unpin(s); });
}

// ---- highlights
const words = window.Highlight ? new Highlight() : new Set(), string = window.Highlight ? new Highlight() : new Set();
if (window.Highlight) { CSS.highlights.set("string", string); CSS.highlights.set("words", words); }
const chunkAt = offset => $$(".chunk", source).findLast(c => +c.dataset.o <= offset);
function sourceRange([a, b]) {
  const first = chunkAt(a), last = chunkAt(Math.max(a, b - 1));
  if (!first?.classList.contains("full")) return null;
  const lines = $$(".ln", first), from = lines.findLast(l => +l.dataset.o <= a);
  const ends = last.classList.contains("full") ? $$(".ln", last) : lines, to = ends.findLast(l => +l.dataset.o <= Math.max(a, b - 1)) || from;
  return from ? rangeIn(from, a - from.dataset.o, b - to.dataset.o, to) : null;
}
const stringOf = spot => spot?.document === shown && $$(".t", paper).find(t => t.dataset.p === spot.pointer);
const thingOf = spot => $$("[data-i]", paper).findLast(t => (spot.pointer + "/").startsWith(t.dataset.i + "/"));
const byEdit = (id, root) => id && $$("mark[data-e]", root).find(m => m.dataset.e.split(" ").includes(id));
function paint() {
  words.clear(); string.clear();
  for (const r of now.source?.source || []) { const at = sourceRange(r); if (at) words.add(at); }
  const text = stringOf(now.document);
  if (text && now.document.range) words.add(rangeIn(text, ...now.document.range));
  else if (text) string.add(rangeIn(text, 0, Infinity));
  for (const part of now.document?.document === shown && now.also || []) {
    const other = $$(".t", paper).find(t => t.dataset.p === part.pointer);
    if (other) words.add(rangeIn(other, ...part.range));
  }
  for (const m of $$("mark.now")) m.classList.remove("now");
  if (now.id) for (const m of $$("mark[data-e]")) if (m.dataset.e.split(" ").includes(now.id)) m.classList.add("now");
}

// Show a place on both sides. Each side has its own spot: a quotation on the left, what it quotes on the right.
export async function reveal(place) {
  now = place;
  const {source: left, document: right, id} = place, jobs = [];
  if (left?.source.length) {
    const [a, b] = left.source[0];
    jobs.push(...new Set([chunkAt(a), chunkAt(Math.max(a, b - 1))].map(c => fill(c))));
  }
  if (right) jobs.push(show(right.document).then(() => { const c = $("#d-" + right.chunk); return c && fill(c); }));
  await Promise.all(jobs);
  if (now !== place) return;
  paint();
  if (left?.source.length) pin(source, byEdit(id, chunkAt(left.source[0][0])) || sourceRange(left.source[0]) || source);
  if (left?.pages.length) turnTo(left.pages[0].page);
  drawBox(left?.pages || []);
  if (!right) return;
  const text = stringOf(right), at = text && right.range ? rangeIn(text, ...right.range) : text || thingOf(right);
  const mark = byEdit(id, text || $("#d-" + right.chunk) || paper);
  if (mark || at) pin(paper, mark || at);
}
export const showing = () => now;

// Fetch what an entry will need.
export function prepare(place) {
  if (place.source?.source.length) { const c = chunkAt(place.source.source[0][0]); if (c) fill(c); }
  const d = place.document;
  if (!d) return;
  if (d.document === shown) { const c = $("#d-" + d.chunk); if (c) fill(c); }
  else if (!drawn.has(d.document)) { ask(drawing(d.document)); ask(`${drawing(d.document)}/${d.chunk}`); }
}
