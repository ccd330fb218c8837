from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from launch_kits.database.records import NoticeKind, TaskStatus
from launch_kits.views.notices.compose import compose
from launch_kits.views.notices.message import NoticeMessage, Row, Subject
from tests.slack.views import READER, launch, notice, task

RISKY = "<!channel> & *bold* " + "x" * 50


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("status", TaskStatus)
def test_a_message_that_has_actions_says_what_they_are_about(kind, status):
    found = task(status=status, overdue=True)
    message = compose(notice(kind), launch(found), reader=READER)
    assert message.sentence
    if message.actions:
        # a question to the answer desk is known by its number, which this one lacks
        of_desk = kind is NoticeKind.QUESTION
        about = "" if of_desk else "battlecard:redis"
        assert message.subject == Subject("valkey-9", about)


def test_only_the_sentence_is_needed():
    message = NoticeMessage(sentence="Valkey 9.0 is out.")
    assert message == NoticeMessage(
        sentence="Valkey 9.0 is out.",
        headline=None,
        paragraphs=(),
        rows=(),
        note=None,
        actions=(),
        subject=None,
    )


def test_no_part_of_a_message_is_escaped():
    message = compose(notice(), launch(task(title=RISKY)), reader=READER)
    assert message.sentence.startswith(f'Please start "{RISKY}" ')


def test_a_question_about_a_day_carries_the_day():
    day = date(2027, 2, 11)
    asked = notice("review", to="lead@example.com", until=day.isoformat())
    message = compose(asked, launch(task(asked_until=day)), reader=READER)
    assert message.subject == Subject("valkey-9", "battlecard:redis", day)


def test_a_row_is_not_a_link_unless_it_says_so():
    link = "https://x.example/a"
    rows = compose(notice(), launch(task(link=link)), reader=READER).rows
    assert Row("Result", [link], link=True) in rows
    assert [row.label for row in rows if row.link] == ["Result"]


def test_a_message_does_not_change():
    message = NoticeMessage(sentence="Valkey 9.0 is out.")
    with pytest.raises(FrozenInstanceError):
        message.sentence = "It is not."  # type: ignore[misc]
