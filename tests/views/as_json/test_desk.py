from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import answer, ask
from launch_kits.views.as_json import card_json, cards_json, desk_json
from launch_kits.views.card_usage import read_card_uses
from launch_kits.views.cards import read_card
from launch_kits.views.desk import read_desk
from tests.desk import LINK, NEW, SELLER, SUPPORT, with_desk
from tests.launches import NOW, SLUG


def test_a_question_has_its_people_instants_and_answer(store: Store) -> None:
    number = ask(with_desk(store), SLUG, NEW, by=SELLER, now=NOW).id
    answer(store, number, text="Yes", source=LINK, now=NOW)
    with store.read() as session:
        assert desk_json(read_desk(session, SLUG, now=NOW)) == [
            {
                "id": number,
                "launch": SLUG,
                "asked_by": SELLER,
                "asked_at": "2027-01-11T15:00:00+00:00",
                "due_at": "2027-01-12T15:00:00+00:00",
                "owner": SUPPORT,
                "status": "answered",
                "question": NEW,
                "about": None,
                "answer": "Yes",
                "source": LINK,
                "answered_by": SUPPORT,
                "answered_at": "2027-01-11T15:00:00+00:00",
                "automatic": False,
                "faq": None,
            }
        ]


def test_a_card_has_its_counts(store: Store) -> None:
    with_desk(store)
    with store.read() as session:
        osprey, _ = cards_json(read_card_uses(session, SLUG))
    assert osprey == {
        "card": "osprey",
        "name": "Osprey Data Hub",
        "owner": "pmm@example.com",
        "opened": 0,
        "copied": 0,
        "flagged": 0,
        "readers": 0,
        "flagged_lines": [],
        "questioned_lines": [],
        "wrong_lines": [],
        "used_at": None,
    }


def test_a_sellers_card_has_its_answer_and_its_lines(store: Store) -> None:
    with_desk(store)
    with store.read() as session:
        card, front = (
            read_card(session, SLUG, "osprey", said=said, now=NOW, words=200)
            for said in ("is it faster?", "")
        )
    assert card is not None
    assert front is not None
    found = card_json(card)
    assert found["answer"] == {
        "ref": "osprey.y1",
        "asks": "Falcon is faster",
        "says": "Falcon is faster",
        "mark": None,
        "source": "https://osprey.example.com",
    }
    assert (card_json(front)["said"], card_json(front)["answer"]) == (None, None)
    assert found["lines"] == card_json(front)["lines"]
