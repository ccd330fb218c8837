from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from launch_kits.database.queries import find_task
from launch_kits.database.store import Store
from launch_kits.errors import InfeasiblePlan, NotYours, Refused
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import (
    begin,
    cancel,
    done,
    move,
    preview_revision,
    reassign,
    revise,
)
from tests.launches import (
    KEYS,
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SLUG,
    at,
    brief_with,
    dump,
    events,
    kit_with,
    launch,
    ledger_of,
    pending,
    send_all,
    status,
    statuses,
    task,
    waits,
)

GIVEN = brief_with().model_dump(mode="json", by_alias=True)


def rival(*keys: str) -> Brief:
    """The small brief against other competitors."""
    alternatives = [
        {"key": key, "name": key.title(), "claims": ledger_of(key)} for key in keys
    ]
    return brief_with(positioning={"alternatives": alternatives})


def team_with(**people: Any) -> Brief:
    return brief_with(team=GIVEN["team"] | people)


def test_a_new_competitor_brings_its_tasks(falcon: Store) -> None:
    found = revise(falcon, SLUG, rival("osprey", "kite", "merlin"), now=NOW)
    assert (found.added, found.dropped, found.fields) == (
        ["battlecard:merlin"],
        [],
        ("positioning",),
    )
    new = task(falcon, "battlecard:merlin")
    assert (new.owner, new.approver, new.status, new.title) == (
        PMM,
        LEGAL,
        "waiting",
        "Battlecard: Merlin",
    )
    assert new.due == task(falcon, "battlecard:kite").due
    assert waits(falcon)["battlecard:merlin"] == {"positioning"}
    assert "battlecard:merlin" in waits(falcon)["training"]
    (event,) = events(falcon, verb="update")
    assert (event.by, event.data["added"]) == (LEAD, ["battlecard:merlin"])


def test_a_new_task_opens_when_nothing_holds_it(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=at("01-12"))
    send_all(falcon)
    revise(falcon, SLUG, rival("osprey", "kite", "merlin"), now=at("01-13"))
    assert status(falcon, "battlecard:merlin") == "ready"
    assert pending(falcon, "task", key="battlecard:merlin") == [PMM]


def test_a_competitor_that_is_gone_takes_its_tasks_along_unless_they_began(
    falcon: Store,
) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    begin(falcon, SLUG, "battlecard:osprey", now=NOW)
    found = revise(falcon, SLUG, rival("merlin"), now=NOW)
    assert (found.dropped, found.kept) == (["battlecard:kite"], ["battlecard:osprey"])
    assert (status(falcon, "battlecard:kite"), status(falcon, "battlecard:osprey")) == (
        "dropped",
        "doing",
    )


def test_a_preview_changes_nothing(falcon: Store) -> None:
    before = dump(falcon)
    found = preview_revision(falcon, SLUG, rival("merlin"), now=NOW)
    assert found.added == ["battlecard:merlin"]
    assert dump(falcon) == before


def test_the_same_brief_changes_nothing(falcon: Store) -> None:
    before = dump(falcon)
    assert revise(falcon, SLUG, brief_with(), now=NOW).empty
    assert dump(falcon) == before


def test_days_stay_those_of_the_launch(falcon: Store) -> None:
    move(falcon, SLUG, on=date(2027, 2, 16), now=NOW)
    dues = {key: task(falcon, key).due for key in KEYS}
    revise(falcon, SLUG, brief_with(launch_on="2027-03-30", summary="Faster"), now=NOW)
    assert launch(falcon).launch_on == date(2027, 2, 16)
    assert {key: task(falcon, key).due for key in KEYS} == dues


def test_a_correctedledger_of_has_documents_written_again(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    with falcon.write() as session:
        card = find_task(session, SLUG, "battlecard:kite")
        card.document = "falcon-2/battlecard-kite.md"
        card.document_owed_at = None
    ledger = ledger_of("kite")
    ledger["why_we_win"][0]["claim"] = "Falcon is twice as fast"
    alternatives = [
        each | ({"claims": ledger} if each["key"] == "kite" else {})
        for each in GIVEN["positioning"]["alternatives"]
    ]
    found = revise(
        falcon,
        SLUG,
        brief_with(positioning={"alternatives": alternatives}),
        now=at("01-12"),
    )
    assert found.documents == ["battlecard:kite"]
    assert task(falcon, "battlecard:kite").document_owed_at == at("01-12")
    assert "twice as fast" in str(launch(falcon).brief)


def test_days_off_change_the_float_and_not_the_due_day(falcon: Store) -> None:
    due = task(falcon, "training").due
    sales = GIVEN["team"]["sales"] | {
        "away": [{"from": "2027-01-18", "to": "2027-02-08"}]
    }
    with pytest.raises(
        InfeasiblePlan,
        match=r"late; the earliest day that holds by the dates alone is 2027-02-1\d; accept it",
    ):
        revise(falcon, SLUG, team_with(sales=sales), now=NOW)
    found = revise(falcon, SLUG, team_with(sales=sales), now=NOW, accept_late=True)
    assert found.late_by > found.late_before == 0
    assert task(falcon, "training").due == due


def test_work_goes_to_the_person_who_holds_the_role_now_but_not_what_a_person_gave_away(
    falcon: Store,
) -> None:
    reassign(falcon, SLUG, "research", to="ops", now=NOW)
    found = revise(
        falcon,
        SLUG,
        team_with(pmm=GIVEN["team"]["pmm"] | {"email": "new@example.com"}),
        now=NOW,
    )
    assert {each.task for each in found.handed} == {
        "positioning",
        "battlecard:osprey",
        "battlecard:kite",
    }
    assert (task(falcon, "positioning").owner, task(falcon, "research").owner) == (
        "new@example.com",
        OPS,
    )
    assert "new@example.com" in pending(falcon, "task", key="positioning")


def test_a_newer_kit_changes_what_has_not_ended(falcon: Store) -> None:
    done(falcon, SLUG, "research", now=NOW)
    kit = kit_with(
        research={"title": "Market research"}, positioning={"title": "Position"}
    ) | {"version": 2}
    kit["stages"][0]["tasks"].append(
        {"key": "naming", "title": "Naming", "role": "pmm", "days": 1}
    )
    found = revise(falcon, SLUG, brief_with(kit=kit), verb="upgrade", now=NOW)
    assert (found.added, found.changed) == (["naming"], {"positioning": ["title"]})
    assert (task(falcon, "positioning").title, task(falcon, "research").title) == (
        "Position",
        "Research",
    )
    assert events(falcon, verb="upgrade")
    assert list(statuses(falcon))[:3] == ["positioning", "research", "naming"]


def test_what_is_planned_to_wait_waits(falcon: Store) -> None:
    kit = kit_with(legal_review={"after": ["positioning", "research"]})
    revise(falcon, SLUG, brief_with(kit=kit), now=NOW)
    assert waits(falcon)["legal_review"] == {"positioning", "research"}


def test_only_the_lead_may_and_only_while_it_runs(falcon: Store) -> None:
    with pytest.raises(NotYours):
        revise(falcon, SLUG, rival("merlin"), by=PMM, now=NOW)
    with pytest.raises(Refused, match='is of launch "other"'):
        revise(falcon, SLUG, brief_with(launch="other"), now=NOW)
    cancel(falcon, SLUG, now=NOW)
    with pytest.raises(Refused, match="cancelled"):
        revise(falcon, SLUG, rival("merlin"), now=NOW)


# Tasks put in by hand
