from __future__ import annotations

from types import SimpleNamespace

import pytest

from launch_kits.room.returning import way_back


def asked(form="", query=""):
    return SimpleNamespace(field=lambda _: form, wanted=lambda _: query)


@pytest.mark.parametrize(
    ("form", "query", "back"),
    [
        ("/me", "", "/me"),
        (
            "",
            "/launches/falcon-2?stage=story#tasks",
            "/launches/falcon-2?stage=story#tasks",
        ),
        ("", "", "/page"),
        ("//evil.example", "", "/page"),
        ("/\\evil.example", "", "/page"),
        ("https://evil.example", "", "/page"),
        ("/a\r\nSet-Cookie: x", "", "/page"),
        ("javascript:alert(1)", "", "/page"),
    ],
)
def test_an_act_leads_back_within_the_room(form, query, back):
    assert way_back(asked(form, query), "/page") == back
