from launch_kits.claims.lines import Mark
from launch_kits.claims.proofs import left_out, prove, supported, unproven
from tests.samples import CUSTOMER, INTERNAL, PARTNER, TODAY, brief, claim, ledger

CLAIMS = ledger(
    why_we_win=[
        claim("open", "For everybody.", audience="customer"),
        claim("inner", "For us.", audience="internal"),
        claim("ended", "Was true.", audience="customer", valid_until="2026-11-21"),
    ],
    pricing=[
        claim("price", "Their price", kind="unknown", src=[], audience="customer")
    ],
    conflicts=[
        {
            "id": "split",
            "kind": "conflict",
            "subject": "Size",
            "values": [{"value": 1, "src": "ours"}],
            "audience": "customer",
        }
    ],
)


def shown(refs: list[str], reader=INTERNAL) -> list[tuple[str, str | None]]:
    proofs = prove(brief(CLAIMS), refs, today=TODAY, reader=reader)
    return [(proof.ref, proof.missing) for proof in proofs if proof.line is None]


def with_lines(**more):
    alternative = {"key": "globex", "name": "Globex", "claims": CLAIMS.model_dump()}
    positioning = {"alternatives": [alternative], **more.pop("positioning", {})}
    return brief(positioning=positioning, **more)


def attribute(key: str, *proof: str) -> dict[str, object]:
    return {
        "key": key,
        "text": f"Text of {key}",
        "value": f"Value of {key}",
        "proof": [f"globex.{name}" for name in proof],
    }


def test_a_proof_names_a_claim_of_an_alternative():
    proofs = prove(brief(CLAIMS), ["globex.open"], today=TODAY, reader=CUSTOMER)
    assert proofs[0].line.text == "For everybody."
    assert proofs[0].missing is None


def test_a_claim_that_proves_nothing_gives_the_reason():
    refs = [
        "globex.ended",
        "globex.price",
        "globex.split",
        "globex.none",
        "nobody.open",
        "open",
    ]
    assert shown(refs) == [
        ("globex.ended", "it is no longer true"),
        ("globex.price", "it is not sourced"),
        ("globex.split", "it is an open conflict"),
        ("globex.none", "there is no such claim"),
        ("nobody.open", "there is no such claim"),
        ("open", "there is no such claim"),
    ]


def test_a_line_whose_claims_are_all_hidden_is_left_out():
    attributes = [
        attribute("bare"),
        attribute("inside", "inner"),
        attribute("mixed", "inner", "open"),
        attribute("gone", "ended"),
    ]
    given = with_lines(positioning={"attributes": attributes})

    def keys(reader):
        lines = supported(
            given, given.positioning.attributes, today=TODAY, reader=reader
        )
        return [line.item.key for line in lines]

    assert keys(INTERNAL) == ["bare", "inside", "mixed"]
    # a line that names no proof stays inside, too
    assert keys(PARTNER) == keys(CUSTOMER) == ["mixed"]
    assert [
        each.key
        for each in unproven(given, given.positioning.attributes, reader=CUSTOMER)
    ] == ["bare"]
    assert unproven(given, given.positioning.attributes, reader=INTERNAL) == ()


def test_an_answer_is_shown_to_its_audience():
    faq = [
        {"ask": "Inside?", "answer": "Yes."},
        {"ask": "Unproven?", "answer": "Yes.", "audience": "customer"},
        {
            "ask": "Outside?",
            "answer": "Yes.",
            "audience": "customer",
            "source": {"url": "https://acme.example", "as_of": "2026-10"},
        },
        {"ask": "Ours?", "answer": "Yes.", "audience": "customer", "own_word": True},
        {
            "ask": "Too much?",
            "answer": "It is 40 % smaller.",
            "audience": "customer",
            "own_word": True,
        },
    ]
    given = with_lines(faq=faq)
    lines = supported(given, given.faq, today=TODAY, reader=CUSTOMER)
    assert [line.item.ask for line in lines] == ["Outside?", "Ours?"]
    assert [line.for_customers for line in lines] == [True, True]
    assert [each.ask for each in unproven(given, given.faq, reader=CUSTOMER)] == [
        "Unproven?",
        "Too much?",
    ]


def test_the_lines_left_out_are_named_with_their_place_and_the_reason():
    given = with_lines(
        positioning={
            "attributes": [
                attribute("mixed", "inner", "open"),
                attribute("inside", "inner"),
            ]
        },
        pricing=[
            {"plan": "Pro", "amount": 9, "currency": "USD", "proof": ["globex.price"]}
        ],
        faq=[
            {"ask": "Secret?", "answer": "Yes.", "proof": ["globex.inner"]},
            {
                "ask": "Fast?",
                "answer": "Yes.",
                "audience": "customer",
                "proof": ["globex.inner"],
            },
        ],
    )
    remedy = "; name a claim they may see, or take the line out"
    for_customers = "is left out for customer readers, who may not see its proof:"
    assert left_out(given, today=TODAY, reader=CUSTOMER) == [
        (
            ("positioning", "attributes", 1),
            (
                f'attribute "inside" {for_customers} globex.inner (it is meant for '
                f"internal readers){remedy}"
            ),
        ),
        (
            ("pricing", 0),
            f'price "Pro" {for_customers} globex.price (it is not sourced){remedy}',
        ),
        (
            ("faq", 1),
            (
                f'answer to "Fast?" {for_customers} globex.inner (it is meant for '
                f"internal readers){remedy}"
            ),
        ),
    ]


def test_a_persona_whose_objection_has_ended_is_named_once():
    given = with_lines(
        personas=[
            {"key": "cto", "name": "CTO", "objections": ["globex.open", "globex.ended"]}
        ]
    )
    found = left_out(given, today=TODAY, reader=INTERNAL)
    assert [where for where, _ in found] == [("personas", 0, "objections", 1)]
    assert left_out(given, today=TODAY, reader=CUSTOMER) == []


def test_no_line_is_left_out_if_none_is_hidden():
    assert (
        left_out(
            with_lines(positioning={"attributes": [attribute("a", "open")]}),
            today=TODAY,
            reader=CUSTOMER,
        )
        == []
    )


def test_a_proof_that_stays_inside_does_not_mark_a_line_that_customers_read():
    claims = ledger(
        why_we_win=[
            claim("y1", audience="customer"),
            claim("y2", kind="inference"),
        ]
    )
    given = brief(
        positioning={
            "alternatives": [
                {"key": "globex", "name": "Globex", "claims": claims.model_dump()}
            ],
            "attributes": [
                {
                    "key": key,
                    "text": "Fast",
                    "value": "Less waiting",
                    "proof": proof,
                }
                for key, proof in (
                    ("open", ["globex.y1", "globex.y2"]),
                    ("inside", ["globex.y2"]),
                )
            ],
        }
    )
    found = supported(given, given.positioning.attributes, today=TODAY, reader=INTERNAL)
    assert [line.marks for line in found] == [(), (Mark.INFERENCE,)]
