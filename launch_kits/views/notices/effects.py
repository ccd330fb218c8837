"""The effect of more time in words: tasks that can no longer make their days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from launch_kits.views.announced_words import announcement_in_words
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.facts import rows_of
from launch_kits.views.notices.text import capitalize, is_or_are, quoted
from launch_kits.views.reader import count, iso_day

__all__ = ["effect_clauses", "effect_sentences"]

#: tasks that are named; any more are counted
NAMED = 4


def effect_clauses(
    facts: Mapping[str, object],
    *,
    title: Callable[[str], str],
    day: Callable[[date], str],
) -> list[str]:
    """Return the effect of more time in clauses, without a capital or a full stop.

    ``facts`` hold ``missed``, the tasks that can then be late with their working days, and
    ``anchors``, the release and launch days that work then passes; ``lands_on`` is the day on which
    the launch then lands, if that is later; ``announcements`` are notices that are then too short,
    and announcements out of order; ``late`` is the number of other tasks that cannot be
    done in time anyway. ``title`` gives a task's name by its key.

    Returns none for facts that do not say, as older notices have them.
    """
    if "missed" not in facts:
        return []
    rows = rows_of(facts, "missed")
    missed = [each for each in rows if isinstance(each["days"], int)]
    clauses = [_late(missed, title)] if missed else []
    clauses += _anchors(rows_of(facts, "anchors"), day)
    clauses += [
        announcement_in_words(row, title=title, then=True)
        for row in rows_of(facts, "announcements")
    ]
    if "lands_on" in facts:
        clauses.append(_lands(iso_day(facts["lands_on"]), day))
    return clauses or [_nothing_late(facts.get("late"))]


def effect_sentences(
    facts: Mapping[str, object], launch: LaunchView, *, day: Callable[[date], str]
) -> str:
    """Return the effect with titles for tasks, each sentence after a space."""
    titles = {task.key: quoted(task.title) for task in launch.tasks}
    clauses = effect_clauses(
        facts, title=lambda key: titles.get(key, "a task"), day=day
    )
    return "".join(f" {capitalize(clause)}." for clause in clauses)


def _nothing_late(late: object) -> str:
    """Say that more time makes no other task late, which is not to say that none is."""
    if not isinstance(late, int) or late < 1:
        return "no other task becomes late because of it"
    others = count(late, "other task")
    already = f"{others} cannot make {'its' if late == 1 else 'their'} due day anyway"
    return f"no further task becomes late because of it; {already}"


def _lands(lands_on: date | None, day: Callable[[date], str]) -> str:
    if lands_on is None:
        return "no launch day of the next 500 working days holds then"
    return f"the launch then lands on {day(lands_on)}"


def _late(missed: Sequence[Mapping[str, object]], title: Callable[[str], str]) -> str:
    """`Copy and Poster can then be 3 days late, Launch 1 day`."""
    ordered = sorted(missed, key=lambda each: -_days(each))
    by_days: dict[int, list[str]] = {}
    for each in ordered[:NAMED]:
        name = title(str(each["task"]))
        by_days.setdefault(_days(each), []).append(name)
    parts: list[str] = []
    for days, names in by_days.items():
        late = count(days, "day")
        # the first part is a sentence, and the others go on with it
        how = f" {late}" if parts else f" can then be {late} late"
        parts.append(_and(names) + how)
    more = len(missed) - NAMED
    if more > 0:
        parts.append(f"and {count(more, 'more task')} {is_or_are(more)} late too")
    return ", ".join(parts)


def _days(row: Mapping[str, object]) -> int:
    """The working days by which a task can be late."""
    return int(str(row["days"]))


def _and(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _anchors(
    anchors: Sequence[Mapping[str, object]], day: Callable[[date], str]
) -> Iterator[str]:
    for each in anchors:
        on = iso_day(each.get("on"))
        ends_on = iso_day(each.get("ends_on"))
        if on is None or ends_on is None:
            continue
        name = each.get("anchor")
        yield f"work due by the {name} day, {day(on)}, then ends on {day(ends_on)}"
