"""The verbs at the gates: check and take back, waive for a while."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from launch_kits.database.records import (
    CLOSED,
    EventVerb,
    GateCheck,
    TaskStatus,
    Waiver,
)
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, Refused, suggest
from launch_kits.plan.readiness import CheckState, GateState, waited_for
from launch_kits.verbs.outcome import Outcome, evidence
from launch_kits.verbs.permissions import Verb, VerbSubject
from launch_kits.verbs.sponsor import SPONSOR
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.gates import decides_at, deciding_task, read_gates
from launch_kits.views.notices.text import quoted
from launch_kits.workdays.in_words import count

__all__ = [
    "check",
    "check_facts",
    "check_name",
    "find_check",
    "gate_subject",
    "tick",
    "uncheck",
    "waive",
]


def check(
    store: Store | Change,
    slug: str,
    stage: str,
    wanted: str | int,
    *,
    by: str | None = None,
    link: str | None = None,
    note: str | None = None,
    now: datetime,
) -> Outcome:
    """Check an item of a stage's gate, by its key or its number from 1.

    The link to its evidence is required if the kit asks for one; if the tasks that prove it are
    done, theirs counts. The gate's owner, their backup
    or the lead may, but no one checks a stage whose work was all their own, unless the team has
    no one else. Raises Refused, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        change.must_run()
        gate, found = find_check(change, stage, wanted)
        by = change.actor(by, gate.owner)
        offered = found.task_link if found.offered else None
        link = evidence(link) or offered
        return tick(change, gate, found, by=by, link=link, note=note)


def tick(
    change: Change,
    gate: GateState,
    found: CheckState,
    *,
    by: str,
    link: str | None,
    note: str | None = None,
) -> Outcome:
    """Check an item of a gate in the name of a person; raises Refused, NotYours."""
    change.must(by, Verb.CHECK, gate_subject(change, gate))
    name = check_name(gate.stage, found)
    if found.checked_by:
        message = f"{name} is checked already; nothing changed"
        return Outcome(changed=False, message=message)
    if found.evidence and not link:
        raise Refused(f"{name} needs evidence; give the --link where it can be seen")
    change.session.add(
        GateCheck(
            launch=change.launch.slug,
            stage=gate.stage,
            check_key=found.key,
            by=by,
            at=change.now,
            link=link,
        )
    )
    facts = check_facts(gate, found)
    change.record(EventVerb.CHECK, by=by, note=note, **facts, link=link)
    change.session.flush()
    message = f"{name} is checked{_and_so(change, gate.stage)}"
    return Outcome(changed=True, message=message)


def uncheck(
    store: Store | Change,
    slug: str,
    stage: str,
    wanted: str | int,
    *,
    by: str | None = None,
    note: str | None = None,
    now: datetime,
) -> Outcome:
    """Take a check back: it no longer holds. Raises Refused, NotYours, NotFound."""
    with changing(store, slug, now=now) as change:
        change.must_run()
        gate, found = find_check(change, stage, wanted)
        by = change.actor(by, gate.owner)
        name = check_name(stage, found)
        subject = gate_subject(change, gate, found)
        change.must(by, Verb.UNCHECK, subject)
        row = change.session.get(GateCheck, (slug, stage, found.key))
        if row is None:
            return Outcome(
                changed=False,
                message=f"{name} is open already; nothing changed",
            )
        change.session.delete(row)
        change.record(EventVerb.UNCHECK, by=by, note=note, **check_facts(gate, found))
        return Outcome(changed=True, message=f"{name} is open again")


