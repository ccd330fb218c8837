"""What a template cannot do, however it is written: run for long, or make something huge."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from launch_kits.documents import DocumentMetadata, bounds, make, render
from launch_kits.documents.catalogue import template_files
from launch_kits.documents.escaping import escape
from launch_kits.errors import DocumentError
from launch_kits.inputs.loading import load_brief
from launch_kits.plan.rollout import Rollout
from launch_kits.views.facts import facts_of_rollout
from tests.samples import TODAY, brief, facts

ROOT = Path(__file__).parents[2]

WORK, TEXT, LIST = (
    "takes more work than allowed",
    "a text grows longer than",
    "a list grows longer than",
)
NUMBER, WIDTH, SELF = (
    "a number grows longer than 300 digits",
    "at most 999 characters wide",
    "itself endlessly",
)


def grown(start: str, step: str, *, times: int = 99) -> str:
    """A template that replaces a value again and again by a larger one."""
    loop = f"{{% for i in range({times}) %}}{{% set n.x = {step} %}}{{% endfor %}}"
    return f"{{% set n = namespace(x={start}) %}}{loop}"


def repeated(body: str) -> str:
    """A template that repeats its body very often."""
    return f"{{% for i in range(49999) %}}{body}{{% endfor %}}"


BIG_TEXT = "{% set a = 'a' * 190000 %}"
BIG_LIST = "{% set a = [0] * 40000 %}"
BIG_TUPLE = "{% set a = (0,) * 40000 %}"

#: hostile templates, and the errors that refuse them
HOSTILE = [
    ("{{ 3 ** (10 ** 9) }}", NUMBER),
    ("{{ 3 ** 10 ** 9 ** 9 }}", NUMBER),
    ("{{ (3 ** 500) * (3 ** 500) }}", NUMBER),
    (grown("3", "n.x * n.x"), NUMBER),
    (grown("3", "n.x + n.x", times=9999), NUMBER),
    (grown("3", "n.x - (0 - n.x)", times=9999), NUMBER),
    ("{{ ('1' * 90000) | int(0, 2) }}", NUMBER),
    ("{{ 2.0 ** 99999 }}", "OverflowError"),
    ("{{ 'a' * 10 ** 10 }}", TEXT),
    ("{{ 10 ** 10 * 'a' }}", TEXT),
    ("{{ ('a' | safe) * 10 ** 10 }}", TEXT),
    ("{{ [0] * 10 ** 10 }}", LIST),
    ("{{ (0, 1) * 10 ** 10 }}", LIST),
    ("{{ ([0] * 40000) + ([0] * 40000) }}", LIST),
    ("{{ range(10 ** 10) | list }}", LIST),
    ("{{ range(10 ** 200) }}", LIST),
    ("{{ range(0, 0 - 10 ** 10, 0 - 1) | length }}", LIST),
    ("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}", WORK),
    ("{% for a in range(9999) %}{% for b in range(9999) if b < a %}{% endfor %}{% endfor %}", WORK),
    ("{% for a in range(9999) %}{{ range(9999) | select('odd') | list | length }}{% endfor %}", WORK),
    ("{% for a in range(9999) %}{{ range(9999) | map('string') | join | length }}{% endfor %}", WORK),
    ("{% for a in range(9999) %}{{ range(9999) | sum }}{% endfor %}", WORK),
    ("{% for a in range(9999) %}{{ range(9999) | sort | first }}{% endfor %}", WORK),
    ("{% for a in range(9999) %}{{ range(9999) | unique | list | length }}{% endfor %}", WORK),
    ("{% set a = 'a' * 190000 %}{% set b = 'a' * 190000 %}" + repeated("{{ a == b }}"), WORK),
    (BIG_TEXT + repeated("{{ 'b' in a }}"), WORK),
    (BIG_TEXT + repeated("{{ a.count('b') }}"), WORK),
    (BIG_TEXT + repeated("{% set b = a[1:] %}"), WORK),
    (BIG_TEXT + repeated("{{ a | upper | length }}"), WORK),
    (BIG_TEXT + repeated("{{ a | sentence | length }}"), WORK),
    (BIG_LIST + repeated("{{ a == a[:] }}"), WORK),
    (BIG_LIST + repeated("{{ 1 in a }}"), WORK),
    (BIG_LIST + repeated("{{ a.count(1) }}"), WORK),
    (BIG_TUPLE + repeated("{{ {}[a] is defined }}"), WORK),
    (BIG_TUPLE + repeated("{{ {}.get(a) }}"), WORK),
    ("{% set a = [0] * 40000 %}{% macro m() %}{% endmacro %}{{ m(*a) }}", "TypeError: macro 'm' takes not more than"),
    (repeated("{{ attributes() }}{{ brief == brief }}"), WORK),
    (repeated("{{ claims(['globex.y1'] * 9999) }}"), WORK),
    (repeated("{{ brief.calendar().closed_between(today, launch_on) }}"), WORK),
    (BIG_TEXT + repeated("{% set b %}{{ a }}{% endset %}"), WORK),
    ("{% for i in range(49999) %}" + "a" * 40000 + "{% endfor %}", WORK),
    ("{% for i in range(49999) %}" + "a" * 99 + "{% endfor %}", TEXT),
    (grown("'a'", "n.x ~ n.x"), TEXT),
    (grown("'a'", "n.x + n.x"), TEXT),
    (grown("'a'", "[n.x, n.x] | join"), TEXT),
    (grown("'a'", "'%s%s' % (n.x, n.x)"), TEXT),
    (grown("'a'", "n.x | replace('a', 'aa')"), TEXT),
    ("{% set n = namespace(x='a') %}{% for i in range(99) %}{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}{% endfor %}", TEXT),
    (grown("'*'", "n.x | e | forceescape"), TEXT),
    (grown("[0]", "n.x + n.x"), LIST),
    (grown("0", "[n.x, n.x]"), LIST),
    (grown("0", "(n.x, n.x)"), LIST),
    (grown("0", "{1: n.x, 2: n.x}"), LIST),
    (grown("[0]", "[n.x] * 2"), LIST),
    (grown("[0]", "[n.x, n.x] | sum(start=[])"), LIST),
    ("{{ ['a' * 190000] * 40000 }}", WORK),
    ("{{ (['a' * 40000] * 6) }}", TEXT),
    ("{{ ['a' * 190000] * [1] }}", "list * list cannot be calculated; convert one of them"),
    ("{{ (['a' * 190000] * 5) | join }}", TEXT),
    ("{{ (['a' * 40000] * 6) | join }}", TEXT),
    ("{{ range(9) | join('a' * 190000) }}", TEXT),
    ("{{ ('a' * 190000) | replace('', 'aa') }}", TEXT),
    ("{{ ('a' * 190000) | replace('a', '**' | safe) }}", TEXT),
    ("{{ '%1000000000d' | format(1) }}", WIDTH),
    ("{{ '%1000000000d' % 1 }}", WIDTH),
    ("{{ '%*d' % (1000000000, 1) }}", WIDTH),
    ("{{ '%.1000000000f' % 1 }}", WIDTH),
    ("{{ '%(a)1000000000d' % {'a': 1} }}", WIDTH),
    ("{{ ('%1000000000d' | safe) % 1 }}", WIDTH),
    ("{{ '%1000000000d' is odd }}", "is not a number; convert it"),
    ("{{ 8 is divisibleby '%1000000000d' }}", "is not a number; convert it"),
    ("{{ ('%s' * 900) % 1 }}", "a format text has at most 1,000 characters"),
    ("{{ '{:>1000000000}'.format(1) }}", "access to attribute 'format'"),
    ("{{ '{0:>1000000000}'.format_map({}) }}", "access to attribute 'format_map'"),
    ("{{ 'a'.ljust(1000000000) }}", "access to attribute 'ljust'"),
    ("{{ 'a'.zfill(1000000000) }}", "access to attribute 'zfill'"),
    ("{{ '\t'.expandtabs(1000000000) }}", "access to attribute 'expandtabs'"),
    ("{{ today.strftime('%1000000000d') }}", "access to attribute 'strftime'"),
    ("{{ 'a' | center(10 ** 9) }}", 'unknown filter "center"; use one that docs/reference/templates.md lists'),
    ("{{ ['a'] | map('center', 10 ** 9) | list }}", "No filter named 'center'"),
    ("{{ 'a' | indent(10 ** 9) }}", "lines are indented by at most 100 characters"),
    ("{{ ('\n' * 90000) | indent(99, true, true) }}", TEXT),
    ("{{ [1] | batch(10 ** 9, 0) | list }}", 'unknown filter "batch"'),
    ("{{ [1] | slice(10 ** 9) | list }}", 'unknown filter "slice"'),
    ("{{ 'a' | wordwrap(1) }}", 'unknown filter "wordwrap"'),
    ("{{ brief | pprint }}", 'unknown filter "pprint"'),
    ("{{ 1.5 | round(10 ** 9, 'ceil') }}", "rounded to at most 30 digits"),
    ("{{ lipsum(10 ** 6) }}", 'unknown name "lipsum"'),
    ("{{ cycler('a') }}", 'unknown name "cycler"'),
    ("{{ joiner('a') }}", 'unknown name "joiner"'),
    ("{{ dict(a=1) }}", 'unknown name "dict"'),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", SELF),
    ("{% macro m(n) %}{{ m(n + 1) if n < 60 }}{{ m(n + 1) if n < 60 }}{% endmacro %}{{ m(0) }}", WORK),
    ("{% macro m() %}{{ varargs }}{% endmacro %}{{ m(1) }}", '"varargs" is not supported'),
    ("{% macro m() %}{{ kwargs }}{% endmacro %}{{ m(a=1) }}", '"kwargs" is not supported'),
    ("{% for a in [1] recursive %}{{ loop([1, 1]) }}{% endfor %}", "a loop cannot call itself"),
    ("{% include 'own.md.j2' %}", SELF),
    ("{% for i in range(99) %}{% include 'own.md.j2' %}{% endfor %}", WORK),
    ("{% extends 'own.md.j2' %}", SELF),
    ("{% import 'own.md.j2' as own %}", SELF),
    ("{% from 'own.md.j2' import own with context %}", SELF),
    ("{% block a %}{{ self.a() }}{% endblock %}", SELF),
    ("{% block a %}{% endblock %}{% for i in range(49999) %}{% for j in range(9) %}{{ self.a() }}{% endfor %}{% endfor %}", WORK),
    (repeated("{% include 'empty.md.j2' %}"), WORK),
    ("{{ brief }}", "a Brief is not a text; print one of its fields"),
    ("{{ [brief] }}", "a Brief is not a text; print one of its fields"),
    ("{{ brief ~ '' }}", "a Brief is not a text; print one of its fields"),
    ("{{ '%s' % brief }}", "a Brief is not a text; print one of its fields"),
    ("{{ [brief] | join }}", "a Brief is not a text; print one of its fields"),
    ("{{ brief | safe }}", "a Brief is not a text; print one of its fields"),
    ("{{ brief | string }}", "a Brief is not a text; print one of its fields"),
    ("{% for part in brief %}{% endfor %}", "a Brief is not a list; loop over one of its fields"),
    ("{{ " + "(" * 900 + "1" + ")" * 900 + " }}", "nested too deeply"),
    ("{{ " + "not " * 9000 + "1 }}", "nested too deeply"),
    ("{% if true %}" * 900 + "{% endif %}" * 900, "nested too deeply"),
    ("{% for a in [1] %}" * 30 + "{% endfor %}" * 30, "nested too deeply"),
    ("a" * 70_000, "is larger than 64 KiB; split it, and include the parts"),
]  # fmt: skip

#: what an honest template may do
HONEST = [
    ("{{ 2 ** 10 }} {{ 7 % 3 }} {{ 'ab' * 2 }} {{ [1] + [2] }}", "1024 1 abab \\[1, 2\\]"),
    ("{{ '%05.1f %s' % (1.25, 'a') }} {{ '%s' | format('b') }}", "001.2 a b"),
    ("{{ (launch_on - today).days }} {{ launch_on.isoformat() }} {{ launch_on.year }}", "100 2027-03-02 2027"),
    ("{% for i in range(3) %}{{ loop.index }}/{{ loop.length }}{{ ', ' if not loop.last }}{% endfor %}", "1/3, 2/3, 3/3"),
    ("{{ [3, 1, 2] | sort | map('string') | join('-') }} {{ [1, 2] | sum }} {{ [[1], [2]] | sum(start=[]) }}", "1-2-3 3 \\[1, 2\\]"),
    ("{{ 'a b'.split() | join('+') }} {{ 'A'.lower() }} {{ 'abc'[1:] }} {{ 'abc'[0] }}", "a+b a bc a"),
    ("{% set n = namespace(x=0) %}{% for i in range(1000) %}{% set n.x = n.x + i %}{% endfor %}{{ n.x }}", "499500"),
    ("{% macro m(n) %}{{ n }}{{ m(n - 1) if n }}{% endmacro %}{{ m(9) }}", "9876543210"),
    ("{{ 'a\nb' | indent(2) }}|{{ 'aXb' | replace('X', '-') }}|{{ 2.345 | round(2) }}", "a b|a-b|2.35"),
    ("{{ {'a': 1}.items() | list | length }} {{ {'a': 1} | dictsort | length }} {{ {'a': 1}.a }}", "1 1 1"),
    ("{% for i in [1, 2, 3, 4] if i is even %}{{ loop.cycle('x', 'y') }}{{ i }}{% else %}none{% endfor %}", "x2y4"),
    ("{% block a %}A{% endblock %}{{ self.a() }}", "AA"),
    ("{{ nothing | default('x') }}{{ brief.summary or 'y' }}{{ 'z' if nothing is undefined }}", "xyz"),
]  # fmt: skip


@pytest.fixture
def written(tmp_path):
    def render_text(text: str) -> str:
        (tmp_path / "own.md.j2").write_text(text, "utf-8")
        (tmp_path / "empty.md.j2").write_text("", "utf-8")
        return render("own.md.j2", facts(brief()), folders=[tmp_path])

    return render_text


@pytest.mark.parametrize(
    ("text", "fault"), HOSTILE, ids=[text[:70] for text, _ in HOSTILE]
)
def test_a_hostile_template_is_refused_at_once_with_its_line_and_a_remedy(
    written, text, fault
):
    began = time.process_time()
    with pytest.raises(DocumentError) as raised:
        written(text)
    took = time.process_time() - began
    message = str(raised.value)
    assert message.startswith("template own.md.j2")
    assert fault in message
    assert len(message) < 1000
    # what the counters let through takes about half a second: far less than what a machine's being busy can hide
    assert took < 20, f"{took:.1f} s"


@pytest.mark.parametrize(("text", "made"), HONEST)
def test_an_honest_template_is_rendered(written, text, made):
    assert written(text) == made


@pytest.mark.parametrize(
    "name", ["battlecard.md.j2", "launch_plan.md.j2", "sales_knowledge_base.md.j2"]
)
def test_the_built_in_templates_take_a_small_part_of_what_a_document_may(
    monkeypatch, name
):
    of = load_brief(ROOT / "examples" / "valkey-9" / "brief.yaml").brief
    made = facts_of_rollout(
        Rollout(of, TODAY, of.released_on, of.launch_on), today=TODAY
    )
    rival = next(task for task in made.tasks if task.template == "battlecard.md.j2")
    given = replace(made, task=rival)
    whole = render(name, given)
    monkeypatch.setattr(bounds, "WORK", bounds.WORK // 10)
    assert render(name, given) == whole


def test_each_document_has_bounds_of_its_own(written):
    text = (
        "{% for a in range(900) %}{% for b in range(99) %}{% endfor %}{% endfor %}done"
    )
    assert [written(text) for _ in range(20)] == ["done"] * 20


def test_every_thread_has_bounds_of_its_own(tmp_path):
    text = (
        "{% for a in range(900) %}{% for b in range(99) %}{% endfor %}{% endfor %}done"
    )
    (tmp_path / "own.md.j2").write_text(text, "utf-8")
    with ThreadPoolExecutor(4) as threads:
        made = threads.map(
            lambda _: render("own.md.j2", facts(brief()), folders=[tmp_path]), range(20)
        )
        assert list(made) == ["done"] * 20


@pytest.mark.parametrize("name", ["pptx", "docx"])
@pytest.mark.parametrize("text", ["word " * 20_000, "a\n\n" * 2_000])
def test_slides_and_letters_have_an_end(name, text):
    metadata = DocumentMetadata(
        title="Card", product="Acme 2", reader="Internal", author="Pam", day=TODAY
    )
    with pytest.raises(
        DocumentError,
        match="has at most 50,000 characters and 2,000 lines; ask for pdf, or shorten it",
    ):
        make(name, text, metadata)


@pytest.mark.parametrize(
    "text",
    [
        "a" + "_" * 200_000 + "a",
        "_" * 200_000,
        "-" * 200_000 + "a",
        "=" * 200_000 + "a",
    ],
)
def test_a_long_text_is_escaped_in_a_moment(text):
    began = time.process_time()
    assert escape(text).replace("\\", "") == text
    assert time.process_time() - began < 20


def test_a_template_that_begins_with_blanks_is_told_about_in_a_moment(tmp_path):
    (tmp_path / "own.md.j2").write_text(
        "{# a" + (" " * 9_000 + "b") * 6 + " #}x", "utf-8"
    )
    began = time.process_time()
    (own,) = [
        each for each in template_files(folders=(tmp_path,)) if each.name == "own.md.j2"
    ]
    assert own.about == "a b b b b b b"
    assert time.process_time() - began < 20
