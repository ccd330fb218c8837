from __future__ import annotations

import pytest
import time_machine

from tests.cli.commands import Cli
from tests.launches import KIT, LEGAL, PMM, SLUG, at

NOW = at("01-11").isoformat()


def test_a_dry_run_says_who_would_get_which_task(cli: Cli, write, home):
    said = cli.ok("start", write(), "--dry-run", "--now", NOW)
    assert PMM in said.out
    assert "Battlecard: Osprey" in said.out
    assert "Nothing was started." in said.out
    assert not home.exists()


def test_a_dry_run_names_the_day_on_which_each_owner_is_told(cli: Cli, write):
    def row(title: str, **changes: object) -> str:
        said = cli.ok("start", write(**changes), "--dry-run", "--now", NOW).out
        return next(line for line in said.splitlines() if title in line)

    slow = row("Legal review", kit=KIT | {"handout": None})
    assert slow.split()[0:4] == ["Thu", "14", "Jan", LEGAL]
    assert "14-15 Jan" in slow
    # the kit hands out when a task is ready, at the end of positioning
    assert row("Legal review").split()[0:3] == ["Wed", "13", "Jan"]


def test_a_launch_that_cannot_hold_is_refused_with_the_day_that_does(
    cli: Cli, write, home
):
    brief = write(launch_on="2027-01-20")
    told = cli.refused("start", brief, "--now", NOW)
    assert "--accept-late" in told
    earliest = cli.ok("plan", brief, "--now", NOW, "--json").json["earliest_launch_on"]
    assert f"--on {earliest}" in told
    assert cli.ok("status", "--json").json == []
    cli.ok("start", brief, "--on", earliest, "--dry-run", "--now", NOW)


def test_a_dry_run_of_a_launch_that_cannot_hold_is_refused_too(cli: Cli, write):
    said = cli("start", write(launch_on="2027-01-20"), "--dry-run", "--now", NOW)
    assert said.code == 1
    assert "does not hold" in said.err
    cli.ok(
        "start",
        write(launch_on="2027-01-20"),
        "--dry-run",
        "--accept-late",
        "--now",
        NOW,
    )


def test_a_start_tells_warnings_and_refuses_faults(cli: Cli, write):
    doubtful = write(summary="The best falcon")
    assert "superlative" in " ".join(
        cli.ok("check", doubtful, "--json", "--now", NOW).out.split()
    )
    assert (
        '"best" is said without a proof'
        in cli.ok("start", doubtful, "--dry-run", "--now", NOW).err
    )
    wrong = write(summary="Out on Monday 9 February 2027")
    said = cli.refused("start", wrong, "--dry-run", "--now", NOW)
    assert "9 Feb 2027 is a Tuesday; correct the weekday or the date" in said


def test_a_start_plans_from_today_if_the_brief_begins_earlier(cli: Cli, write):
    brief = write(begin_on="2026-06-01")
    assert cli.ok("plan", brief, "--json").json["begin_on"] == "2026-06-01"
    late = at("2027-02-08").isoformat()
    assert cli.ok("plan", brief, "--now", late, "--json").json["feasible"]
    assert "does not hold" in cli.refused("start", brief, "--now", late)


@pytest.mark.parametrize("slug", ["-", "-x", "--help"])
def test_a_launch_is_not_called_like_an_option(cli: Cli, write, slug):
    path = write()
    path.write_text(path.read_text().replace(f"launch: {SLUG}", f"launch: '{slug}'"))
    assert "brief.yaml:1: launch" in cli.refused("start", str(path), "--now", NOW)


def test_a_launch_day_that_is_past_is_refused_with_its_remedy(cli: Cli, write, home):
    brief = write(launch_on="2027-01-08", begin_on=None)
    for words in (
        (),
        ("--accept-late",),
        ("--dry-run",),
        ("--dry-run", "--accept-late"),
    ):
        assert "start --accept-past" in cli("start", brief, *words, "--now", NOW).err
    assert cli.ok("status", "--json").json == []
    cli.ok("start", brief, "--accept-past", "--dry-run", "--now", NOW)


def test_a_plan_some_days_late_starts_today_if_that_is_accepted(cli: Cli, write):
    brief = write(begin_on="2027-01-04", launch_on="2027-01-20")
    assert "--accept-late" in cli.refused("start", brief, "--now", NOW)
    assert "--accept-late" in cli.refused("start", brief, "--accept-past", "--now", NOW)
    assert cli("start", brief, "--accept-late", "--dry-run", "--now", NOW).code == 0


def test_a_start_with_a_server_says_what_it_waits_for(
    cli: Cli, write, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    with time_machine.travel(at("01-11"), tick=False):
        started = cli.ok("start", write())
    waiting, _, after = started.err.partition(
        "until a process of Prefect starts its run"
    )
    assert "waiting" in waiting
    assert "cannot be reached" in after, "said before it is tried"
