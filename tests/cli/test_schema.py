from __future__ import annotations

import pytest

from launch_kits.inputs.schemas import KINDS
from tests.cli.commands import Cli


@pytest.mark.parametrize("kind", ["brief", "kit", "ledger"])
def test_a_schema_is_printed_alone(cli: Cli, kind):
    said = cli.ok("schema", kind)
    assert (said.json["type"], said.err) == ("object", "")


def test_there_is_a_schema_for_each_kind_and_no_other(cli: Cli):
    assert "'brief', 'kit', 'ledger'" in cli.misused("schema", "plan")
    assert list(KINDS) == ["brief", "kit", "ledger"]
