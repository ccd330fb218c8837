"""The launch room in a real browser: key flows, live updates, and everyone's access."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import pytest
from starlette.routing import Match

from launch_kits.database.store import Store
from launch_kits.inputs.audience import Audience
from launch_kits.room.links import LinkKind, make_link
from launch_kits.verbs import note, revise
from tests.desk import told_to_customers, uses
from tests.launches import (
    LEAD,
    NOW,
    PMM,
    SLUG,
    dump,
    extensions,
    launch,
    status,
    task,
)
from tests.room.browsing import Opening, sign_in
from tests.room.visiting import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.xdist_group("browser")

TASK = f"/launches/{SLUG}/tasks/positioning"
PAGES = (
    *("/", "/launches", "/launches?all=1", "/me", "/sign-in"),
    *("/launches/nope", "/nowhere", f"/launches/{SLUG}/share/calendar"),
    *(f"/launches/{SLUG}", f"/launches/{SLUG}/gates"),
    *(TASK, f"{TASK}/done", f"{TASK}/drop", f"{TASK}/edit"),
    *("/start", f"/launches/{SLUG}/change/team", f"/launches/{SLUG}/change/absences"),
    f"/launches/{SLUG}/change/claims.osprey",
    *(f"/launches/{SLUG}/change/add", f"/launches/{SLUG}/change/move?on=2027-02-20"),
    *(f"/launches/{SLUG}/documents", f"/launches/{SLUG}/documents/battlecard:kite"),
    *(f"/launches/{SLUG}/slips", f"/launches/{SLUG}/history", "/workload"),
    *("/cards?q=Falcon", f"/launches/{SLUG}/cards", f"/launches/{SLUG}/cards/kite"),
    *("/desk", f"/launches/{SLUG}/desk", f"/launches/{SLUG}/share"),
)
#: the kinds of links that open a page; the page of each is looked at, too
LINKS = (LinkKind.LAUNCH, LinkKind.DOCUMENTS, LinkKind.PICTURE)
SHARED = "/shared/{secret}"
#: addresses that are read and are no pages of the room: files, pictures, feeds, streams, and the
#: way to a provider
NO_PAGES = {
    *("/static/{digest}/{name}", "/live", "/oidc/start", "/oidc/callback"),
    *("/launches/{launch}/timeline.svg", "/launches/{launch}/history.{format}"),
    "/launches/{launch}/documents/{task}/{reader}/{format}",
    *(f"{SHARED}/calendar.ics", f"{SHARED}/timeline.svg"),
    f"{SHARED}/{{task}}/{{format}}",
}
#: puts a long text into each cell of a list but days, and into each state there, as the launches of
#: others have
LONG_WORDS = """
const cells = ".list td:not(:has(*)):not([data-label=Work], [data-label=When])";
document.querySelectorAll(`${cells}, .list .state, .tasks .soft`).forEach(
  (each) => { each.textContent = "a long word ".repeat(20); })
