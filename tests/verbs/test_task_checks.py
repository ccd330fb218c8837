from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours, Refused
from launch_kits.verbs import approve, check, done, drop
from tests.launches import (
    KIT,
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SLUG,
    at,
    brief_with,
    changed,
    dump,
    events,
    opened,
    status,
)
from tests.verbs.test_gates import at_stage

LINK = "https://example.com/research"


def proved(store: Store, *, sales_gate: str = "sales", **gate: Any) -> Store:
    """The small launch whose first gate is proved by research, and whose second by cards."""
    kit = deepcopy(KIT)
    kit["stages"][0]["gate"] = {
        "title": "The story stands",
        "role": "ops",
        "checks": [
            {
                "key": "researched",
                "title": "We asked five",
                "evidence": "required",
                "task": "research",
            },
            {"key": "told", "title": "Everybody tells it"},
        ],
        **gate,
    }
    kit["stages"][1]["gate"] = {
        "title": "Sales can sell it",
        "role": sales_gate,
        "checks": [{"key": "cards", "title": "Cards are read", "task": "battlecard"}],
    }
    return opened(store, brief_with(kit=kit))


def test_a_finished_task_offers_its_link_with_the_command(store: Store) -> None:
    outcome = changed(done(proved(store), SLUG, "research", link=LINK, now=NOW))
    (hint,) = outcome.hints
    assert hint == (
        'research would meet check 1 of "story" (We asked five); '
        "`launch-kits gate falcon-2 story check researched` checks it"
    )
    found = at_stage(store, "story").checks[0]
    assert (found.offered, found.task_link, found.checked_by) == (True, LINK, None)
    changed(check(store, SLUG, "story", "researched", now=NOW))
    taken = at_stage(store, "story").checks[0]
    assert (taken.offered, taken.link, taken.checked_by) == (False, LINK, OPS)


def test_a_task_without_a_link_offers_a_check_that_still_needs_one(
    store: Store,
) -> None:
    (hint,) = done(proved(store), SLUG, "research", now=NOW).hints
    assert "check researched --link URL` checks it" in hint
    with pytest.raises(Refused, match="needs evidence"):
        check(store, SLUG, "story", "researched", now=NOW)


def test_the_offer_names_another_person_if_the_work_was_the_owners_alone(
    store: Store,
) -> None:
    proved(store, role="pmm")
    (hint,) = done(store, SLUG, "research", link=LINK, now=NOW).hints
    assert f"check researched --by {OPS}` checks it" in hint


@pytest.mark.parametrize("named", ["story.researched", "story.1"])
def test_a_check_is_taken_in_the_same_step(store: Store, named: str) -> None:
    proved(store)
    outcome = changed(
        done(
            store,
            SLUG,
            "research",
            by=LEAD,
            link=LINK,
            checks=[named, "story.told"],
            now=NOW,
        )
    )
    assert outcome.message == (
        'research is done; check 1 of "story" (We asked five) is checked; '
        '1 check of its gate is still open; check 2 of "story" (Everybody tells it) is checked; '
        'the gate is passed: The story stands, but its work is open: "Positioning"'
    )
    assert outcome.hints == ()
    found = at_stage(store, "story").checks
    assert [(each.checked_by, each.link) for each in found] == [(LEAD, LINK)] * 2
    recorded = events(store, verb="check")[0].data
    assert (recorded["key"], recorded["gate"]) == ("researched", "The story stands")


@pytest.mark.parametrize(
    ("named", "given", "error", "text"),
    [
        ("story.researched", {"by": PMM}, NotYours, "not theirs"),
        ("story.researched", {"link": None}, Refused, "needs evidence"),
        ("story.nothing", {}, NotFound, 'no check "nothing"'),
        ("nowhere.1", {}, NotFound, "no gate at stage"),
        ("story", {}, Refused, "write its stage and its key or number"),
        ("story.", {}, Refused, "write its stage and its key or number"),
    ],
)
def test_a_refused_check_leaves_the_task_open(
    store: Store, named: str, given: dict[str, Any], error: Any, text: str
) -> None:
    before = dump(proved(store))
    with pytest.raises(error, match=text):
        done(
            store,
            SLUG,
            "research",
            checks=[named],
            now=NOW,
            **{"by": LEAD, "link": LINK, **given},
        )
    assert dump(store) == before


