from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours, Refused
from launch_kits.verbs import (
    Outcome,
    approve,
    begin,
    block,
    cancel,
    done,
    drop,
    reassign,
    reject,
    reopen,
    submit,
    unblock,
)
from tests import workers as crew
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
    kit_with,
    launch,
    notices,
    opened,
    pending,
    send_all,
    sentence_of,
    status,
    statuses,
    task,
    verbs,
)
from tests.verbs.verbs import FOR_OWN, FOR_PLAIN, FOR_REVIEWED, STATUSES, VERBS, result
from tests.workers import Workers

#: an owner of their own, somebody else who approves; nobody who approves; owner and approver in one
REVIEWED, PLAIN, OWN = "battlecard:kite", "research", "legal_review"
TABLES = {REVIEWED: FOR_REVIEWED, PLAIN: FOR_PLAIN, OWN: FOR_OWN}
#: launches of one kind at each status, for verbs that change them
COPIES = range(5)
#: what a verb does while only a date holds a task that somebody else approves
EARLY = {
    "begin": "doing",
    "done": "review",
    "submit": "review",
    "drop": "dropped",
    **dict.fromkeys(("approve", "reject", "block", "unblock", "reopen"), "-"),
    **dict.fromkeys(("note", "reassign", "extend"), "."),
}


def lead_to(store: Store, key: str, target: str, *, slug: str = SLUG) -> None:
    """Bring a task of a fresh launch to a status, by verbs alone."""
    kit = (
        kit_with(research={"after": ["positioning"]})
        if (key, target) == (PLAIN, "waiting")
        else kit_with()
    )
    opened(store, brief_with(launch=slug, kit=kit))
    if target != "waiting" and key != PLAIN:
        changed(done(store, slug, "positioning", now=NOW))
    steps: dict[str, list[Callable[..., Outcome]]] = {
        "waiting": [],
        "ready": [],
        "doing": [begin],
        "review": [begin, submit],
        "blocked": [begin, block],
        "done": [begin, done, approve] if key == REVIEWED else [begin, done],
        "dropped": [begin, drop],
    }
    for step in steps[target]:
        changed(step(store, slug, key, now=NOW))
    assert task(store, key, slug=slug).status == target


def slug_at(target: str, copy: int = 0) -> str:
    return f"{target}-{copy}"


