from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotYours, Refused
from launch_kits.verbs import (
    answer_extension,
    approve,
    done,
    extend,
    preview_extension,
    reject,
    submit,
)
from tests.launches import (
    LEAD,
    NOW,
    PMM,
    SLUG,
    already,
    at,
    changed,
    dump,
    extensions,
    status,
    task,
)

#: research is expected on 12 January and due on Monday 8 February
DUE = date(2027, 2, 8)
BEYOND = date(2027, 3, 8)


def test_up_to_its_due_day_a_day_would_be_granted(falcon: Store) -> None:
    before = dump(falcon)
    found = preview_extension(falcon, SLUG, "research", until=DUE, now=NOW)
    assert (found.until, found.due, found.expected) == (DUE, DUE, date(2027, 1, 12))
    assert (found.verdict, found.changes, found.effect.harms) == (
        "granted",
        True,
        False,
    )
    assert dump(falcon) == before


def test_beyond_its_due_day_the_lead_would_be_asked(falcon: Store) -> None:
    found = preview_extension(falcon, SLUG, "research", until=BEYOND, now=NOW)
    assert found.verdict == "asked"
    found = preview_extension(falcon, SLUG, "research", until=BEYOND, by=LEAD, now=NOW)
    assert found.verdict == "moved"


def test_a_preview_names_what_can_no_longer_be_kept(falcon: Store) -> None:
    found = preview_extension(
        falcon, SLUG, "positioning", until=date(2027, 2, 2), now=NOW
    )
    assert [each.task for each in found.effect.missed] == [
        "legal_review",
        "training",
        "go_live",
    ]
    assert str(found.effect) == (
        "legal_review, training and go_live can then be 1 day late; "
        "the launch then lands on 2027-02-10"
    )


@pytest.mark.parametrize("until", [date(2027, 2, 13), date(2027, 2, 14)])
def test_a_day_off_means_the_working_day_before(falcon: Store, until: date) -> None:
    assert preview_extension(
        falcon, SLUG, "research", until=until, now=NOW
    ).until == date(2027, 2, 12)


def test_what_would_be_refused_is_refused_in_the_preview(falcon: Store) -> None:
    with pytest.raises(Refused, match="is past"):
        preview_extension(falcon, SLUG, "research", until=date(2027, 1, 8), now=NOW)
    done(falcon, SLUG, "research", now=NOW)
    with pytest.raises(Refused, match="it needs no more time"):
        preview_extension(falcon, SLUG, "research", until=BEYOND, now=NOW)


@pytest.mark.parametrize("by", [PMM, LEAD])
def test_a_preview_tells_what_extend_then_does(falcon: Store, by: str) -> None:
    days = (
        date(2027, 1, 12),
        date(2027, 1, 20),
        date(2027, 1, 20),
        DUE,
        BEYOND,
        BEYOND,
    )
    for until in days:
        before = task(falcon, "research")
        found = preview_extension(falcon, SLUG, "research", until=until, by=by, now=NOW)
        said = extend(falcon, SLUG, "research", until=until, by=by, now=NOW)
        after = task(falcon, "research")
        assert said.changed is found.changes
        assert (after.due != before.due) is (found.verdict == "moved")
        granted = found.verdict in ("granted", "moved")
        assert (after.extended_until != before.extended_until) is granted
        assert (f"{LEAD} is asked" in said.message) is (found.verdict == "asked")
        assert found.changes <= (str(found.effect) in said.message)


def test_an_answer_for_one_day_leaves_the_task_in_review(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    submit(falcon, SLUG, "battlecard:kite", now=NOW)
    until = date(2027, 3, 8)
    changed(extend(falcon, SLUG, "battlecard:kite", until=until, now=NOW))
    changed(
        answer_extension(
            falcon,
            SLUG,
            "battlecard:kite",
            until=until,
            granted=True,
            by=LEAD,
            now=at("01-12"),
        )
    )
    assert status(falcon, "battlecard:kite") == "review"
    assert task(falcon, "battlecard:kite").due == until
    assert [each.status for each in extensions(falcon)] == ["granted"]


def test_an_answer_for_a_day_that_no_one_asks_for_any_more_changes_nothing(
    falcon: Store,
) -> None:
    changed(extend(falcon, SLUG, "research", until=BEYOND, now=NOW))
    changed(extend(falcon, SLUG, "research", until=date(2027, 3, 10), now=NOW))
    already(
        answer_extension(
            falcon, SLUG, "research", until=BEYOND, granted=True, by=LEAD, now=NOW
        )
    )
    assert task(falcon, "research").due == DUE


def test_a_day_that_no_one_asked_for_is_not_answered(falcon: Store) -> None:
    changed(extend(falcon, SLUG, "research", until=BEYOND, now=NOW))
    before = dump(falcon)
    for verb in (approve, reject):
        with pytest.raises(
            Refused, match=f"no one asked for 2027-03-09.*{PMM} asks for 2027-03-08"
        ):
            verb(falcon, SLUG, "research", until=date(2027, 3, 9), now=NOW)
    assert dump(falcon) == before


def test_only_the_lead_answers_for_a_day(falcon: Store) -> None:
    changed(extend(falcon, SLUG, "research", until=BEYOND, now=NOW))
    with pytest.raises(NotYours):
        answer_extension(
            falcon,
            SLUG,
            "research",
            until=BEYOND,
            granted=True,
            by=PMM,
            now=NOW,
        )
