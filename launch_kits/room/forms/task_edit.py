"""The form that edits a task: its title and checklist, and for the lead its plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from launch_kits import verbs
from launch_kits.database.records import CLOSED, Task
from launch_kits.plan.doubts import CANNOT_BE_MADE, doubts_in_words
from launch_kits.room.effects import Deed
from launch_kits.room.forms.acting import ActForm
from launch_kits.room.forms.fields import BETWEEN, Field, Given
from launch_kits.verbs import Change, Outcome, TaskEdit
from launch_kits.verbs.permissions import Actor, Door, Verb, Via, may, task_subject
from launch_kits.verbs.task_changes import TaskChange
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.text import quoted
from launch_kits.views.room_pages import HERE
from launch_kits.workdays.in_words import count

__all__ = ["edit_form", "edit_task"]

_NOTE = Field("note", "Note for the owners")


def edit_form(context: MessageContext, task: TaskView, email: str | None) -> ActForm:
    """The form for one visitor; days, due day and predecessors are the lead's to edit."""
    page = HERE.task(task.launch, task.key)
    fields = [Field("title", "Title", "text", required=True)]
    if email is not None and _may_replan(context, task, email):
        fields += _dated(context, task)
    points = "One point on each line."
    fields += [Field("checklist", "Checklist", hint=points), _NOTE]

    def deed(given: Given, by: str) -> Deed:
        def edit(change: Change) -> Outcome:
            return edit_task(change, task.key, given, by=by, now=change.now)

        return edit

    return ActForm(
        "Edit",
        f"{page}/edit",
        (page, task.title),
        fields,
        deed,
        preview=True,
        texts={
            "title": task.title,
            "days": str(task.days),
            "due": task.due.isoformat(),
            "after": BETWEEN.join(task.after),
            "checklist": "\n".join(task.checklist),
        },
    )


def _may_replan(context: MessageContext, task: TaskView, email: str) -> bool:
    view = context.view
    subject = task_subject(task, lead=view.lead, away=view.away)
    actor = Actor(context.spelled(email), Via(Door.ROOM))
    return may(actor, Verb.REPLAN, subject) is None


def _dated(context: MessageContext, task: TaskView) -> list[Field]:
    """The fields of the plan; closed tasks are offered only if it waits for them."""
    others = [
        (each.key, each.title)
        for each in context.view.tasks
        if each.key != task.key
        and (each.status not in CLOSED or each.key in task.after)
    ]
    return [
        Field(
            "days",
            "Working days of work",
            "number",
            required=True,
            hint="0 if it is only a date to keep.",
        ),
        Field(
            "due",
            "Due",
            "date",
            required=True,
            hint="The last day of the work.",
            calendar=context.calendars.of(task.owner),
        ),
        Field("after", "Waits for", "many", options=others),
    ]


def edit_task(
    change: Change, key: str, given: Given, *, by: str, now: datetime
) -> Outcome:
    """Edit the parts of a task that differ from the values of the form."""
    task = change.task(key)
    slug = change.launch.slug
    wanted = _wanted(change, task, given)
    if not wanted.parts:
        return Outcome(changed=False, message=f"{quoted(task.title)} stays as it is")
    found = verbs.edit(
        change,
        slug,
        key,
        wanted,
        by=by,
        now=now,
        note=_text(given, "note"),
        accept_late=True,
    )
    own = [each for each in found.changes if each.key == key and each.field != "due"]
    parts = "; ".join(map(_in_words, own))
    told = doubts_in_words(
        each for each in found.warnings if each.code != CANNOT_BE_MADE
    )
    return Outcome(
        changed=bool(found.changes),
        message=f"{quoted(task.title)} is changed{': ' if parts else ''}{parts}",
        warnings=tuple(told),
    )


def _wanted(change: Change, task: Task, given: Given) -> TaskEdit:
    """The parts that differ from the task as it is; those that are not given stay."""
    title = " ".join((_text(given, "title") or "").split())
    lines = (
        " ".join(each.split())
        for each in (_text(given, "checklist") or "").splitlines()
    )
    points = tuple(filter(None, lines))
    days = given.get("days")
    due = given.get("due")
    return TaskEdit(
        title=title if title != task.title else None,
        checklist=points if list(points) != list(task.checklist) else None,
        days=days if isinstance(days, int) and days != task.days else None,
        due=due if isinstance(due, date) and due != task.due else None,
        after=_after(change, task, given["after"]) if "after" in given else (),
    )


def _after(change: Change, task: Task, chosen: object) -> tuple[str, ...]:
    """The predecessors that come and go, as ``+KEY`` and ``-KEY``."""
    keys: Sequence[str] = chosen if isinstance(chosen, tuple) else ()
    graph = change.graph
    now = [graph.tasks[before].key for before, _ in graph.waits[task.id]]
    come = (f"+{key}" for key in keys if key not in now)
    return (*come, *(f"-{key}" for key in now if key not in keys))


def _in_words(each: TaskChange) -> str:
    """A part before and after, such as ``work: 2 working days → 3 working days``."""
    if each.field == "days":
        before, after = (
            count(days, "working day") for days in (each.before, each.after)
        )
        return f"work: {before} → {after}"
    if each.field == "title":
        return f"before: {quoted(str(each.before))}"
    if each.field == "checklist":
        before, after = (
            count(len(list_), "point") for list_ in (each.before, each.after)
        )
        return f"checklist: {before} → {after}"
    if each.field == "after":
        before, after = (
            ", ".join(keys) or "nothing" for keys in (each.before, each.after)
        )
        return f"waits for: {before} → {after}"
    return f"{each.field}: {each.before} → {each.after}"


def _text(given: Given, name: str) -> str | None:
    value = given.get(name)
    return str(value) if value is not None else None
