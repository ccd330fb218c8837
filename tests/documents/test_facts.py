from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.samples import CUSTOMER, INTERNAL, PARTNER, brief, facts, task


@pytest.mark.parametrize(
    ("reader", "audience", "widest"),
    [
        (INTERNAL, INTERNAL, INTERNAL),
        (INTERNAL, CUSTOMER, CUSTOMER),
        (PARTNER, INTERNAL, PARTNER),
        (CUSTOMER, CUSTOMER, CUSTOMER),
    ],
)
def test_a_document_is_fit_for_its_reader_and_its_audience(reader, audience, widest):
    own = task(audience=audience)
    assert facts(brief(), own, reader=reader).audience is widest


def test_a_document_without_a_task_is_fit_for_its_reader():
    assert facts(brief(), reader=PARTNER).audience is PARTNER


def test_a_task_is_late_if_it_was_done_after_its_due_day():
    own = task()
    assert isinstance(own.due, date)
    assert not own.late
    assert not replace(own, done_on=own.due).late
    assert replace(own, done_on=own.due + timedelta(1)).late
