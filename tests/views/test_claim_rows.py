from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from launch_kits.errors import NotFound
from launch_kits.views.claim_rows import (
    claim_rows,
    conflict_rows,
    ending_rows,
    stale_rows,
)
from launch_kits.views.ledgers import LedgerUse, ledger_uses_at
from tests.launches import at

EXAMPLE = Path(__file__).parents[2] / "examples/valkey-9/brief.yaml"


def uses(now: str) -> Sequence[LedgerUse]:
    return ledger_uses_at(EXAMPLE, now=at(now))


def test_rows_name_their_ledger_and_the_claims_of_all_ledgers_are_looked_at() -> None:
    later = uses("2028-01-10")
    rows = stale_rows(later)
    assert {row["ledger"] for row in rows} == {use.key for use in later}
    assert all(row["stale_since"] is None or row["as_of"] for row in rows)
    assert {row["where"] for row in conflict_rows(later)} <= {str(EXAMPLE)}


def test_a_claim_is_found_by_its_reference_or_refused_with_a_hint() -> None:
    (row,) = claim_rows(uses("2027-01-11"), "redis.y4", folders=())
    assert (row["id"], row["ledger"]) == ("redis.y4", "redis")
    with pytest.raises(NotFound, match=r'no claim "redis\.y44"; did you mean'):
        claim_rows(uses("2027-01-11"), "redis.y44", folders=())


def test_more_claims_end_within_more_days() -> None:
    known = uses("2027-01-11")
    soon = {row["id"] for row in ending_rows(known, within=0, folders=())}
    within_years = ending_rows(known, within=3650, folders=())
    assert soon <= {row["id"] for row in within_years}
    assert all(row["last_day"] for row in within_years if not row["ended"])
