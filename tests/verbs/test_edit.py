from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from launch_kits.database.records import DayChangeRow
from launch_kits.database.store import Store
from launch_kits.errors import InfeasiblePlan, NotFound, NotYours, Refused
from launch_kits.verbs import (
    NewTask,
    TaskEdit,
    add,
    begin,
    done,
    edit,
    extend,
    move,
    preview_edit,
    revise,
)
from launch_kits.workdays.offsets import Offset
from tests.launches import (
    KEYS,
    LEAD,
    LEGAL,
    NOW,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    dump,
    events,
    extensions,
    kit_with,
    launch,
    notices,
    opened,
    sentence_of,
    task,
)

DUE = {key: Offset.parse(f"T-{days}") for key, days in {"early": 6, "late": 0}.items()}


class RandomEdits:
    """Edits, moves and time that anyone could ask for, by a seed."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = random.Random(seed)
        self.now = NOW

    def wanted(self) -> TaskEdit:
        chance = self.chance
        sign = chance.choice("+-")
        key = chance.choice(KEYS)
        return chance.choice(
            [
                TaskEdit(days=chance.randint(0, 8)),
                TaskEdit(due=Offset(chance.randint(-18, 6))),
                TaskEdit(due=NOW.date() + timedelta(chance.randint(0, 40))),
                TaskEdit(after=(f"{sign}{key}",), share=0.5),
                TaskEdit(workdays=(f"T-{chance.randint(1, 20)}d",), title=key),
            ]
        )

    def step(self) -> None:
        """Edit a task as its preview shows, or move the launch."""
        self.now += timedelta(days=self.chance.randint(0, 1))
        today = self.now.date()
        before = dues(self.store)
        try:
            if self.chance.random() < 0.1:
                on = launch(self.store).launch_on + timedelta(self.chance.randint(0, 9))
                move(self.store, SLUG, on=on, now=self.now, accept_late=True)
                return
            key = self.chance.choice(KEYS)
            wanted = self.wanted()
            preview = preview_edit(self.store, SLUG, key, wanted, now=self.now)
            found = edit(self.store, SLUG, key, wanted, now=self.now, accept_late=True)
        except (Refused, NotFound):
            assert dues(self.store) == before
            return
        assert found == preview
        after = dues(self.store)
        moved = {each for each in KEYS if after[each] != before[each]}
        shown = {each.key: each for each in found.changes if each.field == "due"}
        assert moved <= set(shown)
        for each in moved:
            assert after[each] >= today
            assert (shown[each].due_before, shown[each].due) == (
                before[each],
                after[each],
            )
            assert each == key or after[each] < before[each]


@pytest.mark.parametrize("seed", range(2))
def test_random_edits_keep_the_ledger_whole(falcon: Store, seed: int) -> None:
    edits = RandomEdits(falcon, seed)
    for _ in range(15):
        edits.step()
    with falcon.read() as session:
        query = select(DayChangeRow).order_by(col(DayChangeRow.id))
        rows = session.exec(query).all()
    for key in KEYS:
        day = task(falcon, key).baseline_due
        for row in rows:
            if row.task == key:
                assert row.before == day
                day = row.after
        assert day == task(falcon, key).due


def dues(store: Store) -> dict[str, date]:
    return {key: task(store, key).due for key in KEYS}


def planned_as(store: Store, **changes: dict[str, object]) -> dict[str, date]:
    """The due days of a launch that was started with the changed kit."""
    opened(store, brief_with(launch="other", kit=kit_with(**changes)))
    return {key: task(store, key, slug="other").due for key in KEYS}


def test_a_preview_writes_nothing(falcon: Store) -> None:
    before = dump(falcon)
    found = preview_edit(
        falcon, SLUG, "training", TaskEdit(days=4, after=("-legal_review",)), now=NOW
    )
    assert [each.field for each in found.changes if each.key == "training"] == [
        "days",
        "after",
    ]
    assert dump(falcon) == before


def test_more_days_move_the_due_days_before_it_as_a_kit_would(falcon: Store) -> None:
    before = dues(falcon)
    preview = preview_edit(falcon, SLUG, "training", TaskEdit(days=5), now=NOW)
    found = edit(falcon, SLUG, "training", TaskEdit(days=5), now=NOW)
    assert found == preview
    assert dues(falcon) == planned_as(falcon, training={"days": 5})
    moved = {
        each.key: each.due_before for each in found.changes if each.key != "training"
    }
    assert moved == {
        key: before[key]
        for key in (
            "positioning",
            "battlecard:osprey",
            "battlecard:kite",
            "legal_review",
        )
    }
    assert all(each.due < each.due_before for each in found.changes[1:])
    assert found.lands_on == date(2027, 2, 9)


def test_fewer_days_move_no_due_day(falcon: Store) -> None:
    before = dues(falcon)
    edit(falcon, SLUG, "training", TaskEdit(days=1), now=NOW)
    assert dues(falcon) == before
    assert task(falcon, "training").start_by == before["training"]


def test_a_due_day_is_kept_as_its_offset_and_moves_with_the_launch(
    falcon: Store,
) -> None:
    edit(falcon, SLUG, "training", TaskEdit(due=date(2027, 2, 3)), now=NOW)
    assert (task(falcon, "training").due_offset, task(falcon, "training").due) == (
        "T-4",
        date(2027, 2, 3),
    )
    assert dues(falcon) == planned_as(falcon, training={"due": "T-4"})
    move(falcon, SLUG, on=date(2027, 2, 16), now=NOW)
    assert task(falcon, "training").due == date(2027, 2, 10)


def test_an_earlier_due_day_lands_in_the_slip_ledger(falcon: Store) -> None:
    before = dues(falcon)
    edit(falcon, SLUG, "training", TaskEdit(due=DUE["early"]), now=NOW, note="The room")
    with falcon.read() as session:
        query = select(DayChangeRow).order_by(col(DayChangeRow.id))
        rows = session.exec(query).all()
    assert {row.task: row.before for row in rows} == {
        key: day for key, day in before.items() if task(falcon, key).due != day
    }
    assert {(row.by, row.verb, row.why) for row in rows} == {(LEAD, "edit", "The room")}
    assert all(task(falcon, row.task).due == row.after for row in rows)
    assert all(task(falcon, key).due == task(falcon, key).planned_due for key in before)


def test_a_due_day_is_held_by_the_tasks_after_it(falcon: Store) -> None:
    found = edit(falcon, SLUG, "positioning", TaskEdit(due=DUE["late"]), now=NOW)
    assert task(falcon, "positioning").due == date(2027, 2, 1)
    (warning,) = found.warnings
    assert warning.code == "due-held"
    assert "not 2027-02-09 (Tuesday)" in warning.message


def test_a_due_day_moved_for_an_absence_is_said(store: Store) -> None:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["sales"]["away"] = [{"from": "2027-02-03", "to": "2027-02-04"}]
    opened(store, brief_with(team=team))
    found = edit(store, SLUG, "training", TaskEdit(due=date(2027, 2, 4)), now=NOW)
    assert task(store, "training").due == date(2027, 2, 2)
    assert [warning.code for warning in found.warnings] == ["due-on-day-off"]
    assert f"because {SALES} is off" in found.warnings[0].message


def test_a_saturday_means_the_working_day_before(falcon: Store) -> None:
    found = edit(falcon, SLUG, "training", TaskEdit(due=date(2027, 2, 6)), now=NOW)
    assert task(falcon, "training").due == date(2027, 2, 5)
    assert "2027-02-05 (Friday) is meant" in found.warnings[0].message


def test_a_float_that_turns_negative_is_refused_unless_accepted(falcon: Store) -> None:
    before = dump(falcon)
    wanted = TaskEdit(days=40)
    assert preview_edit(falcon, SLUG, "training", wanted, now=NOW).late["training"] > 0
    with pytest.raises(InfeasiblePlan, match=r"training by .* --accept-late"):
        edit(falcon, SLUG, "training", wanted, now=NOW)
    assert dump(falcon) == before
    edit(falcon, SLUG, "training", wanted, now=NOW, accept_late=True)
    assert min(dues(falcon).values()) >= date(2027, 1, 11)


def test_a_due_day_before_today_is_always_refused(falcon: Store) -> None:
    for due in (date(2027, 1, 8), Offset.parse("T-30")):
        for wanted in (TaskEdit(due=due), TaskEdit(due=due, title="Odd")):
            with pytest.raises(Refused, match="past"):
                edit(falcon, SLUG, "training", wanted, now=NOW, accept_late=True)
            with pytest.raises(Refused, match="past"):
                preview_edit(falcon, SLUG, "training", wanted, now=NOW)


def test_the_owner_edits_title_and_checklist_only(falcon: Store) -> None:
    words = TaskEdit(title="Train the sellers", checklist=("All of them",))
    found = edit(falcon, SLUG, "training", words, by=SALES, now=NOW)
    assert (task(falcon, "training").title, task(falcon, "training").checklist) == (
        "Train the sellers",
        ["All of them"],
    )
    assert found.told == ()
    for wanted in (TaskEdit(days=1), TaskEdit(due=DUE["early"]), TaskEdit(share=0.5)):
        with pytest.raises(NotYours, match="title and checklist"):
            edit(falcon, SLUG, "training", wanted, by=SALES, now=NOW)
    with pytest.raises(NotYours):
        edit(falcon, SLUG, "training", words, by=LEGAL, now=NOW)


def test_only_owners_of_changed_tasks_are_told_of_their_own(falcon: Store) -> None:
    found = edit(falcon, SLUG, "legal_review", TaskEdit(days=6), now=NOW)
    assert found.told == (LEGAL, PMM)
    news = {notice.to: notice for notice in notices(falcon, "news")}
    assert set(news) == {LEGAL, PMM}
    assert [each["task"] for each in news[PMM].facts["changes"]] == ["positioning"]
    told = sentence_of(falcon, news[LEGAL])
    assert 'Lee changed your work: "Legal review": days 2 → 6' in told


def test_more_time_lapses(falcon: Store) -> None:
    extend(falcon, SLUG, "training", until=date(2027, 5, 26), by=SALES, now=NOW)
    extend(falcon, SLUG, "research", until=date(2027, 3, 1), by=LEAD, now=NOW)
    found = edit(falcon, SLUG, "training", TaskEdit(title="Train"), now=NOW)
    assert [warning.code for warning in found.warnings] == ["more-time-lapses"]
    assert extensions(falcon)[0].status == "lapsed"
    edit(falcon, SLUG, "research", TaskEdit(days=3), now=NOW)
    there = task(falcon, "research")
    assert (there.extended_until, there.due) == (None, date(2027, 2, 8))


def test_an_owner_is_told_that_more_time_lapses_and_a_neighbour_keeps_theirs(
    falcon: Store,
) -> None:
    extend(falcon, SLUG, "legal_review", until=date(2027, 1, 20), now=NOW)
    extend(falcon, SLUG, "training", until=date(2027, 2, 3), now=NOW)
    edit(falcon, SLUG, "training", TaskEdit(days=1), now=NOW)
    (told,) = (each for each in notices(falcon, "news") if each.to == SALES)
    assert "the more time granted until Wed 3 Feb lapses" in sentence_of(falcon, told)
    assert task(falcon, "legal_review").extended_until == date(2027, 1, 20)


def test_an_edited_part_is_left_alone_by_an_update(falcon: Store) -> None:
    wanted = TaskEdit(title="Train", days=3, after=("+research", "-legal_review"))
    edit(falcon, SLUG, "training", wanted, now=NOW)
    assert task(falcon, "training").edited == ["after", "days", "title"]
    newer = {"title": "Training 2", "days": 5, "checklist": ["Recorded"]}
    found = revise(falcon, SLUG, brief_with(kit=kit_with(training=newer)), now=NOW)
    assert found.changed == {"training": ["checklist"]}
    there = task(falcon, "training")
    assert (there.title, there.days, there.checklist) == ("Train", 3, ["Recorded"])
    (event,) = events(falcon, verb="edit")
    assert event.data["changes"][0] == {
        "task": "training",
        "field": "title",
        "from": "Training",
        "to": "Train",
    }


def test_a_closed_task_and_an_empty_edit_are_refused(falcon: Store) -> None:
    with pytest.raises(Refused, match="name something"):
        edit(falcon, SLUG, "training", TaskEdit(), now=NOW)
    done(falcon, SLUG, "research", now=NOW)
    with pytest.raises(Refused, match="`reopen` it"):
        edit(falcon, SLUG, "research", TaskEdit(days=3), now=NOW)


def test_the_same_again_changes_nothing(falcon: Store) -> None:
    wanted = TaskEdit(days=3, due=DUE["early"], share=0.5, workdays=("2027-01-16",))
    edit(falcon, SLUG, "training", wanted, now=NOW)
    before = dump(falcon)
    assert edit(falcon, SLUG, "training", wanted, now=NOW).changes == ()
    assert dump(falcon) == before


def test_begun_work_is_edited_from_the_day_it_was_begun(falcon: Store) -> None:
    begin(falcon, SLUG, "positioning", now=NOW)
    found = edit(falcon, SLUG, "positioning", TaskEdit(days=10), now=at("01-14"))
    assert found.changes[0].float_days == 6
    assert task(falcon, "positioning").start == date(2027, 1, 11)


def test_more_time_given_to_a_task_before_it_stays(falcon: Store) -> None:
    extend(falcon, SLUG, "legal_review", until=date(2027, 2, 5), by=LEAD, now=NOW)
    edit(falcon, SLUG, "training", TaskEdit(title="Train", days=1), now=NOW)
    assert task(falcon, "legal_review").due == date(2027, 2, 5)


def test_an_added_task_pulls_those_before_it(falcon: Store) -> None:
    before = dues(falcon)
    wanted = NewTask(
        "Proof", role="legal", days=4, after=("legal_review",), before=("training",)
    )
    outcome = add(falcon, SLUG, wanted, now=NOW)
    assert task(falcon, "legal_review").due < before["legal_review"]
    assert (
        f"legal_review is due {task(falcon, 'legal_review').due} "
        f"instead of {before['legal_review']}" in outcome.message
    )
    (event,) = events(falcon, verb="add")
    assert set(event.data["moved"]) == {"legal_review", "positioning"}
    assert {notice.to for notice in notices(falcon, "news")} == {LEGAL, PMM}
