from __future__ import annotations

from pathlib import Path

import pytest

from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.errors import NotYours
from launch_kits.settings import Settings
from launch_kits.verbs import approve, done, reject
from launch_kits.verbs.content_approval import ask_again
from launch_kits.views.documents import read_documents
from launch_kits.worker import step
from tests.launches import (
    LEGAL,
    PMM,
    SLUG,
    STRANGER,
    at,
    events,
    notices,
    status,
)
from tests.launches import (
    _message_of as message_of,
)

CARD = "battlecard:kite"
NOW = at("01-13")
LATER = at("01-14")
LAST = at("01-15")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)})


@pytest.fixture
def approved(falcon: Store, settings: Settings) -> Store:
    """The small launch with an approved card."""
    for key in ("positioning", CARD):
        done(falcon, SLUG, key, now=NOW)
        step.write_documents(falcon, SLUG, settings=settings, now=NOW)
    approve(falcon, SLUG, CARD, now=NOW)
    step.write_documents(falcon, SLUG, settings=settings, now=NOW)
    return falcon


def edit(settings: Settings, text: str) -> None:
    path = settings.documents / SLUG / "battlecard-kite.md"
    path.write_text(text, "utf-8")


def asked(store: Store) -> list[Notice]:
    return [each for each in notices(store, "review") if "content" in each.facts]


def card(store: Store, settings: Settings):
    with store.read() as session:
        found = read_documents(session, SLUG, now=LAST, documents=settings.documents)
    return next(each for each in found if each.task == CARD)


def test_an_unchanged_document_is_not_asked_about(
    approved: Store, settings: Settings
) -> None:
    step.review_contents(approved, settings=settings, now=LATER)
    assert asked(approved) == []


def test_the_approver_is_asked_once_and_sees_the_difference(
    approved: Store, settings: Settings
) -> None:
    edit(settings, "Our own words.\n")
    for _ in range(2):
        step.review_contents(approved, settings=settings, now=LATER)
    (question,) = asked(approved)
    assert question.to == LEGAL
    assert status(approved, CARD) == "done"
    message = message_of(approved, question, now=LATER)
    assert "again: its content has changed" in message.sentence
    assert message.paragraphs == ["A person edited the document."]
    assert [action.name for action in message.actions] == ["approve", "reject", "open"]


def test_yes_renews_the_approval(approved: Store, settings: Settings) -> None:
    edit(settings, "Our own words.\n")
    step.review_contents(approved, settings=settings, now=LATER)
    assert card(approved, settings).out_of_date
    assert approve(approved, SLUG, CARD, now=LAST, note="As we say it").changed
    assert events(approved, key=CARD)[-1].note == "As we say it"
    found = card(approved, settings)
    assert (found.out_of_date, found.approved_at) == (False, LAST)
    step.review_contents(approved, settings=settings, now=LAST)
    assert [bool(each.closed) for each in asked(approved)] == [True]
    assert not approve(approved, SLUG, CARD, now=LAST).changed


def test_no_tells_the_owner_and_leaves_it_out_of_date(
    approved: Store, settings: Settings
) -> None:
    edit(settings, "Our own words.\n")
    step.review_contents(approved, settings=settings, now=LATER)
    reject(approved, SLUG, CARD, now=LAST, note="Too bold")
    step.review_contents(approved, settings=settings, now=LAST)
    assert card(approved, settings).out_of_date
    assert status(approved, CARD) == "done"
    (news,) = [
        each
        for each in notices(approved, "news")
        if each.facts.get("event") == "content refused"
    ]
    assert news.to == PMM
    told = message_of(approved, news, now=LAST).sentence
    assert "does not approve the changed document" in told
    assert "Too bold" in told


def test_another_change_replaces_the_question(
    approved: Store, settings: Settings
) -> None:
    for text, now in (("One.\n", LATER), ("Two.\n", LAST)):
        edit(settings, text)
        step.review_contents(approved, settings=settings, now=now)
    first, second = sorted(asked(approved), key=lambda each: each.facts["version"])
    assert (first.closed or {}).get("why") == "replaced"
    assert second.closed is None


def test_only_the_approver_answers(approved: Store, settings: Settings) -> None:
    edit(settings, "Our own words.\n")
    step.review_contents(approved, settings=settings, now=LATER)
    with pytest.raises(NotYours):
        approve(approved, SLUG, CARD, by=STRANGER, now=LAST)


def test_a_task_without_an_approver_asks_no_one(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    how = {"version": 2, "digest": "d", "changes": [], "now": LATER}
    assert not ask_again(falcon, SLUG, "positioning", **how)
