"""Workload in words: a table of people by week, and lines about those who have too much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from launch_kits.cli.output import console, plain, table
from launch_kits.workdays.in_words import count, span

if TYPE_CHECKING:
    from fractions import Fraction

    from launch_kits.cli.grid import TerminalTable
    from launch_kits.plan import Workload, WorkloadWeek
    from launch_kits.plan.brief_load import DaysAsked
    from launch_kits.plan.levelled_plan import LevelledPlan

__all__ = [
    "asked_lines",
    "behind_lines",
    "days_in_words",
    "levelled_lines",
    "load_tables",
    "overload_lines",
]

#: the most people in one table
PEOPLE = 9


def load_tables(loads: Sequence[Workload]) -> Iterator[TerminalTable]:
    """Tables of the days asked and available, a row for each week, some people in each.

    Each has as many people as the terminal is wide enough for, so that no figure is cut.
    People are called by their email, or by its part before the @ if that is one person's alone. A
    week with a day that asks for too much is red.
    """
    short = [one.owner.partition("@")[0] for one in loads]
    names = {
        one.owner: name if short.count(name) == 1 else one.owner
        for one, name in zip(loads, short, strict=True)
    }
    left = list(loads)
    while left:
        found, shown = _widest(left, names)
        yield found
        left = left[shown:]


def _widest(
    loads: Sequence[Workload], names: Mapping[str, str]
) -> tuple[TerminalTable, int]:
    """The table of as many people as fit, at least of one, and their number."""
    terminal = console()
    for people in range(min(PEOPLE, len(loads)), 1, -1):
        found = _table(loads[:people], names)
        if found.fits(terminal):
            return found, people
    return _table(loads[:1], names), 1


def _table(loads: Sequence[Workload], names: Mapping[str, str]) -> TerminalTable:
    from rich.text import Text

    people = [names[one.owner] for one in loads]
    found = table("Week", "From", *people, right=people, spare=("From",))
    if any(one.behind for one in loads):
        cells = (
            Text(_amount(one.behind) if one.behind else "", style="bold red")
            for one in loads
        )
        found.add_row("Earlier", "", *cells)
    for weeks in zip(*(one.weeks for one in loads), strict=True):
        cells = (
            Text(_days_in(week), style="bold red" if week.overloaded else "")
            for week in weeks
        )
        found.add_row(
            weeks[0].week,
            span(weeks[0].first, weeks[0].first, today=weeks[0].first),
            *cells,
        )
    found.add_row("All", "", *map(_days_in_all, loads))
    return found


def _days_in(week: WorkloadWeek) -> str:
    return f"{_amount(week.asked)}/{_amount(week.available)}"


def _days_in_all(one: Workload) -> str:
    """The sums of the rows, that of earlier weeks included."""
    return f"{_amount(one.asked + one.behind)}/{_amount(one.available)}"


def asked_lines(
    people: Iterable[DaysAsked], *, name: Callable[[str], str] = str
) -> Iterator[str]:
    """A line for each busy person, with more than 80 % of their days asked for.

    ``name`` gives the name of a person by email.
    """
    for one in people:
        if one.much:
            part = (
                f" at a capacity of {_amount(one.capacity)}"
                if one.capacity != 1
                else ""
            )
            days = (
                f"{days_in_words(one.asked)} of work in "
                f"{count(one.working_days, 'working day')}"
            )
            yield f"[yellow]{plain(name(one.owner))}:[/] {days}{part}."


def levelled_lines(plan: LevelledPlan) -> Iterator[str]:
    """Whether the levelled plan holds; if not, who is short, and when it would hold."""
    if plan.levelling.holds:
        yield "[green]Levelled, the plan holds:[/] no one is asked for more than they have."
        return
    from launch_kits.plan.earliest_in_words import holds_for_people
    from launch_kits.views.levelled import days_after_due
    from launch_kits.views.notices.text import capitalize

    late = days_after_due(
        {plan.name(owner): days for owner, days in plan.short_days.items()}
    )
    work = (
        f"work is planned after its due days: {plain(late)}" if late else "work is late"
    )
    earliest = plan.earliest_launch_on
    remedy = (
        f"{capitalize(holds_for_people(earliest))}."
        if earliest
        else "No launch day of the next 500 holds."
    )
    yield f"[bold red]Levelled, the plan does not hold:[/] {work}. {remedy}"


def overload_lines(
    loads: Sequence[Workload],
    *,
    short: bool = False,
    name: Callable[[str], str] = str,
) -> Iterator[str]:
    """The people who are asked for too much on some days.

    ``short`` says that work is planned after its due days, so that no one is. ``name`` gives the
    name of a person by email.
    """
    if not loads:
        yield "No work of a running launch is open."
        return
    yield from behind_lines(loads, name=name)
    over = [one for one in loads if one.over_days]
    for one in over:
        days = count(one.over_days, "day")
        yield f"[bold red]{plain(name(one.owner))}[/] is asked for too much on {days}."
    if not over:
        besides = any(one.behind for one in loads)
        but = " by the weeks shown, besides that work" if besides else ""
        if short:
            yield (
                f"On the planned dates shown no one is asked for more than they have{but}, but "
                "some of these dates lie after due days."
            )
            return
        yield f"[green]No one is asked for more than they have{but}.[/]"


def behind_lines(
    loads: Iterable[Workload], *, name: Callable[[str], str] = str
) -> Iterator[str]:
    """The people with work that was planned for earlier weeks and is not begun."""
    for one in loads:
        if one.behind:
            tasks = len(one.behind_tasks)
            work = f"{days_in_words(one.behind)} of work"
            yield (
                f"[yellow]{plain(name(one.owner))}[/] has {work} from earlier weeks to begin "
                f"({count(tasks, 'task')}); the weeks do not count it."
            )


def days_in_words(days: Fraction) -> str:
    """``1 day``, ``2.5 days``."""
    return f"{_amount(days)} day{'' if days == 1 else 's'}"


def _amount(days: Fraction) -> str:
    return f"{float(round(days, 1)):g}"
