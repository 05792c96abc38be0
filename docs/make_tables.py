"""Writes docs/checks.md and docs/rules.md from the code: every check with its severities and what it says, every rule of
edits with its category and the module that applies it. `--check` writes nothing and exits 1 where they are stale.
"""

from __future__ import annotations

import ast
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import regex as re

DOCS = Path(__file__).parent
SOURCE = DOCS.parent / "pipeline" / "juanzong"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+|label|traditional|latex|radical|subscript|exponent|unplaced|comment")
_SEVERITIES = ("error", "warning", "info")
_FINDS = {"Finding", "PageReport", "finding", "report"}
_EDITS = {"drop", "drop_ranges", "join", "replace", "suggest", "Rule", "Reading", "take_rest", "without", "without_spans",
          "changed", "fromkeys", "replace_all"}  # fmt: skip


def calls(tree: ast.AST) -> Iterator[tuple[str, list[ast.expr], dict[str, ast.expr]]]:
    """Every call: the function's bare name, its positional and its named arguments, names put in as last assigned."""
    assigned = sorted(
        (
            (n.lineno, n.targets[0].id, n.value)
            for n in ast.walk(tree)
            if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)
        ),
        key=lambda a: a[0],
    )

    def known(value: ast.expr, line: int) -> ast.expr:
        if not isinstance(value, ast.Name):
            return value
        named = [v for at, name, v in assigned if name == value.id and at < line]
        return named[-1] if named else value

    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            f = node.func
            name = f.attr if isinstance(f, ast.Attribute) else f.id if isinstance(f, ast.Name) else ""
            args = [known(a, node.lineno) for a in node.args]
            yield name.strip("_"), args, {k.arg: known(k.value, node.lineno) for k in node.keywords if k.arg}


def said(node: ast.expr) -> str:
    """A message as it is written in the code, with … where a value goes; "" where it is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "…" for v in node.values)
    return ""


def strings(nodes: list[ast.expr]) -> list[str]:
    return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def tables() -> dict[str, str]:
    """File name -> text."""
    checks: dict[str, tuple[set[str], set[str], set[str]]] = defaultdict(lambda: (set(), set(), set()))
    rules: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    named_in: dict[str, set[str]] = defaultdict(set)  # names that reach their call by a variable
    known = json.loads((SOURCE / "words" / "names.json").read_text(encoding="utf-8"))
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = path.relative_to(SOURCE).with_suffix("").as_posix()
        for node in ast.walk(tree):
            if isinstance(node, ast.Tuple) and len(node.elts) == 3 and (severe := strings(node.elts[1:2])):
                check = "".join(strings(node.elts[:1]))
                if check in known and severe[0] in _SEVERITIES:
                    checks[check][0].update(severe)
                    checks[check][1].update(filter(None, [said(node.elts[2])]))
                    checks[check][2].add(module)
            elif isinstance(node, ast.Constant) and node.value in known and module.startswith("stages/"):
                named_in[node.value].add(module)
        for name, args, named in calls(tree):
            literals = strings([*args, *named.values()])
            found = [s for s in literals if _NAME.fullmatch(s)]
            if name in _FINDS and found:
                severities, messages, modules = checks[found[0]]
                severities.update(s for s in literals if s in _SEVERITIES)
                messages.update(filter(None, (said(a) for a in [*args[2:4], *named.values()])))
                modules.add(module)
            elif name in _EDITS and found:
                categories, modules = rules[found[0]]
                category = named.get("category")
                categories.update(strings([category]) if category is not None else [])
                modules.add(module)
    for name, modules in named_in.items():
        if name not in checks and name not in rules and _NAME.fullmatch(name):
            is_check = any("checks/" in m or m.endswith("/findings") for m in modules)
            (checks[name][2] if is_check else rules[name][1]).update(modules)
    head = "<!-- Made by docs/make_tables.py from the code; do not edit. -->\n\n"
    rows = ["| check | severity | says | in |", "| --- | --- | --- | --- |"]
    for check, (severities, messages, modules) in sorted(checks.items()):
        told = " · ".join(sorted(m for m in messages if not _NAME.fullmatch(m) and m not in _SEVERITIES)) or "—"
        severe = ", ".join(s for s in _SEVERITIES if s in severities) or "by case"
        rows.append(f"| `{check}` | {severe} | {told.replace('|', '/')} | {', '.join(sorted(modules))} |")
    out = {"checks.md": head + "# Checks\n\n" + "\n".join(rows) + "\n"}
    rows = ["| rule | category | in |", "| --- | --- | --- |"]
    for rule, (categories, modules) in sorted(rules.items()):
        rows.append(f"| `{rule}` | {', '.join(sorted(categories)) or 'by its pass'} | {', '.join(sorted(modules))} |")
    return out | {"rules.md": head + "# Rules of edits\n\n" + "\n".join(rows) + "\n"}


def main() -> int:
    stale = {n: t for n, t in tables().items() if not (DOCS / n).exists() or (DOCS / n).read_text("utf-8") != t}
    if "--check" not in sys.argv:
        for name, text in stale.items():
            (DOCS / name).write_text(text, encoding="utf-8")
        return 0
    print(*(f"docs/{name} is stale; run docs/make_tables.py" for name in stale), sep="\n")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
