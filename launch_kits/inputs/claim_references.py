"""The claims that a brief names as proof of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.brief_parts import Faq, Persona, Price
from launch_kits.inputs.positioning import Attribute
from launch_kits.inputs.yaml_source import Location

__all__ = ["ClaimReferences", "claim_references"]


class ClaimReferences(NamedTuple):
    """The claims that one part of a brief names, such as ``redis.y4``."""

    item: Attribute | Price | Faq | Persona
    #: such as ``attribute "speed"``
    title: str
    #: of the item in the brief
    item_at: Location
    #: the field of the item that names the claims
    field: str
    refs: tuple[str, ...]

    @property
    def refs_at(self) -> Location:
        """The location of the references in the brief."""
        return (*self.item_at, self.field)


def claim_references(brief: Brief) -> Iterator[ClaimReferences]:
    """Yield every part of a brief that can name claims, even if it names none."""
    for at, attribute in enumerate(brief.positioning.attributes):
        place: Location = ("positioning", "attributes", at)
        title = f'attribute "{attribute.key}"'
        yield ClaimReferences(attribute, title, place, "proof", attribute.proof)
    for at, price in enumerate(brief.pricing):
        title = f'price "{price.plan}"'
        yield ClaimReferences(price, title, ("pricing", at), "proof", price.proof)
    for at, faq in enumerate(brief.faq):
        title = f'answer to "{faq.ask}"'
        yield ClaimReferences(faq, title, ("faq", at), "proof", faq.proof)
    for at, persona in enumerate(brief.personas):
        title = f'objections of persona "{persona.key}"'
        place = ("personas", at)
        yield ClaimReferences(persona, title, place, "objections", persona.objections)
