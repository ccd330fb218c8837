from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from launch_kits.claims.visibility import hidden_because
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.ledger import Kind, Ledger
from launch_kits.inputs.loading import Loaded, load_brief
from launch_kits.lint.check import check
from launch_kits.plan.rollout import Rollout
from launch_kits.workdays.partial_dates import end_of_period
from tests.kits.conftest import LEAST, ROOT

EXAMPLES = {
    path.parent.name: path for path in sorted((ROOT / "examples").glob("*/brief.yaml"))
}
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture(scope="module", params=EXAMPLES)
def path(request: pytest.FixtureRequest) -> Path:
    return EXAMPLES[request.param]


@pytest.fixture(scope="module")
def loaded(path: Path) -> Loaded:
    return load_brief(path)


@pytest.fixture(scope="module")
def brief(loaded: Loaded) -> Brief:
    return loaded.brief


def ledgers(brief: Brief) -> Iterator[Ledger]:
    for alternative in brief.competitors():
        assert alternative.ledger
        yield alternative.ledger


def test_an_example_passes_the_check_without_a_warning(path: Path) -> None:
    found = check([path.parent], now=NOW)
    assert (found.faults, found.warnings) == ((), ())


def test_an_example_holds(brief: Brief) -> None:
    begin_on = brief.begin_on or brief.launch_on
    plan = Rollout(brief, begin_on, brief.released_on, brief.launch_on)
    assert plan.schedule.feasible
    assert brief.launch_on - begin_on >= timedelta(
        weeks=LEAST[brief.kit_in_place.kit][0]
    )


def test_an_example_says_what_it_asks_of_the_busiest_person(
    path: Path, brief: Brief
) -> None:
    begin_on = brief.begin_on or brief.launch_on
    load = Rollout(brief, begin_on, brief.released_on, brief.launch_on).load
    most = max(load.days_asked(), key=lambda one: one.asked / one.working_days)
    said = (
        f"# Until launch day this plan asks most of {load.levelled.name(most.owner)}: "
        f"{float(most.asked):g} days of work in {most.working_days} working days.\n"
    )
    assert said in path.read_text("utf-8")


def test_an_example_is_full(brief: Brief) -> None:
    assert all(
        (
            brief.personas,
            brief.pricing,
            brief.partners,
            brief.goals,
            brief.faq,
            brief.positioning.best_fit,
        )
    )
    assert all(attribute.proof for attribute in brief.positioning.attributes)
    assert any(faq.proof and faq.audience is Audience.CUSTOMER for faq in brief.faq)


def test_people_of_an_example_are_roles(brief: Brief) -> None:
    assert [
        person.email
        for person in brief.team.values()
        if not person.email.endswith("@example.com")
    ] == []


def test_claims_of_an_example_have_sources_that_can_be_read(brief: Brief) -> None:
    for ledger in ledgers(brief):
        for name, source in ledger.sources.items():
            assert source.url.startswith("https://"), name
            known = end_of_period(source.as_of)
            assert known is None or known <= date(2026, 12, 31), name
        for _, _, claim in ledger.each():
            sourced = claim.src or [
                src for reading in claim.values for src in reading.src
            ]
            assert bool(sourced) != (claim.kind is Kind.UNKNOWN), claim.id


def test_an_example_knows_both_sides_and_lets_customers_read_some_of_it(
    brief: Brief,
) -> None:
    for ledger in ledgers(brief):
        for section in (
            "their_strengths",
            "parity_do_not_claim",
            "objections",
            "disqualifiers",
        ):
            assert ledger.section(section), section
        shown = [
            claim.id
            for _, _, claim in ledger.each()
            if not hidden_because(
                ledger, claim, today=NOW.date(), reader=Audience.CUSTOMER
            )
        ]
        assert shown


def test_the_examples_differ_in_kit_market_and_country() -> None:
    briefs = [load_brief(path).brief for path in EXAMPLES.values()]
    assert len(briefs) > 1
    for taken in ("market", "holidays", "timezone"):
        assert len({getattr(brief, taken) for brief in briefs}) == len(briefs), taken
    kinds = {(brief.kit_in_place.kit, brief.goods) for brief in briefs}
    assert len(kinds) == len(briefs)
    assert any(len(brief.competitors()) > 1 for brief in briefs)


def test_an_example_holds_by_every_kit(brief: Brief, kit: Kit) -> None:
    if kit.kit == "sunset":
        pytest.skip("an end of life has half a year of notice")
    begin_on = brief.begin_on or brief.launch_on
    plan = Rollout(
        brief.model_copy(update={"kit": kit}),
        begin_on,
        brief.released_on,
        brief.launch_on,
    )
    assert plan.schedule.late_by == 0
