from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from launch_kits.database.records import Notice, TaskStatus
from launch_kits.database.store import Store
from launch_kits.views.notices.compose import compose
from launch_kits.views.notices.context import ContextLoader
from launch_kits.views.notices.message import Subject
from launch_kits.views.notices.news import NewsEvent
from launch_kits.views.notices.text import clean
from tests.launches import NOW, SLUG
from tests.slack.said import BATTLECARD, said
from tests.slack.views import READER, launch, notice, task
from tests.views.notices.happenings import HAPPENINGS, OLD_NOTICES, news_of


def old_notice(name: str) -> Notice:
    return Notice(
        kind="news", launch=SLUG, filed_at=NOW, send_after=NOW, **OLD_NOTICES[name]
    )


#: the sentence of each happening
SENTENCES = {
    "finished": "Falcon 2: every task is done. The launch is complete.",
    "no-go": "Falcon 2: Lee decided: no-go: Sales is *not* trained.",
    "go": "Falcon 2: Lee decided: go.",
    "blocked": (
        'Please help: "Research" (Falcon 2) is blocked, says Pia: No <access> yet. '
        "It is due Mon 8 Feb, in 20 working days."
    ),
    "blocked without a note": (
        'Please help: "Research" (Falcon 2) is blocked, says Pia. '
        "It is due Mon 8 Feb, in 20 working days."
    ),
    "sent back": (
        'Please hand in "Battlecard: Kite" (Falcon 2) again by Fri 5 Feb, in 19 working days. '
        "Lou sent it back: No source for y1."
    ),
    "extended past a start": (
        'Falcon 2: Lou needs until Mon 8 Feb for "Legal review". "Training" and "Go live" '
        "can then be 3 days late. The launch then lands on Fri 12 Feb."
    ),
    "extended past the launch": (
        'Falcon 2: Pia needs until Fri 5 Mar for "Research". Work due by the launch day, '
        "Tue 9 Feb, then ends on Fri 5 Mar."
    ),
    "granted": (
        'Falcon 2: More time for "Research" granted: now due Mon 8 Mar, says Lee: Fine.'
    ),
    "refused": 'Falcon 2: More time for "Research" refused: still due Mon 8 Feb, says Lee.',
    "card due": (
        "Please review the card on Osprey & Sons (Falcon 2) by Wed 3 Feb, in 17 working days."
    ),
    "card overdue": (
        "Please review the card on Osprey & Sons (Falcon 2) by Wed 3 Feb, in 17 working days."
    ),
    "claim ended": (
        'Falcon 2: A claim ended on Wed 20 Jan: "Falcon is faster". It is out of every document '
        "from now on; documents that were handed out before still say it."
    ),
    "undelivered": (
        'Falcon 2: Pia could not be told about "Research": Slack: invalid_blocks. Once that '
        "is mended, the person who runs this can send it again."
    ),
    "undelivered to a channel": (
        "Falcon 2: #falcon could not be told: Slack: invalid_blocks. Once that is mended, "
        "the person who runs this can send it again."
    ),
}


@pytest.mark.parametrize("name", HAPPENINGS)
def test_news_are_told_from_data(store: Store, name: str) -> None:
    found = news_of(store, name)
    assert "text" not in found.facts
    assert found.facts["event"] == HAPPENINGS[name][0]
    contexts = ContextLoader(store, documents=Path("/nowhere"))
    # a year later as well: the days of an event are told as when it happened
    later = [] if found.asks else [NOW + timedelta(days=365)]
    for now in (NOW, *later):
        message = contexts.of(SLUG, now=now).message(found, now=now)
        assert message.sentence == SENTENCES[name]
        assert message.headline is None


@pytest.mark.parametrize("name", HAPPENINGS)
def test_news_stored_as_a_sentence_before_is_told_by_it(
    store: Store, name: str
) -> None:
    found = news_of(store, name)
    old = old_notice(name)
    assert (found.key, found.to, found.task) == (old.key, old.to, old.task)
    context = ContextLoader(store, documents=Path("/nowhere")).of(SLUG, now=NOW)
    assert clean(old.facts["text"]) in context.message(old, now=NOW).sentence


