from __future__ import annotations

import json

import pytest

from launch_kits.verbs import TaskEdit, edit
from tests.launches import (
    LEAD,
    NOW,
    PMM,
    SALES,
    SLUG,
    events,
    status,
    task,
)
from tests.slack.block_kit import problems_of_view
from tests.slack.office import Office, words


def place(key: str) -> str:
    return json.dumps({"launch": SLUG, "task": key})


def opened_details(office: Office, email: str, key: str) -> list[str]:
    """The buttons in the details of a task."""
    office.click(email, "task_open", f"{SLUG}|{key}")
    _, view = office.slack.modals[-1]
    assert problems_of_view(view) == []
    return [each for each in words(view) if each.startswith("[")]


def test_an_edit_shows_its_effect_and_writes_nothing_before_it_is_confirmed(
    falcon_office: Office,
) -> None:
    opened_details(falcon_office, LEAD, "legal_review")
    falcon_office.press_in_modal(LEAD, "task_edit")
    assert words(falcon_office.slack.modals[-1][1])[1:] == [
        "Title [Legal review]",
        "Working days of work [2]",
        "Due [2027-02-03]",
        "Waits for (optional) []",
        "Checklist (optional) []",
        "Why? (optional) []",
    ]
    form = falcon_office.slack.modals[-1]
    answered = falcon_office.fill(LEAD, title="Legal check", days="4", note="More work")
    assert answered["response_action"] == "push"
    assert words(answered["view"]) == [
        '"Legal review"\nFalcon 2',
        'Title: "Legal review" → "Legal check"\nWork: 2 working days → 4 working days',
        'Due days that move:\n• "Positioning" (Pia): Mon 1 Feb → Thu 28 Jan',
        "Will be told: Lou, Pia.",
        "Nothing is changed yet.",
    ]
    assert events(falcon_office.store, verb="edit") == []
    assert falcon_office.fill(LEAD) == {"response_action": "clear"}
    found = task(falcon_office.store, "legal_review")
    assert (found.title, found.days) == ("Legal check", 4)
    assert falcon_office.told == '"Legal review" is changed; told: Lou, Pia.'
    falcon_office.slack.modals.append(form)
    same = falcon_office.fill(LEAD, title="Legal check", days="4")
    assert same["errors"] == {
        "title": "Nothing is different yet: change something first."
    }


def test_an_owner_edits_title_and_checklist_alone(falcon_office: Office) -> None:
    falcon_office.click(PMM, "task_edit", place("research"))
    shown = words(falcon_office.slack.modals[-1][1])
    assert [each.partition(" [")[0] for each in shown[1:]] == [
        "Title",
        "Checklist (optional)",
        "Why? (optional)",
    ]
    falcon_office.fill(PMM, checklist="Ask five\n\n Write  it up ")
    falcon_office.fill(PMM)
    assert task(falcon_office.store, "research").checklist == [
        "Ask five",
        "Write it up",
    ]
    falcon_office.click(SALES, "task_edit", place("research"))
    assert falcon_office.told == (
        'Nothing was changed: only Pia, Ola or Lee can edit "Research".'
    )


def test_an_edit_that_makes_tasks_late_says_so_first(falcon_office: Office) -> None:
    falcon_office.click(LEAD, "task_edit", place("legal_review"))
    falcon_office.fill(LEAD, days="40")
    preview = falcon_office.slack.modals[-1][1]
    assert preview["submit"]["text"] == "Change it anyway"
    assert any(each.startswith("Too late then: ") for each in words(preview))
    falcon_office.fill(LEAD)
    assert task(falcon_office.store, "legal_review").days == 40


