from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours
from launch_kits.verbs import block, cancel, done, drop, note, reassign, unblock
from launch_kits.views.last_acts import ON_IT
from tests.launches import (
    LEAD,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    at,
    events,
    notices,
    sentence_of,
    task,
)
from tests.verbs.statuses import REVIEWED, slug_at


def test_the_lead_hears_why_work_has_stopped(falcon: Store) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No access")
    (news,) = notices(falcon, "news")
    assert news.to == LEAD
    assert "No access" in sentence_of(falcon, news)


def test_the_lead_is_told_at_once_within_their_hours(falcon: Store) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No access")
    block(falcon, SLUG, "positioning", now=at("01-11", 22), note="No time")
    told = [each.send_after for each in notices(falcon, "news")]
    assert told == [NOW, at("01-12", 9)]


@pytest.mark.parametrize(
    ("end", "says"),
    [
        (
            partial(unblock, key="research"),
            'No help is needed any more: the work on "Research" (Falcon 2) goes on.',
        ),
        (
            partial(drop, key="research", by=LEAD, note="Not needed"),
            '"Research" (Falcon 2) was left out by Lee (Not needed), so nothing is left to do.',
        ),
        (
            partial(reassign, key="research", to=SALES, by=LEAD),
            'No help is needed from you any more: Sam has "Research" (Falcon 2) now.',
        ),
        (
            partial(reassign, key="research", to=OPS, by=LEAD),
            'You have "Research" (Falcon 2) now.',
        ),
        (
            cancel,
            'Falcon 2 is cancelled, so nothing is left to do for "Research".',
        ),
    ],
)
def test_a_call_for_help_ends(
    falcon: Store, end: Callable[..., object], says: str
) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No access", waits_on="ops")
    (helped,) = (each for each in notices(falcon, "news") if each.to == OPS)
    end(falcon, SLUG, now=at("01-12"))
    assert sentence_of(falcon, helped, now=at("01-12")) == says


def test_a_call_for_help_ends_with_the_work(falcon: Store) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No access", waits_on="ops")
    (helped,) = (each for each in notices(falcon, "news") if each.to == OPS)
    unblock(falcon, SLUG, "research", now=at("01-12"))
    done(falcon, SLUG, "research", now=at("01-12"))
    said = sentence_of(falcon, helped, now=at("01-12"))
    assert said == 'Done Tue 12 Jan by Pia: "Research" (Falcon 2).'


def test_a_newer_block_takes_the_place_of_the_news_of_the_one_before(
    falcon: Store,
) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No access", waits_on="ops")
    unblock(falcon, SLUG, "research", now=at("01-12"))
    block(falcon, SLUG, "research", now=at("01-13"), note="No time", waits_on="ops")
    first, second = (each for each in notices(falcon, "news") if each.to == OPS)
    assert sentence_of(falcon, first, now=at("01-13")) == (
        '"Research" (Falcon 2) went on, and was blocked again.'
    )
    assert "No time" in sentence_of(falcon, second, now=at("01-13"))


def test_the_lead_is_not_told_what_the_lead_did(falcon: Store) -> None:
    block(falcon, SLUG, "research", by=LEAD, now=NOW)
    assert notices(falcon, "news") == []


def test_a_task_goes_on_where_it_stood(standing: Callable[..., Store]) -> None:
    store = standing()
    for before in ("ready", "doing", "review"):
        block(store, slug_at(before), REVIEWED, now=NOW)
        assert task(store, REVIEWED, slug=slug_at(before)).status_before == before
        unblock(store, slug_at(before), REVIEWED, now=NOW)
        found = task(store, REVIEWED, slug=slug_at(before))
        assert (found.status, found.status_before) == (before, None)


def test_the_person_who_can_help_is_told(falcon: Store) -> None:
    outcome = block(falcon, SLUG, "research", now=NOW, note="No access", waits_on="ops")
    assert outcome.message == f"research is blocked; {OPS} is told"
    helped, led = sorted(notices(falcon, "news"), key=lambda each: each.to == LEAD)
    assert (helped.to, led.to) == (OPS, LEAD)
    assert sentence_of(falcon, helped) == (
        'Please help Pia, who cannot go on with "Research" (Falcon 2): No access. '
        "It is due Mon 8 Feb, in 20 working days."
    )
    assert not sentence_of(falcon, led).startswith("Please help")
    assert "No access (waits on Ola)" in sentence_of(falcon, led)
    (event,) = events(falcon, verb="block")
    assert event.data["waits_on"] == OPS


def test_the_lead_who_can_help_is_told_once(falcon: Store) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No access", waits_on=LEAD.upper())
    (news,) = notices(falcon, "news")
    assert news.to == LEAD


def test_a_person_who_names_themselves_is_not_told(falcon: Store) -> None:
    block(falcon, SLUG, "research", now=NOW, waits_on=PMM)
    assert [news.to for news in notices(falcon, "news")] == [LEAD]


def test_an_unknown_helper_is_refused(falcon: Store) -> None:
    with pytest.raises(NotFound):
        block(falcon, SLUG, "research", now=NOW, waits_on="nobody")
    assert task(falcon, "research").status == "ready"


def test_an_owner_hears_that_another_person_cleared_their_block(falcon: Store) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No access", waits_on="ops")
    unblock(falcon, SLUG, "research", by=OPS, now=at("01-12"), note="Access is given")
    (told,) = (each for each in notices(falcon, "news") if each.to == PMM)
    assert sentence_of(falcon, told, now=at("01-12")) == (
        'Please go on: "Research" (Falcon 2) is no longer blocked, says Ola: '
        "Access is given."
    )


def test_an_owner_who_clears_the_block_knows_of_it(falcon: Store) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No access")
    unblock(falcon, SLUG, "research", by=PMM, now=at("01-12"))
    assert [each.to for each in notices(falcon, "news")] == [LEAD]


def test_an_owner_hears_the_reply_of_those_who_were_asked_to_help(
    falcon: Store,
) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No access", waits_on="ops")
    found = note(falcon, SLUG, "research", by=OPS, note="You get it", now=at("01-12"))
    assert found.message == f"noted on research; {PMM} is told"
    (told,) = (each for each in notices(falcon, "news") if each.to == PMM)
    assert sentence_of(falcon, told, now=at("01-12")) == (
        'Ola replies about "Research" (Falcon 2): You get it.'
    )
    note(falcon, SLUG, "research", by=LEAD, note="I asked again", now=at("01-12"))
    assert [each.to for each in notices(falcon, "news")].count(PMM) == 2


def test_other_notes_are_told_to_no_one(falcon: Store) -> None:
    note(falcon, SLUG, "research", by=LEAD, note="Soon", now=NOW)
    block(falcon, SLUG, "research", now=NOW, note="No access", waits_on=SALES)
    note(falcon, SLUG, "research", by=PMM, note="Still none", now=NOW)
    note(falcon, SLUG, "research", by=LEAD, note=ON_IT, now=NOW)
    assert PMM not in [each.to for each in notices(falcon, "news")]


def test_a_helper_writes_notes_as_long_as_the_work_is_blocked(falcon: Store) -> None:
    with pytest.raises(NotYours):
        note(falcon, SLUG, "research", by=SALES, note="Soon", now=NOW)
    block(falcon, SLUG, "research", now=NOW, note="No access", waits_on=SALES)
    note(falcon, SLUG, "research", by=SALES, note="Soon", now=NOW)
    unblock(falcon, SLUG, "research", by=PMM, now=NOW)
    with pytest.raises(NotYours):
        note(falcon, SLUG, "research", by=SALES, note="Soon", now=NOW)
