from __future__ import annotations

from http import HTTPStatus

import pytest

from launch_kits.errors import (
    DatabaseBehind,
    NotFound,
    NotYours,
    PlanError,
    Refused,
)
from launch_kits.room.asked import MustSignIn, TooMany
from launch_kits.room.refusals import sentence_of, status_of, title_of


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("no such task"), 404),
        (NotYours("only the lead may"), 403),
        (TooMany(), 429),
        (DatabaseBehind("the database is behind"), 503),
        (MustSignIn(), 409),
        (Refused("done already"), 409),
        (PlanError("no day found"), 409),
    ],
)
def test_each_error_has_its_status(error, status):
    assert status_of(error) == status


@pytest.mark.parametrize("status", [*HTTPStatus])
def test_each_status_has_words_for_people(status):
    told = [title_of(status), sentence_of(status)]
    assert all(told)
    assert sentence_of(status).endswith(".")
    assert str(status.value) not in " ".join(told)
