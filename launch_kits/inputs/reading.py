"""Input files read one after another, with the faults of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from launch_kits.errors import Fault, InputError
from launch_kits.inputs.bad_links import bad_links
from launch_kits.inputs.base import Model
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.ledger import Ledger
from launch_kits.inputs.validation import salvage, true_faults
from launch_kits.inputs.yaml_source import Yaml, read

__all__ = ["FileReading", "kind_of", "link_faults"]

#: kind of file → the top key that tells it
MARKS = {"brief": "launch", "kit": "stages", "ledger": "card"}
#: the name of each model
KINDS: Mapping[type[Model], str] = {Brief: "brief", Kit: "kit", Ledger: "ledger"}

M = TypeVar("M", bound=Model)


@dataclass(slots=True)
class FileReading:
    """Everything read for one brief, faults gathered."""

    faults: list[Fault] = field(default_factory=list)
    sources: dict[str, Yaml] = field(default_factory=dict)
    #: the kit as far as it can be read, with its file
    kit: tuple[Kit, Yaml] | None = None

    def take(
        self,
        model: type[M],
        path: Path,
        shown: str,
        *,
        name: str,
        within: Path | None = None,
    ) -> tuple[M, Yaml] | None:
        """Read a file as a model, and note its faults.

        Returns None if too little of it can be read. ``shown`` is the path as the user
        wrote it, ``within`` a folder out of which no link may lead.
        """
        try:
            source = read(path, shown=shown, within=within, mend=True)
        except InputError as error:
            self.faults.extend(error.faults)
            return None
        self.faults.extend(source.slips)
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
        self.faults.extend(true_faults(link_faults(value, source)))
        return value, source


def link_faults(value: Model, source: Yaml) -> Iterator[Fault]:
    """Find the links of an input that do not lead to the web."""
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
    message = (
        f"this is a {kind} (`{MARKS[str(kind)]}:`), not a {wanted} "
        f"(`{MARKS[wanted]}:`); name a {wanted}"
    )
    return source.fault((), "wrong-kind", message)
