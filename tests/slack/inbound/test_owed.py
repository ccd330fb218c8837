from __future__ import annotations

import json
from typing import Any

import pytest

from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound.owed import OwedAnswer, read_owed
from launch_kits.slack.messages.answers import note
from launch_kits.slack.messages.blocks import Message

PLACE = ActionPlace(launch="falcon-2", channel="D1", url="https://x.example/1")


@pytest.mark.parametrize("said", ["Done.", note("Done.")])
def test_an_answer_comes_back_from_json_as_it_was(said: Message | str) -> None:
    owed = OwedAnswer("U1", PLACE, said)
    assert read_owed(json.loads(json.dumps(owed.content()))) == owed


@pytest.mark.parametrize("content", [{}, {"user": "U1"}, {"user": 1, "text": "x"}])
def test_an_answer_of_another_version_is_none(content: dict[str, Any]) -> None:
    assert read_owed(content) is None
