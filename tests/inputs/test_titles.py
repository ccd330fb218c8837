from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits.inputs.kit import PARTS, Each, KitTask, title_names
from launch_kits.inputs.titles import LONGEST, fill_in, title_faults, without_names
from launch_kits.lint.check import check
from tests.test_broken import BROKEN, NOW

VALUES = {
    "product": "Falcon",
    "item.key": "kite",
    "item.name": "Kite & Co <b>",
    "item.why": None,
}
KNOWN = list(VALUES)
TAKES = (
    "; a title takes {{ product }}, {{ item.key }}, {{ item.name }}, {{ item.why }}, "
    "and nothing else in braces"
)

HOSTILE = sorted(BROKEN.glob("kit-title-*.yaml"))


@pytest.mark.parametrize(
    ("title", "filled"),
    [
        ("Kick-off", "Kick-off"),
        ("Battlecard: {{ item.name }}", "Battlecard: Kite & Co <b>"),
        ("{{product}} against {{  item.key  }}", "Falcon against kite"),
        ("{{ product }}{{ product }}", "FalconFalcon"),
        ("Why: {{ item.why }}", "Why: "),
        ("100 % of {braces} {here}", "100 % of {braces} {here}"),
        ("{ {{ product }} }", "{ Falcon }"),
        ("{{{ product }}", "{Falcon"),
        ("a #} b %} c", "a #} b %} c"),
    ],
)
def test_a_title_is_filled_in_as_plain_text(title, filled):
    assert fill_in(title, VALUES) == filled
    assert list(title_faults(title, KNOWN)) == []


@pytest.mark.parametrize(
    ("title", "fault"),
    [
        (
            "{{ product | upper }}",
            'holds "{{ product | upper }}", which is not a name' + TAKES,
        ),
        ("{{ product", "has {{ without }} behind it" + TAKES),
        ("product }}", "has }} without {{ before it" + TAKES),
        (
            "{% for x in range(10**9) %}{% endfor %}",
            "holds a statement ({% … %})" + TAKES,
        ),
        ("{# said #}", "holds a comment ({# … #})" + TAKES),
        ("{{ }}", 'holds "{{  }}", which is not a name' + TAKES),
        ("{{ prodct }}", 'uses unknown "prodct"; did you mean "product"?'),
        ("{{ item.nmae }}", 'uses unknown "item.nmae"; did you mean "item.name"?'),
        (
            "{{ item }}",
            'uses unknown "item"; known: product, item.key, item.name, item.why',
        ),
        (
            "{{ version }}",
            'uses unknown "version"; known: product, item.key, item.name, item.why',
        ),
        ("a" * (LONGEST + 1), f"is longer than {LONGEST} characters; shorten it"),
    ],
)
def test_whatever_else_is_in_braces_is_a_fault_and_never_filled_in(title, fault):
    assert list(title_faults(title, KNOWN)) == [fault]
    with pytest.raises(ValueError, match="title ") as raised:
        fill_in(title, VALUES)
    assert str(raised.value).endswith(fault)


def test_an_item_needs_a_list_to_come_from():
    (fault,) = title_faults("{{ item.name }}", ["product"])
    assert fault == 'uses unknown "item.name" (it has no `each`)'


def test_a_task_may_name_the_product_and_the_parts_of_what_it_is_fanned_out_over():
    made = {
        each: KitTask(key="a", title="A", role="lead", days=1, each=each)
        for each in (None, *Each)
    }
    assert {each: title_names(task) for each, task in made.items()} == {
        None: ["product"],
        **{
            each: ["product", *(f"item.{part}" for part in PARTS[each])]
            for each in Each
        },
    }


def test_a_title_does_not_grow_without_end():
    with pytest.raises(
        ValueError, match="grows longer than 500 characters; name something shorter"
    ):
        fill_in("{{ product }}" * 30, {"product": "x" * 5_000_000})
    assert len(fill_in("{{ product }}" * 5, {"product": "x" * 100})) == LONGEST


def test_the_words_of_a_title_are_told_from_its_names():
    assert without_names("Told: {{ item.name }} of {{product}}") == "Told:   of  "


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_a_hostile_title_is_one_fault_at_once_and_nothing_of_it_runs(path: Path, capfd):
    began = time.process_time()
    (fault,) = check([path], now=NOW).faults
    assert time.process_time() - began < 2
    assert fault.message.startswith(("title of task ", "stages."))
    assert "unpickled" not in capfd.readouterr().out


def test_every_kind_of_hostile_title_is_tried():
    assert len(HOSTILE) > 20


@given(st.text(alphabet="{}%# \n|.()[]'\"product_item0-", max_size=60))
def test_a_title_is_either_refused_or_filled_in_without_braces_that_mean_anything(
    title,
):
    faults = list(title_faults(title, ["product"]))
    if faults:
        with pytest.raises(ValueError, match="title "):
            fill_in(title, {"product": "Falcon"})
    else:
        filled = fill_in(title, {"product": "Falcon"})
        assert not any(braces in filled for braces in ("{{", "{%", "{#", "}}"))
        assert filled == title or "product" in title
