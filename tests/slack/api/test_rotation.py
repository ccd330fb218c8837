from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError

from launch_kits.settings import Settings
from launch_kits.slack.api.rotation import RotatingClient
from launch_kits.slack.api.setup import silent, web_client
from tests.slack.stand_in import TOKEN, Fault, StandIn
from tests.slack.stand_in_tokens import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN


class Clock:
    """The instant that the clients go by."""

    now = datetime(2027, 2, 1, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def slack() -> Iterator[StandIn]:
    with StandIn("lead@example.com") as slack:
        yield slack


@pytest.fixture
def settings(tmp_path: Path, slack: StandIn) -> Settings:
    return Settings.read(
        {
            "LAUNCH_KITS_HOME": str(tmp_path),
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_REFRESH_TOKEN": REFRESH_TOKEN,
            "SLACK_CLIENT_ID": CLIENT_ID,
            "SLACK_CLIENT_SECRET": CLIENT_SECRET,
            "SLACK_BASE_URL": slack.url,
        }
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


def client(settings: Settings, clock: Clock) -> RotatingClient:
    return RotatingClient(
        settings,
        clock=clock,
        base_url=settings.slack_base_url,
        retry_handlers=[],
        logger=silent(),
    )


def test_the_settings_choose_it(settings: Settings) -> None:
    assert isinstance(web_client(settings), RotatingClient)


def test_the_token_is_exchanged_before_it_ends(
    slack: StandIn, settings: Settings, clock: Clock
) -> None:
    web = client(settings, clock)
    for _ in range(3):
        web.auth_test()
    assert slack.called("oauth.v2.access") == 1
    clock.now += timedelta(hours=11)
    web.auth_test()
    assert slack.called("oauth.v2.access") == 1
    clock.now += timedelta(minutes=31)
    web.auth_test()
    assert slack.called("oauth.v2.access") == 2


def test_a_token_that_ended_early_is_exchanged_and_the_call_is_made(
    slack: StandIn, settings: Settings, clock: Clock
) -> None:
    web = client(settings, clock)
    web.auth_test()
    slack.expire()
    assert web.auth_test()["ok"]
    assert slack.called("oauth.v2.access") == 2


def test_many_clients_share_one_exchange(
    slack: StandIn, settings: Settings, clock: Clock
) -> None:
    """Slack takes each refresh token once."""
    webs = [client(settings, clock) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda web: web.auth_test(), webs))
    slack.expire()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda web: web.auth_test(), webs))
    assert slack.called("oauth.v2.access") == 2
    assert client(settings, clock).auth_test()["ok"], "a process started later"
    assert slack.called("oauth.v2.access") == 2


def test_an_exchange_that_fails_leaves_the_token_and_is_tried_again(
    slack: StandIn,
    settings: Settings,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    web = client(settings, clock)
    slack.faults = [Fault("oauth.v2.access", "drop")]
    assert web.auth_test()["ok"]
    assert web.token == TOKEN
    web.auth_test()
    assert web.token != TOKEN
    slack.expire()
    slack.refresh_token = "xoxe-1-another"
    with caplog.at_level(logging.ERROR), pytest.raises(SlackApiError):
        web.auth_test()
    assert "refuses to exchange the refresh token (invalid_refresh_token)" in (
        caplog.text
    )
    assert "xoxe" not in caplog.text
