"""Each act that the launch room offers, taken in a real browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, product
from typing import TYPE_CHECKING

import pytest

from launch_kits import verbs
from launch_kits.database.store import Store
from launch_kits.room.forms.brief_parts import brief_parts
from launch_kits.room.forms.launch_verbs import LAUNCH_VERBS
from launch_kits.room.pages import desk, gates
from launch_kits.room.task_verbs import TASK_VERBS
from launch_kits.views.labels import LABELS
from launch_kits.views.last_acts import ON_IT
from tests.desk import LINK, NEW, SELLER, SUPPORT, told_to_customers
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    PMM,
    SALES,
    SLUG,
    brief_with,
    events,
    kit_with,
    opened,
)
from tests.room.browsing import Opening, serving, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.xdist_group("browser")

HERE = f"/launches/{SLUG}"
TASK = f"{HERE}/tasks/positioning"
CARD = f"{HERE}/tasks/battlecard:osprey"
FOUND = f"{HERE}/cards/osprey?q=faster"
REVIEW = f"{HERE}/tasks/legal_review"
#: what a person does: the kind of the step, the words on the page, and a value
Step = tuple[str, ...]
Prepared = Callable[[Store], object]


@dataclass(frozen=True)
class Deed:
    """An act of a person on a page, and the event that tells of it."""

    who: str
    page: str
    steps: Sequence[Step]
    #: the verb of the event; empty if there is none
    verb: str = ""
    before: Sequence[Prepared] = ()
    #: the words of the page that follows
    told: str = ""
    days: int = 0


def after(verb: str, key: str, by: str, **given: object) -> Prepared:
    """Does a verb by another door, before the browser comes."""
    return lambda store: getattr(verbs, verb)(store, SLUG, key, by=by, now=NOW, **given)


def asked(store: Store) -> None:
    verbs.ask(store, SLUG, NEW, by=SELLER, now=NOW)


def doubted_by(person: str) -> Prepared:
    """A line of a card that a person calls wrong."""
    return lambda store: verbs.flag(
        store, SLUG, "osprey.y1", by=person, note="Old", now=NOW
    )


def _of_question(verb: str, by: str, **given: object) -> Prepared:
    def deed(store: Store) -> None:
        with verbs.changing(store, SLUG, now=NOW) as change:
            getattr(verbs, verb)(change, 1, by=by, now=NOW, **given)

    return deed


answered = _of_question("answer", SUPPORT, text="Yes.", source=LINK)
proposed = _of_question("propose_for_faq", SUPPORT)
CONFIRM = (("press", "Show the effect"), ("press", "Confirm"))
ENOUGH = after("done", "positioning", PMM)
IN_REVIEW = (ENOUGH, after("done", "battlecard:osprey", PMM))
MORE_TIME = (ENOUGH, after("extend", "legal_review", LEGAL, until=date(2027, 3, 1)))
GATE = "everybody-tells-it"

DEEDS: dict[str, Deed] = {
    "task begin": Deed(PMM, TASK, [("press", "Start")], "begin"),
    "task done": Deed(
        PMM, TASK, [("go", "Done"), ("fill", "Note", "v2"), ("press", "Done")], "done"
    ),
    "task approve": Deed(
        LEGAL, CARD, [("go", "Approve"), ("press", "Approve")], "approve", IN_REVIEW
    ),
    "task reject": Deed(
        LEGAL,
        CARD,
        [("go", "Send back"), ("fill", "Reason", "Vague"), ("press", "Send back")],
        "reject",
        IN_REVIEW,
    ),
    "task grant": Deed(
        LEAD,
        REVIEW,
        [("go", LABELS["grant"], "Grant more time"), *CONFIRM],
        "extend",
        MORE_TIME,
    ),
    "task refuse": Deed(
        LEAD,
        REVIEW,
        [("go", LABELS["refuse"], "Refuse more time"), *CONFIRM],
        "refuse",
        MORE_TIME,
    ),
    "task unblock": Deed(
        PMM,
        TASK,
        [("press", "Unblock")],
        "unblock",
        [after("block", "positioning", PMM, note="No data")],
    ),
    "task ack": Deed(PMM, TASK, [("press", ON_IT)], "note", days=60),
    "task block": Deed(
        PMM,
        TASK,
        [("go", "Blocked"), ("fill", "Reason", "No data"), ("press", "Blocked")],
        "block",
    ),
    "task extend": Deed(
        PMM,
        TASK,
        [("go", "Need more time"), ("fill", "Until", "2027-03-25"), *CONFIRM],
        told="is asked",
    ),
    "task note": Deed(
        PMM,
        TASK,
        [
            ("go", "Write a note"),
            ("fill", "Note", "Half of it is there"),
            ("press", "Write a note"),
        ],
        "note",
    ),
    "task reassign": Deed(
        LEAD,
        TASK,
        [("go", "Give to someone else"), ("choose", "New owner", SALES), *CONFIRM],
        "reassign",
    ),
    "task edit": Deed(
        LEAD, TASK, [("go", "Edit"), ("fill", "Title", "The story"), *CONFIRM], "edit"
    ),
    "task drop": Deed(LEAD, TASK, [("go", "Leave out"), *CONFIRM[1:]], "drop"),
    "task reopen": Deed(
        LEAD,
        TASK,
        [("go", "Take up again"), *CONFIRM[1:]],
        "reopen",
        [after("drop", "positioning", LEAD)],
    ),
    "task checklist": Deed(
        PMM,
        CARD,
        [("tick", "Every claim has a source"), ("press", "Save the ticks")],
        "tick",
        [ENOUGH],
    ),
    "launch move": Deed(
        LEAD,
        HERE,
        [("go", "Move the launch"), ("fill", "Launch day", "2027-02-23"), *CONFIRM],
        "move",
    ),
    "launch replan": Deed(
        LEAD, HERE, [("go", "Plan again"), *CONFIRM[1:]], "move", days=1
    ),
    "launch add": Deed(
        LEAD,
        HERE,
        [("go", "Add a task"), ("fill", "Title", "Press release"), *CONFIRM],
        "add",
    ),
    "launch team": Deed(
        LEAD,
        HERE,
        [("go", "Edit the team"), ("type", "team.sales.name", "Samira"), *CONFIRM],
        "update",
    ),
    "launch absences": Deed(
        LEAD,
        HERE,
        [
            ("go", "Edit absences"),
            ("choose", "Who is away", PMM),
            ("choose", "Who acts for them", LEAD),
            ("fill", "First day", "2027-01-18"),
            ("fill", "Last day", "2027-01-19"),
            *CONFIRM,
        ],
        "update",
    ),
    "launch claims": Deed(
        LEAD,
        f"{HERE}/cards/osprey",
        [
            ("go", "Edit the claims"),
            ("type", "why_we_win.0.claim", "Falcon is twice as fast"),
            *CONFIRM,
        ],
        "update",
    ),
    "gate check": Deed(
        LEAD, f"{HERE}/gates", [("open", "Tick it"), ("press", "Tick")], "check"
    ),
    "gate uncheck": Deed(
        LEAD,
        f"{HERE}/gates",
        [("open", "Take the tick back"), ("press", "Take back")],
        "uncheck",
        [lambda store: verbs.check(store, SLUG, "story", GATE, by=LEAD, now=NOW)],
    ),
    "gate waive": Deed(
        LEAD,
        f"{HERE}/gates",
        [
            ("open", "Waive it"),
            ("fill", "Last day of the waiver", "2027-02-05"),
            ("fill", "Reason", "Told by phone"),
            ("press", "Waive"),
        ],
        "waive",
    ),
    "decide": Deed(
        LEAD,
        f"{HERE}/gates",
        [("tick", "No-go"), ("press", "Decide")],
        "decide",
    ),
    "desk ask": Deed(
        PMM,
        f"{HERE}/desk",
        [("fill", "Your question", NEW), ("press", "Ask")],
        "ask",
    ),
    "desk answer": Deed(
        SUPPORT,
        f"{HERE}/desk",
        [
            ("open", "Answer"),
            ("type", "answer", "Yes, in euro."),
            ("type", "source", LINK),
            ("press", "Send"),
        ],
        "answer",
        [asked],
    ),
    "desk wrong": Deed(
        PMM,
        f"{HERE}/desk",
        [
            ("open", "It is wrong"),
            ("fill", "Why is it wrong?", "It was renamed"),
            ("press", "Mark it until it is corrected"),
        ],
        "answer",
        [doubted_by(SELLER), doubted_by(SALES)],
    ),
    "desk anyway": Deed(
        PMM,
        f"{HERE}/desk",
        [("press", "Ask a person anyway")],
        "ask",
        [lambda store: verbs.ask(store, SLUG, "Osprey is cheaper", by=PMM, now=NOW)],
    ),
    "desk propose": Deed(
        SUPPORT,
        f"{HERE}/desk",
        [("press", "Propose it for the FAQ")],
        "propose",
        [asked, answered],
    ),
    "desk add": Deed(
        LEAD,
        f"{HERE}/desk",
        [("open", "Add it to the FAQ"), ("press", "Add")],
        "update",
        [asked, answered, proposed],
    ),
    "desk decline": Deed(
        LEAD,
        f"{HERE}/desk",
        [("press", "Leave it out of the FAQ")],
        "decline",
        [asked, answered, proposed],
    ),
    "card opened": Deed(PMM, f"{HERE}/cards/osprey", [], told="Osprey"),
    "card copied": Deed(PMM, FOUND, [("press", "Copy")], told="Copied"),
    "card wrong": Deed(
        PMM,
        FOUND,
        [("open", "That was wrong"), ("press", "Tell its owner")],
        "flag",
    ),
    "card holds": Deed(
        PMM,
        f"{HERE}/cards",
        [
            ("open", "It holds"),
            ("fill", "Why does it hold?", "It was measured"),
            ("press", "Tell who doubts it"),
        ],
        "answer",
        [doubted_by(SELLER)],
    ),
    "card is wrong": Deed(
        PMM,
        f"{HERE}/cards",
        [
            ("open", "It is wrong"),
            ("fill", "Why is it wrong?", "It was renamed"),
            ("press", "Mark it until it is corrected"),
        ],
        "answer",
        [doubted_by(SELLER)],
    ),
    "card verified": Deed(
        PMM, f"{HERE}/cards/osprey", [("press", "Still right")], "update"
    ),
    "card change": Deed(
        PMM,
        f"{HERE}/cards/osprey",
        [
            ("open", "Needs a change"),
            ("fill", "The change that it needs", "The price"),
            ("press", "Tell the lead"),
        ],
        "note",
    ),
    "share": Deed(
        LEAD,
        f"{HERE}/share",
        [("tick", "finished documents"), ("press", "Make the link")],
        told="The new link",
    ),
    "share calendar": Deed(
        PMM, f"{HERE}/share", [("press", "Make the address")], told="Subscribe"
    ),
    "share revoke": Deed(
        PMM,
        f"{HERE}/share",
        [("press", "Make the address"), ("press", "Revoke")],
        told="does not work any more",
    ),
    "start": Deed(
        LEAD,
        "/launches",
        [
            ("go", "Start a launch"),
            ("fill", "Product", "Kite 3"),
            ("type", "launch", "kite-3"),
            ("type", "launch_on", "2027-08-03"),
            ("type", "team.lead.name", "Lee"),
            ("press", "Check and show the plan"),
            ("press", "Start"),
        ],
        told="is started",
    ),
    "undo": Deed(PMM, TASK, [("press", "Start"), ("press", "Undo")], "undo"),
    "sign-in": Deed(PMM, "/sign-in", [], told="You act as"),
    "sign-out": Deed(
        PMM, "/sign-in", [("press", "Sign out")], told="You are signed out"
    ),
    "sessions end": Deed(
        PMM, "/sign-in", [("press", "End it")], told="The session is over"
    ),
}
#: acts that need a launch of their own
NEEDS = {
    "decide": lambda: brief_with(kit=kit_with(go_live={"decides": "launch"})),
}
PARTS = {part.name.partition(".")[0] for part in brief_parts(told_to_customers())}
#: each address that takes a form, and its acts
ACTS: dict[str, set[str]] = {
    "/launches/{launch}/tasks/{task}/{verb}": {f"task {each}" for each in TASK_VERBS},
    "/launches/{launch}/tasks/{task}/checklist": {"task checklist"},
    "/launches/{launch}/change/{verb}": {
        f"launch {each}" for each in {*LAUNCH_VERBS, *PARTS}
    },
    "/launches/{launch}/gates/{stage}/{check}/{deed}": {
        f"gate {each}" for each in gates._DEEDS
    },
    "/launches/{launch}/decide": {"decide"},
    "/launches/{launch}/desk": {"desk ask"},
    "/launches/{launch}/desk/{question}/{deed}": {
        f"desk {each}" for each in desk._DEEDS
    },
    "/launches/{launch}/cards/{card}/opened": {"card opened"},
    "/launches/{launch}/cards/{card}/copied": {"card copied"},
    "/launches/{launch}/cards/{card}/wrong": {"card wrong"},
    "/launches/{launch}/cards/{card}/holds": {"card holds"},
    "/launches/{launch}/cards/{card}/is_wrong": {"card is wrong"},
    "/launches/{launch}/cards/{card}/verified": {"card verified"},
    "/launches/{launch}/cards/{card}/change": {"card change"},
    "/launches/{launch}/share": {"share"},
    "/launches/{launch}/share/calendar": {"share calendar"},
    "/launches/{launch}/share/{link}/revoke": {"share revoke"},
    "/launches/{launch}/undo": {"undo"},
    "/start": {"start"},
    "/sign-in": {"sign-in"},
    "/sign-out": {"sign-out"},
    "/sessions/{digest}/end": {"sessions end"},
}
WIDTHS = (1440, 360)
#: the width and the colours of a page
LOOKS = [*product(WIDTHS, ("light", "dark"))]


def takes() -> list[tuple[str, tuple[int, str]]]:
    """Each act with the look in which it is taken: one in turn, or all that there are."""
    if os.environ.get("LAUNCH_KITS_TEST_LOOKS") == "all":
        return [*product(DEEDS, LOOKS)]
    return [*zip(DEEDS, cycle(LOOKS), strict=False)]


def take(page: Page, step: Step) -> None:
    """Take a step as a person does: by the words on the page, and the keyboard."""
    match step:
        case ("press", name):
            page.get_by_role("button", name=name).first.press("Enter")
            page.wait_for_load_state()
        case ("go", name, *heading):
            page.get_by_role("link", name=name, exact=True).first.press("Enter")
            page.get_by_role("heading", name=(*heading, name)[0]).first.wait_for()
        case ("open", name):
            page.locator("summary").filter(has_text=name).first.press("Enter")
        case ("fill", label, text):
            page.get_by_label(label).locator("visible=true").first.fill(text)
        case ("type", name, text):
            page.locator(f'[name="{name}"]').fill(text)
        case ("choose", label, value):
            page.get_by_label(label).last.select_option(value)
        case ("tick", label):
            page.get_by_label(label, exact=True).check()


def test_each_act_is_taken_here(visit) -> None:
    """A new act or address of a form fails until a person does it below."""
    taking = {route.path for route in visit.room.routes if "POST" in route.methods}
    assert taking == set(ACTS)
    assert set().union(*ACTS.values()) == set(DEEDS)


@pytest.mark.parametrize(("name", "look"), takes())
def test_a_person_does_it(store, arriving, browser, name, look) -> None:
    deed = DEEDS[name]
    opened(store, NEEDS.get(name, told_to_customers)())
    for before in deed.before:
        before(store)
    visit = arriving()
    visit.now += timedelta(deed.days)
    if name == "sessions end":
        visit.sign_in(deed.who)
    with serving(visit, browser) as opens:
        done_in(opens, deed, look)
    if deed.verb:
        found = events(store, verb=deed.verb)[-1]
        assert (found.by.lower(), found.door) == (deed.who, "room")


def done_in(opens: Opening, deed: Deed, look: tuple[int, str]) -> None:
    """Take the steps of a deed in one look; what each of them shows fits in every look."""
    width, scheme = look
    page = opens(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(page, deed.who)
    page.goto(deed.page)
    for step in deed.steps:
        must_fit(page, look)
        take(page, step)
    told = page.get_by_text(deed.told) if deed.told else page.locator(".said")
    must_fit(page, look, told)


def must_fit(page: Page, look: tuple[int, str], told: Locator | None = None) -> None:
    """Look at a page in the other widths, and end in its own; colours move nothing."""
    own = look[0]
    for width in [*(each for each in WIDTHS if each != own), own]:
        page.set_viewport_size({"width": width, "height": 900})
        if told is not None:
            told.locator("visible=true").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
