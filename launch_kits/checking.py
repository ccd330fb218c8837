"""Checking inputs: what kind each file is, and all that is wrong or doubtful about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from launch_kits.claims import Audience
from launch_kits.errors import Fault, InputError, LaunchKitsError
from launch_kits.inputs import read
from launch_kits.library import load_brief, load_kit, load_ledger
from launch_kits.proofs import left_out
from launch_kits.rollout import Rollout

__all__ = ["Checked", "check"]

#: the key that tells what a file is
MARKS = {"launch": "brief", "stages": "kit", "card": "ledger"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found."""

    files: int
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def check(paths: Sequence[Path], *, search: Sequence[Path] = (), now: datetime) -> Checked:
    """Check files, and in folders every brief, kit and ledger; other YAML in a folder is skipped."""
    faults: dict[Fault, None] = {}
    warnings: dict[Fault, None] = {}
    count = 0
    for path, kind in _files(paths, faults):
        count += 1
        try:
            found = _check(path, kind, search=search, now=now)
        except InputError as error:
            faults.update(dict.fromkeys(error.faults))
        except LaunchKitsError as error:
            faults[Fault(str(path), None, "unplannable", str(error))] = None
        else:
            warnings.update(dict.fromkeys(found))
    return Checked(count, tuple(sorted(faults, key=_place)), tuple(sorted(warnings, key=_place)))


def _place(fault: Fault) -> tuple[str, int]:
    return fault.path, fault.line or 0


def _files(paths: Iterable[Path], faults: dict[Fault, None]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        try:
            inside = path.is_dir()
        except OSError:
            # Such as a name too long; reading it says why.
            inside = False
        files = sorted(filter(_to_be_read, (*path.rglob("*.yaml"), *path.rglob("*.yml")))) if inside else [path]
        for file in files:
            try:
                kind = _kind(file)
            except InputError as error:
                faults.update(dict.fromkeys(error.faults))
                continue
            if kind is not None:
                yield file, kind
            elif not inside:
                message = "neither a brief (`launch:`), a kit (`stages:`) nor a ledger (`card:`); check its top keys"
                faults[Fault(str(file), 1, "unknown-file", message)] = None


def _to_be_read(file: Path) -> bool:
    """Files, and links that lead nowhere: no folders with such a name, nor pipes, which a reader could wait at."""
    return file.is_file() or (file.is_symlink() and not file.exists())


def _kind(file: Path) -> str | None:
    data = read(file).data
    return next((MARKS[key] for key in MARKS if key in data), None) if isinstance(data, Mapping) else None


def _check(path: Path, kind: str, *, search: Sequence[Path], now: datetime) -> list[Fault]:
    if kind == "kit":
        load_kit(path)
        return []
    if kind == "ledger":
        load_ledger(path)
        return []
    loaded = load_brief(path, search=search)
    brief = loaded.brief
    today = now.astimezone(brief.zone()).date()
    rollout = Rollout(brief, begin_on=brief.begin_on or today, release_on=brief.released_on, launch_on=brief.launch_on)
    # Planning it finds what no single line shows, such as dates out of bounds.
    rollout.schedule  # noqa: B018
    source = loaded.sources["brief"]
    hidden = {
        (where, message): None for reader in Audience for where, message in left_out(brief, today=today, reader=reader)
    }
    unseen = [source.fault(where, "left-out", message) for where, message in hidden]
    return [*loaded.warnings, *rollout.warnings(source), *unseen]
