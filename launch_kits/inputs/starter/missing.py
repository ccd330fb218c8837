"""The parts that a brief still lacks, the most useful first, and how each answer is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from launch_kits.inputs.base import LEAD
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.starter.answer_writers import (
    only,
    write_attributes,
    write_competitors,
    write_goal,
    write_link,
    write_next,
    write_person,
    write_persona,
    write_price,
    write_question,
    write_text,
)
from launch_kits.inputs.yaml_source import Location

__all__ = ["Missing", "missing_parts"]


class Missing(NamedTuple):
    """A part of a brief that is not there yet."""

    #: the key in the file, and those around it
    where: Location
    question: str
    #: the documents that are poorer without it
    used_in: str
    #: an answer → the value in YAML, on one line; raises ValueError
    write: Callable[[str], str]
    #: an answer, for those who write it into the file themselves
    example: str


def missing_parts(brief: Brief, kit: Kit) -> Iterator[Missing]:
    """Yield the parts that a brief lacks, the most useful first.

    The kit tells which roles there are. Only keys that are not in the brief at all are asked for.
    """
    for part in _PARTS:
        if not _is_there(brief, part.where):
            yield part._replace(write=only(part.write, part.example))
    held = set(brief.team)
    for role in kit.roles():
        if role not in held and role != LEAD:
            yield Missing(
                ("team", role),
                f"Who holds the role {role}, such as Pia <pia@example.com>",
                "the tasks of this role, which the lead has so far",
                write_person,
                "Pia <pia@example.com>",
            )


def _is_there(brief: Brief, where: Location) -> bool:
    value: object = brief
    for key in where:
        value = getattr(value, str(key), None)
    return value not in (None, (), {}, "")


_PARTS: Sequence[Missing] = (
    Missing(
        ("summary",),
        "Its purpose, in one sentence",
        "nearly every document",
        write_text,
        "The data store that grows without a rewrite.",
    ),
    Missing(
        ("positioning", "category"),
        "The kind of thing it is, in the singular",
        "positioning, messages, press release",
        write_text,
        "in-memory data store",
    ),
    Missing(
        ("positioning", "need"),
        "The need of the best-fit customer, completing “who …”",
        "positioning statement",
        write_text,
        "must stay on a permissive licence",
    ),
    Missing(
        ("positioning", "benefit"),
        "The key benefit, completing “that …”",
        "positioning, messages",
        write_text,
        "grows without a rewrite",
    ),
    Missing(
        ("positioning", "customers"),
        "The customers that it is for, such as “teams that …”",
        "documents for customers",
        write_text,
        "teams that shard a large cluster under load",
    ),
    Missing(
        ("positioning", "alternatives"),
        "Competitors and other choices of customers, separated by commas",
        "battlecards, objections, comparison",
        write_competitors,
        "Borealis, Cirrus",
    ),
    Missing(
        ("positioning", "attributes"),
        "Up to three attributes that only you have, each with its value, separated by ;",
        "every document that says why",
        write_attributes,
        "Permissive licence: Legal reads it once; Atomic moves: No lost night",
    ),
    Missing(
        ("pricing",),
        "A plan and its price",
        "pricing, FAQ, product page",
        write_price,
        "Team: 49 USD",
    ),
    Missing(
        ("goals",),
        "A figure to reach, and the day",
        "business case, metrics, launch plan",
        write_goal,
        "customers who upgraded: 40 % by 2027-04-01",
    ),
    Missing(
        ("personas",),
        "A kind of reader or buyer, and their topics",
        "personas, messages, demo",
        write_persona,
        "Platform engineer: upgrades, memory",
    ),
    Missing(
        ("faq",),
        "A question that customers will ask, with the answer that they may read",
        "FAQ for sellers and customers",
        write_question,
        "Can I go back? Only with a backup.",
    ),
    Missing(
        ("links", "next"),
        "The step that a reader is asked to take, with its link",
        "announcement, one-pager, mail",
        write_next,
        "Try it https://example.com/try",
    ),
    Missing(
        ("links", "product"),
        "The product's page",
        "press release, announcement",
        write_link,
        "https://example.com/atlas",
    ),
    Missing(
        ("brand", "name"),
        "The company's name",
        "press release, every title page",
        write_text,
        "Example",
    ),
    Missing(
        ("brand", "about"),
        "The paragraph about the company",
        "press release",
        write_text,
        "Example makes data stores for payments.",
    ),
    Missing(
        ("press", "place"),
        "The place of the press release",
        "press release",
        write_text,
        "Berlin",
    ),
)
