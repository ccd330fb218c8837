"""A broken notice is told with titles in the headline, the week and the question for more time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from launch_kits.database.store import Store
from launch_kits.verbs import approve, drop, extend
from launch_kits.views.announced_words import announced, announcement_in_words
from launch_kits.views.launch import LaunchView, read_launch
from launch_kits.views.notices.headline import headline
from launch_kits.views.notices.text import quoted
from launch_kits.views.notices.week import week
from launch_kits.views.reader import Reader
from tests.launches import LEAD, NOW, SLUG, brief_with, kit_with, opened

pytestmark = pytest.mark.parametrize("kind", ["sqlite"])
NOTICE = kit_with(
    training={"title": "New prices", "due": "T-14d", "notice_period": "14d"},
    battlecard={"days": 1},
)
SHORT = "gives notice of 14 days, but comes only 11 days before the launch day"


def view_of(store: Store) -> LaunchView:
    with store.read() as session:
        return read_launch(session, SLUG, now=NOW, documents=Path())


def told(store: Store) -> tuple[list[str], str]:
    """The headline's row on announcements, and the week."""
    view = view_of(store)
    brief = brief_with(kit=NOTICE)
    reader = Reader(NOW.date(), brief.zone(), brief.calendar(), {})
    rows = {row.label: row.value for row in headline(view, reader=reader).rows}
    paragraphs = week(view, reader=reader, to=LEAD).below
    return list(rows.get("Announcements", ())), "\n".join(paragraphs)


def test_a_notice_that_more_time_breaks_is_told_to_all(store: Store) -> None:
    opened(store, brief_with(kit=NOTICE))
    assert told(store)[0] == []
    asked = extend(store, SLUG, "training", until=date(2027, 1, 29), now=NOW)
    assert (
        "training gives notice of 14 days, and then comes only 11 days" in asked.message
    )
    approve(store, SLUG, "training", by=LEAD, now=NOW)
    rows, weekly = told(store)
    assert rows == [f"{quoted('New prices')} {SHORT}"]
    assert rows[0] in weekly


def test_a_notice_that_no_one_gives_is_told(store: Store) -> None:
    opened(store, brief_with(kit=NOTICE))
    drop(store, SLUG, "training", by=LEAD, now=NOW)
    (said,) = announced(view_of(store), title=str)
    assert (
        said
        == "New prices gives notice of 14 days, but is left out: no one gives the notice"
    )


@pytest.mark.parametrize(
    ("left", "given"), [(0, "on the release day"), (-1, "1 day after the release day")]
)
def test_a_notice_that_comes_with_the_change_or_after_it_is_told(
    kind: str, left: int, given: str
) -> None:
    facts = {"task": "terms", "needed": 30, "left": left, "anchor": "release"}
    said = announcement_in_words(facts, title=str.title)
    assert said == f"Terms gives notice of 30 days, but comes only {given}"


def test_an_order_is_told_with_both_titles(kind: str) -> None:
    facts = {"task": "post", "narrower": "partners"}
    said = announcement_in_words(facts, title=str.title)
    assert said == "Post tells its readers before Partners tells its own"
    then = announcement_in_words(facts, title=str.title, then=True)
    assert then == "Post then tells its readers before Partners tells its own"
