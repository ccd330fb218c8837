"""The forms about a whole launch: move it, add a task, cancel it, invite its team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from launch_kits import verbs
from launch_kits.errors import Refused
from launch_kits.plan.doubts import CANNOT_BE_MADE
from launch_kits.slack.api.payloads import as_day
from launch_kits.slack.inbound import add_task
from launch_kits.slack.inbound.action_verbs import Values
from launch_kits.slack.inbound.asked import LaunchRequest, launch_why_not
from launch_kits.slack.inbound.edit_task import ANYWAY, pack
from launch_kits.slack.inbound.form import Faults, Form
from launch_kits.slack.inbound.invitations import invite
from launch_kits.slack.messages.changes import (
    due_lines,
    lines,
    told_line,
)
from launch_kits.slack.messages.edit_form import confirm_modal
from launch_kits.slack.messages.forms import View
from launch_kits.slack.messages.launch_forms import (
    cancel_modal,
    invite_modal,
    move_modal,
    undo_modal,
)
from launch_kits.verbs import Move, Outcome
from launch_kits.verbs.cancel import people_told
from launch_kits.verbs.move import changes_plan
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.replanning import moved_by_replan
from launch_kits.views import answers
from launch_kits.views.notices.history import deed
from launch_kits.views.notices.text import capitalize, quoted
from launch_kits.views.passed_plans import replanned_in_words
from launch_kits.views.reader import count

__all__ = ["FORMS"]


def _cannot_move(asked: LaunchRequest) -> str | None:
    """Return why the launch cannot be moved: by whom, because it has ended, or took place."""
    why = launch_why_not(asked, Verb.MOVE)
    launched_on = asked.context.view.launched_on
    if why is not None or launched_on is None:
        return why
    return (
        f"{asked.product} was launched on {asked.reader.day(launched_on)}, "
        "so there is nothing left to move."
    )


def _cannot_cancel(asked: LaunchRequest) -> str | None:
    return launch_why_not(asked, Verb.CANCEL)


def _cannot_invite(asked: LaunchRequest) -> str | None:
    return launch_why_not(asked, Verb.UPDATE)


def _show_move(asked: LaunchRequest) -> View:
    view = asked.context.view
    return move_modal(
        view.product,
        launch_on=view.launch_on,
        day=asked.reader.day(view.launch_on),
        private=asked.place.pack(),
    )


def _check_move(asked: LaunchRequest, values: Values) -> Faults:
    on = as_day(values.get("launch_on", ""))
    if on is None or on < asked.change.today:
        return {"launch_on": "Pick a day from today on."}
    if on != asked.change.launch.launch_on:
        return {}
    # planned again from today, other days may move although the launch day stays
    if changes_plan(asked.change, asked.place.launch, on=on, now=asked.change.now):
        return {}
    return {"launch_on": "It is on that day already. Pick another day."}


def _day(values: Values) -> date:
    """The launch day that was picked; raises Refused if there is none."""
    on = as_day(values.get("launch_on", ""))
    if on is None:
        raise Refused("no day was picked; open the form again")
    return on


def _preview_move(asked: LaunchRequest, values: Values) -> View:
    reader = asked.reader
    view = asked.context.view
    on = _day(values)
    found = verbs.preview_move(
        asked.change, asked.place.launch, on=on, by=asked.email, now=asked.change.now
    )
    warnings = (
        answers.for_people(each.message, view, reader=reader)
        for each in found.warnings
        if each.code != CANNOT_BE_MADE
    )
    late = not found.feasible
    return confirm_modal(
        "Move the launch",
        f"{asked.product}\n{_days(asked, found)}",
        [
            _late(asked, found) if late else "The work can be done by then.",
            due_lines(found.shifts, reader=reader) or "No due day moves.",
            lines(warnings),
            told_line(found.told, reader=reader),
        ],
        name="launch_move_now",
        private=pack(asked.place, {**values, ANYWAY: "yes"} if late else values),
        submit="Move it anyway" if late else "Move it",
    )


def _days(asked: LaunchRequest, found: Move) -> str:
    day = asked.reader.day
    told = f"Launch day: {day(found.launch_before)} → {day(found.launch_on)}."
    if found.release_before == found.release_on == found.launch_on:
        return told
    release = f"{day(found.release_before)} → {day(found.release_on)}"
    return f"{told}\nRelease day: {release}."


def _late(asked: LaunchRequest, found: Move) -> str:
    told = f"Too soon: {count(found.late_by, 'working day')} are missing."
    earliest = found.earliest_launch_on
    if earliest is None:
        return told
    return f"{told} The earliest day that works by the dates alone is {asked.reader.day(earliest)}."


def _move(asked: LaunchRequest, values: Values) -> Outcome:
    change = asked.change
    on = _day(values)
    found = verbs.move(
        change,
        asked.place.launch,
        on=on,
        by=asked.email,
        now=change.now,
        note=values.get("note"),
        accept_late=ANYWAY in values,
    )
    if not found.changed:
        return Outcome(changed=False, message=f"{asked.product} is on that day already")
    if not found.moves:
        return Outcome(changed=True, message=f"{asked.product} is planned again")
    told = f"; told: {asked.names(found.told)}" if found.told else ""
    day = asked.reader.day(found.launch_on)
    return Outcome(changed=True, message=f"{asked.product} is moved to {day}{told}")


def _show_replan(asked: LaunchRequest) -> View:
    """Whose planned days move, to be confirmed."""
    moved = moved_by_replan(asked.change)
    said = replanned_in_words(moved) if moved else "No planned day would move."
    return confirm_modal(
        "Plan again",
        asked.product,
        [said, "The launch day and the due days stay."],
        name="launch_replan",
        private=asked.place.pack(),
        submit="Plan again",
    )


def _replan(asked: LaunchRequest, _values: Values) -> Outcome:
    found = verbs.replan(
        asked.change, asked.place.launch, by=asked.email, now=asked.change.now
    )
    said = f"{asked.product} is planned again"
    return found if not found.changed else Outcome(changed=True, message=said)


def _show_cancel(asked: LaunchRequest) -> View:
    view = asked.context.view
    told = told_line(people_told(asked.change, knows=asked.email), reader=asked.reader)
    return cancel_modal(view.product, told=told, private=asked.place.pack())


def _check_cancel(_asked: LaunchRequest, values: Values) -> Faults:
    return {} if values.get("note") else {"note": "Please write a few words."}


def _cancel(asked: LaunchRequest, values: Values) -> Outcome:
    found = verbs.cancel(
        asked.change,
        asked.place.launch,
        by=asked.email,
        now=asked.change.now,
        note=values.get("note"),
    )
    already = "" if found.changed else " already"
    return Outcome(found.changed, f"{asked.product} is cancelled{already}")


def _show_invite(asked: LaunchRequest) -> View:
    view = asked.context.view
    team = asked.change.brief.team
    names = list(dict.fromkeys(person.name for person in team.values()))
    return invite_modal(view.product, names=names, private=asked.place.pack())


def _may_invite(asked: LaunchRequest, _values: Values) -> Outcome:
    asked.change.must(asked.email, Verb.UPDATE)
    return Outcome(changed=False, message="")


def _invite(asked: LaunchRequest, _user: str) -> str:
    emails = [person.email for person in asked.change.brief.team.values()]
    return invite(
        asked.slack.store,
        asked.slack.settings,
        asked.place.launch,
        asked.context.view.channel,
        list(dict.fromkeys(emails)),
        name=lambda email: asked.names([email]),
    )


def _show_undo(asked: LaunchRequest) -> View | str:
    """The form that says which change of the user is taken back."""
    change = asked.change
    view = asked.context.view
    found = verbs.find_undoable(change.session, view.slug, asked.email, now=change.now)
    if found is None or str(found.event) != asked.place.check:
        return "This cannot be undone any more."
    task = view.task(found.task) if found.task else None
    about = f" ({quoted(task.title)})" if task else ""
    done = deed(found.verb, found.data, asked.reader)
    did = f"{asked.names([asked.email])} {done}{about}."
    return undo_modal(view.product, did=did, private=asked.place.pack())


def _undo(asked: LaunchRequest, _values: Values) -> Outcome:
    view = asked.context.view
    reader = asked.reader
    found = verbs.undo(
        asked.change,
        view.slug,
        by=asked.email,
        event=int(asked.place.check or 0),
        now=asked.change.now,
    )
    said = answers.for_people(found.message, view, reader=reader)
    return Outcome(found.changed, capitalize(said))


FORMS: Mapping[str, Form] = {
    "launch_move": Form(
        show=_show_move,
        why_not=_cannot_move,
        check=_check_move,
        preview=_preview_move,
    ),
    "launch_move_now": Form(why_not=_cannot_move, do=_move),
    "launch_replan": Form(show=_show_replan, why_not=_cannot_move, do=_replan),
    "launch_add": Form(
        show=add_task.show,
        why_not=add_task.why_not,
        check=add_task.check,
        preview=add_task.preview,
    ),
    "launch_add_now": Form(why_not=add_task.why_not, do=add_task.do),
    "launch_cancel": Form(
        show=_show_cancel, why_not=_cannot_cancel, check=_check_cancel, do=_cancel
    ),
    "launch_undo": Form(show=_show_undo, do=_undo),
    "launch_invite": Form(
        show=_show_invite, why_not=_cannot_invite, do=_may_invite, after=_invite
    ),
}
