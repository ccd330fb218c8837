from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue

import pytest
from prefect.blocks.notifications import CustomWebhookNotificationBlock

from launch_kits.board.client import connected
from launch_kits.board.events import sweep_event
from tests.served import Served, eventually, now

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


def test_operations_are_told_that_a_sweep_failed(
    served: Served, webhook: tuple[str, Messages]
) -> None:
    url, messages = webhook
    with connected(served.url):
        CustomWebhookNotificationBlock(
            name="chat",
            url=url,
            json_data={"subject": "{{subject}}", "body": "{{body}}"},
        ).save("operations", overwrite=True)
    command = ("automations", "--to", "custom-webhook/operations")
    assert served.command(*command).stderr.count(": created") == 5
    assert served.command(*command).stderr.count(": updated") == 5
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
