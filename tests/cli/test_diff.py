from __future__ import annotations

from launch_kits.cli.diff import differing_lines
from tests.cli.commands import Cli
from tests.launches import LEGAL, SLUG, at

NOW = at("01-13").isoformat()
CARD = "battlecard:kite"


def test_diff_names_an_edit_of_the_file(cli: Cli, flying, tmp_path) -> None:
    cli.ok("done", SLUG, "positioning", "--now", NOW)
    assert cli.ok("diff", SLUG, CARD, "--now", NOW).err == "no change\n"
    (path,) = tmp_path.rglob("battlecard-kite.md")
    path.write_text("Our own words.\n", "utf-8")
    said = cli.ok("diff", SLUG, CARD, "--since", "2027-01-01", "--now", NOW).out
    assert "edit" in said
    assert "Our own words." in said


def test_an_edit_after_an_approval_shows_in_documents(
    cli: Cli, flying, tmp_path
) -> None:
    for verb in (["done", SLUG, "positioning"], ["done", SLUG, CARD]):
        cli.ok(*verb, "--now", NOW)
    cli.ok("approve", SLUG, CARD, "--now", NOW)
    assert f"{LEGAL}, 13 Jan 2027" in cli.ok("documents", SLUG, "--now", NOW).out
    (path,) = tmp_path.rglob("battlecard-kite.md")
    path.write_text("Our own words.\n", "utf-8")
    later = at("01-14").isoformat()
    found = cli.ok("documents", SLUG, "--json", "--now", later).json
    (card,) = [each for each in found if each["task"] == CARD]
    assert (card["out_of_date"], card["edited"]) == (True, True)


def test_diff_says_why_it_knows_no_change_of_a_task_that_waits(
    cli: Cli, flying, tmp_path
) -> None:
    said = cli.ok("diff", SLUG, CARD, "--now", NOW).err
    assert said.startswith("no change is known: the first version of battlecard:kite")
    cli.ok("render", SLUG, CARD, "--now", NOW)
    (path,) = tmp_path.rglob("battlecard-kite.md")
    draft = path.read_text("utf-8")
    path.write_text(f"{draft}\nOur own words.\n", "utf-8")
    (change,) = cli.ok("diff", SLUG, CARD, "--json", "--now", NOW).json
    assert (change["cause"], change["before"]) == ("edit", draft)
    table = cli.ok("diff", SLUG, CARD, "--now", NOW).out
    assert "Our own words." in table
    assert draft.splitlines()[0] not in table, "only the lines that differ are shown"


def test_lines_that_only_one_text_has_are_shown():
    assert differing_lines("a\nb\n\nc", "a\nB\n\nc\nd") == ("b", "B\nd")
    assert differing_lines("", "a") == ("", "a")
