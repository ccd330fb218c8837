"""What the people of a launch do at random, and the launch that they do it to."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from sqlmodel import Session, col, select

from launch_kits.database.queries import find_launch, tasks_of
from launch_kits.database.records import (
    ACTIVE,
    CardUse,
    FaqStatus,
    Question,
    Task,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import (
    NewTask,
    TaskEdit,
    add,
    add_to_faq,
    answer,
    approve,
    ask,
    ask_for,
    begin,
    block,
    check,
    concede,
    decide,
    decline_faq,
    delegate,
    done,
    drop,
    edit,
    extend,
    flag,
    move,
    name_card_change,
    note,
    propose_for_faq,
    reassign,
    reassign_role,
    reject,
    reopen,
    revise,
    submit,
    tick,
    unblock,
    uncheck,
    undo,
    uphold,
    verify_card,
    waive,
)
from launch_kits.verbs.revision import Revision
from tests.desk import LINK, OBJECTION, OTHER, SELLER, SUPPORT, desk_brief
from tests.launches import (
    KIT,
    LEAD,
    LEGAL,
    OPS,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    ledger_of,
)
from tests.verbs.test_gates import GATES

__all__ = ["PEOPLE", "VERBS", "Acts", "world_brief"]

PEOPLE = (LEAD, PMM, LEGAL, SALES, OPS, SUPPORT, SELLER, OTHER)
#: a name and what is done
Act: TypeAlias = tuple[str, Callable[[], object]]
#: how often an act is chosen beside the others; 1 for all that are not named
OFTEN = {"begin": 8, "done": 6, "approve": 4, "reject": 2, "unblock": 4, "answer": 2}
OFTEN |= {"reopen": 2, "propose": 3, "add to FAQ": 3, "concede": 4}
#: the acts that bring a launch to its go; in a launch whose people hurry they stay frequent
FORWARD = {"begin", "done", "submit", "approve", "unblock", "check", "go"}
#: acts that people try until one is not refused
TRIES = 4
MOST_RIVALS = 6
#: the part of the acts after which the last one is undone
UNDONE = 0.15
#: everything that people do in the worlds
VERBS = {
    *("begin", "done", "submit", "approve", "reject", "block", "unblock", "drop"),
    *("reopen", "note", "tick", "ask for", "extend", "grant"),
    *("reassign", "reassign_role"),
    *("edit", "move", "delegate", "add", "update", "undo", "check", "uncheck"),
    *("waive", "go", "no go", "ask", "answer", "propose", "add to FAQ"),
    *("decline FAQ", "flag", "concede", "uphold", "review a card", "change a card"),
}


def world_brief() -> Brief:
    """The launch of the desk with people on three continents, some of them away for a while.

    Its first tasks are due soon, and others hear early of those that are late. Each stage has a
    gate, and going live is a go or no-go.
    """
    kit: dict[str, Any] = deepcopy(KIT)
    ladder = [{"after": 1, "to": "backup"}, {"after": 2, "to": "lead"}]
    kit["nudges"] = {"ladder": ladder}
    due = {"positioning": "T-17", "research": "T-15"}
    for stage in kit["stages"]:
        stage["gate"] = deepcopy(GATES[stage["key"]])
        for task in stage["tasks"]:
            if task["key"] in due:
                task["due"] = due[task["key"]]
    kit["stages"][2]["gate"]["after_launch"] = True
    kit["stages"][2]["tasks"][0]["decides"] = "launch"
    written = desk_brief(kit=kit).model_dump(mode="json", by_alias=True)
    team = written["team"]
    team["pmm"]["timezone"] = "Europe/Berlin"
    team["legal"]["timezone"] = "America/Los_Angeles"
    team["legal"]["away"] = [{"from": "2027-01-20", "to": "2027-01-22"}]
    team["sales"]["away"] = [{"from": "2027-01-28", "to": "2027-02-01"}]
    return Brief.model_validate(written)


class Acts:
    """The acts that are possible at a moment; those that were rare so far are chosen more often."""

    def __init__(
        self, dice: random.Random, store: Store, acted: Counter[str], *, hurry: bool
    ) -> None:
        self.dice = dice
        self.store = store
        self.acted = acted
        self.hurry = hurry
        self._numbers = iter(range(1, 10_000))

    def one(self, now: datetime) -> None:
        """Let a person do something that they may."""
        self.now = now
        with self.store.read() as session:
            possible = [
                *self._on_tasks(tasks_of(session, SLUG)),
                *self._on_launch(find_launch(session, SLUG).brief),
                *self._of_people(session),
                *self._at_gates(),
                *self._at_desk(session),
            ]
        for _ in range(TRIES):
            weights = [self._weight(name) for name, _ in possible]
            name, act = self.dice.choices(possible, weights)[0]
            if self._try(name, act):
                break
        if self.dice.random() < UNDONE:
            self._try("undo", partial(undo, self.store, SLUG, now=now))

    def _try(self, name: str, act: Callable[[], object]) -> bool:
        """Let it happen; returns whether anything did."""
        with suppress(LaunchKitsError):
            found = act()
            if isinstance(found, Revision):
                happened = bool(found.fields)
            else:
                happened = getattr(found, "changed", True)
            if happened:
                self.acted[name] += 1
                return True
        return False

    def _weight(self, name: str) -> float:
        if self.hurry and name in FORWARD:
            return 10 * OFTEN.get(name, 1)
        return OFTEN.get(name, 1) / (1 + self.acted[name])

    # -- what can be done

    def _on_tasks(self, tasks: Sequence[Task]) -> Iterator[Act]:
        active = [each for each in tasks if each.status in ACTIVE]
        for among in (active, active, tasks):
            if among:
                yield from self._on_task(self.dice.choice(among))

    def _on_task(self, task: Task) -> Iterator[Act]:
        neglected = task.key == "research" and not self.hurry
        if neglected and self.dice.random() < 0.9:
            return
        until = task.due + timedelta(self.dice.choice([-1, 1, 4, 20]))
        to = self.dice.choice([LEAD, PMM, LEGAL, SALES, OPS, STRANGER])
        days = TaskEdit(due=task.due + timedelta(self.dice.choice([2, 5])))
        of = partial(self._of, task.key)
        if task.status in (TaskStatus.DONE, TaskStatus.DROPPED):
            yield of("reopen", reopen)
            return
        yield of("note", note, note="On it")
        yield of("tick", tick, points=["1"])
        yield of("extend", extend, until=until)
        yield of("grant", extend, until=until, by=LEAD)
        yield of("reassign", reassign, to=to)
        yield of("edit", edit, wanted=days, accept_late=True)
        yield of("block", block, note="No data")
        yield of("ask for", ask_for, by=task.owner)
        if self.dice.random() < 0.2:
            yield of("drop", drop)
        match task.status:
            case TaskStatus.READY:
                yield of("begin", begin)
                yield of("done", done)
            case TaskStatus.DOING:
                yield of("done", done)
                yield of("submit", submit)
            case TaskStatus.REVIEW:
                yield of("approve", approve)
                yield of("reject", reject)
            case TaskStatus.BLOCKED:
                yield of("unblock", unblock)

    def _of(self, key: str, name: str, verb: Callable[..., Any], **more: Any) -> Act:
        return name, partial(verb, self.store, SLUG, key, now=self.now, **more)

    def _on_launch(self, brief: Mapping[str, Any]) -> Iterator[Act]:
        when: dict[str, Any] = {"now": self.now, "accept_late": True}
        day = self.now.date() + timedelta(self.dice.randint(10, 40))
        new = NewTask(f"Extra work {next(self._numbers)}", role="pmm", review="legal")
        yield "move", partial(move, self.store, SLUG, on=day, **when)
        yield "add", partial(add, self.store, SLUG, new, **when)
        if (revised := self._revised(brief)) is not None:
            yield "update", partial(revise, self.store, SLUG, revised, **when)
        for name, go in (("go", True), ("no go", False)):
            yield name, partial(decide, self.store, SLUG, go=go, now=self.now)

    def _revised(self, brief: Mapping[str, Any]) -> Brief | None:
        """The brief with one more competitor; None if there are enough."""
        written = deepcopy(dict(brief))
        rivals = written["positioning"]["alternatives"]
        if len(rivals) >= MOST_RIVALS:
            return None
        key = f"merlin{len(rivals)}"
        rivals.append({"key": key, "name": "Merlin", "claims": ledger_of(key)})
        return Brief.kept(written)

    def _of_people(self, session: Session) -> Iterator[Act]:
        person, to = self.dice.sample([LEAD, PMM, LEGAL, SALES, OPS, SUPPORT], 2)
        until = self.now.date() + timedelta(self.dice.randint(1, 5))
        role = self.dice.choice(["pmm", "legal", "sales"])
        away = {"person": person, "to": to, "until": until, "launch": SLUG}
        given = {"role": role, "to": to, "now": self.now}
        yield "delegate", partial(delegate, self.store, **away, now=self.now)
        yield "reassign_role", partial(reassign_role, self.store, SLUG, **given)

    def _at_gates(self) -> Iterator[Act]:
        stage = self.dice.choice([*GATES])
        number = self.dice.randint(1, len(GATES[stage]["checks"]))
        named = (self.store, SLUG, stage, number)
        until = self.now.date() + timedelta(self.dice.randint(1, 9))
        yield "check", partial(check, *named, link=LINK, now=self.now)
        yield "uncheck", partial(uncheck, *named, now=self.now)
        waiver = {"until": until, "note": "Next week", "by": LEAD}
        yield "waive", partial(waive, *named, **waiver, now=self.now)

    def _at_desk(self, session: Session) -> Iterator[Act]:
        who = self.dice.choice([SELLER, OTHER])
        asked = self.dice.choice([OBJECTION, f"What of {next(self._numbers)} seats?"])
        yield "ask", partial(ask, self.store, SLUG, asked, by=who, now=self.now)
        ref = self.dice.choice(["osprey.y1", "osprey.s1", "kite.y1"])
        yield "flag", partial(flag, self.store, SLUG, ref, by=who, now=self.now)
        yield from self._at_cards(session, ref)
        found = session.exec(select(Question).order_by(col(Question.id))).all()
        if not found:
            return
        proposed = [each for each in found if each.faq == FaqStatus.PROPOSED]
        number = self.dice.choice(proposed or found).id
        of = {"number": number, "now": self.now}
        said = f"Yes, as of {next(self._numbers)}"
        yield "answer", partial(answer, self.store, text=said, source=LINK, **of)
        yield "propose", partial(propose_for_faq, self.store, **of)
        yield "add to FAQ", partial(add_to_faq, self.store, **of)
        yield "decline FAQ", partial(decline_faq, self.store, **of)

    def _at_cards(self, session: Session, ref: str) -> Iterator[Act]:
        of = {"note": f"As of {next(self._numbers)}", "now": self.now}
        open_flags = select(CardUse.claim).where(col(CardUse.settled_at).is_(None))
        for doubted in sorted({*filter(None, session.exec(open_flags).all())}):
            yield "concede", partial(concede, self.store, SLUG, doubted, **of)
            yield "uphold", partial(uphold, self.store, SLUG, doubted, **of)
        card = ref.partition(".")[0]
        yield "change a card", partial(name_card_change, self.store, SLUG, card, **of)
        review = partial(verify_card, self.store, SLUG, card, now=self.now)
        yield "review a card", review
