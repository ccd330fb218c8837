"""The quarter in Slack, by signed requests and on a stand-in that refuses what Slack refuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from launch_kits.database.store import Store
from launch_kits.slack.api import transport
from tests.counted import Count
from tests.effort import MORE
from tests.slack.quarter import BEGIN, WEEKS, Quarter
from tests.slack.quarter_in_slack import SlackQuarter, slack_quarter

#: the weeks that pass; all fifteen take two minutes and more
SHORT = 3 * MORE


@pytest.fixture(scope="module")
def in_slack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackQuarter]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(transport, "PACE", 0)
        home = tmp_path_factory.mktemp("quarter")
        with slack_quarter(home, weeks=min(SHORT, WEEKS)) as lived:
            yield lived


def test_each_act_has_a_button_in_a_message_of_its_person(
    in_slack: SlackQuarter, show_counts: Count
) -> None:
    weeks = in_slack.weeks
    pressed = dict(in_slack.pressed)
    posts = Counter(each.to for each in in_slack.posts)
    show_counts(f"{weeks} weeks; pressed: {pressed}; messages: {dict(posts)}")
    assert in_slack.missed == []
    assert in_slack.pressed["done"] >= 2 * weeks


def test_slack_shows_a_message_of_its_own_for_each_that_is_counted(
    in_slack: SlackQuarter, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("counted")
    store = Store(f"sqlite:///{folder / 'launch-kits.db'}")
    counted = Quarter(store, weeks=in_slack.weeks)
    counted.live()
    store.close()
    told = {each.key: (each.to, each.at) for each in in_slack.posts}
    assert len(told) == len(in_slack.posts), "none is posted twice"
    assert told == {
        each.notice.key: (each.notice.to, each.at)
        for each in counted.box.posted
        if "@" in each.notice.to
    }


def test_no_message_comes_outside_its_readers_hours(in_slack: SlackQuarter) -> None:
    assert min(each.at for each in in_slack.posts) >= BEGIN
    for each in in_slack.posts:
        hours = in_slack.calendars.hours_of(each.to)
        assert hours.opens(each.at) == each.at, each.key
