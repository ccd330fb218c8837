"""Clicks and modals in Slack become verbs.

Each is checked, carried out once, and answered if it changes nothing.
"""

from __future__ import annotations

from datetime import date

from launch_kits import verbs
from launch_kits.database.records import TaskStatus
from launch_kits.errors import LaunchKitsError, Refused
from launch_kits.slack.api.payloads import ActionPlace, Click, Submission, as_day
from launch_kits.slack.inbound.action_verbs import VERBS, Values, checks_of
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.messages import answers
from launch_kits.slack.messages.details import details_modal, latest_events
from launch_kits.slack.messages.forms import View
from launch_kits.slack.messages.modals import (
    block_modal,
    done_modal,
    extend_modal,
    reject_modal,
)
from launch_kits.slack.messages.my_tasks import task_notice_of
from launch_kits.verbs import Change, ExtensionVerdict
from launch_kits.verbs.handout import waits_for_hand_out
from launch_kits.verbs.offers import hindrance
from launch_kits.verbs.task_checks import lacks_link, served_checks
from launch_kits.verbs.transaction import reading
from launch_kits.views.notices.task_notice import TaskNotice

__all__ = [
    "BUTTONS",
    "FORMS",
    "act",
    "faults_of",
    "on_click",
    "on_pick",
    "on_submit",
]

#: buttons that carry out a verb at once
BUTTONS = ("task_begin", "task_unblock", "task_approve", "task_ack")
#: buttons that open a modal first
FORMS = ("task_done", "task_block", "task_extend", "task_reject", "task_open")

_FAULTS_OF_VERDICT = {
    ExtensionVerdict.NOT_LATER: {
        "until": "It is expected no earlier without more time; pick a later day."
    },
    ExtensionVerdict.GRANTED_ALREADY: {
        "until": "It has until that day already; pick another one."
    },
}


def on_click(slack: SlackSession, click: Click) -> None:
    """Carry out the verb of a button, or open its modal."""
    place = click.place
    if click.action in BUTTONS:
        act(slack, click.user, click.action, place, {})
        return
    email = slack.email(click.user)
    with reading(slack.store, place.launch, now=slack.now()) as change:
        shown = _modal(slack, change, click, email)
        later = click.action == "task_open" and _is_for_later(change, place)
    if isinstance(shown, str):
        slack.answer(click.user, place, shown)
        return
    slack.open(click.trigger, shown)
    if later and verbs.ask_for(
        slack.store, place.launch, place.task, by=email, now=slack.now()
    ):
        # an owner who opens a task asks for it, and gets its message
        slack.later(place.launch)


def _is_for_later(change: Change, place: ActionPlace) -> bool:
    """Whether the owner of a task has not been told of it yet."""
    tasks = (task for task in change.tasks.values() if task.key == place.task)
    return any(map(waits_for_hand_out, tasks))


def _modal(slack: SlackSession, change: Change, click: Click, email: str) -> View | str:
    """The modal that a button opens, or why it opens none."""
    place = click.place
    context = slack.context_of(change)
    email = context.spelled(email)
    task_notice = task_notice_of(context, place.task, to=email, now=change.now)
    if task_notice is None:
        return f"{context.view.product} has no such task any more."
    if click.action == "task_open":
        events = latest_events(change.session, place.launch, place.task)
        return details_modal(
            task_notice, events, page=slack.page(context), private=place.pack()
        )
    why = _hindrance(task_notice, click.action, place, email)
    return why or _form(change, task_notice, click.action, place, email)


def on_pick(slack: SlackSession, click: Click) -> None:
    """Show in the modal the effect of the picked day."""
    place = click.place
    email = slack.email(click.user)
    with reading(slack.store, place.launch, now=slack.now()) as change:
        context = slack.context_of(change)
        email = context.spelled(email)
        task_notice = task_notice_of(context, place.task, to=email, now=change.now)
        picked = as_day(click.picked)
        if task_notice is None or picked is None:
            return
        view = _extension(change, task_notice, place, email, picked)
    slack.web.send("views.update", view_id=click.view, hash=click.hash, view=view)


def faults_of(slack: SlackSession, submission: Submission) -> dict[str, str]:
    """Check the values of a modal.

    Returns faults by the names of the inputs, none if all values are fine.
    """
    values = submission.values
    name = submission.name
    if name == "task_done":
        return _faults_of_link(slack, submission)
    if name in ("task_block", "task_reject") and not values.get("reason"):
        return {"reason": "Please write a few words."}
    return _faults_of_day(slack, submission) if name == "task_extend" else {}


def on_submit(slack: SlackSession, submission: Submission) -> None:
    """Carry out the verb of a modal."""
    act(slack, submission.user, submission.name, submission.place, submission.values)


