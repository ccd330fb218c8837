from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.store import Store
from launch_kits.verbs import delegate, done
from launch_kits.views.days_away import DaysAway, days_away
from tests.launches import LEAD, LEGAL, NOW, PMM, SALES, SLUG
from tests.views.test_running_plan import seen

pytestmark = pytest.mark.parametrize("kind", ["sqlite"])


def test_a_launch_that_lands_on_its_day_names_no_one(falcon: Store) -> None:
    delegate(falcon, person=PMM, to=LEGAL, until=date(2027, 1, 12), now=NOW)
    assert days_away(seen(falcon).plan) == DaysAway((), ())


def test_people_who_matter_only_together_are_named_together(falcon: Store) -> None:
    """Training waits for battlecards, and for legal review with a lag of two days."""
    done(falcon, SLUG, "positioning", now=NOW)
    delegate(falcon, person=PMM, to=SALES, until=date(2027, 2, 12), now=NOW)
    assert days_away(seen(falcon).plan) == DaysAway((PMM,), (PMM,))
    delegate(falcon, person=LEGAL, to=LEAD, until=date(2027, 2, 10), now=NOW)
    assert {*days_away(seen(falcon).plan).by_facts} == {PMM, LEGAL}
