from __future__ import annotations

import random
import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from launch_kits.board.board_text import standing
from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.inputs.brief import Brief
from launch_kits.plan import State
from launch_kits.plan.calendars import Calendars
from launch_kits.verbs import begin, cancel, delegate, done, extend
from launch_kits.views.landing import (
    MEANINGS,
    STATES,
    behind_by,
    causes,
    in_words,
)
from launch_kits.views.launch import LaunchView, read_launch, view_of
from launch_kits.views.notices.headline import headline
from launch_kits.views.notices.week import week
from launch_kits.views.reader import Reader
from launch_kits.workdays.in_words import count
from tests.effort import seeds
from tests.launches import (
    KEYS,
    LEAD,
    LEGAL,
    NEW_YORK,
    NOW,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    kit_with,
    open_launch,
)

ROOT = Path(__file__).parents[2]


def seen(store: Store, now: datetime = NOW) -> LaunchView:
    with store.read() as session:
        return read_launch(session, SLUG, now=now, documents=Path())


def test_each_state_has_its_words() -> None:
    assert set(STATES) == set(State)


@pytest.mark.parametrize("figure", ["Behind", "Lands on"])
def test_a_figure_is_explained_by_the_same_sentence_everywhere(figure: str) -> None:
    row = f"| {figure.lower()} | {MEANINGS[figure].capitalize()} |"
    assert row in (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    if figure == "Lands on":
        plan = (ROOT / "templates/launch_plan.md.j2").read_text(encoding="utf-8")
        assert f"*{figure}*: {MEANINGS[figure]}\n" in plan


def test_a_launch_that_lands_on_its_day_has_nothing_to_say(falcon: Store) -> None:
    words = in_words(seen(falcon), day=date.isoformat)
    assert (words.landing, words.said) == (None, "lands on 2027-02-09")
    assert behind_by(seen(falcon)) == 0


def test_after_the_launch_the_day_on_which_it_took_place_is_said(store: Store) -> None:
    kit = kit_with(only=["go_live", "retro"], go_live={"after": []})
    open_launch(store, brief_with(kit=kit), now=NOW)
    assert not in_words(seen(store), day=date.isoformat).past
    done(store, SLUG, "go_live", now=at("02-11"))
    view = seen(store, at("02-12"))
    assert view.lands_on == view.launch_on == date(2027, 2, 9)
    said = "launched on 2027-02-11, 2 working days late"
    assert in_words(view, day=date.isoformat).said == said


def test_the_shares_that_are_named_add_up_to_the_slip(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=at("02-01"))
    view = seen(falcon, at("02-08"))
    said = in_words(view, day=date.isoformat).landing
    assert said is not None
    assert view.lands_on is not None
    assert said.startswith(f"as things stand: lands on {view.lands_on}, because of ")
    slip = view.plan.given.calendar.count(view.launch_on, view.lands_on)
    assert sum(map(int, re.findall(r"\(\+(\d+)\b", said))) == slip
    assert behind_by(view) == slip > 0


def test_a_cause_that_is_done_is_said_to_be(falcon: Store) -> None:
    done(falcon, SLUG, "research", now=at("02-05"))
    done(falcon, SLUG, "positioning", now=at("02-05"))
    said = in_words(seen(falcon, at("02-05")), day=date.isoformat).landing
    assert said is not None
    assert " (done late) (+" in said, said


def test_every_surface_says_the_days_behind_to_which_the_causes_add_up(
    falcon: Store,
) -> None:
    done(falcon, SLUG, "positioning", now=at("02-01"))
    view = seen(falcon, at("02-08"))
    reader = Reader(view.today, NEW_YORK, view.plan.given.calendar, {})
    week_of_sponsor = week(view, reader=reader, to=LEAD)
    paragraphs = " ".join(week_of_sponsor.below)
    said = f"{behind_by(view)} working days behind"
    assert behind_by(view) == sum(days for _, days in causes(view))
    assert said in headline(view, reader=reader).sentence
    assert said in standing(view)
    assert said in paragraphs
    assert "ehind" not in paragraphs.replace(said, "")


def test_days_off_arranged_later_are_said_to_be_the_cause(falcon: Store) -> None:
    away = {"person": PMM, "to": LEAD, "until": date(2027, 2, 5)}
    delegate(falcon, **away, now=NOW)
    view = seen(falcon)
    assert view.because[0].task is None
    assert causes(view)[0] == ("days away of Pia", view.because[0].days)


def test_a_late_task_of_a_person_who_is_away_says_so(falcon: Store) -> None:
    begin(falcon, SLUG, "positioning", now=at("02-03"))
    away = {"person": PMM, "to": LEAD, "until": date(2027, 2, 8)}
    delegate(falcon, **away, now=at("02-04"))
    said = in_words(seen(falcon, at("02-04")), day=date.isoformat).landing
    assert said is not None
    assert '"Positioning" (Pia is away on some days) (+' in said


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize("until", [None, date(2027, 2, 3)], ids=["as due", "granted"])
def test_a_task_that_was_done_in_time_is_no_cause_if_people_are_away(
    falcon: Store, until: date | None
) -> None:
    """It took the float that the days away, arranged later, need."""
    if until is not None:
        extend(falcon, SLUG, "positioning", until=until, by=LEAD, now=at("01-27"))
    done(falcon, SLUG, "positioning", now=at("01-29"))
    view = seen(falcon, at("01-29"))
    task = view.task("positioning")
    assert task
    assert task.done_on
    assert task.done_on <= task.due
    away = {"person": PMM, "to": LEAD, "until": date(2027, 2, 5)}
    delegate(falcon, **away, now=at("01-29"))
    view = seen(falcon, at("01-29"))
    assert [share.task for share in view.because if share.task]
    said = in_words(view, day=date.isoformat).landing
    assert said is not None
    assert "Positioning" not in said
    slip = sum(share.days for share in view.because)
    assert "Pia" in said
    assert said.endswith(f" (+{count(slip, 'working day')})")


@pytest.mark.parametrize("seed", seeds(2))
@pytest.mark.parametrize("kind", ["sqlite"])
def test_people_are_named_if_the_launch_lands_earlier_without_their_days_away(
    store: Store, seed: int
) -> None:
    """Compared with the same launch whose brief says that the person is there."""
    chance = random.Random(seed)
    now = NOW
    away = 0
    open_launch(store, brief_with(), now=NOW, level=False)
    for _ in range(6):
        now += timedelta(hours=chance.randrange(1, 90))
        person, other = chance.sample((PMM, LEGAL, SALES), 2)
        until = now.date() + timedelta(chance.randrange(9, 25))
        key = chance.choice(KEYS)
        with suppress(LaunchKitsError):
            chance.choice((begin, done))(store, SLUG, key, by=LEAD, now=now)
        with suppress(LaunchKitsError):
            delegate(store, person=person, to=other, until=until, now=now)
        view = seen(store, now)
        if view.lands_on in (None, view.launch_on):
            continue
        slip = sum(share.days for share in view.because)
        assert sum(days for _, days in causes(view)) == slip == behind_by(view)
        owners = {task.owner for task in view.tasks}
        expected = {
            each for each in owners if without_days_of(store, each, now) < view.lands_on
        }
        if expected:
            assert {*view.plan.away.by_facts} == expected
            away += 1
    assert away


def without_days_of(store: Store, person: str, now: datetime) -> date:
    """The landing of the launch if its brief knew no absence of a person."""
    with store.read() as session:
        kept = find_launch(session, SLUG)
        brief = Brief.kept(kept.brief)
        there = [each for each in brief.absences if each.who != person]
        calendars = Calendars(brief.model_copy(update={"absences": tuple(there)}))
        view = view_of(session, kept, now=now, documents=Path(), calendars=calendars)
    return view.lands_on or date.max


def test_a_plan_that_was_accepted_as_late_is_said_to_be_the_cause(
    store: Store,
) -> None:
    brief = brief_with(launch_on=date(2027, 1, 13), launch=SLUG)
    open_launch(store, brief, now=NOW, accept_late=True)
    view = seen(store)
    assert [share.task for share in view.because] == [None]
    said = in_words(view, day=date.isoformat).landing
    assert said is not None
    assert "because of a plan that was accepted as late (+" in said


def test_a_launch_that_has_ended_lands_nowhere(falcon: Store) -> None:
    cancel(falcon, SLUG, now=NOW)
    words = in_words(seen(falcon, at("03-01")), day=date.isoformat)
    assert (words.landing, words.said) == (None, "cancelled on 2027-01-11")
