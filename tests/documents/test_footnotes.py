from __future__ import annotations

from dataclasses import replace

import pytest

from launch_kits.claims.ledger_view import cited
from launch_kits.documents.footnotes import better, footnote, source_list
from launch_kits.inputs.source import Source
from tests.samples import TODAY


def source(url: str = "https://acme.example/a/b", **more: object):
    given = {"url": url, "as_of": "2026-10", **more}
    return cited(Source.model_validate(given), TODAY, after_days=365)


def test_a_footnote_has_title_lines_side_and_date():
    made = footnote(source(title="Speed *test*", line="3-5", by="them"), plain=False)
    link = r"[Speed \*test\*](https://acme.example/a/b), lines 3-5"
    assert made.startswith(f"{link}: theirs, October 2026")


def test_a_plain_footnote_leaves_out_the_details_of_the_ledger():
    made = footnote(source(line="3", by="us"), plain=True)
    assert made == "[acme.example/…/b](https://acme.example/a/b), line 3, October 2026"


def test_a_footnote_tells_owners_an_unknown_date_and_never_that_a_source_is_stale():
    old = source(as_of="2020-01")
    assert "stale" not in footnote(old, plain=False) + footnote(old, plain=True)
    assert "date unknown" in footnote(source(as_of="unknown"), plain=False)
    assert "unknown" not in footnote(source(as_of="unknown"), plain=True)


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
        "[^2]: [b.example](https://b.example), October 2026\n"
    )


def test_a_footnote_outside_says_who_measured_our_figures():
    ours = replace(source(), measured_by="Acme")
    assert footnote(ours, plain=True).endswith("figures measured by Acme")


def test_a_page_that_two_ledgers_read_has_the_later_date_and_all_that_is_known():
    first = replace(source(as_of="2026-09", title="Speed"), measured_by="Acme")
    found = better(first, source(as_of="2026-10-02"))
    assert (found.as_of, found.title, found.measured_by) == (
        "2026-10-02",
        "Speed",
        "Acme",
    )


def test_a_place_that_is_not_on_the_web_is_named_inside_and_its_title_outside():
    crm = source("CRM, report 12", title="Survey of 40 customers")
    assert footnote(crm, plain=True) == "Survey of 40 customers, October 2026"
    inside = footnote(crm, plain=False)
    assert inside.startswith("Survey of 40 customers (CRM, report 12): ")
    assert (
        footnote(source("CRM, report 12"), plain=True) == "CRM, report 12, October 2026"
    )
