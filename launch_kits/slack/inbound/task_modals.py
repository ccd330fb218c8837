"""The modals about one task, and the reasons why none is opened."""

from __future__ import annotations

from datetime import date

from launch_kits import verbs
from launch_kits.database.records import Launch, Task, TaskStatus
from launch_kits.errors import NotReady, Refused
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound.asked import LaunchRequest
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.messages.details import details_modal, latest_events
from launch_kits.slack.messages.forms import View
from launch_kits.slack.messages.modals import (
    block_modal,
    done_modal,
    extend_modal,
    reject_modal,
    reply_modal,
)
from launch_kits.slack.messages.task_forms import with_buttons
from launch_kits.verbs import Change
from launch_kits.verbs.content_approval import content_question
from launch_kits.verbs.decision_gates import must_pass_gates
from launch_kits.verbs.offers import LaunchPeople, denial
from launch_kits.verbs.permissions import Denial, Verb
from launch_kits.verbs.task_checks import served_checks
from launch_kits.views import answers
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.text import quoted, shorten
from launch_kits.views.personal_queue import task_notice_of

__all__ = [
    "asked_again",
    "extension",
    "is_denied",
    "modal_of",
    "open_gates",
    "why_not",
]

#: the verbs of the buttons in the details of a task
_DETAILS = {
    "task_tick": Verb.TICK,
    "task_edit": Verb.EDIT,
    "task_reassign": Verb.REASSIGN,
    "task_drop": Verb.DROP,
    "task_reopen": Verb.REOPEN,
}


def modal_of(
    slack: SlackSession,
    change: Change,
    action: str,
    place: ActionPlace,
    email: str,
) -> View | str:
    """The modal that an action opens, or why it opens none."""
    context = slack.context_of(change)
    email = context.spelled(email)
    task_notice = task_notice_of(context, place.task, to=email, now=change.now)
    if task_notice is None:
        return f"{context.view.product} has no such task any more."
    if action == "task_open":
        events = latest_events(change.session, place.launch, place.task)
        shown = details_modal(
            task_notice, events, page=slack.page(context), private=place.pack()
        )
        asked = LaunchRequest(slack, change, context, place, email)
        about = ActionPlace(launch=place.launch, task=place.task).pack()
        return with_buttons(shown, task_notice.task, _task_buttons(asked), value=about)
    if action == "task_done":
        why = open_gates(change, task_notice, verb="done")
        if why:
            return why
    again = asked_again(change, place.task)
    why = why_not(task_notice, action, place, email, again=again)
    return why or _form(change, task_notice, action, place, email)


def asked_again(change: Change, key: str) -> bool:
    """Whether the approver is asked about the new content of a finished task."""
    tasks = (task for task in change.tasks.values() if task.key == key)
    return any(content_question(change, task) for task in tasks)


def _task_buttons(asked: LaunchRequest) -> set[str]:
    """The buttons in the details that a person may press, by action id."""
    allowed = {name for name, verb in _DETAILS.items() if asked.may(verb)}
    if asked.may(Verb.DECIDE, asked.launch_subject()):
        allowed.add("task_decide")
    return {*allowed, "launch_gates"}


def why_not(
    task_notice: TaskNotice,
    action: str,
    place: ActionPlace,
    email: str,
    *,
    again: bool = False,
) -> str | None:
    """The reason why a person may not do this; None if they may.

    ``again`` tells that the approver is asked about the new content of finished work.
    """
    launch = task_notice.launch
    task = task_notice.task
    found = _reason(launch, task, action, place, email, people=launch, again=again)
    if isinstance(found, Denial):
        reader = task_notice.reader
        return answers.not_yours(launch, task, found.people, reader=reader)
    return found


def is_denied(change: Change, action: str, place: ActionPlace, email: str) -> bool:
    """Whether `why_not` gives a reason, found without a view of the launch."""
    task = next(
        (each for each in change.tasks.values() if each.key == place.task), None
    )
    if task is None:
        return False
    again = asked_again(change, place.task)
    launch = change.launch
    found = _reason(launch, task, action, place, email, people=change, again=again)
    return found is not None


def _reason(
    launch: Launch | LaunchView,
    task: Task | TaskView,
    action: str,
    place: ActionPlace,
    email: str,
    *,
    people: LaunchPeople,
    again: bool,
) -> Denial | str | None:
    """Who may do this instead of the person, or the sentence that tells why no one may."""
    verb = action.removeprefix("task_")
    denied = denial(people, task, verb, email, more_time=bool(place.until))
    if denied is not None:
        return denied
    answers_review = action in ("task_approve", "task_reject") and not place.until
    if again and answers_review:
        return None
    if answers_review and task.status != TaskStatus.REVIEW:
        # approve and reject answer requests for more time too, but this is not such a request
        return (
            answers.over(launch, task)
            or "That was answered already. Nothing was changed."
        )
    return answers.over(launch, task)


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
        return extension(change, task_notice, place, email, first)
    if action == "task_done":
        task = change.task(place.task)
        served = served_checks(change, task, by=email)
        checks = [(f"{gate.stage}.{each.key}", each.title) for gate, each in served]
        return done_modal(task_notice, place, checks=checks)
    if action == "task_reply":
        return reply_modal(task_notice, place)
    return (
        block_modal(task_notice, place, hears=_lead_hears(change, task_notice, email))
        if action == "task_block"
        else reject_modal(task_notice, place)
    )


def _lead_hears(change: Change, task_notice: TaskNotice, email: str) -> str | None:
    """Say when the lead, or the person who acts for them, is told of blocked work.

    None if it is the lead who says that it is blocked.
    """
    if change.lead.lower() == email.lower():
        return None
    person = change.away.reached(change.lead)
    reader = task_notice.reader
    name = shorten(reader.name(person))
    at = change.calendars.sends_at(person, now=change.now)
    if at <= change.now:
        return f"{name} is told now."
    local = at.astimezone(reader.zone)
    return f"{name} is told {reader.day(at)}, {local:%H:%M}."


def extension(
    change: Change,
    task_notice: TaskNotice,
    place: ActionPlace,
    email: str,
    picked: date,
) -> View:
    """Return the modal for more time, with the effect of a day."""
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


def open_gates(change: Change, task_notice: TaskNotice, *, verb: str) -> str | None:
    """Return why a go or no-go cannot be finished yet; None if its checks are met."""
    task = task_notice.task
    try:
        must_pass_gates(change, change.task(task.key), verb=verb)
    except NotReady as error:
        reasons = "; ".join(
            answers.for_people(each, task_notice.launch, reader=task_notice.reader)
            for each in error.reasons
        )
        return (
            f"{quoted(task.title)} cannot be done yet, because these checks are open: "
            f"{reasons}. Meet them, or use its button Decide for a no-go."
        )
    return None
