"""What stands around a document: its title, whose it is, for whom, of which day, on which paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from launch_kits.documents.facts import Facts, TaskFacts
from launch_kits.documents.formats.characters import one_line
from launch_kits.inputs.audience import Audience

__all__ = ["DocumentMetadata", "Paper", "imprint_of"]

#: where paper is US Letter, by Unicode's Common Locale Data Repository (supplemental data,
#: measurementData, paperSize)
_LETTER = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
)

_READERS = {
    Audience.INTERNAL: "Internal",
    Audience.PARTNER: "For partners",
    Audience.CUSTOMER: "For customers",
}


class Paper(StrEnum):
    """The size of a page, by Typst's name for it."""

    A4 = "a4"
    LETTER = "us-letter"


@dataclass(frozen=True, slots=True)
class DocumentMetadata:
    """What a document says about itself, each text on one line."""

    #: for documents that have no title of their own
    title: str
    product: str
    #: for whom it is, as people read it
    reader: str
    #: the owner; to readers outside the product speaks for itself
    author: str
    #: the day of what it says; no file tells when it was made
    day: date
    paper: Paper = Paper.A4

    def called(self, title: str) -> str:
        """What a file is called by its properties.

        The document's own title, and the product where it lacks there.
        """
        own = title or self.title
        return own if self.product in own else f"{own} · {self.product}"


def imprint_of(facts: Facts, task: TaskFacts) -> DocumentMetadata:
    """The imprint of a task's document for ``facts.reader``.

    US Letter where the launch's country uses it, else A4.
    """
    country = (facts.brief.holidays or "").partition("-")[0]
    product = one_line(facts.brief.product)
    reader = facts.reader.or_wider(task.audience)
    return DocumentMetadata(
        title=one_line(task.title),
        product=product,
        reader=_READERS[reader],
        author=one_line(task.owner_name) if reader is Audience.INTERNAL else product,
        day=facts.today,
        paper=Paper.LETTER if country in _LETTER else Paper.A4,
    )
