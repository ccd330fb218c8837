from __future__ import annotations

import inspect
from dataclasses import FrozenInstanceError

import pytest

from launch_kits.errors import LaunchKitsError
from launch_kits.slack.outbound.conversation import Conversation
from launch_kits.views.notices.channel import Channel, ChannelLimits, NotSent, Place
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.worker.console import Console
from tests.slack.views import notice


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
