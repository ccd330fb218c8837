from __future__ import annotations

import pytest

from launch_kits.errors import NotFound
from launch_kits.verbs import note
from launch_kits.views.history import HistoryFilter, acts_in, read_history
from tests.launches import LEGAL, NOW, PMM, SLUG


def test_events_are_found_by_each_part(falcon):
    note(falcon, SLUG, "research", by=PMM, now=NOW, note="one")
    note(falcon, SLUG, "legal_review", by=LEGAL, now=NOW, note="two")

    def found(**wanted):
        with falcon.read() as session:
            events = read_history(session, SLUG, HistoryFilter(**wanted))
        return [each.note for each in events if each.verb == "note"]

    assert found() == ["two", "one"]
    assert found(by=PMM.upper()) == ["one"]
    assert found(task="legal_review") == ["two"]
    assert found(verb="start") == []
    assert found(since=NOW) == ["two", "one"]
    assert found(until=NOW) == []


def test_people_and_verbs_are_named_once(falcon):
    note(falcon, SLUG, "research", by=PMM, now=NOW, note="one")
    note(falcon, SLUG, "research", by=PMM, now=NOW, note="two")
    with falcon.read() as session:
        people, verbs = acts_in(session, SLUG)
        assert people.count(PMM) == verbs.count("note") == 1
        with pytest.raises(NotFound):
            read_history(session, "nope", HistoryFilter())
