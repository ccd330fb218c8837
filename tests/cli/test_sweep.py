from __future__ import annotations

from tests.cli.commands import Cli
from tests.launches import notices

#: the next morning
TOMORROW = "2027-01-12T10:00:00-05:00"


def test_a_sweep_reports_on_stderr(cli: Cli, flying):
    said = cli.ok("sweep", "--now", TOMORROW)
    assert said.out == ""
    assert "swept:" in said.err
    assert {notice.status for notice in notices(flying, "task")} == {"sent"}


def test_a_sweep_without_launches_does_nothing(cli: Cli):
    assert "0 notices sent" in cli.ok("sweep").err


def test_a_sweep_is_done_once(cli: Cli, flying):
    cli.ok("sweep", "--now", TOMORROW)
    before = [(notice.key, notice.sent_at) for notice in notices(flying)]
    said = cli.ok("sweep", "--now", TOMORROW)
    assert [(notice.key, notice.sent_at) for notice in notices(flying)] == before
    assert "0 notices sent" in said.err


def test_a_sweep_names_the_notices_that_failed(cli: Cli, flying, monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_BASE_URL", "http://127.0.0.1:1/api/")
    assert (
        "warning: Slack could not be reached" in cli.ok("sweep", "--now", TOMORROW).err
    )
    assert "sent" not in {notice.status for notice in notices(flying)}
