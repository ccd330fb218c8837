"""Finding and loading briefs, kits and ledgers: all faults of all files at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from launch_kits.errors import Fault, InputError, suggest
from launch_kits.inputs.base import Model, bad_links
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.kit_faults import kit_faults
from launch_kits.inputs.ledger import Ledger
from launch_kits.inputs.ledger_faults import ledger_faults
from launch_kits.inputs.references import brief_faults, brief_warnings
from launch_kits.inputs.search import find_kits, find_ledgers, kit_called
from launch_kits.inputs.stand_ins import STAND_IN
from launch_kits.inputs.validation import salvage, true_faults
from launch_kits.inputs.yaml_source import Yaml, read

__all__ = ["Loaded", "kind_of", "load_brief", "load_kit", "load_ledger", "resolve"]

#: kind of file → the top key that tells it
MARKS = {"brief": "launch", "kit": "stages", "ledger": "card"}
#: the name of each model
KINDS: Mapping[type[Model], str] = {Brief: "brief", Kit: "kit", Ledger: "ledger"}

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A brief with its kit and ledgers in place, and its doubts."""

    brief: Brief
    warnings: tuple[Fault, ...]
    #: the file of each input, by its kind: ``brief``, ``kit``, or an alternative's key
    sources: Mapping[str, Yaml] = field(default_factory=dict)


@dataclass(slots=True)
class _Reading:
    """Everything read for one brief, faults gathered."""

    faults: list[Fault] = field(default_factory=list)
    sources: dict[str, Yaml] = field(default_factory=dict)

    def take(
        self, model: type[M], path: Path, shown: str, *, name: str
    ) -> tuple[M, Yaml] | None:
        try:
            source = read(path, shown=shown)
        except InputError as error:
            self.faults.extend(error.faults)
            return None
        mistaken = _mistaken(source, KINDS[model])
        if mistaken is not None:
            self.faults.append(mistaken)
            return None
        # an alternative may have the key `kit`: the input that was read first keeps the name
        self.sources.setdefault(name, source)
        value, faults = salvage(model, source)
        self.faults.extend(faults)
        if value is None:
            return None
        self.faults.extend(true_faults(_link_faults(value, source)))
        return value, source


def _link_faults(value: Model, source: Yaml) -> Iterator[Fault]:
    for where, wrong in bad_links(value):
        yield source.fault(where, "bad-link", f"{'.'.join(map(str, where))}: {wrong}")


def kind_of(source: Yaml) -> str | None:
    """The kind of a file by its top keys.

    Returns ``brief``, ``kit`` or ``ledger``; None if it is something else.
    """
    data = source.data
    return (
        next((kind for kind, mark in MARKS.items() if mark in data), None)
        if isinstance(data, Mapping)
        else None
    )


def _mistaken(source: Yaml, wanted: str) -> Fault | None:
    """One fault for a file that is plainly another kind of input.

    Its keys one by one would flood the screen.
    """
    kind = kind_of(source)
    if kind in (None, wanted) or (
        isinstance(source.data, Mapping) and MARKS[wanted] in source.data
    ):
        return None
    message = f"this is a {kind} (`{MARKS[str(kind)]}:`), not a {wanted} (`{MARKS[wanted]}:`); name a {wanted}"
    return source.fault((), "wrong-kind", message)


def load_kit(path: Path) -> Kit:
    """A kit by its file; raises InputError with every fault."""
    reading = _Reading()
    kit = _kit(reading, path, str(path))
    if reading.faults or kit is None:
        raise InputError(reading.faults)
    return kit


def load_ledger(path: Path) -> Ledger:
    """A ledger by its file; raises InputError with every fault."""
    reading = _Reading()
    ledger = _ledger(reading, path, str(path), name="ledger")
    if reading.faults or ledger is None:
        raise InputError(reading.faults)
    return ledger


def _kit(reading: _Reading, path: Path, shown: str) -> Kit | None:
    taken = reading.take(Kit, path, shown, name="kit")
    if taken is None:
        return None
    kit, source = taken
    _look_over_kit(reading, kit, source)
    return kit


def _look_over_kit(reading: _Reading, kit: Kit, source: Yaml) -> None:
    faults = true_faults(kit_faults(kit, source))
    # A task that waits for one with a faulty key is not to blame.
    nameless = any(task.key == STAND_IN for _, task in kit.tasks())
    reading.faults.extend(
        fault for fault in faults if not (nameless and fault.code == "unknown-task")
    )


def _ledger(reading: _Reading, path: Path, shown: str, *, name: str) -> Ledger | None:
    taken = reading.take(Ledger, path, shown, name=name)
    if taken is None:
        return None
    ledger, source = taken
    reading.faults.extend(true_faults(ledger_faults(ledger, source)))
    return ledger


def load_brief(
    path: Path, *, search: Sequence[Path] = (), kit: Path | None = None
) -> Loaded:
    """A brief by its file, with its kit and ledgers in place.

    ``search`` are folders looked through before the built-in kits (LAUNCH_KITS_PATH); ``kit`` takes
    the place of the brief's own. Raises InputError with every fault of every file.
    """
    reading = _Reading()
    taken = reading.take(Brief, path, str(path), name="brief")
    if taken is None:
        _follow_raw(reading, path, search=search, kit=kit)
        raise InputError(dict.fromkeys(reading.faults))
    brief = _in_place(reading, taken[0], folder=path.parent, search=search, kit=kit)
    # A brief that came with its own faults is still checked as a whole, but a half-read kit or
    # ledger would blame it.
    reading.faults.extend(brief_faults(brief, reading.sources))
    if reading.faults:
        raise InputError(dict.fromkeys(true_faults(reading.faults)))
    return Loaded(brief, tuple(brief_warnings(brief, reading.sources)), reading.sources)


