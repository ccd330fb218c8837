from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from launch_kits.database.queries import find_launch
from launch_kits.verbs import cancel, done, drop, move, reopen
from tests.launches import KEYS, LEAD, NOW, PMM, SLUG, events
from tests.slack.block_kit import problems_of_view
from tests.slack.office import Office, words

ABOUT = json.dumps({"launch": SLUG})


def launch_on(office: Office) -> str:
    with office.store.read() as session:
        return find_launch(session, SLUG).launch_on.isoformat()


def test_a_move_is_previewed_and_then_confirmed(falcon_office: Office) -> None:
    falcon_office.type(LEAD, "move falcon")
    _, form = falcon_office.slack.modals[-1]
    assert problems_of_view(form) == []
    assert words(form)[:2] == [
        "Falcon 2\nThe launch day is Tue 9 Feb.",
        "New launch day [2027-02-09]",
    ]
    answered = falcon_office.fill(LEAD, launch_on="2027-02-16", note="A fair")
    shown = words(answered["view"])
    assert shown[:2] == [
        "Falcon 2\nLaunch day: Tue 9 Feb → Tue 16 Feb.\nRelease day: Tue 9 Feb → Tue 16 Feb.",
        "The work can be done by then.",
    ] or shown[0].startswith("Falcon 2\nLaunch day: Tue 9 Feb → Tue 16 Feb.")
    assert '• "Positioning" (Pia): Mon 1 Feb → Mon 8 Feb' in shown[2]
    assert shown[-2].startswith("Will be told: Pia, ")
    assert shown[-1] == "Nothing is changed yet."
    assert answered["view"]["submit"]["text"] == "Move it"
    assert launch_on(falcon_office) == "2027-02-09"
    assert falcon_office.fill(LEAD) == {"response_action": "clear"}
    assert launch_on(falcon_office) == "2027-02-16"
    (event,) = events(falcon_office.store, verb="move")
    assert (event.by, event.note) == (LEAD, "A fair")
    assert falcon_office.told.startswith("Falcon 2 is moved to Tue 16 Feb; told: Pia, ")


def test_work_is_planned_again_once_the_lead_saw_whose_days_move(
    falcon_office: Office,
) -> None:
    falcon_office.now += timedelta(days=8)
    falcon_office.type(LEAD, "replan falcon")
    _, form = falcon_office.slack.modals[-1]
    assert problems_of_view(form) == []
    shown = words(form)
    assert "other planned days than before: of Pia (" in shown[1]
    assert shown[2:] == [
        "The launch day and the due days stay.",
        "Nothing is changed yet.",
    ]
    assert events(falcon_office.store, verb="move") == []
    falcon_office.fill(LEAD)
    assert falcon_office.told == "Falcon 2 is planned again."
    (event,) = events(falcon_office.store, verb="move")
    assert event.by == LEAD
    falcon_office.type(LEAD, "replan falcon")
    assert words(falcon_office.slack.modals[-1][1])[1] == "No planned day would move."
    falcon_office.fill(LEAD)
    assert falcon_office.told == "Falcon 2 is planned so already; nothing changed."
    assert len(events(falcon_office.store, verb="move")) == 1


def test_a_move_that_is_too_soon_says_by_how_much(falcon_office: Office) -> None:
    falcon_office.click(LEAD, "launch_move", ABOUT)
    view = falcon_office.fill(LEAD, launch_on="2027-01-14")["view"]
    assert view["submit"]["text"] == "Move it anyway"
    assert any(
        each.startswith("Too soon: ")
        and "earliest day that works by the dates alone is" in each
        for each in words(view)
    )
    falcon_office.fill(LEAD)
    assert launch_on(falcon_office) == "2027-01-14"


def launched(office: Office) -> None:
    """Every task is done, but the one that comes after the launch day."""
    for key in KEYS[:-1]:
        drop(office.store, SLUG, key, now=NOW)
    reopen(office.store, SLUG, "go_live", now=NOW)
    done(office.store, SLUG, "go_live", now=NOW)


WAS_LAUNCHED = "Falcon 2 was launched on Mon 11 Jan, so there is nothing left to move."


def test_a_launch_that_took_place_is_not_moved(falcon_office: Office) -> None:
    launched(falcon_office)
    falcon_office.click(LEAD, "launch_move", ABOUT)
    assert falcon_office.slack.modals == []
    assert falcon_office.told == WAS_LAUNCHED


@pytest.mark.parametrize("previewed", [False, True])
def test_a_form_asks_again_whether_the_launch_took_place(
    falcon_office: Office, previewed: bool
) -> None:
    falcon_office.click(LEAD, "launch_move", ABOUT)
    if previewed:
        falcon_office.fill(LEAD, launch_on="2027-02-16")
        launched(falcon_office)
        assert falcon_office.fill(LEAD) == {"response_action": "clear"}
        said = falcon_office.told
    else:
        launched(falcon_office)
        (said,) = falcon_office.fill(LEAD, launch_on="2027-02-16")["errors"].values()
    assert WAS_LAUNCHED in said
    assert launch_on(falcon_office) == "2027-02-09"


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        ("2027-01-08", "Pick a day from today on."),
        ("2027-02-09", "It is on that day already. Pick another day."),
    ],
)
def test_a_useless_day_is_refused(falcon_office: Office, day: str, fault: str) -> None:
    # its work is planned for the day that it has
    move(falcon_office.store, SLUG, on=date(2027, 2, 9), now=falcon_office.now)
    falcon_office.click(LEAD, "launch_move", ABOUT)
    assert falcon_office.fill(LEAD, launch_on=day)["errors"] == {"launch_on": fault}


@pytest.mark.parametrize(
    ("action", "act"),
    [
        ("launch_move", "move Falcon 2"),
        ("launch_replan", "move Falcon 2"),
        ("launch_add", "add a task to Falcon 2"),
        ("launch_cancel", "cancel Falcon 2"),
        ("launch_invite", "change Falcon 2"),
    ],
)
def test_only_the_lead_changes_the_launch(
    falcon_office: Office, action: str, act: str
) -> None:
    falcon_office.click(PMM, action, ABOUT)
    assert falcon_office.slack.modals == []
    assert falcon_office.told == f"Nothing was changed: only Lee can {act}."
    cancel(falcon_office.store, SLUG, now=NOW)
    falcon_office.click(LEAD, action, ABOUT)
    assert falcon_office.told == (
        "Falcon 2 is cancelled, so nothing can be changed in it."
    )


def test_a_launch_is_cancelled_with_a_reason(falcon_office: Office) -> None:
    falcon_office.click(LEAD, "launch_cancel", ABOUT)
    assert words(falcon_office.slack.modals[-1][1])[0] == (
        "Falcon 2 ends, and its open tasks with it. Will be told: Pia, Lou, Sam."
    )
    assert falcon_office.fill(LEAD)["errors"] == {"note": "Please write a few words."}
    falcon_office.fill(LEAD, note="No market")
    (event,) = events(falcon_office.store, verb="cancel")
    assert (event.by, event.note) == (LEAD, "No market")
    assert falcon_office.told == "Falcon 2 is cancelled."