@pytest.fixture(scope="session")
def prepared(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """A database with launches whose task stands at each status, made once for each task."""
    folder = tmp_path_factory.mktemp("prepared")

    def prepared(key: str) -> Path:
        path = folder / f"{key.replace(':', '-')}.db"
        if not path.exists():
            shutil.copyfile(sqlite_template, path)
            store = Store(f"sqlite:///{path}")
            for target, copy in product(STATUSES, COPIES if key == REVIEWED else [0]):
                if key == REVIEWED or target != "review":
                    lead_to(store, key, target, slug=slug_at(target, copy))
            store.close()
        return path

    return prepared


@pytest.fixture
def standing(
    prepared: Callable[[str], Path], tmp_path: Path, open_store: Callable[[str], Store]
) -> Callable[..., Store]:
    def standing(key: str = REVIEWED) -> Store:
        path = tmp_path / "launch-kits.db"
        shutil.copyfile(prepared(key), path)
        return open_store(f"sqlite:///{path}")

    return standing


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
        assert "already" in outcome.message, about
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
#: who it is when nobody is named
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


def test_unknown_names_are_refused_with_a_suggestion(falcon: Store) -> None:
    rows = dump(falcon)
    for verb in VERBS.values():
        with pytest.raises(NotFound, match='did you mean "research"'):
            verb(falcon, SLUG, "reserch", now=NOW)
        with pytest.raises(NotFound, match='did you mean "falcon-2"'):
            verb(falcon, "falcon", "research", now=NOW)
    assert dump(falcon) == rows


def test_a_refusal_says_what_is_so_and_what_is_needed(falcon: Store) -> None:
    with pytest.raises(
        Refused,
        match='task "go_live" is waiting; `block` needs ready or doing or review',
    ):
        block(falcon, SLUG, "go_live", now=NOW)


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
    assert "sent back" in sentence_of(falcon, news)
    assert "No source for y1" in sentence_of(falcon, news)


def test_the_lead_hears_why_work_stands_still(falcon: Store) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No access")
    (news,) = notices(falcon, "news")
    assert news.to == LEAD
    assert "No access" in sentence_of(falcon, news)


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


def test_a_dropped_task_owes_no_document(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    drop(falcon, SLUG, REVIEWED, now=NOW)
    assert task(falcon, REVIEWED).document_owed_at is None


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


def test_done_tells_what_is_ready_now(falcon: Store) -> None:
    outcome = done(falcon, SLUG, "positioning", now=NOW)
    assert outcome.message == (
        "positioning is done; ready now: battlecard:osprey, battlecard:kite, legal_review"
    )


def test_already_so_holds_for_the_last_task_of_a_launch(store: Store) -> None:
    opened(store, brief_with(kit=kit_with(only=["positioning"])))
    changed(done(store, SLUG, "positioning", now=NOW))
    assert launch(store).status == "done"
    rows = dump(store)
    already(done(store, SLUG, "positioning", now=NOW))
    for verb in ("begin", "block", "note", "extend", "reassign", "drop"):
        with pytest.raises(Refused, match='task "positioning" is done'):
            VERBS[verb](store, SLUG, "positioning", now=NOW)
    assert dump(store) == rows


# Reopening


def test_a_reopened_task_takes_back_what_has_not_begun(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    begin(falcon, SLUG, "legal_review", now=NOW)
    block(falcon, SLUG, "battlecard:osprey", now=NOW)
    outcome = changed(reopen(falcon, SLUG, "positioning", now=at("01-12")))
    assert statuses(falcon) | {"retro": ""} == {
        "positioning": "ready",
        "research": "ready",
        "battlecard:osprey": "waiting",
        "battlecard:kite": "waiting",
        "legal_review": "doing",
        "training": "waiting",
        "go_live": "waiting",
        "retro": "",
    }
    assert "back to waiting: battlecard:osprey, battlecard:kite" in outcome.message
    assert pending(falcon, "task", key="battlecard:kite") == []
    found = task(falcon, "battlecard:osprey")
    assert (found.status_before, found.ready_at, found.document_owed_at) == (
        None,
        None,
        None,
    )


def test_what_was_taken_back_opens_again_and_is_told_again(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    send_all(falcon)
    reopen(falcon, SLUG, "positioning", now=NOW)
    assert pending(falcon, "task") == [PMM]
    done(falcon, SLUG, "positioning", now=at("01-12"))
    assert status(falcon, REVIEWED) == "ready"
    assert [notice.status for notice in notices(falcon, "task", key=REVIEWED)] == [
        "sent",
        "pending",
    ]


def test_the_history_tells_a_reopening_before_what_it_took_back(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    reopen(falcon, SLUG, "positioning", now=NOW)
    told = [(event.verb, event.task, event.by) for event in events(falcon)][-4:]
    assert told[0] == ("reopen", "positioning", PMM)
    assert {(verb, by) for verb, _, by in told[1:]} == {("wait", "launch-kits")}


def test_a_reopened_task_starts_afresh(falcon: Store) -> None:
    begin(falcon, SLUG, "research", now=NOW)
    done(falcon, SLUG, "research", now=NOW)
    reopen(falcon, SLUG, "research", now=at("01-13"))
    found = task(falcon, "research")
    assert (found.status, found.ready_at, found.begun_at, found.done_at) == (
        "ready",
        at("01-13"),
        None,
        None,
    )
    assert pending(falcon, "task", key="research") == [PMM]


def test_a_dropped_task_reopened_waits_where_its_predecessors_are_open(
    falcon: Store,
) -> None:
    drop(falcon, SLUG, REVIEWED, now=NOW)
    outcome = changed(reopen(falcon, SLUG, REVIEWED, now=NOW))
    assert status(falcon, REVIEWED) == "waiting"
    assert "waiting again" in outcome.message
    assert pending(falcon, "task", key=REVIEWED) == []


def test_a_reopened_launch_runs_again_and_can_end_again(store: Store) -> None:
    opened(store, brief_with(kit=kit_with(only=["positioning", "research"])))
    done(store, SLUG, "positioning", now=NOW)
    done(store, SLUG, "research", now=NOW)
    assert (launch(store).status, launch(store).ended_at) == ("done", NOW)
    changed(reopen(store, SLUG, "research", now=at("01-12")))
    assert (launch(store).status, launch(store).ended_at) == ("running", None)
    changed(done(store, SLUG, "research", now=at("01-13")))
    assert (launch(store).status, launch(store).ended_at) == ("done", at("01-13"))
    assert [event.at for event in events(store, verb="finished")] == [NOW, at("01-13")]


# Dropping


def test_a_dropped_task_passes_its_open_predecessors_on(falcon: Store) -> None:
    for key in ("battlecard:osprey", "battlecard:kite"):
        drop(falcon, SLUG, key, now=NOW)
    drop(falcon, SLUG, "legal_review", now=NOW)
    assert status(falcon, "training") == "waiting", "it waits for positioning now"
    done(falcon, SLUG, "positioning", now=NOW)
    assert status(falcon, "training") == "waiting", (
        "the lag of two working days still counts"
    )
    reopen(falcon, SLUG, "positioning", now=NOW)
    with pytest.raises(Refused, match="waits for positioning"):
        begin(falcon, SLUG, "training", now=NOW)


def test_a_dropped_task_opens_its_successors_where_nothing_else_holds_them(
    falcon: Store,
) -> None:
    outcome = drop(falcon, SLUG, "positioning", now=NOW)
    assert {
        status(falcon, key)
        for key in ("battlecard:osprey", "battlecard:kite", "legal_review")
    } == {"ready"}
    assert "ready now" in outcome.message


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
