from __future__ import annotations

from launch_kits.inputs.claim_references import claim_references
from tests.samples import brief


def test_every_part_of_a_brief_names_its_claims_at_its_place():
    given = brief(
        positioning={
            "attributes": [
                {
                    "key": "speed",
                    "text": "Fast",
                    "value": "Sooner",
                    "proof": ["globex.y1"],
                }
            ]
        },
        pricing=[
            {"plan": "Pro", "amount": 9, "currency": "USD", "proof": ["globex.y2"]}
        ],
        faq=[{"ask": "Why?", "answer": "So.", "proof": ["globex.y3", "globex.y4"]}],
        personas=[{"key": "cto", "name": "CTO", "objections": ["globex.o1"]}],
    )
    assert [
        (named.title, named.refs_at, named.refs) for named in claim_references(given)
    ] == [
        (
            'attribute "speed"',
            ("positioning", "attributes", 0, "proof"),
            ("globex.y1",),
        ),
        ('price "Pro"', ("pricing", 0, "proof"), ("globex.y2",)),
        ('answer to "Why?"', ("faq", 0, "proof"), ("globex.y3", "globex.y4")),
        (
            'objections of persona "cto"',
            ("personas", 0, "objections"),
            ("globex.o1",),
        ),
    ]


def test_a_part_that_names_no_claim_is_there_too():
    (named,) = claim_references(
        brief(pricing=[{"plan": "Pro", "amount": 9, "currency": "USD"}])
    )
    assert (named.title, named.item_at, named.refs) == (
        'price "Pro"',
        ("pricing", 0),
        (),
    )
