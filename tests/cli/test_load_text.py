from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from rich.console import Console

from launch_kits.cli.load_text import (
    PEOPLE,
    asked_lines,
    behind_lines,
    levelled_lines,
    load_tables,
    overload_lines,
)
from launch_kits.plan import Workload, WorkloadWeek
from launch_kits.plan.brief_load import DaysAsked
from launch_kits.plan.rollout import Rollout
from tests.launches import brief_with

TODAY = date(2027, 1, 11)
HALF = Fraction(1, 2)
ALL = Fraction(1)


def person(owner: str, *, over_days: int = 0) -> Workload:
    week = WorkloadWeek(TODAY, Fraction(17, 3), Fraction(5), (), over_days)
    return Workload(owner, ALL, (week,))


def shown(*loads: Workload, colour: bool = False) -> str:
    console = Console(
        width=160, force_terminal=colour, color_system="standard" if colour else None
    )
    with console.capture() as captured:
        for table in load_tables(loads):
            console.print(table)
    return captured.get()


def test_people_are_called_by_the_first_part_of_their_email_if_it_is_theirs_alone():
    heading = next(
        line
        for line in shown(
            person("ann@a.org"), person("bo@a.org"), person("bo@b.org")
        ).splitlines()
        if "Week" in line
    )
    assert heading.split() == ["Week", "From", "ann", "bo@a.org", "bo@b.org"]


def test_weeks_and_their_sum_are_days_asked_and_available():
    lines = shown(person("ann@a.org")).splitlines()
    assert [line.split() for line in lines if "/5" in line] == [
        ["2027-W02", "11", "Jan", "5.7/5"],
        ["All", "5.7/5"],
    ]


def test_work_from_earlier_weeks_has_a_row_and_a_line():
    late = replace(person("ann@a.org"), behind=Fraction(8, 5), behind_tasks=("l/a",))
    rows = [line.split() for line in shown(late, person("bo@a.org")).splitlines()]
    assert ["Earlier", "1.6"] in rows
    (line,) = behind_lines([late, person("bo@a.org")])
    assert line == (
        "[yellow]ann@a.org[/] has 1.6 days of work from earlier weeks to begin (1 task); "
        "the weeks do not count it."
    )
    assert "Earlier" not in shown(person("ann@a.org"))


def test_an_overloaded_week_is_red():
    assert "\x1b[1;31m5.7/5" in shown(person("ann@a.org", over_days=1), colour=True)
    assert "\x1b[1;31m" not in shown(person("ann@a.org"), colour=True)


def test_many_people_are_in_several_tables():
    many = [person(f"p{number}@a.org") for number in range(PEOPLE + 1)]
    assert len(list(load_tables(many))) == 2
    assert list(load_tables([])) == []


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_figure_is_cut_in_a_narrow_terminal(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    week = WorkloadWeek(TODAY, Fraction(612, 5), Fraction(117), (), 0)
    busy = [Workload(f"marketing{n}@a.org", ALL, (week,)) for n in range(7)]
    console = Console(width=columns, force_terminal=False)
    with console.capture() as captured:
        for table in load_tables(busy):
            console.print(table)
    words = captured.get().split()
    assert words.count("122.4/117") == 2 * len(busy)
    assert {f"marketing{n}" for n in range(7)} <= set(words)
    assert "2027-W02" in words


def test_those_with_more_than_80_percent_have_a_line():
    people = [
        DaysAsked("ann@a.org", Fraction(32), 40, ALL),
        DaysAsked("bo@a.org", Fraction(33), 40, ALL),
        DaysAsked("cy@a.org", Fraction(355, 10), 40, HALF),
    ]
    assert list(asked_lines(people)) == [
        "[yellow]bo@a.org:[/] 33 days of work in 40 working days.",
        "[yellow]cy@a.org:[/] 35.5 days of work in 40 working days at a capacity of 0.5.",
    ]


def test_people_who_are_asked_for_too_much_have_a_line():
    over = [person("ann@a.org", over_days=1), person("bo@a.org", over_days=2)]
    assert list(overload_lines([*over, person("cy@a.org")])) == [
        "[bold red]ann@a.org[/] is asked for too much on 1 day.",
        "[bold red]bo@a.org[/] is asked for too much on 2 days.",
    ]
    assert list(overload_lines([person("cy@a.org")])) == [
        "[green]No one is asked for more than they have.[/]"
    ]
    (line,) = overload_lines([person("cy@a.org")], short=True)
    assert line == (
        "On the planned dates shown no one is asked for more than they have, but some of these "
        "dates lie after due days."
    )
    assert list(overload_lines([])) == ["No work of a running launch is open."]


def levelled(launch_on: str) -> str:
    load = Rollout.of(brief_with(launch_on=launch_on), today=TODAY).load.levelled
    (line,) = levelled_lines(load)
    return line


def test_levelling_says_whether_it_holds_who_is_short_and_when_it_would():
    assert levelled("2027-02-09").startswith("[green]Levelled, the plan holds:[/]")
    assert levelled("2027-01-21") == (
        "[bold red]Levelled, the plan does not hold:[/] work is planned after its "
        "due days: 1 day of Pia. "
        "The earliest launch day on which people have time for the work is Fri 22 Jan 2027."
    )
