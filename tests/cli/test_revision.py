from __future__ import annotations

from launch_kits.cli.revision import apart
from tests.cli.commands import Cli
from tests.launches import NOW, SLUG, brief_with, dump, events, statuses
from tests.verbs.test_update import rival

AT = ("--now", NOW.isoformat())


def changed(rivals: tuple[str, ...]) -> dict[str, object]:
    return {
        "positioning": rival(*rivals).model_dump(mode="json", by_alias=True)[
            "positioning"
        ]
    }


def test_an_update_is_shown_first_and_done_when_told_to(cli: Cli, flying, write):
    brief = write(**changed(("osprey", "kite", "merlin")))
    before = dump(flying)
    said = cli.ok("update", SLUG, brief, *AT).out
    assert "battlecard:merlin" in said
    assert "Nothing is changed yet; the same with --apply does it." in said
    assert dump(flying) == before
    found = cli.ok(
        "update", SLUG, brief, "--apply", "--note", "A new rival", "--json", *AT
    ).json
    assert (found["applied"], found["added"], found["late_by"]) == (
        True,
        ["battlecard:merlin"],
        0,
    )
    assert events(flying, verb="update")[0].note == "A new rival"
    assert "battlecard:merlin" in statuses(flying)
    assert (
        cli.ok("update", SLUG, brief, "--apply", *AT).out
        == "nothing differs; nothing changed\n"
    )


def test_people_who_would_be_short_of_days_are_said(cli: Cli, flying, write):
    team = brief_with().model_dump(mode="json")["team"]
    brief = write(team={**team, "pmm": {**team["pmm"], "capacity": 0.25}})
    said = cli.ok("update", SLUG, brief, "--json", *AT)
    assert said.json["fields"] == ["team"]
    assert "work is planned after its due days: 4 days of Pia" in said.err
    assert "short of time" not in cli.ok("update", SLUG, write(), *AT).err


def test_all_that_differs_in_two_texts_is_shown():
    same = "one two three four five six seven eight nine ten eleven twelve thirteen"
    assert apart("It runs", "It flies") == ("It runs", "It flies")
    assert apart(f"{same} old", f"{same} new") == (
        "… ten eleven twelve thirteen old",
        "… ten eleven twelve thirteen new",
    )
    assert apart(f"old {same}", f"new {same}") == (
        "old one two three four …",
        "new one two three four …",
    )
    other = " ".join(f"word{number}" for number in range(60))
    assert apart(same, other) == (same, other), "nothing that differs is cut"
