from __future__ import annotations

from types import SimpleNamespace

import pytest

from launch_kits.titles import fill_in, title_faults

KITE = SimpleNamespace(key="kite", name="Kite & Co <b>", why=None)
KNOWN = {"product": (), "item": ("key", "name", "why")}


@pytest.mark.parametrize(
    ("title", "filled"),
    [
        ("Kick-off", "Kick-off"),
        ("Battlecard: {{ item.name }}", "Battlecard: Kite & Co <b>"),
        ("{{product}} against {{  item.key  }}", "Falcon against kite"),
        ("{{ product|upper }}", "FALCON"),
        ("{% if item %}With{% endif %} {{ item.name }}", "With Kite & Co <b>"),
        ("Why: {{ item.why }}", "Why: "),
        ("Why: {{ item.why }}{# said #}", "Why: "),
        ("100 % of {braces} {here}", "100 % of {braces} {here}"),
    ],
)
def test_a_title_is_filled_in_as_plain_text(title, filled):
    assert fill_in(title, product="Falcon", item=KITE) == filled
    assert list(title_faults(title, KNOWN)) == []


@pytest.mark.parametrize(
    "title",
    [
        "{{ item.nmae|upper }}",
        "{{ item|frobnicate }}",
        "{{ ''.__class__.__mro__ }}",
        "{% for x in range(10**9) %}{% endfor %}",
        "{{ 1 // 0 }}",
        "{{ product",
    ],
)
def test_a_title_that_cannot_be_filled_in_is_refused(title):
    with pytest.raises(ValueError, match=r".+"):
        fill_in(title, product="Falcon", item=KITE)


@pytest.mark.parametrize(
    ("title", "fault"),
    [
        ("{{ prodct }}", 'uses unknown "prodct"; did you mean "product"?'),
        ("{{ prodct|upper }}", 'uses unknown "prodct"; did you mean "product"?'),
        ("{{ item.nmae }}", 'uses unknown "item.nmae"; did you mean "item.name"?'),
        ("{{ product.version }}", 'uses unknown "product.version"; known: item.key, item.name, item.why, product'),
    ],
)
def test_a_name_that_leads_nowhere_is_a_fault(title, fault):
    assert list(title_faults(title, KNOWN)) == [fault]


def test_an_item_needs_a_list_to_come_from():
    (fault,) = title_faults("{{ item.name }}", {"product": ()})
    assert fault == 'uses unknown "item" (it has no `each`)'


def test_what_is_no_template_is_a_fault():
    (fault,) = title_faults("{{ product", KNOWN)
    assert fault.startswith("is not a template: ")
