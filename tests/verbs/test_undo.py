from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, col, select

from launch_kits import verbs
from launch_kits.database.records import MemberStanding, Notice, NoticeStatus, Undoable
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError, NotYours, Refused
from launch_kits.verbs import NewTask, TaskEdit, changing, undo
from launch_kits.verbs.actors import Door, Via
from launch_kits.verbs.remembering import FOR
from launch_kits.verbs.row_images import TRACKED
from launch_kits.verbs.undo import find_undoable
from launch_kits.views.as_json import status_json
from launch_kits.views.launch import read_launch
from launch_kits.views.notices.context import ContextLoader
from launch_kits.views.slips import read_slips
from tests.launches import (
    KEYS,
    LEAD,
    NOW,
    PMM,
    SALES,
    SLUG,
    events,
    notices,
    opened,
    send_all,
    sentence_of,
    status,
    task,
)
from tests.verbs.verbs import VERBS


@pytest.fixture
def room(store: Store) -> Iterator[Store]:
    """The small launch, with the launch room as the door."""
    yield from _door(opened(store))


def _door(store: Store) -> Iterator[Store]:
    made = Store(store.url, door=Door.ROOM)
    yield made
    made.close()


def rows_of(session: Session) -> dict[str, list[dict[str, Any]]]:
    """The rows of the launch, without what runs on by itself."""
    own = ("revision", "drawn", "events_sent", "look_at", "state_told", "reminded")
    found = {}
    for name in TRACKED:
        table = SQLModel.metadata.tables[name]
        rows = session.connection().execute(table.select()).mappings().all()
        found[name] = sorted(
            ({key: row[key] for key in row if key not in own} for row in rows), key=repr
        )
    return found


def standing(store: Store, now: datetime) -> dict[str, Any]:
    """All that stands: the rows, and what pages and lists say."""
    with store.read() as session:
        view = read_launch(session, SLUG, now=now, documents=Path("/nowhere"))
        shown = status_json(view, levelled=None)
        slips = read_slips(session, SLUG, now=now)
        rows = rows_of(session)
        acts = {
            each.key: (each.blocked_by, each.sent_back, each.closed_by)
            for each in view.tasks
        }
        return {
            "rows": rows,
            "view": shown,
            "slips": slips,
            "acts": acts,
        }


def test_begun_work_is_ready_again(room):
    verbs.begin(room, SLUG, "positioning", by=PMM, now=NOW)
    said = undo(room, SLUG, by=PMM, now=NOW + timedelta(minutes=9))
    assert said.changed
    assert said.message == f"undone: {PMM} started it (positioning)"
    assert status(room, "positioning") == "ready"
    assert task(room, "positioning").begun_at is None
    assert [each.undone for each in events(room, verb="begin")] == [True]
    assert [each.by for each in events(room, verb="undo")] == [PMM]


def test_after_ten_minutes_nothing_is_undone(room):
    verbs.begin(room, SLUG, "positioning", by=PMM, now=NOW)
    late = NOW + FOR + timedelta(seconds=1)
    with pytest.raises(Refused, match="no act of the last 10 minutes"):
        undo(room, SLUG, by=PMM, now=late)
    assert status(room, "positioning") == "doing"
    verbs.begin(room, SLUG, "research", by=PMM, now=late)
    with room.read() as session:
        kept = session.exec(select(Undoable.event)).all()
    assert len(kept) == 1, "the older one is deleted"


def test_only_own_acts_are_undone(room):
    verbs.begin(room, SLUG, "positioning", by=PMM, now=NOW)
    with pytest.raises(Refused, match="no act"):
        undo(room, SLUG, by=LEAD, now=NOW)
    undo(room, SLUG, by=PMM.upper(), now=NOW)
    assert status(room, "positioning") == "ready"


def test_guests_undo_nothing(room):
    verbs.begin(room, SLUG, "positioning", by=PMM, now=NOW)
    guest = Via(Door.SLACK, standing=MemberStanding.GUEST)
    with (
        pytest.raises(NotYours, match="guests"),
        changing(room, SLUG, now=NOW, via=guest) as change,
    ):
        undo(change, SLUG, by=PMM, now=NOW)


