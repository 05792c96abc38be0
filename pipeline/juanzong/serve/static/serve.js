// The list of bundles: asked for every second, changed in place so that focus and open menus stay.
import {receive} from "./upload.js";

export const $ = (css, home = document) => home.querySelector(css);
export const base = document.body.dataset.base;
export const t = JSON.parse(document.body.dataset.words);
export const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, n) => values[n]);
const EVERY = 1000, rows = new Map();
let tag = "", timer = 0;

const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };

function row(bundle) {
  const li = $("#bundle").content.firstElementChild.cloneNode(true);
  put($("h3", li), bundle.name);
  const review = $(".review", li);
  review.href = `${base}review/${bundle.key}/`;
  review.setAttribute("aria-label", fill(t.review_of, bundle.name));
  $("summary", li).setAttribute("aria-label", fill(t.downloads_of, bundle.name));
  for (const a of li.querySelectorAll("[data-kind]")) a.href = `${base}get/${bundle.key}/${a.dataset.kind}`;
  return li;
}

function update(li, bundle) {
  const done = bundle.status === "done", number = n => n.toLocaleString(document.documentElement.lang);
  li.dataset.status = bundle.status;
  const [at, pages] = bundle.pages || [];
  put($(".state", li), pages ? fill(t.pages, t[bundle.status], number(at), number(pages)) : t[bundle.status]);
  put($(".counts", li), done ? fill(t.counts, number(bundle.documents), number(bundle.characters)) : "");
  const told = ["error", "warning", "info"].filter(s => done && bundle.findings[s]);
  put($(".found", li), told.map(s => fill(t[s], number(bundle.findings[s]))).join(" · "));
  put($(".error", li), bundle.error || "");
  $(".error", li).hidden = !bundle.error;
  $(".acts", li).hidden = !bundle.open;
}

function draw(bundles) {
  const list = $("#list"), keys = new Set(bundles.map(b => b.key));
  for (const [key, li] of rows) if (!keys.has(key)) { li.remove(); rows.delete(key); }
  bundles.forEach((bundle, n) => {
    let li = rows.get(bundle.key);
    if (!li) rows.set(bundle.key, li = row(bundle));
    if (list.children[n] !== li) list.insertBefore(li, list.children[n] || null);
    update(li, bundle);
  });
  const count = status => bundles.filter(b => b.status === status).length;
  put($("#tally"), bundles.length ? fill(t.tally, bundles.length, count("done"), count("running"), count("waiting"), count("failed")) : t.none);
  $("#all").hidden = !bundles.some(b => b.open);
}

export function offline(is) { $("#offline").hidden = !is; }

export async function look() {
  clearTimeout(timer);
  try {
    const answer = await fetch(`${base}state`, {headers: tag ? {"If-None-Match": tag} : {}});
    if (answer.status === 200) { draw(await answer.json()); tag = answer.headers.get("ETag"); }
    offline(!answer.ok && answer.status !== 304);
  } catch { offline(true); }
  document.body.dataset.ready = "1";
  timer = setTimeout(look, EVERY);
}

addEventListener("keydown", e => {
  const menu = e.key === "Escape" && document.activeElement.closest("details[open]");
  if (menu) { menu.open = false; $("summary", menu).focus(); }
});
receive();
look();
