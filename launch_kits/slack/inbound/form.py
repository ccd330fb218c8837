"""A form in Slack: the modal that a click opens, its check, its preview and its verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from launch_kits.slack.inbound.action_verbs import Values
from launch_kits.slack.inbound.asked import LaunchRequest
from launch_kits.slack.messages.forms import View
from launch_kits.verbs import Outcome

__all__ = ["Faults", "Form"]

#: faults of a form, by the names of its inputs
Faults = Mapping[str, str]


def _no_faults(_asked: LaunchRequest, _values: Values) -> Faults:
    return {}


def _none(_asked: LaunchRequest) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Form:
    """The parts of a form; each reads the launch within one transaction.

    Each raises LaunchKitsError. ``show`` returns a text if it opens no modal. ``check`` and
    ``preview`` are called before Slack is answered, so they ask Slack for nothing, and know the
    person only by ``place.reader``.
    """

    show: Callable[[LaunchRequest], View | str] | None = None
    #: why the form is of no use now, as a sentence for people, or None: asked each time that it is
    #: opened, previewed or sent
    why_not: Callable[[LaunchRequest], str | None] = _none
    check: Callable[[LaunchRequest, Values], Faults] = _no_faults
    #: the modal that is laid over the form instead of carrying it out
    preview: Callable[[LaunchRequest, Values], View] | None = None
    #: whether ``show`` tries the verb, to tell its effects
    tries: bool = False
    #: carries it out; the outcome's message is a sentence for people
    do: Callable[[LaunchRequest, Values], Outcome] | None = None
    #: the work after the transaction, which writes nothing then; it may be done again, and
    #: returns another sentence
    after: Callable[[LaunchRequest, str], str] | None = None
    #: whether the modals below are closed with it
    closes_all: bool = True
