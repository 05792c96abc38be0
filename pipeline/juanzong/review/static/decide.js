// Decisions: written by the server before anything is shown as decided; what they are undone by is kept for this window.
import {$, $$, base, html, toast} from "./core.js";
import {tell, refill} from "./panes.js";
import {card, list, rowOf, select} from "./lists.js";

const dialog = $("#dialog");
const stack = () => JSON.parse(sessionStorage.getItem("undo" + base) || "[]");
const keep = s => sessionStorage.setItem("undo" + base, JSON.stringify(s.slice(-200)));

async function post(path, body) {
  const r = await fetch(base + path, {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)});
  const answer = await r.json().catch(() => ({error: r.status}));
  if (!r.ok) { toast(document.body.dataset.error + answer.error); return null; }
  return answer;
}
async function send(changes) {
  const answer = await post("decide", {changes});
  if (!answer) return null;
  for (const [id, row] of Object.entries(answer.rows)) {
    const old = rowOf(id);
    if (!old) continue;
    const now = old.classList.contains("now"), held = old.contains(document.activeElement);
    old.outerHTML = row;
    const link = $("a", rowOf(id));
    if (now) { rowOf(id).classList.add("now"); link.setAttribute("aria-current", "true"); }
    if (held) link.focus({preventScroll: true});
  }
  tell(answer.marks);
  for (const [name, n] of Object.entries(answer.counts)) $("#n-" + name).textContent = n;
  $("#rerun").hidden = !answer.counts.waiting;
  if (answer.passages) await refill();
  return answer;
}
export async function decide(changes) {
  const answer = await send(changes);
  if (answer) keep([...stack(), answer.undo]);
  return Boolean(answer);
}
export async function undo() {
  const s = stack(), last = s.pop();
  if (!last) return;
  keep(s);
  if (await send(last) && list.current) await select(list.current, false).catch(() => { card.replaceChildren(); });
}

// ---- forms of the card: one open at a time, always in view
export function openForm(name) {
  const form = $(`form.words[data-verdict=${name}]`, card);
  if (!form) return;
  closeForms();
  form.hidden = false; $(".card", card).classList.add("editing");
  const box = $("textarea", form);
  box.focus(); box.select(); form.scrollIntoView({block: "nearest"});
}
export function closeForms() {
  for (const f of $$("form.words", card)) f.hidden = true;
  $(".card", card)?.classList.remove("editing");
}

// ---- many at once: their places first
export async function batch(scope = "") {
  const c = $(".card", card);
  if (!c?.dataset.many) return;
  dialog.innerHTML = await html(`batch/${encodeURIComponent(c.dataset.target)}?scope=${scope}`);
  if (!dialog.open) dialog.showModal();
}
export function batchChanges(decision) {
  const reason = $("textarea[name=reason]", dialog)?.value.trim();
  if (decision === "waived" && !reason) { $("textarea[name=reason]", dialog).focus(); return []; }
  const changes = $$("input[name=id]:checked", dialog).map(i => ({id: i.value, decision, ...(decision === "waived" ? {reason} : {})}));
  dialog.close();
  return changes;
}

// ---- the next run: what it will change, then the run, then what it changed
export async function rerun() {
  dialog.innerHTML = await html("rerun");
  if (!dialog.open) dialog.showModal();
}
export async function runNow() {
  $(".rerun", dialog).classList.add("running");
  for (const b of $$("button", dialog)) b.disabled = true;
  const answer = await post("rerun", {});
  if (!answer) { for (const b of $$("button", dialog)) b.disabled = false; $(".rerun", dialog).classList.remove("running"); return; }
  keep([]);
  dialog.innerHTML = answer.html;
  dialog.addEventListener("close", () => location.reload(), {once: true});
}
