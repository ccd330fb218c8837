"""The commands of README and quickstart, typed in their order by a new user."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from launch_kits.server import embedded
from tests.cli.commands import Cli

ROOT = Path(__file__).parents[2]


def typed(page: str) -> list[list[str]]:
    """The words of every line of a page's shell blocks.

    Lines that need a server or another shell are left out.
    """
    blocks = re.findall(
        r"^```sh\n(.*?)^```",
        (ROOT / page).read_text(encoding="utf-8"),
        flags=re.MULTILINE | re.DOTALL,
    )
    lines = [
        shlex.split(line, comments=True)
        for block in blocks
        for line in block.splitlines()
    ]
    return [
        words
        for words in lines
        if words[:1] in (["cp"], ["launch-kits"]) and words[:2] != ["launch-kits", "up"]
    ]


@pytest.mark.parametrize("page", ["README.md", "docs/quickstart.md"])
def test_a_walkthrough_works_as_typed(
    page: str, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    # The embedded Prefect is tried elsewhere; here it would only cost its ten seconds.
    monkeypatch.setattr(embedded, "run_embedded", lambda *_, **__: None)
    lines = typed(page)
    assert [words[1] for words in lines if words[1] in ("start", "done", "begin")][
        :3
    ] == [
        "start",
        "done",
        "begin",
    ] or ("--dry-run" in " ".join(map(" ".join, lines)))
    for words in lines:
        if words[0] == "cp":
            assert words[1] == "-r", words
            shutil.copytree(words[2], words[3])
        else:
            cli.ok(*words[1:])
