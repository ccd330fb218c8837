from __future__ import annotations

import pytest

from launch_kits.room.forgery import is_forged

HERE = {"host": "launches.example.com"}


@pytest.mark.parametrize(
    "headers",
    [
        HERE,
        {**HERE, "origin": "https://launches.example.com"},
        {**HERE, "sec-fetch-site": "same-origin"},
    ],
)
def test_a_form_of_the_room_is_taken(headers):
    assert not is_forged(headers, cookie="secret", sent="secret")


@pytest.mark.parametrize(
    ("cookie", "sent"),
    [
        (None, None),
        ("secret", None),
        (None, "secret"),
        ("", ""),
        ("a", "b"),
        ("é", "e"),
    ],
)
def test_a_form_without_the_token_is_forged(cookie, sent):
    assert is_forged(HERE, cookie=cookie, sent=sent)


@pytest.mark.parametrize(
    "headers",
    [
        {**HERE, "origin": "https://evil.example"},
        {**HERE, "origin": "null"},
        {**HERE, "origin": "http://["},
        {**HERE, "sec-fetch-site": "cross-site"},
        {**HERE, "sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_forged(headers):
    assert is_forged(headers, cookie="secret", sent="secret")
