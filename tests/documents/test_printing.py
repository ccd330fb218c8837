from __future__ import annotations

import pytest

from tests.documents.hostile import (
    TEXT,
    assert_refused,
    grown,
)

#: hostile templates, and the errors that refuse them
HOSTILE = [
    (grown("'a'", "n.x ~ n.x"), TEXT),
    ("{{ brief }}", "a Brief is not a text; print one of its fields"),
    ("{{ [brief] }}", "a Brief is not a text; print one of its fields"),
    ("{{ brief ~ '' }}", "a Brief is not a text; print one of its fields"),
    ("{{ '%s' % brief }}", "a Brief is not a text; print one of its fields"),
]


@pytest.mark.parametrize(
    ("text", "fault"), HOSTILE, ids=[text[:70] for text, _ in HOSTILE]
)
def test_a_value_beyond_the_bounds_is_refused_soon_with_its_template(
    tmp_path, text, fault
):
    assert_refused(tmp_path, text, fault)
