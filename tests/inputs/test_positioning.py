from __future__ import annotations

from launch_kits.inputs.positioning import Alternative
from tests.inputs.test_ledger import ledger


def test_an_alternative_has_a_ledger_only_if_it_is_in_place() -> None:
    in_place = ledger()
    named = Alternative(key="osprey", name="Osprey", claims="osprey")
    given = Alternative(key="osprey", name="Osprey", claims=in_place)
    assert (named.ledger, given.ledger) == (None, in_place)
    assert Alternative(key="stay", name="Stay").ledger is None
