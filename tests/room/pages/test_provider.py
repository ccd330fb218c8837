from __future__ import annotations

from launch_kits.room.attempts import MOST
from launch_kits.room.oidc import CALLBACK
from tests.room.visiting import text_of


def test_guesses_have_to_wait(visit):
    for _ in range(MOST):
        visit.get(CALLBACK)
    assert "Too many attempts" in text_of(visit.get(CALLBACK).text)
