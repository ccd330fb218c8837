"""The verbs that the page of a launch offers: another launch day, a new task."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from launch_kits import verbs
from launch_kits.database.records import CLOSED, LaunchStatus
from launch_kits.errors import NotFound, Refused
from launch_kits.inputs.base import LEAD
from launch_kits.plan.doubts import CANNOT_BE_MADE, doubts_in_words
from launch_kits.room.effects import Deed
from launch_kits.room.forms.acting import ActForm
from launch_kits.room.forms.brief_part import BriefPart
from launch_kits.room.forms.brief_parts import brief_parts
from launch_kits.room.forms.claim_lines import CLAIMS
from launch_kits.room.forms.fields import Field, Given
from launch_kits.verbs import Change, Move, NewTask, Outcome
from launch_kits.verbs.permissions import (
    Actor,
    Denial,
    Door,
    Verb,
    Via,
    launch_subject,
    may,
)
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.text import quoted
from launch_kits.views.room_pages import HERE
from launch_kits.workdays.in_words import count

__all__ = [
    "LAUNCH_VERBS",
    "LaunchVerb",
    "launch_denial",
    "launch_form",
    "launch_verb",
    "offered_of",
]


@dataclass(frozen=True, slots=True)
class LaunchVerb:
    """A verb of a launch, as a form whose effect is shown first."""

    name: str
    label: str
    permission: Verb
    fields: Callable[[MessageContext], Sequence[Field]]
    run: Callable[[Change, Given, str], Outcome]
    #: the texts of the form at first
    texts: Callable[[MessageContext], Mapping[str, str]]


def _move_fields(context: MessageContext) -> list[Field]:
    return [
        Field(
            "on",
            "Launch day",
            "date",
            required=True,
            hint="The release keeps its distance in working days.",
            calendar=context.calendars.launch,
        ),
        Field("note", "Reason", hint="The owners whose due day changes read it."),
    ]


def _move(change: Change, given: Given, by: str) -> Outcome:
    on = given["on"]
    if not isinstance(on, date):
        raise Refused("no launch day was given; choose one")
    found = verbs.move(
        change,
        change.launch.slug,
        on=on,
        by=by,
        now=change.now,
        note=_text(given, "note"),
        accept_late=True,
    )
    product = quoted(change.launch.product)
    said = f"{product} is moved to {on}" if found.moves else f"{product} stays on {on}"
    if found.changed and not found.moves:
        said += ", and its work is planned again"
    return Outcome(found.changed, said, warnings=_doubts(found))


def _replan(change: Change, _given: Given, by: str) -> Outcome:
    return verbs.replan(change, change.launch.slug, by=by, now=change.now)


def _doubts(found: Move) -> tuple[str, ...]:
    """The warnings of a move; due days that are missed are shown task by task."""
    late: tuple[str, ...] = ()
    if not found.feasible:
        hint = (
            f"; the earliest day that works by the dates alone is {found.earliest_launch_on}"
            if found.earliest_launch_on
            else ""
        )
        late = (f"too soon: {count(found.late_by, 'working day')} are missing{hint}",)
    others = (each for each in found.warnings if each.code != CANNOT_BE_MADE)
    return (*late, *doubts_in_words(others))


def _add_fields(context: MessageContext) -> list[Field]:
    team = context.brief.team
    roles = [
        (role, f"{person.name} ({role.replace('_', ' ')})")
        for role, person in team.items()
    ]
    tasks = [
        (task.key, task.title)
        for task in context.view.tasks
        if task.status not in CLOSED
    ]
    stages = {task.stage: task.stage_title for task in context.view.tasks}
    return [
        Field("title", "Title", "text", required=True),
        Field(
            "days",
            "Working days of work",
            "number",
            required=True,
            hint="0 if it is only a date to keep.",
        ),
        Field("role", "Owner", "choice", required=True, options=roles),
        Field("review", "Approver", "choice", options=roles),
        Field(
            "due",
            "Due",
            "date",
            hint="As late as the launch allows if you leave it empty.",
            calendar=context.calendars.launch,
        ),
        Field(
            "stage",
            "Stage",
            "choice",
            options=[*stages.items()],
            empty="that of the work around it",
        ),
        Field("after", "Waits for", "many", options=tasks),
        Field("before", "These wait for it", "many", options=tasks),
        Field("checklist", "Checklist", hint="One point on each line."),
        Field("note", "Note for the owner"),
    ]


def _add(change: Change, given: Given, by: str) -> Outcome:
    before = {task.key for task in change.tasks.values()}
    due = given["due"]
    days = given["days"]
    points = (_text(given, "checklist") or "").splitlines()
    found = verbs.add(
        change,
        change.launch.slug,
        NewTask(
            title=_text(given, "title") or "",
            days=days if isinstance(days, int) else 1,
            role=_text(given, "role") or LEAD,
            review=_text(given, "review"),
            after=_keys(given, "after"),
            before=_keys(given, "before"),
            due=due if isinstance(due, date) else None,
            stage=_text(given, "stage"),
            checklist=tuple(filter(None, (" ".join(each.split()) for each in points))),
        ),
        by=by,
        now=change.now,
        note=_text(given, "note"),
        accept_late=True,
    )
    added = next(task for task in change.tasks.values() if task.key not in before)
    said = f"{quoted(added.title)} is added: {added.owner}, due {added.due}"
    return Outcome(changed=True, message=said, warnings=found.warnings)


def _keys(given: Given, name: str) -> tuple[str, ...]:
    found = given[name]
    return found if isinstance(found, tuple) else ()


def _text(given: Given, name: str) -> str | None:
    value = given.get(name)
    return str(value) if value is not None else None


LAUNCH_VERBS: Mapping[str, LaunchVerb] = {
    verb.name: verb
    for verb in (
        LaunchVerb(
            "move",
            "Move the launch",
            Verb.MOVE,
            _move_fields,
            _move,
            lambda context: {"on": context.view.launch_on.isoformat()},
        ),
        LaunchVerb(
            "replan", "Plan again", Verb.MOVE, lambda _: [], _replan, lambda _: {}
        ),
        LaunchVerb(
            "add",
            "Add a task",
            Verb.ADD,
            _add_fields,
            _add,
            lambda _: {"days": "1", "role": LEAD},
        ),
    )
}


def launch_denial(
    context: MessageContext, permission: Verb, email: str
) -> Denial | None:
    """Why a person may not use a verb of the launch; None if they may."""
    view = context.view
    subject = launch_subject(view, lead=view.lead, away=view.away)
    return may(Actor(context.spelled(email), Via(Door.ROOM)), permission, subject)


def offered_of(context: MessageContext, email: str | None) -> list[LaunchVerb]:
    """The verbs of a launch that a person may use now."""
    if email is None or context.view.status != LaunchStatus.RUNNING:
        return []
    parts = (each for each in brief_parts(context.brief))
    shown = (_of_part(part) for part in parts if not part.name.startswith(CLAIMS))
    return [
        verb
        for verb in (*LAUNCH_VERBS.values(), *shown)
        if launch_denial(context, verb.permission, email) is None
    ]


def launch_verb(context: MessageContext, name: str) -> LaunchVerb:
    """A verb of a launch, or the form of a part of its brief; raises NotFound."""
    if name in LAUNCH_VERBS:
        return LAUNCH_VERBS[name]
    part = next(
        (each for each in brief_parts(context.brief) if each.name == name), None
    )
    if part is None:
        raise NotFound(f'a launch has no verb "{name}"')
    return _of_part(part)


def _of_part(part: BriefPart) -> LaunchVerb:
    return LaunchVerb(
        part.name,
        part.label,
        Verb.UPDATE,
        lambda _: part.fields,
        part.run,
        lambda _: part.texts,
    )


def launch_form(context: MessageContext, verb: LaunchVerb) -> ActForm:
    """The form of a verb of a launch."""
    page = HERE.launch(context.view.slug)

    def deed(given: Given, by: str) -> Deed:
        return lambda change: verb.run(change, given, by)

    return ActForm(
        verb.label,
        f"{page}/change/{verb.name}",
        (page, context.view.product),
        verb.fields(context),
        deed,
        preview=True,
        texts=verb.texts(context),
    )
