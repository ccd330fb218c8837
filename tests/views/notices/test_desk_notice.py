from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from launch_kits.views.notices.desk import desk_question
from launch_kits.views.notices.desk_notice import written_instant
from tests.slack.views import READER, launch, notice

OWNER = "pmm@example.com"
DEPUTY = "legal@example.com"
DUE = "2027-02-04T20:00:00+00:00"
ASKED = {
    "id": 7,
    "part": "answer",
    "question": "Does it run on Windows?",
    "by": "seller@example.com",
    "owner": OWNER,
    "due_at": DUE,
}


def test_an_instant_is_written_in_the_readers_time_zone() -> None:
    assert written_instant(DUE, READER) == "Thu 4 Feb, 15:00"
    berlin = READER.__class__(
        READER.today, ZoneInfo("Europe/Berlin"), READER.calendar, READER.names
    )
    assert written_instant(DUE, berlin) == "Thu 4 Feb, 21:00"
    assert written_instant("", READER) == "soon"


def in_channel(now: datetime, *, deputy: str | None = None, **facts: object) -> str:
    away = SimpleNamespace(now=now, of=lambda _: deputy, gone=lambda _: False)
    view = replace(launch(), away=away)  # type: ignore[arg-type]  # all that is read of it
    about = notice("question", None, to="#valkey-9-launch", **{**ASKED, **facts})
    return desk_question(about, view, reader=READER).sentence


@pytest.mark.parametrize("late", [timedelta(0), timedelta(hours=3)])
def test_no_hour_that_has_passed_is_promised(late: timedelta) -> None:
    due = datetime.fromisoformat(DUE)
    asks = 'seller@example.com asks: "Does it run on Windows?"'
    assert in_channel(due - timedelta(minutes=1)) == (
        f"{asks} Product marketing answers by Thu 4 Feb, 15:00."
    )
    assert in_channel(due + late) == (
        f"{asks} An answer was due Thu 4 Feb, 15:00. Product marketing has it now."
    )
    until = (due + timedelta(hours=1)).isoformat()
    assert in_channel(due + timedelta(hours=2), has=OWNER, until=until).endswith(
        "Product marketing has it now."
    )


def test_the_person_who_acts_for_an_absent_owner_is_named() -> None:
    due = datetime.fromisoformat(DUE)
    assert "Counsel answers by" in in_channel(due - timedelta(1), deputy=DEPUTY)
