from __future__ import annotations

import pytest

from launch_kits.claims.ledger_view import view_ledger
from launch_kits.claims.marks import is_measured_by_us
from launch_kits.inputs.ledger import Claim
from tests.samples import CUSTOMER, TODAY, claim, ledger


def vendor(text: str, **more: object) -> dict[str, object]:
    return claim(text=text, kind="vendor_claim", audience="customer", **more)


@pytest.mark.parametrize(
    ("text", "section", "measured"),
    [
        ("Up to 40% more throughput.", "why_we_win", True),
        ("1.2M QPS, twice the 380K of before.", "why_we_win", True),
        ("About 20 bytes less a key.", "why_we_win", True),
        ("Since 12.0 each page is read alone.", "why_we_win", False),
        ("Begun in December 2018.", "why_we_win", False),
        ("Initech saved 30 %.", "proof_points", False),
    ],
)
def test_a_figure_of_ours_is_a_measurement_and_a_version_or_a_customers_is_not(
    text, section, measured
):
    found = Claim.model_validate(vendor(text))
    assert is_measured_by_us(ledger(), found, section) is measured


def test_outside_our_own_figure_has_no_mark_and_its_source_says_who_measured():
    claims = ledger(
        why_we_win=[vendor("Up to 40% faster.")],
        their_strengths=[{**vendor("80% faster.", src="theirs"), "id": "s1"}],
    )
    seen = view_ledger(claims, today=TODAY, reader=CUSTOMER).sections
    (ours,) = seen["why_we_win"]
    (theirs,) = seen["their_strengths"]
    assert (ours.mark, ours.sources[0].measured_by) == ("", claims.card.us)
    assert (theirs.mark, theirs.sources[0].measured_by) == ("vendor's own number", "")
