"""The change of an event in words, for the history of a launch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from launch_kits.database.records import ChangedDay, DayChangeRow, Event, EventVerb

__all__ = ["DaysByEvent", "event_text", "read_day_changes"]

#: names of tasks, and changes of days, that are told; more are counted
FEW = 5
#: facts that are words already
PLAIN = frozenset(["field", "fields", "gate", "link", "stage", "title"])
#: instant and verb → the days that changed then
DaysByEvent = Mapping[tuple[datetime, str], Sequence[DayChangeRow]]
Facts = Mapping[str, Any]


def read_day_changes(session: Session, slug: str) -> DaysByEvent:
    """Read the changes of days of a launch, oldest first."""
    query = select(DayChangeRow).where(DayChangeRow.launch == slug)
    found: dict[tuple[datetime, str], list[DayChangeRow]] = {}
    for row in session.exec(query.order_by(col(DayChangeRow.id))).all():
        found.setdefault((row.at, row.verb), []).append(row)
    return found


def event_text(
    event: Event, days: DaysByEvent, *, words: Mapping[str, str] | None = None
) -> str:
    """Return the change of an event, and its note as it was written.

    ``words`` are the titles of tasks and the names of people, in the place of keys and emails.
    """
    known = words or {}
    tell = _TEXTS.get(event.verb, _any)
    parts = [*tell(_worded(event.data, known)), *_days(event, days, known)]
    said = [*filter(None, parts), *([event.note] if event.note else [])]
    return "; ".join([*said, "undone later"] if event.undone else said)


def _worded(data: Facts, words: Mapping[str, str]) -> Facts:
    """The facts of an event, with words in the place of keys and emails."""
    if not words:
        return data
    return {
        name: value
        if name in PLAIN
        else _in_words(value, words, keyed=name == "changed")
        for name, value in data.items()
    }


def _in_words(
    value: object, words: Mapping[str, str], *, keyed: bool = False
) -> object:
    if isinstance(value, str):
        return words.get(value, value)
    if isinstance(value, list):
        return [_in_words(each, words) for each in value]
    if isinstance(value, Mapping):
        return {
            words.get(name, name) if keyed else name: each
            if name in PLAIN or keyed
            else _in_words(each, words)
            for name, each in value.items()
        }
    return value


def _any(data: Facts) -> Iterator[str]:
    """Every value that has one before, and the link."""
    for name, value in data.items():
        before = data.get(f"{name}_before")
        if before is not None:
            yield f"{before} → {value}"
    if data.get("link"):
        yield str(data["link"])


def _due(data: Facts) -> Iterator[str]:
    yield f"due {data.get('due')}"


def _edit(data: Facts) -> Iterator[str]:
    """The parts of the task that changed, and the due days of others."""
    changes = data.get("changes")
    found = [each for each in changes or () if isinstance(each, Mapping)]
    task = found[0].get("task") if found else None
    own = [each for each in found if each.get("task") == task]
    # its own due day is among the changes of days
    yield from (
        f"{each.get('field')} {_part(each.get('from'))} → {_part(each.get('to'))}"
        for each in own
        if each.get("field") != "due"
    )
    others = (each for each in found if each.get("task") != task)
    yield _few(
        "due days before it: ",
        [
            f"{each.get('task')} {each.get('from')} → {each.get('to')}"
            for each in others
        ],
    )


def _part(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)


def _extend(data: Facts) -> Iterator[str]:
    until = data.get("until")
    before = data.get("due_before")
    if data.get("asked"):
        yield f"asks for {until}"
    elif data.get("due"):
        yield f"has until {until}, due {data['due']}"
    else:
        yield f"{before} → {until}" if before else f"until {until}"


def _refuse(data: Facts) -> Iterator[str]:
    yield f"not until {data.get('until')}"


def _delegate(data: Facts) -> Iterator[str]:
    until = f", until {data['until']}" if data.get("until") else ""
    back = ", who is back" if data.get("back") else ""
    yield f"{data.get('person')} → {data.get('to')}{back}{until}"


def _check(data: Facts) -> Iterator[str]:
    """The gate, by its title or else its stage, and the check."""
    yield f"{data.get('gate') or data.get('stage')}: {data.get('title')}"
    if data.get("reopened"):
        yield f"open until {data['reopened']} is done again"
    if data.get("until"):
        yield f"until {data['until']}"
    if data.get("link"):
        yield str(data["link"])


def _decide(data: Facts) -> Iterator[str]:
    decides = data.get("decides")
    yield f"{'go' if data.get('go') else 'no-go'}{f' for the {decides}' if decides else ''}"


def _reopen(data: Facts) -> Iterator[str]:
    yield _named("waiting again", data.get("taken_back"))


def _revision(data: Facts) -> Iterator[str]:
    changed = data.get("changed")
    parts = changed.items() if isinstance(changed, Mapping) else ()
    yield _named("in the brief", data.get("fields"))
    yield _named("new tasks", data.get("added"))
    yield _named("dropped", data.get("dropped"))
    yield _named("changed", [f"{key} ({', '.join(names)})" for key, names in parts])


def _start(data: Facts) -> Iterator[str]:
    yield f"launch day {data.get('launch_on')}"


def _move(data: Facts) -> Iterator[str]:
    if data.get("launch_before") == data.get("launch_on"):
        yield f"planned again; its launch day stays {data.get('launch_on')}"
        return
    yield f"launch day {data.get('launch_before')} → {data.get('launch_on')}"


_TEXTS: Mapping[str, Callable[[Facts], Iterable[str]]] = {
    EventVerb.DELEGATE: _delegate,
    EventVerb.START: _start,
    EventVerb.ADD: _due,
    EventVerb.OVERDUE: _due,
    EventVerb.EDIT: _edit,
    EventVerb.EXTEND: _extend,
    EventVerb.REFUSE: _refuse,
    EventVerb.CHECK: _check,
    EventVerb.UNCHECK: _check,
    EventVerb.WAIVE: _check,
    EventVerb.DECIDE: _decide,
    EventVerb.REOPEN: _reopen,
    EventVerb.MOVE: _move,
    EventVerb.UPDATE: _revision,
    EventVerb.UPGRADE: _revision,
}


def _days(event: Event, days: DaysByEvent, words: Mapping[str, str]) -> Iterator[str]:
    """The days that changed with an event, as far as its own data does not say so."""
    told = event.data.get("until") or event.data.get("launch_on")
    rows = [
        row
        for row in days.get((event.at, event.verb), ())
        if event.task in (None, row.task) and row.after.isoformat() != told
    ]
    release = [row for row in rows if row.day == ChangedDay.RELEASE]
    for row in release:
        yield f"release day {row.before} → {row.after}"
    due = [row for row in rows if row.day == ChangedDay.DUE]
    whose = "" if event.task else "due days: "
    names = [
        "due" if event.task else words.get(row.task or "", row.task) for row in due
    ]
    yield _few(
        whose,
        [
            f"{name} {row.before} → {row.after}"
            for name, row in zip(names, due, strict=True)
        ],
    )


def _named(what: str, names: object) -> str:
    """A few of the names, after their kind; empty if there are none."""
    found = list(names) if isinstance(names, list | tuple) else []
    return _few(f"{what}: ", list(map(str, found)))


def _few(what: str, texts: Sequence[str]) -> str:
    if not texts:
        return ""
    more = f" and {len(texts) - FEW} more" if len(texts) > FEW else ""
    return f"{what}{', '.join(texts[:FEW])}{more}"
