"""The command `status`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import clock, json_option, now_option, open_store, tell
from launch_kits.settings import Settings
from launch_kits.statuses import LaunchStatus, TaskStatus
from launch_kits.workdays.in_words import count, day

if TYPE_CHECKING:
    from launch_kits.plan.levelled_plan import LevelledPlan
    from launch_kits.views.launch import LaunchView
    from launch_kits.views.overview import Overview

__all__ = ["status"]

#: word for the state of a launch → the word in its colour
_COLOURED = {
    "on track": "[green]on track[/]",
    "short of people": "[bold yellow]short of people[/]",
    "at risk": "[bold yellow]at risk[/]",
    "late": "[bold red]late[/]",
}


@click.command()
@click.argument("launch", required=False)
@click.option(
    "--why",
    is_flag=True,
    help="Show the open work of least float, and the chain that drives its date.",
)
@click.option("--all", "ended", is_flag=True, help="List ended launches too.")
@json_option
@now_option
def status(
    launch: str | None, why: bool, ended: bool, json: bool, now: datetime | None
) -> None:
    """Show on which day a launch lands by the facts, its late tasks, and all that can be begun.

    Without LAUNCH, list the running launches.
    """
    from launch_kits.cli import output
    from launch_kits.views.as_json import launches_json, status_json

    if launch is None:
        if why:
            raise click.UsageError("--why needs a LAUNCH")
        found = _overviews(clock(now), ended=ended)
        if json:
            output.as_json(launches_json(found))
        else:
            _show_list(found, clock(now))
        return
    view, levelled = _view(launch, clock(now))
    if json:
        output.as_json(status_json(view, levelled=levelled, why=why))
    elif why:
        _show_why(view, levelled)
    else:
        _show(view, levelled)


def _show_why(view: LaunchView, levelled: LevelledPlan | None) -> None:
    from launch_kits.cli import output
    from launch_kits.cli.why_text import why_lines

    titles = {task.key: task.title for task in view.tasks}
    plan = view.plan
    lines = why_lines(titles, plan.why(), watched=plan.work_to_watch())
    output.show(_head(view, levelled), *_explained(view), *lines)


def _explained(view: LaunchView) -> Iterator[str]:
    """Explain the figures of a launch that lands another day."""
    from launch_kits.views.landing import MEANINGS

    if not view.because:
        return
    meanings = (f"{figure}: {meaning}" for figure, meaning in MEANINGS.items())
    table = "The table shows the open work that holds the date now, delayed or not."
    yield "\n".join([*meanings, f"{table}\n"])


def _overviews(now: datetime, *, ended: bool) -> list[Overview]:
    from launch_kits.views.overview import list_overviews

    with open_store(Settings.read()).read() as session:
        return list_overviews(session, now=now, ended=ended)


def _view(launch: str, now: datetime) -> tuple[LaunchView, LevelledPlan | None]:
    """Read a launch with its documents, and if it runs with its levelled plan."""
    from launch_kits.views.facts import read_view
    from launch_kits.views.levelled import read_levelled

    settings = Settings.read()
    with open_store(settings).read() as session:
        view = read_view(
            session,
            launch,
            now=now,
            documents=settings.documents,
            folders=settings.templates,
        )
        return view, read_levelled(session, launch, now=now)


def _show_list(overviews: list[Overview], now: datetime) -> None:
    from launch_kits.cli import output
    from launch_kits.views.landing import state_in_list

    if not overviews:
        tell(
            "No launch runs; `launch-kits start BRIEF` starts one, "
            "`launch-kits status --all` lists those that ended."
        )
        return
    found = output.table(
        "Launch",
        "Product",
        "State",
        "Launch day",
        "Lands on",
        "Ready",
        "Late",
        "Open",
        right=("Ready", "Late", "Open"),
    )
    # a day is over once it is over everywhere
    today = now.astimezone(timezone(timedelta(hours=-12))).date()
    for view in overviews:
        state = state_in_list(view.shown, launch_on=view.launch_on, today=today)
        ahead = state in _COLOURED
        late = output.marked(f"[bold red]{view.late}[/]" if view.late else "0")
        found.add_row(
            view.slug,
            view.product,
            output.marked(_COLOURED.get(state, state)),
            f"{day(view.launch_on)}",
            f"{day(view.lands_on)}" if ahead and view.lands_on else "",
            f"{view.percent}%",
            late,
            str(view.tasks_open),
        )
    output.show(found)


def _show(view: LaunchView, levelled: LevelledPlan | None) -> None:
    from launch_kits.cli import output
    from launch_kits.cli.request_lines import request_lines

    overdue = sorted(
        (task for task in view.open_tasks if task.overdue),
        key=lambda task: (task.due, task.float_days or 0),
    )
    later = [task for task in view.next_tasks if task.later and not task.overdue]
    following = [
        task for task in view.next_tasks if not task.overdue and not task.later
    ]
    parts: list[object] = [_head(view, levelled)]
    if view.status == LaunchStatus.RUNNING:
        shown = {task.key for task in (*overdue, *following, *later)}
        early = [
            task
            for task in view.open_tasks
            if task.key in view.plan.can_begin and task.key not in shown
        ]
        for title, rows in (
            ("Overdue", overdue),
            ("Next", following),
            ("Can begin early, before its start day", early),
            ("Later: ready, handed out when its planned start is near", later),
        ):
            if rows:
                parts.append(output.task_rows(rows, title=title))
        parts += request_lines(view.open_tasks)
        waiting = len(view.open_tasks) - len(shown) - len(early)
        closed = len(view.tasks) - len(view.open_tasks)
        parts.append(f"Waiting for their turn: {waiting}. Closed: {closed}.")
        if view.gates:
            from launch_kits.cli.verdict_text import verdict_line

            parts.append(
                f"{verdict_line(view)} `launch-kits gate {view.slug}` shows the gates."
            )
    parts += _questions(view)
    parts += _stale(view)
    output.show(*parts)
    folder = next((task.document.parent for task in view.tasks if task.document), None)
    if folder:
        # Not through Rich, which would cut a long path in two.
        tell(f"Documents: {folder}")


def _questions(view: LaunchView) -> Iterator[str]:
    """A line with the questions to the answer desk whose time is over."""
    from launch_kits.cli.output import plain
    from launch_kits.views.notices.text import quoted
    from launch_kits.views.owed import late_questions

    late = late_questions(view)
    if not late:
        return
    named = ", ".join(f"{quoted(each.title)} ({view.name(each.who)})" for each in late)
    number = count(len(late), "question")
    yield f"[bold red]{number} of the answer desk overdue[/]: {plain(named)}"
    yield f"`launch-kits desk {view.slug}` lists the questions."


def _stale(view: LaunchView) -> Iterator[str]:
    """A line with the documents that are out of date, and one for each set of reasons."""
    from launch_kits.cli.output import plain

    if not view.stale:
        return
    total = count(len(view.stale), "document")
    verb = "is" if len(view.stale) == 1 else "are"
    again = f"`launch-kits render {view.slug}` writes them again"
    yield f"\n{total} {verb} out of date ({again}):"
    by_why: dict[str, list[str]] = {}
    for key, why in view.stale.items():
        by_why.setdefault(", ".join(why), []).append(key)
    for why, keys in by_why.items():
        yield plain(f"  {', '.join(keys)}: {why}")


def _head(view: LaunchView, levelled: LevelledPlan | None) -> str:
    from launch_kits.cli.output import plain
    from launch_kits.cli.verdict_text import announcement_lines
    from launch_kits.views.landing import behind_by, days_ahead, in_words
    from launch_kits.views.levelled import people_short
    from launch_kits.views.notices.text import capitalize
    from launch_kits.views.passed_plans import passed_in_words

    short = people_short(levelled, view) if levelled else None
    words = in_words(view, day=day)
    state = _COLOURED.get(words.state, words.state)
    title = f"[bold]{plain(view.product)}[/]  {view.slug} · {view.status}\n"
    when = f"launch day {day(view.launch_on)}"
    if words.over:
        return f"{title}{when} · {words.progress}\n{capitalize(words.said)}\n"
    if not words.past:
        when = f"{when}, {days_ahead(view)}"
    said = [when, words.progress]
    said.append(
        f"[bold red]{view.late} overdue[/]"
        if view.late
        else "[green]nothing overdue[/]"
    )
    blocked = sum(task.status is TaskStatus.BLOCKED for task in view.tasks)
    said += [f"[bold yellow]{blocked} blocked[/]"] if blocked else []
    behind = 0 if words.past else behind_by(view)
    days = count(behind, "working day")
    said += [f"[bold red]{days} behind[/]"] if behind else []
    stands = capitalize(words.said)
    if not words.past:
        stands = f"{state}{'; ' if words.landing else ': '}{plain(words.said)}"
    lines = [f"{title}{' · '.join(said)}", stands]
    if short and not words.past:
        lines.append(f"[bold yellow]{plain(capitalize(short))}.[/]")
    passed = passed_in_words(view)
    if passed:
        again = f"`launch-kits replan {view.slug}` plans them again"
        lines.append(f"[bold yellow]{plain(passed)}; {again}.[/]")
    lines += announcement_lines(view)
    return "\n".join([*lines, ""])
