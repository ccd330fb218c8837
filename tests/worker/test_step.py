from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text, update
from sqlmodel import Session, select

from launch_kits import outbox
from launch_kits.database import launch_lease
from launch_kits.database.queries import tasks_of
from launch_kits.database.records import DigestDue, Launch, Task
from launch_kits.database.store import Store
from launch_kits.documents.output_folder import OutputFolder
from launch_kits.errors import DocumentError, NotFound
from launch_kits.settings import Settings
from launch_kits.verbs import RunningLaunches, approve, cancel, digests, done, drop
from launch_kits.views.launch import TaskView
from launch_kits.views.overview import keep_overviews
from launch_kits.views.running_plan import RunningPlan, read_plan
from launch_kits.worker import step
from tests import workers as crew
from tests.launches import (
    NOW,
    SLUG,
    at,
    brief_with,
    dump,
    kit_with,
    launch,
    notices,
    opened,
    pending,
    send_all,
    status,
    task,
)
from tests.workers import Workers

CARD = "battlecard:kite"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read({"LAUNCH_KITS_HOME": str(tmp_path / "home")})


# The sweep


def test_a_quiet_sweep_writes_nothing_and_finds_no_work(falcon: Store) -> None:
    before = dump(falcon)
    assert step.sweep_due(falcon, now=NOW) == []
    assert dump(falcon) == before


def test_a_sweep_opens_what_is_due_and_names_the_launches(falcon: Store) -> None:
    opened(falcon, brief_with(launch="kestrel", begin_on="2027-01-13"))
    assert sorted(step.sweep_due(falcon, now=at("01-13"))) == [SLUG, "kestrel"]
    assert task(falcon, "research", slug="kestrel").status == "ready"


def test_a_morning_plans_each_launch_once(
    falcon: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(falcon, brief_with(launch="kestrel"))
    send_all(falcon)
    now = at("02-15", 9)
    planned: list[str] = []

    def counted(launch: Launch, **given: Any) -> RunningPlan:
        planned.append(launch.slug)
        return read_plan(launch, **given)

    for module in ("launch_kits.views.launch", "launch_kits.verbs.turns"):
        monkeypatch.setattr(f"{module}.read_plan", counted)
    step.sweep_due(falcon, now=now - timedelta(hours=3))
    planned.clear()
    launches = RunningLaunches(now)
    assert len(step.sweep_due(falcon, now=now, launches=launches)) == 2
    keep_overviews(falcon, now=now, view=launches.view)
    assert sorted(planned) == [SLUG, "kestrel"]


def test_a_sweep_names_the_launches_that_owe_documents(
    falcon: Store, settings: Settings
) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    assert step.sweep_due(falcon, now=NOW) == [SLUG]
    step.write_documents(falcon, SLUG, settings=settings, now=NOW)
    assert step.sweep_due(falcon, now=NOW) == []


def test_the_last_document_of_a_launch_is_owed_after_its_end(store: Store) -> None:
    kit = kit_with(only=["battlecard"], battlecard={"after": [], "review": None})
    opened(store, brief_with(kit=kit))
    for key in (CARD, "battlecard:osprey"):
        done(store, SLUG, key, now=NOW)
    assert launch(store).status == "done"
    assert step.sweep_due(store, now=NOW) == [SLUG]


def test_work_is_owed_for_notices_documents_and_an_end(
    falcon: Store, tmp_path: Path
) -> None:
    settings = Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)})

    def owed() -> bool:
        return step.is_owed(falcon, SLUG, settings=settings, now=NOW)

    assert owed(), "notices wait"
    step.run(falcon, SLUG, settings=settings, now=NOW, write=lambda _: None)
    assert not owed()
    with falcon.write() as session:
        one = update(Task).where(Task.launch == SLUG, Task.key == "research")
        session.exec(one.values(document_owed_at=NOW))
    assert owed()
    with falcon.write() as session:
        session.exec(update(Task).values(document_owed_at=None))
    assert not owed()
    cancel(falcon, SLUG, now=NOW)
    step.run(falcon, SLUG, settings=settings, now=NOW, write=lambda _: None)
    assert owed(), "its run must end"


