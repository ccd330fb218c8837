"""The verbs that a task's page offers: when they fit, the fields they ask for, the deed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from launch_kits import verbs
from launch_kits.room.effects import Deed
from launch_kits.room.forms.acting import ActForm
from launch_kits.room.forms.fields import Field, Given
from launch_kits.room.forms.task_edit import edit_task
from launch_kits.statuses import TASK_STATUSES, LaunchStatus, TaskStatus
from launch_kits.verbs import Change, Outcome
from launch_kits.verbs.permissions import (
    Actor,
    Denial,
    Door,
    Verb,
    Via,
    may,
    task_subject,
)
from launch_kits.views.labels import LABELS
from launch_kits.views.last_acts import ON_IT
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.room_pages import HERE

__all__ = [
    "EDIT",
    "TASK_VERBS",
    "TaskVerb",
    "deed_of",
    "denial",
    "form_of",
    "verbs_for",
]

#: the verbs of work; a go or no-go is decided instead
_WORK = ("begin", "done")
#: the verbs for an owner who is held up
_HINDERED = ("block", "extend")

_NOTE = Field("note", "Note")
_LINK = Field("link", "Link to the result", "url")
_REASON = Field("note", "Reason", required=True)


@dataclass(frozen=True, slots=True)
class TaskVerb:
    """A verb of a task, as a button or a form."""

    #: that of `LABELS`
    name: str
    permission: Verb
    run: Callable[..., Outcome]
    fields: tuple[Field, ...] = ()
    #: whether its effect is shown before it is confirmed
    preview: bool = False
    style: str = ""
    #: the heading of its form; that of the button if it is empty
    heading: str = ""

    @property
    def label(self) -> str:
        """The label of its button."""
        return LABELS[self.name]

    @property
    def direct(self) -> bool:
        """Whether one press of a button does it."""
        return not self.fields and not self.preview


def _note(change: Change, slug: str, key: str, *, by: str, now: datetime) -> Outcome:
    return verbs.note(change, slug, key, by=by, now=now, note=ON_IT)


def _answer(*, granted: bool) -> Callable[..., Outcome]:
    def answer(
        change: Change,
        slug: str,
        key: str,
        *,
        by: str,
        now: datetime,
        until: date | None = None,
        note: str | None = None,
    ) -> Outcome:
        return verbs.answer_extension(
            change,
            slug,
            key,
            until=until or date.max,
            granted=granted,
            by=by,
            now=now,
            note=note,
        )

    return answer


_UNTIL = Field("until", "Until", "date", required=True)
TASK_VERBS: Mapping[str, TaskVerb] = {
    verb.name: verb
    for verb in (
        TaskVerb("begin", Verb.BEGIN, verbs.begin, style="primary"),
        TaskVerb(
            "done",
            Verb.DONE,
            verbs.done,
            (_LINK, _NOTE),
            style="primary",
        ),
        TaskVerb(
            "approve",
            Verb.APPROVE,
            verbs.approve,
            (_NOTE,),
            style="primary",
        ),
        TaskVerb("reject", Verb.REJECT, verbs.reject, (_REASON,)),
        TaskVerb(
            "grant",
            Verb.ANSWER,
            _answer(granted=True),
            (_UNTIL, _NOTE),
            preview=True,
            style="primary",
            heading="Grant more time",
        ),
        TaskVerb(
            "refuse",
            Verb.ANSWER,
            _answer(granted=False),
            (_UNTIL, _NOTE),
            preview=True,
            heading="Refuse more time",
        ),
        TaskVerb("unblock", Verb.UNBLOCK, verbs.unblock, style="primary"),
        TaskVerb("ack", Verb.NOTE, _note),
        TaskVerb(
            "block",
            Verb.BLOCK,
            verbs.block,
            (_REASON, Field("waits_on", "Who can help", "choice")),
        ),
        TaskVerb(
            "extend",
            Verb.EXTEND,
            verbs.extend,
            (_UNTIL, Field("note", "Reason")),
            preview=True,
        ),
        TaskVerb(
            "note",
            Verb.NOTE,
            verbs.note,
            (Field("note", "Note", required=True), _LINK),
        ),
        TaskVerb(
            "reassign",
            Verb.REASSIGN,
            verbs.reassign,
            (Field("to", "New owner", "choice", required=True), _NOTE),
            preview=True,
        ),
        TaskVerb("edit", Verb.EDIT, edit_task, preview=True),
        TaskVerb("drop", Verb.DROP, verbs.drop, (_NOTE,), preview=True),
        TaskVerb(
            "reopen",
            Verb.REOPEN,
            verbs.reopen,
            (_NOTE,),
            preview=True,
        ),
    )
}

#: its form has fields of its own for each visitor
EDIT = TASK_VERBS["edit"]


def denial(
    view: LaunchView, task: TaskView, verb: TaskVerb, email: str
) -> Denial | None:
    """Why a person may not use a verb; None if they may."""
    subject = task_subject(task, lead=view.lead, away=view.away)
    return may(Actor(email, Via(Door.ROOM)), verb.permission, subject)


def verbs_for(view: LaunchView, task: TaskView, email: str | None) -> list[TaskVerb]:
    """The verbs that fit a task now, and that a person may use; the likeliest first."""
    if email is None:
        return []
    fitting = (TASK_VERBS[name] for name in _fitting(view, task))
    return [each for each in fitting if denial(view, task, each, email) is None]


def _fitting(view: LaunchView, task: TaskView) -> Iterator[str]:
    if view.status != LaunchStatus.RUNNING:
        return
    if task.asked_until:
        yield from ("grant", "refuse")
    if task.status is TaskStatus.REVIEW:
        yield from ("approve", "reject")
    if not task.open:
        yield "reopen"
        return
    offers = [
        name for name in _offers(view, task) if not (task.decides and name in _WORK)
    ]
    yield from (name for name in offers if name not in _HINDERED)
    if task.overdue:
        yield "ack"
    yield from (name for name in offers if name in _HINDERED)
    yield from ("note", "reassign", "edit", "drop")


def _offers(view: LaunchView, task: TaskView) -> Iterator[str]:
    """The verbs that the status of a task offers; one that can begin early offers that, too."""
    if task.status is TaskStatus.WAITING and task.key in view.plan.can_begin:
        yield "begin"
    yield from TASK_STATUSES[task.status].offers


def form_of(context: MessageContext, task: TaskView, verb: TaskVerb) -> ActForm:
    """The form of a verb about a task."""
    page = HERE.task(task.launch, task.key)
    asked_until = task.asked_until
    return ActForm(
        verb.heading or verb.label,
        f"{page}/{verb.name}",
        (page, task.title),
        [_offering(field, context, task) for field in verb.fields],
        lambda given, by: deed_of(verb, task.key, given, by=by),
        preview=verb.preview,
        texts={"until": asked_until.isoformat()} if asked_until else {},
    )


def _offering(field: Field, context: MessageContext, task: TaskView) -> Field:
    """A field with the people, or the working days, that it is chosen from."""
    if field.kind == "choice":
        team = {person.email: person.name for person in context.brief.team.values()}
        people = sorted(team.items(), key=lambda person: person[1].casefold())
        return field.offering([(email, f"{name} ({email})") for email, name in people])
    if field.kind == "date":
        return field.within(context.calendars.of(task.owner))
    return field


def deed_of(verb: TaskVerb, key: str, given: Given, *, by: str) -> Deed:
    """Make the deed of a verb from the values of its form."""

    def deed(change: Change) -> Outcome:
        slug = change.launch.slug
        now = change.now
        return verb.run(change, slug, key, by=by, now=now, **given)

    return deed
