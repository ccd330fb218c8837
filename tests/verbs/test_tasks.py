from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotYours, Refused
from launch_kits.verbs import (
    approve,
    begin,
    block,
    cancel,
    done,
    drop,
    extend,
    note,
    reassign,
    reject,
    submit,
)
from tests import workers as crew
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    already,
    at,
    brief_with,
    changed,
    dump,
    events,
    kit_with,
    launch,
    notices,
    opened,
    pending,
    sentence_of,
    status,
    statuses,
    task,
    verbs,
)
from tests.verbs.statuses import COPIES, OWN, PLAIN, REVIEWED, slug_at
from tests.verbs.verbs import FOR_OWN, FOR_PLAIN, FOR_REVIEWED, STATUSES, VERBS, result
from tests.workers import Workers

TABLES = {REVIEWED: FOR_REVIEWED, PLAIN: FOR_PLAIN, OWN: FOR_OWN}
#: the effect of a verb while only a date holds a task that another person approves
EARLY = {
    "begin": "doing",
    "done": "review",
    "submit": "review",
    "drop": "dropped",
    **dict.fromkeys(("approve", "reject", "block", "unblock", "reopen"), "-"),
    **dict.fromkeys(("note", "reassign", "extend"), "."),
}


def check(
    store: Store, key: str, verb: str, before: str, after: str, *, slug: str = SLUG
) -> None:
    about = f"{verb} on a task that is {before}"
    rows = dump(store)
    if after == "-":
        with pytest.raises(Refused, match=r"\w"):
            VERBS[verb](store, slug, key, now=NOW)
        assert dump(store) == rows, about
    elif after == "=":
        outcome = already(VERBS[verb](store, slug, key, now=NOW))
        assert "nothing changed" in outcome.message, about
        assert dump(store) == rows, about
    else:
        outcome = changed(VERBS[verb](store, slug, key, now=NOW))
        assert key in outcome.message
        assert task(store, key, slug=slug).status == (
            before if after == "." else after
        ), about
        assert verb in verbs(store, key, slug)
        assert len(dump(store)["event"]) > len(rows["event"])


@pytest.mark.parametrize(("key", "verb"), list(product(TABLES, VERBS)))
def test_what_a_verb_does_to_each_status(
    standing: Callable[..., Store], key: str, verb: str
) -> None:
    store = standing(key)
    for before in STATUSES:
        if key == REVIEWED or before != "review":
            after = result(TABLES[key], verb, before).replace("back", "doing")
            check(store, key, verb, before, after, slug=slug_at(before))


def test_every_verb_on_a_cancelled_launch_is_refused(
    standing: Callable[..., Store],
) -> None:
    store = standing()
    for before in STATUSES:
        cancel(store, slug_at(before), now=NOW)
    rows = dump(store)
    for before, verb in product(STATUSES, VERBS):
        with pytest.raises(Refused, match="is cancelled; nothing can be changed in it"):
            VERBS[verb](store, slug_at(before), REVIEWED, now=NOW)
    assert dump(store) == rows


def test_what_a_verb_does_while_only_a_date_holds_the_task(store: Store) -> None:
    kit = kit_with(battlecard={"after": [], "not_before": "T-12"})
    for verb, after in EARLY.items():
        opened(store, brief_with(launch=verb, kit=kit))
        check(store, REVIEWED, verb, "waiting", after, slug=verb)


WHO = {
    "the owner": PMM,
    "the backup": OPS,
    "the approver": LEGAL,
    "the lead": LEAD,
    "a teammate": "sales@example.com",
    "a stranger": STRANGER,
}
OWNERS = frozenset({"the owner", "the backup", "the lead"})
MAY = {
    **dict.fromkeys(VERBS, OWNERS),
    "approve": {"the approver", "the lead"},
    "reject": {"the approver", "the lead"},
    "note": OWNERS | {"the approver"},
}
#: the default person
DEFAULT = {"approve": "the approver", "reject": "the approver"}
#: a status in which the verb changes something
FROM = dict.fromkeys(VERBS, "doing") | {
    "begin": "ready",
    "approve": "review",
    "reject": "review",
    "unblock": "blocked",
    "reopen": "done",
}


