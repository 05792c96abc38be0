"""A folder of clean/ read back: its files as JSON values, and the documents in it as models."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from juanzong.core.errors import JuanzongError

if TYPE_CHECKING:
    from juanzong.model import AnyDocument, UnknownDocument

Json = dict[str, Any]
Read = Callable[[str], bytes]  # a path inside the folder -> its bytes; raises OSError or KeyError
_AGAIN = "run `juanzong run` again"


@dataclass(frozen=True)
class Output:
    """The JSON values of one bundle's files; `documents` by id, in the order of the bundle."""

    folder: Path
    bundle: Json
    documents: dict[str, Json]
    trace: list[Json]
    edits: list[Json]
    findings: list[Json]
    evidence: list[Json] = field(default_factory=list)

    @cached_property
    def sources(self) -> dict[tuple[str, str], list[list[int]]]:
        """(document, pointer) -> the ranges of the source that the string there came from."""
        return {(row["document"], row["pointer"]): row["source"] for row in self.trace}


def load(folder: Path) -> Output:
    """The files of clean/<id>/, as they lie there. Raises JuanzongError where one is missing or is no JSON."""
    if not (folder / "bundle.json").is_file():
        raise JuanzongError(f"{folder}: no bundle.json in it; give a folder that `juanzong run` wrote, as clean/<id>")
    return read_files(folder, lambda name: inside(folder, name).read_bytes())


def read_files(folder: Path, read: Read) -> Output:
    """An output whose files `read` gives; `folder` is how messages call it. Raises JuanzongError as `load` does."""
    bundle = _object(folder, read, "bundle.json")
    entries = bundle.get("documents")
    if not isinstance(entries, list) or not all(
        isinstance(e, dict) and isinstance(e.get("id"), str) and isinstance(e.get("file"), str) for e in entries
    ):
        raise JuanzongError(f"{folder / 'bundle.json'}: `documents` is no list of documents; {_AGAIN}")
    documents: dict[str, Json] = {}
    for e in entries:
        if e["id"] in documents:
            raise JuanzongError(f"{folder / 'bundle.json'}: document {e['id']} is listed twice; {_AGAIN}")
        documents[e["id"]] = _object(folder, read, e["file"])
    trace, edits, findings = (_rows(folder, read, f"{name}.jsonl") for name in ("trace", "edits", "findings"))
    counted = bundle.get("counts")
    checked = isinstance(counted, dict) and "evidence" in counted  # not so where the check itself failed
    evidence = _rows(folder, read, "evidence.jsonl") if checked else []
    return Output(folder, bundle, documents, trace, edits, findings, evidence)


def inside(folder: Path, name: str) -> Path:
    """The file `name` of the folder. Raises JuanzongError for what lies outside, whatever bundle.json says."""
    try:
        path = (folder / name).resolve()
    except (OSError, ValueError, RuntimeError):  # too long, a NUL in it, a loop of links
        path = Path()
    if not path.is_relative_to(folder.resolve()):
        raise JuanzongError(f"{folder / 'bundle.json'}: names a file outside its folder: {name!r:.80}; {_AGAIN}")
    return path


def kept_text(folder: Path, name: str) -> str:
    """The text of a file of the folder, as `source.txt`. Raises JuanzongError where it is missing or no UTF-8."""
    return _text(folder, lambda n: inside(folder, n).read_bytes(), name)


def typed_documents(output: Output) -> list[AnyDocument | UnknownDocument]:
    """The documents as models, in the order of the bundle. Raises JuanzongError where one breaks its schema."""
    return [typed(output, key) for key in output.documents]


def typed(output: Output, document: str) -> AnyDocument | UnknownDocument:
    """One document as its type's model; a type that is not known is read by what all share."""
    from pydantic import ValidationError

    from juanzong.model import DOCUMENT_TYPES, UnknownDocument

    value = output.documents[document]
    kind = value.get("type")
    model: Any = DOCUMENT_TYPES.get(kind, UnknownDocument) if isinstance(kind, str) else UnknownDocument
    try:
        found: AnyDocument | UnknownDocument = model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        refuse(output.folder, f"document {document}", "".join(f"/{p}" for p in first["loc"]), first["msg"])
    return found


def refuse(folder: Path, file: str, place: str, message: str) -> NoReturn:
    """Raises JuanzongError: what is wrong in a file of an output."""
    where = " ".join(filter(None, (file, place)))
    raise JuanzongError(f"{folder}: {where}: {message}; {_AGAIN}, or see `juanzong audit {folder}`")


def places_in(value: Any) -> Iterator[Json]:
    """Every place in a row of evidence."""
    if isinstance(value, dict):
        if value.keys() == {"document", "pointer", "range", "source"}:
            yield value
        for item in value.values():
            yield from places_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from places_in(item)


def resolve(value: Any, pointer: str) -> Any:
    """What stands at a JSON Pointer (RFC 6901). Raises LookupError where nothing does.

    >>> resolve({"body": [{"text": "总则"}]}, "/body/0/text")
    '总则'
    """
    if pointer and not pointer.startswith("/"):
        raise LookupError(pointer)
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and token.isdecimal() and len(token) < 10:
            value = value[int(token)]
        elif isinstance(value, dict):
            value = value[token]
        else:
            raise LookupError(pointer)
    return value


def _text(folder: Path, read: Read, name: str) -> str:
    try:
        return read(name).decode("utf-8")
    except (OSError, KeyError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "missing"
        raise JuanzongError(f"{folder / name}: cannot be read ({why}); {_AGAIN}") from None
    except UnicodeDecodeError:
        raise JuanzongError(f"{folder / name}: is not UTF-8; {_AGAIN}") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _parse(text: str, path: Path, line: int) -> Json:
    try:
        value = json.loads(text, parse_constant=_no_constant)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")  # half of a surrogate pair is no character
    except json.JSONDecodeError as error:
        raise JuanzongError(f"{path}: no JSON at line {line + error.lineno - 1}: {error.msg}; {_AGAIN}") from None
    except (ValueError, RecursionError) as error:
        raise JuanzongError(f"{path}: no JSON at line {line}: {str(error).splitlines()[0]:.100}; {_AGAIN}") from None
    if not isinstance(value, dict):
        raise JuanzongError(f"{path}: line {line} holds no JSON object; {_AGAIN}")
    return value


def _object(folder: Path, read: Read, name: str) -> Json:
    return _parse(_text(folder, read, name), folder / name, 1)


def _rows(folder: Path, read: Read, name: str) -> list[Json]:
    lines = _text(folder, read, name).split("\n")
    return [_parse(line, folder / name, n) for n, line in enumerate(lines, 1) if line.strip()]
