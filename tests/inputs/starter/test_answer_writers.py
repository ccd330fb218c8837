from __future__ import annotations

from typing import Any

import pytest

from launch_kits.inputs.starter import answer_writers as writers
from launch_kits.inputs.starter.answer_writers import Write, only
from launch_kits.inputs.yaml_source import parse

GOAL = "upgrades: 40 % by 2027-04-01"
PERSON = "Pia <pia@example.com>"
QUESTION = "Can I go back? Only with a backup."
STEP = "Try it https://example.com/try"


def value(written: str) -> Any:
    return parse(f"value: {written}", shown="brief").data["value"]


@pytest.mark.parametrize(
    ("write", "answers"),
    [
        (writers.write_persona, (GOAL, PERSON, QUESTION, STEP)),
        (writers.write_competitors, (GOAL, PERSON, QUESTION, STEP)),
        (writers.write_attributes, (GOAL, PERSON, QUESTION, STEP)),
        (writers.write_price, (GOAL, PERSON)),
        (writers.write_text, (GOAL, PERSON)),
    ],
)
def test_an_answer_to_another_question_is_refused(
    write: Write, answers: tuple[str, ...]
) -> None:
    for answer in answers:
        with pytest.raises(ValueError, match="; use a value like the example"):
            only(write, "the example")(answer)


@pytest.mark.parametrize(
    ("write", "answer"),
    [
        (writers.write_text, "Need speed? Take Atlas."),
        (writers.write_price, "Team: 49 USD"),
        (writers.write_goal, GOAL),
        (writers.write_persona, "Platform engineer: upgrades, memory"),
        (writers.write_competitors, "Borealis, Cirrus"),
    ],
)
def test_an_answer_to_the_question_is_written(write: Write, answer: str) -> None:
    assert value(only(write, "the example")(answer)) == value(write(answer))


def test_a_question_of_customers_is_written_for_customers() -> None:
    (written,) = value(writers.write_question(QUESTION))
    assert written == {
        "ask": "Can I go back?",
        "answer": "Only with a backup.",
        "audience": "customer",
    }
