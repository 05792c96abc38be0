// What all parts of the review page use: finding elements, asking the server, telling of trouble.
export const base = document.body.dataset.base;
export const $ = (css, root = document) => root.querySelector(css);
export const $$ = (css, root = document) => [...root.querySelectorAll(css)];

export async function get(path) {
  const answer = await fetch(base + path).catch(() => fetch(base + path));  // once more where the connection was just closed
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}
export const html = async path => (await get(path)).text();
export const json = async path => (await get(path)).json();

// What is likely to be needed next, asked for while one reads.
const ahead = new Map();
export function ask(path) { if (!ahead.has(path)) ahead.set(path, html(path).catch(() => null)); }
export async function take(path) {
  const early = ahead.get(path);
  ahead.delete(path);
  return (early && await early) ?? html(path);
}
export const forget = () => ahead.clear();

export function toast(text, good = false) {
  const t = $("#toast");
  t.textContent = text; t.hidden = false; t.classList.toggle("good", good);
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { t.hidden = true; }, 6000);
}
