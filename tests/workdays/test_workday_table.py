from datetime import date

from launch_kits.workdays.workday_table import WorkdayTable, rest_in, set_days

BASE = date(2027, 1, 1).toordinal()


def test_a_table_counts_the_flagged_days_of_its_years() -> None:
    flags = bytearray(365)
    set_days(flags, BASE, [BASE, BASE + 2], works=True)

    table = WorkdayTable.of(2027, 2027, flags)

    assert table.days == [BASE, BASE + 2]
    assert table.worked_until(date(2027, 1, 2)) == 1
    assert table.worked_until(date(2027, 12, 31)) == 2


def test_days_beyond_the_flags_are_left_out() -> None:
    flags = bytearray(b"\1" * 5)

    set_days(flags, BASE, [BASE - 1, BASE + 1, BASE + 5], works=False)
    rest_in(flags, BASE, [(date(2026, 12, 1), date(2027, 1, 1))])
    rest_in(flags, BASE, [(date(2027, 1, 5), date(2027, 2, 1))])
    rest_in(flags, BASE, [(date(2027, 3, 1), date(2027, 3, 9))])

    assert flags == bytearray([0, 0, 1, 1, 0])