"""
#: with the rule of WCAG 2.2 that axe leaves out unless it is asked for
ALL_RULES = {"rules": {"target-size": {"enabled": True}}}
#: faults of a page that keep a person out
GRAVE = {"serious", "critical"}
LOOKS = [*product((1440, 360), ("light", "dark"))]


def test_each_page_is_looked_at(visit: Visit) -> None:
    """A page that is not among those of the next test fails here."""
    reading = [route for route in visit.room.routes if "GET" in route.methods]
    looked_at = {SHARED}
    for path in PAGES:
        scope = {"type": "http", "method": "GET", "path": path.partition("?")[0]}
        found = (each for each in reading if each.matches(scope)[0] is Match.FULL)
        looked_at.update(route.path for route in found)
    assert {route.path for route in reading} - NO_PAGES == looked_at


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_is_for_everyone(
    visit: Visit, opens: Opening, width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opens(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    sign_in(page, LEAD)
    readers = {"audience": Audience.PARTNER, "by": LEAD, "now": NOW}
    shared = [make_link(visit.store, SLUG, kind=kind, **readers) for kind in LINKS]
    for path in (*PAGES, *(f"/shared/{secret}" for secret in shared)):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} is {wide} pixels too wide"
        found = Axe().run(page, options=ALL_RULES).response["violations"]
        grave = [each["id"] for each in found if each["impact"] in GRAVE]
        assert grave == [], path
        page.evaluate(LONG_WORDS)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} is {wide} pixels too wide with long words"


def test_work_is_begun_and_given_more_time(opens, store: Store) -> None:
    page = opens()
    sign_in(page, PMM)
    entry = page.get_by_role("listitem").filter(has_text="Positioning")
    entry.get_by_role("button", name="Start").press("Enter")
    page.get_by_role("status").get_by_text("Positioning").wait_for()
    assert status(store, "positioning") == "doing"
    page.goto(TASK)
    page.get_by_role("link", name="Need more time").press("Enter")
    page.get_by_label("Until").fill("2027-03-25")
    page.get_by_role("button", name="Show the effect").click()
    page.get_by_role("heading", name="This would happen").wait_for()
    assert extensions(store) == []
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("heading", name="History").wait_for()
    assert len(extensions(store)) == 1


def test_an_open_page_follows_changes_by_other_doors(opens, store: Store) -> None:
    page = opens()
    page.goto(TASK)
    note(store, SLUG, "positioning", by=PMM, now=NOW, note="By another door")
    page.get_by_text("By another door").wait_for()
    assert page.locator("main").count() == 1


def test_a_line_of_a_card_is_copied_with_its_source(opens, store: Store) -> None:
    revise(store, SLUG, told_to_customers(), by=LEAD, now=NOW, accept_late=True)
    page = opens(permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, PMM)
    page.goto(f"/launches/{SLUG}/cards/osprey?q=faster")
    page.get_by_role("button", name="Copy").press("Enter")
    page.get_by_role("button", name="Copied").wait_for()
    taken = page.evaluate("navigator.clipboard.readText()")
    assert taken == "Falcon is faster\nhttps://osprey.example.com"
    page.goto(f"/launches/{SLUG}/cards")
    kinds = sorted(str(use.kind) for use in uses(store) if use.by == PMM)
    assert kinds == ["copied", "opened"]


def test_a_card_that_is_opened_is_counted(opens, store: Store) -> None:
    page = opens()
    sign_in(page, PMM)
    with page.expect_response("**/opened"):
        page.goto(f"/launches/{SLUG}/cards/osprey")
    assert [(use.by, str(use.kind)) for use in uses(store)] == [(PMM, "opened")]


def test_a_link_is_made_read_and_revoked(opens) -> None:
    page = opens()
    sign_in(page, LEAD)
    page.goto(f"/launches/{SLUG}/share")
    page.get_by_label("the launch, for colleagues").check()
    page.get_by_role("button", name="Make the link").press("Enter")
    made = page.get_by_label("Address").input_value()
    holder = opens()
    path = re.sub("^https?://[^/]*", "", made)
    holder.goto(path)
    holder.get_by_role("heading", name="Falcon 2", exact=True).wait_for()
    page.goto(f"/launches/{SLUG}/share")
    page.get_by_role("button", name="Revoke").press("Enter")
    page.get_by_role("status").get_by_text("does not work any more").wait_for()
    assert holder.goto(path).status == 404


def drag(page: Page, name: str, days: int) -> None:
    """Drag a part of the timeline by days."""
    handle = page.get_by_role("link", name=name)
    handle.scroll_into_view_if_needed()
    box = handle.locator("rect").bounding_box()
    svg = page.locator(".handles")
    unit = svg.bounding_box()["width"] / float(svg.get_attribute("viewBox").split()[2])
    width = float(svg.get_attribute("data-day-width")) * unit
    # near its upper edge: other bars may cover its middle
    x, y = box["x"] + box["width"] / 2, box["y"] + 4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + days * width, y, steps=4)
    page.mouse.up()


def test_the_launch_day_is_dragged_and_confirmed(opens, store: Store) -> None:
    page = opens(viewport={"width": 1440, "height": 1200}, reduced_motion="reduce")
    sign_in(page, LEAD)
    page.goto(f"/launches/{SLUG}")
    before = dump(store)
    drag(page, "The launch day", 11)
    effect = page.locator("#effect")
    effect.get_by_text("Sat 20 Feb is a day off").wait_for()
    effect.get_by_text("The launch day moves from Tue 9 Feb to Fri 19 Feb.").wait_for()
    assert dump(store) == before
    effect.get_by_role("button", name="Confirm").click()
    page.get_by_role("status").get_by_text("is moved to Fri 19 Feb").wait_for()
    assert launch(store).launch_on.isoformat() == "2027-02-19"


def test_a_due_day_is_moved_by_keys_alone(opens, store: Store) -> None:
    page = opens(viewport={"width": 1440, "height": 1200}, reduced_motion="reduce")
    sign_in(page, LEAD)
    page.goto(f"/launches/{SLUG}")
    due = task(store, "training").due
    handle = page.get_by_role("link", name="Training, due")
    handle.focus()
    handle.press("ArrowLeft")
    handle.press("ArrowLeft")
    effect = page.locator("#effect")
    effect.get_by_role("heading", name="This would happen").wait_for()
    handle.press("Escape")
    effect.get_by_role("heading").wait_for(state="detached")
    assert task(store, "training").due == due
    handle.press("ArrowLeft")
    effect.get_by_role("button", name="Confirm").press("Enter")
    page.get_by_role("status").get_by_text("Training").wait_for()
    assert task(store, "training").due < due


def test_each_part_of_a_day_shows_that_it_has_the_focus(opens) -> None:
    page = opens()
    sign_in(page, LEAD)
    page.goto(f"/launches/{SLUG}/change/move")
    page.locator("[type=date]").first.focus()
    for _ in ("month", "day", "year"):
        shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert shown == "solid"
        page.keyboard.press("Tab")


def test_a_preview_that_is_refused_leads_to_the_page_that_says_why(opens) -> None:
    page = opens(viewport={"width": 1440, "height": 1200}, reduced_motion="reduce")
    sign_in(page, LEAD)
    page.goto(f"/launches/{SLUG}")
    page.context.clear_cookies()
    handle = page.get_by_role("link", name="The launch day")
    handle.focus()
    handle.press("ArrowRight")
    page.get_by_role("heading", name="Who you are").wait_for()


def test_everything_else_works_without_scripts(opens, store: Store) -> None:
    page = opens(java_script_enabled=False)
    sign_in(page, PMM)
    page.goto(f"{TASK}/drop")
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("status").get_by_text("Positioning").wait_for()
    assert status(store, "positioning") == "dropped"
