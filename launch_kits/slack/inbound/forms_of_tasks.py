"""The forms about one task: decide, hand over, edit, leave out, take up again, checklist."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from launch_kits import verbs
from launch_kits.database.records import AWAITED, CLOSED, Task, TaskStatus
from launch_kits.errors import Refused
from launch_kits.slack.inbound import edit_task
from launch_kits.slack.inbound.action_verbs import Values
from launch_kits.slack.inbound.asked import LaunchRequest
from launch_kits.slack.inbound.form import Faults, Form
from launch_kits.slack.messages.decide_form import GO, decide_modal
from launch_kits.slack.messages.forms import View
from launch_kits.slack.messages.task_forms import (
    drop_modal,
    points_of,
    reassign_modal,
    reopen_modal,
    tick_modal,
)
from launch_kits.verbs import Outcome
from launch_kits.verbs.advance import held_by
from launch_kits.verbs.decision_gates import decision_verdict
from launch_kits.verbs.permissions import Verb
from launch_kits.views import answers
from launch_kits.views.gates import deciding_task, decisions_by_task
from launch_kits.views.landing import landing_after
from launch_kits.views.notices.text import capitalize, cut, quoted

__all__ = ["FORMS"]

#: characters of a fault at its field
MOST_FAULT = 300


def _show_decision(asked: LaunchRequest) -> View | str:
    why = asked.why_not(Verb.DECIDE, asked.launch_subject())
    if why:
        return why
    task = _deciding(asked)
    if task is not None and task.status in CLOSED:
        decided = decisions_by_task(asked.change.session, asked.place.launch)
        last = decided.get(task.key)
        told = f": {_word(go=last.go)}, by {asked.names([last.by])}" if last else ""
        return f"{quoted(task.title)} is decided already{told}."
    about = f"{quoted(task.title)}\n{asked.product}" if task else asked.product
    place = replace(asked.place, task=task.key if task else "")
    return decide_modal(
        about,
        reasons=_against(asked, task),
        concerns=[
            answers.for_people(each, asked.context.view, reader=asked.reader)
            for each in decision_verdict(asked.change, task).concerns
        ],
        private=place.pack(),
    )


def _deciding(asked: LaunchRequest) -> Task | None:
    """The task that the decision is about; raises NotFound."""
    if asked.place.task:
        return asked.task
    return deciding_task(asked.change.tasks.values())


def _against(asked: LaunchRequest, task: Task | None) -> list[str]:
    """The reasons why it cannot go yet."""
    change = asked.change
    found = [
        answers.for_people(each, asked.context.view, reader=asked.reader)
        for each in decision_verdict(change, task).reasons
    ]
    if task is None or task.status in AWAITED:
        return found
    if task.status == TaskStatus.WAITING:
        return found + [
            f"{quoted(each.title)} is not done" for each in held_by(change, task)
        ]
    return [*found, f"{quoted(task.title)} is {task.status}"]


def _check_decision(asked: LaunchRequest, values: Values) -> Faults:
    decision = values.get("decision")
    if not decision:
        return {"decision": "Choose go or no-go."}
    reasons = _against(asked, _deciding(asked)) if decision == GO else []
    if not reasons:
        return {}
    return {"decision": cut(f"It cannot go yet: {'; '.join(reasons)}.", MOST_FAULT)}


def _decide(asked: LaunchRequest, values: Values) -> Outcome:
    place = asked.place
    go = values.get("decision") == GO
    found = verbs.decide(
        asked.change,
        place.launch,
        go=go,
        task=place.task or None,
        by=asked.email,
        note=values.get("note"),
        now=asked.change.now,
    )
    if not found.changed:
        by = asked.names([found.by]) if found.by else "another person"
        said = f"{asked.product} is decided already: {_word(go=go)}, by {by}"
        return Outcome(changed=False, message=said)
    said = f"{asked.product}: {_word(go=go)}. The channel of the launch is told"
    return Outcome(changed=True, message=said)


def _word(*, go: bool) -> str:
    return "go" if go else "no-go"


def _show_reassign(asked: LaunchRequest) -> View | str:
    notice = asked.task_notice
    why = asked.why_not(Verb.REASSIGN)
    if why:
        return why
    return _over(asked) or reassign_modal(notice, private=asked.place.pack())


def _check_reassign(_asked: LaunchRequest, values: Values) -> Faults:
    return {} if values.get("owner") else {"owner": "Pick a person."}


def _reassign(asked: LaunchRequest, values: Values) -> Outcome:
    to = asked.picked.get("owner")
    if to is None:
        raise Refused("no person was picked; open the form again")
    title = quoted(asked.task.title)
    change = asked.change
    found = verbs.reassign(
        change,
        asked.place.launch,
        asked.place.task,
        to=to,
        by=asked.email,
        note=values.get("note"),
        now=change.now,
    )
    name = asked.names([asked.task.owner])
    if not found.changed:
        return Outcome(changed=False, message=f"{title} is with {name} already")
    return _worded(asked, found, f"{title} is now with {name}")


def _carried_out(
    asked: LaunchRequest, verb: Callable[..., Outcome], *, note: str | None = None
) -> Outcome:
    """Carry out a verb on the task that a form is about."""
    place = asked.place
    now = asked.change.now
    return verb(
        asked.change, place.launch, place.task, by=asked.email, note=note, now=now
    )


def _show_drop(asked: LaunchRequest) -> View | str:
    notice = asked.task_notice
    change = asked.change
    why = asked.why_not(Verb.DROP)
    why = why or _over(asked)
    if why:
        return why
    waiting = [each.title for each in change.successors(asked.task)]
    found = _carried_out(asked, verbs.drop)
    effects = [f"{quoted(each)} no longer waits for it." for each in waiting[:10]]
    effects += _warnings(asked, found)
    return drop_modal(
        notice,
        effects=effects or ["No other task waits for it."],
        private=asked.place.pack(),
    )


def _drop(asked: LaunchRequest, values: Values) -> Outcome:
    title = quoted(asked.task.title)
    found = _carried_out(asked, verbs.drop, note=values.get("note"))
    already = "" if found.changed else " already"
    return _worded(asked, found, f"{title} is left out{already}")


def _show_reopen(asked: LaunchRequest) -> View | str:
    notice = asked.task_notice
    change = asked.change
    title = quoted(notice.task.title)
    why = asked.why_not(Verb.REOPEN)
    if why:
        return why
    if notice.task.open:
        return f"{title} is open, so there is nothing to take up again."
    found = _carried_out(asked, verbs.reopen)
    back = [
        each.title
        for each in change.successors(asked.task)
        if each.status == TaskStatus.WAITING
    ]
    effects = [f"{quoted(each)} waits for it." for each in back[:10]]
    effects += _warnings(asked, found)
    return reopen_modal(
        notice,
        effects=effects or ["No other task waits for it."],
        private=asked.place.pack(),
    )


def _reopen(asked: LaunchRequest, values: Values) -> Outcome:
    title = quoted(asked.task.title)
    found = _carried_out(asked, verbs.reopen, note=values.get("note"))
    if not found.changed:
        return Outcome(changed=False, message=f"{title} is open already")
    return _worded(asked, found, f"{title} is open again")


def _show_tick(asked: LaunchRequest) -> View | str:
    notice = asked.task_notice
    title = quoted(notice.task.title)
    why = asked.why_not(Verb.TICK) or _over(asked)
    if why:
        return why
    if not notice.task.checklist:
        return f"{title} has no checklist."
    return tick_modal(notice, private=asked.place.pack())


def _tick(asked: LaunchRequest, values: Values) -> Outcome:
    task = asked.task
    change = asked.change
    wanted = {
        key
        for name, chosen in values.items()
        if name.startswith("points-")
        for key in chosen.split(",")
    }
    points = points_of(task.checklist)
    found = verbs.tick(
        change,
        asked.place.launch,
        task.key,
        points=[point for key, point in points.items() if key in wanted],
        undo=[point for key, point in points.items() if key not in wanted],
        by=asked.email,
        now=change.now,
    )
    ticked = sum(point in task.ticked for point in task.checklist)
    said = (
        f"{ticked} of {len(task.checklist)} points of {quoted(task.title)} are ticked"
    )
    return Outcome(changed=found.changed, message=said)


def _over(asked: LaunchRequest) -> str | None:
    """Return why nothing can be done about the task any more."""
    return answers.over(asked.context.view, asked.task_notice.task)


def _warnings(asked: LaunchRequest, found: Outcome) -> list[str]:
    """The warnings of a verb as sentences for people."""
    view = asked.context.view
    reader = asked.reader
    told = (answers.for_people(each, view, reader=reader) for each in found.warnings)
    said = [f"{capitalize(each).rstrip('.')}." for each in told]
    effect = found.effect
    if effect and not effect.over and effect.lands_before != effect.lands_on:
        lands = landing_after(effect.lands_before, effect.lands_on, day=reader.day)
        said.append(f"{lands}.")
    return said


def _worded(asked: LaunchRequest, found: Outcome, message: str) -> Outcome:
    warnings: Sequence[str] = _warnings(asked, found)
    return Outcome(found.changed, message, warnings=tuple(warnings))


FORMS: Mapping[str, Form] = {
    "task_decide": Form(show=_show_decision, check=_check_decision, do=_decide),
    "task_reassign": Form(show=_show_reassign, check=_check_reassign, do=_reassign),
    "task_edit": Form(
        show=edit_task.show,
        why_not=edit_task.why_not,
        check=edit_task.check,
        preview=edit_task.preview,
    ),
    "task_edit_now": Form(why_not=edit_task.why_not, do=edit_task.do),
    "task_drop": Form(show=_show_drop, do=_drop, tries=True),
    "task_reopen": Form(show=_show_reopen, do=_reopen, tries=True),
    "task_tick": Form(show=_show_tick, do=_tick),
}
