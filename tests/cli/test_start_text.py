from __future__ import annotations

import pytest

from tests.cli.commands import Cli
from tests.launches import at

NOW = at("01-11").isoformat()


def test_a_second_start_names_the_keys_in_which_the_brief_differs(
    cli: Cli, write, flying
):
    said = cli.ok("start", write(launch_on="2027-02-10"), "--now", NOW)
    assert "differs" not in said.err, "a day may be written as a distance from today"
    said = cli.ok("start", write(product="Kestrel", tier=2), "--now", NOW)
    assert (
        "note: the brief differs from the one that falcon-2 was started from, in product, tier;"
        in said.err
    )


@pytest.mark.parametrize("day", ["2027-02-10", "2026-01-01"])
def test_a_second_start_does_not_move_the_launch_and_says_so(
    cli: Cli, write, flying, day
):
    said = cli.ok("start", write(), "--on", day, "--now", NOW)
    assert "falcon-2 is started already" in said.out
    assert (
        "note: falcon-2 stays on Tue 9 Feb 2027; only "
        "`launch-kits move falcon-2 --on DATE` gives it another day" in said.err
    )
    assert "stays on" not in cli.ok("start", write(), "--now", NOW).err
