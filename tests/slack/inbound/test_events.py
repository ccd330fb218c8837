from __future__ import annotations

import pytest

from launch_kits.slack.inbound.events import EVENTS
from tests.slack.office import Office


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_is_acknowledged(falcon_office: Office, event: str) -> None:
    channel = {"id": "C9", "name": "falcon"} if "rename" in event else "C9"
    falcon_office.people.event({"type": event, "channel": channel})
    falcon_office.settle()
