from __future__ import annotations

from datetime import date

import pytest

from launch_kits.verbs import drop, extend
from launch_kits.workdays.in_words import days_in
from tests.cli.commands import Cli
from tests.launches import LEAD, PMM, SLUG, at, dump, events, launch, notices

NOW = at("01-11").isoformat()


MOVE = ("move", SLUG, "--on", "2027-02-16", "--now", NOW)


def test_a_move_is_shown_first(cli: Cli, flying):
    before = dump(flying)
    said = cli.ok(*MOVE)
    assert dump(flying) == before
    assert "Tue 9 Feb 2027 → Tue 16 Feb 2027" in said.out
    assert "Nothing is changed yet" in said.out
    assert f"launch-kits move {SLUG} --on 2027-02-16 --apply" in said.out


def test_a_move_as_json_has_its_changes(cli: Cli, flying):
    found = cli.ok(*MOVE, "--json").json
    owners = [each["owner"] for each in found["changes"]]
    assert (found["launch_before"], found["launch_on"], found["applied"]) == (
        "2027-02-09",
        "2027-02-16",
        False,
    )
    assert (
        found["feasible"],
        found["late_by"],
        found["earliest_launch_on"],
        found["told"],
    ) == (
        True,
        0,
        None,
        # the lead moves it
        list(dict.fromkeys(owner for owner in owners if owner != LEAD)),
    )
    assert {tuple(change) for change in found["changes"]} == {
        ("key", "owner", "due_before", "due", "float")
    }
    assert all(change["due_before"] < change["due"] for change in found["changes"])


def test_a_move_is_applied(cli: Cli, flying):
    said = cli.ok(*MOVE, "--apply", "--note", "the venue moved", "--json")
    assert said.json["applied"]
    assert PMM in said.json["told"]
    assert launch(flying).launch_on.isoformat() == "2027-02-16"
    (event,) = events(flying, verb="move")
    assert (event.by, event.note) == (LEAD, "the venue moved")
    assert notices(flying, "news")


def test_a_move_to_a_day_off_is_a_warning(cli: Cli, flying):
    words = ("move", SLUG, "--on", "2027-02-20", "--now", NOW)
    said = cli.ok(*words)
    assert said.err == (
        "warning: launch_on Sat 20 Feb 2027 is not a working day; "
        "the plan counts from Fri 19 Feb 2027\n"
    )
    assert "warning" not in said.out
    said = cli.ok(*words, "--json")
    (warning,) = said.json["warnings"]
    assert (list(warning), warning["code"], said.err) == (
        ["path", "line", "code", "message"],
        "anchor-off-day",
        "",
    )
    assert said.json["launch_on"] == "2027-02-20"
    assert cli.ok(*MOVE, "--json").json["warnings"] == []


def test_a_move_to_the_day_it_is_on_plans_the_work_again(cli: Cli, flying):
    words = ("move", SLUG, "--on", "2027-02-09")
    shown = cli.ok(*words, "--now", NOW).out
    assert "2 tasks have other planned days than before: of Pia (2)." in shown
    assert "--apply` does it and tells no one." in shown
    said = cli.ok(*words, "--apply", "--now", NOW).out
    assert "2 tasks have other planned days than before: of Pia (2)." in said
    assert "Planned again. Told: no one." in said
    history = cli.ok("history", SLUG).out
    assert "planned again; its launch day stays Tue 9 Feb 2027" in history


def test_a_move_to_the_day_it_is_on_changes_nothing_twice(cli: Cli, flying):
    words = ("move", SLUG, "--on", "2027-02-09", "--now", NOW)
    cli.ok(*words, "--apply")
    before = [event.verb for event in events(flying)]
    assert "its work is planned so: nothing would change" in cli.ok(*words).out
    said = cli.ok(*words, "--apply").out
    assert "The launch is on that day already; nothing changed." in said
    assert [event.verb for event in events(flying)] == before


def test_days_of_a_move_can_be_counted_from_today(cli: Cli, flying):
    assert (
        cli.ok("move", SLUG, "--on", "+6w", "--now", NOW, "--json").json["launch_on"]
        == "2027-02-22"
    )


def test_a_move_that_does_not_hold_is_refused_unless_accepted(cli: Cli, flying):
    words = ("move", SLUG, "--on", "2027-01-13", "--now", NOW)
    shown = cli.ok(*words, "--json").json
    assert (shown["feasible"], shown["late_by"] > 0) == (False, True)
    assert "The plan does not hold" in cli.ok(*words).out
    before = dump(flying)
    told = cli.refused(*words, "--apply")
    assert days_in(shown["earliest_launch_on"]) in told
    assert "--accept-late" in told
    assert dump(flying) == before
    cli.ok(*words, "--apply", "--accept-late")
    assert launch(flying).launch_on.isoformat() == "2027-01-13"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["move", SLUG, "--on", "2027-01-08"], "is past"),
        (["move", SLUG, "--on", "someday"], "is not a date"),
        (["move", SLUG, "--on", "2500-01-01"], "years 1900 to 2199"),
        (["move", SLUG, "--on", "2027-02-16", "--apply", "--by", PMM], PMM),
        (["move", "falcon-3", "--on", "2027-02-16"], 'did you mean "falcon-2"?'),
        (["cancel", SLUG, "--by", PMM], PMM),
        (["cancel", "falcon-3"], 'did you mean "falcon-2"?'),
    ],
    ids=str,
)
def test_a_refusal_says_why_and_changes_nothing(cli: Cli, flying, words, why):
    before = dump(flying)
    assert why in cli.refused(*words, "--now", NOW)
    assert dump(flying) == before


def test_people_who_would_be_short_of_days_are_said(cli: Cli, flying):
    short = (
        "warning: people are short of time: work is planned after its due days: 1 day of Pia; "
        "the earliest launch day on which people have time for the work is Fri 22 Jan 2027; "
        "give tasks to others or leave some out\n"
    )
    words = ("move", SLUG, "--on", "2027-01-21", "--json", "--now", NOW)
    assert cli.ok(*words).err == short
    assert short in cli.ok(*words, "--apply").err
    assert "work spread out" not in cli.ok(*MOVE).err


def test_a_launch_that_has_taken_place_is_not_offered_to_be_moved(cli: Cli, flying):
    for key in ("positioning", "research", "legal_review", "training", "go_live"):
        drop(flying, SLUG, key, by=LEAD, now=at("01-11"))
    for key in ("battlecard:osprey", "battlecard:kite"):
        drop(flying, SLUG, key, by=LEAD, now=at("01-11"))
    words = ("move", SLUG, "--on", "2027-03-02", "--now", at("02-10").isoformat())
    said = " ".join(cli.ok(*words).out.split())
    assert "the launch has taken place" in said
    assert "--apply" not in said


def test_a_move_that_ends_more_time_names_both_landing_days(cli: Cli, flying):
    until = date(2027, 2, 12)
    extend(flying, SLUG, "training", until=until, by=LEAD, now=at("01-11"))
    words = ("move", SLUG, "--on", "2027-01-14", "--now", NOW)
    said = " ".join(cli.ok(*words).out.split())
    found = cli.ok("status", SLUG, "--json", "--now", NOW).json
    lands = days_in(found["lands_on"])
    assert lands != "Tue 9 Feb 2027"
    assert f"With the more time granted the launch lands on {lands}; the move" in said
    assert (
        said.count("the earliest launch day that holds by the dates alone")
        + said.count("The earliest launch day that holds by the dates alone")
        == 1
    )
