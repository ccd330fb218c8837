"""The clock of the answer desk: who hears of an open question, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from launch_kits import outbox
from launch_kits.database.records import Notice, NoticeKind, NoticeStatus, Question
from launch_kits.verbs.flags import card_of, reasons_of
from launch_kits.verbs.transaction import Change
from launch_kits.views.asks import people_asked
from launch_kits.views.notices.desk import ASKER
from launch_kits.workdays.working_time import after_working_hours

__all__ = [
    "askers",
    "due_at",
    "look_at_questions",
    "notices_of_question",
    "people_of",
    "questions_of",
    "remind_of_questions",
    "tell_of_question",
]

#: the time that each person of the ladder has, as a part of the time for an answer
STEP = 0.5
#: the time after which the last of them is asked again, as a multiple of the time for an answer
AGAIN = 5.0


def due_at(change: Change, owner: str) -> datetime:
    """The instant at which an answer to a question asked now is due.

    It counts the hours of the owner, or of the person who acts for them.
    """
    hours = change.hours_of(change.away.reached(owner))
    return after_working_hours(hours, change.now, _within(change))


#: between the number of a question and that of its reminder, in the occasion of a notice
_LATE = "-late-"


def _within(change: Change) -> float:
    """The working hours for an answer: the brief's, else the kit's."""
    return change.brief.answer_within or change.brief.kit_in_place.answer_within


def people_of(change: Change, owner: str) -> dict[str, str | None]:
    """The backup, the manager and the lead behind the owner of a question, by email."""
    brief = change.brief
    person = brief.person(owner)
    found: dict[str, str | None] = {"backup": None, "manager": None}
    if person is not None:
        for part in ("backup", "manager"):
            role = getattr(person, part)
            found[part] = brief.team[role].email if role else None
    return {**found, "lead": brief.lead.email}


def tell_of_question(change: Change, question: Question) -> None:
    """Tell the person who is to answer, and the launch's channel.

    The channel hears nothing of doubts about a claim.
    """
    channel = [] if question.about else [f"#{change.brief.slack_channel}"]
    for to in [question.owner, *channel]:
        _tell(change, question, to, occasion=str(question.id), part="answer")


def remind_of_questions(change: Change) -> None:
    """Remind of the questions that are overdue, step by step up the ladder.

    Each person is asked, has their own working hours to answer, and only then the next is asked;
    the last is asked again and again. All messages about the question then say who has it now and
    until when, and the person who asked is told once.
    """
    for question in open_questions(change):
        if _next_at(change, question) > change.now:
            continue
        index, to = _next_person(change, question)
        question.reminded = max(index, question.reminded) + 1
        change.session.add(question)
        has = change.away.reached(to)
        owners = (question.owner, change.away.reached(question.owner))
        part = "late" if has in owners else "help"
        _close_earlier(change, question, to)
        occasion = f"{question.id}{_LATE}{len(_reminders(change, question)) + 1}"
        _tell(change, question, to, occasion=occasion, part=part)
        _tell_the_asker(change, question, has)
        is_last = to == people_asked(change.brief, question.owner)[-1]
        until = None if is_last else _next_at(change, question)
        _say_who_has_it(change, question, has, until)


def look_at_questions(change: Change) -> datetime | None:
    """The next instant at which a step of a ladder is due; None if there is none."""
    return min(
        (_next_at(change, each) for each in open_questions(change)), default=None
    )


def notices_of_question(change: Change, number: int) -> list[Notice]:
    """The notices that ask for an answer to a question."""
    query = select(Notice).where(
        Notice.launch == change.launch.slug, Notice.kind == NoticeKind.QUESTION
    )
    found = change.session.exec(
        query.order_by(col(Notice.filed_at), col(Notice.key))
    ).all()
    return [
        each
        for each in found
        if each.facts.get("id") == number and "faq" not in each.facts
    ]


def askers(change: Change) -> list[str]:
    """The people who wait for the answer to a question, each once."""
    asked = [each.asked_by for each in open_questions(change) if each.about is None]
    return list(dict.fromkeys(asked))


def questions_of(change: Change, person: str) -> list[str]:
    """The open questions of the person who asked them, as they were written."""
    mine = person.casefold()
    return [
        each.text
        for each in open_questions(change)
        if each.about is None and each.asked_by.casefold() == mine
    ]


def put_to(change: Change, question: Question, to: str) -> None:
    """Put an open question to another person, who is told; the promised time stays.

    The ladder of an overdue question begins anew with them. The messages of the owner before end.
    """
    question.owner = to
    late = question.reminded > 0
    question.reminded = 1 if late else 0
    change.session.add(question)
    for notice in notices_of_question(change, question.id):
        if notice.status == NoticeStatus.PENDING and "@" in notice.to:
            notice.status = NoticeStatus.DROPPED
            notice.error = f"{to} is asked now"
        notice.facts = {**notice.facts, "owner": to}
        change.session.add(notice)
    _close_earlier(change, question, to)
    occasion = f"{question.id}-with-{change.now.isoformat()}"
    _tell(change, question, to, occasion=occasion, part="late" if late else "answer")
    if late:
        _say_who_has_it(change, question, change.away.reached(to), None)
    _outdate(change)


def open_questions(change: Change) -> Sequence[Question]:
    """The questions of a launch that wait for an answer, oldest first."""
    query = select(Question).where(
        Question.launch == change.launch.slug, col(Question.answered_at).is_(None)
    )
    return change.session.exec(query.order_by(col(Question.id))).all()


def _next_at(change: Change, question: Question) -> datetime:
    """The instant at which the next person is asked for the answer.

    It is the promised one, then the end of the time of the person who was asked last, in that
    person's own working hours from when they were told.
    """
    if not question.reminded:
        return question.due_at
    people = people_asked(change.brief, question.owner)
    told = _told_last(change, question)
    has = told.to if told else people[min(question.reminded, len(people)) - 1]
    since = told.send_after if told else question.due_at
    part = AGAIN if question.reminded >= len(people) else STEP
    return after_working_hours(change.hours_of(has), since, _within(change) * part)


def _next_person(change: Change, question: Question) -> tuple[int, str]:
    """The next person to ask, with their place among the people asked.

    One in whose place the owner would be asked is passed over. After the last it is the last.
    """
    people = people_asked(change.brief, question.owner)
    last = len(people) - 1
    index = min(question.reminded, last)
    owners = (question.owner, change.away.reached(question.owner))
    while 0 < index < last and change.away.reached(people[index]) in owners:
        index += 1
    return index, people[index]


def _told_last(change: Change, question: Question) -> Notice | None:
    """The last notice that asked a person for an overdue answer."""
    found = _reminders(change, question)
    return max(found, key=lambda each: (each.filed_at, each.key), default=None)


def _reminders(change: Change, question: Question) -> list[Notice]:
    """The notices that asked for an overdue answer."""
    return [
        each
        for each in notices_of_question(change, question.id)
        if each.facts.get("part") in ("late", "help")
    ]


def _tell_the_asker(change: Change, question: Question, has: str) -> None:
    """Tell the person who asked, once, that the promised time has passed."""
    asker = question.asked_by.casefold()
    if question.about is None and has.casefold() != asker:
        occasion = f"{question.id}-asker"
        _tell(change, question, question.asked_by, occasion=occasion, part=ASKER)


def _say_who_has_it(
    change: Change, question: Question, has: str, until: datetime | None
) -> None:
    """Write into all messages about a question who has it now, and until when."""
    facts = {"has": has, "until": until.isoformat() if until else None}
    for notice in notices_of_question(change, question.id):
        notice.facts = {**notice.facts, **facts}
        change.session.add(notice)
    _outdate(change)


def _tell(
    change: Change, question: Question, to: str, *, occasion: str, part: str
) -> None:
    facts: dict[str, Any] = {
        "id": question.id,
        "part": part,
        "question": question.text,
        "by": question.asked_by,
        "owner": question.owner,
        "due_at": question.due_at.isoformat(),
        "about": question.about,
    }
    if question.about is not None:
        facts["card"] = card_of(change, question.about)
        facts["doubts"] = reasons_of(change, question.about)
    change.tell(NoticeKind.QUESTION, to, occasion=occasion, facts=facts)


def _close_earlier(change: Change, question: Question, to: str) -> None:
    """Close the messages about a question that newer ones replace."""
    reader = change.away.reached(to)
    for notice in notices_of_question(change, question.id):
        if notice.to in (to, reader) and notice.facts.get("part") != ASKER:
            if notice.status == NoticeStatus.PENDING:
                notice.status = NoticeStatus.DROPPED
                notice.error = "a newer reminder says more"
            notice.facts = {**notice.facts, "replaced": True}
            change.session.add(notice)
    _outdate(change)


def _outdate(change: Change) -> None:
    change.session.flush()
    outbox.outdate(
        change.session, launch=change.launch.slug, kinds=[NoticeKind.QUESTION]
    )
