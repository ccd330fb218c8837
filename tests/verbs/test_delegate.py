from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from launch_kits.database.records import NoticeStatus
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours, Refused
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import (
    Delegation,
    advance,
    approve,
    begin,
    cancel,
    delegate,
    done,
    open_launch,
    preview_delegation,
    preview_revision,
    revise,
)
from launch_kits.verbs.transaction import changing
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    at,
    brief_with,
    changed,
    dump,
    events,
    launch,
    notices,
    opened,
    send_all,
    sentence_of,
    task,
)

#: the Friday of the second week
UNTIL = date(2027, 1, 22)
DURING = at("01-14")
BACK = at("01-25", 9)


def go(store: Store, person: str = PMM, to: str = SALES, **given: Any) -> Delegation:
    given = {"until": UNTIL, "launch": SLUG, "now": NOW, **given}
    return delegate(store, person=person, to=to, **given)


def keys(found: Delegation) -> list[tuple[str, str]]:
    return [(part.key, part.part) for part in found.parts]


def brief_of(store: Store, slug: str = SLUG) -> Brief:
    return Brief.kept(launch(store, slug).brief)


def test_a_preview_writes_nothing_and_shows_what_delegate_does(falcon: Store) -> None:
    before = dump(falcon)
    shown = preview_delegation(
        falcon, person=PMM, to=SALES, until=UNTIL, launch=SLUG, now=NOW
    )
    assert dump(falcon) == before
    done_ = go(falcon)
    assert keys(shown) == keys(done_)
    assert (shown.launches, shown.told) == (done_.launches, done_.told)
    assert shown.told == (SALES,)


def test_a_person_who_is_away_stays_the_owner_and_the_calendar_knows(
    falcon: Store,
) -> None:
    due = task(falcon, "research").due
    found = go(falcon)
    assert (
        keys(found)
        == [
            ("positioning", "owner"),
            ("research", "owner"),
            ("battlecard:osprey", "owner"),
            ("battlecard:kite", "owner"),
        ][: len(found.parts)]
    )
    after = task(falcon, "research")
    assert (after.owner, after.in_hands_of, after.due) == (PMM, SALES, due)
    (absence,) = brief_of(falcon).absences
    assert (absence.who, absence.backup, absence.from_, absence.to, absence.by) == (
        PMM,
        SALES,
        date(2027, 1, 11),
        UNTIL,
        LEAD,
    )
    by_key = {part.key: part.float_days for part in found.parts}
    # ten of its nineteen working days are gone, and two for the work
    assert by_key["research"] == 9 + 2 - 2


def test_the_deputy_is_told_once_with_a_list_and_may_act(falcon: Store) -> None:
    send_all(falcon)
    go(falcon)
    told = notices(falcon, status=NoticeStatus.PENDING)
    assert [(each.kind, each.to) for each in told if each.kind != "headline"] == [
        ("news", SALES)
    ]
    (news,) = notices(falcon, "news")
    assert sentence_of(falcon, news).startswith(
        "You act for Pia until Fri 22 Jan, with "
    )
    merged = [each for each in notices(falcon, "task") if each.to == SALES]
    assert [(each.status, each.error) for each in merged] == [
        (NoticeStatus.DROPPED, news.key)
    ] * 2
    changed(begin(falcon, SLUG, "research", now=DURING, by=SALES))
    (event,) = events(falcon, verb="begin")
    assert (event.by, event.in_place_of) == (SALES, PMM)


def test_new_tasks_go_to_the_deputy_and_back_on_return(falcon: Store) -> None:
    go(falcon)
    done(falcon, SLUG, "positioning", now=DURING, by=SALES)
    assert task(falcon, "battlecard:kite").in_hands_of == SALES
    send_all(falcon, now=DURING)
    advance(falcon, SLUG, now=BACK)
    (told,) = [
        each
        for each in notices(falcon, "news", status=NoticeStatus.PENDING)
        if each.to == PMM
    ]
    again = [line["task"] for line in told.facts["tasks"]]
    assert sorted(again) == ["battlecard:kite", "battlecard:osprey", "research"]
    with pytest.raises(NotYours):
        begin(falcon, SLUG, "battlecard:kite", now=BACK, by=SALES)