def act(
    slack: SlackSession, user: str, action: str, place: ActionPlace, values: Values
) -> None:
    """Carry out a verb, and show its outcome at the place of the click.

    It reads the launch once: the check, the verb and the view are one transaction.
    Raises NotFound, Refused, NotYours.
    """
    email = slack.email(user)
    with slack.changing(place.launch) as change:
        context = slack.context_of(change)
        email = context.spelled(email)
        task_notice = task_notice_of(context, place.task, to=email, now=change.now)
        why = _hindrance(task_notice, action, place, email) if task_notice else None
        if why is None:
            outcome = VERBS[action](change, place, email, values)
            shown = slack.context_of(change)
    if why is not None:
        slack.answer(user, place, why)
        return
    if outcome.changed:
        slack.later(place.launch)
    reader = context.reader(email, now=change.now)
    said = answers.for_people(outcome.message, context.view, reader=reader)
    told = action == "task_ack" or place.fleeting or not outcome.changed
    slack.show_message(place, shown)
    if place.home:
        slack.show_home(user, note=said)
    elif told:
        slack.answer(user, place, f"{said[0].upper()}{said[1:]}.")


def _hindrance(
    task_notice: TaskNotice, action: str, place: ActionPlace, email: str
) -> str | None:
    """The reason why a person may not do this; None if they may."""
    reason = hindrance(
        task_notice.launch,
        task_notice.task,
        action.removeprefix("task_"),
        email,
        more_time=bool(place.until),
    )
    if reason is not None:
        return answers.not_yours(
            task_notice.launch,
            task_notice.task,
            reason.people,
            reader=task_notice.reader,
        )
    if (
        action in ("task_approve", "task_reject")
        and not place.until
        and task_notice.task.status is not TaskStatus.REVIEW
    ):
        # approve and reject answer requests for more time too, but this is not such a request
        return (
            answers.over(task_notice.launch, task_notice.task)
            or "That was answered already. Nothing was changed."
        )
    return answers.over(task_notice.launch, task_notice.task)


def _form(
    change: Change,
    task_notice: TaskNotice,
    action: str,
    place: ActionPlace,
    email: str,
) -> View:
    if action == "task_extend":
        calendar = task_notice.reader.calendar
        first = calendar.shift(
            calendar.last_on_or_before(
                max(
                    task_notice.task.expected_finish or task_notice.task.due,
                    task_notice.reader.today,
                )
            ),
            1,
        )
        return _extension(change, task_notice, place, email, first)
    if action == "task_done":
        task = change.task(place.task)
        served = served_checks(change, task, by=email)
        checks = [(f"{gate.stage}.{each.key}", each.title) for gate, each in served]
        return done_modal(task_notice, place, checks=checks)
    return (
        block_modal(task_notice, place)
        if action == "task_block"
        else reject_modal(task_notice, place)
    )


def _extension(
    change: Change,
    task_notice: TaskNotice,
    place: ActionPlace,
    email: str,
    picked: date,
) -> View:
    try:
        preview = verbs.preview_extension(
            change,
            place.launch,
            place.task,
            until=picked,
            by=email,
            now=change.now,
        )
    except Refused as error:
        refused = answers.for_people(
            str(error), task_notice.launch, reader=task_notice.reader
        )
        return extend_modal(
            task_notice, place, picked=picked, preview=None, refused=f"{refused}."
        )
    return extend_modal(task_notice, place, picked=picked, preview=preview)


def _faults_of_link(slack: SlackSession, submission: Submission) -> dict[str, str]:
    """Check the link to a result: a good one, and there if a ticked check needs it."""
    values, place = submission.values, submission.place
    if link := values.get("link"):
        fault = answers.link_fault(link)
        return {"link": fault} if fault else {}
    checks = checks_of(values)
    if not checks:
        return {}
    try:
        with reading(slack.store, place.launch, now=slack.now()) as change:
            lacking = lacks_link(change, change.task(place.task), checks)
    except LaunchKitsError:
        return {}  # the verb reports it
    return {"link": f"“{lacking}” needs a link to its evidence."} if lacking else {}


def _faults_of_day(slack: SlackSession, submission: Submission) -> dict[str, str]:
    place = submission.place
    picked = as_day(submission.values.get("until", ""))
    if picked is None:
        return {"until": "Pick a day."}
    try:
        preview = verbs.preview_extension(
            slack.store,
            place.launch,
            place.task,
            until=picked,
            now=slack.now(),
        )
    except Refused:
        return {"until": "Pick a day that is not past."}
    except LaunchKitsError:
        return {}  # the verb reports it
    return _FAULTS_OF_VERDICT.get(preview.verdict, {})
