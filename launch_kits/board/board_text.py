"""A launch as text for Prefect: headline, table and page in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from launch_kits.board.row import STAGE, TITLE, shorten
from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.documents.escaping import escape
from launch_kits.plan import State
from launch_kits.views.landing import (
    MEANINGS,
    LaunchWords,
    behind_by,
    days_ahead,
    in_words,
    state_shown,
)
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.text import capitalize
from launch_kits.workdays.in_words import count, day

__all__ = [
    "at_risk",
    "counted",
    "headline",
    "instant",
    "standing",
    "summary",
]

#: the number of next tasks that the page names
NEXT = 10
#: the most characters of a gate and of its check in a table, which has to fit a screen
GATE = 26
CHECK = 38


def at_risk(view: LaunchView) -> bool:
    """Whether a launch runs, and is at risk or late."""
    running = view.status == LaunchStatus.RUNNING
    return running and view.state in (State.AT_RISK, State.LATE)


def instant(value: datetime, zone: str) -> str:
    """An instant as people write it, in a time zone: Tue 2 Mar 2027, 14:05 Europe/Berlin."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{day(local.date())}, {local:%H:%M} {zone}"


def headline(view: LaunchView) -> str:
    """The launch in one line."""
    words = in_words(view, day=day)
    if words.over:
        return f"{view.product}: {words.said}"
    late = f", {view.late} overdue" if view.late else ""
    open_tasks = f"{count(len(view.open_tasks), 'task')} open"
    if words.past:
        return f"{view.product}: {words.said}, {words.progress}, {open_tasks}{late}"
    risk = f", {words.state}" if state_shown(view) is not State.ON_TRACK else ""
    behind = behind_by(view)
    slipped = f"{count(behind, 'working day')} behind, " if behind else ""
    ready = f"{slipped}{words.progress}, {open_tasks}"
    return f"{view.product}: {_away(view)}, {ready}{late}{risk}"


def _away(view: LaunchView) -> str:
    """Say how far off the launch day is; once it is over, that a launch did not take place."""
    if view.launch_on < view.today:
        return f"launch day was {day(view.launch_on)}"
    return f"launch {days_ahead(view)}"


def standing(view: LaunchView) -> str:
    """How a launch that waits for people goes, in one line, and as of which day."""
    words = in_words(view, day=day)
    behind = 0 if words.past else behind_by(view)
    parts = [
        f"{count(behind, 'working day')} behind" if behind else _state(words),
        *([f"{view.late} late"] if view.late else []),
    ]
    if view.next_tasks:
        first = view.next_tasks[0]
        parts.append(f"next: {first.title} ({first.owner_name}), due {day(first.due)}")
    return f"{', '.join(parts)}. As of {day(view.today)}"


def _state(words: LaunchWords) -> str:
    return words.said if words.past else words.state


def counted(view: LaunchView) -> str:
    """The number of done tasks of a launch, as text."""
    kept = [task for task in view.tasks if task.status is not TaskStatus.DROPPED]
    done = sum(task.status is TaskStatus.DONE for task in kept)
    return f"{view.product}: {done} of {count(len(kept), 'task')} done"


def summary(view: LaunchView) -> str:
    """The page of a launch in Markdown.

    It has the dates, late, blocked and next tasks, requests for more time, gates and addresses.
    """
    late = [task for task in view.next_tasks if task.overdue]
    blocked = [task for task in view.next_tasks if task.status is TaskStatus.BLOCKED]
    asked = [task for task in view.open_tasks if task.asked_until]
    following = [
        task for task in view.next_tasks if task not in late and task not in blocked
    ]
    parts = [f"# {escape(headline(view))}", _dates(view)]
    words = in_words(view, day=day)
    if words.landing:
        parts.append(f"**{escape(capitalize(words.landing))}**")
        parts.append(f"*Lands on*: {MEANINGS['Lands on']}")
    if view.status == LaunchStatus.RUNNING:
        parts += _section(
            "Late", late, rest=view.late - len(late), those="that wait for these"
        )
        parts += _section("Blocked", blocked, why=True)
        parts += _asked(asked)
        parts += _section("Next", following[:NEXT], rest=len(following) - NEXT)
    parts += _undelivered(view)
    parts += _gates(view)
    parts += _stages(view)
    parts += _stale(view)
    parts += _places(view)
    return "\n\n".join(parts) + "\n"


def _dates(view: LaunchView) -> str:
    release = (
        ""
        if view.release_on == view.launch_on
        else f"Release **{day(view.release_on)}** · "
    )
    return (
        f"{release}Launch **{day(view.launch_on)}** · tier {view.tier} · kit `{view.kit}` · "
        f"lead {escape(view.name(view.lead))} · as of {day(view.today)}"
    )


