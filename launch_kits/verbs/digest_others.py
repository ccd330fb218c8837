"""The parts of a digest besides its reader's tasks: answers, help, and the work of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from launch_kits.database.records import TaskStatus
from launch_kits.plan.reminders import LATE_AGAIN, late_level
from launch_kits.verbs.digest_lines import ask_line, others_line, seen_line
from launch_kits.verbs.digest_parts import SOON, DigestContents
from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.owed import Owed

__all__ = ["add_answers", "add_seen"]

#: working days after which a late task of another makes a digest of its own; before, its owner
#: is reminded and its backup called, and it goes with other digests
LATE = 3
#: answers that are told in digests before they are overdue; the others have messages of their own
_MARKED = (AnswerKind.MORE_TIME, AnswerKind.WAIVER, AnswerKind.GATE)
#: answers that make a digest once they are overdue: those to sellers, and cards that they use
_AGAIN = (AnswerKind.QUESTION, AnswerKind.DOUBT, AnswerKind.CARD)


def add_answers(
    contents: DigestContents, view: LaunchView, answers: Sequence[ToDecide]
) -> None:
    """Add the answers and the help that a person owes, besides reviews: those are tasks of theirs.

    Help with a task of another person is a line of its own kind.
    """
    for ask in answers:
        task = view.task(ask.key) if ask.about_task else None
        if ask.wanted is AnswerKind.REVIEW:
            continue
        if ask.wanted is AnswerKind.HELP and task is not None:
            contents.help.append(others_line(task, view))
            continue
        if ask.wanted is AnswerKind.CARD and _is_listed(ask, contents):
            # another launch shares the card
            continue
        contents.asks.append(ask_line(ask, view))
        again = ask.wanted in _AGAIN and _days_late(ask, contents) > 0
        if ask.wanted not in _MARKED and not again:
            continue
        contents.marks |= (found := set(_ask_marks(ask, view.slug, contents)))
        told = again and (view.slug, ask.wanted, ask.key) in contents.asked_late
        if _presses(ask, view.slug, contents) and not (
            told and _days_late(ask, contents) >= LATE_AGAIN
        ):
            contents.worth |= found
            if _cannot_wait(ask, contents):
                contents.pressing |= found


def _is_listed(ask: ToDecide, contents: DigestContents) -> bool:
    """Whether the review of a card is among the lines already, for another launch."""
    due = ask.due.isoformat() if ask.due else None
    wanted = (ask.wanted, ask.title, due)
    return any(
        (line["wanted"], line["title"], line["due"]) == wanted for line in contents.asks
    )


def _days_late(ask: ToDecide, contents: DigestContents) -> int:
    """The working days by which an answer is overdue; 0 if it is not."""
    due = ask.due
    if due is None or due >= contents.today:
        return 0
    return contents.hours.calendar.count(due, contents.today)


def _presses(ask: ToDecide, slug: str, contents: DigestContents) -> bool:
    """Whether an answer is worth a digest of its own now.

    Checks of a gate can be ticked for weeks: until its day is near they go with other digests. So
    does a request for more time while its own message is new. The other questions have messages of
    their own, and are asked for again once they are overdue.
    """
    if ask.wanted is AnswerKind.MORE_TIME:
        return (slug, ask.key) not in contents.asked_lately
    if ask.wanted is AnswerKind.WAIVER:
        return True
    if ask.wanted is not AnswerKind.GATE:
        return _days_late(ask, contents) > 0
    if ask.due is None:
        return True
    return contents.hours.calendar.count(contents.today, ask.due) <= SOON


def _cannot_wait(ask: ToDecide, contents: DigestContents) -> bool:
    """Whether an answer is asked for at once.

    A gate can wait until its day. An answer that stays overdue was asked for before.
    """
    days = _days_late(ask, contents)
    if ask.wanted is AnswerKind.GATE:
        return ask.due is None or (ask.due <= contents.today and days < LATE_AGAIN)
    return days < LATE_AGAIN


def _ask_marks(ask: ToDecide, slug: str, contents: DigestContents) -> Iterator[str]:
    """Yield the marks of an answer; an overdue one is told again after each five working days."""
    near = "" if _presses(ask, slug, contents) else "ahead-"
    late = _days_late(ask, contents)
    again = f"late-{late_level(late)}-" if late else ""
    name = f"{near}{again}{ask.wanted}:{slug}/{ask.key}:{ask.until or '-'}"
    if ask.wanted is AnswerKind.GATE:
        # further checks of a gate that is asked for go with other digests
        yield name
    else:
        yield from (f"{name}:{check}" for check in ask.checks or [""])


def add_seen(
    contents: DigestContents, view: LaunchView, person: str, owed: Owed
) -> None:
    """Add the tasks of others that a lead has to know of, and does not answer for already."""
    known = {ask.key for ask in owed.answers if ask.about_task}
    known |= {task.key for task in (*owed.now, *owed.later)}
    for task in sorted(view.open_tasks, key=lambda task: (task.due, task.key)):
        if task.owner.casefold() == person.casefold() or task.key in known:
            continue
        kind = _seen_as(task, contents)
        if kind is None:
            continue
        mark = None
        if kind in ("late", "risk"):
            mark = f"{kind}:{view.slug}/{task.key}:{task.due}"
            contents.marks.add(mark)
        days = contents.hours.calendar.count(task.due, contents.today)
        if kind == "late" and days >= LATE:
            contents.worth.add(str(mark))
        contents.seen.append(seen_line(task, view, kind, mark))


def _seen_as(task: TaskView, contents: DigestContents) -> str | None:
    """``late``, ``risk`` if it cannot make its due day, ``soon`` if it can be begun and is not.

    Work that waits for other work is due soon with it: a lead hears of the task that it waits for.
    """
    if task.overdue and task.due < contents.today:
        return "late"
    if task.float_days is not None and task.float_days < 0:
        return "risk"
    days = contents.hours.calendar.count(contents.today, task.due)
    to_begin = task.status is TaskStatus.READY
    return "soon" if 0 <= days <= SOON and to_begin else None
