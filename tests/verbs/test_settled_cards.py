from __future__ import annotations

from typing import Any

from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import flag, revise
from tests.desk import OTHER, SELLER, desk_brief, question, uses, with_desk
from tests.launches import LEAD, NOW, PMM, SLUG, at, notices, sentence_of

CLAIM = "osprey.s1"
LATER = at("01-12")


def brief_saying(text: str | None, **changes: Any) -> Brief:
    """The brief of the launch with another text for the doubted line, or without it."""
    written: dict[str, Any] = desk_brief(**changes).model_dump(
        mode="json", by_alias=True
    )
    osprey = written["positioning"]["alternatives"][0]["claims"]
    for section, lines in osprey.items():
        if isinstance(lines, list):
            osprey[section] = [
                line | {"claim": text} if line["id"] == "s1" else line
                for line in lines
                if line["id"] != "s1" or text
            ]
    return Brief.kept(written)


def answers(store: Store) -> list[tuple[str, str]]:
    return [
        (each.to, sentence_of(store, each, now=LATER))
        for each in notices(store, "answer")
    ]


def test_a_line_that_is_written_anew_is_not_doubted_any_more(store: Store) -> None:
    with_desk(store)
    for person in (SELLER, OTHER):
        flag(store, SLUG, CLAIM, by=person, now=NOW)
    revise(store, SLUG, brief_saying("Osprey is rarely known"), by=LEAD, now=LATER)
    assert all(each.settled_at == LATER for each in uses(store))
    assert (question(store).answered_by, question(store).answered_at) == (LEAD, LATER)
    (asked,) = notices(store, "question")
    assert sentence_of(store, asked, now=LATER).startswith("Answered by Lee")
    told = dict(answers(store))
    assert set(told) == {SELLER, OTHER}
    assert 'Lee answers: the card says now: "Osprey is rarely known"' in told[SELLER]


def test_one_doubt_about_a_line_that_is_taken_out_ends_too(store: Store) -> None:
    with_desk(store)
    flag(store, SLUG, CLAIM, by=SELLER, now=NOW)
    revise(store, SLUG, brief_saying(None), by=LEAD, now=LATER)
    (note,) = notices(store, "news")
    assert note.to == PMM
    assert sentence_of(store, note, now=LATER) == (
        'The line "Osprey is well known" of the card on Osprey Data Hub was taken out by Lee.'
    )
    ((to, said),) = answers(store)
    assert to == SELLER
    assert "the line is not on the card any more" in said


def test_an_update_that_leaves_the_line_as_it_is_settles_nothing(store: Store) -> None:
    with_desk(store)
    flag(store, SLUG, CLAIM, by=SELLER, now=NOW)
    same = brief_saying("Osprey is well known", answer_within=4)
    revise(store, SLUG, same, now=LATER)
    assert [each.settled_at for each in uses(store)] == [None]
    assert answers(store) == []