def test_it_is_on_record(falcon: Store) -> None:
    go(falcon, by=PMM, note="Holiday")
    (event,) = events(falcon, verb="delegate")
    assert (event.by, event.note) == (PMM, "Holiday")
    assert {name: event.data[name] for name in ("person", "to", "until")} == {
        "person": PMM,
        "to": SALES,
        "until": "2027-01-22",
    }
    assert "research" in event.data["tasks"]


def test_the_same_again_changes_nothing(falcon: Store) -> None:
    go(falcon)
    before = dump(falcon)
    assert go(falcon, now=DURING).launches == ()
    assert dump(falcon) == before


def test_an_earlier_day_ends_an_absence_sooner(falcon: Store) -> None:
    go(falcon)
    go(falcon, until=date(2027, 1, 14), now=DURING)
    assert [each.to for each in brief_of(falcon).absences] == [
        date(2027, 1, 13),
        date(2027, 1, 14),
    ]
    advance(falcon, SLUG, now=at("01-15", 9))
    assert task(falcon, "research").in_hands_of is None


@pytest.mark.parametrize("by", [LEAD, PMM, OPS])
def test_the_person_their_backup_and_the_lead_may(falcon: Store, by: str) -> None:
    assert go(falcon, by=by).launches


@pytest.mark.parametrize("by", [SALES, STRANGER])
def test_others_are_refused_by_name(falcon: Store, by: str) -> None:
    before = dump(falcon)
    with pytest.raises(NotYours) as refused:
        go(falcon, by=by)
    assert str(refused.value) == (
        f'launch "{SLUG}": {by} may not delegate the work of Pia; '
        f"these may: {PMM}, {OPS}, {LEAD}"
    )
    assert dump(falcon) == before


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({"until": date(2027, 1, 8)}, Refused, "2027-01-08 is past"),
        ({"to": PMM.upper()}, Refused, "cannot act for themself"),
        ({"to": "sales"}, NotFound, '"sales" is not an email address'),
        ({"person": STRANGER}, NotFound, "has no part in launch"),
        ({"person": STRANGER, "launch": None}, NotFound, "in any running launch"),
        ({"launch": "owl"}, NotFound, 'no launch "owl"'),
        ({"name": " "}, Refused, "--name is empty"),
    ],
)
def test_what_makes_no_sense_is_refused(
    falcon: Store, given: dict[str, Any], error: type[Exception], words: str
) -> None:
    before = dump(falcon)
    with pytest.raises(error, match=words):
        go(falcon, **given)
    assert dump(falcon) == before


def test_a_launch_that_has_ended_is_refused(falcon: Store) -> None:
    cancel(falcon, SLUG, now=NOW)
    with pytest.raises(Refused):
        go(falcon)


def test_dates_within_the_absence_are_warnings(falcon: Store) -> None:
    found = go(falcon, until=date(2027, 2, 8))
    warnings = [(warning.code, warning.message) for warning in found.warnings]
    assert (
        "due-on-day-off",
        f"{SLUG}: research is due 2027-02-08, a day off of {PMM}",
    ) in warnings
    short = [message for code, message in warnings if code == "too-late"]
    assert "positioning cannot be done by" in short[0]
    assert found.launches[0].lands_on > date(2027, 2, 9)


def test_a_deputy_who_is_unknown_or_away_is_a_warning(falcon: Store) -> None:
    assert [each.code for each in go(falcon, to=STRANGER).warnings] == ["not-in-team"]
    go(falcon, SALES, OPS)
    found = go(falcon, LEGAL, SALES)
    assert [each.message for each in found.warnings] == [
        f"{SLUG}: {SALES} is away too, back on 2027-01-24"
    ]


