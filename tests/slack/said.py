from __future__ import annotations

from datetime import date

from launch_kits.database.records import TaskStatus
from launch_kits.slack.messages.render import render
from tests.slack.block_kit import problems, texts
from tests.slack.views import NOW, READER, task

POSITIONING = task(
    "positioning",
    "Positioning statement",
    status=TaskStatus.DONE,
    done_at=NOW,
    float_days=None,
)


BATTLECARD = task(after=("positioning",))


TRAINING = task(
    "training",
    "Sales training",
    after=("battlecard:redis",),
    owner="sales@example.com",
    owner_name="Sales enablement",
    status=TaskStatus.WAITING,
    due=date(2027, 2, 10),
)


def said(notice, launch):
    """A message as its reader sees it: blocks as lines, rows with a colon, buttons in brackets."""
    message = render(notice, launch, reader=READER)
    assert problems(list(message.blocks)) == []
    shown = []
    for block in message.blocks:
        if block["type"] == "actions":
            shown.append(
                " ".join(
                    f"[{element['text']['text']}]" for element in block["elements"]
                )
            )
        elif "fields" in block:
            cells = [field["text"].replace("\n", " / ") for field in block["fields"]]
            shown += [
                f"{label.strip('*')}: {value}"
                for label, value in zip(cells[::2], cells[1::2], strict=True)
            ]
        else:
            shown += [text["text"] for text in texts(block)]
    return message.text, shown
