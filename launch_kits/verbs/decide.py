"""The verb `decide`: a launch goes, or does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
from launch_kits.verbs.decision_gates import decision_verdict
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb, VerbSubject
from launch_kits.verbs.remind import SPONSOR
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.gates import deciding_task, decisions_by_task
from launch_kits.views.notices.news import NewsEvent

__all__ = ["DecisionOutcome", "decide"]


@dataclass(frozen=True, slots=True)
class DecisionOutcome(Outcome):
    """The outcome of a decision, and what spoke against a go."""

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
    word = "go" if go else "no-go"
    with changing(store, slug, now=now) as change:
        change.must_run()
        deciding = _deciding(change, task)
        by = change.actor(by, change.lead)
        subject = VerbSubject(name=slug, lead=change.lead, sponsor=_sponsor(change))
        change.must(by, Verb.DECIDE, subject)
        found = decision_verdict(change, deciding)
        to_close = deciding if deciding and deciding.status not in CLOSED else None
        reasons = (*found.reasons, *_held_up(change, to_close))
        if go and reasons:
            why = "while a hard gate is open" if found.reasons else "yet"
            raise NotReady(f"{_subject(slug, deciding)} cannot go {why}", reasons)
        key = deciding.key if deciding else None
        before = decisions_by_task(change.session, slug).get(key)
        if before is not None and before.go == go and not (go and to_close):
            return DecisionOutcome(
                changed=False,
                message=f"{_subject(slug, deciding)} is decided already: {word}, "
                f"by {before.by}; nothing changed",
                task=key,
                by=before.by,
                reasons=reasons,
                concerns=found.concerns,
            )
        change.session.add(
            Decision(launch=slug, go=go, by=by, at=now, note=note, task=key)
        )
        _tell(
            change,
            deciding,
            go=go,
            by=by,
            note=note,
            against=(*reasons, *found.concerns),
        )
        said = (
            _close(change, to_close, by=by, note=note)
            if go
            else _leave(change, deciding, is_open=to_close is not None)
        )
        return DecisionOutcome(
            changed=True,
            message=f"{slug}: {word}{f'; {said.message}' if said else ''}",
            warnings=found.concerns if go else (),
            hints=said.hints if said else (),
            task=key,
            by=by,
            reasons=reasons,
            concerns=found.concerns,
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


def _held_up(change: Change, task: Task | None) -> Sequence[str]:
    """What holds an open go or no-go task, besides its gates."""
    if task is None:
        return ()
    if task.status == TaskStatus.WAITING:
        return [
            f"{each.title} ({each.key}) is not done" for each in held_by(change, task)
        ]
    if task.status not in AWAITED:
        return [f"{task.title} ({task.key}) is {task.status}"]
    return ()


def _close(
    change: Change, task: Task | None, *, by: str, note: str | None
) -> Outcome | None:
    """Close the open task of a go."""
    if task is None:
        return None
    open_early(change, task)
    return close_task(change, task, by=by, verb=EventVerb.DONE, note=note)


def _leave(change: Change, task: Task | None, *, is_open: bool) -> Outcome | None:
    """Say that a no-go leaves its task as it is."""
    if task is None:
        return None
    if is_open:
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
    decides = {"decides": task.decides} if task else {}
    event = change.record(
        EventVerb.DECIDE, by=by, note=note, go=go, concerns=list(against), **decides
    )
    event.task = task.key if task else None
    facts = {"event": NewsEvent.DECIDED, "go": go, "by": by, "note": note, **decides}
    change.tell(NoticeKind.NEWS, f"#{change.brief.slack_channel}", facts=facts)


def _subject(slug: str, task: Task | None) -> str:
    return f"{slug} ({task.key})" if task else slug


def _sponsor(change: Change) -> str | None:
    sponsor = change.brief.team.get(SPONSOR)
    return sponsor.email if sponsor else None
