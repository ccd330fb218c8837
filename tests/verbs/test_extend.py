from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotYours, Refused
from launch_kits.verbs import (
    approve,
    begin,
    block,
    done,
    drop,
    extend,
    preview_extension,
    submit,
    unblock,
)
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SLUG,
    STRANGER,
    already,
    at,
    brief_with,
    changed,
    dump,
    events,
    extensions,
    notices,
    opened,
    pending,
    send_all,
    sentence_of,
    status,
    task,
)

#: research takes two days, is due on Monday 8 February, and can be done on 12 January: 19 working
#: days of float
DUE, LAST_WITHIN, BEYOND = date(2027, 2, 8), date(2027, 3, 5), date(2027, 3, 8)
CARD = "battlecard:kite"


def ask(store: Store, until: date = BEYOND, **options: object) -> None:
    changed(
        extend(
            store,
            SLUG,
            "research",
            until=until,
            now=NOW,
            note="Waiting for data",
            **options,
        )
    )
    assert task(store, "research").due == DUE


def test_within_its_float_a_task_is_given_more_time(falcon: Store) -> None:
    found = changed(
        extend(
            falcon,
            SLUG,
            "research",
            until=LAST_WITHIN,
            now=NOW,
            note="Waiting for data",
        )
    )
    assert found.warnings == ()
    found = task(falcon, "research")
    assert (found.due, found.planned_due, found.status) == (LAST_WITHIN, DUE, "ready")
    (extension,) = extensions(falcon)
    assert (
        extension.status,
        extension.until,
        extension.due_before,
        extension.by,
        extension.answered_by,
    ) == (
        "granted",
        LAST_WITHIN,
        DUE,
        PMM,
        PMM,
    )
    assert pending(falcon, "review") == []


def test_beyond_its_float_the_lead_is_asked(falcon: Store) -> None:
    ask(falcon)
    (extension,) = extensions(falcon)
    assert (extension.status, extension.reason, extension.answered_at) == (
        "asked",
        "Waiting for data",
        None,
    )
    (notice,) = notices(falcon, "review")
    assert (notice.to, notice.task) == (LEAD, "research")
    assert notice.facts == {
        "until": "2027-03-08",
        "reason": "Waiting for data",
        "by": PMM,
        "due": "2027-02-08",
        "float": 19,
    }
    assert events(falcon, verb="extend")[0].data["asked"] is True


def test_float_shrinks_as_days_go_by(falcon: Store) -> None:
    changed(extend(falcon, SLUG, "research", until=LAST_WITHIN, now=at("01-13")))
    assert task(falcon, "research").due == DUE, (
        "it can be done today at the earliest, so the float is 18"
    )
    assert [extension.status for extension in extensions(falcon)] == ["asked"]


def test_a_second_extension_counts_from_the_plan(falcon: Store) -> None:
    extend(falcon, SLUG, "research", until=LAST_WITHIN, now=NOW)
    changed(extend(falcon, SLUG, "research", until=BEYOND, now=NOW))
    assert task(falcon, "research").due == LAST_WITHIN
    assert [extension.status for extension in extensions(falcon)] == [
        "granted",
        "asked",
    ]


def test_the_lead_is_granted_any_day(falcon: Store) -> None:
    changed(extend(falcon, SLUG, "research", until=date(2027, 6, 1), by=LEAD, now=NOW))
    assert task(falcon, "research").due == date(2027, 6, 1)
    assert [(each.status, each.answered_by) for each in extensions(falcon)] == [
        ("granted", LEAD)
    ]


def test_the_lead_s_own_extension_ends_what_was_asked(falcon: Store) -> None:
    ask(falcon)
    changed(extend(falcon, SLUG, "research", until=BEYOND, by=LEAD, now=NOW))
    assert [each.status for each in extensions(falcon)] == ["lapsed", "granted"]
    assert task(falcon, "research").due == BEYOND
    assert pending(falcon, "review") == []


def test_the_backup_may_ask(falcon: Store) -> None:
    ask(falcon, by=OPS)
    assert extensions(falcon)[0].by == OPS


@pytest.mark.parametrize("who", [LEGAL, STRANGER])
def test_others_may_not_ask(falcon: Store, who: str) -> None:
    before = dump(falcon)
    with pytest.raises(NotYours):
        extend(falcon, SLUG, "research", until=BEYOND, by=who, now=NOW)
    assert dump(falcon) == before


def test_a_waiting_task_can_be_extended_too(falcon: Store) -> None:
    changed(extend(falcon, SLUG, "training", until=date(2027, 2, 10), now=NOW))
    assert task(falcon, "training").due == date(2027, 2, 10)


def test_an_extension_says_whose_start_it_passes(falcon: Store) -> None:
    outcome = extend(falcon, SLUG, "legal_review", until=date(2027, 2, 8), now=NOW)
    assert "it passes the latest start of training" in outcome.message


def test_the_lead_hears_of_an_extension_that_others_have_to_make_room_for(
    falcon: Store,
) -> None:
    extend(falcon, SLUG, "legal_review", until=date(2027, 2, 8), now=NOW)
    (news,) = notices(falcon, "news")
    assert news.to == LEAD
    assert "within its float; it passes the latest start of training" in sentence_of(
        falcon, news
    )


