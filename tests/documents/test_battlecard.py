import re
from dataclasses import replace
from datetime import date

import pytest

from launch_kits.documents import render
from tests.samples import CUSTOMER, INTERNAL, PARTNER, TODAY, card_facts, claim, ledger

LEDGER = ledger(
    overview=[claim("o1", "Globex is a suite.", src="theirs")],
    their_strengths=[
        claim("s1", "Up to 80% faster.", src="theirs", kind="vendor_claim")
    ],
    their_weaknesses=[
        claim(
            "w1",
            "No SSO below Enterprise.",
            src="theirs",
            audience="customer",
            quote="SSO is an Enterprise feature",
        ),
        claim("w2", "Slow to answer.", src="ours", audience="customer"),
        claim(
            "w3",
            "They lack export.",
            status="superseded",
            superseded_by="p1",
            src="old",
        ),
        claim(
            "w4",
            "One vendor decides.",
            src="theirs",
            kind="inference",
            audience="customer",
        ),
    ],
    why_we_win=[
        claim("y1", "Open source.", audience="customer"),
        claim("y2", "Loved by admins.", src="press", audience="partner"),
        claim("y3", "Twice as cheap.", src=[]),
    ],
    parity_do_not_claim=[claim("p1", "Export: both have it.", src=["theirs", "ours"])],
    objections=[
        {
            "id": "q1",
            "they_say": "You are small.",
            "answer": "True, and you talk to the makers.",
            "tone": "concede",
            "src": "ours",
            "audience": "customer",
        }
    ],
    landmine_questions=[
        {"id": "l1", "ask": "Who may use SSO?", "exposes": "w1", "src": "theirs"},
        {"id": "l2", "ask": "Can you export?", "exposes": "w3", "src": "theirs"},
    ],
    disqualifiers=[{"id": "d1", "when": "They need a mainframe.", "src": "ours"}],
    pricing=[
        claim("c1", "Globex Pro: USD 30 a seat.", src="old"),
        claim("c2", "Globex Enterprise price", kind="unknown", src=[]),
    ],
    proof_points=[
        claim(
            "f1",
            "Initech moved in a week.",
            kind="vendor_claim",
            audience="customer",
            customer="Initech",
        )
    ],
    conflicts=[
        {
            "id": "k1",
            "kind": "conflict",
            "subject": "Customers of Globex",
            "values": [
                {"value": 1200, "src": "theirs"},
                {"value": 900, "src": "press"},
            ],
            "use": "many",
        }
    ],
)

PRICES = [
    {
        "plan": "Team",
        "amount": 12.5,
        "currency": "EUR",
        "per": "seat and month",
        "effective_on": "2027-01-01",
    }
]

CARD = """\
# Acme vs Globex

Acme 2 · Owner **Pam** (pam@example.com) · Verified **1 November 2026** \
· Next review **1 December 2026**

> **1 open point.** Sources disagree: Customers of Globex. Claim neither side.

<!-- layout: columns -->

## Quick dismissals

- No SSO below Enterprise. “SSO is an Enterprise feature”\u00a0✓[^1]
- Slow to answer. *(no source of theirs, internal only)*[^2]

<!-- layout: folded -->

## Objections and answers

- **“You are small.”** *Concede.* True, and you talk to the makers.\u00a0✓[^2]

## Acme and Globex side by side

| Wins | On |
|---|---|
| ▲ Acme | Open source.\u00a0✓[^2] |
| ▲ Acme | Loved by admins.[^3] |
| ▼ Globex | Up to 80% faster. *(vendor's own number)*[^1] |
| ◆ Equal: no claim | Export: both have it.[^1][^2] |

✓ may be told to customers

## Ask

- Who may use SSO?[^1]

## Prices

- **Acme:** Team, EUR 12.50 per seat and month, from 1 January 2027.
- Globex Pro: USD 30 a seat.[^4] As of May 2024.
- Globex Enterprise price *(not sourced)*

## One story

Initech moved in a week. *(our own statement)*\u00a0✓[^2]

## Walk away when

- They need a mainframe.[^2]

<!-- layout: folded -->

## Who they are

- Globex is a suite.[^1]

## Our reading of them (1)

- One vendor decides. *(our inference, internal only)*[^1]

## Open conflicts

- **Customers of Globex.** Sources say “1200”[^1] or “900”[^3]. \
Claim neither. Until it is settled: many.

## What changed

- Now: Export: both have it.[^1][^2] It replaces an earlier line.
- Held back: 1 line, because it has no source.
- Held back: 1 line, because what it brings out (w3) is no longer true.

## To finish this document

**Pam** (pam@example.com)

- The message in 25 words (`messages.twenty_five` in the brief)

**Lee** (lee@example.com)

- Where we are weak: there is always something, so ask who lost a deal \
(`our_weaknesses` in a ledger of claims)

## Sources

[^1]: [globex.example/…/sso](https://globex.example/docs/sso): theirs, September 2026
[^2]: [acme.example/blog](https://acme.example/blog): ours, 1 October 2026
[^3]: [press.example/review](https://press.example/review): third party, 2026
[^4]: [globex.example/archive](https://globex.example/archive): theirs, May 2024
"""

FOR_CUSTOMERS = """\
# Acme vs Globex

Acme 2 · Verified **1 November 2026** · Next review **1 December 2026**

<!-- layout: columns -->

## Where Globex is weak

- No SSO below Enterprise. “SSO is an Enterprise feature”[^1]

<!-- layout: folded -->

## Questions and answers

- **“You are small.”** True, and you talk to the makers.[^2]

## Acme and Globex side by side

| Strong | On |
|---|---|
| ▲ Acme | Open source.[^2] |

## One story

Initech moved in a week.[^2]

<!-- layout: folded -->

## Sources

[^1]: [globex.example/…/sso](https://globex.example/docs/sso), September 2026
[^2]: [acme.example/blog](https://acme.example/blog), 1 October 2026
"""


