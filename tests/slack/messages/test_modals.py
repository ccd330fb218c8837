from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.modals import (
    block_modal,
    done_modal,
    extend_modal,
    reject_modal,
)
from launch_kits.verbs import ExtensionPreview
from launch_kits.views.notices.task_notice import TaskNotice
from tests.slack.block_kit import problems_of_view
from tests.slack.office import words
from tests.slack.views import READER, launch, notice, task

PLACE = ActionPlace(launch="valkey-9", task="battlecard:redis", channel="D1", ts="1.1")
SUBJECT = "Battlecard: Redis Open Source\nValkey 9.0, due Thu 4 Feb, in 3 working days"
DUE, PICKED = date(2027, 2, 4), date(2027, 2, 11)
PREVIEW = ExtensionPreview(
    until=PICKED, due=DUE, granted=True, beyond=5, spare=9, followers=(), anchor=None
)


def about(**changes: object) -> TaskNotice:
    found = task(**changes)
    return TaskNotice(notice(), launch(found), found, READER)


def extended(preview: ExtensionPreview | None, **more: object) -> list[str]:
    view = extend_modal(about(), PLACE, picked=PICKED, preview=preview, **more)
    assert problems_of_view(view) == []
    shown = words(view)
    assert (shown[0], shown[1]) == (SUBJECT, "New due day [2027-02-11]")
    assert shown[3] == "Why? (optional) []"
    return [view["submit"]["text"], *shown[2].split("\n")]


def test_done_asks_for_a_link_and_a_note_beside_the_checklist():
    view = done_modal(about(), PLACE)
    assert problems_of_view(view) == []
    assert words(view) == [
        SUBJECT,
        'Checklist: ☐ Every claim has a source / ☐ "Where they win" is honest',
        "Link to the result (optional) []",
        "Note (optional) []",
    ]
    assert (view["callback_id"], view["submit"]["text"]) == ("task_done", "Done")


def test_done_offers_the_checks_that_it_meets():
    checks = [("sales.cards", "Cards are read"), ("sales.trained", "Sellers " * 30)]
    view = done_modal(about(), PLACE, checks=checks)
    assert problems_of_view(view) == []
    assert "This meets (optional) []" in words(view)
    (boxes,) = [block for block in view["blocks"] if block.get("block_id") == "checks"]
    shown = [
        (each["value"], each["text"]["text"]) for each in boxes["element"]["options"]
    ]
    assert shown[0] == ("sales.cards", "Cards are read")


def test_work_with_an_approver_is_handed_in():
    view = done_modal(about(approver="legal@example.com"), PLACE)
    assert view["submit"]["text"] == "Hand in"
    assert words(view)[-1] == "It goes to Counsel to approve."
    own = done_modal(about(approver="pmm@example.com"), PLACE)
    assert own["submit"]["text"] == "Done"


def test_blocked_needs_a_reason_and_says_who_is_told():
    view = block_modal(about(), PLACE)
    assert problems_of_view(view) == []
    assert words(view) == [
        SUBJECT,
        "What is in the way? []",
        "Who or what can clear it? (optional) []",
        "Product lead is told right away, so that you get help.",
    ]


def test_each_modal_carries_the_place_of_its_answer():
    place = replace(PLACE, until="2027-02-11")
    for view in (
        done_modal(about(), place),
        block_modal(about(), place),
        extend_modal(about(), place, picked=PICKED, preview=None),
        reject_modal(about(), place),
    ):
        assert ActionPlace.unpack(view["private_metadata"]) == place


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {},
            [
                "Move the day",
                "Granted at once: within the float of 9 working days.",
                "Nobody else has to move.",
            ],
        ),
        (
            {"spare": 1, "followers": ("Training", "Go live")},
            [
                "Move the day",
                "Granted at once, since you lead this launch.",
                "It passes the latest start of: Training; Go live.",
            ],
        ),
        (
            {"granted": False, "spare": -3, "anchor": ("launch", date(2027, 2, 9))},
            [
                "Ask",
                (
                    "Goes to Product lead to approve: "
                    "5 working days beyond the float of 0 working days."
                ),
                "It passes the launch day, Tue 9 Feb.",
            ],
        ),
        (
            {"until": date(2027, 2, 10)},
            [
                "Move the day",
                "Wed 10 Feb is the last working day by then.",
                "Granted at once: within the float of 9 working days.",
                "Nobody else has to move.",
            ],
        ),
        ({"until": DUE}, ["Move the day", "It is due Thu 4 Feb already."]),
    ],
)
def test_more_time_shows_the_effects_of_the_picked_day(changes, said):
    assert extended(replace(PREVIEW, **changes)) == said


def test_many_followers_are_counted():
    titles = tuple(f"Task {number}" for number in range(12))
    *_, last = extended(replace(PREVIEW, followers=titles))
    assert last.endswith("Task 7; and 4 more.")


def test_without_effects_more_time_shows_why():
    assert extended(None) == ["Move the day", "Pick a day to see what it moves."]
    assert extended(None, refused="That day is past.") == [
        "Move the day",
        "That day is past.",
    ]


@pytest.mark.parametrize(
    ("until", "title", "asked", "submit"),
    [
        ("", "Send back", "What is still missing? []", "Send back"),
        ("2027-02-11", "Refuse more time", "Why does the day stay? []", "Refuse"),
    ],
)
def test_a_refusal_asks_for_its_reason(until, title, asked, submit):
    view = reject_modal(about(), replace(PLACE, until=until))
    assert problems_of_view(view) == []
    assert (view["title"]["text"], view["submit"]["text"]) == (title, submit)
    assert words(view) == [SUBJECT, asked, "Product marketing reads this."]
