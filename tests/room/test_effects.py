from __future__ import annotations

from launch_kits.room.asked import Room, RoomRequest
from launch_kits.room.attempts import Attempts
from launch_kits.room.effects import effect_of
from launch_kits.room.visitors import SignInMethod, Visitor
from launch_kits.settings import Settings
from launch_kits.verbs import drop, extend, note, reassign
from launch_kits.views.kept_contexts import KeptContexts
from launch_kits.views.kept_documents import KeptDocuments
from tests.launches import LEAD, NOW, PMM, SLUG, STRANGER, at, dump, opened


def asked(store, home) -> RoomRequest:
    settings = Settings.read({"LAUNCH_KITS_HOME": str(home)})
    room = Room(
        settings=settings,
        store=store,
        launches=KeptContexts(store, documents=settings.documents),
        documents=KeptDocuments(store, documents=settings.documents, folders=()),
        clock=lambda: NOW,
        follow_up=lambda _: None,
        attempts=Attempts(),
    )
    visitor = Visitor(SignInMethod.OPERATOR, LEAD)
    names = {"launch": SLUG}
    return RoomRequest(room, visitor, "/", names, query={}, form={}, now=NOW)


def effect(store, home, verb, **more):
    return effect_of(
        asked(store, home),
        lambda change: verb(change, SLUG, "positioning", now=NOW, **more),
    )


def test_an_effect_names_changes_and_the_people_told(store, tmp_path):
    opened(store)
    before = dump(store)
    found = effect(store, tmp_path, drop, by=PMM)
    assert found.changed
    assert "Positioning: awaiting owner → dropped." in found.changes
    assert "Legal review: waiting → awaiting owner." in found.changes
    assert found.told
    assert dump(store) == before


def test_an_effect_names_the_day_on_which_the_launch_lands(store, tmp_path):
    opened(store)
    until = at("03-25").date()
    found = effect(store, tmp_path, extend, by=LEAD, until=until)
    assert any("lands on" in each and "instead of" in each for each in found.changes)
    assert any("due" in each for each in found.changes)


def test_an_effect_has_the_warnings_of_its_verb(store, tmp_path):
    opened(store)
    found = effect(store, tmp_path, reassign, by=LEAD, to=STRANGER)
    assert any(STRANGER in each for each in (*found.changes, *found.warnings))
    assert found.warnings


def test_a_small_act_changes_nothing_else(store, tmp_path):
    opened(store)
    found = effect(store, tmp_path, note, by=PMM, note="Seen")
    assert list(found.changes)[1:] == []
    assert "still lands on" in found.changes[0]
    assert not found.told
