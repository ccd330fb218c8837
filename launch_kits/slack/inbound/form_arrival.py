"""The arrival of a submitted form: checked, kept, and answered before Slack gives up.

Slack waits three seconds, and then shows a fault of its own while the form stays open. A form that
is answered later is therefore not carried out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from launch_kits.errors import DatabaseError
from launch_kits.slack.api.payloads import Submission
from launch_kits.slack.inbound import inbox
from launch_kits.slack.inbound.inbox import Arrival, KeptPayload
from launch_kits.slack.inbound.modal_check import at_first_input, faults_of_modal
from launch_kits.slack.inbound.refusals import refusal_of
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.messages.late import DONE_BEFORE, TOO_LATE

__all__ = ["LATEST", "Deadline", "FormAnswer", "take_form"]

#: seconds after its arrival at which a form is too late; Slack's answer needs some of its three
LATEST = 2.4


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of the time in which a form can be acknowledged; ``came`` counts seconds."""

    came: float

    def is_open(self) -> bool:
        """Whether the form can still be acknowledged."""
        return time.monotonic() - self.came < LATEST


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """The answer to a form."""

    #: by the names of its inputs; none if the form is taken
    faults: Mapping[str, str] = field(default_factory=dict)
    #: the modal that is laid over it, if it is only previewed
    preview: Mapping[str, object] | None = None
    #: whether it is to be worked on
    work: bool = False
    #: a sentence for the user besides
    said: str = ""

    def response(self, *, closes_all: bool) -> Mapping[str, Any]:
        """The body of the answer to Slack; ``closes_all`` closes the modals below as well."""
        if self.faults:
            return {"response_action": "errors", "errors": dict(self.faults)}
        if self.preview is not None:
            return {"response_action": "push", "view": dict(self.preview)}
        return {"response_action": "clear"} if closes_all else {}


def take_form(
    slack: SlackSession,
    payload: KeptPayload,
    check: Callable[[], Mapping[str, str]],
    *,
    in_time: Callable[[], bool],
    preview: Callable[[], Mapping[str, object]] | None = None,
) -> FormAnswer:
    """Check a form and keep it, unless it is faulty or too late; raises nothing.

    With a ``preview`` it is not kept: that modal is shown instead. A form that was carried out
    before is fine, whatever its check would say now.
    """
    sent = Submission.read(payload.body)
    refusal = partial(refusal_of, slack, sent.place)
    try:
        before = inbox.find_form(slack.store, payload.key)
    except DatabaseError as error:
        return FormAnswer(faults_of_modal(sent, _raise(error), refusal=refusal))
    if before is not None:
        other = before.digest != payload.digest
        return FormAnswer(work=not before.done, said=DONE_BEFORE if other else "")
    previews: list[Mapping[str, object]] = []

    def checked(_: Submission) -> Mapping[str, str]:
        found = check()
        if preview is not None and not found:
            previews.append(preview())
        return found

    faults = faults_of_modal(sent, checked, refusal=refusal)
    if faults:
        return FormAnswer(faults)
    if previews:
        return FormAnswer(preview=previews[0])
    return _keep(slack, payload, sent, in_time=in_time)


def _keep(
    slack: SlackSession,
    payload: KeptPayload,
    sent: Submission,
    *,
    in_time: Callable[[], bool],
) -> FormAnswer:
    try:
        arrival = inbox.keep(slack.store, payload, now=slack.now(), in_time=in_time)
    except DatabaseError as error:
        refusal = partial(refusal_of, slack, sent.place)
        return FormAnswer(faults_of_modal(sent, _raise(error), refusal=refusal))
    if arrival is Arrival.LATE:
        return FormAnswer(at_first_input(sent, TOO_LATE), said=TOO_LATE)
    return FormAnswer(work=arrival is not Arrival.DONE)


def _raise(error: Exception) -> Callable[[Submission], Mapping[str, str]]:
    def fail(_: Submission) -> Mapping[str, str]:
        raise error

    return fail
