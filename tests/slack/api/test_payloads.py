from __future__ import annotations

from datetime import date

import pytest

from launch_kits.slack.api.payloads import ActionPlace, Click, Command, Submission

PLACE = ActionPlace(
    launch="falcon-2",
    task="battlecard:kite",
    until="2027-02-11",
    channel="D1",
    ts="1.1",
    url="https://x",
)


def click(**changes: object) -> Click:
    action = {
        "type": "button",
        "action_id": "task_begin",
        "value": "falcon-2|battlecard:kite",
        "action_ts": "1.2",
    }
    body = {
        "user": {"id": "U1"},
        "trigger_id": "t1",
        "response_url": "https://x",
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "D1"},
        "actions": [{**action, **changes}],
    }
    return Click.read(body)


def test_a_button_names_its_task() -> None:
    found = click()
    assert found.place == ActionPlace(
        launch="falcon-2",
        task="battlecard:kite",
        channel="D1",
        ts="1.1",
        url="https://x",
    )
    assert (found.user, found.action, found.trigger) == ("U1", "task_begin", "t1")


def test_a_button_of_a_request_names_the_requested_day() -> None:
    assert click(value="falcon-2|battlecard:kite|2027-02-11").place == PLACE
    assert PLACE.asked_for == date(2027, 2, 11)
    assert click(value="falcon-2|battlecard:kite|soon").place.asked_for is None


def test_a_number_after_a_button_s_id_is_not_part_of_it() -> None:
    assert click(action_id="task_begin:12").action == "task_begin"


def test_the_same_click_has_the_same_key_and_another_has_another() -> None:
    assert click().key == click().key
    assert click().key != click(action_ts="1.3").key
    assert click().key != click(action_id="task_done").key


@pytest.mark.parametrize(
    "body",
    [{}, {"actions": []}, {"actions": [1], "user": "U1", "view": 3, "container": None}],
)
def test_a_payload_without_meaning_is_read_as_empty(body: dict[str, object]) -> None:
    assert Click.read(body).place == ActionPlace()
    assert Submission.read(body).values == {}
    assert Command.read(body).words == ()


def test_empty_inputs_are_missing() -> None:
    values = {
        "link": {"link": {"type": "url_text_input", "value": None}},
        "note": {"note": {"type": "plain_text_input", "value": "  two words "}},
        "until": {"until": {"type": "datepicker", "selected_date": "2027-02-11"}},
        "kit": {
            "kit": {"type": "static_select", "selected_option": {"value": "small"}}
        },
        "checks": {
            "checks": {
                "type": "checkboxes",
                "selected_options": [{"value": "a.b"}, {"value": "c.1"}, "no box"],
            }
        },
        "more": {"more": {"type": "checkboxes", "selected_options": []}},
    }
    view = {
        "id": "V1",
        "callback_id": "task_done",
        "private_metadata": PLACE.pack(),
        "state": {"values": values},
    }
    found = Submission.read({"user": {"id": "U1"}, "view": view})
    assert found.values == {
        "note": "two words",
        "until": "2027-02-11",
        "kit": "small",
        "checks": "a.b,c.1",
    }
    assert (found.name, found.place, found.key) == ("task_done", PLACE, "modal:V1")


def test_a_place_is_the_same_after_pack_and_unpack() -> None:
    assert ActionPlace.unpack(PLACE.pack()) == PLACE
    for broken in (
        "",
        "no json",
        "[]",
        '{"launch": 1, "home": "yes", "more": 2}',
        None,
    ):
        assert ActionPlace.unpack(broken) == ActionPlace()
