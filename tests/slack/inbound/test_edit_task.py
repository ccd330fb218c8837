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
        (
            {"days": "x"},
            {"days": "Write a whole number of working days, at most 1,000."},
        ),
    ],
)
def test_a_faulty_edit_is_refused_at_its_field(
    falcon_office: Office, values: dict[str, str], fault: dict[str, str]
) -> None:
    falcon_office.click(LEAD, "task_edit", place("research"))
    assert falcon_office.fill(LEAD, **values)["errors"] == fault


def test_values_too_long_for_a_preview_are_refused(falcon_office: Office) -> None:
    falcon_office.click(PMM, "task_edit", place("research"))
    refused = falcon_office.fill(PMM, checklist="\n".join(['"' * 70] * 20))
    assert "too long" in refused["errors"]["title"]
    assert events(falcon_office.store, verb="edit") == []


def test_an_edit_of_the_title_leaves_the_checklist_alone(falcon_office: Office) -> None:
    store = falcon_office.store
    for points in (("Ask five", "Write it up"), ("Long " * 400,), ("Odd\u200b",)):
        edit(store, SLUG, "research", TaskEdit(checklist=points), by=LEAD, now=NOW)
        kept = task(store, "research").checklist
        falcon_office.click(LEAD, "task_edit", place("research"))
        falcon_office.fill(LEAD, title=f"Research {len(points[0])}")
        falcon_office.fill(LEAD)
        found = task(store, "research")
        assert (found.title, found.checklist) == (f"Research {len(points[0])}", kept)
