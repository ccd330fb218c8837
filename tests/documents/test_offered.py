from __future__ import annotations

from dataclasses import replace

from launch_kits.documents.offered import documents_for, not_offered, offered_to_others
from launch_kits.inputs.audience import Audience
from tests.samples import CUSTOMER, INTERNAL, brief, facts, task

TASKS = [
    task("pitch", template="pitch.md.j2", audience=INTERNAL),
    task("page", template="one_pager.md.j2", audience=CUSTOMER),
    task("talk"),
]
FACTS = replace(facts(brief()), tasks=TASKS)


def test_each_audience_gets_the_documents_that_it_may_read():
    found = documents_for(FACTS, audiences=[INTERNAL, CUSTOMER], only=None)
    assert [(reader, each.key) for reader, each in found] == [
        (Audience.INTERNAL, "pitch"),
        (Audience.INTERNAL, "page"),
        (Audience.CUSTOMER, "page"),
    ]


def test_a_format_that_no_template_offers_is_told_with_the_documents_that_have_it():
    asked = {"formats": ["pptx", "pdf"], "audiences": [CUSTOMER]}
    assert not_offered(FACTS, **asked) == {"pptx": ["page"]}
    assert offered_to_others(FACTS, **asked) == {"pptx": ["pitch"], "pdf": ["pitch"]}
    assert offered_to_others(FACTS, formats=["pptx"], audiences=[INTERNAL]) == {}
