from __future__ import annotations

from launch_kits.inputs.bad_links import bad_links
from tests.launches import brief_with

BAD = "javascript:alert(1)"


def test_bad_links_are_found_wherever_a_brief_holds_them() -> None:
    brief = brief_with(
        quotes=[{"text": "x", "speaker": "y", "source": {"url": BAD, "as_of": "2026"}}],
        research={
            "problems": [
                {
                    "text": "x",
                    "source": {"url": "https://a:b@c.example", "as_of": "2026"},
                }
            ]
        },
    )
    places = [where for where, _ in bad_links(brief)]
    assert places == [
        ("research", "problems", 0, "source", "url"),
        ("quotes", 0, "source", "url"),
    ]


def test_links_for_readers_are_https_or_mail() -> None:
    brief = brief_with(
        brand={"website": "http://example.com"},
        links={
            "product": "https://example.com/falcon",
            "docs": "mailto:docs@example.com",
            "pricing": "ftp://example.com",
            "next": {"text": "Book", "url": "mailto:no address"},
        },
        partners=[{"key": "one", "name": "One", "link": "HTTPS://example.com"}],
    )
    assert [where for where, _ in bad_links(brief)] == [
        ("brand", "website"),
        ("links", "pricing"),
        ("links", "next", "url"),
    ]
