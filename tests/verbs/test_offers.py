from __future__ import annotations

import random
import re
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from launch_kits.database.records import TaskStatus
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.verbs import (
    TaskEdit,
    advance,
    approve,
    begin,
    done,
    edit,
    extend,
    note,
    submit,
)
from launch_kits.verbs.offers import (
    denial,
    message_for,
    permitted,
    permitted_actions,
)
from launch_kits.verbs.trial import trying
from launch_kits.views.notices.actions import BY_VERB, actions_for, answers_to
from launch_kits.views.notices.compose import compose
from launch_kits.views.notices.context import ContextLoader
from launch_kits.worker.console import lines
from tests.effort import seeds
from tests.launches import (
    KEYS,
    LEAD,
    LEGAL,
    OPS,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    notices,
    opened,
)
from tests.launches import NOW as MONDAY
from tests.slack.views import READER, launch, notice, task
from tests.verbs.verbs import VERBS

OWNER = PMM
APPROVER = LEGAL
BACKUP = OPS
PEOPLE = (LEAD, LEGAL, OPS, PMM, SALES)
TUESDAY = at("01-12")
STRANGER = "stranger@example.org"
CARD = task(approver=APPROVER, backup=BACKUP, asked_until=date(2027, 2, 11))
VIEW = launch(CARD)
OFFERED = actions_for(CARD, to=CARD.owner, since=CARD.ready_at)


def names(actions) -> list[str]:
    return [action.name for action in actions]


@pytest.mark.parametrize("person", [OWNER, BACKUP, LEAD, OWNER.upper()])
def test_who_works_on_a_task_may_take_its_actions(person):
    assert permitted_actions(OFFERED, VIEW, CARD, person) == OFFERED


@pytest.mark.parametrize("person", [APPROVER, STRANGER])
def test_others_may_only_open_it(person):
    assert names(permitted_actions(OFFERED, VIEW, CARD, person)) == ["open"]


def test_an_approval_is_answered_by_the_approver_and_the_lead():
    actions = answers_to(until=None)
    for person in (APPROVER, LEAD):
        assert permitted_actions(actions, VIEW, CARD, person) == actions
    for person in (OWNER, BACKUP, STRANGER):
        found = permitted_actions(actions, VIEW, CARD, person)
        assert names(found) == ["open"]


def test_more_time_is_answered_by_the_lead_alone():
    actions = answers_to(until=CARD.asked_until)
    found = permitted_actions(actions, VIEW, CARD, LEAD, more_time=True)
    assert found == actions
    found = permitted_actions(actions, VIEW, CARD, APPROVER, more_time=True)
    assert names(found) == ["open"]


@pytest.mark.parametrize("action", [*BY_VERB, "approve", "reject"])
def test_a_stranger_reads_who_may(action):
    found = denial(VIEW, CARD, action, STRANGER, more_time=False)
    assert found is not None
    first = APPROVER if action in ("approve", "reject") else OWNER
    assert (found.people[0], found.people[-1]) == (first, LEAD)
    assert found.text.startswith(f"{STRANGER} may not ")


def test_a_reminder_is_acknowledged_by_whom_it_may_reach():
    for person in (OWNER, BACKUP, APPROVER, LEAD):
        assert denial(VIEW, CARD, "ack", person, more_time=False) is None
    assert denial(VIEW, CARD, "ack", STRANGER, more_time=False) is not None


def test_a_message_loses_the_actions_that_its_reader_may_not_take():
    asked = notice("review", to=LEAD, until="2027-02-11")
    message = compose(asked, VIEW, reader=READER)
    assert names(message.actions) == ["approve", "reject", "open"]
    assert names(permitted(message, VIEW, APPROVER).actions) == ["open"]
    assert permitted(message, VIEW, LEAD) == message
    kept = permitted(message, VIEW, STRANGER)
    assert replace(kept, actions=message.actions) == message


