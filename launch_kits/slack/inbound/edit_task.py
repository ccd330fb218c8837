"""Editing a task in Slack: its form, the preview of the effects, and the edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from launch_kits import verbs
from launch_kits.database.records import CLOSED
from launch_kits.errors import Refused
from launch_kits.plan.doubts import CANNOT_BE_MADE
from launch_kits.slack.api.payloads import ActionPlace, as_day
from launch_kits.slack.inbound.action_verbs import Values
from launch_kits.slack.inbound.asked import LaunchRequest
from launch_kits.slack.inbound.form import Faults
from launch_kits.slack.messages.changes import (
    due_lines,
    late_line,
    lines,
    told_line,
)
from launch_kits.slack.messages.edit_form import (
    MOST_DAYS,
    confirm_modal,
    edit_modal,
    editable_list,
)
from launch_kits.slack.messages.forms import MOST_OPTIONS, MOST_PRIVATE, View
from launch_kits.slack.messages.text import width
from launch_kits.verbs import EditResult, Outcome, TaskEdit
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.task_changes import TaskChange
from launch_kits.views import answers
from launch_kits.views.notices.text import quoted, shorten
from launch_kits.views.reader import count

__all__ = [
    "ANYWAY",
    "DAYS_FAULT",
    "check",
    "do",
    "pack",
    "preview",
    "show",
    "why_not",
    "working_days",
]

#: the value of a preview whose reader accepts that tasks are late
ANYWAY = "anyway"
DAYS_FAULT = "Write a whole number of working days, at most 1,000."


def why_not(asked: LaunchRequest) -> str | None:
    """Return why the task cannot be edited, or None if it can."""
    why = asked.why_not(Verb.EDIT)
    return why or answers.over(asked.context.view, asked.task_notice.task)


def show(asked: LaunchRequest) -> View:
    """Return the form, with days and predecessors for the lead alone."""
    return edit_modal(
        asked.task_notice,
        others=_others(asked),
        dated=asked.may(Verb.REPLAN),
        private=asked.place.pack(),
    )


def check(asked: LaunchRequest, values: Values) -> Faults:
    """Check the values, and that any of them differs."""
    if not values.get("title", "").strip():
        return {"title": "Write a title."}
    if "days" in values and working_days(values) is None:
        return {"days": DAYS_FAULT}
    due = as_day(values.get("due", ""))
    if due and due != asked.task.due and due < asked.change.today:
        return {"due": "Pick a day from today on."}
    if not _wanted(asked, values).parts:
        return {"title": "Nothing is different yet: change something first."}
    return {}


def preview(asked: LaunchRequest, values: Values) -> View:
    """Return the effects of the edit; raises LaunchKitsError."""
    change = asked.change
    reader = asked.reader
    view = asked.context.view
    wanted = _wanted(asked, values)
    about = f"{quoted(asked.task.title)}\n{asked.product}"
    # the person may be unknown here: the verb asks again who may, once it is confirmed
    found = verbs.preview_edit(
        change, asked.place.launch, asked.place.task, wanted, now=change.now
    )
    titles = {task.key: task.title for task in view.tasks}
    late = late_line(found.late, title=lambda key: titles.get(key, key))
    moved = [each for each in found.changes if each.field == "due"]
    warnings = (
        answers.for_people(each.message, view, reader=reader)
        for each in found.warnings
        if each.code != CANNOT_BE_MADE
    )
    kept = {**values, ANYWAY: "yes"} if late else dict(values)
    return confirm_modal(
        "Edit the task",
        about,
        [
            [_own(each, asked) for each in found.changes if each.field != "due"],
            due_lines(moved, reader=reader),
            late,
            _landing(asked, found),
            lines(warnings),
            told_line(found.told, reader=reader),
        ],
        name="task_edit_now",
        private=pack(asked.place, kept),
        submit="Change it anyway" if late else "Change it",
    )


def do(asked: LaunchRequest, values: Values) -> Outcome:
    """Edit the task as it was previewed; raises LaunchKitsError."""
    wanted = _wanted(asked, values)
    title = asked.task.title
    if not wanted.parts:
        said = f"{quoted(title)} is like that already"
        return Outcome(changed=False, message=said)
    found = verbs.edit(
        asked.change,
        asked.place.launch,
        asked.place.task,
        wanted,
        by=asked.email,
        now=asked.change.now,
        note=values.get("note"),
        accept_late=ANYWAY in values,
    )
    told = f"; told: {asked.names(found.told)}" if found.told else ""
    return Outcome(
        changed=bool(found.changes), message=f"{quoted(title)} is changed{told}"
    )


def working_days(values: Values) -> int | None:
    """The days of work in a form; None if they are missing or no whole number up to 1,000."""
    written = values.get("days", "")
    short = written.isdecimal() and len(written) <= len(str(MOST_DAYS))
    return int(written) if short and int(written) <= MOST_DAYS else None


def pack(place: ActionPlace, wanted: Values) -> str:
    """The place and the values that a preview carries; raises Refused if they are too long."""
    private = replace(place, wanted=dict(wanted)).pack()
    if width(private) > MOST_PRIVATE:
        raise Refused("this is too long for a form of Slack; shorten the texts")
    return private


def _others(asked: LaunchRequest) -> list[tuple[str, str]]:
    """The tasks that it can wait for: those it waits for first, closed ones only if it does."""
    task = asked.task_notice.task
    now = set(task.after)
    found = [
        (each.key, shorten(each.title))
        for each in asked.context.view.tasks
        if each.key != task.key and (each.key in now or each.status not in CLOSED)
    ]
    return sorted(found, key=lambda each: each[0] not in now)[:MOST_OPTIONS]


def _wanted(asked: LaunchRequest, values: Values) -> TaskEdit:
    """The parts that differ from the task as it is."""
    task = asked.task
    title = " ".join(values.get("title", "").split())
    points = tuple(
        filter(None, (" ".join(each.split()) for each in _lines(values, "checklist")))
    )
    dated = "days" in values
    # a checklist that the form could not show stays
    listed = editable_list(task.checklist) is not None
    due = as_day(values.get("due", ""))
    days = working_days(values)
    return TaskEdit(
        title=title if title != task.title else None,
        checklist=points if listed and list(points) != list(task.checklist) else None,
        days=days if days != task.days else None,
        due=due if due != task.due else None,
        after=_after(asked, values) if dated else (),
    )


def _lines(values: Values, name: str) -> list[str]:
    return values.get(name, "").splitlines()


def _after(asked: LaunchRequest, values: Values) -> tuple[str, ...]:
    """The predecessors that come and go, as ``+KEY`` and ``-KEY``."""
    task = asked.task
    graph = asked.change.graph
    now = [graph.tasks[before].key for before, _ in graph.waits[task.id]]
    chosen = [key for key in values.get("after", "").split(",") if key]
    added = (f"+{key}" for key in chosen if key not in now)
    return (*added, *(f"-{key}" for key in now if key not in chosen))


def _own(each: TaskChange, asked: LaunchRequest) -> str:
    """A part of the task before and after."""
    titles = {task.key: task.title for task in asked.context.view.tasks}

    def worded(value: object) -> str:
        if each.field == "days" and isinstance(value, int):
            return count(value, "working day")
        if isinstance(value, list | tuple):
            named = [quoted(str(titles.get(key) or key)) for key in value]
            lists = {"after": ", ".join(named) or "none"}
            return lists.get(each.field) or count(len(value), "point")
        return quoted(str(value)) if each.field == "title" else str(value)

    label = {"after": "Waits for", "days": "Work"}.get(
        each.field, each.field.capitalize()
    )
    return f"{label}: {worded(each.before)} → {worded(each.after)}"


def _landing(asked: LaunchRequest, found: EditResult) -> str:
    """The day on which the launch then lands, if that is another than its launch day."""
    launch_on: date = asked.context.view.launch_on
    if found.lands_on in (None, launch_on):
        return ""
    return f"{asked.product} is then expected on {asked.reader.day(found.lands_on)}."
