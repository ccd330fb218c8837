from datetime import UTC, date, datetime

from launch_kits.lint.planned import read_rollout
from tests.spoilt import Folder

NOW = datetime(2027, 1, 11, 12, tzinfo=UTC)


def read(folder: Folder, **options):
    given = {"search": (), "on": None, "begin": None, "kit": None, **options}
    return read_rollout(folder.brief, now=NOW, **given)


def test_a_brief_is_planned_for_its_own_days(folder: Folder):
    rollout = read(folder).rollout
    assert rollout.launch_on == rollout.brief.launch_on == date(2027, 2, 9)
    assert rollout.schedule.launch_on == date(2027, 2, 9)


def test_another_launch_day_moves_the_release_day_along(folder: Folder):
    before = read(folder).rollout
    after = read(folder, on="2027-03-09").rollout
    calendar = before.calendars.launch
    assert after.launch_on == after.brief.launch_on == date(2027, 3, 9)
    assert calendar.count(after.release_on, after.launch_on) == calendar.count(
        before.release_on, before.launch_on
    )


def test_work_begins_on_the_given_day(folder: Folder):
    assert read(folder, begin="2027-01-18").rollout.begin_on == date(2027, 1, 18)


def test_doubts_are_faults_then_warnings(folder: Folder):
    folder.spoil(
        "brief.yaml",
        ("launch_on: 2027-02-09", "launch_on: 2027-02-09  # Monday"),
    )
    found = read(folder)
    assert [fault.code for fault in found.faults] == ["wrong-weekday"]
    assert found.doubts == (*found.faults, *found.warnings)
