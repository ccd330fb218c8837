from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue

import pytest
from prefect.blocks.notifications import CustomWebhookNotificationBlock

from launch_kits.board import automations
from launch_kits.board.client import connected
from launch_kits.board.events import sweep_event
from launch_kits.database.queries import find_launch, find_task
from launch_kits.database.records import Notice, NoticeKind, NoticeStatus
from tests.launches import PMM
from tests.served import Served, current_brief, eventually, now

Messages = Queue[dict[str, str]]


@pytest.fixture
def webhook() -> Iterator[tuple[str, Messages]]:
    """The address of a chat of operations, and the messages that it got."""
    messages: Messages = Queue()

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            messages.put(json.loads(self.rfile.read(length)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Chat) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/", messages
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _no_automations_left(served: Served) -> Iterator[None]:
    """Delete the automations of a test: the server is shared, and the tests have no order."""
    yield
    with connected(served.url) as client:
        for each in client.read_automations():
            client.delete_automation(each.id)


def _apply(served: Served, url: str) -> str:
    """Have all automations send their messages to an address; returns what the command says."""
    with connected(served.url):
        CustomWebhookNotificationBlock(
            name="chat",
            url=url,
            json_data={"subject": "{{subject}}", "body": "{{body}}"},
        ).save("operations", overwrite=True)
    return served.command("automations", "--to", "custom-webhook/operations").stderr


def test_operations_are_told_that_a_sweep_failed(
    served: Served, webhook: tuple[str, Messages]
) -> None:
    url, messages = webhook
    assert _apply(served, url).count(": created") == 5
    assert _apply(served, url).count(": updated") == 5
    refused = served.command("automations", "--to", "custom-webhook/x", check=False)
    assert 'Prefect has no block "custom-webhook/x"' in refused.stderr

    def told() -> dict[str, str] | None:
        # the server takes some seconds to learn of a new automation
        with connected(served.url) as client:
            sweep_event(client, ended_at=now(), seconds=1, problems=3)
        try:
            return messages.get(timeout=2)
        except Empty:
            return None

    message = eventually(told, what="a message")
    assert message["subject"] == "Launch Kits: sweep failed"
    assert "A sweep ended with problems: 3." in message["body"]


def test_operations_are_told_of_launches_notices_and_of_silence(
    served: Served, webhook: tuple[str, Messages], slug: str
) -> None:
    url, messages = webhook
    _apply(served, url)
    served.start(current_brief(slug))
    served.await_run(slug, "Suspended")
    _neglect(served, slug)

    told: dict[str, str] = {}

    def all_told() -> bool:
        # the server takes some seconds to learn of new automations, and keeps an event once
        with suppress(Empty):
            while True:
                message = messages.get(timeout=2)
                told[message["subject"]] = message["body"]
        return set(told) >= wanted

    wanted = {
        f"{slug} is at risk",
        f"{slug}: Positioning is overdue",
        f"Launch Kits: a notice of {slug} was not delivered",
    }
    served.command("sweep", check=False)
    eventually(all_told, what="three messages")
    assert PMM in told[f"{slug}: Positioning is overdue"]
    assert "is_archived" in told[f"Launch Kits: a notice of {slug} was not delivered"]
    assert f"launch-kits status {slug} --why" in told[f"{slug} is at risk"]

    _hurry(served, "Launch Kits: no sweep for 15 minutes")
    wanted = {"Launch Kits: no sweep for 15 minutes"}
    told.clear()

    def silence_told() -> bool:
        with connected(served.url) as client:
            sweep_event(client, ended_at=now(), seconds=1, problems=0)
        # no sweep comes meanwhile
        time.sleep(15)
        return all_told()

    eventually(silence_told, what="a message about silence")
    (body,) = told.values()
    assert "The last sweep ended at" in body


def _neglect(served: Served, slug: str) -> None:
    """Let the first task be late, too late for the launch day, and a notice be given up."""
    with served.store.write() as session:
        launch = find_launch(session, slug, lock=True)
        task = find_task(session, slug, "positioning")
        task.due = launch.begin_on - timedelta(days=1)
        launch.revision += 1
        session.add(task)
        session.add(
            Notice(
                key=f"news:{slug}:-:#gone:1",
                kind=NoticeKind.NEWS,
                launch=slug,
                to="#gone",
                status=NoticeStatus.DEAD,
                attempts=1,
                filed_at=now(),
                send_after=now(),
                error="Slack refuses: is_archived",
            )
        )


def _hurry(served: Served, name: str) -> None:
    """Let an automation wait for the least time that Prefect allows, 10 seconds."""
    with connected(served.url) as client:
        (kept,) = client.read_automations_by_name(name)
        block_id = automations._block_id(client, "custom-webhook/operations")
        found = {each.name: each for each in automations._automations(block_id)}
        hurried = found[name].model_copy(deep=True)
        hurried.trigger.within = timedelta(seconds=10)
        client.update_automation(kept.id, hurried)
