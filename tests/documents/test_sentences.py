"""All composed sentences of all documents, kept as text that a person has read.

Each line stands once, in the document in which it comes first; sources and lines with texts of the
kit, such as the titles of tasks, are left out. `GOLDEN=1 python -m pytest
tests/documents/test_sentences.py` writes the files again: read every changed line.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from launch_kits.claims.addressed import addressed
from launch_kits.documents import Facts, render
from launch_kits.documents.engine import engine
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import load_brief
from launch_kits.plan.rollout import Rollout
from launch_kits.views.facts import facts_of_rollout
from tests.documents.test_templates import NAMES, OF_COMPETITORS
from tests.samples import TODAY

GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = Path(__file__).parents[2] / "examples"

#: briefs with little in them: nothing but what is required, a founder, a product on a shelf
THIN: dict[str, dict[str, object]] = {
    "thin-least": {},
    "thin-founder": {
        "company": "startup",
        "summary": "a calendar for people who plan on paper",
        "positioning": {
            "category": "hour planner",
            "benefit": "shows a week on one page",
            "customers": "people who plan on paper.",
            "best_fit": ["Plans on paper"],
            "alternatives": [
                {
                    "key": "paper",
                    "name": "A paper calendar",
                    "why": "it needs no battery",
                }
            ],
            "attributes": [
                {"key": "page", "text": "one page", "value": "a calm week!"}
            ],
        },
        "pricing": [{"plan": "Yearly", "amount": 24, "currency": "EUR", "per": "year"}],
        "goals": [{"metric": "weekly users", "target": 100, "by": "2027-04-30"}],
    },
    "thin-shelf": {
        "market": "b2c",
        "goods": "physical",
        "brand": {"name": "Acme", "handles": {"mastodon": "@acme"}},
        "links": {"next": {"text": "Find a shop", "url": "https://acme.example/shops"}},
        "commitments": [
            {
                "text": "Two years of warranty",
                "audience": "customer",
                "until": "2029-03-02",
            }
        ],
        "partners": [
            {
                "key": "shop",
                "name": "Initech shops",
                "kind": "retail",
                "margin": "30 % of the retail price",
                "order": "order by the carton through your buyer",
                "asks": ["put it at eye level"],
            }
        ],
        "pricing": [{"plan": "Lamp", "text": "EUR 49 in shops"}, {"plan": "Bulb"}],
        "personas": [
            {"key": "reader", "name": "Night reader", "cares_about": ["warm light"]}
        ],
        "quotes": [
            {"text": "I sleep again.", "speaker": "Ann, Leeds", "permission": "given"}
        ],
    },
}


def thin(name: str) -> Brief:
    """A brief with a kit that makes every document that needs no competitor."""
    tasks = [
        {
            "key": each.removesuffix(".md.j2"),
            "title": each.removesuffix(".md.j2"),
            "role": "pmm",
            "days": 1,
            "document": each,
        }
        | (
            {"each": "partners"}
            if each.startswith("partner_") and THIN[name].get("partners")
            else {}
        )
        for each in NAMES
        if each not in OF_COMPETITORS
    ]
    return Brief.model_validate(
        {
            "launch": "acme-2",
            "product": "Acme 2",
            "kit": {
                "kit": "all",
                "title": "All",
                "stages": [{"key": "s", "title": "Work", "tasks": tasks}],
            },
            "begin_on": "2026-11-23",
            "launch_on": "2027-03-02",
            "team": {"lead": {"name": "Lee", "email": "lee@example.com"}},
            **THIN[name],
        }
    )


@cache
def facts_of(name: str) -> Facts:
    given = (
        thin(name) if name in THIN else load_brief(EXAMPLES / name / "brief.yaml").brief
    )
    assert given.begin_on
    rollout = Rollout(
        given,
        begin_on=given.begin_on,
        release_on=given.released_on,
        launch_on=given.launch_on,
    )
    return facts_of_rollout(rollout, today=TODAY)


@cache
def documents_of(name: str) -> dict[tuple[str, Audience], str]:
    """The documents of a brief by task and reader, without their sources."""
    return documents_with(facts_of(name), all_readers=name in THIN)


def documents_with(
    made: Facts, *, all_readers: bool = False
) -> dict[tuple[str, Audience], str]:
    return {
        (task.key, reader): render(
            task.template, replace(made, task=task, reader=reader)
        ).partition("\n## Sources\n")[0]
        for task in made.tasks
        if task.template
        for reader in Audience
        if reader.may_read(task.audience) or all_readers
    }


def kit_texts(name: str) -> set[str]:
    """The texts of a brief's kit, which change with it."""
    made = facts_of(name)
    kit = made.brief.kit_in_place
    texts = {kit.title, *(stage.title for stage in kit.stages)}
    for task in made.tasks:
        texts |= {task.title, *task.checklist}
    for stage in kit.stages:
        if stage.gate:
            texts |= {stage.gate.title, *(check.title for check in stage.gate.checks)}
    return {text for text in texts if len(text) > len("Release")}