def resolve(brief: Brief, *, search: Sequence[Path] = ()) -> Brief:
    """A brief that came without a file (from Prefect's form) with its kit and ledgers in place.

    Names are looked up along ``search`` and among the built-in kits; paths are refused, since there
    is no folder that they could be relative to. Raises InputError.
    """
    source = Yaml("brief", {})
    reading = _Reading(
        faults=list(_link_faults(brief, source)), sources={"brief": source}
    )
    brief = _in_place(reading, brief, folder=None, search=search, kit=None)
    reading.faults.extend(brief_faults(brief, reading.sources))
    if reading.faults:
        raise InputError(reading.faults)
    return brief


def _in_place(
    reading: _Reading,
    brief: Brief,
    *,
    folder: Path | None,
    search: Sequence[Path],
    kit: Path | None,
) -> Brief:
    source = reading.sources["brief"]
    changes: dict[str, object] = {}
    if kit is not None:
        changes["kit"] = _kit(reading, kit, str(kit)) or brief.kit
    elif isinstance(brief.kit, str):
        found = _named_file(
            reading, brief.kit, "kit", ("kit",), folder=folder, search=search
        )
        changes["kit"] = (
            _kit(reading, found, _shown(found, source)) if found else None
        ) or brief.kit
    else:
        # its faults are on lines of the brief
        reading.sources["kit"] = source.part(("kit",))
        _look_over_kit(reading, brief.kit, reading.sources["kit"])
    alternatives = list(brief.positioning.alternatives)
    for index, alternative in enumerate(brief.positioning.alternatives):
        where = ("positioning", "alternatives", index, "claims")
        if isinstance(alternative.claims, str):
            found = _named_file(
                reading,
                alternative.claims,
                "ledger",
                where,
                folder=folder,
                search=search,
            )
            ledger = (
                _ledger(reading, found, _shown(found, source), name=alternative.key)
                if found
                else None
            )
            alternatives[index] = alternative.model_copy(
                update={"claims": ledger or alternative.claims}
            )
        elif alternative.claims is not None:
            reading.faults.extend(
                true_faults(ledger_faults(alternative.claims, source.part(where)))
            )
    changes["positioning"] = brief.positioning.model_copy(
        update={"alternatives": tuple(alternatives)}
    )
    return brief.model_copy(update=changes)


def _follow_raw(
    reading: _Reading, path: Path, *, search: Sequence[Path], kit: Path | None
) -> None:
    """Read the files that a brief names although too little of it can be read, to give their faults as well."""
    source = reading.sources.get("brief")
    if source is None or not isinstance(source.data, Mapping):
        return
    written = source.data.get("kit")
    if kit is not None:
        _kit(reading, kit, str(kit))
    elif isinstance(written, str):
        found = _named_file(
            reading, written, "kit", ("kit",), folder=path.parent, search=search
        )
        if found:
            _kit(reading, found, _shown(found, source))


def _shown(path: Path, source: Yaml) -> str:
    """A path as the user would write it: beside the brief as they wrote that."""
    folder = Path(source.path).parent
    try:
        return str(folder / path.relative_to(folder.absolute()))
    except ValueError:
        return str(path)


def _named_file(
    reading: _Reading,
    written: str,
    thing: str,
    where: tuple[str | int, ...],
    *,
    folder: Path | None,
    search: Sequence[Path],
) -> Path | None:
    """The file that a brief means by a path or a name.

    Returns None, with a fault noted, if there is none.
    """
    source = reading.sources["brief"]
    if written.endswith((".yaml", ".yml")):
        if folder is None:
            message = f'"{written}" is a path; a brief without a file takes a name, or the {thing} in place'
            reading.faults.append(source.fault(where, "path", message))
            return None
        base = folder.absolute()
        found = base / written
        inside, there = _beside(base, written)
        if not inside:
            message = f'"{written}" leaves the brief\'s folder; put the {thing} beside the brief'
            reading.faults.append(source.fault(where, "path-outside", message))
            return None
        if not there:
            files = (file for file in base.glob("**/*.yaml") if file.is_file())
            near = suggest(written, (str(file.relative_to(base)) for file in files))
            reading.faults.append(
                source.fault(
                    where,
                    f"unknown-{thing}",
                    f'no {thing} file "{written}" beside the brief{near}',
                )
            )
            return None
        return found
    known = find_kits(search) if thing == "kit" else find_ledgers(search)
    named = known.get(written) or (
        kit_called(written, known.values()) if thing == "kit" else None
    )
    if named:
        return named
    hint = suggest(written, known) or f"; known: {', '.join(sorted(known)) or 'none'}"
    message = f'unknown {thing} "{written}"{hint} (a path ends in .yaml)'
    reading.faults.append(source.fault(where, f"unknown-{thing}", message))
    return None


def _beside(folder: Path, written: str) -> tuple[bool, bool]:
    """Whether a path stays in a folder, through links too, and whether a file is there."""
    found = folder / written
    try:
        inside = not Path(written).is_absolute() and found.resolve().is_relative_to(
            folder.resolve()
        )
        return inside, inside and found.is_file()
    except (OSError, RuntimeError, ValueError):
        # A name too long, or a link that leads back to itself: nothing is there.
        return True, False
