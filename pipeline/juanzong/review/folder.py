"""An output folder for people: read from disk or from a git revision, its source found and checked."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from juanzong.core.errors import JuanzongError
from juanzong.output.folder import Json, Output

Read = Callable[[str], bytes]  # a path inside the folder -> its bytes; raises OSError or KeyError


def read_output(place: str | Path) -> Output:
    """The output at `place`: a folder, or `REV:path` in the git repository of the working directory."""
    folder = Path(place)
    if folder.is_dir():
        return _output(folder, lambda name: _inside(folder, name).read_bytes())
    revision, colon, _ = str(place).partition(":")
    if not colon or not revision or revision.startswith("-"):
        raise JuanzongError(f"{place}: no such folder; give clean/<id>, or in a git revision HEAD~1:clean/<id>")
    return _output(folder, _git_files(str(place)).__getitem__)


def _git_files(tree: str) -> dict[str, bytes]:
    try:
        done = subprocess.run(["git", "archive", "--format=tar", tree], capture_output=True, check=True)
    except FileNotFoundError as error:
        raise JuanzongError(f"{tree}: git is not installed; give two folders instead") from error
    except subprocess.CalledProcessError as error:
        why = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise JuanzongError(f"{tree}: git does not have it ({why[-1] if why else 'no reason given'})") from error
    files: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is not None:
                files[member.name] = content.read()
    return files


def _inside(folder: Path, name: str) -> Path:
    """The file `name` of the folder; nothing outside it, whatever bundle.json says."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise JuanzongError(f"{folder / 'bundle.json'}: names a file outside its folder: {name}")
    return path


def _output(folder: Path, read: Read) -> Output:
    bundle = _object(folder, read, "bundle.json")
    try:
        entries = [(str(e["id"]), str(e["file"])) for e in bundle["documents"]]
        documents = {k: _object(folder, read, file) for k, file in entries}
        rows = [_rows(folder, read, f"{name}.jsonl") for name in ("trace", "edits", "findings")]
    except (KeyError, TypeError) as error:
        raise JuanzongError(f"{folder / 'bundle.json'}: not as `juanzong run` writes it ({error})") from error
    return Output(folder, bundle, documents, *rows)


def _text(folder: Path, read: Read, name: str) -> str:
    try:
        return read(name).decode("utf-8")
    except (OSError, KeyError) as error:
        raise JuanzongError(f"{folder / name}: missing; give a folder that `juanzong run` wrote") from error
    except UnicodeDecodeError as error:
        raise JuanzongError(f"{folder / name}: not UTF-8; run `juanzong run` again") from error


def _object(folder: Path, read: Read, name: str) -> Json:
    try:
        value = json.loads(_text(folder, read, name))
    except ValueError as error:
        raise JuanzongError(f"{folder / name}: not JSON ({error}); run `juanzong run` again") from error
    if not isinstance(value, dict):
        raise JuanzongError(f"{folder / name}: not a JSON object; run `juanzong run` again")
    return value


def _rows(folder: Path, read: Read, name: str) -> list[Json]:
    out: list[Any] = []
    for n, line in enumerate(_text(folder, read, name).split("\n"), 1):
        if line:
            try:
                out.append(json.loads(line))
            except ValueError as error:
                raise JuanzongError(f"{folder / name}, line {n}: not JSON; run `juanzong run` again") from error
    return out


def source_file(output: Output, given: Path | None = None) -> Path:
    """The raw file of the output: `given`, or where bundle.json says, from the folder upwards.

    The file must be the one that was read (its sha256 is in bundle.json), so that a made-up path serves nothing.
    """
    entry = output.bundle["sources"][0]
    name = PurePosixPath(str(entry["path"]))
    folder = output.folder.resolve()
    homes = (*folder.parents, Path.cwd())
    places = [given] if given else [base / part for base in homes for part in (name, Path("raw") / name.name)]
    for place in places:
        if place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() == entry["sha256"]:
            return place
    if any(p.is_file() for p in places):
        raise JuanzongError(f"{name}: is not the file that {output.folder} was made from; run `juanzong run` again")
    raise JuanzongError(f"{output.folder}: its source {name} was not found; give it with --source FILE")


def source_text(output: Output, source: Path) -> str:
    """The text that offsets count in: LF line ends, no BOM."""
    entry = output.bundle["sources"][0]
    if entry["text"] == entry["path"]:
        raw = source.read_bytes()
        text = raw.decode(entry.get("encoding") or "utf-8", "replace").removeprefix("\ufeff")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    else:
        text = _inside(output.folder, str(entry["text"])).read_bytes().decode("utf-8")
    if len(text) != entry["characters"]:
        raise JuanzongError(
            f"{source}: has {len(text)} characters, {output.folder} was made from "
            f"{entry['characters']}; run `juanzong run` again"
        )
    return text
