from dataclasses import replace
from datetime import date

import pytest

from tests.samples import task

DUE = date(2027, 2, 4)


@pytest.mark.parametrize(
    ("done_on", "late"),
    [(None, False), (DUE, False), (date(2027, 2, 5), True)],
)
def test_task_is_late_if_it_was_done_after_its_due_day(done_on, late):
    assert replace(task(due=DUE), done_on=done_on).late is late
