from __future__ import annotations

from datetime import date, timedelta

import pytest

from launch_kits.documents import filters
from tests.documents.hostile import (
    BIG_TEXT,
    TEXT,
    WORK,
    assert_refused,
    grown,
    repeated,
)

#: hostile templates, and the errors that refuse them
HOSTILE = [
    (BIG_TEXT + repeated("{{ a | sentence | length }}"), WORK),
    (grown("'a'", "[n.x, n.x] | join"), TEXT),
    (grown("'*'", "n.x | e | forceescape"), TEXT),
    ("{{ (['a' * 190000] * 5) | join }}", TEXT),
    ("{{ (['a' * 40000] * 6) | join }}", TEXT),
    ("{{ range(9) | join('a' * 190000) }}", TEXT),
    ("{{ [brief] | join }}", "a Brief is not a text; print one of its fields"),
    ("{{ brief | safe }}", "a Brief is not a text; print one of its fields"),
]


@pytest.mark.parametrize(
    ("text", "fault"), HOSTILE, ids=[text[:70] for text, _ in HOSTILE]
)
def test_a_filter_beyond_the_bounds_is_refused_soon_with_its_template(
    tmp_path, text, fault
):
    assert_refused(tmp_path, text, fault)


@pytest.mark.parametrize(
    ("value", "text"), [(750_000, "750,000"), (1234.5, "1,234.5"), (2.0, "2")]
)
def test_a_number_has_separators_and_no_empty_decimals(value, text):
    assert filters.number(value) == text


def test_days_become_ranges_that_a_weekend_does_not_end():
    friday = date(2027, 3, 5)
    days = [friday + timedelta(days) for days in (0, 3, 5)]
    assert filters.spans(days) == [(days[0], days[1]), (days[2], days[2])]
    assert filters.spans([]) == []


def test_a_link_leads_to_a_web_address_only():
    assert filters.link_to("https://a.example", "A*") == r"[A\*](https://a.example)"
    assert filters.link_to("javascript:x", "A") == "A (javascript:x)"


def test_an_address_can_be_read_on_paper():
    assert filters.address("https://a.example/get/") == (
        "[a.example/get](https://a.example/get/)"
    )
    assert filters.address("mailto:press@a.example") == "press@a.example"
    assert filters.handle("company/acme", "linkedin") == (
        "[www.linkedin.com/company/acme](https://www.linkedin.com/company/acme)"
    )
    assert filters.handle("@acme", "mastodon") == "@acme"


def test_values_are_escaped_and_the_separator_is_not():
    assert filters.joined(["*", "b"], "**, **") == r"\***, **b"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([], ""),
        (["one"], "one"),
        (["one", "two"], "one and two"),
        (["*one*", "two", "three"], r"\*one\*, two and three"),
    ],
)
def test_values_are_joined_as_a_sentence_does(values, text):
    assert filters.enumerated(values) == text


@pytest.mark.parametrize(
    ("text", "other", "percent", "whole"),
    [
        ("Numbered databases work in clusters", "numbered databases", 75, True),
        (
            "40% higher throughput in pipelines",
            "40% more throughput in a pipeline",
            75,
            True,
        ),
        ("40% higher throughput", "Numbered databases", 75, False),
        ("The free media server is fast", "media server for the home", 50, True),
        ("The free media server is fast", "media server for the home", 75, False),
        ("Anything", "", 75, False),
    ],
)
def test_a_text_covers_most_words_of_another(text, other, percent, whole):
    assert filters.covers(text, other, percent) is whole
