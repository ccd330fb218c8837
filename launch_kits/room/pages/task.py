"""The page of a task: everything known of it, its history, and the verbs as forms."""

from __future__ import annotations

from sqlmodel import col, select

from launch_kits.database.records import TASK_STATUSES, Event
from launch_kits.errors import NotFound
from launch_kits.room.asked import Redirect, RoomRequest, Shown
from launch_kits.room.forms.acting import ActForm, act_on, show_form
from launch_kits.room.forms.task_edit import edit_form
from launch_kits.room.outside_links import message_of
from launch_kits.room.page import act, page
from launch_kits.room.pages.documents import in_words
from launch_kits.room.pages.history import told, words_of
from launch_kits.room.returning import said_of
from launch_kits.room.task_verbs import EDIT, TASK_VERBS, TaskVerb, form_of, verbs_for
from launch_kits.statuses import LaunchStatus
from launch_kits.verbs import changing, tick
from launch_kits.verbs.permissions import (
    Actor,
    Door,
    Verb,
    Via,
    may,
    task_subject,
)
from launch_kits.views.event_text import read_day_changes
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.room_pages import HERE

__all__ = ["ACT", "FORM", "TASK", "TICK"]

PATH = "/launches/{launch}/tasks/{task}"


def _task(asked: RoomRequest) -> Shown:
    context = asked.context()
    task = _found(asked, context)
    view = context.view
    reader = asked.reader(context)
    later = [each for each in view.tasks if task.key in each.after]
    values = {
        "view": view,
        "task": task,
        "reader": reader,
        "product": view.product,
        "facts": TASK_STATUSES[task.status],
        "verbs": verbs_for(view, task, asked.visitor.email),
        "ticks": _may_tick(context, task, asked.visitor.email),
        "before": [each for key in task.after if (each := view.task(key))],
        "later": later,
        "message": message_of(asked, view, task),
        "lacks": in_words(task.lacks),
        "history": _history(asked, context, task),
        "statuses": TASK_STATUSES,
        "live": (view.slug, view.revision),
    }
    return Shown("task.html", values)


def _found(asked: RoomRequest, context: MessageContext) -> TaskView:
    key = asked.names["task"]
    task = context.view.task(key)
    if task is None:
        raise NotFound(f'{context.view.product} has no task "{key}"')
    return task


def _history(
    asked: RoomRequest, context: MessageContext, task: TaskView
) -> list[dict[str, object]]:
    """The events of the task, newest first."""
    reader = asked.reader(context)
    query = select(Event).where(Event.launch == asked.slug, Event.task == task.key)
    with asked.room.store.read() as session:
        events = session.exec(query.order_by(col(Event.id).desc())).all()
        days = read_day_changes(session, asked.slug)
    words = words_of(context, reader)
    found = [(event, *told(event, reader, days, words)) for event in events]
    return [
        {
            "at": event.at.astimezone(reader.zone),
            "by": reader.name(event.by),
            "for": reader.name(event.in_place_of) if event.in_place_of else None,
            "did": did,
            "text": text,
        }
        for event, did, text in found
    ]


def _verb(asked: RoomRequest) -> TaskVerb:
    verb = TASK_VERBS.get(asked.names["verb"])
    if verb is None:
        raise NotFound(f'a task has no verb "{asked.names["verb"]}"')
    return verb


def _form(asked: RoomRequest) -> Shown:
    return show_form(asked, _form_of(asked))


def _act(asked: RoomRequest) -> Shown | Redirect:
    return act_on(asked, _form_of(asked))


def _form_of(asked: RoomRequest) -> ActForm:
    verb = _verb(asked)
    context = asked.context()
    if verb is EDIT:
        return edit_form(context, _found(asked, context), asked.visitor.email)
    return form_of(context, _found(asked, context), verb)


def _may_tick(context: MessageContext, task: TaskView, email: str | None) -> bool:
    if email is None or not (task.open and context.view.status == LaunchStatus.RUNNING):
        return False
    subject = task_subject(task, lead=context.view.lead, away=context.view.away)
    actor = Actor(context.spelled(email), Via(Door.ROOM))
    return may(actor, Verb.TICK, subject) is None


def _tick(asked: RoomRequest) -> Redirect:
    """Tick the points of the checklist that the form names, and no others."""
    context = asked.context()
    by = _by(asked)
    task = _found(asked, context)
    wanted = set(asked.form.get("point", ()))
    with changing(asked.room.store, asked.slug, now=asked.now) as change:
        outcome = tick(
            change,
            asked.slug,
            task.key,
            points=[point for point in task.checklist if point in wanted],
            undo=[point for point in task.checklist if point not in wanted],
            by=by,
            now=asked.now,
        )
    back = HERE.task(asked.slug, task.key)
    said = said_of(asked, context, outcome)
    return Redirect(back, said=said, changed=asked.slug if outcome.changed else None)


def _by(asked: RoomRequest) -> str:
    """The visitor's email as the launch spells it."""
    return asked.context().spelled(asked.email)


TASK = page(PATH)(_task)
FORM = page(f"{PATH}/{{verb}}")(_form)
TICK = act(f"{PATH}/checklist")(_tick)
ACT = act(f"{PATH}/{{verb}}")(_act)
