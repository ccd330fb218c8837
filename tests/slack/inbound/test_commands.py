from __future__ import annotations

import pytest

from launch_kits.database.queries import find_launch
from launch_kits.database.records import LaunchStatus
from launch_kits.verbs import done, extend
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    PMM,
    SLUG,
    STRANGER,
    at,
    events,
    status,
    task,
)
from tests.slack.office import UI, Office, words
from tests.slack.workspace import typed


def shown(office: Office) -> list[str]:
    return words(office.slack.told[-1])


def test_status_lists_the_launches(falcon_office: Office) -> None:
    falcon_office.type(STRANGER, "status")
    assert shown(falcon_office) == [
        "Launches",
        "Falcon 2, launch day Tue 9 Feb: ░░░░░░░░░░░░░░░░░░░░ 0%",
    ]


def test_status_of_a_launch_is_its_headline_with_its_run(falcon_office: Office) -> None:
    with falcon_office.store.write() as session:
        find_launch(session, SLUG).flow_run_id = "run-1"
    falcon_office.type(LEAD, f"status {SLUG}")
    assert shown(falcon_office)[0].startswith("Falcon 2: on track; 0% ready")
    assert f"Launch page: <{UI}/runs/flow-run/run-1>" in shown(falcon_office)


def test_status_says_how_to_start_a_launch_if_none_is_running(
    falcon_office: Office,
) -> None:
    with falcon_office.store.write() as session:
        launch = find_launch(session, SLUG)
        launch.status = LaunchStatus.CANCELLED
        launch.ended_at = NOW
    falcon_office.type(LEAD, "status")
    assert falcon_office.told == "No launch is running. /launch start begins one."


def test_mine_lists_my_open_tasks_by_due_day_with_their_buttons(
    falcon_office: Office,
) -> None:
    falcon_office.type(PMM, "mine")
    assert shown(falcon_office) == [
        "You have 2 tasks to do and 2 tasks for later.",
        "To do",
        (
            'Please start "Positioning" (Falcon 2). Due Mon 1 Feb, in 15 working days; '
            "planned for 11-13 Jan."
        ),
        "[Start] [Done] [Blocked] [Need more time] [Open]",
        (
            'Please start "Research" (Falcon 2). Due Mon 8 Feb, in 20 working days; '
            "planned for 11-12 Jan."
        ),
        "[Start] [Done] [Blocked] [Need more time] [Open]",
        "Later",
        (
            '"Battlecard: Kite" (Falcon 2) waits for "Positioning", so there is nothing '
            "to do yet. Due Fri 5 Feb, in 19 working days; planned for 14-15 Jan."
        ),
        "[Need more time] [Open]",
        (
            '"Battlecard: Osprey" (Falcon 2) waits for "Positioning", so there is nothing '
            "to do yet. Due Fri 5 Feb, in 19 working days; planned for 14-15 Jan."
        ),
        "[Need more time] [Open]",
    ]


def test_mine_shows_questions_that_wait_for_my_answer(falcon_office: Office) -> None:
    extend(falcon_office.store, SLUG, "research", until=at("03-12").date(), now=NOW)
    falcon_office.type(LEAD, "mine")
    assert shown(falcon_office)[:4] == [
        "You have 1 answer to give and 2 tasks for later.",
        "To answer",
        (
            "Please grant or refuse by Fri 5 Feb, in 19 working days: Pia asks for more "
            'time for "Research" (Falcon 2), until Fri 12 Mar instead of Mon 8 Feb.'
        ),
        "[Grant] [Refuse] [Open]",
    ]


def test_a_button_of_the_answer_works(falcon_office: Office) -> None:
    falcon_office.click(
        PMM,
        "task_begin:2",
        f"{SLUG}|research",
        container={
            "type": "message",
            "is_ephemeral": True,
            "message_ts": "1.1",
            "channel_id": "C9",
        },
    )
    assert status(falcon_office.store, "research") == "doing"
    assert falcon_office.told == '"Research" is begun; it is due Mon 8 Feb.'


def test_mine_says_so_if_there_are_no_tasks(falcon_office: Office) -> None:
    falcon_office.type(LEGAL, "mine")
    assert "1 task for later" in falcon_office.told
    falcon_office.type(STRANGER, "mine")
    assert falcon_office.told == "Nothing waits for you."


