"""The reach of a template: every value within four steps of its names.

Of these values, a template can call only the listed functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import BuiltinMethodType, MethodType

import pytest
from jinja2 import Undefined
from jinja2.exceptions import SecurityError, UndefinedError
from pydantic import BaseModel

from launch_kits.documents import Facts, render
from launch_kits.documents.context import TemplateContext
from launch_kits.documents.engine import engine
from launch_kits.documents.names import NAMES, USES, names_for
from launch_kits.errors import DocumentError
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import PARTS
from launch_kits.inputs.loading import load_brief
from launch_kits.inputs.titles import fill_in
from launch_kits.plan.rollout import Rollout
from launch_kits.views.facts import facts_of_rollout
from launch_kits.workdays.calendar import Calendar
from tests.documents.hostile import (
    BIG_LIST,
    BIG_TEXT,
    BIG_TUPLE,
    LIST,
    WORK,
    assert_refused,
    repeated,
)
from tests.samples import brief, facts

ROOT = Path(__file__).parents[2]
DEPTH = 4

#: all that can be called, by the type it belongs to; a name that is added here is a decision
ALLOWED: dict[type, set[str]] = {
    TemplateContext: {
        *(
            "attributes",
            "cite",
            "claims",
            "desk",
            "clock",
            "commitments",
            "fail",
            "gap",
            "hold_back",
            "override",
            "messages",
            "prices",
            "problems",
            "questions",
        ),
        *("quotes", "reply", "say", "sheet", "sourced", "support", "themes"),
    },
    Brief: {"calendar", "competitors", "holder"},
    Calendar: {"closed_between", "count", "is_workday"},
    str: {
        *(
            "capitalize",
            "casefold",
            "count",
            "endswith",
            "find",
            "isalpha",
            "isdigit",
            "islower",
            "isspace",
            "isupper",
        ),
        *(
            "lower",
            "lstrip",
            "partition",
            "removeprefix",
            "removesuffix",
            "rpartition",
            "rsplit",
            "rstrip",
            "split",
        ),
        *("splitlines", "startswith", "strip", "swapcase", "title", "upper"),
    },
    list: {"count", "index"},
    tuple: {"count", "index"},
    dict: {"get", "items", "keys", "values"},
    date: {"isocalendar", "isoformat", "isoweekday", "weekday"},
}
#: functions that belong to no type
FREE = {"namespace", "range"}

#: names of Python's and Pydantic's machinery, which a template may try
MACHINERY = sorted(
    {
        *dir(BaseModel),
        *dir(object),
        *dir(type),
        "mro",
        "gi_frame",
        "f_globals",
        "func_globals",
    }
)


@pytest.fixture(scope="module")
def given() -> Facts:
    """The facts of a document of a full brief, about a competitor."""
    of = load_brief(ROOT / "examples" / "valkey-9" / "brief.yaml").brief
    rollout = Rollout(of, date(2026, 11, 23), of.released_on, of.launch_on)
    made = facts_of_rollout(rollout, today=date(2026, 11, 23))
    return replace(
        made,
        task=next(task for task in made.tasks if task.template == "battlecard.md.j2"),
    )


@pytest.fixture(scope="module")
def sandbox():
    return engine(())._environment


def key_of(value: object) -> object:
    """The identity of a value: two values with one key lead to the same names."""
    if callable(value):
        return (
            type(value),
            getattr(value, "__qualname__", ""),
            type(getattr(value, "__self__", None)),
        )
    return (
        (type(value), value)
        if value is None or isinstance(value, bool)
        else (type(value), id(value))
    )


def steps(sandbox, value: object) -> Iterator[tuple[str, object]]:
    """All values that a template can take from a value.

    It takes them by every name that Python knows of the value, by items, and by looping.
    """
    names = {*dir(value), *dir(type(value)), *MACHINERY}
    for name in sorted(names):
        for take in (sandbox.getattr, sandbox.getitem):
            found = take(value, name)
            if not isinstance(found, Undefined):
                yield f".{name}", found
    if isinstance(value, dict):
        yield from ((f"[{key!r}]", sandbox.getitem(value, key)) for key in value)
    elif isinstance(value, list | tuple):
        yield from ((f"[{at}]", sandbox.getitem(value, at)) for at in range(len(value)))


def reached(sandbox, roots: dict[str, object]) -> Iterator[tuple[str, object]]:
    """Every value within so many steps, once, with a way that leads to it."""
    # with the values themselves, so that none takes the place of another
    seen: dict[object, object] = {}
    level = list(roots.items())
    for _ in range(DEPTH + 1):
        following: list[tuple[str, object]] = []
        for path, value in level:
            if key_of(value) in seen:
                continue
            seen[key_of(value)] = value
            yield path, value
            # two of a type lead to the same names: their items differ, and are looked at
            following += [
                (f"{path}{step}", found) for step, found in steps(sandbox, value)
            ]
        level = following


def is_allowed(value: object) -> bool:
    if isinstance(value, MethodType | BuiltinMethodType):
        owner = type(value.__self__)
        return any(value.__name__ in ALLOWED.get(kind, ()) for kind in owner.__mro__)
    return False


def test_within_four_steps_nothing_can_be_called_that_is_not_listed(sandbox, given):
    names = names_for(given, TemplateContext(given))
    assert names.keys() == set(NAMES)
    called: dict[str, object] = {}
    met = 0
    for path, value in reached(sandbox, names):
        met += 1
        if callable(value):
            called[path] = value
    assert [path for path, value in called.items() if not is_allowed(value)] == []
    # it went far enough: through brief, team, ledgers, claims and sources
    assert met > 1000
    assert {"say", "holder", "upper", "items", "isoformat"} <= {
        value.__name__ for value in called.values()
    }


def test_results_of_functions_lead_to_no_other_function(sandbox, given):
    context = TemplateContext(given)
    made = {
        "sheet": context.sheet(given.task.item),
        **{
            name: getattr(context, name)()
            for name in ("attributes", "prices", "questions", "messages", "problems")
        },
        "quotes": context.quotes(),
        "calendar": given.brief.calendar(),
        "gap": context.gap("the need"),
        "grouped": sandbox.filters["groupby_in_order"](sandbox, given.tasks, "stage"),
    }
    found = dict(reached(sandbox, made))
    assert [
        path
        for path, value in found.items()
        if callable(value) and not is_allowed(value)
    ] == []
    assert len(found) > 300


def test_the_functions_of_every_template_are_those_that_are_listed(sandbox):
    assert set(sandbox.globals) == FREE
    assert ALLOWED[TemplateContext] == set(USES)


@pytest.mark.parametrize("name", MACHINERY)
def test_the_machinery_of_a_model_is_out_of_reach(sandbox, name):
    for value in (
        brief(),
        brief().team,
        brief().calendar(),
        brief().calendar,
        render,
        Brief,
        "a",
        1,
        (),
        date.max,
        None,
    ):
        for take in (sandbox.getattr, sandbox.getitem):
            found = take(value, name)
            if not isinstance(found, Undefined):
                assert is_allowed(found), f"{type(value)}.{name}"


@pytest.mark.parametrize(
    "function",
    [
        open,
        eval,
        print,
        getattr,
        type,
        Brief,
        Brief.model_dump,
        brief().model_dump,
        "a".format,
        [].append,
    ],
)
def test_a_function_that_is_not_listed_is_not_called_even_where_a_template_has_it(
    sandbox, function
):
    with pytest.raises(SecurityError, match="cannot be called"):
        sandbox.call(None, function)


def test_a_call_of_an_unknown_name_says_that_it_is_unknown(sandbox):
    with pytest.raises(UndefinedError):
        sandbox.call(None, sandbox.undefined(name="nothing"))


#: objects of Jinja that a template gets: loops, macros, blocks, modules, namespaces
INSIDE = [
    "{% for a in [1] %}{{ loop.PART }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m.PART }}",
    "{% macro m() %}{{ caller.PART }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% block a %}{{ self.PART }}{% endblock %}",
    "{% block a %}{{ self.a.PART }}{% endblock %}",
    "{% import 'part.md.j2' as part %}{{ part.PART }}",
    "{% set n = namespace() %}{{ n.PART }}",
    "{{ [brief] | map(attribute='PART') | list | length }}",
    "{{ [brief] | map(attribute='team.PART') | list | length }}",
    "{{ [brief] | groupby_in_order('PART') | length }}",
    "{{ [brief, brief] | groupby('PART') | list | length }}",
    "{{ [brief, brief] | sort(attribute='PART') | length }}",
    "{{ [brief] | selectattr('PART') | list | length }}",
    "{{ [brief] | sum(attribute='PART') }}",
    "{{ '{0.PART}'.format(brief) }}",
    "{{ brief | attr('PART') }}",
    "{{ namespace.PART }}{{ range.PART }}",
]
PARTS_OF = [
    "__class__",
    "__init__",
    "__globals__",
    "_environment",
    "_func",
    "_context",
    "__dict__",
    "__getattribute__",
]


@pytest.mark.parametrize("part", PARTS_OF)
@pytest.mark.parametrize("text", INSIDE)
def test_objects_of_jinja_lead_to_nothing(tmp_path, text, part):
    (tmp_path / "own.md.j2").write_text(text.replace("PART", part), "utf-8")
    (tmp_path / "part.md.j2").write_text("{% macro m() %}{% endmacro %}", "utf-8")
    with pytest.raises(DocumentError, match=r"^template own\.md\.j2, line 1: "):
        render("own.md.j2", facts(brief()), folders=[tmp_path])


def test_an_imported_template_keeps_nothing_from_one_document_to_the_next(tmp_path):
    part = (
        "{% set seen = namespace(x='') %}{% macro m(a) %}{% set seen.x = seen.x ~ a "
        "%}{{ seen.x }}{% endmacro %}"
    )
    (tmp_path / "part.md.j2").write_text(part, "utf-8")
    (tmp_path / "own.md.j2").write_text(
        "{% import 'part.md.j2' as part %}{{ part.m(brief.product) }}", "utf-8"
    )
    texts = [
        render("own.md.j2", facts(brief(product=product)), folders=[tmp_path])
        for product in ("One", "Two")
    ]
    assert texts == ["One", "Two"]


def test_a_title_is_handed_texts_alone(given):
    values = {
        "product": given.brief.product,
        **{f"item.{part}": "x" for parts in PARTS.values() for part in parts},
    }
    for name in MACHINERY:
        with pytest.raises(ValueError, match="title "):
            fill_in(f"{{{{ item.{name} }}}}", values)


def test_the_docs_list_every_filter_and_function(sandbox):
    page = (ROOT / "docs" / "reference" / "templates.md").read_text(encoding="utf-8")
    # two letters for `default`, `escape`
    names = {*sandbox.filters, *sandbox.globals} - {"d", "e"}
    assert (
        sorted(
            name
            for name in names
            if f"`{name}`" not in page and f"`{name}(" not in page
        )
        == []
    )


#: the beginnings of templates: characters to strip; a text to look for
CHARACTERS = "{% set s = 'ab' * 99000 %}{% set c = 'c' * 199000 ~ 'ba' %}"
SOUGHT = "{% set a = 'a' * 199000 %}{% set b = 'a' * 50000 ~ 'b' ~ 'a' * 50000 %}"

#: hostile templates, and the errors that refuse them
HOSTILE = [
    ("{{ range(10 ** 200) }}", LIST),
    ("{{ range(0, 0 - 10 ** 10, 0 - 1) | length }}", LIST),
    (BIG_TEXT + repeated("{{ a.count('b') }}"), WORK),
    *(
        (f"{CHARACTERS}{repeated(f'{{% if s.{name}(c) %}}{{% endif %}}')}", WORK)
        for name in ("strip", "lstrip", "rstrip")
    ),
    *(
        (f"{SOUGHT}{repeated(f'{{% if a.{name}(b) %}}{{% endif %}}')}", WORK)
        for name in ("partition", "rpartition", "find", "count", "split", "rsplit")
    ),
    (SOUGHT + repeated("{{ a.split(sep=b) | length }}"), WORK),
    ("{% set s = 'a ' * 99000 %}" + repeated("{{ s.title() | length }}"), WORK),
    (BIG_LIST + repeated("{{ a.count(1) }}"), WORK),
    (BIG_TUPLE + repeated("{{ {}.get(a) }}"), WORK),
    (repeated("{{ attributes() }}{{ brief == brief }}"), WORK),
    (repeated("{{ claims(['globex.y1'] * 9999) }}"), WORK),
    (repeated("{{ brief.calendar().closed_between(today, launch_on) }}"), WORK),
    ("{{ '{:>1000000000}'.format(1) }}", "access to attribute 'format'"),
    ("{{ '{0:>1000000000}'.format_map({}) }}", "access to attribute 'format_map'"),
    ("{{ 'a'.ljust(1000000000) }}", "access to attribute 'ljust'"),
    ("{{ 'a'.zfill(1000000000) }}", "access to attribute 'zfill'"),
    ("{{ '\t'.expandtabs(1000000000) }}", "access to attribute 'expandtabs'"),
    ("{{ today.strftime('%1000000000d') }}", "access to attribute 'strftime'"),
    ("{{ lipsum(10 ** 6) }}", 'unknown name "lipsum"'),
    ("{{ cycler('a') }}", 'unknown name "cycler"'),
    ("{{ joiner('a') }}", 'unknown name "joiner"'),
    ("{{ dict(a=1) }}", 'unknown name "dict"'),
]


@pytest.mark.parametrize(
    ("text", "fault"), HOSTILE, ids=[text[:70] for text, _ in HOSTILE]
)
def test_a_function_beyond_the_bounds_is_refused_soon_with_its_template(
    tmp_path, text, fault
):
    assert_refused(tmp_path, text, fault)
