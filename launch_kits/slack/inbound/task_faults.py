"""The faults of the values in a modal about a task, before it is carried out."""

from __future__ import annotations

from launch_kits import verbs
from launch_kits.errors import LaunchKitsError, Refused
from launch_kits.slack.api.payloads import Submission, as_day
from launch_kits.slack.inbound.action_verbs import checks_of
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.verbs import ExtensionVerdict
from launch_kits.verbs.task_checks import lacks_link
from launch_kits.verbs.transaction import reading
from launch_kits.views import answers

__all__ = ["faults_of"]

_FAULTS_OF_VERDICT = {
    ExtensionVerdict.NOT_LATER: {
        "until": "It is expected no earlier without more time; pick a later day."
    },
    ExtensionVerdict.GRANTED_ALREADY: {
        "until": "It has until that day already; pick another one."
    },
}


def faults_of(slack: SlackSession, submission: Submission) -> dict[str, str]:
    """Check the values of a modal.

    Returns faults by the names of the inputs, none if all values are fine.
    """
    values = submission.values
    name = submission.name
    if name == "task_done":
        return _faults_of_link(slack, submission)
    if name in _REASONS and not values.get("reason"):
        return {"reason": "Please write a few words."}
    return _faults_of_day(slack, submission) if name == "task_extend" else {}


#: forms that need a few words
_REASONS = ("task_block", "task_reject", "task_reply")


def _faults_of_link(slack: SlackSession, submission: Submission) -> dict[str, str]:
    """Check the link to a result: a good one, and there if a ticked check needs it."""
    values = submission.values
    place = submission.place
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
    return {"link": f'"{lacking}" needs a link to its evidence.'} if lacking else {}


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