def card(claims=LEDGER, **more) -> str:
    return render("battlecard.md.j2", card_facts(claims, **more))


def test_a_card_for_sellers_holds_what_they_need_and_says_what_is_missing():
    assert card(pricing=PRICES) == CARD


def test_a_card_for_customers_leaves_out_what_is_not_for_them_and_shows_no_gaps():
    assert card(reader=CUSTOMER) == FOR_CUSTOMERS


def test_a_card_for_partners_is_a_sellers_card_without_what_is_internal():
    text = card(reader=PARTNER)
    assert "| ▲ Acme | Loved by admins.[^3] |" in text
    assert "## Quick dismissals" in text
    for inside in (
        "Slow to answer",
        "One vendor decides",
        "mainframe",
        "Held back",
        "Customers of Globex",
        "✓",
    ):
        assert inside not in text


def test_a_stale_card_says_so_to_every_reader():
    due = date(2026, 12, 1)
    for reader in (INTERNAL, PARTNER, CUSTOMER):
        assert "STALE" not in card(reader=reader, today=due)
        assert "> **STALE.** The review was due on 1 December 2026." in card(
            reader=reader, today=date(2026, 12, 2)
        )


@pytest.mark.parametrize("reader", [INTERNAL, PARTNER, CUSTOMER])
def test_an_ended_claim_is_nowhere(reader):
    assert "They lack export" not in card(reader=reader)
    assert "Can you export" not in card(reader=reader)


def test_a_claim_without_a_source_is_on_no_card():
    assert "Twice as cheap" not in card()


def test_the_front_page_can_be_read_in_a_minute_however_long_the_ledger_is():
    ten = [claim(f"y{at}", " ".join(["word"] * 15)) for at in range(10)]
    sections = ("overview", "their_strengths", "why_we_win", "parity_do_not_claim")
    many = ledger(
        **{
            name: [{**line, "id": f"{name}{line['id']}"} for line in ten]
            for name in sections
        }
    )
    first, folded, rest = card(many).split("<!-- layout: folded -->")
    assert len((first + folded).split()) < 240
    assert folded.count("word word") + rest.count("word word") >= 40
    assert "## More on where we win (8)" in rest


def test_a_phone_shows_the_answer_and_three_dismissals_before_the_fold():
    weak = [claim(f"w{at}", f"Weakness {at}.", src="theirs") for at in range(1, 6)]
    asked = {"id": "l1", "ask": "Does it hurt?", "exposes": "w2", "src": "theirs"}
    text = card(ledger(their_weaknesses=weak, landmine_questions=[asked]))
    first, folded, rest = text.split("<!-- layout: folded -->")
    assert [f"Weakness {at}." in first for at in range(1, 6)] == [True] * 3 + [
        False
    ] * 2
    assert "## Ask\n\n- Does it hurt?[^1]\n" in folded
    assert "## More quick dismissals (2)" in rest
    assert all(text.count(f"Weakness {at}.") == 1 for at in range(1, 6))


def test_no_line_is_on_a_card_three_times():
    lines = [line for line in card(pricing=PRICES).splitlines() if line.startswith("-")]
    texts = [line.lstrip("- ").partition("[^")[0] for line in lines]
    assert len(texts) > 10
    assert [text for text in texts if texts.count(text) > 1] == []


def test_a_long_first_line_is_not_cut():
    long = " ".join(["word"] * 100)
    front = card(ledger(why_we_win=[claim(text=long)]))
    assert f"| ▲ Acme | {long}.[^1] |" in front


def test_an_empty_ledger_has_no_empty_sections_and_asks_for_the_lines_inside():
    empty = ledger()
    assert re.findall("^## (.+)$", card(empty), re.MULTILINE) == [
        "To finish this document"
    ]
    asked = card(empty).partition("## To finish this document")[2]
    assert re.findall("`([a-z_]+)` in a ledger", asked) == [
        "their_weaknesses",
        "their_strengths",
        "objections",
        "proof_points",
        "disqualifiers",
        "our_weaknesses",
    ]
    assert "##" not in card(empty, reader=CUSTOMER)


def test_a_price_says_as_of_when():
    assert "Globex Pro: USD 30 a seat.[^4] As of May 2024." in card()


def test_the_same_facts_give_the_same_card():
    given = card_facts(LEDGER)
    assert render("battlecard.md.j2", given) == render("battlecard.md.j2", given)


def test_a_claim_leaves_the_card_the_day_after_its_last():
    claims = ledger(why_we_win=[claim(valid_until=TODAY.isoformat())])
    assert "It is fast." in card(claims)
    assert "It is fast." not in card(claims, today=date(2026, 11, 23))


def test_an_owner_without_a_name_is_called_by_their_address_once():
    """Such as a person who has left the team."""
    facts = card_facts(LEDGER)
    task = facts.task
    assert task
    gone = replace(task, owner="sam@example.com", owner_name="sam@example.com")
    text = render("battlecard.md.j2", replace(facts, task=gone))
    assert "Owner **sam@example.com** ·" in text.replace("\\", "")
    named = render("battlecard.md.j2", replace(facts, task=task))
    assert f"Owner **{task.owner_name}** ({task.owner})" in named