def _section(
    title: str,
    tasks: Sequence[TaskView],
    *,
    why: bool = False,
    rest: int = 0,
    those: str = "",
) -> list[str]:
    if not tasks:
        return []
    head = ("Task", "Owner", "Due", "Why" if why else "Float", "Stage")
    rows = [
        (
            escape(shorten(task.title, TITLE)),
            escape(task.owner_name),
            day(task.due),
            escape(shorten(task.blocked_by or "", TITLE)) if why else _float(task),
            escape(shorten(task.stage_title, STAGE)),
        )
        for task in tasks
    ]
    more = [f"… and {rest} more {those}".rstrip()] if rest > 0 else []
    return [f"## {title}", _table(head, rows), *more]


def _float(task: TaskView) -> str:
    if task.float_days is None:
        return ""
    days = count(task.float_days, "day")
    return f"**{days}**" if task.float_days < 0 else days


def _asked(tasks: Sequence[TaskView]) -> list[str]:
    if not tasks:
        return []
    lines = [
        f"- {escape(task.title)}: {escape(task.owner_name)} asks for {day(task.asked_until)}, "
        f"due {day(task.due)}"
        for task in tasks
        if task.asked_until
    ]
    return ["## More time asked for", "\n".join(lines)]


def _gates(view: LaunchView) -> list[str]:
    """The verdict, the decision, and each gate with its first open check."""
    if not view.gates:
        return []
    rows = []
    for gate in view.gates:
        missing = gate.open_checks(view.today)
        state = f"{len(missing)} of {len(gate.checks)} open" if missing else "passed"
        first = escape(shorten(missing[0].title, CHECK)) if missing else ""
        rows.append(
            (
                escape(shorten(gate.title, GATE)),
                "hard" if gate.hard else "soft",
                escape(view.name(gate.owner)),
                state,
                first,
            )
        )
    decision = view.decision
    verdict = "**Not ready to go.**"
    if view.verdict.go:
        ready = "Work is open" if view.verdict.early else "Ready to go"
        verdict = f"{ready}: no hard gate before it is open."
    if view.has_gone or in_words(view, day=day).past:
        verdict = ""
    if decision is not None:
        why = f": {escape(decision.note)}" if decision.note else ""
        word = "go" if decision.go else "no-go"
        by = escape(view.name(decision.by))
        verdict += f" Decided on {day(decision.at.date())}: **{word}**, by {by}{why}"
    return [
        "## Gates",
        *([verdict.strip()] if verdict.strip() else []),
        _table(("Gate", "Kind", "Owner", "State", "First open check"), rows),
    ]


def _undelivered(view: LaunchView) -> list[str]:
    if not view.undelivered:
        return []
    rows = [
        (escape(notice.key), escape(notice.to), escape(notice.error))
        for notice in view.undelivered
    ]
    remedy = (
        "After fixing the cause, send them again with "
        f"`launch-kits outbox retry --launch {view.slug}`."
    )
    return ["## Not delivered", _table(("Notice", "To", "Why"), rows), remedy]


def _stages(view: LaunchView) -> list[str]:
    stages: dict[str, list[TaskView]] = {}
    for task in view.tasks:
        stages.setdefault(task.stage_title, []).append(task)
    rows = [
        (escape(title), *_count(tasks), day(max(task.due for task in tasks)))
        for title, tasks in stages.items()
    ]
    return (
        ["## Stages", _table(("Stage", "Done", "Open", "Late", "Last due"), rows)]
        if rows
        else []
    )


def _count(tasks: Sequence[TaskView]) -> tuple[str, str, str]:
    done = sum(task.status is TaskStatus.DONE for task in tasks)
    late = sum(task.overdue for task in tasks)
    return (
        str(done),
        str(sum(task.open for task in tasks)),
        f"**{late}**" if late else "",
    )


def _stale(view: LaunchView) -> list[str]:
    titles = {task.key: task.title for task in view.tasks}
    lines = [
        f"- {escape(titles[key])}: {escape(', '.join(why))}"
        for key, why in view.stale.items()
    ]
    return (
        ["## Documents out of date, for what has changed", "\n".join(lines)]
        if lines
        else []
    )


def _places(view: LaunchView) -> list[str]:
    documents = [task.document for task in view.tasks if task.document]
    lines = [
        f"- Slack: #{escape(view.channel)}",
        f"- Command line: `launch-kits status {view.slug}`",
    ]
    if documents:
        lines.append(f"- Documents: `{documents[0].parent}`")
    return ["## Where", "\n".join(lines)]


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
