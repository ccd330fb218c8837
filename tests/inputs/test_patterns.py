from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits.inputs import patterns
from launch_kits.inputs.patterns import in_words

PATTERNS = [
    getattr(patterns, name)
    for name in patterns.__all__
    if name.isupper() and "LONGEST" not in name
]


@given(st.sampled_from(PATTERNS), st.text(max_size=20))
def test_the_example_of_every_pattern_matches_it_whatever_was_written(pattern, given):
    told = in_words(pattern, given)
    assert re.search(pattern, told.rpartition(" ")[2])
    assert pattern not in told


@pytest.mark.parametrize(
    ("pattern", "given", "told"),
    [
        (
            patterns.EMAIL,
            "pia",
            "is not an email address; write one such as pia@example.com",
        ),
        (patterns.CURRENCY, "usd", "is not a currency's code; write one such as USD"),
        (
            patterns.TASK_KEY,
            "Legal review",
            "takes lower-case letters, digits and underscores only; write it such as legal_review",
        ),
        (
            patterns.NAME,
            "Big Launch!",
            "takes letters, digits, hyphens and underscores only; write it such as Big_Launch",
        ),
    ],
)
def test_what_does_not_match_is_told_in_words(pattern, given, told):
    assert in_words(pattern, given) == told


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Open licence", "open-licence"),
        ("64-bit RISC-V as an official architecture", "64-bit-risc-v-as-an-official"),
        ("Donaudampfschifffahrtsgesellschaft", "donaudampfschifffahrtsgesellsc"),
        ("日本", "other"),
    ],
)
def test_a_short_key_ends_with_a_whole_word(name, key):
    assert patterns.short_key(name, otherwise="other") == key
