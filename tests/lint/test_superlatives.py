from __future__ import annotations

import pytest

from launch_kits.claims.strong_words import EVERYONE, SUPERLATIVE
from tests.lint.brief_codes import codes
from tests.spoilt import Folder


@pytest.mark.parametrize(
    "text",
    [
        "the best cache",
        "our only rival",
        "the only one",
        "a leading vendor",
        "World class",
        "revolutionary",
        "#1 in Asia",
    ],
)
def test_a_superlative(text):
    assert SUPERLATIVE.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "best-fit customers",
        "best practices",
        "read-only",
        "only on weekdays",
        "leading zeros",
        "at best",
        "Bestseller",
    ],
)
def test_no_superlative(text):
    assert not SUPERLATIVE.search(text)


def test_statements_about_everyone():
    assert all(
        EVERYONE.search(text)
        for text in ("for everyone", "All customers agree", "every team")
    )
    assert not any(
        EVERYONE.search(text)
        for text in ("everyday work", "all three", "every other day")
    )


def test_proved_words_pass(folder: Folder):
    folder.spoil(
        "brief.yaml",
        ("text: It is fast", "text: The fastest"),
        ("title: Speed", "title: The best speed"),
    )
    assert codes(folder) == []
    folder.spoil("brief.yaml", (", proof: [osprey.y1]}\n  themes", "}\n  themes"))
    assert [code for _, _, code in codes(folder)] == [
        "attribute-without-proof",
        "superlative-without-proof",
        "superlative-without-proof",
    ]


def test_messages_are_read_too(folder: Folder):
    folder.spoil(
        "brief.yaml",
        (
            "product: Falcon 2",
            "product: Falcon 2\nmessages:\n  ten: The fastest falcon",
        ),
    )
    assert codes(folder) == [("brief.yaml", 4, "superlative-without-proof")]
