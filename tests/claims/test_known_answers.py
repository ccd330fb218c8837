from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from launch_kits.claims.doubtable import faq_ref
from launch_kits.claims.known_answers import (
    KnownAnswer,
    best_answer,
    card_answers,
    faq_answers,
)
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import load_brief

BRIEF = Path(__file__).parents[2] / "examples/valkey-9/brief.yaml"
TODAY = date(2026, 12, 1)

#: the entry of the FAQ
LOADED = faq_ref("Can files from Redis 7.4 or later be loaded?")
#: questions as sellers type them → the answers of the example that fit
ANSWERED = {
    "Redis is open source again": ["redis.q1"],
    "they say it's AGPL now, so it is open source": ["redis.q1"],
    "isn't redis opensource?": ["redis.q1"],
    "We're on Redis 7.4, can we migrate?": ["redis.q2"],
    "can they move from redis 8": ["redis.q2"],
    "Redis has search and JSON built in": ["redis.q3"],
    "what about time series?": ["redis.q3"],
    "who is behind valkey": ["redis.q4"],
    "is anybody behind Valkey? who backs it": ["redis.q4"],
    "how much does valkey cost": ["redis.c1"],
    "what is the price of redis cloud": ["redis.c2"],
    "does it work with existing clients?": ["redis.y3"],
    "do numbered databases work in a cluster": ["redis.y4"],
    "hash field expiraton": ["redis.p1"],
    "how many nodes can a cluster have": ["redis.y5"],
    "atomic slot migration": ["redis.p3", "redis.w5b"],
    "Can files from Redis 7.4 be loaded": [LOADED],
    "load rdb files of redis 7.4?": [LOADED],
}
UNKNOWN = (
    "Do you support Windows servers?",
    "What is the SLA for support tickets?",
    "Is there a FedRAMP certification?",
    "Who won the game yesterday?",
    "Does Redis have a Kubernetes operator?",
    "can I get a discount for a customer in Spain",
    "when is the launch?",
    "is there a GUI",
    "does redis support transactions across shards?",
    "Our customer wants a demo next week",
    "can we use TLS with it?",
    "Is Redis faster on ARM?",
)


@cache
def brief() -> Brief:
    return load_brief(BRIEF).brief


@cache
def known(reader: Audience = Audience.INTERNAL, *doubted: str) -> list[KnownAnswer]:
    (redis,) = brief().competitors()
    return [
        *card_answers(redis, today=TODAY, reader=reader, questioned=doubted),
        *faq_answers(brief(), today=TODAY, reader=reader, questioned=doubted),
    ]


@pytest.mark.parametrize("question", ANSWERED)
def test_a_question_finds_the_answer_that_fits(question: str) -> None:
    found = best_answer(question, known())
    assert found is not None
    assert found.ref in ANSWERED[question]


def test_a_statement_about_a_competitor_answers_only_questions_about_it() -> None:
    card = brief().competitors()[0].ledger.card
    line = "No official mobile app for administrators"
    said = [KnownAnswer("redis.w9", line, line, "the card on Redis", them=card)]
    for question in ("Is there a mobile app?", "do we have an official mobile app"):
        assert best_answer(question, said) is None
        assert best_answer(question, said, of_them=True) is not None
    for question in ("does Redis have a mobile app", "do they have a mobile app"):
        assert best_answer(question, said) is not None


@pytest.mark.parametrize("question", UNKNOWN)
def test_a_question_without_an_answer_finds_none(question: str) -> None:
    assert best_answer(question, known()) is None


def test_an_answer_has_the_source_of_its_claim() -> None:
    found = next(each for each in known() if each.ref == "redis.q2")
    assert found.source == "https://valkey.io/topics/migration/"
    assert found.place == "the card on Redis Open Source"
    assert found.for_customers


def test_an_answer_of_the_faq_has_the_sources_of_its_proofs() -> None:
    found = next(each for each in known() if each.ref == LOADED)
    assert found.says == "No. Plan a key-level or dual-write migration."
    assert found.source == "https://valkey.io/topics/migration/"


def test_an_unknown_is_not_sourced() -> None:
    found = next(each for each in known() if each.ref == "redis.c2")
    assert not found.sourced
    assert found.mark == ""
    assert "not sourced" in found.says


def test_customers_get_what_is_meant_for_them() -> None:
    for_customers = {each.ref for each in known() if each.for_customers}
    assert {each.ref for each in known(Audience.CUSTOMER)} == for_customers


def test_claims_in_doubt_answer_nothing() -> None:
    refs = {each.ref for each in known(Audience.INTERNAL, "redis.q2")}
    # nor the entry of the FAQ that they prove
    assert {each.ref for each in known()} - refs == {"redis.q2", LOADED}
