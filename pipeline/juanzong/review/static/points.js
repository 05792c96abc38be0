// Places in drawn texts, counted in code points as the output counts them. What carries data-x is drawn and not counted;
// a character that is shown by its code (.ctl) counts one.
const size = text => { let n = 0; for (const _ of text) n++; return n; };
function units(text, points) { let u = 0; for (const ch of text) { if (points-- <= 0) break; u += ch.length; } return u; }

function* leaves(root) {
  for (const node of root.childNodes) {
    if (node.nodeType === 3) yield [node, size(node.data)];
    else if (node.nodeType === 1 && node.classList.contains("ctl")) yield [node, 1];
    else if (node.nodeType === 1 && !("x" in node.dataset)) yield* leaves(node);
  }
}
const spot = (node, points) => node.nodeType === 3 ? [node, units(node.data, points)]
  : [node.parentNode, [...node.parentNode.childNodes].indexOf(node) + (points > 0 ? 1 : 0)];

// The DOM position of a code point; `end` prefers the end of a text to the beginning of the next.
function position(root, points, end) {
  let last = null;
  for (const [node, n] of leaves(root)) {
    if (points < n || (end && points === n && n)) return spot(node, points);
    points -= n; last = [node, n];
  }
  return last ? spot(last[0], last[1]) : [root, 0];
}
export function rangeIn(root, a, b, endRoot = root) {
  const r = document.createRange();
  r.setStart(...position(root, a, false));
  r.setEnd(...position(endRoot, b, true));
  return r;
}

// How many code points of root stand before a DOM position.
export function pointsTo(root, node, offset) {
  const r = document.createRange(), end = document.createRange();
  end.setStart(node, offset);
  let n = 0;
  for (const [leaf, size] of leaves(root)) {
    r.selectNode(leaf);
    if (leaf === node) return n + [...leaf.data.slice(0, offset)].length;
    if (r.compareBoundaryPoints(Range.END_TO_START, end) > 0 || r.compareBoundaryPoints(Range.START_TO_START, end) >= 0) return n;
    n += size;
  }
  return n;
}

// What a DOM position names: a place of the source, or of a string of the document that is shown.
export function named(node, offset) {
  const e = node.nodeType === 1 ? node : node.parentElement, line = e?.closest(".ln"), text = e?.closest(".t");
  if (line) return {offset: +line.dataset.o + pointsTo(line, node, offset)};
  if (text) return {document: text.closest("[data-document]").dataset.document, pointer: text.dataset.p, at: pointsTo(text, node, offset)};
  return null;
}
export function caretAt(x, y) {
  const c = document.caretPositionFromPoint?.(x, y);
  if (c) return [c.offsetNode, c.offset];
  const r = document.caretRangeFromPoint?.(x, y);
  return r && [r.startContainer, r.startOffset];
}

// The word around a place of a text node, as [before, after] in code points.
export function wordAround(node, offset) {
  if (node.nodeType !== 3 || !Intl.Segmenter) return [0, 1];
  const word = new Intl.Segmenter("zh", {granularity: "word"}).segment(node.data).containing(Math.min(offset, node.data.length - 1));
  return word ? [size(node.data.slice(word.index, offset)), size(node.data.slice(offset, word.index + word.segment.length))] : [0, 1];
}
