from __future__ import annotations

from datetime import UTC
from typing import Any, cast

from launch_kits.room.people import known_people, starts_first, zone_of
from launch_kits.room.visitors import SignInMethod, Visitor
from launch_kits.views.kept_contexts import KeptContexts
from tests.launches import LEAD, NOW, SALES, opened


class Asked:
    """The parts of a request that tell of people."""

    def __init__(self, store: Any, visitor: Visitor, folder: Any) -> None:
        self.room = self
        self.store = store
        self.launches = KeptContexts(store, documents=folder)
        self.now = NOW
        self.visitor = visitor


def test_people_are_told_once_with_all_their_roles(store, tmp_path):
    opened(store)
    asked = cast("Any", Asked(store, Visitor(SignInMethod.OPERATOR, LEAD), tmp_path))
    found = known_people(asked)
    assert (LEAD, "Lee", "lead") in found
    assert [name for _, name, _ in found] == sorted(name for _, name, _ in found)
    assert zone_of(asked, SALES).key == "Asia/Singapore"
    assert zone_of(asked, "x@example.org").utcoffset(NOW) == UTC.utcoffset(NOW)


def test_only_the_operator_without_a_team_to_choose_from_starts_first(store, tmp_path):
    nobody = Visitor(SignInMethod.OPERATOR, None)
    assert starts_first(cast("Any", Asked(store, nobody, tmp_path)))
    guest = Visitor(SignInMethod.OIDC, None)
    assert not starts_first(cast("Any", Asked(store, guest, tmp_path)))
    opened(store)
    assert not starts_first(cast("Any", Asked(store, nobody, tmp_path)))
