from __future__ import annotations

from datetime import date
from pathlib import Path

from launch_kits.database.store import Store
from launch_kits.documents import render
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import block, cancel, done, extend
from launch_kits.views.facts import read_facts
from launch_kits.views.launch import read_launch
from launch_kits.views.outlook import outlook_of
from launch_kits.views.slips import read_slips
from tests.launches import LEAD, NOW, SLUG, at, launch


def outlook(store: Store, now=NOW):
    with store.read() as session:
        view = read_launch(session, SLUG, now=now, documents=Path())
        slips = read_slips(session, SLUG, now=now)
        brief = Brief.kept(launch(store).brief)
        return view, outlook_of(view, slips, brief=brief)


def test_an_outlook_says_the_state_the_landing_and_its_causes(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=at("02-01"))
    view, found = outlook(falcon, at("02-08"))
    assert found is not None
    assert (found.state, found.lands_on) == ("at risk", view.lands_on)
    assert sum(line.days for line in found.because) == view.plan.given.calendar.count(
        view.launch_on, found.lands_on
    )


def test_an_outlook_asks_for_the_decisions_that_people_wait_for(falcon: Store) -> None:
    block(falcon, SLUG, "research", note="No access", now=NOW)
    extend(falcon, SLUG, "legal_review", until=date(2027, 3, 5), now=NOW)
    _, found = outlook(falcon)
    assert found is not None
    assert any("Research" in ask and "No access" in ask for ask in found.asks)
    assert any(ask.startswith('more time for "Legal review"') for ask in found.asks)


def test_an_outlook_names_the_largest_slips_with_their_reasons(falcon: Store) -> None:
    for key, day in (("legal_review", 5), ("research", 4), ("retro", 3)):
        extend(
            falcon,
            SLUG,
            key,
            until=date(2027, 3, day),
            by=LEAD,
            note=f"{key} needs more",
            now=NOW,
        )
    _, found = outlook(falcon)
    assert found is not None
    days = [line.days for line in found.slips]
    assert days == sorted(days, reverse=True)
    assert len(days) <= 3
    assert all(line.why and line.why.endswith(" needs more") for line in found.slips)
    assert found.slips[0].title in ("Research", "Legal review")


def test_a_launch_that_ended_has_no_outlook(falcon: Store) -> None:
    cancel(falcon, SLUG, now=NOW)
    assert outlook(falcon)[1] is None


def test_the_plan_document_opens_with_it(falcon: Store) -> None:
    block(falcon, SLUG, "research", note="No access", now=NOW)
    with falcon.read() as session:
        facts = read_facts(session, SLUG, now=at("02-08"), documents=Path())
    text = render("launch_plan.md.j2", facts)
    first, _, rest = text.partition("## Timeline")
    assert "as things stand it lands on **" in first
    assert "<!-- picture: stages -->" in first
    assert '"Research" (Pia) is blocked: No access' in first
    assert rest.lstrip().startswith("<!-- picture: timeline -->")
