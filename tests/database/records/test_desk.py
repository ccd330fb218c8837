from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from launch_kits.database.records import CardUse, CardUseKind, FaqStatus, Question
from launch_kits.database.store import Store
from tests.launches import NOW, SLUG, opened


def add(store: Store, row: CardUse | Question) -> None:
    with store.write() as session:
        session.add(row)


def question(**given: Any) -> Question:
    columns = {
        "asked_by": "s@example.com",
        "asked_at": NOW,
        "text": "?",
        "owner": "o@example.com",
        "due_at": NOW,
    }
    return Question(launch=SLUG, **{**columns, **given})


def use(kind: str, claim: str | None, at: datetime = NOW) -> CardUse:
    return CardUse(
        launch=SLUG, card="osprey", kind=kind, claim=claim, by="s@example.com", at=at
    )


@pytest.mark.parametrize("status", FaqStatus)
def test_every_status_of_the_faq_is_known(store: Store, status: FaqStatus) -> None:
    add(opened(store), question(faq=status))


@pytest.mark.parametrize(
    "row",
    [
        lambda: question(answer="Yes"),
        lambda: question(answered_at=NOW),
        lambda: question(faq="perhaps"),
        lambda: use("read", None),
        lambda: use(CardUseKind.FLAGGED, None),
        lambda: use(CardUseKind.OPENED, "osprey.y1"),
    ],
)
def test_the_database_refuses_half_a_row(store: Store, row: Any) -> None:
    opened(store)
    with pytest.raises(Exception, match=r"(?i)constraint"):
        add(store, row())
