"""Launches whose task is at each status, reached by verbs alone."""

from __future__ import annotations

from collections.abc import Callable

from launch_kits.database.store import Store
from launch_kits.verbs import Outcome, approve, begin, block, done, drop, submit
from tests.launches import NOW, SLUG, brief_with, changed, kit_with, opened, task

#: a task that another person approves, one that no one approves, one whose owner approves it
REVIEWED = "battlecard:kite"
PLAIN = "research"
OWN = "legal_review"
#: launches of one kind at each status, for verbs that change them
COPIES = range(5)


def lead_to(store: Store, key: str, target: str, *, slug: str = SLUG) -> None:
    """Bring a task of a fresh launch to a status, by verbs alone."""
    kit = (
        kit_with(research={"after": ["positioning"]})
        if (key, target) == (PLAIN, "waiting")
        else kit_with()
    )
    opened(store, brief_with(launch=slug, kit=kit))
    if target != "waiting" and key != PLAIN:
        changed(done(store, slug, "positioning", now=NOW))
    steps: dict[str, list[Callable[..., Outcome]]] = {
        "waiting": [],
        "ready": [],
        "doing": [begin],
        "review": [begin, submit],
        "blocked": [begin, block],
        "done": [begin, done, approve] if key == REVIEWED else [begin, done],
        "dropped": [begin, drop],
    }
    for step in steps[target]:
        changed(step(store, slug, key, now=NOW))
    assert task(store, key, slug=slug).status == target


def slug_at(target: str, copy: int = 0) -> str:
    return f"{target}-{copy}"
