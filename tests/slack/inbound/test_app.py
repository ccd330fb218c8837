from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import httpx
import pytest

from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound import routes
from launch_kits.slack.inbound.app import SlackApp
from tests.launches import PMM, SLUG, dump, status
from tests.slack.office import Office
from tests.slack.stand_in import TOKEN, Fault
from tests.slack.workspace import SECRET, over_http, signature


def request(office: Office) -> bytes:
    payload = office.people.pressed(
        PMM, "task_begin", f"{SLUG}|positioning", channel="C9"
    )
    return urlencode({"payload": json.dumps(payload)}).encode()


def send(office: Office, body: bytes, headers: Mapping[str, str]) -> int:
    answered = office.app.answer(
        body, {"content-type": "application/x-www-form-urlencoded", **headers}
    )
    office.settle()
    return answered.status


def test_a_signed_request_is_answered_over_the_port(falcon_office: Office) -> None:
    with falcon_office.on_port() as url:
        body = request(falcon_office)
        headers = {
            **signature(body),
            "content-type": "application/x-www-form-urlencoded",
        }
        assert over_http(url)(body, headers) == (200, "")
        falcon_office.settle()
        assert status(falcon_office.store, "positioning") == "doing"
        assert over_http(url)(body, {})[0] == 401
        assert httpx.get(url, trust_env=False).status_code == 405


@pytest.mark.parametrize(
    "forge",
    [
        lambda body: {},
        lambda body: signature(body, secret="another"),
        lambda body: signature(body, age=301),
        lambda body: signature(body, age=-301),
        lambda body: signature(body + b" "),
        lambda body: {**signature(body), "x-slack-signature": ""},
        lambda body: {**signature(body), "x-slack-request-timestamp": ""},
        lambda body: {**signature(body), "x-slack-request-timestamp": "soon"},
        lambda body: {**signature(body), "x-slack-request-timestamp": "٣"},
        lambda body: {"x-slack-signature": signature(body)["x-slack-signature"]},
    ],
    ids=[
        "nothing",
        "secret",
        "old",
        "early",
        "body",
        "empty",
        "no time",
        "words",
        "digits",
        "unstamped",
    ],
)
def test_a_request_without_a_valid_signature_is_refused(
    falcon_office: Office, forge
) -> None:
    before = dump(falcon_office.store)
    body = request(falcon_office)
    assert send(falcon_office, body, forge(body)) == 401
    assert dump(falcon_office.store) == before
    assert falcon_office.slack.called("users.info") == 0


def test_a_signature_is_valid_for_five_minutes(falcon_office: Office) -> None:
    body = request(falcon_office)
    assert send(falcon_office, body, signature(body, age=290)) == 200


def test_a_body_that_is_not_text_is_refused(falcon_office: Office) -> None:
    assert send(falcon_office, b"\xff", signature(b"\xff")) == 400


@pytest.mark.parametrize(
    "body", [b"payload=%7B%7D", b"payload=no+json", b"nothing", b"", b"payload=%5B%5D"]
)
def test_a_signed_body_without_meaning_changes_nothing(
    falcon_office: Office, body: bytes
) -> None:
    before = dump(falcon_office.store)
    assert send(falcon_office, body, signature(body)) in (400, 404)
    assert dump(falcon_office.store) == before


def test_the_url_verification_of_slack_is_answered(falcon_office: Office) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    answered = falcon_office.app.answer(
        body, {**signature(body), "content-type": "application/json"}
    )
    assert (answered.status, "abc" in answered.body) == (200, True)


def test_an_unknown_button_is_acknowledged(falcon_office: Office) -> None:
    falcon_office.click(PMM, "something_else", "x")
    assert falcon_office.slack.told == []


