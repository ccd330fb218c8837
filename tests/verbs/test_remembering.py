from __future__ import annotations

import pytest
from sqlmodel import select

from launch_kits import verbs
from launch_kits.database.records import Undoable
from launch_kits.database.store import Store
from launch_kits.verbs.actors import Door
from launch_kits.verbs.trial import trying
from tests.launches import LEAD, NOW, PMM, SLUG, opened


def remembered(store: Store) -> list[tuple[str, int]]:
    with store.read() as session:
        return [
            (each.by, len(each.events)) for each in session.exec(select(Undoable)).all()
        ]


@pytest.mark.parametrize("door", [None, Door.SWEEP, Door.PREFECT])
def test_acts_of_no_person_are_not_remembered(store, door):
    opened(store)
    made = Store(store.url, door=door)
    verbs.begin(made, SLUG, "positioning", now=NOW)
    made.close()
    with store.read() as session:
        assert session.exec(select(Undoable)).all() == []


@pytest.mark.parametrize("door", [Door.ROOM, Door.SLACK, Door.COMMAND_LINE])
def test_acts_of_people_are_remembered_with_all_that_they_bring_about(store, door):
    opened(store)
    made = Store(store.url, door=door)
    verbs.done(made, SLUG, "positioning", now=NOW)
    made.close()
    assert remembered(store) == [(PMM, 4)]


def test_previews_refusals_and_endings_are_not_remembered(store):
    opened(store)
    made = Store(store.url, door=Door.ROOM)
    with trying(made, SLUG, now=NOW) as change:
        verbs.begin(change, SLUG, "positioning", now=NOW)
    assert not verbs.unblock(made, SLUG, "positioning", now=NOW).changed
    verbs.cancel(made, SLUG, by=LEAD, now=NOW)
    made.close()
    assert remembered(store) == []
