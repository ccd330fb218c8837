from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from launch_kits.database.records import CardUseKind, SlackUser
from launch_kits.database.store import Store
from launch_kits.verbs import ask
from launch_kits.verbs.card_flags import flag
from launch_kits.verbs.card_uses import count_use
from launch_kits.views.notices.outsiders import (
    PersonOutside,
    named,
    names_outside,
    outsiders,
    people_of,
    zones_outside,
)
from tests.desk import NEW, OTHER, SELLER, with_desk
from tests.launches import NOW, SLUG, STRANGER, brief_with
from tests.slack.views import launch, task

PMM = "pmm@example.com"
BRIEF = brief_with()
VIEW = launch(task(owner=STRANGER.upper(), approver=PMM))


def test_people_outside_the_team_have_work_or_questions_or_doubts(
    store: Store,
) -> None:
    with_desk(store)
    view = replace(VIEW, slug=SLUG)
    with store.read() as session:
        assert people_of(session, view, BRIEF) == {STRANGER}
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    flag(store, SLUG, "osprey.y1", by="Doubter@example.com", now=NOW)
    count_use(store, SLUG, "osprey", CardUseKind.OPENED, by=OTHER, now=NOW)
    with store.read() as session:
        found = people_of(session, view, BRIEF)
    assert found == {STRANGER, SELLER, "doubter@example.com"}


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


def test_their_names_and_zones_are_read_for_many_launches(store: Store) -> None:
    with_desk(store)
    with store.write() as session:
        told = {"zone": "Asia/Tokyo", "read_at": NOW}
        session.add(SlackUser(id="U7", email=SELLER, name="Sora", **told))
        session.add(SlackUser(id="U8", email=OTHER, name="Omar", read_at=NOW))
    with store.read() as session:
        assert zones_outside(session, SELLER) == {}, "they have no part in it"
    ask(store, SLUG, NEW, by=SELLER, now=NOW)
    ask(store, SLUG, NEW, by=OTHER, now=NOW)
    with store.read() as session:
        assert zones_outside(session, SELLER.upper()) == {SLUG: "Asia/Tokyo"}
        assert zones_outside(session, OTHER) == {}
        assert names_outside(session, {SELLER, STRANGER}) == {SELLER: "Sora"}
        assert names_outside(session, ()) == {}
    flag(store, SLUG, "osprey.y1", by=STRANGER, now=NOW)
    with store.write() as session:
        session.add(SlackUser(id="U9", email=STRANGER, name="Stella", **told))
    with store.read() as session:
        assert zones_outside(session, STRANGER) == {SLUG: "Asia/Tokyo"}
