"""A launch whose sellers ask: the small launch with objections, a FAQ and a desk."""

from __future__ import annotations

from typing import Any

from sqlmodel import col, select

from launch_kits.claims.doubtable import faq_ref
from launch_kits.database.records import CardUse, Question
from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from tests.launches import LEAD, OPS, brief_with, ledger_of, opened

SUPPORT = "support@example.com"
SELLER = "seller@example.com"
OTHER = "other@example.com"

KNOWN = "Does Falcon run on Windows?"
#: the reference of its entry in the FAQ
ENTRY = faq_ref(KNOWN)
OBJECTION = "Osprey is cheaper than you"
NEW = "Can the invoice be in euro?"

#: a link as people give it for a source
LINK = "https://example.com/billing"


def desk_brief(**changes: Any) -> Brief:
    """The small brief with a support lead in New York, an FAQ entry and objections."""
    osprey = ledger_of("osprey")
    osprey["objections"] = [
        {
            "id": "q1",
            "they_say": "Osprey is cheaper than you",
            "answer": "Compare the price with support included.",
            "src": ["site"],
        },
        {"id": "q2", "they_say": "Is Falcon certified?", "answer": "?", "src": []},
    ]
    osprey["pricing"] = [
        {"id": "c1", "kind": "unknown", "claim": "Osprey's discounts: not sourced."}
    ]
    given = brief_with()
    team = given.model_dump(mode="json", by_alias=True)["team"]
    support = {
        "name": "Sue",
        "email": SUPPORT,
        "backup": "ops",
        "manager": "lead",
    }
    kite = {"key": "kite", "name": "Kite", "claims": ledger_of("kite")}
    written = {
        "team": {**team, "support": support},
        "positioning": {
            "alternatives": [
                {"key": "osprey", "name": "Osprey Data Hub", "claims": osprey},
                {"key": "stay", "name": "Stay with Falcon 1"},
                kite,
            ]
        },
        "faq": [
            {
                "ask": KNOWN,
                "answer": "No, on Linux alone.",
                "proof": ["osprey.y1"],
            }
        ],
    }
    return brief_with(**{**written, **changes})


def told_to_customers() -> Brief:
    """The brief of the desk, with a claim about Osprey that customers may be told."""
    written = desk_brief().model_dump(mode="json", by_alias=True)
    osprey = written["positioning"]["alternatives"][0]["claims"]
    osprey["why_we_win"][0]["audience"] = "customer"
    return Brief.kept(written)


def with_desk(store: Store, **changes: Any) -> Store:
    """The launch, opened on Monday 11 January at 10:00 in New York."""
    return opened(store, desk_brief(**changes))


def question(store: Store) -> Question:
    """The question that was asked last."""
    with store.read() as session:
        newest = select(Question).order_by(col(Question.id).desc())
        return session.exec(newest.limit(1)).one()


def uses(store: Store) -> list[CardUse]:
    with store.read() as session:
        return list(session.exec(select(CardUse).order_by(col(CardUse.id))).all())


__all__ = [
    "KNOWN",
    "LEAD",
    "LINK",
    "NEW",
    "OBJECTION",
    "OPS",
    "OTHER",
    "SELLER",
    "SUPPORT",
    "desk_brief",
    "question",
    "told_to_customers",
    "uses",
    "with_desk",
]
