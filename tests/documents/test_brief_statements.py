from __future__ import annotations

from launch_kits.documents.brief_statements import problems_for, promises_for, unsourced
from launch_kits.inputs.audience import Audience
from tests.samples import brief

SOURCE = {"url": "https://example.com/a", "as_of": "2026-11-01"}
BRIEF = brief(
    research={
        "problems": [
            {"text": "Inside."},
            {"text": "Bare.", "audience": "customer"},
            {"text": "Shown.", "audience": "customer", "source": SOURCE},
        ]
    },
    commitments=[
        {"text": "Inside."},
        {"text": "Two years of warranty.", "audience": "customer"},
        {"text": "The best warranty.", "audience": "customer", "role": "legal"},
        {"text": "The best promise.", "audience": "partner", "source": SOURCE},
    ],
)


def told(list_of, reader: Audience) -> tuple[list[str], list[tuple[str, str, str]]]:
    noted: list[tuple[str, str, str]] = []
    found = list_of(BRIEF, reader, lambda *what: noted.append(what))
    return [each.text for each in found], noted


def test_problems_without_a_source_are_noted_for_readers_outside():
    missing = ("a source of “Bare.”", "research.problems.source", "")
    assert told(problems_for, Audience.CUSTOMER) == (["Shown."], [missing])
    assert told(problems_for, Audience.INTERNAL) == (["Inside.", "Bare.", "Shown."], [])


def test_promises_that_need_a_source_are_noted_for_readers_outside():
    missing = ("a source of “The best warranty.”", "commitments.source", "legal")
    warranty = "Two years of warranty."
    assert told(promises_for, Audience.CUSTOMER) == ([warranty], [missing])
    outside = [warranty, "The best promise."]
    assert told(promises_for, Audience.PARTNER) == (outside, [missing])
    assert len(told(promises_for, Audience.INTERNAL)[0]) == 4


def test_a_statement_without_a_source_is_our_own_word_or_not_sourced():
    marks = [unsourced(each, BRIEF) for each in BRIEF.commitments]
    assert marks == ["our own word", "our own word", "not sourced", "not sourced"]
    assert unsourced(BRIEF.research.problems[0], BRIEF) == "not sourced"
