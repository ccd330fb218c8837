from __future__ import annotations

from datetime import UTC, date

from launch_kits.slack.messages.work_objects import (
    LONGEST,
    WorkObject,
    launch_object,
    task_object,
)
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.room_pages import RoomPages
from tests.launches import NOW
from tests.slack.stand_in_entities import problems_of_entity
from tests.slack.views import READER, launch, notice, task

PAGES = RoomPages("https://launches.example.com")


def rows(shown: WorkObject) -> dict[str, object]:
    return {str(each["label"]): each["value"] for each in shown.rows}


def test_a_preview_is_that_of_its_link_and_details_are_of_none() -> None:
    shown = launch_object(launch(task()), PAGES, reader=READER, now=NOW)
    link = f"{shown.url}?by=me"
    assert problems_of_entity(shown.preview(link), link=True) == []
    assert shown.preview(link)["app_unfurl_url"] == link
    assert problems_of_entity(shown.details(), link=False) == []
    assert "app_unfurl_url" not in shown.details()


def test_a_channel_reads_less_than_a_person_who_opens_it() -> None:
    view = launch(task())
    brief = launch_object(view, PAGES, reader=READER, now=NOW)
    whole = launch_object(view, PAGES, reader=READER, now=NOW, whole=True)
    assert set(rows(brief)) == {"State", "Launch day"}
    assert set(rows(brief)) < set(rows(whole))


def test_slack_knows_a_page_again_by_its_place_alone() -> None:
    earlier = task(title="Earlier", due=date(2027, 2, 1))
    later = task(title="Later", due=date(2027, 2, 2))
    refs = [
        task_object(
            TaskNotice(notice(), launch(each), each, READER), PAGES, now=NOW
        ).details()["external_ref"]
        for each in (earlier, later)
    ]
    assert refs[0] == refs[1]


def test_long_values_are_cut_and_breaks_are_ours() -> None:
    found = task(title="Two\nlines", link=f"https://example.com/{'x' * 3000}")
    told = TaskNotice(notice(), launch(found), found, READER)
    shown = task_object(told, PAGES, now=NOW.astimezone(UTC), events=[])
    assert problems_of_entity(shown.details(), link=False) == []
    assert len(str(rows(shown)["Result"])) == LONGEST
    assert shown.title == "Two lines"
