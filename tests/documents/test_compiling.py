from __future__ import annotations

import pytest

from launch_kits.errors import DocumentError
from tests.documents.hostile import (
    BIG_LIST,
    BIG_TEXT,
    LIST,
    SELF,
    TEXT,
    WORK,
    assert_refused,
    grown,
    repeated,
)


def error_of(written, text: str, **more) -> str:
    with pytest.raises(DocumentError) as raised:
        written(text, **more)
    return str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "{{ brief.product }}",
        "{% set x %}{{ brief.product }}{% endset %}{{ x }}",
        "{% macro say(x) %}{{ x }}{% endmacro %}{{ say(brief.product) }}",
        (
            "{% macro say() %}{{ caller() }}{% endmacro %}{% call say() %}{{ brief.product "
            "}}{% endcall %}"
        ),
        "{{ [brief.product] | join(' ') }}",
        "{{ '' | safe ~ brief.product }}",
        "{{ '' | safe + brief.product }}",
        "{{ ('%s' | safe) % brief.product }}",
        "{{ brief.product | upper | lower }}",
        "{{ brief.product if true else 'x' }}",
        "{% filter trim %}{{ brief.product }}{% endfilter %}",
        "{% include 'part.md.j2' %}",
        "{% from 'part.md.j2' import word with context %}{{ word() }}",
        "{{ brief.product | e }}",
        "{{ brief.product | forceescape }}",
        "{{ ('a' | safe | replace('a', brief.product)) }}",
    ],
)
def test_a_value_is_escaped_once_however_it_is_printed(written, text):
    part = "{% macro word() %}{{ brief.product }}{% endmacro %}{{ brief.product }}"
    assert written(text, product="*a* <b>", part=part).strip() == r"\*a\* &lt;b>"


def test_the_texts_of_a_template_are_not_escaped(written):
    assert (
        written("""{{ "**it's** " if brief else "" }}{{ " [x] " ~ brief.product }}""")
        == "**it's**  [x] Acme 2"
    )


def test_escaping_cannot_be_switched_off(written):
    message = error_of(
        written, "one\n{% autoescape false %}{{ brief.product }}{% endautoescape %}"
    )
    assert message.startswith(
        "template own.md.j2, line 2: escaping cannot be switched off; "
    )


#: hostile templates, and the errors that refuse them
HOSTILE = [
    (
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
        WORK,
    ),
    (
        "{% for a in range(9999) %}{% for b in range(9999) if b < a %}{% endfor %}{% endfor %}",
        WORK,
    ),
    (
        "{% set a = 'a' * 190000 %}{% set b = 'a' * 190000 %}"
        + repeated("{{ a == b }}"),
        WORK,
    ),
    (BIG_TEXT + repeated("{{ 'b' in a }}"), WORK),
    (BIG_LIST + repeated("{{ a == a[:] }}"), WORK),
    (BIG_LIST + repeated("{{ 1 in a }}"), WORK),
    (
        "{% set a = [0] * 40000 %}{% macro m() %}{% endmacro %}{{ m(*a) }}",
        "TypeError: macro 'm' takes not more than",
    ),
    (BIG_TEXT + repeated("{% set b %}{{ a }}{% endset %}"), WORK),
    ("{% for i in range(49999) %}" + "a" * 40000 + "{% endfor %}", WORK),
    ("{% for i in range(49999) %}" + "a" * 99 + "{% endfor %}", TEXT),
    (
        (
            "{% set n = namespace(x='a') %}{% for i in range(99) %}"
            "{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}{% endfor %}"
        ),
        TEXT,
    ),
    (grown("0", "[n.x, n.x]"), LIST),
    (grown("0", "(n.x, n.x)"), LIST),
    (grown("0", "{1: n.x, 2: n.x}"), LIST),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", SELF),
    (
        "{% macro m(n) %}{{ m(n + 1) if n < 60 }}{{ m(n + 1) if n < 60 }}{% endmacro %}{{ m(0) }}",
        WORK,
    ),
    (
        "{% macro m() %}{{ varargs }}{% endmacro %}{{ m(1) }}",
        '"varargs" is not supported',
    ),
    (
        "{% macro m() %}{{ kwargs }}{% endmacro %}{{ m(a=1) }}",
        '"kwargs" is not supported',
    ),
    (
        "{% for a in [1] recursive %}{{ loop([1, 1]) }}{% endfor %}",
        "a loop cannot call itself",
    ),
    ("{% block a %}{{ self.a() }}{% endblock %}", SELF),
    (
        "{% block a %}{% endblock %}"
        + repeated("{% for j in range(9) %}{{ self.a() }}{% endfor %}"),
        WORK,
    ),
    (
        "{% for part in brief %}{% endfor %}",
        "a Brief is not a list; loop over one of its fields",
    ),
]


@pytest.mark.parametrize(
    ("text", "fault"), HOSTILE, ids=[text[:70] for text, _ in HOSTILE]
)
def test_a_template_beyond_the_bounds_is_refused_soon_with_its_template(
    tmp_path, text, fault
):
    assert_refused(tmp_path, text, fault)