def test_a_cancelled_launch_is_not_swept(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    cancel(falcon, SLUG, now=NOW)
    assert step.sweep_due(falcon, now=at("03-01")) == []


def test_a_sweep_reads_by_the_indexes_made_for_it(
    database_url: str, open_store: Callable[[str], Store]
) -> None:
    store = open_store(database_url)
    asked: list[tuple[str, object]] = []

    def note(
        _: object, __: object, statement: str, parameters: object, *___: object
    ) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(store._reader, "before_cursor_execute", note)
    step.sweep_due(store, now=NOW)
    with store.read() as session:
        connection = session.connection()
        if not store.sqlite:
            # With so few rows PostgreSQL would read them all.
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN QUERY PLAN " if store.sqlite else "EXPLAIN "
        plans = [
            " ".join(
                str(row)
                for row in connection.exec_driver_sql(explain + statement, parameters)
            )
            for statement, parameters in asked[-4:]
        ]
    indexes = ["digest_due_at", "task_look", "launch_look", "task_document_owed"]
    assert [
        index for index, plan in zip(indexes, plans, strict=True) if index not in plan
    ] == []


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_messages_to_edit_are_found_by_their_index(
    database_url: str, open_store: Callable[[str], Store]
) -> None:
    store = open_store(database_url)
    asked: list[tuple[str, object]] = []
    event.listen(
        store._writer, "before_cursor_execute", lambda *of: asked.append((of[2], of[3]))
    )
    with store.write() as session:
        outbox.pending_edits(session, now=NOW)
        outbox.pending_edits(session, now=NOW, launch=SLUG)
        plans = [
            " ".join(
                str(row)
                for row in session.connection().exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {sql}", parameters
                )
            )
            for sql, parameters in list(asked)
            if sql.startswith("SELECT")
        ]
    assert len(plans) == 2
    assert all("notice_outdated" in plan for plan in plans)


