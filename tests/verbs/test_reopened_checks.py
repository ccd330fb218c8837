from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from launch_kits.database.queries import find_launch, tasks_of
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours, Refused
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import check, done, drop, reopen, undo
from launch_kits.verbs.actors import Door
from launch_kits.views.event_text import event_text
from launch_kits.views.gates import read_gates
from launch_kits.views.notices.context import ContextLoader
from launch_kits.views.notices.passed_news import passed
from tests.launches import (
    LEAD,
    NOW,
    OPS,
    PMM,
    SLUG,
    at,
    changed,
    dump,
    events,
    notices,
    sentence_of,
    statuses,
)
from tests.verbs.test_gates import at_stage
from tests.verbs.test_task_checks import LINK, proved

LATER = at("01-12")


def ticks(store: Store) -> dict[tuple[str, str], tuple[str, ...]]:
    """The ticked checks, each with the tasks that prove it."""
    with store.read() as session:
        launch = find_launch(session, SLUG)
        tasks = tasks_of(session, SLUG)
        gates = read_gates(session, launch, Brief.kept(launch.brief), tasks)
    return {
        (gate.stage, each.key): each.tasks
        for gate in gates
        for each in gate.checks
        if each.checked_by
    }


def ticked(store: Store, *, number: int = 1) -> str | None:
    return at_stage(store, "story").checks[number - 1].checked_by


def researched(store: Store, **gate: object) -> Store:
    """The small launch whose first check is ticked with the work that proves it."""
    return ticked_in(proved(store, **gate))


def ticked_in(store: Store) -> Store:
    done(store, SLUG, "research", by=LEAD, link=LINK, now=NOW)
    changed(check(store, SLUG, "story", "researched", now=NOW))
    changed(check(store, SLUG, "story", "told", now=NOW))
    return store


def test_a_check_is_open_again_while_its_work_is_done_anew(store: Store) -> None:
    researched(store)
    outcome = changed(reopen(store, SLUG, "research", by=LEAD, now=LATER))
    assert outcome.message == (
        "research is ready again; open again until it is done: "
        'check 1 of "story" (We asked five)'
    )
    assert (ticked(store), ticked(store, number=2)) == (None, OPS)
    (event,) = events(store, verb="uncheck")
    assert (event.by, event.data["reopened"]) == (LEAD, "research")
    assert event_text(event, {}, words={"research": "Research"}) == (
        "The story stands: We asked five; open until Research is done again"
    )
    changed(done(store, SLUG, "research", link=LINK, now=LATER))
    found = at_stage(store, "story").checks[0]
    assert (found.checked_by, found.offered) == (None, True)


def test_its_owner_and_who_ticked_it_read_why(store: Store) -> None:
    researched(store, hard=True)
    reopen(store, SLUG, "research", by=PMM, now=LATER)
    told = [each for each in notices(store, "news") if each.filed_at == LATER]
    assert {each.to for each in told} == {OPS, LEAD}
    assert sentence_of(store, told[0], now=LATER).endswith(
        'opened "Research" again, so "We asked five" at "The story stands" is open until it is '
        "done."
    )


def test_no_one_reads_of_it_once_the_work_is_done_again(store: Store) -> None:
    researched(store)
    reopen(store, SLUG, "research", by=PMM, now=LATER)
    done(store, SLUG, "research", by=PMM, link=LINK, now=at("01-12", 18))
    (told,) = (each for each in notices(store, "news") if each.filed_at == LATER)
    context = ContextLoader(store, documents=Path("/nowhere")).of(SLUG, now=LATER)
    assert passed(told, context.view) == "the task is done"


@pytest.mark.parametrize(
    ("link", "expected"), [("https://example.com/other", OPS), (LINK, None)]
)
def test_a_check_ticked_before_its_work_was_done_rests_on_other_evidence(
    store: Store, link: str, expected: str | None
) -> None:
    proved(store)
    check(store, SLUG, "story", "researched", link=link, now=NOW)
    done(store, SLUG, "research", by=LEAD, link=LINK, now=LATER)
    reopen(store, SLUG, "research", by=LEAD, now=LATER)
    assert ticked(store) == expected


def test_a_dropped_task_that_comes_back_opens_no_check(store: Store) -> None:
    researched(store)
    drop(store, SLUG, "positioning", now=NOW)
    reopen(store, SLUG, "positioning", now=LATER)
    assert (ticked(store), ticked(store, number=2)) == (OPS, OPS)


@pytest.fixture
def room(store: Store) -> Iterator[Store]:
    """The small launch with its first gate ticked, with the launch room as the door."""
    proved(store)
    made = Store(store.url, door=Door.ROOM)
    yield made
    made.close()


def test_undoing_the_reopening_ticks_the_check_again(room: Store) -> None:
    store = ticked_in(room)
    before = at_stage(store, "story")
    reopen(store, SLUG, "research", by=LEAD, now=LATER)
    changed(undo(store, SLUG, by=LEAD, now=LATER))
    assert at_stage(store, "story") == before


def test_undoing_done_opens_what_was_ticked_with_it_since(room: Store) -> None:
    store = ticked_in(room)
    changed(undo(store, SLUG, by=LEAD, now=NOW))
    assert ticked(store) is None
    assert ticked(store, number=2) == OPS


def test_a_refused_reopening_leaves_the_check(store: Store) -> None:
    before = dump(researched(store))
    with pytest.raises(NotYours):
        reopen(store, SLUG, "research", by="guest@example.com", now=LATER)
    assert dump(store) == before


#: what happens, as often as it stands here
ACTS = [
    *[("done", "research"), ("reopen", "research"), ("check", "story.researched")] * 3,
    *[("undo", ""), ("undo", "")],
    *[("done", "positioning"), ("reopen", "positioning"), ("drop", "research")],
    *[("done", "battlecard:kite"), ("reopen", "battlecard:kite")],
    *[("drop", "battlecard:osprey"), ("check", "sales.cards"), ("check", "story.told")],
]


@pytest.mark.parametrize("seed", [1, 3])
def test_a_ticked_check_rests_on_work_that_stayed_done(room: Store, seed: int) -> None:
    """Whatever is done, taken up again, dropped, ticked and undone, in any order."""
    chance = random.Random(seed)
    rests: dict[tuple[str, str], set[str]] = {}
    lost = 0
    for number, (verb, about) in enumerate(chance.choices(ACTS, k=60)):
        before = ticks(room)
        with suppress(Refused, NotFound, NotYours):
            carry_out(room, verb, about, now=NOW + timedelta(minutes=2 * number))
        finished = {key for key, said in statuses(room).items() if said == "done"}
        found = ticks(room)
        for each, tasks in found.items():
            if each not in before:
                rests[each] = finished.intersection(tasks)
            assert rests[each] <= finished, (verb, about, each)
        lost += len(before.keys() - found.keys())
    assert lost


def carry_out(store: Store, verb: str, about: str, *, now: datetime) -> None:
    match verb:
        case "check":
            stage, _, key = about.partition(".")
            (found,) = (e for e in at_stage(store, stage).checks if e.key == key)
            if found.waits_for:
                # it would rest on other evidence
                return
            check(store, SLUG, stage, key, by=OPS, link=LINK, now=now)
        case "undo":
            undo(store, SLUG, by=LEAD, now=now)
        case _:
            act = {"done": done, "reopen": reopen, "drop": drop}[verb]
            act(store, SLUG, about, by=LEAD, now=now)
