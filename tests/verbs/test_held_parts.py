from __future__ import annotations

from sqlmodel import select

from launch_kits import verbs
from launch_kits.database.records import Launch, Question
from launch_kits.database.store import Store
from launch_kits.verbs.held_parts import parts_held
from tests.launches import LEAD, NOW, OPS, PMM, SLUG


def held(store: Store, email: str) -> list[str]:
    with store.read() as session:
        launches = session.exec(select(Launch)).all()
        return list(parts_held(session, launches, email, now=NOW))


def test_roles_open_work_and_questions_are_parts(falcon: Store) -> None:
    with falcon.write() as session:
        asked = {"asked_by": LEAD, "asked_at": NOW, "due_at": NOW, "text": "Which?"}
        session.add(Question(launch=SLUG, owner=PMM, **asked))
    (said,) = held(falcon, PMM.upper())
    assert said.startswith(f"in {SLUG} the role pmm, owner of positioning")
    assert said.endswith("question 1")
    assert held(falcon, "nobody@example.com") == []


def test_the_work_of_someone_who_is_away_is_a_part(falcon: Store) -> None:
    away = "sub@example.com"
    verbs.delegate(falcon, person=OPS, to=away, until=NOW.date(), now=NOW)
    assert f"the work of {OPS}, who is away" in held(falcon, away)[0]


def test_a_launch_that_is_over_needs_no_one(falcon: Store) -> None:
    verbs.cancel(falcon, SLUG, now=NOW)
    assert held(falcon, PMM) == []