def test_an_act_is_undone_once_and_the_one_before_it_next(room):
    verbs.begin(room, SLUG, "positioning", by=PMM, now=NOW)
    verbs.begin(room, SLUG, "research", by=PMM, now=NOW)
    with room.read() as session:
        first = find_undoable(session, SLUG, PMM, now=NOW)
    assert first is not None
    assert (first.task, first.verb) == ("research", "begin")
    undo(room, SLUG, by=PMM, event=first.event, now=NOW)
    with pytest.raises(Refused, match="cannot be undone any more"):
        undo(room, SLUG, by=PMM, event=first.event, now=NOW)
    assert status(room, "positioning") == "doing"
    undo(room, SLUG, by=PMM, now=NOW)
    assert (status(room, "positioning"), status(room, "research")) == ("ready", "ready")


def test_an_act_on_which_others_built_stays(room):
    verbs.done(room, SLUG, "positioning", by=PMM, now=NOW)
    verbs.begin(room, SLUG, "battlecard:kite", by=PMM, now=NOW)
    undo(room, SLUG, by=PMM, now=NOW)
    with changing(room, SLUG, now=NOW) as change:
        verbs.begin(change, SLUG, "battlecard:kite", by=LEAD, now=NOW)
    with pytest.raises(Refused) as error:
        undo(room, SLUG, by=PMM, now=NOW)
    assert str(error.value) == (
        f"it cannot be undone: since then {LEAD} started it (battlecard:kite)"
    )
    assert status(room, "positioning") == "done"


def test_a_decision_or_a_new_plan_rests_on_all_that_went_before(room):
    verbs.begin(room, SLUG, "research", by=PMM, now=NOW)
    verbs.move(room, SLUG, on=date(2027, 4, 7), by=LEAD, now=NOW, accept_late=True)
    with pytest.raises(Refused, match=f"since then {LEAD} moved the launch"):
        undo(room, SLUG, by=PMM, now=NOW)


def test_notes_of_others_do_not_matter(room):
    verbs.begin(room, SLUG, "positioning", by=PMM, now=NOW)
    verbs.note(room, SLUG, "positioning", by=LEAD, note="good", now=NOW)
    undo(room, SLUG, by=PMM, now=NOW)
    assert status(room, "positioning") == "ready"
    assert [each.undone for each in events(room, verb="note")] == [False]


def test_a_cancelled_launch_stays_cancelled(room):
    verbs.begin(room, SLUG, "positioning", by=LEAD, now=NOW)
    verbs.cancel(room, SLUG, by=LEAD, now=NOW)
    with pytest.raises(Refused, match="is cancelled"):
        undo(room, SLUG, by=LEAD, now=NOW)


def test_an_added_task_is_gone(room):
    before = standing(room, NOW)
    verbs.add(room, SLUG, NewTask(title="Extra", days=1, role="pmm"), by=LEAD, now=NOW)
    send_all(room)
    undo(room, SLUG, by=LEAD, now=NOW)
    assert standing(room, NOW) == before
    for each in notices(room):
        assert sentence_of(room, each)


# Random histories

Act = Callable[[Store, datetime], object]


@st.composite
def acts(draw: st.DrawFn) -> Act:
    """An act of a person; the launch may refuse it."""
    kind = draw(st.sampled_from(["task", "task", "task", "launch", "gate", "desk"]))
    key = draw(st.sampled_from(KEYS))
    if kind == "task":
        verb = draw(st.sampled_from(sorted(VERBS)))
        by = draw(st.sampled_from([None, LEAD]))
        return lambda store, now: VERBS[verb](store, SLUG, key, by=by, now=now)
    if kind == "gate":
        return draw(st.sampled_from([_check, _waive, _decide]))
    if kind == "desk":
        return draw(st.sampled_from([_ask, _answer, _tick]))
    days = draw(st.integers(0, 9))
    return draw(st.sampled_from([_move(days), _add(key, days), _edit(key, days), _end]))


def _check(store: Store, now: datetime) -> object:
    return verbs.check(store, SLUG, "story", 1, by=LEAD, now=now)


def _waive(store: Store, now: datetime) -> object:
    until = now.date() + timedelta(days=5)
    return verbs.waive(
        store, SLUG, "story", 1, until=until, note="later", by=LEAD, now=now
    )


