from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from launch_kits.inputs.loading import load_brief
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint import Findings, lint_brief, lint_ledger
from launch_kits.lint.subject import Subject
from launch_kits.lint.superlatives import EVERYONE, SUPERLATIVE
from launch_kits.plan.rollout import Rollout
from tests.samples import claim, ledger
from tests.spoilt import Folder

TODAY = date(2027, 1, 11)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with the sound brief, kit and ledger."""
    return Folder(tmp_path / "folder")


def linted(folder: Folder, *, today: date = TODAY) -> Findings:
    loaded = load_brief(folder.brief)
    brief = loaded.brief
    rollout = Rollout(
        brief,
        begin_on=brief.begin_on or today,
        release_on=brief.released_on,
        launch_on=brief.launch_on,
    )
    return lint_brief(loaded, rollout, today=today)


def codes(folder: Folder, *, today: date = TODAY) -> list[tuple[str, int | None, str]]:
    found = linted(folder, today=today)
    both = (*found.faults, *found.warnings)
    return [
        (Path(fault.path).name, fault.line, fault.code)
        for fault in both
        if fault.code != "left-out"
    ]


def test_the_sound_brief_has_only_lines_that_readers_outside_miss(folder: Folder):
    assert codes(folder) == []
    assert {fault.code for fault in linted(folder).warnings} == {"left-out"}


def test_kit_and_ledgers_are_looked_at_with_the_brief(folder: Folder):
    folder.spoil(
        "kit.yaml",
        ("title: Small launch", "title: Small launch  # since Monday 5 January 2027"),
    )
    folder.spoil("kit.yaml", ("days: 2\n", "days: 2\n        due: T-0\n"))
    folder.spoil(
        "ledger.yaml",
        ("as_of: 2027-01", "as_of: 2028-02"),
        ("osprey.example.com", "osprey.example.com/Mon-2"),
    )
    folder.spoil(
        "ledger.yaml",
        ("claim: Falcon is faster, src: [site]", "claim: Falcon is the fastest"),
    )
    assert codes(folder) == [
        ("kit.yaml", 3, "wrong-weekday"),
        ("kit.yaml", 13, "due-after-successor"),
        ("ledger.yaml", 3, "future-date"),
        ("ledger.yaml", 7, "superlative-without-proof"),
    ]


def test_findings_in_a_ledger_can_be_escaped_in_the_ledger(folder: Folder):
    folder.spoil("ledger.yaml", ("as_of: 2027-01", "as_of: 2028-02"))
    assert codes(folder) == [("ledger.yaml", 3, "future-date")]
    folder.spoil(
        "ledger.yaml",
        (
            "by: them}",
            "by: them}  # lint: ignore[future-date] printed ahead of its day",
        ),
    )
    assert codes(folder) == []


def test_a_kit_in_place_has_its_findings_on_lines_of_the_brief(folder: Folder):
    kit = "{kit: tiny, title: Tiny, stages: [{key: a, title: A, tasks: [\n"
    kit += "  {key: b, title: B, role: pmm, days: 1, due: T-0},\n"
    kit += "  {key: c, title: C, role: pmm, days: 1, due: T-0, after: [b]}]}]}"
    folder.spoil("brief.yaml", ("kit: kit.yaml", f"kit: {kit}"))
    assert codes(folder) == [("brief.yaml", 4, "due-after-successor")]


def test_a_finding_about_a_built_in_kit_stands_where_the_brief_names_it(folder: Folder):
    folder.spoil("brief.yaml", ("kit: kit.yaml", "kit: major_release"))
    loaded = load_brief(folder.brief)
    brief = loaded.brief
    rollout = Rollout(
        brief, begin_on=TODAY, release_on=brief.released_on, launch_on=brief.launch_on
    )
    fault = Subject(loaded, rollout, TODAY).about_task(
        "kickoff", "due", "notice-doubtful", "too short; mend it"
    )
    assert (fault.path, fault.line) == (str(folder.brief), 3)


def test_a_plan_that_leaves_too_little_of_a_notice_is_a_fault_on_its_task(
    folder: Folder,
):
    folder.spoil(
        "kit.yaml", ("role: pmm, days: 3}", "role: pmm, days: 3, notice_period: 30d}")
    )
    assert codes(folder) == [("kit.yaml", 8, "notice-too-short")]
    folder.spoil("kit.yaml", ("notice_period: 30d", "notice_period: 4d"))
    assert codes(folder) == []


def test_only_goals_and_prices_still_to_come_are_held_against_days_off(folder: Folder):
    folder.spoil(
        "brief.yaml", ("launch_on: 2027-02-09", "launch_on: 2027-02-09\nholidays: US")
    )
    folder.spoil(
        "brief.yaml", ("currency: USD,", "currency: USD, effective_on: 2027-02-15,")
    )
    assert [code for _, _, code in codes(folder)] == ["day-off"]
    assert codes(folder, today=date(2027, 2, 16)) == []
    folder.spoil("brief.yaml", ("effective_on: 2027-02-15", "effective_on: 2027-02-14"))
    assert codes(folder) == []


@pytest.mark.parametrize(
    "text",
    [
        "the best cache",
        "our only rival",
        "the only one",
        "a leading vendor",
        "World class",
        "revolutionary",
        "#1 in Asia",
    ],
)
def test_a_superlative(text):
    assert SUPERLATIVE.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "best-fit customers",
        "best practices",
        "read-only",
        "only on weekdays",
        "leading zeros",
        "at best",
        "Bestseller",
    ],
)
def test_no_superlative(text):
    assert not SUPERLATIVE.search(text)


def test_what_is_said_of_everyone():
    assert all(
        EVERYONE.search(text)
        for text in ("for everyone", "All customers agree", "every team")
    )
    assert not any(
        EVERYONE.search(text)
        for text in ("everyday work", "all three", "every other day")
    )


def test_proved_words_pass(folder: Folder):
    folder.spoil(
        "brief.yaml",
        ("text: It is fast", "text: The fastest"),
        ("title: Speed", "title: The best speed"),
    )
    assert codes(folder) == []
    folder.spoil("brief.yaml", (", proof: [osprey.y1]}\n  themes", "}\n  themes"))
    assert [code for _, _, code in codes(folder)] == [
        "attribute-without-proof",
        "superlative-without-proof",
        "superlative-without-proof",
    ]


def test_messages_are_read_too(folder: Folder):
    folder.spoil(
        "brief.yaml",
        (
            "product: Falcon 2",
            "product: Falcon 2\nmessages:\n  ten: The fastest falcon",
        ),
    )
    assert codes(folder) == [("brief.yaml", 4, "superlative-without-proof")]


def test_a_ledger_without_any_line_is_yet_to_be_written():
    assert lint_ledger(ledger(), Yaml("ledger.yaml", {}), today=TODAY) == ((), ())


def test_a_ledger_whose_strengths_have_ended_has_none():
    ended = ledger(their_strengths=[claim("s1", valid_until="2026-12")])
    found = lint_ledger(ended, Yaml("ledger.yaml", {}), today=TODAY)
    assert [fault.code for fault in found.warnings] == ["no-strengths"]
    assert lint_ledger(ended, Yaml("ledger.yaml", {}), today=date(2026, 12, 31)) == (
        (),
        (),
    )
