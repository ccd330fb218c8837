from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from launch_kits.cli import init as command
from launch_kits.cli import init_questions
from launch_kits.cli.app import app
from launch_kits.inputs.loading import load_brief
from launch_kits.plan import PLACEMENTS
from tests import remembered
from tests.cli.commands import Cli
from tests.launches import KIT

NOW = "2026-11-25T12:00:00-05:00"
NEEDED = ["--product", "Atlas 2.0", "--lead", "Lee", "--email", "lee@example.com"]
ALL = [
    *NEEDED,
    *(
        "--summary",
        "Grows without a rewrite.",
        "--kit",
        "major_release",
        "--on",
        "2027-04-06",
    ),
    *(
        "--timezone",
        "America/New_York",
        "--holidays",
        "US",
        "--competitor",
        "Borealis: North",
    ),
]


#: options that are asked for at a terminal too
REST = [
    *("--goods", "software", "--capacity", "1", "--category", "data store"),
    *("--need", "must not stop", "--benefit", "never stops"),
    *("--attribute", "Atomic moves: No lost night"),
    *("--role", "pmm=pia@example.com"),
]


def begin(*more: str, folder: str = "my-launch") -> list[str]:
    return ["init", folder, *more, "--now", NOW]


def test_it_writes_a_brief_that_passes_and_names_the_next_commands(
    cli: Cli, tmp_path, monkeypatch
):
    # the days of work that are late are those of the whole search
    monkeypatch.setattr(remembered, "PLACEMENTS", PLACEMENTS)
    said = cli.ok(*begin(*ALL))
    assert said.out.splitlines() == [
        "my-launch/brief.yaml",
        "my-launch/.schemas/brief.json",
        "my-launch/claims/borealis-north.yaml",
        "my-launch/.schemas/ledger.json",
    ]
    assert "next: launch-kits plan my-launch/brief.yaml --why" in said.err
    assert "launch atlas-2-0, on Tue 6 Apr 2027" in said.err
    brief = load_brief(tmp_path / "my-launch/brief.yaml").brief
    assert (brief.product, brief.summary, brief.timezone, brief.holidays) == (
        "Atlas 2.0",
        "Grows without a rewrite.",
        "America/New_York",
        "US",
    )
    # one person for all roles of a major release, until others are named
    told, end = cli.ok("check", "my-launch").out.splitlines()
    assert ": warning: Lee has 51 days of work after the due days, even" in told
    assert end == "2 files checked: no faults, 1 warning"
    assert cli.ok("plan", "my-launch/brief.yaml", "--json", "--now", NOW).json[
        "feasible"
    ]
    assert (
        "battlecard-borealis-north.md"
        in cli.ok("render", "my-launch/brief.yaml", "--now", NOW).out
    )


def test_without_a_terminal_options_without_a_default_must_be_given(cli: Cli):
    assert "give --product, --lead, --email" in cli.misused(*begin())
    assert "give --email" in cli.misused(
        *begin("--product", "Atlas", "--lead", "Lee", "--yes")
    )


