"""The page of the workload: the days of work that are asked of each person, by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlmodel import Session, col, select

from launch_kits.database.records import CLOSED, Launch, LaunchStatus, Task
from launch_kits.plan import Workload
from launch_kits.plan.workload import owner_key
from launch_kits.room.asked import RoomRequest, Shown
from launch_kits.room.page import page
from launch_kits.views.running_load import read_running_load
from launch_kits.views.teams import read_teams
from launch_kits.workdays.in_words import count

__all__ = ["WORKLOAD"]

#: weeks that the page shows
WEEKS = 12
#: tasks of a person that it names in a week
MOST = 15


@dataclass(frozen=True, slots=True)
class WeekCell:
    """The work of a person in a week."""

    #: the first day of the week
    first: date
    asked: str
    available: str
    over_days: int
    #: the parts of the bar: 0 to 100
    part: int
    #: launch and key of the first tasks, each with its title, and the number of the others
    tasks: Sequence[tuple[str, str, str]]
    more: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, week by week."""

    email: str
    name: str
    cells: Sequence[WeekCell]
    behind: str
    over_days: int


def _workload(asked: RoomRequest) -> Shown:
    version = asked.room.launches.version()
    with asked.room.store.read() as session:
        loads = read_running_load(session, now=asked.now).workloads()
        launches = read_teams(session)
        titles = _titles(session)
    names = {
        person.email.casefold(): person.name
        for launch in launches
        for person in launch.team.values()
    }
    rows = [_row(each, names, titles) for each in loads]
    rows.sort(key=lambda row: (-row.over_days, row.name.casefold()))
    values = {
        "rows": rows,
        "weeks": [week.first for week in loads[0].weeks[:WEEKS]] if loads else [],
        "later": max(0, len(loads[0].weeks) - WEEKS) if loads else 0,
        "chosen": _chosen(asked, rows),
        "products": {each.slug: each.product for each in launches},
        "short": [row for row in rows if row.over_days],
        "behind": any(row.behind for row in rows),
        "live": ("*", version),
    }
    return Shown("workload.html", values)


def _chosen(asked: RoomRequest, rows: Sequence[PersonRow]) -> PersonRow | None:
    """The person whose tasks are named: the one that the address asks for, else the visitor."""
    wanted = owner_key(asked.wanted("person") or asked.visitor.email or "")
    return next((row for row in rows if row.email == wanted), None)


def _titles(session: Session) -> dict[tuple[str, str], str]:
    """The titles of the open tasks of running launches, by launch and key."""
    query = select(Task.launch, Task.key, Task.title)
    query = query.join(Launch, col(Launch.slug) == Task.launch)
    running = Launch.status == LaunchStatus.RUNNING
    query = query.where(running, col(Task.status).not_in(CLOSED))
    return {(slug, key): title for slug, key, title in session.exec(query)}


def _row(
    load: Workload, names: dict[str, str], titles: dict[tuple[str, str], str]
) -> PersonRow:
    return PersonRow(
        email=load.owner,
        name=names.get(load.owner, load.owner),
        cells=[
            WeekCell(
                first=week.first,
                asked=amount(week.asked),
                available=amount(week.available),
                over_days=week.over_days,
                part=_part(week.asked, week.available),
                tasks=[_task(each, titles) for each in week.tasks[:MOST]],
                more=max(0, len(week.tasks) - MOST),
            )
            for week in load.weeks[:WEEKS]
        ],
        behind=_behind(load),
        over_days=load.over_days,
    )


def _behind(load: Workload) -> str:
    """The days of earlier weeks' work that is not begun, and its tasks; empty without any."""
    if not load.behind:
        return ""
    return f"{amount(load.behind)} in {count(len(load.behind_tasks), 'task')}"


def _part(asked: Fraction, available: Fraction) -> int:
    if not available:
        return 100 if asked else 0
    return min(100, int(100 * asked / available))


def _task(ref: str, titles: dict[tuple[str, str], str]) -> tuple[str, str, str]:
    slug, _, key = ref.partition("/")
    return slug, key, titles.get((slug, key), key)


def amount(days: Fraction) -> str:
    """Days with one decimal at most, such as ``2.5``."""
    return f"{float(round(days, 1)):g}"


WORKLOAD = page("/workload")(_workload)
