"""The verb of each action in Slack, called with the values of its modal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from launch_kits import verbs
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.verbs import Change, Outcome

__all__ = ["VERBS", "Values", "Verb", "checks_of"]

#: the values of a modal, by the names of its inputs
Values = Mapping[str, str]
Verb = Callable[[Change, ActionPlace, str, Values], Outcome]


def checks_of(values: Values) -> list[str]:
    """The gate checks ticked in a modal, such as ``sales.trained``."""
    return [check for check in values.get("checks", "").split(",") if check]


def _begin(change: Change, place: ActionPlace, by: str, _: Values) -> Outcome:
    return verbs.begin(change, place.launch, place.task, by=by, now=change.now)


def _done(change: Change, place: ActionPlace, by: str, values: Values) -> Outcome:
    return verbs.done(
        change,
        place.launch,
        place.task,
        by=by,
        now=change.now,
        link=values.get("link"),
        note=values.get("note"),
        checks=checks_of(values),
    )


def _block(change: Change, place: ActionPlace, by: str, values: Values) -> Outcome:
    helper = values.get("by", "")
    # older forms took a text for it
    waits = f" (waits on {helper})" if helper and "@" not in helper else ""
    return verbs.block(
        change,
        place.launch,
        place.task,
        by=by,
        now=change.now,
        note=f"{values.get('reason', '')}{waits}",
        waits_on=helper if "@" in helper else None,
    )


def _unblock(change: Change, place: ActionPlace, by: str, _: Values) -> Outcome:
    return verbs.unblock(change, place.launch, place.task, by=by, now=change.now)


def _extend(change: Change, place: ActionPlace, by: str, values: Values) -> Outcome:
    until = date.fromisoformat(values["until"])
    return verbs.extend(
        change,
        place.launch,
        place.task,
        until=until,
        by=by,
        now=change.now,
        note=values.get("reason"),
    )


def _approve(change: Change, place: ActionPlace, by: str, values: Values) -> Outcome:
    if place.asked_for:
        return _answer_for_time(change, place, by, values, granted=True)
    return verbs.approve(change, place.launch, place.task, by=by, now=change.now)


def _reject(change: Change, place: ActionPlace, by: str, values: Values) -> Outcome:
    if place.asked_for:
        return _answer_for_time(change, place, by, values, granted=False)
    return verbs.reject(
        change,
        place.launch,
        place.task,
        by=by,
        now=change.now,
        note=values.get("reason"),
    )


def _answer_for_time(
    change: Change, place: ActionPlace, by: str, values: Values, *, granted: bool
) -> Outcome:
    return verbs.answer_extension(
        change,
        place.launch,
        place.task,
        until=place.asked_for or date.max,
        granted=granted,
        by=by,
        now=change.now,
        note=values.get("reason"),
    )


def _ack(change: Change, place: ActionPlace, by: str, _: Values) -> Outcome:
    noted = verbs.note(
        change, place.launch, place.task, by=by, now=change.now, note="On it"
    )
    return Outcome(
        changed=noted.changed,
        message="Thank you, noted: reminders about it pause for a while",
    )


def _reply(change: Change, place: ActionPlace, by: str, values: Values) -> Outcome:
    return verbs.note(
        change,
        place.launch,
        place.task,
        by=by,
        now=change.now,
        note=values.get("reason", ""),
    )


#: action id → verb; each raises NotFound, Refused, NotYours
VERBS: Mapping[str, Verb] = {
    "task_ack": _ack,
    "task_approve": _approve,
    "task_begin": _begin,
    "task_block": _block,
    "task_done": _done,
    "task_extend": _extend,
    "task_reject": _reject,
    "task_reply": _reply,
    "task_unblock": _unblock,
}