@pytest.mark.parametrize("verb", VERBS)
def test_who_may(standing: Callable[..., Store], verb: str) -> None:
    store = standing()
    copies = iter(COPIES)
    for who, email in WHO.items():
        if who in MAY[verb]:
            slug = slug_at(FROM[verb], next(copies))
            changed(VERBS[verb](store, slug, REVIEWED, by=email, now=NOW))
            assert events(store, verb=verb, key=REVIEWED, slug=slug)[-1].by == email
        else:
            rows = dump(store)
            with pytest.raises(NotYours, match=f"{email} may not .*; these may: "):
                VERBS[verb](
                    store, slug_at(FROM[verb], COPIES[-1]), REVIEWED, by=email, now=NOW
                )
            assert dump(store) == rows
    slug = slug_at(FROM[verb], next(copies))
    changed(VERBS[verb](store, slug, REVIEWED, now=NOW))
    assert (
        events(store, verb=verb, key=REVIEWED, slug=slug)[-1].by
        == WHO[DEFAULT.get(verb, "the owner")]
    )


def test_a_waiting_task_says_what_it_waits_for(falcon: Store) -> None:
    with pytest.raises(
        Refused, match=r"waits for battlecard:osprey, battlecard:kite, legal_review"
    ):
        begin(falcon, SLUG, "training", now=NOW)


def test_a_task_s_life_is_told_by_its_times(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=at("01-12"))
    begin(falcon, SLUG, REVIEWED, now=at("01-13"))
    submit(falcon, SLUG, REVIEWED, now=at("01-14"), link="https://example.com/card")
    reject(falcon, SLUG, REVIEWED, now=at("01-15"))
    found = task(falcon, REVIEWED)
    assert (found.ready_at, found.begun_at, found.submitted_at, found.done_at) == (
        at("01-12"),
        at("01-13"),
        None,
        None,
    )
    submit(falcon, SLUG, REVIEWED, now=at("01-18"))
    approve(falcon, SLUG, REVIEWED, now=at("01-19"))
    found = task(falcon, REVIEWED)
    assert (found.begun_at, found.submitted_at, found.done_at) == (
        at("01-13"),
        at("01-18"),
        at("01-19"),
    )
    assert found.link == "https://example.com/card"
    assert verbs(falcon, REVIEWED) == [
        "ready",
        "begin",
        "submit",
        "reject",
        "submit",
        "approve",
    ]


def test_a_note_and_a_link_are_kept_with_the_event(falcon: Store) -> None:
    done(
        falcon,
        SLUG,
        "research",
        now=NOW,
        note="See the folder",
        link="https://example.com/folder",
    )
    event = events(falcon, verb="done")[0]
    assert (event.note, event.data["link"], event.by) == (
        "See the folder",
        "https://example.com/folder",
        PMM,
    )
    assert task(falcon, "research").link == "https://example.com/folder"


