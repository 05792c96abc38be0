// node schemas.mjs SCHEMAS CLEAN TYPES: see schemas.sh
import Ajv from "ajv/dist/2020.js";
import { compile } from "json-schema-to-typescript";
import fs from "node:fs";
import path from "node:path";

const [schemas, clean, types] = process.argv.slice(2);
const read = (file) => JSON.parse(fs.readFileSync(file, "utf8"));
const rows = (file) => fs.readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const ajv = new Ajv({ strict: true, strictTypes: true, allErrors: true, allowUnionTypes: true });
const check = Object.fromEntries(
  fs.readdirSync(schemas).map((file) => [file.replace(".schema.json", ""), ajv.compile(read(path.join(schemas, file)))]),
);
let count = 0;
function valid(name, value, where) {
  count += 1;
  if (!check[name](value)) throw new Error(`${where} is no ${name}: ${ajv.errorsText(check[name].errors)}`);
}
for (const id of fs.readdirSync(clean).filter((name) => !name.startsWith("."))) {
  const folder = path.join(clean, id);
  const bundle = read(path.join(folder, "bundle.json"));
  valid("bundle", bundle, folder);
  for (const entry of bundle.documents) {
    const document = read(path.join(folder, entry.file));
    valid("document", document, entry.file);
    valid(document.type, document, entry.file);
  }
  for (const [file, name] of [["trace", "trace"], ["edits", "edit"], ["findings", "finding"], ["evidence", "evidence"]])
    rows(path.join(folder, `${file}.jsonl`)).forEach((row, n) => valid(name, row, `${folder}/${file}.jsonl:${n + 1}`));
}
const text = await compile(read(path.join(schemas, "document.schema.json")), "Document", { bannerComment: "" });
const names = [...text.matchAll(/^export (?:type|interface) (\w+)/gm)].map((m) => m[1]);
const odd = names.filter((name) => /\d$/.test(name));
if (odd.length) throw new Error(`types without names of their own: ${odd.join(", ")}`);
fs.writeFileSync(types, text);
console.log(`${count} values valid; types ${names.join(", ")}`);
