from __future__ import annotations

import pytest

from tests.lint.brief_codes import codes, linted
from tests.spoilt import Folder

PMM = "email: pmm@example.com, "


@pytest.fixture
def side_by_side(folder: Folder) -> Folder:
    """The sound brief, its battlecard beside the positioning: five days of one person's work."""
    folder.spoil("kit.yaml", ("after: [positioning]", "after: []"))
    return folder


def launched_on(folder: Folder, day: str) -> None:
    folder.spoil("brief.yaml", ("launch_on: 2027-02-09", f"launch_on: {day}"))


def message(folder: Folder, code: str) -> str:
    (found,) = (
        fault.message for fault in linted(folder).warnings if fault.code == code
    )
    return found


def test_work_that_does_not_fit_is_told_on_the_line_of_its_owner(side_by_side: Folder):
    launched_on(side_by_side, "2027-01-15")
    assert codes(side_by_side) == [("brief.yaml", 8, "overcommitted")]
    assert message(side_by_side, "overcommitted") == (
        "Pia has 1 day of work after the due days, even with the work spread out; give "
        "tasks to others, leave some out, or launch later: `plan --level` shows the day that "
        "holds, if there is one"
    )


def test_a_later_launch_is_not_a_remedy_if_no_launch_day_holds(folder: Folder):
    folder.spoil("brief.yaml", (PMM, f"{PMM}capacity: 0.5, "))
    show = "{key: show, title: Show, role: pmm, days: 2, not_before: T-2, due: T-1}"
    folder.spoil(
        "kit.yaml",
        ("      - {key: positioning", f"      - {show}\n      - {{key: positioning"),
    )
    found = message(folder, "overcommitted")
    assert found.endswith(
        "give tasks of Pia a share within the capacity, or give them to others: no "
        "later launch day was found that holds"
    )


def test_dates_that_overlap_are_not_findings_if_they_can_be_spread(
    side_by_side: Folder,
):
    launched_on(side_by_side, "2027-01-18")
    assert codes(side_by_side) == []


def test_people_are_short_in_a_plan_that_is_late_anyway_too(side_by_side: Folder):
    launched_on(side_by_side, "2027-01-12")
    assert codes(side_by_side) == [("brief.yaml", 8, "overcommitted")]


def test_work_that_is_late_by_the_dates_alone_is_not_counted(folder: Folder):
    launched_on(folder, "2027-01-12")
    assert codes(folder) == []


def test_the_warning_can_be_escaped(side_by_side: Folder):
    launched_on(side_by_side, "2027-01-15")
    side_by_side.spoil(
        "brief.yaml",
        (
            "  pmm: {",
            "  # lint: ignore[overcommitted] Pia has a helper that week\n  pmm: {",
        ),
    )
    assert codes(side_by_side) == []


def test_several_people_are_counted_after_the_one_who_is_short_of_most(
    side_by_side: Folder,
):
    letter = "      - {key: letter, title: Letter, role: legal, days: 3}\n"
    contract = "      - {key: contract, title: Contract, role: legal, days: 4}\n"
    side_by_side.spoil(
        "kit.yaml",
        (
            "      - {key: positioning",
            f"{letter}{contract}      - {{key: positioning",
        ),
    )
    launched_on(side_by_side, "2027-01-15")
    assert codes(side_by_side) == [("brief.yaml", 9, "overcommitted")]
    found = message(side_by_side, "overcommitted")
    assert found.startswith("Lou has 3 days of work after the due days")
    assert ", and so has Pia; " in found


def test_tasks_above_capacity_are_told_once_for_a_person(folder: Folder):
    folder.spoil("brief.yaml", (PMM, f"{PMM}capacity: 0.5, "))
    assert codes(folder) == [("brief.yaml", 8, "share-over-capacity")]
    assert message(folder, "share-over-capacity") == (
        "Pia has a capacity of 0.5, tasks that ask for a greater share of the day take "
        "more days: positioning (6 instead of 3) and 1 more; `plan --level` shows them"
    )


def test_shares_within_capacity_are_not_findings(folder: Folder):
    folder.spoil("brief.yaml", (PMM, f"{PMM}capacity: 0.5, "))
    folder.spoil("kit.yaml", ("version: 1", "version: 1\nshare: 0.5"))
    assert codes(folder) == []
