"""The page of the gates: checks with evidence, waivers, the verdict and the decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from launch_kits import verbs
from launch_kits.database.records import LaunchStatus
from launch_kits.errors import NotFound, Refused
from launch_kits.plan.readiness import CheckState, GateState
from launch_kits.room.asked import Redirect, RoomRequest, Shown
from launch_kits.room.forms.acting import carry_out
from launch_kits.room.page import act, page
from launch_kits.verbs import Change, Outcome
from launch_kits.verbs.gates import gate_subject
from launch_kits.verbs.permissions import (
    Actor,
    Door,
    Verb,
    VerbSubject,
    Via,
    launch_subject,
    may,
)
from launch_kits.verbs.sponsor import SPONSOR
from launch_kits.verbs.transaction import reading
from launch_kits.views import answers
from launch_kits.views.gates import deciding_task
from launch_kits.views.landing import in_words
from launch_kits.views.reader import Reader
from launch_kits.views.room_pages import HERE

__all__ = ["ACT", "DECIDE", "GATES"]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check of a gate, with the acts that the visitor may take."""

    check: CheckState
    #: `met`, `waived` or `open`
    state: str
    told: str
    acts: Sequence[str]


@dataclass(frozen=True, slots=True)
class GateCard:
    """A gate with its checks."""

    gate: GateState
    owner: str
    passed: bool
    rows: Sequence[CheckRow]


def _gates(asked: RoomRequest) -> Shown:
    context = asked.context()
    view = context.view
    reader = asked.reader(context)
    email = asked.visitor.email
    actor = Actor(context.spelled(email), Via(Door.ROOM)) if email else None
    if view.status != LaunchStatus.RUNNING:
        actor = None
    with reading(asked.room.store, asked.slug, now=asked.now) as change:
        if change.launch.revision == view.revision:
            # read before, which saves most of the time of this page
            change.brief = context.brief
            change.calendars = context.calendars
        deciding = deciding_task(change.tasks.values())
        cards = [_card(change, gate, actor, reader) for gate in view.gates]
        subject = _launch_subject(change)
        decides = actor is not None and not may(actor, Verb.DECIDE, subject)
    values = {
        "view": view,
        "reader": reader,
        "product": view.product,
        "words": in_words(view, day=reader.day),
        "cards": cards,
        "reasons": [
            answers.for_people(each, view, reader=reader)
            for each in view.verdict.reasons
        ],
        "concerns": [
            answers.for_people(each, view, reader=reader)
            for each in view.verdict.concerns
        ],
        "deciding": deciding,
        "may_decide": decides,
        "live": (view.slug, view.revision),
    }
    return Shown("gates.html", values)


def _launch_subject(change: Change) -> VerbSubject:
    sponsor = change.brief.team.get(SPONSOR)
    return launch_subject(
        change.launch,
        lead=change.lead,
        sponsor=sponsor.email if sponsor else None,
        away=change.away,
    )


def _card(
    change: Change, gate: GateState, actor: Actor | None, reader: Reader
) -> GateCard:
    rows = [
        CheckRow(
            check,
            _state(check, change.today),
            _told(check, change, reader),
            [*_acts(change, gate, check, actor)],
        )
        for check in gate.checks
    ]
    return GateCard(gate, reader.name(gate.owner), gate.passed(change.today), rows)


def _state(check: CheckState, today: date) -> str:
    if check.checked_by:
        return "met"
    return "waived" if check.is_waived(today) else "open"


def _told(check: CheckState, change: Change, reader: Reader) -> str:
    if check.checked_by and check.checked_on:
        by = reader.name(check.checked_by)
        on = reader.day(check.checked_on)
        return f"met, {by}, {on}"
    if check.waived_until and check.waived_by:
        ends = "waived until" if check.is_waived(change.today) else "its waiver ended"
        by = reader.name(check.waived_by)
        on = reader.day(check.waived_until)
        why = f": {check.waived_why}" if check.waived_why else ""
        return f"{ends} {on}, {by}{why}"
    if check.offered:
        return "open; the work that proves it is finished, so it can be ticked"
    return "open"


def _acts(
    change: Change, gate: GateState, check: CheckState, actor: Actor | None
) -> Iterator[str]:
    """The acts on a check that fit it and that the visitor may take."""
    if actor is None:
        return
    subject = gate_subject(change, gate, check)
    subject = replace(subject, away=change.away)
    fitting = (Verb.UNCHECK,) if check.checked_by else (Verb.CHECK, Verb.WAIVE)
    for verb in fitting:
        if may(actor, verb, subject) is None:
            yield str(verb)


def _act(asked: RoomRequest) -> Redirect:
    """Tick, take back or waive a check."""
    deed = _DEEDS.get(asked.names["deed"])
    if deed is None:
        raise NotFound(f'a check has no act "{asked.names["deed"]}"')
    return _done(asked, lambda change, by: deed(asked, change, by))


def _check(asked: RoomRequest, change: Change, by: str) -> Outcome:
    return verbs.check(
        change,
        asked.slug,
        asked.names["stage"],
        asked.names["check"],
        by=by,
        link=asked.field("link") or None,
        note=asked.field("note") or None,
        now=asked.now,
    )


def _uncheck(asked: RoomRequest, change: Change, by: str) -> Outcome:
    return verbs.uncheck(
        change,
        asked.slug,
        asked.names["stage"],
        asked.names["check"],
        by=by,
        note=asked.field("note") or None,
        now=asked.now,
    )


def _waive(asked: RoomRequest, change: Change, by: str) -> Outcome:
    note = asked.field("note")
    if not note:
        raise Refused("a waiver needs a reason; fill it in")
    try:
        until = date.fromisoformat(asked.field("until"))
    except ValueError:
        raise Refused(
            "a waiver needs its last day; write one like 2027-02-05"
        ) from None
    return verbs.waive(
        change,
        asked.slug,
        asked.names["stage"],
        asked.names["check"],
        until=until,
        note=note,
        by=by,
        now=asked.now,
    )


def _decide(asked: RoomRequest) -> Redirect:
    go = {"go": True, "no-go": False}.get(asked.field("decision"))
    if go is None:
        raise Refused("choose go or no-go")

    def deed(change: Change, by: str) -> Outcome:
        found = verbs.decide(
            change,
            asked.slug,
            go=go,
            task=asked.field("task") or None,
            by=by,
            note=asked.field("note") or None,
            now=asked.now,
        )
        word = "go" if go else "no-go"
        said = (
            f"decided: {word}" if found.changed else f"it was decided already: {word}"
        )
        return Outcome(changed=found.changed, message=said)

    return _done(asked, deed)


def _done(asked: RoomRequest, deed: Callable[[Change, str], Outcome]) -> Redirect:
    return carry_out(asked, deed, back=HERE.gates(asked.slug))


_DEEDS = {"check": _check, "uncheck": _uncheck, "waive": _waive}

GATES = page("/launches/{launch}/gates", tab="Gates", position=1)(_gates)
ACT = act("/launches/{launch}/gates/{stage}/{check}/{deed}")(_act)
DECIDE = act("/launches/{launch}/decide")(_decide)
