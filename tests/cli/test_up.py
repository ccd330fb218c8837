from __future__ import annotations

import json

from tests.cli.commands import Cli
from tests.launches import status

#: the next morning
TOMORROW = "2027-01-12T10:00:00-05:00"


def test_an_up_that_was_killed_is_not_waited_for(cli: Cli, flying, home):
    stale = {
        "prefect_api_url": "http://127.0.0.1:1/api",
        "prefect_ui_url": "x",
        "pid": 2**22 + 1,
        "port": 1,
    }
    (home / "up.json").write_text(json.dumps(stale), encoding="utf-8")
    cli.ok("begin", "falcon-2", "research", "--now", TOMORROW)
    assert status(flying, "research") == "doing"
