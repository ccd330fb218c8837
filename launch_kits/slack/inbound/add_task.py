"""Adding a task in Slack: its form, the preview of the effects, and the verb."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from launch_kits import verbs
from launch_kits.database.records import CLOSED, Task
from launch_kits.errors import Refused
from launch_kits.inputs.base import LEAD
from launch_kits.inputs.team import Person
from launch_kits.slack.api.payloads import as_day
from launch_kits.slack.inbound.action_verbs import Values
from launch_kits.slack.inbound.asked import LaunchRequest, launch_why_not
from launch_kits.slack.inbound.edit_task import (
    ANYWAY,
    DAYS_FAULT,
    pack,
    working_days,
)
from launch_kits.slack.inbound.form import Faults
from launch_kits.slack.messages.changes import due_lines, lines, told_line
from launch_kits.slack.messages.edit_form import confirm_modal
from launch_kits.slack.messages.forms import View
from launch_kits.slack.messages.launch_forms import add_modal
from launch_kits.verbs import NewTask, Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.plan_again import MovedDue
from launch_kits.verbs.replan import plan_now
from launch_kits.verbs.task_changes import due_changes
from launch_kits.views import answers
from launch_kits.views.notices.text import quoted, shorten
from launch_kits.views.reader import count

__all__ = ["check", "do", "preview", "show", "why_not"]


def why_not(asked: LaunchRequest) -> str | None:
    """Return why no task can be added, or None if one can."""
    return launch_why_not(asked, Verb.ADD)


def show(asked: LaunchRequest) -> View:
    """Return the form for a new task."""
    view = asked.context.view
    team = asked.change.brief.team
    return add_modal(
        view.product,
        roles=[(role, _called(role, team)) for role in team],
        tasks=[
            (task.key, shorten(task.title))
            for task in view.tasks
            if task.status not in CLOSED
        ],
        private=asked.place.pack(),
    )


def _called(role: str, team: Mapping[str, Person]) -> str:
    """The name of the person in a role; with the role's words if they have several."""
    name = shorten(team[role].name)
    several = sum(each.name == team[role].name for each in team.values()) > 1
    return f"{name}, {role.replace('_', ' ')}" if several else name


def check(asked: LaunchRequest, values: Values) -> Faults:
    """Check the values of the form."""
    if not values.get("title", "").strip():
        return {"title": "Write a title."}
    if working_days(values) is None:
        return {"days": DAYS_FAULT}
    due = as_day(values.get("due", ""))
    if due and due < asked.change.today:
        return {"due": "Pick a day from today on."}
    both = _keys(values, "after") & _keys(values, "before")
    return {"before": "A task cannot be on both sides of it."} if both else {}


def _keys(values: Values, name: str) -> set[str]:
    return {key for key in values.get(name, "").split(",") if key}


def preview(asked: LaunchRequest, values: Values) -> View:
    """Return the effects: the verb is tried in a transaction that writes nothing.

    Raises LaunchKitsError.
    """
    change = asked.change
    reader = asked.reader
    view = asked.context.view
    before = {task.key: task.due for task in change.tasks.values()}
    late_before = plan_now(change).late_by
    found = verbs.add(
        change,
        asked.place.launch,
        _new_task(values),
        now=change.now,
        accept_late=True,
    )
    late = plan_now(change).late_by
    added = _added(change.tasks.values(), before)
    moves = due_changes(
        MovedDue(task, before[task.key])
        for task in change.tasks.values()
        if task.key in before and task.due != before[task.key]
    )
    warnings = (
        answers.for_people(each, view, reader=reader) for each in found.warnings
    )
    too_late = late > late_before
    said = f"It is due {reader.day(added.due)}, with {asked.names([added.owner])}."
    return confirm_modal(
        "Add a task",
        f"{quoted(added.title)}\n{asked.product}",
        [
            said,
            f"The work then takes {count(late, 'working day')} too long."
            if too_late
            else "",
            due_lines(moves, reader=reader),
            lines(warnings),
            told_line(dict.fromkeys(each.owner for each in moves), reader=reader)
            if moves
            else "",
        ],
        name="launch_add_now",
        private=pack(asked.place, {**values, ANYWAY: "yes"} if too_late else values),
        submit="Add it anyway" if too_late else "Add it",
    )


def _added(tasks: Iterable[Task], before: Mapping[str, date]) -> Task:
    """The task that was not there before."""
    return next(task for task in tasks if task.key not in before)


def do(asked: LaunchRequest, values: Values) -> Outcome:
    """Add the task as it was previewed; raises LaunchKitsError."""
    change = asked.change
    before = {task.key: task.due for task in change.tasks.values()}
    verbs.add(
        change,
        asked.place.launch,
        _new_task(values),
        by=asked.email,
        now=change.now,
        note=values.get("note"),
        accept_late=ANYWAY in values,
    )
    added = _added(change.tasks.values(), before)
    due = asked.reader.day(added.due)
    owner = asked.names([added.owner])
    return Outcome(
        changed=True, message=f"{quoted(added.title)} is added: {owner}, due {due}"
    )


def _new_task(values: Values) -> NewTask:
    days = working_days(values)
    if days is None:
        raise Refused("the days of work are missing; open the form again")
    return NewTask(
        title=" ".join(values.get("title", "").split()),
        days=days,
        role=values.get("role", LEAD),
        after=tuple(filter(None, values.get("after", "").split(","))),
        before=tuple(filter(None, values.get("before", "").split(","))),
        due=as_day(values.get("due", "")),
    )
