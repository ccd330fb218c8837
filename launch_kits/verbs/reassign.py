"""Who does it: tasks change hands, their history stays."""

from __future__ import annotations

from datetime import datetime

from launch_kits.database.records import CLOSED, EventVerb, NoticeKind, Task, TaskStatus
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, Refused, suggest
from launch_kits.plan.doubts import doubts_in_words
from launch_kits.verbs.handed_away import tell_former_owner
from launch_kits.verbs.handout import hand_out
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.passed_questions import pass_on_card
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.plan_effect import PlanBefore, replanned
from launch_kits.verbs.transaction import Change, changing
from launch_kits.workdays.in_words import count

__all__ = [
    "hand_over",
    "must_be_email",
    "named_person",
    "reassign",
    "reassign_role",
]


def reassign(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    to: str,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Give an open task to another owner, by role or email.

    Raises Refused, NotYours, NotFound.

    A person outside the team is allowed with a warning.
    """
    with changing(store, slug, now=now) as change:
        change.must_not_be_cancelled()
        task = change.task(key)
        by = change.actor(by, task.owner)
        change.must(by, Verb.REASSIGN, task)
        if task.status in CLOSED:
            raise Refused(
                f'task "{task.key}" is {task.status}; `reopen` it before you give it to someone'
            )
        owner, warnings = named_person(change, to)
        if owner == task.owner:
            return Outcome(
                changed=False,
                message=f"{task.key} is {owner}'s already; nothing changed",
            )
        before = PlanBefore.of(change)
        hand_over(change, task, owner, by=by, note=note)
        effect, _ = replanned(change, before)
        warnings += doubts_in_words(effect.warnings)
        return Outcome(
            changed=True,
            message=f"{task.key} is {owner}'s now",
            warnings=warnings,
            effect=effect,
        )


def reassign_role(
    store: Store | Change,
    slug: str,
    *,
    role: str,
    to: str,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Give all open tasks of a role to another owner.

    Raises Refused, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        change.must_run()
        by = change.actor(by, change.lead)
        owner, warnings = named_person(change, to)
        of_role = [task for task in change.tasks.values() if task.role == role]
        if not of_role:
            roles = dict.fromkeys(task.role for task in change.tasks.values())
            raise NotFound(
                f'no task of launch "{slug}" is for role "{role}"'
                f"{suggest(role, roles)}; roles: {', '.join(roles)}"
            )
        moved = [
            task
            for task in of_role
            if task.status not in CLOSED and task.owner != owner
        ]
        # the owners before read of all of them, if they were told of any
        moved.sort(key=lambda task: task.handed_out_at is None)
        before = PlanBefore.of(change)
        for task in moved:
            change.must(by, Verb.REASSIGN, task)
            hand_over(change, task, owner, by=by, note=note)
        if not moved:
            return Outcome(
                changed=False,
                message=f"no open task of {role} is anybody else's than {owner}'s; nothing changed",
            )
        effect, _ = replanned(change, before)
        warnings += doubts_in_words(effect.warnings)
        are = "is" if len(moved) == 1 else "are"
        return Outcome(
            changed=True,
            message=f"{count(len(moved), 'task')} of {role} {are} {owner}'s now",
            warnings=warnings,
            effect=effect,
        )


def named_person(change: Change, to: str) -> tuple[str, tuple[str, ...]]:
    """The email of a person named by role or email, with a warning for one outside the team.

    Raises NotFound.
    """
    team = change.brief.team
    if "@" not in to:
        if to not in team:
            raise NotFound(
                f'no role "{to}" in the team{suggest(to, team)}; '
                f"roles: {', '.join(team)}; or give an email"
            )
        return team[to].email, ()
    must_be_email(to, hint="give one, or a role of the team")
    to = change.actor(to, to)
    outside = change.brief.person(to) is None
    return to, (
        f"{to} is not in the team; the launch's working days count for them",
    ) if outside else ()


def must_be_email(written: str, *, hint: str = "give one") -> None:
    """Raise NotFound for a text that is not an email address."""
    name, at, host = written.partition("@")
    if not (name and at and host) or any(
        letter.isspace() or letter in "<>@" for letter in name + host
    ):
        raise NotFound(f'"{written}" is not an email address; {hint}')


def hand_over(
    change: Change,
    task: Task,
    owner: str,
    *,
    by: str,
    note: str | None,
    quietly: bool = False,
) -> None:
    """Give a task to another owner, who is told if the one before was, unless ``quietly``.

    Otherwise the new owner hears of it when it is handed out. The owner before hears of it too. The
    caller settles the launch.
    """
    before = task.owner
    task.owner = owner
    person = change.brief.person(owner)
    task.backup = (
        change.brief.team[person.backup].email if person and person.backup else None
    )
    change.hush(task, NoticeKind.TASK, NoticeKind.NUDGE, why=f"given to {owner}")
    change.record(
        EventVerb.REASSIGN,
        by=by,
        task=task,
        note=note,
        owner_before=before,
        owner=owner,
    )
    if not quietly:
        tell_former_owner(change, task, before, by=by, note=note)
    pass_on_card(change, task, before)
    if task.status != TaskStatus.REVIEW:
        task.in_hands_of = None
    if task.handed_out_at is None or quietly:
        return
    task.handed_out_at = None
    if task.status != TaskStatus.WAITING:
        hand_out(change, task)
