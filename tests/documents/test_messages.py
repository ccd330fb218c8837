from __future__ import annotations

import pytest

from launch_kits.documents.messages import messages_of
from launch_kits.inputs.content import LENGTHS
from tests.samples import brief

POSITIONING = {
    "category": "open data store",
    "benefit": "keeps a licence that Legal reads once.",
    "attributes": [
        {"key": "a", "text": "Open licence.", "value": "read once"},
        {
            "key": "b",
            "text": "Twice the speed on the same machines",
            "value": "Fewer nodes",
        },
    ],
}


def made(**more):
    return messages_of(brief(**more))


def test_a_message_of_the_brief_is_taken_as_it_is_and_its_words_are_counted():
    ten = "One two three four five six seven eight nine ten eleven."
    short, *longer = made(messages={"ten": ten})
    assert (short.text, short.given, short.words, short.count, short.over) == (
        ten,
        True,
        10,
        11,
        1,
    )
    assert [message.text for message in longer] == [None, None, None]


def test_a_missing_message_is_the_value_statement_and_the_summary_as_they_fit():
    messages = made(positioning=POSITIONING, summary="it stores data")
    first = "Acme 2 is an open data store that keeps a licence that Legal reads once."
    assert [message.text for message in messages] == [
        "Acme 2: it stores data.",
        f"{first} It stores data.",
        None,
        None,
    ]
    assert all(message.over == 0 and not message.given for message in messages)


def test_a_summary_that_is_no_sentence_becomes_one_and_is_not_strung_on():
    summary = "A data store for people who would rather sleep"
    assert [each.text for each in made(summary=summary)] == [
        None,
        "Acme 2 is a data store for people who would rather sleep.",
        None,
        None,
    ]
    both = made(positioning=POSITIONING, summary=summary)
    first = "Acme 2 is an open data store that keeps a licence that Legal reads once."
    assert [each.text for each in both] == [None, first, None, None]


def test_attributes_are_not_strung_together():
    attributes = {"attributes": POSITIONING["attributes"]}
    assert [each.text for each in made(positioning=attributes)] == [None] * 4


def test_parts_of_the_brief_follow_the_words_of_the_sentence_and_say_nothing_twice():
    given = made(
        positioning={
            "category": "A reading lamp",
            "benefit": "that Dims itself with the daylight",
        },
        summary="A reading lamp that dims itself.",
    )
    first = "Acme 2 is a reading lamp that dims itself with the daylight."
    assert [message.text for message in given] == [None, first, None, None]


def test_a_message_is_as_long_as_what_is_printed_of_it():
    given = made(positioning=POSITIONING)
    assert given[0].length == len(given[0].text or "")


@pytest.mark.parametrize(
    "more", [{}, {"positioning": {}}, {"positioning": {"category": "store"}}]
)
def test_nothing_is_made_up(more):
    assert [message.text for message in made(**more)] == [None] * 4


def test_each_length_is_a_key_of_the_brief():
    assert [message.key for message in made()] == list(LENGTHS)
    assert list(LENGTHS.values()) == [10, 25, 50, 100]
