"""Messages of the answer desk: a question, its answer, and an entry proposed for the FAQ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from launch_kits.database.records import FaqStatus, LaunchStatus, Notice
from launch_kits.views.labels import LABELS
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.desk_notice import (
    UNSOURCED,
    DeskNotice,
)
from launch_kits.views.notices.message import Action, NoticeMessage, Row, Subject
from launch_kits.views.notices.text import capitalize, clean, shorten, stopped
from launch_kits.views.reader import Reader

__all__ = [
    "ADD_TO_FAQ",
    "ANSWER_DOUBT",
    "ANSWER_QUESTION",
    "ASKER",
    "DECLINE_FAQ",
    "DOUBT_IS_RIGHT",
    "answer_in_thread",
    "answered_question",
    "desk_question",
]

ANSWER_QUESTION = Action("desk_answer", "Answer", "primary")
#: the same for the question whether a line holds
ANSWER_DOUBT = replace(ANSWER_QUESTION, label=LABELS["uphold"])
#: shows the form that says why the line is wrong
DOUBT_IS_RIGHT = Action("desk_wrong", LABELS["concede"])
ADD_TO_FAQ = Action("desk_add_to_faq", "Add it", "primary")
DECLINE_FAQ = Action("desk_decline_faq", "Leave it out")

#: the part of the person who asked, in the messages about their question
ASKER = "asker"


def desk_question(
    notice: Notice, launch: LaunchView, *, reader: Reader
) -> NoticeMessage:
    """Write a question for the person who is to answer, or for the launch's channel.

    Also for the person who asked, if it is overdue, and an answer that is proposed for the FAQ, for
    the lead. One that is answered, decided, replaced by a newer reminder, or of a cancelled launch
    is one line without actions.
    """
    told = DeskNotice(notice, launch, reader)
    if "faq" in notice.facts:
        return _proposal(told)
    over = _over(told)
    if over is not None:
        return _line(over)
    if notice.to.startswith("#"):
        return NoticeMessage(sentence=_in_channel(told))
    product = Row("Launch", [launch.product])
    if told.fact("part") == ASKER:
        said = f"Your question is not answered yet: {told.question}"
        was_due = f"An answer was due {told.due}. {told.now_with}"
        return NoticeMessage(sentence=f"{said} {was_due}", rows=[product])
    said = _ASKS.get(told.fact("part"), _asks_owner)(told)
    asked_by = Row("Asked by", [told.name("by")])
    return NoticeMessage(
        sentence=said,
        rows=[product, *([told.doubts] if told.doubts else [asked_by])],
        actions=(ANSWER_DOUBT, DOUBT_IS_RIGHT)
        if told.fact("about")
        else (ANSWER_QUESTION,),
        subject=Subject(launch.slug, told.fact("id"), claim=told.fact("about")),
    )


def answered_question(
    notice: Notice, launch: LaunchView, *, reader: Reader
) -> NoticeMessage:
    """Write the answer to the person who asked, or the lead's decision about the FAQ."""
    told = DeskNotice(notice, launch, reader)
    if "faq" in notice.facts:
        added = notice.facts["faq"] == FaqStatus.ADDED
        word = "is in the FAQ now" if added else "stays out of the FAQ"
        return _line(f"Your answer to {told.question} {word}, says {told.name('by')}")
    answer = clean(told.fact("answer"))
    about = "About the line that you doubted" if told.fact("about") else "Your question"
    said = f"{about}, {told.question}: {told.name('by')} {_answers(notice)}: {answer}"
    rows = [Row("Launch", [launch.product])]
    if notice.facts.get("wrong") is True:
        until = "It is marked until it is corrected."
        return NoticeMessage(sentence=f"{stopped(said)} {until}", rows=rows)
    return _sourced(said, told.fact("source"), rows=rows)


