"""The words for each event that news tell of."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from launch_kits.database.records import EventVerb
from launch_kits.views.notices.asking_phrases import ASKS
from launch_kits.views.notices.delivery_faults import kept_out, stuck, undelivered
from launch_kits.views.notices.effects import effect_sentences
from launch_kits.views.notices.facts import texts_of
from launch_kits.views.notices.history import deed
from launch_kits.views.notices.news_events import News, NewsEvent, Told, weekday
from launch_kits.views.notices.text import is_or_are, quoted, shorten
from launch_kits.views.notices.turn_phrases import TURNS
from launch_kits.views.reader import listed
from launch_kits.workdays.in_words import count

__all__ = [
    "PHRASES",
    "blocked",
    "card_due",
    "check_reopened",
    "closed",
    "extension_answered",
    "passed_days",
]

#: documents that are named
NAMED = 3


def _finished(told: News) -> str:
    product = told.launch.product
    dropped = told.facts.get("dropped")
    if not isinstance(dropped, int):
        return f"{product}: every task is done. The launch is complete."
    tasks = f"{count(dropped, 'open task')} {'was' if dropped == 1 else 'were'} dropped"
    return f"{product}: {told.by} closed the launch{told.why}; {tasks}."


def _undone(told: News) -> str:
    about = f" ({told.quoted})" if told.notice.task else ""
    did = deed(told.fact("did"), told.facts, told.reader)
    return f"undone: {told.by} {did}{about}"


def _decided(told: News) -> str:
    word = "go" if told.notice.facts.get("go") else "no-go"
    day = told.notice.facts.get("decides")
    word += f" for the {day}" if day in ("release", "launch") else ""
    word += ", which takes back the go" if told.facts.get("takes_back") else ""
    return f"{told.launch.product}: {told.by} decided: {word}{told.because}"


def blocked(told: Told) -> str:
    """Write that a task is blocked, and why."""
    return f"{told.quoted} is blocked, says {told.by}{told.because}"


def _unblocked(told: News) -> str:
    named = f"{told.quoted} ({shorten(told.launch.product)})"
    went_on = f"{named} is no longer blocked, says {told.by}{told.because}"
    return went_on if told.facts.get("reviewed") else f"please go on: {went_on}"


def _help_answered(told: News) -> str:
    named = f"{told.quoted} ({shorten(told.launch.product)})"
    return f"{told.by} replies about {named}{told.because}"


def closed(told: Told) -> str:
    """Write that another person finished or dropped the reader's task."""
    did = "dropped" if told.fact("did") == EventVerb.DROP else "finished"
    return f"{told.by} {did} {told.quoted}, so nothing is left for you to do{told.why}"


def check_reopened(told: Told) -> str:
    """Write which checks are open again, because the task that proves them is."""
    titles = [quoted(each) for each in texts_of(told.facts, "checks")]
    named = ", ".join(listed(titles, most=NAMED)) or "a check"
    verb = is_or_are(max(len(titles), 1))
    gate = told.fact("gate")
    at = f" at {quoted(gate)}" if gate else ""
    return f"{told.by} opened {told.quoted} again, so {named}{at} {verb} open until it is done"


def _content_refused(told: News) -> str:
    changed = f"the changed document of {told.quoted}"
    return f"{told.by} does not approve {changed}; it stays out of date{told.because}"


def _extended(told: News) -> str:
    effect = effect_sentences(told.notice.facts, told.launch, day=weekday)
    if effect:
        return f"{told.by} needs until {told.on('until')} for {told.quoted}.{effect}"
    passes = told.notice.facts.get("passes")
    days = passed_days(passes) if isinstance(passes, Mapping) else ""
    return f"{told.by} needs until {told.on('until')} for {told.quoted}{days}"


def passed_days(passes: Mapping[str, object]) -> str:
    """Return the effect of more time as notices stored it before, to follow a sentence.

    ``passes`` may hold ``starts``, the tasks whose latest start is passed, and ``anchor``, the
    name of the day that is passed.
    """
    passed = []
    starts = passes.get("starts")
    if isinstance(starts, list) and starts:
        tasks = count(len(starts), "other task")
        passed.append(f"after the last day on which {tasks} can be started in time")
    if passes.get("anchor"):
        passed.append(f"after the {passes['anchor']} day")
    return f", {' and '.join(passed)}" if passed else ""


def _edited(told: News) -> str:
    return f"{told.by} changed your work{told.why}"


def extension_answered(told: Told) -> str:
    """Write that more time was granted or refused."""
    granted = told.facts.get("granted")
    answer = "granted: now due" if granted else "refused: still due"
    return f"More time for {told.quoted} {answer} {told.on('due')}, says {told.by}{told.because}"


def card_due(told: Told) -> str:
    """Write by when a card is to be reviewed."""
    review = f"Review the card on {told.fact('name')} by {told.on('review_on')}"
    return f"{review}. {_read_again(told)}"


def _read_again(told: Told) -> str:
    verified = f"It was last verified on {told.on('verified_on')}"
    return f"{verified}: read its sources again, and correct the lines that changed"


def _card_change(told: News) -> str:
    """Write the change that a card or the FAQ needs, for the lead who updates the launch."""
    name = told.fact("name")
    where = f"the card on {shorten(name)}" if name else "the FAQ"
    if told.fact("quote"):
        line = f"{'line' if name else 'entry'} {quoted(told.fact('quote'))}"
        return f"{told.by} says that the {line} of {where} is wrong{told.because}"
    return f"{told.by} says that {where} has to change{told.because}"


def _claim_ended(told: News) -> str:
    ended = f"A claim ended on {told.on('last_day')}: {quoted(told.fact('quote'))}"
    return (
        f"{ended}. It is out of every document from now on; "
        "documents that were handed out before still say it"
    )


def _not_written(told: News) -> str:
    titles = [quoted(each) for each in texts_of(told.facts, "titles")]
    of = ", ".join(listed(titles, most=NAMED, noun="task")) or "a task"
    documents = "document" if len(titles) == 1 else "documents"
    return (
        f"The {documents} of {of} cannot be written; earlier versions stay. "
        "The person who runs this finds the reason in the log. It is tried again by itself"
    )


PHRASES: Mapping[NewsEvent, Callable[[News], str]] = {
    NewsEvent.CLOSED: closed,
    NewsEvent.UNDONE: _undone,
    NewsEvent.FINISHED: _finished,
    NewsEvent.DECIDED: _decided,
    NewsEvent.HELP_ANSWERED: _help_answered,
    NewsEvent.UNBLOCKED: _unblocked,
    NewsEvent.CHECK_REOPENED: check_reopened,
    NewsEvent.CONTENT_REFUSED: _content_refused,
    NewsEvent.EXTENDED: _extended,
    NewsEvent.EDITED: _edited,
    NewsEvent.EXTENSION_ANSWERED: extension_answered,
    NewsEvent.CARD_CHANGE: _card_change,
    NewsEvent.CLAIM_ENDED: _claim_ended,
    NewsEvent.NOT_WRITTEN: _not_written,
    NewsEvent.UNDELIVERED: lambda told: undelivered(
        told.notice, told.title, told.reader
    ),
    NewsEvent.STUCK: lambda told: stuck(told.notice, told.title, told.reader),
    NewsEvent.SHARED_CHANNEL: lambda told: kept_out(told.fact("channel")),
    **TURNS,
    **ASKS,
}
