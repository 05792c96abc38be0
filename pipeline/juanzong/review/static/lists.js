// The three lists on the right: the queue, the evidence, what a search found; and the card of the entry that is chosen.
import {$, $$, html, take, ask} from "./core.js";
import {reveal, prepare} from "./panes.js";

export const card = $("#card");
export const list = {current: null, view: "queue"};
const LISTS = {queue: $("#queue"), evidence: $("#evidence"), search: $("#hits")};
const itemPath = id => "item/" + encodeURIComponent(id);
const places = new Map();                    // what the cards told of their places
export const viewOf = id => id?.startsWith("v-") ? "evidence" : "queue";

export function turnView(name) {
  list.view = name; document.body.dataset.view = name;
  for (const b of $$("[role=tab][data-view]")) { b.setAttribute("aria-selected", b.dataset.view === name); b.tabIndex = b.dataset.view === name ? 0 : -1; }
  if (name === "evidence" && !LISTS.evidence.children.length) return refilter("evidence");
}
export const rows = () => $$(".row", LISTS[list.view]);
export const rowOf = id => document.getElementById("q-" + id);

function placeIn(root) { const c = $(".card", root); return c ? JSON.parse(c.dataset.place) : {}; }
async function fetchCard(id) {
  const text = await take(itemPath(id)), room = document.createElement("div");
  room.innerHTML = text;
  places.set(id, {id, ...placeIn(room)});
  return text;
}
const soon = new Map();                      // cards that come next, on their way
function look(row) {
  const id = row?.dataset.id;
  if (!id || soon.has(id)) return;
  soon.set(id, fetchCard(id).then(text => { prepare(places.get(id)); return text; }).catch(() => null));
}
export function choose(row) {
  for (const r of $$(".row.now")) { r.classList.remove("now"); $("a", r)?.removeAttribute("aria-current"); }
  if (!row) return;
  row.classList.add("now"); $("a", row)?.setAttribute("aria-current", "true");
  row.scrollIntoView({block: "nearest"});
  if (document.activeElement?.closest(".rows")) $("a", row)?.focus({preventScroll: true});  // who walks the list by Tab goes on from here
}
export async function select(id, move = true) {
  list.current = id;
  const row = rowOf(id);
  choose(row);
  const early = soon.get(id); soon.clear();
  const text = (early && await early) ?? await fetchCard(id);
  if (list.current !== id) return;
  card.innerHTML = text; card.scrollTop = 0;
  document.body.classList.add("has-card");
  if (move) await reveal(places.get(id));
  look(row?.nextElementSibling);
}
export async function settle(hash) {         // a hit of the search: no card, but its place
  list.current = null; card.replaceChildren(); document.body.classList.remove("has-card"); choose(rows().find(r => $("a", r).hash === hash));
}

const params = name => new URLSearchParams(new FormData($("#filter-" + name)));
export async function refilter(name) { LISTS[name].innerHTML = await html(`${name}?${params(name)}`); LISTS[name].scrollTop = 0; watchMore(); }
export async function find(wanted) {
  if ($("#words").value !== wanted) $("#words").value = wanted;
  LISTS.search.innerHTML = wanted.trim() ? await html("search?" + new URLSearchParams({q: wanted})) : "";
  LISTS.search.dataset.q = wanted;
}
export const found = () => LISTS.search.dataset.q || "";

let loading = null;
export function more() {
  const mark = $(".more", LISTS.queue);
  loading = loading || (async () => {
    const p = params("queue"); p.set("from", $$(".row", LISTS.queue).length);
    const text = await html("queue?" + p); mark?.remove(); LISTS.queue.insertAdjacentHTML("beforeend", text); watchMore(); loading = null;
  })();
  return loading;
}
const watcher = new IntersectionObserver(s => { if (s.some(x => x.isIntersecting)) more(); }, {root: LISTS.queue, rootMargin: "400px"});
export function watchMore() { watcher.disconnect(); const m = $(".more", LISTS.queue); if (m) watcher.observe(m); }

// The row `by` steps from the chosen one.
export async function neighbour(by) {
  const at = rows().findIndex(r => r.classList.contains("now")), wanted = at < 0 ? 0 : at + by;
  if (list.view === "queue" && wanted >= rows().length && $(".more", LISTS.queue)) await more();
  return rows()[Math.max(0, Math.min(wanted, rows().length - 1))];
}
