from __future__ import annotations

from launch_kits.inputs.ledger_faults import ledger_faults
from launch_kits.inputs.yaml_source import Yaml
from tests.inputs.test_ledger import claim, ledger


def test_faults_name_unknown_sources_unknown_claims_doubled_ids_and_missing_keys():
    claims = ledger(
        why_we_win=[claim(src="orus"), claim(superseded_by="y9")],
        objections=[{"id": "q1", "they_say": "No", "src": "ours"}],
    )
    faults = ledger_faults(claims, Yaml("claims.yaml", {}))
    assert [(fault.code, fault.message) for fault in faults] == [
        (
            "unknown-source",
            'claim "y1" names unknown source "orus"; did you mean "ours"?',
        ),
        ("duplicate-claim", 'duplicate claim id "y1"; rename one of them'),
        (
            "unknown-claim",
            'claim "y1": superseded_by names unknown claim "y9"; name a line of this ledger',
        ),
        ("missing", 'claim "q1" in objections needs answer'),
    ]
