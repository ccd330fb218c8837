"""The pages of a launch that its channel gets: the launch's own, and each card."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from launch_kits.database.queries import tasks_of
from launch_kits.database.store import Store
from launch_kits.documents.formats.metadata import DocumentMetadata
from launch_kits.documents.formats.registry import make
from launch_kits.errors import DocumentError
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file
from launch_kits.views.card_keepers import card_keeper
from launch_kits.views.launch import LaunchView
from launch_kits.views.launch_page import launch_page
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.text import shorten
from launch_kits.views.reader import Reader

__all__ = ["ChannelPage", "cards_of", "page_of"]

#: the most bytes of a card's document, in Markdown and as PDF
LARGEST = 1024 * 1024
LARGEST_PDF = 16 * 1024 * 1024
#: remarks for the makers of files, such as the place of a picture
_REMARK = re.compile(r"<!--.*?-->\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ChannelPage:
    """A page in Markdown."""

    #: key of the competitor; empty for the launch's page
    card: str
    #: key of the task whose document it is; empty for the launch's page
    task: str
    title: str
    markdown: str
    #: the beginning of a file's name
    stem: str
    #: makes the PDF; None if there is none
    pdf: Callable[[], bytes | None]

    @property
    def digest(self) -> str:
        """Tells two contents apart."""
        return hashlib.sha256(self.markdown.encode()).hexdigest()[:16]


def page_of(
    context: MessageContext, *, reader: Reader, links: Mapping[str, str]
) -> ChannelPage:
    """The launch's page; ``links`` are addresses of documents, by the keys of their tasks."""
    view = context.view
    own = launch_page(view, reader=reader, room=context.room, links=links)
    return ChannelPage(
        card="",
        task="",
        title=shorten(view.product),
        markdown=own,
        stem=f"{view.slug}-page",
        pdf=lambda: _printed(own, view, reader),
    )


def cards_of(store: Store, context: MessageContext) -> Iterator[ChannelPage]:
    """The cards that are written."""
    view = context.view
    with store.read() as session:
        tasks = tasks_of(session, view.slug)
    for competitor in context.brief.competitors():
        keeper = card_keeper(tasks, competitor.key)
        task = view.task(keeper.key) if keeper and keeper.template else None
        written = _read(task.document, LARGEST) if task and task.document else None
        if task is None or task.document is None or written is None:
            continue
        path = task.document
        yield ChannelPage(
            card=competitor.key,
            task=task.key,
            title=shorten(task.title),
            markdown=_REMARK.sub("", written.decode(errors="replace")),
            stem=path.stem,
            pdf=partial(_read, path.with_suffix(".pdf"), LARGEST_PDF),
        )


def _read(path: Path, most: int) -> bytes | None:
    try:
        return read_file(path, most=most) or None
    except (NotAFile, TooLarge, OSError):
        # it went while we looked, or is none that we wrote
        return None


def _printed(markdown: str, view: LaunchView, reader: Reader) -> bytes | None:
    about = DocumentMetadata(
        title="Launch page",
        product=shorten(view.product),
        reader="colleagues",
        author=shorten(reader.name(view.lead)),
        day=reader.today,
    )
    try:
        return make("pdf", markdown, about)
    except DocumentError:  # it has too many tasks
        return None