def waive(
    store: Store | Change,
    slug: str,
    stage: str,
    wanted: str | int,
    *,
    until: date,
    note: str,
    by: str | None = None,
    now: datetime,
) -> Outcome:
    """Let a check pass until a day, this included; the lead or the sponsor says why.

    Raises Refused, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        change.must_run()
        gate, found = find_check(change, stage, wanted)
        by = change.actor(by, change.lead)
        name = check_name(stage, found)
        change.must(by, Verb.WAIVE, gate_subject(change, gate, found))
        _check_waiver(found, name=name, until=until, today=change.today)
        if found.waived_until == until and found.waived_why == note:
            message = f"{name} is waived until {until} already"
            return Outcome(changed=False, message=message)
        row = Waiver(
            launch=slug,
            stage=stage,
            check_key=found.key,
            by=by,
            at=now,
            note=note,
            until=until,
        )
        change.session.add(row)
        facts = check_facts(gate, found)
        change.record(
            EventVerb.WAIVE, by=by, note=note, **facts, until=until.isoformat()
        )
        return Outcome(
            changed=True,
            message=f"{name} is waived until {until}",
            warnings=_ends_before_go(change, gate, until),
        )


def _ends_before_go(change: Change, gate: GateState, until: date) -> tuple[str, ...]:
    """Warn of a short waiver, which ends before the go or no-go."""
    task = deciding_task(change.tasks.values())
    if task is None or task.status in CLOSED or until >= task.due:
        return ()
    if not gate.hard or not waited_for(gate, up_to=decides_at(change.brief, task)):
        return ()
    warning = (
        f"the waiver ends before {task.title} ({task.key}), which is due on {task.due}: a go later "
        "than the waiver is refused while the check is open"
    )
    return (warning,)


def find_check(
    change: Change, stage: str, wanted: str | int
) -> tuple[GateState, CheckState]:
    """Find a gate by its stage, and its check by its key or number; raises NotFound."""
    gates = {
        gate.stage: gate
        for gate in read_gates(
            change.session, change.launch, change.brief, change.tasks.values()
        )
    }
    if stage not in gates:
        hint = suggest(stage, gates) or f"; gates: {', '.join(gates) or 'none'}"
        raise NotFound(
            f'launch "{change.launch.slug}" has no gate at stage "{stage}"{hint}'
        )
    gate = gates[stage]
    by_key = {check.key: check for check in gate.checks}
    by_number = {str(check.number): check for check in gate.checks}
    found = by_key.get(str(wanted)) or by_number.get(str(wanted))
    if found is None:
        raise NotFound(
            f'the gate of stage "{stage}" has no check "{wanted}"'
            f"{suggest(str(wanted), by_key) or f'; checks: {_numbered(gate)}'}"
        )
    return gate, found


def _numbered(gate: GateState) -> str:
    return ", ".join(f"{check.number} {check.key}" for check in gate.checks) or "none"


def check_facts(gate: GateState, check: CheckState) -> dict[str, Any]:
    """The facts of a check that an event records."""
    return {
        "stage": gate.stage,
        "gate": gate.title,
        "number": check.number,
        "key": check.key,
        "title": check.title,
    }


def _check_waiver(check: CheckState, *, name: str, until: date, today: date) -> None:
    """Refuse a waiver that would have no effect.

    Raises Refused if the check is done, or the waiver would end before today.
    """
    if check.checked_by:
        raise Refused(f"{name} is checked; there is nothing to waive")
    if until < today:
        raise Refused(f"{until} is past; a waiver ends today, {today}, or later")


def gate_subject(
    change: Change,
    gate: GateState,
    check: CheckState | None = None,
) -> VerbSubject:
    """A gate, or a check of it, as permissions see it."""
    return VerbSubject(
        name=check_name(gate.stage, check) if check else gate.stage,
        title=quoted(check.title if check else gate.title),
        lead=change.lead,
        owner=gate.owner,
        backup=_backup(change, gate),
        sponsor=_sponsor(change),
        checker=check.checked_by if check else None,
        workers=frozenset(
            task.owner
            for task in change.tasks.values()
            if task.stage == gate.stage and task.status != TaskStatus.DROPPED
        ),
        team=tuple(person.email for person in change.brief.team.values()),
    )


def _backup(change: Change, gate: GateState) -> str | None:
    person = change.brief.person(gate.owner)
    return (
        change.brief.holder(person.backup).email if person and person.backup else None
    )


def _sponsor(change: Change) -> str | None:
    sponsor = change.brief.team.get(SPONSOR)
    return sponsor.email if sponsor else None


def _and_so(change: Change, stage: str) -> str:
    gates = read_gates(
        change.session, change.launch, change.brief, change.tasks.values()
    )
    gate = next(each for each in gates if each.stage == stage)
    missing = len(gate.open_checks(change.today))
    if not missing:
        early = f", but its work is open: {gate.work_left}" if gate.open_work else ""
        return f"; the gate is passed: {gate.title}{early}"
    checks = count(missing, "check")
    return f"; {checks} of its gate {'is' if missing == 1 else 'are'} still open"


def check_name(stage: str, check: CheckState) -> str:
    """A check as messages name it."""
    return f'check {check.number} of "{stage}" ({check.title})'
