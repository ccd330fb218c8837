"""Write the documents of a launch or a brief as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from launch_kits.documents import (
    FORMATS,
    Facts,
    TaskFacts,
    file_stem,
    formats_of,
    note_inputs,
)
from launch_kits.documents.formats.glyphs import reach_of
from launch_kits.documents.formats.look import look_of
from launch_kits.documents.layout_marks import with_marks, without_marks
from launch_kits.documents.making import NO_MASTERS, files_of
from launch_kits.documents.merging import is_marked
from launch_kits.documents.offered import documents_for
from launch_kits.documents.output_folder import Edits, OutputFolder, Saved
from launch_kits.documents.rendering import rendered
from launch_kits.errors import DocumentError
from launch_kits.inputs.audience import Audience
from launch_kits.settings.masters import Masters

__all__ = [
    "KEPT",
    "Written",
    "edited_copies",
    "note_written",
    "noted_in",
    "write",
    "write_document",
]

#: said of a file that was there
REMOVED = "; the earlier file was removed"

#: the formats of the documents of a running launch
KEPT = ("md", "html")


@dataclass(frozen=True, slots=True)
class Written:
    """A document that has been written to files, or kept as a person edited it."""

    task: str
    audience: Audience
    #: one for each format; empty for a document that is held back
    saved: tuple[Saved, ...]
    #: the places of missing parts of a document for partners or customers, such as ``press.place``
    lacks: tuple[str, ...] = ()
    #: those without which it goes to no reader outside
    held_back: tuple[str, ...] = ()
    #: the characters that are boxes in its PDF file, since no font of this machine has them
    boxes: str = ""

    def __bool__(self) -> bool:
        """Whether the document is there, if only as one that is held back."""
        return bool(self.saved or self.held_back)


def write(
    facts: Facts,
    out: Path,
    *,
    formats: Sequence[str] = ("md",),
    audiences: Sequence[Audience] = (Audience.INTERNAL,),
    only: str | None = None,
    folders: Sequence[Path] = (),
    edits: Edits = Edits.KEEP,
    masters: Masters = NO_MASTERS,
) -> Iterator[Written]:
    """Write all documents for all audiences.

    ``only`` names a task, to write only its document. A document is written for the audiences that
    may read it, and in those of the formats that its template offers. Working copies lie in
    ``out``; copies for partners and for customers have a subfolder each, so that none takes the
    place of another. ``folders`` hold templates that replace the built-in ones, ``edits`` tells
    what becomes of edited documents, and ``masters`` are the company's own files for slides and
    Word files.

    Returns the documents one after the other. Raises DocumentError if one cannot be rendered or
    written.
    """
    for audience, task in documents_for(facts, audiences=audiences, only=only):
        folder = out
        if audience is not Audience.INTERNAL:
            folder = out / audience
            _must_be_no_link(folder)
        yield write_document(
            facts,
            task,
            folder,
            formats=formats,
            reader=audience,
            folders=folders,
            edits=edits,
            masters=masters,
        )


def _must_be_no_link(folder: Path) -> None:
    """Raise DocumentError for a link in the place of an audience's subfolder.

    Someone else may have put it there to have files written elsewhere.
    """
    if folder.is_symlink():
        raise DocumentError(
            f"{folder}: a link, which is not followed; remove it, or name another folder"
        )


def edited_copies(task: str, folders: Iterable[Path]) -> tuple[Path, ...]:
    """The working copies of a task's document in some folders that a person edited."""
    stem = file_stem(task)
    found = [
        folder / name
        for folder in dict.fromkeys(folders)
        for name in OutputFolder(folder).edited(f"{stem}.{each}" for each in FORMATS)
    ]
    return tuple(found)


