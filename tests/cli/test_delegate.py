from __future__ import annotations

from launch_kits.database.queries import find_launch
from tests.cli.commands import Cli
from tests.launches import LEAD, PMM, SALES, SLUG, at, dump, events, notices, task

NOW = at("01-11").isoformat()
WORDS = ("delegate", "--from", PMM, "--to", SALES, "--now", NOW)
AWAY = (*WORDS, "--until", "2027-01-22", "--launch", SLUG)


def test_a_delegation_is_shown_first(cli: Cli, flying):
    before = dump(flying)
    said = cli.ok(*AWAY)
    assert dump(flying) == before
    assert f"{PMM} would be away until Fri 22 Jan 2027; {SALES} would act" in said.out
    assert "Nothing is changed yet; --apply does it" in said.out


def test_a_delegation_as_json_has_its_parts(cli: Cli, flying):
    found = cli.ok(*AWAY, "--json").json
    assert (found["applied"], found["told"]) == (False, [SALES])
    assert found["lands_on"] >= "2027-02-09"
    (first, *_) = found["tasks"]
    assert first == {
        "launch": SLUG,
        "key": "positioning",
        "field": "owner",
        "from": PMM,
        "to": SALES,
        "due_before": first["due"],
        "due": task(flying, "positioning").due.isoformat(),
        "float": first["float"],
    }
    assert {tuple(each) for each in found["warnings"]} <= {
        ("path", "line", "code", "message")
    }


def test_the_new_load_of_the_person_who_takes_over_is_told(cli: Cli, flying):
    found = cli.ok(*WORDS, "--json").json
    owned = {part["key"] for part in found["tasks"] if part["field"] == "owner"}
    taken = sum(task(flying, key).days for key in owned)
    assert found["load"] == {"had": task(flying, "training").days, "taken": taken}
    assert found["launches"][0]["days"] == taken
    words = f"{SALES} would take over {taken} days of work, and has 2 days of work"
    assert words in " ".join(cli.ok(*WORDS).out.split())
    away = cli.ok(*AWAY, "--json").json
    assert (away["load"]["taken"], away["launches"][0]["days"] > 0) == (0, True)
    assert "take over" not in cli.ok(*AWAY).out


def test_a_launch_that_people_cannot_carry_after_it_is_named(cli: Cli, flying):
    """Everyone's work until 9 February is too much for one person with half a day."""
    with flying.write() as session:
        row = find_launch(session, SLUG, lock=True)
        team = dict(row.brief["team"])
        team["sales"] = {**team["sales"], "capacity": 0.25}
        row.brief = {**row.brief, "team": team}
        session.add(row)
    said = cli.ok(*WORDS)
    assert f"warning: {SLUG}: people are short of time" in said.err
    assert "days of Sam" in said.err
    found = cli.ok(*WORDS, "--json").json
    assert found["launches"][0]["levelled"]["short_days"][SALES] > 0


def test_a_delegation_is_applied(cli: Cli, flying):
    said = cli.ok(*AWAY, "--apply", "--note", "Holiday")
    assert f"Done; told: {SALES}." in said.out
    assert task(flying, "research").in_hands_of == SALES
    (event,) = events(flying, verb="delegate")
    assert (event.by, event.note) == (LEAD, "Holiday")
    assert "You act for Pia until Fri 22 Jan" in said.err
    again = cli.ok(*AWAY, "--apply")
    assert again.out == "This is so already; nothing changed.\n"
    assert len(notices(flying, "news")) == 1


def test_the_history_shows_both_names(cli: Cli, flying):
    cli.ok(*AWAY, "--apply")
    cli.ok("begin", SLUG, "research", "--by", SALES, "--now", at("01-12").isoformat())
    *_, begun = cli.ok("history", SLUG, "--json").json
    assert (begun["by"], begun["for"]) == (SALES, PMM)
    assert f"{SALES} for {PMM}" in " ".join(cli.ok("history", SLUG).out.split())


def test_a_leaver_is_replaced_everywhere(cli: Cli, flying):
    said = cli.ok(*WORDS, "--all", "--apply", "--json").json
    assert (said["until"], said["applied"]) == (None, True)
    assert {each["field"] for each in said["tasks"]} == {"owner"}
    assert task(flying, "research").owner == SALES


def test_a_relative_day_counts_from_today(cli: Cli, flying):
    said = cli.ok(*WORDS, "--until", "+4d", "--launch", SLUG, "--json").json
    assert said["until"] == "2027-01-15"
    assert cli.ok(*WORDS, "--until", "+4d", "--json").json["until"] == "2027-01-15"


def test_one_launch_and_all_of_them_exclude_each_other(cli: Cli, flying):
    assert "name either --launch or --all" in cli.misused(*AWAY, "--all")


def test_an_email_is_never_read_as_markup(cli: Cli, flying):
    person = "[/pmm]a[link=https://evil.example]@x.example"
    words = ("delegate", "--from", PMM, "--to", person, "--until", "+3d")
    said = cli.ok(*words, "--launch", SLUG, "--apply", "--now", NOW)
    assert f"{person} acts for them" in " ".join(said.out.split())
    listed = cli.ok("load", "--now", NOW)
    assert listed.code == 0
