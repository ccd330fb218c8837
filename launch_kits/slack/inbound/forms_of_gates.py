"""The gates of a launch in Slack: shown, ticked with evidence, let pass, taken back."""

from __future__ import annotations

from collections.abc import Mapping

from launch_kits import verbs
from launch_kits.database.records import LaunchStatus
from launch_kits.errors import Refused
from launch_kits.plan.readiness import CheckState, GateState
from launch_kits.slack.api.payloads import as_day
from launch_kits.slack.inbound.action_verbs import Values
from launch_kits.slack.inbound.asked import LaunchRequest
from launch_kits.slack.inbound.form import Faults, Form
from launch_kits.slack.messages.blocks import Message
from launch_kits.slack.messages.forms import View
from launch_kits.slack.messages.gates_form import (
    GateOffer,
    GateWords,
    check_modal,
    gates_message,
    gates_modal,
    uncheck_modal,
    waive_modal,
)
from launch_kits.verbs import Outcome
from launch_kits.verbs.gates import find_check, gate_subject
from launch_kits.verbs.permissions import Verb
from launch_kits.views import answers
from launch_kits.views.gates import read_gates
from launch_kits.views.notices.text import is_or_are, quoted
from launch_kits.views.reader import count

__all__ = ["FORMS", "OVERVIEW", "message_of_gates"]

#: the action that shows the gates
OVERVIEW = "launch_gates"


def message_of_gates(asked: LaunchRequest) -> Message:
    """The gates of a launch as an answer to a command."""
    view = asked.context.view
    is_ahead = view.status == LaunchStatus.RUNNING and not view.has_gone
    decides = is_ahead and asked.may(Verb.DECIDE, asked.launch_subject())
    verdict = _verdict(asked)
    return gates_message(
        words_of(asked), _gates(asked), verdict=verdict, decides=decides
    )


def words_of(asked: LaunchRequest) -> GateWords:
    """The words for the gates of a launch."""
    view = asked.context.view
    return GateWords(
        slug=view.slug,
        product=view.product,
        today=view.today,
        reader=asked.reader,
        titles={task.key: task.title for task in view.tasks},
    )


def _gates(asked: LaunchRequest) -> tuple[GateState, ...]:
    change = asked.change
    return read_gates(
        change.session, change.launch, change.brief, change.tasks.values()
    )


def _verdict(asked: LaunchRequest) -> str:
    view = asked.context.view
    missing = len(view.verdict.reasons)
    if view.has_gone:
        return f"The go for {asked.product} is given."
    if view.verdict.go:
        left = sum(len(gate.open_work) for gate in view.verdict.early)
        if not left:
            return f"{asked.product} is ready to go."
        work = f"{count(left, 'task')} before it {is_or_are(left)} not done"
        return f"All checks for the go of {asked.product} are met, but {work}."
    verb = "is" if missing == 1 else "are"
    return f"{asked.product} cannot go yet: {count(missing, 'check')} {verb} open."


def _show(asked: LaunchRequest) -> View | str:
    wanted = asked.place.stage
    gates = [gate for gate in _gates(asked) if wanted in ("", gate.stage)]
    if not gates:
        return f"{asked.product} has no checks before its launch."
    offers = [GateOffer(gate, _offered(asked, gate)) for gate in gates]
    return gates_modal(
        words_of(asked), offers, verdict=_verdict(asked), private=asked.place.pack()
    )


def _offered(asked: LaunchRequest, gate: GateState) -> Mapping[str, tuple[str, ...]]:
    """The actions that the person may take on each check, by its key."""
    subject = gate_subject(asked.change, gate)
    tick = ("gate_check",) if asked.may(Verb.CHECK, subject) else ()
    waive = ("gate_waive",) if asked.may(Verb.WAIVE, subject) else ()
    return {
        check.key: _take_back(asked, gate, check)
        if check.checked_by
        else (*tick, *waive)
        for check in gate.checks
    }


def _take_back(
    asked: LaunchRequest, gate: GateState, check: CheckState
) -> tuple[str, ...]:
    subject = gate_subject(asked.change, gate, check)
    return ("gate_uncheck",) if asked.may(Verb.UNCHECK, subject) else ()


def _found(asked: LaunchRequest) -> tuple[GateState, CheckState]:
    """The gate and the check that a form is about; raises NotFound."""
    place = asked.place
    return find_check(asked.change, place.stage, place.check)


