from __future__ import annotations

import pytest

from tests.documents.hostile import (
    LIST,
    NUMBER,
    TEXT,
    WIDTH,
    WORK,
    assert_refused,
    grown,
)

#: hostile templates, and the errors that refuse them
HOSTILE = [
    ("{{ 3 ** (10 ** 9) }}", NUMBER),
    ("{{ 3 ** 10 ** 9 ** 9 }}", NUMBER),
    ("{{ (3 ** 500) * (3 ** 500) }}", NUMBER),
    (grown("3", "n.x * n.x"), NUMBER),
    (grown("3", "n.x + n.x", times=9999), NUMBER),
    (grown("3", "n.x - (0 - n.x)", times=9999), NUMBER),
    ("{{ 2.0 ** 99999 }}", "OverflowError"),
    ("{{ 'a' * 10 ** 10 }}", TEXT),
    ("{{ 10 ** 10 * 'a' }}", TEXT),
    ("{{ ('a' | safe) * 10 ** 10 }}", TEXT),
    ("{{ [0] * 10 ** 10 }}", LIST),
    ("{{ (0, 1) * 10 ** 10 }}", LIST),
    ("{{ ([0] * 40000) + ([0] * 40000) }}", LIST),
    (grown("'a'", "n.x + n.x"), TEXT),
    (grown("'a'", "'%s%s' % (n.x, n.x)"), TEXT),
    (grown("[0]", "n.x + n.x"), LIST),
    (grown("[0]", "[n.x] * 2"), LIST),
    ("{{ ['a' * 190000] * 40000 }}", WORK),
    ("{{ (['a' * 40000] * 6) }}", TEXT),
    (
        "{{ ['a' * 190000] * [1] }}",
        "list * list cannot be calculated; convert one of them",
    ),
    ("{{ '%1000000000d' % 1 }}", WIDTH),
    ("{{ '%*d' % (1000000000, 1) }}", WIDTH),
    ("{{ '%.1000000000f' % 1 }}", WIDTH),
    ("{{ '%(a)1000000000d' % {'a': 1} }}", WIDTH),
    ("{{ ('%1000000000d' | safe) % 1 }}", WIDTH),
    ("{{ ('%s' * 900) % 1 }}", "a format text has at most 1,000 characters"),
]


@pytest.mark.parametrize(
    ("text", "fault"), HOSTILE, ids=[text[:70] for text, _ in HOSTILE]
)
def test_an_operator_beyond_the_bounds_is_refused_soon_with_its_template(
    tmp_path, text, fault
):
    assert_refused(tmp_path, text, fault)
