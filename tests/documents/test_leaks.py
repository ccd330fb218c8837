"""No document has lines that are meant for a narrower audience."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from launch_kits.documents import Facts, render
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from tests.documents.test_templates import INTERNAL_ONLY, NAMES, item_of
from tests.samples import CUSTOMER, INTERNAL, PARTNER, brief, facts, ledger, task

#: every line that must stay inside bears this word
SECRET = "hushhush"
#: every line that partners may read and customers may not
TRADE = "tradeonly"

SECTIONS = (
    "overview",
    "their_strengths",
    "their_weaknesses",
    "why_we_win",
    "parity_do_not_claim",
    "our_weaknesses",
)


def lines(section: str) -> list[dict[str, object]]:
    """Lines that stay inside, each for its own reason, and one for each audience."""

    def line(at: str, word: str, **more: object) -> dict[str, object]:
        texts = {
            "objections": {
                "they_say": f"{word} {at}",
                "answer": f"{word} {at}",
                "tone": "concede",
            },
            "landmine_questions": {"ask": f"{word} {at}"},
            "disqualifiers": {"when": f"{word} {at}"},
        }.get(section, {"claim": f"{word} {at}"})
        return {
            "id": f"{section}-{at}",
            "src": "theirs",
            "audience": "customer",
            **texts,
            **more,
        }

    return [
        line("inside", SECRET, audience="internal"),
        line("guess", SECRET, kind="inference"),
        line("unread", SECRET, legal_review="required"),
        line("unfair", SECRET, about="them", src="ours"),
        line("ended", SECRET, valid_until="2026-01-01"),
        line("unsourced", SECRET, src=[]),
        line("partner", TRADE, audience="partner"),
        line("public", "open"),
    ]


def whole_brief() -> Brief:
    claims = ledger(
        **{name: lines(name) for name in (*SECTIONS, "pricing", "proof_points")},
        objections=lines("objections"),
        landmine_questions=[
            *lines("landmine_questions"),
            {**lines("x")[0], "id": "l9", "ask": SECRET},
        ],
        disqualifiers=lines("disqualifiers"),
        conflicts=[
            {
                "id": "k1",
                "kind": "conflict",
                "subject": SECRET,
                "values": [{"value": SECRET, "src": "press"}],
            }
        ],
    )
    found = {"url": "https://notes.example/1", "as_of": "2026-05"}
    proofs = {
        at: [f"globex.why_we_win-{at}"]
        for at in ("inside", "guess", "unread", "partner", "public")
    }
    return brief(
        positioning={
            "category": "open",
            "alternatives": [
                {
                    "key": "globex",
                    "name": "Globex",
                    "why": SECRET,
                    "claims": claims.model_dump(),
                }
            ],
            "attributes": [
                {
                    "key": at,
                    "text": word,
                    "value": word,
                    "proof": proofs[at],
                    "lacked_by": ["globex"],
                }
                for at, word in zip(
                    proofs, (SECRET, SECRET, SECRET, TRADE, "open"), strict=True
                )
            ],
            "themes": [{"title": "open", "attributes": list(proofs)}],
        },
        research={
            "competence": SECRET,
            "maturity": SECRET,
            "problems": [
                {"text": SECRET, "source": found},
                {"text": TRADE, "source": found, "audience": "partner"},
                {"text": "open", "source": found, "audience": "customer"},
            ],
            "segments": [{"name": SECRET, "size": 5, "unit": SECRET, "source": found}],
            "deals": [
                {"outcome": "lost", "reason": SECRET},
                {"outcome": "won", "reason": SECRET, "source": found},
            ],
        },
        quotes=[
            {"text": SECRET, "speaker": SECRET, "by": by, "permission": permission}
            for by in ("customer", "partner", "us")
            for permission in ("none", "asked")
        ],
        faq=[
            {"ask": SECRET, "answer": SECRET},
            {"ask": TRADE, "answer": TRADE, "audience": "partner"},
            {
                "ask": SECRET,
                "answer": SECRET,
                "audience": "customer",
                "proof": ["globex.why_we_win-inside"],
            },
        ],
        pricing=[
            {
                "plan": SECRET,
                "amount": 1,
                "currency": "EUR",
                "proof": ["globex.pricing-inside"],
            }
        ],
        personas=[
            {
                "key": "p",
                "name": "open",
                "objections": ["globex.objections-inside", "globex.objections-guess"],
            }
        ],
        partners=[{"key": "initech", "name": "Initech", "kind": "reseller"}],
        goals=[{"metric": SECRET, "target": 5, "by": "2027-05-01"}],
        blackouts=[{"from": "2026-12-24", "to": "2026-12-31", "why": SECRET}],
        team={
            "lead": {"name": "Lee", "email": "lee@example.com"},
            "pmm": {
                "name": "Pam",
                "email": "pam@example.com",
                "away": [{"from": "2027-01-04", "to": "2027-01-05", "why": SECRET}],
            },
        },
    )


def facts_for(
    name: str,
    reader: Audience,
    *,
    meant_for: Audience = INTERNAL,
    today: date | None = None,
) -> Facts:
    given = whole_brief()
    own = task(
        item=item_of(name, given),
        title=SECRET,
        stage_title=SECRET,
        template=name,
        audience=meant_for,
    )
    made = facts(given, own, reader=reader, **({"today": today} if today else {}))
    other = replace(
        own,
        key="other",
        item=None,
        audience=INTERNAL,
        checklist=(SECRET,),
        done_on=given.launch_on,
    )
    on_the_day = replace(other, key="training", due=given.launch_on)
    # the title of a document is no secret to its readers
    return replace(
        made,
        tasks=[
            other,
            on_the_day,
            replace(other, key="of_partner", item=given.partners[0]),
        ],
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "today", [None, date(2027, 4, 1)], ids=["before the launch", "after it"]
)
def test_nothing_internal_is_in_a_document_for_others(name, today):
    for reader in (PARTNER, CUSTOMER):
        text = render(name, facts_for(name, reader, today=today))
        assert SECRET not in text.lower(), reader
        for mark in (
            "inference",
            "legal review",
            "internal only",
            "not sourced",
            "To finish",
            "*open*",
            "no proof yet",
            "✓",
        ):
            assert mark not in text, (reader, mark)
    assert TRADE not in text.lower()


@pytest.mark.parametrize("name", NAMES)
def test_a_working_copy_of_a_document_meant_for_customers_holds_nothing_internal_either(
    name,
):
    text = render(name, facts_for(name, INTERNAL, meant_for=CUSTOMER))
    assert SECRET not in text.lower()
    assert TRADE not in text.lower()


@pytest.mark.parametrize("name", NAMES)
def test_the_brief_and_ledger_of_these_tests_have_something_to_leak(name):
    if name in (
        "end_of_life_internal.md.j2",
        "one_pager.md.j2",
        "partner_presentation.md.j2",
        "social_kit.md.j2",
    ):
        # these print so little that not every line comes up
        return
    assert SECRET in render(name, facts_for(name, INTERNAL)).lower()


@pytest.mark.parametrize("name", INTERNAL_ONLY)
def test_an_internal_document_says_to_others_no_more_than_that(name):
    for reader in (PARTNER, CUSTOMER):
        text = render(name, facts_for(name, reader))
        title, said = re.fullmatch(r"# (.+)\n\n(.+)\n+", text).groups()
        assert "Acme" in title or "Globex" in title
        assert said.startswith("This document stays inside the company")


def test_customers_get_no_addresses_of_the_team():
    for name in NAMES:
        if name in (
            "partner_brief.md.j2",
            "partner_kit.md.j2",
            "press_release.md.j2",
            "answer_desk.md.j2",
        ):
            continue
        assert "@example.com" not in render(name, facts_for(name, CUSTOMER)), name
