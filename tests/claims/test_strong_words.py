from __future__ import annotations

import pytest

from launch_kits.claims.strong_words import EVERYONE, SUPERLATIVE


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
