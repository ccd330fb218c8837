from __future__ import annotations

from datetime import date

import pytest

from launch_kits.lint.against.patterns import days_in, versions_in


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 2027-03-02.", date(2027, 3, 2)),
        ("2nd of March 2027", date(2027, 3, 2)),
        ("March 2, 2027", date(2027, 3, 2)),
        ("31 Dec. 2027", date(2027, 12, 31)),
        ("31 February 2027", None),
        ("2 March", None),
    ],
)
def test_days_are_read_as_people_write_them(text, value):
    (day,) = days_in(text)
    assert day.value == value


@pytest.mark.parametrize("text", ["8.0 May 2025", "it may 5 times", "1.2.2027"])
def test_other_numbers_are_not_days(text):
    assert [day for day in days_in(text) if day.value] == []


def test_a_number_behind_a_name_is_a_version_unless_it_counts_something():
    text = "Valkey 9.1, Valkey v8, Valkey 40 %, Valkey 3 nodes, Valkey 2 March, my-Valkey 1"
    assert [found.version for found in versions_in(text, "Valkey")] == ["9.1", "8"]
    assert [
        found.version for found in versions_in("Valkey\n3\nValkey\n7.2", "Valkey")
    ] == ["7.2"]


@pytest.mark.parametrize(
    ("behind", "version"),
    [
        ("9.1 nodes", "9.1"),
        ("9.1 February", "9.1"),
        ("9 nodes", None),
        ("9 days", None),
        ("9.1 days", "9.1"),
        ("9 February", None),
        ("2.5 million", None),
        ("1 / 6", None),
    ],
)
def test_a_number_with_a_dot_counts_nothing(behind, version):
    found = [each.version for each in versions_in(f"Valkey {behind}", "Valkey")]
    assert found == ([version] if version else [])
