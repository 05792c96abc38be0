"""Which outputs stand already: by hashes of what went in and of what came out, in OUT/.juanzong, which git ignores."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from juanzong.batch.rows import program_version
from juanzong.core.workroom import HIDDEN, hidden_folder
from juanzong.read.folder import files_in
from juanzong.read.hashes import file_hash, folder_hash
from juanzong.review.beside import beside


def key_of(path: Path, bundle_id: str, options: str) -> str | None:
    """A hash of all that the output depends on: input, decisions, options, program. None where the input can be read
    only once, as a pipe."""
    if not path.is_dir() and not path.is_file():
        return None
    decisions = beside(path, bundle_id)
    parts = (
        folder_hash(files_in(path)) if path.is_dir() else file_hash(path),
        file_hash(decisions) if decisions.is_file() else "",
        path.as_posix() if not path.is_absolute() else path.name,  # as bundle.json records it
        options,
        _program(),
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def is_of(path: Path, sha256: str, key: str, bundle_id: str, options: str) -> bool:
    """Whether what was read (`sha256`, of a file) is what the key was made of: someone may have written meanwhile."""
    return (path.is_dir() or file_hash(path) == sha256) and key_of(path, bundle_id, options) == key


@lru_cache(maxsize=1)
def _program() -> str:
    """The version, and a hash of the code and data: a program that is worked on has many forms of one version."""
    root = Path(__file__).parent.parent
    files = sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return f"{program_version()} {folder_hash(files)}"


def stands(out: Path, bundle_id: str, key: str) -> bool:
    """Whether the output that this key gives is there, untouched."""
    try:
        kept = json.loads((out / place_of(bundle_id)).read_bytes())
        return bool(kept == _record(key, out / bundle_id))
    except (OSError, ValueError, RecursionError):
        return False


def remember(out: Path, bundle_id: str, key: str) -> None:
    """Note that the output is there. Cut short by a kill, the note says nothing, and the bundle is done again."""
    note = json.dumps(_record(key, out / bundle_id)) + "\n"
    with hidden_folder(out):
        place = out / place_of(bundle_id)
        place.parent.mkdir(exist_ok=True)
        place.write_text(note, encoding="utf-8")


def _record(key: str, folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    digest = hashlib.sha256()
    for p in files:
        digest.update(f"{p.relative_to(folder).as_posix()}\0{file_hash(p)}\n".encode("utf-8", "surrogateescape"))
    return {"bundle": folder.name, "key": key, "output": digest.hexdigest()}


def place_of(bundle_id: str) -> str:
    """Where in the output folder the note on a bundle is."""
    return f"{HIDDEN}/done/{hashlib.sha256(bundle_id.encode()).hexdigest()[:24]}.json"
