from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from launch_kits.database.store import Store
from launch_kits.verbs import (
    Outcome,
    approve,
    begin,
    block,
    done,
    drop,
    submit,
    unblock,
)
from tests.launches import (
    LEAD,
    NOW,
    SLUG,
    brief_with,
    changed,
    kit_with,
    notices,
    opened,
    sentence_of,
    task,
)
from tests.verbs.verbs import STATUSES

#: an owner of their own, somebody else who approves; nobody who approves; owner and approver in one
REVIEWED, PLAIN, OWN = "battlecard:kite", "research", "legal_review"


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


@pytest.fixture(scope="session")
def prepared(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """A database with launches whose task stands at each status, made once for each task."""
    folder = tmp_path_factory.mktemp("prepared")

    def prepared(key: str) -> Path:
        path = folder / f"{key.replace(':', '-')}.db"
        if not path.exists():
            shutil.copyfile(sqlite_template, path)
            store = Store(f"sqlite:///{path}")
            for target, copy in product(STATUSES, COPIES if key == REVIEWED else [0]):
                if key == REVIEWED or target != "review":
                    lead_to(store, key, target, slug=slug_at(target, copy))
            store.close()
        return path

    return prepared


@pytest.fixture
def standing(
    prepared: Callable[[str], Path], tmp_path: Path, open_store: Callable[[str], Store]
) -> Callable[..., Store]:
    def standing(key: str = REVIEWED) -> Store:
        path = tmp_path / "launch-kits.db"
        shutil.copyfile(prepared(key), path)
        return open_store(f"sqlite:///{path}")

    return standing


def test_the_lead_hears_why_work_stands_still(falcon: Store) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No access")
    (news,) = notices(falcon, "news")
    assert news.to == LEAD
    assert "No access" in sentence_of(falcon, news)


def test_the_lead_is_not_told_what_the_lead_did(falcon: Store) -> None:
    block(falcon, SLUG, "research", by=LEAD, now=NOW)
    assert notices(falcon, "news") == []


def test_a_task_goes_on_where_it_stood(standing: Callable[..., Store]) -> None:
    store = standing()
    for before in ("ready", "doing", "review"):
        block(store, slug_at(before), REVIEWED, now=NOW)
        assert task(store, REVIEWED, slug=slug_at(before)).status_before == before
        unblock(store, slug_at(before), REVIEWED, now=NOW)
        found = task(store, REVIEWED, slug=slug_at(before))
        assert (found.status, found.status_before) == (before, None)
