"""A button or a modal becomes a verb: by somebody who may, once, and with an answer where it does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from launch_kits import verbs
from launch_kits.database.records import TaskStatus
from launch_kits.errors import LaunchKitsError, Refused
from launch_kits.slack.api.payloads import Click, Place, Submission
from launch_kits.slack.inbound.deduplication import first_time
from launch_kits.slack.inbound.session import Desk
from launch_kits.slack.messages import answers
from launch_kits.slack.messages.context import Scene
from launch_kits.slack.messages.details import details_modal, latest_events
from launch_kits.slack.messages.forms import View
from launch_kits.slack.messages.modals import block_modal, done_modal, extend_modal, reject_modal
from launch_kits.slack.messages.my_tasks import case_of
from launch_kits.slack.messages.tasks import Case
from launch_kits.verbs import Outcome

__all__ = ["BUTTONS", "FORMS", "act", "carry_out", "faults_of", "on_click", "on_pick", "on_submit"]

#: buttons that are a verb by themselves, and those that open a modal first
BUTTONS = ("task_begin", "task_unblock", "task_approve", "task_ack")
FORMS = ("task_done", "task_block", "task_extend", "task_reject", "task_open")

Values = Mapping[str, str]
Verb = Callable[[Desk, Place, str, Values], Outcome]


def on_click(desk: Desk, click: Click) -> None:
    """Do what a button stands for, or open its modal."""
    if not first_time(desk.store, click.key, now=desk.now()):
        return
    place = click.place
    if click.action in BUTTONS:
        act(desk, click.user, click.action, place, {})
        return
    scene = desk.scene(place.launch)
    email = desk.email(click.user, place.launch)
    case = case_of(scene, place.task, to=email, now=desk.now())
    if case is None:
        desk.answer(click.user, place, f"{scene.view.product} has no such task any more.")
    elif click.action == "task_open":
        desk.open(click.trigger, _details(desk, scene, case, place))
    elif hindrance := _hindrance(case, click.action, place, email):
        desk.answer(click.user, place, hindrance)
    else:
        desk.open(click.trigger, _form(desk, case, click.action, place, email))


def on_pick(desk: Desk, click: Click) -> None:
    """Show in the modal what the day just picked would move."""
    place = click.place
    email = desk.email(click.user, place.launch)
    case = case_of(desk.scene(place.launch), place.task, to=email, now=desk.now())
    if case is not None and click.picked:
        view = _extension(desk, case, place, email, date.fromisoformat(click.picked))
        desk.web.send("views.update", view_id=click.view, hash=click.hash, view=view)


def faults_of(desk: Desk, submission: Submission) -> dict[str, str]:
    """What is wrong with what was filled in, by the names of the inputs; empty where nothing is."""
    values, name = submission.values, submission.name
    if name == "task_done" and (link := values.get("link")) and (fault := answers.link_fault(link)):
        return {"link": fault}
    if name in ("task_block", "task_reject") and not values.get("reason"):
        return {"reason": "Please write a few words."}
    return _faults_of_day(desk, submission) if name == "task_extend" else {}


def on_submit(desk: Desk, submission: Submission) -> None:
    """Do what a modal stands for."""
    if first_time(desk.store, submission.key, submission.exact, now=desk.now()):
        act(desk, submission.user, submission.name, submission.place, submission.values)


def act(desk: Desk, user: str, action: str, place: Place, values: Values) -> None:
    """Carry a verb out for somebody, and show what came of it where they acted."""
    scene = desk.scene(place.launch)
    email = desk.email(user, place.launch)
    case = case_of(scene, place.task, to=email, now=desk.now())
    hindrance = _hindrance(case, action, place, email) if case else None
    if hindrance:
        desk.answer(user, place, hindrance)
        return
    outcome = carry_out(desk, action, place, email, values)
    reader = scene.reader(email, now=desk.now())
    said = answers.for_people(outcome.message, scene.view, reader=reader)
    told = action == "task_ack" or place.fleeting or not outcome.changed
    desk.show_message(place)
    if place.home:
        desk.show_home(user, note=said)
    elif told:
        desk.answer(user, place, f"{said[0].upper()}{said[1:]}.")


def carry_out(desk: Desk, action: str, place: Place, by: str, values: Values) -> Outcome:
    """The verb of an action, and its consequences; raises NotFound, Refused, NotYours."""
    outcome = _VERBS[action](desk, place, by, values)
    if outcome.changed:
        desk.later(place.launch)
    return outcome


def _hindrance(case: Case, action: str, place: Place, email: str) -> str | None:
    """Why somebody cannot do this, in kind words; None where they can."""
    people = answers.allowed(case.launch, case.task, action, more_time=bool(place.until))
    if email not in people:
        return answers.not_yours(case.launch, case.task, people, reader=case.reader)
    if action in ("task_approve", "task_reject") and not place.until and case.task.status is not TaskStatus.REVIEW:
        # the same verbs answer for more time, which nobody was asked about here
        return answers.over(case.launch, case.task) or "That was answered already. Nothing was changed."
    return answers.over(case.launch, case.task)


def _form(desk: Desk, case: Case, action: str, place: Place, email: str) -> View:
    if action == "task_extend":
        calendar = case.reader.calendar
        first = calendar.shift(calendar.last_on_or_before(max(case.task.due, case.reader.today)), 1)
        return _extension(desk, case, place, email, first)
    if action == "task_done":
        return done_modal(case, place)
    return block_modal(case, place) if action == "task_block" else reject_modal(case, place)


def _extension(desk: Desk, case: Case, place: Place, email: str, picked: date) -> View:
    try:
        extent = verbs.preview_extension(desk.store, place.launch, place.task, until=picked, by=email, now=desk.now())
    except Refused as error:
        refused = answers.for_people(str(error), case.launch, reader=case.reader)
        return extend_modal(case, place, picked=picked, extent=None, refused=f"{refused}.")
    return extend_modal(case, place, picked=picked, extent=extent)


def _details(desk: Desk, scene: Scene, case: Case, place: Place) -> View:
    with desk.store.read() as session:
        events = latest_events(session, place.launch, place.task)
    return details_modal(case, events, page=desk.page(scene), private=place.pack())


def _faults_of_day(desk: Desk, submission: Submission) -> dict[str, str]:
    place, picked = submission.place, submission.values.get("until")
    if not picked:
        return {"until": "Pick a day."}
    try:
        extent = verbs.preview_extension(
            desk.store, place.launch, place.task, until=date.fromisoformat(picked), now=desk.now()
        )
    except Refused:
        return {"until": "Pick a day after the due day, and not before today."}
    except LaunchKitsError:
        return {}  # told when it is carried out
    return {"until": "That is the due day already; pick a later one."} if extent.until == extent.due else {}


def _begin(desk: Desk, place: Place, by: str, _: Values) -> Outcome:
    return verbs.begin(desk.store, place.launch, place.task, by=by, now=desk.now())


def _done(desk: Desk, place: Place, by: str, values: Values) -> Outcome:
    link, note = values.get("link"), values.get("note")
    return verbs.done(desk.store, place.launch, place.task, by=by, now=desk.now(), link=link, note=note)


def _block(desk: Desk, place: Place, by: str, values: Values) -> Outcome:
    waits = f" (waits on {values['by']})" if values.get("by") else ""
    note = f"{values.get('reason', '')}{waits}"
    return verbs.block(desk.store, place.launch, place.task, by=by, now=desk.now(), note=note)


def _unblock(desk: Desk, place: Place, by: str, _: Values) -> Outcome:
    return verbs.unblock(desk.store, place.launch, place.task, by=by, now=desk.now())


def _extend(desk: Desk, place: Place, by: str, values: Values) -> Outcome:
    until = date.fromisoformat(values["until"])
    return verbs.extend(
        desk.store, place.launch, place.task, until=until, by=by, now=desk.now(), note=values.get("reason")
    )


def _approve(desk: Desk, place: Place, by: str, values: Values) -> Outcome:
    if place.asked_for:
        return _answer_for_time(desk, place, by, values, granted=True)
    return verbs.approve(desk.store, place.launch, place.task, by=by, now=desk.now())


def _reject(desk: Desk, place: Place, by: str, values: Values) -> Outcome:
    if place.asked_for:
        return _answer_for_time(desk, place, by, values, granted=False)
    return verbs.reject(desk.store, place.launch, place.task, by=by, now=desk.now(), note=values.get("reason"))


def _answer_for_time(desk: Desk, place: Place, by: str, values: Values, *, granted: bool) -> Outcome:
    return verbs.answer_extension(
        desk.store,
        place.launch,
        place.task,
        until=place.asked_for or date.max,
        granted=granted,
        by=by,
        now=desk.now(),
        note=values.get("reason"),
    )


def _ack(desk: Desk, place: Place, by: str, _: Values) -> Outcome:
    noted = verbs.note(desk.store, place.launch, place.task, by=by, now=desk.now(), note="On it")
    return Outcome(changed=noted.changed, message="Thank you, noted: reminders about it pause for a while")


_VERBS: Mapping[str, Verb] = {
    "task_ack": _ack,
    "task_approve": _approve,
    "task_begin": _begin,
    "task_block": _block,
    "task_done": _done,
    "task_extend": _extend,
    "task_reject": _reject,
    "task_unblock": _unblock,
}
