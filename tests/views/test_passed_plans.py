from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from launch_kits.database.store import Store
from launch_kits.verbs import begin, done, drop, reopen
from launch_kits.views.launch import read_launch
from launch_kits.views.passed_plans import (
    passed_in_words,
    passed_plans,
    replanned_in_words,
)
from tests.launches import KEYS, NOW, SLUG

LATER = NOW + timedelta(days=7)


def test_only_work_that_is_not_begun_counts_once_its_days_are_over(
    falcon: Store,
) -> None:
    def passed() -> dict[str, int]:
        with falcon.read() as session:
            view = read_launch(session, SLUG, now=LATER, documents=Path())
        expected = [
            task
            for task in view.open_tasks
            if task.days
            and task.begun_on is None
            and task.expected_finish
            and task.expected_finish > task.meant_days[1]
        ]
        assert sum(passed_plans(view).values()) == len(expected)
        return dict(passed_plans(view))

    before = passed()
    begin(falcon, SLUG, "positioning", now=NOW)
    assert sum(passed().values()) < sum(before.values())


def test_a_launch_that_took_place_has_no_planned_days_to_keep(falcon: Store) -> None:
    for key in KEYS[:-1]:
        drop(falcon, SLUG, key, now=NOW)
    reopen(falcon, SLUG, "go_live", now=NOW)
    done(falcon, SLUG, "go_live", now=NOW)
    with falcon.read() as session:
        late = NOW + timedelta(days=90)
        view = read_launch(session, SLUG, now=late, documents=Path())
    assert passed_in_words(view) is None


def test_the_sentence_names_three_people_and_counts_tasks() -> None:
    assert replanned_in_words({"Pia": 1}) == (
        "1 task has other planned days than before: of Pia (1)."
    )
    many = {"Pia": 4, "Lee": 2, "Ola": 1, "Sam": 1}
    assert replanned_in_words(many) == (
        "8 tasks have other planned days than before: of Pia (4), Lee (2), Ola (1), "
        "1 other person (1)."
    )
    assert replanned_in_words(many | {"Tim": 1}).endswith("2 other people (2).")
