from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from launch_kits.slack.api.faults import RateLimited, ReadInPart, TokenRefused, Unclear
from launch_kits.slack.api.transport import PACE, PAGES, Wire, items, part, text

DATE = {"Date": "Mon, 11 Jan 2027 15:00:00 GMT"}


class Clock:
    """Seconds that pass only by sleeping."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


class Client:
    """Slack's client with prepared answers: replies, or errors to raise."""

    proxy = None

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.calls: list[tuple[str, Any]] = []

    def api_call(self, method: str, *, params: Any = None, json: Any = None) -> Any:
        self.calls.append((method, params or json))
        answer = self.answers.pop(0) if self.answers else {}
        if isinstance(answer, Exception):
            raise answer
        return SimpleNamespace(data=answer, headers=DATE)


def _refusal(code: str, *, status: int = 200, **headers: str) -> SlackApiError:
    answer = SimpleNamespace(
        status_code=status, headers=headers, data={"ok": False, "error": code}
    )
    return SlackApiError("no", answer)


def _wire(*answers: Any) -> tuple[Wire, Client, Clock]:
    client = Client(*answers)
    clock = Clock()
    return Wire(client, clock=clock, sleep=clock.sleep), client, clock


def test_an_accepted_call_records_slacks_time() -> None:
    wire, client, _ = _wire({"ok": True})
    assert (wire.accepted, wire.heard_at) == (False, 0.0)
    assert wire.ask("auth.test", team="T") == {"ok": True}
    assert client.calls == [("auth.test", {"team": "T"})]
    assert (wire.accepted, wire.heard_at) == (True, 1799679600.0)


def test_posts_to_one_channel_are_apart_and_others_are_not() -> None:
    wire, _, clock = _wire()
    wire.post("C1", text="a")
    wire.post("C2", text="a")
    assert clock.slept == []
    assert wire.opens_in("C1") == pytest.approx(PACE)
    wire.post("C1", text="b")
    assert clock.slept == [PACE]


def test_a_limited_method_is_not_called_until_its_time_is_over() -> None:
    wire, client, clock = _wire(
        _refusal("ratelimited", status=429, **{"Retry-After": "7"})
    )
    for _ in range(2):
        with pytest.raises(RateLimited):
            wire.ask("users.info")
    assert len(client.calls) == 1
    clock.sleep(7)
    assert wire.ask("users.info") == {}


def test_a_limit_of_another_process_is_obeyed() -> None:
    wire, client, _ = _wire()
    wire.limit("chat.postMessage C1", seconds=3)
    assert wire.opens_in("C1") == 3
    with pytest.raises(RateLimited, match="again in 3 s"):
        wire.post("C1", text="a")
    assert client.calls == []
    wire.post("C2", text="a")


def test_a_refused_token_is_remembered() -> None:
    wire, _, _ = _wire({"ok": True}, _refusal("invalid_auth"))
    wire.ask("auth.test")
    with pytest.raises(TokenRefused):
        wire.ask("auth.test")
    assert not wire.accepted


@pytest.mark.parametrize(
    ("error", "words", "settles"),
    [
        (TimeoutError(), "did not answer in time", 60.0),
        (
            ConnectionError("reset"),
            "could not be reached, or its answer was lost (reset)",
            0.0,
        ),
    ],
)
def test_a_lost_answer_is_unclear(error: Exception, words: str, settles: float) -> None:
    wire, client, _ = _wire(error)
    with pytest.raises(Unclear) as fault:
        wire.update("C1", ts="1")
    assert words in str(fault.value)
    assert fault.value.settles_in == settles
    assert len(client.calls) == 1


def test_pages_are_read_to_the_last_cursor() -> None:
    more = {"response_metadata": {"next_cursor": "x"}}
    wire, client, _ = _wire(more, more, {"response_metadata": {"next_cursor": ""}})
    assert len(list(wire.pages("conversations.list", limit=2))) == 3
    assert [given.get("cursor") for _, given in client.calls] == [None, "x", "x"]
    endless, client, _ = _wire(*[more] * (PAGES + 5))
    pages = endless.pages("conversations.list")
    assert len([next(pages) for _ in range(PAGES)]) == PAGES
    with pytest.raises(ReadInPart, match="goes on after 50 pages"):
        next(pages)


def test_an_upload_to_an_unusable_address_is_unclear() -> None:
    wire, _, _ = _wire()
    with pytest.raises(Unclear, match="unusable address for an upload: file:"):
        wire.upload("file:///etc/passwd", b"x")


def test_parts_of_a_reply_are_read_by_name() -> None:
    reply = {"a": {"b": 1}, "list": [{"c": 2}, "x"], "name": "n", "empty": ""}
    assert part(reply, "a") == {"b": 1}
    assert part(reply, "name") == part(reply, "missing") == {}
    assert items(reply, "list") == [{"c": 2}]
    assert items(reply, "a") == []
    assert text(reply, "name") == "n"
    for name in ("empty", "missing", "list"):
        with pytest.raises(Unclear, match=f'lacks "{name}"'):
            text(reply, name)
