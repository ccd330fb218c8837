"""The check of a submitted modal, whose faults are shown in the modal.

Slack waits three seconds for the answer, and shows a fault of its own if there is none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from launch_kits.errors import LaunchKitsError
from launch_kits.settings.visible import one_line
from launch_kits.slack.api.payloads import Submission
from launch_kits.slack.messages.answers import apology
from launch_kits.views.notices.text import cut

__all__ = ["MOST_FAULT", "at_first_input", "faults_of_modal"]

#: the most characters of a fault at its field
MOST_FAULT = 300

_log = logging.getLogger(__name__)


def faults_of_modal(
    submission: Submission,
    check: Callable[[Submission], Mapping[str, str]],
    *,
    refusal: Callable[[LaunchKitsError], str],
) -> dict[str, str]:
    """Check a modal; returns its faults by the names of its inputs, none if it is fine.

    A check that fails is shown at the first input, so that the person sees it and can submit the
    modal again; ``refusal`` says why in the person's words. Raises nothing.
    """
    try:
        return dict(check(submission))
    except LaunchKitsError as error:
        _log.info("a modal from Slack could not be checked: %s", one_line(str(error)))
        said = refusal(error)
    except Exception:  # noqa: BLE001  a fault of ours: an apology, and a log line
        _log.exception("a modal from Slack could not be checked")
        said = apology().text
    return at_first_input(submission, said)


def at_first_input(submission: Submission, said: str) -> dict[str, str]:
    """A sentence as the fault of the first input of a modal."""
    return {submission.first: cut(said, MOST_FAULT)}