def _decide(store: Store, now: datetime) -> object:
    return verbs.decide(store, SLUG, go=False, by=LEAD, note="not yet", now=now)


def _ask(store: Store, now: datetime) -> object:
    return verbs.ask(store, SLUG, "Does it fly at night?", by=SALES, now=now)


def _answer(store: Store, now: datetime) -> object:
    return verbs.answer(store, 1, text=f"Yes, since {now}", by=LEAD, now=now)


def _tick(store: Store, now: datetime) -> object:
    return verbs.tick(store, SLUG, "battlecard:kite", points=["1"], by=LEAD, now=now)


def _end(store: Store, now: datetime) -> object:
    return verbs.end(store, SLUG, by=LEAD, note="enough", now=now)


def _move(days: int) -> Act:
    on = date(2027, 4, 6) + timedelta(days=days)
    return lambda store, now: verbs.move(
        store, SLUG, on=on, by=LEAD, now=now, accept_late=True
    )


def _add(key: str, days: int) -> Act:
    new = NewTask(title=f"More {days}", days=days, role="sales", before=(key,))
    return lambda store, now: verbs.add(
        store, SLUG, new, by=LEAD, now=now, accept_late=True
    )


def _edit(key: str, days: int) -> Act:
    wanted = TaskEdit(days=days, title="Renamed")
    return lambda store, now: verbs.edit(
        store, SLUG, key, wanted, by=LEAD, now=now, accept_late=True
    )


def _done(store: Store, act: Act, now: datetime) -> bool:
    """Whether an act changed anything."""
    before = events(store)
    try:
        act(store, now)
    except LaunchKitsError:
        return False
    return len(events(store)) > len(before)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    history=st.lists(st.tuples(acts(), st.integers(0, 30)), max_size=8),
    last=st.lists(acts(), min_size=3, max_size=6),
    sent=st.tuples(st.booleans(), st.booleans()),
)
def test_undo_returns_everything_to_what_it_was(
    sqlite_template, tmp_path, history, last, sent
):
    path = Path(mkdtemp(dir=tmp_path)) / "history.db"
    shutil.copyfile(sqlite_template, path)
    store = Store(f"sqlite:///{path}", door=Door.ROOM)
    opened(store)
    now = NOW
    for act, hours in history:
        now += timedelta(hours=hours)
        _done(store, act, now)
    if sent[0]:
        send_all(store, now=now)
    now += FOR + timedelta(minutes=1)
    for act in last:
        verbs.advance(store, SLUG, now=now)
        if sent[1]:
            send_all(store, now=now)
        before = standing(store, now)
        told_before = _told(store)
        if not _done(store, act, now):
            continue
        if sent[1]:
            send_all(store, now=now)
        told = _told(store) - told_before
        person = _person(store)
        said = undo(store, SLUG, by=person, now=now)
        assert said.changed
        after = standing(store, now)
        for part in before:
            assert after[part] == before[part], part
        _all_can_be_read(store, now)
        again = {each.to for each in _again(store)}
        assert again == {to for _, to in told if to.lower() != person.lower()}
        with store.write() as session:
            for notice in _again(store):
                session.delete(session.get(Notice, notice.key))
    store.close()


def _person(store: Store) -> str:
    with store.read() as session:
        row = session.exec(
            select(Undoable).order_by(col(Undoable.event).desc())
        ).first()
    assert row is not None
    return row.by


def _told(store: Store) -> set[tuple[str, str]]:
    """The notices that were sent: key and reader."""
    return {(each.key, each.to) for each in notices(store, status=NoticeStatus.SENT)}


def _again(store: Store) -> list[Notice]:
    return [
        each
        for each in notices(store, "news")
        if each.facts.get("event") == "undone" and each.status != NoticeStatus.DROPPED
    ]


def _all_can_be_read(store: Store, now: datetime) -> None:
    """Each notice can be written, and the owner of handed out work has a message about it."""
    context = ContextLoader(store, documents=Path("/nowhere")).of(SLUG, now=now)
    for notice in notices(store):
        assert context.message(notice, now=now).sentence
