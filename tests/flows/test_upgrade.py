from __future__ import annotations

from pathlib import Path

from launch_kits.database.store import HEAD
from tests.database.test_every_schema import FIRST, take_back
from tests.served import (
    Served,
    current_brief,
    eventually,
    running,
    with_port,
    with_prefect_database,
)


def test_a_suspended_run_goes_on_after_an_upgrade_from_the_first_schema(
    tmp_path: Path,
) -> None:
    home = with_prefect_database(tmp_path / "home")
    port = with_port()
    slug = "upgraded"
    with running(home, **port) as process:
        served = Served(home, process)
        served.start(current_brief(slug))
        run = served.await_run(slug, "Suspended")
        served.close()
    take_back(home / "launch-kits.db", f"{FIRST:04}")

    upgraded = served.command("db", "upgrade")
    assert f"is at {HEAD}, it was {FIRST:04}" in upgraded.stdout
    with running(home, **port) as process:
        served = Served(home, process)
        served.command("done", slug, "positioning")
        eventually(lambda: served.states(slug)["positioning"] == "Done", what="drawing")
        served.command("cancel", slug, "--note", "The market has moved")
        ended = served.await_run(slug, "Cancelled")
        assert ended["id"] == run["id"]
        served.close()
