"""The verb `decide`: a launch goes, or does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from launch_kits.database.records import (
    AWAITED,
    CLOSED,
    Decision,
    EventVerb,
    NoticeKind,
    Task,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.errors import NotReady, Refused
from launch_kits.verbs.advance import held_by
from launch_kits.verbs.closing import close_task, open_early
from launch_kits.verbs.decision_gates import decision_verdict, remedies
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb, launch_subject
from launch_kits.verbs.sponsor import SPONSOR
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.gates import deciding_task, decisions_by_task
from launch_kits.views.notices.news import NewsEvent

__all__ = ["DecisionOutcome", "decide"]


@dataclass(frozen=True, slots=True)
class DecisionOutcome(Outcome):
    """The outcome of a decision, and the reasons against a go."""

    #: key of the task that it is about; None if the kit has no such task
    task: str | None = None
    by: str | None = None
    #: open checks and tasks that prevent a go
    reasons: tuple[str, ...] = ()
    #: facts to be known that do not prevent it
    concerns: tuple[str, ...] = ()


def decide(
    store: Store | Change,
    slug: str,
    *,
    go: bool,
    task: str | None = None,
    by: str | None = None,
    note: str | None = None,
    now: datetime,
) -> DecisionOutcome:
    """Decide that a launch goes, or does not; its channel hears it.

    ``task`` is the key of the go or no-go task, the first open one by default. A go closes it, a
    no-go leaves it open. The lead or the sponsor may. Raises NotReady for a go with all that is
    missing, Refused for a task that decides nothing, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        change.must_run()
        deciding = _deciding(change, task)
        by = change.actor(by, change.lead)
        sponsor = _sponsor(change)
        may = launch_subject(change.launch, lead=change.lead, sponsor=sponsor)
        change.must(by, Verb.DECIDE, may)
        key = deciding.key if deciding else None
        found = decision_verdict(change, deciding)
        held = _held_up(change, deciding)
        reasons = (*found.reasons, *(_not_ready(deciding, each) for each in held))
        if go and reasons:
            why = "while a hard gate is open" if found.reasons else "yet"
            subject = f"{_subject(slug, deciding)} cannot go {why}"
            commands = [*remedies(slug, found), *_steps(change, held)]
            raise NotReady(subject, reasons, task=key, by=by, remedies=commands)
        judged = DecisionOutcome(
            changed=False,
            message="",
            task=key,
            by=by,
            reasons=reasons,
            concerns=found.concerns,
        )
        before = decisions_by_task(change.session, slug).get(judged.task)
        if before is None or before.go != go or (go and _is_open(deciding)):
            return _decided(change, deciding, judged, go=go, note=note)
        message = (
            f"{_subject(slug, deciding)} is decided already: {_word(go=go)}, "
            f"by {before.by}; nothing changed"
        )
        return replace(judged, message=message, by=before.by)


def _decided(
    change: Change,
    task: Task | None,
    judged: DecisionOutcome,
    *,
    go: bool,
    note: str | None,
) -> DecisionOutcome:
    """Record a decision, tell the channel, and close the task of a go."""
    by = str(judged.by)
    slug = change.launch.slug
    row = Decision(
        launch=slug, go=go, by=by, at=change.now, note=note, task=judged.task
    )
    change.session.add(row)
    against = (*judged.reasons, *judged.concerns)
    _tell(change, task, go=go, by=by, note=note, against=against)
    said = _close(change, task, by=by, note=note) if go else _left(change, task)
    return replace(
        judged,
        changed=True,
        message="; ".join(
            [f"{slug}: {_word(go=go)}", *([said.message] if said else [])]
        ),
        warnings=judged.concerns if go else (),
        hints=said.hints if said else (),
    )


def _deciding(change: Change, key: str | None) -> Task | None:
    """The task that a decision is about; raises Refused, NotFound."""
    tasks = change.tasks.values()
    if key is None:
        return deciding_task(tasks)
    task = change.task(key)
    if task.decides is None:
        known = ", ".join(each.key for each in tasks if each.decides) or "none"
        raise Refused(
            f'task "{key}" is not a go or no-go task; go or no-go tasks: {known}'
        )
    if task.status == TaskStatus.DROPPED:
        raise Refused(f'task "{key}" is dropped; `reopen` takes it up again')
    return task


def _held_up(change: Change, task: Task | None) -> Sequence[Task]:
    """The tasks that hold an open go or no-go task, besides its gates; it may be one itself."""
    if task is None or not _is_open(task):
        return ()
    if task.status == TaskStatus.WAITING:
        return held_by(change, task)
    return [] if task.status in AWAITED else [task]


def _steps(change: Change, held: Sequence[Task]) -> Iterator[str]:
    """The commands that take the tasks which hold a decision a step on."""
    for task in _first_of(change, held):
        yield f"launch-kits {_helping(task)} {change.launch.slug} {task.key}"


def _first_of(change: Change, held: Sequence[Task]) -> list[Task]:
    """The tasks to take a step on first: a waiting one gives way to those that it waits for."""
    found: dict[int, Task] = {}
    seen: set[int] = set()
    stack = [*reversed(held)]
    while stack:
        task = stack.pop()
        if task.id in seen:
            continue
        seen.add(task.id)
        before = held_by(change, task) if task.status == TaskStatus.WAITING else ()
        if before:
            stack += reversed(before)
        else:
            found[task.id] = task
    return [*found.values()]


def _helping(task: Task) -> str:
    """The verb that takes an open task a step on."""
    verbs = {TaskStatus.BLOCKED: "unblock", TaskStatus.REVIEW: "approve"}
    return verbs.get(TaskStatus(task.status), "done")


def _not_ready(deciding: Task | None, task: Task) -> str:
    state = task.status if task is deciding else "not done"
    return f"{task.title} ({task.key}) is {state}"


def _close(
    change: Change, task: Task | None, *, by: str, note: str | None
) -> Outcome | None:
    """Close the task of a go, if it is open."""
    if task is None or not _is_open(task):
        return None
    open_early(change, task)
    return close_task(change, task, by=by, verb=EventVerb.DONE, note=note)


def _left(change: Change, task: Task | None) -> Outcome | None:
    """Say that a no-go leaves its task as it is."""
    if task is None:
        return None
    if _is_open(task):
        return Outcome(changed=False, message=f"{task.key} stays open")
    command = f"launch-kits reopen {change.launch.slug} {task.key}"
    return Outcome(
        changed=False, message=f"{task.key} is done; `{command}` takes it up again"
    )


def _tell(
    change: Change,
    task: Task | None,
    *,
    go: bool,
    by: str,
    note: str | None,
    against: Sequence[str],
) -> None:
    decides: dict[str, Any] = {"decides": task.decides} if task else {}
    event = change.record(
        EventVerb.DECIDE, by=by, note=note, go=go, concerns=list(against), **decides
    )
    event.task = task.key if task else None
    facts = {"event": NewsEvent.DECIDED, "go": go, "by": by, "note": note, **decides}
    if task is not None and not go and not _is_open(task):
        facts["takes_back"] = True
    change.tell(NoticeKind.NEWS, f"#{change.brief.slack_channel}", facts=facts)


def _is_open(task: Task | None) -> bool:
    return task is not None and task.status not in CLOSED


def _word(*, go: bool) -> str:
    return "go" if go else "no-go"


def _subject(slug: str, task: Task | None) -> str:
    return f"{slug} ({task.key})" if task else slug


def _sponsor(change: Change) -> str | None:
    sponsor = change.brief.team.get(SPONSOR)
    return sponsor.email if sponsor else None