def test_an_acknowledgement_does_not_wait_for_work(
    falcon_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()
    done = []
    slow = {**routes.CLICKS, "task_begin": lambda *_: done.append(held.wait(600))}
    monkeypatch.setattr(routes, "CLICKS", slow)
    falcon_office.people.click(PMM, "task_begin", f"{SLUG}|positioning", channel="C9")
    assert done == [], "it is answered, and the work has not ended"
    held.set()
    falcon_office.settle()
    assert done == [True]


def test_fifty_at_once_are_each_acknowledged_and_done_once(
    falcon_office: Office,
) -> None:
    """Within how many seconds is measured by `make bench`."""
    payload = falcon_office.people.pressed(
        PMM, "task_begin", f"{SLUG}|positioning", channel="C9"
    )
    others = [
        falcon_office.people.pressed(PMM, "task_open", f"{SLUG}|research", channel="C9")
        for _ in range(25)
    ]
    with falcon_office.on_port() as url, ThreadPoolExecutor(50) as pool:
        falcon_office.people.send = over_http(url)
        list(pool.map(falcon_office.people.post, [payload] * 25 + others))
        falcon_office.settle()
    assert status(falcon_office.store, "positioning") == "doing"
    told = [each["text"] for each in falcon_office.slack.told]
    assert told == ['"Positioning" is begun; it is due Mon 1 Feb.']
    assert len(falcon_office.slack.modals) == 25


def test_the_verb_is_done_if_slack_cannot_be_reached(
    falcon_office: Office,
) -> None:
    falcon_office.people.click(PMM, "task_open", f"{SLUG}|research", channel="C9")
    falcon_office.settle()
    falcon_office.slack.faults += [
        Fault("chat.update", "broken", times=9),
        Fault("chat.postEphemeral", "drop", times=9),
    ]
    falcon_office.press(PMM, falcon_office.message(PMM, "Positioning"), "task_begin")
    assert status(falcon_office.store, "positioning") == "doing"


def test_nothing_is_done_if_slack_does_not_know_the_user(
    falcon_office: Office,
) -> None:
    falcon_office.slack.faults.append(Fault("users.info", "user_not_found"))
    falcon_office.click(PMM, "task_begin", f"{SLUG}|positioning")
    assert falcon_office.told == "Slack did not answer as it should. Please try again."
    assert status(falcon_office.store, "positioning") == "ready"


def test_opening_the_app_does_not_call_slack(falcon_office: Office) -> None:
    calls = len(falcon_office.slack.calls)
    app = SlackApp(
        falcon_office.store, falcon_office.settings, host=falcon_office.app.slack.host
    )
    assert app.answer(b"", {}).status == 401
    app.close()
    assert len(falcon_office.slack.calls) == calls


def test_no_secret_is_logged(
    falcon_office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    body = request(falcon_office)
    send(falcon_office, body, signature(body))
    send(falcon_office, body, signature(body, secret="another"))
    falcon_office.slack.faults.append(Fault("views.open", "broken"))
    falcon_office.click(PMM, "task_open", f"{SLUG}|positioning")
    said = caplog.text
    assert not any(
        secret in said
        for secret in (TOKEN, SECRET, signature(body)["x-slack-signature"])
    )


DEEP = 3000
DEEPLY = {
    "objects": '{"a":' * DEEP + "1" + "}" * DEEP,
    "lists": "[" * DEEP + "]" * DEEP,
    "actions": '{"type": "x", "actions": ' + "[" * 60 + "]" * 60 + "}",
}


@pytest.mark.parametrize("body", DEEPLY.values(), ids=DEEPLY)
@pytest.mark.parametrize("form", [False, True])
def test_a_signed_body_that_is_nested_deeply_is_refused(
    falcon_office: Office, body: str, form: bool
) -> None:
    sent = urlencode({"payload": body}).encode() if form else body.encode()
    before = dump(falcon_office.store)
    with falcon_office.on_port() as url:
        headers = {
            "content-type": "application/x-www-form-urlencoded"
            if form
            else "application/json"
        }
        assert over_http(url)(sent, {**signature(sent), **headers})[0] == 400
    assert dump(falcon_office.store) == before


def test_a_place_that_is_nested_deeply_is_empty() -> None:
    assert ActionPlace.unpack(DEEPLY["objects"]) == ActionPlace()


def click(office: Office) -> dict[str, str]:
    return {
        "payload": json.dumps(
            office.people.pressed(
                PMM, "task_begin", f"{SLUG}|positioning", channel="C9"
            )
        )
    }


def command(office: Office) -> dict[str, str]:
    slack = office.slack
    place = {"trigger_id": "t9", "response_url": slack.response_url, "channel_id": "C9"}
    return {
        "command": "/launch",
        "text": f"done {SLUG} positioning",
        "user_id": slack.people[PMM],
        "team_id": slack.team_id,
        **place,
    }


def more_time(office: Office) -> dict[str, str]:
    """Answered by a fault once the due day has moved."""
    office.click(PMM, "task_extend", f"{SLUG}|research")
    filled = office.people.filled(
        PMM, office.slack.modals[-1][1], until="2027-02-12", reason="x"
    )
    return {"payload": json.dumps(filled)}


def too_early(office: Office) -> dict[str, str]:
    """Answered by a fault at once."""
    office.click(PMM, "task_extend", f"{SLUG}|research")
    return {
        "payload": json.dumps(
            office.people.filled(
                PMM, office.slack.modals[-1][1], until="2027-01-12", reason="x"
            )
        )
    }


def home(office: Office) -> str:
    event = {"type": "app_home_opened", "user": office.slack.people[PMM], "tab": "home"}
    payload = {"type": "event_callback", "team_id": "T1", "event": event}
    return json.dumps(payload)


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("made", [click, command, more_time, too_early, home])
def test_a_request_sent_again_changes_nothing_and_is_answered_the_same(
    falcon_office: Office,
    made: Callable[[Office], dict[str, str] | str],
    restarted: bool,
) -> None:
    sent = made(falcon_office)
    kind = (
        "application/json"
        if isinstance(sent, str)
        else "application/x-www-form-urlencoded"
    )
    body = (sent if isinstance(sent, str) else urlencode(sent)).encode()
    headers = {**signature(body), "content-type": kind}
    first = falcon_office.app.answer(body, headers)
    assert first.status == 200
    falcon_office.settle()
    after = dump(falcon_office.store)
    said = len(falcon_office.slack.told)
    app = falcon_office.app
    if restarted:
        app = SlackApp(
            falcon_office.store,
            falcon_office.settings,
            host=app.slack.host,
            clock=lambda: falcon_office.now,
        )
    again = [app.answer(body, headers) for _ in range(3)]
    falcon_office.settle()
    if restarted:
        app.close()
    assert again == [first] * 3
    assert dump(falcon_office.store) == after
    assert len(falcon_office.slack.told) == said
