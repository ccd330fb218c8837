from __future__ import annotations

import pytest

from tests.documents.hostile import (
    BIG_TEXT,
    LIST,
    NUMBER,
    TEXT,
    WIDTH,
    WORK,
    assert_refused,
    grown,
    repeated,
)

#: hostile templates, and the errors that refuse them
HOSTILE = [
    ("{{ ('1' * 90000) | int(0, 2) }}", NUMBER),
    ("{{ range(10 ** 10) | list }}", LIST),
    (
        "{% for a in range(9999) %}{{ range(9999) | select('odd') | list | length }}{% endfor %}",
        WORK,
    ),
    (
        "{% for a in range(9999) %}{{ range(9999) | map('string') | join | length }}{% endfor %}",
        WORK,
    ),
    ("{% for a in range(9999) %}{{ range(9999) | sum }}{% endfor %}", WORK),
    ("{% for a in range(9999) %}{{ range(9999) | sort | first }}{% endfor %}", WORK),
    (
        "{% for a in range(9999) %}{{ range(9999) | unique | list | length }}{% endfor %}",
        WORK,
    ),
    (BIG_TEXT + repeated("{{ a | upper | length }}"), WORK),
    (grown("'a'", "n.x | replace('a', 'aa')"), TEXT),
    (grown("[0]", "[n.x, n.x] | sum(start=[])"), LIST),
    ("{{ ('a' * 190000) | replace('', 'aa') }}", TEXT),
    ("{{ ('a' * 190000) | replace('a', '**' | safe) }}", TEXT),
    ("{{ '%1000000000d' | format(1) }}", WIDTH),
    ("{{ '%1000000000d' is odd }}", "is not a number; convert it"),
    ("{{ 8 is divisibleby '%1000000000d' }}", "is not a number; convert it"),
    (
        "{{ 'a' | center(10 ** 9) }}",
        'unknown filter "center"; use one that docs/reference/templates.md lists',
    ),
    ("{{ ['a'] | map('center', 10 ** 9) | list }}", "No filter named 'center'"),
    ("{{ 'a' | indent(10 ** 9) }}", "lines are indented by at most 100 characters"),
    ("{{ ('\n' * 90000) | indent(99, true, true) }}", TEXT),
    ("{{ [1] | batch(10 ** 9, 0) | list }}", 'unknown filter "batch"'),
    ("{{ [1] | slice(10 ** 9) | list }}", 'unknown filter "slice"'),
    ("{{ 'a' | wordwrap(1) }}", 'unknown filter "wordwrap"'),
    ("{{ brief | pprint }}", 'unknown filter "pprint"'),
    ("{{ 1.5 | round(10 ** 9, 'ceil') }}", "rounded to at most 30 digits"),
    (BIG_TEXT + repeated("{{ a | title | length }}"), WORK),
    ("{% set s = '1' * 199000 %}" + repeated("{{ s | float }}"), WORK),
    ("{% set s = '1' * 199000 %}" + repeated("{{ s | int }}"), WORK),
    (
        "{% set s = '\u00e9 ' * 80000 %}"
        + repeated("{{ ('https://a/' ~ i ~ s) | link | length }}"),
        WORK,
    ),
    (
        "{% set s = '\u00e9 ' * 80000 %}"
        + repeated("{{ ('https://a/' ~ i) | link(i ~ s) | length }}"),
        WORK,
    ),
    ("{{ brief | string }}", "a Brief is not a text; print one of its fields"),
]


@pytest.mark.parametrize(
    ("text", "fault"), HOSTILE, ids=[text[:70] for text, _ in HOSTILE]
)
def test_a_filter_or_test_beyond_the_bounds_is_refused_soon_with_its_template(
    tmp_path, text, fault
):
    assert_refused(tmp_path, text, fault)
