"""The verbs that a task's page offers: when they fit, the fields they ask for, the deed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from launch_kits import verbs
from launch_kits.database.records import TaskStatus
from launch_kits.errors import Refused
from launch_kits.room.effects import Deed
from launch_kits.verbs import Change, Outcome
from launch_kits.verbs.permissions import Actor, Denial, Door, Verb, Via, may
from launch_kits.verbs.permissions import task_subject as subject_of
from launch_kits.views.last_acts import ON_IT
from launch_kits.views.launch import LaunchView, TaskView

__all__ = ["TASK_VERBS", "Field", "TaskVerb", "deed_of", "hindrance", "offered"]

_WORK = (TaskStatus.READY, TaskStatus.DOING)
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """An input of a form."""

    name: str
    label: str
    #: `text`, `long`, `date`, `url` or `person`
    kind: str = "long"
    required: bool = False
    hint: str = ""


_NOTE = Field("note", "Note")
_LINK = Field("link", "Link to the result", "url")
_REASON = Field("note", "Reason", required=True)


@dataclass(frozen=True, slots=True)
class TaskVerb:
    """A verb of a task, as a button or a form."""

    name: str
    label: str
    permission: Verb
    run: Callable[..., Outcome]
    fields: tuple[Field, ...] = ()
    #: whether its effect is shown before it is confirmed
    preview: bool = False
    style: str = ""

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
        TaskVerb("begin", "Start", Verb.BEGIN, verbs.begin, style="primary"),
        TaskVerb(
            "done",
            "Done",
            Verb.DONE,
            verbs.done,
            (_LINK, _NOTE),
            style="primary",
        ),
        TaskVerb(
            "approve",
            "Approve",
            Verb.APPROVE,
            verbs.approve,
            (_NOTE,),
            style="primary",
        ),
        TaskVerb("reject", "Send back", Verb.REJECT, verbs.reject, (_REASON,)),
        TaskVerb(
            "grant",
            "Grant more time",
            Verb.ANSWER,
            _answer(granted=True),
            (_UNTIL, _NOTE),
            preview=True,
            style="primary",
        ),
        TaskVerb(
            "refuse",
            "Refuse more time",
            Verb.ANSWER,
            _answer(granted=False),
            (_UNTIL, _NOTE),
            preview=True,
        ),
        TaskVerb("unblock", "Unblock", Verb.UNBLOCK, verbs.unblock, style="primary"),
        TaskVerb("ack", ON_IT, Verb.NOTE, _note),
        TaskVerb(
            "block",
            "Blocked",
            Verb.BLOCK,
            verbs.block,
            (_REASON, Field("waits_on", "Who can help", "person")),
        ),
        TaskVerb(
            "extend",
            "Need more time",
            Verb.EXTEND,
            verbs.extend,
            (_UNTIL, Field("note", "Reason")),
            preview=True,
        ),
        TaskVerb(
            "note",
            "Write a note",
            Verb.NOTE,
            verbs.note,
            (Field("note", "Note", required=True), _LINK),
        ),
        TaskVerb(
            "reassign",
            "Give to someone else",
            Verb.REASSIGN,
            verbs.reassign,
            (Field("to", "New owner", "person", required=True), _NOTE),
            preview=True,
        ),
        TaskVerb("drop", "Leave out", Verb.DROP, verbs.drop, (_NOTE,), preview=True),
        TaskVerb(
            "reopen",
            "Take up again",
            Verb.REOPEN,
            verbs.reopen,
            (_NOTE,),
            preview=True,
        ),
    )
}


def hindrance(
    view: LaunchView, task: TaskView, verb: TaskVerb, email: str
) -> Denial | None:
    """Why a person may not use a verb; None if they may."""
    subject = subject_of(task, lead=view.lead, away=view.away)
    return may(Actor(email, Via(Door.ROOM)), verb.permission, subject)


def offered(view: LaunchView, task: TaskView, email: str | None) -> list[TaskVerb]:
    """The verbs that fit a task now, and that a person may use; the likeliest first."""
    if email is None:
        return []
    fitting = (TASK_VERBS[name] for name in _fitting(view, task))
    return [each for each in fitting if hindrance(view, task, each, email) is None]


def _fitting(view: LaunchView, task: TaskView) -> Iterator[str]:
    if view.status != "running":
        return
    if task.asked_until:
        yield from ("grant", "refuse")
    if task.status is TaskStatus.REVIEW:
        yield from ("approve", "reject")
    if not task.decides:
        yield from _work(view, task)
    if task.status is TaskStatus.BLOCKED:
        yield "unblock"
    if not task.open:
        yield "reopen"
        return
    if task.overdue:
        yield "ack"
    if task.status in (*_WORK, TaskStatus.REVIEW):
        yield "block"
    yield from ("extend", "note", "reassign", "drop")


def _work(view: LaunchView, task: TaskView) -> Iterator[str]:
    early = task.status is TaskStatus.WAITING and task.key in view.plan.can_begin
    if task.status is TaskStatus.READY or early:
        yield "begin"
    if task.status in _WORK:
        yield "done"


def deed_of(verb: TaskVerb, key: str, values: Values, *, by: str) -> Deed:
    """Make the deed of a verb from the texts of its form; raises Refused for a faulty one."""
    given: dict[str, object] = {}
    for field in verb.fields:
        text = values.get(field.name, "").strip()
        if field.required and not text:
            raise Refused(f'"{field.label}" is empty; fill it in')
        if field.kind == "date":
            given[field.name] = _day(text, field.label)
        else:
            given[field.name] = text or None

    def deed(change: Change) -> Outcome:
        slug, now = change.launch.slug, change.now
        return verb.run(change, slug, key, by=by, now=now, **given)

    return deed


def _day(text: str, label: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f'"{label}" is not a day; write one like 2027-02-05') from None
