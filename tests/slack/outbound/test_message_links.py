from __future__ import annotations

from datetime import timedelta

from launch_kits.worker.delivery import Delivered
from tests.slack.block_kit import texts
from tests.slack.changes import change
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.stand_in import Fault

LINE = {
    "launch": "valkey-9",
    "product": "Valkey 9.0",
    "task": "battlecard:redis",
    "title": "Battlecard",
    "owner": PEOPLE["pmm"],
    "due": "2027-02-04",
    "status": "ready",
}
DIGEST = {"day": "2027-02-01", "tasks": [LINE], "help": []}


def linked(slack) -> list[str]:
    """The addresses in the last message."""
    message = slack.messages(to=PEOPLE["pmm"])[-1]
    return [text["url"] for text in texts(message["blocks"]) if text["type"] == "link"]


def test_a_line_of_a_digest_links_to_the_message_about_its_task(
    slack, send, file, read
):
    key = file()
    send(NOW)
    file("digest", None, occasion="1", **DIGEST)
    assert send(NOW) == Delivered(sent=1)
    task = read(key)
    where = f"https://stand-in.slack.com/archives/{task.channel}"
    link = f"{where}/p{task.ts.replace('.', '')}"
    assert linked(slack) == [link]
    assert task.permalink == link
    file("digest", None, occasion="2", **DIGEST)
    send(NOW)
    assert linked(slack) == [link]
    assert slack.called("chat.getPermalink") == 1, "it is known from then on"


def test_a_digest_goes_out_without_a_link_that_slack_does_not_give(slack, send, file):
    file()
    send(NOW)
    slack.faults.append(Fault("chat.getPermalink", "message_not_found"))
    file("digest", None, occasion="1", **DIGEST)
    assert send(NOW) == Delivered(sent=1)
    assert linked(slack) == []


def test_a_link_that_slack_did_not_tell_is_set_by_the_next_delivery(
    store, slack, send, file, read
):
    del slack.people[PEOPLE["pmm"]]
    key = file()
    send(NOW)
    change(store, due=NOW.date() - timedelta(3))
    fault = Fault("chat.getPermalink", "broken", times=2)
    slack.faults.append(fault)
    file("escalation", to=PEOPLE["lead"])
    # links lead to messages that were sent before, and a delivery takes a moment
    send(NOW + timedelta(minutes=1))
    assert fault.times == 0
    assert "See also" not in sees(slack, PEOPLE["lead"])
    send(NOW + timedelta(minutes=5))
    assert f"<{read(key).permalink}|" in sees(slack, PEOPLE["lead"])


def sees(slack, to: str) -> str:
    return str(slack.messages(to=to)[-1]["blocks"])


def test_an_escalation_does_not_link_to_the_messages_of_another_person(
    store, slack, send, file
):
    file()
    send(NOW)
    change(store, due=NOW.date() - timedelta(3))
    file("escalation", to=PEOPLE["lead"])
    send(NOW)
    assert "See also" not in sees(slack, PEOPLE["lead"])
    assert slack.called("chat.getPermalink") == 0


def test_an_escalation_links_to_a_message_in_the_channel(
    store, slack, send, file, read
):
    del slack.people[PEOPLE["pmm"]]
    key = file()
    send(NOW)
    change(store, due=NOW.date() - timedelta(3))
    file("escalation", to=PEOPLE["lead"])
    send(NOW)
    assert read(key).permalink
    assert f"<{read(key).permalink}|The message about the task>" in sees(
        slack, PEOPLE["lead"]
    )


def test_news_about_a_task_links_to_the_message_of_its_reader(slack, send, file, read):
    key = file()
    send(NOW)
    file("news", text="It is late")
    send(NOW)
    assert f"<{read(key).permalink}|" in sees(slack, PEOPLE["pmm"])
