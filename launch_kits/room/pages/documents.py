"""The pages of the documents: versions, approvals, differences, and files to read."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from launch_kits.documents import FORMATS, file_stem, formats_of
from launch_kits.documents.files import edited_copies
from launch_kits.documents.making import make_now
from launch_kits.errors import NotFound
from launch_kits.inputs.audience import Audience
from launch_kits.room.asked import File, RoomRequest, Shown
from launch_kits.room.differences import TextPart, difference
from launch_kits.room.page import page
from launch_kits.views.document_changes import ContentChange, document_changes
from launch_kits.views.documents import DocumentView
from launch_kits.views.facts import read_facts
from launch_kits.views.lacking import part_in_words
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.reader import Reader

__all__ = ["DOCUMENT", "DOCUMENTS", "FILE", "READABLE", "TYPES", "file_of", "in_words"]

PATH = "/launches/{launch}/documents"
#: the types of the files, by format
TYPES = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: a document that is read in the browser has its styles and pictures within it, and no more
READABLE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'none'; sandbox allow-popups allow-top-navigation-by-user-activation"
)
#: the cause of a change → its words
CAUSES = {"claim": "a claim", "field": "the brief", "edit": "an edit of the document"}
#: changes that the page of a document shows
MOST = 40


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document with its task."""

    document: DocumentView
    task: TaskView
    states: Sequence[str]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of a document's content, word by word."""

    at: datetime
    cause: str
    by: str
    path: str
    parts: Sequence[TextPart]


def _documents(asked: RoomRequest) -> Shown:
    context = asked.context()
    view = context.view
    values = {
        "view": view,
        "reader": asked.reader(context),
        "product": view.product,
        "rows": _rows(asked, context),
        "live": (view.slug, view.revision),
    }
    return Shown("documents.html", values)


def _rows(asked: RoomRequest, context: MessageContext) -> list[DocumentRow]:
    found = asked.room.documents.of(asked.slug, now=asked.now)
    tasks = {task.key: task for task in context.view.tasks}
    return [
        DocumentRow(each, tasks[each.task], _states(each))
        for each in found
        if each.task in tasks
    ]


def _states(document: DocumentView) -> list[str]:
    """The states of a document in words; none if there is nothing to be known."""
    states = [
        "a draft" if document.path is None else "",
        "out of date" if document.out_of_date else "",
        "edited by hand" if document.edited else "",
        f"lacks {in_words(document.lacks)}" if document.lacks else "",
    ]
    return [each for each in states if each]


def in_words(places: Sequence[str]) -> str:
    """The parts that a document lacks, such as ``the place of the press release``."""
    return ", ".join(map(part_in_words, places))


def _document(asked: RoomRequest) -> Shown:
    context = asked.context()
    view = context.view
    reader = asked.reader(context)
    key = asked.names["task"]
    settings = asked.room.settings
    rows = _rows(asked, context)
    row = next((each for each in rows if each.task.key == key), None)
    if row is None:
        raise NotFound(f'{view.product} has no document of "{key}"')
    with asked.room.store.read() as session:
        changes = document_changes(
            session,
            asked.slug,
            key,
            since=None,
            now=asked.now,
            documents=settings.documents,
            folders=settings.templates,
        )
    values = {
        "view": view,
        "reader": reader,
        "product": view.product,
        "row": row,
        "readers": [
            each for each in Audience if each.may_read(Audience(row.task.audience))
        ],
        "lacking": _lacking_edits(key, settings.documents / asked.slug),
        "formats": formats_of(row.document.document, folders=settings.templates),
        "changes": [_change(each, reader) for each in reversed(changes[-MOST:])],
        "earlier": max(0, len(changes) - MOST),
        "live": (view.slug, view.revision),
    }
    return Shown("document.html", values)


def _lacking_edits(key: str, folder: Path) -> Mapping[Audience, str]:
    """The edited working copy that readers outside do not get, by reader."""
    edited = edited_copies(key, [folder])
    outside = [each for each in Audience if each is not Audience.INTERNAL]
    return {
        each: edited[0].name
        for each in outside
        if edited and not edited_copies(key, [folder / each])
    }


def _change(change: ContentChange, reader: Reader) -> ChangeRow:
    by = reader.name(change.by) if change.by else ""
    cause = CAUSES.get(change.cause, change.cause)
    parts = difference(change.before, change.after)
    return ChangeRow(change.at.astimezone(reader.zone), cause, by, change.path, parts)


def _file(asked: RoomRequest) -> File:
    """Make a document as of now for a circle of readers; nothing is written."""
    named = asked.names["reader"]
    if named not in {str(each) for each in Audience}:
        raise NotFound(f'a document has no reader "{named}"')
    return file_of(
        asked,
        asked.slug,
        asked.names["task"],
        asked.names["format"],
        reader=Audience(named),
    )


def file_of(
    asked: RoomRequest, slug: str, key: str, name: str, *, reader: Audience
) -> File:
    """The document of a launch's task in a format; HTML is shown, all else is kept.

    Raises NotFound, and DocumentError if it is not for the reader or cannot be made.
    """
    if name not in FORMATS:
        raise NotFound(
            f'a document has no format "{name}"; known: {", ".join(FORMATS)}'
        )
    content = asked.room.files.of(
        (slug, key, name, reader),
        state=_state(asked, slug),
        make=lambda: _made(asked, slug, key, name, reader=reader),
    )
    if name == "html":
        return File(content, TYPES[name], READABLE)
    whose = "" if reader is Audience.INTERNAL else f"-{reader}"
    kept = f"{slug}-{file_stem(key)}{whose}.{name}"
    return File(content, TYPES[name], name=kept)


def _state(asked: RoomRequest, slug: str) -> Hashable:
    """A value that differs if a document of a launch, or a master, can."""
    masters = asked.room.settings.masters
    changed = [
        path.stat().st_mtime_ns if path and path.exists() else None
        for path in (masters.pptx, masters.docx)
    ]
    return asked.room.documents.state(slug, now=asked.now), *changed


def _made(
    asked: RoomRequest, slug: str, key: str, name: str, *, reader: Audience
) -> bytes:
    settings = asked.room.settings
    with asked.room.store.read() as session:
        facts = read_facts(session, slug, now=asked.now, documents=settings.documents)
    task = next((each for each in facts.tasks if each.key == key), None)
    if task is None or task.template is None:
        raise NotFound(f'{facts.brief.product} has no document of "{key}"')
    return make_now(
        facts,
        task,
        name,
        reader=reader,
        folder=settings.documents / slug,
        folders=settings.templates,
        masters=settings.masters,
    )


DOCUMENTS = page(PATH, tab="Documents", position=2)(_documents)
DOCUMENT = page(f"{PATH}/{{task}}")(_document)
FILE = page(f"{PATH}/{{task}}/{{reader}}/{{format}}")(_file)
