"""A small launch, clicked through in Slack from the first task to the last, under a real `up`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from launch_kits.workdays.in_words import day
from tests.launches import KEYS, LEAD, LEGAL, OPS, PMM, SALES, statuses
from tests.served import (
    Served,
    await_up,
    begin_up,
    current_brief,
    eventually,
    free_port,
    with_port,
    with_prefect_database,
)
from tests.slack.stand_in import TOKEN
from tests.slack.workspace import SECRET, People, Workspace, over_http

SLUG = "clicked"


@pytest.fixture(scope="module")
def slack() -> Iterator[Workspace]:
    with Workspace(LEAD, PMM, LEGAL, SALES, OPS) as slack:
        yield slack


@pytest.fixture(scope="module")
def house(
    slack: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, People]]:
    home = tmp_path_factory.mktemp("clicked") / "home"
    port = str(free_port())
    given = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_BASE_URL": slack.url,
    }
    with_prefect_database(home)
    process = begin_up(home, **with_port(LAUNCH_KITS_PORT=port), **given)
    try:
        await_up(home, process)
        served = Served(home, process)
        served.env |= given
        yield served, People(slack, over_http(f"http://127.0.0.1:{port}/slack/events"))
        served.close()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def test_a_launch_is_clicked_through_until_its_run_is_completed(
    house: tuple[Served, People], slack: Workspace
) -> None:
    served, people = house
    served.start(current_brief(SLUG))
    served.await_run(SLUG, "Suspended")
    owners = _owners(served)
    told = len(slack.told)
    for key in KEYS:
        owner = owners[key]
        _click(people, owner, "task_begin", key)
        eventually(
            lambda key=key: statuses(served.store, SLUG)[key] == "doing",
            what=f"begin of {key}",
        )
        shown = len(slack.modals)
        _click(people, owner, "task_done", key)
        eventually(
            lambda shown=shown: len(slack.modals) > shown, what=f"the modal of {key}"
        )
        assert (
            people.fill(
                owner, slack.modals[-1][1], link=f"https://docs.example.com/{key}"
            )
            == {}
        )
        eventually(
            lambda key=key: statuses(served.store, SLUG)[key] in ("review", "done"),
            what=f"done of {key}",
        )
        if statuses(served.store, SLUG)[key] == "review":
            _click(people, LEGAL, "task_approve", key)
            eventually(
                lambda key=key: statuses(served.store, SLUG)[key] == "done",
                what=f"approval of {key}",
            )
    done = served.await_run(SLUG, "Completed")
    ended_on = day(served.launch(SLUG).ended_at.date())
    assert done["state"]["message"] == f"Product {SLUG}: done on {ended_on}"
    assert set(served.states(SLUG).values()) == {"Done"}
    # nothing but the answer to each act, with the way back
    assert all("launch_undo" in str(each["blocks"]) for each in slack.told[told:])


def test_a_launch_started_by_a_command_gets_its_run(
    house: tuple[Served, People], slack: Workspace
) -> None:
    served, people = house
    shown = len(slack.modals)
    told = len(slack.told)
    people.type(LEAD, "start")
    eventually(lambda: len(slack.modals) > shown, what="the modal")
    filled = {
        "product": "Typed 1",
        "launch": "typed",
        "launch_on": "2028-06-01",
        "timezone": "UTC",
    }
    assert people.fill(LEAD, slack.modals[-1][1], **filled) == {}
    eventually(lambda: len(slack.told) > told, what="the answer")
    assert slack.told[-1]["text"].startswith("Typed 1 is started: ")
    served.await_run("typed", "Suspended")
    people.type(LEAD, "status typed")
    eventually(lambda: "/runs/flow-run/" in str(slack.told[-1]), what="the status")


def _owners(served: Served) -> dict[str, str]:
    from launch_kits.database.queries import tasks_of

    with served.store.read() as session:
        return {task.key: task.owner for task in tasks_of(session, SLUG)}


def _click(people: People, email: str, action: str, key: str) -> dict[str, Any]:
    return people.click(email, action, f"{SLUG}|{key}", channel="C9")
