from __future__ import annotations

import dataclasses
from datetime import timedelta

from launch_kits.board.unfinished import finish_requests
from launch_kits.slack.api.payloads import Click, Submission
from launch_kits.slack.inbound import inbox
from launch_kits.slack.inbound.inbox import AT_WORK, KeptPayload, PayloadKind
from tests.launches import LEAD, PMM, SLUG, dump, status
from tests.slack.office import Office

FILLED = {"product": "Heron 3", "launch": "heron-3", "launch_on": "2027-09-01"}


def acknowledged(office: Office) -> KeptPayload:
    place = f"{SLUG}|positioning"
    body = office.people.pressed(PMM, "task_begin", place, channel="C9")
    payload = KeptPayload(PayloadKind.CLICK, Click.read(body).key, body)
    inbox.keep(office.store, payload, now=office.now)
    return payload


def finish(office: Office, *, after: timedelta = AT_WORK) -> int:
    return finish_requests(
        office.store, settings=office.settings, now=office.now + after
    )


def test_a_sweep_does_what_an_app_acknowledged_and_left(falcon_office: Office) -> None:
    acknowledged(falcon_office)
    assert finish(falcon_office, after=timedelta(seconds=1)) == 0
    assert finish(falcon_office) == 1
    assert status(falcon_office.store, "positioning") == "doing"
    assert finish(falcon_office) == 0


def test_a_sweep_opens_a_launch_that_was_asked_for_by_a_form(
    falcon_office: Office,
) -> None:
    falcon_office.type(LEAD, "start")
    modal = falcon_office.slack.modals[-1][1]
    body = falcon_office.people.filled(LEAD, modal, **FILLED)
    sent = Submission.read(body)
    payload = KeptPayload(PayloadKind.FORM, sent.key, body, sent.digest)
    inbox.keep(falcon_office.store, payload, now=falcon_office.now)
    assert finish(falcon_office) == 1
    assert finish(falcon_office) == 0
    assert "heron-3" in str(dump(falcon_office.store)["launch"])
    assert falcon_office.told.startswith("Heron 3 is started")


def test_nothing_is_done_without_a_bot_token(falcon_office: Office) -> None:
    acknowledged(falcon_office)
    falcon_office.settings = dataclasses.replace(
        falcon_office.settings, slack_bot_token=None
    )
    assert finish(falcon_office) == 0
    assert status(falcon_office.store, "positioning") == "ready"
