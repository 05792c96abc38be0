// The page of the source as a picture, with the boxes of what is shown; there are none where the source has no pages.
import {$, $$, base} from "./core.js";

const sheet = $("#sheet"), page = $("#page"), picture = $("#page img");
const sizes = new Map(JSON.parse(sheet?.dataset.pages || "[]").map(([n, w, h]) => [n, [w, h]]));
const ZOOMS = [1, 1.5, 2, 3];                // of the pane's width
let zoom = 0, current = 0, boxes = [];

export function drawBox(places) {
  if (!sheet) return;
  boxes = places;
  for (const old of $$(".box", page)) old.remove();
  const [width, height] = sizes.get(current) || [1, 1];
  for (const {bbox: [x0, top, x1, bottom]} of boxes.filter(b => b.page === current)) {
    const box = document.createElement("i");
    box.className = "box";
    Object.assign(box.style, {left: 100 * x0 / width + "%", top: 100 * top / height + "%", width: 100 * (x1 - x0) / width + "%", height: 100 * (bottom - top) / height + "%"});
    page.append(box);
  }
  into();
}
function into() {
  const box = $(".box", page);
  if (!box) { sheet.scrollTop = 0; return; }
  const a = box.getBoundingClientRect(), b = sheet.getBoundingClientRect();
  sheet.scrollTop += a.top - b.top - Math.max(8, (b.height - a.height) / 3);
  sheet.scrollLeft += a.left - b.left - Math.max(8, (b.width - a.width) / 2);
}
export function turnTo(number) {
  if (!sheet || !sizes.has(number)) return;
  current = number;
  $("#page-number").textContent = `${number} / ${Math.max(...sizes.keys())}`;
  lay();
}
function lay() {
  const [width, height] = sizes.get(current), wanted = (sheet.clientWidth - 16) * ZOOMS[zoom];
  Object.assign(page.style, {width: wanted + "px", height: wanted * height / width + "px"});
  const scale = wanted * devicePixelRatio / width, drawn = [1, 1.5, 2, 3].find(s => s >= scale) || 3;
  const address = `${base}page/${current}/${Math.round(10 * drawn)}`;
  if (picture.getAttribute("src") !== address) { page.classList.add("loading"); picture.src = address; picture.alt = picture.dataset.alt.replace("{}", current); }
  for (const b of $$("[data-zoom]")) b.disabled = !(zoom + +b.dataset.zoom in ZOOMS);
  drawBox(boxes);
}
// The place of the page under the pointer, as the server asks for it.
export function pointAt(x, y) {
  const box = page.getBoundingClientRect(), [width, height] = sizes.get(current);
  const at = [(x - box.left) / box.width * width, (y - box.top) / box.height * height].map(v => Math.max(0, Math.round(v)));
  return {page: current, point: at.join("-")};
}
export const turn = by => { if (sheet && sizes.has(current + by)) turnTo(current + by); };
export function magnify(by) {
  if (!sheet || !(zoom + by in ZOOMS)) return;
  zoom += by; lay();
}
if (sheet) {
  for (const done of ["load", "error"]) picture.addEventListener(done, () => page.classList.remove("loading"));
  turnTo(Math.min(...sizes.keys()));
  new ResizeObserver(() => lay()).observe(sheet);
}