def test_a_message_about_no_task_stays_as_it_is():
    news = compose(notice("headline", None), VIEW, reader=READER)
    assert permitted(news, VIEW, STRANGER) is news
    about = compose(notice(), VIEW, reader=READER)
    assert permitted(about, launch(task("other")), STRANGER) is about


def test_the_message_of_a_notice_has_what_its_reader_may_do(falcon):
    done(falcon, SLUG, "positioning", now=MONDAY)
    submit(falcon, SLUG, "battlecard:kite", now=MONDAY)
    (asked,) = notices(falcon, "review", key="battlecard:kite")
    contexts = ContextLoader(falcon, documents=Path("/nowhere"))
    context = contexts.of(SLUG, now=MONDAY)
    assert context.view.task("battlecard:kite").status is TaskStatus.REVIEW
    assert asked.to == APPROVER
    found = message_for(asked, context, now=MONDAY)
    assert found == context.message(asked, now=MONDAY)
    assert names(found.actions) == ["approve", "reject", "open"]
    asked.to = STRANGER
    # it is closed for a person who is not asked
    assert message_for(asked, context, now=MONDAY).actions == ()


def test_news_keep_their_text_and_lose_the_buttons_of_work_that_is_over(store):
    opened(store)
    begin(store, SLUG, "research", now=MONDAY)
    extend(store, SLUG, "research", until=date(2027, 3, 8), now=MONDAY)
    approve(store, SLUG, "research", now=MONDAY)
    (told,) = notices(store, "news")
    told.sent_at = MONDAY
    written = 'Falcon 2: More time for "Research" granted: now due Mon 8 Mar, says Lee.'
    work = ["done", "block", "extend", "open"]
    later = {"wanted": TaskEdit(due=date(2027, 3, 9)), "accept_late": True}
    steps = [
        (note, {"note": "Still none"}, work),
        (edit, {"wanted": TaskEdit(title="Numbers")}, work),
        (edit, later, ["open"]),
        (done, {}, []),
    ]
    for verb, given, offers in steps:
        verb(store, SLUG, "research", now=TUESDAY, **given)
        context = ContextLoader(store, documents=Path("/nowhere")).of(SLUG, now=TUESDAY)
        message = message_for(told, context, now=TUESDAY)
        assert (message.sentence, names(message.actions)) == (written, offers)


#: the options that a reader fills in
FILLED = {"DATE": "2027-02-26"}


def commands_of(printed: list[str]) -> list[list[str]]:
    """The commands on a task that the lines of a notice name, each with its task."""
    found = []
    for line in printed:
        named = re.fullmatch(
            r"  launch-kits (\S+) (\S+ \S+)( --\S+ \S+)?(?:  \((.*)\))?", line
        )
        if named:
            first, subject, option, more = named.groups()
            others = more.split(", ") if more else []
            for each in [f"{first}{option or ''}", *others]:
                verb, *options = each.split()
                options = [FILLED.get(word, word) for word in options]
                found.append([verb, *subject.split(), *options])
    return found


@pytest.mark.parametrize("seed", seeds(2))
@pytest.mark.parametrize("kind", ["sqlite"])
def test_each_command_of_a_notice_works_for_its_reader(store: Store, seed: int):
    chance = random.Random(seed)
    now = MONDAY
    tried = 0
    opened(store, brief_with())
    for _ in range(9):
        now += timedelta(hours=chance.randrange(60))
        advance(store, SLUG, now=now)
        verb = chance.choice([*VERBS.values()])
        person = chance.choice(PEOPLE)
        with suppress(LaunchKitsError):
            verb(store, SLUG, chance.choice(KEYS), by=person, now=now)
        contexts = ContextLoader(store, documents=Path("/nowhere"))
        for each in notices(store):
            message = message_for(each, contexts.of(SLUG, now=now), now=now)
            for verb_name, slug, key, *options in commands_of(lines(each, message)):
                given = {"until": date.fromisoformat(options[1])} if options else {}
                with trying(store, SLUG, now=now) as change:
                    VERBS[verb_name](change, slug, key, by=each.to, now=now, **given)
                tried += 1
    assert tried > 10