def test_an_extension_to_a_day_that_is_past_is_refused(falcon: Store) -> None:
    late = at("02-24")
    before = dump(falcon)
    with pytest.raises(
        Refused, match="2027-02-22 is past; name 2027-02-24 or a later day"
    ):
        extend(falcon, SLUG, "research", until=date(2027, 2, 22), now=late)
    with pytest.raises(Refused, match="is past"):
        preview_extension(falcon, SLUG, "research", until=date(2027, 2, 22), now=late)
    assert dump(falcon) == before
    extend(falcon, SLUG, "research", until=date(2027, 2, 24), now=late)


def test_the_lead_hears_of_an_extension_past_its_anchor_day(falcon: Store) -> None:
    extend(falcon, SLUG, "research", until=LAST_WITHIN, now=NOW)
    (news,) = notices(falcon, "news")
    assert (
        news.to,
        sentence_of(falcon, news).endswith("it passes the launch day, 2027-02-09."),
    ) == (LEAD, True)


def test_the_lead_hears_nothing_of_an_extension_that_moves_nothing(
    falcon: Store,
) -> None:
    extend(falcon, SLUG, "research", until=date(2027, 2, 9), now=NOW)
    assert notices(falcon, "news") == []


@pytest.mark.parametrize(
    "until", [date(2027, 2, 13), date(2027, 2, 14)], ids=["Saturday", "Sunday"]
)
def test_a_day_off_means_the_working_day_before_and_says_so(
    falcon: Store, until: date
) -> None:
    found = extend(falcon, SLUG, "research", until=until, now=NOW)
    assert task(falcon, "research").due == date(2027, 2, 12)
    assert found.warnings == (
        f"{until} ({until:%A}) is not a working day of {PMM}; 2027-02-12 (Friday) is meant",
    )
    assert (
        already(extend(falcon, SLUG, "research", until=until, now=NOW)).warnings
        == found.warnings
    )


def test_the_owner_s_days_off_do_not_count(store: Store) -> None:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["pmm"]["away"] = [{"from": "2027-02-10", "to": "2027-02-16"}]
    opened(store, brief_with(team=team))
    extend(store, SLUG, "research", until=date(2027, 2, 15), now=NOW)
    assert task(store, "research").due == date(2027, 2, 9)


def test_the_same_day_changes_nothing(falcon: Store) -> None:
    before = dump(falcon)
    already(extend(falcon, SLUG, "research", until=DUE, now=NOW))
    assert dump(falcon) == before


def test_an_earlier_day_is_refused(falcon: Store) -> None:
    before = dump(falcon)
    with pytest.raises(Refused, match="is due 2027-02-08; 2027-02-05 is earlier"):
        extend(falcon, SLUG, "research", until=date(2027, 2, 5), now=NOW)
    assert dump(falcon) == before


@pytest.mark.parametrize("close", [done, drop])
def test_a_closed_task_needs_no_more_time(
    falcon: Store, close: Callable[..., object]
) -> None:
    close(falcon, SLUG, "research", now=NOW)
    with pytest.raises(Refused, match="needs no more time"):
        extend(falcon, SLUG, "research", until=BEYOND, now=NOW)


# The answer


def test_asking_twice_for_the_same_day_changes_nothing(falcon: Store) -> None:
    ask(falcon)
    before = dump(falcon)
    already(extend(falcon, SLUG, "research", until=BEYOND, now=at("01-12")))
    assert dump(falcon) == before


def test_asking_for_another_day_takes_the_first_request_back(falcon: Store) -> None:
    ask(falcon)
    ask(falcon, date(2027, 3, 10))
    assert [(each.status, each.until) for each in extensions(falcon)] == [
        ("lapsed", BEYOND),
        ("asked", date(2027, 3, 10)),
    ]
    assert [notice.status for notice in notices(falcon, "review")] == [
        "dropped",
        "pending",
    ]


# A request for more time and one for approval at once


def test_an_approver_whose_question_was_let_go_while_blocked_is_asked_again(
    falcon: Store,
) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    submit(falcon, SLUG, CARD, now=NOW)
    block(falcon, SLUG, CARD, now=NOW)
    with falcon.write() as session:
        for notice in notices(falcon, "review"):
            notice.status = "dropped"
            session.merge(notice)
    unblock(falcon, SLUG, CARD, now=NOW)
    assert [notice.status for notice in notices(falcon, "review", key=CARD)] == [
        "dropped",
        "pending",
    ]


def test_an_approver_who_was_asked_already_is_not_asked_again(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    submit(falcon, SLUG, CARD, now=NOW)
    send_all(falcon)
    block(falcon, SLUG, CARD, now=NOW)
    unblock(falcon, SLUG, CARD, now=NOW)
    assert [notice.status for notice in notices(falcon, "review", key=CARD)] == ["sent"]


def test_begun_work_keeps_its_status_while_time_is_asked_for(falcon: Store) -> None:
    begin(falcon, SLUG, "research", now=NOW)
    ask(falcon)
    approve(falcon, SLUG, "research", now=NOW)
    assert status(falcon, "research") == "doing"
