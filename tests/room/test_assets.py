from __future__ import annotations

import hashlib
from importlib.resources import files

import pytest
from starlette.testclient import TestClient

from launch_kits.room.assets import TYPES, address_of, asset_route
from launch_kits.server.application import application

STATIC = files("launch_kits.room").joinpath("static")
#: files of others, as their package holds them
VENDORED = {
    "htmx-4.0.1.min.js": (
        "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"
    )
}


@pytest.mark.parametrize("name", VENDORED)
def test_files_of_others_are_unchanged(name):
    content = STATIC.joinpath(name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == VENDORED[name]


@pytest.mark.parametrize("name", TYPES)
def test_a_file_is_served_under_the_address_of_its_content(name):
    client = TestClient(application([asset_route()]))
    answer = client.get(address_of(name))
    assert answer.status_code == 200
    assert answer.content == STATIC.joinpath(name).read_bytes()
    assert "immutable" in answer.headers["cache-control"]
    for other in (
        f"/static/0/{name}",
        f"{address_of(name)}x",
        "/static/0/..%2Fpage.py",
    ):
        assert client.get(other).status_code == 404


def test_every_file_is_served_or_a_licence():
    there = {path.name for path in STATIC.iterdir()}
    assert there - set(TYPES) == {"htmx-LICENSE.txt"}
