from __future__ import annotations

from datetime import date

from launch_kits.inputs.loading import load_brief
from launch_kits.lint.subject import LintSubject
from launch_kits.plan.rollout import Rollout
from tests.lint.brief_codes import TODAY, codes, linted
from tests.spoilt import Folder


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


def test_a_finding_about_a_built_in_kit_is_on_the_line_that_names_it(folder: Folder):
    folder.spoil("brief.yaml", ("kit: kit.yaml", "kit: major_release"))
    loaded = load_brief(folder.brief)
    brief = loaded.brief
    rollout = Rollout(
        brief, begin_on=TODAY, release_on=brief.released_on, launch_on=brief.launch_on
    )
    fault = LintSubject(loaded, rollout, TODAY).about_task(
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
