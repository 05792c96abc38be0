#!/usr/bin/env bash
# schemas/ for programs in other languages: ajv takes every schema in strict mode and clean/ by them; TypeScript types
# made from them are named as ours and compile. Needs node and npm.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" ajv@8 ajv-formats@3 json-schema-to-typescript@15 typescript@5
cp .ci/schemas.mjs "$work/"
node "$work/schemas.mjs" schemas clean "$work/types.ts"
cat >"$work/use.ts" <<'TS'
import { Document, Plan, Section } from "./types";
export function titles(document: Document): string[] {
  const plan: Plan | null = document.type === "plan" ? document : null;
  const sections = document.body.filter((b): b is Section => b.kind === "section");
  return [plan?.title ?? document.title, ...sections.map((s) => s.title ?? s.number ?? ""), ...sections.flatMap((s) => s.children.map((c) => c.kind))];
}
TS
"$work/node_modules/.bin/tsc" --strict --noEmit --target es2022 --skipLibCheck "$work/use.ts"
echo "schemas: strict for ajv, good as TypeScript"
