"""Questions and doubted lines that go to another person together with the work."""

from __future__ import annotations

from launch_kits.database.records import Closing, NoticeKind, Question, Task
from launch_kits.verbs.asked_in_turn import end_message
from launch_kits.verbs.desk_clock import open_questions, put_to
from launch_kits.verbs.flags import news_of_cards
from launch_kits.verbs.transaction import Change
from launch_kits.views.card_keepers import card_keeper
from launch_kits.views.notices.ended import over
from launch_kits.views.notices.news_events import NewsEvent

__all__ = ["pass_on_card", "pass_on_questions"]


def pass_on_questions(change: Change, person: str, to: str) -> None:
    """Put the open questions of a person who left to another; the promised time stays."""
    for question in open_questions(change):
        if question.owner.casefold() == person.casefold():
            put_to(change, question, to)


def pass_on_card(change: Change, task: Task, before: str) -> None:
    """Ask the new owner of a card's task about the lines that people doubt.

    ``before`` is the email of the owner before, whose messages about them end.
    """
    if task.item is None or card_keeper(change.tasks.values(), task.item) is not task:
        return
    for question in open_questions(change):
        if _is_about(question, task.item) and question.owner == before:
            put_to(change, question, task.owner)
    for notice in news_of_cards(change, [NewsEvent.CARD_FLAGGED]):
        if notice.task != task.key or notice.closed is not None:
            continue
        facts = {name: fact for name, fact in notice.facts.items() if name != "for"}
        end_message(change, notice, over(Closing.HANDED_ON, to=task.owner))
        change.tell(NoticeKind.NEWS, task.owner, task=task, facts=facts)


def _is_about(question: Question, card: str) -> bool:
    return (question.about or "").partition(".")[0] == card