#: events that were told from data from their beginning: no sentence was ever stored
YOUNGER = {
    NewsEvent.EDITED,
    NewsEvent.CLOSED,
    NewsEvent.CHECK_REOPENED,
    NewsEvent.HELP_WANTED,
    NewsEvent.HELP_ANSWERED,
    NewsEvent.CARD_FLAGGED,
    NewsEvent.CARD_STALE,  # told by older versions only
    NewsEvent.CARD_CHANGE,
    NewsEvent.CONTENT_REFUSED,
    NewsEvent.EXTENSION_LAPSED,
    NewsEvent.AT_RISK,
    NewsEvent.ON_TRACK,
    NewsEvent.LAUNCH_DAY_PASSED,
    NewsEvent.GATE_PASSED,
    NewsEvent.WAIVER_ENDED,
    NewsEvent.STUCK,
    NewsEvent.SHARED_CHANNEL,
    NewsEvent.UNDONE,
    NewsEvent.UNBLOCKED,
    NewsEvent.NOT_WRITTEN,
}


def test_every_event_happens_in_a_test() -> None:
    assert {event for event, _ in HAPPENINGS.values()} | YOUNGER == set(NewsEvent)
    assert set(OLD_NOTICES) == set(HAPPENINGS)


@pytest.mark.parametrize("event", NewsEvent)
def test_news_without_its_data_or_its_task_is_told_all_the_same(
    event: NewsEvent,
) -> None:
    for key in ("battlecard:redis", "gone", None):
        about = notice("news", key, event=event)
        assert compose(about, launch(task()), reader=READER).sentence


def test_news_about_a_task_that_is_gone_names_its_key() -> None:
    facts = {"by": "legal@example.com", "due": "2027-02-11", "granted": True}
    about = notice("news", "gone", event="extension answered", **facts)
    told = compose(about, launch(task()), reader=READER)
    assert told.sentence == (
        'Valkey 9.0: More time for "gone" granted: now due Thu 11 Feb, says Counsel.'
    )


def test_a_request_about_a_task_that_is_gone_is_over() -> None:
    about = notice("news", "gone", event="blocked", by="legal@example.com", note=None)
    told = compose(about, launch(task()), reader=READER)
    assert told.sentence == "A task was taken out of Valkey 9.0."


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (
            {"event": "card due", "name": "Redis", "review_on": "2027-02-03"},
            "Please review the card on Redis (Valkey 9.0) by Wed 3 Feb, in 2 working days.",
        ),
        (
            {"event": "card due", "name": "Redis", "review_on": "2027-01-29"},
            "Overdue, was due Fri 29 Jan: please review the card on Redis (Valkey 9.0).",
        ),
        (
            {"event": "card flagged", "name": "Redis", "quote": "It is slow"},
            (
                'Please check this line of the card on Redis (Valkey 9.0): "It is slow". '
                "Counsel says that it is wrong: Measure it."
            ),
        ),
    ],
)
def test_news_of_a_card_say_what_is_wanted_and_how_it_ends(
    facts: dict[str, object], says: str
) -> None:
    by = {"by": "legal@example.com", "note": "Measure it"}
    told = compose(notice("news", **facts, **by), launch(task()), reader=READER)
    assert told.sentence == says
    ends = "Product lead updates the launch with the changed ledger"
    assert ends in told.paragraphs[0]


def test_the_lead_who_keeps_a_card_updates_the_launch_themself() -> None:
    about = notice("news", to="lead@example.com", event="card due", name="Redis")
    kept = launch(task(owner="lead@example.com"))
    (steps,) = compose(about, kept, reader=READER).paragraphs
    assert steps.endswith("Then update the launch with the changed ledger.")