def answer_in_thread(notice: Notice, *, reader: Reader) -> NoticeMessage | None:
    """The answer to a question, for the thread of its message; None if there is none yet."""
    facts = notice.facts
    if "faq" in facts or not facts.get("answered_by"):
        return None
    by = shorten(reader.name(str(facts["answered_by"])))
    said = f"{by} {_answers(notice)}: {clean(str(facts.get('answer') or ''))}"
    return _sourced(said, str(facts.get("source") or ""))


def _answers(notice: Notice) -> str:
    if notice.facts.get("wrong") is True:
        return "says that it is wrong"
    corrected = notice.facts.get("corrected") is True
    return "corrects the answer" if corrected else "answers"


def _sourced(said: str, source: str, *, rows: Sequence[Row] = ()) -> NoticeMessage:
    """An answer with its source, or the remark that it has none."""
    if not source.strip():
        return NoticeMessage(sentence=f"{said} ({UNSOURCED})", rows=rows)
    shown = Row("Source", [clean(source)], link=True)
    return NoticeMessage(sentence=said, rows=[*rows, shown])


def _proposal(told: DeskNotice) -> NoticeMessage:
    decided = told.fact("decided")
    if decided:
        word = (
            "Added to the FAQ" if decided == FaqStatus.ADDED else "Left out of the FAQ"
        )
        return _line(f"{word} by {told.name('decided_by')}: {told.question}")
    if told.launch.status == LaunchStatus.CANCELLED:
        return _line(_not_needed(told))
    said = f"Add this answer to the FAQ? {told.name('by')} proposes it"
    return NoticeMessage(
        sentence=f"{said}: {told.question}",
        rows=[
            Row("Launch", [told.launch.product]),
            Row("Answer", [told.fact("answer")]),
            Row("Source", [told.source], link=True),
        ],
        actions=(ADD_TO_FAQ, DECLINE_FAQ),
        subject=Subject(told.launch.slug, told.fact("id")),
    )


def _over(told: DeskNotice) -> str | None:
    """Return why a question needs no answer any more, or None if it does."""
    if told.fact("answered_by"):
        return f"Answered by {told.name('answered_by')}: {told.question}"
    if told.launch.status == LaunchStatus.CANCELLED:
        return _not_needed(told)
    if (other := told.with_other) is not None:
        return f"{capitalize(other)} has the question now: {told.question}"
    if told.fact("replaced"):
        return f"There is a newer reminder about {told.question}"
    return None


def _not_needed(told: DeskNotice) -> str:
    product = shorten(told.launch.product)
    return f"{product} is cancelled, so no answer is needed: {told.question}"


def _line(text: str) -> NoticeMessage:
    said = text if text.endswith((".", "!", "?", '"')) else f"{text}."
    return NoticeMessage(sentence=said)


def _in_channel(told: DeskNotice) -> str:
    asks = f"{capitalize(told.name('by'))} asks: {told.question}"
    if told.is_late:
        return f"{asks} An answer was due {told.due}. {told.now_with}"
    return f"{asks} {capitalize(told.answers)} answers by {told.due}."


def _asks_owner(told: DeskNotice) -> str:
    if told.is_late:
        return _late(told)
    if told.fact("about"):
        return (
            f"Please say by {told.due} whether {told.line} holds, "
            f"which two people doubt: {told.question}"
        )
    return f"Please answer by {told.due}: {told.question}"


def _late(told: DeskNotice) -> str:
    asks = f"say {told.wanted_by} whether {told.line} holds"
    if not told.fact("about"):
        asks = f"answer {told.wanted_by}"
    late = f"Please {asks}; it was due {told.due}: {told.question}"
    return f"{late}{told.with_another}"


def _help(told: DeskNotice) -> str:
    what = f"said whether {told.line} holds" if told.fact("about") else "answered"
    helps = "Please help"
    if told.wanted_by != "now":
        helps = f"Please help, and answer {told.wanted_by}"
    missed = f"{told.name('owner')} has not {what}; it was due {told.due}"
    return f"{helps}: {missed}: {told.question}{told.with_another}"


_ASKS: Mapping[str, Callable[[DeskNotice], str]] = {
    "answer": _asks_owner,
    "late": _late,
    "help": _help,
}
