"""Tests that share a fixture run in one worker, so that it is made once."""

from __future__ import annotations

import pytest


def _shares_a_fixture(item: pytest.Item) -> bool:
    """Whether a fixture of a module, made once for several tests, is among those of a test."""
    found = getattr(item, "_fixtureinfo", None)
    made = found.name2fixturedefs.values() if found else ()
    return any(each[-1].scope == "module" for each in made)


def test_tests_of_one_fixture_have_one_group(request: pytest.FixtureRequest) -> None:
    groups: dict[str, set[str]] = {}
    for item in request.session.items:
        if _shares_a_fixture(item):
            marker = item.get_closest_marker("xdist_group")
            name = marker.args[0] if marker else f"none for {item.name}"
            groups.setdefault(item.path.as_posix(), set()).add(name)
    assert {path: names for path, names in groups.items() if len(names) > 1} == {}
    assert not [names for names in groups.values() if "none for" in str(names)]


def test_pytest_xdist_reads_the_groups(request: pytest.FixtureRequest) -> None:
    if not getattr(request.config.option, "loadgroup", False):
        pytest.skip("one process runs all tests")
    for item in request.session.items:
        marker = item.get_closest_marker("xdist_group")
        assert marker is None or item.nodeid.endswith(f"@{marker.args[0]}")