def test_an_unknown_event_with_a_text_is_told_by_its_text() -> None:
    about = notice("news", None, event="of a later version", text="It happened")
    told = compose(about, launch(), reader=READER)
    assert told.sentence == "Valkey 9.0: It happened."


def test_news_of_more_time_with_the_facts_of_an_older_version_is_told() -> None:
    passes = {"starts": ["training"], "anchor": "launch", "anchor_on": "2027-02-09"}
    facts = {"by": "pmm@example.com", "until": "2027-02-10", "passes": passes}
    told = compose(
        notice("news", event="extended", **facts), launch(task()), reader=READER
    )
    assert told.sentence == (
        'Valkey 9.0: Product marketing needs until Wed 10 Feb for "Battlecard: Redis Open '
        'Source", after the last day on which 1 other task can be started in time and '
        "after the launch day."
    )


def test_news_of_a_move_names_the_days_before_and_after():
    changes = [
        {
            "task": "battlecard:redis",
            "title": "Battlecard",
            "due_before": "2027-02-04",
            "due": "2027-02-08",
        },
        {
            "task": "training",
            "title": "Training",
            "due_before": "2027-02-10",
            "due": "2027-02-12",
        },
    ]
    text, shown = said(
        notice("news", None, changes=changes, launch_on="2027-03-09"),
        launch(BATTLECARD),
    )
    assert text == (
        "Valkey 9.0: launch day Tue 9 Mar; 2 due days of yours moved: "
        '"Battlecard": Thu 4 Feb → Mon 8 Feb; "Training": Wed 10 Feb → Fri 12 Feb.'
    )
    assert shown == [text]


@pytest.mark.parametrize(
    ("facts", "said_first"),
    [
        (
            {"note": "Legal needs a week."},
            "Product lead moved the launch day from Tue 2 Mar to Tue 9 Mar (Legal needs a week)",
        ),
        (
            {},
            "Product lead moved the launch day from Tue 2 Mar to Tue 9 Mar",
        ),
        (
            {"launch_before": "2027-03-09"},
            "Product lead planned the launch again; its day stays Tue 9 Mar",
        ),
    ],
)
def test_news_of_a_move_say_who_moved_it_and_why(facts, said_first):
    move = {"launch_before": "2027-03-02", "launch_on": "2027-03-09", **facts}
    day = {"title": "Battlecard", "due_before": "2027-02-04", "due": "2027-02-08"}
    about = notice("news", None, changes=[day], by="lead@example.com", **move)
    assert said(about, launch(BATTLECARD))[0] == (
        f"Valkey 9.0: {said_first}; 1 due day of yours moved: "
        '"Battlecard": Thu 4 Feb → Mon 8 Feb.'
    )


@pytest.mark.parametrize("event", ["card due", "card stale"])
@pytest.mark.parametrize("status", ["waiting", "ready", "review", "done"])
def test_news_of_a_card_offer_its_review_and_no_work_on_its_task(event, status):
    shown = launch(task(status=TaskStatus(status)))
    about = notice("news", event=event, card="redis")
    found = compose(about, shown, reader=READER)
    assert [each.name for each in found.actions] == [
        "card_verify",
        "card_change",
        "card_open",
    ]
    assert found.subject == Subject("valkey-9", "redis")


@pytest.mark.parametrize("status", ["waiting", "ready", "review", "done"])
def test_news_of_a_doubted_line_ask_whether_it_holds(status):
    about = notice("news", event="card flagged", claim="redis.y1", quote="Slow")
    found = compose(about, launch(task(status=TaskStatus(status))), reader=READER)
    assert [each.name for each in found.actions] == [
        "card_uphold",
        "card_concede",
    ]
    assert found.subject == Subject("valkey-9", "redis.y1")


