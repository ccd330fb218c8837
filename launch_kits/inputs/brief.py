"""The brief: product, market, dates and team of a launch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from zoneinfo import ZoneInfo

from launch_kits.inputs.base import KEPT, LEAD, Day, Model
from launch_kits.inputs.brief_keys import BriefKeys
from launch_kits.inputs.brief_parts import DocumentChoice, Partner, Persona
from launch_kits.inputs.kit import Each, Kit, KitTask, When
from launch_kits.inputs.positioning import Alternative
from launch_kits.inputs.team import Absence, Country, Days, Person, Timezone
from launch_kits.workdays.calendar import Calendar

__all__ = ["CALENDAR_KEYS", "Brief", "Item"]

#: the keys of a brief that its calendars are made from
CALENDAR_KEYS = (
    "timezone",
    "holidays",
    "blackouts",
    "workdays",
    "team",
    "absences",
)

#: an item that a task is fanned out over
Item = Alternative | Partner | Persona


class Brief(BriefKeys):
    """Product, market, dates and team of a launch."""

    @classmethod
    def kept(cls, snapshot: Mapping[str, object]) -> Brief:
        """The brief of a launch, from its snapshot.

        Identifiers stay as they were allowed when it was opened.
        """
        return cls.model_validate(snapshot, context=KEPT)

    @classmethod
    def kept_calendar(cls, snapshot: Mapping[str, object]) -> Brief:
        """A brief of `CALENDAR_KEYS` alone, from these parts of a snapshot.

        It answers for calendars, time zones and people, and costs a hundredth of the whole. Parts
        that are None are left out.
        """
        parts = {key: snapshot[key] for key in CALENDAR_KEYS if snapshot.get(key)}
        read = _CalendarParts.model_validate(parts, context=KEPT)
        return cls.model_construct(**{key: getattr(read, key) for key in CALENDAR_KEYS})

    @property
    def kit_in_place(self) -> Kit:
        """The kit; raises TypeError for a brief whose kit is still a name."""
        if isinstance(self.kit, Kit):
            return self.kit
        raise TypeError(
            f"the kit {self.kit!r} is still a name: load the brief through `inputs.loading`"
        )

    @property
    def released_on(self) -> date:
        """The release day; the launch day if the brief names none."""
        return self.release_on or self.launch_on

    @property
    def need(self) -> str | None:
        """The need of best-fit customers, completing “who …”.

        Taken from the personas if the brief does not state it.
        """
        cares = list(
            dict.fromkeys(
                care for persona in self.personas for care in persona.cares_about
            )
        )
        return self.positioning.need or (
            f"care about {', '.join(cares)}" if cares else None
        )

    @property
    def slack_channel(self) -> str:
        """The launch's Slack channel, without the #."""
        return self.channel or f"{self.launch}-launch"

    @property
    def lead(self) -> Person:
        """Who answers for the launch."""
        return self.team[LEAD]

    def holder(self, role: str) -> Person:
        """The person of a role; the lead if the team lacks it."""
        return self.team.get(role, self.lead)

    def person(self, email: str) -> Person | None:
        """The first of the team with an email.

        Returns None for a person outside the team.
        """
        return next(
            (person for person in self.team.values() if _same(person.email, email)),
            None,
        )

    def introduced(self, email: str) -> Person | None:
        """The first of the team with an email, if the brief tells more of them than that.

        A person outside the team who acts for a colleague, or who left, has the name that the
        absence keeps.
        Returns None for one without, and for one who took over a role: of them the brief has the
        email only, and Slack may tell the name and the time zone.
        """
        person = self.person(email)
        if person is None:
            named = ((each.backup, each.name) for each in self.absences)
            left = ((each.who, each.known_as) for each in self.absences)
            return next(
                (
                    Person(name=name, email=email)
                    for who, name in chain(named, left)
                    if name and _same(who, email)
                ),
                None,
            )
        bare = person.timezone is None and _same(person.name, person.email)
        return None if bare else person

    def zone(self, email: str | None = None) -> ZoneInfo:
        """The time zone of the person with an email, or the launch's."""
        person = self.person(email) if email else None
        return ZoneInfo(
            person.timezone if person and person.timezone else self.timezone
        )

    def needs(self, when: When) -> bool:
        """Whether this launch is one of those that a kit's task is for."""
        return when.holds(
            tier=self.tier, market=self.market, company=self.company, goods=self.goods
        )

    def competitors(self) -> Sequence[Alternative]:
        """The alternatives that have claims."""
        return [
            alternative
            for alternative in self.positioning.alternatives
            if alternative.claims is not None
        ]

    def choice_of(self, key: str) -> DocumentChoice:
        """How the launch wants the document of a task.

        An entry for the task itself, such as ``battlecard:redis``, wins over one for all of them.
        """
        found = [self.documents.get(name) for name in (key.partition(":")[0], key)]
        given = [each for each in found if each is not None]
        audiences = [each.audience for each in given if each.audience is not None]
        return DocumentChoice(
            audience=audiences[-1] if audiences else None,
            sections={
                name: text for each in given for name, text in each.sections.items()
            },
        )

    def as_chosen(self, task: KitTask, key: str) -> KitTask:
        """A task of the kit, with the readers that the launch wants for its document."""
        audience = self.choice_of(key).audience
        return task.model_copy(update={"audience": audience}) if audience else task

    def items(self, each: Each) -> Sequence[Item]:
        """The list that a task is fanned out over."""
        lists: Mapping[Each, Sequence[Item]] = {
            Each.COMPETITORS: self.competitors(),
            Each.PARTNERS: self.partners,
            Each.PERSONAS: self.personas,
        }
        return lists[each]

    def calendar(self) -> Calendar:
        """The launch's working days."""
        return Calendar(
            country=self.holidays,
            blackouts=[(days.from_, days.to) for days in self.blackouts],
            workdays=self.workdays,
        )

    def calendar_of(
        self, email: str, *, launch: Calendar, absent: bool = True
    ) -> Calendar:
        """The working days of an owner, in whatever role.

        The launch's, less their days off, holidays and weekend, plus their own workdays.
        ``absent`` False leaves their days off in.
        """
        roles = self.roles_of(email)
        country = next((person.holidays for person in roles if person.holidays), None)
        workdays = [day for person in roles for day in person.workdays]
        return launch.without(
            self.days_away(email) if absent else (), country=country, workdays=workdays
        )

    def days_away(self, email: str) -> Sequence[tuple[date, date]]:
        """The first and last day of each absence of a person, written or arranged since."""
        written = (days for person in self.roles_of(email) for days in person.away)
        arranged = (each for each in self.absences if _same(each.who, email))
        return [
            *((days.from_, days.to) for days in written),
            *((each.from_, each.to) for each in arranged if each.to is not None),
        ]

    def roles_of(self, email: str) -> Sequence[Person]:
        """The team's entries of the person with an email: one for each of their roles."""
        return [person for person in self.team.values() if _same(person.email, email)]


class _CalendarParts(Model):
    """The parts of a brief that its calendars are made from."""

    timezone: Timezone = "UTC"
    holidays: Country | None = None
    blackouts: tuple[Days, ...] = ()
    workdays: tuple[Day, ...] = ()
    team: dict[str, Person]
    absences: tuple[Absence, ...] = ()


def _same(one: str, other: str) -> bool:
    """Return whether two emails are one person's: their case does not matter."""
    return one.casefold() == other.casefold()
