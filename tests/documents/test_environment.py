from __future__ import annotations

import pytest

from tests.documents.hostile import (
    BIG_TEXT,
    BIG_TUPLE,
    WORK,
    assert_refused,
    rendered,
    repeated,
)

#: hostile templates, and the errors that refuse them
HOSTILE = [
    (BIG_TEXT + repeated("{% set b = a[1:] %}"), WORK),
    (BIG_TUPLE + repeated("{{ {}[a] is defined }}"), WORK),
    ("{{ " + "(" * 900 + "1" + ")" * 900 + " }}", "nested too deeply"),
    ("{{ " + "not " * 9000 + "1 }}", "nested too deeply"),
    ("{% if true %}" * 900 + "{% endif %}" * 900, "nested too deeply"),
    ("{% for a in [1] %}" * 30 + "{% endfor %}" * 30, "nested too deeply"),
]


@pytest.mark.parametrize(
    ("text", "fault"), HOSTILE, ids=[text[:70] for text, _ in HOSTILE]
)
def test_a_template_beyond_the_bounds_is_refused_soon_with_its_template(
    tmp_path, text, fault
):
    assert_refused(tmp_path, text, fault)


#: templates within the bounds, and the documents that they make
HONEST = [
    (
        "{{ 2 ** 10 }} {{ 7 % 3 }} {{ 'ab' * 2 }} {{ [1] + [2] }}",
        "1024 1 abab \\[1, 2\\]",
    ),
    ("{{ '%05.1f %s' % (1.25, 'a') }} {{ '%s' | format('b') }}", "001.2 a b"),
    (
        "{{ (launch_on - today).days }} {{ launch_on.isoformat() }} {{ launch_on.year }}",
        "100 2027-03-02 2027",
    ),
    (
        (
            "{% for i in range(3) %}{{ loop.index }}/{{ loop.length }}{{ ', ' if not "
            "loop.last }}{% endfor %}"
        ),
        "1/3, 2/3, 3/3",
    ),
    (
        (
            "{{ [3, 1, 2] | sort | map('string') | join('-') }} {{ [1, 2] | sum }} {{ "
            "[[1], [2]] | sum(start=[]) }}"
        ),
        "1-2-3 3 \\[1, 2\\]",
    ),
    (
        "{{ 'a b'.split() | join('+') }} {{ 'A'.lower() }} {{ 'abc'[1:] }} {{ 'abc'[0] }}",
        "a+b a bc a",
    ),
    (
        (
            "{% set n = namespace(x=0) %}{% for i in range(1000) %}{% set n.x = n.x + i "
            "%}{% endfor %}{{ n.x }}"
        ),
        "499500",
    ),
    (
        "{% macro m(n) %}{{ n }}{{ m(n - 1) if n }}{% endmacro %}{{ m(9) }}",
        "9876543210",
    ),
    (
        "{{ 'a\nb' | indent(2) }}|{{ 'aXb' | replace('X', '-') }}|{{ 2.345 | round(2) }}",
        "a b|a-b|2.35",
    ),
    (
        (
            "{{ {'a': 1}.items() | list | length }} {{ {'a': 1} | dictsort | length }} {{ "
            "{'a': 1}.a }}"
        ),
        "1 1 1",
    ),
    (
        (
            "{% for i in [1, 2, 3, 4] if i is even %}{{ loop.cycle('x', 'y') }}{{ i }}{% "
            "else %}none{% endfor %}"
        ),
        "x2y4",
    ),
    ("{% block a %}A{% endblock %}{{ self.a() }}", "AA"),
    (
        "{{ nothing | default('x') }}{{ brief.summary or 'y' }}{{ 'z' if nothing is undefined }}",
        "xyz",
    ),
]


@pytest.mark.parametrize(("text", "made"), HONEST)
def test_a_template_within_the_bounds_is_rendered(tmp_path, text, made):
    assert rendered(tmp_path, text) == made
