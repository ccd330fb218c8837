from __future__ import annotations

from zoneinfo import ZoneInfo

from launch_kits.database.records import SlackUser
from launch_kits.database.store import Store
from launch_kits.views.notices.outsiders import (
    PersonOutside,
    named,
    outsiders,
    people_of,
)
from tests.launches import NOW, STRANGER, brief_with
from tests.slack.views import launch, task

PMM, BRIEF = "pmm@example.com", brief_with()
VIEW = launch(task(owner=STRANGER.upper(), approver=PMM))


def test_people_outside_the_team_have_work() -> None:
    assert people_of(VIEW, BRIEF) == {STRANGER.upper()}


def test_slack_tells_their_names_and_zones(store: Store) -> None:
    with store.write() as session:
        told = {"name": "Sora", "zone": "Asia/Tokyo", "read_at": NOW}
        session.add(SlackUser(id="U7", email=STRANGER, **told))
        session.add(SlackUser(id="U8", email=PMM, **told))
    with store.read() as session:
        found = outsiders(session, VIEW, BRIEF)
        assert outsiders(session, launch(task()), BRIEF) == {}
    assert found == {STRANGER: PersonOutside("Sora", ZoneInfo("Asia/Tokyo"))}
    assert named(VIEW, found).tasks[0].owner_name == "Sora"
    assert named(VIEW, {}) is VIEW
