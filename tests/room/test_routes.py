from __future__ import annotations

import inspect
import logging
from urllib.parse import unquote, urlsplit

import pytest
from starlette.routing import Match

from launch_kits.board.follow_up import FollowUp
from launch_kits.errors import DatabaseError
from launch_kits.room import routes
from launch_kits.room.routes import LaunchRoom
from launch_kits.views.room_pages import RoomPages
from tests.launches import SLUG
from tests.room.visiting import HOST


def test_each_page_of_the_folder_has_its_route(visit):
    paths = {route.path for route in visit.room.routes}
    assert {
        "/launches",
        "/launches/{launch}",
        "/launches/{launch}/gates",
        "/launches/{launch}/tasks/{task}",
        "/me",
        "/sign-in",
        "/live",
        "/static/{digest}/{name}",
    } <= paths


def test_no_address_both_reads_and_changes(visit):
    for route in visit.room.routes:
        assert route.methods in ({"GET", "HEAD"}, {"POST"}), route.path


def test_each_address_that_others_link_to_is_a_page(visit):
    given = {"slug": SLUG, "key": "a:b c", "number": 1}
    for name, method in inspect.getmembers(RoomPages(HOST), inspect.ismethod):
        if name.startswith("_"):
            continue
        names = inspect.signature(method).parameters
        address = urlsplit(method(**{each: given[each] for each in names}))
        assert f"{address.scheme}://{address.netloc}" == HOST
        scope = {"type": "http", "method": "GET", "path": unquote(address.path)}
        found = [route.matches(scope)[0] for route in visit.room.routes]
        assert Match.FULL in found, name


@pytest.mark.parametrize("fails", [True, False])
def test_what_a_follow_up_says_goes_to_the_log(visit, monkeypatch, caplog, fails):
    def follow_up(*_: object, **__: object) -> FollowUp:
        if fails:
            raise DatabaseError("the database is away")
        return FollowUp(warnings=("a document is missing",))

    monkeypatch.setattr(routes, "follow_up", follow_up)
    room: LaunchRoom = visit.room
    with caplog.at_level(logging.INFO, routes.__name__):
        room._follow_up(SLUG)
    assert ("away" in caplog.text) is fails
    assert ("missing" in caplog.text) is not fails


#: addresses that people who are not known yet may open
OPEN = {
    *("/oidc/start", "/oidc/callback", "/static/{digest}/{name}"),
    *("/shared/{secret}", "/shared/{secret}/calendar.ics"),
    *("/shared/{secret}/timeline.svg", "/shared/{secret}/{task}/{format}"),
}
NAMES = {
    "launch": SLUG,
    "task": "positioning",
    "verb": "done",
    "stage": "story",
    "check": "everybody-tells-it",
    "deed": "check",
    "digest": "0",
    "name": "room.css",
    "reader": "internal",
    "card": "kite",
    "link": "1",
    "secret": "guessed",
    "question": "1",
    "format": "html",
}


def test_no_page_is_open_to_strangers_by_accident(visit):
    stranger = visit.another(host="http://abc.tunnel.example")
    for route in visit.room.routes:
        path = route.path.format(**NAMES)
        for method in route.methods:
            answer = stranger.request(method, path)
            assert (answer.status_code == 401) is (route.path not in OPEN), path
            assert "Falcon" not in answer.text, path
