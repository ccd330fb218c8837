from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from launch_kits.database.store import Store
from launch_kits.verbs import done
from launch_kits.views.notices.context import ContextLoader
from launch_kits.views.notices.unfurl import unfurl
from launch_kits.views.room_links import RoomPlace
from tests.launches import NOW, SLUG


def said(store: Store, place: RoomPlace, *, later: int = 0) -> str | None:
    now = NOW + timedelta(days=later)
    context = ContextLoader(store, documents=Path("/nowhere")).of(SLUG, now=now)
    found = unfurl(place, context, now=now)
    return found.sentence if found else None


def test_a_task_is_told_as_it_is_then(falcon: Store) -> None:
    place = RoomPlace(SLUG, "tasks", "research")
    assert said(falcon, place) == (
        '"Research" (Falcon 2): Pia, due Mon 8 Feb. It is not started yet.'
    )
    overdue = said(falcon, place, later=40)
    assert overdue is not None
    assert "was due Mon 8 Feb" in overdue
    done(falcon, SLUG, "research", now=NOW)
    assert said(falcon, place) == (
        '"Research" (Falcon 2): Pia. It was done Mon 11 Jan by Pia.'
    )


def test_pages_of_a_launch_are_told_by_its_headline(falcon: Store) -> None:
    told = {said(falcon, RoomPlace(SLUG, page)) for page in ("", "gates", "desk")}
    assert len(told) == 1


def test_what_the_launch_does_not_have_is_not_told(falcon: Store) -> None:
    for page in ("tasks", "documents", "cards"):
        assert said(falcon, RoomPlace(SLUG, page, "gone")) is None
