"""The collateral of a launch or a brief.

Which documents there are, for whom and in which formats, as files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from launch_kits.documents import (
    Facts,
    TaskFacts,
    file_stem,
    formats_of,
    make,
    metadata_of,
    note_inputs,
    render,
)
from launch_kits.errors import DocumentError
from launch_kits.inputs.audience import Audience

__all__ = ["KEPT", "Written", "not_offered", "note_written", "write", "write_document"]

#: the formats that a running launch keeps its documents in
KEPT = ("md", "html")


@dataclass(frozen=True, slots=True)
class Written:
    """A document as a file."""

    task: str
    audience: Audience
    path: Path


def write(
    facts: Facts,
    out: Path,
    *,
    formats: Sequence[str] = ("md",),
    audiences: Sequence[Audience] = (Audience.INTERNAL,),
    only: str | None = None,
    folders: Sequence[Path] = (),
) -> Iterator[Written]:
    """Write every document (or that of one task) for each audience it may go to, in a subfolder
    each if several.

    Each comes in those of the formats that its template offers. ``folders`` hold templates that
    take the place of the built-in ones. Raises DocumentError.
    """
    for audience, task in _documents(facts, audiences=audiences, only=only):
        folder = out / audience if len(audiences) > 1 else out
        for path in write_document(
            facts, task, folder, formats=formats, reader=audience, folders=folders
        ):
            yield Written(task.key, audience, path)


def not_offered(
    facts: Facts,
    *,
    formats: Sequence[str],
    audiences: Sequence[Audience] = (Audience.INTERNAL,),
    only: str | None = None,
    folders: Sequence[Path] = (),
) -> dict[str, list[str]]:
    """For each format, the tasks whose documents `write` leaves out since their template does not offer it."""
    found: dict[str, list[str]] = {}
    tasks = {
        task.key: task for _, task in _documents(facts, audiences=audiences, only=only)
    }
    for key, task in tasks.items():
        for name in set(formats).difference(
            formats_of(task.template or "", folders=folders)
        ):
            found.setdefault(name, []).append(key)
    return found


def _documents(
    facts: Facts, *, audiences: Sequence[Audience], only: str | None
) -> Iterator[tuple[Audience, TaskFacts]]:
    for audience in audiences:
        for task in facts.tasks:
            if (
                task.template
                and only in (None, task.key)
                and audience.may_read(task.audience)
            ):
                yield audience, task


def write_document(
    facts: Facts,
    task: TaskFacts,
    folder: Path,
    *,
    formats: Sequence[str],
    reader: Audience = Audience.INTERNAL,
    folders: Sequence[Path] = (),
) -> list[Path]:
    """Write the document of one task in those of the formats that its template offers.

    Raises DocumentError.
    """
    template, own = task.template or "", replace(facts, task=task, reader=reader)
    offered = formats_of(template, folders=folders)
    wanted = [name for name in formats if name in offered]
    if not wanted:
        return []
    markdown, metadata = render(template, own, folders=folders), metadata_of(own, task)
    written = []
    for name in wanted:
        path = folder / f"{file_stem(task.key)}.{name}"
        content = make(name, markdown, metadata)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _replace(path, content)
        except OSError as error:
            reason = (error.strerror or "cannot be written").lower()
            raise DocumentError(
                f"{path}: {reason}; check the folder and its permissions"
            ) from None
        written.append(path)
    return written


def note_written(
    facts: Facts, key: str, *, documents: Path, folders: Sequence[Path] = ()
) -> None:
    """Note what a launch's document was made from, so that one can tell when it is out of date."""
    for task in facts.tasks:
        if task.key == key:
            # Where it cannot be noted, nobody is told that it is out of date: no reason not to have
            # the document.
            with suppress(OSError):
                note_inputs(
                    replace(facts, task=task),
                    noted_in(documents, facts.brief.launch),
                    folders=tuple(folders),
                )


def noted_in(documents: Path, slug: str) -> Path:
    """Where it is noted: not among the documents, which people open, copy and send."""
    return documents / ".inputs" / slug


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a reader, or a crash, never meets half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