def test_a_sweep_looks_at_what_was_due_when_it_began(
    falcon: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    advance = step.advance
    seen = []

    def advance_and_fall_due_again(
        store: Store, slug: str, *, now: datetime, launches: RunningLaunches
    ) -> bool:
        seen.append(slug)
        changed = advance(store, slug, now=now, launches=launches)
        opened(store, brief_with(launch=f"kestrel-{len(seen)}", begin_on="2027-01-13"))
        with store.write() as session:
            session.exec(update(Launch).values(look_at=now))
        return changed

    monkeypatch.setattr(step, "advance", advance_and_fall_due_again)
    due = step.sweep_due(falcon, now=at("01-13"))
    assert seen == due == [SLUG]
    assert sorted(step.sweep_due(falcon, now=at("01-13"))) == [SLUG, "kestrel-1"]


def test_a_digest_is_filed_once_for_each_who_was_due_when_it_began(
    falcon: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_for = digests.digest_for
    seen = []

    def due_again(
        session: Session, person: str, *, now: datetime, launches: object
    ) -> None:
        seen.append(person)
        file_for(session, person, now=now, launches=launches)
        session.exec(update(DigestDue).values(at=now))

    with falcon.write() as session:
        session.exec(update(DigestDue).values(at=NOW))
        people = session.exec(select(DigestDue.person)).all()
    monkeypatch.setattr(digests, "digest_for", due_again)
    step.enqueue_digests(falcon, now=NOW)
    assert sorted(seen) == sorted(people)
    assert people


# Documents


def test_documents_owed_again_while_they_are_written_are_the_next_steps(
    falcon: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    write = step.write_document
    written = []

    def write_and_owe(
        facts: object, task: TaskView, *of: object, **options: object
    ) -> object:
        written.append(task.key)
        with falcon.write() as session:
            session.exec(
                update(Task).values(
                    document_owed_at=NOW + timedelta(seconds=len(written))
                )
            )
        return write(facts, task, *of, **options)

    monkeypatch.setattr(step, "write_document", write_and_owe)
    step.write_documents(falcon, SLUG, settings=settings, now=NOW)
    assert sorted(written) == [CARD, "battlecard:osprey"]
    assert set(written) <= set(step.documents_owed(falcon, SLUG))


def test_owed_documents_are_written_and_then_no_longer_owed(
    falcon: Store, settings: Settings
) -> None:
    assert step.write_documents(falcon, SLUG, settings=settings, now=NOW) == []
    done(falcon, SLUG, "positioning", now=NOW)
    assert step.documents_owed(falcon, SLUG) == ["battlecard:osprey", CARD]
    before = launch(falcon).revision
    paths = step.write_documents(falcon, SLUG, settings=settings, now=NOW)
    assert [path.name for path in paths] == [
        "battlecard-osprey.md",
        "battlecard-kite.md",
    ]
    assert all(
        path.read_text(encoding="utf-8") and path.with_suffix(".html").is_file()
        for path in paths
    )
    assert step.documents_owed(falcon, SLUG) == []
    assert task(falcon, CARD).document == f"{SLUG}/battlecard-kite.md"
    assert launch(falcon).revision == before + 1, "the board shows the document"


def test_slack_gets_a_pdf_of_each_document_the_same_if_nothing_changed(
    falcon: Store, settings: Settings
) -> None:
    to_slack = replace(settings, slack_bot_token="xoxb-1")
    done(falcon, SLUG, "positioning", now=NOW)
    paths = step.write_documents(falcon, SLUG, settings=to_slack, now=NOW)
    pdfs = [path.with_suffix(".pdf") for path in paths]
    first = [path.read_bytes() for path in pdfs]
    assert all(content.startswith(b"%PDF") for content in first)
    with falcon.write() as session:
        for each in tasks_of(session, SLUG):
            each.document_owed_at = NOW if each.document else None
            session.add(each)
    step.write_documents(falcon, SLUG, settings=to_slack, now=NOW)
    assert [path.read_bytes() for path in pdfs] == first


def test_a_document_without_a_pdf_leaves_no_earlier_one(
    falcon: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    write = step.write_document

    def too_long(*given: Any, **options: Any) -> list[Path]:
        if options["formats"] == ("pdf",):
            raise DocumentError("a document as pdf has at most 100,000 characters")
        return write(*given, **options)

    monkeypatch.setattr(step, "write_document", too_long)
    folder = settings.documents / SLUG
    earlier = folder / "battlecard-kite.pdf"
    OutputFolder(folder).save(earlier.name, b"%PDF", text=False)
    to_slack = replace(settings, slack_bot_token="xoxb-1")
    step.write_documents(falcon, SLUG, settings=to_slack, now=NOW)
    assert not earlier.exists()
    assert step.documents_owed(falcon, SLUG) == []


def test_a_message_about_a_document_is_brought_up_to_date(
    falcon: Store, settings: Settings
) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    send_all(falcon)
    step.write_documents(falcon, SLUG, settings=settings, now=NOW)
    assert {notice.task for notice in notices(falcon, "task") if notice.outdated} >= {
        CARD,
        "battlecard:osprey",
    }


def test_what_was_asked_for_while_it_was_written_stays_owed(
    falcon: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    write = step.write_document

    def write_slowly(*of: object, **options: object) -> object:
        if status(falcon, CARD) == "ready":
            done(falcon, SLUG, CARD, now=at("01-12"))
            approve(falcon, SLUG, CARD, now=at("01-12"))
        return write(*of, **options)

    monkeypatch.setattr(step, "write_document", write_slowly)
    step.write_documents(falcon, SLUG, settings=settings, now=NOW)
    assert step.documents_owed(falcon, SLUG) == [CARD]
    assert task(falcon, CARD).document == f"{SLUG}/battlecard-kite.md"


def test_a_template_that_fails_does_not_stop_the_others(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "broken.md.j2").write_text("{{ nothing.like.this }}", encoding="utf-8")
    kit = kit_with(positioning={"document": "broken.md.j2"}, battlecard={"after": []})
    opened(store, brief_with(kit=kit))
    settings = dataclasses.replace(settings, templates=(folder,))
    with pytest.raises(DocumentError):
        step.write_documents(store, SLUG, settings=settings, now=NOW)
    assert step.documents_owed(store, SLUG) == ["positioning"]


def test_a_step_goes_on_to_deliver_when_a_document_fails(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    opened(store, brief_with(kit=kit_with(positioning={"document": "missing.md.j2"})))
    said: list[str] = []
    with pytest.raises(DocumentError):
        step.run(store, SLUG, settings=settings, now=NOW, write=said.append)
    assert pending(store) == []
    assert said


def test_a_step_without_slack_tells_the_console_everything(
    falcon: Store, settings: Settings
) -> None:
    said: list[str] = []
    delivered = step.run(falcon, SLUG, settings=settings, now=NOW, write=said.append)
    assert delivered.sent == 3
    assert said
    assert (
        step.run(falcon, SLUG, settings=settings, now=NOW, write=said.append).sent == 0
    )


def test_a_step_for_an_unknown_launch_is_refused(
    falcon: Store, settings: Settings
) -> None:
    with pytest.raises(NotFound):
        step.run(falcon, "kestrel", settings=settings, now=NOW)


# Documents owed


def test_notices_are_owed_in_their_hours_unless_the_console_takes_them(
    falcon: Store, settings: Settings
) -> None:
    slack = dataclasses.replace(settings, slack_bot_token="xoxb-test")
    opened(falcon, brief_with(launch="late"), now=at("01-11", 20))
    late = at("01-11", 20)
    assert outbox.count_pending(falcon, "late", settings=settings, now=late) == 3
    assert outbox.count_pending(falcon, "late", settings=slack, now=late) == 0
    assert outbox.count_pending(falcon, "late", settings=slack, now=at("01-12", 9)) == 3


def test_notices_being_sent_are_owed_again_when_their_claim_is_over(
    falcon: Store, settings: Settings
) -> None:
    with falcon.write() as session:
        outbox.claim(session, by="a", now=NOW)
    assert outbox.count_pending(falcon, SLUG, settings=settings, now=NOW) == 0
    assert (
        outbox.count_pending(falcon, SLUG, settings=settings, now=NOW + outbox.LEASE)
        == 3
    )


def test_a_message_is_to_be_edited_only_once_it_was_sent(
    falcon: Store, settings: Settings
) -> None:
    with falcon.write() as session:
        claimed = outbox.claim(session, by="a", now=NOW)
    drop(falcon, SLUG, "research", now=NOW)
    assert {notice.task for notice in notices(falcon) if notice.outdated} == {
        None,
        "research",
    }
    assert outbox.count_pending(falcon, SLUG, settings=settings, now=NOW) == 0
    with falcon.write() as session:
        for notice in claimed:
            if notice.task == "research":
                outbox.discard(session, notice.key, by="a", why="the task was dropped")
            else:
                outbox.settle(
                    session, notice.key, by="a", now=NOW, channel="C1", ts="1.2"
                )
    slack = dataclasses.replace(settings, slack_bot_token="xoxb-test")
    assert outbox.count_pending(falcon, SLUG, settings=slack, now=NOW) == 1, (
        "the headline"
    )
    assert outbox.count_pending(falcon, SLUG, settings=settings, now=NOW) == 0, (
        "what was printed cannot be edited"
    )


# Leases


def leased(store: Store, *, now: object = NOW) -> bool:
    with store.read() as session:
        return launch_lease.is_leased(session.exec(select(Launch)).one(), now=now)


def test_a_launch_is_held_by_one_step_at_a_time(falcon: Store) -> None:
    assert not leased(falcon)
    assert launch_lease.take_lease(falcon, SLUG, by="a", now=NOW)
    assert leased(falcon)
    assert not launch_lease.take_lease(falcon, SLUG, by="b", now=NOW)
    assert launch_lease.take_lease(falcon, SLUG, by="a", now=NOW), "its own"
    launch_lease.drop_lease(falcon, SLUG, by="b")
    assert leased(falcon)
    launch_lease.drop_lease(falcon, SLUG, by="a")
    assert not leased(falcon)
    assert launch_lease.take_lease(falcon, SLUG, by="b", now=NOW)


def test_a_lease_that_is_over_is_lost_to_the_next(falcon: Store) -> None:
    launch_lease.take_lease(falcon, SLUG, by="a", now=NOW)
    later = NOW + launch_lease.LEASE
    assert not leased(falcon, now=later)
    assert launch_lease.take_lease(falcon, SLUG, by="b", now=later)
    assert not launch_lease.renew_lease(falcon, SLUG, by="a", now=later)


def test_a_renewed_lease_holds_longer(falcon: Store) -> None:
    launch_lease.take_lease(falcon, SLUG, by="a", now=NOW)
    assert launch_lease.renew_lease(
        falcon, SLUG, by="a", now=NOW + timedelta(seconds=50)
    )
    assert leased(falcon, now=NOW + timedelta(seconds=100))


def test_of_several_taking_a_lease_at_once_one_gets_it(
    falcon: Store, database_url: str, workers: Workers
) -> None:
    assert sorted(workers(crew.lease, database_url, SLUG)) == [False] * (
        crew.COUNT - 1
    ) + [True]


def test_a_lease_changes_nothing_that_the_board_shows(falcon: Store) -> None:
    before = launch(falcon).revision
    launch_lease.take_lease(falcon, SLUG, by="a", now=NOW)
    assert launch(falcon).revision == before


def test_what_was_drawn_never_goes_back(falcon: Store) -> None:
    launch_lease.mark_drawn(falcon, SLUG, 3)
    launch_lease.mark_drawn(falcon, SLUG, 2)
    assert launch(falcon).drawn == 3