def test_no_one_takes_a_check_of_work_that_was_theirs_alone(store: Store) -> None:
    proved(store, role="pmm")
    with pytest.raises(NotYours, match="they did all the work"):
        done(store, SLUG, "research", link=LINK, checks=["story.1"], now=NOW)
    assert status(store, "research") == "ready"


def test_a_check_of_a_fanned_out_task_is_met_when_all_are_done(store: Store) -> None:
    proved(store)
    done(store, SLUG, "positioning", now=NOW)
    later = at("01-12")
    with pytest.raises(Refused, match=r"takes it once battlecard:kite is done too"):
        done(store, SLUG, "battlecard:osprey", checks=["sales.cards"], now=later)
    for key in ("osprey", "kite"):
        done(store, SLUG, f"battlecard:{key}", link=f"{LINK}/{key}", now=later)
    with pytest.raises(Refused, match="is met when battlecard:kite is done too"):
        approve(
            store, SLUG, "battlecard:osprey", by=LEAD, checks=["sales.1"], now=later
        )
    assert approve(store, SLUG, "battlecard:osprey", by=LEAD, now=later).hints == ()
    assert at_stage(store, "sales").checks[0].waits_for == ("battlecard:kite",)
    outcome = approve(
        store, SLUG, "battlecard:kite", by=LEAD, checks=["sales.cards"], now=later
    )
    assert outcome.message.endswith(
        "the gate is passed: Sales can sell it, but its work is open: "
        '"Legal review", "Training"'
    )
    found = at_stage(store, "sales").checks[0]
    assert (found.checked_by, found.link) == (LEAD, f"{LINK}/kite")


@pytest.mark.parametrize(
    ("role", "command"),
    [
        ("sales", "`launch-kits gate falcon-2 sales check cards` takes it then"),
        (
            "legal",
            "`launch-kits approve falcon-2 battlecard:osprey --checks sales.cards` takes them",
        ),
    ],
)
def test_the_command_named_for_checks_after_an_approval_works(
    store: Store, role: str, command: str
) -> None:
    """The approver takes the checks with the approval only if they may take them at all."""
    proved(store, sales_gate=role)
    done(store, SLUG, "positioning", now=NOW)
    drop(store, SLUG, "battlecard:kite", now=NOW)
    named = ["sales.cards"]
    with pytest.raises(Refused) as refused:
        done(store, SLUG, "battlecard:osprey", link=LINK, checks=named, now=NOW)
    assert command in str(refused.value)
    done(store, SLUG, "battlecard:osprey", link=LINK, now=NOW)
    if role == "legal":
        changed(approve(store, SLUG, "battlecard:osprey", checks=named, now=NOW))
    else:
        changed(approve(store, SLUG, "battlecard:osprey", now=NOW))
        changed(check(store, SLUG, "sales", "cards", now=NOW))
    assert at_stage(store, "sales").checks[0].checked_by


def test_a_dropped_task_proves_nothing_and_holds_no_check(store: Store) -> None:
    proved(store)
    done(store, SLUG, "positioning", now=NOW)
    drop(store, SLUG, "battlecard:kite", now=NOW)
    done(store, SLUG, "battlecard:osprey", link=LINK, now=NOW)
    (hint,) = approve(store, SLUG, "battlecard:osprey", by=LEGAL, now=NOW).hints
    assert 'would meet check 1 of "sales" (Cards are read)' in hint
    assert at_stage(store, "sales").checks[0].tasks == ("battlecard:osprey",)


def test_a_check_that_the_task_does_not_serve_can_be_taken_with_it(
    store: Store,
) -> None:
    proved(store)
    outcome = done(
        store, SLUG, "positioning", by=LEAD, link=LINK, checks=["story.told"], now=NOW
    )
    assert "(Everybody tells it) is checked" in outcome.message
    again = done(
        store,
        SLUG,
        "positioning",
        by=LEAD,
        link=f"{LINK}/2",
        checks=["story.researched"],
        now=NOW,
    )
    assert again.changed
    assert again.message.startswith("positioning is done already; check 1 of")
    assert at_stage(store, "story").checks[0].link == f"{LINK}/2"
    again = done(store, SLUG, "research", by=LEAD, checks=["story.told"], now=NOW)
    assert "is checked already; nothing changed" in again.message
