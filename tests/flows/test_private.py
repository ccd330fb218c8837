from __future__ import annotations

import subprocess
from pathlib import Path

import yaml

from tests.served import (
    UP,
    await_up,
    begin_up,
    current_brief,
    environment,
    eventually,
    with_port,
)
from tests.settings.test_private_home import open_to_others


def test_the_home_of_an_up_is_private_with_every_umask(tmp_path: Path) -> None:
    home = tmp_path / "home"
    brief = tmp_path / "brief.yaml"
    brief.write_text(
        yaml.safe_dump(current_brief("private").model_dump(mode="json", by_alias=True))
    )
    process = begin_up(home, umask=0, **with_port())
    try:
        await_up(home, process)
        command = [*UP, "start", str(brief)]
        subprocess.run(
            command,
            env=environment(home),
            umask=0,
            check=True,
            capture_output=True,
            timeout=90,
        )
        eventually(
            lambda: list(home.glob("prefect/**/*.db")), what="Prefect's database"
        )
        eventually((home / "logs" / "flows.log").exists, what="the log")
        assert (home / "up.json").exists()
        assert open_to_others(home) == {}
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert open_to_others(home) == {}