def write_document(
    facts: Facts,
    task: TaskFacts,
    folder: Path,
    *,
    formats: Sequence[str],
    reader: Audience = Audience.INTERNAL,
    folders: Sequence[Path] = (),
    edits: Edits = Edits.KEEP,
    masters: Masters = NO_MASTERS,
) -> Written:
    """Write the document of one task in the formats that its template offers.

    A document that a person edited is kept, and the draft lies beside it; see `Edits`. The other
    formats are made from the edited Markdown. A document that lacks a part without which it goes
    to no reader outside is not written for them.

    Returns the files that were written and kept. Raises DocumentError if the document cannot be
    rendered or written.
    """
    template = task.template or ""
    offered = formats_of(template, folders=folders)
    wanted = [name for name in formats if name in offered]
    if not wanted:
        return Written(task.key, reader, ())

    own = replace(facts, task=task, reader=reader)
    draft = rendered(template, own, folders=folders)
    output = OutputFolder(folder, reader)
    lacks = draft.lacks if task.audience is not Audience.INTERNAL else ()
    if draft.held_back and reader is not Audience.INTERNAL:
        for name in wanted:
            output.discard(f"{file_stem(task.key)}.{name}")
        return Written(task.key, reader, (), lacks, draft.held_back)
    saved = _saved(
        own,
        task,
        draft.text,
        wanted,
        output=output,
        edits=edits,
        folders=folders,
        masters=masters,
    )
    files = tuple(saved)
    boxes = ""
    if "pdf" in wanted:
        text = output.edited_text(f"{file_stem(task.key)}.md") or draft.text
        boxes = reach_of(look_of(facts.brief.brand)).missing(text)
    return Written(task.key, reader, files, lacks, boxes=boxes)


def _saved(
    facts: Facts,
    task: TaskFacts,
    draft: str,
    formats: Sequence[str],
    *,
    output: OutputFolder,
    edits: Edits,
    folders: Sequence[Path],
    masters: Masters,
) -> Iterator[Saved]:
    """Write a draft as Markdown, then the other formats from it or from the edited text."""
    source = f"{file_stem(task.key)}.md"
    edited = None if edits is Edits.FORCE else output.edited_text(source)
    if "md" in formats or (edits is Edits.MERGE and edited is not None):
        plain = without_marks(draft)
        yield output.save(source, plain.encode(), edits=edits, text=True)
        edited = output.edited_text(source)
    others = [name for name in formats if name != "md"]
    if edited is not None and is_marked(edited):
        why = f"{source} has marked conflicts; decide them, then render again"
        yield from _stale_files(output, task, others, why)
        return
    text = draft if edited is None else with_marks(edited, draft)
    made = files_of(facts, task, text, others, folders=folders, masters=masters)
    for name, content in made:
        file = f"{file_stem(task.key)}.{name}"
        yield output.save(file, content, edits=edits, text=False)


def _stale_files(
    output: OutputFolder, task: TaskFacts, wanted: Sequence[str], why: str
) -> Iterator[Saved]:
    """The other formats of a document with open conflicts.

    Files of earlier renders would be sent as if they were current, so they are removed; edited
    ones stay.
    """
    for name in FORMATS:
        path = output.folder / f"{file_stem(task.key)}.{name}"
        if name == "md":
            continue
        removed = output.discard(path.name)
        if removed or name in wanted:
            yield Saved(path, held_back=f"{why}{REMOVED if removed else ''}")


def note_written(
    facts: Facts, key: str, *, documents: Path, folders: Sequence[Path] = ()
) -> None:
    """Record the inputs of a document, to tell later whether it is stale."""
    for task in facts.tasks:
        if task.key == key:
            # without the record no one is told that the document is stale, but the document is
            # useful all the same
            with suppress(OSError):
                note_inputs(
                    replace(facts, task=task),
                    noted_in(documents, facts.brief.launch),
                    folders=tuple(folders),
                )


def noted_in(documents: Path, slug: str) -> Path:
    """The folder for the inputs of a launch's documents.

    It is apart from the documents, which people open, copy and send.
    """
    return documents / ".inputs" / slug
