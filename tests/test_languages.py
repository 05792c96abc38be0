"""One language at a time: every message has both, and nothing of the other is shown."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import regex as re

import juanzong
from juanzong.words import load, names, shown
from juanzong.words.templates import PAIRS, SLOT

CODE = Path(juanzong.__file__).parent
HAN = re.compile(r"\p{Han}")
ENGLISH = re.compile(r"\b[A-Za-z][a-z]+ [a-z]{2,}\b")
QUOTED = re.compile(r"“.*”|`[^`]*`|'[^']*'|《.*》", re.DOTALL)
PATH = re.compile(r"\S*[/._<>@|\[\]]\S*|--[a-z-]+|juanzong \w+|apt-get.*|pip install.*|tesseract-\S+")
COMMAND = re.compile(r"`[^`]*`|'[^']*'|“not found”")  # names and commands stay in every language
TOLD = {"JuanzongError", "UsageError", "say", "fault", "refuse", "echo"}  # calls whose text people read
FOUND = {"Finding", "PageReport", "_finding"}
CHECK = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def english_in(text: str) -> str:
    """An English sentence in what is said in Chinese, or an empty string."""
    m = ENGLISH.search(PATH.sub("", QUOTED.sub("", text)))
    return m[0] if m else ""


def chinese_in(text: str) -> str:
    m = HAN.search(QUOTED.sub("", text))
    return m[0] if m else ""


def left_of(told: str, language: str) -> bool:
    """Whether words of the other language are left in a translated message."""
    if language == "en":
        return bool(HAN.search(told))
    return bool(ENGLISH.search(PATH.sub("", COMMAND.sub("", told))))


def written(node: ast.expr) -> str:
    """A text of the code as a template, "" where it is none."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
    return ""


def texts(node: ast.AST) -> Iterator[str]:
    """The texts of an expression, without the parts of f-strings."""
    if isinstance(node, ast.expr) and (text := written(node)):
        yield text
        return
    for child in ast.iter_child_nodes(node):
        yield from texts(child)


def said(path: Path) -> Iterator[tuple[int, str]]:
    """(line, template) of all that a module tells people, as far as it stands in the call or in a name beside it."""
    tree = ast.parse(path.read_text("utf-8"))
    named: dict[str, list[ast.expr]] = {}
    for n in ast.walk(tree):
        if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name):
            named.setdefault(n.targets[0].id, []).append(n.value)
    for n in ast.walk(tree):
        if not isinstance(n, ast.Call):
            continue
        name = n.func.attr if isinstance(n.func, ast.Attribute) else n.func.id if isinstance(n.func, ast.Name) else ""
        told = [*n.args, *(k.value for k in n.keywords)] if name in TOLD | FOUND else []
        told += [k.value for k in n.keywords if k.arg == "help"]
        for value in told:
            for one in named.get(value.id, []) if isinstance(value, ast.Name) else [value]:
                for text in texts(one):
                    yield n.lineno, text


def test_every_message_has_both_languages() -> None:
    """A new message, of an error, a finding, an option's help, needs its pair in words/*.json."""
    missing = []
    for path in sorted(CODE.rglob("*.py")):
        for line, text in said(path):
            filled = SLOT.sub("x", text)
            to = "en" if HAN.search(filled) else "zh" if ENGLISH.search(filled) and not CHECK.fullmatch(filled) else ""
            others = [shown(f, to) for f in (filled, filled.strip())] if to else []  # type: ignore[arg-type]
            if to and all(left_of(other, to) for other in others):
                missing.append(f"{path.relative_to(CODE)}:{line}: {text}")
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("name", PAIRS["en"])
def test_catalogues_pair_one_language_with_the_other(name: str) -> None:
    for zh, en in load(name):
        assert not HAN.search(en), en
        assert not english_in(zh), zh
        count = len(SLOT.findall(zh)), len(SLOT.findall(en))
        assert count[0] == count[1], (zh, en)


def test_findings_of_the_cases_in_english() -> None:
    """What the made-up texts and the bundles of raw/ give rise to."""
    said_of = (Path(__file__).parent / "cases" / "said").glob("*.txt")
    lines = [line for path in said_of for line in path.read_text("utf-8").splitlines()]
    found = [m[2] for line in lines if (m := re.match(r"(error|warning|info) [a-z-]+ (.*?)( <\d+>\S*)*$", line))]
    for path in CODE.parent.parent.glob("clean/*/findings.jsonl"):
        found += [json.loads(line)["message"] for line in path.read_text("utf-8").splitlines()]
    assert found
    wrong = {f"{m} -> {shown(m, 'en')}" for m in found if shown(m, "en") == m or chinese_in(shown(m, "en"))}
    assert not wrong, "\n".join(wrong)


def test_rules_and_checks_have_names() -> None:
    docs = CODE.parent.parent / "docs"
    keys = [k for f in ("rules.md", "checks.md") for k in re.findall(r"^\| `([^`]+)`", (docs / f).read_text(), re.M)]
    assert not [k for k in keys if k not in names()]
    for zh, en in names().values():
        assert HAN.search(zh) and not HAN.search(en)


def test_click_speaks_both() -> None:
    """All that the installed click can say in commands like ours."""
    apart = (
        "editor",
        "Windows",
        "DeprecationWarning",
        "declaration",
        "iterable",
        "decls",
        "defined twice",
        "cannot use",
        "No options defined",
    )
    found = set()
    for module in ("core", "decorators", "exceptions", "formatting", "parser", "types"):
        tree = ast.parse((Path(click.__file__).parent / f"{module}.py").read_text("utf-8"))
        for n in ast.walk(tree):
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id in ("_", "ngettext"):
                found |= {written(a) for a in n.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    known = load("click")
    left = {t for t in found if ENGLISH.search(t) and t not in known and not any(a in t for a in apart)}
    assert left <= {"Do you want to continue?", "Confirm the action without prompting."}
