from __future__ import annotations

from launch_kits.claims.known_answers import KnownAnswer
from launch_kits.database.records import Question
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.desk_forms import (
    answer_form,
    answered_message,
    ask_form,
    known_message,
    put_message,
)
from tests.desk import ENTRY
from tests.slack.block_kit import problems, problems_of_view
from tests.slack.office import words
from tests.slack.views import NOW, READER

RISKY = "*A* <!channel> `b` & \u202ec" * 200
PLACE = ActionPlace(launch="valkey-9", task="7", channel="D1", ts="1.1")


def asked(**given: object) -> Question:
    columns: dict[str, object] = {"text": RISKY, "asked_by": "s@example.com", **given}
    return Question(launch="valkey-9", **columns)


def test_messages_are_within_slacks_limits_whatever_their_texts() -> None:
    known = KnownAnswer(ENTRY, RISKY, RISKY, "the FAQ", stated=RISKY, mark="derived")
    for message in (
        known_message(known, launch="valkey-9", number=7),
        put_message(RISKY, owner=RISKY, due_at=NOW, reader=READER, again=False),
        answered_message(
            launch="valkey-9", number=7, askers=[RISKY, RISKY], can_be_proposed=True
        ),
    ):
        assert problems(list(message.blocks)) == []
        assert "\u202e" not in message.text


def test_forms_are_within_slacks_limits_whatever_their_texts() -> None:
    for view in (
        ask_form(PLACE, product=RISKY),
        answer_form(PLACE, asked(answer=RISKY), asker=RISKY, product=RISKY),
        answer_form(
            PLACE,
            asked(about="redis.y1", text=RISKY),
            asker=RISKY,
            product=RISKY,
            card=RISKY,
            doubts=[(RISKY, RISKY), (RISKY, None)],
        ),
    ):
        assert problems_of_view(view) == []


def test_a_doubt_is_answered_without_a_proposal() -> None:
    row = asked(about="redis.y1", text="It is fast", answer="Yes", source="redis.y1")
    doubts = [("Ann", "It was slow"), ("Ben", None)]
    view = answer_form(
        PLACE, row, asker="Sam", product="Valkey 9.0", card="Redis", doubts=doubts
    )
    assert words(view) == [
        (
            "Valkey 9.0\nTwo people doubt this line of the card on Redis. Does it hold?\n"
            '"It is fast"'
        ),
        "Doubted by: Ann: It was slow / Ben: no reason",
        "Your answer [Yes]",
        "Source (optional) [redis.y1]",
    ]