def test_news_of_an_edit_name_the_person_and_the_parts():
    days = {"due_before": "2027-02-10", "due": "2027-02-08"}
    training = {"task": "training", "title": "Training", **days}
    changes = [
        {**training, "field": "days", "from": 2, "to": 4},
        {**training, "field": "after", "from": [], "to": [BATTLECARD.key, "demo"]},
        {**training, "field": "due", "from": "2027-02-10", "to": "2027-02-08"},
    ]
    text, shown = said(
        notice(
            "news",
            None,
            event="edited",
            by="lead@example.com",
            note="It is more work.",
            changes=changes,
        ),
        launch(BATTLECARD),
    )
    assert text == (
        'Valkey 9.0: Product lead changed your work (It is more work): "Training": days 2 → 4; '
        '"Training": waits for none → "Battlecard: Redis Open Source", demo; '
        '"Training": Wed 10 Feb → Mon 8 Feb.'
    )
    assert shown == [text]


@pytest.mark.parametrize(
    ("dropped", "words"),
    [(0, "0 open tasks were"), (1, "1 open task was"), (2, "2 open tasks were")],
)
def test_a_launch_that_a_person_closed_is_not_said_to_have_all_its_work_done(
    dropped: int, words: str
) -> None:
    facts = {
        "event": "finished",
        "by": "lead@example.com",
        "note": "Sold.",
        "dropped": dropped,
    }
    sentence = said(notice("news", **facts), launch())[0]
    assert (
        sentence
        == f"Valkey 9.0: Product lead closed the launch (Sold); {words} dropped."
    )


def test_news_in_words_are_told_once():
    assert said(notice("news", text="Redis changed its licence"), launch(BATTLECARD))[
        0
    ] == ("Valkey 9.0: Redis changed its licence.")
    assert (
        said(notice("news", text="Valkey 9.0: every task is done."), launch())[0]
        == "Valkey 9.0: every task is done."
    )


def test_a_cancellation_says_by_whom_and_why():
    text, _ = said(
        notice("cancelled", None, by="lead@example.com", note="We wait for 9.1"),
        launch(),
    )
    assert (
        text
        == "Valkey 9.0 is cancelled by Product lead: We wait for 9.1. Nothing is left to do for it."
    )


def test_many_changes_are_listed_below_the_sentence() -> None:
    changes = [
        {"title": f"Task {at}", "due_before": "2027-02-04", "due": "2027-02-08"}
        for at in range(5)
    ]
    text, shown = said(notice("news", None, changes=changes), launch())
    assert text == "Valkey 9.0: 5 due days of yours moved."
    assert shown[1].count("→") == 5


def test_news_about_a_task_offers_what_its_reader_can_do() -> None:
    def offered(to: str, **state: object) -> tuple[str, ...]:
        found = notice("news", to=to, event="blocked", by="pmm@example.com")
        message = compose(found, launch(task(**state)), reader=READER)
        return tuple(action.name for action in message.actions)

    blocked = {"status": TaskStatus.BLOCKED}
    assert offered("lead@example.com", **blocked) == ("reply", "unblock", "open")
    assert offered("lead@example.com") == ()
    assert offered("#valkey", **blocked) == ()
    assert offered("lead@example.com", status=TaskStatus.DONE) == ()


def test_old_news_give_no_buttons_to_a_person_who_has_the_task_by_now() -> None:
    deputy = "deputy@example.com"
    facts = {"by": "pmm@example.com", "until": "2027-02-11", "due": "2027-02-11"}
    for event in ("blocked", "help wanted", "extended", "extension answered"):
        held = task(in_hands_of=deputy, status=TaskStatus.BLOCKED)
        about = notice("news", to=deputy, event=event, **facts)
        message = compose(about, launch(held), reader=READER)
        assert not {"begin", "done", "extend"} & {each.name for each in message.actions}


def test_an_answer_about_more_time_offers_work_as_long_as_it_is_true() -> None:
    answered = {"event": "extension answered", "by": "lead@example.com"}

    def offered(due: str) -> set[str]:
        about = notice("news", to="pmm@example.com", due=due, **answered)
        message = compose(about, launch(task()), reader=READER)
        return {each.name for each in message.actions}

    assert "done" in offered(task().due.isoformat())
    assert offered("2027-01-04") == {"open"}
