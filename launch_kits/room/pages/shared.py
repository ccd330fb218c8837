"""The pages behind links: read-only, without a sign-in, for the link's audience alone."""

from __future__ import annotations

from collections.abc import Collection

from launch_kits.database.records import TASK_STATUSES, RoomLink, TaskStatus
from launch_kits.documents import formats_of
from launch_kits.documents.timeline.svg import timeline_svg
from launch_kits.errors import DocumentError, NotFound
from launch_kits.inputs.audience import Audience
from launch_kits.room.asked import File, RoomRequest, Shown
from launch_kits.room.links import LinkKind, read_link
from launch_kits.room.page import page
from launch_kits.room.pages.documents import file_of
from launch_kits.room.pages.launch import PICTURE as PICTURE_POLICY
from launch_kits.room.people import takes_part
from launch_kits.views.exports import as_calendar
from launch_kits.views.landing import in_words
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.reader import Reader
from launch_kits.views.timeline import timeline_of

__all__ = ["FEED", "FILE", "PICTURE", "SHARED", "finished_documents"]

PATH = "/shared/{secret}"


def _link(asked: RoomRequest, kinds: Collection[LinkKind]) -> RoomLink:
    """The link of the address, noted as read; raises NotFound."""
    return read_link(
        asked.room.store,
        asked.names["secret"],
        kinds=kinds,
        peer=asked.peer,
        now=asked.now,
    )


def _reader(asked: RoomRequest, context: MessageContext) -> Reader:
    """The holder of a link as a reader on the launch's own days."""
    return context.reader(f"#{context.view.channel}", now=asked.now)


def _shared(asked: RoomRequest) -> Shown:
    """The page of a link: the launch, the documents of an audience, or the framed timeline."""
    link = _link(asked, (LinkKind.LAUNCH, LinkKind.DOCUMENTS, LinkKind.PICTURE))
    context = asked.context(link.launch)
    if link.kind == LinkKind.DOCUMENTS:
        return _documents(asked, link, context)
    view = context.view
    reader = _reader(asked, context)
    values = {
        "shown": view,
        "title": view.product,
        "reader": reader,
        "words": in_words(view, day=reader.day),
        "lead": context.brief.lead,
        "statuses": TASK_STATUSES,
        "picture": f"{asked.path}/timeline.svg",
    }
    if link.kind == LinkKind.PICTURE:
        sites = (link.sites or "").split()
        return Shown("shared_picture.html", values, sites=sites)
    return Shown("shared_launch.html", values)


def _documents(asked: RoomRequest, link: RoomLink, context: MessageContext) -> Shown:
    settings = asked.room.settings
    tasks = _given_by(link, asked, context)
    values = {
        "title": context.view.product,
        "audience": link.audience,
        "documents": [
            (task, formats_of(task.template or "", folders=settings.templates))
            for task in tasks
        ],
        "reader": _reader(asked, context),
        "here": asked.path,
        "today": context.view.today,
    }
    return Shown("shared_documents.html", values)


def _given_by(
    link: RoomLink, asked: RoomRequest, context: MessageContext
) -> list[TaskView]:
    """The tasks whose documents a link gives now: all that are finished, or the one it names."""
    found = finished_documents(asked, context, reader=Audience(link.audience))
    return [task for task in found if link.task in (None, task.key)]


def finished_documents(
    asked: RoomRequest, context: MessageContext, *, reader: Audience
) -> list[TaskView]:
    """The tasks whose documents may be given to an audience now.

    Their work is done, and an approved document has not changed since. A document whose content
    changed is approved again before it goes out.
    """
    view = context.view
    ready = []
    for each in asked.room.documents.of(view.slug, now=asked.now):
        task = view.task(each.task)
        changed = each.approved_at is not None and each.out_of_date
        if (
            task is not None
            and task.status is TaskStatus.DONE
            and reader.may_read(task.audience)
            and not changed
        ):
            ready.append(task)
    return ready


def _file(asked: RoomRequest) -> File:
    """A document of a link, made as of now for its audience."""
    link = _link(asked, (LinkKind.DOCUMENTS,))
    context = asked.context(link.launch)
    key = asked.names["task"]
    reader = Audience(link.audience)
    tasks = _given_by(link, asked, context)
    if key not in {task.key for task in tasks}:
        raise NotFound("this document is not there; go back and load the page again")
    try:
        return file_of(asked, link.launch, key, asked.names["format"], reader=reader)
    except DocumentError:
        # its reason names parts of the brief, which are not for everyone
        raise NotFound(
            "this document is not ready in that form; ask the person who sent the link"
        ) from None


def _feed(asked: RoomRequest) -> File:
    """The due days of a person or of all, as a calendar that programs ask for again.

    That of all ends as soon as its maker has no part in the launch any more.
    """
    link = _link(asked, (LinkKind.CALENDAR,))
    context = asked.context(link.launch)
    view = context.view
    if link.person is None and not takes_part(context, link.made_by):
        raise NotFound(
            "this calendar ended with its maker's part in the launch; ask its lead for a link"
        )
    tasks = [
        task
        for task in view.tasks
        if link.person is None or task.owner.lower() == link.person.lower()
    ]
    content = as_calendar(view, tasks, now=asked.now)
    return File(content, "text/calendar; charset=utf-8", name=f"{view.slug}.ics")


def _picture(asked: RoomRequest) -> File:
    link = _link(asked, (LinkKind.PICTURE, LinkKind.LAUNCH))
    picture = timeline_svg(timeline_of(asked.context(link.launch).view))
    return File(picture.encode(), "image/svg+xml", PICTURE_POLICY)


SHARED = page(PATH, without_sign_in=True)(_shared)
FEED = page(f"{PATH}/calendar.ics", without_sign_in=True)(_feed)
PICTURE = page(f"{PATH}/timeline.svg", without_sign_in=True)(_picture)
FILE = page(f"{PATH}/{{task}}/{{format}}", without_sign_in=True)(_file)
