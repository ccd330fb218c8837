from __future__ import annotations

import pytest

from tests.cli.commands import Cli


@pytest.mark.parametrize("written", ["2027-01-11T10:00:00", "2027-01-11", "now", ""])
@pytest.mark.parametrize(
    "words",
    [["status"], ["plan", "brief.yaml"], ["begin", "a", "b"], ["sweep"]],
    ids=" ".join,
)
def test_an_instant_without_an_offset_is_misuse(cli: Cli, words, written):
    assert "--now" in cli.misused(*words, "--now", written)


@pytest.mark.parametrize(
    "written", ["9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+14:00"]
)
@pytest.mark.parametrize(
    "words", [["status"], ["begin", "a", "b"], ["sweep"]], ids=" ".join
)
def test_an_instant_beyond_the_calendars_is_misuse(cli: Cli, words, written):
    assert "the years 1901 to 2198" in cli.misused(*words, "--now", written)
