from __future__ import annotations

from datetime import date

from tests.lint.brief_codes import codes, linted
from tests.spoilt import Folder

#: the sound ledger's line that two parts of the brief name as proof
PROOF = "{id: y1, claim: Falcon is faster, src: [site]"


def findings(folder: Folder, **day: date) -> list[str]:
    found = linted(folder, **day).warnings
    return [each.message for each in found if each.code == "ended-claim"]


def test_a_claim_past_its_last_day_is_told_with_the_proofs_that_name_it(
    folder: Folder,
) -> None:
    folder.spoil("ledger.yaml", (PROOF, f"{PROOF}, valid_until: 2027-01-10"))
    assert [found for found in codes(folder) if found[2] == "ended-claim"] == [
        ("brief.yaml", 15, "ended-claim"),
        ("brief.yaml", 21, "ended-claim"),
        ("ledger.yaml", 7, "ended-claim"),
    ]
    assert 'claim "y1" ended on 2027-01-10' in findings(folder)[-1]
    (ahead,) = findings(folder, today=date(2027, 1, 10))
    assert "ends on 2027-01-10, before the launch day" in ahead


def test_a_claim_that_holds_on_the_launch_day_is_not_told(folder: Folder) -> None:
    folder.spoil("ledger.yaml", (PROOF, f"{PROOF}, valid_until: 2027-02-09"))
    assert findings(folder) == []


def test_a_claim_with_a_successor_is_told_only_as_a_proof(folder: Folder) -> None:
    ended = f"{PROOF}, valid_until: 2027-01-10, superseded_by: s1"
    folder.spoil("ledger.yaml", (PROOF, ended))
    found = findings(folder)
    assert len(found) == 2
    assert all("name osprey.s1, which took its place" in each for each in found)


def test_a_persona_may_not_name_an_objection_that_was_withdrawn(folder: Folder) -> None:
    before = "answer: It is tested."
    folder.spoil("ledger.yaml", (before, f"{before}, status: withdrawn"))
    (message,) = findings(folder)
    assert "osprey.q1, which has ended; name a claim that holds" in message
