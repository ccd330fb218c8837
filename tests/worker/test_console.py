from __future__ import annotations

import sys
from datetime import UTC, date, datetime

from launch_kits.database.records import (
    TaskStatus,
)
from launch_kits.views.notices import context
from launch_kits.views.notices.compose import compose
from launch_kits.views.notices.message import Action
from launch_kits.worker.console import ABOUT, DESK, OPTIONS, lines
from launch_kits.worker.delivery import Delivered, deliver
from tests.slack.changes import change
from tests.slack.conftest import NOW
from tests.slack.delivery_fixtures import *  # noqa: F403  fixtures
from tests.slack.messages.desk_cases import desk_notices
from tests.slack.views import READER, launch, notice, task


class TestTheConsole:
    def test_a_notice_is_printed_in_three_lines_and_settled(
        self, store, settings, file, read
    ):
        key = file()
        lines = []
        assert deliver(
            store, settings=settings, now=NOW, write=lines.append
        ) == Delivered(sent=1)
        assert lines == [
            "pmm@example.com  task  valkey-9 battlecard:redis",
            (
                '  Please start "Battlecard: redis" (Valkey 9.0). '
                "Due Thu 4 Feb, in 3 working days; planned for 1-3 Feb."
            ),
            "  launch-kits begin valkey-9 battlecard:redis  (done, block, extend --until DATE)",
        ]
        notice = read(key)
        assert (notice.status, notice.channel, notice.ts, notice.sent_at) == (
            "sent",
            "console",
            None,
            NOW,
        )

    def test_hours_are_ignored(self, store, settings, file):
        file()
        night = datetime(2027, 2, 1, 3, tzinfo=UTC)
        assert deliver(store, settings=settings, now=night, write=[].append).sent == 1

    def test_lines_go_to_standard_error_when_no_one_takes_them(
        self, store, settings, file, capsys
    ):
        file()
        deliver(store, settings=settings, now=NOW)
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("pmm@example.com  task")

    def test_a_notice_that_is_no_longer_true_is_dropped(
        self, store, settings, file, read
    ):
        key = file()
        lines = []
        change(store, status=TaskStatus.DONE, done_at=NOW)
        assert deliver(
            store, settings=settings, now=NOW, write=lines.append
        ) == Delivered(dropped=1)
        assert lines == []
        assert (read(key).status, read(key).error) == ("dropped", "the task is done")

    def test_a_fault_of_ours_does_not_hold_up_the_others(
        self, store, settings, file, read, monkeypatch
    ):
        bad = file("nudge")
        good = file()
        compose = context.compose

        def stumble(notice, view, *, reader):
            if notice.key == bad:
                raise KeyError("x")
            return compose(notice, view, reader=reader)

        monkeypatch.setattr(context, "compose", stumble)
        delivered = deliver(store, settings=settings, now=NOW, write=[].append)
        assert (delivered.sent, delivered.given_back) == (1, 1)
        assert delivered.problems == (f"{bad}: KeyError: 'x'",)
        assert (read(bad).status, read(good).status) == ("pending", "sent")

    def test_only_the_named_launch_is_delivered(self, store, settings, file):
        file()
        assert (
            deliver(
                store, settings=settings, now=NOW, launch="another", write=[].append
            )
            == Delivered()
        )


def test_the_console_names_the_verb_that_answers_with_what_it_needs():
    waiting = notice()
    view = launch(task(status=TaskStatus.WAITING))
    assert (
        lines(waiting, compose(waiting, view, reader=READER))[-1]
        == "  launch-kits extend valkey-9 battlecard:redis --until DATE"
    )


def test_a_go_or_no_go_names_the_command_that_decides_it() -> None:
    told = lines(
        notice(), compose(notice(), launch(task(decides="launch")), reader=READER)
    )
    assert told[-2:] == [
        "  launch-kits decide valkey-9 go --task battlecard:redis  (or no-go)",
        "  launch-kits block valkey-9 battlecard:redis  (extend --until DATE)",
    ]


def test_the_console_has_a_command_for_each_action_but_to_look() -> None:
    found = {
        each.name
        for name, module in list(sys.modules.items())
        if name.startswith("launch_kits.views.notices.")
        for each in vars(module).values()
        if isinstance(each, Action)
    }
    # a note pauses reminders, which the console does not offer
    assert found - {"open", "ack"} <= {*OPTIONS, *ABOUT, *DESK}
    assert {*OPTIONS, *ABOUT, *DESK} <= found


def test_a_digest_names_the_day_on_which_each_launch_lands() -> None:
    told = {"product": "Valkey 9.0", "launch_on": "2027-03-02", "lands_on": None}
    daily = notice("digest", None, day="2027-02-01", tasks=[], launches=[told])
    assert lines(daily, compose(daily, launch(), reader=READER))[-1] == (
        "  Launches: Valkey 9.0: launch day Tue 2 Mar, which cannot be kept as things stand"
    )


def test_an_answer_about_more_time_names_its_day() -> None:
    asked = notice(
        "review", to="lead@example.com", until="2027-02-11", by="pmm@example.com"
    )
    view = launch(task(asked_until=date(2027, 2, 11)))
    told = lines(asked, compose(asked, view, reader=READER))
    assert told[-1] == (
        "  launch-kits approve valkey-9 battlecard:redis --until 2027-02-11  "
        "(reject --until 2027-02-11)"
    )


def test_a_question_to_the_desk_names_the_command_with_its_number() -> None:
    cases = {name: each for name, each in desk_notices() if each.kind == "question"}
    shown = {
        name: lines(each, compose(each, launch(), reader=READER))[2:]
        for name, each in cases.items()
    }
    assert shown["asked"] == ["  launch-kits answer 7 --text TEXT --source LINK"]
    assert shown["proposed"] == [
        "  Source: https://x.example/platforms",
        "  launch-kits faq 7 add",
        "  launch-kits faq 7 decline",
    ]
    assert shown["doubted"][-2:] == [
        "  launch-kits answer 7 --text TEXT --source LINK",
        "  launch-kits flag valkey-9 redis.y1 --wrong TEXT",
    ]
    assert shown["answered"] == []
