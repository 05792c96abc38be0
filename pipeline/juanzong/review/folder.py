"""An output folder for people: read from disk or from a git revision, its source found and checked."""

from __future__ import annotations

import hashlib
import io
import subprocess
import tarfile
from pathlib import Path, PurePosixPath

from juanzong.core.errors import JuanzongError
from juanzong.output.audit_source import as_recorded
from juanzong.output.folder import Output, kept_text, load, read_files
from juanzong.output.sound import sound


def read_output(place: str | Path) -> Output:
    """The output at `place`, sound: a folder, or `REV:path` in the git repository of the working directory."""
    folder = Path(place)
    if folder.is_dir():
        return sound(load(folder))
    revision, colon, _ = str(place).partition(":")
    if not colon or not revision or revision.startswith("-"):
        raise JuanzongError(f"{place}: no such folder; give clean/<id>, or in a git revision HEAD~1:clean/<id>")
    return sound(read_files(folder, _git_files(str(place)).__getitem__))


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


def source_file(output: Output, given: Path | None = None) -> Path:
    """The raw file (or folder) of the output: `given`, or where bundle.json says, from the folder upwards.

    The file must be the one that was read (its sha256 is in bundle.json), so that a made-up path serves nothing.
    """
    entry = output.bundle["sources"][0]
    name = PurePosixPath(str(entry["path"]))
    folder = output.folder.resolve()
    homes = (*folder.parents, Path.cwd())
    places = [given] if given else [as_recorded(b / part) for b in homes for part in (name, Path("raw") / name.name)]
    for place in places:
        if _hash(place) == entry["sha256"]:
            return place
    if any(p.exists() for p in places):
        raise JuanzongError(f"{name}: is not the file that {output.folder} was made from; run `juanzong run` again")
    raise JuanzongError(f"{output.folder}: its source {name} was not found; give it with --source FILE")


def _hash(place: Path) -> str | None:
    """The hash of a file, or of a folder that is one bundle; None where there is neither."""
    if place.is_file():
        return hashlib.sha256(place.read_bytes()).hexdigest()
    if not place.is_dir():
        return None
    from juanzong.read.folder import hash_of

    try:
        return hash_of(place)
    except (JuanzongError, OSError):
        return None


def source_text(output: Output, source: Path) -> str:
    """The text that offsets count in: LF line ends, no BOM."""
    entry = output.bundle["sources"][0]
    if entry["text"] == entry["path"]:
        raw = source.read_bytes()
        text = raw.decode(entry.get("encoding") or "utf-8", "replace").removeprefix("\ufeff")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    else:
        text = kept_text(output.folder, str(entry["text"]))
    if len(text) != entry["characters"]:
        raise JuanzongError(
            f"{source}: has {len(text)} characters, {output.folder} was made from "
            f"{entry['characters']}; run `juanzong run` again"
        )
    return text
