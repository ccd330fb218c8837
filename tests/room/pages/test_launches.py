from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from launch_kits.board import board_text
from launch_kits.cli.status import _head
from launch_kits.database.store import Store
from launch_kits.documents import render
from launch_kits.documents.timeline.svg import timeline_svg
from launch_kits.inputs.audience import Audience
from launch_kits.lint.codes import CODES
from launch_kits.room.links import LinkKind, make_link
from launch_kits.slack.messages.my_launches import launches_blocks
from launch_kits.verbs import cancel, done, drop
from launch_kits.verbs.digest_lines import launch_line
from launch_kits.views.facts import read_facts
from launch_kits.views.launch_page import launch_page
from launch_kits.views.notices.context import ContextLoader
from launch_kits.views.notices.digest_lines import DigestView
from launch_kits.views.notices.headline import headline
from launch_kits.views.notices.landing_lines import landing_lines
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.week import week
from launch_kits.views.reader import Reader
from launch_kits.views.timeline import timeline_of
from tests.launches import KEYS, LEAD, NOW, SLUG, at, brief_with, opened
from tests.room.visiting import Visit
from tests.slack.block_kit import texts


def test_the_list_shows_state_and_landing(visit):
    page = visit.text("/launches")
    assert "Falcon 2" in page
    assert "on track" in page
    assert "on its day" in page
    assert visit.get("/").headers["location"] == "/launches"


def test_launches_that_are_over_are_shown_on_request(visit):
    cancel(visit.store, SLUG, by=LEAD, now=NOW)
    assert "No launch is running" in visit.text("/launches")
    assert "cancelled" in visit.text("/launches?all=1")


def test_launches_of_one_week_are_named(visit):
    opened(visit.store, brief_with(launch="heron-3", product="Heron 3"))
    page = visit.text("/launches")
    assert "Launches of the same week" in page
    assert "Heron 3 address b2b" in page


def _go_live(store: Store) -> None:
    for key in KEYS[:-2]:
        drop(store, SLUG, key, note="not needed", now=at("02-08"))
    done(store, SLUG, "go_live", now=at("02-11"))


def _end(store: Store) -> None:
    _go_live(store)
    done(store, SLUG, "retro", now=at("02-12"))


#: state → how the small launch gets there, the day on which it is read, what some surfaces say of
#: it, and the words that none may say
STATES: dict[str, tuple[Callable[[Store], object], datetime, str, str]] = {
    "on track": (lambda _: None, NOW, "on track", "launched|was to"),
    "at risk": (lambda _: None, at("02-05"), "at risk", "launched|on track"),
    "late": (lambda _: None, at("02-15"), "late", "launched|on track"),
    "launched": (_go_live, at("02-12"), "launched on Thu 11 Feb", "on track|at risk"),
    "launched, late": (_go_live, at("02-18"), "launched on Thu 11 Feb", "on track"),
    "done": (_end, at("02-18"), "launched on Thu 11 Feb", "on track|at risk"),
    "cancelled": (
        lambda store: cancel(store, SLUG, now=NOW),
        at("02-18"),
        "cancelled on Mon 11 Jan",
        "on track|at risk|launched",
    ),
}
#: words about a launch to come
BEFORE = re.compile(
    r"lands on|as things stand|launch in [0-9]|launch today|launch tomorrow|% ready|to launch\b"
    r"|ready to go|before it|can still|why this day|drives the date|work begins",
    re.IGNORECASE,
)


#: what only programs and the people who write briefs know: keys of findings, names of fields, and
#: the addresses of people whose names are known
UNSAID = re.compile(
    rf"\b({'|'.join(sorted(CODES))}|too-late)\b|\b[a-z]+_[a-z_]+\b"
    r"|\b(lead|pmm|legal|sales|ops)@|\b20\d\d-\d\d-\d\d\b"
)
#: attributes and styles of a picture are not read
MARKUP = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)


def _texts(told: NoticeMessage) -> str:
    rows = [f"{row.label}: {' '.join(row.value)}" for row in told.rows]
    return "\n".join([told.sentence, *told.paragraphs, *told.below, *rows])


def _read(blocks: object) -> str:
    return " ".join(str(each["text"]) for each in texts(blocks))


def _first_page(document: str) -> str:
    """The page before the timeline, without the lead's address for readers who ask."""
    return document.partition("## Timeline")[0].replace(f"({LEAD})", "")


def _pages(visit: Visit) -> Iterator[tuple[str, str]]:
    """The surfaces of the room that people read."""
    for name in ("", "/gates"):
        yield f"page{name}", visit.text(f"/launches/{SLUG}{name}")
    for kind in (LinkKind.LAUNCH, LinkKind.PICTURE):
        secret = make_link(
            visit.store,
            SLUG,
            kind=kind,
            audience=Audience.INTERNAL,
            by=LEAD,
            now=visit.now,
        )
        yield f"shared {kind}", visit.text(f"/shared/{secret}")
    # without the heading of a column
    yield "list", visit.text("/launches?all=1").replace("Lands on", "", 1)


def _surfaces(visit: Visit) -> dict[str, str]:
    """Each surface that tells of the state of the launch, with its text."""
    store = visit.store
    now = visit.now
    context = ContextLoader(store, documents=Path()).of(SLUG, now=now)
    with store.read() as session:
        facts = read_facts(session, SLUG, now=now, documents=Path())
    view = context.view
    reader: Reader = context.reader("#x", now=now)
    lead = {"launches": [launch_line(view, leads=True)]}
    return dict(_pages(visit)) | {
        "headline": _texts(headline(view, reader=reader)),
        "week": _texts(week(view, reader=reader, to=LEAD)),
        "canvas": launch_page(view, reader=reader).partition("## Plan")[0],
        "board": board_text.headline(view),
        "suspended": board_text.standing(view),
        "artifact": board_text.summary(view),
        "home": _read(launches_blocks([(context, reader)], LEAD)),
        "digest": " ".join(landing_lines(DigestView(lead, reader))),
        "status": _head(view, None),
        "picture": timeline_svg(timeline_of(view)),
        "plan": _first_page(render("launch_plan.md.j2", facts)),
    }


@pytest.mark.parametrize("state", STATES)
def test_no_surface_speaks_of_a_launch_to_come_once_it_is_past(
    visit: Visit, state: str
) -> None:
    reach, visit.now, said, never = STATES[state]
    reach(visit.store)
    found = _surfaces(visit)
    if state == "cancelled":
        del found["digest"]  # none is sent
    past = state.startswith(("launched", "done", "cancelled"))
    wrong = {
        name: words
        for name, text in found.items()
        if (words := re.findall(never, text) + (BEFORE.findall(text) if past else []))
    }
    assert not wrong
    told_by_key = {
        name: keys
        for name, text in found.items()
        if (keys := UNSAID.findall(MARKUP.sub(" ", text)))
    }
    assert not told_by_key
    words = said.replace("Thu ", "(Thu )?").replace("Mon ", "(Mon )?")
    told = re.compile(words, re.IGNORECASE)
    for name in ("headline", "week", "page", "list", "status", "digest", "board"):
        if name in found and past:
            assert told.search(found[name]), name
