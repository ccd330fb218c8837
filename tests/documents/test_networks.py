from __future__ import annotations

import pytest

from launch_kits.documents.networks import network_name, page_on


@pytest.mark.parametrize(
    ("key", "handle", "name", "page"),
    [
        (
            "linkedin",
            "company/acme",
            "LinkedIn",
            "https://www.linkedin.com/company/acme",
        ),
        ("linkedin", "acme", "LinkedIn", "https://www.linkedin.com/company/acme"),
        ("x", "@acme", "X", "https://x.com/acme"),
        ("github", "acme", "GitHub", "https://github.com/acme"),
        ("youtube", "acme", "YouTube", "https://www.youtube.com/@acme"),
        ("youtube", "c/acme", "YouTube", "https://www.youtube.com/c/acme"),
        (
            "mastodon",
            "@acme@social.example",
            "Mastodon",
            "https://social.example/@acme",
        ),
        ("mastodon", "@acme", "Mastodon", ""),
        ("reddit", "acme", "Reddit", "https://www.reddit.com/r/acme"),
        (
            "linkedin",
            "linkedin.com/company/acme",
            "LinkedIn",
            "https://linkedin.com/company/acme",
        ),
        ("forum", "https://forum.acme.example", "Forum", "https://forum.acme.example"),
        ("our_forum", "Acme people", "Our forum", ""),
        ("x", "Acme people", "X", ""),
    ],
)
def test_a_network_is_written_as_it_writes_itself_with_the_page(
    key, handle, name, page
):
    assert network_name(key) == name
    assert page_on(key, handle) == page
