"""What notices about one task say: to its owner, its approver, and whoever must help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from launch_kits.database.records import (
    TASK_STATUSES,
    LaunchStatus,
    Notice,
    TaskStatus,
)
from launch_kits.slack.messages.blocks import (
    Action,
    Block,
    Message,
    Row,
    buttons,
    context,
    header,
    message,
    paragraph,
    rows,
)
from launch_kits.slack.messages.text import clean, cut, shorten
from launch_kits.verbs.permissions import (
    Actor,
    Door,
    Reason,
    Verb,
    may,
    task_subject,
)
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.reader import Reader, count, listed

__all__ = [
    "ACK",
    "APPROVE",
    "BEGIN",
    "BLOCK",
    "DONE",
    "EXTEND",
    "OPEN",
    "REFUSE",
    "REJECT",
    "UNBLOCK",
    "TaskNotice",
    "about_more_time",
    "about_review",
    "about_task",
    "escalation",
    "facts_of",
    "hindrance",
    "nudge",
    "offered",
    "offered_answers",
    "state_of",
]

BEGIN = Action("task_begin", "Start", "primary")
DONE = Action("task_done", "Done")
BLOCK = Action("task_block", "Blocked")
UNBLOCK = Action("task_unblock", "Unblock", "primary")
EXTEND = Action("task_extend", "Need more time")
OPEN = Action("task_open", "Open")
APPROVE = Action("task_approve", "Approve", "primary")
REJECT = Action("task_reject", "Send back", "danger")
#: the same question about more time
REFUSE = replace(REJECT, label="Refuse")
ACK = Action("task_ack", "On it")

#: the buttons of the verbs that a status offers
BUTTONS: Mapping[str, Action] = {
    "begin": BEGIN,
    "done": DONE,
    "block": BLOCK,
    "unblock": UNBLOCK,
    "extend": EXTEND,
}
#: the verb of each button; Open has none, since it shows and changes nothing
VERBS: Mapping[str, Verb] = {
    **{action.id: Verb(verb) for verb, action in BUTTONS.items()},
    APPROVE.id: Verb.APPROVE,
    REJECT.id: Verb.REJECT,
    ACK.id: Verb.NOTE,
}

#: tasks and points of a checklist beyond so many are summed up
MANY = 8
#: characters of a reason that somebody gave
REASON = 600


@dataclass(frozen=True, slots=True)
class TaskNotice:
    """A notice about a task, with the launch as it is now and the one who reads it."""

    notice: Notice
    launch: LaunchView
    task: TaskView
    reader: Reader

    @property
    def facts(self) -> Mapping[str, object]:
        """What the records cannot tell."""
        return self.notice.facts

    @property
    def live(self) -> bool:
        """Whether there is still something to do."""
        return self.task.open and self.launch.status == LaunchStatus.RUNNING

    def reason(self, fact: str) -> str | None:
        """A fact that somebody wrote, on one line; None where nobody did."""
        written = self.facts.get(fact)
        return (
            cut(clean(written), REASON)
            if isinstance(written, str) and written.strip()
            else None
        )

    def buttons(
        self, actions: Sequence[Action], *, until: date | None = None
    ) -> Block | None:
        """Buttons that carry which task of which launch they are about, and which day is asked for, if one is."""
        asked = f"|{until.isoformat()}" if until else ""
        return buttons(actions, value=f"{self.launch.slug}|{self.task.key}{asked}")


def hindrance(
    task_notice: TaskNotice, action: str, email: str, *, more_time: bool
) -> Reason | None:
    """Why a person may not press a button; None if the person may."""
    if action not in VERBS:
        return None
    actor = Actor(email, door=Door.SLACK)
    verb = VERBS[action]
    if more_time and verb in (Verb.APPROVE, Verb.REJECT):
        verb = Verb.ANSWER
    subject = task_subject(task_notice.task, lead=task_notice.launch.lead)
    return may(actor, verb, subject)


def _permitted(
    task_notice: TaskNotice, actions: Sequence[Action], *, more_time: bool = False
) -> tuple[Action, ...]:
    """The actions that the reader may carry out."""
    to = task_notice.notice.to
    return tuple(
        action
        for action in actions
        if hindrance(task_notice, action.id, to, more_time=more_time) is None
    )


def offered_answers(
    task_notice: TaskNotice, *, until: date | None
) -> tuple[Action, ...]:
    """The buttons that answer a question: about a day asked for, or about a review."""
    actions = (APPROVE, REFUSE if until else REJECT, OPEN)
    return _permitted(task_notice, actions, more_time=until is not None)


def offered(task_notice: TaskNotice) -> tuple[Action, ...]:
    """The buttons of the owner's next steps.

    An overdue task also offers the one that pauses reminders.
    """
    task = task_notice.task
    verbs = TASK_STATUSES[task.status].offers
    actions = [BUTTONS[verb] for verb in verbs]
    if verbs[:1] == ("done",):
        actions[0] = replace(DONE, style="primary")
    actions += [ACK, OPEN] if task.overdue else [OPEN]
    return _permitted(task_notice, actions)


def about_task(task_notice: TaskNotice) -> Message:
    """The owner's living message.

    What to do, by when, and the buttons that fit; for a former owner, who has it now.
    """
    task = task_notice.task
    mine = task_notice.notice.to.lower() == task.owner.lower()
    live = mine and task_notice.live
    actions = offered(task_notice) if live else ()
    verb, state = (
        state_of(task_notice)
        if mine
        else ("is", f"now with {shorten(task.owner_name)}")
    )
    return message(
        f"{shorten(task.title)} ({shorten(task_notice.launch.product)}) {verb} {state}."
        f"{_due(task_notice) if live else ''}",
        [
            header(task.title),
            paragraph(f"{_capital(state)}."),
            *rows(facts_of(task_notice, live=live)),
            _history(task_notice),
            task_notice.buttons(actions),
        ],
        actions=actions,
    )


def about_review(task_notice: TaskNotice) -> Message:
    """To the approver: what was handed in; once it was answered, the answer."""
    task = task_notice.task
    live = task.status is TaskStatus.REVIEW and task_notice.live
    if live:
        said = f"{shorten(task.owner_name)} asks you to approve {shorten(task.title)}"
    else:
        said = f"{shorten(task.title)}: {_answer(task_notice)}"
    note = task_notice.reason("note")
    return _question(
        task_notice, f"To approve: {task.title}", said=said, note=note, live=live
    )


def about_more_time(task_notice: TaskNotice, until: date) -> Message:
    """To the lead: who asks for which day, and why; once it was answered, the day that holds."""
    task, reader = task_notice.task, task_notice.reader
    live = task.asked_until == until and task_notice.live
    asker = shorten(reader.name(str(task_notice.facts.get("by") or task.owner)))
    if live:
        said = (
            f"{asker} asks for more time for {shorten(task.title)}: "
            f"until {reader.day(until)}, not {reader.day(task.due)}"
        )
    elif task_notice.live:
        said = f"{shorten(task.title)}: answered, due {reader.day(task.due)}"
    else:
        said = f"{shorten(task.title)}: {_answer(task_notice)}"
    return _question(
        task_notice,
        f"More time: {task.title}",
        said=said,
        note=task_notice.reason("reason"),
        live=live,
        until=until,
    )


def nudge(task_notice: TaskNotice) -> Message:
    """A reminder.

    The task's message with the day first; to the approver, what waits for their word.
    """
    plain = (
        about_review(task_notice)
        if task_notice.task.status is TaskStatus.REVIEW
        else about_task(task_notice)
    )
    if not plain.actions:
        return plain
    when = (
        "overdue"
        if task_notice.task.overdue
        else f"due {task_notice.reader.distance(task_notice.task.due)}"
    )
    return replace(plain, text=f"Reminder, {when}: {plain.text}")


def escalation(task_notice: TaskNotice) -> Message:
    """To somebody who can help: whose task it is and how late it is."""
    task = task_notice.task
    actions = (OPEN,) if task_notice.live else ()
    late = task_notice.live and task.overdue
    verb, state = (
        ("was", f"due {task_notice.reader.due(task.due)}")
        if late
        else state_of(task_notice)
    )
    said = f"{shorten(task.title)} of {shorten(task.owner_name)} {verb} {state}"
    return message(
        f"{said} ({shorten(task_notice.launch.product)}).",
        [
            header(f"Help needed: {task.title}" if task_notice.live else task.title),
            paragraph(f"{said}.\n{task_notice.reason('text') or ''}"),
            *rows(facts_of(task_notice, live=task_notice.live, owner=True)),
            task_notice.buttons(actions),
        ],
        actions=actions,
    )


def _question(
    task_notice: TaskNotice,
    title: str,
    *,
    said: str,
    note: str | None,
    live: bool,
    until: date | None = None,
) -> Message:
    actions = offered_answers(task_notice, until=until) if live else ()
    because = f' "{note}"' if note and live else ""
    return message(
        f"{said} ({shorten(task_notice.launch.product)}).{because}",
        [
            header(title if live else task_notice.task.title),
            paragraph(f"{said}.{because}"),
            *rows(facts_of(task_notice, live=live, owner=True)),
            _history(task_notice),
            task_notice.buttons(actions, until=until),
        ],
        actions=actions,
    )


def state_of(task_notice: TaskNotice) -> tuple[str, str]:
    """How the task stands, to follow its title: the verb, and the rest."""
    task, reader = task_notice.task, task_notice.reader
    if task.open and not task_notice.live:
        return "has", f"nothing left to do: the launch is {task_notice.launch.status}"
    facts = TASK_STATUSES[task.status]
    state = facts.phrase.format_map(_parts(task_notice))
    if task.asked_until is not None and task_notice.live:
        state += f"; more time is asked for, until {reader.day(task.asked_until)}"
    return facts.verb, state


def _parts(task_notice: TaskNotice) -> Mapping[str, str]:
    """The parts that the phrases of a status leave open."""
    task, reader = task_notice.task, task_notice.reader
    holding = [each.title for each in _before(task_notice) if each.open]
    return {
        "status": task.status,
        "waits_for": shorten(holding[0]) if holding else "its day",
        "approver": shorten(reader.name(task.approver or task_notice.launch.lead)),
        "reason": f": {cut(clean(task.blocked_by), REASON)}" if task.blocked_by else "",
        "done_on": f" {reader.day(task.done_at)}" if task.done_at else "",
    }


def _due(task_notice: TaskNotice) -> str:
    return f" {'Was due' if task_notice.task.overdue else 'Due'} {task_notice.reader.due(task_notice.task.due)}."


def _before(task_notice: TaskNotice) -> list[TaskView]:
    return [
        found
        for key in task_notice.task.after
        if (found := task_notice.launch.task(key)) is not None
    ]


def _answer(task_notice: TaskNotice) -> str:
    """What became of a question that waits no more."""
    task = task_notice.task
    if task.open and not task_notice.live:
        return f"nothing left to answer, the launch is {task_notice.launch.status}"
    return TASK_STATUSES[task.status].answer.format_map(_parts(task_notice))


def facts_of(
    task_notice: TaskNotice, *, live: bool, owner: bool = False
) -> list[Row | None]:
    """What there is to know of the task.

    Of one with nothing left to do, what it was and what it left.
    """
    task, reader, launch = task_notice.task, task_notice.reader, task_notice.launch
    known = [
        Row("Launch", [f"{shorten(launch.product)}, tier {launch.tier}"]),
        Row("Stage", [task.stage_title]),
        Row("Owner", [task.owner_name]) if owner else None,
        Row("Due", [reader.due(task.due) if live else reader.day(task.due)]),
        Row("Float", [_float(task.float_days)])
        if live and task.float_days is not None
        else None,
        Row("Document", [task.document.name]) if task.document else None,
        Row("Link", [task.link], link=True) if task.link else None,
    ]
    if not live:
        return known
    after = [
        each
        for each in launch.tasks
        if task.key in each.after and each.status is not TaskStatus.DROPPED
    ]
    waited = "Waits on" if task.status is TaskStatus.WAITING else "Waited on"
    return [
        *known,
        Row(
            waited,
            listed(
                (
                    f"{shorten(each.title)}{'' if each.open else ' ✓'}"
                    for each in _before(task_notice)
                ),
                most=MANY,
            ),
        ),
        Row(
            "Who waits",
            listed(
                (
                    f"{shorten(each.title)} ({shorten(each.owner_name)})"
                    for each in after
                ),
                most=MANY,
            ),
        ),
        Row(
            "Checklist",
            listed((f"☐ {clean(point)}" for point in task.checklist), most=MANY),
        ),
    ]


def _float(days: int) -> str:
    if days > 0:
        return count(days, "working day")
    return (
        "none: a day lost here is lost for the launch"
        if days == 0
        else f"{count(-days, 'working day')} short"
    )


def _history(task_notice: TaskNotice) -> Block | None:
    """The small line of what happened, or None before anything did."""
    task = task_notice.task
    told = [
        f"{facts.step} {task_notice.reader.day(at)}"
        for facts in TASK_STATUSES.values()
        if facts.since and (at := getattr(task, facts.since)) is not None
    ]
    if task.status is TaskStatus.DROPPED:
        told.append("dropped")
    return context(_capital(" · ".join(told))) if told else None


def _capital(line: str) -> str:
    return f"{line[0].upper()}{line[1:]}"
