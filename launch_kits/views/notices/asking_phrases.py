"""The words for news that ask for something: the act, its day, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from launch_kits.claims.doubtable import is_faq
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.ended import due_by_launch
from launch_kits.views.notices.ended_waivers import waivers_over
from launch_kits.views.notices.facts import texts_of
from launch_kits.views.notices.news_events import News, NewsEvent
from launch_kits.views.notices.text import quoted, shorten, stopped
from launch_kits.views.reader import count, iso_day, listed

__all__ = ["ASKS", "steps_of"]

#: checks that are named
NAMED = 3


def _blocked(told: News) -> str:
    """Tell of blocked work, and ask for help unless another person was asked."""
    helped = bool(told.fact("helper"))
    said = f"{_named(told)} is blocked, says {told.by}{told.because}"
    return f"{stopped(said if helped else f'please help: {said}')} {_due(told)}"


def _help_wanted(told: News) -> str:
    work = f"please help {told.by}, who cannot go on with {_named(told)}"
    return f"{stopped(f'{work}{told.because}')} {_due(told)}"


def _sent_back(told: News) -> str:
    task = _task(told)
    wanted = f"please hand in {_named(told)} again"
    if task is not None and _is_overdue(task, told):
        day = told.reader.day(task.due)
        wanted = f"overdue, was due {day}: {wanted}"
    elif task is not None:
        wanted += f" by {told.reader.due(task.due)}"
    return f"{wanted}. {told.by} sent it back{told.because}"


def _card_due(told: News) -> str:
    card = f"please review the card on {_card(told)}"
    if told.fact("wanted"):
        card = f"please have the card on {_card(told)} changed"
    review_on = iso_day(told.facts.get("review_on"))
    if review_on is None:
        return card
    if review_on < told.reader.today:
        return f"overdue, was due {told.reader.day(review_on)}: {card}"
    return f"{card} by {told.reader.due(review_on)}"


def _card_flagged(told: News) -> str:
    line = quoted(told.fact("quote"))
    doubt = f"{told.by} says that it is wrong{told.because}"
    place = (
        f"entry of the FAQ ({shorten(told.launch.product)})"
        if is_faq(told.fact("claim"))
        else f"line of the card on {_card(told)}"
    )
    end = "" if line.endswith(('."', '?"', '!"')) else "."
    return f"please check this {place}: {line}{end} {doubt}"


def _gate_passed(told: News) -> str:
    """Ask for the checks that are open now; those of the day itself if the gate is not known."""
    title = told.fact("gate")
    checks = texts_of(told.facts, "checks")
    for gate in told.launch.gates:
        if gate.title == title:
            checks = [check.title for check in gate.open_checks(told.launch.today)]
    named = ", ".join(listed(map(quoted, checks), most=NAMED, noun="check"))
    wanted = f"please tick {count(len(checks), 'check')} of the gate {_gate(told)}"
    them = "it" if len(checks) == 1 else "them"
    return f"{wanted}, whose day was {told.on('day')}, or let {them} pass: {named}"


def _launch_day_passed(told: News) -> str:
    """Ask for the work that is due by the launch day, as it is now, or for another day."""
    titles = [quoted(task.title) for task in due_by_launch(told.launch)]
    product = shorten(told.launch.product)
    tasks = (
        f"{count(len(titles), 'open task')} of {product}" if titles else "open tasks"
    )
    wanted = f"please finish {tasks}"
    if told.launch.launched_on is None:
        wanted += ", or move the launch"
    found = listed(titles, most=NAMED, noun="task")
    named = f": {', '.join(found)}" if titles else ""
    return f"{wanted}, whose launch day was {told.on('launch_on')}{named}"


def steps_of(told: News) -> list[str]:
    """Return the steps by which a person ends a request, as paragraphs."""
    lead = told.launch.lead
    mine = lead.lower() == told.notice.to.lower()
    update = (
        "update the launch with the changed ledger"
        if mine
        else f"{shorten(told.reader.name(lead))} updates the launch with the changed ledger"
    )
    match told.fact("event"):
        case NewsEvent.CARD_DUE | NewsEvent.CARD_STALE:
            return [_review_of(told, update, mine=mine)]
        case NewsEvent.CARD_CHANGE:
            return [f"Please correct its ledger, and {update}."]
        case NewsEvent.CARD_FLAGGED:
            hear = "the person who doubts it is told"
            fix = (
                f"If it is wrong, say so, and {update}: until then it is marked"
                if mine
                else f"If it is wrong, say so: it is marked until {update}"
            )
            return [f"If it holds, say why: {hear}. {fix}."]
        case _:
            return []


def _review_of(told: News, update: str, *, mine: bool) -> str:
    """Write how the review of a card ends; ``update`` is the act of the lead."""
    end = f"Then {update}." if mine else f"The review is done when {update}."
    wanted = told.fact("wanted")
    if wanted:
        return f"The change that it needs: {stopped(wanted)} {end}"
    verified = f"It was last verified on {told.on('verified_on')}"
    right = "If all lines are still true, say so here: that is the review."
    changes = "If not, name the change, and correct its ledger."
    return f"{verified}. Read its sources again. {right} {changes} {end}"


def _named(told: News) -> str:
    return f"{told.quoted} ({shorten(told.launch.product)})"


def _card(told: News) -> str:
    return f"{shorten(told.fact('name'))} ({shorten(told.launch.product)})"


def _gate(told: News) -> str:
    return f"{quoted(told.fact('gate'))} ({shorten(told.launch.product)})"


def _task(told: News) -> TaskView | None:
    return told.launch.task(told.notice.task) if told.notice.task else None


def _is_overdue(task: TaskView, told: News) -> bool:
    """Whether a task is overdue, and its due day is over for the reader, too."""
    return task.overdue and task.due < told.reader.today


def _due(told: News) -> str:
    """The due day as a sentence; empty without a task."""
    task = _task(told)
    if task is None:
        return ""
    if _is_overdue(task, told):
        return f"It was due {told.reader.day(task.due)}."
    return f"It is due {told.reader.due(task.due)}."


ASKS: Mapping[NewsEvent, Callable[[News], str]] = {
    NewsEvent.BLOCKED: _blocked,
    NewsEvent.HELP_WANTED: _help_wanted,
    NewsEvent.SENT_BACK: _sent_back,
    NewsEvent.CARD_DUE: _card_due,
    NewsEvent.CARD_STALE: _card_due,
    NewsEvent.CARD_FLAGGED: _card_flagged,
    NewsEvent.GATE_PASSED: _gate_passed,
    NewsEvent.WAIVER_ENDED: waivers_over,
    NewsEvent.LAUNCH_DAY_PASSED: _launch_day_passed,
}
