from __future__ import annotations

import json

import pytest

from tests.launches import LEAD, LEGAL, SLUG, events, task
from tests.slack.block_kit import problems_of_view
from tests.slack.office import Office, words

ABOUT = json.dumps({"launch": SLUG})


def test_a_task_is_added_after_a_preview(falcon_office: Office) -> None:
    falcon_office.click(LEAD, "launch_add", ABOUT)
    assert problems_of_view(falcon_office.slack.modals[-1][1]) == []
    view = falcon_office.fill(
        LEAD,
        title="Press kit",
        role="legal",
        days="2",
        after="positioning",
        before="training",
    )["view"]
    shown = words(view)
    assert shown[0] == '"Press kit"\nFalcon 2'
    assert shown[1].startswith("It is due ")
    assert shown[1].endswith(", with Lou.")
    assert events(falcon_office.store, verb="add") == []
    falcon_office.fill(LEAD)
    found = task(falcon_office.store, "press_kit")
    assert (found.owner, found.days) == (LEGAL, 2)
    assert falcon_office.told.startswith('"Press kit" is added: Lou, due ')


def test_a_task_that_takes_too_long_is_added_on_purpose(falcon_office: Office) -> None:
    falcon_office.click(LEAD, "launch_add", ABOUT)
    view = falcon_office.fill(
        LEAD, title="Big", role="pmm", days="40", before="training"
    )["view"]
    assert view["submit"]["text"] == "Add it anyway"
    assert any("too long" in each for each in words(view))
    falcon_office.fill(LEAD)
    assert task(falcon_office.store, "big").days == 40


def test_a_task_on_both_sides_is_refused(falcon_office: Office) -> None:
    falcon_office.click(LEAD, "launch_add", ABOUT)
    both = {"after": "training", "before": "training"}
    refused = falcon_office.fill(LEAD, title="Press kit", **both)
    assert refused["errors"] == {"before": "A task cannot be on both sides of it."}


def test_a_circle_is_told_before_anything_is_written(falcon_office: Office) -> None:
    falcon_office.click(LEAD, "launch_add", ABOUT)
    refused = falcon_office.fill(
        LEAD, title="Press kit", after="go_live", before="training"
    )
    assert "wait for each other" in refused["errors"]["title"]


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"title": " "}, {"title": "Write a title."}),
        (
            {"days": "1.5"},
            {"days": "Write a whole number of working days, at most 1,000."},
        ),
        ({"due": "2027-01-08"}, {"due": "Pick a day from today on."}),
    ],
)
def test_a_faulty_task_is_refused_at_its_field(
    falcon_office: Office, values: dict[str, str], fault: dict[str, str]
) -> None:
    falcon_office.click(LEAD, "launch_add", ABOUT)
    refused = falcon_office.fill(LEAD, **{"title": "Press kit", **values})
    assert refused["errors"] == fault
