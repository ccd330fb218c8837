from __future__ import annotations

from datetime import date

from launch_kits.database.records import Notice, NoticeKind
from launch_kits.verbs.digest_repeats import repeats
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.hours import Hours
from tests.launches import NEW_YORK, NOW, PMM, SLUG

HOURS = Hours(Calendar(), NEW_YORK)
LINE = {
    "launch": SLUG,
    "product": "Falcon 2",
    "task": "copy",
    "title": "Copy",
    "owner": PMM,
    "due": "2027-02-12",
    "status": "doing",
}


def last(**facts: object) -> Notice:
    return Notice(
        key="digest:1",
        kind=NoticeKind.DIGEST,
        launch=SLUG,
        to=PMM,
        filed_at=NOW,
        send_after=NOW,
        facts=facts,
    )


def test_a_digest_with_the_words_of_the_last_one_repeats_it() -> None:
    before = last(day="2027-01-29", tasks=[LINE])
    for today, again, facts in (
        (date(2027, 2, 2), True, {"tasks": [LINE], "said": ["other marks"]}),
        (date(2027, 2, 2), False, {"tasks": [LINE], "asks": [], "help": [LINE]}),
        (date(2027, 2, 15), False, {"tasks": [LINE]}),
    ):
        assert repeats(before, facts, hours=HOURS, today=today) is again
    # a day later the count alone has grown; after a week it is told again
    late = {"tasks": [{**LINE, "due": "2027-01-28"}]}
    before = last(day="2027-01-29", **late)
    for today, again in ((date(2027, 2, 2), True), (date(2027, 2, 5), False)):
        assert repeats(before, late, hours=HOURS, today=today) is again
    assert not repeats(None, {"tasks": [LINE]}, hours=HOURS, today=date(2027, 2, 2))
    assert not repeats(
        last(week="2027-W05"), {"tasks": []}, hours=HOURS, today=date(2027, 2, 2)
    )
