from __future__ import annotations

import pytest

from tests.documents.hostile import BIG_TEXT, WORK, assert_refused, rendered, repeated

#: the beginnings of templates: a long path in circles; elements that hold long texts
CIRCLE = "{% set n = namespace() %}{% set n.n = n %}{% set p = 'n' ~ '.n' * 500 %}"
HOLDERS = (
    "{% set p = 'a' * 199000 %}{% set a = namespace(t=p ~ 'x') %}"
    "{% set b = namespace(t=p ~ 'y') %}{% set l = [a, b] * 15000 %}"
)

#: hostile templates, and the errors that refuse them
HOSTILE = [
    *(
        (f"{CIRCLE}{{{{ ([n] * 30000) | {use} | list | length }}}}", WORK)
        for use in (
            "map(attribute=p)",
            "selectattr(p, 'defined')",
            "rejectattr(p)",
            "sort(attribute=p)",
            "unique(attribute=p)",
            "groupby(p)",
        )
    ),
    (
        CIRCLE + "{% set n.v = 0 %}{{ ([n] * 30000) | sum(attribute=p ~ '.v') }}",
        WORK,
    ),
    (CIRCLE + "{{ ([n] * 30000) | max(attribute=p) }}", WORK),
    (BIG_TEXT + repeated("{{ [] | map(attribute='.' ~ a) | list }}"), WORK),
    (BIG_TEXT + repeated("{{ [] | sum(attribute='.' ~ a) }}"), WORK),
    (BIG_TEXT + repeated("{{ [] | sort(attribute=',' ~ a) }}"), WORK),
    *(
        (f"{HOLDERS}{{{{ l | {use} | list | length }}}}", WORK)
        for use in (
            "sort(attribute='t')",
            "sort(false, false, 't')",
            "groupby('t')",
            "groupby('u', default=p)",
            "groupby('u', p)",
            "unique(attribute='t')",
            "unique(false, 't')",
            "groupby_in_order('t')",
        )
    ),
    (HOLDERS + "{{ (l | max(attribute='t')).t | length }}", WORK),
    (HOLDERS + "{{ (l | min(false, 't')).t | length }}", WORK),
    (HOLDERS + "{{ l[:500] | sort(attribute='t' ~ ',t' * 100) | length }}", WORK),
    (HOLDERS + "{{ ([p] * 15000) | sort(true) | length }}", WORK),
]


@pytest.mark.parametrize(
    ("text", "fault"), HOSTILE, ids=[text[-70:] for text, _ in HOSTILE]
)
def test_an_attribute_beyond_the_bounds_is_refused_soon_with_its_template(
    tmp_path, text, fault
):
    assert_refused(tmp_path, text, fault)


@pytest.mark.parametrize(
    ("use", "printed"),
    [
        ("sort(attribute='k,v') | map(attribute='v') | join(' ')", "1 3 2"),
        ("sort(true, true, 'v') | map(attribute='v') | join(' ')", "3 2 1"),
        ("unique(attribute='k') | map(attribute='v') | join(' ')", "3 2"),
        ("groupby('k') | map(attribute='grouper') | join(' ')", "a b"),
        ("groupby('x.y', default='none') | map('first') | join(' ')", "none"),
        ("(l | max(attribute='v')).k", "a"),
        ("sum(attribute='v')", "6"),
        ("selectattr('v', 'gt', 1) | map(attribute='k') | join(' ')", "a b"),
    ],
)
def test_small_elements_are_compared_as_jinja_does(tmp_path, use, printed):
    start = "{% set l = [{'k': 'a', 'v': 3}, {'k': 'b', 'v': 2}, {'k': 'A', 'v': 1}] %}"
    text = use if use.startswith("(") else f"l | {use}"
    assert rendered(tmp_path, f"{start}{{{{ {text} }}}}") == printed


def test_an_attribute_that_no_element_has_is_named(tmp_path):
    assert_refused(tmp_path, "{{ [{}, {}] | sort(attribute='t') | length }}", 'no "t"')