def test_done_finishes_a_task(falcon_office: Office) -> None:
    falcon_office.type(PMM, f"done {SLUG} positioning <https://x.example/a|x.example>")
    assert task(falcon_office.store, "positioning").link == "https://x.example/a"
    assert falcon_office.told == (
        '"Positioning" is done; ready now: "Battlecard: Osprey", "Battlecard: Kite", '
        '"Legal review".'
    )


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (f"done {SLUG}", "Write /launch done LAUNCH TASK"),
        (f"done {SLUG} a b c d", 'no task is called "a b c d"'),
        (f"task {SLUG}", "Write /launch task LAUNCH TASK"),
        (f"task {SLUG} battlecard", 'which task is meant: "Battlecard: Osprey", "Batt'),
        (
            f"done {SLUG} positioning x.example",
            'Not done. "x.example" is not a link; write one that begins with https',
        ),
        (
            f"done {SLUG} positioning javascript:alert(1)",
            'Not done. "javascript:alert(1)" is not a link',
        ),
        (
            f"done {SLUG} positioning <https://pia:secret@x.example>",
            "Not done. The link holds a user name or password",
        ),
        (
            f"done {SLUG} positionin",
            'no task is called "positionin"; did you mean "Positioning"?',
        ),
        (
            "done falcn-2 positioning",
            'Not done: no launch "falcn-2"; did you mean "falcon-2"?',
        ),
        ("status falcn-2", 'Not done: no launch "falcn-2"; did you mean "falcon-2"?'),
        ("statsu", 'There is no "statsu". Did you mean "status"?'),
        (
            "<!everyone>",
            'There is no "@everyone". Here is what there is: /launch status',
        ),
        ("", "/launch status: the state of all launches"),
        ("HELP", "/launch status: the state of all launches"),
    ],
)
def test_a_command_that_fails_says_why(
    falcon_office: Office, text: str, answer: str
) -> None:
    falcon_office.type(PMM, text)
    assert answer in falcon_office.told
    assert status(falcon_office.store, "positioning") == "ready"


def test_done_refuses_people_without_the_task(falcon_office: Office) -> None:
    falcon_office.type(STRANGER, f"done {SLUG} positioning")
    assert "only Pia, Ola or Lee can do this" in falcon_office.told


def test_a_command_sent_twice_changes_nothing_the_second_time(
    falcon_office: Office,
) -> None:
    form = {
        "command": "/launch",
        "text": f"done {SLUG} positioning",
        "user_id": falcon_office.slack.people[PMM],
        "team_id": "T1",
    }
    for _ in range(2):
        falcon_office.people.signed(
            {
                **form,
                "trigger_id": "t1",
                "response_url": falcon_office.slack.response_url,
            }
        )
        falcon_office.settle()
    assert len(events(falcon_office.store, verb="done")) == 1
    assert len(falcon_office.slack.told) == 1


def test_a_link_and_an_ampersand_arrive_as_they_were_typed(
    falcon_office: Office,
) -> None:
    link = "<https://docs.example.com/a?x=1&amp;y=2|docs>"
    falcon_office.type(PMM, f"done {SLUG} positioning {link}")
    done = events(falcon_office.store, verb="done")
    assert done[-1].data["link"] == "https://docs.example.com/a?x=1&y=2"
    falcon_office.type(PMM, "done R&amp;D plan")
    assert '"R&amp;D"' in falcon_office.told
    falcon_office.click(PMM, "task_block", f"{SLUG}|research")
    falcon_office.fill(PMM, reason=typed("R&D <late>"))
    assert events(falcon_office.store, verb="block")[-1].note == "R&D <late>"


def test_done_takes_a_title_of_several_words(falcon_office: Office) -> None:
    done(falcon_office.store, SLUG, "positioning", now=falcon_office.now)
    falcon_office.type(
        LEGAL, f"done {SLUG} Legal Review <https://x.example/a|x.example>"
    )
    assert task(falcon_office.store, "legal_review").link == "https://x.example/a"


@pytest.mark.parametrize("named", ["positioning", "Positioning", "posit"])
def test_a_task_is_opened_by_its_name_and_taken_up_again_if_it_is_closed(
    falcon_office: Office, named: str
) -> None:
    done(falcon_office.store, SLUG, "positioning", now=falcon_office.now)
    falcon_office.type(LEAD, f"task {SLUG} {named}")
    assert "[Take up again]" in " ".join(words(falcon_office.slack.modals[-1][1]))
