from __future__ import annotations

import pytest

from launch_kits.claims.ledger_view import cited
from launch_kits.documents.footnotes import footnote, source_list
from launch_kits.inputs.ledger import Source
from tests.samples import TODAY


def source(url: str = "https://acme.example/a/b", **more: object):
    given = {"url": url, "as_of": "2026-10", **more}
    return cited(Source.model_validate(given), TODAY, after_days=365)


def test_a_footnote_has_title_lines_side_and_date():
    made = footnote(source(title="Speed *test*", line="3-5", by="them"), plain=False)
    link = r"[Speed \*test\*](https://acme.example/a/b), lines 3-5"
    assert made.startswith(f"{link}: theirs, 2026-10")


def test_a_plain_footnote_leaves_out_the_details_of_the_ledger():
    made = footnote(source(line="3", by="us"), plain=True)
    assert made == "[acme.example/…/b](https://acme.example/a/b), line 3, 2026-10"


def test_a_footnote_tells_a_stale_source_and_an_unknown_date():
    old = source(as_of="2020-01")
    assert footnote(old, plain=False).endswith(", **stale**")
    assert "stale" not in footnote(old, plain=True)
    assert "date unknown" in footnote(source(as_of="unknown"), plain=True)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://acme.example", "acme.example"),
        ("https://acme.example/a", "acme.example/a"),
        ("https://acme.example/a/b/", "acme.example/…/b"),
    ],
)
def test_an_address_without_a_title_is_shown_short(url, text):
    assert footnote(source(url), plain=True).startswith(f"[{text}]({url})")


def test_sources_are_listed_under_a_heading():
    assert source_list([], plain=True) == ""
    first = source()
    assert source_list([first, source("https://b.example")], plain=True) == (
        "\n## Sources\n\n"
        f"[^1]: {footnote(first, plain=True)}\n"
        "[^2]: [b.example](https://b.example), 2026-10\n"
    )
