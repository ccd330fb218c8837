from __future__ import annotations

import inspect
from dataclasses import FrozenInstanceError

import pytest

from launch_kits.errors import LaunchKitsError
from launch_kits.slack.api.faults import SlackFault
from launch_kits.slack.outbound.client import connect
from launch_kits.slack.outbound.conversation import Conversation
from launch_kits.views.notices.channel import Channel, ChannelLimits, NotSent, Place
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.worker.console import Console
from tests.launches import SLUG
from tests.slack.conftest import NOW, falcon_office
from tests.slack.office import Office
from tests.slack.stand_in import Fault
from tests.slack.views import notice

__all__ = ["falcon_office"]


@pytest.mark.parametrize("channel", [Console, Conversation])
@pytest.mark.parametrize("method", ["send", "edit", "find"])
def test_each_channel_takes_what_the_protocol_gives(channel, method):
    asked = inspect.signature(getattr(Channel, method)).parameters.values()
    taken = inspect.signature(getattr(channel, method)).parameters.values()
    assert [each.kind for each in taken] == [each.kind for each in asked]
    keywords = [each.name for each in asked if each.kind is each.KEYWORD_ONLY]
    assert [each.name for each in taken if each.kind is each.KEYWORD_ONLY] == keywords


@pytest.mark.parametrize(
    ("channel", "hours", "edits"), [(Console, False, False), (Conversation, True, True)]
)
def test_each_channel_states_its_limits(channel, hours, edits):
    limits = channel.limits
    assert isinstance(limits, ChannelLimits)
    assert (limits.hours, limits.edits) == (hours, edits)
    assert limits.sentence > 100


def test_a_printed_line_has_a_place_that_cannot_be_edited():
    printed: list[str] = []
    message = NoticeMessage(sentence="Valkey 9.0 is out.")
    place = Console(printed.append).send(notice("news", None), message)
    assert (place.channel, place.ts, place.shown) == ("console", None, None)
    assert printed[1] == "  Valkey 9.0 is out."


def test_a_fault_in_delivery_names_itself_to_people():
    assert issubclass(NotSent, LaunchKitsError)


def test_a_place_does_not_change():
    place = Place("C1", "1.1")
    with pytest.raises(FrozenInstanceError):
        place.ts = "2.2"  # type: ignore[misc]


def every_kind(kind: type[Exception]) -> list[type[Exception]]:
    return [kind, *(one for each in kind.__subclasses__() for one in every_kind(each))]


def test_every_fault_of_slack_is_one_that_a_channel_may_raise():
    kinds = every_kind(SlackFault)
    assert len(kinds) > 5
    assert all(issubclass(kind, NotSent) for kind in kinds)


FAULTS = (
    *("lost", "drop", "limited", "broken", "page", "channel_not_found", "invalid_auth"),
    *("missing_scope", "no_such_error", "<odd>"),
)
CALLS = {
    "send": "chat.postMessage",
    "edit": "chat.update",
    "find": "conversations.history",
}


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("method", CALLS)
def test_whatever_slack_answers_its_channel_raises_not_sent(
    falcon_office: Office, kind: str, method: str
) -> None:
    office = falcon_office
    conversation = Conversation(
        connect(office.settings), "C9", context=office.app.slack.context(SLUG)
    )
    office.slack.faults.append(Fault(CALLS[method], kind, times=9))
    filed = notice("news", None)
    filed.ts = "1.1"
    given = {"now": NOW} if method == "find" else {}
    message = [] if method == "find" else [NoticeMessage(sentence="It is out.")]
    with pytest.raises(NotSent):
        getattr(conversation, method)(filed, *message, **given)


def test_a_console_that_is_closed_raises_not_sent():
    def closed(_: str) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    with pytest.raises(NotSent, match="the console cannot be written: broken pipe"):
        Console(closed).send(notice("news", None), NoticeMessage(sentence="It is out."))