def test_a_leaver_hands_everything_over(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    done(falcon, SLUG, "battlecard:kite", now=NOW)
    found = go(falcon, LEGAL, SALES, until=None, now=at("01-12"))
    assert keys(found) == [
        ("legal_review", "owner"),
        ("battlecard:osprey", "approver"),
        ("battlecard:kite", "approver"),
        ("legal_review", "approver"),
    ]
    assert task(falcon, "legal_review").owner == SALES
    assert task(falcon, "battlecard:kite").approver == SALES
    assert brief_of(falcon).team["legal"].email == SALES
    changed(approve(falcon, SLUG, "battlecard:kite", now=DURING, by=SALES))
    with pytest.raises(NotYours):
        begin(falcon, SLUG, "legal_review", now=DURING, by=LEGAL)
    (event,) = events(falcon, verb="reassign")
    assert (event.task, event.data["owner"]) == ("legal_review", SALES)
    (news,) = notices(falcon, "news")
    assert sentence_of(falcon, news, now=at("01-12")).startswith(
        "You take over 1 task and 3 reviews from Lou (Falcon 2)."
    )
    assert [each.code for each in found.warnings] == ["own-work"]


@pytest.mark.parametrize("until", [None, UNTIL])
def test_others_read_the_name_of_a_person_who_is_new(
    falcon: Store, until: date | None
) -> None:
    go(falcon, to=STRANGER, until=until, name="Nia Okoro")
    with changing(falcon, SLUG, now=DURING) as change:
        assert change.name(STRANGER) == "Nia Okoro"
    revise(falcon, SLUG, brief_with(product="Falcon 3"), now=DURING)
    with changing(falcon, SLUG, now=DURING) as change:
        assert change.name(STRANGER) == "Nia Okoro"
        assert change.name(PMM) == "Pia"


def test_the_name_that_the_team_has_counts(falcon: Store) -> None:
    go(falcon, name="Somebody Else")
    with changing(falcon, SLUG, now=DURING) as change:
        assert change.name(SALES) == "Sam"


def test_the_gates_of_a_leaver_are_the_successors(falcon: Store) -> None:
    found = go(falcon, LEAD, SALES, until=None)
    gates = [part for part in found.parts if part.part == "gate"]
    assert [(part.key, part.due, part.float_days) for part in gates] == [
        ("story", None, None)
    ]


def test_the_backup_of_others_is_renewed_when_a_backup_leaves(falcon: Store) -> None:
    assert task(falcon, "research").backup == OPS
    go(falcon, OPS, LEGAL, until=None)
    assert task(falcon, "research").backup == LEGAL


def test_all_running_launches_change_at_once_and_each_reader_is_told_once(
    store: Store,
) -> None:
    opened(store)
    open_launch(store, brief_with(launch="owl", product="Owl 1"), now=NOW)
    open_launch(store, brief_with(launch="kiwi"), now=NOW)
    cancel(store, "kiwi", now=NOW)
    send_all(store)
    found = go(store, launch=None, until=None, by=LEAD)
    assert [each.launch for each in found.launches] == [SLUG, "owl"]
    for slug in (SLUG, "owl"):
        assert task(store, "research", slug=slug).owner == SALES
    assert task(store, "research", slug="kiwi").owner == PMM
    news = [
        each for slug in (SLUG, "owl") for each in notices(store, "news", slug=slug)
    ]
    assert [each.to for each in news] == [SALES]
    assert {line["launch"] for line in news[0].facts["tasks"]} == {SLUG, "owl"}


def test_a_refusal_in_one_launch_changes_none(store: Store) -> None:
    opened(store)
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["lead"]["email"] = "lin@example.com"
    open_launch(store, brief_with(launch="owl", team=team), now=NOW)
    before = dump(store)
    with pytest.raises(NotYours, match='launch "owl"'):
        go(store, launch=None, until=None, by=LEAD)
    assert dump(store) == before


def test_an_update_from_the_file_keeps_the_absence(falcon: Store) -> None:
    go(falcon)
    assert preview_revision(falcon, SLUG, brief_with(), now=DURING).empty
    revise(falcon, SLUG, brief_with(product="Falcon 3"), now=DURING)
    assert [each.who for each in brief_of(falcon).absences] == [PMM]


def test_an_update_from_the_file_does_not_bring_a_leaver_back(falcon: Store) -> None:
    go(falcon, until=None)
    assert preview_revision(falcon, SLUG, brief_with(), now=DURING).empty
    found = revise(falcon, SLUG, brief_with(product="Falcon 3"), now=DURING)
    assert (found.fields, found.handed) == (("product",), [])
    assert task(falcon, "research").owner == SALES


def test_the_lead_hears_of_it_if_another_arranges_it(falcon: Store) -> None:
    assert go(falcon, by=PMM).told == (SALES, LEAD)
    news = {each.to: each for each in notices(falcon, "news")}
    assert "Sam acts for Pia until" in sentence_of(falcon, news[LEAD])


def test_a_lead_who_leaves_hands_the_launch_over(falcon: Store) -> None:
    go(falcon, LEAD, OPS, until=None)
    assert brief_of(falcon).lead.email == OPS
    cancel(falcon, SLUG, by=OPS, now=DURING)
