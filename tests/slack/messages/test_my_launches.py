from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.slack.messages.my_launches import launches_of
from launch_kits.verbs import cancel, done, drop, reassign, reopen
from tests.launches import KEYS, LEAD, NOW, PMM, SLUG, STRANGER, brief_with, opened
from tests.slack.block_kit import problems_of_view
from tests.slack.office import Office, words

EVERYTHING = "[Checks] [Decide] [Move] [Add a task] [Invite the team] [Cancel]"


def at_home(office: Office, email: str) -> list[str]:
    office.people.open_home(email)
    office.settle()
    _, view = office.slack.homes[-1]
    assert problems_of_view(view) == []
    return words(view)


def test_the_home_shows_launches_with_the_actions_of_their_reader(
    gate_office: Office,
) -> None:
    assert at_home(gate_office, LEAD)[-3:] == [
        "Your launches",
        "Falcon 2: launch day Tue 9 Feb, 0% done, 2 checks open before it can go.",
        EVERYTHING,
    ]
    assert at_home(gate_office, PMM)[-1] == "[Checks]"
    assert "Your launches" not in at_home(gate_office, STRANGER)


def test_a_launch_that_took_place_is_not_moved(falcon_office: Office) -> None:
    assert "[Move]" in at_home(falcon_office, LEAD)[-1]
    for key in KEYS[:-1]:
        drop(falcon_office.store, SLUG, key, now=NOW)
    reopen(falcon_office.store, SLUG, "go_live", now=NOW)
    done(falcon_office.store, SLUG, "go_live", now=NOW)
    buttons = at_home(falcon_office, LEAD)[-1]
    assert "[Move]" not in buttons
    assert "[Add a task]" in buttons


def test_a_launch_is_found_by_its_team_and_its_owners(store: Store) -> None:
    opened(store)  # beside the launch that each store has
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    odd = ("o'neil_%@Example.com", "jürgen@example.com", 'a"b@example.com')
    for number, email in enumerate(odd):
        person = {**team["ops"], "email": email}
        opened(
            store,
            brief_with(
                launch=f"heron-{number}", team={**team, "ops": person, "more": person}
            ),
        )
    everywhere = [SLUG, "heron-0", "heron-1", "heron-2", "valkey-9"]
    assert sorted(launches_of(store, PMM.upper())) == sorted(everywhere)
    for number, email in enumerate(odd):
        assert launches_of(store, email.upper()) == [f"heron-{number}"]
    assert launches_of(store, "o'neilx%@example.com") == []
    assert launches_of(store, "mm@example.com") == []
    assert launches_of(store, STRANGER) == []
    reassign(store, SLUG, "research", to=STRANGER, by=LEAD, now=NOW)
    assert launches_of(store, STRANGER) == [SLUG]


def test_an_action_at_home_opens_its_form_and_is_told_there(
    gate_office: Office,
) -> None:
    gate_office.click(
        LEAD,
        "launch_cancel",
        f'{{"launch":"{SLUG}"}}',
        channel="",
        view={"type": "home", "id": "V9"},
    )
    assert gate_office.slack.pushed == []
    gate_office.fill(LEAD, note="No market")
    _, home = gate_office.slack.homes[-1]
    assert "Falcon 2 is cancelled." in words(home)
    assert "Your launches" not in words(home)


def test_the_status_of_a_launch_has_the_same_buttons(gate_office: Office) -> None:
    gate_office.type(LEAD, "status falcon")
    assert words(gate_office.slack.told[-1])[-1] == EVERYTHING
    cancel(gate_office.store, SLUG, now=NOW)
    gate_office.type(LEAD, f"status {SLUG}")
    assert EVERYTHING not in words(gate_office.slack.told[-1])


def test_a_person_who_owns_a_task_has_its_launch(falcon_office: Office) -> None:
    assert launches_of(falcon_office.store, PMM.upper()) == [SLUG]
    assert launches_of(falcon_office.store, STRANGER) == []
    reassign(falcon_office.store, SLUG, "research", to=STRANGER, now=NOW)
    assert launches_of(falcon_office.store, STRANGER) == [SLUG]
