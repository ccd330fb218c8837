from __future__ import annotations

from datetime import datetime

import pytest
from sqlmodel import select

from launch_kits import outbox
from launch_kits.database.delivery_lease import delivering
from launch_kits.database.records import Notice
from tests.cli.commands import Cli
from tests.launches import (
    LEAD,
    NOW,
    PMM,
    SLUG,
    launch,
    notices,
)


@pytest.fixture
def dead(flying):
    """The keys of notices that Slack refused: those of the launch's first day."""
    with flying.write() as session:
        keys = [
            notice.key
            for notice in outbox.claim(session, by="a", now=NOW, any_hour=True)
        ]
        for key in keys:
            outbox.fail(
                session,
                key,
                by="a",
                error="Slack refuses chat.postMessage: is_archived",
            )
    return keys


def retry(cli: Cli, *words):
    return cli.ok("outbox", "retry", *words, "--now", NOW.isoformat())


def status(store, key):
    with store.read() as session:
        return session.exec(select(Notice.status).where(Notice.key == key)).one()


def test_dead_notices_are_sent_again_at_once(cli: Cli, flying, dead):
    said = retry(cli)
    assert said.out == f"{len(dead)} notices wait to be sent again\n"
    assert {notice.status for notice in notices(flying)} == {"sent"}
    assert {notice.attempts for notice in notices(flying)} == {2}, (
        "what may have been sent is looked for first"
    )
    assert retry(cli).out == "no notice is dead\n"


def test_those_named_alone(cli: Cli, flying, dead):
    assert retry(cli, dead[0]).out == "1 notice waits to be sent again\n"
    assert [status(flying, key) for key in dead] == [
        "sent",
        *["dead"] * (len(dead) - 1),
    ]


@pytest.mark.parametrize(
    "words", [["retry", "--launch", SLUG], ["--launch", SLUG, "retry"]], ids=" ".join
)
def test_those_of_a_launch(cli: Cli, flying, dead, words):
    assert (
        f"{len(dead)} notices" in cli.ok("outbox", *words, "--now", NOW.isoformat()).out
    )
    assert 'no launch "falcon-3"' in cli.refused(
        "outbox", "retry", "--launch", "falcon-3"
    )


def test_an_unknown_key_is_refused_with_the_nearest_and_nothing_is_changed(
    cli: Cli, flying, dead
):
    said = cli.refused("outbox", "retry", dead[0], dead[1][:-1])
    assert f'no notice "{dead[1][:-1]}"; did you mean "{dead[1]}"?' in said
    assert {status(flying, key) for key in dead} == {"dead"}


def test_a_notice_that_is_not_dead_is_refused(cli: Cli, flying):
    key = notices(flying)[0].key
    assert f'notice "{key}" is pending, not dead' in cli.refused("outbox", "retry", key)


def test_the_board_catches_up(cli: Cli, flying, dead):
    before = launch(flying).revision
    retry(cli)
    assert launch(flying).revision > before


def test_the_sweep_names_notices_that_failed(cli: Cli, flying, dead):
    said = cli.ok("sweep", "--now", NOW.isoformat()).err
    assert (
        f"warning: {len(dead)} notices could not be delivered: `launch-kits outbox` says why"
        in said
    )
    cli.ok("cancel", SLUG, "--by", LEAD, "--now", NOW.isoformat())
    assert (
        "could not be delivered" not in cli.ok("sweep", "--now", NOW.isoformat()).err
    ), "it matters no more"


def test_an_instant_is_refused_if_a_server_keeps_the_clock(
    cli: Cli, flying, dead, monkeypatch
):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    assert "--now has no effect" in cli.refused(
        "outbox", "retry", "--now", NOW.isoformat()
    )


def test_a_subcommand_that_there_is_not_is_misuse(cli: Cli, flying):
    assert "retri" in cli.misused("outbox", "retri")


def test_a_sweep_beside_another_delivery_says_so(cli: Cli, flying, monkeypatch):
    monkeypatch.setattr("launch_kits.worker.delivery.PATIENCE", 0.0)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-x")
    monkeypatch.setenv("SLACK_BASE_URL", "http://127.0.0.1:9/api/")
    with delivering(flying, by="another", now=lambda: NOW, patience=0.0):
        said = cli.ok("sweep", "--now", NOW.isoformat()).err
    assert "note: another process is delivering" in said


NOTICE_KEYS = [
    "key",
    "kind",
    "launch",
    "task",
    "to",
    "status",
    "attempts",
    "filed_at",
    "send_after",
    "sent_at",
    "channel",
    "ts",
    "error",
]


def test_the_outbox_shows_every_notice(cli: Cli, flying):
    found = cli.ok("outbox", "--json").json
    assert {tuple(notice) for notice in found} == {tuple(NOTICE_KEYS)}
    assert {notice["status"] for notice in found} == {"pending"}
    for notice in found:
        kind, slug, task, to = notice["key"].split(":", 4)[:4]
        assert (kind, slug, task, to) == (
            notice["kind"],
            SLUG,
            notice["task"] or "-",
            notice["to"],
        )
        assert datetime.fromisoformat(notice["filed_at"]).tzinfo
        assert datetime.fromisoformat(notice["send_after"]).tzinfo
        assert notice["sent_at"] is None
    assert f"#{SLUG}-launch" in {notice["to"] for notice in found}
    assert cli.ok("outbox", "--launch", SLUG, "--json").json == found
    assert PMM in cli.ok("outbox").out


def test_the_console_settles_the_notices_it_shows(cli: Cli, flying):
    said = cli.ok("sweep", "--now", NOW.isoformat())
    found = cli.ok("outbox", "--json").json
    assert {notice["status"] for notice in found} == {"sent"}
    assert all(datetime.fromisoformat(notice["sent_at"]) == NOW for notice in found)
    assert "Research" in said.err


def test_the_list_names_the_year_of_instants_of_other_years(cli: Cli, flying):
    this_year = cli.ok("outbox", "--now", NOW.isoformat()).out
    assert " 11 Jan " in this_year
    assert "2027" not in this_year
    later = cli.ok("outbox", "--now", "2028-01-05T09:00:00-05:00").out
    assert " 11 Jan 2027 " in later
