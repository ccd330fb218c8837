from __future__ import annotations

from pathlib import Path

from tests.cli.commands import Cli

EXAMPLE = Path(__file__).parents[2] / "examples/home-assistant-green/brief.yaml"


def test_slides_that_go_to_other_readers_are_named_with_the_remedy(
    cli: Cli, tmp_path
) -> None:
    asked = ("render", EXAMPLE, "--format", "pptx", "--out", str(tmp_path))
    found = cli(*asked, "--audience", "customer")
    assert found.code == 1
    assert (
        "no pptx of one_pager, launch_post, press_release, social_kit: "
        "their templates do not offer it; "
    ) in found.err
    assert (
        "go to no customer readers; for a copy that does, write `documents: {"
        in found.err
    )
    assert "every template offers" not in found.err
