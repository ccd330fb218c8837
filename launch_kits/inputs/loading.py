"""Finding and loading briefs, kits and ledgers: all faults of all files at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from launch_kits.errors import Fault, InputError
from launch_kits.inputs.attachments import attach
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.kit_faults import kit_faults
from launch_kits.inputs.ledger import Ledger
from launch_kits.inputs.ledger_faults import ledger_faults
from launch_kits.inputs.named_files import NamedFile, named_file, shown_beside
from launch_kits.inputs.positioning import Alternative
from launch_kits.inputs.reading import FileReading, link_faults
from launch_kits.inputs.references import brief_faults, brief_warnings
from launch_kits.inputs.stand_ins import STAND_IN
from launch_kits.inputs.validation import true_faults
from launch_kits.inputs.yaml_source import Yaml

__all__ = ["FaultyInput", "Loaded", "load_brief", "load_kit", "load_ledger", "resolve"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A brief with its kit and ledgers in place, and its doubts."""

    brief: Brief
    warnings: tuple[Fault, ...]
    #: the file of each input, by its kind: ``brief``, ``kit``, or an alternative's key
    sources: Mapping[str, Yaml] = field(default_factory=dict)


class FaultyInput(InputError):
    """A brief, kit or ledger with faults; ``reading`` has all that could be read of its files."""

    def __init__(self, reading: FileReading) -> None:
        super().__init__(dict.fromkeys(true_faults(reading.faults)))
        self.reading = reading


def load_kit(path: Path) -> Kit:
    """A kit by its file; raises InputError with every fault."""
    reading = FileReading()
    kit = _kit(reading, path, str(path))
    if reading.faults or kit is None:
        raise FaultyInput(reading)
    return kit


def load_ledger(path: Path) -> Ledger:
    """A ledger by its file; raises InputError with every fault."""
    reading = FileReading()
    ledger = _ledger(reading, path, str(path), name="ledger")
    if reading.faults or ledger is None:
        raise FaultyInput(reading)
    return ledger


def _kit(
    reading: FileReading, path: Path, shown: str, *, within: Path | None = None
) -> Kit | None:
    taken = reading.take(Kit, path, shown, name="kit", within=within)
    if taken is None:
        return None
    kit, source = reading.kit = taken
    _look_over_kit(reading, kit, source)
    return kit


def _look_over_kit(reading: FileReading, kit: Kit, source: Yaml) -> None:
    faults = true_faults(kit_faults(kit, source))
    # A task that waits for one with a faulty key is not to blame.
    nameless = any(task.key == STAND_IN for _, task in kit.tasks())
    reading.faults.extend(
        fault for fault in faults if not (nameless and fault.code == "unknown-task")
    )


def _ledger(
    reading: FileReading,
    path: Path,
    shown: str,
    *,
    name: str,
    within: Path | None = None,
) -> Ledger | None:
    taken = reading.take(Ledger, path, shown, name=name, within=within)
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
    reading = FileReading()
    taken = reading.take(Brief, path, str(path), name="brief")
    if taken is None:
        _follow_raw(reading, path, search=search, kit=kit)
        raise FaultyInput(reading)
    brief = _in_place(reading, taken[0], folder=path.parent, search=search, kit=kit)
    brief = attach(reading, brief, folder=path.parent)
    # A brief that came with its own faults is still checked as a whole, but a half-read kit or
    # ledger would blame it.
    reading.faults.extend(brief_faults(brief, reading.sources))
    if reading.faults:
        raise FaultyInput(reading)
    return Loaded(brief, tuple(brief_warnings(brief, reading.sources)), reading.sources)


def resolve(brief: Brief, *, search: Sequence[Path] = ()) -> Brief:
    """Resolve a brief without a file: put its kit and ledgers in place.

    Names are looked up along ``search`` and among the built-in kits; paths are refused, since there
    is no folder that they could be relative to. Raises InputError.
    """
    source = Yaml("brief", {})
    reading = FileReading(
        faults=list(link_faults(brief, source)), sources={"brief": source}
    )
    brief = _in_place(reading, brief, folder=None, search=search, kit=None)
    brief = attach(reading, brief, folder=None)
    reading.faults.extend(brief_faults(brief, reading.sources))
    if reading.faults:
        raise InputError(reading.faults)
    return brief


