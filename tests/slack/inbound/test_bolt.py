from __future__ import annotations

import logging

import pytest

from launch_kits.errors import DatabaseError
from launch_kits.slack.inbound import inbox
from tests.launches import PMM, SLUG, status
from tests.slack.office import Office
from tests.slack.workspace import signature


def test_a_click_and_an_event_that_cannot_be_kept_are_not_acknowledged(
    falcon_office: Office,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise DatabaseError("the database is locked")

    statuses: list[int] = []

    def send(body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        answered = falcon_office.app.answer(body, headers)
        statuses.append(answered.status)
        return 200, answered.body

    message = falcon_office.message(PMM, "Positioning")
    place = f"D{falcon_office.slack.people[PMM]}"
    falcon_office.people.send = send
    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(inbox, "keep", locked)
        falcon_office.click(PMM, "task_begin", f"{SLUG}|positioning")
        falcon_office.people.delete(place, message["ts"])
    assert statuses == [500, 500]
    assert "could not be acknowledged" in caplog.text
    assert signature(b"")["x-slack-signature"] not in caplog.text
    assert status(falcon_office.store, "positioning") == "ready"
