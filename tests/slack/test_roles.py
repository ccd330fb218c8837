"""Every button, form and word of Slack, tried by people of every part."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from launch_kits import verbs
from launch_kits.database.records import MemberStanding
from launch_kits.database.store import Store
from launch_kits.slack.api import transport
from launch_kits.slack.inbound import commands, routes
from launch_kits.slack.inbound.admission import OUTSIDE
from launch_kits.slack.messages.late import AGAIN
from tests.desk import KNOWN, LINK, NEW, OTHER, SUPPORT, desk_brief
from tests.launches import KIT, LEAD, LEGAL, NOW, OPS, PMM, SALES, SLUG, opened
from tests.slack.office import Office, changeable, office
from tests.verbs.test_gates import GATES

SPONSOR = "vp@example.com"
SELLER = "seller@example.com"
#: the part of a person → the email; `owner` owns both cards and the research
MEMBERS = {
    "owner": PMM,
    "approver": LEGAL,
    "backup": OPS,
    "lead": LEAD,
    "sponsor": SPONSOR,
    "seller": SELLER,
}
OUTSIDERS: dict[str, tuple[MemberStanding, dict[str, bool]]] = {
    "guest@example.com": (MemberStanding.GUEST, {"is_restricted": True}),
    "them@partner.example": (MemberStanding.FOREIGN, {"is_stranger": True}),
    "left@example.com": (MemberStanding.LEFT, {"deleted": True}),
}
NAMES = {"owner": "Pia", "approver": "Lou", "backup": "Ola", "lead": "Lee"}
NAMES |= {"sponsor": "Vic", "seller": "Seller", "gate": "Sam", "desk": "Sue"}


@dataclass(frozen=True)
class Rule:
    """Those who may do something, and the words for those who may not."""

    #: in the order in which a refusal names them
    may: tuple[str, ...]
    #: completes "only Lee can"
    act: str
    #: what it is about
    place: str = "kite"
    #: how a form is filled in
    values: tuple[tuple[str, str], ...] = ()

    @property
    def refusal(self) -> str:
        *others, last = (NAMES[each] for each in self.may)
        who = f"{', '.join(others)} or {last}" if others else last
        return f"Nothing was changed: only {who} can {self.act}."


WORKERS = ("owner", "backup", "lead")
REVIEWERS = ("approver", "lead")
DESK = ("desk", "backup", "lead")
THIS = 'do this for "Battlecard: Kite" (Falcon 2)'
REVIEW = 'do this for "Battlecard: Osprey Data Hub" (Falcon 2)'
CHANGE = "change Falcon 2"
GREEN = "Are there green labels?"
WHY = (("note", "It is better"),)

#: the buttons about one task whose refusal also says whom to ask for it
HINTED = (
    *("task_begin", "task_unblock", "task_approve", "task_ack"),
    *("task_done", "task_block", "task_extend", "task_reject", "task_reply"),
)
RULES = {
    "task_begin": Rule(WORKERS, THIS),
    "task_unblock": Rule(
        WORKERS, 'do this for "Research" (Falcon 2)', place="research"
    ),
    "task_approve": Rule(REVIEWERS, REVIEW, place="osprey"),
    "task_ack": Rule((*WORKERS[:2], *REVIEWERS), THIS),
    "task_done": Rule(WORKERS, THIS),
    "task_block": Rule(WORKERS, THIS, values=(("reason", "No data"),)),
    "task_extend": Rule(WORKERS, THIS, values=(("until", "2027-02-20"),)),
    "task_reply": Rule(
        WORKERS,
        'do this for "Research" (Falcon 2)',
        "research",
        values=(("reason", "I have it"),),
    ),
    "task_reject": Rule(
        REVIEWERS, REVIEW, place="osprey", values=(("reason", "Too long"),)
    ),
    "task_decide": Rule(
        ("sponsor", "lead"),
        "decide on Falcon 2",
        place="go_live",
        values=(("decision", "no-go"),),
    ),
    "task_reassign": Rule(
        WORKERS, 'give "Battlecard: Kite" away', values=(("owner", SALES),)
    ),
    "task_edit": Rule(
        WORKERS, 'edit "Battlecard: Kite"', values=(("title", "Card on Kite"),)
    ),
    "task_drop": Rule(WORKERS, 'leave "Battlecard: Kite" out', values=WHY),
    "task_reopen": Rule(REVIEWERS, 'take "Legal review" up again', place="legal"),
    "task_tick": Rule(
        WORKERS, 'tick the checklist of "Battlecard: Kite"', values=(("points-0", ""),)
    ),
    "gate_check": Rule(
        ("gate", "backup", "lead"), 'tick the checks of "Sales can sell it"', "check"
    ),
    "gate_uncheck": Rule(
        ("gate", "backup", "lead"), 'take "Trained sellers ≥ 80%" back', "ticked"
    ),
    "gate_waive": Rule(
        ("sponsor", "lead"), 'let "Cards are read" pass', "check", values=WHY
    ),
    "launch_move": Rule(
        ("lead",), "move Falcon 2", values=(("launch_on", "2027-03-02"),)
    ),
    "launch_replan": Rule(("lead",), "move Falcon 2"),
    "launch_add": Rule(
        ("lead",), "add a task to Falcon 2", values=(("title", "Press kit"),)
    ),
    "launch_cancel": Rule(("lead",), "cancel Falcon 2", values=WHY),
    "launch_invite": Rule(("lead",), CHANGE),
    "desk_anyway": Rule(("seller",), f'ask "{KNOWN}" again', "known"),
    "desk_answer": Rule(
        DESK, f'answer "{NEW}"', "question", values=(("answer", "Yes."),)
    ),
    "card_uphold": Rule(WORKERS, 'answer "Falcon is faster"', "flagged", values=WHY),
    "card_concede": Rule(WORKERS, 'answer "Falcon is faster"', "flagged", values=WHY),
    "desk_wrong": Rule(WORKERS, 'answer "Osprey is well known"', "doubted", values=WHY),
    "card_verify": Rule(WORKERS, "review the card on Osprey Data Hub", "card"),
    "card_change": Rule(
        WORKERS, "review the card on Osprey Data Hub", "card", values=WHY
    ),
    "desk_propose": Rule(DESK, f'answer "{GREEN}"', "answered"),
    "desk_add_to_faq": Rule(("lead",), CHANGE, "proposed"),
    "desk_decline_faq": Rule(("lead",), CHANGE, "proposed"),
}
#: the buttons and forms for every member
FOR_ALL = {
    *("task_open", "launch_gates", "card_open", "card_copy", "card_wrong"),
    *("desk_ask", "launch_start"),
    # each takes back their own change
    "launch_undo",
}
PLACES = {
    "kite": {"task": "battlecard:kite"},
    "osprey": {"task": "battlecard:osprey"},
    "research": {"task": "research"},
    "legal": {"task": "legal_review"},
    "go_live": {"task": "go_live"},
    "check": {"stage": "sales", "check": "cards-are-read"},
    "ticked": {"stage": "sales", "check": "trained-sellers-80"},
    "flagged": {"task": "osprey.y1"},
    "card": {"task": "osprey"},
    "doubted": {"task": "5"},
    "known": {"task": "1"},
    "question": {"task": "2"},
    "answered": {"task": "3"},
    "proposed": {"task": "4"},
}


def prepared(store: Store) -> None:
    """A launch in which every button has something to do."""
    kit = deepcopy(KIT)
    for stage in kit["stages"]:
        stage["gate"] = deepcopy(GATES[stage["key"]])
    kit["stages"][2]["tasks"][0]["decides"] = "launch"
    team = desk_brief().model_dump(mode="json", by_alias=True)["team"]
    team["sponsor"] = {"name": "Vic", "email": SPONSOR}
    opened(store, desk_brief(kit=kit, team=team))
    now = NOW
    by = PMM
    verbs.done(store, SLUG, "positioning", by=by, now=now)
    verbs.submit(store, SLUG, "battlecard:osprey", link=LINK, by=by, now=now)
    verbs.block(store, SLUG, "research", note="No data", by=by, now=now)
    verbs.drop(store, SLUG, "legal_review", by=LEAD, now=now)
    verbs.check(store, SLUG, "sales", 1, link=LINK, by=OPS, now=now)
    for text in (KNOWN, NEW, GREEN, "Does the invoice list discounts?"):
        verbs.ask(store, SLUG, text, by=SELLER, now=now)
    for number in (3, 4):
        verbs.answer(store, number, text="Yes.", source=LINK, by=SUPPORT, now=now)
    verbs.propose_for_faq(store, 4, by=SUPPORT, now=now)
    verbs.flag(store, SLUG, "osprey.y1", by=SELLER, now=now)
    for person in (SELLER, OTHER):
        verbs.flag(store, SLUG, "osprey.s1", by=person, now=now)


@dataclass
class Tried:
    """The outcome of one try."""

    #: whether a form was opened, or anything was changed or told but a refusal
    went: bool
    told: list[str]
    forms: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Everyone:
    """An office whose database is put back after each try that changed it."""

    office: Office
    home: Path
    before: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._put_back()
        self.office.type(SELLER, "help")  # from now on the seller is known by name
        self.office.slack.told.clear()
        self.before = changeable(self.office.store)
        self.office.store.close()
        shutil.copy(self.home / "launch-kits.db", self.home / "before.db")

    def click(self, email: str, action: str) -> Tried:
        """Press a button."""
        place = PLACES[RULES[action].place] if action in RULES else {}
        self.office.click(email, action, json.dumps({"launch": SLUG, **place}))
        return self._tried()

    def send(self, email: str, form: dict[str, Any], values: dict[str, str]) -> Tried:
        """Send a form, and its preview."""
        self.office.slack.modals.clear()
        answered = self.office.people.fill(email, form, **values)
        self.office.settle()
        assert "errors" not in answered
        if answered.get("response_action") == "push":
            self.office.people.fill(email, answered["view"])
            self.office.settle()
        return self._tried()

    def type(self, email: str, text: str) -> Tried:
        self.office.type(email, text)
        return self._tried()

    def _tried(self) -> Tried:
        slack = self.office.slack
        changed = changeable(self.office.store) != self.before
        told = [str(each["text"]) for each in slack.told]
        forms = [view for _, view in slack.modals]
        if changed:
            self._put_back()
        slack.told.clear()
        slack.modals.clear()
        return Tried(changed or bool(forms), told, forms)

    def _put_back(self) -> None:
        self.office.store.close()
        shutil.copy(self.home / "before.db", self.home / "launch-kits.db")


@pytest.fixture(scope="module")
def prepared_home(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Path:
    """A folder with the database of the launch."""
    home = tmp_path_factory.mktemp("roles")
    shutil.copy(sqlite_template, home / "before.db")
    store = Store(f"sqlite:///{home / 'before.db'}")
    prepared(store)
    store.close()
    return home


@pytest.fixture
def everyone(
    prepared_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Everyone]:
    monkeypatch.setattr(transport, "PACE", 0)
    store = Store(f"sqlite:///{prepared_home / 'launch-kits.db'}")
    people = (*MEMBERS.values(), SUPPORT, SALES, *OUTSIDERS)
    with office(prepared_home, store, *people) as here:
        for email, (_, facts) in OUTSIDERS.items():
            here.slack.make(email, **facts)
        here.app.slack.later = lambda _: None
        yield Everyone(here, prepared_home)
    store.close()


def test_every_button_and_form_is_tried_here() -> None:
    confirmed = {name for name in routes.FORMS if name.endswith("_now")}
    tried = {*RULES, *FOR_ALL}
    assert tried >= {*routes.CLICKS, *routes.FORMS} - {*confirmed, AGAIN}


@pytest.mark.parametrize("action", RULES)
def test_a_button_is_for_those_who_may_and_tells_others_who_they_are(
    everyone: Everyone, action: str
) -> None:
    rule = RULES[action]
    for part, email in MEMBERS.items():
        tried = everyone.click(email, action)
        if part in rule.may:
            assert tried.went or action == "task_ack", part
            assert rule.refusal not in str(tried.told), part
            continue
        assert not tried.went, part
        hint = " If it should be yours, ask Lee to give it to you."
        assert tried.told == [f"{rule.refusal}{hint if action in HINTED else ''}"]


@pytest.mark.parametrize("action", [each for each in RULES if each in routes.FORMS])
def test_a_form_changes_nothing_for_those_who_may_not_any_more(
    everyone: Everyone, action: str
) -> None:
    rule = RULES[action]
    part = next(each for each in reversed(rule.may) if each in MEMBERS)
    (form,) = everyone.click(MEMBERS[part], action).forms
    tried = everyone.send(SELLER, form, dict(rule.values))
    assert not tried.went
    assert rule.refusal in tried.told[-1]
    if action not in (
        "task_tick",
        "launch_invite",
        "launch_replan",
    ):  # they change nothing here
        assert everyone.send(MEMBERS[part], form, dict(rule.values)).went


@pytest.mark.parametrize("email", OUTSIDERS)
def test_those_who_are_not_members_can_do_and_see_nothing(
    everyone: Everyone, email: str
) -> None:
    refused = Tried(went=False, told=[f"Sorry: {OUTSIDE[OUTSIDERS[email][0]]}."])
    for action in routes.CLICKS:
        assert everyone.click(email, action) == refused
    for word in commands._WORDS:
        assert everyone.type(email, f"{word} {SLUG} osprey") == refused
