from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.verbs import (
    begin,
    block,
    cancel,
    done,
    drop,
    extend,
    open_launch,
    reassign,
    unblock,
)
from launch_kits.views.launch import LaunchView, list_launches, read_launch
from tests.launches import (
    KEYS,
    LEAD,
    NOW,
    PMM,
    SLUG,
    STRANGER,
    at,
    brief_with,
    kit_with,
    opened,
    task,
)

DOCUMENTS = Path("/documents")


def view(store: Store, slug: str = SLUG, *, now: datetime = NOW) -> LaunchView:
    with store.read() as session:
        return read_launch(session, slug, now=now, documents=DOCUMENTS)


def floats(store: Store, *, now: datetime = NOW) -> dict[str, int | None]:
    return {each.key: each.float_days for each in view(store, now=now).tasks}


def test_a_launch_is_seen_with_its_tasks_in_order(falcon: Store) -> None:
    seen = view(falcon)
    assert (seen.slug, seen.product, seen.status, seen.channel, seen.lead) == (
        SLUG,
        "Falcon 2",
        "running",
        "falcon-2-launch",
        LEAD,
    )
    assert tuple(each.key for each in seen.tasks) == KEYS
    assert seen.task("training").after == (
        "battlecard:osprey",
        "battlecard:kite",
        "legal_review",
    )
    assert seen.task("nothing") is None


def test_a_launch_s_today_is_its_own(falcon: Store) -> None:
    assert view(falcon, now=at("01-12", 23)).today == date(2027, 1, 12)


def test_an_unknown_launch_cannot_be_seen(falcon: Store) -> None:
    with pytest.raises(NotFound):
        view(falcon, "kestrel")


def test_launches_are_listed_newest_first(falcon: Store) -> None:
    opened(falcon, brief_with(launch="kestrel"), now=at("01-12"))
    with falcon.read() as session:
        assert [
            each.slug for each in list_launches(session, now=NOW, documents=DOCUMENTS)
        ] == ["kestrel", SLUG]
    cancel(falcon, "kestrel", now=at("01-12"))
    for ended, slugs in ((False, [SLUG]), (True, ["kestrel", SLUG])):
        with falcon.read() as session:
            found = list_launches(session, now=NOW, documents=DOCUMENTS, ended=ended)
        assert [each.slug for each in found] == slugs


def test_readiness_counts_done_tasks_among_those_not_dropped(falcon: Store) -> None:
    assert view(falcon).readiness == 0
    drop(falcon, SLUG, "research", now=NOW)
    drop(falcon, SLUG, "battlecard:kite", now=NOW)
    done(falcon, SLUG, "positioning", now=NOW)
    assert view(falcon).readiness == pytest.approx(1 / 6)


def test_a_launch_without_tasks_is_ready(store: Store) -> None:
    opened(store, brief_with(kit=kit_with(only=["positioning"])))
    drop(store, SLUG, "positioning", now=NOW)
    assert view(store).readiness == 1.0


def test_a_task_is_overdue_from_the_end_of_its_due_day_in_its_owner_s_time_zone(
    falcon: Store,
) -> None:
    assert task(falcon, "training").due == date(2027, 2, 9)
    noon = at("02-09", 12)
    assert view(falcon, now=noon).task("training").overdue, (
        "in Singapore it is the tenth"
    )
    assert not view(falcon, now=noon).task("go_live").overdue
    assert view(falcon, now=at("02-10", 0)).task("go_live").overdue
    assert view(falcon, now=at("02-09", 10, 59)).task("training").overdue is False


def test_late_counts_overdue_tasks(falcon: Store) -> None:
    assert view(falcon, now=at("02-09", 1)).late == 5
    done(falcon, SLUG, "research", now=at("02-09", 1))
    assert view(falcon, now=at("02-09", 1)).late == 4


def test_nothing_of_a_cancelled_launch_is_overdue(falcon: Store) -> None:
    cancel(falcon, SLUG, now=NOW)
    assert view(falcon, now=at("03-01")).late == 0


def test_float_counts_the_spare_days_from_today_to_the_due_day(falcon: Store) -> None:
    plain = floats(falcon)
    assert (plain["positioning"], plain["research"], plain["go_live"]) == (13, 19, 0)
    later = floats(falcon, now=at("01-14"))
    assert (later["positioning"], later["research"]) == (10, 16), (
        "both take all their days from today"
    )


def test_a_closed_task_has_no_float(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    drop(falcon, SLUG, "research", now=NOW)
    seen = floats(falcon)
    assert (seen["positioning"], seen["research"]) == (None, None)
    assert seen["legal_review"] is not None


def test_work_done_early_gives_its_successors_float(falcon: Store) -> None:
    before = floats(falcon)["legal_review"]
    done(falcon, SLUG, "positioning", now=NOW)
    assert floats(falcon)["legal_review"] == before + 2


def test_late_work_takes_float_from_its_successors(falcon: Store) -> None:
    assert floats(falcon, now=at("02-05"))["training"] < 0


def test_an_extension_takes_the_float_of_its_task_and_of_its_successors(
    falcon: Store,
) -> None:
    before = floats(falcon)["training"]
    assert before is not None
    extend(falcon, SLUG, "positioning", until=date(2027, 2, 3), by=LEAD, now=NOW)
    after = floats(falcon)
    assert after["positioning"] == 0
    assert after["training"] is not None
    assert after["training"] < 0 < before


def test_the_reason_of_the_last_block_is_shown_while_it_lasts(falcon: Store) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No data")
    unblock(falcon, SLUG, "research", now=NOW)
    assert view(falcon).task("research").blocked_by is None
    block(falcon, SLUG, "research", now=NOW, note="No access")
    assert view(falcon).task("research").blocked_by == "No access"


def test_a_request_for_more_time_is_shown_until_it_is_answered(falcon: Store) -> None:
    extend(falcon, SLUG, "research", until=date(2027, 5, 3), now=NOW)
    assert view(falcon).task("research").asked_until == date(2027, 5, 3)
    extend(falcon, SLUG, "research", until=date(2027, 5, 3), by=LEAD, now=NOW)
    assert view(falcon).task("research").asked_until is None


def test_an_owner_is_named_as_the_team_does_or_by_email(falcon: Store) -> None:
    assert view(falcon).task("research").owner_name == "Pia"
    reassign(falcon, SLUG, "research", to=STRANGER, now=NOW)
    assert view(falcon).task("research").owner_name == STRANGER


def test_documents_lie_in_their_folder(falcon: Store) -> None:
    with falcon.write() as session:
        row = task(falcon, "battlecard:kite")
        row.document = f"{SLUG}/battlecard-kite.md"
        session.merge(row)
    assert (
        view(falcon).task("battlecard:kite").document
        == DOCUMENTS / SLUG / "battlecard-kite.md"
    )
    assert view(falcon).task("research").document is None


def test_next_tasks_are_in_order_of_their_due_day(falcon: Store) -> None:
    begin(falcon, SLUG, "research", now=NOW)
    done(falcon, SLUG, "positioning", now=NOW)
    assert [each.key for each in view(falcon).next_tasks] == [
        "legal_review",
        "battlecard:kite",
        "battlecard:osprey",
        "research",
    ]
    assert {each.key for each in view(falcon).open_tasks} == set(KEYS) - {"positioning"}


def test_a_view_is_taken_with_the_snapshot_and_not_with_a_later_brief(
    falcon: Store,
) -> None:
    open_launch(falcon, brief_with(product="Falcon 2.1"), now=at("01-12"))
    seen = view(falcon, now=at("01-12"))
    assert (seen.product, seen.task("research").owner) == ("Falcon 2", PMM)
