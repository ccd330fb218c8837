"""The metadata of a document: title, product, reader, author, day and paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from launch_kits.documents.dates import long_day
from launch_kits.documents.facts import Facts, TaskFacts
from launch_kits.documents.formats.characters import one_line
from launch_kits.documents.formats.look import PLAIN, BrandLook, look_of
from launch_kits.documents.formats.masters.office_file import OfficeMaster
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brand import DateStyle

__all__ = ["DocumentMetadata", "Paper", "metadata_of"]

#: countries that use US Letter paper, by Unicode's Common Locale Data Repository (supplemental
#: data, measurementData, paperSize)
_LETTER = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
)

_READERS = {
    Audience.INTERNAL: "Internal",
    Audience.PARTNER: "For partners",
    Audience.CUSTOMER: "For customers",
}
#: template → its readers in words, in the copy that goes out
_OF_TEMPLATES = {"press_release.md.j2": "For the press"}


#: the text for readers outside, as those have it who still work on it
_WORKING = "Internal, working copy"


class Paper(StrEnum):
    """A paper size, by Typst's name for it."""

    A4 = "a4"
    LETTER = "us-letter"


@dataclass(frozen=True, slots=True)
class DocumentMetadata:
    """The metadata of a document; each text is on one line."""

    #: the title of a document that has none of its own
    title: str
    product: str
    #: the audience, in words
    reader: str
    #: the owner; for readers outside the company, the company or the product
    author: str
    #: the day of the facts; no file tells when it was made
    day: date
    paper: Paper = Paper.A4
    look: BrandLook = PLAIN
    #: the company's own file that slides or a Word file are made in
    master: OfficeMaster | None = None
    #: whether the footer has the day; a public text has a day of its own, that of the launch
    dated: bool = True
    #: how the footer writes it
    dates: DateStyle = DateStyle.DAY_FIRST

    @property
    def footer_day(self) -> str:
        """The day in the footer, with the point behind it; empty for a public text."""
        return f"{long_day(self.day, self.dates)} · " if self.dated else ""

    def called(self, title: str) -> str:
        """The title in the properties of a file.

        ``title`` is the document's own. Returns it with the product, unless it names the product.
        """
        own = title or self.title
        return own if self.product in own else f"{own} · {self.product}"


def metadata_of(facts: Facts, task: TaskFacts) -> DocumentMetadata:
    """The metadata of a task's document for ``facts.reader``.

    The paper is US Letter if the launch's country uses it, else A4.
    """
    country = (facts.brief.holidays or "").partition("-")[0]
    product = one_line(facts.brief.product)
    inside = facts.reader is Audience.INTERNAL
    working = inside and task.audience is not Audience.INTERNAL
    reader = facts.reader.or_wider(task.audience)
    look = look_of(facts.brief.brand)
    return DocumentMetadata(
        title=one_line(task.title),
        product=product,
        reader=_reader(task, reader, working=working),
        author=one_line(task.owner_name) if inside else look.name or product,
        day=facts.today,
        paper=Paper.LETTER if country in _LETTER else Paper.A4,
        look=look,
        dated=facts.reader is not Audience.CUSTOMER,
        dates=facts.brief.brand.dates,
    )


def _reader(task: TaskFacts, reader: Audience, *, working: bool) -> str:
    """The readers of a copy in words."""
    if working:
        return _WORKING
    public = _OF_TEMPLATES.get(task.template or "")
    return public if public and reader is Audience.CUSTOMER else _READERS[reader]
