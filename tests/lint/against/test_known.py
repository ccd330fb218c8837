from __future__ import annotations

from datetime import date

from launch_kits.inputs.audience import Audience
from launch_kits.lint.against.known import Known


def test_a_product_has_a_name_and_a_version(known: Known):
    assert (known.name, known.version) == ("Valkey", "9.0")
    assert "Redis" in known.rivals


def test_customers_may_read_the_brief_s_days_and_others_the_plan_s_too(known: Known):
    told = known.days(Audience.CUSTOMER)
    assert {date(2027, 3, 2), date(2027, 2, 16)} <= told
    assert told < known.days(Audience.PARTNER)


def test_ended_claims_are_dead_and_name_the_claim_in_their_place(known: Known):
    dead = {secret.reason: secret for secret in known.dead()}
    assert "Redis 8.4" in (dead["redis.w5"].instead or "")
    assert not {secret.text for secret in dead.values()} & set(
        known.open(Audience.INTERNAL)
    )


def test_lines_for_inside_are_hidden_from_customers_alone(known: Known):
    hidden = {secret.text for secret in known.hidden(Audience.CUSTOMER)}
    assert "Direction and licence are set by one vendor." in hidden
    assert list(known.hidden(Audience.INTERNAL)) == []


def test_amounts_are_known_by_their_currency(known: Known):
    assert 0.0 in known.amounts["USD"]
