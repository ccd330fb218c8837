from __future__ import annotations

import subprocess

from tests.served import PATIENCE, UP, Served, current_brief, eventually
from tests.settings.test_private_home import open_to_others


def test_the_home_of_an_up_is_private_with_every_umask(
    served: Served, slug: str
) -> None:
    home = served.home
    command = [*UP, "start", str(served.write(current_brief(slug)))]
    subprocess.run(
        command,
        env=served.env,
        umask=0,
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    served.await_run(slug, "Suspended")
    eventually(lambda: list(home.glob("prefect/**/*.db")), what="Prefect's database")
    eventually((home / "logs" / "flows.log").exists, what="the log")
    assert (home / "up.json").exists()
    assert open_to_others(home) == {}