def test_an_edit_of_what_it_waits_for(falcon_office: Office) -> None:
    falcon_office.click(LEAD, "task_edit", place("legal_review"))
    falcon_office.fill(LEAD, after="research")
    assert (
        'Waits for: "Positioning" → "Research"'
        in words(falcon_office.slack.modals[-1][1])[1]
    )
    falcon_office.fill(LEAD)
    assert events(falcon_office.store, verb="edit")[-1].data["changes"][0]["to"] == [
        "research"
    ]


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"title": " "}, {"title": "Write a title."}),
        ({"due": "2027-01-08"}, {"due": "Pick a day from today on."}),
        ({"days": "x"}, {"days": "Write a whole number of working days."}),
    ],
)
def test_a_faulty_edit_is_refused_at_its_field(
    falcon_office: Office, values: dict[str, str], fault: dict[str, str]
) -> None:
    falcon_office.click(LEAD, "task_edit", place("research"))
    assert falcon_office.fill(LEAD, **values)["errors"] == fault


def test_a_task_is_left_out_and_taken_up_again(falcon_office: Office) -> None:
    falcon_office.click(LEAD, "task_drop", place("legal_review"))
    assert words(falcon_office.slack.modals[-1][1])[1] == (
        '"Training" no longer waits for it.'
    )
    assert status(falcon_office.store, "legal_review") == "waiting"
    falcon_office.fill(LEAD, note="Not needed")
    assert status(falcon_office.store, "legal_review") == "dropped"
    assert falcon_office.told.startswith('"Legal review" is left out')
    falcon_office.click(LEAD, "task_drop", place("legal_review"))
    assert "left out" in falcon_office.told or "dropped" in falcon_office.told
    falcon_office.click(LEAD, "task_reopen", place("legal_review"))
    falcon_office.fill(LEAD)
    assert status(falcon_office.store, "legal_review") == "waiting"
    assert falcon_office.told.startswith('"Legal review" is open again')
    falcon_office.click(LEAD, "task_reopen", place("legal_review"))
    assert "nothing to take up again" in falcon_office.told


def test_the_checklist_is_ticked(falcon_office: Office) -> None:
    points = tuple(f"Point {at}" for at in range(12))
    edit(falcon_office.store, SLUG, "research", TaskEdit(checklist=points), now=NOW)
    falcon_office.click(PMM, "task_tick", place("research"))
    _, form = falcon_office.slack.modals[-1]
    first = form["blocks"][1]["element"]["options"]
    second = form["blocks"][2]["element"]["options"]
    assert (len(first), len(second)) == (10, 2)
    chosen = {
        "points-0": ",".join(each["value"] for each in first[:2]),
        "points-10": second[1]["value"],
    }
    falcon_office.fill(PMM, **chosen)
    assert task(falcon_office.store, "research").ticked == [
        "Point 0",
        "Point 1",
        "Point 11",
    ]
    assert falcon_office.told == '3 of 12 points of "Research" are ticked.'
    falcon_office.click(PMM, "task_tick", place("research"))
    falcon_office.fill(PMM, **{"points-0": ""})
    assert task(falcon_office.store, "research").ticked == ["Point 11"]


def test_a_task_without_a_checklist_says_so(falcon_office: Office) -> None:
    falcon_office.click(PMM, "task_tick", place("research"))
    assert falcon_office.told == '"Research" has no checklist.'


def test_a_confirmed_preview_sent_twice_changes_nothing_the_second_time(
    falcon_office: Office,
) -> None:
    falcon_office.click(LEAD, "task_edit", place("research"))
    falcon_office.fill(LEAD, title="Better research")
    payload = falcon_office.people.filled(LEAD, falcon_office.slack.modals[-1][1])
    for _ in range(2):
        falcon_office.people.post(payload)
        falcon_office.settle()
    assert len(events(falcon_office.store, verb="edit")) == 1


def test_values_too_long_for_a_preview_are_refused(falcon_office: Office) -> None:
    falcon_office.click(PMM, "task_edit", place("research"))
    refused = falcon_office.fill(PMM, checklist="\n".join(['"' * 70] * 20))
    assert "too long" in refused["errors"]["title"]
    assert events(falcon_office.store, verb="edit") == []
