"""The verbs at the gates: check and take back, waive for a while, decide to go or not."""

from __future__ import annotations

from datetime import date, datetime

from launch_kits.database.records import (
    Decision,
    EventVerb,
    GateCheck,
    NoticeKind,
    TaskStatus,
    Waiver,
)
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, Refused, suggest
from launch_kits.plan.readiness import CheckState, GateState, verdict
from launch_kits.verbs.outcome import Outcome, evidence
from launch_kits.verbs.permissions import Verb, VerbSubject
from launch_kits.verbs.remind import SPONSOR
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.gates import last_decision, read_gates
from launch_kits.views.notices.news import NewsEvent
from launch_kits.views.task_graph import is_overdue

__all__ = ["check", "decide", "uncheck", "waive"]


def check(
    store: Store | Change,
    slug: str,
    stage: str,
    number: int,
    *,
    by: str | None = None,
    link: str | None = None,
    note: str | None = None,
    now: datetime,
) -> Outcome:
    """Check an item of a stage's gate.

    The link to its evidence is required if the kit asks for one. The gate's owner, their backup
    or the lead may, but no one checks a stage whose work was all their own, unless the team has
    no one else. Raises Refused, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        gate, found = _asked(change, stage, number)
        by = change.actor(by, gate.owner)
        change.must(by, Verb.CHECK, _subject(change, gate, name=gate.stage))
        if found.checked_by:
            return Outcome(
                changed=False,
                message=f"{_name(stage, found)} is checked already; nothing changed",
            )
        link = evidence(link)
        if found.evidence and not link:
            raise Refused(
                f"{_name(stage, found)} needs evidence; give the --link where it can be seen"
            )
        row = GateCheck(
            launch=slug, stage=stage, number=number, by=by, at=now, link=link
        )
        change.session.add(row)
        change.record(
            EventVerb.CHECK,
            by=by,
            note=note,
            stage=stage,
            number=number,
            title=found.title,
            link=link,
        )
        change.session.flush()
        return Outcome(
            changed=True,
            message=f"{_name(stage, found)} is checked{_and_so(change, stage)}",
        )


def uncheck(
    store: Store | Change,
    slug: str,
    stage: str,
    number: int,
    *,
    by: str | None = None,
    note: str | None = None,
    now: datetime,
) -> Outcome:
    """Take a check back: it no longer holds. Raises Refused, NotYours, NotFound."""
    with changing(store, slug, now=now) as change:
        gate, found = _asked(change, stage, number)
        by = change.actor(by, gate.owner)
        name = _name(stage, found)
        subject = _subject(change, gate, name=name, checker=found.checked_by)
        change.must(by, Verb.UNCHECK, subject)
        row = change.session.get(GateCheck, (slug, stage, number))
        if row is None:
            return Outcome(
                changed=False,
                message=f"{_name(stage, found)} is open already; nothing changed",
            )
        change.session.delete(row)
        change.record(
            EventVerb.UNCHECK,
            by=by,
            note=note,
            stage=stage,
            number=number,
            title=found.title,
        )
        return Outcome(changed=True, message=f"{_name(stage, found)} is open again")


def waive(
    store: Store | Change,
    slug: str,
    stage: str,
    number: int,
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
        gate, found = _asked(change, stage, number)
        by = change.actor(by, change.lead)
        name = _name(stage, found)
        change.must(by, Verb.WAIVE, _subject(change, gate, name=name))
        _check_waiver(found, name=name, until=until, today=change.today)
        if found.waived_until == until and found.waived_why == note:
            message = f"{name} is waived until {until} already"
            return Outcome(changed=False, message=message)
        row = Waiver(
            launch=slug,
            stage=stage,
            number=number,
            by=by,
            at=now,
            note=note,
            until=until,
        )
        change.session.add(row)
        change.record(
            EventVerb.WAIVE,
            by=by,
            note=note,
            stage=stage,
            number=number,
            title=found.title,
            until=until.isoformat(),
        )
        return Outcome(changed=True, message=f"{name} is waived until {until}")


def decide(
    store: Store | Change,
    slug: str,
    *,
    go: bool,
    by: str | None = None,
    note: str | None = None,
    now: datetime,
) -> Outcome:
    """Decide that a launch goes, or does not; its channel hears it.

    The lead or the sponsor may. A go is impossible while a hard gate is open: raises Refused with
    all that is missing, NotYours, NotFound.
    """
    word = "go" if go else "no-go"
    with changing(store, slug, now=now) as change:
        change.must_run()
        by = change.actor(by, change.lead)
        subject = VerbSubject(name=slug, lead=change.lead, sponsor=_sponsor(change))
        change.must(by, Verb.DECIDE, subject)
        gates = read_gates(
            change.session, change.launch, change.brief, change.tasks.values()
        )
        late = [
            task.title
            for task in change.tasks.values()
            if is_overdue(task, change.brief.zone(task.owner), now=now)
        ]
        found = verdict(gates, overdue=late, today=change.today)
        if go and not found.go:
            raise Refused(
                f"{slug} cannot go while a hard gate is open: {'; '.join(found.reasons)}"
            )
        before = last_decision(change.session, slug)
        if before is not None and before.go == go:
            return Outcome(
                changed=False,
                message=f"{slug} is decided already: {word}, by {before.by}; nothing changed",
            )
        change.session.add(Decision(launch=slug, go=go, by=by, at=now, note=note))
        against = list(found.concerns if go else found.reasons)
        change.record(EventVerb.DECIDE, by=by, note=note, go=go, concerns=against)
        facts = {"event": NewsEvent.DECIDED, "go": go, "by": by, "note": note}
        change.tell(NoticeKind.NEWS, f"#{change.brief.slack_channel}", facts=facts)
        return Outcome(changed=True, message=f"{slug}: {word}", warnings=tuple(against))


def _asked(change: Change, stage: str, number: int) -> tuple[GateState, CheckState]:
    """A gate by its stage, and its check by its number; raises Refused, NotFound."""
    change.must_run()
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
    if not 1 <= number <= len(gate.checks):
        raise NotFound(
            f'the gate of stage "{stage}" has {len(gate.checks)} checks; {number} is none of them'
        )
    return gate, gate.checks[number - 1]


def _check_waiver(check: CheckState, *, name: str, until: date, today: date) -> None:
    """Refuse a waiver that would have no effect.

    Raises Refused if the check is done, or the waiver would end before today.
    """
    if check.checked_by:
        raise Refused(f"{name} is checked; there is nothing to waive")
    if until < today:
        raise Refused(f"{until} is past; a waiver ends today, {today}, or later")


def _subject(
    change: Change, gate: GateState, *, name: str, checker: str | None = None
) -> VerbSubject:
    """A gate, or a check of it, as permissions see it."""
    return VerbSubject(
        name=name,
        lead=change.lead,
        owner=gate.owner,
        backup=_backup(change, gate),
        sponsor=_sponsor(change),
        checker=checker,
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
        return f"; the gate is passed: {gate.title}"
    return f"; {missing} of its gate {'is' if missing == 1 else 'are'} open"


def _name(stage: str, check: CheckState) -> str:
    return f'check {check.number} of "{stage}" ({check.title})'
