from __future__ import annotations

from zoneinfo import ZoneInfo

from launch_kits.slack.inbound.seller_reader import reader_of
from tests.desk import SELLER
from tests.launches import NEW_YORK, PMM, SLUG
from tests.slack.office import Office


def test_people_outside_the_team_read_in_the_time_zone_of_their_profile(
    desk_office: Office,
) -> None:
    slack = desk_office.app.slack
    context = slack.context(SLUG)

    def zone(email: str) -> ZoneInfo:
        member = slack.member(desk_office.slack.people[email])
        return reader_of(context, member, now=desk_office.now).zone

    # the stand-in's profiles are all in Berlin
    assert zone(SELLER) == ZoneInfo("Europe/Berlin")
    assert zone(PMM) == NEW_YORK
