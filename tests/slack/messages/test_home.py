from __future__ import annotations

from launch_kits.verbs import done, submit
from tests.launches import KIT, LEGAL, NOW, PMM, SLUG, STRANGER, at, opened, status
from tests.launches import brief_with as brief
from tests.slack.office import Office, words


def press(office: Office, email: str, action: str, value: str) -> None:
    """Press a button of the App Home."""
    office.click(
        email,
        action,
        value,
        channel="",
        view={"type": "home", "id": "V0"},
        container={"type": "view"},
    )


def test_the_home_shows_my_tasks_across_launches(falcon_office: Office) -> None:
    opened(
        falcon_office.store,
        brief(launch="eagle-1", product="Eagle 1", begin_on="2027-01-11"),
    )
    falcon_office.people.open_home(PMM)
    falcon_office.settle()
    user, view = falcon_office.slack.homes[-1]
    assert user == falcon_office.slack.people[PMM]
    assert [line.split(".")[0] for line in words(view) if "Due" in line][:2] == [
        'Please start "Positioning" (Eagle 1)',
        'Please start "Positioning" (Falcon 2)',
    ]


def test_a_task_for_later_has_no_button_to_start_it(falcon_office: Office) -> None:
    slow = brief(launch="eagle-1", product="Eagle 1", kit=KIT | {"handout": None})
    opened(falcon_office.store, slow)
    done(falcon_office.store, "eagle-1", "positioning", now=NOW)
    falcon_office.people.open_home(LEGAL)
    falcon_office.settle()
    shown = words(falcon_office.slack.homes[-1][1])
    at_later = shown.index("Later")
    review = next(line for line in shown[at_later:] if "Eagle 1" in line)
    assert review.startswith('"Legal review" (Eagle 1) is planned to start Thu 14 Jan')
    assert shown[shown.index(review) + 1] == "[Need more time] [Open]"


def test_another_tab_needs_no_home(falcon_office: Office) -> None:
    falcon_office.people.open_home(PMM, tab="messages")
    falcon_office.settle()
    assert falcon_office.slack.homes == []


def test_an_action_in_the_home_brings_it_up_to_date(falcon_office: Office) -> None:
    press(falcon_office, PMM, "task_begin:2", f"{SLUG}|research")
    assert status(falcon_office.store, "research") == "doing"
    _, view = falcon_office.slack.homes[-1]
    assert words(view)[1] == '"Research" is begun; it is due Mon 8 Feb'
    assert (
        'Please finish "Research" (Falcon 2). Due Mon 8 Feb, in 20 working days; '
        "planned for 11-12 Jan." in words(view)
    )


def test_a_modal_opened_from_the_home_brings_it_up_to_date(
    falcon_office: Office,
) -> None:
    press(falcon_office, PMM, "task_done", f"{SLUG}|positioning")
    falcon_office.fill(PMM)
    _, view = falcon_office.slack.homes[-1]
    assert words(view)[1].startswith(
        '"Positioning" is done; ready now: "Battlecard: Osprey"'
    )


def test_what_is_refused_in_the_home_is_told_there(falcon_office: Office) -> None:
    press(falcon_office, STRANGER, "task_begin", f"{SLUG}|positioning")
    _, view = falcon_office.slack.homes[-1]
    assert "only Pia, Ola or Lee can do this for" in words(view)[1]
    assert words(view)[2] == "Nothing waits for you."


def test_an_approver_answers_in_the_home(falcon_office: Office) -> None:
    done(falcon_office.store, SLUG, "positioning", now=NOW)
    submit(falcon_office.store, SLUG, "battlecard:kite", now=NOW)
    falcon_office.people.open_home(LEGAL)
    falcon_office.settle()
    assert "[Approve] [Send back] [Open]" in words(falcon_office.slack.homes[-1][1])
    press(falcon_office, LEGAL, "task_approve", f"{SLUG}|battlecard:kite")
    assert status(falcon_office.store, "battlecard:kite") == "done"
    assert "[Approve] [Send back] [Open]" not in words(falcon_office.slack.homes[-1][1])


def test_what_is_overdue_says_so(falcon_office: Office) -> None:
    falcon_office.now = at("02-03")
    falcon_office.people.open_home(PMM)
    falcon_office.settle()
    assert any(
        line.startswith("Overdue, was due Mon 1 Feb: please start")
        for line in words(falcon_office.slack.homes[-1][1])
    )


def test_a_person_whose_email_slack_does_not_tell_is_told_so(
    falcon_office: Office,
) -> None:
    falcon_office.forget(PMM)
    falcon_office.slack.shown_as[PMM] = None
    falcon_office.people.open_home(PMM)
    falcon_office.settle()
    shown = words(falcon_office.slack.homes[-1][1])
    assert shown[1].startswith("Slack does not tell the app your email")
    assert shown[2] == "Nothing waits for you."
