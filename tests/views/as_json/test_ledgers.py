from __future__ import annotations

from launch_kits.claims.audit import endings, open_conflicts, stale
from launch_kits.inputs.ledger import Ledger
from launch_kits.views.as_json import claim_json, conflict_json, ending_json, stale_json
from launch_kits.views.ledgers import LedgerUse
from tests.cli.test_json import conflicting
from tests.launches import at, ledger_of

LEDGER = Ledger.model_validate(conflicting(ledger_of("osprey")))
#: after the review of the card, and after a claim has ended
LATE = at("2027-06-01").date()


def use(day=LATE) -> LedgerUse:
    return LedgerUse("osprey.yaml", "osprey", LEDGER, day)


def test_stale_card_has_its_first_stale_day():
    (found,) = (stale_json(use(), each) for each in stale(LEDGER, today=LATE))
    assert found == {
        "where": "osprey.yaml",
        "ledger": "osprey",
        "card": "osprey",
        "what": "card",
        "id": "osprey",
        "as_of": "2027-01-04",
        "stale_since": "2027-04-05",
        "claims": [],
    }


def test_conflict_has_all_values_with_their_sources():
    ((section, claim),) = open_conflicts(LEDGER, today=LATE)
    found = conflict_json(use(), section, claim)
    assert found["values"] == [
        {"value": 2000, "src": ["site"], "line": None, "quote": None},
        {"value": 1000, "src": [], "line": None, "quote": None},
    ]


def test_ending_says_whether_the_claim_has_ended():
    (ending,) = endings(LEDGER, today=LATE, within=30)
    found = ending_json(use(), ending, ())
    assert (found["id"], found["ended"], found["last_day"]) == (
        "osprey.y2",
        True,
        "2027-01-31",
    )


def test_claim_has_its_sources_and_the_readers_that_do_not_see_it():
    claim = LEDGER.find("y2")
    assert claim is not None
    found = claim_json(use(), claim, folders=())
    assert not found["holds"]
    assert found["hidden"]["internal"] == "it is no longer true"
    assert [each["id"] for each in found["sources"]] == ["site"]
    before = claim_json(use(at("01-12").date()), claim, folders=())
    assert before["holds"]
    assert before["hidden"]["internal"] is None