def test_options_with_a_default_need_not_be_given(cli: Cli, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Singapore")
    cli.ok(*begin(*NEEDED))
    brief = load_brief(tmp_path / "my-launch/brief.yaml").brief
    assert (brief.timezone, brief.holidays, brief.kit_in_place.kit) == (
        "Asia/Singapore",
        "SG",
        "major_release",
    )
    assert (brief.summary, brief.competitors()) == (None, [])
    assert brief.calendar().is_workday(brief.launch_on)
    assert not (tmp_path / "my-launch/claims").exists()
    assert cli.ok("plan", "my-launch/brief.yaml", "--json", "--now", NOW).json[
        "feasible"
    ]


@pytest.mark.parametrize("zone", ["UTC", "Nowhere/Land", ""])
def test_a_machine_without_a_time_zone_has_no_holidays(
    cli: Cli, tmp_path, monkeypatch, zone
):
    monkeypatch.setenv("TZ", zone)
    monkeypatch.setattr(init_questions, "LOCALTIME", tmp_path / "nowhere")
    cli.ok(*begin(*NEEDED))
    brief = load_brief(tmp_path / "my-launch/brief.yaml").brief
    assert (brief.timezone, brief.holidays) == ("UTC", None)


@pytest.mark.parametrize(
    ("flag", "value", "words"),
    [
        ("--product", " ", "--product: empty; fill it in"),
        (
            "--email",
            "lee",
            '--email: "lee" is not an email address; use a value like lead@example.com',
        ),
        (
            "--kit",
            "major_relase",
            '--kit: unknown kit "major_relase"; did you mean "major_release"?',
        ),
        ("--market", "b3c", '--market: "b3c" is not one of b2b, b2c, both'),
        ("--capacity", "0", '--capacity: "0" is not a part of a working day'),
        ("--role", "pm=Pia", '--role: "pm=Pia" names no role of the kit; did you mean'),
        ("--role", "pmm=Pia", '--role pmm: "Pia" names no person; use a value like'),
        ("--attribute", "Fast", '--attribute: "Fast" has no value; use a value like'),
        ("--timezone", "Mars", '--timezone: unknown time zone "Mars"'),
        ("--holidays", "XX", '--holidays: unknown country "XX"'),
        (
            "--on",
            "2027-07-04",
            "--on: Sun 4 Jul 2027 is not a working day; Tue 6 Jul 2027 is the next one",
        ),
        ("--on", "2026-11-24", "--on: Tue 24 Nov 2026 is past; name a day to come"),
        ("--on", "spring", '--on: "spring" is not a date; use a value like 2027-03-02'),
        (
            "--on",
            "9999-01-01",
            "--on: the year 9999 is not within the years 1900 to 2199",
        ),
    ],
)
def test_an_answer_that_cannot_be_is_refused_by_its_flag(
    cli: Cli, tmp_path, flag, value, words
):
    assert words in cli.refused(*begin(*ALL, flag, value))
    assert not (tmp_path / "my-launch").exists()


def test_a_day_that_is_too_early_is_taken_with_a_note(cli: Cli):
    said = cli.ok(*begin(*ALL, "--on", "+2w"))
    assert (
        "note: that is too early for the kit; "
        "the earliest launch day that holds by the dates alone is" in said.err
    )


def test_what_is_asked_of_people_is_told_as_by_plan(cli: Cli):
    said = cli.ok(*begin(*ALL, "--capacity", "0.5", "--on", "+14w"))
    planned = cli.ok("plan", "my-launch/brief.yaml", "--level", "--now", NOW).out
    asked = [line for line in said.err.splitlines() if line.startswith("Lee: ")]
    assert len(asked) == 1
    assert " days at a capacity of 0.5." in asked[0]
    assert asked[0] in planned
    (short,) = (line for line in said.err.splitlines() if "does not hold" in line)
    assert short in " ".join(planned.split())


def test_the_day_that_is_suggested_holds_for_people(cli: Cli):
    on = ALL.index("--on")
    cli.ok(*begin(*ALL[:on], *ALL[on + 2 :]))
    planned = cli.ok("plan", "my-launch/brief.yaml", "--level", "--now", NOW).out
    assert "Levelled, the plan holds:" in planned


def test_nothing_is_overwritten(cli: Cli, tmp_path):
    cli.ok(*begin(*ALL))
    before = (tmp_path / "my-launch/brief.yaml").read_bytes()
    assert "my-launch/brief.yaml is there already" in cli.refused(
        *begin(*ALL, "--product", "Other")
    )
    assert (tmp_path / "my-launch/brief.yaml").read_bytes() == before


def test_a_folder_with_a_space_is_quoted_in_the_next_commands(cli: Cli):
    assert (
        "next: launch-kits check 'my launch'"
        in cli.ok(*begin(*ALL, folder="my launch")).err
    )


def answered(
    monkeypatch: pytest.MonkeyPatch, *answers: str, given: tuple[str, ...] = ()
) -> str:
    monkeypatch.setattr(command, "at_a_terminal", lambda: True)
    monkeypatch.setenv("TZ", "Europe/Berlin")
    found = CliRunner().invoke(
        app, begin(*given), input="".join(f"{answer}\n" for answer in answers)
    )
    assert found.exit_code == 0, found.output
    return found.output


def test_at_a_terminal_it_asks_for_each(monkeypatch, tmp_path):
    asked = answered(
        monkeypatch,
        *("Atlas 2.0", "", "", "", "Lee", "lee@example.com", "0.5"),
        *("Pia <pia@example.com> 0.5", *[""] * 7),
        *("", "", "Borealis", "Cirrus", ""),
        *("data store", "must not stop", "", "Atomic moves: No lost night", ""),
        "",
    )
    assert re.search("major_release +[0-9]+ tasks +Tier 1.*14 weeks before", asked)
    for suggested in ("[major_release]", "[Europe/Berlin]", "[DE]", "[none]", "[2027-"):
        assert suggested in asked
    brief = load_brief(tmp_path / "my-launch/brief.yaml").brief
    assert (brief.timezone, brief.holidays, brief.summary) == (
        "Europe/Berlin",
        "DE",
        None,
    )
    assert [each.name for each in brief.competitors()] == ["Borealis", "Cirrus"]
    assert (brief.lead.capacity, brief.team["pmm"].name) == (0.5, "Pia")
    assert brief.team["sales"].email == "lee@example.com"
    assert (brief.positioning.category, brief.positioning.benefit) == (
        "data store",
        None,
    )
    (attribute,) = brief.positioning.attributes
    assert (attribute.text, attribute.lacked_by) == (
        "Atomic moves",
        ("borealis", "cirrus"),
    )


def test_at_the_end_of_the_input_the_defaults_replace_the_rest(monkeypatch, tmp_path):
    said = answered(
        monkeypatch,
        *("Atlas 2.0", "Grows without a rewrite.", "", "", "Lee", "lee@example.com"),
        *("0.5", "Pia <pia@example.com>"),
    )
    assert "end of input: no more questions" in said
    brief = load_brief(tmp_path / "my-launch/brief.yaml").brief
    assert (brief.lead.capacity, brief.team["pmm"].name) == (0.5, "Pia")
    assert brief.team["sales"].email == "lee@example.com"
    assert brief.summary == "Grows without a rewrite."


def test_answers_that_do_not_suffice_are_shown_as_a_command(monkeypatch, tmp_path):
    monkeypatch.setattr(command, "at_a_terminal", lambda: True)
    monkeypatch.setenv("TZ", "Europe/Berlin")
    typed = "Atlas 2.0\nIt's fast.\nstartup_launch\n"
    found = CliRunner().invoke(app, begin(), input=typed)
    assert found.exit_code == 1
    words = "--product 'Atlas 2.0' --summary 'It'\"'\"'s fast.' --kit startup_launch"
    assert f"launch-kits init my-launch {words}\n" in found.output
    assert not (tmp_path / "my-launch").exists()


def test_a_brief_that_is_there_is_told_before_any_question(
    cli: Cli, monkeypatch, tmp_path
):
    cli.ok(*begin(*ALL))
    monkeypatch.setattr(command, "at_a_terminal", lambda: True)
    assert "`init --continue my-launch` asks" in cli.refused(*begin())


def test_a_wrong_answer_is_asked_for_again(monkeypatch, tmp_path):
    asked = answered(
        monkeypatch,
        *(
            *("", "Atlas 2.0", "none", "minor_release", "", "stone", ""),
            *("Lee", "lee", "lee@example.com", "half", "", *[""] * 8, "Berlin", "UTC"),
        ),
        *("Germany", "none", "", "", "", "", "Atomic moves", "", "2027-04-04", "+16w"),
    )
    for words in (
        "an answer is needed",
        'unknown kit "minor_release"',
        '"lee" is not an email address',
        'unknown time zone "Berlin"',
        '"stone" is not one of software, physical',
        '"half" is not a part of a working day',
        '"Atomic moves" has no value',
    ):
        assert f"Error: {words}" in asked
    assert 'Error: unknown country "Germany"; did you mean "DE"?' in asked
    assert "Error: 2027-04-04 (Sunday) is not a working day" in asked
    assert (
        f"{load_brief(tmp_path / 'my-launch/brief.yaml').brief.launch_on}"
        == "2027-03-17"
    )


def test_a_kit_brings_its_market_and_company(cli: Cli, tmp_path):
    cli.ok(*begin(*NEEDED, "--kit", "b2c_launch", "--goods", "physical"))
    brief = load_brief(tmp_path / "my-launch/brief.yaml").brief
    assert (brief.market, brief.company, brief.goods) == (
        "b2c",
        "enterprise",
        "physical",
    )
    cli.ok(*begin(*NEEDED, "--kit", "startup_launch", "--market", "both", folder="two"))
    brief = load_brief(tmp_path / "two/brief.yaml").brief
    assert (brief.market, brief.company, brief.goods) == ("both", "startup", "software")


def test_options_that_were_given_are_not_asked_for(monkeypatch):
    assert "Launch day" not in answered(monkeypatch, given=(*ALL, *REST))


def test_it_asks_at_a_real_terminal(tmp_path, home):
    ours, theirs = pty.openpty()
    words = [
        Path(sys.executable).with_name("launch-kits"),
        *begin(*ALL[2:], "--role", "pmm=pia@example.com", *REST),
    ]
    child = subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, b"Atlas 3\n")
    seen = b""
    # a terminal on Linux ends with an error
    with suppress(OSError):
        while read := os.read(ours, 4096):
            seen += read
    os.close(ours)
    assert child.wait() == 0, seen
    assert b"Product and version" in seen
    assert load_brief(tmp_path / "my-launch/brief.yaml").brief.product == "Atlas 3"


def test_a_kit_given_by_its_file_is_copied_beside_the_brief(cli: Cli, tmp_path):
    own = tmp_path / "ours.yaml"
    own.write_text(yaml.safe_dump(KIT), encoding="utf-8")
    said = cli.ok(*begin(*NEEDED, "--kit", "ours.yaml", "--yes"))
    assert "my-launch/kits/ours.yaml" in said.out.splitlines()
    brief = load_brief(tmp_path / "my-launch/brief.yaml").brief
    assert brief.kit_in_place.kit == "small"
    assert "no faults" in cli.ok("check", "my-launch").out
    told = cli.refused(*begin(*NEEDED, "--kit", "none.yaml", "--yes", folder="other"))
    assert told.startswith("--kit: none.yaml: no such file")
    named = cli.refused(*begin(*NEEDED, "--kit", "major_relese", folder="other"))
    assert 'did you mean "major_release"' in named
