"""Make a document as of now, in one format, without writing it to a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from launch_kits.documents.facts import Facts, TaskFacts
from launch_kits.documents.formats.masters.office_file import read_master
from launch_kits.documents.formats.metadata import metadata_of
from launch_kits.documents.formats.pictures import Pictures
from launch_kits.documents.formats.registry import formats_of, make
from launch_kits.documents.formats.sections import picture_names
from launch_kits.documents.front import finished, front_formats, front_of
from launch_kits.documents.layout_marks import with_marks, without_marks
from launch_kits.documents.merging import is_marked
from launch_kits.documents.output_folder import OutputFolder
from launch_kits.documents.photos import photos_of
from launch_kits.documents.rendering import file_stem, rendered
from launch_kits.documents.timeline.in_documents import pictures_of
from launch_kits.errors import DocumentError
from launch_kits.inputs.audience import Audience
from launch_kits.settings.masters import Masters

__all__ = ["NO_MASTERS", "files_of", "make_now"]

NO_MASTERS = Masters()


def make_now(
    facts: Facts,
    task: TaskFacts,
    name: str,
    *,
    reader: Audience,
    folder: Path,
    folders: Sequence[Path] = (),
    masters: Masters = NO_MASTERS,
) -> bytes:
    """Make the document of a task for a reader, in the format ``name``.

    ``folder`` has the launch's own documents, and a subfolder for each circle of readers outside:
    if a person edited the document for this reader, it is made from the edited text. ``masters``
    are the company's own files. Raises DocumentError if the reader is not in its circle, if its
    template does not offer the format, if the document lacks a part without which it goes to no
    reader outside, or if it cannot be made.
    """
    title = task.title
    template = task.template or ""
    if not reader.may_read(task.audience):
        raise DocumentError(
            f'the document of "{title}" is {task.audience}: '
            f"it does not go to {reader} readers"
        )
    offered = formats_of(template, folders=folders)
    if name not in offered:
        raise DocumentError(
            f'the document of "{title}" is not offered as {name}; '
            f"it is as {', '.join(offered)}"
        )
    own = replace(facts, task=task, reader=reader)
    draft = rendered(template, own, folders=folders)
    if draft.held_back and reader is not Audience.INTERNAL:
        raise DocumentError(
            f'the document of "{title}" goes to no {reader} yet; '
            f"it lacks {', '.join(draft.held_back)}"
        )
    source = f"{file_stem(task.key)}.md"
    whose = folder if reader is Audience.INTERNAL else folder / reader
    edited = OutputFolder(whose, reader).edited_text(source)
    if name != "md" and edited is not None and is_marked(edited):
        raise DocumentError(
            f"{source} has marked conflicts; decide them, then make the {name} again"
        )
    text = draft.text if edited is None else with_marks(edited, draft.text)
    _, content = next(
        files_of(own, task, text, [name], folders=folders, masters=masters)
    )
    return content


def files_of(
    facts: Facts,
    task: TaskFacts,
    markdown: str,
    formats: Sequence[str],
    *,
    folders: Sequence[Path] = (),
    masters: Masters = NO_MASTERS,
) -> Iterator[tuple[str, bytes]]:
    """Make a document's files from its Markdown: each format with its content.

    Raises DocumentError, which names the file.
    """
    metadata = metadata_of(facts, task)
    front = front_formats(task.template or "", folders=folders)
    shown = any(name != "md" for name in formats)
    pictures = _pictures(facts, task, markdown) if shown else {}
    for name in formats:
        try:
            text = front_of(markdown) if name in front else markdown
            # a list of missing parts is no slide
            text = finished(text) if name == "pptx" else text
            text = without_marks(text) if name == "md" else text
            about = replace(metadata, master=read_master(masters, name))
            content = make(name, text, about, pictures, one_page=name in front)
        except DocumentError as error:
            raise DocumentError(f"{file_stem(task.key)}.{name}: {error}") from None
        yield name, content


def _pictures(facts: Facts, task: TaskFacts, markdown: str) -> Pictures:
    """The pictures of a document that its reader may see."""
    names = picture_names(markdown)
    drawn = pictures_of(facts.timeline, names) if facts.timeline else {}
    reader = facts.reader.or_wider(task.audience)
    return {**drawn, **photos_of(facts.brief, reader, names)}
