"""Write the documents of a launch or a brief as files."""

from __future__ import annotations

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
from launch_kits.documents.merging import is_marked
from launch_kits.documents.output_folder import Edits, OutputFolder, Saved
from launch_kits.documents.timeline.in_documents import pictures_of
from launch_kits.errors import DocumentError
from launch_kits.inputs.audience import Audience

__all__ = ["KEPT", "Written", "not_offered", "note_written", "write", "write_document"]

#: the formats of the documents of a running launch
KEPT = ("md", "html")


@dataclass(frozen=True, slots=True)
class Written:
    """A document that has been written to a file, or kept as a person edited it."""

    task: str
    audience: Audience
    saved: Saved

    @property
    def path(self) -> Path:
        """The file that was written: the document, or the draft beside it."""
        return self.saved.draft or self.saved.path


def write(
    facts: Facts,
    out: Path,
    *,
    formats: Sequence[str] = ("md",),
    audiences: Sequence[Audience] = (Audience.INTERNAL,),
    only: str | None = None,
    folders: Sequence[Path] = (),
    edits: Edits = Edits.KEEP,
) -> Iterator[Written]:
    """Write all documents for all audiences.

    ``only`` names a task, to write only its document. A document is written for the audiences that
    may read it, and in those of the formats that its template offers. If there are several
    audiences, each has its own subfolder. ``folders`` hold templates that replace the built-in
    ones, and ``edits`` tells what becomes of edited documents.

    Returns the files one after the other. Raises DocumentError if a document cannot be rendered or
    written.
    """
    for audience, task in _documents(facts, audiences=audiences, only=only):
        folder = out
        if len(audiences) > 1:
            folder = out / audience
            _must_be_no_link(folder)
        for saved in write_document(
            facts,
            task,
            folder,
            formats=formats,
            reader=audience,
            folders=folders,
            edits=edits,
        ):
            yield Written(task.key, audience, saved)


def _must_be_no_link(folder: Path) -> None:
    """Raise DocumentError for a link in the place of an audience's subfolder.

    Someone else may have put it there to have files written elsewhere.
    """
    if folder.is_symlink():
        raise DocumentError(
            f"{folder}: a link, which is not followed; remove it, or name another folder"
        )


def not_offered(
    facts: Facts,
    *,
    formats: Sequence[str],
    audiences: Sequence[Audience] = (Audience.INTERNAL,),
    only: str | None = None,
    folders: Sequence[Path] = (),
) -> dict[str, list[str]]:
    """The documents that `write` leaves out because of their format.

    Returns format → keys of the tasks whose template does not offer it.
    """
    missing: dict[str, list[str]] = {}
    documents = _documents(facts, audiences=audiences, only=only)
    templates = {task.key: task.template or "" for _, task in documents}
    for key, template in templates.items():
        for name in set(formats).difference(formats_of(template, folders=folders)):
            missing.setdefault(name, []).append(key)
    return missing


def _documents(
    facts: Facts, *, audiences: Sequence[Audience], only: str | None
) -> Iterator[tuple[Audience, TaskFacts]]:
    """Each audience with each task whose document it may read."""
    for audience in audiences:
        for task in facts.tasks:
            wanted = task.template and only in (None, task.key)
            if wanted and audience.may_read(task.audience):
                yield audience, task


def write_document(
    facts: Facts,
    task: TaskFacts,
    folder: Path,
    *,
    formats: Sequence[str],
    reader: Audience = Audience.INTERNAL,
    folders: Sequence[Path] = (),
    edits: Edits = Edits.KEEP,
) -> list[Saved]:
    """Write the document of one task in the formats that its template offers.

    A document that a person edited is kept, and the draft lies beside it; see `Edits`. The other
    formats are made from the edited Markdown.

    Returns what was written and kept. Raises DocumentError if the document cannot be rendered or
    written.
    """
    template = task.template or ""
    offered = formats_of(template, folders=folders)
    wanted = [name for name in formats if name in offered]
    if not wanted:
        return []

    own = replace(facts, task=task, reader=reader)
    draft = render(template, own, folders=folders)
    output = OutputFolder(folder, reader)
    source = f"{file_stem(task.key)}.md"
    saved = []
    edited = None if edits is Edits.FORCE else output.edited_text(source)
    if "md" in wanted or (edits is Edits.MERGE and edited is not None):
        saved.append(output.save(source, draft.encode(), edits=edits, text=True))
        edited = output.edited_text(source)
    others = [name for name in wanted if name != "md"]
    if edited is None:
        return saved + list(_made(own, task, draft, others, output=output, edits=edits))
    if is_marked(edited):
        why = f"{source} has marked conflicts; decide them, then render again"
        stem = folder / file_stem(task.key)
        return saved + [Saved(Path(f"{stem}.{name}"), held_back=why) for name in others]
    return saved + list(_made(own, task, edited, others, output=output, edits=edits))


def _made(
    facts: Facts,
    task: TaskFacts,
    markdown: str,
    formats: Sequence[str],
    *,
    output: OutputFolder,
    edits: Edits,
) -> Iterator[Saved]:
    """Make the other formats of a document from its Markdown, and write them."""
    metadata = metadata_of(facts, task)
    pictures = (
        pictures_of(facts.timeline)
        if facts.timeline and "<!-- picture: " in markdown
        else {}
    )
    for name in formats:
        file = f"{file_stem(task.key)}.{name}"
        try:
            content = make(name, markdown, metadata, pictures)
        except DocumentError as error:
            raise DocumentError(f"{file}: {error}") from None
        yield output.save(file, content, edits=edits, text=False)


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
