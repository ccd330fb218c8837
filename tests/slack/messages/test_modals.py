from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from launch_kits.plan import Missed
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.modals import (
    block_modal,
    done_modal,
    extend_modal,
    reject_modal,
)
from launch_kits.verbs import ExtensionPreview, ExtensionVerdict
from launch_kits.verbs.extension_effects import Effect, LateAnchor
from launch_kits.views.notices.task_notice import TaskNotice
from tests.slack.block_kit import problems_of_view
from tests.slack.office import words
from tests.slack.views import READER, launch, notice, task

PLACE = ActionPlace(launch="valkey-9", task="battlecard:redis", channel="D1", ts="1.1")
SUBJECT = (
    '"Battlecard: Redis Open Source" (Valkey 9.0)\nDue Thu 4 Feb, in 3 working days.'
)
DUE = date(2027, 2, 4)
PICKED = date(2027, 2, 11)
PREVIEW = ExtensionPreview(
    until=PICKED,
    due=DUE,
    expected=date(2027, 2, 1),
    verdict=ExtensionVerdict.ASKED,
    effect=Effect((), ()),
)
NOTHING = "No other task becomes late because of it."
TRAINING_LATE = Effect((Missed("training", 1),), ())
LAUNCH_LATE = Effect((), (LateAnchor("launch", date(2027, 2, 9), date(2027, 2, 11)),))


def about(**changes: object) -> TaskNotice:
    found = task(**changes)
    others = [task(f"t{at}", f"Task {at}") for at in range(12)]
    view = launch(found, task("training", "Training"), *others)
    return TaskNotice(notice(), view, found, READER)


def extended(preview: ExtensionPreview | None, **more: object) -> list[str]:
    view = extend_modal(about(), PLACE, picked=PICKED, preview=preview, **more)
    assert problems_of_view(view) == []
    shown = words(view)
    assert (shown[0], shown[1]) == (SUBJECT, "Until which day? [2027-02-11]")
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
    assert words(view)[-1] == "Counsel is asked to approve it."
    own = done_modal(about(approver="pmm@example.com"), PLACE)
    assert own["submit"]["text"] == "Done"


def test_blocked_needs_a_reason_and_says_who_is_told():
    view = block_modal(about(), PLACE, hears="Product lead is told Mon 9:00.")
    assert problems_of_view(view) == []
    assert words(view) == [
        SUBJECT,
        "What is in the way? []",
        "Who can help? (optional) []",
        "Product lead is told Mon 9:00.",
    ]


def test_each_modal_carries_the_place_of_its_answer():
    place = replace(PLACE, until="2027-02-11")
    for view in (
        done_modal(about(), place),
        block_modal(about(), place, hears=None),
        extend_modal(about(), place, picked=PICKED, preview=None),
        reject_modal(about(), place),
    ):
        assert ActionPlace.unpack(view["private_metadata"]) == place


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"verdict": "granted", "due": date(2027, 2, 16)},
            [
                "Take more time",
                "You can take it without asking: it stays due Tue 16 Feb.",
                NOTHING,
            ],
        ),
        (
            {"verdict": "moved", "effect": TRAINING_LATE},
            [
                "Move the due day",
                "You lead this launch, so it is due Thu 11 Feb instead of Thu 4 Feb.",
                '"Training" can then be 1 day late.',
            ],
        ),
        (
            {"effect": LAUNCH_LATE},
            [
                "Ask",
                "Product lead is asked, since it is due Thu 4 Feb at the latest.",
                "Work due by the launch day, Tue 9 Feb, then ends on Thu 11 Feb.",
            ],
        ),
        (
            {"until": date(2027, 2, 10)},
            [
                "Ask",
                "Wed 10 Feb is the last working day by then.",
                "Product lead is asked, since it is due Thu 4 Feb at the latest.",
                NOTHING,
            ],
        ),
        (
            {"verdict": "not later"},
            ["Take more time", "It is expected on Mon 1 Feb even without more time."],
        ),
        (
            {"verdict": "granted already"},
            ["Take more time", "It has until Thu 11 Feb already."],
        ),
        (
            {"verdict": "asked already"},
            [
                "Ask",
                "Thu 11 Feb is asked for already; Product lead has not answered yet.",
            ],
        ),
    ],
)
def test_more_time_shows_the_effects_of_the_picked_day(changes, said):
    verdict = ExtensionVerdict(changes.get("verdict", "asked"))
    assert extended(replace(PREVIEW, **{**changes, "verdict": verdict})) == said


def test_many_late_tasks_are_counted():
    late = Effect(tuple(Missed(f"t{number}", 2) for number in range(12)), ())
    *_, last = extended(replace(PREVIEW, effect=late))
    assert last == (
        '"Task 0", "Task 1", "Task 2" and "Task 3" can then be 2 days late, '
        "and 8 more tasks are late too."
    )


def test_without_effects_more_time_shows_why():
    assert extended(None) == ["Take more time", "Pick a day to see its effect."]
    assert extended(None, refused="That day is past.") == [
        "Take more time",
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


def test_a_form_names_the_person_who_acts_for_an_absent_one():
    away = SimpleNamespace(reached=lambda _, besides=(): "legal@example.com")
    seen = about(approver="absent@example.com")
    seen = replace(seen, launch=replace(seen.launch, away=away))
    assert words(done_modal(seen, PLACE))[-1] == "Counsel is asked to approve it."
    view = extend_modal(seen, PLACE, picked=PICKED, preview=PREVIEW)
    assert "Counsel is asked, since it is due" in " ".join(words(view))