def test_a_link_given_earlier_stays_when_none_is_given(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    done(falcon, SLUG, REVIEWED, now=NOW, link="https://example.com/1")
    reject(falcon, SLUG, REVIEWED, now=NOW)
    done(falcon, SLUG, REVIEWED, now=NOW)
    assert task(falcon, REVIEWED).link == "https://example.com/1"


def test_the_approver_is_asked_each_time(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    done(falcon, SLUG, REVIEWED, now=NOW, note="first", link="https://example.com/1")
    asked = notices(falcon, "review")
    assert [
        (notice.to, notice.facts["note"], notice.facts["link"]) for notice in asked
    ] == [(LEGAL, "first", "https://example.com/1")]
    reject(falcon, SLUG, REVIEWED, now=NOW)
    assert pending(falcon, "review") == []
    done(falcon, SLUG, REVIEWED, now=NOW)
    assert pending(falcon, "review") == [LEGAL]
    approve(falcon, SLUG, REVIEWED, now=NOW)
    assert pending(falcon, "review") == []


def test_the_owner_hears_why_it_was_sent_back(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    done(falcon, SLUG, REVIEWED, now=NOW)
    reject(falcon, SLUG, REVIEWED, now=NOW, note="No source for y1")
    (news,) = notices(falcon, "news")
    assert news.to == PMM
    assert "Lou sent it back: No source for y1" in sentence_of(falcon, news)
    assert "No source for y1" in sentence_of(falcon, news)


def test_work_given_to_its_approver_needs_no_approval_any_more(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    done(falcon, SLUG, REVIEWED, now=NOW)
    reassign(falcon, SLUG, REVIEWED, to=LEGAL, now=NOW)
    assert status(falcon, REVIEWED) == "review"
    changed(done(falcon, SLUG, REVIEWED, now=NOW))
    assert status(falcon, REVIEWED) == "done"


def test_a_closed_task_leaves_nothing_pending(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    assert pending(falcon, "task", key=REVIEWED) == [PMM]
    drop(falcon, SLUG, REVIEWED, now=NOW)
    assert pending(falcon, key=REVIEWED) == []
    assert [notice.error for notice in notices(falcon, "task", key=REVIEWED)] == [
        "the task was dropped"
    ]


def test_a_document_is_owed_when_its_task_is_ready_and_again_when_it_is_done(
    falcon: Store,
) -> None:
    assert task(falcon, REVIEWED).document_owed_at is None
    done(falcon, SLUG, "positioning", now=at("01-12"))
    assert task(falcon, REVIEWED).document_owed_at == at("01-12")
    done(falcon, SLUG, REVIEWED, now=at("01-13"))
    approve(falcon, SLUG, REVIEWED, now=at("01-14"))
    assert task(falcon, REVIEWED).document_owed_at == at("01-14")
    assert task(falcon, "positioning").document_owed_at is None


@pytest.mark.parametrize("verb", ["begin", "done"])
def test_a_task_begun_early_is_opened_like_any_other(falcon: Store, verb: str) -> None:
    opened(falcon, brief_with(launch="later", begin_on="2027-01-18"))
    assert set(statuses(falcon, "later").values()) == {"waiting"}
    changed(VERBS[verb](falcon, "later", "research", now=NOW))
    found = task(falcon, "research", slug="later")
    assert found.ready_at == NOW
    told = notices(falcon, "task", key="research", slug="later")
    assert [(notice.to, notice.status) for notice in told] == [
        (PMM, "pending" if verb == "begin" else "dropped")
    ]


# Several at once


@pytest.mark.parametrize("verb", ["begin", "done", "block", "drop"])
def test_of_several_doing_the_same_at_once_one_changes_it(
    falcon: Store, database_url: str, workers: Workers, verb: str
) -> None:
    before = launch(falcon).revision
    results = workers(crew.act, database_url, verb, SLUG, "research")
    assert sorted(results) == [False] * (crew.COUNT - 1) + [True]
    assert len(events(falcon, verb=verb)) == 1
    assert launch(falcon).revision == before + 1


def test_of_several_opening_the_way_for_others_one_tells_them(
    falcon: Store, database_url: str, workers: Workers
) -> None:
    workers(crew.act, database_url, "done", SLUG, "positioning")
    assert len(events(falcon, verb="ready", key=REVIEWED)) == 1
    assert pending(falcon, "task", key=REVIEWED) == [PMM]


def test_notes_written_at_once_are_all_kept_in_order(
    falcon: Store, database_url: str, workers: Workers
) -> None:
    workers(crew.remark, database_url, SLUG, "research", 3)
    notes = [str(event.note) for event in events(falcon, verb="note")]
    assert len(notes) == len(set(notes)) == 3 * crew.COUNT
    for number in range(crew.COUNT):
        mine = [note for note in notes if note.startswith(f"{number}.")]
        assert mine == sorted(mine)


def test_an_email_is_the_same_in_capitals(falcon: Store) -> None:
    changed(begin(falcon, SLUG, "research", by=PMM.upper(), now=NOW))
    assert events(falcon, verb="begin")[0].by == PMM


LINK = "https://docs.example.com/research"


def test_a_note_is_kept_with_its_writer_and_its_link(falcon: Store) -> None:
    said = note(
        falcon, SLUG, "research", by=LEAD, now=NOW, note="Two calls done", link=LINK
    )
    assert (said.changed, said.message) == (True, "noted on research")
    (event,) = events(falcon, verb="note")
    assert (event.by, event.task, event.note) == (LEAD, "research", "Two calls done")
    assert event.data["link"] == LINK
    assert task(falcon, "research").link == LINK
    # a note without a link leaves the earlier one as it is
    note(falcon, SLUG, "research", now=NOW, note="A third one")
    assert task(falcon, "research").link == LINK
    *_, last = events(falcon, verb="note")
    assert (last.by, "link" in last.data) == (PMM, False)


def test_a_note_on_a_closed_task_and_a_faulty_link_are_refused(falcon: Store) -> None:
    with pytest.raises(Refused, match="link"):
        note(falcon, SLUG, "research", now=NOW, note="See", link="not a link")
    done(falcon, SLUG, "research", now=NOW)
    with pytest.raises(
        Refused, match='task "research" is done; notes go on open tasks'
    ):
        note(falcon, SLUG, "research", now=NOW, note="Late")
    assert events(falcon, verb="note") == []


def test_a_stranger_writes_no_note(falcon: Store) -> None:
    with pytest.raises(NotYours):
        note(falcon, SLUG, "research", by=STRANGER, now=NOW, note="Hello")


WHY = "Because of the fair"
#: verb → the verbs before it that lead to it
BEFORE: dict[str, tuple[str, ...]] = {
    "begin": (),
    "submit": (),
    "done": (),
    "approve": ("done",),
    "reject": ("done",),
}


@pytest.mark.parametrize("verb", BEFORE)
def test_the_reason_given_with_a_verb_is_in_its_event(falcon: Store, verb: str) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    for earlier in BEFORE[verb]:
        VERBS[earlier](falcon, SLUG, REVIEWED, now=NOW)
    VERBS[verb](falcon, SLUG, REVIEWED, now=NOW, note=WHY)
    (event,) = events(falcon, verb=verb, key=REVIEWED)
    assert event.note == WHY


@pytest.mark.parametrize("verb", ["approve", "reject"])
def test_an_answer_for_a_day_is_kept_with_its_writer_and_reason(
    falcon: Store, verb: str
) -> None:
    until = at("02-12").date()
    extend(falcon, SLUG, "training", until=until, by=SALES, now=NOW)
    answer = {"approve": approve, "reject": reject}[verb]
    changed(answer(falcon, SLUG, "training", until=until, now=NOW, note=WHY))
    last = events(falcon, key="training")[-1]
    assert (last.by, last.note) == (LEAD, WHY)


@pytest.mark.parametrize(
    ("verb", "key", "statuses"),
    [
        ("begin", "research", "ready"),
        ("done", "research", "ready or doing or review"),
        ("done", REVIEWED, "ready or doing"),
        ("submit", REVIEWED, "ready or doing"),
        ("approve", REVIEWED, "review"),
        ("reject", REVIEWED, "review"),
    ],
)
def test_a_refusal_names_the_command_and_the_states_that_it_needs(
    falcon: Store, verb: str, key: str, statuses: str
) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    block(falcon, SLUG, key, now=NOW, note="No data")
    with pytest.raises(Refused) as refused:
        VERBS[verb](falcon, SLUG, key, now=NOW)
    assert str(refused.value) == (f'task "{key}" is blocked; `{verb}` needs {statuses}')


@pytest.mark.parametrize(
    ("verb", "why"),
    [
        ("submit", "has no approver; finish it with `done`"),
        ("approve", "has no approver, so there is nothing to answer"),
        ("reject", "has no approver, so there is nothing to answer"),
    ],
)
def test_without_an_approver_nothing_is_handed_in_or_answered(
    falcon: Store, verb: str, why: str
) -> None:
    with pytest.raises(Refused) as refused:
        VERBS[verb](falcon, SLUG, "research", now=NOW)
    assert str(refused.value) == f'task "research" {why}'


def test_a_question_taken_back_unsent_says_why(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    done(falcon, SLUG, REVIEWED, now=NOW)
    reject(falcon, SLUG, REVIEWED, now=NOW, note=WHY)
    (question,) = notices(falcon, "review", key=REVIEWED)
    assert (question.status, question.error) == ("dropped", "sent back")
