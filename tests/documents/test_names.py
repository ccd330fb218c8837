from __future__ import annotations

from launch_kits.documents.context import TemplateContext
from launch_kits.documents.names import NAMES, USES, names_for
from tests.samples import (
    CUSTOMER,
    brief,
    facts,
    task,
)


def test_every_name_has_a_value_and_every_function_is_of_the_context():
    given = facts(brief(), task())
    values = names_for(given, TemplateContext(given))
    assert tuple(values) == NAMES
    assert all(callable(values[name]) for name in USES)
    assert values["item"] is None
    assert names_for(facts(brief()), TemplateContext(facts(brief())))["task"] is None


def test_a_template_is_told_the_widest_audience_of_its_document(written):
    text = "{{ reader }} {{ inside }}"
    assert written(text, given=facts(brief(), task())) == "internal True"
    assert (
        written(text, given=facts(brief(), task(audience=CUSTOMER))) == "customer False"
    )
    assert (
        written(text, given=facts(brief(), task(), reader=CUSTOMER)) == "customer False"
    )
