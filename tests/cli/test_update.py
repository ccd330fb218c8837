from __future__ import annotations

from tests.cli.commands import Cli
from tests.launches import KIT, NOW, SLUG

AT = ("--now", NOW.isoformat())


def test_an_update_says_that_days_and_kit_are_the_launch_s_own(cli: Cli, flying, write):
    said = cli.ok(
        "update", SLUG, write(launch_on="2027-03-02", kit=KIT | {"kit": "other"}), *AT
    )
    assert "`launch-kits move falcon-2 --on 2027-03-02` changes them" in said.err
    assert "keeps its kit, small" in said.err
    assert "nothing differs" in said.out


def test_an_update_shares_the_warnings_of_check(cli: Cli, flying, write):
    freeze = [{"from": "2027-02-01", "to": "2027-02-02", "why": "freeze"}]
    goal = {"metric": "clusters", "baseline": 0, "target": 5, "by": "2027-02-02"}
    brief = write(blackouts=freeze, goals=[goal])
    said = cli.ok("update", SLUG, brief, *AT)
    assert 'warning: task "positioning" is due Mon 1 Feb 2027' in said.err
    assert "warning: goal" in said.err
    assert "blackouts: none → 1-2 Feb 2027 (freeze)" in said.out
    shown = cli.ok("update", SLUG, brief, "--json", *AT)
    assert {(each["code"], each["path"]) for each in shown.json["warnings"]} == {
        ("day-off", str(brief)),
        ("due-on-day-off", "-"),
    }
    assert shown.err == ""


def test_an_update_names_the_entries_of_a_list_that_come_and_go(
    cli: Cli, flying, write
):
    first = {"from": "2027-02-01", "to": "2027-02-02", "why": "freeze"}
    second = {"from": "2027-02-05", "to": "2027-02-05", "why": "audit"}
    third = {"from": "2027-02-08", "to": "2027-02-08", "why": "offsite"}
    cli.ok("update", SLUG, write(blackouts=[first, second]), "--apply", *AT)
    said = cli.ok("update", SLUG, write(blackouts=[second, third]), *AT)
    assert (
        "blackouts: without 1-2 Feb 2027 (freeze); added 8 Feb 2027 (offsite)"
        in said.out
    )


def test_an_update_writes_drafts_and_copies_for_customers_again(
    cli: Cli, flying, write, home
):
    """Their tasks have not begun: a corrected text reaches every copy in the launch's folder."""
    cli.ok("render", SLUG, "--audience", "internal,customer", *AT)
    folder = home / "documents" / SLUG
    drafts = [path for path in folder.rglob("*.md") if "Falcon 2" in path.read_text()]
    assert drafts
    said = cli.ok("update", SLUG, write(product="Falcon Two"), "--apply", *AT)
    assert "Written again: battlecard-osprey.md" in said.err
    for path in drafts:
        assert "Falcon 2" not in path.read_text()
        assert "Falcon Two" in path.read_text()