def _in_place(
    reading: FileReading,
    brief: Brief,
    *,
    folder: Path | None,
    search: Sequence[Path],
    kit: Path | None,
) -> Brief:
    """The brief with its kit and ledgers in place.

    Their faults are noted in ``reading``.
    """
    if kit is not None:
        kit_in_place = _kit(reading, kit, str(kit)) or brief.kit
    else:
        kit_in_place = _own_kit(reading, brief, folder=folder, search=search)
    alternatives = tuple(
        _with_ledger(reading, alternative, index, folder=folder, search=search)
        for index, alternative in enumerate(brief.positioning.alternatives)
    )
    positioning = brief.positioning.model_copy(update={"alternatives": alternatives})
    return brief.model_copy(update={"kit": kit_in_place, "positioning": positioning})


def _own_kit(
    reading: FileReading, brief: Brief, *, folder: Path | None, search: Sequence[Path]
) -> Kit | str:
    """The kit that a brief names or holds.

    Returns the name again if the kit cannot be read.
    """
    source = reading.sources["brief"]
    if isinstance(brief.kit, str):
        found = named_file(
            reading, brief.kit, "kit", ("kit",), folder=folder, search=search
        )
        kit = _named_kit(reading, found) if found else None
        return kit or brief.kit
    # its faults are on lines of the brief
    reading.sources["kit"] = source.part(("kit",))
    _look_over_kit(reading, brief.kit, reading.sources["kit"])
    return brief.kit


def _with_ledger(
    reading: FileReading,
    alternative: Alternative,
    index: int,
    *,
    folder: Path | None,
    search: Sequence[Path],
) -> Alternative:
    """The alternative at an index of the brief, with its ledger in place."""
    source = reading.sources["brief"]
    where = ("positioning", "alternatives", index, "claims")
    if isinstance(alternative.claims, str):
        found = named_file(
            reading, alternative.claims, "ledger", where, folder=folder, search=search
        )
        if found is None:
            return alternative
        shown = shown_beside(found.path, source)
        ledger = _ledger(
            reading, found.path, shown, name=alternative.key, within=found.within
        )
        claims = ledger or alternative.claims
        return alternative.model_copy(update={"claims": claims})
    if alternative.claims is not None:
        faults = ledger_faults(alternative.claims, source.part(where))
        reading.faults.extend(true_faults(faults))
    return alternative


def _follow_raw(
    reading: FileReading, path: Path, *, search: Sequence[Path], kit: Path | None
) -> None:
    """Read the files that a faulty brief names.

    Too little of the brief can be read. Their faults are reported as well as those of the brief.
    """
    source = reading.sources.get("brief")
    if source is None or not isinstance(source.data, Mapping):
        return
    written = source.data.get("kit")
    if kit is not None:
        _kit(reading, kit, str(kit))
    elif isinstance(written, str):
        found = named_file(
            reading, written, "kit", ("kit",), folder=path.parent, search=search
        )
        if found:
            _named_kit(reading, found)
    for index, alternative in enumerate(_raw_alternatives(source.data)):
        claims = alternative.get("claims")
        if isinstance(claims, str):
            raw = Alternative(key=f"ledger_{index}", name="-", claims=claims)
            _with_ledger(reading, raw, index, folder=path.parent, search=search)


def _raw_alternatives(data: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    positioning = data.get("positioning")
    written = (
        positioning.get("alternatives") if isinstance(positioning, Mapping) else None
    )
    alternatives = written if isinstance(written, list) else []
    return [each if isinstance(each, Mapping) else {} for each in alternatives]


def _named_kit(reading: FileReading, found: NamedFile) -> Kit | None:
    shown = shown_beside(found.path, reading.sources["brief"])
    return _kit(reading, found.path, shown, within=found.within)
