from __future__ import annotations

import pytest

from launch_kits.claims.proofs import supported
from launch_kits.documents.messages import messages_of
from launch_kits.inputs.content import LENGTHS
from tests.samples import INTERNAL, TODAY, brief, claim, ledger

POSITIONING = {
    "category": "open data store",
    "benefit": "keeps a licence that Legal reads once.",
    "attributes": [
        {"key": "a", "text": "Open licence.", "value": "read once"},
        {
            "key": "b",
            "text": "Twice the speed on the same machines",
            "value": "Fewer nodes",
            "proof": ["globex.y1"],
        },
    ],
}


def made(**more):
    given = brief(**more)
    ours = supported(given, given.positioning.attributes, today=TODAY, reader=INTERNAL)
    return messages_of(given, ours)


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


def test_a_missing_message_is_built_from_whole_sentences_that_fit():
    claims = ledger(
        why_we_win=[claim("y1", "Twice the speed, 2x.", kind="vendor_claim")]
    )
    alternatives = [{"key": "globex", "name": "Globex", "claims": claims.model_dump()}]
    messages = made(
        positioning={**POSITIONING, "alternatives": alternatives},
        summary="it stores data",
    )
    first = "Acme 2 is an open data store that keeps a licence that Legal reads once."
    assert [message.text for message in messages] == [
        "Acme 2: it stores data. Read once. Open licence.",
        f"{first} It stores data. Read once. Open licence.",
        (
            f"{first} It stores data. Read once. Open licence. Fewer nodes. Twice the speed "
            f"on the same machines."
        ),
        None,
    ]
    assert all(message.over == 0 and not message.given for message in messages)
    assert [message.mark for message in messages] == ["", "", "our own measurement", ""]
    assert [len(message.sources) for message in messages] == [0, 0, 1, 0]
    told = "Twice the speed on the same machines"
    assert messages[2].said == (messages[2].text or "").replace(
        told, f"{told} (measured by Acme)"
    )


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
