from __future__ import annotations

from pathlib import Path

import pytest

from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.verbs.new_launch import (
    FORM_KEYS,
    FaultyFields,
    plan_form,
    plan_new_launch,
)
from tests.launches import LEAD, NOW, SLUG, opened

EXAMPLE = Path(__file__).parents[2] / "examples" / "valkey-9" / "brief.yaml"
TEXTS = {
    "product": "Heron 3",
    "launch": "heron-3",
    "kit": "quiet_release",
    "launch_on": "2027-09-01",
    "team.lead.name": "Lead",
    "team.lead.email": LEAD,
}


def faults(
    store: Store, search: tuple[Path, ...] = (), **changes: str
) -> dict[str, str]:
    with pytest.raises(FaultyFields) as refused:
        plan_form(TEXTS | changes, store=store, search=search, now=NOW)
    return refused.value.faults


def test_the_keys_of_a_form_are_keys_of_a_brief() -> None:
    assert set(FORM_KEYS) <= set(Brief.model_fields)


def test_a_file_is_planned_from_today_with_its_findings() -> None:
    found = plan_new_launch(EXAMPLE, search=(), now=NOW, on="2027-09-01")
    assert found.faults == ()
    today = NOW.astimezone(found.rollout.brief.zone()).date()
    assert found.rollout.begin_on >= today
    assert {each.code for each in found.doubts} <= {
        each.code for each in found.warnings
    }


def test_a_form_is_linted_as_a_file_is(store: Store) -> None:
    wrong = "Heron, out on Monday 1 September 2027"
    assert "is a Wednesday" in faults(store, product=wrong)["product"]
    found = plan_form(TEXTS, store=store, search=(), now=NOW)
    assert "role" in found.doubts[""]


def test_a_plan_that_is_too_late_is_refused_unless_it_is_accepted(store: Store) -> None:
    assert (
        "The earliest day that works by the dates alone is"
        in faults(store, launch_on="2027-01-13")["launch_on"]
    )
    late = TEXTS | {"launch_on": "2027-01-13"}
    found = plan_form(late, store=store, search=(), now=NOW, accept_late=True)
    assert found.doubts["launch_on"].startswith("Too soon: the work takes ")


def test_a_day_in_the_past_is_refused_all_the_same(store: Store) -> None:
    late = TEXTS | {"launch_on": "2026-01-20"}
    with pytest.raises(FaultyFields, match="Tue 20 Jan 2026 is past"):
        plan_form(late, store=store, search=(), now=NOW, accept_late=True)


def test_faults_of_a_kit_are_told_at_the_kit(store: Store, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text(
        "kit: broken\ntitle: Broken\n", encoding="utf-8"
    )
    assert list(faults(store, (tmp_path,), kit="broken")) == ["kit"]


def test_a_short_name_that_is_taken_is_refused(store: Store) -> None:
    opened(store)
    assert faults(store, launch=SLUG) == {
        "launch": f"There is a launch {SLUG} already; choose another name."
    }


def test_all_fields_that_are_empty_are_told_at_once(store: Store) -> None:
    assert list(faults(store, product="", launch_on="")) == ["product", "launch_on"]
