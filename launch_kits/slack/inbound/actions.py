"""Clicks and modals in Slack become verbs.

Each is checked, carried out once, and answered if it changes nothing.
"""

from __future__ import annotations

from datetime import date

from launch_kits import verbs
from launch_kits.database.records import TaskStatus
from launch_kits.errors import LaunchKitsError, Refused
from launch_kits.slack.api.payloads import ActionPlace, Click, Submission
from launch_kits.slack.inbound.action_verbs import VERBS, Values
from launch_kits.slack.inbound.deduplication import first_time
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.messages import answers
from launch_kits.slack.messages.context import MessageContext
from launch_kits.slack.messages.details import details_modal, latest_events
from launch_kits.slack.messages.forms import View
from launch_kits.slack.messages.modals import (
    block_modal,
    done_modal,
    extend_modal,
    reject_modal,
)
from launch_kits.slack.messages.my_tasks import task_notice_of
from launch_kits.slack.messages.tasks import TaskNotice
from launch_kits.verbs import Outcome

__all__ = [
    "BUTTONS",
    "FORMS",
    "act",
    "carry_out",
    "faults_of",
    "on_click",
    "on_pick",
    "on_submit",
]

#: buttons that carry out a verb at once
BUTTONS = ("task_begin", "task_unblock", "task_approve", "task_ack")
#: buttons that open a modal first
FORMS = ("task_done", "task_block", "task_extend", "task_reject", "task_open")


def on_click(slack: SlackSession, click: Click) -> None:
    """Carry out the verb of a button, or open its modal."""
    if not first_time(slack.store, click.key, now=slack.now()):
        return
    place = click.place
    if click.action in BUTTONS:
        act(slack, click.user, click.action, place, {})
        return
    context = slack.context(place.launch)
    email = slack.email(click.user, place.launch)
    task_notice = task_notice_of(context, place.task, to=email, now=slack.now())
    if task_notice is None:
        slack.answer(
            click.user, place, f"{context.view.product} has no such task any more."
        )
    elif click.action == "task_open":
        slack.open(click.trigger, _details(slack, context, task_notice, place))
    elif hindrance := _hindrance(task_notice, click.action, place, email):
        slack.answer(click.user, place, hindrance)
    else:
        slack.open(click.trigger, _form(slack, task_notice, click.action, place, email))


def on_pick(slack: SlackSession, click: Click) -> None:
    """Show in the modal the effect of the picked day."""
    place = click.place
    email = slack.email(click.user, place.launch)
    task_notice = task_notice_of(
        slack.context(place.launch), place.task, to=email, now=slack.now()
    )
    if task_notice is not None and click.picked:
        view = _extension(
            slack, task_notice, place, email, date.fromisoformat(click.picked)
        )
        slack.web.send("views.update", view_id=click.view, hash=click.hash, view=view)


def faults_of(slack: SlackSession, submission: Submission) -> dict[str, str]:
    """Check the values of a modal.

    Returns faults by the names of the inputs, none if all values are fine.
    """
    values = submission.values
    name = submission.name
    if (
        name == "task_done"
        and (link := values.get("link"))
        and (fault := answers.link_fault(link))
    ):
        return {"link": fault}
    if name in ("task_block", "task_reject") and not values.get("reason"):
        return {"reason": "Please write a few words."}
    return _faults_of_day(slack, submission) if name == "task_extend" else {}


def on_submit(slack: SlackSession, submission: Submission) -> None:
    """Carry out the verb of a modal."""
    if first_time(slack.store, submission.key, submission.exact, now=slack.now()):
        act(
            slack, submission.user, submission.name, submission.place, submission.values
        )


def act(
    slack: SlackSession, user: str, action: str, place: ActionPlace, values: Values
) -> None:
    """Carry out a verb for a user, and show the result in the same place."""
    context = slack.context(place.launch)
    email = slack.email(user, place.launch)
    task_notice = task_notice_of(context, place.task, to=email, now=slack.now())
    hindrance = _hindrance(task_notice, action, place, email) if task_notice else None
    if hindrance:
        slack.answer(user, place, hindrance)
        return
    outcome = carry_out(slack, action, place, email, values)
    reader = context.reader(email, now=slack.now())
    said = answers.for_people(outcome.message, context.view, reader=reader)
    told = action == "task_ack" or place.fleeting or not outcome.changed
    slack.show_message(place)
    if place.home:
        slack.show_home(user, note=said)
    elif told:
        slack.answer(user, place, f"{said[0].upper()}{said[1:]}.")


def carry_out(
    slack: SlackSession, action: str, place: ActionPlace, by: str, values: Values
) -> Outcome:
    """Carry out the verb of an action, and follow it up if it changed anything.

    Raises NotFound, Refused, NotYours.
    """
    outcome = VERBS[action](slack, place, by, values)
    if outcome.changed:
        slack.later(place.launch)
    return outcome


def _hindrance(
    task_notice: TaskNotice, action: str, place: ActionPlace, email: str
) -> str | None:
    """The reason why a person may not do this; None if they may."""
    people = answers.allowed(
        task_notice.launch, task_notice.task, action, more_time=bool(place.until)
    )
    if email not in people:
        return answers.not_yours(
            task_notice.launch, task_notice.task, people, reader=task_notice.reader
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
    slack: SlackSession,
    task_notice: TaskNotice,
    action: str,
    place: ActionPlace,
    email: str,
) -> View:
    if action == "task_extend":
        calendar = task_notice.reader.calendar
        first = calendar.shift(
            calendar.last_on_or_before(
                max(task_notice.task.due, task_notice.reader.today)
            ),
            1,
        )
        return _extension(slack, task_notice, place, email, first)
    if action == "task_done":
        return done_modal(task_notice, place)
    return (
        block_modal(task_notice, place)
        if action == "task_block"
        else reject_modal(task_notice, place)
    )


def _extension(
    slack: SlackSession,
    task_notice: TaskNotice,
    place: ActionPlace,
    email: str,
    picked: date,
) -> View:
    try:
        preview = verbs.preview_extension(
            slack.store,
            place.launch,
            place.task,
            until=picked,
            by=email,
            now=slack.now(),
        )
    except Refused as error:
        refused = answers.for_people(
            str(error), task_notice.launch, reader=task_notice.reader
        )
        return extend_modal(
            task_notice, place, picked=picked, preview=None, refused=f"{refused}."
        )
    return extend_modal(task_notice, place, picked=picked, preview=preview)


def _details(
    slack: SlackSession,
    context: MessageContext,
    task_notice: TaskNotice,
    place: ActionPlace,
) -> View:
    with slack.store.read() as session:
        events = latest_events(session, place.launch, place.task)
    return details_modal(
        task_notice, events, page=slack.page(context), private=place.pack()
    )


def _faults_of_day(slack: SlackSession, submission: Submission) -> dict[str, str]:
    place = submission.place
    picked = submission.values.get("until")
    if not picked:
        return {"until": "Pick a day."}
    try:
        preview = verbs.preview_extension(
            slack.store,
            place.launch,
            place.task,
            until=date.fromisoformat(picked),
            now=slack.now(),
        )
    except Refused:
        return {"until": "Pick a day after the due day, and not before today."}
    except LaunchKitsError:
        return {}  # the verb reports it
    return (
        {"until": "That is the due day already; pick a later one."}
        if preview.until == preview.due
        else {}
    )
