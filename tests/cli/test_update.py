from __future__ import annotations

from tests.cli.commands import Cli
from tests.launches import KIT, NOW, SLUG

AT = ("--now", NOW.isoformat())


def test_an_update_says_that_days_and_kit_are_the_launch_s_own(cli: Cli, flying, write):
    said = cli.ok(
        "update", SLUG, write(launch_on="2027-03-02", kit=KIT | {"kit": "other"}), *AT
    )
    assert "`launch-kits move falcon-2 --on 2027-03-02` changes them" in said.err
    assert "keeps its kit, small" in said.err
    assert "nothing differs" in said.out
