"""Why something was not done, in the words of the launch that it is about."""

from __future__ import annotations

import re

from launch_kits.errors import LaunchKitsError
from launch_kits.slack.api.faults import Rejected
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.messages.late import TOO_LATE_TO_OPEN
from launch_kits.views import answers

__all__ = ["refusal_of"]

#: the launch that an error names
_LAUNCH = re.compile(r'launch "([a-z0-9-]+)"')

#: Slack's codes if a form comes more than three seconds after the click that opens it
_TRIGGER_OVER = frozenset(
    {
        "expired_trigger_id",
        "exchanged_trigger_id",
        "trigger_expired",
        "trigger_exchanged",
    }
)


def refusal_of(slack: SlackSession, place: ActionPlace, error: LaunchKitsError) -> str:
    """Why something was not done, with titles for keys and days as the person reads them.

    It asks Slack for nothing, and raises nothing.
    """
    if isinstance(error, Rejected) and error.code in _TRIGGER_OVER:
        return TOO_LATE_TO_OPEN
    named = _LAUNCH.search(str(error))
    launch = place.launch or (named[1] if named else "")
    try:
        context = slack.context(launch) if launch else None
    except LaunchKitsError:
        context = None
    if context is None:
        return answers.refusal(error, None, reader=None)
    who = place.reader or f"#{context.view.channel}"
    reader = context.reader(who, now=slack.now())
    return answers.refusal(error, context.view, reader=reader)