def _show_check(asked: LaunchRequest) -> View | str:
    gate, check = _found(asked)
    why = asked.why_not(
        Verb.CHECK,
        gate_subject(asked.change, gate),
    )
    if why or check.checked_by:
        return why or f"{quoted(check.title)} is ticked already."
    return check_modal(words_of(asked), check, private=asked.place.pack())


def _check_check(asked: LaunchRequest, values: Values) -> Faults:
    _, check = _found(asked)
    if check.waits_for and not values.get("note"):
        return {"note": "Please write a few words: its work is not done."}
    link = values.get("link")
    if link:
        fault = answers.link_fault(link)
        return {"link": fault} if fault else {}
    proved = check.task_link if check.offered else None
    if check.evidence and not proved:
        return {"link": "Give a link to the evidence, so that others can see it."}
    return {}


def _check(asked: LaunchRequest, values: Values) -> Outcome:
    gate, check = _found(asked)
    found = verbs.check(
        asked.change,
        asked.place.launch,
        gate.stage,
        check.key,
        by=asked.email,
        link=values.get("link"),
        note=values.get("note"),
        now=asked.change.now,
    )
    if not found.changed:
        return Outcome(
            changed=False, message=f"{quoted(check.title)} is ticked already"
        )
    after, _ = _found(asked)
    missing = len(after.open_checks(asked.change.today))
    verb = "is" if missing == 1 else "are"
    rest = f"{count(missing, 'check')} of {quoted(gate.title)} {verb} still open"
    said = rest if missing else f"all checks of {quoted(gate.title)} are met"
    return Outcome(changed=True, message=f"{quoted(check.title)} is ticked; {said}")


def _show_uncheck(asked: LaunchRequest) -> View | str:
    gate, check = _found(asked)
    why = asked.why_not(
        Verb.UNCHECK,
        gate_subject(asked.change, gate, check),
    )
    if why or not check.checked_by:
        return why or f"{quoted(check.title)} is open already."
    return uncheck_modal(words_of(asked), check, private=asked.place.pack())


def _uncheck(asked: LaunchRequest, values: Values) -> Outcome:
    gate, check = _found(asked)
    found = verbs.uncheck(
        asked.change,
        asked.place.launch,
        gate.stage,
        check.key,
        by=asked.email,
        note=values.get("note"),
        now=asked.change.now,
    )
    state = "open again" if found.changed else "open already"
    return Outcome(found.changed, f"{quoted(check.title)} is {state}")


def _show_waive(asked: LaunchRequest) -> View | str:
    gate, check = _found(asked)
    why = asked.why_not(
        Verb.WAIVE,
        gate_subject(asked.change, gate, check),
    )
    if why or check.checked_by:
        return why or f"{quoted(check.title)} is ticked, so it passes anyway."
    until = max(asked.context.view.launch_on, asked.change.today)
    return waive_modal(
        words_of(asked),
        check,
        until=until,
        holds_launch=gate.hard and gate.before_launch,
        private=asked.place.pack(),
    )


def _check_waive(asked: LaunchRequest, values: Values) -> Faults:
    until = as_day(values.get("until", ""))
    if until is None or until < asked.change.today:
        return {"until": "Pick a day from today on."}
    return {} if values.get("note") else {"note": "Please write a few words."}


def _waive(asked: LaunchRequest, values: Values) -> Outcome:
    gate, check = _found(asked)
    until = as_day(values.get("until", ""))
    if until is None:
        raise Refused("no day was picked; pick one and try again")
    found = verbs.waive(
        asked.change,
        asked.place.launch,
        gate.stage,
        check.key,
        until=until,
        note=values.get("note", ""),
        by=asked.email,
        now=asked.change.now,
    )
    day = asked.reader.day(until)
    return Outcome(found.changed, f"{quoted(check.title)} may stay open until {day}")


FORMS: Mapping[str, Form] = {
    OVERVIEW: Form(show=_show),
    "gate_check": Form(
        show=_show_check, check=_check_check, do=_check, closes_all=False
    ),
    "gate_uncheck": Form(show=_show_uncheck, do=_uncheck, closes_all=False),
    "gate_waive": Form(
        show=_show_waive, check=_check_waive, do=_waive, closes_all=False
    ),
}
