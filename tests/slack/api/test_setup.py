from __future__ import annotations

import logging

import pytest

from launch_kits.errors import SettingsError
from launch_kits.settings import Settings
from launch_kits.slack.api.setup import silent, web_client


def settings(url: str) -> Settings:
    return Settings.read({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_BASE_URL": url})


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9",
        "http://127.0.0.1:9/",
        "http://127.0.0.1:9/api",
        "http://127.0.0.1:9/api/",
    ],
)
def test_an_address_may_be_written_with_or_without_its_path(url: str) -> None:
    assert web_client(settings(url)).base_url == "http://127.0.0.1:9/api/"


@pytest.mark.parametrize("url", ["slack", "ftp://slack.com/api/", "https://"])
def test_an_address_that_is_not_a_url_is_named(url: str) -> None:
    with pytest.raises(SettingsError, match="SLACK_BASE_URL"):
        web_client(settings(url))


def test_the_proxy_is_not_used_if_no_proxy_excludes_the_host(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://proxy.example.com:3128")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    assert web_client(settings("http://127.0.0.1:9")).proxy is None
    assert (
        web_client(settings("https://slack.com")).proxy
        == "http://proxy.example.com:3128"
    )


def test_the_client_neither_retries_nor_logs() -> None:
    assert web_client(settings("https://slack.com")).retry_handlers == []
    assert silent().level == logging.CRITICAL
    assert not silent().propagate
