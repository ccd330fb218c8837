from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

import launch_kits
from launch_kits.database.records import EVENT_PHRASES, Event, EventVerb, phrase_of
from launch_kits.database.store import Store
from tests.launches import LEAD, SLUG, at

VERBS = Path(launch_kits.__file__).parent / "verbs"


def recorded() -> set[str]:
    """The members of EventVerb that the verbs name."""
    return {
        node.attr.lower()
        for path in VERBS.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "EventVerb"
    }


def test_every_event_has_its_phrases():
    assert list(EVENT_PHRASES) == list(EventVerb)
    for phrase in EVENT_PHRASES.values():
        assert phrase
        parts = {name for _, name, _, _ in Formatter().parse(phrase) if name}
        assert parts <= {"owner", "until", "due"}


def test_no_verb_is_kept_that_nothing_records():
    # `upgrade` is the name that the command of that name gives to an update
    assert recorded() | {"upgrade"} == set(EventVerb)


def test_more_time_asked_for_is_told_apart_from_more_time_taken():
    assert phrase_of("extend", {"asked": True}) == "asked for more time, until {until}"
    assert phrase_of("extend", {"due": "x"}) == "took more time, until {until}"
    assert phrase_of("extend", {}) == "gave time until {until}"


def test_a_launch_that_a_person_closed_is_told_apart_from_one_whose_work_is_done():
    assert phrase_of("finished", {"dropped": 2}) == "closed the launch"
    assert phrase_of("finished", {}) == "every task is done"


def test_an_unknown_verb_is_told_by_its_name():
    assert phrase_of("frobnicate", {}) == "frobnicate"


@pytest.mark.parametrize("verb", EventVerb)
def test_the_database_takes_every_known_verb(falcon: Store, verb: EventVerb):
    with falcon.write() as session:
        session.add(Event(launch=SLUG, at=at("01-11"), by=LEAD, verb=verb))
    with falcon.read() as session:
        assert verb in session.exec(select(Event.verb)).all()


def test_the_database_refuses_an_unknown_verb(falcon: Store):
    with (
        pytest.raises(IntegrityError, match="verb_is_known"),
        falcon.write() as session,
    ):
        session.add(Event(launch=SLUG, at=at("01-11"), by=LEAD, verb="frobnicate"))
