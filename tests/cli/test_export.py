from __future__ import annotations

import csv
import json

import pytest
from icalendar import Calendar

from tests.cli.commands import Cli
from tests.launches import KEYS, NOW, PMM, SALES, SLUG


def exported(*words: str) -> list[str]:
    return ["export", SLUG, *words, "--now", NOW.isoformat()]


def test_a_launch_is_written_in_every_format(cli: Cli, flying, tmp_path):
    said = cli.ok(*exported("--out", "out"))
    assert said.out.splitlines() == [
        f"out/{SLUG}.{kind}" for kind in ("ics", "csv", "json")
    ]
    calendar = Calendar.from_ical((tmp_path / f"out/{SLUG}.ics").read_bytes())
    assert len(calendar.walk("VEVENT")) == len(KEYS) + 2
    with (tmp_path / f"out/{SLUG}.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["key"] for row in csv.DictReader(file)] == list(KEYS)
    assert (tmp_path / f"out/{SLUG}.csv").read_bytes().startswith(b"\xef\xbb\xbfkey,")
    whole = json.loads((tmp_path / f"out/{SLUG}.json").read_text(encoding="utf-8"))
    assert [task["key"] for task in whole["tasks"]] == list(KEYS)


def test_the_json_holds_status_and_history_whole(cli: Cli, flying):
    cli.ok("done", SLUG, "positioning", "--note", "Agreed", "--now", NOW.isoformat())
    whole = cli.ok(*exported("--format", "json", "--out", "-")).json
    status = cli.ok("status", SLUG, "--json", "--now", NOW.isoformat()).json
    for key in status.keys() - {"tasks"}:
        assert whole[key] == status[key], key
    for task, told in zip(whole["tasks"], status["tasks"], strict=True):
        assert task | told == task
    assert whole["events"] == cli.ok("history", SLUG, "--json").json
    assert (whole["kit"], whole["release_on"], whole["timezone"]) == (
        "small",
        "2027-02-09",
        "America/New_York",
    )


@pytest.mark.parametrize(
    ("kind", "begins"),
    [("ics", "BEGIN:VCALENDAR"), ("csv", "key,stage,"), ("json", "{")],
)
def test_one_format_goes_to_stdout(cli: Cli, flying, tmp_path, kind, begins):
    said = cli.ok(*exported("--format", kind, "--out", "-"))
    assert said.out.startswith(begins)
    assert (said.err, list(tmp_path.glob(f"*.{kind}"))) == ("", [])


def test_several_formats_do_not_go_to_stdout(cli: Cli, flying):
    assert "stdout takes one format; name it with --format" in cli.refused(
        *exported("--out", "-")
    )


def test_without_a_folder_it_writes_here(cli: Cli, flying, tmp_path):
    cli.ok(*exported("--format", " csv,csv "))
    assert (tmp_path / f"{SLUG}.csv").is_file()


def test_only_the_tasks_of_one_person_are_exported(cli: Cli, flying):
    table = cli.ok(*exported("--format", "csv", "--out", "-", "--owner", SALES)).out
    assert [row["key"] for row in csv.DictReader(table.splitlines())] == ["training"]
    cli.ok("done", SLUG, "positioning", "--now", NOW.isoformat())
    for owner, verbs in ((SALES, ["start"]), (PMM, ["start", "done"])):
        whole = cli.ok(
            *exported("--format", "json", "--out", "-", "--owner", owner)
        ).json
        assert [
            event["verb"]
            for event in whole["events"]
            if event["verb"] in ("start", "done")
        ] == verbs
        assert {task["owner"] for task in whole["tasks"]} == {owner}
        assert whole["readiness"] == pytest.approx(1 / 8)


def test_who_owns_nothing_gets_the_days_of_the_launch_and_a_note(cli: Cli, flying):
    said = cli.ok(
        *exported("--format", "ics", "--out", "-", "--owner", "nobody@example.com")
    )
    assert said.out.count("BEGIN:VEVENT") == 2
    assert said.err == f"note: no task of {SLUG} is nobody@example.com's\n"


def test_an_unknown_format_launch_or_place_is_refused(cli: Cli, flying, tmp_path):
    assert 'unknown format "icl"; did you mean "ics"?' in cli.refused(
        *exported("--format", "icl")
    )
    assert 'no launch "falcon-3"; did you mean "falcon-2"?' in cli.refused(
        "export", "falcon-3"
    )
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    assert "name another folder with --out" in cli.refused(*exported("--out", "taken"))
