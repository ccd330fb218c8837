from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import delegate, done, reject, submit
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SLUG,
    already,
    at,
    changed,
    events,
    notices,
    send_all,
    task,
)

CARD = "battlecard:kite"
FIRST = "https://x.example/1"
SECOND = "https://x.example/2"


def handed_in(store: Store) -> None:
    done(store, SLUG, "positioning", now=NOW)
    submit(store, SLUG, CARD, now=NOW, link=FIRST)
    send_all(store, now=at("2027-01-12"))


def test_a_second_hand_in_replaces_the_first_question(falcon: Store) -> None:
    handed_in(falcon)
    reject(falcon, SLUG, CARD, now=NOW, note="Sources")
    submit(falcon, SLUG, CARD, now=NOW, link=SECOND)
    first, second = notices(falcon, "review")
    assert (first.closed, first.outdated) == ({"why": "replaced"}, True)
    assert (second.to, second.facts["link"], second.closed) == (LEGAL, SECOND, None)


def test_another_link_for_work_in_review_is_handed_in_again(falcon: Store) -> None:
    handed_in(falcon)
    outcome = changed(done(falcon, SLUG, CARD, now=NOW, link=SECOND, note="Better"))
    assert outcome.message == f"{CARD} is handed in again for {LEGAL} to approve it"
    assert task(falcon, CARD).link == SECOND
    first, second = notices(falcon, "review")
    assert first.closed
    assert second.closed is None
    assert [(each.by, each.note) for each in events(falcon, verb="done")][-1] == (
        PMM,
        "Better",
    )


def test_the_same_link_again_changes_nothing(falcon: Store) -> None:
    handed_in(falcon)
    for link in (None, FIRST):
        already(done(falcon, SLUG, CARD, now=NOW, link=link))


def test_a_question_that_was_not_sent_is_taken_back(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    submit(falcon, SLUG, CARD, now=NOW, link=FIRST)
    submit(falcon, SLUG, CARD, now=NOW, link=SECOND)
    assert [
        (notice.status, notice.facts["link"]) for notice in notices(falcon, "review")
    ] == [("dropped", FIRST), ("pending", SECOND)]


def test_the_person_who_is_asked_is_named_while_the_approver_is_away(
    falcon: Store,
) -> None:
    until = at("01-22").date()
    delegate(falcon, person=LEGAL, to=OPS, until=until, by=LEAD, now=NOW)
    done(falcon, SLUG, "positioning", now=NOW)
    outcome = changed(submit(falcon, SLUG, CARD, now=NOW, link=FIRST))
    assert outcome.message == f"{CARD} waits for {OPS} to approve it"
    assert [each.to for each in notices(falcon, "review")] == [OPS]
