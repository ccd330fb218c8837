"""A person's request about a launch: who asks, about what, and the launch as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from launch_kits.database.records import LaunchStatus, Task
from launch_kits.errors import Refused
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.verbs import Change
from launch_kits.verbs.permissions import (
    Actor,
    Denial,
    Verb,
    VerbSubject,
    launch_subject,
    may,
    task_subject,
)
from launch_kits.verbs.sponsor import SPONSOR
from launch_kits.views.answers import only_these
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.outsiders import names_outside
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.text import shorten
from launch_kits.views.personal_queue import task_notice_of
from launch_kits.views.reader import Reader

__all__ = ["LaunchRequest", "asked_of", "launch_why_not"]


@dataclass(frozen=True, slots=True)
class LaunchRequest:
    """A request within a transaction on its launch."""

    slack: SlackSession
    change: Change
    #: the launch as it is at the request
    context: MessageContext
    place: ActionPlace
    #: the email of the person who asks, as the launch spells it
    email: str
    #: the emails of the members picked, by the names of the inputs
    picked: Mapping[str, str] = field(default_factory=dict)

    @property
    def reader(self) -> Reader:
        """The person who asks, as a reader who knows the members picked."""
        found = self.context.reader(self.email, now=self.change.now)
        picked = {each.lower() for each in self.picked.values()}
        names = names_outside(self.change.session, sorted(picked))
        return replace(found, names={**names, **found.names})

    @property
    def product(self) -> str:
        """The name of the launch, for a sentence."""
        return shorten(self.context.view.product)

    @property
    def task(self) -> Task:
        """The task that it is about; raises NotFound."""
        return self.change.task(self.place.task)

    @property
    def task_notice(self) -> TaskNotice:
        """The task as the person sees it; raises Refused if it is gone."""
        found = task_notice_of(
            self.context, self.place.task, to=self.email, now=self.change.now
        )
        if found is None:
            raise Refused(f"{self.product} has no such task any more")
        return found

    def may(self, verb: Verb, subject: VerbSubject | None = None) -> bool:
        """Whether the person may do something to the task, or to another subject."""
        return self._denial(verb, subject) is None

    def why_not(self, verb: Verb, subject: VerbSubject | None = None) -> str | None:
        """Return why the person may not, with the people who may; None if they may."""
        denial = self._denial(verb, subject)
        if denial is None:
            return None
        return only_these(denial.people, denial.act, reader=self.reader)

    def names(self, emails: Iterable[str]) -> str:
        """The names of people, with commas between them."""
        return ", ".join(shorten(self.reader.name(each)) for each in emails)

    def launch_subject(self) -> VerbSubject:
        """The launch, as permissions see it."""
        sponsor = self.change.brief.team.get(SPONSOR)
        launch = self.change.launch
        return launch_subject(
            launch,
            lead=self.change.lead,
            sponsor=sponsor.email if sponsor else None,
        )

    def _denial(self, verb: Verb, subject: VerbSubject | None) -> Denial | None:
        if subject is None and self.place.task:
            subject = task_subject(self.task, lead=self.change.lead)
        subject = replace(subject or self.launch_subject(), away=self.change.away)
        return may(Actor(self.email, self.change.via), verb, subject)


def asked_of(
    slack: SlackSession,
    change: Change,
    place: ActionPlace,
    email: str,
    *,
    picked: Mapping[str, str] | None = None,
) -> LaunchRequest:
    """The request of a person, with the launch as the transaction holds it."""
    context = slack.context_of(change)
    return LaunchRequest(
        slack, change, context, place, context.spelled(email), picked=picked or {}
    )


def launch_why_not(asked: LaunchRequest, verb: Verb) -> str | None:
    """Return why the person may not change the launch as a whole, or why no one can."""
    view = asked.context.view
    if view.status != LaunchStatus.RUNNING:
        return f"{asked.product} is {view.status}, so nothing can be changed in it."
    return asked.why_not(verb, asked.launch_subject())