def sentences(name: str) -> Iterator[str]:
    """The lines of all documents, each once, under the document in which it comes first."""
    seen: set[str] = set()
    kit = kit_texts(name)
    for (task, reader), text in documents_of(name).items():
        new = [
            line
            for line in dict.fromkeys(text.splitlines())
            if line
            and line not in seen
            and not re.match(r"\d+ (?:working days|documents|tasks) ", line)
            and not any(text in line for text in kit)
        ]
        seen.update(new)
        if new:
            yield f"=== {task}, {reader} ==="
            yield from new


NAMES_OF_EXAMPLES = sorted(path.parent.name for path in EXAMPLES.glob("*/brief.yaml"))
NAMES_OF_BRIEFS = (*NAMES_OF_EXAMPLES, *THIN)


@pytest.mark.parametrize("name", NAMES_OF_BRIEFS)
def test_every_sentence_of_every_document_was_read(name):
    path = GOLDEN / f"{name}.md"
    text = "\n".join([*sentences(name), ""])
    if os.environ.get("GOLDEN"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


#: keys of a brief and its ledgers whose texts people end with a full stop or without
_FREE = frozenset({
    *("alt", "answer", "asks", "benefit", "best_fit", "caption", "cares_about"),
    *("customers", "fifty", "hundred", "margin", "metric", "need", "order"),
    *("scenarios", "summary", "ten", "text", "trend", "twenty_five", "value", "why"),
})  # fmt: skip


def with_other_ends(value: object, key: str, count: Iterator[int]) -> object:
    """A value of a brief, each second of its texts with a full stop and the others without."""
    if isinstance(value, dict):
        return {each: with_other_ends(value[each], each, count) for each in value}
    if isinstance(value, list):
        return [with_other_ends(each, key, count) for each in value]
    if not isinstance(value, str) or key not in _FREE or " " not in value:
        return value
    if value.endswith(("?", "!", "”")):
        return value
    return value.rstrip(".") + ("." if next(count) % 2 else "")


def lists_of(text: str) -> Iterator[list[str]]:
    """The bulleted lists of a document, without sources, marks and quotes behind a line."""
    found: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("- "):
            bare = re.sub(r"\[\^\d+\]|\*\([^)]*\)\*|✓|\s“[^”]*”$", "", line)
            bare = re.sub(r"\s“[^”]*”$", "", bare.strip())
            found.append(bare.strip().rstrip("*”"))
        elif not line.startswith("  ") and found:
            yield found
            found = []


@pytest.mark.parametrize("name", NAMES_OF_EXAMPLES)
def test_all_lines_of_a_list_end_alike_however_the_brief_ends_its_texts(name):
    made = facts_of(name)
    given = made.brief.model_dump(mode="json", by_alias=True)
    mixed = Brief.model_validate(with_other_ends(given, "", itertools.count()))
    rollout = Rollout(
        mixed,
        begin_on=made.begin_on,
        release_on=made.release_on,
        launch_on=made.launch_on,
    )
    uneven = {
        (key, tuple(lines))
        for key, text in documents_with(facts_of_rollout(rollout, today=TODAY)).items()
        for lines in lists_of(text)
        if len({line.endswith((".", "!", "?", "…")) for line in lines}) > 1
    }
    assert uneven == set()


#: marks of text that was put together badly
_UGLY = re.compile(
    r"\.\.(?!\.)|[?!]\.|\.[?!]|,\.|;\.|:\.|[.,;:]{3,}(?<!\.\.\.)"
    r"| [,;.](?=\s|$)|\(\)|\bNone\b(?! named)"
    r"|\ba [aeio]\w|\ban [bcdfgjklmnpqrstvwxyz]\w|\b1 (?:days|tasks|goals|people|lines|plans)\b"
    r"|“\s|\s”|\*\*\*\*|\{\{|\}\}"
)


@pytest.mark.parametrize("name", NAMES_OF_BRIEFS)
def test_no_sentence_is_put_together_badly(name):
    found = [
        line
        for line in sentences(name)
        if _UGLY.search(re.sub(r"https?://\S+", "", line))
    ]
    assert found == []


@pytest.mark.parametrize("name", NAMES_OF_BRIEFS)
def test_no_day_is_written_in_digits(name):
    written = [
        line
        for line in sentences(name)
        if re.search(
            r"\b20\d\d-\d\d(?:-\d\d)?\b", re.sub(r"\(https?://[^)]*\)", "", line)
        )
    ]
    assert written == []


def plain(text: str) -> str:
    """Markdown as the text that was given: without backslashes, marks and source numbers."""
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    return re.sub(r"\[\^\d+\]|\*|\u00a0✓", "", text)


def given_texts(name: str) -> list[str]:
    """All texts of a brief and its ledgers."""

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for part in value.values():
                yield from walk(part)
        elif isinstance(value, list):
            for part in value:
                yield from walk(part)
        elif value is not None:
            yield str(value)

    return list(walk(facts_of(name).brief.model_dump(mode="json", by_alias=True)))


OUTSIDE = [name for name in NAMES_OF_BRIEFS if name not in THIN]


@pytest.mark.parametrize("name", OUTSIDE)
def test_every_line_with_a_source_says_a_text_of_the_brief_or_a_ledger(name):
    given = given_texts(name)
    given += [addressed(text, Audience.CUSTOMER) for text in given]
    texts = {text.strip().rstrip(".").lower() for text in given}
    texts = {text for text in texts if len(text) > 3}
    checked = 0
    for key, text in documents_of(name).items():
        before = ""
        for line in filter(None, text.splitlines()):
            # the proof of a post stands below it, since it is no part of it
            whole = before + line if "Proof" in line else line
            before = line
            if "[^" in line:
                checked += 1
                said = plain(whole).lower()
                assert any(each in said for each in texts), (key, line)
    assert checked > 100


@pytest.mark.parametrize("name", OUTSIDE)
def test_every_figure_for_readers_outside_is_in_the_brief_a_ledger_or_the_template(
    name,
):
    made = facts_of(name)
    known = set(re.findall(r"\d+", " ".join(given_texts(name)).replace(",", "")))
    # messages of social networks have limits, and the days of tasks are told to partners
    templates = {task.key: task.template for task in made.tasks}
    days = [task.due for task in made.tasks]
    days += [made.today, made.launch_on, made.release_on]
    for rival in made.brief.competitors():
        card = rival.ledger.card
        days += [card.verified_on, card.next_review_on]
    known |= {str(part) for day in days for part in (day.day, day.year)}
    for (key, reader), text in documents_of(name).items():
        if reader is Audience.INTERNAL:
            continue
        own = engine(()).source(templates[key]) + engine(()).source("_parts.j2")
        allowed = known | set(re.findall(r"\d+", own.replace(",", "")))
        body = re.sub(r"\((?:https?://|mailto:)[^)]*\)", "", plain(text)).replace(
            ",", ""
        )
        assert set(re.findall(r"\d+", body)) <= allowed, (key, reader)
