"""The built-in templates: their content, no leak, and no value as markup."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from launch_kits.documents import Facts, render
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief, Item
from launch_kits.inputs.loading import load_brief
from tests.documents.test_escaping import HOSTILE, READER
from tests.samples import (
    CUSTOMER,
    INTERNAL,
    PARTNER,
    SOURCES,
    TODAY,
    brief,
    facts,
    ledger,
    task,
)

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "valkey-9" / "brief.yaml"

NAMES = sorted(path.name for path in (ROOT / "templates").glob("*.md.j2"))

#: templates of documents about one competitor, and about one partner
OF_COMPETITORS = ("battlecard.md.j2", "competitive_write_up.md.j2")
OF_PARTNERS = ("partner_brief.md.j2", "partner_kit.md.j2", "partner_presentation.md.j2")

#: documents that say nothing to anybody outside but that they stay inside
INTERNAL_ONLY = sorted(
    path.name
    for path in (ROOT / "templates").glob("*.md.j2")
    if "{{ internal(" in path.read_text("utf-8")
)


#: documents that print claims to the readers of the claims
PRINT_CLAIMS = (
    *(
        "announcement",
        "battlecard",
        "messaging_house",
        "one_pager",
        "partner_brief",
        "pitch",
    ),
    *(
        "positioning_statement",
        "press_release",
        "sales_faq",
        "success_story",
        "white_paper",
    ),
)
PRINT_CLAIMS = tuple(f"{name}.md.j2" for name in PRINT_CLAIMS)

#: documents that lack nothing, however thin the brief: they are made of the plan, or say in words
#: of their own
COMPLETE = tuple(f"{name}.md.j2" for name in ("collateral_plan", "milestones"))


def item_of(name: str, given: Brief) -> Item | None:
    """The item that a document is about, as its task would be fanned out."""
    if name in OF_COMPETITORS:
        return given.competitors()[0]
    return given.partners[0] if name in OF_PARTNERS and given.partners else None


def full(word: str = "Word", **changes) -> Facts:
    """Facts in which every free text is the given one, and every list has one line."""
    text = word

    def line(claim_id: str, **more) -> dict[str, object]:
        return {
            "id": claim_id,
            "claim": text,
            "src": "theirs",
            "audience": "customer",
            "quote": text,
            **more,
        }

    plain = (
        "overview",
        "their_strengths",
        "their_weaknesses",
        "why_we_win",
        "parity_do_not_claim",
        "our_weaknesses",
    )
    claims = ledger(
        {"us": text, "them": text},
        **{name: [line(f"{name}-1")] for name in (*plain, "pricing", "proof_points")},
        objections=[line("q1", they_say=text, answer=text, tone=text, confidence=text)],
        landmine_questions=[line("l1", ask=text, exposes="why_we_win-1")],
        disqualifiers=[line("d1", when=text)],
        conflicts=[
            {
                "id": "k1",
                "kind": "conflict",
                "subject": text,
                "values": [
                    {"value": text, "src": "theirs"},
                    {"value": text, "src": "press"},
                ],
                "use": text,
                "audience": "customer",
            }
        ],
    )
    sources = {
        name: {**source, "title": text, "line": text, "quality": text}
        for name, source in SOURCES.items()
    }
    claims = ledger(
        claims.card.model_dump(),
        **{**claims.model_dump(exclude={"card", "sources"}), "sources": sources},
    )
    proof = ["globex.why_we_win-1"]
    found = {"url": text, "as_of": "2026-05", "title": text}
    made = brief(
        product=text,
        summary=text,
        positioning={
            "category": text,
            "need": text,
            "benefit": text,
            "trend": text,
            "customers": text,
            "best_fit": [text],
            "alternatives": [
                {
                    "key": "globex",
                    "name": text,
                    "why": text,
                    "claims": claims.model_dump(),
                },
                {"key": "stay", "name": text, "why": text},
            ],
            "attributes": [
                {
                    "key": "a",
                    "text": text,
                    "value": text,
                    "lacked_by": ["globex"],
                    "proof": proof,
                }
            ],
            "themes": [{"title": text, "attributes": ["a"]}],
        },
        team={
            "lead": {"name": text, "email": "lee@example.com", "backup": "pmm"},
            "pmm": {
                "name": text,
                "email": "pam@example.com",
                "away": [{"from": "2027-01-04", "to": "2027-01-05", "why": text}],
            },
        },
        kit={
            "kit": "tiny",
            "title": text,
            "stages": [
                {
                    "key": "ready",
                    "title": text,
                    "gate": {
                        "title": text,
                        "checks": [{"title": text, "evidence": "required"}],
                    },
                }
            ],
        },
        blackouts=[{"from": "2026-12-24", "to": "2027-01-01", "why": text}],
        personas=[
            {
                "key": "p",
                "name": text,
                "cares_about": [text],
                "objections": ["globex.q1"],
                "scenarios": [text],
            }
        ],
        messages={"ten": text, "twenty_five": text, "fifty": text, "hundred": text},
        research={
            "competence": text,
            "maturity": text,
            "problems": [{"text": text, "source": found, "audience": "customer"}],
            "segments": [
                {"name": text, "size": 5, "unit": text, "source": found},
                {"name": text},
            ],
            "deals": [
                {
                    "outcome": "won",
                    "reason": text,
                    "against": "globex",
                    "source": found,
                },
                {"outcome": "lost", "reason": text, "against": text},
            ],
        },
        quotes=[
            {
                "text": text,
                "speaker": text,
                "by": by,
                "permission": "given",
                "source": found,
            }
            for by in ("customer", "partner", "us")
        ],
        press={"place": text, "about": text},
        pricing=[
            {
                "plan": text,
                "amount": 1,
                "currency": "EUR",
                "per": text,
                "effective_on": "2027-01-01",
                "proof": proof,
            }
        ],
        partners=[{"key": "p", "name": text, "kind": text}],
        goals=[{"metric": text, "baseline": 0, "target": 5, "by": "2027-05-01"}],
        faq=[{"ask": text, "answer": text, "audience": "customer", "proof": proof}],
    )
    own = task(
        title=text,
        owner_name=text,
        stage_title=text,
        critical=True,
        status=text,
        template="x.md.j2",
        checklist=(text,),
        done_on=date(2027, 1, 12),
        item=item_of(changes.pop("of", ""), made),
    )
    milestone = replace(own, key="m", days=0, float_days=-2, item=made.partners[0])
    return replace(facts(made, own), tasks=[own, milestone], feasible=False, **changes)


def shape(markdown: str) -> list[str]:
    """The markup of a document, texts aside."""
    found = []
    for token in READER.parse(markdown):
        found.append(token.type)
        found += [
            child.type
            for child in token.children or ()
            if child.type not in ("text", "softbreak")
        ]
    return found


@pytest.mark.parametrize("reader", [INTERNAL, PARTNER, CUSTOMER])
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=HOSTILE)
def test_no_text_of_a_brief_or_ledger_becomes_markup(name, reader, text):
    hostile = f"w{text}w"
    # as many words and characters: messages and posts are measured
    harmless = " ".join("w" * len(word) for word in hostile.split())
    assert shape(render(name, full(hostile, of=name, reader=reader))) == shape(
        render(name, full(harmless, of=name, reader=reader))
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_source_that_is_printed_is_cited_and_the_other_way_round(name):
    text = render(name, full(of=name))
    body, _, notes = text.partition("## Sources")
    assert set(re.findall(r"\[\^(\d+)\]", body)) == set(
        re.findall(r"^\[\^(\d+)\]:", notes, re.MULTILINE)
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("reader", [INTERNAL, PARTNER, CUSTOMER])
def test_a_bare_brief_still_makes_every_document(name, reader):
    item = item_of(name, brief(ledger())) if name in OF_COMPETITORS else None
    text = render(name, facts(brief(), task(item=item), reader=reader))
    asked = "## To finish this document" in text
    assert asked is (reader is INTERNAL and name not in COMPLETE)
    assert ("*open*" in text) <= asked
    assert "None" not in text.replace("None named.", "").replace("None.\n", "")
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]\n", text)


@pytest.mark.parametrize("name", NAMES)
def test_no_document_for_customers_has_internal_claims(name):
    loaded = load_brief(EXAMPLE).brief
    text = render(
        name, facts(loaded, task(item=item_of(name, loaded)), reader=CUSTOMER)
    )
    claims = loaded.positioning.alternatives[0].ledger
    assert claims
    inside = [
        claim
        for _, _, claim in claims.each()
        if claim.audience is not Audience.CUSTOMER
    ]
    assert len(inside) > 20
    for claim in inside:
        assert claim.text not in text
    assert "inference" not in text


@pytest.mark.parametrize("name", NAMES)
def test_a_claim_leaves_every_document_the_day_after_its_last(name):
    line = {
        "id": "y1",
        "claim": "Ending soon",
        "src": "ours",
        "audience": "customer",
        "valid_until": "2026-11-30",
    }
    question = {**line, "id": "q1", "they_say": "Ending soon", "answer": "Ending soon"}
    claims = ledger(
        their_strengths=[line],
        proof_points=[{**line, "id": "f1", "customer": "Initech"}],
        disqualifiers=[{**line, "id": "d1"}],
        objections=[question],
    )
    positioning = {
        "alternatives": [
            {"key": "globex", "name": "Globex", "claims": claims.model_dump()}
        ],
        "attributes": [
            {
                "key": "a",
                "text": "Ending soon",
                "value": "Ending soon",
                "proof": ["globex.y1"],
            }
        ],
    }
    made = brief(
        positioning=positioning,
        faq=[
            {
                "ask": "Ending soon",
                "answer": "x",
                "audience": "customer",
                "proof": ["globex.y1"],
            }
        ],
        pricing=[
            {
                "plan": "Ending soon",
                "amount": 1,
                "currency": "EUR",
                "proof": ["globex.y1"],
            }
        ],
        personas=[{"key": "p", "name": "P", "objections": ["globex.q1"]}],
    )
    item = item_of(name, made)
    for reader in (INTERNAL, PARTNER, CUSTOMER):
        last = render(
            name, facts(made, task(item=item), reader=reader, today=date(2026, 11, 30))
        )
        after = render(
            name, facts(made, task(item=item), reader=reader, today=date(2026, 12, 1))
        )
        if name in PRINT_CLAIMS:
            assert "Ending soon" in last
        assert "Ending soon" not in after


def test_the_positioning_statement_fills_moores_sentence():
    positioning = {
        "category": "open data store",
        "need": "must not change a client.",
        "benefit": "keeps a licence that Legal read once",
        "customers": "teams that shard under load.",
        "best_fit": ["Shards under load", "Resells"],
        "alternatives": [
            {"key": "globex", "name": "Globex", "why": "Known"},
            {"key": "stay", "name": "Do nothing"},
        ],
        "attributes": [
            {
                "key": "a",
                "text": "Open licence.",
                "value": "Read once",
                "lacked_by": ["globex"],
            },
            {"key": "b", "text": "Fast", "value": "Fewer nodes"},
        ],
    }
    text = render("positioning_statement.md.j2", facts(brief(positioning=positioning)))
    assert (
        "**For** teams that shard under load\n"
        "**who** must not change a client,\n"
        "**Acme 2 is an** open data store\n"
        "**that** keeps a licence that Legal read once.\n\n"
        "**Unlike** Globex:\n\n"
        "- Open licence\n"
    ) in text
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings[1:7] == [
        "Competitive alternatives",
        "Unique attributes",
        "Value, with proof",
        "Best-fit customers",
        "Market category",
        "Trend",
    ]
    assert "- **Open licence** *(no proof yet)*: lacked by Globex\n" in text
    assert (
        "- **Fast** *(no proof yet)*: not unique yet, since no alternative is named that lacks it\n"
        in text
    )


def test_outside_readers_are_not_told_what_a_competitor_lacks_on_our_word_alone():
    made = full(of="positioning_statement.md.j2", reader=CUSTOMER)
    text = render("positioning_statement.md.j2", made)
    assert "**that** Word." in text
    assert "Unlike" not in text
    assert "Lacked by" not in text


def test_an_incomplete_sentence_names_the_gap_inside_and_is_left_out_outside():
    text = render("positioning_statement.md.j2", facts(brief()))
    assert "\n**who** *open*,\n" in text
    assert "- The need of these customers (`positioning.need` in the brief)" in text
    assert "In one sentence" not in render(
        "positioning_statement.md.j2", facts(brief(), reader=CUSTOMER)
    )


def test_the_messaging_house_has_a_roof_pillars_and_a_foundation():
    positioning = {
        "category": "data store",
        "benefit": "you keep",
        "attributes": [
            {"key": "a", "text": "Open licence", "value": "Read once"},
            {"key": "b", "text": "Fast", "value": "Fewer nodes"},
        ],
        "themes": [
            {"title": "Yours", "attributes": ["a"]},
            {"title": "Empty", "attributes": []},
        ],
    }
    made = brief(
        positioning=positioning,
        personas=[{"key": "p", "name": "Ops | Dev", "cares_about": ["calm", "sleep"]}],
    )
    text = render("messaging_house.md.j2", facts(made))
    assert "**Acme 2 is a data store that you keep.**" in text
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        "Value statement",
        "Messages by length",
        "Yours",
        "In no pillar yet",
        "Foundation",
        "Personas",
        "To finish this document",
    ]
    assert "- An attribute with a proof that holds, to carry “Empty” (" in text
    assert "| Ops \\| Dev | calm; sleep |  |" in text
    outside = render("messaging_house.md.j2", facts(made, reader=CUSTOMER))
    assert "## Empty" not in outside
    assert "Missing" not in outside


def test_an_infeasible_plan_says_by_how_much():
    text = render("launch_plan.md.j2", full())
    assert (
        "> **This plan does not hold.** 1 task finishes too late, first of all “Word” "
        "by 2 working days." in text
    )


def test_a_plan_lists_days_off_once():
    made = brief(
        holidays="US",
        blackouts=[{"from": "2026-12-24", "to": "2027-01-01", "why": "freeze"}],
    )
    text = render("launch_plan.md.j2", facts(made))
    days_off = text.partition("## Days off")[2].partition("## Team")[0].split("\n")
    assert [line for line in days_off if line] == [
        "- Thu 24 December 2026 to Fri 1 January 2027: freeze",
        "- Thu 26 November 2026: holiday (US)",
        "- Mon 18 January 2027: holiday (US)",
        "- Mon 15 February 2027: holiday (US)",
    ]


def test_a_one_pager_read_inside_with_internal_lines_says_so():
    assert "Internal copy" in render("one_pager.md.j2", facts(brief()))
    assert "Internal copy" not in render(
        "one_pager.md.j2", facts(brief(), task(audience=CUSTOMER))
    )


def test_a_sales_faq_asks_for_no_claims_about_an_alternative_that_has_none():
    alternatives = [
        {"key": "globex", "name": "Globex", "claims": ledger().model_dump()},
        {"key": "stay", "name": "Stay put", "why": "It works well enough"},
        {"key": "other", "name": "Something else"},
    ]
    text = render(
        "sales_faq.md.j2", facts(brief(positioning={"alternatives": alternatives}))
    )
    assert (
        "## Against “Stay put”\n\nWhat holds them there? It works well enough.\n"
        in text
    )
    assert re.findall(r"^## Against (.+)$", text, re.MULTILINE) == ["“Stay put”"]
    assert "Something else" not in text


def test_a_partner_brief_is_for_one_partner_or_for_all():
    made = brief(partners=[{"key": "p", "name": "Initech", "kind": "reseller"}])
    one = render(
        "partner_brief.md.j2",
        facts(made, task(item=made.partners[0], audience=PARTNER)),
    )
    assert one.startswith("# Partner brief: Acme 2 · Initech\n\nRelease ")
    assert render("partner_brief.md.j2", facts(made)).startswith(
        "# Partner brief: Acme 2\n"
    )


def test_the_news_is_confidential_until_the_launch():
    made = brief(launch_on="2027-03-02")
    assert "Confidential until 2 March 2027" in render(
        "partner_brief.md.j2", facts(made, today=date(2027, 3, 1))
    )
    assert "Confidential" not in render(
        "partner_brief.md.j2", facts(made, today=date(2027, 3, 2))
    )


def test_the_example_makes_every_document():
    loaded = load_brief(EXAMPLE).brief
    texts = {
        name: render(name, facts(loaded, task(item=item_of(name, loaded)), today=TODAY))
        for name in NAMES
    }
    assert "No current Redis version is under an open-source licence" not in "".join(
        texts.values()
    )


@pytest.mark.parametrize(
    "name",
    ["one_pager", "partner_brief", "press_release", "announcement", "sales_faq"],
)
def test_a_price_may_be_a_text_and_one_that_is_not_decided_stays_inside(name):
    given = brief(
        pricing=[
            {"plan": "Team", "text": "on request"},
            {"plan": "Solo", "amount": None},
        ]
    )
    inside = render(f"{name}.md.j2", facts(given))
    assert "on request" in inside
    asked = inside.partition("**Lee** (lee@example.com)")[2]
    assert "- The price of Solo (`pricing.amount` in the brief)" in asked
    outside = render(f"{name}.md.j2", facts(given, reader=CUSTOMER))
    assert "Solo" not in outside
    assert "None" not in inside + outside


def test_no_template_glues_a_value_to_its_attribute_with_a_colon():
    folder = Path(__file__).parents[2] / "templates"
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.j2")}
    assert len(texts) > 40
    assert [name for name, text in texts.items() if "}}**: {{ thing." in text] == []
