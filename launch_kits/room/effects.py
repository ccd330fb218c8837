"""The effect of a verb before it is confirmed: a trial that is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from launch_kits.database.records import TASK_STATUSES, Notice, NoticeStatus
from launch_kits.room.asked import RoomRequest
from launch_kits.room.differences import TextPart, difference
from launch_kits.verbs import Change, Outcome
from launch_kits.verbs.trial import trying
from launch_kits.verbs.word_changes import WordChange
from launch_kits.views import answers
from launch_kits.views.landing import in_words, landing_after
from launch_kits.views.launch import LaunchView, TaskView, view_of
from launch_kits.views.notices.text import capitalize, spoken
from launch_kits.views.passed_plans import replanned_in_words
from launch_kits.views.reader import Reader, listed
from launch_kits.workdays.in_words import count

__all__ = ["Deed", "Revised", "VerbEffect", "effect_of"]

#: changes of other tasks, and people told, that are named
FEW = 12

Deed = Callable[[Change], Outcome]


@dataclass(frozen=True, slots=True)
class Revised(Outcome):
    """The outcome of a verb that changes the brief."""

    words: Sequence[WordChange] = ()


@dataclass(frozen=True, slots=True)
class VerbEffect:
    """The effect of a verb, in sentences."""

    #: of the verb itself
    said: str
    #: the changes, a line each
    changes: Sequence[str]
    #: the plans that would no longer hold, a line each
    warnings: Sequence[str]
    #: the names of the people and channels that would be told
    told: Sequence[str]
    #: the words of the brief that differ: place and parts
    differences: Sequence[tuple[str, Sequence[TextPart]]]
    #: the titles of the critical chain, now and then
    chain_before: Sequence[str]
    chain_after: Sequence[str]
    #: whether due days would be missed, or a warning is given
    breaks: bool
    #: the launch's revision that it was tried on
    revision: int
    #: whether anything would change
    changed: bool


def effect_of(asked: RoomRequest, deed: Deed) -> VerbEffect:
    """Try a verb on the page's launch, and take it back.

    Raises NotFound, and the errors of the verb.
    """
    room = asked.room
    context = asked.context()
    before = context.view
    reader = asked.reader(context)
    with trying(room.store, asked.slug, now=asked.now) as change:
        known = _pending(change.session, asked.slug)
        outcome = deed(change)
        change.session.flush()
        after = view_of(
            change.session,
            change.launch,
            now=asked.now,
            documents=room.settings.documents,
            calendars=change.calendars,
        )
        told = _pending(change.session, asked.slug) - known
    names = sorted({reader.name(to) for _, to in told})
    warnings = [_sentence(each, before, reader) for each in outcome.warnings]
    return VerbEffect(
        said=_sentence(outcome.message, before, reader),
        changes=[
            *listed(_changes(before, after, reader), most=FEW),
            *_replanned(outcome),
        ],
        warnings=warnings,
        told=listed(names, most=FEW),
        differences=[*_differences(outcome, before)],
        chain_before=_chain(before),
        chain_after=_chain(after),
        breaks=bool(warnings) or _newly_missed(before, after),
        revision=before.revision,
        changed=outcome.changed,
    )


def _differences(
    outcome: Outcome, view: LaunchView
) -> Iterator[tuple[str, Sequence[TextPart]]]:
    if not isinstance(outcome, Revised):
        return
    titles = {task.key: task.title for task in view.tasks}
    for word in outcome.words:
        parts = [spoken(part) for part in word.field.split(".")]
        if word.task is not None:
            parts.insert(0, titles.get(word.task, word.task))
        yield capitalize(", ".join(parts)), difference(word.before, word.after)


def _replanned(outcome: Outcome) -> Iterator[str]:
    """Say whose planned days move."""
    if outcome.effect is not None and outcome.effect.replanned:
        yield replanned_in_words(outcome.effect.replanned)


def _chain(view: LaunchView) -> list[str]:
    """The titles of the chain that drives the date, as the launch's page shows it."""
    found = view.plan.work_to_watch() or view.plan.why()
    tasks = [view.task(step.task) for step in found.steps] if found else []
    return [task.title for task in tasks if task]


def _newly_missed(before: LaunchView, after: LaunchView) -> bool:
    """Whether a task would miss its due day that did not, or miss it by more."""
    was = {task.key: task.float_days for task in before.tasks}
    return any(
        (task.float_days or 0) < min(0, was.get(task.key) or 0) for task in after.tasks
    )


def _pending(session: Session, slug: str) -> set[tuple[str, str]]:
    """The notices that wait to be sent: key and reader."""
    waiting = select(Notice.key, Notice.to).where(
        Notice.launch == slug, col(Notice.status) == NoticeStatus.PENDING
    )
    return {(key, to) for key, to in session.exec(waiting).all()}


def _sentence(text: str, view: LaunchView, reader: Reader) -> str:
    said = capitalize(answers.for_people(text, view, reader=reader)).rstrip(".")
    return f"{said}."


def _changes(before: LaunchView, after: LaunchView, reader: Reader) -> Iterator[str]:
    for name in ("launch", "release"):
        was, on = (getattr(view, f"{name}_on") for view in (before, after))
        if was != on:
            yield f"The {name} day moves from {reader.day(was)} to {reader.day(on)}."
    words = in_words(after, day=reader.day)
    if words.past:
        if words.launched_on != before.launched_on:
            yield f"The launch has taken place: {words.said}."
    else:
        yield f"{landing_after(before.lands_on, after.lands_on, day=reader.day)}."
    for task in after.tasks:
        was = before.task(task.key)
        if was is None:
            yield f"{task.title} is added."
        else:
            yield from _task_changes(was, task, reader)


def _task_changes(was: TaskView, task: TaskView, reader: Reader) -> Iterator[str]:
    if was.status != task.status:
        then = TASK_STATUSES[was.status].label.lower()
        now = TASK_STATUSES[task.status].label.lower()
        yield f"{task.title}: {then} → {now}."
    if was.owner != task.owner:
        giver = reader.name(was.owner)
        taker = reader.name(task.owner)
        yield f"{task.title}: {giver} → {taker}."
    if was.due != task.due:
        before = reader.day(was.due)
        after = reader.day(task.due)
        yield f"{task.title}: due {before} → {after}."
    if _misses(task) and not _misses(was):
        days = -(task.float_days or 0)
        yield f"{task.title} would miss its due day by {count(days, 'working day')}."


def _misses(task: TaskView) -> bool:
    return task.float_days is not None and task.float_days < 0
