from __future__ import annotations

import pytest

from launch_kits.room.asked import MustSignIn, RoomRequest
from launch_kits.room.visitors import SignInMethod, Visitor
from tests.launches import LEAD, NOW


def asked(email=None, **parts):
    given = {"query": {}, "form": {}, **parts}
    return RoomRequest(
        None,
        Visitor(SignInMethod.HEADER, email),
        "/",
        {"launch": "x"},
        now=NOW,
        **given,
    )


def test_an_act_needs_a_person():
    assert asked(LEAD).email == LEAD
    with pytest.raises(MustSignIn, match="choose who you are"):
        _ = asked().email


def test_fields_are_read_without_their_blanks():
    found = asked(form={"note": [" a ", "b"], "none": []}, query={"state": ["done"]})
    assert (found.field("note"), found.field("none"), found.field("x")) == ("a", "", "")
    assert (found.wanted("state"), found.wanted("note")) == ("done", "")
    assert found.slug == "x"
