// What is dropped or chosen: each file or whole folder is sent until the server has it, also over its restarts.
import {$, base, fill, look, offline, t} from "./serve.js";

const AT_A_TIME = 3, queue = [];
let active = 0, all = 0, got = 0, sent = 0, size = 0;

const sleep = ms => new Promise(done => setTimeout(done, ms));
const one = () => $("[name=as]:checked").value === "one";

function number() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, "0")).join("");
}

function tell(text) {
  const li = document.createElement("li");
  li.textContent = text;
  $("#told ul").append(li);
  $("#told").hidden = false;
}

function progress(bytes) {
  sent += bytes;
  $("#receiving").hidden = got === all;
  $("#got").max = Math.max(size, 1);
  $("#got").value = sent;
  $("#got-told").textContent = fill(t.received, got, all);
}

function put(address, file) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    let before = 0;
    request.open("PUT", address);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = e => { progress(e.loaded - before); before = e.loaded; };
    request.onload = () => { progress(file.size - before); done({status: request.status, text: request.responseText}); };
    request.onerror = () => { progress(-before); failed(new Error("no answer")); };
    request.send(file);
  });
}

// The answer's JSON; asks again while nobody answers.
async function persist(ask) {
  for (let wait = 500; ; wait = Math.min(2 * wait, 5000)) {
    try {
      const {status, text} = await ask();
      if (status < 500) {
        offline(false);
        try { return {status, ...JSON.parse(text)}; } catch { return {status, error: text}; }
      }
    } catch { /* not there, or on its way up */ }
    offline(true);
    await sleep(wait);
  }
}

const address = asked => `${base}raw?${new URLSearchParams(asked)}`;

async function sendFile({file, path}) {
  const answer = await persist(() => put(address({name: path}), file));
  if (answer.error) tell(`${t.not_taken} ${path}：${answer.error}`);
  else if (!answer.new) tell(`${path}：${t.again}`);
  else if (answer.name !== path) tell(fill(t.stored_as, path, answer.name));
  got += 1;
}

async function sendFolder({name, files}) {
  for (let tries = 0; tries < 3; tries++) {
    const upload = number();
    let count = 0;
    for (const {file, path} of files) {
      const answer = await persist(() => put(address({name: path, upload}), file));
      if (!answer.error) count += 1;
      else if (!tries) tell(`${t.not_taken} ${name}/${path}：${answer.error}`);
    }
    if (!count) break;
    const body = JSON.stringify({upload, name, count});
    const answer = await persist(async () => {
      const r = await fetch(`${base}raw`, {method: "POST", headers: {"Content-Type": "application/json"}, body});
      return {status: r.status, text: await r.text()};
    });
    if (answer.status === 409 && tries < 2) continue; // the server began anew meanwhile: all of it again
    if (answer.error) tell(`${t.not_taken} ${name}：${answer.error}`);
    else if (!answer.new) tell(`${name}：${t.again}`);
    break;
  }
  got += files.length;
}

async function pump() {
  if (active >= AT_A_TIME || !queue.length) return;
  active += 1;
  const unit = queue.shift();
  await (unit.files ? sendFolder(unit) : sendFile(unit));
  active -= 1;
  progress(0);
  look();
  pump();
}

function add(files) { // [{file, path}], folders in the path
  const folders = new Map();
  for (const {file, path} of files) {
    const [top, ...rest] = path.split("/");
    all += 1;
    size += file.size;
    if (!rest.length) queue.push({file, path});
    else if (!one()) queue.push({file, path: rest.join("/")});
    else folders.set(top, [...(folders.get(top) || []), {file, path: rest.join("/")}]);
  }
  for (const [name, inside] of folders) queue.push({name, files: inside});
  progress(0);
  for (let n = 0; n < AT_A_TIME; n++) pump();
}

async function walk(entry, above, out) {
  if (entry.isFile) out.push({file: await new Promise((y, n) => entry.file(y, n)), path: above + entry.name});
  if (!entry.isDirectory) return;
  const reader = entry.createReader();
  for (let some; (some = await new Promise((y, n) => reader.readEntries(y, n))).length;) {
    for (const inside of some) await walk(inside, `${above}${entry.name}/`, out);
  }
}

async function dropped(event) {
  event.preventDefault();
  $("#drop").classList.remove("over");
  const entries = [...event.dataTransfer.items].map(i => i.webkitGetAsEntry?.()).filter(Boolean), out = [];
  if (!entries.length) return add([...event.dataTransfer.files].map(file => ({file, path: file.name})));
  for (const entry of entries) {
    try { await walk(entry, "", out); } catch (error) { tell(`${t.not_taken} ${entry.name}：${error.message}`); }
  }
  add(out);
}

export function receive() {
  addEventListener("dragover", e => { e.preventDefault(); $("#drop").classList.add("over"); });
  addEventListener("dragleave", e => { if (!e.relatedTarget) $("#drop").classList.remove("over"); });
  addEventListener("drop", dropped);
  addEventListener("beforeunload", e => { if (got < all) e.preventDefault(); });
  for (const chooser of [$("#files"), $("#folder")]) {
    chooser.addEventListener("change", () => {
      add([...chooser.files].map(file => ({file, path: file.webkitRelativePath || file.name})));
      chooser.value = "";
    });
  }
}
